"""The source sentence as far as its names are concerned: which part each plays in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import Hit, Lang
from kzpress.glossary import inflect_ru
from kzpress.glossary.government import PREPOSITIONS
from kzpress.glossary.model import POSSESSED, Case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzpress.domain import Mention


class Role(StrEnum):
    """What a name is in its sentence, whatever the language."""

    SUBJECT = "subject"
    OBJECT = "object"
    PATIENT = "patient"  # the subject of a passive
    OF = "of"  # whose, of whom
    ATTRIBUTE = "attribute"  # as it is before a noun: the Caspian Sea region
    TO = "to"
    AT = "at"
    FROM = "from"
    WITH = "with"
    BY = "by"


# The case of a Russian preposition that governs two, by what the name is in the source.
CHOSEN: Final[Mapping[Role, frozenset[Case]]] = {
    Role.AT: frozenset({Case.LOC}),
    Role.TO: frozenset({Case.ACC, Case.DAT}),
    Role.FROM: frozenset({Case.GEN}),
    Role.WITH: frozenset({Case.INS}),
}
_ENGLISH: Final[Mapping[str, Role]] = {
    "of": Role.OF,
    "to": Role.TO,
    "into": Role.TO,
    "in": Role.AT,
    "at": Role.AT,
    "within": Role.AT,
    "from": Role.FROM,
    "left": Role.FROM,
    "with": Role.WITH,
    "by": Role.BY,
}
# Not "was", "were" and the like: the subject of a passive is no subject in another language's active.
_ENGLISH_VERB: Final = re.compile(r"\s(?:also\s)?(?:said|told|held|has|have|had|will|took|met|made|\w{3,}ed)\s(?!by\b)")
_ENGLISH_PASSIVE: Final = re.compile(
    r"\s(?:(?:has|have|had)\sbeen|was|were|is|are|will\sbe)\s(?:\w+ly\s)?(?:\w{2,}ed|met|told|seen|shown|chosen)\b"
)
# What may follow a name that is a whole phrase: "to the UN and", but not "to the UN Secretariat".
_ENGLISH_END: Final = re.compile(
    r"\s*[^\w\s'’–-]|$|\s(?:and|or|of|in|on|at|to|for|from|with|by|as|that|which|who|when|during|after|before|under|about|"
    r"is|are|was|were|has|have|had|will|would|also|said|met|held|took|they|he|she|we|it|the|this|these|its|their|all|"
    r"can|could|should|must|may|while|where|again|together|until|since|through|between|against|amid|\w+ed|\d\S*)(?!\w)"
)
_SURNAME_FOLLOWS: Final = re.compile(r"\s?[-A-Z'’]")  # a person's name is a whole phrase else
_KAZAKH: Final[Mapping[str, Role]] = {
    Case.GEN: Role.OF,
    Case.DAT: Role.TO,
    Case.ACC: Role.OBJECT,
    Case.LOC: Role.AT,
    Case.ATTR: Role.AT,
    Case.ABL: Role.FROM,
    Case.INS: Role.WITH,
}
_RUSSIAN: Final[Mapping[str, Role]] = {Case.GEN: Role.OF, Case.DAT: Role.TO, Case.INS: Role.BY}
_RUSSIAN_AFTER: Final[Mapping[str, Mapping[str, Role]]] = {
    "в": {Case.LOC: Role.AT, Case.ACC: Role.TO},
    "на": {Case.LOC: Role.AT, Case.ACC: Role.TO},
    "с": {Case.INS: Role.WITH, Case.GEN: Role.FROM},
    "из": {Case.GEN: Role.FROM},
    "от": {Case.GEN: Role.FROM},
    "у": {Case.GEN: Role.FROM},
    "к": {Case.DAT: Role.TO},
}
_RUSSIAN_LEFT: Final = re.compile(r"поки(?:ну|да)")  # one leaves a place, in Kazakh as in «из»
_RUSSIAN_SEEN: Final = re.compile(r"посе(?:ти|ща)")  # what is visited visits nothing itself
_INSIDE: Final = re.compile(r"\b(?:of|to|in|at|from|with|by|for|on|about|into|near|under)\s(?:the\s)?$", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"\s[a-z]+(?:\s|[.,]|$)")
_ENGLISH_OBJECT: Final = re.compile(
    r"(?:^|\s)(?:(?!(?:was|were|been|being|be|is|are|by)\s)\w+\s(?:\w{2,}ed|met|told|gave|led|saw)|"
    r"(?:will|would|can|could|should|must)\s(?!be|have|also)[a-z]{3,}|"
    r"to\s(?:visit|meet|invite|support|join|congratulate|thank|assist|host|represent|receive|help|leave|welcome|greet))"
    r"\s(?:the\s)?$"
)
# "X was told": what is the subject in English has something given to it.
_ENGLISH_RECEIVES: Final = re.compile(
    r"\s(?:is|was|were|(?:has|have)\sbeen)\s(?:told|given|shown|awarded|offered|granted|sent)\s(?!to\b)"
)
_ENGLISH_GIVEN: Final = re.compile(
    r"(?:^|\s)(?:gave|told|sent|showed|offered|handed|granted|awarded|taught)\s(?:the\s)?$"
)
_ENGLISH_GIFT: Final = re.compile(r"\s(?:a|an|the|its|their|his|her|about|that|how|why|\d\S*)\s")
_ACCORDING: Final = re.compile(r"according to (?:the )?$", re.IGNORECASE)
_WORD_BEFORE: Final = re.compile(r"([\w-]+)\s(?:the\s)?[«“\"]?$", re.IGNORECASE)
_WORD_AFTER: Final = re.compile(r"\s([\w-]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sentence with its language, and which of its names the release names first or again."""

    text: str
    lang: Lang
    mentions: Mapping[str, Mention] = field(default_factory=dict)


