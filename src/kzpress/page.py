"""What is known of each sentence of a catalogue, put together as a reviewer's page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

from kzpress import catalog, glossary, messages
from kzpress.domain import APPROVED, BlockKind, Entry, Finding, Hit, NameKind, Severity, State
from kzpress.glossary import Glossary
from kzpress.reviewing import Opened
from kzpress.speech import _, joined, language

_NEAR: Final = 40  # characters shown beside what a fix changes
_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")
_LABELS: Final = {
    BlockKind.HEADLINE: _("Headline"),
    BlockKind.DATELINE: _("Dateline"),
    BlockKind.LEAD: _("Lead"),
    BlockKind.BODY: _("Paragraph"),
    BlockKind.QUOTE: _("Quotation"),
    BlockKind.ATTRIBUTION: _("Attribution"),
    BlockKind.TABLE: _("Table"),
    BlockKind.NOTE: _("Footnote"),
    BlockKind.MARGIN: _("Running head or foot"),
}
# How a name came to stand in a draft, and whether the words around it want reading for it.
_STEPS: Final = {
    messages.MODEL: (_("the model's own"), False),
    messages.ANNOTATED: (_("told to the model"), False),
    messages.N_BEST: (_("from another translation the model offered"), True),
    messages.VARIANT: (_("put in the place of another name for it"), True),
    messages.GOVERNED: (_("put into the case its neighbour takes"), True),
    messages.PARTS: (_("from the sentence translated in parts: read around it"), True),
    messages.PLACEHOLDER: (_("set into a gap left for it: read around it"), True),
    messages.BRACKET: (_("abbreviation added in brackets"), False),
}
_ORIGIN: Final = "kzpress: "  # so begin notes that say where a draft is from
_MENTIONS: Final = frozenset({messages.FIRST, messages.LATER})

Told = tuple[str, Mapping[str, str]]  # a message and its facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a text: ``mark`` is empty, or what it is shown as; ``number`` that of a name in its sentence."""

    text: str
    mark: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A required name of a sentence: as the source has it, what stands for it (None: nothing), and how it came there.

    A ``doubtful`` one wants the words around it read.
    """

    number: int
    named: str
    form: str | None
    required: str
    how: str
    doubtful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A finding as it is shown, with what its fix changes."""

    finding: Finding
    fix: tuple[Piece, ...]

    @property
    def is_weighed(self) -> bool:
        """Tell whether a person has acknowledged it."""
        return self.finding.severity is Severity.ACKNOWLEDGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A sentence: ``changed`` is its previous source against the present one, ``remarks`` what is doubtful in it."""

    number: int
    label: str
    place: str
    state: State
    edited: bool
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    names: tuple[Name, ...]
    findings: tuple[Shown, ...]
    remarks: tuple[str, ...]
    origin: str
    changed: tuple[Piece, ...]
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The sentences of one block, or, worst first, all of them."""

    label: str
    rows: tuple[Row, ...]


def rows(terms: Glossary, found: Opened, findings: Sequence[Finding]) -> tuple[Row, ...]:
    """Return the sentences of a catalogue in source order, each with its own of ``findings``."""
    return tuple(_row(terms, found, findings, number) for number in range(1, len(found.entries) + 1))


def blocks(rows: Sequence[Row]) -> Iterator[Section]:
    """Yield the sentences block by block: those of one kind that begin at one line of the source."""
    for (label, __), own in groupby(rows, key=lambda row: (row.label, row.place)):
        yield Section(label=label, rows=tuple(own))


def _row(terms: Glossary, found: Opened, findings: Sequence[Finding], number: int) -> Row:
    entry = found.entries[number - 1]
    edited = catalog.is_edited(entry)
    heard = [told for note in entry.notes if (told := messages.heard(note))]
    names, source, target = _names(terms, found, entry, {} if edited else _steps(heard))
    was = entry.previous.source if entry.previous else entry.key.source
    return Row(
        number=number,
        label=_LABELS[entry.key.kind],
        place=(entry.place or "").rpartition(":")[2],
        state=entry.state,
        edited=edited,
        source=source,
        target=target,
        names=names,
        findings=tuple(
            Shown(finding=one, fix=_around(_difference(entry.text, one.fix)) if one.fix else ())
            for one in findings
            if one.key == entry.key
        ),
        remarks=tuple(_remarks(heard, edited=edited)),
        origin=next((_said(told) for told in heard if told[0].startswith(_ORIGIN) and told[0] != messages.UNUSED), ""),
        changed=_difference(was, entry.key.source) if was != entry.key.source else (),
        comment=entry.comment,
    )


