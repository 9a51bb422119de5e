"""Bringing a catalogue up to date with its release and fresh drafts, without touching what a person wrote.

The rules are those of ``msgmerge --previous``, made stricter where a person's words are at stake:

- A text that a person approved or changed is never replaced. Which texts are the machine's own is told by the note
  ``kzpress: draft <digest>``: a text that does not answer its digest was edited.
- A sentence whose block only changed its kind, as a lead does below a new paragraph, is the same sentence.
- A changed sentence takes over the person's translation of the old one as a draft, or else gets the new draft.
- A sentence that is gone leaves the person's text as an obsolete entry; the machine's own drafts go with it.
- A sentence that returns finds its obsolete text again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kzpress import messages
from kzpress.catalog.header import refresh
from kzpress.domain import Catalog, Entry, Lang, State
from kzpress.errors import CatalogError
from kzpress.speech import _
from kzpress.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kzpress.domain import Key

# How alike an old and a new sentence must be, 0..1, for one to count as an edit of the other: the figure pot2po uses.
SIMILAR: Final = 0.75

_RECORD: Final = "kzpress: draft "


def is_edited(entry: Entry) -> bool:
    """Tell whether a person's hand is in the text: approved, or not the text that the machine wrote."""
    if not entry.text:
        return False
    return _is_approved(entry) or not _is_machines(entry)


def is_left_to_a_person(entry: Entry) -> bool:
    """Tell whether the entry is empty because the model only guessed."""
    return not entry.text and any(_guess(note) is not None for note in entry.notes)


def is_answered(entry: Entry) -> bool:
    """Tell whether nothing is to be asked of the machine: the entry has a text, or is left to a person."""
    return bool(entry.text) or is_left_to_a_person(entry)


def untouched(found: Catalog) -> frozenset[Key]:
    """Return the entries in which there is no person's hand."""
    return frozenset(entry.key for entry in found.entries if not is_edited(entry))


def put_right(entry: Entry, text: str) -> Entry:
    """Return a draft with its text put right by a rule: the machine's own text stays known as the machine's."""
    if is_edited(entry):
        return replace(entry, text=text)
    notes = tuple(note for note in entry.notes if not note.startswith(_RECORD))
    return _recorded_draft(replace(entry, text=text, notes=notes))


def merge(
    old: Catalog | None,
    drafts: Sequence[Entry],
    *,
    lang: Lang,
    header: Sequence[tuple[str, str]],
    redraft: bool = False,
    notes_in: Lang | None = None,
) -> Catalog:
    """Return the catalogue of the present release: an entry for each of ``drafts``, then the obsolete ones.

    ``drafts`` are in source order, DRAFT or EMPTY. A draft already in ``old`` stays as it is; ``redraft`` replaces
    those that no person has touched. ``notes_in`` is the reviewer's language, None for the catalogue's. Merging twice
    is merging once.

    Raises:
        CatalogError: if ``old`` is of another language, or two drafts have one key.

    """
    if old is not None and old.lang is not lang:
        raise CatalogError(_("a catalogue of {old} cannot take drafts of {new}", old=old.lang, new=lang))
    wanted = {draft.key for draft in drafts}
    if len(wanted) < len(drafts):
        raise CatalogError(_("two drafts have one key"), hint=_("number repeated sentences in their context"))
    known = {entry.key: entry for entry in old.entries} if old else {}
    gone = [entry for entry in known.values() if entry.key not in wanted]
    moved = _moves([draft for draft in drafts if draft.key not in known], gone)
    known |= {key: replace(entry, key=key) for key, entry in moved.items()}
    before = {entry.key for entry in moved.values()}
    gone = [entry for entry in gone if entry.key not in before]
    changed = _changes([draft for draft in drafts if draft.key not in known], gone)
    entries = [
        _kept(known[draft.key], draft, redraft=redraft)
        if draft.key in known
        else _carried(changed.get(draft.key), draft, notes_in or lang)
        for draft in drafts
    ]
    taken = {entry.key for entry in changed.values()}
    return Catalog(
        lang=lang,
        header=refresh(old.header if old else (), header),
        entries=(*entries, *_obsolete(entry for entry in gone if entry.key not in taken)),
        header_comment=old.header_comment if old else "",
    )


