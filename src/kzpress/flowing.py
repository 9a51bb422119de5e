"""Work that streams: planned ahead, decoded in windows by threads of their own, finished in the order it came.

However many releases there are, a few windows of sentences are held at once. While the engine decodes one window, this
thread plans those to come and writes those that are done, so that the cores have work at every moment.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from itertools import count, islice
from queue import PriorityQueue
from threading import Thread
from typing import Final, Generic, Self, TypeVar

from kzpress.asking import Answers, Asking, Progress, Work
from kzpress.domain import Draft
from kzpress.engine import Engine, Job
from kzpress.estimating import Tally

WINDOW: Final = 300  # sentences; the next window begins when a release has filled one
HANDS: Final = 2  # threads: the last sentences of a window leave cores free, and another brings those of the next
AHEAD: Final = 2  # windows that are with the engine, or wait for it, while one is written
_LEAST: Final = 5  # sentences that a release counts for, so that those without any do not gather
_WIDER: Final = 4  # times as many sentences in each window after a narrow one
_GLANCE: Final = 0.2  # seconds between two looks at the engine

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Generic[T]):
    """What is to be drafted of one release, and what is to be ``done`` with the drafts."""

    work: Sequence[Work]
    done: Callable[[Sequence[Draft]], T]


class _Stopped(Exception):  # noqa: N818 - nothing is wrong
    """The engine's answers are not wanted any more."""


def flow(
    items: Iterable[Item[T]],
    ask: Callable[[list[Work]], Asking],
    engine: Engine,
    *,
    progress: Progress | None = None,
    expected: int = 0,
    first: int | None = None,
    stopped: Callable[[], bool] = lambda: False,
    meanwhile: Callable[[Sequence[Work]], None] = lambda _: None,
) -> Iterator[T]:
    """Yield what is done with each item, in order; ``items`` is read as far ahead as the engine needs.

    ``progress`` is told of what time goes by, see ``Tally``; how much there will be is reckoned from the ``expected``
    number of items. The ``first`` window may be narrower, so that something is done soon; each that follows is wider.
    When ``stopped`` says so, what is not done by then is left, but the first item never is: who is stopped again and
    again gets on as well. ``meanwhile`` is done with the work of each window once the engine has it.

    Where an item cannot be had, or a window fails, that is raised once all before it is done.
    """
    with _Decoder(engine) as decoder:
        flowing = _Flow[T](
            ask, decoder, progress, expected=expected, first=first or WINDOW, stopped=stopped, meanwhile=meanwhile
        )
        yield from flowing.over(items)


class _Flow(Generic[T]):
    """The windows there are: one being gathered, some with the engine, the first of them being finished."""

    def __init__(
        self,
        ask: Callable[[list[Work]], Asking],
        decoder: _Decoder,
        progress: Progress | None,
        *,
        expected: int,
        first: int,
        stopped: Callable[[], bool],
        meanwhile: Callable[[Sequence[Work]], None],
    ) -> None:
        self._ask, self._decoder, self._width = ask, decoder, first
        self._stopped, self._meanwhile = stopped, meanwhile
        self._progress, self._expected = progress, expected
        self._begun = self._done = 0  # items
        self._failure: Exception | None = None  # of who reads the items
        self._windows: deque[_Window[T]] = deque()
        self._gathered: list[Item[T]] = []
        self._weight = 0

    def over(self, items: Iterable[Item[T]]) -> Iterator[T]:
        """Yield what is done with each item."""
        for item in self._readable(items):
            self._gather(item)
            self._tell()
            yield from self._finished(AHEAD)
            if self._is_over():
                return
        if self._gathered:
            self._begin()
        yield from self._finished(0)
        if self._failure:
            raise self._failure

    def _readable(self, items: Iterable[Item[T]]) -> Iterator[Item[T]]:
        """Yield the items up to one that cannot be had; why is told when those before it are done."""
        try:
            yield from items
        except Exception as error:
            self._failure = error

    def _is_over(self) -> bool:
        return self._done > 0 and self._stopped()

    def _gather(self, item: Item[T]) -> None:
        self._gathered.append(item)
        self._weight += max(len(item.work), _LEAST)
        is_alone = not self._windows and len(self._gathered) == 1
        if self._weight >= self._width or (is_alone and not item.work):
            self._begin()

    def _begin(self) -> None:
        work = [one for item in self._gathered for one in item.work]
        self._windows.append(_Window(self._gathered, self._ask(work), self._decoder))
        self._windows[-1].attempt(lambda: self._meanwhile(work))
        self._begun += len(self._gathered)
        self._width = min(_WIDER * max(self._width, self._weight), WINDOW)
        self._gathered, self._weight = [], 0

    def _finished(self, most: int) -> Iterator[T]:
        """Finish windows until at most so many are left, and those that need not be waited for."""
        while self._windows and (len(self._windows) > most or self._windows[0].advance()):
            if not self._wait():
                return
            for result in self._windows[0].results():
                self._done += 1
                yield result
                if self._is_over():
                    return
                self._look_after_all()
            self._windows.popleft()
            self._tell()

    def _wait(self) -> bool:
        """Wait until the first window is drafted; tell whether it is, or all was stopped."""
        while not self._windows[0].advance():
            if self._is_over():
                return False
            self._look_after_all()
            waited = [one.future for one in self._windows if not one.future.done()]
            wait(waited, timeout=_GLANCE, return_when=FIRST_COMPLETED)
            self._tell()
        return True

    def _look_after_all(self) -> None:
        for window in self._windows:
            window.advance()

    def _tell(self) -> None:
        if self._progress and self._begun:
            self._progress(*self._decoder.tally.told(max(1.0, self._expected / self._begun)))


