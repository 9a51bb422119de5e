"""Tells the case that a name in a translation must stand in, from its part in the source and the words beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import Lang
from kzpress.glossary import inflect_ru
from kzpress.glossary.government import (
    DATIVE_AFTER,
    KAZAKH_MOTION,
    KAZAKH_TRANSITIVE,
    MOTION,
    POSTPOSITIONS,
    PREPOSITIONS,
)
from kzpress.glossary.model import Case, ConceptKind
from kzpress.glossary.replace import predicate, words_before
from kzpress.glossary.source import Role

if TYPE_CHECKING:
    from collections.abc import Collection

    from kzpress.glossary.require import Requirement

# Kinds of places whose name stands beside them as it is: порт Рига, рейс Астана – Белград.
_NAMED: Final = re.compile(
    r"(?:город|порт|сел|поселк|аул|станци|аэропорт|район|област|рек|озер|гор|рейс|маршрут|поезд|сторон|линии|дорог|трасс|"
    r"участник|команд|клуб|сборн|матч|турнир|отел|гостиниц|журнал|газет|агентств|телеканал|корабл|фонд|проект|премь?и|праздник)\w*"
)
_GOES_ON: Final = re.compile(r"\s?[-–—/]\s?\w|\s?[«\"“(]")
_NUMBER: Final = re.compile(r"\d[\d.]*")
_WORD_AFTER: Final = re.compile(r"\s([\w-]+)")
_KAZAKH_OWNED: Final = re.compile(r"\s\w{2,}(?:с[ыі]|[бзйкмпрушғгңқдл][ыі])(?:н\w*|мен)?(?!\w)")


def owed_case(
    before: str, after: str, cases: Collection[str], need: Requirement, langs: tuple[Lang, Lang]
) -> Case | None:
    """Return the case that the name between ``before`` and ``after`` must stand in, if it is not among its ``cases``.

    Only where the source and the neighbouring words agree on it, None anywhere else; ``langs`` are source and target.
    """
    told, lang = langs
    if need.role is None or not cases:
        return None
    case = None
    if lang is Lang.RU:
        case = _russian(before, after, cases, need, told)
    elif lang is Lang.KK:
        case = _kazakh(before, after, cases, need)
    return case if case not in cases else None


def _russian(before: str, after: str, cases: Collection[str], need: Requirement, told: Lang) -> Case | None:
    words = words_before(before)
    if not words or _GOES_ON.match(after):
        return None
    word = words[0]
    if word in PREPOSITIONS:
        excluded = not {*PREPOSITIONS[word]} & {*cases}
        verb = words[1] if len(words) > 1 else ""
        return _after_preposition(word, verb, need.role, located=told is Lang.KK or excluded)
    if Case.NOM in cases and predicate(after) and not _has_subject(before, word):
        return None  # the name itself has become the subject
    if need.role is Role.BY:
        return Case.INS if inflect_ru.is_passive(word) else None
    if need.role is Role.TO:
        return Case.DAT if DATIVE_AFTER.fullmatch(word) and need.concept.kind is not ConceptKind.PLACE else None
    if need.role is Role.OBJECT:
        told_to = DATIVE_AFTER.fullmatch(word) and Case.DAT in cases
        return Case.ACC if inflect_ru.is_transitive(word) and inflect_ru.is_verb(word) and not told_to else None
    return _of_noun(words, cases, need) if need.role in {Role.OF, Role.FROM} else None


def _has_subject(before: str, word: str) -> bool:
    """Tell whether the ``word`` before the name opens the sentence as its subject: Доклад [имя] опубликован."""
    return folding.fold(before).strip(" «") == word and inflect_ru.is_nominative(word)


def _after_preposition(word: str, verb: str, role: Role | None, *, located: bool) -> Case | None:
    """Return the case after a preposition that governs two.

    ``located`` says that the source's role may be taken for place or direction: a Kazakh one tells them apart, an
    English "in Astana" may be where somebody arrived, but is better than a case that no preposition of the two takes.
    """
    if word in {"с", "со"}:
        return {Role.WITH: Case.INS, Role.FROM: Case.GEN}.get(role) if role else None
    if word not in {"в", "во", "на"}:
        return None
    if MOTION.fullmatch(verb) and role in {Role.TO, Role.AT}:
        return Case.ACC
    return Case.LOC if located and role is Role.AT else None


def _of_noun(words: list[str], cases: Collection[str], need: Requirement) -> Case | None:
    """Return the genitive after a noun, "статья 13" among them, for a name left in the nominative."""
    if Case.NOM not in cases:
        return None
    noun = next((word for word in words if not _NUMBER.fullmatch(word)), "")
    if not inflect_ru.is_noun(noun) or noun in PREPOSITIONS or _NAMED.fullmatch(noun):
        return None
    beside = need.concept.kind in {ConceptKind.PERSON, ConceptKind.OFFICE} and inflect_ru.is_animate(noun)
    return None if beside else Case.GEN  # the ambassador X is no ambassador of X


def _kazakh(before: str, after: str, cases: Collection[str], need: Requirement) -> Case | None:
    """Return the accusative for an object without an ending, the locative for a place that nobody moves to."""
    following = _WORD_AFTER.match(after)
    if following is None or folding.fold(following[1]) in POSTPOSITIONS:
        return None
    if need.role is Role.AT and need.concept.kind is ConceptKind.PLACE and set(cases) == {Case.DAT}:
        return None if KAZAKH_MOTION.search(after) else Case.LOC
    opens = not any(ch.isalnum() for ch in before)
    if need.role is not Role.OBJECT or set(cases) != {Case.NOM} or opens or _KAZAKH_OWNED.match(after):
        return None
    return Case.ACC if KAZAKH_TRANSITIVE.search(after) else None
