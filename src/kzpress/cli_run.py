"""The command ``kzpress run``: passes, once or for ever, with signals, log and metrics."""

from __future__ import annotations

import datetime as dt
import json
import signal
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kzpress.cli_options import FILE, command, engine_of, here, json_option, models_option, option
from kzpress.cli_signals import heeding
from kzpress.errors import Exit, KzpressError, WorkspaceError
from kzpress.speech import _, reason

if TYPE_CHECKING:
    from kzpress.events import Event, Tally
    from kzpress.running import Runner
    from kzpress.workspace import Workspace

_PAUSE = 60  # seconds between passes


@command("run")
@option(
    "--watch",
    type=click.IntRange(min=1),
    is_flag=False,
    flag_value=_PAUSE,
    metavar="[SECONDS]",
    help="Go on for ever, with a pause of SECONDS between passes (60).",
)
@option("--log", type=FILE, help="Add one JSON line an event to this file; - is standard output, instead of words.")
@option("--log-text", is_flag=True, help="Let the log have headlines and findings as well, which may be embargoed.")
@option("--metrics", type=FILE, help="Write metrics for Prometheus' textfile collector to this file, NAME.prom.")
@option("--dask", metavar="ADDRESS", help="Have the workers of a Dask scheduler draft, for an archive of releases.")
@models_option
@json_option
@click.pass_context
def run_command(
    context: click.Context,
    watch: int | None,
    log: Path | None,
    log_text: bool,
    metrics: Path | None,
    dask: str | None,
    models: Path | None,
    as_json: bool,
) -> int:
    """Draft whatever is in the inbox and the feeds, once: for cron and timers.

    A release that is done leaves the inbox for releases/, one that cannot be for quarantine/, with the reason beside
    it. What is still being written waits. Status 8 if anything was refused or failed; the rest is done then.
    """
    from kzpress import claims, report_run

    on_stdout = str(log) == "-"
    output = _Output(as_json=as_json or on_stdout, log=None if on_stdout else log, log_text=log_text, metrics=metrics)
    with heeding() as signals:
        runner = _runner(dask, models)(
            engine=lambda folder: engine_of(models or folder),
            reason=report_run.reason,
            stopped=lambda: signals.received is not None,
            sleep=signals.sleep,
        )
        place = here(context)
        output.try_log()
        status = output.show(place, runner.work(place))
        output.is_watch = True
        while watch and not signals.received:
            signals.sleep(watch)
            if not signals.received:
                place = _again(context, place, runner, output)
    if claims.lost():  # was told, and is no end that anybody asked for
        return Exit.LOCKED
    if signals.received:
        return Exit.INTERRUPTED if signals.received == signal.SIGINT else Exit.TERMINATED
    return status


def _runner(dask: str | None, models: Path | None) -> Callable[..., Runner]:
    """Return what makes the runner: one that drafts here, or has the workers of a scheduler draft.

    Raises:
        UsageError: Dask is not installed.
    """
    if dask is None:
        from kzpress.running import Runner

        return Runner
    from kzpress import spreading
    from kzpress.backfilling import Backfill

    spreading.try_import()
    return partial(Backfill, address=dask, models=models)


def _again(context: click.Context, place: Workspace, runner: Runner, output: _Output) -> Workspace:
    """Do one more pass with the settings there are now; such as cannot be read are told, and tried again later."""
    from kzpress.events import Event, Kind

    try:
        place = here(context)
    except KzpressError as error:
        output.show(place, (Event(kind=Kind.STOPPED, error=error), Event(kind=Kind.ENDED)))
    else:
        output.show(place, runner.work(place))
    return place


@dataclass(slots=True, kw_only=True)
class _Output:
    """Where events go. While it watches, what lasts is told once, and passes that did nothing not at all."""

    as_json: bool
    log: Path | None
    log_text: bool
    metrics: Path | None
    is_watch: bool = False
    _lasting: set[str] = field(default_factory=set, init=False)  # what was told of the last pass and may go on
    _fresh: bool = field(default=False, init=False)  # whether anything of this pass was told
    _unlogged: KzpressError | None = field(default=None, init=False)  # why the log lacks what happened last

    def show(self, place: Workspace, events: Iterable[Event]) -> Exit:
        """Tell the events of a pass as they happen, write the metrics, and return the pass's status."""
        from kzpress import report, report_metrics
        from kzpress.events import Kind, Tally

        tally, lasting, self._fresh = Tally(), set(), False
        unlogged: KzpressError | None = None
        for event in events:
            tally.add(event)
            key = f"{event.kind} {event.name} {event.error}"
            if event.kind in {Kind.FAILED, Kind.WAITING, Kind.FEED_FAILED, Kind.STOPPED}:
                lasting.add(key)
            if not self.is_watch or self._is_new(event, key):
                self._tell(place, event, tally)
                unlogged = unlogged or self._unlogged
        self._lasting = lasting
        try:
            if self.metrics:
                report_metrics.write(self.metrics, place, tally, now=dt.datetime.now(dt.UTC))
        except WorkspaceError as error:
            report.complain(error)
            unlogged = unlogged or error
        return tally.status or (unlogged.status if unlogged else Exit.DONE)

    def try_log(self) -> None:
        """Refuse a log that cannot be written before anything is done.

        Raises:
            WorkspaceError: it cannot be written.
        """
        if self.log:
            _append(self.log, b"")

    def _is_new(self, event: Event, key: str) -> bool:
        from kzpress.events import Kind

        if event.kind is Kind.ENDED:
            return self._fresh
        return event.is_news and key not in self._lasting and (event.kind is not Kind.FEED or event.count > 0)

    def _tell(self, place: Workspace, event: Event, tally: Tally) -> None:
        from kzpress import report, report_run
        from kzpress.events import Kind

        self._fresh = True
        answer = report_run.event(place, event, tally, with_text=self.log_text)
        if self.log:
            self._log(self.log, json.dumps(answer.facts, ensure_ascii=False).encode() + b"\n")
        if self.as_json:
            report.say(json.dumps(answer.facts, ensure_ascii=False))
            return
        if event.error:
            report.complain(event.error if self.log_text else report_run.sparing(event.error))
            if event.kept:
                report.note(report_run.kept(place, event))
        elif event.kind is Kind.FEED_QUIET and event.is_news:
            report.note(report_run.quiet(event))
        if answer.words:
            report.say(report.harmless(answer.words))

    def _log(self, log: Path, line: bytes) -> None:
        """Add a line to the log; that it cannot be written is told once, and stops no work."""
        from kzpress import report

        before, self._unlogged = self._unlogged, None
        try:
            _append(log, line)
        except WorkspaceError as error:
            self._unlogged = error
            if before is None:
                report.complain(error)


def _append(log: Path, line: bytes) -> None:
    """Add a line to the log, which is opened each time so that it may be rotated."""
    try:
        with log.open("ab", buffering=0) as stream:
            stream.write(line)
    except OSError as error:
        raise WorkspaceError(
            _("cannot be written: {reason}", reason=reason(error)),
            where=str(log),
            hint=_("give --log a file that kzpress may write"),
        ) from error
