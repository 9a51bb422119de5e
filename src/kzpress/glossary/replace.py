"""Puts an approved name in the place of another name of the same concept, in the case its sentence needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import Hit, Lang
from kzpress.glossary import inflect_ru, persons
from kzpress.glossary.government import AGREEING_STEM, PREPOSITIONS
from kzpress.glossary.model import POSSESSED, Case, ConceptKind
from kzpress.glossary.source import CHOSEN, Role
from kzpress.glossary.surfaces import is_abbreviation, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzpress.glossary.require import Requirement

_BEFORE: Final = re.compile(r"([\w-]+)\s+[«\"(“]?$")
_AFTER: Final = re.compile(r"\s+([\w-]+)")
_NEXT_PART: Final = re.compile(r"\s(?:(?:of|in|в|во)\s)?(?:the\s)?(\w+)")
_AGREEING: Final = re.compile(rf"{AGREEING_STEM}\w{{2,3}}")
_STEM: Final = 6  # letters by which Казахстана is known as a word of "… Республики Казахстан"


def replaced(text: str, hit: Hit, need: Requirement, lang: Lang) -> str:
    """Return ``text`` with the name at ``hit`` replaced by the required one, or as it is if the case is undecidable.

    Words of the approved name that stand beside the variant are taken in, so that "МИД Казахстана" does not become
    "Министерство … Республики Казахстан Казахстана".
    """
    table = written(need.concept, need.required, lang)
    case = _case(text, hit, table, need, lang)
    if case is None:
        return text
    form = _like(text[hit.start : hit.end], hit.base, table[case], need.required)
    start, end = _widened(text, hit, need.required, lang)
    around: tuple[str, str] | None = text[:start], text[end:]
    if lang is Lang.RU and around:
        around = agreed(*around, case, need, old=hit.base)
    return text if around is None else around[0] + form + around[1]


def _case(text: str, hit: Hit, table: Mapping[str, str], need: Requirement, lang: Lang) -> str | None:
    """Return the key of ``table`` for the place of ``hit``; None where its form leaves it open."""
    if not hit.cases:
        return Case.NOM
    known = [case if case in table else case.removeprefix(POSSESSED) for case in hit.cases]
    if len({table[case] for case in known}) == 1:
        return known[0]
    return _russian_case(text, hit, need.role) if lang is Lang.RU else known[0]


def _russian_case(text: str, hit: Hit, role: Role | None) -> str | None:
    words = words_before(text[: hit.start])
    previous = words[0] if words else ""
    for word in words:
        governed = [case for case in PREPOSITIONS.get(word, ()) if case in hit.cases]
        if governed:
            return next((case for case in governed if role and case in CHOSEN.get(role, ())), governed[0])
        if not inflect_ru.is_adjective(word):
            break
    following = _AFTER.match(text, hit.end)
    if Case.NOM in hit.cases and (not previous or (following and inflect_ru.is_verb(following[1]))):
        return Case.NOM
    if Case.GEN in hit.cases and inflect_ru.is_noun(previous):
        return Case.GEN
    if Case.NOM in hit.cases and role is Role.SUBJECT and len(words) == 1 and inflect_ru.is_verb(previous):
        return (
            Case.NOM
        )  # Сообщило Министерство: the verb opens the sentence, and the source has the name as its subject
    if Case.ACC in hit.cases and inflect_ru.is_verb(previous):
        return None if Case.NOM in hit.cases else Case.ACC  # the subject or the object of the verb before it
    if Case.NOM not in hit.cases:
        return next(case for case in (Case.GEN, Case.ACC, Case.DAT, Case.INS, Case.LOC) if case in hit.cases)
    return Case.NOM if set(hit.cases) <= {Case.NOM, Case.ACC} else None


def words_before(before: str) -> list[str]:
    """Return up to three words before a name, the nearest first, in lower case, back to a punctuation mark."""
    words: list[str] = []
    while len(words) < 3 and (match := _BEFORE.search(before)):
        words.append(folding.fold(match[1]))
        before = before[: match.start()]
    return words


def _like(found: str, base: str, form: str, required: str) -> str:
    """Return ``form`` with the capitals and the kind of apostrophe of ``found``."""
    if found.isupper() and not is_abbreviation(base) and len(found) > 1:
        return form.upper()
    if "’" in found:
        form = form.replace("'", "’")
    return form[:1].upper() + form[1:] if found[:1].isupper() and not required[:1].isupper() else form


def _widened(text: str, hit: Hit, required: str, lang: Lang) -> tuple[int, int]:
    """Return the span of ``hit`` with the neighbouring words that are words of the required name only."""
    stems = _stems(required) - _stems(hit.base)
    start, end = hit.start, hit.end
    if lang is Lang.KK:
        while (match := re.search(r"(\w+)\s$", text[:start])) and folding.fold(match[1])[:_STEM] in stems:
            start = match.start()
    else:
        while (match := _NEXT_PART.match(text, end)) and folding.fold(match[1])[:_STEM] in stems:
            end = match.end()
    return start, end


def _stems(name: str) -> set[str]:
    return {word[:_STEM] for word in folding.fold(name).split() if len(word) >= _STEM}


def agreed(before: str, after: str, case: str, need: Requirement, *, old: str | None = None) -> tuple[str, str] | None:
    """Return what is ``before`` and ``after`` a Russian name put there in ``case`` with its words agreeing with it.

    These are the adjective before it and, if it is a subject, its past-tense verb. ``old`` is the name they agreed with
    until now, if there was one. None if a word before it cannot be made to agree.
    """
    if need.concept.kind is ConceptKind.PERSON and old is not None:
        return before, after
    gender = gender_of(need)
    if gender is None or (old is not None and gender == inflect_ru.gender_of(old)):
        return before, after
    last = _BEFORE.search(before)
    if last and inflect_ru.is_adjective(last[1]):
        animate = need.concept.kind in {ConceptKind.PERSON, ConceptKind.OFFICE}
        sure = _AGREEING.fullmatch(folding.fold(last[1]))
        adjective = inflect_ru.agree_adjective(last[1], gender, case, animate=animate) if sure else None
        if adjective is None:
            return None
        before = before[: last.start(1)] + adjective + before[last.end(1) :]
    if case != Case.NOM:
        return before, after
    if last and inflect_ru.is_verb(last[1]):
        return before[: last.start(1)] + inflect_ru.agree(last[1], gender) + before[last.end(1) :], after
    verb = predicate(after)
    if verb:
        after = after[: verb.start(1)] + inflect_ru.agree(verb[1], gender) + after[verb.end(1) :]
    return before, after


def gender_of(need: Requirement) -> str | None:
    """Return the gender of the required Russian name; an abbreviation has that of its full name (ООН решила)."""
    if need.concept.kind is ConceptKind.PERSON:
        return {"f": "femn", "m": "masc"}[persons.gender(need.concept)]
    if not is_abbreviation(need.required):
        return inflect_ru.gender_of(need.required)
    spoken = bool(inflect_ru.decline_spoken(need.required))  # МИД сообщил, though it is a ministry
    return "masc" if spoken else inflect_ru.gender_of(need.concept.names[Lang.RU])


def predicate(after: str) -> re.Match[str] | None:
    """Return the finite verb that follows a Russian subject, also after adverbs (также сообщило); None if none does."""
    at = 0
    while (word := _AFTER.match(after, at)) and inflect_ru.is_adverb(word[1]):
        at = word.end()
    return word if word and inflect_ru.is_verb(word[1]) else None
