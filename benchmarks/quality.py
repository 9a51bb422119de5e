"""Score the packages on test sets: every direction, the model alone and with the glossary enforced.

    python benchmarks/quality.py SET.kk-ru-en.tsv ... [--models DIR] [--beam 4] [--limit N] [--json]

A set is a TSV file whose name ends in its columns' languages. Scores are sacrebleu's, 0..100; its signatures are
printed with them. A sentence that both ways ask the model for is decoded once.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from itertools import permutations
from pathlib import Path
from typing import Any, Final

from kzpress import glossary, measuring, workspace
from kzpress.domain import Hypothesis, Lang, Route
from kzpress.engine import Engine, Job, discover
from kzpress.engine.argos import BEAM, ArgosEngine
from kzpress.scores import Scores

SETS: Final = sorted((Path(__file__).parent.parent / "training" / "eval").glob("*.tsv"))
NO_NAMES: Final = glossary.Glossary(entries={}, digest="")


@dataclass(frozen=True, slots=True)
class Remembering:
    """An engine that decodes a sentence once, however often it is asked."""

    engine: Engine
    known: dict[Job, tuple[Hypothesis, ...]] = field(default_factory=dict)

    def route(self, source: Lang, target: Lang) -> Route:
        """Return the engine's way."""
        return self.engine.route(source, target)

    def translate(
        self, jobs: Sequence[Job], progress: Callable[[int], None] | None = None
    ) -> tuple[tuple[Hypothesis, ...], ...]:
        """Ask the engine for what is not known yet."""
        new = [job for job in dict.fromkeys(jobs) if job not in self.known]
        self.known.update(zip(new, self.engine.translate(new, progress), strict=True))
        return tuple(self.known[job] for job in jobs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One direction of one test set, scored both ways."""

    name: str
    route: Route
    alone: Scores
    enforced: Scores

    def as_json(self) -> dict[str, Any]:
        """Return the row for ``--json``; seconds are left out, since what is known is not decoded again."""
        ways = {name: asdict(scores) for name, scores in (("alone", self.alone), ("names", self.enforced))}
        for scores in ways.values():
            del scores["seconds"]
        return {"set": self.name, "route": str(self.route), "packages": self.route.packages, **ways}


def languages(path: Path) -> list[Lang]:
    """Return the languages that a test set's name says it has.

    Raises:
        ValueError: the name says nothing of the kind.
    """
    return [Lang(code) for code in path.name.removesuffix(".tsv").rpartition(".")[2].split("-")]


def score(path: Path, engine: Engine, terms: glossary.Glossary, limit: int | None) -> Iterator[Row]:
    """Yield the scores of every direction of a test set."""
    for source, target in permutations(sorted(languages(path)), 2):
        alone, enforced = (
            measuring.evaluate(path, source, target, engine, names, limit=limit) for names in (NO_NAMES, terms)
        )
        yield Row(name=path.name, route=engine.route(source, target), alone=alone, enforced=enforced)


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of a Markdown table: a row a direction, then the mean of each test set."""
    yield "| set | direction | lines | chrF | chrF++ | BLEU | chrF, names | chrF++, names | BLEU, names |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|"
    for name in dict.fromkeys(row.name for row in rows):
        own = [row for row in rows if row.name == name]
        figures = [[*metrics(row.alone), *metrics(row.enforced)] for row in own]
        for row, values in zip(own, figures, strict=True):
            yield line(name, str(row.route), str(row.alone.lines), values)
        yield line(name, "**mean**", "", [sum(column) / len(column) for column in zip(*figures, strict=True)])


def metrics(scores: Scores) -> list[float]:
    """Return the three figures in the table's order."""
    return [scores.chrf, scores.chrf_plus_plus, scores.bleu]


def line(name: str, direction: str, lines: str, values: Sequence[float]) -> str:
    """Return one row of the table."""
    return f"| {' | '.join([name, direction, lines, *(f'{value:.1f}' for value in values)])} |"


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="*", default=SETS, help="default: those in training/eval")
    parser.add_argument("--models", type=Path, help="folder of packages to search first")
    parser.add_argument("--glossary", type=Path, default=workspace.STARTER_GLOSSARY, help="default: the starter one")
    parser.add_argument("--beam", type=int, default=BEAM)
    parser.add_argument("--limit", type=int, help="only the first so many lines of each set")
    parser.add_argument("--json", action="store_true", help="one JSON object a direction instead of the table")
    options = parser.parse_args()
    for path in options.sets:
        try:
            languages(path)
        except ValueError:
            parser.error(f"{path}: a test set is named after its columns, such as news.kk-ru-en.tsv")
    terms = glossary.load(options.glossary)
    engine = Remembering(ArgosEngine(discover(options.models), beam=options.beam))
    settings = {"beam": options.beam, "glossary": terms.digest[:12], "CTranslate2": version("ctranslate2")}
    rows = []
    for path in options.sets:
        for row in score(path, engine, terms, options.limit):
            rows.append(row)
            if options.json:
                print(json.dumps(row.as_json() | settings, ensure_ascii=False), flush=True)
    if not options.json:
        packages = dict.fromkeys(package for row in rows for package in row.route.packages)
        print(*table(rows), "", sep="\n")
        print(", ".join([*packages, *(f"{name} {value}" for name, value in settings.items())]))
        print(*rows[0].alone.signatures, sep="\n")


if __name__ == "__main__":
    main()
