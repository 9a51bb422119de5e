# Two commands: `make demo` shows kzpress at work, `make test` runs everything CI runs. Each sets up .venv from nothing
# but Python 3.11 or newer and says what it is doing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

LOCALE := src/kzpress/data/locale

.PHONY: demo test messages setup setup-dev lint clean

demo: setup
	@PYTHON=$(BIN)/python BIN=$(BIN) sh examples/demo.sh

test: setup-dev
	@echo "— style, types"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@echo "— tests"
	@$(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --dist worksteal $(ARGS)

# Extracts the messages of the sources into the catalogues of each language; then translate what is new, and again.
messages: setup
	@$(BIN)/python tools/messages.py
	@$(BIN)/pybabel --quiet compile --domain kzpress --directory $(LOCALE)

setup: $(VENV)/.installed
setup-dev: $(VENV)/.installed-dev

$(VENV)/.installed: pyproject.toml hatch_build.py $(wildcard $(LOCALE)/*/LC_MESSAGES/*.po)
	@echo "— installing kzpress into $(VENV) (about 300 MB with CTranslate2 and its friends; a minute or two)"
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "— installing the test tools into $(VENV)"
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' > $(VENV)/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement $(VENV)/dev.txt
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis build dist
