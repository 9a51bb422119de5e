"""What is counted: names in translations, names recognised in sources, and changes where nothing should change."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from testset import Kind, Name, Row

from kzpress import glossary, text
from kzpress.domain import Hit, Lang, NameKind
from kzpress.glossary import Glossary
from kzpress.glossary.find import Candidate, matches
from kzpress.glossary.model import POSSESSED, Case
from kzpress.glossary.require import is_adjective_of, requirements, standing

_APPROVED: Final = frozenset({NameKind.NAME, NameKind.SHORT})


# ------------------------------------------------------------------ one name in one translation


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of one name in one translation.

    ``exact``: the reference's form stands there. ``lemma``: some form of an approved name does, full or short.
    ``accepted``: ``kzpress check`` has nothing to say. ``right_case``: the reference's form stands there, or
    one that can be of its case. ``base`` is the uninflected name that stands there, ``asked`` the one in the source.
    """

    line: int
    entry: str
    kind: str
    oblique: bool
    exact: bool
    lemma: bool
    accepted: bool
    right_case: bool
    base: str | None
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Judges the names of one direction."""

    terms: Glossary
    source: Lang
    target: Lang

    def verdict(self, row: Row, name: Name, output: str) -> Verdict:
        """Return the verdict on ``name`` of ``row`` in its translation ``output``."""
        form = name.forms[self.target]
        exact = _stands(form.text, output)
        there = self._approved(name.entry, output)
        found = glossary.find(self.terms, row.texts[self.source], self.source, row.date)
        hits = [hit for hit in found if hit.entry == name.entry]
        return Verdict(
            line=row.line,
            entry=name.entry,
            kind=self.terms.entries[name.entry].kind,
            oblique=form.case is not None and form.case != Case.NOM,
            exact=exact,
            lemma=bool(there),
            # A name that is not recognised in the source cannot be asked for: then any approved one will do.
            accepted=self._accepted(hits, output) if hits else bool(there),
            right_case=exact or any(form.case in {case.removeprefix(POSSESSED) for case in one.cases} for one in there),
            base=there[0].base if there else None,
            asked=hits[0].base if hits else name.forms[self.source].text,
        )

    def _approved(self, entry: str, output: str) -> list[Candidate]:
        """Return the readings of ``output`` as an approved name of ``entry``, in order."""
        return [
            reading
            for match in sorted(matches(self.terms, output, self.target), key=lambda m: (m.start, -m.end))
            for reading in (*match.candidates, *match.loose)
            if reading.concept.id == entry and reading.kind in _APPROVED
        ]

    def _accepted(self, hits: Sequence[Hit], output: str) -> bool:
        """Ask what ``glossary.check`` asks."""
        need = requirements(self.terms, hits, self.target)[0]
        return standing(self.terms, need, output, self.target) is not None or is_adjective_of(need, output, self.target)


def _stands(form: str, output: str) -> bool:
    """Tell whether ``form`` stands in ``output`` between word boundaries, whatever the dashes, quotes and spaces."""
    wanted = re.escape(text.fold(form, case=False))
    return re.search(rf"(?<!\w){wanted}(?!\w)", text.fold(output, case=False)) is not None


# ------------------------------------------------------------------ all names of a direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts over the verdicts of one direction; ``repeated`` names have company, ``alike`` agree with most of it."""

    names: int
    exact: int
    lemma: int
    accepted: int
    oblique: int
    right_case: int
    right_surface: int
    repeated: int
    alike: int

    @classmethod
    def of(cls, verdicts: Sequence[Verdict]) -> Tally:
        """Count."""
        oblique = [verdict for verdict in verdicts if verdict.oblique]
        repeated, alike = _consistency(verdicts)
        return cls(
            names=len(verdicts),
            exact=sum(verdict.exact for verdict in verdicts),
            lemma=sum(verdict.lemma for verdict in verdicts),
            accepted=sum(verdict.accepted for verdict in verdicts),
            oblique=len(oblique),
            right_case=sum(verdict.right_case for verdict in oblique),
            right_surface=sum(verdict.exact for verdict in oblique),
            repeated=repeated,
            alike=alike,
        )


