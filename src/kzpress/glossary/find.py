"""Recognises the glossary's concepts in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kzpress import text as folding
from kzpress.domain import Hit, Lang, NameKind
from kzpress.glossary import meant
from kzpress.glossary.index import Reading, index
from kzpress.glossary.model import ConceptKind
from kzpress.glossary.surfaces import is_abbreviation

if TYPE_CHECKING:
    import datetime as dt

    from kzpress.glossary.model import Concept, Glossary

_KIND_RANK: Final = {kind: rank for rank, kind in enumerate(NameKind)}
_SPACES: Final = str.maketrans("\t\n", "  ")
_MONEY_AFTER: Final = re.compile(r" (?:dollar|доллар)")
_MONEY_BEFORE: Final = re.compile(r"доллар[а-я]* $")
_PREFIX: Final = re.compile(r"(?<!\w)(?:trans|inter|pan|non|anti|pro|intra)-$")  # Trans-Caspian, inter-MFA
_LATER_CAPITAL: Final = re.compile(r"[\s-]\W*[A-Z]")
_ENGLISH_CAPITALS: Final = re.compile(r"[A-Za-z’' -]*\s[A-Z]")
# Beside a hyphen these are parts of other words: Премьер-Министр, экс-министр, Азимова-Серік.
_HYPHEN_JOINS: Final = frozenset({ConceptKind.OFFICE, ConceptKind.PERSON})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One reading of a surface: a concept's name ``base``, in any of ``cases``, with its capitals as in ``form``."""

    concept: Concept
    kind: NameKind
    base: str
    form: str
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A surface at [start, end) with its possible readings; ``loose`` ones fit but for a small first letter."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    loose: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The surfaces in a text, what in it is told to be no name, and the text folded but for its capitals."""

    matches: tuple[Match, ...]
    unlike: tuple[tuple[int, int], ...]
    cased: str


def find(glossary: Glossary, text: str, lang: Lang, date: dt.date | None) -> tuple[Hit, ...]:
    """Return the concepts named in ``text``, in order, none overlapping: longest match first, on word boundaries.

    Of concepts that share a form, the one valid on ``date`` (without a date: still valid) is taken, then a name
    before a short name before a variant.
    """
    hits = [_hit(match, date) for match in longest(named(glossary, text, lang))]
    return tuple(sorted(hits, key=lambda hit: hit.start))


@lru_cache(maxsize=4096)
def named(glossary: Glossary, text: str, lang: Lang) -> tuple[Match, ...]:
    """Return the matches in ``text`` that name something, and are not only alike; remembered, as :func:`seen` is."""
    there = seen(glossary, text, lang)
    found: list[Match] = []
    for at, match in enumerate(there.matches):
        if meant.other_words(match.start, match.end, there.unlike, there.cased):
            continue
        where = meant.Surroundings(
            before=there.cased[max(0, match.start - meant.REACH) : match.start],
            name=there.cased[match.start : match.end],
            after=there.cased[match.end : match.end + meant.REACH],
            named=tuple(
                other.start - match.end
                for other in there.matches[at + 1 : at + meant.REACH]
                if other.start >= match.end
            ),
        )
        candidates = tuple(c for c in match.candidates if not meant.other_thing(c.concept, lang, where))
        if candidates:
            found.append(replace(match, candidates=candidates))
    return tuple(found)


def matches(glossary: Glossary, text: str, lang: Lang) -> tuple[Match, ...]:
    """Return every surface of the glossary in ``text``, overlapping ones too, whatever it may mean there."""
    return seen(glossary, text, lang).matches


@lru_cache(maxsize=4096)
def seen(glossary: Glossary, text: str, lang: Lang) -> Seen:
    """Return what the glossary's forms match.

    Remembered, because enforcement asks for each name and each hypothesis, and the checks ask once more.
    """
    cased, folded = as_searched(text)
    found: list[Match] = []
    unlike: list[tuple[int, int]] = []
    for start, end, readings in index(glossary, lang).search(folded):
        candidates = [_candidate(glossary, reading) for reading in readings]
        if any(c.kind is NameKind.UNLIKE for c in candidates):
            unlike.append((start, end))
        free = tuple(
            c
            for c in candidates
            if c.kind is not NameKind.UNLIKE
            and not _joined(c, folded, start, end)
            and not _of_currency(c, folded, start, end)
        )
        fit = tuple(c for c in free if _capitals_fit(c, cased[start:end]))
        loose = tuple(c for c in free if c not in fit and not is_abbreviation(c.base))
        if fit or loose:
            found.append(Match(start=start, end=end, candidates=fit, loose=loose))
    return Seen(matches=tuple(found), unlike=tuple(unlike), cased=cased)


