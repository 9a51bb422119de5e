"""How much of a long work is done, and how much time is left: arithmetic alone, without a clock."""

from __future__ import annotations

from threading import Lock
from typing import Final

_AGAIN: Final = 0.1  # of the text is asked for once more, until there are windows to learn it from
_CHOOSING: Final = 0.12  # of the engine's time for a text goes to choosing among its answers


class Tally:
    """What is to be drafted and what is, in characters of source: an engine's time goes by them.

    How much is asked for once more is learnt from the windows whose first answers were looked at.
    """

    def __init__(self) -> None:
        self._first = 0  # asked for the first time
        self._chosen = 0  # of these, whose answers were looked at
        self._again = 0  # asked for once more, since those answers lacked something
        self._answered = 0
        self._counting = Lock()

    def ask(self, size: int) -> None:
        """Count what a window asks for the first time."""
        self._first += size

    def choose(self, size: int, again: int) -> None:
        """Count what of a window was looked at, and what of it is asked for once more."""
        self._chosen += size
        self._again += again

    def answer(self, size: int) -> None:
        """Count what the engine has done, in any thread."""
        with self._counting:
            self._answered += size

    def told(self, times: float) -> tuple[int, int]:
        """Return how much is done, and how much there is if there is so many ``times`` what was asked for."""
        again = self._again / self._chosen if self._chosen else _AGAIN
        return round(self._answered + _CHOOSING * self._chosen), round(self._first * times * (1 + again + _CHOOSING))


class Pace:
    """How fast a work goes, reckoned from when the first of it was done: what had to be loaded before is no pace."""

    def __init__(self) -> None:
        self._began: tuple[float, int] | None = None
        self._told = (0, 0)
        self._ends: float | None = None

    def left(self, now: float, done: int, total: int) -> float | None:
        """Return the seconds left at the second ``now``, None while nothing tells; where nothing is new, they pass."""
        if done and (done, total) != self._told:
            self._told = (done, total)
            began, before = self._began = self._began or (now, done)
            self._ends = now + (now - began) * (total - done) / (done - before) if total > done > before else None
        return None if self._ends is None else max(0.0, self._ends - now)
