"""Plain text: finds the paragraphs, whether lines were wrapped by hand, by a mail program or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kzpress.domain import Notice
from kzpress.ingest.characters import is_blank
from kzpress.ingest.reading import SENTENCE_END, Piece, Reading
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE_END: Final = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BULLET: Final = re.compile(r"\s*(?:[•*·▪◦‣●]|\d{1,2}[.)]|[a-zа-яәғқңөұүһі]\))\s")
_DASH_ITEM: Final = re.compile(r"\s*[-–—]\s")
_INDENTED: Final = re.compile(r"\t| {2,}")
_BROKEN_WORD: Final = re.compile(r"[^\W\d_]-$")

# Editors and mail programs wrap between 60 and 80 columns, typewritten copy up to 100.
_NARROWEST, _WIDEST = 45, 110


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


def read_plain(text: str) -> Reading:
    """Read the paragraphs of ``text``: blocks between blank lines, their wrapped lines joined."""
    groups = list(_groups(text))
    width = _wrap_width(groups)
    pieces: list[Piece] = []
    broken: list[str] = []
    for group in groups:
        sentences = len(groups) == 1 and _are_sentences(group)
        pieces.extend(_paragraphs(group, width, broken, sentences=sentences))
    notices: tuple[Notice, ...] = ()
    if broken:
        words = ", ".join(broken)
        message = _("words broken at a line end, hyphen kept: {words}", words=words)
        notices = (Notice(code="line-end-hyphen", message=message),)
    return Reading(pieces=tuple(pieces), notices=notices)


def _groups(text: str) -> Iterator[list[_Line]]:
    group: list[_Line] = []
    for number, line in enumerate(_LINE_END.split(text), 1):
        if not is_blank(line):
            group.append(_Line(number, line.rstrip()))
        elif group:
            yield group
            group = []
    if group:
        yield group


def _wrap_width(groups: list[list[_Line]]) -> int | None:
    """Return the width the file is wrapped at, or None where it is not: nine lines in ten must keep within it."""
    lengths = [len(line.text) for group in groups for line in group[:-1]]
    narrow = [length for length in lengths if length <= _WIDEST]
    if not narrow or len(narrow) < 0.9 * len(lengths) or max(narrow) < _NARROWEST:
        return None
    return max(narrow)


def _are_sentences(group: list[_Line]) -> bool:
    """Tell whether most lines but the first, which may be a headline, end as sentences do."""
    lines = group[1:-1] or group[1:]
    return bool(lines) and sum(bool(SENTENCE_END.search(line.text)) for line in lines) >= 0.6 * len(lines)


def _paragraphs(group: list[_Line], width: int | None, broken: list[str], *, sentences: bool) -> Iterator[Piece]:
    start, parts = group[0].number, [group[0].text]
    for previous, line in pairwise(group):
        if _begins(previous.text, line.text, width, sentences=sentences):
            yield Piece(text="".join(parts), line=start)
            start, parts = line.number, [line.text]
        else:
            parts += _joint(previous.text, line.text, broken), line.text.lstrip()
    yield Piece(text="".join(parts), line=start)


def _begins(previous: str, line: str, width: int | None, *, sentences: bool) -> bool:
    """Tell whether ``line`` begins a paragraph right after the line ``previous``."""
    ended = bool(SENTENCE_END.search(previous)) or previous.endswith((":", ";"))
    if _BULLET.match(line):
        return True
    if ended and (_DASH_ITEM.match(line) or (_INDENTED.match(line) and not _INDENTED.match(previous))):
        return True
    first = line.split(maxsplit=1)[0]
    if previous.endswith("\u00ad") or _BROKEN_WORD.search(previous) or (first[:1].islower() and not ended):
        return False
    if sentences or width is None or len(previous) > 1.3 * width:
        return True
    # In wrapped copy the next word had no room left on the line; five columns allow for wrapping by eye.
    return len(previous) + 1 + len(first) <= width - 5


def _joint(previous: str, line: str, broken: list[str]) -> str:
    """Return what joins two lines of a paragraph: nothing within a word; a soft hyphen goes when the text is tidied."""
    if previous.endswith("\u00ad"):
        return ""
    following = line.split(maxsplit=1)[0]
    if _BROKEN_WORD.search(previous) and following[0].isalpha():
        broken.append(previous.rsplit(maxsplit=1)[-1] + following)
        return ""
    return " "
