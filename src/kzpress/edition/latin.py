"""Kazakh in Latin letters: the alphabet of 31 letters that the government presented on 28 January 2021.

И and й are both i, у is u, ы is y and і the dotless ı; their capitals are İ, İ, U, Y and I. The alphabet has nothing
for some Cyrillic letters, which stand in borrowed words: those are a choice of ours, after drafts of spelling rules and
not after an act, and a Kazakh editor is to confirm them. Ё ö, э e, ц and сц s (актёр aktör, цирк sirk), ч ş, щ ş but şş
in the Kazakh words ащы, тұщы, кеще; ь and ъ are not written. Ю and я are iu and ia, and u and a after и: Türkia.
"""

from __future__ import annotations

import re
from typing import Final

_LETTERS: Final = dict(
    zip("аәбвгғдежзийкқлмнңопрстуұүфхһшыіэөё", "aäbvgğdejziikqlmnñoprstuūüfhhşyıeöö", strict=True)
) | {"ц": "s", "ч": "ş", "щ": "ş", "ю": "iu", "я": "ia", "ь": "", "ъ": ""}
_CAPITALS: Final = {"i": "İ", "ı": "I"}  # str.upper() knows the English ones
_WORD: Final = re.compile(r"[\u0400-\u052f]+")
_AFTER_I: Final = re.compile(r"(?<=и)(?:ю|я)", re.IGNORECASE)
_SOFTENED: Final = re.compile(r"сц", re.IGNORECASE)
_LONG: Final = re.compile(r"(?<=\bа)щ(?=ы)|(?<=тұ)щ(?=ы)|(?<=\bке)щ(?=е)", re.IGNORECASE)
_ALONE: Final = {"ю": "у", "я": "а", "Ю": "У", "Я": "А"}


def to_latin(text: str) -> str:
    """Return Kazakh ``text`` in Latin letters; what is not Cyrillic stays as it is."""
    return _WORD.sub(lambda found: _word(found[0]), text)


def _word(word: str) -> str:
    shouted = word.isupper() and len(word) > 1
    word = _AFTER_I.sub(lambda found: _ALONE[found[0]], word)
    word = _SOFTENED.sub(lambda found: found[0][1], word)
    word = _LONG.sub("шш", word)
    latin = "".join(_letter(ch) for ch in word)
    return _upper(latin) if shouted else latin


def _letter(ch: str) -> str:
    latin = _LETTERS.get(ch.lower(), ch)
    return latin if ch.islower() else _upper(latin[:1]) + latin[1:]


def _upper(latin: str) -> str:
    return "".join(_CAPITALS.get(ch, ch.upper()) for ch in latin)