def role_of(source: Source, hit: Hit, *, person: bool = False) -> Role | None:
    """Return the part the name at ``hit`` plays; None where its form and the words beside it leave that open."""
    before = _WORD_BEFORE.search(source.text[: hit.start])
    word = folding.fold(before[1]) if before else ""
    opens = not any(ch.isalnum() for ch in source.text[: hit.start])
    if source.lang is Lang.EN:
        return _in_english(source.text, hit, word, opens=opens, person=person)
    cases = {case.removeprefix(POSSESSED) for case in hit.cases}
    if source.lang is Lang.KK:
        return _KAZAKH.get(next(iter(cases))) if len(cases) == 1 else None
    return _in_russian(source.text, hit, cases, word, opens=opens)


def _in_english(text: str, hit: Hit, word: str, *, opens: bool, person: bool) -> Role | None:
    if Case.GEN in hit.cases:
        return Role.OF
    if opens or (word == "the" and not text[: hit.start].strip(' «“"').lower().removeprefix("the")):
        if _ENGLISH_RECEIVES.match(text, hit.end):
            return Role.TO
        if _ENGLISH_VERB.match(text, hit.end):
            return Role.SUBJECT
        return Role.PATIENT if _ENGLISH_PASSIVE.match(text, hit.end) else None
    if _ENGLISH_GIVEN.search(text, 0, hit.start) and _ENGLISH_GIFT.match(text, hit.end):
        return Role.TO
    ends = _ENGLISH_END.match(text, hit.end) or (person and not _SURNAME_FOLLOWS.match(text, hit.end))
    if not ends:
        inside = _INSIDE.search(text, 0, hit.start) and _ATTRIBUTE.match(text, hit.end)
        return Role.ATTRIBUTE if inside else None
    if _ACCORDING.search(text, 0, hit.start):
        return Role.OF  # по данным, -ның айтуынша
    return Role.OBJECT if _ENGLISH_OBJECT.search(text[: hit.start]) else _ENGLISH.get(word)


def _in_russian(text: str, hit: Hit, cases: set[str], word: str, *, opens: bool) -> Role | None:
    after = _WORD_AFTER.match(text, hit.end)
    if opens and Case.NOM in cases:
        return Role.SUBJECT if after and inflect_ru.is_verb(after[1]) else None
    folded = "в" if word == "во" else "с" if word == "со" else "к" if word == "ко" else word
    if folded in PREPOSITIONS:
        found = {role for case, role in _RUSSIAN_AFTER.get(folded, {}).items() if case in cases}
    elif Case.ACC in cases and _is_object(hit, cases, word, opens=opens):
        return Role.FROM if _RUSSIAN_LEFT.match(word) else Role.OBJECT
    elif Case.GEN in cases and inflect_ru.is_noun(word):
        return Role.OF
    else:
        found = {role for case, role in _RUSSIAN.items() if case in cases} if len(cases) == 1 else set()
    return next(iter(found)) if len(found) == 1 else None


def _is_object(hit: Hit, cases: set[str], verb: str, *, opens: bool) -> bool:
    """Tell whether an accusative is the object of the ``verb`` before it, or opens the sentence before its subject.

    One that may be a nominative is the object of a verb that does not agree with it: попросил Министерство.
    """
    if Case.NOM not in cases:
        return opens or inflect_ru.is_verb(verb)
    if not (inflect_ru.is_verb(verb) and inflect_ru.is_transitive(verb)):
        return False
    if _RUSSIAN_SEEN.match(verb) or _RUSSIAN_LEFT.match(verb):
        return True
    gender, own = inflect_ru.past_gender(verb), inflect_ru.gender_of(hit.base)
    return None not in {gender, own} and gender != own
