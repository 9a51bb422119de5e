"""Unattended work: one pass over feeds and inbox, told as events; each release is done whole or left for the next pass.

A file leaves the inbox only when its catalogues, its source and its record are on the disk; so a pass that was cut
short anywhere is completed by the next, and what is done already is recognised without a model.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

from kzpress import glossary, inbox, pipeline, planning, recognising, records
from kzpress.delivering import Delivery, deliver, fetch_all
from kzpress.domain import Draft, Lang
from kzpress.engine import Engine
from kzpress.errors import BUG_HINT, KzpressError, LanguageError, ReleaseError, UsageError, WorkspaceError, bug
from kzpress.events import Event, Kind
from kzpress.flowing import Item
from kzpress.glossary import Glossary
from kzpress.inbox import Arrival
from kzpress.limits import Limits
from kzpress.planning import Plan
from kzpress.recognising import Recognised
from kzpress.records import Records
from kzpress.results import Translated
from kzpress.speech import _
from kzpress.suspects import Suspects
from kzpress.workspace import Record, Workspace


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
            told = set()
            for event in self._drafted(workspace, ready):
                told.add(event.name)
                yield event
            left = [one for one in ready if one.name not in told and one.path.exists()]
            if left and self.stopped():
                yield Event(kind=Kind.LEFT, count=len(left))

    def _drafted(self, workspace: Workspace, ready: Sequence[Arrival]) -> Iterator[Event]:
        if not ready:
            return
        terms = self._know(workspace)
        suspects = Suspects(workspace.suspects)
        waiting = deque(one for one in ready if not suspects.deaths[one.name])
        last = [one for one in ready if suspects.deaths[one.name]]
        while waiting and not self.stopped():
            hand: dict[Path, Arrival] = {}
            try:
                yield from self._streamed(workspace, terms, suspects, waiting, hand)
            except Exception:  # which of them it was comes out alone
                among = [*hand.values()] or [waiting.popleft() for _ in range(min(1, len(waiting)))]
                yield from self._alone(workspace, terms, suspects, among)
        yield from self._alone(workspace, terms, suspects, sorted(last, key=lambda one: suspects.deaths[one.name]))

    def _alone(
        self, workspace: Workspace, terms: Glossary, suspects: Suspects, arrivals: Iterable[Arrival]
    ) -> Iterator[Event]:
        """Do releases one after the other, so that one at which the engine fails, or worse, stops no other."""
        for arrival in tuple(arrivals):
            if self.stopped():
                return
            try:
                yield from self._streamed(workspace, terms, suspects, deque([arrival]), {})
            except Exception as error:  # nor must a model or a disk that fails at this one
                yield failed(arrival, error)

    def _streamed(
        self,
        workspace: Workspace,
        terms: Glossary,
        suspects: Suspects,
        waiting: deque[Arrival],
        hand: dict[Path, Arrival],
    ) -> Iterator[Event]:
        """Do the releases that are ``waiting``, until one corrects another that is in ``hand``, in windows."""
        began = time.monotonic()
        engine = self._models(workspace)
        with (
            records.opened(workspace) as known,
            recognising.opened(workspace, terms, known, workspace.settings.targets) as recognised,
        ):

            def items() -> Iterator[Item[tuple[Arrival, Event | None]]]:
                while waiting:
                    arrival = waiting[0]
                    suspects.begin(arrival.name)
                    item = self._item(workspace, terms, known, recognised, arrival)
                    if item is None:
                        suspects.clear([arrival.name])
                        return
                    hand[arrival.path] = waiting.popleft()
                    yield item

            try:
                for arrival, event in pipeline.carry_out(
                    workspace, terms, items(), engine, expected=len(waiting), first=1, stopped=self.stopped
                ):
                    del hand[arrival.path]
                    suspects.clear([arrival.name])
                    if event:
                        yield replace(event, seconds=time.monotonic() - began)
                    began = time.monotonic()
            finally:
                suspects.clear([one.name for one in (*hand.values(), *islice(waiting, 1))])

    # -------------------------------------------------------------- one release

    def _item(
        self, workspace: Workspace, terms: Glossary, known: Records, recognised: Recognised, arrival: Arrival
    ) -> Item[tuple[Arrival, Event | None]] | None:
        """Return what is to be drafted of one release, and how it leaves the inbox; None if it has to wait."""
        try:
            data = self._data(arrival, workspace.settings.limits)
            if inbox.is_note(arrival, data):
                return _settled(arrival, partial(forget, arrival))
            engine, source = self._models(workspace), language_of_folder(workspace, arrival)
            if found := recognised.find_bytes(arrival.path, arrival.name, data, source, engine):
                return _settled(arrival, partial(self._left, workspace, arrival, Kind.KNOWN, str(found.slug)))
            plan = self._plan(workspace, terms, known, arrival, data)
            return self._to_do(workspace, terms, arrival, plan, recognised) if plan else None
        except Exception as error:
            return _settled(arrival, partial(self._turned_away, workspace, arrival, error))

    def _turned_away(self, workspace: Workspace, arrival: Arrival, error: Exception) -> Event | None:
        """Refuse a release for what is wrong with it; for any other error it stays in the inbox."""
        match error:
            case LanguageError():
                hint = _("if you know it: kzpress translate --from LANGUAGE quarantine/{name}", name=arrival.name)
                return self._refuse(workspace, arrival, LanguageError(error.message, where=arrival.name, hint=hint))
            case ReleaseError() | UsageError():
                return self._refuse(workspace, arrival, error)
            case WorkspaceError(where=arrival.name, __cause__=FileNotFoundError()):
                return None  # another machine on this folder was faster
            case _:
                return failed(arrival, error)

    def _data(self, arrival: Arrival, limits: Limits) -> bytes:
        if arrival.fault:
            raise arrival.fault
        return inbox.read(arrival, limits.file_bytes)

    def _plan(
        self, workspace: Workspace, terms: Glossary, known: Records, arrival: Arrival, data: bytes
    ) -> Plan | None:
        """Plan what is to be drafted; None if another one of the release is yet to be written."""
        engine, targets = self._models(workspace), workspace.settings.targets
        try:
            found = planning.read_bytes(arrival.path, arrival.name, data, workspace.settings.limits)
            lang = planning.language_of(found, language_of_folder(workspace, arrival))
            if known.awaits(found.release, lang):
                return None
            plan = planning.plan_of(workspace, terms, found, engine, targets=targets, source=lang, known=known)
            known.hold(plan.slug, found.release, lang)
        except (KzpressError, OSError, MemoryError):
            raise
        except Exception as error:  # hostile input that no reader foresaw must not stop the others at every pass
            raise ReleaseError(bug(error), where=arrival.name, hint=BUG_HINT) from error
        return plan

    def _to_do(
        self, workspace: Workspace, terms: Glossary, arrival: Arrival, plan: Plan, recognised: Recognised | None = None
    ) -> Item[tuple[Arrival, Event | None]]:
        item = pipeline.item_of(workspace, terms, plan, recognised)
        record = workspace.record(plan.slug)
        if not item.work and _is_of(record, plan) and record and workspace.source(record).is_file():
            return _settled(arrival, partial(self._left, workspace, arrival, Kind.KNOWN, plan.slug))

        def done(drafts: Sequence[Draft]) -> tuple[Arrival, Event]:
            return arrival, self._done(workspace, arrival, plan, partial(item.done, drafts))

        return Item(work=item.work, done=done)

    def _done(self, workspace: Workspace, arrival: Arrival, plan: Plan, write: Callable[[], Translated]) -> Event:
        """Write a release that is drafted and have it leave the inbox; if that cannot be, it stays."""
        try:
            record = workspace.record(plan.slug)
            result = write()
            if result.error:
                return Event(kind=Kind.FAILED, name=arrival.name, slug=plan.slug, error=result.error)
            kind = Kind.DONE if record is None or _is_of(record, plan) else Kind.UPDATED
            return self._left(workspace, arrival, kind, plan.slug, result)
        except Exception as error:
            return failed(arrival, error)

    def _left(
        self, workspace: Workspace, arrival: Arrival, kind: Kind, slug: str, result: Translated | None = None
    ) -> Event:
        """Have a release leave the inbox, since all of it is on the disk."""
        inbox.clear(workspace.quarantine, arrival.name)
        inbox.leave(arrival)  # what took its place in the meantime is the next pass's
        return Event(kind=kind, name=arrival.name, slug=slug, result=result)

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


def _settled(arrival: Arrival, event: Callable[[], Event | None]) -> Item[tuple[Arrival, Event | None]]:
    """Return what needs no drafting, to be done when its turn comes."""

    def done(_: Sequence[Draft]) -> tuple[Arrival, Event | None]:
        try:
            return arrival, event()
        except Exception as error:
            return arrival, failed(arrival, error)

    return Item(work=(), done=done)


def _is_of(record: Record | None, plan: Plan) -> bool:
    """Tell whether a record is of the very bytes that are planned."""
    return record is not None and record.digest == plan.read.release.digest


def failed(arrival: Arrival, error: Exception) -> Event:
    """Return that a release stays in the inbox, and why."""
    match error:
        case KzpressError():
            told = error
        case _:
            told = KzpressError(bug(error), where=arrival.name, hint=BUG_HINT)
    return Event(kind=Kind.FAILED, name=arrival.name, error=told)


def forget(arrival: Arrival) -> None:
    """Remove what is no release from the inbox."""
    inbox.leave(arrival)


def language_of_folder(workspace: Workspace, arrival: Arrival) -> Lang | None:
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


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
