"""Many releases in the inbox are decoded together, and each still leaves it alone: done whole, or left as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kzpress.events import Kind
from kzpress.workspace import Workspace
from tests.fakes import Transliterator
from tests.run.test_running import kinds, names, place, put, run, runner  # noqa: F401 - place is a fixture

TEXT = (
    "date 2026-03-{day:02} AKTAU. KAZINFORM - Lake number {n} was cleaned by its fishermen.\n\n"
    "They took {n} nets out of lake number {n}. Nobody fishes there now.\n"
)


class Counted(Transliterator):
    """Counts how often it is asked, and does what ``meet`` says when it is asked for lake number 5."""

    calls = 0

    def meet(self) -> None:
        """Do nothing."""

    def translate(self, jobs: Any, progress: Any = None) -> Any:
        self.calls += 1
        if any("number 5 " in job.text for job in jobs):
            self.meet()
        return super().translate(jobs, progress)


class Breaking(Counted):
    def meet(self) -> None:
        raise RuntimeError("out of memory")


class Deadly(Counted):
    def meet(self) -> None:
        raise SystemExit  # as near to a death as a test of one process comes


def fill(place: Workspace, count: int) -> list[str]:  # noqa: F811
    for n in range(1, count + 1):
        put(place, f"{n:02}.txt", TEXT.format(n=n, day=n), age=600 - n)
    return [f"{n:02}.txt" for n in range(1, count + 1)]


def test_many_releases_are_decoded_in_a_few_calls_and_told_in_order(place: Workspace) -> None:  # noqa: F811
    there, engine = fill(place, 12), Counted()
    found = kinds(run(place, engine))
    assert list(found) == there
    assert set(found.values()) == {Kind.DONE}
    assert engine.calls <= 6
    assert names(place.inbox) == set()
    assert json.loads(place.suspects.read_text("utf-8")) == []


def test_of_those_decoded_together_one_that_breaks_the_engine_stops_no_other(place: Workspace) -> None:  # noqa: F811
    there = fill(place, 8)
    found = kinds(run(place, Breaking()))
    assert sorted(found) == there
    assert {name for name, kind in found.items() if kind is not Kind.DONE} == {"05.txt"}
    assert names(place.inbox) == {"05.txt"}


def test_of_those_suspected_together_all_but_the_one_are_done_in_two_passes(place: Workspace) -> None:  # noqa: F811
    there = fill(place, 8)
    place.suspects.parent.mkdir()
    place.suspects.write_text(json.dumps(there[2:]), "utf-8")  # what a process leaves that died of a window
    with pytest.raises(SystemExit):
        run(place, Deadly())
    assert names(place.inbox) == {"05.txt", "06.txt", "07.txt", "08.txt"}
    place.suspects.write_text(json.dumps([*there[4:], there[4]]), "utf-8")
    with pytest.raises(SystemExit):
        run(place, Deadly())
    assert names(place.inbox) == {"05.txt"}


def test_a_release_that_kills_the_process_is_under_suspicion_when_it_does(place: Workspace) -> None:  # noqa: F811
    seen: list[Path] = []

    class Watching(Counted):
        def meet(self) -> None:
            seen.extend(json.loads(place.suspects.read_text("utf-8")))

    fill(place, 8)
    run(place, Watching())
    assert "05.txt" in map(str, seen)


def test_a_stop_leaves_what_is_being_decoded_to_the_next_pass(place: Workspace) -> None:  # noqa: F811
    there, engine = fill(place, 8), Counted()
    told = runner(engine, stopped=lambda: len(list(place.releases.iterdir())) > 2, sleep=lambda _: None).work(place)
    done = [name for name, kind in kinds(list(told)).items() if kind is Kind.DONE]
    assert done == there[: len(done)] and 2 < len(done) < 8
    assert names(place.inbox) == set(there[len(done) :])
    assert set(kinds(run(place, engine)).values()) == {Kind.DONE}
    assert len(list(place.releases.iterdir())) == 8
