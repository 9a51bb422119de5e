"""An entry as named cells of text, the one shape in which tables, termbases and TOML meet: lists joined by " | "."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final

from kzpress import text as folding
from kzpress.domain import Lang
from kzpress.glossary.entry import KEYS
from kzpress.glossary.model import Period
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGS: Final = (Lang.EN, Lang.RU, Lang.KK)  # the order in which the glossary's own files have them
BY_LANGUAGE: Final = ("names", "short", "variants", "forbidden", "unlike", "forms")
_LISTS: Final = frozenset({"short", "variants", "forbidden", "unlike", "except"})
_LAST: Final = ("unlike", "forms", "iso", "each", "except")  # what a translator seldom looks at
_ORDER: Final = ("kind", "names", "short", "variants", "forbidden", "valid", "gender", "source", "note")
_KEYS: Final = (*_ORDER, *(key for key in KEYS if key not in (*_ORDER, *_LAST)), *_LAST)
COLUMNS: Final = tuple(
    field for key in _KEYS for field in ([f"{key}.{lang}" for lang in LANGS] if key in BY_LANGUAGE else [key])
)

_ITEM: Final = re.compile(r"(?:\\[\\|]|[^|\n])+")
_ESCAPED: Final = re.compile(r"\\([\\|])")
_FORM: Final = re.compile(r"([a-z]+)\s*[=:]\s*(.+)")
_DAY: Final = r"(\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4})"
_PERIODS: Final = (
    (re.compile(rf"(?:from )?{_DAY} (?:to|until|[-–—]) {_DAY}"), ("from", "to")),
    (re.compile(rf"from {_DAY}"), ("from",)),
    (re.compile(rf"(?:until|to) {_DAY}"), ("to",)),
    (re.compile("always"), ()),
)
_BOOLS: Final = {"true": True, "false": False}


def cells(table: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells of a TOML table that has something in them, in the order of ``COLUMNS``."""
    found: dict[str, str] = {}
    for key, value in table.items():
        if key in BY_LANGUAGE:
            found |= {f"{key}.{lang}": _cell(key, given) for lang, given in value.items()}
        else:
            found[key] = _cell(key, value)
    return {field: found[field] for field in COLUMNS if found.get(field)}


def table(fields: Mapping[str, str]) -> dict[str, Any]:
    """Return the TOML table of some cells.

    Raises:
        ValueError: a cell says nothing that its field can hold; in words for the cell's author.

    """
    made: dict[str, Any] = {}
    for field, cell in fields.items():
        key, _, lang = field.partition(".")
        value = _value(field, cell)
        if lang:
            made.setdefault(key, {})[lang] = value
        else:
            made[key] = value
    return made


def tidy(cell: str) -> str:
    """Return a cell as people type it without stray white space; a line break in it stays, it separates items."""
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in re.split(r"\r\n|\r|\n", folding.nfc(cell)))
    return "\n".join(line for line in lines if line)


def join(items: list[str]) -> str:
    """Return the cell of a list: items may hold bars and backslashes, which are escaped."""
    return " | ".join(item.replace("\\", "\\\\").replace("|", "\\|") for item in items)


def split(cell: str) -> list[str]:
    """Return the items of a cell, which bars or line breaks separate."""
    items = (_ESCAPED.sub(r"\1", item.strip()) for item in _ITEM.findall(cell))
    return [item for item in items if item]


def _cell(key: str, value: Any) -> str:
    if key in _LISTS:
        return join([value] if isinstance(value, str) else list(value))
    if key == "forms":
        return join([f"{case} = {form}" for case, form in value.items()])
    if key == "valid":
        periods = value if isinstance(value, list) else [value]
        return " | ".join(str(Period(start=given.get("from"), end=given.get("to"))) for given in periods)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _value(field: str, cell: str) -> Any:
    key = field.partition(".")[0]
    if key in _LISTS:
        items = split(cell)
        return items[0] if len(items) == 1 else items
    if key == "forms":
        return dict(_form(field, item) for item in split(cell))
    if key == "valid":
        periods = [_period(item) for item in split(cell)]
        return periods[0] if len(periods) == 1 else periods
    return _BOOLS.get(cell, " ".join(cell.split("\n")))


def _form(field: str, item: str) -> tuple[str, str]:
    match = _FORM.fullmatch(item)
    if match is None:
        message = _(
            "{field} has “{item}”, which is not a case and its form: write gen = …", field=field, item=item[:60]
        )
        raise ValueError(message)
    return match[1], match[2]


def _period(item: str) -> dict[str, dt.date]:
    for pattern, keys in _PERIODS:
        if match := pattern.fullmatch(item):
            return {key: _day(match[i]) for i, key in enumerate(keys, 1)}
    message = _("valid has “{item}”, which is no period: write from 2002-09-19, until … or … to …", item=item[:60])
    raise ValueError(message)


def _day(written: str) -> dt.date:
    try:
        if "." in written:
            day, month, year = (int(part) for part in written.split("."))
            return dt.date(year, month, day)
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise ValueError(_("valid has {day}, which is no day", day=written)) from error