def _kept(entry: Entry, draft: Entry, *, redraft: bool) -> Entry:
    """Return ``entry``, whose sentence is still in the release, at its present place."""
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    if not entry.text and not draft.text and not draft.notes:
        return replace(entry, place=draft.place, flags=flags)
    if not entry.text or (redraft and is_answered(draft) and not is_edited(entry)):
        return replace(_recorded_draft(draft), comment=entry.comment, flags=flags, previous=entry.previous)
    approved = _is_approved(entry)
    return replace(
        entry,
        state=State.APPROVED if approved else State.DRAFT,
        # Notes speak of the text they were written for, and a digest must not turn a person's text into the machine's.
        notes=_recorded_draft(draft).notes if entry.text == draft.text and _is_machines(entry) else entry.notes,
        place=draft.place,
        previous=None if approved else entry.previous,
        flags=flags,
    )


def _carried(before: Entry | None, draft: Entry, notes_in: Lang) -> Entry:
    """Return the entry of a sentence that is new, or that was ``before`` until it was edited."""
    fresh = _recorded_draft(draft)
    if before is None:
        return fresh
    if not is_edited(before):
        return replace(fresh, comment=before.comment, previous=before.key if draft.text else None)
    guesses = {note: guess for note in draft.notes if (guess := _guess(note)) is not None}
    said = draft.text or next(iter(guesses.values()), "")
    unused = (messages.say(notes_in, messages.UNUSED, text=_one_line(said)),) if said else ()
    notes = (_one_line(note) for note in draft.notes if note not in guesses)
    return replace(
        fresh,
        text=before.text,
        state=State.DRAFT,
        comment=before.comment,
        notes=(*notes, *unused),
        previous=before.key,
        flags=tuple(flag for flag in before.flags if flag != "fuzzy"),
    )


def _obsolete(gone: Iterable[Entry]) -> list[Entry]:
    kept: list[Entry] = []
    for entry in gone:
        if entry.state is State.OBSOLETE:
            kept.append(entry)
        elif is_edited(entry):
            flags = entry.flags if _is_approved(entry) else ("fuzzy", *entry.flags)
            kept.append(replace(entry, state=State.OBSOLETE, notes=(), place=None, previous=None, flags=flags))
    return kept


def _moves(new: Sequence[Entry], gone: Sequence[Entry]) -> dict[Key, Entry]:
    """Return the entry each new sentence was under another key, a person's and one of the same kind first."""
    by_source: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in gone:
        by_source[entry.key.source].append(entry)
    moved: dict[Key, Entry] = {}
    for draft in new:
        same = by_source[draft.key.source]
        if same:
            kind = _kind(draft.key)
            best = min(
                same,
                key=lambda e: (not is_edited(e), not _is_approved(e), _kind(e.key) != kind, e.state is State.OBSOLETE),
            )
            same.remove(best)
            moved[draft.key] = best
    return moved


def _changes(new: Sequence[Entry], gone: Sequence[Entry]) -> dict[Key, Entry]:
    """Return the entry each new sentence is an edit of, most alike first; an old entry serves one sentence only."""
    from rapidfuzz.distance import Indel

    sources = [(entry, _kind(entry.key), fold(entry.key.source)) for entry in gone if entry.text or entry.comment]
    alike: list[tuple[float, int, int]] = []
    for at, draft in enumerate(new):
        kind, source = _kind(draft.key), fold(draft.key.source)
        for was, (__, old_kind, old_source) in enumerate(sources):
            if kind == old_kind:
                score = Indel.normalized_similarity(source, old_source, score_cutoff=SIMILAR)
                if score >= SIMILAR:
                    alike.append((-score, at, was))
    found: dict[int, int] = {}
    for _score, at, was in sorted(alike):
        if at not in found and was not in found.values():
            found[at] = was
    return {new[at].key: sources[was][0] for at, was in found.items()}


def _is_approved(entry: Entry) -> bool:
    return entry.state is State.APPROVED or (entry.state is State.OBSOLETE and "fuzzy" not in entry.flags)


def _recorded_draft(draft: Entry) -> Entry:
    """Return ``draft`` with the digest of its text among its notes."""
    notes = tuple(_one_line(note) for note in draft.notes)
    if not draft.text:
        return replace(draft, state=State.EMPTY, notes=notes)
    return replace(draft, state=State.DRAFT, notes=(*notes, f"{_RECORD}{_digest(draft.text)}"))


def _guess(note: str) -> str | None:
    """Return the guess that a note tells of, None if it tells of none."""
    heard = messages.heard(note)
    return heard[1]["text"] if heard and heard[0] == messages.GUESS else None


def _is_machines(entry: Entry) -> bool:
    """Tell whether the text is, letter for letter, what the machine wrote."""
    return f"{_RECORD}{_digest(entry.text)}" in entry.notes


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _kind(key: Key) -> str:
    return key.context.partition("#")[0]
