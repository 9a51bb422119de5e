"""Measure a backfill by Dask at 1, 2 and 4 workers beside the plain run, and what each release costs who hands it out.

    python benchmarks/spread.py [--releases 200] [--workers 1,2,4] [--json]

English releases, put together as ``throughput.py`` does, are drafted into Russian and Kazakh by ``kzpress run`` without
Dask, with one thread and with one a core, and then by workers of one thread each; scheduler, workers and whoever hands
out and writes are processes of their own on this machine. Glossary and models are loaded before the clock starts. On a
machine that is not alone at work, and for more workers than cores, seconds say little: then ``× plain``, the processor
seconds of the workers for a release to those of the plain run, tells what the way costs, and the coordinator's and the
scheduler's processor seconds for a release tell how many workers they can feed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from kzpress import report_run, workspace
from kzpress.backfilling import Backfill
from kzpress.engine import Origin, discover
from kzpress.engine.argos import ArgosEngine
from kzpress.events import Kind
from kzpress.running import Runner
from throughput import SENTENCES, releases

TARGETS: Final = ("ru", "kk")
WARMING: Final = 4  # releases a worker before the clock starts
PATIENCE: Final = 120.0  # seconds


def lay_out(root: Path, texts: Sequence[str]) -> None:
    """Make a workspace with releases in its inbox that are old enough to be taken at once."""
    workspace.create(root)
    (root / "kzpress.toml").write_text(f'targets = {json.dumps(TARGETS)}\n[run]\nsettle = "1s"\n', "utf-8")
    for number, text in enumerate(texts):
        (root / "inbox" / f"release-{number:06}.txt").write_text(text, "utf-8")


def runner(address: str | None, threads: int) -> Runner:
    """Return what makes a pass: by workers, or by this process."""

    def engine(_: Path | None) -> ArgosEngine:
        return ArgosEngine([one for one in discover() if one.origin is Origin.EMBEDDED], threads=threads)

    if address is None:
        return Runner(engine=engine, reason=report_run.reason)
    return Backfill(engine=engine, reason=report_run.reason, address=address)


def work(folder: Path, address: str | None, threads: int) -> dict[str, float]:
    """Make a pass over a few releases, then one over all, and return what the second took."""
    one = runner(address, threads)
    for name in ("warm", "all"):
        place = workspace.find(folder / name)
        time.sleep(1.1)  # or it would wait for the files to settle
        seconds, used = time.perf_counter(), time.process_time()
        others = seconds_of(place_of(folder))
        events = list(one.work(place))
        found = {"seconds": time.perf_counter() - seconds, "own": time.process_time() - used}
        found |= {name: later - others[name] for name, later in seconds_of(place_of(folder)).items()}
        if wrong := [event for event in events if event.kind not in {Kind.DONE, Kind.ENDED}]:
            raise SystemExit(f"{wrong[0].kind}: {wrong[0].error}")
    return found


def place_of(folder: Path) -> Path:
    """Return the file that names the processes of the cluster."""
    return folder / "processes.json"


def seconds_of(path: Path) -> dict[str, float]:
    """Return the processor seconds that scheduler and workers have had, those of their children with them."""
    import psutil

    told: dict[str, list[int]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    found = {}
    for name, numbers in told.items():
        tops = [psutil.Process(number) for number in numbers]
        all_of = [*tops, *(child for top in tops for child in top.children(recursive=True))]
        found[name] = sum(sum(one.cpu_times()[:2]) for one in all_of)
    return found


# ------------------------------------------------------------------ one row


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """Start a scheduler and workers of one thread each as their commands do; yield the address."""
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache"), "ARGOS_PACKAGES_DIR": str(folder / "none")}
    told = folder / "scheduler.json"
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

    def start(command: str, *options: str) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", f"distributed.cli.{command}", *options]
        return subprocess.Popen(line, **quiet)  # type: ignore[call-overload, no-any-return]

    with ExitStack() as stack:
        own = ("--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0")
        started = [start("dask_scheduler", *own, "--scheduler-file", str(told))]
        stack.callback(lambda: [one.terminate() or one.wait() for one in reversed(started)])
        deadline = time.monotonic() + PATIENCE
        while not told.exists() or not told.read_text("utf-8").strip():
            if time.monotonic() > deadline:
                raise SystemExit("the scheduler did not start")
            time.sleep(0.1)
        address = str(json.loads(told.read_text("utf-8"))["address"])
        options = ("--nthreads", "1", "--no-dashboard", "--local-directory", str(folder))
        started += [start("dask_worker", address, *options) for _ in range(workers)]
        numbers = {"scheduler": [started[0].pid], "workers": [one.pid for one in started[1:]]}
        place_of(folder).write_text(json.dumps(numbers), "utf-8")
        await_workers(address, workers)
        yield address


def await_workers(address: str, workers: int) -> None:
    """Wait until so many workers have come."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=PATIENCE)


