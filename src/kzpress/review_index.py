"""What was seen of each catalogue the last time, so that the status of an archive takes seconds; alone knows its file.

One SQLite file of JSON, made again whenever it must be. A line is believed only if catalogue, record and ledger have
the stamps they had, under the same kzpress, and the same glossary or one whose changes cannot touch the catalogue.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from string import Formatter
from typing import Any, Final

from kzpress import __version__
from kzpress.domain import Finding, Key, Notice, Severity
from kzpress.glossary import Glossary
from kzpress.indexes import behind, healed
from kzpress.older import MADE, Older
from kzpress.speech import Message

_VERSION: Final = 3
_TABLES: Final = f"CREATE TABLE seen (path TEXT PRIMARY KEY, stamp, facts, findings, words) WITHOUT ROWID; {MADE}"
MISSING: Final = "-"  # the stamp of what is not there
_FRESH: Final = 2_000_000_000  # nanoseconds in which a file may change again without a later time
_PARTS: Final = ("babel", "pymorphy3", "pymorphy3-dicts-ru", "rapidfuzz")  # what findings depend on besides kzpress
AT_ONCE: Final = 500  # lines written, or asked for
_AT_LAST: Final = 2.0  # seconds until what is kept is written, so that who stops here goes on here

Facts = dict[str, Any]


class ReviewIndex:
    """The lines there are, by the catalogue's path; ``wanted`` is what they must have been made under.

    Lines of ``older`` glossaries will do where no change since can touch them.
    """

    def __init__(self, database: sqlite3.Connection | None, wanted: str, older: Older | None) -> None:
        self._database, self._wanted, self._older = database, wanted, older
        self._new: list[tuple[str, str, str, str, bytes | None]] = []
        self._again: list[tuple[str, str, str]] = []
        self._written = time.monotonic()

    def seen(self, path: str, stamp: str) -> Facts | None:
        """Return what was seen of a catalogue with this stamp, None if it is not known."""
        return self.seen_of({path: stamp}).get(path)

    def seen_of(self, stamps: Mapping[str, str], *, findings: bool = True) -> Mapping[str, Facts]:
        """Return by path what was seen of catalogues with these stamps, ``findings`` or none; of a few hundred."""
        if self._database is None:
            return {}
        columns, places = ("facts, findings" if findings else "facts, NULL"), ", ".join("?" * len(stamps))
        with suppress(sqlite3.DatabaseError, ValueError):
            rows = self._database.execute(
                f"SELECT path, stamp, {columns} FROM seen WHERE path IN ({places})",  # noqa: S608 - no words of others
                tuple(stamps),
            )
            found = {path: (*str(stamp).split(" ", 1), told) for path, stamp, *told in rows}
            same = {path: (made, told) for path, (made, mark, told) in found.items() if mark == stamps[path]}
            older = {path: made for path, (made, _) in same.items() if made != self._wanted}
            held = self._older.untouched(older) if self._older and older else ()
            self._again += [(f"{self._wanted} {stamps[path]}", path, f"{older[path]} {stamps[path]}") for path in held]
            self._flush_at_last()
            return dict(_read((path, told) for path, (made, told) in same.items() if path not in older or path in held))
        return {}

    def keep(
        self,
        path: str,
        stamp: str,
        facts: Facts,
        findings: Sequence[Facts] = (),
        words: bytes | None = None,
    ) -> bool:
        """Remember what is seen of a catalogue now, if there is an index to keep it in.

        By the marks of its ``words`` it is known whether a change of the glossary touches it.
        """
        self._new.append((path, f"{self._wanted} {stamp}", _written(facts), _written(findings), words))
        self._flush_at_last()
        return self._database is not None

    def _flush_at_last(self) -> None:
        if len(self._new) + len(self._again) >= AT_ONCE or time.monotonic() > self._written + _AT_LAST:
            self.flush()

    def flush(self) -> None:
        """Write what is yet to be kept; where nothing can be written, the next call takes longer, and that is all."""
        if self._database is not None:
            with suppress(sqlite3.DatabaseError), self._database:
                self._database.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?)", self._new)
                self._database.executemany("UPDATE seen SET stamp = ? WHERE path = ? AND stamp = ?", self._again)
        self._new.clear()
        self._again.clear()
        self._written = time.monotonic()


def _written(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _read(lines: Iterable[tuple[str, Sequence[str | None]]]) -> Iterator[tuple[str, Facts]]:
    for path, (facts, findings) in lines:
        try:
            found: Facts = json.loads(facts or "")
            found["findings"] = json.loads(findings) if findings else []
        except (ValueError, TypeError, RecursionError):
            continue
        yield path, found


@contextmanager
def opened(place: Path, glossary_digest: str, terms: Glossary | None = None) -> Iterator[ReviewIndex]:
    """Open the index at ``place``; one that is damaged is made anew, one that cannot be written goes unused.

    Only with the glossary itself, ``terms``, are lines of older ones of use.
    """
    database = healed(place, lambda: _connected(place))
    wanted = _digest(f"{glossary_digest} {program()}".encode())[:16]
    older = Older(database, wanted, program(), terms) if database and terms is not None else None
    index = ReviewIndex(database, wanted, older)
    try:
        yield index
    finally:
        index.flush()
        if database is not None:
            database.close()


def _connected(place: Path) -> sqlite3.Connection:
    place.parent.mkdir(exist_ok=True)
    database = sqlite3.connect(place, timeout=1)
    try:
        database.execute("PRAGMA synchronous = OFF")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:  # new, or another kzpress's
            anew = f"DROP TABLE IF EXISTS seen; {_TABLES}; PRAGMA user_version = {_VERSION};"
            database.executescript(f"BEGIN IMMEDIATE; {anew} COMMIT;")
    except BaseException:
        database.close()
        raise
    return database


def stamp(*paths: str | Path) -> str | None:
    """Return what changes when one of these files does; None if one changed just now and may do so again unseen."""
    parts = []
    newest = time.time_ns() - behind() - _FRESH
    for path in paths:
        try:
            status = os.stat(path)  # noqa: PTH116 - Path takes twice as long, of 300,000 files a second
        except OSError:
            parts.append(MISSING)
            continue
        if status.st_mtime_ns > newest or status.st_ctime_ns > newest:
            return None
        parts.append(f"{status.st_ino}.{status.st_size}.{status.st_mtime_ns}.{status.st_ctime_ns}")
    return " ".join(parts)


@lru_cache(maxsize=1)
def program() -> str:
    """Return what tells this kzpress from another: its modules, and the libraries its findings depend on."""
    here = Path(__file__).parent
    modules = b"\0".join(path.read_bytes() for path in sorted(here.rglob("*.py")))
    return " ".join([__version__, _digest(modules), *(metadata.version(name) for name in _PARTS)])


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# ------------------------------------------------------------------ findings as JSON


def to_json(finding: Finding) -> Facts:
    """Return a finding as the index keeps it."""
    return {
        "context": finding.key.context,
        "source": finding.key.source,
        "code": finding.code,
        "severity": finding.severity,
        "message": message_to_json(finding.message),
        "fix": finding.fix,
    }


def from_json(facts: Facts) -> Finding:
    """Return a finding that the index kept.

    Raises:
        ValueError, KeyError, TypeError: it kept none.
    """
    return Finding(
        key=Key(context=facts["context"], source=facts["source"]),
        code=facts["code"],
        severity=Severity(facts["severity"]),
        message=message_from_json(facts["message"]),
        fix=facts["fix"],
    )


def notice_to_json(notice: Notice) -> list[object]:
    """Return a notice as the index keeps it."""
    return [notice.code, message_to_json(notice.message)]


def notice_from_json(told: Sequence[Any]) -> Notice:
    """Return a notice that the index kept.

    Raises:
        ValueError, KeyError, TypeError: it kept none.
    """
    code, message = told
    return Notice(code=code, message=message_from_json(message))


def message_to_json(fact: object) -> object:
    """Return a message, or a fact of one, as JSON."""
    if isinstance(fact, Message):
        facts = {name: message_to_json(one) for name, one in fact.facts.items()}
        return {"template": fact.template, "plural": fact.plural, "number": fact.number, "facts": facts}
    return fact if isinstance(fact, (int, float)) else str(fact)


def message_from_json(told: Any) -> Any:
    """Return a message, or a fact of one, that the index kept.

    Raises:
        ValueError, KeyError, TypeError: it kept none.
    """
    if not isinstance(told, dict):
        return told
    template, plural = told["template"], told["plural"]
    if not _is_safe(template, plural or ""):
        raise ValueError(template)
    return Message(
        template, plural, told["number"], {name: message_from_json(one) for name, one in told["facts"].items()}
    )


@lru_cache(maxsize=1_000)
def _is_safe(*templates: str) -> bool:
    """Tell whether templates have nothing but facts by name: {path}, never {path.__class__}."""
    names = [name for words in templates for _, name, _, _ in Formatter().parse(words) if name is not None]
    return all(name.isidentifier() for name in names)
