"""What is said to people can be said in their language, and in Kazakh is said as Kazakh is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

import kzpress
from kzpress import checks, errors, speech
from kzpress.cli import cli
from kzpress.detect import detect
from kzpress.domain import Block, BlockKind, Finding, Key, Lang, Severity
from kzpress.glossary import Glossary, check
from kzpress.speech import Message, either, every, spoken

SOURCES = sorted(Path(kzpress.__file__).parent.rglob("*.py"))
SAYING = frozenset(name for name in dir(errors) if name.endswith("Error")) | {"Notice", "Flaw", "Problem", "Refusal"}
SAID_AS = frozenset({"message", "hint", "problem", "reason"})
CODE = re.compile(r"kzpress \w|python -m|\[")  # what a command or settings line begins with: the same in every language
SUMMARY = 63  # characters of a help's first sentence that a list of commands has room for


def kazakh() -> Iterator[tuple[str, str]]:
    """Yield every message with its Kazakh, form by form."""
    with (speech.LOCALES / "kk" / "LC_MESSAGES" / "kzpress.po").open("rb") as file:
        for entry in read_po(file):
            if entry.id and isinstance(entry.id, str):
                yield entry.id, str(entry.string)
            elif entry.id:
                yield from zip(entry.id, entry.string or (), strict=True)


def plain(path: Path) -> Iterator[str]:
    """Yield the places of a module where an error, notice or finding is given a text that cannot be translated."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in SAYING:
            said = call.args[:1] + [one.value for one in call.keywords if one.arg in SAID_AS]
            yield from (
                f"{path.name}:{one.lineno}: {ast.unparse(one)}"
                for one in said
                if isinstance(one, ast.JoinedStr)
                or (isinstance(one, ast.Constant) and isinstance(one.value, str) and " " in one.value)
                if not CODE.match(ast.unparse(one).lstrip("f'\""))
            )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_error_notice_or_finding_is_worded_in_english_alone(path: Path) -> None:
    assert not list(plain(path))


def test_the_mark_of_a_finding_is_the_same_in_every_language(monkeypatch: pytest.MonkeyPatch) -> None:
    key = Key(context="body", source="The road is 12 km long.")
    (found,) = checks.run(key.source, "Жолдың ұзындығы – 12 миля.", Lang.EN, Lang.KK, key)
    assert isinstance(found.message, Message)
    written = Finding(key=key, code=found.code, severity=Severity.ERROR, message=str.__str__(found.message))
    monkeypatch.setenv("LANG", "kk_KZ.UTF-8")
    assert written.message == "the source has 12 kilometre, the translation 12 mile"
    assert (found.mark, spoken(found.message)) == (written.mark, "түпнұсқада 12 километр, аудармада 12 миля")


def test_findings_about_names_are_told_in_kazakh(starter: Glossary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "kk_KZ.UTF-8")
    key = Key(context="body", source="The delegation returned from Kazakhstan.")
    found = check(
        starter,
        key.source,
        "Делегация Қазақстаннен қайтты.",
        source_lang=Lang.EN,
        target_lang=Lang.KK,
        date=None,
        key=key,
    )
    assert [spoken(one.message) for one in found] == [
        "«Қазақстаннен»: жалғау атаудың дыбысталуына сай емес: «Қазақстаннан» деп жазыңыз"
    ]


def test_why_a_release_is_of_no_language_is_told_with_the_languages_in_kazakh(monkeypatch: pytest.MonkeyPatch) -> None:
    halves = (
        "Министрлік бүгін өңірлерді дамыту жоспарын бекітіп, оның қалай орындалатынын журналистерге түсіндірді.",
        "Министерство сегодня утвердило план развития регионов и объяснило журналистам, как он исполняется.",
    )
    found = detect([Block(kind=BlockKind.BODY, text=text, line=at) for at, text in enumerate(halves, 1)])
    monkeypatch.setenv("LANG", "kk_KZ.UTF-8")
    assert re.fullmatch(
        r"бірнеше тілде жазылған: (қазақ|орыс) тілі – \d\d%, (қазақ|орыс) тілі – \d\d% \(әріп саны бойынша\); .+",
        spoken(found.reason),
    )


def test_alternatives_are_joined_in_the_users_language(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (either(["a", "b", "c"]), every(["a", "b"]), either(["a"]), either([])) == (
        "a or b or c",
        "a and b",
        "a",
        "",
    )
    monkeypatch.setenv("LANG", "kk_KZ.UTF-8")
    assert (spoken(either(["a", "b"])), spoken(every(["a", "b"]))) == ("a немесе b", "a және b")


def test_an_error_raised_with_a_message_is_told_by_it() -> None:
    error = ValueError(speech._("has no entries"))
    assert isinstance(speech._("cannot be read ({error})", error=str(error)).facts["error"], Message)


# ------------------------------------------------------------------ how Kazakh is written


def test_no_suffix_is_joined_to_a_fact() -> None:
    nouns = r"-(?:жол|сөйлем|нұсқа|байт|процесс)"  # the ordinal: 5-жол
    assert [said for _, said in kazakh() if re.search(rf"}}(?!{nouns})[-’']?[а-яёәғқңөұүһі]", said)] == []


def test_a_noun_after_a_number_is_in_the_singular() -> None:
    assert [said for _, said in kazakh() if re.search(r"{count\S*} \w+(?:[лдт][ае]р)\b", said)] == []


def test_quotation_marks_are_kazakh_ones() -> None:
    about_quotes = ("“…”", "“ ”", "„…“")
    assert [said for _, said in kazakh() if "“" in said and not any(sign in said for sign in about_quotes)] == []


def test_lists_of_commands_show_whole_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(command: click.Command) -> Iterator[click.Command]:
        yield command
        for one in command.commands.values() if isinstance(command, click.Group) else ():
            yield from walk(one)

    monkeypatch.setenv("LANG", "kk_KZ.UTF-8")
    short = {one.name: one.get_short_help_str(SUMMARY) for one in walk(cli) if one is not cli}
    assert {name: said for name, said in short.items() if said.endswith("...")} == {}
