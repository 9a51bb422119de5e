"""The catalogues of our own messages: complete, up to date with the sources, and as other programs want them."""

from __future__ import annotations

import ast
import gettext
import re
import shutil
import subprocess
import symtable
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import messages as tool
from kzpress import cli_options, errors, speech
from kzpress.cli import cli

LANGS = ["kk", "ru"]
PLURALS = {"kk": 2, "ru": 3}
FACT = re.compile(r"{(\w+)[^{}]*}|%\((\w+)\)s")


def path_of(lang: str) -> Path:
    return speech.LOCALES / lang / "LC_MESSAGES" / "kzpress.po"


def catalogue(lang: str) -> Catalog:
    with path_of(lang).open("rb") as file:
        return read_po(file, locale=lang)


def entries(lang: str) -> Iterator[tuple[Message, list[str], list[str]]]:
    """Yield every entry with its English and its translated forms."""
    for message in catalogue(lang):
        if message.id:
            yield message, _forms(message.id), _forms(message.string)


def _forms(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


@pytest.mark.parametrize("lang", LANGS)
def test_every_message_of_the_sources_is_there_and_no_other(lang: str) -> None:
    there = {message.id for message in catalogue(lang) if message.id}
    said = {message.id for message in tool.extracted() if message.id}
    assert (sorted(map(str, said - there)), sorted(map(str, there - said))) == ([], []), "make messages"
    assert not catalogue(lang).obsolete


@pytest.mark.parametrize("lang", LANGS)
def test_every_message_is_translated_in_every_form(lang: str) -> None:
    for message, ids, said in entries(lang):
        assert all(said) and not message.fuzzy, f"{message.id}: not translated"
        assert len(said) == (PLURALS[lang] if len(ids) > 1 else 1), message.id


@pytest.mark.parametrize("lang", LANGS)
def test_a_translation_has_the_facts_of_its_message(lang: str) -> None:
    for message, ids, said in entries(lang):
        for text in said:
            assert set(FACT.findall(text)) in [set(FACT.findall(one)) for one in ids], message.id
            assert len(text.split("\n\n")) == len(ids[0].split("\n\n")), message.id
            assert text[:1].isspace() == ids[0][:1].isspace(), message.id
            assert text[-1:].isspace() == ids[0][-1:].isspace(), message.id
            assert text.endswith(".") <= ids[0].endswith((".", ".)", "?)")), message.id


@pytest.mark.parametrize("lang", LANGS)
def test_gettext_compiles_it_without_a_word(lang: str, tmp_path: Path) -> None:
    if not shutil.which("msgfmt"):
        pytest.skip("no msgfmt here")
    done = subprocess.run(
        ["msgfmt", "--check", "-o", tmp_path / "kzpress.mo", path_of(lang)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_compiled_is_what_is_written(lang: str) -> None:
    with path_of(lang).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message, ids, said in entries(lang):
        if len(ids) == 1:
            assert compiled.gettext(ids[0]) == said[0], f"{message.id}: make messages"


def test_one_sentence_is_not_both_single_and_in_plural_forms() -> None:
    single, plural = set[str](), set[str]()
    for path in tool.SOURCES.rglob("*.py"):
        for message in tool.messages_of(path):
            (single if isinstance(message, str) else plural).add(message if isinstance(message, str) else message[0])
    assert sorted(single & plural) == []


SOURCES = [
    pytest.param(path, id=path.relative_to(tool.SOURCES).as_posix()) for path in sorted(tool.SOURCES.rglob("*.py"))
]


@pytest.mark.parametrize("path", SOURCES)
def test_messages_are_whole_sentences_known_before_the_program_runs(path: Path) -> None:
    if path.name == "speech.py":
        return
    for call, name in tool.calls(ast.parse(path.read_text("utf-8"))):
        for text in call.args[: len(tool.KEYWORDS[name] or (1,))]:
            if ast.unparse(text) == "flowed(self._english)":  # a help, extracted where it is written
                continue
            assert isinstance(text, ast.Constant), f"{path}:{call.lineno}: {ast.unparse(call)}"
            named = {brace for brace, __ in FACT.findall(str(text.value))}
            given = {keyword.arg for keyword in call.keywords}
            if None not in given:
                assert named <= given | ({"count"} if name in {"n_", "counted"} else set()), ast.unparse(call)


@pytest.mark.parametrize("path", SOURCES)
def test_an_error_is_a_message(path: Path) -> None:
    ours = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ours and node.args:
            assert not isinstance(node.args[0], (ast.Constant, ast.JoinedStr)), f"{path}:{node.lineno}"


@pytest.mark.parametrize("path", SOURCES)
def test_a_function_that_speaks_does_not_throw_away_the_name(path: Path) -> None:
    def walk(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
        yield table
        for child in table.get_children():
            yield from walk(child)

    for table in walk(symtable.symtable(path.read_text("utf-8"), str(path), "exec")):
        if table.get_type() == "function" and "_" in table.get_identifiers():
            own = table.lookup("_")
            assert not (own.is_local() and own.is_referenced()), f"{path}:{table.get_lineno()}"


def test_every_command_and_option_speaks_the_users_language() -> None:
    def walk(command: click.Command) -> Iterator[click.Command]:
        yield command
        if isinstance(command, click.Group):
            for one in command.commands.values():
                yield from walk(one)

    said = {message.id for message in tool.extracted()}
    for command in walk(cli):
        assert isinstance(command, cli_options.Command), command.name
        assert cli_options.flowed(command.help or "") in said, command.name
        for option in command.params:
            if isinstance(option, click.Option) and option.help:
                assert isinstance(option, cli_options.Option), option.name
                assert cli_options.flowed(option.help) in said, option.name
