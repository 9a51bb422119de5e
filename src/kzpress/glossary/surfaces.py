"""Every form in which a concept may stand in a text, and the forms in which kzpress writes a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang, NameKind
from kzpress.glossary import inflect_kk, inflect_ru, persons
from kzpress.glossary.model import POSSESSED, Case, Concept, ConceptKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_INANIMATE: Final = frozenset(ConceptKind) - {ConceptKind.OFFICE, ConceptKind.PERSON}


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A ``form`` in a ``case`` of the uninflected name ``base``; case None: English, not possessive."""

    form: str
    base: str
    kind: NameKind
    case: str | None


def forms(concept: Concept, lang: Lang) -> Mapping[str, str]:
    """Return the approved name in each case, ``nom`` first; English has ``nom`` and the possessive ``gen``."""
    table = written(concept, concept.names[lang], lang)
    return {case: form for case, form in table.items() if not case.startswith(POSSESSED)}


def written(concept: Concept, base: str, lang: Lang) -> Mapping[str, str]:
    """Return ``base``, a name of ``concept``, in each case; a person's overrides in the glossary come first."""
    table = dict(by_rule(concept, base, lang))
    if base == concept.names[lang]:
        approved = concept.forms.get(lang, {})
        table |= approved
        if lang is Lang.KK and Case.LOC in approved:
            table[Case.ATTR] = approved[Case.LOC] + ("гі" if inflect_kk.is_front(approved[Case.LOC]) else "ғы")
    return table


def by_rule(concept: Concept, base: str, lang: Lang) -> Mapping[str, str]:
    """Return ``base``, a name of ``concept``, in each case as the rules make it, whatever the glossary approves."""
    return _declined(base, lang, concept.kind, _sex(concept))


def short_names(concept: Concept, lang: Lang) -> tuple[str, ...]:
    """Return the short names of ``concept``, the one to write first; of a person, with initials and less patronymic."""
    own, name = concept.short.get(lang, ()), concept.names[lang]
    if concept.kind is not ConceptKind.PERSON:
        return own
    return tuple(dict.fromkeys((*own, *persons.initials(name, lang), *persons.without_patronymic(name))))


def surfaces(concept: Concept, lang: Lang) -> Iterator[Surface]:
    """Yield all forms of all names of ``concept``; one form may come several times, for several cases."""
    bases = (
        (NameKind.NAME, (concept.names[lang],)),
        (NameKind.SHORT, short_names(concept, lang)),
        (NameKind.VARIANT, concept.variants.get(lang, ())),
        (NameKind.FORBIDDEN, concept.forbidden.get(lang, ())),
        (NameKind.UNLIKE, concept.unlike.get(lang, ())),
    )
    for kind, names in bases:
        for base in names:
            for case, form in written(concept, base, lang).items():
                if concept.kind is ConceptKind.PLACE and case.startswith(POSSESSED):
                    continue  # астанасы is "its capital"
                plain = lang is Lang.EN and case == Case.NOM
                yield Surface(form=form, base=base, kind=kind, case=None if plain else case)
            for case, form in _also(concept, base, lang):
                yield Surface(form=form, base=base, kind=kind, case=case)


def is_abbreviation(name: str) -> bool:
    """Tell whether every word of ``name`` is in capitals: БҰҰ, МИД РК, G20."""
    words = [word for word in name.split() if any(ch.isalpha() for ch in word)]
    return bool(words) and all(word.isupper() for word in words) and any(len(word) > 1 for word in words)


def _also(concept: Concept, base: str, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield forms that are recognised and never written, those by rule beside approved overrides among them."""
    if base == concept.names[lang] and lang in concept.forms:
        rules = by_rule(concept, base, lang)
        yield from ((case, rules[case]) for case in concept.forms[lang] if case != Case.NOM)
    if lang is Lang.EN:
        yield Case.GEN, f"{base}'s" if base.endswith("s") else f"{base}'"
    elif lang is Lang.RU:
        yield from inflect_ru.decline_spoken(base).items()
        if sex := _sex(concept):
            yield from persons.recognise(base, sex).items()
    else:
        yield from inflect_kk.recognise(base, person=concept.kind is ConceptKind.PERSON)


def _sex(concept: Concept) -> str | None:
    return persons.gender(concept) if concept.kind is ConceptKind.PERSON else None


@lru_cache(maxsize=1 << 12)  # of one concept the same is asked several times, of all of them seldom again
def _declined(base: str, lang: Lang, kind: ConceptKind, sex: str | None) -> Mapping[str, str]:
    if lang is Lang.EN:
        return {Case.NOM: base, Case.GEN: f"{base}'" if base.endswith("s") else f"{base}'s"}
    if lang is Lang.KK:
        return inflect_kk.decline_person(base) if sex else inflect_kk.decline(base)
    if sex:
        return persons.decline(base, sex)
    return inflect_ru.decline(
        base, animate=True if kind is ConceptKind.OFFICE else False if kind in _INANIMATE else None
    )
