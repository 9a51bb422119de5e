"""Questions are answered on every core, in order; what no process answers is left to who asks."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from kzpress import cores


def adder(number: int) -> Callable[[int], int]:
    return lambda question: question + number


def mortal() -> Callable[[int], int]:
    """Return what is killed at the question 7, as by a machine that runs out of memory."""

    def answer(question: int) -> int:
        if question == 7:
            os.kill(os.getpid(), signal.SIGKILL)
        return question

    return answer


def teller() -> Callable[[int], int]:
    return lambda _: os.getpid()


@pytest.fixture(autouse=True)
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "ALONE", 2)
    monkeypatch.setattr(cores, "count", lambda: 2)


def test_answers_come_in_order_and_what_is_not_asked_has_none() -> None:
    asked = [None if at % 5 == 4 else at for at in range(60)]
    found = list(cores.spread(((str(at), at) for at in asked), adder, lambda: (100,)))
    assert [thing for thing, _ in found] == [str(at) for at in asked]
    told = [None if at is None else at + 100 for at in asked]
    assert [answer for _, answer in found] == [None, None, *told[2:]]


def test_few_are_asked_ahead() -> None:
    taken = []
    things = ((at, at) for at in range(1_000) if not taken.append(at))  # type: ignore[func-returns-value]
    found = cores.spread(things, adder, lambda: (0,))
    for _ in range(10):
        next(found)
    assert len(taken) < 50
    found.close()  # type: ignore[attr-defined]


def test_what_a_killed_process_leaves_is_left_to_who_asks() -> None:
    found = list(cores.spread(((at, at) for at in range(100)), mortal, tuple))
    assert [thing for thing, _ in found] == list(range(100))
    assert all(answer in {None, thing} for thing, answer in found)
    assert found[7][1] is None and found[-1][1] is None


def test_where_there_can_be_no_process_all_is_left_to_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(cores, "ProcessPoolExecutor", refused)
    assert [answer for _, answer in cores.spread(((at, at) for at in range(9)), teller, tuple)] == [None] * 9


def test_one_core_and_few_questions_start_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "ProcessPoolExecutor", None)
    assert [answer for _, answer in cores.spread(((at, at) for at in range(2)), teller, tuple)] == [None] * 2
    monkeypatch.setattr(cores, "count", lambda: 1)
    assert [answer for _, answer in cores.spread(((at, at) for at in range(9)), teller, tuple)] == [None] * 9
