"""Works out which names a translation owes its source, and whether they stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import APPROVED, Annotation, Hit, Lang, Mention, NameKind
from kzpress.glossary.adjectives import IRREGULAR
from kzpress.glossary.find import Candidate, longest, matches
from kzpress.glossary.mentions import abbreviations
from kzpress.glossary.model import Abbreviate, ConceptKind
from kzpress.glossary.source import Role, Source, role_of
from kzpress.glossary.surfaces import is_abbreviation, short_names, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kzpress.glossary.model import Concept, Glossary

_GENITIVE: Final = re.compile(r"(?<=\w{2})-?[нтд][ыі]ң(?= )")
_PROPER: Final = frozenset({ConceptKind.PLACE, ConceptKind.PERSON})
# A full name is owed the full name; a variant may be answered by a short name, a short name by either.
_STRICT: Final = (NameKind.NAME, NameKind.VARIANT, NameKind.FORBIDDEN, NameKind.SHORT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A concept that a target must name: ``required`` is what to write, ``bases`` every name that will do.

    ``further`` is what to write from the second of ``count`` mentions on. ``role`` is what the name is in its source,
    None where that is open or differs from mention to mention. A ``bracket`` is an abbreviation that the source sets
    behind the full name.
    """

    concept: Concept
    named: str
    required: str
    bases: tuple[str, ...]
    further: str
    count: int = 1
    role: Role | None = None
    mention: Mention | None = None
    bracket: bool = False

    @property
    def is_person(self) -> bool:
        """Tell whether the concept is a person."""
        return self.concept.kind is ConceptKind.PERSON


def requirements(
    glossary: Glossary, hits: Iterable[Hit], lang: Lang, source: Source | None = None
) -> tuple[Requirement, ...]:
    """Return what a target in ``lang`` owes the ``hits`` of its source: a concept once, by its fullest name.

    With the ``source`` sentence itself they also tell roles, mentions and abbreviations in brackets.
    """
    by_entry: dict[str, list[Hit]] = {}
    for hit in hits:
        by_entry.setdefault(hit.entry, []).append(hit)
    return tuple(need for own in by_entry.values() for need in _owed(glossary.entries[own[0].entry], own, lang, source))


def _owed(concept: Concept, own: Sequence[Hit], lang: Lang, source: Source | None) -> Iterator[Requirement]:
    need = _requirement(concept, min(own, key=_strictness), lang)
    if source is None:
        yield need
        return
    brackets = [hit for hit in own if _is_in_brackets(hit, own)]
    free = [hit for hit in own if hit not in brackets]
    roles = {role_of(source, hit, person=need.is_person) for hit in free}
    further = _requirement(concept, max(free, key=_strictness), lang).required
    need = replace(need, count=len(free), further=further, role=roles.pop() if len(roles) == 1 else None)
    mention = source.mentions.get(concept.id) if abbreviations(concept, lang) else None
    yield need if mention is None else _at_mention(need, mention, lang)
    if abbreviations(concept, lang) and (mention is Mention.FIRST or (brackets and mention is None)):
        yield _in_brackets(need, lang)


def _strictness(hit: Hit) -> int:
    return _STRICT.index(hit.kind)


def accepted(glossary: Glossary, hit: Hit, lang: Lang) -> tuple[str, ...]:
    """Return every form in ``lang`` that answers ``hit``, the one to write, uninflected, first."""
    need = _requirement(glossary.entries[hit.entry], hit, lang)
    names = (need.required, *(base for base in need.bases if base != need.required))
    every = [form for base in names for form in written(need.concept, base, lang).values()]
    return tuple(dict.fromkeys([need.required, *every]))


def lemmas(glossary: Glossary, hits: Iterable[Hit], lang: Lang, source: Source) -> tuple[Annotation, ...]:
    """Return the approved name, uninflected, that a target in ``lang`` owes each of the ``hits``."""
    hits = tuple(hits)
    needs = {need.concept.id: need for need in requirements(glossary, hits, lang, source) if not need.bracket}
    told: list[Annotation] = []
    seen: set[str] = set()
    for hit in hits:
        need = needs[hit.entry]
        own = _requirement(need.concept, hit, lang).required
        lemma = own if need.mention is None else need.further if hit.entry in seen else need.required
        seen.add(hit.entry)
        told.append(Annotation(start=hit.start, end=hit.end, lemma=lemma))
    return tuple(told)


def standing(glossary: Glossary, need: Requirement, text: str, lang: Lang) -> str | None:
    """Return the first accepted form of ``need`` in ``text``; None if there is none."""
    return next(standings(glossary, need, text, lang), None)


def answered(glossary: Glossary, needs: Iterable[Requirement], text: str, lang: Lang) -> int:
    """Return how many of ``needs`` stand in ``text``, a place also as an adjective."""
    return sum(standing(glossary, need, text, lang) is not None or is_adjective_of(need, text, lang) for need in needs)


def standings(glossary: Glossary, need: Requirement, text: str, lang: Lang) -> Iterator[str]:
    """Yield the accepted forms of ``need`` in ``text``, in order."""
    return (text[start:end] for start, end, _ in places(glossary, need, text, lang))


