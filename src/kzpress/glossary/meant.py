"""Tells names in a source from what only looks like them: other words, surnames, titles in quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang
from kzpress.glossary import inflect_ru
from kzpress.glossary.model import ConceptKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kzpress.glossary.model import Concept

REACH: Final = 400  # characters before and after a name that are looked at: a paragraph may hold thousands of names
_BEGINS: Final = re.compile(r'(?:^|[.!?…]["»)]*\s)[^\w]*$')
_SMALL_NEXT: Final = re.compile(r",? ?[a-zа-яёәғқңөұүһі]")
_QUOTED: Final = re.compile(r'(?: \w+)?"')  # «Астана», «Астана Балет»
# Д. Қонаев; but not "I. Qonaev and its people", "Section A." at the head of a text, or the end of "U.S."
_INITIALS: Final = re.compile(r"(?<=[\w,;:)»\"] )(?![IVX])[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][a-zа-яё]?\.\s?$")
_TITLE_BEFORE: Final = re.compile(r"(?<![\w-])([^\W\d_]+)\.?\s$")
_TITLE_AFTER: Final = re.compile(r" (?:мырза|ханым)")
_SURNAME: Final = re.compile(r"(?:[оеё]в|[иы]н)(?:а|у|ым|ой|е)?$")  # Асылов is the genitive of no Асыл
_WORD_BEFORE: Final = re.compile(r"(?<![\w-])([^\W\d_]+)\s$")
_WORD_AFTER: Final = re.compile(r"\s([^\W\d_]+)")
_THE_ONE_OF: Final = (re.compile(r"(?<!\w)[Tt]he $"), re.compile(r" of "))  # the Switzerland of Central Asia
# An English place in the name of a firm, a paper, a street: Vietnam Airlines, The Washington Post, Air France.
_FIRM: Final = re.compile(
    r" (?:Airlines|Airways|Motors|Telecom|Times|Post|Herald|Tribune|Gazette|Street|Avenue|Hotel|FC)(?!\w)"
    r"| (?:Road|United)(?!\w| [A-Z])"
)
_FIRM_BEFORE: Final = re.compile(r"(?<!\w)(?:Air|FC) $")
_STREET_BEFORE: Final = re.compile(r"(?<!\w)(?:улиц(?:а|е|у|ей)|ул\.|проспект(?:а|у|ом|е)?|пр\.) (?:[А-Я]\w+ )?$")
_STREET_AFTER: Final = re.compile(r" (?:көшесі|даңғылы|тұйық көшесі|бульвары)")
_OF_CAPITAL: Final = re.compile(r" of (?:the )?([A-Z][\w-]+)")
_SHOUTED_BEFORE: Final = re.compile(r"(?<!\w)[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]{4,}\s$")
_SHOUTED_AFTER: Final = re.compile(r"\s[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]{4,}(?!\w)")
_HONORIFICS: Final = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "lady", "lord", "judge", "господин", "госпожа"}
)
# With one of these in the genitive the name is still the same: «Верховный суд страны».
_WHOLE: Final = frozenset(
    {
        "страны",
        "стран",
        "республики",
        "государства",
        "организации",
        "региона",
        "содружества",
        "союза",
        "мира",
        "парламента",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """A name in a folded text that keeps its capitals: the text before it, the name, the text after it.

    ``named`` are the places in ``after`` where other names of the glossary begin.
    """

    before: str
    name: str
    after: str
    named: tuple[int, ...]


def other_words(start: int, end: int, unlike: Iterable[tuple[int, int]], cased: str) -> bool:
    """Tell whether [start, end) is part of what ``unlike`` tells to be no name, or runs into it.

    Where both are the same words, as «вена» and «Вена», the capitals decide, unless they say nothing.
    """
    return any(
        ((first <= start and end <= last) or first < end < last)
        and ((first, last) != (start, end) or not _capitals_tell(cased, start, end))
        for first, last in unlike
    )


def _capitals_tell(cased: str, start: int, end: int) -> bool:
    """Tell whether capitals make a difference: not at the head of a sentence, and not among shouted words.

    At the head of a dateline they do: «Вена, 9 ноября».
    """
    found = cased[start:end]
    if len(found) > 1 and found.isupper():
        before, after = _SHOUTED_BEFORE.search(cased, max(0, start - REACH), start), _SHOUTED_AFTER.match(cased, end)
        return before is None and after is None
    return not (begins_sentence(cased, start) and _SMALL_NEXT.match(cased, end))


def begins_sentence(cased: str, start: int) -> bool:
    """Tell whether no word of its sentence stands before ``start``."""
    return _BEGINS.search(cased, max(0, start - REACH), start) is not None


def other_thing(concept: Concept, lang: Lang, where: Surroundings) -> bool:
    """Tell whether the words around a name of ``concept`` make it another thing's."""
    if concept.kind in {ConceptKind.PLACE, ConceptKind.PERSON} and _is_street(concept, where, lang):
        return True
    if concept.kind is ConceptKind.PLACE:
        # In quotes a place is another thing; but only where its name has changed is it another name.
        return (
            (lang is Lang.EN and (_is_likeness(where) or _is_firm(where)))
            or (bool(concept.valid) and _is_title(where))
            or _is_person(concept, where, lang)
        )
    if concept.kind not in {ConceptKind.INSTITUTION, ConceptKind.OFFICE}:
        return False
    return _goes_on(where) if lang is Lang.RU else lang is Lang.EN and _is_elsewhere(where)


