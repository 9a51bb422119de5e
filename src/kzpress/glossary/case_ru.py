"""Tells the case that a Russian name's place asks for, or that what stands around a gap alone asks for."""

from __future__ import annotations

import re
from typing import Final

from kzpress import text as folding
from kzpress.domain import Lang
from kzpress.glossary import inflect_ru
from kzpress.glossary.find import find
from kzpress.glossary.government import (
    ACCUSATIVE_AFTER,
    BECOMING,
    DATIVE_AFTER,
    DIRECTED,
    MOTION,
    OTHERWISE,
    PREPOSITIONAL_PHRASES,
    PREPOSITIONS,
    STANDS_BESIDE,
    STAYING,
)
from kzpress.glossary.model import Case, ConceptKind
from kzpress.glossary.place import Place
from kzpress.glossary.replace import gender_of, predicate
from kzpress.glossary.source import CHOSEN, Role

_TITLE: Final = re.compile(r"[«“\"„(]((?:[^\s»]+\s){0,2})$")
_TITLE_ENDS: Final = re.compile(r"(?:\s[^\s»]+){0,2}»")
_JOINT: Final = re.compile(r"(?:,|\s(?:и|или))?\s$")
_ENUMERATED: Final = re.compile(r"(?:,|\s(?:и|или))\s[А-ЯЁ]")
_CLAUSE: Final = re.compile(r"[.,:;!?()«»–—]\s?")
_PHRASE: Final = re.compile(r"\b(?:в|во|на|для|по|с|со|из|от|к|о|об)\s")
_WORD_AFTER: Final = re.compile(r"\s([\w-]+)")
_COORDINATED: Final = re.compile(r"(?:,|\s(?:и|или))\s$")
_GOES_ON: Final = re.compile(r"\s?[-–—/]\s?\w|\s?[«\"“(]")
_NUMBER: Final = re.compile(r"\d[\d.]*")
_TOLD: Final = frozenset({ConceptKind.PERSON, ConceptKind.OFFICE, ConceptKind.INSTITUTION})
_PEOPLE: Final = frozenset({ConceptKind.PERSON, ConceptKind.OFFICE})


def asked_case(place: Place) -> Case | None:
    """Return the case that the words at ``place`` and its part in the source ask for together; None where they do not.

    Where a name stands already, only what they agree on counts.
    """
    if _in_title(place):
        return None  # a title in quotation marks has a grammar of its own
    if place.is_gap:
        return _after_name(place) or _of_gap(place)
    return _with_neighbour(place) or _of_name(place)


def _in_title(place: Place) -> bool:
    opened = None if place.opens else _TITLE.search(place.before)
    return opened is not None and (not opened[1] or _TITLE_ENDS.match(place.after) is not None)


def _of_name(place: Place) -> Case | None:
    words = place.words
    if place.opens:
        return _of_opening(place)
    if not words or _GOES_ON.match(place.after):
        return None
    word = words[0]
    if word in PREPOSITIONS:
        return _of_preposition(words, place)
    if _is_subject(place) and not _has_subject(place.before, word):
        return None  # the name itself has become the subject
    if (
        place.role is Role.TO
        and set(place.cases) <= {Case.NOM, Case.ACC}
        and inflect_ru.is_noun(word)
        and _gives(place.before)
    ):
        return _dative(word, place)
    if inflect_ru.is_passive(word) and place.role is Role.BY:
        return Case.INS
    return _of_verb(word, place) if inflect_ru.is_verb(word) else _of_noun(words, place)


def _gives(before: str) -> bool:
    """Tell whether somebody gives or tells something in the clause ``before``: вручили премию …."""
    return any(inflect_ru.is_verb(word) and DATIVE_AFTER.match(word) for word in _clause(before).split())


def _is_subject(place: Place) -> bool:
    """Tell whether the name may be the subject of a verb after it."""
    verb = predicate(place.after) if Case.NOM in place.cases else None
    if verb is None:
        return False
    if Case.ACC in place.cases and inflect_ru.is_transitive(verb[1]):
        return True  # or its object, which stands in the same form
    gender = gender_of(place.need)
    if place.need.concept.kind is ConceptKind.OFFICE:
        return inflect_ru.past_gender(verb[1]) != "plur"  # Министр сообщила
    return gender is None or inflect_ru.agree(verb[1], gender) == verb[1]