def _consistency(verdicts: Sequence[Verdict]) -> tuple[int, int]:
    """Return how many names the sources repeat in the same words, and how many of those the targets call alike.

    A name that is missing is like no other.
    """
    groups: defaultdict[tuple[str, str], list[str | None]] = defaultdict(list)
    for verdict in verdicts:
        groups[verdict.entry, verdict.asked].append(verdict.base)
    repeated = [bases for bases in groups.values() if len(bases) > 1]
    alike = sum(max(Counter(base for base in bases if base).values(), default=0) for bases in repeated)
    return sum(map(len, repeated)), alike


# ------------------------------------------------------------------ sentences without names


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """Counts over the controls of one kind: ``changed`` differ from the model's own text, ``inserted`` by a name."""

    sentences: int
    changed: int
    inserted: int


def controls(terms: Glossary, alone: Sequence[str], outputs: Sequence[str], target: Lang) -> Controls:
    """Compare translations of controls with those of the model alone."""
    return Controls(
        sentences=len(outputs),
        changed=sum(ours != model for ours, model in zip(outputs, alone, strict=True)),
        inserted=sum(
            bool(_names(terms, ours, target) - _names(terms, model, target))
            for ours, model in zip(outputs, alone, strict=True)
        ),
    )


def _names(terms: Glossary, output: str, lang: Lang) -> set[str]:
    return {hit.entry for hit in glossary.find(terms, output, lang, None)}


# ------------------------------------------------------------------ recognition in the sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """Counts of names in sentences of one language, a name once a sentence.

    ``alarms`` are controls of kind ``near`` in which a name was seen; they are also in ``wrong``. Entries that the set
    annotates nowhere count as neither.
    """

    annotated: int
    right: int
    wrong: int
    alarms: int

    @property
    def recall(self) -> float:
        """The share of annotated names that was seen."""
        return self.right / self.annotated

    @property
    def precision(self) -> float:
        """The share of seen names that are annotated."""
        return self.right / max(1, self.right + self.wrong)


def by_find(terms: Glossary, row: Row, lang: Lang) -> set[str]:
    """Return the entries that kzpress recognises in a row."""
    return {hit.entry for hit in glossary.find(terms, row.texts[lang], lang, row.date)}


@dataclass(frozen=True, slots=True)
class WordBoundary:
    r"""Recognition as Weblate does it: each listed term as it stands, ``\b…\b``, whatever the capitals.

    As there (``get_glossary_terms``), a boundary is where no letter or figure stands, so quotation marks may be part.

    In its favour: of overlapping terms only the longest is taken, and of entries with the same term the one valid on
    the day, which Weblate does not do.
    """

    terms: Glossary
    owners: Mapping[str, tuple[str, ...]]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, terms: Glossary, lang: Lang) -> WordBoundary:
        """List the names, short names and variants of one language."""
        owners: defaultdict[str, list[str]] = defaultdict(list)
        for concept in terms.entries.values():
            names = (concept.names[lang], *concept.short.get(lang, ()), *concept.variants.get(lang, ()))
            for listed in dict.fromkeys(listed.lower() for listed in names):
                owners[listed].append(concept.id)
        longest_first = sorted(owners, key=len, reverse=True)
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
        return cls(terms, {listed: tuple(ids) for listed, ids in owners.items()}, pattern)

    def __call__(self, row: Row, lang: Lang) -> set[str]:
        """Return the entries recognised in a row."""
        found: set[str] = set()
        for match in self.pattern.finditer(row.texts[lang]):
            owners = self.owners.get(match[0].lower(), ())
            found.update(sorted(owners, key=lambda entry: not self.terms.entries[entry].is_valid(row.date))[:1])
        return found


def detected(rows: Sequence[Row], seen: Sequence[set[str]]) -> Detected:
    """Count what was ``seen`` in each of ``rows``."""
    judged = {name.entry for row in rows for name in row.uses}
    right = wrong = alarms = 0
    for row, entries in zip(rows, seen, strict=True):
        annotated = {name.entry for name in row.uses}
        right += len(entries & annotated)
        if row.kind is Kind.TERM:
            wrong += len((entries & judged) - annotated)
        else:
            wrong += len(entries)
            alarms += row.kind is Kind.NEAR and bool(entries)
    return Detected(annotated=sum(len(row.uses) for row in rows), right=right, wrong=wrong, alarms=alarms)