def places(
    glossary: Glossary, need: Requirement, text: str, lang: Lang
) -> Iterator[tuple[int, int, tuple[Candidate, ...]]]:
    """Yield where accepted forms of ``need`` stand in ``text``, and how they may be read; also inside a longer name.

    In Russian a small first letter passes (правительство), but not of a place or person, and not inside another name
    (Европейский парламент).
    """
    may_be_small = lang is Lang.RU and need.concept.kind not in _PROPER
    found = matches(glossary, text, lang)
    outer = longest(found)
    for match in sorted(found, key=lambda m: m.start):
        inside = any(o.start <= match.start and match.end <= o.end and o != match for o in outer)
        readings = match.candidates + match.loose if may_be_small and not inside else match.candidates
        answers = tuple(reading for reading in readings if _answers(need, reading))
        if answers:
            yield match.start, match.end, answers


def small_first(glossary: Glossary, need: Requirement, text: str, lang: Lang) -> int | None:
    """Return where a name of ``need`` stands that lacks only its first capital (қазақстанның); None if nowhere."""
    if lang is Lang.RU and need.concept.kind not in _PROPER:
        return None
    lacking = standing(glossary, need, text, lang) is None
    for match in matches(glossary, text, lang):
        readings = match.candidates + match.loose if lacking else match.candidates
        capital = any(_answers(need, reading) and reading.form[:1].isupper() for reading in readings)
        if capital and text[match.start].islower():
            return match.start
    return None


def is_adjective_of(need: Requirement, text: str, lang: Lang) -> bool:
    """Tell whether ``text`` answers a place by a word made from its name, as казахстанский answers Kazakhstan."""
    return count_derived(need.concept, text, lang) > 0


def count_derived(concept: Concept, text: str, lang: Lang) -> int:
    """Return how many words of ``text`` are made from the name of a place, itself among them: Kazakh, Kazakhstan."""
    if concept.kind is not ConceptKind.PLACE:
        return 0
    own = (concept.adjective,) if concept.adjective and lang is Lang.EN else ()
    return len(_derived(concept.names[lang], concept.short.get(lang, ()) + own, lang).findall(folding.fold(text)))


def _requirement(concept: Concept, hit: Hit, lang: Lang) -> Requirement:
    name, shorts = concept.names[lang], short_names(concept, lang)
    brief = hit.kind is NameKind.SHORT or (hit.kind is not NameKind.NAME and _has_abbreviation(hit.base))
    strict = hit.kind is NameKind.NAME and _is_fuller(concept, hit.base)
    bases = (name, *_same_words(name, shorts, lang)) if strict else (name, *shorts)
    if concept.abbreviate is Abbreviate.NEVER:
        shorts = tuple(short for short in shorts if not is_abbreviation(short))
        brief = brief and not is_abbreviation(hit.base)
        bases = tuple(base for base in bases if base == name or base in shorts)
    elif concept.abbreviate is Abbreviate.FIRST_FULL and abbreviations(concept, lang):
        bases = (name, *shorts)  # which of them is right where, the mentions before it tell
    required = shorts[0] if brief and shorts and concept.formal else name
    return Requirement(concept=concept, named=hit.base, required=required, bases=bases, further=required)


def _at_mention(need: Requirement, mention: Mention, lang: Lang) -> Requirement:
    """Return ``need`` in full at its first mention, by its abbreviation later."""
    short, name = abbreviations(need.concept, lang)[0], need.concept.names[lang]
    return replace(need, required=name if mention is Mention.FIRST else short, further=short, mention=mention)


def _in_brackets(need: Requirement, lang: Lang) -> Requirement:
    shorts = abbreviations(need.concept, lang)
    return replace(need, required=shorts[0], bases=shorts, further=shorts[0], count=1, mention=None, bracket=True)


def _is_in_brackets(hit: Hit, own: Iterable[Hit]) -> bool:
    """Tell whether ``hit`` is an abbreviation right behind the full name, two characters on: "… in Europe (OSCE)"."""
    return (
        hit.kind is NameKind.SHORT
        and is_abbreviation(hit.base)
        and any(other.kind is not NameKind.SHORT and hit.start - other.end == 2 for other in own)
    )


def _is_fuller(concept: Concept, base: str) -> bool:
    """Tell whether saying ``base`` and not a shorter name was a choice: where there is none, it says nothing."""
    return concept.formal and any(concept.names[lang] == base and short_names(concept, lang) for lang in Lang)


def _same_words(name: str, shorts: Iterable[str], lang: Lang) -> tuple[str, ...]:
    """Return the Kazakh short names that are ``name`` but for a genitive ending, which may be left out."""
    if lang is not Lang.KK:
        return ()
    return tuple(short for short in shorts if _GENITIVE.sub("", short) == _GENITIVE.sub("", name))


def _has_abbreviation(base: str) -> bool:
    return any(is_abbreviation(word) for word in base.split())


def _answers(need: Requirement, reading: Candidate) -> bool:
    return reading.concept.id == need.concept.id and reading.kind in APPROVED and reading.base in need.bases


@lru_cache(maxsize=4096)
def _derived(name: str, shorts: tuple[str, ...], lang: Lang) -> re.Pattern[str]:
    """Return a pattern for words that begin like one of the names of a place."""
    stems: list[str] = []
    for base in (name, *shorts):
        *before, last = folding.fold(base).split(" ")
        stems += IRREGULAR[lang].get(folding.fold(base), ())
        if before:
            stems.append(re.escape(" ".join((*before, last[:-1]))))
            if lang is Lang.RU and len(before) == 1:  # Центральная Азия, центральноазиатский
                stems.append(f"{re.escape(before[0][:-2])}о-?{re.escape(last[:-1])}")
            continue
        people = re.sub(r"(?<=\w{4})(?:i?stan|стан)$", "", last)  # Kazakh, узбекский
        stems.append(re.escape(people if people != last else last[: max(4, len(last) - 3)]))
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})")
