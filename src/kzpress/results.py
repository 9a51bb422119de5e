"""What becomes of a release, as it is told: of its text no more than the title, and what is found in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from kzpress.domain import Detection, Finding, Lang, NameUse, Notice, Release, Route, Step
from kzpress.errors import KzpressError


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of a release when it was read; ``deviating`` are the lines in another language, and which."""

    title: str
    date: dt.date | None
    city: str | None
    notices: tuple[Notice, ...]
    verdict: str
    language: Lang | None
    confidence: float
    deviating: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, release: Release, detection: Detection) -> Seen:
        """Return what is told of a release and the verdict on its language."""
        return cls(
            title=release.title,
            date=release.date,
            city=release.city,
            notices=release.notices,
            verdict=detection.verdict,
            language=detection.language,
            confidence=detection.confidence,
            deviating=tuple((part.line, str(part.language or part.guess)) for part in detection.deviating),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What became of one locale: ``drafted`` sentences are new, the others were there before.

    ``guesses`` are those the model was asked for but only guessed at, which stay empty.
    ``left`` are those a changed glossary asks to be looked at, which a person has touched and so must change.
    """

    lang: Lang
    path: Path
    segments: int
    drafted: int
    reviewed: int
    names: tuple[NameUse, ...]
    findings: tuple[Finding, ...]
    route: Route
    changed: bool
    left: int = 0
    guesses: int = 0

    @property
    def names_right(self) -> int:
        """How many required names stand in the target in an approved form."""
        return sum(use.step is not Step.MISSING for use in self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """One release, drafted, or the error that stopped it."""

    path: Path
    seen: Seen | None = None
    slug: str | None = None
    source: Lang | None = None
    targets: tuple[Target, ...] = ()
    error: KzpressError | None = None
