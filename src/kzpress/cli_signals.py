"""How SIGINT and SIGTERM end the work: at once and in order, or after the release that is being drafted."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kzpress.errors import Terminated

_GLANCE = 0.25  # seconds between glances at the signals


class Signals:
    """The first of SIGINT and SIGTERM that came; a second one ends kzpress at once."""

    received: int | None = None

    def sleep(self, seconds: float) -> None:
        """Sleep, until a signal comes."""
        ends = time.monotonic() + seconds
        while self.received is None and (left := ends - time.monotonic()) > 0:
            time.sleep(min(left, _GLANCE))


@contextmanager
def heeding() -> Iterator[Signals]:
    """Have SIGINT and SIGTERM end the work after the release that is being drafted."""
    signals, before = Signals(), {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def heed(number: int, _frame: object) -> None:
        signals.received = number
        for each, handler in before.items():
            signal.signal(each, handler)

    for number in before:
        signal.signal(number, heed)
    try:
        yield signals
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def terminable() -> Iterator[None]:
    """Have SIGTERM raise ``Terminated``, so that the work is left in order as at Ctrl-C; a second one ends kzpress."""
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return

    def end(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        raise Terminated

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