def _is_title(where: Surroundings) -> bool:
    """Tell whether a place is the whole of a quoted title, or all but one word: a team, a hotel, a theatre."""
    return where.before.endswith('"') and _QUOTED.match(where.after) is not None


def _is_likeness(where: Surroundings) -> bool:
    """Tell whether an English place only lends its name: the Paris of the East."""
    before, after = _THE_ONE_OF
    return before.search(where.before) is not None and after.match(where.after) is not None


def _is_firm(where: Surroundings) -> bool:
    return _FIRM.match(where.after) is not None or _FIRM_BEFORE.search(where.before) is not None


def _is_street(concept: Concept, where: Surroundings, lang: Lang) -> bool:
    """Tell whether a street is called after a place or person, who stand uninflected; English ones are firms' like."""
    if lang is Lang.KK:
        return _STREET_AFTER.match(where.after) is not None
    return lang is Lang.RU and _is_uninflected(concept, where, lang) and bool(_STREET_BEFORE.search(where.before))


def _is_uninflected(concept: Concept, where: Surroundings, lang: Lang) -> bool:
    return where.name in {concept.names[lang], *concept.short.get(lang, ())}


def _is_person(concept: Concept, where: Surroundings, lang: Lang) -> bool:
    """Tell whether a place is a surname or a given name: Джек Лондон, Рим Петров, Professor Georgia Lane.

    After a given name and a surname a place is one: Берік Асылов Лондонда болды. A country is hardly anybody's name
    but in English (Michael Jordan).
    """
    title = _TITLE_BEFORE.search(where.before)
    if title and title[1].lower() in _HONORIFICS:
        return True
    if concept.iso and lang is not Lang.EN:
        return False
    word = _WORD_BEFORE.search(where.before)
    if word and _is_given_name(word[1], lang) and not _is_surname_after_name(where.before[: word.start(1)], lang):
        return True
    if concept.iso:
        return False
    if _INITIALS.search(where.before) or (lang is Lang.KK and _TITLE_AFTER.match(where.after)):
        return True
    after = _WORD_AFTER.match(where.after) if lang is not Lang.EN and _is_uninflected(concept, where, lang) else None
    return after is not None and after[1][0].isupper() and inflect_ru.is_surname(after[1])


def _is_given_name(word: str, lang: Lang) -> bool:
    if lang is Lang.EN:
        return word in _given_names()
    return word[0].isupper() and not _SURNAME.search(word[-5:]) and inflect_ru.is_given_name(word)


def _is_surname_after_name(before: str, lang: Lang) -> bool:
    """Tell whether a surname follows ``before``: after a given name (Наталья Герман), or a capital mid-sentence."""
    word = _WORD_BEFORE.search(before)
    if word is None or not word[1][0].isupper():
        return False
    return _is_given_name(word[1], lang) or not _BEGINS.search(before[: word.start(1)])


def _goes_on(where: Surroundings) -> bool:
    """Tell whether a name with no capital of its own goes on: «Первый президент компании», «всемирный банк семян»."""
    if any(ch.isupper() for ch in where.name[1 if _BEGINS.search(where.before) else 0 :]):
        return False
    after = where.after
    word = _WORD_AFTER.match(after)
    while word is not None and word[1].islower() and inflect_ru.is_genitive_adjective(word[1]):
        after = after[word.end() :]
        word = _WORD_AFTER.match(after)
    return word is not None and word[1].islower() and word[1] not in _WHOLE and inflect_ru.is_genitive(word[1])


def _is_elsewhere(where: Surroundings) -> bool:
    """Tell whether an English body is that of a place the glossary does not know: the Supreme Court of Ohio."""
    found = _OF_CAPITAL.match(where.after)
    return found is not None and not any(found.start(1) <= place < found.end(1) for place in where.named)


@lru_cache(maxsize=1)
def _given_names() -> Collection[str]:
    text = resources.files("kzpress.data").joinpath("given-names.en.txt").read_text("utf-8")
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split())
