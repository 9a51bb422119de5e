"""Bring the catalogues of kzpress's own messages up to date with its sources: ``python tools/messages.py``.

A message that is new or changed stands untranslated, one that is gone is removed; translators write into
``src/kzpress/data/locale/<lang>/LC_MESSAGES/kzpress.po`` with any editor. ``hatch_build.py`` compiles them.
"""

from __future__ import annotations

import ast
import errno
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from kzpress.cli_options import flowed
from kzpress.speech import LOCALES

SOURCES: Final = Path(__file__).resolve().parent.parent / "src" / "kzpress"
KEYWORDS: Final = {"_": None, "told": None, "n_": (1, 2), "counted": (1, 2)}
# What click says of commands like ours, in the words of its versions from 8.1.7 on.
CLICK: Final[tuple[str | tuple[str, str], ...]] = (
    "Usage:",
    "Options",
    "Commands",
    "Show this message and exit.",
    "Show the version and exit.",
    "%(prog)s, version %(version)s",
    "env var: {var}",
    "default: {default}",
    "required",
    "Missing command.",
    "Missing argument",
    "Missing option",
    "Missing parameter",
    "Choose from:\n\t{choices}",
    "No such option {name!r}.",
    "No such option: {name}",
    "No such command {name!r}.",
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ("{value!r} does not match the format {format}.", "{value!r} does not match the formats {formats}."),
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    "Option {name!r} does not take a value.",
)
# Why a system refuses a file, see ``speech.reason``.
REFUSALS: Final = tuple(
    os.strerror(number)
    for number in (
        errno.ENOENT,
        errno.EACCES,
        errno.EPERM,
        errno.EISDIR,
        errno.ENOTDIR,
        errno.EEXIST,
        errno.ENOSPC,
        errno.EROFS,
        errno.ENAMETOOLONG,
        errno.EIO,
        errno.EMFILE,
        errno.ELOOP,
        errno.EINVAL,
        errno.ENOSYS,
        errno.ENOLCK,
        errno.ENOTSUP,
    )
)


def extracted() -> Catalog:
    """Return every message of the sources with the files it stands in, in their order."""
    catalog = Catalog(project="kzpress", charset="utf-8", fuzzy=False)
    for path in sorted(SOURCES.rglob("*.py")):
        for message in messages_of(path):
            catalog.add(message, locations=[(path.relative_to(SOURCES).as_posix(), 0)])
    for path in sorted(SOURCES.rglob("*.j2")):
        place = [(path.relative_to(SOURCES).as_posix(), 0)]
        for _, message, comments, _ in extract("jinja2", io.BytesIO(path.read_bytes()), KEYWORDS, ["Translators:"]):
            catalog.add(message, locations=place, auto_comments=comments)
    for message in CLICK:
        catalog.add(message, locations=[("click", 0)])
    for message in REFUSALS:
        catalog.add(message, locations=[("the system", 0)])
    return catalog


def messages_of(path: Path) -> Iterator[str | tuple[str, ...]]:
    """Yield the messages of a module: calls of ``speech``'s functions, and the helps of commands and options.

    Babel's own extractor for Python sees none inside f-strings before Python 3.12.
    """
    tree = ast.parse(path.read_text("utf-8"))
    for call, name in calls(tree):
        texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        wanted = len(KEYWORDS[name] or (1,))
        if len(texts) >= wanted:
            yield tuple(texts[:2]) if wanted == 2 else texts[0]
    if path.name.startswith("cli"):
        yield from (flowed(text) for text in _helps(tree))


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Yield every call of a function of ``speech`` in a module, with the function's name, in their order."""
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "kzpress.speech"
        for alias in node.names
    }
    if any(isinstance(node, ast.FunctionDef) and node.name == "_" for node in ast.iter_child_nodes(tree)):
        imported |= KEYWORDS.keys()  # speech itself
    for node in _in_order(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in KEYWORDS and name in imported:
                yield node, name
            case ast.Call(func=ast.Attribute(value=ast.Name(id="speech"), attr=name)) if name in KEYWORDS:
                yield node, name


def _helps(tree: ast.AST) -> Iterator[str]:
    for node in _in_order(tree):
        match node:
            case ast.keyword(arg="help", value=ast.Constant(value=str(text))):
                yield text
            case ast.FunctionDef(decorator_list=[*decorators]) if any(map(_makes_command, decorators)):
                yield ast.get_docstring(node) or ""


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)


def _makes_command(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="command" | "group") | ast.Attribute(attr="command" | "group")):
            return True
    return False


def updated(template: Catalog, path: Path) -> bytes:
    """Return a catalogue with the template's messages and its own translations of them."""
    lang = path.parent.parent.name
    with path.open("rb") as file:
        catalog = read_po(file, locale=lang)
    template.creation_date = catalog.creation_date
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
    written = io.BytesIO()
    write_po(written, catalog, width=120, ignore_obsolete=True, include_lineno=False)
    return written.getvalue()


def catalogues() -> list[Path]:
    """Return the catalogues there are."""
    return sorted(LOCALES.glob("*/LC_MESSAGES/kzpress.po"))


def main() -> None:
    """Update every catalogue and tell what is left to translate."""
    for path in catalogues():
        path.write_bytes(updated(extracted(), path))
        with path.open("rb") as file:
            left = [message for message in read_po(file) if message.id and not (message.string and all(message.string))]
        print(f"{path}: {len(left)} to translate")


if __name__ == "__main__":
    main()
