"""The output as a whole: degenerate, in the wrong script, or partly not translated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kzpress import degenerate as shape
from kzpress.addresses import without
from kzpress.domain import Lang
from kzpress.languages import NAMES
from kzpress.speech import _
from kzpress.text import cyrillic_in, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_KAZAKH: Final = frozenset("әғқңөұүһі")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ROMAN: Final = re.compile(r"[IVXLCDM]+")

_ENOUGH: Final = 20  # letters: fewer may all belong to one name or abbreviation
_SURELY_KAZAKH: Final = 60  # letters: no longer Kazakh sentence is without a letter of its own
_RUN: Final = 4  # words

_WORDING: Final = {
    shape.EMPTY: _("there is no translation"),
    shape.COPIED: _("the translation is the source itself"),
    shape.LOOP: _("the translation repeats itself"),
}


def degenerate(source: str, target: str) -> tuple[str, str] | None:
    """Return code and message of what makes ``target`` no translation at all, or None."""
    code = shape.fault(source, target)
    if code is None:
        return None
    lengths = _(
        "the translation has {theirs} characters, the source {ours}",
        theirs=len(target.strip()),
        ours=len(source.strip()),
    )
    return code, _WORDING.get(code, lengths)


def repeated(source: str, target: str) -> str | None:
    """Quote a phrase that ``target`` says twice and ``source`` does not, or return None."""
    phrase = shape.said_twice(source, target)
    return _("said twice: {phrase}", phrase=phrase) if phrase else None


def script(source: str, target: str, lang: Lang) -> str | None:
    """Say that ``target``, or a word of it, is not in the alphabet of ``lang``, or return None.

    Words of the source may be names, but for Cyrillic ones in English.
    """
    kept = set(_WORD.findall(source))
    if wrong := list(_wrong_words(without(target), lang, kept)):
        return _("not in the letters of {language}: {words}", language=NAMES[lang], words=", ".join(wrong))
    letters = "".join(word for word in _WORD.findall(without(target)) if word not in kept)
    if len(letters) < _ENOUGH:
        return None
    cyrillic = cyrillic_in(letters)
    if lang is Lang.EN:
        return _("most of the translation is in Cyrillic letters") if 2 * cyrillic > len(letters) else None
    if 2 * cyrillic < len(letters):
        return _("most of the translation is not in Cyrillic letters")
    if lang is Lang.KK and cyrillic > _SURELY_KAZAKH and _KAZAKH.isdisjoint(fold(target)):
        return _("the translation has no Kazakh letter among {count}", count=cyrillic)
    return None


def _wrong_words(target: str, lang: Lang, kept: set[str]) -> Iterator[str]:
    """Yield the words in letters of the other alphabet; those of a source in Cyrillic ones may have become Latin.

    Of 6,960 human translations two have any, and they are slips.
    """
    latin_source = not any(map(cyrillic_in, kept))
    known = {fold(word) for word in kept}
    for word in dict.fromkeys(_WORD.findall(target)):
        cyrillic = cyrillic_in(word)
        if lang is Lang.EN:
            wrong = cyrillic > 0
        else:
            wrong = cyrillic < len(word) and (cyrillic > 0 or latin_source) and fold(word) not in known
        if wrong and len(word) > 1 and not _ROMAN.fullmatch(word):
            yield word


def left_over(source: str, target: str) -> str | None:
    """Quote the first four or more words running that ``target`` took over from ``source``, or return None.

    A name keeps its small words, "премьер-министр …", "… фон дер …": three of the words must begin in lower case.
    """
    words = [fold(word) for word in _WORD.findall(without(source))]
    grams = {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
    if not grams:
        return None
    found = list(_WORD.finditer(without(target)))
    folded = [fold(match[0]) for match in found]
    for at in range(len(found) - _RUN + 1):
        if tuple(folded[at : at + _RUN]) not in grams:
            continue
        end = at + _RUN
        while end < len(found) and tuple(folded[end - _RUN + 1 : end + 1]) in grams:
            end += 1
        run = found[at:end]
        if sum(match[0][0].islower() for match in run) > 2:
            left = " ".join(match[0] for match in run)
            return _("not translated: {words}", words=left)
    return None
