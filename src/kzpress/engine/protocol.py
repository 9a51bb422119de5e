"""What the pipeline asks of an engine; a test's engine is ten lines long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kzpress.domain import Annotation, Hypothesis, Lang, Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One sentence to translate, with the ``names`` its translation owes, none overlapping.

    An engine whose package reads annotations writes the names in their right forms; any other disregards them. A
    sentence of more than ``longest`` pieces is translated clause by clause; None leaves that to the package.
    """

    source: Lang
    target: Lang
    text: str
    names: tuple[Annotation, ...] = ()
    longest: int | None = None


class Engine(Protocol):
    """Something that translates sentences, many at a time."""

    def route(self, source: Lang, target: Lang) -> Route:
        """Return the way from ``source`` to ``target``.

        Raises:
            ModelError: no package or chain of packages leads there.
        """
        ...

    def translate(
        self, jobs: Sequence[Job], progress: Callable[[int], None] | None = None
    ) -> tuple[tuple[Hypothesis, ...], ...]:
        """Return for each job, in order, one or more hypotheses, best first; the first is sound if any is.

        ``progress`` is called with the number of characters of source just done, of all jobs about as many as they
        have. Threads may ask at the same time.
        """
        ...
