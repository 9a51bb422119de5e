"""The review of catalogues there are: how far it is, what is found in them, what a changed glossary asks of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kzpress import catalog, checks, glossary
from kzpress.domain import Catalog, Finding, Key, Lang, Severity, State
from kzpress.errors import CatalogError, KzpressError
from kzpress.glossary import Glossary
from kzpress.workspace import Workspace

_OWED: Final = frozenset({"name-missing", "name-wrong-form", "name-forbidden"})  # what a glossary can ask of a text


@dataclass(frozen=True, slots=True, kw_only=True)
class Progressed:
    """How far one locale of one release is, by state and findings, or the error that its catalogue cannot be read."""

    slug: str
    lang: Lang
    path: Path
    empty: int = 0
    draft: int = 0
    approved: int = 0
    findings: tuple[Finding, ...] = ()
    error: KzpressError | None = None

    @property
    def total(self) -> int:
        """Entries that are part of the present release."""
        return self.empty + self.draft + self.approved


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleEntry:
    """A sentence of which the glossary asks something now that it did not when it was drafted, and what.

    One that a person has ``touched``, approved or not, is theirs to change.
    """

    key: Key
    state: State
    touched: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """The stale sentences of one locale of one release, or the error that its catalogue cannot be read."""

    slug: str
    lang: Lang
    path: Path
    total: int = 0
    entries: tuple[StaleEntry, ...] = ()
    error: KzpressError | None = None


def progress_of(workspace: Workspace, slugs: Sequence[str] = (), lang: Lang | None = None) -> Iterator[Progressed]:
    """Yield how far each catalogue is, with its findings, by slug and language; one that is damaged stops no other.

    Raises:
        CatalogError: a slug has no catalogue.
        GlossaryError: the glossary is not valid.
    """
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    for slug, code, path in chosen(workspace, slugs, lang):
        try:
            yield _progressed(workspace, terms, slug, code, path)
        except KzpressError as error:
            yield Progressed(slug=slug, lang=code, path=path, error=error)


def stale_of(workspace: Workspace, slugs: Sequence[str] = (), lang: Lang | None = None) -> Iterator[Stale]:
    """Yield for each catalogue what a changed glossary affects in it; one that is damaged stops no other.

    Raises:
        CatalogError: a slug has no catalogue.
        GlossaryError: the glossary is not valid.
    """
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    for slug, code, path in chosen(workspace, slugs, lang):
        try:
            found, source, date = _opened(workspace, slug, code, path)
        except KzpressError as error:
            yield Stale(slug=slug, lang=code, path=path, error=error)
        else:
            total = sum(entry.state is not State.OBSOLETE for entry in found.entries)
            yield Stale(slug=slug, lang=code, path=path, total=total, entries=stale_entries(terms, found, source, date))


def chosen(workspace: Workspace, slugs: Sequence[str], lang: Lang | None) -> list[tuple[str, Lang, Path]]:
    """Return the catalogues of these releases, of all if none is named, in ``lang`` if one is.

    Raises:
        CatalogError: a slug has no catalogue.
    """
    catalogs = [(slug, code, path) for slug, code, path in workspace.catalogs() if lang in (None, code)]
    for slug in slugs:
        if slug not in {known for known, _, _ in catalogs}:
            raise CatalogError("no catalogue of this release", where=slug, hint="`kzpress status` lists the releases")
    return [one for one in catalogs if not slugs or one[0] in slugs]


def _opened(workspace: Workspace, slug: str, lang: Lang, path: Path) -> tuple[Catalog, Lang, dt.date | None]:
    """Return a catalogue with the language and date of its source."""
    found, record = catalog.read(path), workspace.record(slug)
    named = record.language if record else dict(found.header).get("X-Source-Language")
    if named not in set(Lang) - {lang}:
        raise CatalogError(
            f"its source language is {named or 'not known'}",
            where=str(path),
            hint="translate the release again, or remove the file",
        )
    return found, Lang(named), record.date if record else None


def _progressed(workspace: Workspace, terms: Glossary, slug: str, lang: Lang, path: Path) -> Progressed:
    found, source, date = _opened(workspace, slug, lang, path)
    states = [entry.state for entry in found.entries]
    return Progressed(
        slug=slug,
        lang=lang,
        path=path,
        empty=states.count(State.EMPTY),
        draft=states.count(State.DRAFT),
        approved=states.count(State.APPROVED),
        findings=findings_of(terms, found, source, date),
    )


def stale_entries(terms: Glossary, found: Catalog, source: Lang, date: dt.date | None) -> tuple[StaleEntry, ...]:
    """Return the sentences that the present glossary asks more of than when they were drafted.

    A person's sentence is not among them where its findings about required names are acknowledged.
    """
    stale: list[StaleEntry] = []
    for entry in found.entries:
        if entry.state in {State.EMPTY, State.OBSOLETE}:
            continue
        touched = catalog.is_edited(entry)
        reasons = glossary.outdated(
            terms,
            entry.key.source,
            entry.text,
            source_lang=source,
            target_lang=found.lang,
            date=date,
            made_with=glossary.noted(entry.notes),
            is_machines=not touched,
        )
        if reasons:
            stale.append(StaleEntry(key=entry.key, state=entry.state, touched=touched, reasons=reasons))
    if not any(entry.touched for entry in stale):
        return tuple(stale)
    weighed: dict[Key, set[Severity]] = {}
    for finding in findings_of(terms, found, source, date):
        if finding.code in _OWED:
            weighed.setdefault(finding.key, set()).add(finding.severity)
    settled = {key for key, severities in weighed.items() if severities == {Severity.ACKNOWLEDGED}}
    return tuple(entry for entry in stale if not (entry.touched and entry.key in settled))


def findings_of(terms: Glossary, found: Catalog, source: Lang, date: dt.date | None) -> tuple[Finding, ...]:
    """Return the findings of every entry that is part of the release, those acknowledged that a person weighed."""
    entries = [entry for entry in found.entries if entry.state is not State.OBSOLETE]
    findings = [
        finding
        for entry in entries
        for finding in (
            *checks.run(entry.key.source, entry.text, source, found.lang, entry.key),
            *glossary.check(
                terms,
                entry.key.source,
                entry.text,
                source_lang=source,
                target_lang=found.lang,
                date=date,
                key=entry.key,
            ),
        )
    ]
    findings += glossary.check_release(
        terms,
        [(entry.key, entry.text) for entry in entries],
        source_lang=source,
        target_lang=found.lang,
        date=date,
    )
    return checks.acknowledge(findings, {entry.key: entry.comment for entry in entries if entry.comment})
