"""What kzpress was at when it died: at the next pass that comes last and alone, so that it stops nothing for ever."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


class Suspects:
    """The names of input at which a process ended without a word, kept at ``path``, which may be deleted.

    ``deaths`` has how often, by name: what was decoded together is suspected together, and then alone.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.deaths: Counter[str] = Counter()
        self._here: set[str] = set()
        with suppress(OSError, ValueError, TypeError):
            self.deaths.update(map(str, json.loads(path.read_bytes())))

    def begin(self, name: str) -> None:
        """Have ``name`` under suspicion until it is cleared."""
        self._here.add(name)
        self._keep()

    def clear(self, names: Iterable[str]) -> None:
        """Take these from under suspicion: nothing died of them."""
        for name in names:
            self._here.discard(name)
            del self.deaths[name]
        self._keep()

    def _keep(self) -> None:
        """Write the names; not flushed to the disk, since only a process that dies leaves any."""
        told = sorted((self.deaths + Counter(self._here)).elements())
        with suppress(OSError):  # a disk that is full is told of by what matters
            self._path.write_text(json.dumps(told), "utf-8")
