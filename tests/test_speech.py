"""Messages in the user's language: programs read English, people kk, ru or en by their locale, or by --speak."""

from __future__ import annotations

import copy
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from kzpress import speech
from kzpress.domain import Lang
from kzpress.errors import ReleaseError
from kzpress.speech import LOCALES, Message, _, counted, joined, n_, reason, spoken, told

RUSSIAN = {"LANG": "ru_RU.UTF-8"}


def kzpress(*args: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person does who has this locale."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "ARGOS_PACKAGES_DIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "kzpress", *args],
        cwd=folder,
        env=kept | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_message_is_english_to_programs() -> None:
    inner = _("no such file")
    message = _("cannot be read: {reason}", reason=inner)
    assert message == "cannot be read: no such file"
    assert json.dumps({"message": message}) == '{"message": "cannot be read: no such file"}'
    assert {str(message)} == {message}


def test_a_message_is_spoken_in_the_locales_language_with_the_messages_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    message = _("cannot be read: {reason}", reason=_("no such file"))
    assert spoken(message) == "cannot be read: no such file"
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    assert spoken(message) == "не читается: такого файла нет"
    assert spoken(message, Lang.EN) == message
    assert spoken("a plain string: {x}") == "a plain string: {x}"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (Lang.EN, "the disk is full: 12,345,678 bytes are needed and 900 are free"),
        (Lang.RU, "на диске нет места: нужно 12\u00a0345\u00a0678 байт, свободно 900"),
    ],
)
def test_figures_are_grouped_as_the_language_does_it(lang: Lang, said: str) -> None:
    message = _("the disk is full: {size:,} bytes are needed and {free:,} are free", size=12_345_678, free=900)
    assert spoken(message, lang) == said


def test_decimals_and_shares_are_written_as_the_language_does_it() -> None:
    message = joined(" ", (_("{free:.1f} GB free", free=12.25), _("{share:.0%} {language}", share=0.5, language="x.y")))
    assert spoken(message, Lang.EN) == "12.2 GB free 50% x.y"
    assert "12,2" in spoken(message, Lang.RU) and "12,2" in spoken(message, Lang.KK)
    assert "x.y 50\u00a0%" in spoken(message, Lang.RU) and "x.y тілі – 50%" in spoken(message, Lang.KK)
    assert str(message) == spoken(message, Lang.EN), "programs read English"


def test_what_a_message_quotes_can_be_withheld_and_its_figures_stay() -> None:
    inner = _("cannot be read: {reason}", reason="of the talks")
    message = joined(": ", (_("line {line}", line=7), _("{reason} ({name})", reason=inner, name="talks.txt")))
    assert speech.withheld(message, {"name"}) == "line 7: cannot be read: … (talks.txt)"
    assert speech.withheld("of the talks", {"name"}) == "…"


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda message: pickle.loads(pickle.dumps(message))])
def test_a_copy_of_a_message_can_be_spoken_too(copied: object, monkeypatch: pytest.MonkeyPatch) -> None:
    message = copied(n_("{count} finding", "{count} findings", 5))  # type: ignore[operator]
    monkeypatch.setenv("LANG", "ru")
    assert (message, spoken(message)) == ("5 findings", "5 замечаний")


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 замечаний"), (1, "1 замечание"), (3, "3 замечания"), (11, "11 замечаний"), (21, "21 замечание")],
)
def test_russian_counts_in_three_forms(number: int, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ru")
    assert counted("{count} finding", "{count} findings", number) == words


def test_parts_that_are_joined_are_translated_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = joined("; {", [_("no such file"), "a.txt", n_("{count} error", "{count} errors", 2)])
    assert parts == "no such file; {a.txt; {2 errors"
    monkeypatch.setenv("LANG", "ru")
    assert spoken(parts) == "такого файла нет; {a.txt; {2 ошибки"
    assert spoken(joined(", ", [])) == ""


def test_why_the_system_refuses_a_file_is_translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ru")
    with pytest.raises(OSError) as caught:
        tmp_path.read_bytes()
    assert spoken(reason(caught.value)) == "это папка"
    assert reason(OSError("{odd}")) == "{odd}"


def test_an_error_is_said_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    error = ReleaseError(_("no such file"), where="a.txt")
    assert (error.said, str(error)) == ("a.txt: no such file", "a.txt: no such file")
    monkeypatch.setenv("LANG", "ru")
    assert spoken(error.said) == "a.txt: такого файла нет"


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "kk_KZ.UTF-8"}, "kk"),
        ({"LANG": "kk_KZ@latin"}, "kk"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "ru_RU"}, "en"),
        ({"LC_MESSAGES": "kk", "LANG": "ru_RU"}, "kk"),
        ({"LC_ALL": "", "LANG": "ru_RU"}, "ru"),
        ({"LANGUAGE": "de:kk:ru", "LC_ALL": "ru"}, "kk"),
        ({"LANGUAGE": "en:ru", "LANG": "ru"}, "en"),
    ],
)
def test_the_language_is_the_locales(environment: dict[str, str], lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert speech.language() == lang


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        (RUSSIAN, ("Использование: ", "Сделать FOLDER рабочей папкой", "Показать эту справку")),
        ({"LANG": "en_US.UTF-8"}, ("Usage: ", "Make FOLDER a workspace", "Show this message")),
        ({"LANG": "C"}, ("Usage: ", "Make FOLDER a workspace", "env var:")),
        (RUSSIAN | {"LANGUAGE": "en:ru"}, ("Usage: ", "Make FOLDER a workspace", "Show this message")),
    ],
)
def test_help_is_in_the_users_language(environment: dict[str, str], words: tuple[str, ...], tmp_path: Path) -> None:
    done = kzpress("init", "--help", folder=tmp_path, **environment)
    assert done.returncode == 0 and not done.stderr
    for word in words:
        assert word in done.stdout


