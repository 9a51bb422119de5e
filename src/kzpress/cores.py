"""Questions to processes of this machine, one a core: answers in order, few at once; alone knows multiprocessing.

A few questions are not worth the start of a process, and where there can be none, or one was killed, the rest is left
to who asks.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, Final, TypeVar

T = TypeVar("T")

ALONE: Final = 40  # questions answered here before the first process is started
_MOST: Final = 16  # processes; each has its own copy of what it answers from
_AHEAD: Final = 8  # questions a process, so that none waits for the slowest
_NONE_HERE: Final = (OSError, ImportError, NotImplementedError, BrokenExecutor)  # no shared memory, no semaphores


def count() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    things: Iterable[tuple[T, Any]], make: Callable[..., Callable[[Any], Any]], made_of: Callable[[], tuple[Any, ...]]
) -> Iterator[tuple[T, Any]]:
    """Yield each of the ``things``, in order, with the answer to the question beside it.

    None for a thing without a question (None), and for a question that is left to the caller. Each process makes once
    what answers, by ``make`` of what ``made_of`` returns here.
    """
    crew = _Crew(make, made_of)
    waiting: deque[tuple[T, Future[Any] | None]] = deque()
    try:
        for thing, question in things:
            waiting.append((thing, None if question is None else crew.begin(question)))
            while waiting and (crew.is_full or waiting[0][1] is None or waiting[0][1].done()):
                yield crew.answered(*waiting.popleft())
        while waiting:
            yield crew.answered(*waiting.popleft())
    finally:
        crew.close()


class _Crew:
    """Processes that answer, from the question on that makes them worth it."""

    def __init__(self, make: Callable[..., Callable[[Any], Any]], made_of: Callable[[], tuple[Any, ...]]) -> None:
        self._make, self._made_of = make, made_of
        self._size = min(count(), _MOST)
        self._asked = self._waiting = 0
        self._pool: ProcessPoolExecutor | None = None

    @property
    def is_full(self) -> bool:
        """Tell whether enough is asked that is not answered."""
        return self._waiting >= _AHEAD * self._size

    def begin(self, question: Any) -> Future[Any] | None:
        """Have a question answered, None if it is left to the caller."""
        self._asked += 1
        if self._asked <= ALONE or self._size < 2:
            return None
        try:
            with _undisturbed():
                self._pool = self._pool or self._started()
                future = self._pool.submit(_answered, question)
        except _NONE_HERE:
            self._size = 1
            return None
        self._waiting += 1
        return future

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._size, get_context("spawn"), _start, (self._make, self._made_of()))

    def answered(self, thing: T, future: Future[Any] | None) -> tuple[T, Any]:
        """Wait for an answer; None if the process ended without one."""
        if future is None:
            return thing, None
        self._waiting -= 1
        try:
            return thing, future.result()
        except BrokenExecutor:
            self._size = 1
            return thing, None

    def close(self) -> None:
        """Let each process answer its question, and end."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: who asked ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ------------------------------------------------------------------ in a process of its own

_answer: Callable[[Any], Any]


def _start(make: Callable[..., Callable[[Any], Any]], made_of: tuple[Any, ...]) -> None:
    global _answer  # noqa: PLW0603 - a process is given what it answers with when it starts, and no other way
    Thread(target=_end_with_parent, daemon=True).start()
    _answer = make(*made_of)


def _end_with_parent() -> None:
    """End when the process that asks was killed, which tells nobody."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _answered(question: Any) -> Any:
    return _answer(question)
