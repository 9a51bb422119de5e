"""The workers of a cluster at work on releases: what is sent to them, what comes back, and in which order it is done.

A few releases make a task. What comes back is kept by content address until it is written, so that a task that is
lost, or done twice, or whose answer outlives this process, changes nothing.
"""

from __future__ import annotations

import hashlib
import shutil
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from kzpress import spreading
from kzpress.answers import Spool, is_failure
from kzpress.errors import KzpressError, WorkersError
from kzpress.parcels import Parcel
from kzpress.speech import _

GROUP: Final = 25  # releases a task: enough for the engine's batches, few enough to lose
_GROUP_BYTES: Final = 1_000_000
_SHARES: Final = 4  # tasks a worker at least, if there are releases enough, so that all end together
AHEAD: Final = 3  # tasks a worker that are sent and not yet back
_HELD: Final = 4  # times as many releases are held as are sent, while one that is slow keeps others from being written
_HELD_BYTES: Final = 256_000_000  # of them, whatever their number; one release more may come on top
_ALONE: Final = 60  # seconds without any worker before the pass gives up
_GLANCE: Final = 0.25  # seconds between two looks at what came back
_COUNT: Final = 5  # seconds between two looks at who is there

T = TypeVar("T")
Told = bytes | KzpressError | None  # an answer, or why there is none; None of what was not sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Load(Generic[T]):
    """A release: what is sent of it, None if nothing need be, and what is ``done`` with what came back.

    ``weight`` is how many bytes of it are held until then.
    """

    parcel: Parcel | None
    done: Callable[[Told], T]
    weight: int = 0


@dataclass(slots=True, kw_only=True, eq=False)
class _Sent(Generic[T]):
    """A load in the line of those not yet done."""

    load: Load[T]
    address: str = ""
    is_back: bool = False
    is_suspect: bool = False  # a task it was in did not end well: it goes alone
    told: Told = None  # that it failed, which another pass may not: it is not kept


