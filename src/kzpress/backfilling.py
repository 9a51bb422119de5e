"""An archive of many thousand releases: a pass whose drafting is done by other machines, and all else by this one.

What is sent is a release's bytes, what comes back its drafts. Which release it is, what of it a catalogue has already
and what a reviewer wrote there are this machine's business, at the moment of writing.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from kzpress import crew, finishing, inbox, parcels, planning, recognising, records
from kzpress.answers import Answer
from kzpress.crew import Load, Told
from kzpress.domain import Lang
from kzpress.engine import Engine
from kzpress.errors import KzpressError, WorkspaceError
from kzpress.events import Event, Kind
from kzpress.glossary import Glossary
from kzpress.inbox import Arrival
from kzpress.parcels import Parcel
from kzpress.planning import Plan
from kzpress.recognising import Recognised
from kzpress.records import Records
from kzpress.running import Runner, failed, forget, language_of_folder
from kzpress.speech import _
from kzpress.workspace import Workspace

_NEXT: Final = _("the next run takes it")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """What a pass works in and with."""

    workspace: Workspace
    terms: Glossary
    known: Records
    recognised: Recognised
    engine: Engine  # which routes are asked of, and nothing else


@dataclass(slots=True, kw_only=True)
class Backfill(Runner):
    """A runner that has releases drafted by the workers of the scheduler at ``address``."""

    address: str
    models: Path | None = None  # the folder of models to search first
    _sent: set[str] = field(default_factory=set, init=False)  # digests of what this pass has begun

    def _drafted(self, workspace: Workspace, ready: Sequence[Arrival]) -> Iterator[Event]:
        if not ready:
            return
        terms, engine, self._sent = self._know(workspace), self._models(workspace), set()
        made_with = parcels.makers(workspace.settings.targets, self.models or workspace.models)
        pack = partial(parcels.pack, workspace, terms, made_with)
        with (
            records.opened(workspace) as known,
            recognising.opened(workspace, terms, known, workspace.settings.targets) as recognised,
            crew.joined_by(self.address, made_with, pack, workspace.spool, len(ready)) as workers,
        ):
            place = _Place(workspace=workspace, terms=terms, known=known, recognised=recognised, engine=engine)
            began = time.monotonic()
            for event in workers.flow((self._load(place, arrival) for arrival in ready), self.stopped, _is_settled):
                if event:
                    yield replace(event, seconds=time.monotonic() - began)
                began = time.monotonic()

    def _load(self, place: _Place, arrival: Arrival) -> Load[Event | None]:
        """Return what is sent of a release, and how it leaves the inbox when that is back."""
        try:
            data = self._data(arrival, place.workspace.settings.limits)
            if inbox.is_note(arrival, data):
                return Load(parcel=None, done=lambda _: self._safely(place, arrival, lambda: forget(arrival)))
            digest = hashlib.sha256(data).hexdigest()
            if digest in self._sent:
                return Load(parcel=None, done=lambda _: self._again(place, arrival, data), weight=len(data))
            self._sent.add(digest)
            source = language_of_folder(place.workspace, arrival)
            if place.known.may_know(arrival.name, digest):
                return self._rest(place, arrival, data, source)
        except Exception as error:
            refused = error
            return Load(parcel=None, done=lambda _: self._away(place, arrival, refused))
        parcel = Parcel(name=arrival.name, data=data, source=source)
        return Load(parcel=parcel, done=lambda told: self._whole(place, arrival, data, told), weight=len(data))

    def _whole(self, place: _Place, arrival: Arrival, data: bytes, told: Told) -> Event | None:
        """Write a release of which nothing was known when it was sent."""
        try:
            answer = _answer(told, arrival, data)
            if place.known.awaits(answer.read.release, answer.source):
                return self._away(place, arrival, _twice(arrival))
            plan = planning.plan_of_drafted(
                place.workspace,
                answer.read,
                answer.segments,
                answer.source,
                place.engine,
                targets=place.workspace.settings.targets,
                known=place.known,
            )
        except Exception as error:
            return self._away(place, arrival, error)
        return self._written(place, arrival, plan, answer)

    def _rest(self, place: _Place, arrival: Arrival, data: bytes, source: Lang | None) -> Load[Event | None]:
        """Send of a release that may be known, or a correction, what its catalogues lack, if anything."""
        if found := place.recognised.find_bytes(arrival.path, arrival.name, data, source, place.engine):
            leave = partial(self._left, place.workspace, arrival, Kind.KNOWN, str(found.slug))
            return Load(parcel=None, done=lambda _: self._safely(place, arrival, leave))
        plan = self._plan(place.workspace, place.terms, place.known, arrival, data)
        if plan is None:
            return Load(parcel=None, done=lambda _: self._again(place, arrival, data), weight=len(data))
        item = self._to_do(place.workspace, place.terms, arrival, plan)
        if not item.work:
            return Load(parcel=None, done=lambda _: item.done(())[1], weight=len(data))

        def done(told: Told) -> Event | None:
            try:
                answer = _answer(told, arrival, data)
            except Exception as error:
                return self._away(place, arrival, error)
            return self._written(place, arrival, plan, answer)

        wanted = {leg.target: tuple(lacking) for leg, lacking in plan.wanted.items()}
        parcel = Parcel(name=arrival.name, data=data, source=plan.source, wanted=wanted)
        return Load(parcel=parcel, done=done, weight=len(data))

    def _again(self, place: _Place, arrival: Arrival, data: bytes) -> Event | None:
        """Settle the same bytes under another name: what came first is written by now, or could not be."""
        try:
            workspace = place.workspace
            found = planning.read_bytes(arrival.path, arrival.name, data, workspace.settings.limits)
            lang, targets = language_of_folder(workspace, arrival), workspace.settings.targets
            plan = planning.plan_of(
                workspace, place.terms, found, place.engine, targets=targets, source=lang, known=place.known
            )
            item = self._to_do(workspace, place.terms, arrival, plan)
            return self._away(place, arrival, _twice(arrival)) if item.work else item.done(())[1]
        except Exception as error:
            return self._away(place, arrival, error)

    def _written(self, place: _Place, arrival: Arrival, plan: Plan, answer: Answer) -> Event:
        made = {leg: answer.made[leg.target] for leg in plan.wanted}
        write = partial(finishing.finish, place.workspace, place.terms, plan, made)
        return self._done(place.workspace, arrival, plan, write)

    def _safely(self, place: _Place, arrival: Arrival, leave: Callable[[], Event | None]) -> Event | None:
        try:
            return leave()
        except Exception as error:
            return self._away(place, arrival, error)

    def _away(self, place: _Place, arrival: Arrival, error: Exception) -> Event | None:
        try:
            return self._turned_away(place.workspace, arrival, error)
        except Exception as worse:
            return failed(arrival, worse)


def _is_settled(event: Event | None) -> bool:
    """Tell whether what came back of a release is needed no more; else the next pass may do better at writing it."""
    return event is None or event.kind is not Kind.FAILED


def _answer(told: Told, arrival: Arrival, data: bytes) -> Answer:
    match told:
        case KzpressError():
            raise told
        case bytes():
            return Answer.of(told, arrival.path, data)
        case _:
            raise AssertionError  # what is sent comes back


def _twice(arrival: Arrival) -> WorkspaceError:
    return WorkspaceError(_("another file of this call is the same release"), where=arrival.name, hint=_NEXT)
