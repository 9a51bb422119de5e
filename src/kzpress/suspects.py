"""What kzpress was at when it died: at the next pass that comes last, so that it stops nothing else for ever."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Suspects:
    """The names of input at which a process ended without a word, kept at ``path``, which may be deleted."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.names: frozenset[str] = frozenset()
        with suppress(OSError, ValueError, TypeError):
            self.names = frozenset(map(str, json.loads(path.read_bytes())))

    @contextmanager
    def watched(self, name: str) -> Iterator[None]:
        """Have ``name`` under suspicion while the block runs; it is cleared when the block ends, however it does."""
        self._keep(self.names | {name})
        try:
            yield
        finally:
            self._keep(self.names - {name})

    def _keep(self, names: frozenset[str]) -> None:
        """Write the names; not flushed to the disk, since only a process that dies leaves any."""
        self.names = names
        with suppress(OSError):  # a disk that is full is told of by what matters
            self._path.write_text(json.dumps(sorted(names)), "utf-8")
