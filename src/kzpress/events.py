"""What happens in unattended work, event by event, and what a pass comes to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from kzpress.domain import Severity
from kzpress.errors import Exit, KzpressError
from kzpress.results import Translated


class Kind(StrEnum):
    """What happened, to a release unless it says otherwise."""

    DONE = "done"
    UPDATED = "updated"  # a correction of a release there was
    KNOWN = "known"  # the same bytes were done before
    REFUSED = "refused"  # and is in the quarantine
    FAILED = "failed"  # for a reason that is not its own: it is still in the inbox
    WAITING = "waiting"  # it is still being written
    LEFT = "left"  # `count` releases, since the pass was told to stop: they are still in the inbox
    FEED = "feed"  # a feed was looked into
    FEED_FAILED = "feed-failed"
    FEED_QUIET = "feed-quiet"
    STOPPED = "stopped"  # the pass could not go on
    ENDED = "ended"  # the pass


class Level(StrEnum):
    """How loudly an event is told."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


_LEVELS: Final = {
    **dict.fromkeys((Kind.REFUSED, Kind.FAILED, Kind.FEED_FAILED, Kind.STOPPED), Level.ERROR),
    Kind.FEED_QUIET: Level.WARNING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened.

    ``name`` is the path in the inbox or the feed's name; ``kept`` where refused input is now; ``count`` how many items
    of a feed were new, or releases are left; ``empty`` how many of the items have no text; ``last`` when the feed last
    brought something; ``seconds`` how long it took.
    """

    kind: Kind
    name: str = ""
    slug: str | None = None
    result: Translated | None = None
    error: KzpressError | None = None
    kept: Path | None = None
    count: int = 0
    empty: int = 0
    last: dt.datetime | None = None
    is_news: bool = True  # False for what an earlier pass told already
    seconds: float = 0.0

    @property
    def level(self) -> Level:
        """How loudly it is told."""
        return _LEVELS.get(self.kind, Level.INFO)

    @property
    def status(self) -> Exit:
        """What it makes of the exit status of its pass."""
        if self.kind is Kind.STOPPED and self.error:
            return self.error.status
        return Exit.PARTIAL if self.level is Level.ERROR else Exit.DONE


@dataclass(slots=True)
class Tally:
    """What a pass came to, as far as its events were added."""

    kinds: Counter[Kind] = field(default_factory=Counter)
    findings: Counter[Severity] = field(default_factory=Counter)
    feeds: dict[str, Event] = field(default_factory=dict)  # the first event of each: fetched or failed
    quiet: set[str] = field(default_factory=set)
    seconds: float = 0.0
    status: Exit = Exit.DONE

    def add(self, event: Event) -> None:
        """Count an event; what stopped a pass decides its status, else one failure of many is as good as all."""
        self.kinds[event.kind] += event.count if event.kind is Kind.LEFT else 1
        self.status = event.status if event.kind is Kind.STOPPED else self.status or event.status
        for target in event.result.targets if event.result else ():
            self.findings.update(finding.severity for finding in target.findings)
        if event.kind in {Kind.FEED, Kind.FEED_FAILED}:
            self.feeds[event.name] = event
        elif event.kind is Kind.FEED_QUIET:
            self.quiet.add(event.name)
        elif event.kind is Kind.ENDED:
            self.seconds = event.seconds
