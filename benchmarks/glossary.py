"""Measure the glossary's index at 100, 1,000 and 10,000 concepts: making it, starting from it, searching with it.

    python benchmarks/glossary.py [--sizes 100 1000 10000] [--words-per-second N] [--seed 1] [--json]

Each glossary is put together from the real one in ``glossary/``: its own concepts first, then institutions, offices,
places and people whose names combine the words of others, so that forms overlap as they do in real names. Every figure
is of a process of its own, in processor seconds and in seconds on the clock; the files are in the disk's cache. The
texts searched are the English sentences of 50 releases and their counterparts, of ``benchmarks/throughput.py``.

``--words-per-second`` is the speed of a whole translate run as throughput.py measures it (words once a target), on the
same machine in the same hour; with it is told what share of a run of 50 English releases into Russian and Kazakh the
names take: the index is read, and every source sentence and HYPOTHESES answers in each target are searched.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from peak import peak_mb

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parent.parent
SENTENCES: Final = ROOT / "training" / "eval" / "domain.en-ru-kk.tsv"
LANGS: Final = ("en", "ru", "kk")
COLUMNS: Final = dict(zip(LANGS, range(3), strict=True))
RELEASE: Final = 12  # sentences of a release of throughput.py
HYPOTHESES: Final = 4  # of a sentence, in each language


# ------------------------------------------------------------------ glossaries


def write_glossary(folder: Path, size: int, seed: int) -> None:
    """Write a glossary of ``size`` concepts, the same for the same ``seed``."""
    from kzpress import glossary
    from kzpress.domain import Lang

    real = list(glossary.load(ROOT / "glossary").entries.values())
    chance = random.Random(seed)
    made = [_table(concept.id, concept.kind, {lang: concept.names[lang] for lang in Lang}, concept) for concept in real]
    taken = {concept.names[Lang.EN].lower() for concept in real}
    combined = _combined(real, chance)
    while len(made) < size:
        kind, names = next(combined)
        if names[Lang.EN].lower() not in taken:
            taken.add(names[Lang.EN].lower())
            made.append(_table(f"made-{len(made)}", kind, names, None))
    folder.mkdir(parents=True)
    for part in range(0, size, 500):
        (folder / f"{part:05}.toml").write_text("\n".join(made[part : part + 500][: size - part]), encoding="utf-8")


def _combined(real: list[Any], chance: random.Random) -> Iterator[tuple[str, dict[Any, str]]]:
    """Yield kinds and names: a person's given name with another's surname, a body "for relations with" a place."""
    from kzpress.domain import Lang

    people = [concept for concept in real if concept.kind == "person" and len(concept.names[Lang.EN].split()) == 2]
    bodies = [concept for concept in real if concept.kind in {"institution", "office"}]
    places = [concept for concept in real if concept.kind == "place"]
    number = 0
    while True:
        number += 1
        if number % 3 == 0:
            given, surname = chance.sample(people, 2)
            letters = "".join(chance.choice("бдклмнрст") + chance.choice("аеио") for _ in range(2))
            latin = letters.translate(str.maketrans("бдклмнрстаеио", "bdklmnrstaeio"))
            yield (
                "person",
                {
                    lang: f"{given.names[lang].split()[0]} {(latin if lang is Lang.EN else letters).capitalize()}"
                    f"{surname.names[lang].split()[-1].lower()}"
                    for lang in Lang
                },
            )
            continue
        body, place, second = chance.choice(bodies), chance.choice(places), chance.choice(places)
        joint = {Lang.EN: "and", Lang.RU: "и", Lang.KK: "және"}
        inner = {lang: f"{place.names[lang]} {joint[lang]} {second.names[lang]}" for lang in Lang}
        yield (
            body.kind,
            {
                Lang.EN: f"{body.names[Lang.EN]} for {inner[Lang.EN]}",
                Lang.RU: f"{body.names[Lang.RU]} по странам {inner[Lang.RU]}",
                Lang.KK: f"{inner[Lang.KK]} {body.names[Lang.KK]}",
            },
        )


def _table(entry: str, kind: str, names: dict[Any, str], real: Any) -> str:
    lines = [f"[{entry.replace('/', '-')}]", f'kind = "{kind}"', 'source = "a benchmark"']
    lines += [f"names.{lang} = {json.dumps(name, ensure_ascii=False)}" for lang, name in names.items()]
    if real is not None:
        for key in ("short", "variants", "forbidden"):
            for lang, listed in getattr(real, key).items():
                lines.append(f"{key}.{lang} = {json.dumps(list(listed), ensure_ascii=False)}")
        if real.valid:
            spans = (
                ", ".join(f"{key} = {day}" for key, day in (("from", p.start), ("to", p.end)) if day)
                for p in real.valid
            )
            lines.append(f"valid = [{', '.join(f'{{ {span} }}' for span in spans)}]")
    return "\n".join(lines) + "\n"


# ------------------------------------------------------------------ one process, one measure


def measure(folder: Path, cache: Path | None, search: str) -> dict[str, float]:
    """Load the glossary, make all three indexes ready, and search in the language ``search`` if one is given."""
    wall, cpu = time.perf_counter(), time.process_time()
    from kzpress import glossary
    from kzpress.domain import Lang
    from kzpress.glossary import find
    from kzpress.glossary.find import named, seen

    terms = glossary.load(folder, cache=cache)
    for lang in Lang:
        find(terms, "Astana, Астана", lang, None)
    figures = {
        "concepts": len(terms),
        "seconds": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "peak_mb": peak_mb() or 0.0,
    }
    if search:
        texts = _texts(search)
        first, hits = _search(terms, texts, search)
        named.cache_clear()
        seen.cache_clear()
        again, _ = _search(terms, texts, search)
        sentences, words = len(texts), sum(len(text.split()) for text in texts)
        figures |= {"first": first, "again": again, "hits": hits, "sentences": sentences, "words": words}
    return figures


def _search(terms: Any, texts: list[str], lang: str) -> tuple[float, int]:
    from kzpress.domain import Lang
    from kzpress.glossary import find

    started = time.process_time()
    hits = sum(len(find(terms, text, Lang(lang), None)) for text in texts)
    return time.process_time() - started, hits


def _texts(lang: str) -> list[str]:
    """Return as many sentences as 50 releases have, none twice the same: a search remembers what it was asked."""
    rows = [line.split("\t") for line in SENTENCES.read_text("utf-8").splitlines()]
    texts = [row[COLUMNS[lang]] for row in rows]
    return [f"{text} {i}" for i in range(50 * RELEASE) for text in (texts[i % len(texts)],)]


# ------------------------------------------------------------------ the table


def in_a_process(folder: Path, cache: Path | None, search: str = "") -> dict[str, float]:
    """Measure in a fresh process, started before the clock is."""
    command = [sys.executable, __file__, "--one", str(folder), str(cache or ""), search]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    return dict(json.loads(done.stdout))


def run(size: int, seed: int) -> dict[str, dict[str, float]]:
    """Return the figures for a glossary of ``size`` concepts, by what was done."""
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "glossary", Path(name) / "cache"
        write_glossary(folder, size, seed)
        figures = {"no folder for an index": in_a_process(folder, None), "index made": in_a_process(folder, cache)}
        figures["index there"] = in_a_process(folder, cache)
        figures |= {f"search {lang}": in_a_process(folder, cache, lang) for lang in LANGS}
        figures["files"] = {"mb": sum(path.stat().st_size for path in cache.iterdir()) / 1e6}
    return figures


def main() -> None:
    """Print the table, or with ``--json`` its figures."""
    if sys.argv[1:2] == ["--one"]:
        folder, cache, search = sys.argv[2:5]
        print(json.dumps(measure(Path(folder), Path(cache) if cache else None, search)))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--words-per-second", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    for size in options.sizes:
        figures = run(size, options.seed)
        part = {"share": share(figures, options.words_per_second)} if options.words_per_second else {}
        if options.json:
            print(json.dumps({"size": size, **figures, **part}, ensure_ascii=False), flush=True)
            continue
        print(f"\n{size:,} concepts, index of {figures['files']['mb']:.1f} MB (load average {os.getloadavg()[0]:.1f})")
        for what, row in figures.items():
            if what.startswith("search"):
                first, again = (row[key] / row["sentences"] * 1e6 for key in ("first", "again"))
                told = (
                    f"{first:6.0f} µs a sentence, {again:4.0f} when its words were met, {row['hits']:.0f} names found"
                )
                print(f"  {what:24} {told}")
            elif what != "files":
                told = f"{row['cpu']:6.2f} s processor, {row['seconds']:6.2f} s clock, peak {row['peak_mb']:4.0f} MB"
                print(f"  {what:24} {told}", flush=True)
        if part:
            print(f"  {part['share']:.1%} of a translate run")


def share(figures: dict[str, dict[str, float]], words_per_second: float) -> float:
    """Return the part of a translate run that finding names takes: reading the index and searching."""
    searched = figures["search en"]["first"]
    for lang in ("ru", "kk"):
        row = figures[f"search {lang}"]
        searched += row["first"] + (HYPOTHESES - 1) * row["again"]
    return (figures["index there"]["cpu"] + searched) / (2 * figures["search en"]["words"] / words_per_second)


if __name__ == "__main__":
    main()
