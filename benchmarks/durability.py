"""Proves that no reviewer's edit and no release is lost, whatever moment a run is killed or the disk fails at.

    python benchmarks/durability.py [--trials 300] [--only "kill -9"] [--seed 1] [--keep DIR] [--json]

Every trial is one pass of ``kzpress run`` in a process of its own, over an inbox into which new and corrected releases
land, while a reviewer edits catalogues before and, in some trials, in the middle of it. At one change on the disk,
drawn at random, the process is killed or the file layer refuses (faults.py). After every trial the workspace must be
whole; after the last one an undisturbed pass must finish the work, and the next change no byte.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import polib

from faults import Fault, Layer
from kzpress import catalog, planning, report_run, running, workspace
from kzpress.domain import Lang, State
from kzpress.engine import discover
from kzpress.engine.argos import ArgosEngine
from kzpress.errors import KzpressError
from kzpress.events import Kind
from kzpress.segment import segment
from kzpress.workspace import Workspace

FAULTS: Final = tuple(one for one in Fault if one is not Fault.NONE)
SETTINGS: Final = 'version = 1\ntargets = ["kk", "ru"]\n'
GLOSSARY: Final = """[un]
kind = "institution"
names = { kk = "Біріккен Ұлттар Ұйымы", ru = "Организация Объединённых Наций", en = "United Nations" }
source = "the charter"
"""
PLACES: Final = ("Geneva", "Vienna", "Astana", "Tashkent", "Bishkek", "Baku", "Ankara", "Delhi")
BROKEN: Final = (Kind.REFUSED,)


@dataclass(slots=True)
class Newsroom:
    """A workspace with an inbox, and what its people did.

    ``sent`` has the last bytes of each file, ``edits`` what a reviewer wrote and into which catalogue.
    """

    place: Workspace
    dice: random.Random
    sent: dict[str, bytes] = field(default_factory=dict)
    edits: list[tuple[Path, str]] = field(default_factory=list)

    def receive(self) -> None:
        """Let a new release land, or a correction of one."""
        corrected = self.sent and self.dice.random() < 0.3
        name = self.dice.choice(sorted(self.sent)) if corrected else f"release-{len(self.sent) + 1:03}.txt"
        number = int(name[8:11])
        place = PLACES[number % len(PLACES)]
        text = (
            f"Ministers meet in {place} for round {number}\n\n{place.upper()}. 12 July 2023 - The ministers met in "
            f"{place} on 12 July 2023. They discussed {self.dice.randint(2, 99)} projects of the United Nations.\n\n"
            f"The next round will take place in {self.dice.choice(PLACES)}.\n"
        )
        self.sent[name] = text.encode()
        (self.place.inbox / name).write_bytes(text.encode())

    def reviewer(self) -> Callable[[], None]:
        """Return a reviewer who has opened a catalogue now, and saves an edit of it when called."""
        found = [path for _, _, path in self.place.catalogs()]
        if not found:
            return lambda: None
        path = self.dice.choice(found)
        opened = polib.pofile(str(path), encoding="utf-8", wrapwidth=0)
        entry = self.dice.choice([entry for entry in opened if not entry.obsolete])
        words, approves = f"Правка {self.dice.getrandbits(40)}.", self.dice.random() < 0.5
        before = entry.msgstr

        def save() -> None:
            entry.msgstr = words
            if approves and "fuzzy" in entry.flags:
                entry.flags.remove("fuzzy")
            opened.save()
            # A reviewer who writes over what was a reviewer's has the last word.
            self.edits = [edit for edit in self.edits if edit != (path, before)]
            self.edits.append((path, words))

        return save


# ------------------------------------------------------------------ one pass


def passed(room: Newsroom, fault: Fault, at: int, meanwhile: Callable[[], None]) -> dict[str, Any]:
    """Run one pass in a child; return what it told, ``{"killed": True}`` if it died by the fault."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        told: dict[str, Any] = {}
        try:
            layer = Layer(room.place.root, fault, at, meanwhile)
            runner = running.Runner(
                engine=lambda _: ArgosEngine(discover(None)), reason=report_run.reason, sleep=lambda _: None
            )
            layer.install()
            told["events"] = [(event.kind, str(event.error or "")) for event in runner.work(room.place)]
            told |= {"count": layer.count, "unflushed": layer.unflushed}
            told["edits"] = [(str(path), words) for path, words in room.edits]
        except BaseException:
            told["crash"] = traceback.format_exc()
        os.write(theirs, json.dumps(told).encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as stream:
        said = stream.read()
    _, status = os.waitpid(child, 0)
    return json.loads(said) if said else {"killed": os.WIFSIGNALED(status)}


# ------------------------------------------------------------------ what must hold


def whole(room: Newsroom, since: float) -> list[str]:
    """Return what is wrong with the workspace after a pass; catalogues changed after ``since`` are read by gettext."""
    wrong = []
    for slug, lang, path in room.place.catalogs():
        try:
            catalog.read(path)
        except KzpressError as error:
            wrong.append(f"{slug} {lang}: {error}")
        if path.stat().st_mtime >= since:
            said = subprocess.run(
                ["msgfmt", "--check", "-o", os.devnull, path], capture_output=True, text=True, check=False
            )
            wrong += [f"{slug} {lang}: {said.stderr}"] if said.returncode else []
    wrong += [
        f"an edit is lost: {path.name} {words}" for path, words in room.edits if words not in path.read_text("utf-8")
    ]
    for path in (room.place.root / "releases").glob("*/release.json"):
        try:
            room.place.record(path.parent.name)
        except KzpressError as error:
            wrong.append(str(error))
    kept = {path.read_bytes() for path in (room.place.root / "releases").glob("*/source.txt")}
    for name, data in room.sent.items():
        there = room.place.inbox / name
        if data not in kept and not (there.exists() and there.read_bytes() == data):
            wrong.append(f"{name}: neither in the inbox nor kept")
    return wrong


def finished(room: Newsroom) -> list[str]:
    """Return what is wrong once nothing is left to do."""
    wrong = [f"{path.name}: still in the inbox" for path in room.place.inbox.iterdir()]
    wrong += [f"{path.name}: in the quarantine" for path in room.place.quarantine.rglob("*") if path.is_file()]
    records = [*room.place.records()]
    origins = Counter(record.origin for record in records)
    wrong += [f"{name}: {count} releases" for name, count in origins.items() if count > 1]
    wrong += [f"{name}: no release" for name in room.sent if name not in origins]
    for record in records:
        data = room.place.source(record).read_bytes()
        if data != room.sent[record.origin]:
            wrong.append(f"{record.slug}: not the last source")
        release = planning.read_bytes(Path(record.origin), record.origin, data).release
        keys = {part.key for part in segment(release.blocks, Lang.EN)}
        for lang in room.place.settings.targets:
            entries = [
                one
                for one in catalog.read(room.place.catalog(lang, record.slug)).entries
                if one.state is not State.OBSOLETE
            ]
            if {one.key for one in entries} != keys or not all(map(catalog.is_answered, entries)):
                wrong.append(f"{record.slug} {lang}: not every sentence is there")
    return wrong


def bytes_of(root: Path) -> dict[str, str]:
    """Return a digest of every file but those that may be deleted."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and ".kzpress" not in path.parts)
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


# ------------------------------------------------------------------ trials


@dataclass(slots=True)
class Result:
    """What the trials came to."""

    trials: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    edits: int = 0
    during: int = 0
    releases: int = 0
    wrong: list[str] = field(default_factory=list)


def prove(root: Path, trials: int, seed: int, faults: Sequence[Fault] = FAULTS) -> Result:
    """Run the trials in a new workspace at ``root``; most of them meet one of ``faults``."""
    room = Newsroom(place=started(root), dice=random.Random(seed))
    result, changes = Result(), 40
    for number in range(trials):
        room.receive()
        room.reviewer()()
        save = room.reviewer()
        fault = Fault.NONE if number % 25 == 0 else room.dice.choice(faults)
        since = time.time() - 1
        told = passed(room, fault, room.dice.randrange(changes + 2), save)
        before = room.edits
        room.edits = [(Path(path), words) for path, words in told.get("edits", before)]
        result.trials[fault] += 1
        result.during += room.edits != before
        errors = [error for _, error in told.get("events", ()) if error]
        if told.get("killed") or errors or room.edits != before:
            result.struck[fault] += 1
        if fault is Fault.NONE:
            changes = told["count"]
        wrong = whole(room, since) + [f"renamed before it was flushed: {one}" for one in told.get("unflushed", ())]
        wrong += [told["crash"]] if "crash" in told else []
        result.wrong += [f"trial {number}, {fault}: {one}" for one in wrong]
    for _ in range(2):
        passed(room, Fault.NONE, 0, lambda: None)
    then = bytes_of(root)
    passed(room, Fault.NONE, 0, lambda: None)
    result.wrong += whole(room, 0) + finished(room)
    result.wrong += ["another pass changed something"] if bytes_of(root) != then else []
    result.edits, result.releases = len(room.edits), len(room.sent)
    return result


def started(root: Path) -> Workspace:
    """Make a workspace with a glossary of one name."""
    (root / "glossary").mkdir(parents=True)
    (root / "glossary" / "names.toml").write_text(GLOSSARY, "utf-8")
    (root / "kzpress.toml").write_text(SETTINGS, "utf-8")
    workspace.create(root)
    return workspace.find(root)


def main() -> None:
    """Print how many trials of each kind there were, how many struck, and what was wrong; status 1 if anything was."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--trials", type=int, default=300)
    options.add_argument("--only", choices=FAULTS, type=Fault, help="what strikes (default: each of them)")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, help="keep the workspace in this new folder")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = prove(
            given.keep or Path(folder) / "workspace", given.trials, given.seed, [given.only] if given.only else FAULTS
        )
    if given.json:
        print(
            json.dumps(
                {
                    "trials": result.trials,
                    "struck": result.struck,
                    "edits": result.edits,
                    "edits_during": result.during,
                    "releases": result.releases,
                    "wrong": result.wrong,
                }
            )
        )
    else:
        for fault, count in sorted(result.trials.items()):
            print(f"{fault:12}{count:5} trials, {result.struck[fault]:5} felt it")
        print(f"{result.releases} releases, {result.edits} edits, {result.during} of them in the middle of a pass")
        print(f"{len(result.wrong)} wrong, {time.monotonic() - began:.0f} s")
    for line in result.wrong[:20]:
        print(line, file=sys.stderr)
    sys.exit(1 if result.wrong else 0)


if __name__ == "__main__":
    main()
