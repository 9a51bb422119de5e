"""What a file from outside may not bring in: huge cells, invisible characters, letters lost to an old encoding."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from kzpress.errors import GlossaryError

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
        raise GlossaryError(
            f"cannot be read: {error.strerror or error}", where=str(path), hint="give a .csv or .tbx file"
        ) from error
    if not data.strip():
        raise GlossaryError("is empty", where=str(path), hint="give a .csv or .tbx file")
    if len(data) > FILE_BYTES:
        raise GlossaryError(
            f"is larger than {FILE_BYTES // 1_000_000} MB", where=str(path), hint="import it in several parts"
        )
    return data


def fault(fields: Mapping[str, str]) -> tuple[str, str] | None:
    """Return what makes the cells of a concept unfit to take, and what to do; None if nothing does.

    The words quote nothing of such a cell, which may be made to deceive whoever reads them in a terminal.
    """
    for field, cell in fields.items():
        if len(cell) > _CELL:
            return f"has {field} of {len(cell):,} characters", f"give at most {_CELL:,}"
        for ch in cell:
            if ch != "\n" and unicodedata.category(ch) in _INVISIBLE:
                return f"has the invisible character U+{ord(ch):04X} in {field}", "type the cell again"
        if field not in {"source", "note"} and _LOST.search(cell):
            return (
                f"has question marks for letters in {field}",
                "the file was saved in an encoding without Kazakh letters: save it as “CSV UTF-8”",
            )
    return None


def shown(text: str) -> str:
    """Return foreign text as it may be shown: short, and what a terminal would obey escaped."""
    short = text if len(text) <= 60 else text[:59] + "…"
    return "".join(ch if ch.isprintable() else f"\\u{ord(ch):04x}" for ch in short)
