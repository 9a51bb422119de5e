"""Tells where an approved name stands in a form that the words right beside it rule out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import APPROVED, Lang, NameKind
from kzpress.glossary import inflect_ru, persons
from kzpress.glossary.find import Candidate, Match, longest, matches
from kzpress.glossary.government import (
    ADJECTIVE_ENDINGS,
    AGREEING_STEM,
    CASE_NAMES,
    NOT_ONLY_PREPOSITIONS,
    PREPOSITIONAL_PHRASES,
    PREPOSITIONS,
    UNBENT,
)
from kzpress.glossary.government_kk import POSTPOSITIONS
from kzpress.glossary.meant import REACH
from kzpress.glossary.model import POSSESSED, Case, ConceptKind
from kzpress.glossary.patterns import takes_article
from kzpress.glossary.suffixes import suffix_of_abbreviation
from kzpress.glossary.surfaces import is_abbreviation, written
from kzpress.speech import _, either

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzpress.glossary.model import Glossary

_BEFORE: Final = re.compile(r"(?:(?<![\w-])([\w-]+)\s)?(?<![\w-])([\w-]+)\s$")
_AFTER: Final = re.compile(r"\s([\w-]+)")
_COMPOUND: Final = re.compile(r"\s?[-–—/]|\s[«\"“]?[A-ZА-ЯЁӘҒҚҢӨҰҮІҺ0-9]")
_ADJECTIVE: Final = re.compile(rf"{AGREEING_STEM}({'|'.join(ADJECTIVE_ENDINGS)})")
_JOINS: Final = re.compile(r", | и | және ")
_LOCATIVE: Final = re.compile(r"(?<!\w)(?:во?|на|об?о?|по|при)(?!\w)", re.IGNORECASE)
_PAST: Final = re.compile(r"\w{2,}л(?:а|о|и)?(?:с[ья])?")
_GENDERS: Final = {"masc": "m", "femn": "f", "neut": "n", "plur": "p"}
_GENDER_NAMES: Final = {"m": _("masculine"), "f": _("feminine"), "n": _("neuter"), "p": _("plural")}
_NUMBERED: Final = {"m": "masc", "f": "femn", "n": "neut", "p": "plur"}
# A Kazakh genitive and a form in -дағы are followed by what they tell of, be it words later, not by the end of the
# sentence or its closing verb.
_OWNS_NOTHING: Final = re.compile(r"\s?[.;!?](?:\s|$)|\s(?:[мпб]ен\s|\w{2,}[дт][ыі][.;!?](?:\s|$))")
_CLAUSE_ENDS: Final = re.compile(
    r"\s*(?:[.;:?!](?:\s|$)|$)|\s(?:is|are|was|were|has|have|had|will|would|can|could|may)\b"
)
_THE: Final = re.compile(r"\b[Tt]he\s$")
_OF: Final = re.compile(r"\b(?:of|in|to|from|with|by|for|at|on)\s$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A name at [start, end) in a wrong form; ``certain``: a rule of the language excludes it, in any sentence.

    ``entry`` and ``governed`` tell what the word before or after it asks for instead, where there is such a word: the
    concept, and its form in each case that the word governs.
    """

    start: int
    end: int
    certain: bool
    message: str
    entry: str = ""
    governed: tuple[tuple[Case, str], ...] = ()


def clashes(glossary: Glossary, text: str, lang: Lang) -> Iterator[Clash]:
    """Yield the approved names of ``text`` whose form the neighbouring words exclude, in order.

    A form is excluded only where no reading of it, of any concept, fits.
    """
    judges = {Lang.RU: _russian, Lang.KK: _kazakh, Lang.EN: _english}
    found = sorted(longest(matches(glossary, text, lang)), key=lambda m: m.start)
    enumerated = tuple(_enumerated(text, found))
    yield from enumerated
    if lang is Lang.RU:
        told = {clash.start for clash in enumerated}
        yield from _titles(text, [match for match in found if match.start not in told])
    for match in found:
        readings = match.candidates + match.loose
        kinds = {reading.kind for reading in readings}
        if NameKind.FORBIDDEN in kinds or not kinds & APPROVED:
            continue
        yield from judges[lang](text, match, readings)


