"""The time left is told from what was done: played with what two real runs did, second by second, on two cores."""

from __future__ import annotations

import pytest

from kzpress.estimating import Pace, Tally

# Traces of `kzpress translate` on releases of 24 sentences in two languages, from the first look at the glossary on:
# at which second how many characters a window asked for, once so many releases were read; how many the engine
# answered; how many a window looked at, and how many of them it asked for once more.
THIRTY = """
0.6 ask 71700 13; 1.0 ask 72496 26; 1.2 answer 956; 1.2 ask 23038 30; 1.5 answer 874; 2.4 answer 7224; 3.3 answer 6645
4.0 answer 5746; 4.7 answer 5220; 5.5 answer 3812; 6.5 answer 6941; 7.5 answer 7010; 8.1 answer 4029; 8.9 answer 5367
9.5 answer 3986; 10.3 answer 5555; 11.1 answer 7465; 11.9 answer 4313; 12.6 answer 5859; 13.3 answer 6986
14.0 answer 4483; 14.7 answer 5995; 15.3 answer 6044; 16.0 answer 4255; 16.7 answer 4714; 17.3 answer 7660
18.1 answer 5771; 18.8 answer 6847; 19.4 answer 6697; 20.5 answer 3409; 20.6 answer 333; 21.3 answer 3036
22.2 answer 4793; 22.9 answer 4018; 23.1 choose 71700 10773; 23.4 answer 1522; 24.3 answer 5680; 25.1 answer 3320
25.5 answer 1798; 25.5 choose 72496 13406; 25.6 answer 900; 26.3 answer 4656; 26.7 answer 3852; 27.4 answer 2187
27.4 choose 23038 1085; 27.5 answer 1096; 27.6 answer 2017; 28.5 answer 4651; 29.0 answer 3637; 29.2 answer 1139
"""
THREE = """
0.3 ask 16988 3; 0.6 answer 1033; 0.9 answer 2111; 1.0 answer 1186; 1.3 answer 1560; 1.7 answer 2840; 2.0 answer 2991
2.3 answer 3203; 2.4 answer 1682; 2.6 answer 382; 3.0 choose 16988 1312; 3.2 answer 358; 3.2 answer 954
"""


def left_at(trace: str, releases: int, seconds: float) -> dict[float, float | None]:
    """Return what is told to be left at shares of the time of a run that took so many ``seconds``."""
    tally, pace = Tally(), Pace()
    steps = [step.split() for line in trace.split("\n") for step in line.split(";") if step.strip()]
    told: dict[float, float | None] = {}
    times = 1.0
    for share in (0.25, 0.5, 0.75, 0.9, 0.95):
        while steps and float(steps[0][0]) <= share * seconds:
            second, verb, *numbers = steps.pop(0)
            match verb, [int(number) for number in numbers]:
                case "ask", [size, seen]:
                    tally.ask(size)
                    times = releases / seen
                case "answer", [size]:
                    tally.answer(size)
                case "choose", [size, again]:
                    tally.choose(size, again)
            pace.left(float(second), *tally.told(times))
        told[share] = pace.left(share * seconds, *tally.told(times))
    return told


@pytest.mark.parametrize(("trace", "releases", "seconds"), [(THIRTY, 30, 30.3), (THREE, 3, 3.3)])
def test_of_a_real_run_the_time_left_is_told_within_a_seventh_of_the_whole(
    trace: str, releases: int, seconds: float
) -> None:
    for share, left in left_at(trace, releases, seconds).items():
        if left is not None or share >= 0.5:  # of a short run, little is known as early as that
            assert left is not None and abs(left - (1 - share) * seconds) < seconds / 7, share


def test_a_long_run_is_told_within_a_twentieth_from_a_quarter_on() -> None:
    for share, left in left_at(THIRTY, 30, 30.3).items():
        assert left is not None and abs(left - (1 - share) * 30.3) < 30.3 / 20, share


def test_what_is_asked_for_once_more_is_learnt_from_the_windows_that_were_looked_at() -> None:
    tally = Tally()
    tally.ask(1000)
    _, guessed = tally.told(2)
    assert 2000 < guessed < 2600
    tally.answer(1000)
    tally.choose(1000, 400)
    done, learnt = tally.told(2)
    assert learnt - guessed == 2 * 300
    tally.answer(400)
    assert tally.told(1) == (done + 400, learnt / 2)


def test_loading_is_no_pace_and_time_passes_while_nothing_is_new() -> None:
    pace = Pace()
    assert pace.left(0.0, 0, 100) is None
    assert pace.left(60.0, 10, 100) is None
    assert pace.left(70.0, 20, 100) == 80
    assert pace.left(75.0, 20, 100) == 75
    assert pace.left(80.0, 30, 100) == 70
    assert pace.left(400.0, 30, 100) == 0
    assert pace.left(410.0, 100, 100) is None


def test_of_a_work_of_unknown_size_no_end_is_told() -> None:
    pace = Pace()
    assert [pace.left(float(second), second, 0) for second in range(5)] == [None] * 5
