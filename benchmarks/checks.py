"""Counts what the checks say about human translations, where nearly everything they say is a false alarm.

A row of a TSV file is one sentence in three languages, whose columns the file's name tells (``news.kk-ru-en.tsv``);
rows that follow one another make up the releases that the checks of a whole release are run on.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

from kzpress import checks, glossary
from kzpress.domain import Finding, Key, Lang
from kzpress.glossary import Glossary

LANGUAGES = (Lang.EN, Lang.RU, Lang.KK)
Row = dict[Lang, str]


def main() -> None:
    """Print, for each direction and code, findings in a thousand sentences, and on request the findings."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", nargs="+", type=Path, help="TSV, named by its columns: *.en-ru-kk.tsv")
    options.add_argument("--glossary", type=Path, default=Path("glossary"))
    options.add_argument("--sample", type=int, default=3000, help="sentences a direction")
    options.add_argument("--release", type=int, default=15, help="sentences that make up one release")
    options.add_argument("--no-names", action="store_true", help="leave out the glossary's checks, the slow ones")
    options.add_argument(
        "--show", metavar="CODE", action="append", default=[], help="print findings of this code, or all"
    )
    options.add_argument("--only", metavar="FROM-TO", help="one direction, such as en-kk")
    options.add_argument("--spoil", action="store_true", help="count what is found of names put into another case")
    options.add_argument("--json", action="store_true", help="one JSON object of counts instead of the table")
    given = options.parse_args()
    if given.json and given.show:
        options.error("--json tells counts, --show prints findings: one of them")
    terms = None if given.no_names else glossary.load(given.glossary)
    releases = sampled(list(read(given.files, given.release)), given.sample)
    sentences = sum(len(release) for release in releases)
    known = f"glossary of {len(terms)} ({terms.digest[:8]})" if terms else "no names"
    if not given.json:
        print(f"{sentences} sentences in {len(releases)} releases a direction, {known}")
    if given.spoil and terms:
        for lang in (Lang.RU, Lang.KK):
            found, total = spoilt(terms, releases, lang, given.show)
            told = f"{lang}: {found} of {total} names in a wrong case are found ({found / max(total, 1):.0%})"
            print(json.dumps({"language": lang, "found": found, "of": total}) if given.json else told, flush=True)
        return
    counts = {
        (source, target): counted(terms, releases, (source, target), given.show)
        for source, target in permutations(LANGUAGES, 2)
        if given.only in (None, f"{source}-{target}")
    }
    if given.json:
        by_direction = {f"{source}-{target}": found for (source, target), found in counts.items()}
        print(json.dumps({"sentences": sentences, "glossary": known, "findings": by_direction}))
        return
    print(table(counts, sentences))


def read(paths: Sequence[Path], size: int) -> Iterator[list[Row]]:
    """Yield the rows of each file in runs of ``size``."""
    for path in paths:
        columns = [Lang(code) for code in path.name.split(".")[-2].split("-")]
        lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
        rows = [dict(zip(columns, cells, strict=True)) for cells in lines if len(cells) == len(columns)]
        yield from (rows[start : start + size] for start in range(0, len(rows), size))


def sampled(releases: list[list[Row]], sentences: int) -> list[list[Row]]:
    """Return releases of about as many ``sentences``, the same at every call."""
    random.Random(1).shuffle(releases)
    total, chosen = 0, []
    for release in releases:
        if total >= sentences:
            break
        chosen.append(release)
        total += len(release)
    return chosen


def findings(terms: Glossary | None, release: list[Row], source: Lang, target: Lang) -> Iterator[tuple[Finding, str]]:
    """Yield what every check says of one release, with the translation it says it of."""
    pairs = [(Key(context=f"body#{i}", source=row[source]), row[target]) for i, row in enumerate(release)]
    for key, text in pairs:
        yield from ((finding, text) for finding in checks.run(key.source, text, source, target, key))
    if terms is None:
        return
    for key, text in pairs:
        named = glossary.check(terms, key.source, text, source_lang=source, target_lang=target, date=None, key=key)
        yield from ((finding, text) for finding in named)
    texts = dict(pairs)
    for finding in glossary.check_release(terms, pairs, source_lang=source, target_lang=target, date=None):
        yield finding, texts[finding.key]


def counted(
    terms: Glossary | None, releases: list[list[Row]], direction: tuple[Lang, Lang], show: Sequence[str]
) -> Counter[str]:
    """Return how many findings of each code one direction has, and print those to ``show``."""
    source, target = direction
    counts: Counter[str] = Counter()
    for release in releases:
        for finding, text in findings(terms, release, source, target):
            counts[finding.code] += 1
            if finding.code in show or "all" in show:
                print(f"  {source}→{target} {finding.code}: {finding.message}\n    {finding.key.source}\n    {text}")
    return counts


def table(counts: dict[tuple[Lang, Lang], Counter[str]], sentences: int) -> str:
    """Return a Markdown table of findings in a thousand sentences, a row a code; codes without any come last."""
    directions = [f"{source}→{target}" for source, target in counts]
    lines = [f"| in 1,000 | {' | '.join(directions)} |", f"|---|{'---:|' * len(directions)}"]
    codes = sorted({code for found in counts.values() for code in found})
    for code in codes:
        rates = (f"{1000 * found[code] / sentences:.1f}" for found in counts.values())
        lines.append(f"| `{code}` | {' | '.join(rates)} |")
    silent = sorted(set(checks.SEVERITIES) - set(codes))
    return "\n".join([*lines, f"none: {', '.join(silent)}"])


def spoilt(terms: Glossary, releases: list[list[Row]], lang: Lang, show: Sequence[str]) -> tuple[int, int]:
    """Put each approved name in turn into another case; return how many are told to be wrong, and of how many."""
    chance = random.Random(1)
    total, found = 0, 0
    for row in (row for release in releases for row in release):
        for hit in glossary.find(terms, row[lang], lang, None):
            table = glossary.forms(terms.entries[hit.entry], lang)
            form = row[lang][hit.start : hit.end]
            if hit.base != terms.entries[hit.entry].names[lang] or form not in table.values():
                continue
            wrong = sorted({other for case, other in table.items() if other != form and case not in hit.cases})
            if not wrong:
                continue
            put = chance.choice(wrong)
            text = row[lang][: hit.start] + put + row[lang][hit.end :]
            key = Key(context="body", source="")
            told = [
                finding.message
                for finding in glossary.check(
                    terms, "", text, source_lang=Lang.EN, target_lang=lang, date=None, key=key
                )
                if finding.code == "name-wrong-form"
            ]
            total, found = total + 1, found + bool(told)
            if "missed" in show and not told:
                print(f"  {put}: {text}")
    return found, total


if __name__ == "__main__":
    main()