@contextmanager
def joined_by(
    address: str, made_with: Mapping[str, str], pack: Callable[[], bytes], spool: Path, expected: int
) -> Iterator[Crew]:
    """Join a scheduler whose workers all draft as this machine does; ``expected`` is how many releases there may be.

    Raises:
        UsageError: Dask is not installed.
        WorkersError: the scheduler cannot be reached, has no workers, or has one that is not fit.
    """
    with spreading.connected(address) as client:
        workers = spreading.inspect(client, address, made_with)
        kit = pack()
        digest = hashlib.sha256(kit).hexdigest()
        folder = spool / digest[:16]
        for old in spool.glob("*"):
            if old != folder:  # made under another glossary, memory or kzpress
                shutil.rmtree(old, ignore_errors=True)
        size = max(1, min(GROUP, expected // (workers * _SHARES)))
        yield Crew(client, address, kit, digest, Spool(folder), size=size, workers=workers)


@dataclass(slots=True, kw_only=True, eq=False)
class _Task(Generic[T]):
    future: Any
    sent: Sequence[_Sent[T]]


class Crew:
    """The workers of a scheduler, at work on tasks of ``size`` releases."""

    def __init__(
        self, client: Any, address: str, kit: bytes, digest: str, spool: Spool, *, size: int, workers: int
    ) -> None:
        self._client, self._address, self._digest, self._spool = client, address, digest, spool
        self._size, self._workers = size, workers
        # The kit is a task's result, not scattered: if all who have it are lost, it is made again.
        self._kit = self._ask(bytes, kit, key=f"kzpress-kit-{digest[:32]}")
        self._seen = self._counted = time.monotonic()
        self._tasks: list[_Task[Any]] = []
        self._gathered: list[_Sent[Any]] = []
        self._suspects: deque[_Sent[Any]] = deque()

    def flow(
        self, loads: Iterable[Load[T]], stopped: Callable[[], bool], is_settled: Callable[[T], bool]
    ) -> Iterator[T]:
        """Yield what is done with each load, in order; ``loads`` is read as far ahead as the workers need.

        When ``stopped`` says so, what is not done by then is left. What came back of a load is kept for another pass
        until what was done with it ``is_settled``.

        Raises:
            WorkersError: the cluster cannot go on; what came back is kept.
            WorkspaceError: what came back cannot be kept.
        """
        source, line, is_over, weight = iter(loads), deque[_Sent[T]](), False, 0
        while not stopped():
            while not is_over and self._has_room(len(line)) and weight < _HELD_BYTES:
                load = next(source, None)
                is_over = load is None
                if load:
                    line.append(self._send(load))
                    weight += load.weight
                    if line[0].is_back:
                        break
            if self._gathered and (is_over or not self._tasks):
                self._submit()
            if not line:
                return
            if not line[0].is_back:
                self._wait()
            elif self._is_sound(line[0]):
                weight -= line[0].load.weight
                yield self._done(line.popleft(), is_settled)
                self._take_back()  # lest workers wait while much is written

    def _has_room(self, held: int) -> bool:
        most = AHEAD * self._workers
        return len(self._tasks) < most and held < _HELD * most * self._size

    def _send(self, load: Load[T]) -> _Sent[T]:
        if load.parcel is None:
            return _Sent(load=load, is_back=True)
        one = _Sent(load=load, address=load.parcel.address(self._digest))
        one.is_back = self._spool.has(one.address)
        if not one.is_back:
            self._gathered.append(one)
            weight = sum(len(each.load.parcel.data) for each in self._gathered if each.load.parcel)
            if len(self._gathered) >= self._size or weight >= _GROUP_BYTES:
                self._submit()
        return one

    def _submit(self, alone: Sequence[_Sent[Any]] = ()) -> None:
        """Make a task of what is gathered, or of a suspect ``alone``."""
        sent = alone or self._gathered
        name = hashlib.sha256("".join(one.address for one in sent).encode()).hexdigest()[:32]
        rows = [spreading.row(one.load.parcel) for one in sent if one.load.parcel]
        key = f"kzpress-{'alone' if alone else 'draft'}-{name}"
        future = self._ask(spreading.work, self._kit, rows, key=key)
        self._tasks.append(_Task(future=future, sent=sent))
        if not alone:
            self._gathered = []

    def _ask(self, function: Callable[..., object], *args: object, key: str) -> Any:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sending large graph")
            return self._client.submit(function, *args, key=key)

    def _wait(self) -> None:
        """Wait a moment for something to come back."""
        if self._suspects and not any(one.is_suspect for task in self._tasks for one in task.sent):
            self._submit([self._suspects.popleft()])
        if not self._take_back():
            time.sleep(_GLANCE)
        self._look_who_is_there()

    def _take_back(self) -> bool:
        """Take what came back, and tell whether anything did."""
        before = len(self._tasks)
        self._tasks = [task for task in self._tasks if not self._is_taken(task)]
        return len(self._tasks) < before

    def _is_taken(self, task: _Task[Any]) -> bool:
        found = spreading.outcome(task.future, self._address)
        if found is None:
            return False
        error, result = found
        if error:
            self._suspect(task, error)
            return True
        worker, differing, told = result
        if differing:
            raise spreading.unfit(worker, differing)
        for one, data in zip(task.sent, told, strict=True):
            if is_failure(data):
                one.told = data
            else:
                self._spool.keep(one.address, data)
            one.is_back = True
        return True

    def _suspect(self, task: _Task[Any], error: BaseException) -> None:
        """Have releases of a task that ended its workers, or failed, go alone; one that did is told."""
        if isinstance(error, (ImportError, AttributeError)):
            raise spreading.unfit(_("a worker that has joined"), spreading.first_line(error))
        for one in task.sent:
            if one.is_suspect:
                name = one.load.parcel.name if one.load.parcel else ""
                one.told, one.is_back = _deadly(error, name), True
            else:
                one.is_suspect = True
                self._suspects.append(one)

    def _is_sound(self, one: _Sent[Any]) -> bool:
        """Tell whether what came back can be read; if not, it is drafted again."""
        if one.address and not one.told and self._spool.get(one.address) is None:
            self._spool.drop(one.address)
            one.is_back, one.is_suspect = False, True
            self._suspects.append(one)
        return one.is_back

    def _done(self, one: _Sent[T], is_settled: Callable[[T], bool]) -> T:
        if not one.address or one.told:
            return one.load.done(one.told)
        result = one.load.done(self._spool.get(one.address))
        if is_settled(result):
            self._spool.drop(one.address)
        return result

    def _look_who_is_there(self) -> None:
        now = time.monotonic()
        if now - self._counted < _COUNT:
            return
        self._counted = now
        with spreading.reaching(self._address):
            count = len(self._client.nthreads())
        if count:
            self._seen, self._workers = now, count
        elif now - self._seen > _ALONE:
            raise spreading.without_workers(self._address)


def _deadly(error: BaseException, name: str) -> KzpressError:
    if spreading.is_death(error):
        return WorkersError(
            _("the worker that drafts it dies each time"),
            where=name,
            hint=_("give the workers more memory, or take the file out of the inbox"),
        )
    return WorkersError(_("failed on a worker ({error})", error=spreading.first_line(error)), where=name)
