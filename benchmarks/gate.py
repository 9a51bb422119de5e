"""Hold the embedded model to floors: the least chrF of each direction, which may only rise.

    python benchmarks/gate.py [--models DIR] [--raise] [--json]

``floors.toml`` pins each test set by its SHA-256 and the score by sacrebleu's signature, so that a floor is never
compared with a number made otherwise. ``--raise`` lifts every floor that the model clears, and lowers none. Exit
status 1 says that a direction is below its floor.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Final

from kzpress import glossary, measuring
from kzpress.domain import Lang
from kzpress.engine import Engine, discover
from kzpress.engine.argos import ArgosEngine

FLOORS: Final = Path(__file__).with_name("floors.toml")
SETS: Final = Path(__file__).parent.parent / "training" / "eval"
ROOM: Final = 0.3  # chrF below the measured score: int8 kernels of another processor round otherwise
# chrF that such kernels may take away beyond that: with 1.5.1 ru-en of the names was 77.2 on an Intel Xeon with AMX and
# 76.7 on an AMD EPYC with AVX2, kk-en of the domain set 60.6 and 61.1.
ELSEWHERE: Final = 0.3
NO_NAMES: Final = glossary.Glossary(entries={}, digest="")
DIRECTIONS: Final = tuple(permutations((Lang.EN, Lang.RU, Lang.KK), 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """The floors of one test set: chrF by direction, for these bytes of it and this signature."""

    name: str
    sha256: str
    signature: str
    chrf: Mapping[str, float]


def read(text: str) -> tuple[Floors, ...]:
    """Return the floors in the text of a ``floors.toml``."""
    return tuple(
        Floors(name=name, sha256=table["sha256"], signature=table["signature"], chrf=table["chrf"])
        for name, table in tomllib.loads(text).items()
    )


def written(every: Sequence[Floors]) -> str:
    """Return floors as the text of ``floors.toml``."""
    lines = [
        "# The least chrF of the embedded model, names not enforced. Written by gate.py --raise, never lowered.",
        "",
    ]
    for floors in every:
        lines += [f'["{floors.name}"]', f'sha256 = "{floors.sha256}"', f'signature = "{floors.signature}"']
        lines += [f"chrf.{direction} = {value:.1f}" for direction, value in floors.chrf.items()]
        lines.append("")
    return "\n".join(lines)


def digest(path: Path) -> str:
    """Return the SHA-256 of a test set."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def measured(path: Path, engine: Engine) -> Floors:
    """Score the model alone on a test set in every direction."""
    scores = {
        f"{source}-{target}": measuring.evaluate(path, source, target, engine, NO_NAMES)
        for source, target in DIRECTIONS
    }
    return Floors(
        name=path.name,
        sha256=digest(path),
        signature=next(iter(scores.values())).signatures[0],
        chrf={direction: score.chrf for direction, score in scores.items()},
    )


def comparable(floors: Floors, now: Floors) -> bool:
    """Tell whether two scores were made of the same sentences in the same way; sacrebleu's own version aside."""
    unversioned = [one.signature.rpartition("|version:")[0] for one in (floors, now)]
    return floors.sha256 == now.sha256 and unversioned[0] == unversioned[1]


def below(floors: Floors, now: Floors, allowed: float = 0.0) -> Iterator[str]:
    """Yield the directions in which ``now`` is under its floor by more than is ``allowed``."""
    return (direction for direction, least in floors.chrf.items() if now.chrf.get(direction, 0.0) < least - allowed)


def raised(floors: Floors | None, now: Floors) -> Floors:
    """Return the floors that ``now`` leaves room above, none lower than it was."""
    old = floors.chrf if floors else {}
    chrf = {direction: max(old.get(direction, 0.0), round(value - ROOM, 1)) for direction, value in now.chrf.items()}
    return Floors(name=now.name, sha256=now.sha256, signature=now.signature, chrf=chrf)


def history(path: Path = FLOORS) -> Iterator[tuple[Floors, ...]]:
    """Yield the floors of every commit that changed them, the newest first.

    Raises:
        OSError: there is no git here.
        subprocess.CalledProcessError: this is no git checkout.
    """

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=path.parent, capture_output=True, text=True, check=True).stdout

    for commit in git("log", "--format=%H", "--diff-filter=AM", "--", path.name).split():
        yield read(git("show", f"{commit}:./{path.name}"))


def main() -> int:
    """Measure, print, and raise if asked to."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--models", type=Path, help="folder of packages to search first")
    options.add_argument("--raise", dest="lift", action="store_true", help="lift the floors that the model clears")
    options.add_argument("--json", action="store_true", help="one JSON object a direction instead of the table")
    given = options.parse_args()
    known = {floors.name: floors for floors in read(FLOORS.read_text("utf-8"))} if FLOORS.exists() else {}
    engine = ArgosEngine(discover(given.models))
    failed = False
    if not given.json:
        print("| set | direction | floor | chrF |", "|---|---|---:|---:|", sep="\n")
    for path in sorted(SETS.glob("*.tsv")):
        now = measured(path, engine)
        floors = known.get(path.name)
        if floors and not comparable(floors, now):
            print(
                f"{path.name} is another set than its floors are of: measure the old model on it first", file=sys.stderr
            )
            return 1
        for direction, value in now.chrf.items():
            least = floors.chrf.get(direction, 0.0) if floors else 0.0
            row = {"set": path.name, "direction": direction, "floor": least, "chrf": round(value, 2)}
            print(json.dumps(row) if given.json else f"| {path.name} | {direction} | {least:.1f} | {value:.1f} |")
        failed |= floors is not None and any(below(floors, now, ELSEWHERE))
        known[path.name] = raised(floors, now)
    if given.lift:
        FLOORS.write_text(written(list(known.values())), "utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
