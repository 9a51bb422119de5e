"""Measure what one call of kzpress costs: seconds, processor seconds and peak memory of --help, detect and translate.

    python benchmarks/footprint.py [FILE ...] [--runs 5] [--json]

Every call is a process of its own, started as a user would start it; ``translate`` drafts all FILEs into every other
language, in a workspace made anew for each call; then again, unchanged and with ``--redraft``, in one where that was
done before, which has the glossary's index. One call of each is made before measuring, so that the disk's cache
and Python's compiled files are warm.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

INBOX: Final = Path(__file__).parent.parent / "examples" / "inbox"
FINE: Final = (0, 1)  # done, or done with findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Median seconds of a command over ``runs`` calls, and the highest peak memory in MB (10⁶ bytes)."""

    command: str
    seconds: float
    cpu: float
    peak_mb: float
    runs: int


def program() -> str:
    """Return the kzpress that belongs to the Python running this."""
    found = shutil.which("kzpress", path=str(Path(sys.executable).parent)) or shutil.which("kzpress")
    if not found:
        raise SystemExit("no kzpress beside this Python: install it first, pip install -e .")
    return found


def call(arguments: list[str], folder: Path) -> tuple[float, float, float]:
    """Run kzpress in ``folder``; return its seconds, by the clock and the processor, and its peak memory in MB."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {f"XDG_{name}_HOME": str(folder / "xdg") for name in ("DATA", "CONFIG", "CACHE")}
    environment["ARGOS_PACKAGES_DIR"] = str(folder / "xdg")
    with (folder / "output").open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            [program(), *arguments], cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in FINE:
        said = (folder / "output").read_text("utf-8", errors="replace")
        raise SystemExit(f"kzpress {' '.join(arguments)} ended with status {process.returncode}\n{said}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e6 / 1024)


def fresh(arguments: list[str], before: list[str]) -> tuple[float, float, float]:
    """Run kzpress in a workspace of its own; making the workspace and the call ``before`` are not measured."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "xdg").mkdir()
        for one in (["init"], before):
            if one:
                call(one, folder)
        return call(arguments, folder)


def measure(label: str, arguments: list[str], before: list[str], runs: int) -> Cost:
    """Call once to warm up, then ``runs`` times."""
    fresh(arguments, before)
    seconds, cpu, peaks = zip(*(fresh(arguments, before) for _ in range(runs)), strict=True)
    return Cost(
        command=label,
        seconds=round(statistics.median(seconds), 3),
        cpu=round(statistics.median(cpu), 3),
        peak_mb=round(max(peaks), 1),
        runs=runs,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", help="releases (default: examples/inbox/*.txt)")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="one JSON object a command instead of the table")
    options = parser.parse_args()
    files = [str(path.resolve()) for path in options.files or sorted(INBOX.glob("*.txt"))]
    if not files:
        parser.error(f"no releases in {INBOX}: name some")
    many = f"{len(files)} release{'s' * (len(files) > 1)}"
    translate = ["translate", *files]
    commands: dict[str, tuple[list[str], list[str]]] = {
        "kzpress --help": (["--help"], []),
        "kzpress detect, 1 release": (["detect", files[0]], []),
        f"kzpress translate, {many}": (translate, []),
        "the same again, unchanged": (translate, translate),
        "the same again, --redraft": ([*translate, "--redraft"], translate),
    }
    if not options.json:
        print(f"{'':<36} {'seconds':>8} {'cpu s':>8} {'peak MB':>8}   (median and highest of {options.runs})")
    for label, (arguments, before) in commands.items():
        cost = measure(label, arguments, before, options.runs)
        print(
            json.dumps(asdict(cost))
            if options.json
            else f"{cost.command:<36} {cost.seconds:>8.2f} {cost.cpu:>8.2f} {cost.peak_mb:>8.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
