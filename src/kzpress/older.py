"""The glossaries under which lines of the review index were made, and which lines no change since can touch."""

from __future__ import annotations

import sqlite3
import sys
import zlib
from array import array
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Final

from kzpress import glossary
from kzpress.glossary import Glossary

MADE: Final = "DROP TABLE IF EXISTS made; CREATE TABLE made (name TEXT PRIMARY KEY, program, glossary)"
_KEPT: Final = 8  # glossaries


def marks_of(words: Iterable[str]) -> bytes:
    """Return words as a line keeps them: four bytes each, two of them seldom the same."""
    marks = array("I", sorted({zlib.crc32(word.encode()) for word in words}))
    if sys.byteorder == "big":
        marks.byteswap()  # a workspace may be a shared folder
    return marks.tobytes()


def _read(told: bytes) -> frozenset[int]:
    marks = array("I")
    marks.frombytes(told)
    if sys.byteorder == "big":
        marks.byteswap()
    return frozenset(marks)


class Older:
    """The glossaries before ``terms``, which lines made under ``name`` are made with, in a ``database`` of lines."""

    def __init__(self, database: sqlite3.Connection, name: str, program: str, terms: Glossary) -> None:
        self._database, self._program, self._terms = database, program, terms
        self._touching: dict[str, _Touching | None] = {}
        with suppress(sqlite3.DatabaseError), database:
            if not database.execute("SELECT 1 FROM made WHERE name = ?", (name,)).fetchone():
                told = zlib.compress(glossary.packed(terms))
                database.execute("INSERT INTO made VALUES (?, ?, ?)", (name, program, told))
                database.execute("DELETE FROM made WHERE rowid <= (SELECT max(rowid) FROM made) - ?", (_KEPT,))

    def untouched(self, made: Mapping[str, str]) -> Collection[str]:
        """Return the paths, of those ``made`` under these names, whose catalogues no change since can touch."""
        asked = {path: touching for path, name in made.items() if (touching := self._since(name))}
        places = ", ".join("?" * len(asked))
        rows = self._database.execute(
            f"SELECT path, words FROM seen WHERE path IN ({places})",  # noqa: S608 - no words of others
            tuple(asked),
        )
        return {path for path, told in rows if told and not asked[path].touches(_read(told))}

    def _since(self, name: str) -> _Touching | None:
        """Return what the changes since the glossary of this ``name`` touch, None if that cannot be told."""
        if name not in self._touching:
            self._touching[name] = self._compared(name)
        return self._touching[name]

    def _compared(self, name: str) -> _Touching | None:
        asked = "SELECT glossary FROM made WHERE name = ? AND program = ?"
        row = self._database.execute(asked, (name, self._program)).fetchone()
        with suppress(zlib.error, ValueError, KeyError, TypeError, AttributeError):
            forms = glossary.touched_by(glossary.unpacked(zlib.decompress(row[0])), self._terms) if row else None
            return None if forms is None else _Touching(forms)
        return None


class _Touching:
    """What a text has among its words that a change touches: all of one of ``forms``."""

    def __init__(self, forms: Iterable[Collection[str]]) -> None:
        marks = [frozenset(zlib.crc32(word.encode()) for word in form) for form in forms]
        self._single = frozenset(mark for form in marks if len(form) == 1 for mark in form)
        self._several = [form for form in marks if len(form) != 1]

    def touches(self, marks: frozenset[int]) -> bool:
        """Tell whether a text of words with these ``marks`` may be touched."""
        return not self._single.isdisjoint(marks) or any(form <= marks for form in self._several)
