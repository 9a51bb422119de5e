"""Works out which names a translation owes its source, and whether they stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import Hit, Lang, NameKind
from kzpress.glossary.find import Candidate, longest, matches
from kzpress.glossary.model import ConceptKind
from kzpress.glossary.surfaces import is_abbreviation, short_names, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kzpress.glossary.model import Concept, Glossary

# A full name is owed the full name; a variant may be answered by a short name, a short name by either.
_STRICT: Final = (NameKind.NAME, NameKind.VARIANT, NameKind.FORBIDDEN, NameKind.SHORT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A concept that a target must name: ``required`` is what to write, ``bases`` every name that will do."""

    concept: Concept
    named: str
    required: str
    bases: tuple[str, ...]


def requirements(glossary: Glossary, hits: Iterable[Hit], lang: Lang) -> tuple[Requirement, ...]:
    """Return what a target in ``lang`` owes the ``hits`` of its source: a concept once, by its fullest name."""
    strictest: dict[str, Hit] = {}
    for hit in hits:
        known = strictest.get(hit.entry)
        if known is None or _STRICT.index(hit.kind) < _STRICT.index(known.kind):
            strictest[hit.entry] = hit
    return tuple(_requirement(glossary.entries[hit.entry], hit, lang) for hit in strictest.values())


def accepted(glossary: Glossary, hit: Hit, lang: Lang) -> tuple[str, ...]:
    """Return every form in ``lang`` that answers ``hit``, the one to write, uninflected, first."""
    need = _requirement(glossary.entries[hit.entry], hit, lang)
    names = (need.required, *(base for base in need.bases if base != need.required))
    every = [form for base in names for form in written(need.concept, base, lang).values()]
    return tuple(dict.fromkeys([need.required, *every]))


def standing(glossary: Glossary, need: Requirement, text: str, lang: Lang) -> str | None:
    """Return the first accepted form of ``need`` in ``text``; None if there is none."""
    return next(standings(glossary, need, text, lang), None)


def standings(glossary: Glossary, need: Requirement, text: str, lang: Lang) -> Iterator[str]:
    """Yield the accepted forms of ``need`` in ``text``, in order, also those inside a longer name.

    A small first letter passes (правительство), but not inside another name (Европейский парламент).
    """
    found = matches(glossary, text, lang)
    outer = longest(found)
    for match in sorted(found, key=lambda m: m.start):
        inside = any(o.start <= match.start and match.end <= o.end and o != match for o in outer)
        readings = match.candidates if inside else match.candidates + match.loose
        if any(_answers(need, reading) for reading in readings):
            yield text[match.start : match.end]


def is_adjective_of(need: Requirement, text: str, lang: Lang) -> bool:
    """Tell whether ``text`` answers a place by a word made from its name, as казахстанский answers Kazakhstan."""
    if need.concept.kind is not ConceptKind.PLACE:
        return False
    pattern = _derived(need.concept.names[lang], need.concept.short.get(lang, ()), lang)
    return pattern.search(folding.fold(text)) is not None


def _requirement(concept: Concept, hit: Hit, lang: Lang) -> Requirement:
    name, shorts = concept.names[lang], short_names(concept, lang)
    bases = (name,) if hit.kind is NameKind.NAME else (name, *shorts)
    brief = hit.kind is NameKind.SHORT or (hit.kind is not NameKind.NAME and _has_abbreviation(hit.base))
    return Requirement(concept=concept, named=hit.base, required=shorts[0] if brief and shorts else name, bases=bases)


def _has_abbreviation(base: str) -> bool:
    return any(is_abbreviation(word) for word in base.split())


def _answers(need: Requirement, reading: Candidate) -> bool:
    return (
        reading.concept.id == need.concept.id
        and reading.kind in {NameKind.NAME, NameKind.SHORT}
        and reading.base in need.bases
    )


@lru_cache(maxsize=4096)
def _derived(name: str, shorts: tuple[str, ...], lang: Lang) -> re.Pattern[str]:
    """Return a pattern for words that begin like one of the names of a place."""
    stems: list[str] = []
    for base in (name, *shorts):
        *before, last = folding.fold(base).split(" ")
        if before:
            stems.append(re.escape(" ".join((*before, last[:-1]))))
            if lang is Lang.RU and len(before) == 1:  # Центральная Азия, центральноазиатский
                stems.append(f"{re.escape(before[0][:-2])}о-?{re.escape(last[:-1])}")
            continue
        people = re.sub(r"(?<=\w{4})(?:i?stan|стан)$", "", last)  # Kazakh, узбекский
        stems.append(re.escape(people if people != last else last[: max(4, len(last) - 3)]))
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})")
