"""Tells the case that a Kazakh name's place asks for: a gap's from its context alone, a name's where that denies it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.glossary import government_kk as government
from kzpress.glossary.model import Case, ConceptKind
from kzpress.glossary.place import Place
from kzpress.glossary.source import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

COMING: Final = "келген"
_OWNER: Final = re.compile(r"[дтн][ыі]ң\s$")
_WORD_AFTER: Final = re.compile(r"\s([\w-]+)")
_CLAUSE: Final = re.compile(r"[\s\w-]*")
_JOINED: Final = re.compile(r"\s(?:мен|бен|пен|және|да|де)(?!\w)|\s?[,(«–-]")
_JOINED_TO: Final = re.compile(r"(?:,|\s(?:мен|бен|пен|және))\s$")
# Participles and converbs: a name before them is theirs and not the closing verb's.
_NESTED: Final = re.compile(r"\s\w{2,}(?:[ғқ]ан|[гк]ен|атын|етін|йтын|йтін|[ыі]п)(?=\s)")
_ACCUSATIVE: Final = re.compile(r"\w(?:[дтн][ыі]|[ыі]н)(?=\s)")
_BY_ROLE: Final[Mapping[Role, Case]] = {
    Role.AT: Case.LOC,
    Role.TO: Case.DAT,
    Role.FROM: Case.ABL,
    Role.WITH: Case.INS,
}
# What a name's part in the source and the verb that closes its clause ask for, where it stands in another of a few
# cases that the verb cannot mean then.
_BY_VERB: Final[tuple[tuple[Role, frozenset[Case], re.Pattern[str], Case], ...]] = (
    (Role.OBJECT, frozenset({Case.NOM, Case.DAT}), government.ASKED, Case.ABL),
    (Role.OBJECT, frozenset({Case.NOM, Case.GEN, Case.DAT}), government.OBJECT_ALONE, Case.ACC),
    (Role.PATIENT, frozenset({Case.NOM, Case.DAT}), government.ASKED, Case.ABL),
    (Role.PATIENT, frozenset({Case.NOM}), government.OBJECT_ALONE, Case.ACC),
    (Role.OBJECT, frozenset({Case.NOM}), government.OBJECT, Case.ACC),
    (Role.OBJECT, frozenset({Case.NOM, Case.LOC}), government.GOAL_ALONE, Case.DAT),
    (Role.TO, frozenset({Case.NOM, Case.LOC}), government.GOAL, Case.DAT),
    (Role.FROM, frozenset({Case.NOM, Case.DAT, Case.LOC}), government.GIVER, Case.ABL),
    (Role.WITH, frozenset({Case.NOM}), government.COMPANY, Case.INS),
    (Role.AT, frozenset({Case.NOM, Case.DAT}), government.HAPPENS, Case.LOC),
    (Role.AT, frozenset({Case.DAT}), government.STAYS, Case.LOC),
)


def asked_case(place: Place) -> Case | None:
    """Return the case that the words at ``place`` and its part in the source ask for together; None where they do not.

    Where a name stands already, only what they agree on counts.
    """
    following = _WORD_AFTER.match(place.after)
    return _of_gap(place, following) if place.is_gap else _of_name(place, following)


def lacks_coming(place: Place) -> bool:
    """Tell whether people follow a place they come from, and no verb that its ablative may belong to.

    Kazakh joins them by a participle: not Үндістаннан шеберлер, but Үндістаннан келген шеберлер.
    """
    is_place = place.need.concept.kind is ConceptKind.PLACE and place.role in {Role.FROM, None}
    if not is_place or set(place.cases) != {Case.ABL} or not government.PEOPLE.match(place.after):
        return False
    clause = _CLAUSE.match(place.after)
    return clause is not None and not government.LEAVES.search(clause[0].lower())


def _of_gap(place: Place, following: re.Match[str] | None) -> Case | None:
    governed = government.POSTPOSITIONS.get(folding.fold(following[1]), ()) if following else ()
    if governed:
        return governed[0]
    if government.SURELY_POSSESSED.match(place.after):
        return Case.GEN if place.role is Role.OF else None
    if place.role is Role.SUBJECT:
        return Case.NOM if place.opens else None
    # Kazakh cases say what English and Russian prepositions say; but what an owner precedes is another phrase.
    is_phrase = following is not None and not _OWNER.search(place.before)
    return _BY_ROLE.get(place.role) if place.role and is_phrase else None


def _of_name(place: Place, following: re.Match[str] | None) -> Case | None:
    """Return the case that the closing verb and the source agree on, for a name that stands in none of theirs."""
    cases = {Case(case) for case in place.cases}
    word = folding.fold(following[1]) if following else ""
    governed = word in government.POSTPOSITIONS or government.OFTEN_POSTPOSITIONS.fullmatch(word)
    if not word or governed or len(cases) != 1:
        return None
    (case,) = cases
    found = _CLAUSE.match(place.after)
    clause = government.CLOSED.sub("", found[0].rstrip()) if found else ""
    joined = _JOINED.match(place.after) or (case is not Case.NOM and _JOINED_TO.search(place.before))
    if joined or (case in {Case.NOM, Case.GEN} and _may_own(place, case, clause)):
        return None
    is_place = place.need.concept.kind is ConceptKind.PLACE
    if is_place and case is Case.NOM and place.role in {Role.AT, Role.OBJECT} and government.BEING.match(clause):
        return Case.LOC
    if not _is_nested(case, clause):
        if place.role is Role.AT and not is_place and case is Case.NOM and government.MEMBER.search(clause.lower()):
            return Case.DAT
        for role, standing, verb, asked in _BY_VERB:
            if place.role is role and case in standing and verb.search(clause.lower()):
                return asked if _is_free(place, case, asked, clause) else None
    if place.role is Role.AT and is_place and case is Case.DAT and not government.MOTION.search(place.after):
        return Case.LOC
    return None


def _is_free(place: Place, case: Case, asked: Case, clause: str) -> bool:
    """Tell whether nothing else has the case ``asked``; a document may be indefinite: коммюнике қабылдады."""
    if place.role is Role.OBJECT and place.need.concept.kind is ConceptKind.DOCUMENT:
        return False
    if asked is not Case.ACC:
        return True
    return case is Case.NOM or not _ACCUSATIVE.search(clause)


def _is_nested(case: Case, clause: str) -> bool:
    """Tell whether a participle, converb or infinitive follows that a name in ``case`` may belong to."""
    if case in {Case.DAT, Case.LOC} and government.INFINITIVE.search(clause):
        return True
    if case in {Case.NOM, Case.GEN}:
        clause = government.PASSIVE_PARTICIPLE.sub("", clause)
    return _NESTED.search(clause) is not None


def _may_own(place: Place, case: Case, clause: str) -> bool:
    """Tell whether a noun after the name may belong to it, or be the rest of its phrase; the last word is the verb."""
    words = clause.split()[:-1]
    while words and government.NOT_POSSESSED.fullmatch(words[0].lower()):
        del words[0]
    if len(words) > 1 and folding.fold(words[1]) in government.POSTPOSITIONS:  # Премьер-Министр Ертіс туралы айтты
        return False
    owned = [government.POSSESSED.fullmatch(f" {word}") for word in words]
    if case is Case.GEN:
        return any(owned)
    if words and words[0][0].isupper() and place.need.concept.kind in {ConceptKind.PLACE, ConceptKind.OFFICE}:
        return True
    between = len(words) > 1 and government.BETWEEN_OWNER_AND_OWNED.fullmatch(words[0])
    return bool(any(owned[:1]) or (between and owned[1]))
