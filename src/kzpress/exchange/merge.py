"""What came back, taken into the catalogue sentence by sentence; what a person approved there is never lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kzpress.domain import Catalog, Entry, State
from kzpress.exchange.model import Row, Sheet, alike, base, flat, key_digest, row_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kzpress.domain import Key

_OURS: Final = "kzpress:"


class Fate(StrEnum):
    """What became of a row."""

    APPROVED = "approved"  # taken, or as it was, and a person said that it is right
    TAKEN = "taken"  # taken, still to review
    SAME = "same"
    BLANK = "blank"  # there is no translation in the file
    BOTH = "both"  # changed in the file and in the catalogue since
    UNMARKED = "unmarked"  # changed, but approved in the catalogue, and not said to be ready
    TWICE = "twice"  # stands in the file more than once, differently
    SOURCE = "source"  # the source sentence is not the one that went out
    GONE = "gone"  # no such sentence in the release
    UNNUMBERED = "unnumbered"  # has lost its number


LEFT: Final = frozenset({Fate.BOTH, Fate.UNMARKED, Fate.TWICE, Fate.SOURCE, Fate.GONE, Fate.UNNUMBERED})
FOREIGN: Final = frozenset({Fate.SOURCE, Fate.GONE})  # rows of another release, or of another state of this one
_CHANGED: Final = frozenset({Fate.APPROVED, Fate.TAKEN})
_KEPT: Final = frozenset({Fate.BOTH, Fate.UNMARKED})  # whose words are kept in a comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a row; ``text`` is what the catalogue had, None where it has no such sentence."""

    row: Row
    fate: Fate
    text: str | None = None


def rows_of(found: Catalog, notes: Mapping[Key, tuple[str, ...]]) -> tuple[Row, ...]:
    """Return the rows of a catalogue's present sentences as they go out, with ``notes`` for whoever reads them."""
    return tuple(
        Row(
            id=row_id(entry),
            source=entry.key.source,
            text=entry.text,
            ready=entry.state is State.APPROVED,
            notes=notes.get(entry.key, ()),
            remark="\n".join(_own(entry.comment)),
        )
        for entry in found.entries
        if entry.state is not State.OBSOLETE
    )


def merge(found: Catalog, sheet: Sheet, name: str) -> tuple[Catalog, tuple[Outcome, ...]]:
    """Return the catalogue with what came back in the file ``name``, and what became of each row.

    What only the file changed is taken, approved only where a person said so. Where both changed, or where an approved
    text was changed and nobody said that it is ready, the catalogue's stays and the file's is kept in a comment. Doing
    it twice is doing it once.
    """
    entries = {key_digest(entry.key): entry for entry in found.entries if entry.state is not State.OBSOLETE}
    said = {(row.key, row.text, row.ready) for row in sheet.rows if row.id}
    often = Counter(key for key, _, _ in said)
    outcomes = tuple(_outcome(entries.get(row.key), row, twice=often[row.key] > 1) for row in sheet.rows)
    changed = {
        outcome.row.key: _taken(entries[outcome.row.key], outcome, name)
        for outcome in outcomes
        if outcome.text is not None and outcome.fate not in {Fate.TWICE, Fate.SOURCE}
    }
    merged = tuple(
        changed.get(key_digest(entry.key), entry) if entry.state is not State.OBSOLETE else entry
        for entry in found.entries
    )
    return replace(found, entries=merged), outcomes


def _outcome(entry: Entry | None, row: Row, *, twice: bool) -> Outcome:
    if entry is None:
        return Outcome(row=row, fate=Fate.GONE if row.id else Fate.UNNUMBERED)
    if not alike(row.source, entry.key.source):
        return Outcome(row=row, fate=Fate.SOURCE, text=entry.text)
    return Outcome(row=row, fate=Fate.TWICE if twice else _fate(entry, row), text=entry.text)


def _fate(entry: Entry, row: Row) -> Fate:
    was = row.id[11:]
    changed_here = base(entry.text, entry.state) != was
    changed_there = base(row.text, State.EMPTY)[:-1] != was[:-1]
    if row.text == flat(entry.text):
        return Fate.APPROVED if row.ready and entry.text and entry.state is not State.APPROVED else Fate.SAME
    if not row.text:
        return Fate.BLANK
    if changed_here:
        return Fate.BOTH if changed_there or row.ready else Fate.SAME
    if entry.state is State.APPROVED and not row.ready:
        return Fate.UNMARKED
    return Fate.APPROVED if row.ready else Fate.TAKEN


def _taken(entry: Entry, outcome: Outcome, name: str) -> Entry:
    row = outcome.row
    lines = _lines(entry.comment)
    new = [line for line in _lines(row.remark) if line not in lines]
    if outcome.fate in _KEPT:
        line = flat(f"{_OURS} other translation, {name}: {row.text}")
        new += [line] if line not in lines else []
    comment = "\n".join([*lines, *new]) if new else entry.comment
    if outcome.fate not in _CHANGED:
        return replace(entry, comment=comment)
    approved = outcome.fate is Fate.APPROVED
    return replace(
        entry,
        text=entry.text if flat(entry.text) == row.text else row.text,
        state=State.APPROVED if approved else State.DRAFT,
        comment=comment,
        previous=None if approved else entry.previous,
    )


def _lines(text: str) -> list[str]:
    # Whatever ends a line: a carriage return in a comment would make the catalogue unreadable.
    return [line.strip() for line in text.splitlines() if line.strip()]


def _own(comment: str) -> Iterable[str]:
    """Return a comment without the lines that kzpress reads or writes."""
    return (line for line in _lines(comment) if not line.casefold().startswith(_OURS))
