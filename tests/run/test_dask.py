"""Drafting by a real Dask cluster, with the embedded models: workers that are processes, and die."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import kzpress as package
from kzpress import catalog, spreading, workspace
from kzpress.answers import Spool
from kzpress.backfilling import Backfill
from kzpress.domain import Lang, State
from kzpress.engine import Origin, discover
from kzpress.engine.argos import ArgosEngine
from kzpress.errors import Exit
from kzpress.events import Event, Kind
from kzpress.report_run import reason
from kzpress.running import Runner
from kzpress.settings import SETTINGS
from kzpress.workspace import Workspace
from tests.cli.calling import calling
from tests.run.test_running import GERMAN, GLOSSARY, kinds, names, put, status

pytestmark = [pytest.mark.model, pytest.mark.filterwarnings("default")]  # Dask has warnings of its own

# A worker that dies at one release, as one does that runs out of memory.
POISON = """
import os, signal
from kzpress.parcels import Desk
def deadly(self, parcels, draft=Desk.draft):
    if any(b"poisonous" in parcel.data for parcel in parcels):
        os.kill(os.getpid(), signal.SIGKILL)
    return draft(self, parcels)
Desk.draft = deadly
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path_factory.mktemp("argos")))
        with started(workers=2) as made:
            yield made


@contextmanager
def started(workers: int) -> Iterator[Any]:
    import dask
    from distributed import LocalCluster

    quick: dict[str, object] = {
        "distributed.scheduler.allowed-failures": 1,
        "distributed.worker.preload": [POISON],
        "distributed.comm.timeouts.connect": "3s",  # for which a worker asks a dead one for the kit
    }
    make: Any = LocalCluster
    with (
        dask.config.set(quick),
        make(n_workers=workers, threads_per_worker=1, dashboard_address=":0", silence_logs=60) as made,
    ):
        yield made


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return made(tmp_path / "desk")


def made(root: Path) -> Workspace:
    (root / "glossary").mkdir(parents=True)
    (root / "glossary" / "places.toml").write_text(GLOSSARY, "utf-8")
    workspace.create(root)
    (root / SETTINGS).write_text('targets = ["ru", "kk"]\n[run]\nsettle = "1s"\n', "utf-8")
    return workspace.find(root)


def engine(_: Path | None = None) -> ArgosEngine:
    return ArgosEngine([one for one in discover() if one.origin is Origin.EMBEDDED])


def refuse(_: Path | None = None) -> ArgosEngine:
    """Make an engine that knows the ways but cannot decode: what is drafted, workers have drafted."""
    found = engine()
    object.__setattr__(found, "_loaded", None)
    return found


def backfill(cluster: Any) -> Backfill:
    address = cluster if isinstance(cluster, str) else cluster.scheduler_address
    return Backfill(engine=refuse, reason=reason, sleep=lambda _: None, address=address)


def run(place: Workspace, cluster: Any) -> list[Event]:
    return list(backfill(cluster).work(workspace.find(place.root)))


def text(number: int, more: str = "") -> str:
    days = f"The terminal took {number + 10} trains on 5 March 2026."
    return f"date 2026-03-{number + 1:02} AKTAU. KAZINFORM - Port number {number} was visited\n\n{days} {more}\n"


def fill(place: Workspace, count: int) -> None:
    for number in range(count):
        put(place, f"{number}.txt", text(number), age=90 - number)


def pids(cluster: Any) -> list[int]:
    return [nanny.pid for nanny in cluster.workers.values() if nanny.pid]


def files(place: Workspace) -> dict[str, bytes]:
    found = (path for folder in ("locales", "releases") for path in (place.root / folder).rglob("*") if path.is_file())
    return {path.relative_to(place.root).as_posix(): path.read_bytes() for path in found}


# ------------------------------------------------------------------ as without it


