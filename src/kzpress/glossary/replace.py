"""Puts an approved name in the place of another name of the same concept, in the case its sentence needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import Hit, Lang
from kzpress.glossary import inflect_ru
from kzpress.glossary.model import POSSESSED, Case, ConceptKind
from kzpress.glossary.surfaces import is_abbreviation, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzpress.glossary.require import Requirement

# Prepositions by the cases they govern, the likelier after the name of an institution first.
_PREPOSITIONS: Final = (
    ("от из у для до без после против около ради вокруг среди кроме помимо вместо стороны", (Case.GEN,)),
    ("из-за относительно касательно насчет внутри вне", (Case.GEN,)),
    ("к ко благодаря согласно вопреки навстречу", (Case.DAT,)),
    ("по", (Case.DAT, Case.LOC)),
    ("в во на", (Case.LOC, Case.ACC)),
    ("о об обо при", (Case.LOC,)),
    ("с со", (Case.INS, Case.GEN)),
    ("за под", (Case.ACC, Case.INS)),
    ("над перед между", (Case.INS,)),
    ("через про сквозь", (Case.ACC,)),
)
_GOVERNED: Final = {word: cases for words, cases in _PREPOSITIONS for word in words.split()}
_BEFORE: Final = re.compile(r"([\w-]+)\s+[«\"(“]?$")
_AFTER: Final = re.compile(r"\s+([\w-]+)")
_NEXT_PART: Final = re.compile(r"\s(?:(?:of|in|в|во)\s)?(?:the\s)?(\w+)")
_STEM: Final = 6  # letters by which Казахстана is known as a word of "… Республики Казахстан"


def replaced(text: str, hit: Hit, need: Requirement, lang: Lang) -> str:
    """Return ``text`` with the name at ``hit`` replaced by the required one, or as it is if the case is undecidable.

    Words of the approved name that stand beside the variant are taken in, so that "МИД Казахстана" does not become
    "Министерство … Республики Казахстан Казахстана".
    """
    table = written(need.concept, need.required, lang)
    case = _case(text, hit, table, lang)
    if case is None:
        return text
    form = _like(text[hit.start : hit.end], hit.base, table[case], need.required)
    start, end = _widened(text, hit, need.required, lang)
    before, after = text[:start], text[end:]
    if lang is Lang.RU and case == Case.NOM and need.concept.kind is not ConceptKind.PERSON:
        agreed = _agreeing(before, after, hit.base, need.required)
        if agreed is None:
            return text
        after = agreed
    return before + form + after


def _case(text: str, hit: Hit, table: Mapping[str, str], lang: Lang) -> str | None:
    """Return the key of ``table`` for the place of ``hit``; None where its form leaves it open."""
    if not hit.cases:
        return Case.NOM
    known = [case if case in table else case.removeprefix(POSSESSED) for case in hit.cases]
    if len({table[case] for case in known}) == 1:
        return known[0]
    return _russian_case(text, hit) if lang is Lang.RU else known[0]


def _russian_case(text: str, hit: Hit) -> str | None:
    words = _words_before(text[: hit.start])
    previous = words[0] if words else ""
    for word in words:
        governed = [case for case in _GOVERNED.get(word, ()) if case in hit.cases]
        if governed:
            return governed[0]
        if not inflect_ru.is_adjective(word):
            break
    following = _AFTER.match(text, hit.end)
    if Case.NOM in hit.cases and (not previous or (following and inflect_ru.is_verb(following[1]))):
        return Case.NOM
    if Case.GEN in hit.cases and inflect_ru.is_noun(previous):
        return Case.GEN
    if Case.ACC in hit.cases and inflect_ru.is_verb(previous):
        return None if Case.NOM in hit.cases else Case.ACC  # the subject or the object of the verb before it
    if Case.NOM not in hit.cases:
        return next(case for case in (Case.GEN, Case.ACC, Case.DAT, Case.INS, Case.LOC) if case in hit.cases)
    return Case.NOM if set(hit.cases) <= {Case.NOM, Case.ACC} else None


def _words_before(before: str) -> list[str]:
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


def _agreeing(before: str, after: str, old: str, new: str) -> str | None:
    """Return ``after`` with a past-tense verb right there agreeing with ``new``; None if a word before cannot."""
    gender = inflect_ru.gender_of(new)
    if gender is None or gender == inflect_ru.gender_of(old):
        return after
    words = _words_before(before)
    if words and (inflect_ru.is_adjective(words[0]) or inflect_ru.is_verb(words[0])):
        return None
    verb = _AFTER.match(after)
    return after if verb is None else after[: verb.start(1)] + inflect_ru.agree(verb[1], gender) + after[verb.end(1) :]