def ask(texts: Sequence[str], workers: int | None, threads: int) -> dict[str, float]:
    """Run a row in a process of its own."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        count = WARMING * (workers or 1)
        lay_out(folder / "warm", texts[:count])
        lay_out(folder / "all", texts[count:])
        address = stack.enter_context(cluster(folder, workers)) if workers else ""
        command = [sys.executable, __file__, "--folder", name, "--address", address, "--threads", str(threads)]
        environment = os.environ | {"ARGOS_PACKAGES_DIR": str(folder / "none")}
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
        answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return answer


def measure(count: int, workers: Sequence[int]) -> dict[str, Any]:
    """Measure the plain runs and one with each number of workers."""
    rows: list[dict[str, Any]] = []
    cores = os.cpu_count() or 1
    for crew, threads in ((None, 1), (None, cores), *((number, 1) for number in workers)):
        warming = WARMING * (crew or 1)
        texts = releases(SENTENCES, warming + count)
        words = sum(len(text.split()) for text in texts[warming:]) * len(TARGETS)
        answer = ask(texts, crew, threads)
        drafting = answer["own"] if crew is None else answer["workers"]
        rows.append(
            {
                "workers": crew,
                "threads": threads,
                "seconds": round(answer["seconds"], 2),
                "words_per_second": round(words / answer["seconds"], 1),
                "drafting_each": round(drafting / count, 4),
                "coordinator_each": round(answer["own"] / count, 4) if crew else None,
                "scheduler_each": round(answer["scheduler"] / count, 4) if crew else None,
            }
        )
    plain = {row["threads"]: row for row in rows if row["workers"] is None}
    first = next((row for row in rows if row["workers"]), plain[1])
    for row in rows:
        row["times_plain"] = round(row["words_per_second"] / plain[cores]["words_per_second"], 2)
        row["processor_of_plain"] = round(row["drafting_each"] / plain[1]["drafting_each"], 2)
        if row["workers"]:
            speed = row["words_per_second"] / first["words_per_second"]
            row["efficiency"] = round(speed * first["workers"] / row["workers"], 2)
    return {
        "releases": count,
        "targets": TARGETS,
        "cores": cores,
        "packages": {name: version(name) for name in ("kzpress", "ctranslate2", "distributed")},
        "rows": rows,
    }


def table(found: dict[str, Any]) -> str:
    """Word the result for people."""
    packages = ", ".join(f"{name} {number}" for name, number in found["packages"].items())
    heads = f"{'seconds':>8} {'words/s':>8} {'speed-up':>9} {'efficiency':>11} {'× plain':>8}"
    lines = [
        f"{found['releases']} releases, each into {' and '.join(found['targets'])}; {found['cores']} cores; {packages}",
        "",
        f"{'':<24} {heads} {'ms a release of: drafting':>26} {'coordinator':>12} {'scheduler':>10}",
    ]
    for row in found["rows"]:
        crew, threads = row["workers"], row["threads"]
        label = f"{crew} worker{'s' * (crew > 1)}" if crew else f"plain, {threads} thread{'s' * (threads > 1)}"
        each = [
            f"{1000 * row[f'{who}_each']:.1f}" if row[f"{who}_each"] else "" for who in ("coordinator", "scheduler")
        ]
        efficiency = f"{row['efficiency']:.2f}" if crew else ""
        lines.append(
            f"{label:<24} {row['seconds']:>8.1f} {row['words_per_second']:>8.0f} {row['times_plain']:>9.2f} "
            f"{efficiency:>11} {row['processor_of_plain']:>8.2f} {1000 * row['drafting_each']:>26.0f} "
            f"{each[0]:>12} {each[1]:>10}"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure and print, or, in a process that ``ask`` started, make one row's passes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", type=int, default=200)
    parser.add_argument("--workers", default="1,2,4", help="numbers of workers (default 1,2,4)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--address", help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, default=1, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.folder:
        print(json.dumps(work(options.folder, options.address or None, options.threads)))
        return
    found = measure(options.releases, [int(one) for one in options.workers.split(",")])
    print(json.dumps(found, ensure_ascii=False) if options.json else table(found))


if __name__ == "__main__":
    main()
