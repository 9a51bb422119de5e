"""What a file from outside may not bring in: huge cells, invisible characters, letters lost to an old encoding."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from kzpress.errors import GlossaryError
from kzpress.speech import _, reason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_BYTES: Final = 60_000_000  # the starter glossary as a termbase, its patterns written out, has 14 million
_CELL: Final = 10_000  # characters; the longest of the starter glossary has under 1,000
_LOST: Final = re.compile(r"\w\?|\?\w")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def read(path: Path) -> bytes:
    """Return the bytes of a file to import.

    Raises:
        GlossaryError: it cannot be read, is empty or too large.

    """
    try:
        with path.open("rb") as stream:
            data = stream.read(FILE_BYTES + 1)
    except OSError as error:
        message = _("cannot be read: {reason}", reason=reason(error))
        raise GlossaryError(message, where=str(path), hint=_("give a .csv or .tbx file")) from error
    if not data.strip():
        raise GlossaryError(_("is empty"), where=str(path), hint=_("give a .csv or .tbx file"))
    if len(data) > FILE_BYTES:
        message = _("is larger than {size} MB", size=FILE_BYTES // 1_000_000)
        raise GlossaryError(message, where=str(path), hint=_("import it in several parts"))
    return data


def fault(fields: Mapping[str, str]) -> tuple[str, str] | None:
    """Return what makes the cells of a concept unfit to take, and what to do; None if nothing does.

    The words quote nothing of such a cell, which may be made to deceive whoever reads them in a terminal.
    """
    for field, cell in fields.items():
        if len(cell) > _CELL:
            message = _("has {field} of {count:,} characters", field=field, count=len(cell))
            return message, _("give at most {count:,}", count=_CELL)
        for ch in cell:
            if ch != "\n" and unicodedata.category(ch) in _INVISIBLE:
                message = _("has the invisible character {code} in {field}", code=f"U+{ord(ch):04X}", field=field)
                return message, _("type the cell again")
        if field not in {"source", "note"} and _LOST.search(cell):
            return (
                _("has question marks for letters in {field}", field=field),
                _("the file was saved in an encoding without Kazakh letters: save it as “CSV UTF-8”"),
            )
    return None


def shown(text: str) -> str:
    """Return foreign text as it may be shown: short, and what a terminal would obey escaped."""
    short = text if len(text) <= 60 else text[:59] + "…"
    return "".join(ch if ch.isprintable() else f"\\u{ord(ch):04x}" for ch in short)
