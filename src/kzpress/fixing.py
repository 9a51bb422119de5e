"""Puts right in catalogues what a rule alone can; a sentence that is approved is only told of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kzpress import catalog, glossary
from kzpress.domain import Catalog, Entry, Finding, Key, Lang, Severity, State
from kzpress.errors import KzpressError
from kzpress.glossary import Glossary
from kzpress.reviewing import Opened, chosen, findings_of, opened
from kzpress.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A finding and the sentence's translation ``before`` and ``after`` it was put right."""

    finding: Finding
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """What was ``done`` in one catalogue, and what could be in ``approved`` sentences, or why it cannot be told."""

    slug: str
    lang: Lang
    path: Path
    done: tuple[Fix, ...] = ()
    approved: tuple[Fix, ...] = ()
    error: KzpressError | None = None


def fix(workspace: Workspace, slugs: Sequence[str] = (), lang: Lang | None = None) -> Iterator[Fixed]:
    """Apply the fixes that findings offer to drafts, which stay fuzzy; a catalogue that is damaged stops no other.

    Raises:
        CatalogError: a slug has no catalogue.
        GlossaryError, LockedError: nothing was done.
    """
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    with workspace.lock():
        for slug, code, path in chosen(workspace, slugs, lang):
            try:
                found = opened(workspace, slug, code, path)
                mended, done, approved = _mended(terms, found)
                if done:
                    catalog.write(path, mended, over=found.catalog)
            except KzpressError as error:
                yield Fixed(slug=slug, lang=code, path=path, error=error)
            else:
                yield Fixed(slug=slug, lang=code, path=path, done=done, approved=approved)


def _mended(terms: Glossary, found: Opened) -> tuple[Catalog, tuple[Fix, ...], tuple[Fix, ...]]:
    """Return the catalogue with every fix applied, one after the other, those applied, and those of approved texts."""
    mended, done = found.catalog, list[Fix]()
    while True:
        findings = findings_of(terms, mended, found.source, found.date)
        drafts, approved = (_offers(mended, findings, state) for state in (State.DRAFT, State.APPROVED))
        tried = {_told(one) for one in done}
        new = next((one for one in drafts if _told(one) not in tried), None)
        if new is None:
            return mended, tuple(done), tuple(approved)
        done.append(new)
        entries = (_with(entry, new) for entry in mended.entries)
        mended = replace(mended, entries=tuple(entries))


def _offers(found: Catalog, findings: Sequence[Finding], state: State) -> list[Fix]:
    """Return the fixes offered for the entries of this ``state``; what a person has acknowledged is to stand."""
    texts = {entry.key: entry.text for entry in found.entries if entry.state is state}
    return [
        Fix(finding=finding, before=texts[finding.key], after=finding.fix)
        for finding in findings
        if finding.fix is not None and finding.key in texts and finding.severity is not Severity.ACKNOWLEDGED
    ]


def _told(one: Fix) -> tuple[Key, str, str]:
    return one.finding.key, one.finding.code, one.finding.message


def _with(entry: Entry, new: Fix) -> Entry:
    return catalog.put_right(entry, new.after) if entry.key == new.finding.key else entry