def _enumerated(text: str, found: Sequence[Match]) -> Iterator[Clash]:
    """Yield a place between two others of an enumeration that agree with each other, but not with it."""
    for one, middle, other in zip(found, found[1:], found[2:], strict=False):
        if _JOINS.fullmatch(text, one.end, middle.start) and _JOINS.fullmatch(text, middle.end, other.start):
            first, cases, last = (_cases_of_place(match) for match in (one, middle, other))
            if first & last and cases and not cases & (first | last):
                yield _different(text, middle.start, middle.end, one.start, other.end)


def _cases_of_place(match: Match) -> set[str]:
    """Return the cases of a place; nothing where it may be something else, or have none."""
    readings = match.candidates
    if any(reading.concept.kind is not ConceptKind.PLACE or not reading.cases for reading in readings):
        return set()
    return {case for reading in readings for case in reading.cases}


def _different(text: str, start: int, end: int, first: int, last: int) -> Clash:
    message = _("“{found}”: the names stand in different cases", found=text[first:last])
    return Clash(start=start, end=end, certain=False, message=message)


# ------------------------------------------------------------------ Russian


def _russian(text: str, match: Match, readings: tuple[Candidate, ...]) -> Iterator[Clash]:
    cases = {case for reading in readings for case in reading.cases}
    if not cases or any(not reading.cases or UNBENT.search(reading.base) for reading in readings):
        return
    lost = _lost_preposition(text, match, cases)
    if lost:
        yield lost
        return
    before = _BEFORE.search(text, max(0, match.start - REACH), match.start)
    if before and not (Case.NOM in cases and _is_compound(text, match)):
        clash = _ungoverned(text, match, readings[0], cases, before) or _disagreeing(
            text, match, readings, cases, before
        )
        if clash:
            yield clash
    elif not any(ch.isalnum() for ch in text[: match.start]) and Case.NOM in cases and match.candidates:
        yield from _verb(text, match, readings, cases)


def _is_compound(text: str, match: Match) -> bool:
    """Tell whether the name may be part of a compound that need not decline: Астана Хаб, Казахстан – ЕС.

    A name of several words is none with the capital after it: накануне Дня Независимости Президент.
    """
    after = _COMPOUND.match(text, match.end)
    several = " " in text[match.start : match.end]
    return after is not None and not (several and after[0].strip().isalpha())


def _ungoverned(text: str, match: Match, reading: Candidate, cases: set[str], before: re.Match[str]) -> Clash | None:
    """Return the clash of a name with the preposition right before it."""
    word = folding.fold(before[2])
    phrase = f"{folding.fold(before[1])} {word}" if before[1] else word
    if phrase in PREPOSITIONAL_PHRASES:
        allowed: tuple[Case, ...] = (Case.GEN, Case.INS)
        wanted: tuple[Case, ...] = (Case.GEN,)
        word, certain = phrase, True
    elif word in PREPOSITIONS and not _is_label(text, before):
        allowed = wanted = PREPOSITIONS[word]
        certain = word not in NOT_ONLY_PREPOSITIONS
    else:
        return None
    if cases.intersection(allowed):
        return None
    table = written(reading.concept, reading.base, Lang.RU)
    asked = either(CASE_NAMES[case] for case in sorted(wanted, key=list(CASE_NAMES).index))
    options = either(dict.fromkeys(_("“{form}”", form=table[case]) for case in wanted))
    found = text[match.start : match.end]
    message = _(
        "“{found}”: “{word}” takes the {asked}: write {options}",
        found=f"{word} {found}",
        word=word,
        asked=asked,
        options=options,
    )
    return Clash(
        start=match.start,
        end=match.end,
        certain=certain,
        message=message,
        entry=reading.concept.id,
        governed=tuple((case, table[case]) for case in wanted),
    )


def _is_label(text: str, before: re.Match[str]) -> bool:
    """Tell whether a capital letter inside a sentence is no preposition: группа С, вариант В."""
    letter, preceding = before[2], text[: before.start(2)].rstrip()
    return len(letter) == 1 and letter.isupper() and preceding[-1:].isalpha() and not _is_shouted(text)


