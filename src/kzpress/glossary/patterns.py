"""Expands pattern entries: from one name with slots, such as ``Посольство … {in:country}``, one concept a country."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import Lang
from kzpress.glossary.model import Case, Concept, Period
from kzpress.glossary.surfaces import is_abbreviation, written
from kzpress.speech import _, either

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

EACH: Final = ("country",)
HOME: Final = "KZ"  # a pattern is about other countries: there is no embassy of Kazakhstan in Kazakhstan
_FILLINGS: Final = ("country", "formal")  # the usual name of the country, its formal one
_IN: Final = "in"
_ADJECTIVE: Final = "adjective"  # French; names with it are left out where a country has none
_CASES: Final[Mapping[Lang, tuple[str, ...]]] = {
    Lang.RU: (Case.GEN, Case.DAT, Case.ACC, Case.INS, Case.LOC),
    Lang.KK: (Case.GEN, Case.DAT, Case.ACC, Case.LOC, Case.ABL, Case.INS, Case.ATTR),
    Lang.EN: (Case.GEN,),
}
_SLOT: Final = re.compile(r"\{([^{}]*)\}")

# English names of countries that take the article: by a common noun in them (the French Republic), as a plural or by
# custom (the Netherlands), as an abbreviation (the UAE).
_COMMON_NOUN: Final = re.compile(
    r"\b(?:Republic|Kingdom|Federation|Confederation|Emirates?|States?|Commonwealth|Principality|Duchy|Sultanate|Union"
    r"|Jamahiriya|Marshall Islands|Cook Islands|PDR|Holy See)\b"
)
_BY_CUSTOM: Final = frozenset(
    {"Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia", "Comoros", "Congo", "Vatican"}
)
_AFTER_WORD: Final = re.compile(r"(?<![\w’'-])(?!the )[a-z]+ $")
# Russian names of countries that are said to be "on", not "in": на Кубе, на Маршалловых Островах.
_ISLANDS: Final = re.compile(
    r"Багамы|Барбадос|Вануату|Гаити|Гренада|Доминика|Кипр|Кирибати|Коморы|Куба|Маврикий|Мадагаскар|Мальдивы|Мальта"
    r"|Науру|Палау|Самоа|Сейшелы|Тонга|Тувалу|Фиджи|Филиппины|Ямайка|.+ [Оо]строва"
)
_VO: Final = re.compile(r"[вф][^аеёиоуыэюя]", re.IGNORECASE)  # во Франции, во Вьетнаме; в Венгрии


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A concept whose names have slots, and the ids of the countries it is not for."""

    concept: Concept
    excluded: tuple[str, ...]


def has_slot(name: str) -> bool:
    """Tell whether ``name`` has a slot, well written or not."""
    return "{" in name or "}" in name


