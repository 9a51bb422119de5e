"""Puts approved names into the gaps a translation was asked to leave for them, each in the case its gap asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import Lang
from kzpress.glossary import inflect_kk, inflect_ru
from kzpress.glossary.find import find
from kzpress.glossary.government import POSTPOSITIONS, PREPOSITIONAL_PHRASES, PREPOSITIONS
from kzpress.glossary.model import Case, ConceptKind
from kzpress.glossary.patterns import takes_article
from kzpress.glossary.replace import agreed, predicate, words_before
from kzpress.glossary.source import CHOSEN, Role
from kzpress.glossary.surfaces import is_abbreviation, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kzpress.glossary.model import Glossary
    from kzpress.glossary.require import Requirement

# Nouns and verbs that take another case than the genitive or accusative; after them only the source can tell.
_OTHERWISE: Final = re.compile(
    r"помощ|содейств|благодарн|поддержк|приветств|поручен|вручен|предложен|рекомендац|письм|послан|соответств|ответ|"
    r"управлен|руковод|сообщ|рассказ|поруч|помо[гч]|вруч|переда|направ|предлож|рекоменд|напомн|выра[зж]"
)
_DATIVE: Final = re.compile(r"помощ|содейств|благодарн|вруч|переда|направ|предлож|поруч|помо[гч]|напомн|сообщ|рассказ")
_OPENING: Final = ("«", "“", '"', "„", "(")
_COORDINATED: Final = re.compile(r"(?:,|\s(?:и|или))\s$")
_ALSO: Final = re.compile(r"\s(мен|бен|пен)\s")  # after the first of two; it agrees with what is before it
# A Kazakh noun with the ending that follows its owner: өкілдері, төрағасының. Endings that are as often an accusative
# (жобаны) or an adjective's (тегжейлі) are left to the commonest owners' words.
_POSSESSED: Final = re.compile(
    r"\s(?:бірінші\s|баспасөз\s|бас\s)?"
    r"(?:(?:өкіл|президент|депутат|парламент|үкімет|азамат)[ыі]|\w{2,}(?:с[ыі]|[бзйкмпрушғгңқ][ыі]))"
    r"(?:н(?:[ыі]ң|[ае]|[дт][ае]|[ае]н)?|мен)?(?!\w)"
)
_OWNER: Final = re.compile(r"[дтн][ыі]ң\s$")
_BY_ROLE: Final[Mapping[Role, Case]] = {
    Role.AT: Case.LOC,
    Role.TO: Case.DAT,
    Role.FROM: Case.ABL,
    Role.WITH: Case.INS,
}
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
    if lang is Lang.RU:
        return _russian(glossary, before, after, gap)
    return _kazakh(before, after, gap) if lang is Lang.KK else _english(before, after, gap)


def _opens(before: str) -> bool:
    return not any(ch.isalnum() for ch in before)


def _begun(name: str, before: str) -> str:
    return name[:1].upper() + name[1:] if _opens(before) else name


# ------------------------------------------------------------------ Russian


def _russian(glossary: Glossary, before: str, after: str, gap: Gap) -> str | None:
    case = _after_name(glossary, before, after) or _russian_case(before, after, gap)
    if case is None:
        return None
    name = written(gap.need.concept, gap.need.required, Lang.RU)[case]
    around = agreed(before, after, case, gap.need)
    return None if around is None else around[0] + _begun(name, before) + around[1]


def _after_name(glossary: Glossary, before: str, after: str) -> Case | None:
    """Return the case of the name that the gap is coordinated with: в Казахстане и [1]."""
    joint = _COORDINATED.search(before)
    verb = predicate(after)
    if joint is None or (verb and verb.start() < 2):  # "… в Вене, [1] сообщает" begins another clause
        return None
    for hit in find(glossary, before[: joint.start()], Lang.RU, None):
        if hit.end == joint.start() and len(hit.cases) == 1 and hit.cases[0] != Case.NOM:
            return Case(hit.cases[0])
    return None


def _russian_case(before: str, after: str, gap: Gap) -> Case | None:
    if before.endswith(_OPENING) and not _opens(before):
        return None  # a title in quotation marks has a grammar of its own
    words = words_before(before)
    while words and inflect_ru.is_adjective(words[0]) and words[0] not in PREPOSITIONS:
        if inflect_ru.is_passive(words[0]):
            return Case.INS if gap.role is Role.BY else None
        words = words[1:]
    if not words:
        # Nothing, or a comma, stands before: only a subject goes without a word to govern it.
        return Case.NOM if _opens(before) and gap.role is Role.SUBJECT and predicate(after) else None
    previous = words[0]
    if previous in PREPOSITIONS and " ".join(reversed(words[:2])) not in PREPOSITIONAL_PHRASES:
        return _of_preposition(previous, gap.role)
    if inflect_ru.is_verb(previous):
        return _of_verb(previous, before, gap.role)
    if inflect_ru.is_noun(previous):
        return _of_noun(previous, gap)
    return None


def _of_preposition(word: str, role: Role | None) -> Case | None:
    cases = PREPOSITIONS[word]
    if len(cases) == 1 or word == "по":  # with a name "по" takes the dative: по Казахстану
        return cases[0]
    chosen = [case for case in cases if role and case in CHOSEN.get(role, ())]
    return chosen[0] if len(chosen) == 1 else None


def _of_verb(word: str, before: str, role: Role | None) -> Case | None:
    if role is Role.BY and inflect_ru.is_passive(word):
        return Case.INS
    if role is Role.TO and _DATIVE.match(word):
        return Case.DAT
    if role is Role.OBJECT and inflect_ru.is_transitive(word) and not _OTHERWISE.match(word):
        return Case.ACC
    first = _opens(before.rstrip()[: -len(word)])
    return Case.NOM if role is Role.SUBJECT and first else None


def _of_noun(word: str, gap: Gap) -> Case | None:
    if gap.role is Role.TO and _DATIVE.match(word):
        return Case.DAT
    if gap.need.concept.kind is ConceptKind.PERSON or _OTHERWISE.match(word):
        return Case.GEN if gap.role is Role.OF and not inflect_ru.is_animate(word) else None
    return Case.GEN if gap.role in {Role.OF, None} else None


# ------------------------------------------------------------------ Kazakh


def _kazakh(before: str, after: str, gap: Gap) -> str | None:
    table = written(gap.need.concept, gap.need.required, Lang.KK)
    suffix = _SUFFIXED.match(after)
    if suffix:
        name, after = table[_SUFFIX[suffix[1] or suffix[2]]], after[suffix.end() :]
    elif joint := _ALSO.match(after):
        name = table[Case.NOM]
        after = f" {_conjunction(table)} {after[joint.end() :]}"
    else:
        case = _kazakh_case(before, after, gap.role)
        if case is None:
            return None
        name = table[case]
    return before + _begun(name, before) + after


def _conjunction(table: Mapping[str, str]) -> str:
    """Return "and" as it sounds after the name, which is how the instrumental ends: мен, бен, пен."""
    return next((word for word in ("бен", "пен") if table[Case.INS].endswith(word)), "мен")


def _kazakh_case(before: str, after: str, role: Role | None) -> Case | None:
    following = re.match(r"\s([\w-]+)", after)
    governed = POSTPOSITIONS.get(folding.fold(following[1]), ()) if following else ()
    if governed:
        return governed[0]
    if _POSSESSED.match(after):
        return Case.GEN if role is Role.OF else None
    if role is Role.SUBJECT:
        return Case.NOM if _opens(before) else None
    # Kazakh cases say what English and Russian prepositions say; but what an owner precedes is another phrase.
    is_phrase = following is not None and not _OWNER.search(before)
    return _BY_ROLE.get(role) if role and is_phrase else None


# ------------------------------------------------------------------ English


def _english(before: str, after: str, gap: Gap) -> str:
    table = written(gap.need.concept, gap.need.required, Lang.EN)
    owner = _SAXON.match(after)
    name = table[Case.GEN] if owner else table[Case.NOM]
    if _takes_article(gap.need) and not _DETERMINED.search(before) and not before.endswith(_OPENING):
        name = f"{'The' if _opens(before) else 'the'} {name}"
    return before + name + after[owner.end() if owner else 0 :]


def _takes_article(need: Requirement) -> bool:
    name, kind = need.required, need.concept.kind
    if kind is ConceptKind.PERSON or name.startswith("The ") or is_abbreviation(name):
        return False
    return " of " in name if kind is not ConceptKind.PLACE else takes_article(name)
