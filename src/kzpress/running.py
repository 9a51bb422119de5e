"""Unattended work: one pass over feeds and inbox, told as events; each release is done whole or left for the next pass.

A file leaves the inbox only when its catalogues, its source and its record are on the disk; so a pass that was cut
short anywhere is completed by the next, and what is done already is recognised without a model.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from kzpress import glossary, inbox, pipeline
from kzpress.delivering import Delivery, deliver, fetch_all
from kzpress.domain import Lang
from kzpress.engine import Engine
from kzpress.errors import KzpressError, LanguageError, ReleaseError, UsageError
from kzpress.events import Event, Kind
from kzpress.glossary import Glossary
from kzpress.inbox import Arrival
from kzpress.ingest import Limits
from kzpress.pipeline import Plan
from kzpress.speech import _
from kzpress.suspects import Suspects
from kzpress.workspace import Workspace

_BUG_HINT: Final = _("report it with the file, if the file may be shown")


@dataclass(slots=True, kw_only=True)
class Runner:
    """What lasts from one pass to the next: the models, loaded once, and the glossary, until it changes.

    ``engine`` makes the engine on a folder of models; ``reason`` words what stands beside refused input; ``stopped``
    is asked between releases.
    """

    engine: Callable[[Path | None], Engine]
    reason: Callable[[str, KzpressError, dt.datetime], str]
    stopped: Callable[[], bool] = field(default=lambda: False)
    sleep: Callable[[float], None] = time.sleep
    _engine: tuple[Path | None, Engine] | None = field(default=None, init=False)
    _terms: Glossary | None = field(default=None, init=False)

    def work(self, workspace: Workspace) -> Iterator[Event]:
        """Do one pass: look into the feeds, then draft what is in the inbox, the oldest first.

        Nothing is raised: a pass that cannot go on ends with an event that says why. A release or feed that fails
        stops no other. The workspace is locked while releases are drafted, not while feeds are fetched.
        """
        began = time.monotonic()
        try:
            yield from self._work(workspace)
        except KzpressError as error:
            yield Event(kind=Kind.STOPPED, error=error)
        yield Event(kind=Kind.ENDED, seconds=time.monotonic() - began)

    def _work(self, workspace: Workspace) -> Iterator[Event]:
        with workspace.lock():
            pass  # told before anything is fetched
        fetched = fetch_all(workspace)
        here = inbox.look(workspace.inbox)
        ready, young = inbox.settled(here, workspace.settings.settle, now=_now, sleep=self.sleep)
        with workspace.lock():
            landed: list[Arrival] = []
            for found in fetched:
                delivery = deliver(workspace, found, now=_now())
                yield from _of_feed(delivery)
                landed += [one for path in delivery.written if (one := inbox.at(workspace.inbox, path))]
            again = {one.path for one in landed}
            ready = [one for one in ready if one.path not in again] + landed
            yield from (Event(kind=Kind.WAITING, name=one.name) for one in young if one.path not in again)
            yield from self._drafted(workspace, ready)

    def _drafted(self, workspace: Workspace, ready: Sequence[Arrival]) -> Iterator[Event]:
        if not ready:
            return
        terms = self._know(workspace)
        suspects = Suspects(workspace.suspects)
        for arrival in sorted(ready, key=lambda one: one.name in suspects.names):
            if self.stopped():
                return
            began = time.monotonic()
            with suspects.watched(arrival.name):
                event = self._one(workspace, terms, arrival)
            if event:
                yield replace(event, seconds=time.monotonic() - began)

    # -------------------------------------------------------------- one release

    def _one(self, workspace: Workspace, terms: Glossary, arrival: Arrival) -> Event | None:
        """Do one release; None if it is no more what it was when the inbox was looked at."""
        try:
            try:
                data = self._data(arrival)
                if inbox.is_note(arrival, data):
                    inbox.leave(arrival)
                    return None
                plan = self._plan(workspace, terms, arrival, data)
            except LanguageError as error:
                hint = _("if you know it: kzpress translate --from LANGUAGE quarantine/{name}", name=arrival.name)
                return self._refuse(workspace, arrival, LanguageError(error.message, where=arrival.name, hint=hint))
            except (ReleaseError, UsageError) as error:
                return self._refuse(workspace, arrival, error)
            return self._carry_out(workspace, terms, arrival, plan)
        except KzpressError as error:
            return Event(kind=Kind.FAILED, name=arrival.name, error=error)
        except Exception as error:  # nor must a model or a disk that fails at this one
            problem = KzpressError(_bug(error), where=arrival.name, hint=_BUG_HINT)
            return Event(kind=Kind.FAILED, name=arrival.name, error=problem)

    def _data(self, arrival: Arrival) -> bytes:
        if arrival.fault:
            raise arrival.fault
        return inbox.read(arrival, Limits().file_bytes)

    def _plan(self, workspace: Workspace, terms: Glossary, arrival: Arrival, data: bytes) -> Plan:
        engine, source = self._models(workspace), _language(workspace, arrival)
        try:
            found = pipeline.read_bytes(arrival.path, arrival.name, data)
            return pipeline.plan_of(workspace, terms, found, engine, targets=workspace.settings.targets, source=source)
        except (KzpressError, OSError, MemoryError):
            raise
        except Exception as error:  # hostile input that no reader foresaw must not stop the others at every pass
            raise ReleaseError(_bug(error), where=arrival.name, hint=_BUG_HINT) from error

    def _carry_out(self, workspace: Workspace, terms: Glossary, arrival: Arrival, plan: Plan) -> Event:
        record = workspace.record(plan.slug)
        same = record is not None and record.digest == plan.read.release.digest
        if same and not any(plan.wanted.values()):
            kind, result = Kind.KNOWN, None
        else:
            (result,) = pipeline.carry_out(workspace, terms, [plan], self._models(workspace), None)
            if result.error:
                return Event(kind=Kind.FAILED, name=arrival.name, slug=plan.slug, error=result.error)
            kind = Kind.UPDATED if record and not same else Kind.DONE
        inbox.clear(workspace.quarantine, arrival.name)
        inbox.leave(arrival)  # what took its place in the meantime is the next pass's
        return Event(kind=kind, name=arrival.name, slug=plan.slug, result=result)

    def _refuse(self, workspace: Workspace, arrival: Arrival, error: KzpressError) -> Event | None:
        kept = inbox.set_aside(arrival, workspace.quarantine, self.reason(arrival.name, error, _now()))
        return Event(kind=Kind.REFUSED, name=arrival.name, error=error, kept=kept) if kept else None

    # -------------------------------------------------------------- what lasts

    def _know(self, workspace: Workspace) -> Glossary:
        """Return the glossary there is now: the one before, with all it has worked out, if it says the same."""
        found = glossary.load(workspace.glossary, cache=workspace.index)
        self._terms = self._terms if self._terms == found else found
        return self._terms

    def _models(self, workspace: Workspace) -> Engine:
        if self._engine is None or self._engine[0] != workspace.models:
            self._engine = (workspace.models, self.engine(workspace.models))
        return self._engine[1]


def _language(workspace: Workspace, arrival: Arrival) -> Lang | None:
    """Return the language that the settings give the feed in whose folder a file lies."""
    folder = arrival.name.partition("/")[0] if "/" in arrival.name else None
    return next((feed.language for feed in workspace.settings.feeds if feed.name == folder), None)


def _of_feed(delivery: Delivery) -> Iterator[Event]:
    name, last = delivery.feed.name, delivery.last
    if delivery.error:
        yield Event(kind=Kind.FEED_FAILED, name=name, error=delivery.error, last=last)
    else:
        yield Event(kind=Kind.FEED, name=name, count=delivery.new, last=last, empty=delivery.empty)
    if delivery.is_quiet:
        yield Event(kind=Kind.FEED_QUIET, name=name, last=last, is_news=not delivery.was_quiet)


def _bug(error: Exception) -> str:
    return _("this is a bug in kzpress ({error})", error=f"{type(error).__name__}: {error}")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