def faults(name: str, lang: Lang, key: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the slots of ``name``, which stands under ``key``, each with a hint.

    An approved name must exist for every country, so that it cannot be one with an adjective.
    """
    approved = key.startswith("names.")
    cases = _CASES[lang]
    slots = _SLOT.findall(name)
    if not slots or has_slot(_SLOT.sub("", name)):
        if has_slot(name):
            message = _("has a brace that belongs to no slot in {key}", key=key)
            yield message, _("write {example}", example="{country}")
        else:
            hint = _("put {slot} where the country's name stands, or leave the name out", slot="{country}")
            yield _("has no slot in {key}", key=key), hint
    for slot in slots:
        first, colon, second = slot.partition(":")
        unknown = _("has an unknown slot {slot} in {key}", slot=f"{{{slot}}}", key=key)
        if first == _IN:
            if lang is not Lang.RU or second not in _FILLINGS:
                facts = {"one": "{in:country}", "other": "{in:formal}"}
                yield unknown, _("{one} and {other} are for Russian names", **facts)
        elif slot == _ADJECTIVE:
            if lang is not Lang.EN or approved:
                facts = {"slot": "{adjective}", "right": "{country}"}
                yield unknown, _("{slot} is for short English names: write {right}", **facts)
        elif first not in _FILLINGS:
            yield unknown, _("write {example}", example=either(("{country}", "{formal}")))
        elif colon and second not in cases:
            facts = {"case": second, "slot": f"{{{slot}}}", "key": key}
            message = _("has an unknown case {case!r} of {slot} in {key}", **facts)
            yield message, _("write one of {known}", known=", ".join(cases))


def expand(pattern: Pattern, countries: Iterable[Concept]) -> Iterator[Concept]:
    """Yield the pattern's concept for each of ``countries`` that it is for, dated to when both names hold."""
    for country in countries:
        valid = _common(pattern.concept, country)
        if country.iso != HOME and country.id not in pattern.excluded and valid is not None:
            yield _filled(pattern.concept, country, valid)


def _common(concept: Concept, country: Concept) -> tuple[Period, ...] | None:
    """Return the periods in which both hold, empty for always; None where there is no such day."""
    if not (concept.valid and country.valid):
        return concept.valid or country.valid
    both = tuple(
        mine.intersection(theirs) for mine in concept.valid for theirs in country.valid if mine.overlaps(theirs)
    )
    return both or None


def _filled(concept: Concept, country: Concept, valid: tuple[Period, ...]) -> Concept:
    """Return ``concept`` with ``country`` in its slots.

    Whatever else the country is rightly called makes further short names, and its variants further variants, so that
    a pattern need not list "in the French Republic" beside "in France".
    """
    concept = _with_adjective(concept, country)
    names = {lang: _fill(name, lang, country) for lang, name in concept.names.items()}
    short: dict[Lang, tuple[str, ...]] = {}
    variants: dict[Lang, tuple[str, ...]] = {}
    forbidden: dict[Lang, tuple[str, ...]] = {}
    unlike: dict[Lang, tuple[str, ...]] = {}
    for lang in Lang:
        approved = (concept.names[lang], *concept.short.get(lang, ()))
        others = (country.names[lang], *country.short.get(lang, ()))
        shorts = [_fill(name, lang, country) for name in approved[1:]]
        shorts += [_fill(name, lang, country, base) for name in approved for base in others]
        short[lang] = _without((names[lang],), shorts)
        loose = [_fill(name, lang, country) for name in concept.variants.get(lang, ())]
        loose += [_fill(name, lang, country, base) for name in concept.variants.get(lang, ()) for base in others]
        loose += [_fill(name, lang, country, base) for name in approved for base in country.variants.get(lang, ())]
        loose += [
            bare for name in (names[lang], *short[lang], *loose) if (bare := _without_article(name, lang, others))
        ]
        variants[lang] = _without((names[lang], *short[lang]), loose)
        wrong = [_fill(name, lang, country) for name in concept.forbidden.get(lang, ())]
        forbidden[lang] = _without((names[lang], *short[lang], *variants[lang]), wrong)
        unlike[lang] = tuple(_fill(words, lang, country) for words in concept.unlike.get(lang, ()))
    return replace(
        concept,
        id=f"{concept.id}/{country.id}",
        names=names,
        short=_filled_only(short),
        variants=_filled_only(variants),
        forbidden=_filled_only(forbidden),
        unlike=_filled_only(unlike),
        forms={
            lang: {case: _fill(form, lang, country) for case, form in forms.items()}
            for lang, forms in concept.forms.items()
        },
        valid=valid,
        formal=any(country.short.values()),
    )


def _with_adjective(concept: Concept, country: Concept) -> Concept:
    """Return ``concept`` with the adjective of ``country`` in its slot; without one, such names are left out."""
    slot = f"{{{_ADJECTIVE}}}"

    def filled(table: Mapping[Lang, tuple[str, ...]]) -> dict[Lang, tuple[str, ...]]:
        return {
            lang: tuple(
                name.replace(slot, country.adjective or "") for name in names if country.adjective or slot not in name
            )
            for lang, names in table.items()
        }

    return replace(
        concept,
        short=filled(concept.short),
        variants=filled(concept.variants),
        forbidden=filled(concept.forbidden),
        unlike=filled(concept.unlike),
    )


def _fill(name: str, lang: Lang, country: Concept, base: str | None = None) -> str:
    """Return ``name`` with ``base`` in its slots, without one with the name that each slot asks for."""

    def filling(slot: re.Match[str]) -> str:
        first, _, second = slot[1].partition(":")
        kind, case = (second, Case.LOC) if first == _IN else (first, second or Case.NOM)
        formal = country.names[lang]
        chosen = base or (formal if kind == "formal" else (*country.short.get(lang, ()), formal)[0])
        form = written(country, chosen, lang)[case]
        if first == _IN:
            return f"{_preposition(chosen, form)} {form}"
        return f"the {form}" if lang is Lang.EN and _takes_article(chosen, name[: slot.start()]) else form

    return _SLOT.sub(filling, name)


def takes_article(base: str) -> bool:
    """Tell whether an English country's name has "the" inside a sentence."""
    return bool(_COMMON_NOUN.search(base)) or base in _BY_CUSTOM or is_abbreviation(base)


def _takes_article(base: str, before: str) -> bool:
    """Tell whether an English country's name has "the" after the words ``before``: not first, not after a dash."""
    return _AFTER_WORD.search(before) is not None and takes_article(base)


def _without_article(name: str, lang: Lang, countries: Iterable[str]) -> str | None:
    """Return an English ``name`` as hasty copy has it, without the article before the country; None if it has none."""
    if lang is not Lang.EN:
        return None
    return next((name.replace(f" the {base}", f" {base}") for base in countries if f" the {base}" in name), None)


def _preposition(base: str, form: str) -> str:
    if _ISLANDS.fullmatch(base):
        return "на"
    return "во" if _VO.match(form) else "в"


def _without(taken: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Return ``names`` once each, without those that are ``taken`` but for quotes, dashes and the letter ё."""
    seen = {folding.fold(name, case=False) for name in taken}
    kept: list[str] = []
    for name in names:
        folded = folding.fold(name, case=False)
        if folded not in seen:
            seen.add(folded)
            kept.append(name)
    return tuple(kept)


def _filled_only(names: Mapping[Lang, tuple[str, ...]]) -> dict[Lang, tuple[str, ...]]:
    return {lang: listed for lang, listed in names.items() if listed}
