"""Putting approved sentences together again: paragraphs in order, notes last, running headers and footers left out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kzpress.domain import BlockKind, Key, Segment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WHITE: Final = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")  # not the spaces that keep words together
_PLACE_END: Final = re.compile(r"\s*(?:[.,;/()]|\s[-–—]).*", re.DOTALL)
_FORBIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
# White space, and of the invisible signs those that only say where a word may be parted: none that turns letters round.
_HARMLESS: Final = frozenset("\t\n\r\u00ad\u200b\u200c\u200d\u2060\ufeff")
_TITLE_WORDS: Final = 12
_SUMMARY: Final = 200  # characters, as much as search engines show


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph; ``dateline`` is what stood before it in the same paragraph of the source."""

    kind: BlockKind
    text: str
    dateline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The whole text of a release in one language; ``title`` is the headline, or the first words where there is none.

    Notes come last; what stands in margins is no part of it. ``city`` is as the dateline has it.
    """

    title: str
    city: str | None
    paragraphs: tuple[Paragraph, ...]

    @property
    def summary(self) -> str:
        """The lead, cut at a word where it is long."""
        leads = [part for part in self.paragraphs if part.kind is BlockKind.LEAD] or list(self.paragraphs)
        return _cut(leads[0].text, _SUMMARY) if leads else self.title

    @property
    def digest(self) -> str:
        """The digest of every word that is published."""
        parts = (f"{part.kind}\t{part.dateline}\t{part.text}" for part in self.paragraphs)
        return hashlib.sha256("\n".join((self.title, self.city or "", *parts)).encode()).hexdigest()


def arrange(segments: Sequence[Segment], texts: Mapping[Key, str], *, city: str | None) -> Article:
    """Return the article that ``texts`` make in the place of the source's ``segments``.

    ``city`` is the source's. Where its dateline begins with it, the other languages' do, too.
    """
    headline, datelines = "", {}
    has_city = city and any(part.kind is BlockKind.DATELINE and part.text.startswith(city) for part in segments)
    body: list[Paragraph] = []
    for _, group in groupby(segments, key=lambda part: part.block):
        block = list(group)
        kind, line, text = block[0].kind, block[0].line, _joined(block, texts)
        if kind is BlockKind.HEADLINE and not headline:
            headline = text
        elif kind is BlockKind.DATELINE:
            datelines[line] = text
            body.append(Paragraph(kind=kind, text=text))
        elif line in datelines and body and body[-1].kind is BlockKind.DATELINE:
            body[-1] = Paragraph(kind=kind, text=text, dateline=datelines[line])
        elif kind is not BlockKind.MARGIN:
            body.append(Paragraph(kind=kind, text=text))
    body.sort(key=lambda part: part.kind is BlockKind.NOTE)
    city = _PLACE_END.sub("", next(iter(datelines.values()))) if has_city and datelines else ""
    return Article(title=headline or _title(body), city=city or None, paragraphs=tuple(body))


def strange_characters(text: str) -> str:
    """Name the characters of ``text`` that no page or feed may hold, such as U+0007 or U+202E; empty if none."""
    strange = {ch for ch in text if unicodedata.category(ch) in _FORBIDDEN and ch not in _HARMLESS}
    return ", ".join(f"U+{ord(ch):04X}" for ch in sorted(strange))


def _joined(block: Sequence[Segment], texts: Mapping[Key, str]) -> str:
    """Join a block's sentences with a space each: the source may have forgotten it, or broken the line there."""
    return " ".join(_WHITE.sub(" ", texts[part.key]).strip() for part in block)


def _title(body: Sequence[Paragraph]) -> str:
    running = [part for part in body if part.kind is BlockKind.LEAD] or list(body)
    words = running[0].text.split(" ") if running else []
    short = " ".join(words[:_TITLE_WORDS])
    return short if len(words) <= _TITLE_WORDS else short.rstrip(".,;:–—- ") + "…"


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[: most + 1].rsplit(" ", 1)[0][:most].rstrip(".,;:–—- ") + "…"