def test_an_inbox_comes_out_to_the_byte_as_without_dask(cluster: Any, place: Workspace, tmp_path: Path) -> None:
    beside = made(tmp_path / "beside")
    for one in (place, beside):
        fill(one, 3)
        put(one, "german.txt", GERMAN)
        put(one, "broken.docx", b"PK\x03\x04" + b"no archive" * 100)
        put(one, "twice.txt", text(0))
    events = run(place, cluster)
    plain = list(Runner(engine=engine, reason=reason, sleep=lambda _: None).work(beside))
    assert kinds(events) == kinds(plain)
    assert Counter(kinds(events).values()) == {Kind.DONE: 3, Kind.REFUSED: 2, Kind.KNOWN: 1}
    assert files(place) == files(beside)
    assert names(place.inbox) == set()
    assert not [path for path in place.spool.rglob("*") if path.is_file()]
    found = {event.name: event.result for event in events if event.result}
    for event in plain:
        if event.result:
            assert [one.findings for one in found[event.name].targets] == [one.findings for one in event.result.targets]

    # A correction: what a reviewer approved stays, and a known release goes nowhere.
    path = next(iter(place.catalog(Lang.RU, "x").parent.glob("*number-1*.po")))
    path.write_text(path.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    before = catalog.read(path).entries
    approved = [entry for entry in before if entry.state is State.APPROVED]
    assert len(approved) == 3 - sum(map(catalog.is_left_to_a_person, before))
    put(place, "1.txt", text(1, "It was built in two years."))
    put(place, "2.txt", text(2))
    assert kinds(run(place, cluster)) == {"1.txt": Kind.UPDATED, "2.txt": Kind.KNOWN}
    after = catalog.read(path).entries
    assert [(entry.key, entry.text) for entry in after if entry.state is State.APPROVED] == [
        (entry.key, entry.text) for entry in approved
    ]
    assert len(after) == 4
    assert all(
        entry.state is State.DRAFT or catalog.is_left_to_a_person(entry)
        for entry in after
        if entry.state is not State.APPROVED
    )


# ------------------------------------------------------------------ bad luck


def test_a_worker_killed_at_work_costs_no_release_and_none_is_done_twice(cluster: Any, place: Workspace) -> None:
    fill(place, 8)
    before = pids(cluster)

    def kill() -> None:
        states = cluster.scheduler.workers
        while not any("kzpress-draft" in str(key) for one in [*states.values()] for key in [*one.processing]):
            time.sleep(0.01)
        os.kill(before[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    events = run(place, cluster)
    killer.join()
    assert Counter(event.name for event in events if event.kind is Kind.DONE) == {f"{n}.txt": 1 for n in range(8)}
    assert status(events) is Exit.DONE
    assert len([*place.catalogs()]) == 16
    assert names(place.inbox) == set()
    assert before[0] not in pids(cluster)


def test_a_release_that_kills_every_worker_fails_alone(cluster: Any, place: Workspace) -> None:
    fill(place, 3)
    put(place, "poison.txt", text(9, "The well was poisonous."), age=95)
    events = run(place, cluster)
    assert kinds(events) == {"poison.txt": Kind.FAILED} | {f"{n}.txt": Kind.DONE for n in range(3)}
    error = next(event.error for event in events if event.error)
    assert error and error.message == "the worker that drafts it dies each time"
    assert names(place.inbox) == {"poison.txt"}


def test_what_came_back_and_was_not_written_is_not_drafted_again(cluster: Any, place: Workspace) -> None:
    fill(place, 4)
    passing = backfill(cluster)
    passing.stopped = lambda: any(path.is_file() for path in place.spool.rglob("*"))  # before it is written
    assert [event.kind for event in passing.work(workspace.find(place.root))] == [Kind.LEFT, Kind.ENDED]
    mark_one_kept(place)
    events = run(place, cluster)
    assert status(events) is Exit.DONE
    assert names(place.inbox) == set()
    assert written_from_kept(place) == 1


def test_what_could_not_be_written_is_not_drafted_again(cluster: Any, place: Workspace) -> None:
    fill(place, 1)
    stuck = place.root / "locales" / "ru"
    shutil.rmtree(stuck, ignore_errors=True)
    stuck.write_text("no folder", "utf-8")
    assert kinds(run(place, cluster)) == {"0.txt": Kind.FAILED}
    mark_one_kept(place)
    stuck.unlink()
    assert kinds(run(place, cluster)) == {"0.txt": Kind.DONE}
    assert written_from_kept(place) == 1
    assert not [path for path in place.spool.rglob("*") if path.is_file()]


def mark_one_kept(place: Workspace) -> None:
    """Put a mark into one of the answers that are kept."""
    kept = next(path for path in place.spool.rglob("*") if path.is_file())
    spool = Spool(kept.parent)
    told = json.loads(spool.get(kept.name) or b"")
    for entry in told["targets"]["ru"]["entries"]:
        entry[2] = "Kept from before."
    spool.keep(kept.name, json.dumps(told).encode())


def written_from_kept(place: Workspace) -> int:
    """Return how many catalogues have the mark."""
    return sum("Kept from before." in path.read_text("utf-8") for _, _, path in place.catalogs())


def test_a_stop_leaves_the_rest_in_the_inbox(cluster: Any, place: Workspace) -> None:
    fill(place, 5)
    seen: list[Event] = []
    passing = backfill(cluster)
    passing.stopped = lambda: bool(seen)
    seen.extend(passing.work(workspace.find(place.root)))
    assert [event.kind for event in seen] == [Kind.DONE, Kind.LEFT, Kind.ENDED]
    assert seen[1].count == 4
    assert names(place.inbox) == {f"{n}.txt" for n in range(1, 5)}


def test_a_scheduler_that_goes_away_ends_the_pass_and_loses_nothing(cluster: Any, place: Workspace) -> None:
    fill(place, 8)  # more than are sent at once
    with started(workers=1) as other:
        passing = backfill(other).work(workspace.find(place.root))
        first = next(passing)
        other.close(timeout=5)
        rest = [*passing]
    assert first.kind is Kind.DONE
    stopped = next(event for event in rest if event.kind is Kind.STOPPED)
    assert stopped.error and stopped.error.message == "the Dask scheduler is gone"
    assert status([first, *rest]) is Exit.LOCKED
    done = {event.name for event in (first, *rest) if event.kind is Kind.DONE}
    assert names(place.inbox) == {f"{n}.txt" for n in range(8)} - done
    assert {event.name for event in run(place, cluster) if event.kind is Kind.DONE} | done == {
        f"{n}.txt" for n in range(8)
    }


# ------------------------------------------------------------------ who may help


def test_a_worker_that_cannot_begin_is_named_with_its_reason() -> None:
    error = spreading.unfit("tcp://10.0.0.7:40001", "MemoryError: the models")
    assert error.where == "tcp://10.0.0.7:40001"
    assert "MemoryError: the models" in error.message


@contextmanager
def joining(cluster: Any, **environment: str) -> Iterator[None]:
    """Have one more worker join, as from another machine."""
    import distributed

    count = len(cluster.scheduler.workers)
    command = [sys.executable, "-m", "distributed.cli.dask_worker", cluster.scheduler_address]
    options = ["--no-dashboard", "--no-nanny", "--nthreads", "1", "--name", "stranger"]
    assert distributed
    with subprocess.Popen(
        command + options, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as worker:
        try:
            while len(cluster.scheduler.workers) == count:
                assert worker.poll() is None
                time.sleep(0.05)
            yield
        finally:
            worker.kill()


def test_a_worker_of_another_kzpress_is_refused_by_name(cluster: Any, place: Workspace, tmp_path: Path) -> None:
    fill(place, 1)
    there = tmp_path / "there" / "kzpress"
    source = Path(package.__file__).parent
    shutil.copytree(source, there, ignore=shutil.ignore_patterns("data", "__pycache__"))
    (there / "data").symlink_to(source / "data")
    (there / "limits.py").write_text((there / "limits.py").read_text("utf-8") + "# changed\n", "utf-8")
    with joining(cluster, PYTHONPATH=str(there.parent)):
        (stopped, _) = run(place, cluster)
    assert stopped.kind is Kind.STOPPED
    assert stopped.error and stopped.error.where and stopped.error.where.startswith("tcp://127.0.0.1:")
    assert stopped.error.message.startswith("drafts in another way: kzpress: there 0.")
    assert stopped.error.hint == "install the same kzpress[dask] there as here, then start it again"
    assert names(place.inbox) == {"0.txt"}


@pytest.mark.parametrize("name", ["worker", "scheduler"])
def test_one_without_kzpress_is_refused(cluster: Any, place: Workspace, tmp_path: Path, name: str) -> None:
    fill(place, 1)
    (tmp_path / "bare" / "kzpress").mkdir(parents=True)
    (tmp_path / "bare" / "kzpress" / "__init__.py").write_text("raise ImportError('not here')", "utf-8")
    bare = str(tmp_path / "bare")
    if name == "worker":
        with joining(cluster, PYTHONPATH=bare):
            (stopped, _) = run(place, cluster)
    else:
        with scheduling(tmp_path / "scheduler.json", PYTHONPATH=bare) as address:
            (stopped, _) = run(place, address)
    assert stopped.error and stopped.error.message.startswith("has no kzpress that can take part (")
    assert "not here" in stopped.error.message
    assert stopped.error.where and stopped.error.where.startswith("tcp://" if name == "worker" else "scheduler tcp://")


@contextmanager
def scheduling(told: Path, **environment: str) -> Iterator[str]:
    """Start a scheduler as on another machine, with one worker of it."""
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    options = ["--dashboard-address", "127.0.0.1:0", "--scheduler-file", str(told)]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command + options, env=os.environ | environment, **silent) as scheduler:  # type: ignore[call-overload]
        while not told.exists() or not told.read_text("utf-8"):
            time.sleep(0.05)
        address = json.loads(told.read_text("utf-8"))["address"]
        command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-dashboard", "--no-nanny"]
        with subprocess.Popen(command, **silent) as worker:  # type: ignore[call-overload]
            try:
                yield address
            finally:
                worker.kill()
                scheduler.kill()


def test_a_worker_of_another_model_is_refused_with_what_differs(cluster: Any, place: Workspace, tmp_path: Path) -> None:
    fill(place, 1)
    found = next(one for one in discover() if (one.source, one.target) == (Lang.EN, Lang.KK))
    shutil.copytree(found.folder, tmp_path / "models" / found.folder.name)
    shutil.copytree(found.weights, tmp_path / "models" / found.weights.name, dirs_exist_ok=True)
    with joining(cluster, KZPRESS_MODELS=str(tmp_path / "models")):
        (stopped, _) = run(place, cluster)
    assert stopped.error and "en→kk: there translate-en_kk" in stopped.error.message


def test_what_helps_against_another_model_is_another_thing_than_against_another_kzpress() -> None:
    model, both = {"en→kk": ["1", "2"]}, {"en→kk": ["1", "2"], "lxml": ["5", "6"]}
    assert "KZPRESS_MODELS" in str(spreading.unfit("tcp://a", model).hint)
    assert "kzpress[dask]" in str(spreading.unfit("tcp://a", both).hint)
    assert str(spreading.unfit("tcp://a", both, more=2)).endswith("(and 2 more workers are not fit)")


def test_a_worker_that_is_not_fit_drafts_nothing(place: Workspace) -> None:
    differing, told = spreading._work(b'{"makers": {"kzpress": "another"}, "targets": ["ru"]}', [], 1)
    assert differing["kzpress"][0] == "another"
    assert told == []


def test_a_scheduler_that_is_not_there_is_told_with_what_to_do(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "_REACH", 0.5)
    fill(place, 1)
    (stopped, _) = run(place, "tcp://127.0.0.1:9")
    assert stopped.error and stopped.error.where == "tcp://127.0.0.1:9"
    assert stopped.error.message.startswith("no Dask scheduler answers")
    assert names(place.inbox) == {"0.txt"}


def test_without_the_extra_nothing_is_begun(
    place: Workspace, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.chdir(place.root)
    said = calling(capfd)("run", "--dask", "tcp://127.0.0.1:9")
    assert said.status == Exit.USAGE
    assert "hint: python -m pip install 'kzpress[dask]'" in said.err
