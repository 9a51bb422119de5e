"""The house as README draws it: who may import whom, and which package is met in which room."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kzpress

ROOT = Path(kzpress.__file__).parent
STAGES = {
    "ingest",
    "detect",
    "segment",
    "glossary",
    "engine",
    "catalog",
    "checks",
    "memory",
    "exchange",
    "edition",
    "feeds",
}
NEUTRAL = {
    "domain",
    "errors",
    "text",
    "languages",
    "files",
    "indexes",
    "degenerate",
    "addresses",
    "messages",
    "limits",
    "office",
    "speech",
    "toml",
    "cores",
}
# Each may know those before it.
JOINING = (
    "drafting",
    "asking",
    "estimating",
    "flowing",
    "older",
    "review_index",
    "records",
    "results",
    "recognising",
    "remembering",
    "reviewing",
    "progress",
    "exchanging",
    "planning",
    "finishing",
    "pipeline",
    "redrafting",
    "measuring",
    "fixing",
    "page",
    "preview",
    "readiness",
    "publishing",
    "upgrading",
    "diagnosing",
    "delivering",
    "events",
    "running",
    "answers",
    "parcels",
    "spreading",
    "crew",
    "backfilling",
)
COMMANDS = {
    "__main__",
    "cli",
    "cli_doctor",
    "cli_exchange",
    "cli_glossary",
    "cli_memory",
    "cli_models",
    "cli_options",
    "cli_progress",
    "cli_publish",
    "cli_review",
    "cli_run",
    "cli_signals",
    "cli_upgrade",
    "report",
    "report_doctor",
    "report_exchange",
    "report_glossary",
    "report_metrics",
    "report_models",
    "report_publish",
    "report_review",
    "report_run",
    "report_upgrade",
}
ROOMS = {
    "click": {
        "cli",
        "cli_doctor",
        "cli_exchange",
        "cli_memory",
        "cli_glossary",
        "cli_models",
        "cli_options",
        "cli_progress",
        "cli_publish",
        "cli_review",
        "cli_run",
        "cli_upgrade",
        "report",
    },
    "polib": {"catalog", "messages"},
    "langdetect": {"detect"},
    "babel": {"languages"},
    "jinja2": {"edition", "preview"},
    "argostranslate": {"engine"},
    "ctranslate2": {"engine"},
    "pymorphy3": {"glossary"},
    "sacrebleu": {"scores"},
    "distributed": {"spreading"},
    "filelock": {"locking", "engine"},
    "lxml": {"office", "feeds", "ingest", "glossary", "memory", "exchange", "edition"},
    "docx": {"exchange", "edition"},
    "openpyxl": {"exchange"},
    "markdown_it": {"ingest"},
    "rapidfuzz": {"catalog", "glossary", "memory", "records"},
}


def modules() -> Iterator[tuple[str, Path]]:
    """Yield (room, file): the room is the first name below kzpress."""
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT).parts[0].removesuffix(".py"), path


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "kzpress":
                yield from (f"kzpress.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(("room", "path"), [pytest.param(r, p, id=str(p.relative_to(ROOT))) for r, p in modules()])
def test_a_stage_imports_no_other_stage(room: str, path: Path) -> None:
    if room not in STAGES | NEUTRAL:
        return
    own = {name.split(".")[1] for name in imports(path) if name.startswith("kzpress.")}
    assert own <= NEUTRAL | {room}


@pytest.mark.parametrize(("room", "path"), [pytest.param(r, p, id=str(p.relative_to(ROOT))) for r, p in modules()])
def test_only_joining_modules_and_commands_know_stages(room: str, path: Path) -> None:
    if room in {*STAGES, *COMMANDS, *JOINING}:
        return
    assert not {name.split(".")[1] for name in imports(path) if name.startswith("kzpress.")} & STAGES


@pytest.mark.parametrize(("room", "path"), [pytest.param(r, p, id=str(p.relative_to(ROOT))) for r, p in modules()])
def test_nothing_knows_what_is_built_upon_it(room: str, path: Path) -> None:
    own = {name.split(".")[1] for name in imports(path) if name.startswith("kzpress.")}
    if room in COMMANDS:
        return
    assert not own & COMMANDS
    known = JOINING[: JOINING.index(room)] if room in JOINING else ()
    assert own & {*JOINING} <= {*known}


@pytest.mark.parametrize(("room", "path"), [pytest.param(r, p, id=str(p.relative_to(ROOT))) for r, p in modules()])
def test_a_package_is_met_in_its_room_only(room: str, path: Path) -> None:
    for name in imports(path):
        package = name.split(".")[0]
        if package not in ("kzpress", *sys.stdlib_module_names):
            assert package in ROOMS, f"{package} has no room: choose one and say why in README's Decisions"
            assert room in ROOMS[package]


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from kzpress.cli import run; run(['translate', '--help'])\n"
        "heavy = {'ctranslate2', 'argostranslate', 'pymorphy3', 'langdetect', 'lxml', 'docx', 'sacrebleu', 'polib'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
