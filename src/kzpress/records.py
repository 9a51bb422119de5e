"""Which release is which: an index of the records, so that one of a hundred thousand is known without reading them.

One SQLite file, brought up to date whenever it is opened: a record whose file has another stamp is read again. It may
be deleted; one that is damaged is made anew, and one that cannot be written goes unused.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple

from kzpress.domain import Lang, Release
from kzpress.errors import ReleaseError, WorkspaceError
from kzpress.indexes import healed
from kzpress.review_index import AT_ONCE, MISSING, stamp
from kzpress.speech import _
from kzpress.text import fold
from kzpress.workspace import RECORD, Workspace

_ALIKE: Final = 0.5  # of two titles; of unrelated sentences of NTREX news one pair in a thousand is as alike
_VERSION: Final = 1
_TABLES: Final = (
    "CREATE TABLE records (slug PRIMARY KEY, stamp, digest, origin, language, date, title) WITHOUT ROWID",
    "CREATE INDEX by_digest ON records (digest)",
    "CREATE INDEX by_day ON records (origin, language, date)",
    "CREATE INDEX by_title ON records (origin, language, title)",
)
_OF_FILE: Final = "SELECT slug, date, title FROM records WHERE origin = :origin AND language = :language"


class _Known(NamedTuple):
    """What a release is compared with; ``date`` in ISO form, None if it has none."""

    slug: str
    date: str | None
    title: str


class Records:
    """The records there were when this was opened, and the releases that this call has ``taken`` since."""

    def __init__(self, workspace: Workspace, database: sqlite3.Connection) -> None:
        self._workspace, self._database = workspace, database
        self._taken: dict[str, str] = {}  # slugs by digest
        self._slugs: set[str] = set()
        self._held: dict[tuple[str, Lang], list[_Known]] = {}
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
        for slug in same:
            if slug not in self._slugs:
                return slug
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

    def hold(self, slug: str, release: Release, language: Lang) -> None:
        """Note that a taken release is yet to be written, so that ``awaits`` knows what corrects it."""
        date = release.date.isoformat() if release.date else None
        self._held.setdefault((release.origin, language), []).append(_Known(slug, date, release.title))

    def awaits(self, release: Release, language: Lang) -> bool:
        """Tell whether ``release`` is what this call is at work on, the same bytes or corrected, and has to wait."""
        if release.digest in self._taken:
            return True
        same = self.of_digest(release.digest) or self._before(release, language)
        held = self._held.get((release.origin, language), [])
        return bool(self._slugs.intersection(same) or _likest(held, release))

    def may_know(self, origin: str, digest: str) -> bool:
        """Tell whether these bytes, or others of this file name, are kept, so that a release may be done before."""
        found = self._database.execute("SELECT 1 FROM records WHERE digest = ? OR origin = ? LIMIT 1", (digest, origin))
        return digest in self._taken or found.fetchone() is not None

    def is_taken(self, slug: str) -> bool:
        """Tell whether this call is, or was, at work on a release."""
        return slug in self._slugs

    def of_digest(self, digest: str) -> list[str]:
        """Return the slugs under which these bytes are kept, in order."""
        rows = self._database.execute("SELECT slug FROM records WHERE digest = ? ORDER BY slug", (digest,))
        return [slug for (slug,) in rows]

    def only_one_of(self, origin: str) -> list[tuple[str, str]]:
        """Return the slug and the digest of the release that came under this file name, if it is a single one."""
        rows = self._database.execute("SELECT slug, digest FROM records WHERE origin = ? LIMIT 2", (origin,)).fetchall()
        return rows if len(rows) == 1 else []

    def _before(self, release: Release, language: Lang) -> list[str]:
        """Return the slugs of what ``release``, other bytes, is a correction of, the likeliest first."""
        date = release.date.isoformat() if release.date else None
        rows = self._database.execute(
            f"{_OF_FILE} AND date = :date"
            f" UNION {_OF_FILE} AND title = :title AND (date IS NULL OR :date IS NULL) ORDER BY slug",
            {"origin": release.origin, "language": language, "date": date, "title": release.title},
        )
        return _likest(map(_Known._make, rows), release)

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
    """Open the records of a workspace as they are now; what changes while they are open is not seen.

    Raises:
        WorkspaceError: the index turns out to be damaged while it is used.
    """
    place = workspace.records_index
    database = healed(place, lambda: _refreshed(place, workspace)) or _refreshed(None, workspace)
    try:
        yield Records(workspace, database)
    except sqlite3.DatabaseError as error:
        message = _("the index of records is damaged ({error})", error=error)
        raise WorkspaceError(message, where=str(place), hint=_("delete it: it is made again")) from error
    finally:
        database.close()


def _refreshed(place: Path | None, workspace: Workspace) -> sqlite3.Connection:
    if place:
        place.parent.mkdir(exist_ok=True)
    database = sqlite3.connect(place or ":memory:", timeout=1, isolation_level=None)
    try:
        database.execute("PRAGMA synchronous = OFF")
        with database:
            database.execute("BEGIN IMMEDIATE")
            _make(database)
            _refresh(database, workspace)
    except BaseException:
        database.close()
        raise
    return database


def _make(database: sqlite3.Connection) -> None:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version != _VERSION:
        database.execute("DROP TABLE IF EXISTS records")
        for statement in (*_TABLES, f"PRAGMA user_version = {_VERSION}"):
            database.execute(statement)


def _refresh(database: sqlite3.Connection, workspace: Workspace) -> None:
    """Read the records whose files have another stamp than they had, and forget those that are gone."""
    there, seen = 0, _stamped(workspace)
    while some := tuple(islice(seen, AT_ONCE)):
        places = ", ".join("?" * len(some))
        before = database.execute(
            f"SELECT slug, stamp FROM records WHERE slug IN ({places})",  # noqa: S608 - no words of others
            [slug for slug, _ in some],
        )
        same = set(before)
        changed = [(slug, mark) for slug, mark in some if mark is None or (slug, mark) not in same]
        there += len(some) - len(changed) + _read_again(database, workspace, changed)
    if database.execute("SELECT count(*) FROM records").fetchone() != (there,):
        known = database.execute("SELECT slug FROM records").fetchall()
        gone = [one for one in known if not workspace.record_of(*one).exists()]
        database.executemany("DELETE FROM records WHERE slug = ?", gone)


def _read_again(database: sqlite3.Connection, workspace: Workspace, changed: Iterable[tuple[str, str | None]]) -> int:
    """Read these records, and return how many of them can be."""
    there = 0
    for slug, mark in changed:
        database.execute("DELETE FROM records WHERE slug = ?", (slug,))
        with suppress(WorkspaceError, UnicodeEncodeError):  # told when the release is asked for
            if record := workspace.record(slug):
                date = record.date.isoformat() if record.date else None
                row = (slug, mark, record.digest, record.origin, record.language, date, record.title)
                database.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)", row)
                there += 1
    return there


def _stamped(workspace: Workspace) -> Iterator[tuple[str, str | None]]:
    """Yield the slug of each record there is, with the stamp of its file; None for one that may yet change unseen."""
    try:
        folders = os.scandir(workspace.releases)
    except FileNotFoundError:
        return
    with folders:
        for folder in folders:
            mark = stamp(f"{folder.path}/{RECORD}")
            if mark != MISSING and folder.name.isprintable():  # what is no text is no slug
                yield folder.name, mark


def _likest(found: Iterable[_Known], release: Release) -> list[str]:
    """Return the slugs of what ``release`` is a correction of, the likeliest first, of those of its file name."""
    date = release.date.isoformat() if release.date else None
    alike = [(known, _likeness(known.title, release.title)) for known in found]
    same = [
        (known.date == date, likeness, known.slug)
        for known, likeness in alike
        if (known.title == release.title if None in (date, known.date) else known.date == date and likeness >= _ALIKE)
    ]
    return [slug for _, _, slug in sorted(same, key=itemgetter(0, 1), reverse=True)]


def _likeness(one: str, other: str) -> float:
    """Return how alike two titles are, 0..1."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(fold(one), fold(other))