def _disagreeing(
    text: str, match: Match, readings: tuple[Candidate, ...], cases: set[str], before: re.Match[str]
) -> Clash | None:
    """Return the clash of a name with a relational adjective right before it."""
    word = before[2]
    found = _ADJECTIVE.fullmatch(folding.fold(word))
    initial = not any(ch.isalnum() for ch in text[: before.start(2)])
    if not found or (word[:1].isupper() and not initial) or folding.fold(before[1] or "") in {"и", "или"}:
        return None
    possible = ADJECTIVE_ENDINGS[found[1]]
    fitting = {reading[-1] for reading in possible if reading[:3] in cases}
    genders = {_gender(reading) for reading in readings}
    if fitting and (None in genders or genders & fitting):
        return None
    name = text[match.start : match.end]
    message = _("“{found}”: the adjective and the name do not agree", found=f"{word} {name}")
    return Clash(start=match.start, end=match.end, certain=not fitting, message=message)


def _verb(text: str, match: Match, readings: tuple[Candidate, ...], cases: set[str]) -> Iterator[Clash]:
    """Yield the clash of a name that opens a sentence with the past-tense verb right after it."""
    after = _AFTER.match(text, match.end)
    genders = {_gender(reading) for reading in readings}
    if after is None or None in genders or len(genders) > 1 or not _PAST.fullmatch(after[1]):
        return
    (gender,) = genders
    object_first = Case.ACC in cases and not after[1].endswith(("ся", "сь"))  # Казахстан посетила делегация
    actual = inflect_ru.past_gender(after[1])
    if actual is None or gender is None or object_first or _NUMBERED[gender] == actual:
        return
    agreed = inflect_ru.agree(after[1], _NUMBERED[gender])
    message = _(
        "“{found}”: the name is {gender}: “{agreed}”",
        found=text[match.start : after.end()],
        gender=_GENDER_NAMES[gender],
        agreed=agreed,
    )
    yield Clash(start=match.start, end=match.end, certain=False, message=message)


def _titles(text: str, found: Sequence[Match]) -> Iterator[Clash]:
    """Yield neighbours that stand in different cases: an office and its holder, two places joined by "и".

    Президента Касым-Жомарт Токаев; с Казахстаном и Узбекистан.
    """
    for one, other in pairwise(found):
        between = text[one.end : other.start]
        if between == " и ":
            ours, theirs = _cases_of_place(one), _cases_of_place(other)
        elif between == " ":
            ours, theirs = (
                {case for reading in match.candidates for case in reading.cases if reading.concept.kind is kind}
                for match, kind in ((one, ConceptKind.OFFICE), (other, ConceptKind.PERSON))
            )
        else:
            continue
        if ours and theirs and not ours & theirs:
            clash = _different(text, other.start, other.end, one.start, other.end)
            if between == " и " and len(ours) == 1 and Case.NOM in theirs:  # left as it is: между Астаной и Ташкент
                reading, case = other.candidates[0], Case(*ours)
                form = written(reading.concept, reading.base, Lang.RU)[case]
                clash = replace(clash, entry=reading.concept.id, governed=((case, form),))
            yield clash


def _lost_preposition(text: str, match: Match, cases: set[str]) -> Clash | None:
    """Return the clash of a prepositional case with a sentence that has no preposition before it."""
    if cases != {Case.LOC} or _first_locative(text) < match.start:
        return None
    found = text[match.start : match.end]
    message = _("“{found}”: the prepositional case without в, на, о, по or при before it", found=found)
    return Clash(start=match.start, end=match.end, certain=True, message=message)


@lru_cache(maxsize=16)
def _first_locative(text: str) -> int:
    """Return where the first preposition of the prepositional case stands, the end of the text if there is none."""
    found = _LOCATIVE.search(text)
    return found.start() if found else len(text)


