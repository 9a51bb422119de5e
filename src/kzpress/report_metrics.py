"""What Prometheus' textfile collector reads of unattended work; the file itself remembers the counters."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from kzpress import files, inbox
from kzpress.domain import Severity
from kzpress.errors import Exit, KzpressError, WorkspaceError
from kzpress.events import Kind, Tally
from kzpress.workspace import Workspace

_OUTCOMES: Final = (Kind.DONE, Kind.UPDATED, Kind.KNOWN, Kind.REFUSED, Kind.FAILED)
_SAMPLE: Final = re.compile(r"^(kzpress_\w+(?:\{[^{}\n]*\})?) (\S+)$", re.MULTILINE)

Samples = Mapping[str, float]  # by labels, written as they stand in the file


def write(path: Path, workspace: Workspace, tally: Tally, *, now: dt.datetime) -> None:
    """Write the metrics after a pass, whole or not at all; the counters go on from those in the file.

    Raises:
        WorkspaceError: it cannot be written.
    """
    before = _before(path)
    text = "".join(_metric(*metric) for metric in _metrics(workspace, tally, before, now.timestamp()))
    files.write(path, text.encode(), error=WorkspaceError)


def _before(path: Path) -> dict[str, float]:
    """Return the samples of the last pass; none of a file that is not there or damaged: counters begin again."""
    try:
        return {name: float(value) for name, value in _SAMPLE.findall(path.read_text("utf-8"))}
    except (OSError, ValueError):
        return {}


def _metrics(
    workspace: Workspace, tally: Tally, before: Mapping[str, float], now: float
) -> Iterator[tuple[str, str, str, Samples]]:
    def counted(name: str, more: Mapping[str, float]) -> Samples:
        return {labels: before.get(name + labels, 0) + number for labels, number in more.items()}

    name = "kzpress_releases_total"
    more: dict[str, float] = {f'{{outcome="{kind}"}}': tally.kinds[kind] for kind in _OUTCOMES}
    yield name, "counter", "Releases by what became of them.", counted(name, more)
    name = "kzpress_findings_total"
    more = {f'{{severity="{severity}"}}': tally.findings[severity] for severity in (Severity.ERROR, Severity.WARNING)}
    yield name, "counter", "Findings in drafted releases, by severity.", counted(name, more)
    name = "kzpress_run_seconds_total"
    yield name, "counter", "Seconds spent in passes.", counted(name, {"": tally.seconds})
    yield "kzpress_run_seconds", "gauge", "Seconds that the last pass took.", {"": tally.seconds}
    yield "kzpress_last_run_timestamp_seconds", "gauge", "When the last pass ended.", {"": now}
    name = "kzpress_last_success_timestamp_seconds"
    success = now if tally.status is Exit.DONE else before.get(name, 0)
    yield name, "gauge", "When the last pass ended with status 0; 0 for never.", {"": success}
    yield "kzpress_last_status", "gauge", "Exit status of the last pass.", {"": tally.status}
    yield "kzpress_inbox_files", "gauge", "Files in the inbox.", {"": _inbox(workspace)}
    yield "kzpress_quarantine_files", "gauge", "Refused files that wait for a person.", {"": _refused(workspace)}
    yield from _of_feeds(workspace, tally, before, now)


def _of_feeds(
    workspace: Workspace, tally: Tally, before: Mapping[str, float], now: float
) -> Iterator[tuple[str, str, str, Samples]]:
    labels = {feed.name: f'{{feed="{feed.name}"}}' for feed in workspace.settings.feeds}
    fetched = tally.feeds
    up = {labels[name]: float(one.kind is Kind.FEED) for name, one in fetched.items() if name in labels}
    last = {labels[name]: one.last.timestamp() for name, one in fetched.items() if name in labels and one.last}
    name = "kzpress_feed_last_item_timestamp_seconds"
    last = {label: before[name + label] for label in labels.values() if name + label in before} | last
    quiet = {labels[feed]: float(feed in tally.quiet) for feed in fetched if feed in labels}
    yield "kzpress_feed_up", "gauge", "1 if the last pass could read the feed.", up
    yield name, "gauge", "Date of the newest item of the feed.", last
    ages = {label: max(0.0, now - instant) for label, instant in last.items()}
    yield "kzpress_feed_age_seconds", "gauge", "Age of the newest item of the feed at the last pass.", ages
    yield "kzpress_feed_quiet", "gauge", "1 if the feed is silent for longer than configured.", quiet


def _metric(name: str, kind: str, words: str, samples: Samples) -> str:
    lines: Iterable[str] = (f"{name}{labels} {_number(value)}\n" for labels, value in samples.items())
    return f"# HELP {name} {words}\n# TYPE {name} {kind}\n" + "".join(lines) if samples else ""


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.3f}"


def _inbox(workspace: Workspace) -> int:
    try:
        return len(inbox.look(workspace.inbox))
    except KzpressError:  # told by the pass
        return 0


def _refused(workspace: Workspace) -> int:
    return inbox.waiting(workspace.quarantine)
