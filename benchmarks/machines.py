"""Proves that two machines on one shared folder never work at once, whatever the folder makes of locks.

    python benchmarks/machines.py FOLDER [FOLDER] [--rounds 30] [--deaths 2] [--seed 1] [--json]

The folders are one and the same, empty, as each machine has it mounted: sshfs of one server twice, NFS twice; one
folder alone is a disk that both see. On each "machine", with a host name of its own where that is allowed, passes of
``kzpress run`` follow one another, while releases and corrections land and a reviewer edits. In every round one of the
two may be killed while it works; after most it starts again at once, after ``--deaths`` of them its machine stays dead
until the other one has taken over. Nothing may be lost, done twice, or done by two at a time.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from durability import Newsroom, bytes_of, finished, started, whole
from kzpress import locking, report_run, running, workspace
from kzpress.engine import discover
from kzpress.engine.argos import ArgosEngine

NAMES: Final = ("desk-a", "desk-b")
PATIENCE: Final = 900.0  # seconds


def work(folder: Path, log: Path) -> None:
    """Make pass after pass until SIGTERM, and log what was done and when the workspace was held."""
    ended: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: ended.append(number))
    engine = ArgosEngine(discover(None))
    runner = running.Runner(engine=lambda _: engine, reason=report_run.reason, stopped=lambda: bool(ended))
    with log.open("a", buffering=1) as stream:

        def tell(**facts: object) -> None:
            stream.write(json.dumps(facts | {"at": time.monotonic(), "process": os.getpid()}) + "\n")

        held = locking.held

        @contextmanager
        def watched(root: Path) -> Iterator[None]:
            with held(root):
                tell(event="locked")
                yield
                tell(event="unlocked")

        locking.held = watched
        while not ended:
            for event in runner.work(workspace.find(folder)):
                tell(event=event.kind, name=event.name, error=str(event.error or ""))
            time.sleep(random.uniform(0.1, 0.6))  # so that the machines do not keep step


@dataclass(slots=True)
class Machine:
    """One of the two: the shared folder as it has it, and its process."""

    name: str
    folder: Path
    log: Path
    process: subprocess.Popen[bytes] | None = None
    processes: list[int] = field(default_factory=list)

    def start(self) -> None:
        """Have it work."""
        command = [sys.executable, __file__, str(self.folder), "--work", str(self.log)]
        if os.getuid() == 0 and shutil.which("unshare"):
            named = f'hostname {self.name} && exec "$@"'
            command = ["unshare", "--uts", "sh", "-c", named, "sh", *command]
        self.process = subprocess.Popen(command)
        self.processes.append(self.process.pid)

    def end(self, number: int) -> None:
        """Send its process a signal and wait until it is gone."""
        if self.process:
            self.process.send_signal(number)
            self.process.wait()

    def told(self) -> list[dict[str, Any]]:
        """Return its log."""
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []


@dataclass(slots=True)
class Result:
    """What came of it."""

    passes: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    killed: int = 0
    taken_over: list[float] = field(default_factory=list)
    releases: int = 0
    edits: int = 0
    wrong: list[str] = field(default_factory=list)


def prove(machines: tuple[Machine, Machine], rounds: int, deaths: int, dice: random.Random) -> Result:
    """Let both work for some rounds, and return what came of it."""
    room = Newsroom(place=started(machines[0].folder), dice=dice)
    result = Result()
    fatal = {rounds * (number + 1) // (deaths + 1) for number in range(deaths)}
    for machine in machines:
        machine.start()
    for number in range(rounds):
        room.receive()
        with suppress(OSError):  # a catalogue that takes its new form this moment
            room.reviewer()()
        time.sleep(dice.uniform(0.5, 3.0))
        if number in fatal or dice.random() < 0.3:
            victim = _holding(machines)
            other = machines[1] if victim is machines[0] else machines[0]
            victim.end(signal.SIGKILL)
            result.killed += 1
            if number in fatal:
                result.taken_over.append(_taken_over(other))
            victim.start()
    _wait_until(lambda: not any(room.place.inbox.iterdir()))
    room.reviewer()()
    for machine in machines:
        machine.end(signal.SIGTERM)
    before = bytes_of(room.place.root)
    last = Machine("desk-c", machines[1].folder, machines[1].log.with_name("c.jsonl"))
    last.start()
    _wait_until(lambda: any(line["event"] == "ended" and not line["error"] for line in last.told()))
    last.end(signal.SIGTERM)
    result.wrong += whole(room, 0) + finished(room)
    result.wrong += ["another pass changed something"] if bytes_of(room.place.root) != before else []
    _judge(machines, room, result)
    return result


def _holding(machines: tuple[Machine, Machine]) -> Machine:
    """Return the machine that works at this moment, waiting until one does."""
    place = machines[0].folder / ".kzpress" / "holder.json"
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        with suppress(OSError, ValueError):
            who = json.loads(place.read_bytes())
            for machine in machines:
                if machine.process and str(machine.process.pid) == who["process"]:
                    return machine
        time.sleep(0.02)
    raise TimeoutError("nobody works")


def _taken_over(other: Machine) -> float:
    """Return the seconds until the other machine has the workspace."""
    began, count = time.monotonic(), _passes(other)
    _wait_until(lambda: _passes(other) > count)
    return time.monotonic() - began


def _passes(machine: Machine) -> int:
    return sum(line["event"] == "unlocked" for line in machine.told())


def _wait_until(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > ends:
            raise TimeoutError
        time.sleep(0.2)


def _judge(machines: tuple[Machine, Machine], room: Newsroom, result: Result) -> None:
    """Look into the logs: who held the workspace when, and what was done how often."""
    spans: list[tuple[float, float, str]] = []
    done: Counter[str] = Counter()
    for machine in machines:
        for process in machine.processes:
            lines = [line for line in machine.told() if line["process"] == process]
            since = None
            for line in lines:
                if line["event"] == "locked":
                    since = line["at"]
                elif line["event"] == "unlocked" and since is not None:
                    spans.append((since, line["at"], machine.name))
                    since = None
                elif since is not None:
                    spans.append((since, line["at"], machine.name))
                    since = line["at"]
                done[line.get("name", "")] += line["event"] == "done"
                result.done[machine.name] += line["event"] in {"done", "updated"}
                result.refused[machine.name] += line["event"] == "stopped"
                if line["event"] in {"failed", "refused"}:
                    result.wrong.append(f"{machine.name}: {line}")
        result.passes[machine.name] = _passes(machine)
    spans.sort()
    for (_, until, one), (since, _, other) in pairwise(spans):
        if since < until:
            result.wrong.append(f"{one} and {other} held the workspace at once for {until - since:.3f} s")
    result.wrong += [f"{name}: done {count} times" for name, count in done.items() if name and count > 1]
    result.releases, result.edits = len(room.sent), len(room.edits)


def main() -> None:
    """Print what came of it; status 1 if anything was wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="the shared folder as each has it")
    options.add_argument("--rounds", type=int, default=30)
    options.add_argument("--deaths", type=int, default=2)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--json", action="store_true")
    options.add_argument("--work", type=Path, metavar="LOG", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.work:
        work(given.folders[0], given.work)
        return
    with tempfile.TemporaryDirectory() as logs:
        both = zip(NAMES, (given.folders[0], given.folders[-1]), strict=True)
        first, second = (Machine(name, folder.resolve(), Path(logs) / name) for name, folder in both)
        try:
            result = prove((first, second), given.rounds, given.deaths, random.Random(given.seed))
        finally:
            for machine in (first, second):
                machine.end(signal.SIGKILL)
    facts = {name: getattr(result, name) for name in Result.__slots__}
    print(json.dumps(facts) if given.json else "\n".join(f"{name:12}{value}" for name, value in facts.items()))
    sys.exit(1 if result.wrong else 0)


if __name__ == "__main__":
    main()
