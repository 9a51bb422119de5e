"""Finds characters that nobody typed on purpose: invisible ones, look-alikes of other alphabets, straight quotes."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang
from kzpress.speech import _
from kzpress.text import LOOK_ALIKES, is_cyrillic

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_RUSSIAN: Final = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
# Russian copy keeps the Kazakh letters of some proper names (Самрук-Қазына); і and һ are the ones that pass unseen.
_ALPHABETS: Final = {Lang.RU: _RUSSIAN | frozenset("әғқңөұү"), Lang.KK: _RUSSIAN | frozenset("әғқңөұүһі")}
# Kazakh and Russian letters as Latin keyboards and old fonts write them; the letters of text.LOOK_ALIKES are others.
_STAND_INS: Final = {"ə": "ә", "Ə": "Ә", "ɵ": "ө", "Ɵ": "Ө", "ї": "і", "є": "е", "ҙ": "з", "ӊ": "ң", "ӈ": "ң", "ҡ": "қ"}
_SPACES: Final = frozenset("\u00a0\u202f\u2007\u2009\u200a\t")
_DASHES: Final = frozenset("\u2010\u2011\u2012\u2212")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ROMAN: Final = re.compile(r"[MCDXLVI]+")


def untyped(name: str, lang: Lang, borrowed: Container[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the characters of a ``name`` in ``lang``: words to go after "has", and a hint.

    The words ``borrowed`` from another language keep its letters: KOICA, область Жетісу.
    """
    yield from invisible(name)
    for ch in dict.fromkeys(name):
        if ch in _SPACES:
            yield _("a special space ({code})", code=_code(ch)), _("write an ordinary space")
        elif ch in _DASHES:
            yield _("a special dash ({code})", code=_code(ch)), _("write - or –")
    if '"' in name:
        yield _("straight quotation marks"), _("write “ ”") if lang is Lang.EN else _("write « »")
    for word in _WORD.findall(name):
        if word not in borrowed:
            yield from _letters(word, lang)


def invisible(text: str) -> Iterator[tuple[str, str]]:
    """Yield the invisible characters of ``text``, as ``untyped`` does; no text may have them."""
    for ch in dict.fromkeys(text):
        if unicodedata.category(ch) in {"Cf", "Cc", "Co"} and ch != "\t":
            yield _("an invisible character ({code})", code=_code(ch)), _("delete it: type the name again")


def _letters(word: str, lang: Lang) -> Iterator[tuple[str, str]]:
    cyrillic = [ch for ch in word if is_cyrillic(ch)]
    if lang is Lang.EN:
        if cyrillic:
            message = _("the Cyrillic letter “{letter}” in “{word}”", letter=cyrillic[0], word=word)
            yield message, _("type the word again with Latin letters")
    elif cyrillic:
        for ch in dict.fromkeys(word):
            if ch.lower() not in _ALPHABETS[lang]:
                meant = _STAND_INS.get(ch) or ch.translate(LOOK_ALIKES)
                hint = _("write {letters}", letters=meant) if meant != ch else _("type the word again")
                facts = {"letter": ch, "code": _code(ch), "word": word}
                if lang is Lang.RU:
                    yield _("“{letter}” ({code}), no Russian letter, in “{word}”", **facts), hint
                else:
                    yield _("“{letter}” ({code}), no Kazakh letter, in “{word}”", **facts), hint
    elif len(word) > 1 and word.isupper() and not _ROMAN.fullmatch(word):
        meant = word.translate(LOOK_ALIKES)
        if all(is_cyrillic(ch) for ch in meant):
            yield _("“{word}” in Latin letters", word=word), _("write {word} in Cyrillic ones", word=meant)


def _code(ch: str) -> str:
    return f"U+{ord(ch):04X} {unicodedata.name(ch, '')}".strip()
