"""SQLite files that may vanish: what a kept index is when it is damaged, locked, or cannot be written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def healed(place: Path, make: Callable[[], T]) -> T | None:
    """Return what ``make`` makes of the index at ``place``, made anew if it is damaged.

    None if another kzpress is long at work on it, or it cannot be written: it goes unused, which costs time alone.
    """
    with suppress(sqlite3.OperationalError, OSError):
        try:
            return make()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            for name in (f"{place}", f"{place}-journal"):
                Path(name).unlink(missing_ok=True)
            return make()
    return None
