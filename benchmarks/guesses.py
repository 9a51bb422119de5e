"""What is left to a person as a guess: how many sentences for each limit, and how good they and the others are.

    python benchmarks/guesses.py SET.kk-ru-en.tsv ... [--models DIR]

Every sentence is drafted on its own in every direction, with the starter glossary's names. A sentence whose score is
under the limit is a guess; the packages say theirs by ``doubtful_below``. chrF is the mean of sentences', 0..100.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from kzpress import glossary, workspace
from kzpress.engine import discover
from kzpress.engine.argos import ArgosEngine
from noise import read
from robust import DIRECTIONS, DOMAIN, chrf, drafts, news

LIMITS: Final = (-0.6, -0.7, -0.8, -0.9, -1.0)


def scored(path: Path, engine: ArgosEngine, terms: glossary.Glossary) -> list[tuple[float, float]]:
    """Return the score and the chrF of every sentence that the model was asked for, in every direction of a set."""
    rows = read(path)
    chosen = list(news([rows], len(rows) * len(DIRECTIONS)))
    pairs = zip(chosen, drafts(chosen, engine, terms), strict=True)
    return [(draft.score, chrf(draft.text, item.reference)) for item, draft in pairs if draft.score is not None]


def table(name: str, found: Sequence[tuple[float, float]]) -> Iterator[str]:
    """Yield Markdown, a row a limit."""
    for limit in LIMITS:
        guesses, rest = ([chrf for score, chrf in found if (score < limit) is side] for side in (True, False))
        means = (f"{sum(side) / len(side):.1f}" if side else "–" for side in (guesses, rest))
        yield f"| {name} | {limit} | {100 * len(guesses) / len(found):.1f} | {' | '.join(means)} |"


def main() -> None:
    """Draft, score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="*", default=[DOMAIN], help=f"default: training/eval/{DOMAIN.name}")
    parser.add_argument("--models", type=Path, help="folder of packages to search first")
    options = parser.parse_args()
    engine, terms = ArgosEngine(discover(options.models)), glossary.load(workspace.STARTER_GLOSSARY)
    print("| set | limit | guesses, % | their chrF | that of the rest |\n|---|---:|---:|---:|---:|")
    for path in options.sets:
        print(*table(path.name, scored(path, engine, terms)), sep="\n")


if __name__ == "__main__":
    main()
