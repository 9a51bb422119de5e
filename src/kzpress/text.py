"""Folding: the one way text is compared. What is published is never folded."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Latin letters that stand for Kazakh or Russian ones in real copy; used only inside words that are otherwise Cyrillic.
LOOK_ALIKES = str.maketrans("aceopxyikəɵhöüTABCEHKMOPXYIƏƟÖÜ", "асеорхуікәөһөүТАВСЕНКМОРХУІӘӨӨҮ")

_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LOOK_ALIKE: Final = re.compile(f"[{''.join(map(chr, LOOK_ALIKES))}]")

_MARKS: Final = 30
_SENTENCE: Final = 1_000  # code points
_NO_LETTERS: Final = re.compile(rf"[^\w\s\x00-\x7f]{{{_MARKS + 1},}}")

_VOWELS: Final = frozenset("aeiouy0")
# A word in small letters with figures for letters, as scans have it: 0f, ta1ks, Nati0nal; not 1st, G20, A1c, h1n1,
# phase1b, 0тенге, в0часов, a1plus.kz.
_SCANNED: Final = re.compile(
    r"(?<![\w.,:/@#-])(?![вксоуВКСОУ]?0[\u0400-\u052f])(?:[^\W\d_]+|(?=0[fnr]\b))(?:0[^\W\d_]+|1[^\W\d_]{2,})+"
    r"(?![\w@/-]|\.\w)"
)

_FOLD = str.maketrans(
    {"ё": "е"}
    | dict.fromkeys("\u00a0\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " ")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032`\u00b4", "'")
    | dict.fromkeys("«»\u201c\u201d\u201e\u201f\u2033", '"')
)


def is_cyrillic(ch: str) -> bool:
    """Tell whether ``ch`` is a Cyrillic letter."""
    return "\u0400" <= ch <= "\u052f"


def cyrillic_in(text: str) -> int:
    """Return how many letters of ``text`` are Cyrillic."""
    return len(_CYRILLIC.findall(text))


def fold(text: str, *, case: bool = True) -> str:
    """Return ``text`` as it is compared, the same length: no ё, one kind of space, dash, apostrophe and quote.

    Latin look-alikes next to Cyrillic letters become Cyrillic; ``case=False`` keeps capitals, for abbreviations.
    Offsets into the result are offsets into ``text``.
    """
    return _remembered(text, case) if len(text) <= _SENTENCE else _folded(text, case)


def _folded(text: str, case: bool) -> str:  # noqa: FBT001 - lru_cache takes longer over names
    folded = _mend_look_alikes(text)
    if case:
        lowered = folded.lower()
        # A few capitals lower-case to two code points (İ); keep offsets by folding such text letter by letter.
        folded = lowered if len(lowered) == len(folded) else "".join(ch.lower()[0] for ch in folded)
    else:
        folded = folded.replace("Ё", "Е")
    return folded.translate(_FOLD)


_remembered: Final = lru_cache(maxsize=1 << 12)(_folded)  # each check of a sentence folds it and its words again


def _mend_look_alikes(text: str) -> str:
    # Nearly every text has none to mend, and the glossary has hundreds of thousands of forms: ask that first.
    if text.isascii() or not _LOOK_ALIKE.search(text) or not _CYRILLIC.search(text):
        return text
    return _WORD.sub(_mended, text)


def _mended(word: re.Match[str]) -> str:
    return word[0].translate(LOOK_ALIKES) if _CYRILLIC.search(word[0]) else word[0]


def unscanned(text: str) -> str:
    """Return ``text`` with letters for the figures that a bad scan took them for, the same length."""
    return _SCANNED.sub(_with_letters, text) if "0" in text or "1" in text else text


def _with_letters(scanned: re.Match[str]) -> str:
    word = scanned[0]
    letters = [ch for ch in word if ch.isalpha()]
    if word[1:].lower() != word[1:] or (word[0] != "0" and len(letters) < 3):
        return word
    if word.isascii():
        is_name = "1" in word and _VOWELS.isdisjoint(word.partition("1")[0].lower())  # pp1a
        return word if is_name else word.translate({ord("0"): "o", ord("1"): "l"})
    return word.replace("0", "о") if "1" not in word and all(map(is_cyrillic, letters)) else word


def nfc(text: str) -> str:
    """Return ``text`` in NFC; of a long row of marks on one letter every thirty are kept apart (UAX #15, D4)."""
    return unicodedata.normalize("NFC", _NO_LETTERS.sub(_kept_apart, text))


def _kept_apart(row: re.Match[str]) -> str:
    # Their order is found in the square of their number: a megabyte of them would take hours.
    parts: list[str] = []
    marks = 0
    for ch in row[0]:
        marks = marks + 1 if unicodedata.combining(ch) else 0
        if marks > _MARKS:
            parts.append("\u034f")
            marks = 1
        parts.append(ch)
    return "".join(parts)


def is_capitals(text: str, share: float = 0.4) -> bool:
    """Tell whether more than ``share`` of the letters are capitals, as in shouted headlines and datelines."""
    letters = [ch for ch in text if ch.isalpha()]
    return bool(letters) and sum(ch.isupper() for ch in letters) > share * len(letters)
