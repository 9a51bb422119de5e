"""Tells Kazakh suffixes that do not sound with their name, or that no hyphen joins to an abbreviation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import Lang
from kzpress.glossary import inflect_kk
from kzpress.glossary.model import POSSESSED, Case, ConceptKind
from kzpress.glossary.surfaces import is_abbreviation, written
from kzpress.speech import _, either

if TYPE_CHECKING:
    from kzpress.glossary.find import Candidate
    from kzpress.glossary.model import Concept

# Vowels that are read alone, so that an abbreviation ending in one is heard without doubt: БҰҰ, ЕҚЫҰ, ЕО.
_HEARD_VOWELS: Final = frozenset("аәоөұүыіе")
_OTHER_HARMONY: Final = str.maketrans({"а": "е", "е": "а", "ы": "і", "і": "ы", "ғ": "г", "г": "ғ", "қ": "к", "к": "қ"})
# Names whose harmony no one doubts: vowels of one row and a native letter, a final vowel, or -стан. Other loans are
# heard both ways (Бакуде, Бакуда; Бангкокта, Бангкокте).
_BACK: Final = re.compile(r"(?=.*(?:[қғңұ]|[аы]$))[^еёиуэюяәөүі]+|\w+стан")
_FRONT: Final = re.compile(r"(?=.*(?:[әөүі]|е$))[^аёиоуыэюяұқғ]+")


def misspelt_suffix(concept: Concept, bases: Sequence[str], text: str, lang: Lang) -> tuple[str, str] | None:
    """Return a Kazakh name of ``bases`` in ``text`` whose suffix breaks vowel harmony, and the form to write.

    Such forms are no forms of the name, so that it is otherwise simply not found: Қазақстаннің, Астанаге.
    """
    if lang is not Lang.KK or concept.kind is ConceptKind.PERSON:  # surnames in -ев are heard both ways
        return None
    folded = folding.fold(text)
    for base in bases:
        wrong = _wrong_harmony(base)
        for found in re.finditer(rf"(?<!\w){re.escape(folding.fold(base))}\w{{1,5}}(?!\w)", folded) if wrong else ():
            if found[0] in wrong:
                return text[found.start() : found.end()], wrong[found[0]]
    return None


def suffix_of_abbreviation(found: str, readings: Sequence[Candidate]) -> tuple[bool, str] | None:
    """Return what is wrong with the suffix of an abbreviation, and before it whether that is certain.

    A hyphen stands between, and the vowels agree with those it is read with.
    """
    right = {form.lower() for reading in readings for form in _heard(reading).values()}
    if found.lower() in right or any(not reading.cases for reading in readings):
        return None
    reading, options = readings[0], _heard(readings[0])
    write = either(dict.fromkeys(_("“{form}”", form=options[case]) for case in reading.cases if case in options))
    facts = {"found": found, "right": write}
    suffix, certain = found[len(reading.base) :], reading.base[-1:].lower() in _HEARD_VOWELS
    if not suffix.startswith("-"):
        words = _("“{found}”: a hyphen stands between an abbreviation and its suffix: write {right}", **facts)
        return True, words
    if certain or _is_front(suffix) not in {None, *_possible(reading)}:
        words = _("“{found}”: the suffix does not follow the sound of the abbreviation: write {right}", **facts)
        return certain, words
    return None


def _heard(reading: Candidate) -> Mapping[str, str]:
    return written(reading.concept, reading.base, Lang.KK)


def _possible(reading: Candidate) -> Iterator[bool]:
    """Yield whether suffixes are front: as the abbreviation is read letter by letter, and as the name it stands for."""
    letters = _is_front(inflect_kk.decline(reading.base)[Case.GEN][len(reading.base) :])
    yield bool(letters)
    yield inflect_kk.is_front(reading.concept.names[Lang.KK].split()[-1])


def _is_front(suffix: str) -> bool | None:
    """Return whether the vowels of ``suffix`` are front; None where they do not tell (-мен)."""
    bare = suffix.lower().lstrip("-")
    return None if bare in {"мен", "пен", "бен"} else any(ch in "еі" for ch in bare)


@lru_cache(maxsize=4096)
def _wrong_harmony(base: str) -> Mapping[str, str]:
    """Return the forms of ``base`` with vowels of the other harmony, folded, each with the right form."""
    word = base.rsplit(" ", maxsplit=1)[-1]
    if is_abbreviation(word) or not (_BACK.fullmatch(word.lower()) or _FRONT.fullmatch(word.lower())):
        return {}
    wrong: dict[str, str] = {}
    for case, form in inflect_kk.decline(base).items():
        if not case.startswith(POSSESSED) and case not in {Case.NOM, Case.INS} and form.startswith(base):
            wrong[folding.fold(base + form[len(base) :].translate(_OTHER_HARMONY))] = form
    return wrong
