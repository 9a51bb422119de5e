"""Run every benchmark that needs no network, one after another, and keep all results in one JSON file.

    python benchmarks/suite.py --out results.json --quick                      # tries everything: some minutes
    python benchmarks/suite.py --out results.json --libretranslate DIR         # the figures: hours on two cores
    python benchmarks/suite.py --out results.json --only growth,glossary       # these again; the rest of the file stays

The file tells the machine, each part's command, its processor seconds, the load average before it, and what it found;
``ratios`` puts in numbers that compare anywhere what the parts come to. It is written after each part. A part that
fails or that lacks a package is told in it and does not stop the others; status 1 says that one failed. Draw the file
with plot.py. ``robust``, ``quality`` and ``spread`` run only when named.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from kzpress.errors import KzpressError
from kzpress.files import write
from ratios import ratios

HERE: Final = Path(__file__).parent
EVAL: Final = "training/eval/domain.en-ru-kk.tsv"
PACKAGES: Final = ("kzpress", "ctranslate2", "sentencepiece", "argos-translate-lt", "pymorphy3", "lxml", "polib")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A program with its arguments for the figures and for a quick try.

    ``needs`` names a module without which it is skipped; ``last`` says that only the last line of its answer is kept.
    """

    name: str
    program: str
    full: str
    quick: str
    needs: str = ""
    last: bool = False
    only: bool = False


PARTS: Final = (
    Part(name="startup", program="footprint.py", full="--runs 5", quick="--runs 1"),
    Part(name="throughput", program="throughput.py", full="--releases 20 --rounds 3", quick="--releases 2 --rounds 1"),
    Part(name="incremental", program="scale.py", full="--real --sizes 10,50", quick="--real --sizes 2,4"),
    Part(name="growth", program="scale.py", full="--sizes 10,100,1000,10000 --archive 100000", quick="--sizes 5,10,20"),
    Part(name="glossary", program="glossary.py", full="--sizes 100 1000 10000", quick="--sizes 100 1000"),
    Part(
        name="detect",
        program="detect.py",
        full=f"{EVAL} --columns en,ru,kk",
        quick=f"{EVAL} --columns en,ru,kk --limit 20",
    ),
    Part(name="durability", program="durability.py", full="--trials 300", quick="--trials 12"),
    Part(name="robust", program="robust.py", full="", quick="--count 60", last=True, only=True),
    Part(name="quality", program="quality.py", full=EVAL, quick=f"{EVAL} --limit 10", only=True),
    Part(
        name="spread", program="spread.py", full="", quick="--releases 4 --workers 1,2", needs="distributed", only=True
    ),
)


def machine() -> dict[str, Any]:
    """Return what figures depend on: processor, cores, memory, system and versions."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": dict(_versions()),
        "models": sorted(_models()),
    }


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _versions() -> Iterator[tuple[str, str]]:
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue


def _models() -> Iterator[str]:
    from kzpress.engine import discover

    return (package.label for package in discover(None))


def arguments(part: Part, options: argparse.Namespace, parts: Mapping[str, Any]) -> list[str]:
    """Return the arguments of a part; some depend on what a part before it found."""
    given = (part.quick if options.quick else part.full).split()
    if part.name == "throughput" and options.libretranslate:
        given += ["--libretranslate", str(options.libretranslate.resolve())]
    if part.name == "glossary" and "found" in parts.get("throughput", {}):
        speed = parts["throughput"]["found"]["rows"]["ours"]["words_per_second"]
        given += ["--words-per-second", str(round(speed))]
    return given


def measure(part: Part, given: Sequence[str], *, quick: bool) -> dict[str, Any]:
    """Run a part and return what it found, or why there is nothing."""
    shown = ["DIR" if Path(word).is_absolute() else word for word in given]  # where it lay is this machine's business
    told = {"command": " ".join(["python", f"benchmarks/{part.program}", *shown]), "quick": quick}
    if part.needs and not importlib.util.find_spec(part.needs):
        return told | {"skipped": f"{part.needs} is not installed"}
    before, load = resource.getrusage(resource.RUSAGE_CHILDREN), os.getloadavg()[0]
    command = [sys.executable, str(HERE / part.program), *given, "--json"]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told |= {"cpu": round(cpu, 1), "load": round(load, 1)}
    try:
        lines = [json.loads(line) for line in done.stdout.splitlines()]
    except json.JSONDecodeError:
        lines = []
    if done.returncode or not lines:
        told["error"] = f"status {done.returncode}: " + done.stderr[-1500:]
    if lines:
        told["found"] = lines[-1] if part.last or len(lines) == 1 else lines
    return told


def started(out: Path, *, anew: bool) -> dict[str, Any]:
    """Return the results to which parts are added: those of ``out`` if only some parts run again."""
    here = machine()
    if anew or not out.exists():
        return {"version": 1, "measured": "", "machine": here, "parts": {}, "ratios": []}
    there: dict[str, Any] = json.loads(out.read_text("utf-8"))
    if there["machine"] != here:
        raise SystemExit(f"{out} was measured on another machine or with other versions: name another --out")
    return there


def save(out: Path, results: dict[str, Any]) -> None:
    """Write the results with their ratios, the parts in the order of PARTS."""
    order = {part.name: results["parts"][part.name] for part in PARTS if part.name in results["parts"]}
    today = dt.datetime.now(dt.UTC).date().isoformat()
    results |= {"measured": today, "parts": order, "ratios": list(ratios(order))}
    write(out, (json.dumps(results, ensure_ascii=False, indent=1) + "\n").encode(), error=KzpressError)


def main() -> int:
    """Measure, keep, and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="the JSON file")
    parser.add_argument("--quick", action="store_true", help="sizes that only show that all works")
    parser.add_argument("--only", default="", help="parts, with commas: " + ", ".join(part.name for part in PARTS))
    parser.add_argument("--libretranslate", type=Path, metavar="DIR", help="measure it too: see throughput.py --help")
    options = parser.parse_args()
    names = [name for name in options.only.split(",") if name]
    if unknown := set(names) - {part.name for part in PARTS}:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    chosen = [part for part in PARTS if part.name in names or not (names or part.only)]
    results = started(options.out, anew=not names)
    cores, load = results["machine"]["cores"], os.getloadavg()[0]
    if load > cores / 4:
        print(f"other programs run here (load {load:.1f} on {cores} cores): this distorts ratios too", file=sys.stderr)
    save(options.out, results)  # what cannot be written is told before hours are spent
    failed = False
    for part in chosen:
        print(f"{part.name} …", file=sys.stderr, flush=True)
        given = arguments(part, options, results["parts"])
        results["parts"][part.name] = told = measure(part, given, quick=options.quick)
        failed |= "error" in told
        outcome = told.get("error") or told.get("skipped") or f"{told['cpu']:.0f} processor seconds"
        print(f"{part.name}: {outcome}", file=sys.stderr, flush=True)
        save(options.out, results)
    for line in results["ratios"]:
        print(f"{line['value']:>10,.3f}  {line['what']}")
    return int(failed)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KzpressError as error:
        sys.exit(str(error))