def _gender(reading: Candidate) -> str | None:
    """Return the gender a word beside a name takes; None where it is not known, or the holder of an office decides."""
    if reading.concept.kind is ConceptKind.PERSON:
        return persons.gender(reading.concept)
    if reading.concept.kind is ConceptKind.OFFICE or any(is_abbreviation(word) for word in reading.base.split()[:1]):
        return None
    gender = inflect_ru.gender_of(reading.base)
    return _GENDERS.get(gender or "")


# ------------------------------------------------------------------ Kazakh


def _kazakh(text: str, match: Match, readings: tuple[Candidate, ...]) -> Iterator[Clash]:
    cases = {case.removeprefix(POSSESSED) for reading in readings for case in reading.cases}
    found = text[match.start : match.end]
    after = _AFTER.match(text, match.end)
    wanted = POSTPOSITIONS.get(folding.fold(after[1]), ()) if after else ()
    if after and wanted and cases and not cases.intersection(wanted):
        table = written(readings[0].concept, readings[0].base, Lang.KK)
        message = _(
            "“{found}”: “{word}” takes the {asked}: write {options}",
            found=f"{found} {after[1]}",
            word=after[1],
            asked=either(CASE_NAMES[case] for case in wanted),
            options=either(_("“{form}”", form=f"{table[case]} {after[1]}") for case in wanted),
        )
        yield Clash(
            start=match.start,
            end=match.end,
            certain=True,
            message=message,
            entry=readings[0].concept.id,
            governed=tuple((case, table[case]) for case in wanted),
        )
    elif cases and cases <= {Case.GEN, Case.ATTR} and (stop := _OWNS_NOTHING.match(text, match.end)):
        message = _("“{found}”: nothing follows that belongs to it", found=found + stop[0].rstrip())
        yield Clash(start=match.start, end=match.end, certain=False, message=message)
    elif all(is_abbreviation(reading.base) for reading in readings):
        wrong = suffix_of_abbreviation(found, readings)
        if wrong:
            concept, base = readings[0].concept, readings[0].base
            table = written(concept, base, Lang.KK)
            yield Clash(
                start=match.start,
                end=match.end,
                certain=wrong[0],
                message=wrong[1],
                entry=concept.id,
                governed=tuple((Case(case), table[case]) for case in readings[0].cases if case in table),
            )


# ------------------------------------------------------------------ English


def _english(text: str, match: Match, readings: tuple[Candidate, ...]) -> Iterator[Clash]:
    """Yield a name with an article it does not take, or without the one it does.

    A noun or name after it may own the article (the Kazakhstan delegation, to European Union countries), "of", "that"
    and the like may restrict it (the Kazakhstan of today): only the end of a clause or an auxiliary verb tells.
    """
    if not _CLAUSE_ENDS.match(text, match.end) or _is_shouted(text):
        return
    begin = max(0, match.start - REACH)
    article, preposition = _THE.search(text, begin, match.start), _OF.search(text, begin, match.start)
    found = text[match.start : match.end]
    if article and all(_is_bare(reading) for reading in readings):
        message = _("“{found}”: this name takes no article: write “{name}”", found=article[0] + found, name=found)
        yield Clash(start=match.start, end=match.end, certain=False, message=message)
    elif preposition and all(_takes_article(reading) for reading in readings):
        message = _(
            "“{found}”: this name takes the article: write “{right}”",
            found=preposition[0] + found,
            right=f"{preposition[0]}the {found}",
        )
        yield Clash(start=match.start, end=match.end, certain=False, message=message)


@lru_cache(maxsize=16)
def _is_shouted(text: str) -> bool:
    return folding.is_capitals(text)


def _is_bare(reading: Candidate) -> bool:
    base, concept = reading.base, reading.concept
    is_country = concept.iso is not None or base.endswith("stan")
    return is_country and base.isalpha() and not base.endswith("s") and not takes_article(base)


def _takes_article(reading: Candidate) -> bool:
    base = reading.base
    if " " not in base or base.startswith("The ") or is_abbreviation(base.split()[-1]):
        return False
    if reading.concept.kind is ConceptKind.INSTITUTION:
        return " of " in base
    return reading.concept.kind is ConceptKind.PLACE and takes_article(base)