def as_searched(text: str) -> tuple[str, str]:
    """Return ``text`` folded but for its capitals, and folded, in which the forms are looked for."""
    spaced = text.translate(_SPACES)
    cased = folding.fold(spaced, case=False)
    lowered = cased.lower()
    return cased, lowered if len(lowered) == len(cased) else folding.fold(spaced)


def longest(found: tuple[Match, ...]) -> tuple[Match, ...]:
    """Return the matches with a reading that are inside no longer one; of equals the first in the text."""
    kept: list[Match] = []
    taken: set[int] = set()
    for match in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        span = range(match.start, match.end)
        if match.candidates and not taken.intersection((span[0], span[-1])):
            kept.append(match)
            taken.update(span)
    return tuple(kept)


def _hit(match: Match, date: dt.date | None) -> Hit:
    best = min(match.candidates, key=lambda candidate: _preference(candidate, date))
    return Hit(
        entry=best.concept.id, kind=best.kind, start=match.start, end=match.end, base=best.base, cases=best.cases
    )


def _preference(candidate: Candidate, date: dt.date | None) -> tuple[bool, int, str]:
    return not candidate.concept.is_valid(date), _KIND_RANK[candidate.kind], candidate.concept.id


def _candidate(glossary: Glossary, reading: Reading) -> Candidate:
    return Candidate(
        concept=glossary.entries[reading.entry],
        kind=reading.kind,
        base=reading.base,
        form=reading.form,
        cases=reading.cases,
    )


def _joined(candidate: Candidate, folded: str, start: int, end: int) -> bool:
    if _PREFIX.search(folded[max(start - 7, 0) : start]):
        return True
    if candidate.concept.kind not in _HYPHEN_JOINS:
        return False
    before, after = folded[max(start - 2, 0) : start], folded[end : end + 2]
    return (len(before) == 2 and before[1] == "-" and before[0].isalpha()) or (
        len(after) == 2 and after[0] == "-" and after[1].isalpha()
    )


def _of_currency(candidate: Candidate, folded: str, start: int, end: int) -> bool:
    """Tell whether a country only says whose money is meant, which "$" may answer: долларов США, АҚШ доллары."""
    if candidate.concept.kind is not ConceptKind.PLACE:
        return False
    return (
        _MONEY_AFTER.match(folded, end) is not None
        or _MONEY_BEFORE.search(folded, max(0, start - meant.REACH), start) is not None
    )


def _each_capital(form: str, found: str) -> bool:
    """Tell whether every word of a person's name that has a capital has one in the text, too: Ван И, not "Ван и"."""
    return not any(
        ours[:1].isupper() and theirs[:1].islower() for ours, theirs in zip(form.split(), found.split(), strict=False)
    )


def _capitals_fit(candidate: Candidate, found: str) -> bool:
    """Tell whether the capitals of ``found`` are those the name needs.

    Abbreviations need theirs; a short or one-word name that the glossary capitalises needs its first; of a longer
    English name one capital must be left after the first word (the European Union, but a European union of beekeepers).
    Shouted text fits everything.
    """
    if is_abbreviation(candidate.base):
        return found in {candidate.form, candidate.form.upper()}
    if candidate.concept.kind is ConceptKind.PERSON and not _each_capital(candidate.form, found):
        return False
    if candidate.kind is NameKind.FORBIDDEN:
        return True
    if candidate.kind is NameKind.SHORT or " " not in candidate.base:
        first = next((ch for ch in candidate.form if ch.isalpha()), "")
        if first.isupper() and not next((ch for ch in found if ch.isalpha()), "").isupper():
            return False
    return not _ENGLISH_CAPITALS.match(candidate.form) or _LATER_CAPITAL.search(found) is not None
