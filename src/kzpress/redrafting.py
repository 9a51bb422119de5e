"""Catalogues there are, drafted again from the kept sources, but for what a person has touched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from kzpress import catalog, glossary, ingest
from kzpress.asking import Progress
from kzpress.detect import detect
from kzpress.domain import Lang, Release
from kzpress.engine import Engine
from kzpress.errors import CatalogError, KzpressError, ReleaseError
from kzpress.flowing import Item
from kzpress.glossary import Glossary
from kzpress.pipeline import carry_out, item_of, settled
from kzpress.planning import Plan, Read, lay_out
from kzpress.results import Translated
from kzpress.reviewing import chosen, stale_entries
from kzpress.speech import _, reason
from kzpress.workspace import Record, Workspace


def redraft(
    workspace: Workspace,
    slugs: Sequence[str],
    engine: Engine,
    *,
    lang: Lang | None = None,
    stale_only: bool = False,
    progress: Progress | None = None,
) -> Iterator[Translated]:
    """Draft the catalogues there are again from the kept sources, but for what a person has touched.

    ``stale_only`` leaves alone what the present glossary asks no more of than when it was drafted; a release without
    such sentences is passed over.

    Raises:
        CatalogError, GlossaryError, WorkspaceError, LockedError: nothing was done.
    """
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    with workspace.lock():
        found = [
            (slug, [path for _, _, path in catalogs])
            for slug, catalogs in groupby(chosen(workspace, slugs, lang), key=itemgetter(0))
        ]

        def planned() -> Iterator[Item[Translated]]:
            for slug, paths in found:
                try:
                    plan = _replan(workspace, terms, slug, paths, engine, stale_only=stale_only)
                except KzpressError as error:
                    yield settled(Translated(path=Path(slug), slug=slug, error=error))
                else:
                    if plan.wanted:
                        yield item_of(workspace, terms, plan)

        yield from carry_out(workspace, terms, planned(), engine, progress, expected=len(found))


def _replan(
    workspace: Workspace, terms: Glossary, slug: str, paths: Sequence[Path], engine: Engine, *, stale_only: bool
) -> Plan:
    """Plan to draft again what is untouched, or of that what is stale, in the catalogues at ``paths``."""
    there = {found.lang: found for found in map(catalog.read, paths)}
    release, data, record = reread(workspace, slug)
    source = record.language
    found = Read(path=workspace.source(record), release=release, detection=detect(release.blocks), data=data)
    renewed, left = {lang: catalog.untouched(before) for lang, before in there.items()}, dict.fromkeys(there, 0)
    if stale_only:
        for lang, before in there.items():
            stale = stale_entries(terms, before, source, found.release.date)
            renewed[lang] = frozenset(entry.key for entry in stale if not entry.touched)
            left[lang] = len(stale) - len(renewed[lang])
        there = {lang: before for lang, before in there.items() if renewed[lang] or left[lang]}
    reviewer = workspace.settings.reviewer
    return lay_out(terms, found, slug, source, engine, reviewer=reviewer, there=there, renewed=renewed, left=left)


def reread(workspace: Workspace, slug: str) -> tuple[Release, bytes, Record]:
    """Read the kept source of a release again, under the date its record has.

    Raises:
        CatalogError, ReleaseError: it is not kept, not readable, or not what was received.
    """
    record = workspace.record(slug)
    if record is None:
        raise CatalogError(_("its source is not kept here"), where=slug, hint=_("translate the release's file again"))
    path = workspace.source(record)
    try:
        data = path.read_bytes()
    except OSError as error:
        hint = _("translate the release's file again")
        raise ReleaseError(
            _("the kept source cannot be read ({reason})", reason=reason(error)), where=str(path), hint=hint
        ) from error
    if hashlib.sha256(data).hexdigest() != record.digest:
        hint = _("restore it, or translate the release's file again")
        raise ReleaseError(_("this is not the source as it was received"), where=str(path), hint=hint)
    return replace(ingest.read_bytes(data, record.origin, workspace.settings.limits), date=record.date), data, record
