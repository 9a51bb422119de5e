"""Writes entries as TOML text and changes single fields of those there are, leaving every other byte as it was."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from kzpress.glossary.exchange import fields as cells
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADING: Final = re.compile(r"\s*\[")
_STRINGS: Final = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'")
_COMMENT: Final = re.compile(r"\s*#.*")
_WIDTH: Final = 120


class CannotEditError(Exception):
    """The text is laid out in a way that is not changed mechanically; the message says how."""


def entry(name: str, fields: Mapping[str, str]) -> str:
    """Return a new entry as TOML, laid out as the glossary's own files are."""
    lines = [f"[{name}]", *(line for field, cell in fields.items() for line in _statement(field, cell))]
    return "\n".join(lines) + "\n"


def changed(text: str, name: str, field: str, cell: str) -> str:
    """Return ``text`` with one field of the entry ``name`` set to ``cell``, or without it where that is empty.

    Raises:
        CannotEditError: the field is not written on lines of its own, or a comment stands inside it.

    """
    lines = text.split("\n")
    start, end = _block(lines, name)
    first, last = _place(lines, start, end, field)
    if first == last and field.partition(".")[0] in tomllib.loads(text)[name] and _holds(text, name, field):
        raise CannotEditError(_("{field} is not on a line of its own", field=field))
    kept = _kept_comment(lines[first:last])
    newline = "\r" if lines[start].endswith("\r") else ""
    new = [line + newline for line in (_statement(field, cell) if cell else [])]
    if new and kept:
        new[-1] = new[-1].rstrip("\r") + "  " + kept + newline
    edited = "\n".join(lines[:first] + new + lines[last:])
    if tomllib.loads(edited) != _expected(text, name, field, cell):
        raise CannotEditError(_("{field} is laid out in a way that is not changed mechanically", field=field))
    return edited


def _expected(text: str, name: str, field: str, cell: str) -> dict[str, Any]:
    """Return what the file says after the change, worked out from its values and not from its text."""
    data = tomllib.loads(text)
    key, _, lang = field.partition(".")
    value = cells.table({field: cell})[key] if cell else None
    table = data[name].setdefault(key, {}) if lang else data[name]
    last = lang or key
    if value is None:
        table.pop(last, None)
        if lang and not table:
            del data[name][key]
    else:
        table[last] = value[lang] if lang else value
    return data


def _holds(text: str, name: str, field: str) -> bool:
    key, _, lang = field.partition(".")
    value = tomllib.loads(text)[name].get(key)
    return lang in value if lang and isinstance(value, dict) else value is not None


def _block(lines: list[str], name: str) -> tuple[int, int]:
    """Return the lines of an entry, from its heading up to the next or to the comments before that."""
    heading = re.compile(rf"\s*\[\s*(?:{re.escape(name)}|\"{re.escape(name)}\"|'{re.escape(name)}')\s*\]\s*(?:#.*)?\s*")
    start = next((i for i, line in enumerate(lines) if heading.fullmatch(line)), None)
    if start is None:
        raise CannotEditError(_("the entry has no heading of its own"))
    end = start + 1
    last = start
    while end < len(lines):
        if _HEADING.match(lines[end]):
            break
        if _key_of(lines[end]):
            end = _statement_end(lines, end)
            last = end - 1
            continue
        end += 1
    return start, last + 1


def _place(lines: list[str], start: int, end: int, field: str) -> tuple[int, int]:
    """Return the lines of a field's statement, or the empty span where it belongs: after the fields before it."""
    order = {column: i for i, column in enumerate(cells.COLUMNS)}
    at, i = start + 1, start + 1
    while i < end:
        key = _key_of(lines[i])
        if key is None:
            i += 1
            continue
        after = _statement_end(lines, i)
        if key == field:
            return i, after
        if order.get(key, 0) < order[field]:
            at = after
        i = after
    return at, at


def _key_of(line: str) -> str | None:
    match = re.match(r"\s*([a-z]+(?:\s*\.\s*[a-z]+)?)\s*=", line)
    return re.sub(r"\s", "", match[1]) if match else None


def _statement_end(lines: list[str], first: int) -> int:
    """Return the line after the statement that begins at ``first``: as soon as TOML can read it."""
    for last in range(first + 1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[first:last]))
        except tomllib.TOMLDecodeError:
            continue
        return last
    raise CannotEditError(_("a value has no end"))


def _kept_comment(lines: list[str]) -> str:
    """Return the comment at the end of a statement; one inside a list would be lost with its line."""
    comments = [_COMMENT.search(_STRINGS.sub(lambda match: "_" * len(match[0]), line)) for line in lines]
    if any(comments[:-1]):
        raise CannotEditError(_("a comment stands inside the list"))
    return lines[-1][comments[-1].start() :].strip() if lines and comments[-1] else ""


def _statement(field: str, cell: str) -> list[str]:
    key, _, lang = field.partition(".")
    value = cells.table({field: cell})[key]
    value = value[lang] if lang else value
    line = f"{field} = {_literal(value)}"
    if len(line) <= _WIDTH or not isinstance(value, list):
        return [line]
    return [f"{field} = [", *(f"    {_literal(item)}," for item in value), "]"]


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_literal(item)}' for key, item in value.items())} }}" if value else "{}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # JSON's escapes are TOML's but for DEL
