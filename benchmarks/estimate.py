"""Hold the time left that ``translate`` tells against the time there was, at four moments.

    python benchmarks/estimate.py [--releases 30]

English releases into Russian and Kazakh by the embedded packages in a new workspace, so that the glossary's index is
made first, while nothing can be told.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Final

from kzpress import pipeline, workspace
from kzpress.domain import Lang
from kzpress.engine import discover
from kzpress.engine.argos import ArgosEngine
from kzpress.estimating import Pace
from throughput import releases

SENTENCES: Final = Path(__file__).parent.parent / "training" / "eval" / "domain.en-ru-kk.tsv"
SHARES: Final = (0.25, 0.5, 0.75, 0.9)


def traced(folder: Path, texts: list[str]) -> tuple[float, list[tuple[float, float]]]:
    """Translate; return the seconds it took, and of each estimate at what second it put the end at which."""
    workspace.create(folder)
    place = workspace.find(folder)
    for number, text in enumerate(texts):
        (place.inbox / f"release-{number:04}.txt").write_text(text, "utf-8")
    pace, told, started = Pace(), list[tuple[float, float]](), time.monotonic()

    def tell(done: int, total: int) -> None:
        now = time.monotonic()
        left = pace.left(now, done, total)
        if left is not None:
            told.append((now - started, now - started + left))

    engine, targets = ArgosEngine(discover(place.models)), [Lang.RU, Lang.KK]
    paths = sorted(place.inbox.glob("release-*.txt"))
    for result in pipeline.translate(place, paths, engine, source=Lang.EN, targets=targets, progress=tell):
        if result.error:
            raise result.error
    return time.monotonic() - started, told


def main() -> None:
    """Translate and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        whole, told = traced(Path(name), releases(SENTENCES, options.releases))
    print(
        f"{options.releases} releases, {whole:.1f} s\n\n{'':>5} {'told, s':>8} {'true, s':>8} {'off, of the whole':>21}"
    )
    for share in SHARES:
        now = share * whole
        ends = [end for at, end in told if at <= now]
        off = (
            f"{ends[-1] - now:>8.1f} {whole - now:>8.1f} {(ends[-1] - whole) / whole:>21.0%}" if ends else "nothing yet"
        )
        print(f"{share:>5.0%} {off}")


if __name__ == "__main__":
    main()
