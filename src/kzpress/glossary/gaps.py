"""Puts approved names into the gaps a translation was asked to leave for them, each in the case its gap asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang
from kzpress.glossary import case_kk, case_ru, inflect_kk
from kzpress.glossary.model import Case, ConceptKind
from kzpress.glossary.patterns import takes_article
from kzpress.glossary.place import Place
from kzpress.glossary.replace import agreed
from kzpress.glossary.surfaces import is_abbreviation, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kzpress.glossary.model import Glossary
    from kzpress.glossary.require import Requirement
    from kzpress.glossary.source import Role

_OPENING: Final = ("«", "“", '"', "„", "(")
_ALSO: Final = re.compile(r"\s(мен|бен|пен)\s")  # after the first of two; it agrees with what is before it
_SAXON: Final = re.compile(r"['’]s\b")
_DETERMINED: Final = re.compile(r"\b(?:the|a|an|this|its|their|our)\s(?:\w+\s)?[“\"]?$", re.IGNORECASE)
_SUFFIX: Final = inflect_kk.suffixes()
_SUFFIXED: Final = re.compile(rf"\s?[-‑–]({'|'.join(_SUFFIX)})\b|({'|'.join(_SUFFIX)})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A gap for the required name, which is ``role`` in the source; ``mark`` stands in it, once."""

    mark: str
    need: Requirement
    role: Role | None


def fill(glossary: Glossary, text: str, gaps: Sequence[Gap], lang: Lang) -> str | None:
    """Return ``text`` with the names in its ``gaps``; None if the case that one of them asks for cannot be known.

    A name is never put in as it is for want of knowing better: what stands around a gap, and what the name is in the
    source, must tell its case, and words that have to agree with it are made to.
    """
    for gap in sorted(gaps, key=lambda gap: text.find(gap.mark)):
        before, found, after = text.partition(gap.mark)
        filled = _filled(glossary, before, after, gap, lang) if found else None
        if filled is None:
            return None
        text = filled
    return text


def _filled(glossary: Glossary, before: str, after: str, gap: Gap, lang: Lang) -> str | None:
    place = Place(glossary=glossary, before=before, after=after, need=gap.need, role=gap.role)
    if lang is Lang.RU:
        return _russian(place)
    return _kazakh(place) if lang is Lang.KK else _english(place)


def _begun(name: str, place: Place) -> str:
    return name[:1].upper() + name[1:] if place.opens else name


def _russian(place: Place) -> str | None:
    case = case_ru.asked_case(place)
    if case is None:
        return None
    name = written(place.need.concept, place.need.required, Lang.RU)[case]
    around = agreed(place.before, place.after, case, place.need)
    return None if around is None else around[0] + _begun(name, place) + around[1]


def _kazakh(place: Place) -> str | None:
    after = place.after
    table = written(place.need.concept, place.need.required, Lang.KK)
    suffix = _SUFFIXED.match(after)
    if suffix:
        name, after = table[_SUFFIX[suffix[1] or suffix[2]]], after[suffix.end() :]
    elif joint := _ALSO.match(after):
        name = table[Case.NOM]
        after = f" {_conjunction(table)} {after[joint.end() :]}"
    else:
        case = case_kk.asked_case(place)
        if case is None:
            return None
        name = table[case]
    return place.before + _begun(name, place) + after


def _conjunction(table: Mapping[str, str]) -> str:
    """Return "and" as it sounds after the name, which is how the instrumental ends: мен, бен, пен."""
    return next((word for word in ("бен", "пен") if table[Case.INS].endswith(word)), "мен")


def _english(place: Place) -> str:
    before, after = place.before, place.after
    table = written(place.need.concept, place.need.required, Lang.EN)
    owner = _SAXON.match(after)
    name = table[Case.GEN] if owner else table[Case.NOM]
    if _takes_article(place.need) and not _DETERMINED.search(before) and not before.endswith(_OPENING):
        name = f"{'The' if place.opens else 'the'} {name}"
    return before + name + after[owner.end() if owner else 0 :]


def _takes_article(need: Requirement) -> bool:
    name, kind = need.required, need.concept.kind
    if kind is ConceptKind.PERSON or name.startswith("The ") or is_abbreviation(name):
        return False
    return " of " in name if kind is not ConceptKind.PLACE else takes_article(name)
