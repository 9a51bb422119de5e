"""Tells names in a source from what only looks like them: other words, surnames, titles in quotes."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang
from kzpress.glossary import inflect_ru
from kzpress.glossary.model import ConceptKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_BEGINS: Final = re.compile(r'(?:^|[.!?…]["»)]*\s)[^\w]*$')
_QUOTED: Final = re.compile(r'(?: \w+)?"')  # «Астана», «Астана Балет»
_INITIALS: Final = re.compile(r"(?<!\w)[^\W\d_]{1,2}\.\s?$")
_WORD_BEFORE: Final = re.compile(r"(?<![\w-])([^\W\d_]+)\s$")
_WORD_AFTER: Final = re.compile(r"\s([^\W\d_]+)")
_THE_ONE_OF: Final = (re.compile(r"(?<!\w)[Tt]he $"), re.compile(r" of "))  # the Switzerland of Central Asia
# An English place in the name of a firm, a paper, a street: Vietnam Airlines, The Washington Post, Air France.
_FIRM: Final = re.compile(
    r" (?:Airlines|Airways|Motors|Telecom|Times|Post|Herald|Tribune|Gazette|Street|Avenue|Road|Hotel|United|FC)(?!\w)"
)
_FIRM_BEFORE: Final = re.compile(r"(?<!\w)(?:Air|FC) $")
_HONORIFICS: Final = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "lady", "lord", "judge"}
    | {"господин", "госпожа", "профессор", "мырза", "ханым"}
)
# With one of these in the genitive the name is still the same: «Верховный суд страны».
_WHOLE: Final = frozenset(
    {"страны", "республики", "государства", "организации", "региона", "содружества", "союза", "мира", "парламента"}
)


def other_words(start: int, end: int, unlike: Iterable[tuple[int, int]], cased: str) -> bool:
    """Tell whether [start, end) is part of what ``unlike`` tells to be no name.

    Where both are the same words, as «вена» and «Вена», the capital decides; at the head of a sentence it says nothing.
    """
    return any(
        first <= start and end <= last and ((first, last) != (start, end) or begins_sentence(cased, start))
        for first, last in unlike
    )


def begins_sentence(cased: str, start: int) -> bool:
    """Tell whether no word of its sentence stands before ``start``."""
    return _BEGINS.search(cased, 0, start) is not None


def other_thing(kind: ConceptKind, lang: Lang, cased: str, start: int, end: int) -> bool:
    """Tell whether the words around [start, end) of a folded text make of the name of a ``kind`` another one's."""
    if kind is ConceptKind.PLACE:
        english = lang is Lang.EN and (_is_likeness(cased, start, end) or _is_firm(cased, start, end))
        return english or _is_title(cased, start, end) or _is_person(cased, start, lang)
    if kind is ConceptKind.PERSON:
        return False
    return lang is Lang.RU and _goes_on(cased, start, end)


def _is_title(cased: str, start: int, end: int) -> bool:
    """Tell whether a place is the whole of a quoted title, or all but one word: a team, a hotel, a theatre."""
    return cased[max(start - 1, 0) : start] == '"' and _QUOTED.match(cased, end) is not None


def _is_likeness(cased: str, start: int, end: int) -> bool:
    """Tell whether an English place only lends its name: the Paris of the East."""
    before, after = _THE_ONE_OF
    return before.search(cased, max(start - 5, 0), start) is not None and after.match(cased, end) is not None


def _is_firm(cased: str, start: int, end: int) -> bool:
    return _FIRM.match(cased, end) is not None or _FIRM_BEFORE.search(cased, max(start - 5, 0), start) is not None


def _is_person(cased: str, start: int, lang: Lang) -> bool:
    """Tell whether a place is a surname or, after an honorific, a given name: Джек Лондон, Professor Georgia Lane."""
    before = cased[:start]
    if _INITIALS.search(before):
        return True
    word = _WORD_BEFORE.search(before)
    if word is None:
        return False
    if word[1].lower() in _HONORIFICS:
        return True
    return word[1][0].isupper() and (
        word[1] in _given_names() if lang is Lang.EN else inflect_ru.is_given_name(word[1])
    )


def _goes_on(cased: str, start: int, end: int) -> bool:
    """Tell whether a name that only its sentence gave a capital goes on: «Первый президент компании»."""
    if not begins_sentence(cased, start) or any(ch.isupper() for ch in cased[start + 1 : end]):
        return False
    word = _WORD_AFTER.match(cased, end)
    return word is not None and word[1].islower() and word[1] not in _WHOLE and inflect_ru.is_genitive(word[1])


@lru_cache(maxsize=1)
def _given_names() -> Collection[str]:
    text = resources.files("kzpress.data").joinpath("given-names.en.txt").read_text("utf-8")
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split())