def _names(
    terms: Glossary, found: Opened, entry: Entry, steps: Mapping[str, tuple[str, bool]]
) -> tuple[tuple[Name, ...], tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the names that a sentence owes, and its two texts with them marked."""
    target = found.catalog.lang
    hits = glossary.find(terms, entry.key.source, found.source, found.date)
    there = glossary.find(terms, entry.text, target, found.date)
    names: dict[str, Name] = {}
    for number, need in enumerate(glossary.requirements(terms, hits, target), 1):
        own = (hit for hit in there if hit.entry == need.concept.id and hit.kind in APPROVED)
        form = next((entry.text[hit.start : hit.end] for hit in own), None)
        how, doubtful = next((step for noted, step in steps.items() if form and noted in form), ("", False))
        if form is None and glossary.answered(terms, [need], entry.text, target):
            form, how = need.required, _("within a longer name, or as a word made from it")
        named = next(entry.key.source[hit.start : hit.end] for hit in hits if hit.entry == need.concept.id)
        names[need.concept.id] = Name(
            number=number, named=named, form=form, required=need.required, how=how, doubtful=doubtful
        )
    kinds = {hit: "name" if names[hit.entry].form else "missing" for hit in hits}
    return tuple(names.values()), _marked(entry.key.source, kinds, names), _marked(entry.text, _kinds(there), names)


def _kinds(hits: Iterable[Hit]) -> Mapping[Hit, str]:
    return {
        hit: "forbidden" if hit.kind is NameKind.FORBIDDEN else "name" if hit.kind in APPROVED else "variant"
        for hit in hits
    }


def _marked(text: str, kinds: Mapping[Hit, str], names: Mapping[str, Name]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    end = 0
    for hit, mark in kinds.items():
        pieces.append(Piece(text=text[end : hit.start]))
        own = names.get(hit.entry)
        pieces.append(Piece(text=text[hit.start : hit.end], mark=mark, number=own.number if own else None))
        end = hit.end
    return tuple(piece for piece in (*pieces, Piece(text=text[end:])) if piece.text)


def _steps(heard: Iterable[Told]) -> Mapping[str, tuple[str, bool]]:
    """Return by its form how each name came into a draft, and whether that leaves a doubt."""
    heard = list(heard)
    by_rule = any(message == messages.BY_RULE for message, __ in heard)
    steps: dict[str, tuple[str, bool]] = {}
    for message, facts in heard:
        mention = messages.heard(facts["note"]) if message in _MENTIONS else None
        inner, own = mention or (message, facts)
        if inner in _STEPS:
            how, doubtful = _STEPS[inner]
            how = _("rendered by rule") if by_rule and inner == messages.MODEL else how
            first = _("first mention") if message == messages.FIRST else _("mentioned before")
            steps[own["form"]] = (joined("; ", (how, first)) if mention else how, doubtful)
    return steps


def _remarks(heard: Iterable[Told], *, edited: bool) -> Iterator[str]:
    """Yield what a draft's notes say of it that its names and origin do not; of an edited one, what is still news."""
    for message, facts in heard:
        if message == messages.UNUSED:
            yield _said((message, facts))
        elif edited or message in {*_STEPS, *_MENTIONS, messages.MISSING}:
            continue
        elif not message.startswith(_ORIGIN):
            yield _said((message, facts))
        elif facts.get("route", "").count("→") > 1:
            yield _("translated by way of a third language: {route}", route=facts["route"])


def _said(told: Told) -> str:
    message, facts = told
    return messages.say(language(), message, **facts).removeprefix(_ORIGIN)


def _difference(before: str, after: str) -> tuple[Piece, ...]:
    """Return both texts in one, word by word: what is ``gone``, what is ``new``, and what is the same."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    for change, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            pieces.append(Piece(text="".join(old[a:b])))
        else:
            pieces += [Piece(text="".join(old[a:b]), mark="gone"), Piece(text="".join(new[c:d]), mark="new")]
    return tuple(piece for piece in pieces if piece.text)


def _around(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return a difference without the words far from it."""
    shorter: list[Piece] = []
    for at, piece in enumerate(pieces):
        text = piece.text
        if not piece.mark and len(text) > 2 * _NEAR:
            before = f"{text[:_NEAR].rpartition(' ')[0]} " if at else ""
            after = f" {text[-_NEAR:].partition(' ')[2]}" if at < len(pieces) - 1 else ""
            text = f"{before}…{after}"
        shorter.append(replace(piece, text=text))
    return tuple(shorter)