def _of_opening(place: Place) -> Case | None:
    """Return the accusative for an object that opens its sentence: Группу дружбы возглавляет депутат."""
    verb = predicate(place.after)
    if verb is None or not inflect_ru.is_transitive(verb[1]):
        return None
    subject = _WORD_AFTER.match(place.after, verb.end())
    if place.role is Role.OBJECT and Case.NOM in place.cases and subject and inflect_ru.is_subject(subject[1]):
        return Case.ACC
    told_to = Case.DAT in place.cases and OTHERWISE.match(verb[1])  # Метсоле вручили книгу
    is_patient = place.role is Role.PATIENT and not told_to
    is_object = set(place.cases) == {Case.GEN} or is_patient
    return Case.ACC if is_object and _are_others(verb[1], place) else None


def _are_others(verb: str, place: Place) -> bool:
    """Tell whether the ``verb`` has another subject: Министра встретили."""
    return inflect_ru.past_gender(verb) == "plur" and gender_of(place.need) not in {"plur", None}


def _with_neighbour(place: Place) -> Case | None:
    """Return the case of the name right before it that this one is coordinated with or in apposition to."""
    joint = _JOINT.search(place.before)
    if joint is None or _is_subject(place):
        return None
    end = joint.start()
    for hit in find(place.glossary, place.before[:end], Lang.RU, None):
        cases = [Case(case) for case in hit.cases]
        if hit.end != end or not cases or len(cases) > 2 or {Case.NOM, *place.cases} & {*cases} - {Case.ACC}:
            continue
        if Case.NOM not in place.cases and not (place.role and {*cases} <= CHOSEN.get(place.role, frozenset())):
            continue
        kinds = place.glossary.entries[hit.entry].kind, place.need.concept.kind
        if _belong(joint[0], kinds, place.after):
            return cases[0] if len(cases) == 1 or set(cases) == {Case.GEN, Case.ACC} else None
    return None


def _belong(joint: str, kinds: tuple[ConceptKind, ConceptKind], after: str) -> bool:
    """Tell whether names of these ``kinds`` with ``joint`` between them stand in one case."""
    if joint == " ":
        return kinds == (ConceptKind.OFFICE, ConceptKind.PERSON)
    if joint == ", " and kinds == (ConceptKind.PERSON, ConceptKind.OFFICE):
        return True
    alike = kinds[0] is kinds[1]
    return alike and (joint != ", " or _ENUMERATED.match(after) is not None)  # else a city and its country


def _after_name(place: Place) -> Case | None:
    """Return the case of the name that a gap is coordinated with: в Казахстане и [1]."""
    joint = _COORDINATED.search(place.before)
    verb = predicate(place.after)
    if joint is None or (verb and verb.start() < 2):  # "… в Вене, [1] сообщает" begins another clause
        return None
    for hit in find(place.glossary, place.before[: joint.start()], Lang.RU, None):
        if hit.end == joint.start() and len(hit.cases) == 1 and hit.cases[0] != Case.NOM:
            return Case(hit.cases[0])
    return None


def _of_gap(place: Place) -> Case | None:
    words = place.words
    while words and inflect_ru.is_adjective(words[0]) and words[0] not in PREPOSITIONS:
        if inflect_ru.is_passive(words[0]):
            return Case.INS if place.role is Role.BY else None
        words = words[1:]
    if not words:
        # Nothing, or a comma, stands before: only a subject goes without a word to govern it.
        return Case.NOM if place.opens and place.role is Role.SUBJECT and predicate(place.after) else None
    if words[0] in PREPOSITIONS and " ".join(reversed(words[:2])) not in PREPOSITIONAL_PHRASES:
        return _of_preposition(words, place)
    if inflect_ru.is_verb(words[0]):
        return _of_verb(words[0], place)
    return _of_noun(words, place) if inflect_ru.is_noun(words[0]) else None


def _has_subject(before: str, word: str) -> bool:
    """Tell whether the ``word`` before the name opens the sentence as its subject: Доклад [имя] опубликован."""
    return folding.fold(before).strip(" «") == word and inflect_ru.is_nominative(word)


def _of_preposition(words: list[str], place: Place) -> Case | None:
    """Return the case after a preposition; of two that it governs, what the name is in the source tells which.

    A Kazakh source tells place and direction apart, an English "in Astana" may be where somebody arrived, but is
    better than a case that no preposition of the two takes.
    """
    word, role = words[0], place.role
    cases = PREPOSITIONS[word]
    if len(cases) == 1 or word == "по":  # with a name "по" takes the dative: по Казахстану
        return cases[0] if place.is_gap else None
    excluded = not {*cases} & {*place.cases}
    if word in {"в", "во", "на"}:
        moved_by = words[1] if len(words) > 1 else ""
        if MOTION.fullmatch(moved_by) and role in {Role.TO, Role.AT}:
            return Case.ACC
        clause = _clause(place.before)
        near = _PHRASE.split(clause.removesuffix(f"{word} "))[-1]
        moves = DIRECTED.search(near) is not None and STAYING.search(clause) is None
        if role is Role.TO and moves and not place.is_gap:
            return Case.ACC
        if role not in CHOSEN and excluded and Case.NOM in place.cases:
            return Case.ACC if moves else Case.LOC
    chosen = [case for case in cases if role and case in CHOSEN.get(role, ())]
    located = place.told is Lang.KK and role is Role.AT and DIRECTED.search(_clause(place.before)) is None
    sure = excluded or word in {"с", "со"} or located
    return chosen[0] if sure and len(chosen) == 1 else None


