"""Capitals of headlines: models read sentence case, so Title Case and ALL CAPS are undone before them.

Which words keep their capital is learnt from the rest of the release: a word written in small letters there is a
common word, a word only ever seen with a capital inside a sentence is a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Final

from kzpress.domain import BlockKind, Lang
from kzpress.text import is_capitals

WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
FIRST_WORD: Final = re.compile(r"(?:\A|[.!?…:;]\s+|[«“\"(]\s*)$")
LOOK_BACK: Final = 8  # characters before a word that can tell whether it begins a sentence
_TITLED: Final = re.compile(r"(?<= )[^\W\d_](?![^\W\d_]*[A-ZА-ЯЁӘҒҚҢӨҰҮІҺ])")
SHOUTED: Final = 7  # letters of a word that is no abbreviation
# A word in capitals without a vowel is an abbreviation: МВФ, ҚХР, TPP; behind a figure it is an ending: 5TH.
CONSONANTS: Final = re.compile(r"(?<!\d)[^\W\d_aeiouyаеёиоуыэюяәіөүұ]{2,5}", re.IGNORECASE)
# Words of English titles that stay small even in Title Case, so that they say nothing about a title's style.
SMALL: Final = frozenset(
    (
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "over",
        "the",
        "to",
        "via",
        "with",
    )
)


class Style(StrEnum):
    """How a sentence's capitals are set."""

    SENTENCE = "sentence"
    TITLE = "title"
    CAPITALS = "capitals"


def style_of(text: str, lang: Lang, kind: BlockKind) -> Style:
    """Tell the style of ``text``: capitals above 70 % of the letters, or an English headline mostly capitalised.

    Fewer than three words in capitals are taken for abbreviations if they are short, but for datelines, which are
    shouted.
    """
    words = WORD.findall(text)
    if is_capitals(text, 0.7) and (
        kind is BlockKind.DATELINE or len(words) >= 3 or any(len(word) >= SHOUTED for word in words)
    ):
        return Style.CAPITALS
    words = [word for word in words if word.lower() not in SMALL]
    if kind is BlockKind.HEADLINE and lang is Lang.EN and len(words) >= 4:
        capitals = sum(word[0].isupper() for word in words)
        return Style.TITLE if capitals >= 0.75 * len(words) else Style.SENTENCE
    return Style.SENTENCE


@dataclass(frozen=True, slots=True)
class Evidence:
    """How words are written inside the sentences of a release: folded to small letters, their commonest form."""

    forms: dict[str, str]
    small: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Evidence:
        """Count the words of ``texts`` that do not begin a sentence; texts in capitals are left out."""
        seen: Counter[str] = Counter()
        for text in texts:
            if is_capitals(text):
                continue
            for found in WORD.finditer(text):
                if not FIRST_WORD.search(text, max(0, found.start() - LOOK_BACK), found.start()):
                    seen[found.group()] += 1
        forms: dict[str, str] = {}
        for word, _ in seen.most_common():
            forms.setdefault(word.lower(), word)
        return cls(forms=forms, small=frozenset(word for word in seen if word.islower()))

    def spell(self, word: str, style: Style) -> str:
        """Return ``word`` as it would stand inside a sentence."""
        low = word.lower()
        if style is Style.TITLE:
            if word.isupper() and len(word) > 1:
                return word
            return low if low in self.small or low in SMALL else word
        return self.forms.get(low, low)


def to_sentence_case(text: str, style: Style, evidence: Evidence, names: Iterable[tuple[int, int, str]] = ()) -> str:
    """Return ``text`` in sentence case.

    ``names`` are recognised names as (start, end, spelling), the spelling uninflected: it lends its capitals.
    """
    if style is Style.SENTENCE:
        return text
    spans = {start: (end, spelling) for start, end, spelling in names}
    out: list[str] = []
    at = 0
    for found in WORD.finditer(text):
        start, end = found.span()
        if start < at:
            continue
        out.append(text[at:start])
        if start in spans:
            end, spelling = spans[start]
            out.append(_with_capitals_of(spelling, text[start:end]))
        else:
            word = found.group()
            if not _is_abbreviation(text, start, end) or word.lower() in evidence.forms:
                word = evidence.spell(word, style)
            out.append(word if any(ch.isalpha() for ch in text[:start]) else word[0].upper() + word[1:])
        at = end
    return "".join(out) + text[at:]


def small(text: str) -> str:
    """Return ``text`` with small letters in the place of the capitals that words behind a space begin with."""
    return _TITLED.sub(lambda letter: letter[0].lower(), text)


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    return text[start:end].isupper() and CONSONANTS.fullmatch(text, start, end) is not None


def _with_capitals_of(spelling: str, found: str) -> str:
    """Set the capitals of ``found``, an inflected form, word by word and letter by letter as ``spelling`` has them."""
    words = zip_longest(found.split(" "), spelling.split(" ")[: found.count(" ") + 1], fillvalue="")
    return " ".join(
        "".join(ch.upper() if own[i : i + 1].isupper() else ch.lower() for i, ch in enumerate(word))
        for word, own in words
    )


def restore(text: str, style: Style) -> str:
    """Give a translation the style of its source; Title Case is English alone and becomes sentence case elsewhere."""
    return text.upper() if style is Style.CAPITALS else text
