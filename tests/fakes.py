"""A small engine for tests that need no model: it transliterates, so that answers have letters and a length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kzpress.domain import Hypothesis, Lang, Route
from kzpress.engine import Job

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абсдефгхижклмнопқрстұвшзүі"
_TO_CYRILLIC = str.maketrans(_LATIN + _LATIN.upper(), _CYRILLIC + _CYRILLIC.upper())
_TO_LATIN = str.maketrans(_CYRILLIC + _CYRILLIC.upper(), _LATIN + _LATIN.upper())


@dataclass
class Transliterator:
    """Answers each job with its letters in the target's script; ``asked`` keeps every job it was given."""

    asked: list[Job] = field(default_factory=list)
    doubts: str | None = None  # a word at whose sentences it is guessing

    def route(self, source: Lang, target: Lang) -> Route:
        packages = (f"transliterate-{source}_{target} 1",)
        return Route(langs=(source, target), packages=packages, doubtful_below=-0.8)

    def translate(
        self, jobs: Sequence[Job], progress: Callable[[int], None] | None = None
    ) -> tuple[tuple[Hypothesis, ...], ...]:
        self.asked += jobs
        table = {Lang.EN: _TO_LATIN}
        if progress:
            progress(sum(len(job.text) for job in jobs))
        return tuple(
            (Hypothesis(text=job.text.translate(table.get(job.target, _TO_CYRILLIC)), score=self._score(job)),)
            for job in jobs
        )

    def _score(self, job: Job) -> float:
        return -1.2 if self.doubts and self.doubts in job.text else -0.1
