"""SQLite files that may vanish: what a kept index is when it is damaged, locked, or cannot be written."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import Final, TypeVar

T = TypeVar("T")

_behind: Final[dict[int, int]] = {}  # nanoseconds, by device


def healed(place: Path, make: Callable[[], T]) -> T | None:
    """Return what ``make`` makes of the index at ``place``, made anew if it is damaged.

    None if another kzpress is long at work on it, or it cannot be written: it goes unused, which costs time alone.
    """
    _compare_clocks(place.parent)
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


def behind() -> int:
    """Return by how many nanoseconds the clocks that date files beside indexes are behind this machine's, at most."""
    return max(_behind.values(), default=0)


def _compare_clocks(folder: Path) -> None:
    """Ask the clock that dates a folder's files, on a shared folder the file server's, by a file just written there."""
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        handle, name = mkstemp(".tmp", ".clock.", folder)
        probe = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(b".")
            status = probe.stat()
        finally:
            probe.unlink()
        _behind[status.st_dev] = max(0, time.time_ns() - status.st_mtime_ns)
