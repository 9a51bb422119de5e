"""The index of the memory: one SQLite file, made from catalogues and TMX and made again whenever it must be.

Sentences are filed under the file they come from, so that only what changed is read again. The same sentence is found
by its text; sentences like it are those that share its rarest words, of about its length, compared letter by letter.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kzpress.domain import Lang, Remembered
from kzpress.errors import KzpressError, WorkspaceError
from kzpress.indexes import healed
from kzpress.memory.likeness import LIKE, Near, loose, same, words
from kzpress.speech import _

_VERSION: Final = 1  # of the tables, and of what `same` and `loose` make of a text
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS parts (id INTEGER PRIMARY KEY, name TEXT UNIQUE, digest TEXT);
CREATE TABLE IF NOT EXISTS units
    (id INTEGER PRIMARY KEY, part INTEGER, pair TEXT, same TEXT, loose TEXT, source TEXT, text TEXT,
     origin TEXT, kind TEXT, author TEXT, date TEXT);
CREATE INDEX IF NOT EXISTS by_part ON units (part);
CREATE INDEX IF NOT EXISTS by_sentence ON units (pair, same);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5
    (filed, content='', detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE IF NOT EXISTS frequencies USING fts5vocab (words, row);
"""
_WAIT: Final = 20  # seconds for another kzpress that is making the index
_CANDIDATES: Final = 1_000  # sentences to compare with one: of 100,000, those that share its rarest words
_FEWEST: Final = 3  # of its words at least, since a sentence may be like another but for a word

Read = Callable[[str], Iterable[Remembered]]
Failed = tuple[tuple[str, KzpressError], ...]


class Memory:
    """The sentences that people approved translations of; ``failed`` are the files that could not be read, and why."""

    def __init__(self, database: sqlite3.Connection, failed: Failed) -> None:
        self._database = database
        self.failed = failed

    def exact(self, source: str, source_lang: Lang, lang: Lang, kind: str = "") -> tuple[Remembered, ...]:
        """Return the translations of the same sentence, each once: of the same kind of block first, then the latest."""
        rows = self._database.execute(
            "SELECT * FROM units WHERE pair = ? AND same = ? ORDER BY kind = ? DESC, date DESC, origin DESC, id",
            (_pair(source_lang, lang), same(source), kind),
        )
        return tuple(_each_once(_unit(row) for row in rows))

    def near(
        self, source: str, source_lang: Lang, lang: Lang, *, limit: int = 2, least: float = LIKE
    ) -> tuple[Near, ...]:
        """Return at most ``limit`` translations of sentences like ``source`` but not the same, most like it first."""
        from rapidfuzz import process
        from rapidfuzz.distance import Indel

        asked, pair = loose(source), _pair(source_lang, lang)
        candidates = self._candidates(asked, pair, least)
        alike = process.extract(
            asked, candidates, scorer=Indel.normalized_similarity, score_cutoff=least, limit=limit * 8
        )
        scores = {unit: score for _, score, unit in alike}
        rows = self._database.execute(
            "SELECT * FROM units WHERE id IN (SELECT value FROM json_each(?)) AND same != ?",
            (json.dumps([*scores]), same(source)),
        )
        # Letters that only differ in case are not the same sentence: never 100 per cent.
        found = [Near(remembered=_unit(row), likeness=min(scores[row["id"]], 0.999)) for row in rows]
        found.sort(key=lambda one: (one.likeness, one.remembered.date or dt.date.min, one.remembered.origin))
        best = {one.remembered.text: one for one in found}  # of one translation the most like
        return tuple(sorted(best.values(), key=lambda one: -one.likeness)[:limit])

    def _candidates(self, asked: str, pair: str, least: float) -> dict[int, str]:
        """Return the sentences that share rare words with ``asked`` and are not too long or short to be like it."""
        known = self._database.execute(
            "SELECT term, doc FROM frequencies WHERE term IN (SELECT value FROM json_each(?)) ORDER BY doc, term",
            (json.dumps(_filed(pair, asked).split()),),
        )
        chosen: list[str] = []
        total = 0
        for term, count in known:
            total += count
            if total > _CANDIDATES and len(chosen) >= _FEWEST:
                break
            chosen.append(term)
        if not chosen:
            return {}
        shortest, longest = len(asked) * least / (2 - least), len(asked) * (2 - least) / least
        rows = self._database.execute(
            "SELECT units.id, units.loose FROM words JOIN units ON units.id = words.rowid"
            " WHERE words MATCH ? AND length(units.loose) BETWEEN ? AND ?",
            (" OR ".join(f'"{term}"' for term in chosen), shortest, longest),
        )
        return {row["id"]: row["loose"] for row in rows}

    def every(self, source_lang: Lang | None = None, lang: Lang | None = None) -> Iterator[Remembered]:
        """Yield what is remembered, of one direction or of all: by direction, then in the order of files."""
        rows = self._database.execute(
            "SELECT units.* FROM units JOIN parts ON parts.id = units.part"
            " WHERE pair LIKE ? ORDER BY pair, parts.name, units.id",
            (f"{source_lang or '__'}{lang or '__'}",),
        )
        yield from map(_unit, rows)

    def counts(self) -> Mapping[tuple[Lang, Lang], int]:
        """Return how many sentences are remembered in each direction."""
        rows = self._database.execute("SELECT pair, count(*) FROM units GROUP BY pair ORDER BY pair")
        return {_langs(pair): count for pair, count in rows}

    def origins(self) -> int:
        """Return how many files something is remembered from."""
        (count,) = self._database.execute("SELECT count(DISTINCT part) FROM units").fetchone()
        return int(count)


