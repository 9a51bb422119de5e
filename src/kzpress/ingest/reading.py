"""Readings: what each format's reader hands over before the structure of the release is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt

    from kzpress.domain import Notice

SENTENCE_END: Final = re.compile(r"[.!?…][»”“\"')\]]*\s*$")


class Role(StrEnum):
    """What the format itself says of a paragraph."""

    PLAIN = "plain"
    TITLE = "title"
    HEADING = "heading"
    CELL = "cell"
    QUOTE = "quote"
    NOTE = "note"
    MARGIN = "margin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One paragraph as the reader found it; its characters are not tidied yet."""

    text: str
    line: int
    role: Role = Role.PLAIN


class Trust(IntEnum):
    """Where a date stands, the most trusted first."""

    STATED = 0  # a "date …" line, or the front matter
    MARKUP = 1  # <time> or <meta>
    MAIL = 2  # the Date header
    DATELINE = 3
    FILE_NAME = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date that the release may have, and where it stood."""

    day: dt.date
    trust: Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The pieces of one input in document order, with the dates and notices that its format gave."""

    pieces: tuple[Piece, ...]
    dates: tuple[Dated, ...] = ()
    notices: tuple[Notice, ...] = ()
    encoding: str | None = None


def split_at_breaks(text: str) -> list[str]:
    r"""Split a paragraph at those of its forced line breaks (``\n``) that end a paragraph.

    They do when doubled, and after the end of a sentence: pages and documents typed with Shift+Enter.
    """
    parts: list[list[str]] = [[]]
    for line in map(str.strip, text.split("\n")):
        if not line or (parts[-1] and SENTENCE_END.search(parts[-1][-1])):
            parts.append([])
        if line:
            parts[-1].append(line)
    return [" ".join(part) for part in parts if part]
