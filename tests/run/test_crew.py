"""How far ahead releases are sent, and what is kept of those that came back; the cluster is one in this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest
from distributed import KilledWorker

from kzpress import crew
from kzpress.answers import Spool, failure
from kzpress.crew import Crew, Load
from kzpress.errors import ModelError, WorkersError
from kzpress.parcels import Parcel

DRAFTS = json.dumps({"release": "drafted"}).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Future:
    """What a task comes to: an answer for each release sent, or none for ever; ``then`` is what it is, in turn."""

    told: list[bytes]
    then: Iterator[str]
    error: type[Exception] | None = None

    @property
    def status(self) -> str:
        return next(self.then)

    def result(self, timeout: float) -> tuple[str, dict[str, list[str]], list[bytes]]:
        assert timeout
        if self.error:
            raise self.error("kzpress-draft", None, 2)
        return "tcp://a", {}, self.told


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A cluster whose workers all say the same of a release, or nothing; a task of several goes as told, in turn."""

    told: bytes | None
    then: tuple[str, ...] = ()
    error: type[Exception] | None = None

    def submit(self, _function: Callable[..., object], *args: Any, key: str) -> Future:
        if self.told is None or "kit" in key:
            return Future(told=[], then=repeat("pending"))
        told = [self.told] * len(args[-1])
        if "alone" in key:
            return Future(told=told, then=repeat("finished"))
        return Future(told=told, then=chain(self.then, repeat("finished")), error=self.error)

    def nthreads(self) -> dict[str, int]:
        return {"tcp://a": 1, "tcp://b": 1}


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path)


def crew_of(told: bytes | None, spool: Spool, then: tuple[str, ...] = (), error: type[Exception] | None = None) -> Crew:
    cluster = Cluster(told=told, then=then, error=error)
    return Crew(cluster, "tcp://b", b"kit", "0" * 64, spool, size=5, workers=2)


def parcel(number: int) -> Parcel:
    return Parcel(name=f"{number}.txt", data=b"words")


def sent_of(weight: int, spool: Spool, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many releases of this weight are read ahead while none comes back."""
    monkeypatch.setattr(crew, "_GLANCE", 0)
    read: list[int] = []

    def loads() -> Iterator[Load[None]]:
        for number in range(1_000):
            read.append(number)
            yield Load(parcel=parcel(number), done=lambda _: None, weight=weight)

    glances = iter([False] * 50 + [True] * 2)
    assert list(crew_of(None, spool).flow(loads(), lambda: next(glances), lambda _: True)) == []
    return len(read)


def test_releases_are_held_by_their_number_and_by_their_bytes(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sent_of(10_000, spool, monkeypatch) == 2 * crew.AHEAD * 5
    assert sent_of(20_000_000, spool, monkeypatch) == 13  # of 256 MB


def test_what_could_not_be_written_is_kept_for_another_pass(spool: Spool) -> None:
    one = parcel(1)
    loads = [Load(parcel=one, done=lambda told: told)]
    assert list(crew_of(DRAFTS, spool).flow(loads, lambda: False, lambda _: False)) == [DRAFTS]
    assert spool.has(one.address("0" * 64))
    assert list(crew_of(None, spool).flow(loads, lambda: False, lambda _: True)) == [DRAFTS]
    assert not spool.has(one.address("0" * 64))


def test_a_failure_is_told_once_and_tried_again_by_another_pass(spool: Spool) -> None:
    failed = failure(ModelError("no memory"), "1.txt")
    loads = [Load(parcel=parcel(number), done=lambda told: told) for number in range(4)]
    asked = iter([False, False, True])  # stopped after the first is written
    assert list(crew_of(failed, spool).flow(loads, lambda: next(asked), lambda _: True))[:1] == [failed]
    assert list(crew_of(DRAFTS, spool).flow(loads, lambda: False, lambda _: True)) == [DRAFTS] * 4


@pytest.mark.parametrize("error", [None, KilledWorker])
def test_a_task_that_is_lost_after_it_was_done_is_done_again_or_parted(
    spool: Spool, monkeypatch: pytest.MonkeyPatch, error: type[Exception] | None
) -> None:
    monkeypatch.setattr(crew, "_GLANCE", 0)
    loads = [Load(parcel=parcel(number), done=lambda told: told) for number in range(4)]
    workers = crew_of(DRAFTS, spool, ("pending", "lost"), error)
    assert list(workers.flow(loads, lambda: False, lambda _: True)) == [DRAFTS] * 4


def test_a_task_that_is_cancelled_tells_that_the_scheduler_is_gone(spool: Spool) -> None:
    loads = [Load(parcel=parcel(1), done=lambda told: told)]
    with pytest.raises(WorkersError, match="the Dask scheduler is gone"):
        list(crew_of(DRAFTS, spool, ("cancelled",)).flow(loads, lambda: False, lambda _: True))
