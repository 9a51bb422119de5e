"""What is about to be decoded, in batches by tokens: sentences or parts of them, and the ways in which it is tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from kzpress.engine import markup
from kzpress.engine.packages import Package

BATCH_TOKENS: Final = 512  # 1.5 times the speed of 2,048 on two cores
PART_BEAM: Final = 2  # for the parts of a sentence that came out degenerate


class Row(NamedTuple):
    """A sentence or a part of one; ``marked`` is its text with the names annotated."""

    package: Package
    text: str
    marked: str
    pieces: list[str]

    @property
    def prefix(self) -> list[str]:
        """What every decoding begins with."""
        return [self.package.prefix] if self.package.prefix else []

    @classmethod
    def of(cls, package: Package, marked: str, encode: Callable[[str], list[str]]) -> Row:
        """Encode a sentence or a part of one."""
        pieces = encode(markup.asked(marked))
        if package.source_prefix:
            pieces.insert(0, package.source_prefix)
        return cls(package, markup.plain(marked), marked, pieces)


class Way(NamedTuple):
    """How a row is tried: whole or ``cut``; ``strict`` forbids to repeat oneself, at the price of some fluency."""

    beam: int | None = None  # None: the engine's
    cut: bool = False
    strict: bool = False


FIRST: Final = Way()
IN_CLAUSES: Final = Way(cut=True)
IN_PARTS: Final = Way(beam=PART_BEAM, cut=True)
STRICTLY: Final = Way(strict=True)


class Try(NamedTuple):
    """The row of number ``at``, whole or in ``parts``."""

    at: int
    parts: list[Row]
    way: Way

    @property
    def longest(self) -> int:
        """The pieces of its longest part."""
        return max(len(row.pieces) for row in self.parts)


def batched(tries: Iterable[Try], cores: int) -> Iterator[list[Try]]:
    """Yield ``tries``, each way by itself and longest first, in batches so small that all ``cores`` have some."""
    ways: dict[Way, list[Try]] = defaultdict(list)
    for one in tries:
        ways[one.way].append(one)
    for alike in ways.values():
        room = min(BATCH_TOKENS, sum(len(row.pieces) for one in alike for row in one.parts) // cores)
        batch: list[Try] = []
        size = 0
        for one in sorted(alike, key=lambda one: one.longest, reverse=True):
            size += len(one.parts)
            if batch and size * batch[0].longest > room:
                yield batch
                batch, size = [], len(one.parts)
            batch.append(one)
        yield batch