def test_the_options_word_goes_over_the_environments_and_that_over_the_locales(tmp_path: Path) -> None:
    said = kzpress("status", folder=tmp_path, **RUSSIAN)
    assert said.returncode == 2
    assert "ошибка: " in said.stderr and "подсказка: создайте рабочую папку: kzpress init" in said.stderr
    assert kzpress("status", folder=tmp_path, **RUSSIAN, KZPRESS_SPEAK="en").stderr.startswith("error: ")
    assert kzpress("--speak", "ru", "status", folder=tmp_path, KZPRESS_SPEAK="en").stderr.startswith("ошибка: ")
    assert "Использование" in kzpress("--speak", "ru", "check", "--help", folder=tmp_path).stdout
    refused = kzpress("--speak", "de", "status", folder=tmp_path)
    assert refused.returncode == 2 and "'de' is not one of 'kk', 'ru', 'en'" in refused.stderr


def test_a_slip_at_the_command_line_is_told_in_the_users_language(tmp_path: Path) -> None:
    for args, words in (
        (("tanslate",), "Команды 'tanslate' нет"),
        (("detect",), "Не указан аргумент 'PATHS...'"),
        (("translate", "x", "--to", "de"), "'de' — не одно из 'kk', 'ru', 'en'"),
        (("memory", "find", "x", "--from", "en", "--limit", "x"), "'x' — не число"),
    ):
        done = kzpress(*args, folder=tmp_path, **RUSSIAN)
        assert done.returncode == 2
        assert done.stderr.startswith("ошибка: ") and words in done.stderr


def test_json_is_english_in_every_language(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    answers = [
        json.loads(
            kzpress("detect", "empty.txt", "none.txt", "--json", folder=tmp_path, LANG=lang).stdout.split("\n")[0]
        )
        for lang in ("ru_RU.UTF-8", "kk_KZ.UTF-8", "C")
    ]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["error"]["message"] == "an empty file"


def test_catalogues_that_were_not_built_are_missed_aloud(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from kzpress import speech\n"
        f"speech.LOCALES = pathlib.Path({str(tmp_path)!r})\n"
        "from kzpress.cli import run; sys.exit(run(['detect', 'none.txt']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | RUSSIAN, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 3
    assert "error: none.txt: no such file" in done.stderr
    assert "note: no messages in ru are there" in done.stderr


def test_every_message_keeps_how_it_is_put_together() -> None:
    assert isinstance(_("x"), Message) and told("x") == "x"
    assert (LOCALES / "ru" / "LC_MESSAGES" / "kzpress.mo").is_file()
