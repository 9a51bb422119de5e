"""Measure how names come through translation: every direction, four ways, and how they are recognised in sources.

    python benchmarks/terms/run.py [--direction en-kk] [--system ladder] [--limit N] [--models DIR] [--json FILE]

Prints Markdown tables; shares are percent. ``--json`` also writes all counts and each name that is not right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from itertools import permutations
from pathlib import Path
from typing import Any

from measure import Controls, Detected, Judge, Tally, Verdict, WordBoundary, by_find, controls, detected
from systems import Bench, System
from testset import PATH, Kind, Row, read

from kzpress import glossary, scores, workspace
from kzpress.domain import Lang
from kzpress.glossary import Glossary

DIRECTIONS = tuple(permutations((Lang.EN, Lang.RU, Lang.KK), 2))
COLUMNS = (
    *("exact", "lemma", "accepted", "case", "surface", "alike"),
    *("near-misses changed", "a name put in", "plain changed", "chrF"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One way in one direction; ``outputs`` are by row."""

    source: Lang
    target: Lang
    system: System
    route: str
    tally: Tally
    near: Controls
    plain: Controls
    chrf: float
    signature: str
    verdicts: tuple[Verdict, ...]
    outputs: tuple[str, ...]


def measured(bench: Bench, rows: Sequence[Row], source: Lang, target: Lang, systems: Sequence[System]) -> list[Result]:
    """Translate ``rows`` in each way and judge; the model alone comes along, for the controls are held to it."""
    alone = bench.translate(System.ALONE, rows, source, target)
    results = []
    for system in systems:
        say(f"{source}-{target}: {system}")
        outputs = alone if system is System.ALONE else bench.translate(system, rows, source, target)
        pairs = list(zip(rows, outputs, strict=True))
        judged = Judge(terms=bench.terms, source=source, target=target)
        verdicts = [judged.verdict(row, name, out) for row, out in pairs for name in row.uses]
        route = bench.plain.route(source, target)
        scored = [(out, row.texts[target]) for row, out in pairs if row.kind is Kind.TERM]
        score = scores.score([out for out, _ in scored], [reference for _, reference in scored], route, seconds=0.0)
        of_kind = {
            kind: controls(
                bench.terms,
                [text for row, text in zip(rows, alone, strict=True) if row.kind is kind],
                [text for row, text in pairs if row.kind is kind],
                target,
            )
            for kind in (Kind.NEAR, Kind.PLAIN)
        }
        results.append(
            Result(
                source=source,
                target=target,
                system=system,
                route=str(route),
                tally=Tally.of(verdicts),
                near=of_kind[Kind.NEAR],
                plain=of_kind[Kind.PLAIN],
                chrf=score.chrf,
                signature=score.signatures[0],
                verdicts=tuple(verdicts),
                outputs=tuple(outputs),
            )
        )
    return results


def recognition(terms: Glossary, rows: Sequence[Row]) -> Iterator[tuple[Lang, str, Detected]]:
    """Yield how names are recognised in the sentences of each language, two ways."""
    for lang in (Lang.EN, Lang.RU, Lang.KK):
        listed = WordBoundary.of(terms, lang)
        yield lang, r"\b…\b", detected(rows, [listed(row, lang) for row in rows])
        yield lang, "kzpress", detected(rows, [by_find(terms, row, lang) for row in rows])


# ------------------------------------------------------------------ what is printed and written


def recognition_table(found: Sequence[tuple[Lang, str, Detected]], near: int) -> Iterator[str]:
    """Yield the lines of the table of recognition."""
    yield f"| sentences in | recognised by | names | recall | precision | false alarms in {near} near-misses |"
    yield "|---|---|---:|---:|---:|---:|"
    for lang, way, seen in found:
        shares = f"{100 * seen.recall:.1f} | {100 * seen.precision:.1f}"
        yield f"| {lang} | {way} | {seen.annotated} | {shares} | {seen.alarms} |"


def translation_table(results: Sequence[Result]) -> Iterator[str]:
    """Yield the lines of the table of translation, a row a way and direction, then the mean of each way."""
    yield f"| direction | way | {' | '.join(COLUMNS)} |"
    yield f"|---|---|{'---:|' * len(COLUMNS)}"
    for result in results:
        yield _line(f"{result.source}→{result.target}", result.system, figures(result))
    for system in dict.fromkeys(result.system for result in results):
        own = [figures(result) for result in results if result.system is system]
        columns = [[value for value in column if value is not None] for column in zip(*own, strict=True)]
        yield _line("**mean**", system, [sum(column) / len(column) if column else None for column in columns])


