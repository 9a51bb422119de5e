"""The ways to put names into translations that are compared: each takes a row and gives its translation."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Final

from testset import Row

from kzpress import glossary, pipeline
from kzpress.domain import Hypothesis, Lang, Route
from kzpress.engine import Engine, Job, discover
from kzpress.engine.argos import ArgosEngine
from kzpress.glossary import Glossary

NO_NAMES: Final = Glossary(entries={}, digest="")
_MARK: Final = re.compile(r"\[\s*(\d+)\s*\]")


class System(StrEnum):
    """The ways, the plainest first."""

    ALONE = "model alone"
    MASKED = "masking"
    PLAIN_LADDER = "ladder, names not told"
    LADDER = "ladder"


class NotYetTranslatedError(Exception):
    """A translation needs jobs that were not asked before; they are collected."""


@dataclass(slots=True)
class Collecting:
    """An engine that answers what it knows and collects the rest, so that single sentences are decoded in batches.

    Each row must be translated on its own: the mentions of a name in a release are counted, and these are no release.
    """

    engine: Engine
    tells_names: bool
    known: dict[Job, tuple[Hypothesis, ...]] = field(default_factory=dict)
    wanted: dict[Job, None] = field(default_factory=dict)

    def route(self, source: Lang, target: Lang) -> Route:
        """Return the engine's way."""
        return self.engine.route(source, target)

    def translate(
        self, jobs: Sequence[Job], progress: Callable[[int], None] | None = None
    ) -> tuple[tuple[Hypothesis, ...], ...]:
        """Answer from what is known.

        Raises:
            NotYetTranslatedError: some job is not.
        """
        asked = [job if self.tells_names else replace(job, names=()) for job in jobs]
        missing = [job for job in asked if job not in self.known]
        if missing:
            self.wanted.update(dict.fromkeys(missing))
            raise NotYetTranslatedError
        if progress:
            progress(len(asked))
        return tuple(self.known[job] for job in asked)

    def decode(self) -> None:
        """Translate what is wanted."""
        jobs = list(self.wanted)
        self.known.update(zip(jobs, self.engine.translate(jobs), strict=True))
        self.wanted.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The glossary and the engines: one that is told the names with a sentence, where its packages read that."""

    terms: Glossary
    plain: Collecting
    told: Collecting

    @classmethod
    def open(cls, models: Path | None, terms: Glossary) -> Bench:
        """Find the packages; models are loaded when first needed."""
        packages = discover(models)
        return cls(
            terms=terms,
            plain=Collecting(ArgosEngine(packages, annotations=False), tells_names=False),
            told=Collecting(ArgosEngine(packages), tells_names=True),
        )

    def translate(self, system: System, rows: Sequence[Row], source: Lang, target: Lang) -> list[str]:
        """Return the translations of ``rows``, in as few calls of the engine as the steps of the way allow."""
        engine = self.told if system is System.LADDER else self.plain
        done: dict[int, str] = {}
        while len(done) < len(rows):
            for i, row in enumerate(rows):
                if i not in done:
                    try:
                        done[i] = self._one(system, row, source, target, engine)
                    except NotYetTranslatedError:
                        continue
            if engine.wanted:
                engine.decode()
        return [done[i] for i in range(len(rows))]

    def _one(self, system: System, row: Row, source: Lang, target: Lang, engine: Engine) -> str:
        text = row.texts[source]
        if system is System.MASKED:
            return self._masked(row, source, target, engine)
        terms = NO_NAMES if system is System.ALONE else self.terms
        return pipeline.translate_lines([text], source, target, engine, terms, date=row.date)[0].text

    def _masked(self, row: Row, source: Lang, target: Lang, engine: Engine) -> str:
        """Translate with a mark in the place of each name, then put the approved name, as it is listed, for the mark.

        The names are recognised as kzpress does it, and the marks are those that this model keeps best, so that only
        what follows differs. A mark that the model loses is lost.
        """
        text, end, names = "", 0, {}
        numbers = (n for n in count(1) if f"[{n}]" not in row.texts[source])
        for hit in glossary.find(self.terms, row.texts[source], source, row.date):
            number = next(numbers)
            names[number] = glossary.accepted(self.terms, hit, target)[0]
            text += f"{row.texts[source][end : hit.start]}[{number}]"
            end = hit.end
        text += row.texts[source][end:]
        answer = pipeline.translate_lines([text], source, target, engine, NO_NAMES, date=row.date)[0].text
        return _MARK.sub(lambda mark: names.get(int(mark[1]), mark[0]), answer)
