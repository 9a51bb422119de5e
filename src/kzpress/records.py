"""Which release is which: an index of the records, so that one of a hundred thousand is known without reading them.

One SQLite file, brought up to date whenever it is opened: a record whose file has another stamp is read again. It may be
deleted; one that is damaged is made anew, and one that cannot be written goes unused.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, fields
from pathlib import Path
from typing import Final

from kzpress.domain import Lang, Release
from kzpress.errors import ReleaseError, WorkspaceError
from kzpress.review_index import stamp
from kzpress.speech import _
from kzpress.text import fold
from kzpress.workspace import Record, Workspace

_ALIKE: Final = 0.5  # of two titles; of unrelated sentences of NTREX news one pair in a thousand is as alike
_VERSION: Final = 1
_FIELDS: Final = tuple(field.name for field in fields(Record))
_TABLES: Final = f"""
CREATE TABLE records ({", ".join(_FIELDS)}, stamp, PRIMARY KEY (slug)) WITHOUT ROWID;
CREATE INDEX by_digest ON records (digest);
CREATE INDEX by_day ON records (origin, language, date);
CREATE INDEX by_title ON records (origin, language, title);
"""
_SELECT: Final = f"SELECT {', '.join(_FIELDS)} FROM records"  # noqa: S608 - names of fields
_KEPT: Final = 500  # rows written at once


class Records:
    """The records there were when this was opened, and the releases that this call has ``taken`` since."""

    def __init__(self, workspace: Workspace, database: sqlite3.Connection) -> None:
        self._workspace, self._database = workspace, database
        self._taken: dict[str, str] = {}  # slugs by digest
        self._slugs: set[str] = set()
        self._numbers: dict[str, int] = {}  # below which every number of a slug is in use

    def settle(self, release: Release, language: Lang) -> str:
        """Return the slug ``release`` is kept under.

        The same bytes are the same release. So are, corrected, those of the same file name and language with a like
        title on the same day, or, undated, with the same title. Another release of the same slug gets ``-2``, ``-3`` ….

        Raises:
            ReleaseError: another file of this call is the same release.
            WorkspaceError: what is remembered under the slug cannot be read.
        """
        if slug := self._taken.get(release.digest):
            return slug
        same = self.of_digest(release.digest) or self._before(release, language)
        for record in same:
            if record.slug not in self._slugs:
                return record.slug
        if same:
            raise ReleaseError(
                _("another file of this call is the same release"),
                where=release.origin,
                hint=_("give one of them another name, or translate them one after the other"),
            )
        return self._free(release.slug)

    def take(self, slug: str, digest: str) -> None:
        """Note that this call is at work on a release: another one of it is refused, or gets another slug."""
        self._taken.setdefault(digest, slug)
        self._slugs.add(slug)

    def is_taken(self, slug: str) -> bool:
        """Tell whether this call is, or was, at work on a release."""
        return slug in self._slugs

    def of_digest(self, digest: str) -> tuple[Record, ...]:
        """Return the records of these bytes, by slug."""
        return tuple(map(_record, self._database.execute(f"{_SELECT} WHERE digest = ? ORDER BY slug", (digest,))))

    def _before(self, release: Release, language: Lang) -> list[Record]:
        """Return what ``release``, other bytes, is a correction of, the likeliest first."""
        date = release.date.isoformat() if release.date else None
        of_file = f"{_SELECT} WHERE origin = :origin AND language = :language"
        rows = self._database.execute(
            f"{of_file} AND date = :date"
            f" UNION {of_file} AND title = :title AND (date IS NULL OR :date IS NULL) ORDER BY slug",
            {"origin": release.origin, "language": language, "date": date, "title": release.title},
        )
        return sorted(
            (record for record in map(_record, rows) if _is_before(record, release)),
            key=lambda record: (record.date == release.date, _likeness(record, release)),
            reverse=True,
        )

    def _free(self, wished: str) -> str:
        number = self._numbers.get(wished, 1)
        while self._is_used(slug := f"{wished}-{number}" if number > 1 else wished):
            number += 1
        self._numbers[wished] = number
        return slug

    def _is_used(self, slug: str) -> bool:
        return slug in self._slugs or self._workspace.record(slug) is not None


@contextmanager
def opened(workspace: Workspace) -> Iterator[Records]:
    """Open the records of a workspace as they are now; what changes while they are open is not seen."""
    database = _current(workspace)
    try:
        yield Records(workspace, database)
    finally:
        database.close()


def _current(workspace: Workspace) -> sqlite3.Connection:
    place = workspace.records_index
    for again in (False, True):
        if again:
            with suppress(OSError):
                place.unlink(missing_ok=True)
        with suppress(sqlite3.DatabaseError, OSError):
            return _refreshed(place, workspace)
    return _refreshed(None, workspace)  # another kzpress is at work on it, or nothing can be written there


def _refreshed(place: Path | None, workspace: Workspace) -> sqlite3.Connection:
    if place is not None:
        place.parent.mkdir(exist_ok=True)
    database = sqlite3.connect(place or ":memory:", timeout=1, isolation_level=None)
    try:
        database.execute("PRAGMA synchronous = OFF")
        with database:
            database.execute("BEGIN IMMEDIATE")
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version != _VERSION:
                _make(database)
            _refresh(database, workspace)
    except BaseException:
        database.close()
        raise
    return database


def _make(database: sqlite3.Connection) -> None:
    database.execute("DROP TABLE IF EXISTS records")
    for statement in (*_TABLES, f"PRAGMA user_version = {_VERSION}"):
        database.execute(statement)


def _refresh(database: sqlite3.Connection, workspace: Workspace) -> None:
    """Read the records that have another stamp than they had, and forget those that are gone."""
    there, fresh = 0, []
    for slug, mark in _stamped(workspace):
        there += 1
        row = database.execute("SELECT stamp FROM records WHERE slug = ?", (slug,)).fetchone()
        if mark is None or row is None or row[0] != mark:
            fresh.append((slug, mark))
    for slug, mark in fresh:
        database.execute("DELETE FROM records WHERE slug = ?", (slug,))
        with suppress(WorkspaceError):
            if record := workspace.record(slug):
                database.execute(_INSERT, (*_row(record), mark))
    (kept,) = database.execute("SELECT count(*) FROM records").fetchone()
    if kept > there:
        gone = [(slug,) for (slug,) in database.execute("SELECT slug FROM records") if not os.path.lexists(workspace.record_of(slug))]
        database.executemany("DELETE FROM records WHERE slug = ?", gone)


def _stamped(workspace: Workspace) -> Iterator[tuple[str, str | None]]:
    """Yield the slug of each record there is, with the stamp of its file; None for one that may yet change unseen."""
    with suppress(FileNotFoundError), os.scandir(workspace.releases) as folders:
        for folder in folders:
            place = f"{folder.path}/{RECORD}"
            if os.path.exists(place) and _is_text(folder.name):
                yield folder.name, stamp(place)
