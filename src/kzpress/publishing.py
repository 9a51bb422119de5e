"""From reviewed catalogues to editions: what is published now, is corrected, or was withdrawn.

What may be published ``readiness`` decides; what is, the ledger beside each release remembers word for word, and every
file is made from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from kzpress import edition, files, glossary
from kzpress.domain import Lang
from kzpress.edition import Article, Edition, Ledger, Publication, Renderer, Site
from kzpress.edition.words import day_of
from kzpress.errors import CatalogError, KzpressError, UsageError, WorkspaceError
from kzpress.glossary import Glossary
from kzpress.readiness import Reason, Standing, Why, standings
from kzpress.redrafting import reread
from kzpress.segment import segment
from kzpress.settings import PUBLISH_HINT, SETTINGS
from kzpress.speech import _
from kzpress.workspace import Record, Workspace


class Outcome(StrEnum):
    """What became of one locale of one release."""

    PUBLISHED = "published"  # for the first time, or again after it was withdrawn
    CORRECTED = "corrected"  # other words than before, and a note that says so
    CURRENT = "up to date"
    NOT_READY = "not ready"
    STALE = "stale"  # online as it was; what it is made from is not ready again
    WITHDRAWN = "withdrawn"

    @property
    def is_good(self) -> bool:
        """Tell whether readers now see what the reviewers approved."""
        return self in {Outcome.PUBLISHED, Outcome.CORRECTED, Outcome.CURRENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of one locale, with the files that were written, or the error that stopped it or its release."""

    slug: str
    lang: Lang | None = None
    outcome: Outcome | None = None
    reasons: tuple[Reason, ...] = ()
    written: tuple[Path, ...] = ()
    error: KzpressError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A release withdrawn since ``since``, or no more if that is None; ``changed`` tells whether it was so before.

    ``failed`` are the feeds and sitemaps that could not be written, and other releases that are missing in them.
    """

    slug: str
    since: dt.datetime | None
    langs: tuple[Lang, ...]
    changed: bool
    written: tuple[Path, ...] = ()
    failed: tuple[KzpressError, ...] = ()


# ------------------------------------------------------------------ publish


def publish(
    workspace: Workspace, slugs: Sequence[str] = (), lang: Lang | None = None, *, now: dt.datetime
) -> Iterator[Done]:
    """Publish what is ready of these releases, of all if none is named, in ``lang`` only if one is; tell of the rest.

    What is online already is made again from what is remembered of it, and written where that changes a byte. A
    release that fails stops no other.

    Raises:
        CatalogError: a slug is not known.
        GlossaryError, WorkspaceError, LockedError: nothing was done.
    """
    site = site_of(workspace)
    terms = glossary.load(workspace.glossary, cache=workspace.index)
    chosen = _chosen(workspace, slugs)
    with workspace.lock():
        renderer = Renderer(site, workspace.templates)
        failed = set()
        for slug in chosen:
            try:
                yield from _publish(workspace, terms, renderer, slug, lang=lang, now=now)
            except KzpressError as error:
                failed.add(error.where)
                yield Done(slug=slug, error=error)
        for slug, problem in _write_indexes(workspace, site):
            if problem.where not in failed:
                yield Done(slug=slug, error=problem)


def site_of(workspace: Workspace) -> Site:
    """Return the site that the settings describe.

    Raises:
        WorkspaceError: they describe none.
    """
    settings = workspace.settings.publish
    if settings is None:
        raise WorkspaceError(_("nothing is said of where to publish"), where=str(workspace.root / SETTINGS), hint=_HINT)
    return Site(url=settings.url, names=settings.organisation, latin=settings.latin)


_HINT: Final = _("add {example}", example=PUBLISH_HINT)


def _chosen(workspace: Workspace, slugs: Sequence[str]) -> list[str]:
    known = {slug for slug, _, _ in workspace.catalogs()} | {slug for slug, _ in workspace.ledgers()}
    for slug in slugs:
        if slug not in known:
            raise CatalogError(
                _("no catalogue of this release"), where=slug, hint=_("`kzpress status` lists the releases")
            )
    return sorted(known.intersection(slugs) if slugs else known)


def _publish(
    workspace: Workspace, terms: Glossary, renderer: Renderer, slug: str, *, lang: Lang | None, now: dt.datetime
) -> Iterator[Done]:
    release, _, record = reread(workspace, slug)
    segments = segment(release.blocks, record.language)
    before = edition.read(workspace.ledger(slug)) or Ledger(language=record.language)
    ledger = replace(before, language=record.language, latin=before.latin or renderer.site.latin)
    published = [one.lang for one in before.publications]
    found = standings(workspace, terms, record, segments, published=published, lang=lang)
    if not ledger.withdrawn:
        for one in found:
            if one.article is not None:
                ledger = edition.amend(ledger, _publication(renderer.site, record, one.lang, one.article, now))
    written = _put_online(workspace, renderer, slug, ledger) if ledger.publications else ()
    for one in found:
        yield _done(slug, one, before, ledger, [path for path in written if _is_of(path, one.lang)])


def _publication(site: Site, record: Record, lang: Lang, article: Article, now: dt.datetime) -> Publication:
    day = now.date()
    return Publication(
        lang=lang,
        id=site.tag_uri(day, f"{record.slug}/{lang}"),
        source=record.digest,
        article=article,
        date=record.date,
        first=now,
        updated=now,
    )


def _done(slug: str, one: Standing, before: Ledger, ledger: Ledger, written: Sequence[Path]) -> Done:
    if one.error:
        return Done(slug=slug, lang=one.lang, error=one.error)
    was, now = before.of(one.lang), ledger.of(one.lang)
    if ledger.withdrawn:
        outcome, reasons = Outcome.WITHDRAWN, (Reason(why=Why.WITHDRAWN, detail=day_of(ledger.withdrawn).isoformat()),)
        return Done(slug=slug, lang=one.lang, outcome=outcome, reasons=reasons, written=tuple(written))
    if one.article is None or now is None:
        outcome = Outcome.STALE if was and was.withdrawn is None else Outcome.NOT_READY
    elif was is None or was.withdrawn is not None:
        outcome = Outcome.PUBLISHED
    else:
        same = (was.article, was.date) == (now.article, now.date)
        outcome = Outcome.CURRENT if same else Outcome.CORRECTED
    return Done(slug=slug, lang=one.lang, outcome=outcome, reasons=one.reasons, written=tuple(written))


# ------------------------------------------------------------------ withdraw


def withdraw(workspace: Workspace, slug: str, *, undo: bool = False, now: dt.datetime) -> Withdrawal:
    """Put a tombstone in the place of every edition of a release; ``undo`` lets it pass the gate again.

    After ``undo`` the tombstones stay until the release is published again: what was withdrawn is not to come back
    because of a slip.

    A withdrawal that was cut short is completed by the next.

    Raises:
        UsageError: nothing of it was published.
        WorkspaceError, LockedError: nothing was done.
    """
    site = site_of(workspace)
    with workspace.lock():
        # Only a name that is a folder's: “slug/” finds the ledger, too, and would leave the pages as they are.
        before = edition.read(workspace.ledger(slug)) if slug in dict(workspace.ledgers()) else None
        if before is None or not before.publications:
            raise UsageError(
                _("nothing of this release was published"), where=slug, hint=_("`kzpress status` lists the releases")
            )
        langs = tuple(one.lang for one in before.publications)
        if undo:
            changed = edition.write(workspace.ledger(slug), replace(before, withdrawn=None))
            return Withdrawal(slug=slug, since=None, langs=langs, changed=changed)
        ledger = before
        if before.withdrawn is None:
            gone = tuple(replace(one, withdrawn=now, updated=now) for one in before.publications)
            ledger = replace(before, withdrawn=now, publications=gone)
        written = _put_online(workspace, Renderer(site, workspace.templates), slug, ledger)
        failed = tuple(error for _, error in _write_indexes(workspace, site))
        changed = before.withdrawn is None
        return Withdrawal(
            slug=slug, since=ledger.withdrawn, langs=langs, changed=changed, written=written, failed=failed
        )


# ------------------------------------------------------------------ files


def _put_online(workspace: Workspace, renderer: Renderer, slug: str, ledger: Ledger) -> tuple[Path, ...]:
    """Write the ledger and the files of every edition; return those that changed.

    All is made before anything is written, and the ledger goes first: with it a run that was cut short is completed
    by the next, instants included.
    """
    made = {
        workspace.edition(one.tag, f"{slug}.{suffix}"): data
        for one in edition.editions_of(slug, ledger)
        for suffix, data in sorted(renderer.files(one).items())
    }
    edition.write(workspace.ledger(slug), ledger)
    return tuple(path for path, data in made.items() if files.write(path, data, error=WorkspaceError))


def _write_indexes(workspace: Workspace, site: Site) -> Iterator[tuple[str, KzpressError]]:
    """Write the feed and sitemap of every locale of which anything was ever published; yield what failed.

    A release whose ledger is damaged is missing in them until it is restored, and holds up no other.
    """
    by_tag: dict[str, list[Edition]] = {}
    for slug, path in workspace.ledgers():
        try:
            ledger = edition.read(path)
        except WorkspaceError as error:
            yield slug, error
            continue
        for one in edition.editions_of(slug, ledger) if ledger else ():
            by_tag.setdefault(one.tag, []).append(one)
    for tag, editions in by_tag.items():
        place = workspace.edition(tag, "feed.atom")
        try:
            known = edition.id_of(place.read_bytes()) if place.is_file() else None
            files.write(place, edition.feed(editions, site, known), error=WorkspaceError)
            _write_sitemap(workspace.edition(tag, "sitemap.xml"), edition.sitemap(editions, site))
        except WorkspaceError as error:
            yield "", error


def _write_sitemap(path: Path, data: bytes | None) -> None:
    if data is not None:
        files.write(path, data, error=WorkspaceError)
    else:
        files.remove(path, error=WorkspaceError)


def _is_of(path: Path, lang: Lang) -> bool:
    return path.parent.name.partition("-")[0] == lang
