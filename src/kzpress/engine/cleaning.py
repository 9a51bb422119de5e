"""Rights what typing and scans do to a model: look-alike letters, figures for letters, signs that crowd, stray quotes.

The catalogue keeps the source as it came; only what the model reads is cleaned.
"""

from __future__ import annotations

import re
from typing import Final

from kzpress.domain import Lang
from kzpress.engine.quotes import pair_quotes
from kzpress.text import LOOK_ALIKES, is_cyrillic, unscanned

_TO_LATIN: Final = str.maketrans({chr(cyrillic): chr(latin) for latin, cyrillic in reversed(LOOK_ALIKES.items())})
_WORD: Final = re.compile(r"[^\W\d_]+")
# Russian words of one letter; in capitals they may be labels (витамин C), unless they begin the sentence.
_ALONE: Final = re.compile(r"(?<![^\s(«“\"])[ackoy](?= [а-яё])|\A[ABCKOY](?= [а-яё])")
_GLUED: Final = re.compile(r"(?<=[^\W\d_A-ZА-ЯЁӘҒҚҢӨҰҮІҺ]{2})(?=[A-ZА-ЯЁӘҒҚҢӨҰҮІҺ][^\W\d_A-ZА-ЯЁӘҒҚҢӨҰҮІҺ])")
_CROWD: Final = re.compile(
    r"[!?]{2,}|([,;:])(?: ?\1)+|\.{4,}|(?<!\.)\.\.(?!\.)|(?<=[.!?]) ?,+(?=\s*$)",
)


def clean(text: str, lang: Lang) -> str:
    """Return ``text`` with its words in letters of one alphabet, punctuation single and quotation marks in pairs."""
    return pair_quotes(single(one_alphabet(unscanned(text), lang)), lang)


def one_alphabet(text: str, lang: Lang) -> str:
    """Return ``text`` with each word of two alphabets in the one of ``lang``, if its other letters all look alike."""
    if text.isascii():
        return text
    mended = _WORD.sub(lambda word: _mended(word[0], cyrillic=lang is not Lang.EN), text)
    return _ALONE.sub(lambda letter: letter[0].translate(LOOK_ALIKES), mended) if lang is Lang.RU else mended


def _mended(word: str, *, cyrillic: bool) -> str:
    if word.isascii() or len({is_cyrillic(ch) for ch in word}) < 2:
        return word
    mended = word.translate(LOOK_ALIKES if cyrillic else _TO_LATIN)
    return mended if all(is_cyrillic(ch) is cyrillic for ch in mended) else word


def apart(text: str) -> str:
    """Return ``text`` with a space where a capital follows small letters: EurasianEconomic, whichKazakhstan.

    Names are written so, too (KazMunayGas): it is for what came out wrong.
    """
    return _GLUED.sub(" ", text)


def single(text: str) -> str:
    """Return ``text`` with one sign of punctuation where several crowd: ``???!``, ``,,``, ``..``."""
    return _CROWD.sub(_one, text)


def _one(crowd: re.Match[str]) -> str:
    signs = crowd[0]
    if signs[0] in "!?":
        return "?" if "?" in signs else "!"
    if signs[0] == ".":
        return "..." if len(signs) > 3 else "."
    return crowd[1] or ""