@contextmanager
def opened(place: Path | None, digests: Mapping[str, str], read: Read) -> Iterator[Memory]:
    """Open the memory of the files there are, with its index kept at ``place``, or forgotten again.

    ``digests`` are those of the files' contents by name; ``read`` is called with the name of each that the index does
    not know. An index that is damaged or another version's is made anew, and one that cannot be written goes unused:
    that costs time, and nothing else.

    Raises:
        WorkspaceError: the index turns out to be damaged while it is used.
    """
    database, failed = (place and healed(place, lambda: _current(place, digests, read))) or _current(
        None, digests, read
    )
    try:
        yield Memory(database, failed)
    except sqlite3.DatabaseError as error:
        message = _("the memory's index is damaged ({error})", error=str(error))
        raise WorkspaceError(message, where=str(place), hint=_("delete it: it is made again")) from error
    finally:
        database.close()


def _current(place: Path | None, digests: Mapping[str, str], read: Read) -> tuple[sqlite3.Connection, Failed]:
    database = _database(place)
    try:
        return database, _refresh(database, digests, read)
    except BaseException:
        database.close()
        raise


def _database(place: Path | None) -> sqlite3.Connection:
    if place is not None:
        with suppress(OSError):
            place.parent.mkdir(exist_ok=True)
    database = sqlite3.connect(place or ":memory:", timeout=_WAIT, isolation_level=None)
    database.row_factory = sqlite3.Row
    try:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version not in {0, _VERSION}:
            raise sqlite3.DatabaseError("another version's")  # noqa: TRY301 - as good as damaged
        database.execute("PRAGMA synchronous = OFF")
        if not version:
            database.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")
    except BaseException:
        database.close()
        raise
    return database


def _refresh(database: sqlite3.Connection, digests: Mapping[str, str], read: Read) -> Failed:
    """Bring the index up to date with the files there are; return those that cannot be read."""
    if _parts(database) == digests:
        return ()
    failed: list[tuple[str, KzpressError]] = []
    with database:
        database.execute("BEGIN IMMEDIATE")
        known = _parts(database)
        for name, digest in known.items():
            if digest != digests.get(name):
                _forget(database, name)
        for name, digest in digests.items():
            if known.get(name) != digest:
                try:
                    found = tuple(read(name))
                except KzpressError as error:
                    failed.append((name, error))
                else:
                    _learn(database, name, digest, found)
    return tuple(failed)


def _parts(database: sqlite3.Connection) -> dict[str, str]:
    return {row["name"]: row["digest"] for row in database.execute("SELECT name, digest FROM parts")}


def _forget(database: sqlite3.Connection, name: str) -> None:
    (part,) = database.execute("SELECT id FROM parts WHERE name = ?", (name,)).fetchone()
    gone = database.execute("SELECT id, pair, loose FROM units WHERE part = ?", (part,)).fetchall()
    database.executemany(
        "INSERT INTO words (words, rowid, filed) VALUES ('delete', ?, ?)",
        ((unit, _filed(pair, text)) for unit, pair, text in gone),
    )
    database.execute("DELETE FROM units WHERE part = ?", (part,))
    database.execute("DELETE FROM parts WHERE id = ?", (part,))


def _learn(database: sqlite3.Connection, name: str, digest: str, found: Iterable[Remembered]) -> None:
    part = database.execute("INSERT INTO parts (name, digest) VALUES (?, ?)", (name, digest)).lastrowid
    for one in found:
        text = loose(one.source)
        pair = _pair(one.source_lang, one.lang)
        row = (part, pair, same(one.source), text, one.source, one.text, one.origin, one.kind, one.by)
        unit = database.execute(
            "INSERT INTO units (part, pair, same, loose, source, text, origin, kind, author, date)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, one.date.isoformat() if one.date else None),
        ).lastrowid
        database.execute("INSERT INTO words (rowid, filed) VALUES (?, ?)", (unit, _filed(pair, text)))


def _pair(source_lang: Lang, lang: Lang) -> str:
    return f"{source_lang}{lang}"


def _langs(pair: str) -> tuple[Lang, Lang]:
    return Lang(pair[:2]), Lang(pair[2:])


def _filed(pair: str, loosened: str) -> str:
    """Return the words of a sentence as they are filed: those of one direction apart from those of another."""
    return " ".join(pair + word for word in words(loosened))


def _unit(row: sqlite3.Row) -> Remembered:
    source_lang, lang = _langs(row["pair"])
    return Remembered(
        source=row["source"],
        text=row["text"],
        source_lang=source_lang,
        lang=lang,
        origin=row["origin"],
        kind=row["kind"],
        by=row["author"],
        date=dt.date.fromisoformat(row["date"]) if row["date"] else None,
    )


def _each_once(found: Iterable[Remembered]) -> Iterator[Remembered]:
    seen: set[str] = set()
    for one in found:
        if same(one.text) not in seen:
            seen.add(same(one.text))
            yield one
