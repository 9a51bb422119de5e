"""Finds what a glossary may have and seldom means to: names in each other's way, odd characters, unlikely forms."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import APPROVED, Lang, NameKind
from kzpress.glossary.characters import untyped
from kzpress.glossary.find import Candidate, matches
from kzpress.glossary.model import Case, Concept, Problem
from kzpress.glossary.surfaces import by_rule, written
from kzpress.speech import _

if TYPE_CHECKING:
    from kzpress.glossary.model import Glossary

_ALIKE: Final = 0.6  # an override shares more with its rule's form than half: Министра, Министрді; Бакуге, Бакуға


def doubts(glossary: Glossary) -> tuple[Problem, ...]:
    """Return what a person should look at in a valid glossary, by file and entry.

    Of the many concepts of a pattern only the first is asked about.
    """
    found: dict[Problem, None] = {}
    seen: set[str] = set()
    for concept in glossary.entries.values():
        pattern, _, country = concept.id.partition("/")
        if country and pattern in seen:
            continue
        seen.add(pattern)
        for message, hint in _of(glossary, concept):
            found[Problem(where=concept.place, entry=pattern, problem=message, hint=hint)] = None
    for problem in _shared(glossary):
        found[problem] = None
    return tuple(sorted(found, key=lambda problem: (problem.where, problem.message)))


def _of(glossary: Glossary, concept: Concept) -> Iterator[tuple[str, str]]:
    """Yield what is odd about one concept, as message and hint."""
    for period in concept.valid:
        for day in (period.start, period.end):
            if day is not None and not 1500 <= day.year <= 2100:
                yield _("valid has the year {year}", year=day.year), _("correct the date")
    for lang in Lang:
        yield from _characters(concept, lang)
        yield from _overrides(concept, lang)
        yield from _never_found(glossary, concept, lang)


def _characters(concept: Concept, lang: Lang) -> Iterator[tuple[str, str]]:
    approved = [(f"names.{lang}", concept.names[lang])]
    approved += [(f"short.{lang}", name) for name in concept.short.get(lang, ())]
    approved += [(f"forms.{lang}.{case}", form) for case, form in concept.forms.get(lang, {}).items()]
    borrowed = frozenset() if lang is Lang.EN else _words(concept, {Lang.KK, Lang.EN} - {lang})
    for key, name in approved:
        for message, hint in untyped(name, lang, borrowed):
            yield _("{key} has {problem}", key=key, problem=message), hint


def _words(concept: Concept, langs: Iterable[Lang]) -> frozenset[str]:
    names = (name for lang in langs for name in (concept.names[lang], *concept.short.get(lang, ())))
    return frozenset(word for name in names for word in re.findall(r"\w+", name))


def _overrides(concept: Concept, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield approved forms that hardly resemble the name, or that the rules give to another case."""
    approved = concept.forms.get(lang, {})
    rules = by_rule(concept, concept.names[lang], lang) if approved else {}
    for case, form in approved.items():
        rule = rules.get(case, concept.names[lang])
        if form == rule:
            continue
        key = f"forms.{lang}.{case}"
        other = next((name for name, own in rules.items() if own == form and own != rule and name != Case.NOM), None)
        if case == Case.NOM:
            yield (
                _("{key} is “{form}”, not the name “{name}”", key=key, form=form, name=concept.names[lang]),
                _("delete it, or correct the name"),
            )
        elif other is not None and approved.get(other) != form:
            yield (
                _("{key} is “{form}”, by rule the case {case}", key=key, form=form, case=other),
                _("the rules write “{rule}”: which is right?", rule=rule),
            )
        elif difflib.SequenceMatcher(None, folding.fold(form), folding.fold(rule)).ratio() < _ALIKE:
            message = _("{key} is “{form}”, by rule “{rule}”: another name?", key=key, form=form, rule=rule)
            yield message, _("correct it, or the name")


def _never_found(glossary: Glossary, concept: Concept, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield variants and forbidden names that are a form of an approved name, as which alone they are found."""
    for key, names in (("variants", concept.variants), ("forbidden", concept.forbidden)):
        for name in names.get(lang, ()):
            rivals = {
                (reading.concept.id.partition("/")[0], reading.base): reading
                for form in (dict.fromkeys(written(concept, name, lang).values()) if key == "forbidden" else (name,))
                for reading in _readings(glossary, form, lang)
                if reading.kind in APPROVED and reading.concept.shares_days(concept)
            }
            for reading in rivals.values():
                message = _(
                    "{key} “{name}” is a form of “{base}” of [{entry}], and found as such",
                    key=f"{key}.{lang}",
                    name=name,
                    base=reading.base,
                    entry=reading.concept.id,
                )
                yield message, _("delete it from {key}", key=f"{key}.{lang}")


def _readings(glossary: Glossary, form: str, lang: Lang) -> Iterator[Candidate]:
    for match in matches(glossary, form, lang):
        if match.start == 0 and match.end == len(form):
            yield from match.candidates


def _shared(glossary: Glossary) -> Iterator[Problem]:
    """Yield names that several concepts have on one day, and that mean different things in another language."""
    for lang in Lang:
        owners: defaultdict[str, dict[str, tuple[Concept, NameKind, str]]] = defaultdict(dict)
        for concept in glossary.entries.values():
            for kind, names in _names(concept, lang):
                for name in names:
                    owners[folding.fold(name, case=False)].setdefault(concept.id, (concept, kind, name))
        for sharing in owners.values():
            if len(sharing) > 1:
                yield from _ambiguous(list(sharing.values()), lang)


def _names(concept: Concept, lang: Lang) -> Sequence[tuple[NameKind, tuple[str, ...]]]:
    return (
        (NameKind.NAME, (concept.names[lang],)),
        (NameKind.SHORT, concept.short.get(lang, ())),
        (NameKind.VARIANT, concept.variants.get(lang, ())),
    )


def _ambiguous(sharing: Sequence[tuple[Concept, NameKind, str]], lang: Lang) -> Iterator[Problem]:
    """Yield the concepts that share a name with the one it is taken for, but no answer to it in some language."""
    (first, _kind, name), *others = sorted(sharing, key=lambda one: (list(NameKind).index(one[1]), one[0].id))
    for other, kind, _name in others:
        pattern = other.id.partition("/")[0]
        if pattern == first.id.partition("/")[0] or not first.shares_days(other):
            continue
        for third in Lang:
            if third is not lang and not _answers(first, third) & _answers(other, third):
                message = _(
                    "{key} “{name}” is taken for [{entry}], which has no {language} name in common with it",
                    key=f"{_KEYS[kind]}.{lang}",
                    name=name,
                    entry=first.id,
                    language=third,
                )
                hint = _("delete it, give them dates that do not overlap, or a common short name")
                yield Problem(where=other.place, entry=pattern, problem=message, hint=hint)
                break


_KEYS: Final[Mapping[NameKind, str]] = {NameKind.NAME: "names", NameKind.SHORT: "short", NameKind.VARIANT: "variants"}


def _answers(concept: Concept, lang: Lang) -> set[str]:
    return {folding.fold(name, case=False) for name in (concept.names[lang], *concept.short.get(lang, ()))}