def figures(result: Result) -> list[float | None]:
    """Return the columns in order, percent and chrF; None where there is nothing to count."""
    tally = result.tally
    return [
        _share(tally.exact, tally.names),
        _share(tally.lemma, tally.names),
        _share(tally.accepted, tally.names),
        _share(tally.right_case, tally.oblique),
        _share(tally.right_surface, tally.oblique),
        _share(tally.alike, tally.repeated),
        _share(result.near.changed, result.near.sentences),
        _share(result.near.inserted, result.near.sentences),
        _share(result.plain.changed, result.plain.sentences),
        result.chrf,
    ]


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _line(direction: str, system: str, values: Sequence[float | None]) -> str:
    return f"| {direction} | {system} | {' | '.join('' if v is None else f'{v:.1f}' for v in values)} |"


def as_json(result: Result, rows: Sequence[Row]) -> dict[str, Any]:
    """Return a result with its counts, and the names that ``check`` would find fault with or another case than ours."""
    by_line = {row.line: (row, output) for row, output in zip(rows, result.outputs, strict=True)}
    missed = [
        {
            "line": verdict.line,
            "entry": verdict.entry,
            "kind": verdict.kind,
            "accepted": verdict.accepted,
            "right_case": verdict.right_case,
            "reference": by_line[verdict.line][0].texts[result.target],
            "output": by_line[verdict.line][1],
        }
        for verdict in result.verdicts
        if not verdict.accepted or not verdict.exact
    ]
    return {
        "direction": f"{result.source}-{result.target}",
        "system": result.system,
        "route": result.route,
        "names": asdict(result.tally),
        "near": asdict(result.near),
        "plain": asdict(result.plain),
        "chrf": result.chrf,
        "signature": result.signature,
        "not_exact": missed,
    }


def say(words: str) -> None:
    """Tell on stderr what is being done."""
    print(words, file=sys.stderr, flush=True)


def sample(rows: Sequence[Row], limit: int | None) -> tuple[Row, ...]:
    """Return the first ``limit`` rows of each kind."""
    return tuple(row for kind in Kind for row in [row for row in rows if row.kind is kind][:limit])


def direction(word: str) -> tuple[Lang, Lang]:
    """Return the direction that ``word`` names, such as ``en-kk``."""
    source, _, target = word.partition("-")
    pair = Lang(source), Lang(target)
    if pair not in DIRECTIONS:
        raise ValueError(word)
    return pair


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--direction", type=direction, action="append", help="such as en-kk; may be repeated")
    parser.add_argument("--system", type=System, action="append", help=f"one of: {'; '.join(System)}; may be repeated")
    parser.add_argument("--limit", type=int, help="only the first so many sentences of each kind")
    parser.add_argument("--models", type=Path, help="folder of packages to search first")
    parser.add_argument("--glossary", type=Path, default=workspace.STARTER_GLOSSARY, help="default: the starter one")
    parser.add_argument("--json", type=Path, help="also write all counts to this file")
    options = parser.parse_args()
    terms, rows = glossary.load(options.glossary), sample(read(), options.limit)
    found = list(recognition(terms, rows))
    print(*recognition_table(found, sum(row.kind is Kind.NEAR for row in rows)), "", sep="\n", flush=True)
    bench = Bench.open(options.models, terms)
    results: list[Result] = []
    for source, target in options.direction or DIRECTIONS:
        results += measured(bench, rows, source, target, options.system or list(System))
    print(*translation_table(results), "", sep="\n")
    routes = [bench.plain.route(result.source, result.target) for result in results]
    packages = dict.fromkeys(package for route in routes for package in route.packages)
    settings = {"set": PATH.name, "glossary": terms.digest[:12], "CTranslate2": version("ctranslate2")}
    print(", ".join([*packages, *(f"{name} {value}" for name, value in settings.items()), results[0].signature]))
    if options.json:
        seen = [{"lang": lang, "by": way, **asdict(counts)} for lang, way, counts in found]
        report = {**settings, "packages": list(packages), "recognition": seen}
        report["translation"] = [as_json(result, rows) for result in results]
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
