"""The controlled glossary as values: concepts, their dates, and what is wrong with a glossary."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from kzpress.speech import Message, _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kzpress.domain import Lang


class ConceptKind(StrEnum):
    """What a concept is; offices and persons are animate, persons have initials, places have adjectives."""

    INSTITUTION = "institution"
    OFFICE = "office"
    PERSON = "person"
    PLACE = "place"
    DOCUMENT = "document"
    EVENT = "event"


class Abbreviate(StrEnum):
    """When a translation writes the abbreviation of a name, wherever it has one."""

    AS_SOURCE = "as-source"  # where the source abbreviates
    FIRST_FULL = "first-full"  # the first mention in full with the abbreviation in brackets, later ones by it
    NEVER = "never"


class Case(StrEnum):
    """The cases of Russian (first six) and Kazakh (with ABL and ATTR, the locative adjective in ``-дағы``).

    English has NOM and GEN, the possessive.
    """

    NOM = "nom"
    GEN = "gen"
    DAT = "dat"
    ACC = "acc"
    INS = "ins"
    LOC = "loc"
    ABL = "abl"
    ATTR = "attr"


POSSESSED = "poss-"  # before a Kazakh case: the form with the possessive ending, ``уәкілі`` beside ``уәкіл``


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from ``start`` up to but without ``end``; None is open."""

    start: dt.date | None = None
    end: dt.date | None = None

    def __contains__(self, day: dt.date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Tell whether some day is in both."""
        return (self.start or dt.date.min) < (other.end or dt.date.max) and (other.start or dt.date.min) < (
            self.end or dt.date.max
        )

    def intersection(self, other: Period) -> Period:
        """Return the days in both, which must overlap."""
        starts = [day for day in (self.start, other.start) if day]
        ends = [day for day in (self.end, other.end) if day]
        return Period(start=max(starts, default=None), end=min(ends, default=None))

    @property
    def said(self) -> Message:
        """The period in words."""
        if self.start and self.end:
            return _("{start} to {end}", start=str(self.start), end=str(self.end))
        if self.start:
            return _("from {start}", start=str(self.start))
        return _("until {end}", end=str(self.end)) if self.end else _("always")

    def __str__(self) -> str:
        return self.said


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One thing with one approved name a language.

    ``short``, ``variants``, ``forbidden`` and ``unlike`` (longer words that only look like a name of it) hold an entry
    only for languages that have some; ``forms`` overrides inflected forms of ``names``; empty ``valid`` is always;
    ``place`` is the file it stands in; ``iso`` marks a country by its ISO 3166-1 letters, ``adjective`` is its English
    one (French). A pattern's concepts have the ids ``pattern/country``; they are not ``formal`` where the country has
    no formal name.
    """

    id: str
    kind: ConceptKind
    names: Mapping[Lang, str]
    short: Mapping[Lang, tuple[str, ...]]
    variants: Mapping[Lang, tuple[str, ...]]
    forbidden: Mapping[Lang, tuple[str, ...]]
    unlike: Mapping[Lang, tuple[str, ...]] = field(default_factory=dict)
    forms: Mapping[Lang, Mapping[str, str]]
    valid: tuple[Period, ...]
    gender: str | None
    source: str
    note: str
    place: str
    iso: str | None = None
    adjective: str | None = None
    formal: bool = True
    abbreviate: Abbreviate = Abbreviate.AS_SOURCE

    def is_valid(self, day: dt.date | None) -> bool:
        """Tell whether the names hold on ``day``; without a day, whether they still hold."""
        if not self.valid:
            return True
        if day is None:
            return any(period.end is None for period in self.valid)
        return any(day in period for period in self.valid)

    def shares_days(self, other: Concept) -> bool:
        """Tell whether both concepts' names hold on some day."""
        always = (Period(),)
        return any(mine.overlaps(theirs) for mine in self.valid or always for theirs in other.valid or always)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """All concepts by id. Glossaries of the same content (``digest``) are equal, whatever files it came from.

    ``cache`` is the folder in which to keep what is worked out from it.
    """

    entries: Mapping[str, Concept] = field(compare=False, repr=False)
    digest: str
    cache: Path | None = field(default=None, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong in a glossary, worded like an error: place, problem, next action; ``entry`` it is of, if one."""

    where: str
    problem: str
    hint: str | None = None
    entry: str = ""

    @property
    def message(self) -> str:
        """What is wrong, with the entry before it."""
        return _("[{entry}] {problem}", entry=self.entry, problem=self.problem) if self.entry else self.problem

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def decisive(concept: Concept) -> list[object]:
    """Return all of a concept that decides on names, as JSON would have it: everything but source, note and file."""
    return [
        concept.id,
        concept.kind,
        concept.gender,
        concept.iso,
        concept.abbreviate,
        concept.formal,
        concept.adjective,
        [[str(period.start), str(period.end)] for period in concept.valid],
        [
            sorted(table.items())
            for table in (concept.names, concept.short, concept.variants, concept.forbidden, concept.unlike)
        ],
        sorted((lang, sorted(forms.items())) for lang, forms in concept.forms.items()),
    ]