def _clause(before: str) -> str:
    """Return what is ``before`` back to a punctuation mark."""
    return folding.fold(_CLAUSE.split(before)[-1])


def _rest(after: str) -> str:
    """Return what is ``after`` up to a punctuation mark."""
    return folding.fold(_CLAUSE.split(after)[0])


def _is_active(word: str) -> bool:
    return inflect_ru.is_verb(word) and not inflect_ru.is_passive(word)


def _of_verb(word: str, place: Place) -> Case | None:
    role = place.role
    if role is Role.BY and inflect_ru.is_passive(word):
        return Case.INS
    if role is Role.TO and DATIVE_AFTER.match(word):
        return _dative(word, place)
    if not place.is_gap and BECOMING.fullmatch(word):
        return _of_office(word, place)
    if not place.is_gap and ACCUSATIVE_AFTER.fullmatch(word) and set(place.cases) == {Case.DAT}:
        return Case.ACC
    if inflect_ru.is_passive(word) and not place.is_gap and not word.endswith(("ся", "сь")):
        return Case.INS if set(place.cases) == {Case.GEN} else None  # изданы Сената
    if role is Role.PATIENT and inflect_ru.is_transitive(word) and not place.is_gap:
        return Case.ACC if _are_others(word, place) else None
    if role is Role.OBJECT and inflect_ru.is_transitive(word):
        may_receive = place.need.concept.kind not in {ConceptKind.DOCUMENT, ConceptKind.EVENT}
        told_to = may_receive and OTHERWISE.match(word) and (place.is_gap or Case.DAT in place.cases)
        return None if told_to else Case.ACC
    opens = not any(ch.isalnum() for ch in place.before.rstrip()[: -len(word)])
    return Case.NOM if place.is_gap and role is Role.SUBJECT and opens else None


def _of_office(word: str, place: Place) -> Case | None:
    """Return the instrumental for what somebody named before the verb was appointed."""
    if place.need.concept.kind is not ConceptKind.OFFICE or not {Case.NOM, Case.DAT} & {*place.cases}:
        return None
    before = place.before.rstrip()[: -len(word)].rstrip()
    last = before.rpartition(" ")[2]
    named = any(hit.end == len(before) and Case.NOM in hit.cases for hit in find(place.glossary, before, Lang.RU, None))
    return Case.INS if named or inflect_ru.is_subject(last) else None


def _of_noun(words: list[str], place: Place) -> Case | None:
    """Return the genitive after a noun, "статья 13" among them."""
    if place.role is Role.TO and DATIVE_AFTER.match(words[0]):
        return _dative(words[0], place)
    noun = next((word for word in words if not _NUMBER.fullmatch(word)), "")
    if not inflect_ru.is_noun(noun) or noun in PREPOSITIONS:
        return None
    kind, alive = place.need.concept.kind, inflect_ru.is_animate(noun)
    if place.is_gap:
        if kind is ConceptKind.PERSON or OTHERWISE.match(noun):
            return Case.GEN if place.role is Role.OF and not alive else None
        return Case.GEN if place.role in {Role.OF, Role.ATTRIBUTE, Role.PATIENT, None} else None
    if Case.NOM not in place.cases or STANDS_BESIDE.fullmatch(noun):
        return None
    if kind in _PEOPLE and alive and not (place.role is Role.OF and inflect_ru.is_plural(noun)):
        return None  # the ambassador X is no ambassador of X, but the experts X are
    if place.role is Role.BY:  # посетил в 2021 году Посол; границу Министерство приветствовало
        return None if any(map(_is_active, f"{_clause(place.before)} {_rest(place.after)}".split())) else Case.GEN
    whose = {Role.OF, Role.ATTRIBUTE, Role.FROM, *((Role.AT,) if kind is not ConceptKind.PLACE else ())}
    return Case.GEN if place.role in whose else None


def _dative(word: str, place: Place) -> Case | None:
    """Return the dative after ``word``: to people and institutions one tells something, to the rest one devotes it."""
    kind = place.need.concept.kind
    told = kind in _TOLD or word.startswith("посвящ") or (place.is_gap and kind is not ConceptKind.DOCUMENT)
    return Case.DAT if told else None