class _Window(Generic[T]):
    """Items that are decoded together; that anything failed is told when their turn comes."""

    def __init__(self, items: Sequence[Item[T]], asking: Asking, decoder: _Decoder) -> None:
        self._items, self._asking, self._decoder = items, asking, decoder
        self._rank = next(decoder.ranks)
        self._drafts: list[Draft] | None = None
        self._failure: Exception | None = None
        self._unchosen: int | None = None  # characters asked for whose answers were not looked at, None: not yet asked
        self.future: Future[Answers] = Future()
        self.attempt(lambda: self._take(next(self._asking)))

    @property
    def is_over(self) -> bool:
        """Tell whether all is drafted, or nothing more can be."""
        return self._drafts is not None or self._failure is not None

    def advance(self) -> bool:
        """Take the answers that are there, and tell whether it is over."""
        while not self.is_over and self.future.done():
            self.attempt(lambda: self._take(self._asking.send(self.future.result())))
        return self.is_over

    def attempt(self, step: Callable[[], None]) -> None:
        """Take a step, the last one if it fails or the drafts are there."""
        try:
            step()
        except StopIteration as end:
            self._take([])
            self._drafts = end.value
        except Exception as error:
            self._failure = error

    def _take(self, jobs: Sequence[Job]) -> None:
        size = sum(len(job.text) for job in jobs)
        if self._unchosen is None:
            self._decoder.tally.ask(size)
            self._unchosen = size
        else:
            self._decoder.tally.choose(self._unchosen, size)
            self._unchosen = 0
        if jobs:
            self.future = self._decoder.ask(self._rank, jobs)

    def results(self) -> Iterator[T]:
        """Yield what is done with each item, once it is over."""
        if self._failure:
            raise self._failure
        drafts = iter(self._drafts or ())
        for item in self._items:
            yield item.done(list(islice(drafts, len(item.work))))


class _Decoder:
    """The engine in threads of its own, which do what the earliest window asks before all else."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: PriorityQueue[tuple[int, int, Sequence[Job], Future[Answers]]] = PriorityQueue()
        self._order = count()
        self._threads: list[Thread] = []
        self._stopped = False
        self.ranks = count()
        self.tally = Tally()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped = True
        for _thread in self._threads:
            self._queue.put((-1, next(self._order), (), Future()))
        for thread in self._threads:
            thread.join()

    def ask(self, rank: int, jobs: Sequence[Job]) -> Future[Answers]:
        """Have ``jobs`` translated before those of a greater ``rank``."""
        if len(self._threads) < HANDS:
            self._threads.append(Thread(target=self._work, name="engine", daemon=True))
            self._threads[-1].start()
        answers: Future[Answers] = Future()
        self._queue.put((rank, next(self._order), jobs, answers))
        return answers

    def _work(self) -> None:
        while True:
            _, _, jobs, answers = self._queue.get()
            if self._stopped:
                return
            try:
                answers.set_result(self._answers(jobs))
            except BaseException as error:  # raised where the answers are waited for
                answers.set_exception(error)

    def _answers(self, jobs: Sequence[Job]) -> Answers:
        left = sum(len(job.text) for job in jobs)

        def tell(more: int) -> None:
            nonlocal left
            if self._stopped:
                raise _Stopped
            more = min(more, left)
            left -= more
            self.tally.answer(more)

        found = self._engine.translate(jobs, tell)
        self.tally.answer(left)
        return dict(zip(jobs, found, strict=True))
