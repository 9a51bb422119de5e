"""Read folders of parallel TSV files, clean them and write one table of training examples.

    python training/corpus.py RECIPE.toml --corpora DIR --eval DIR --out examples.tsv

Only files that the recipe calls crawled need kzpress itself, whose detector says what language their lines are in.

A TSV file (optionally .xz) names its columns by the end of its name: ``news.kk-ru-en.tsv`` has three columns.
The recipe gives each file a weight: 2 means every row twice a pass, 0.25 a fixed quarter of the rows.
The output has one line a direction and row: source language, target language, weight, source, target.

What was kept and what every filter removed is printed per file. Malformed rows, rows not sampled and rows that a test
set has too are counted as rows, everything else as directions: a row of three languages has six. What several filters
would refuse is counted under the first.
"""

from __future__ import annotations

import argparse
import fnmatch
import functools
import hashlib
import itertools
import lzma
import re
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

COLUMNS: Final = re.compile(r"\.((?:kk|ru|en)(?:-(?:kk|ru|en))+)\.tsv(?:\.xz)?$")
KAZAKH_ONLY: Final = frozenset("әғқңөұүһі")
CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
LATIN: Final = re.compile(r"[A-Za-z]")
NUMBER: Final = re.compile(r"\d{2,}")
MAX_CHARS: Final = 600
RATIO: Final = 2.5  # of the longer side's letters to the shorter's, from SHORT letters up
SHORT: Final = 25
DETECTABLE: Final = 40  # characters from which the detector is to be believed
TEMPLATE: Final = 80  # letters from which two pairs that differ only by their figures are one
TELLING: Final = 25  # letters from which a side shared with a test set is no coincidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A TSV file: the languages of its columns, its weight, and what kind of text it is.

    A ``lexicon`` lists names, which may be copies; ``crawled`` text may be in any language whatever its file says;
    of a ``back`` file a machine wrote the first column, which is learnt from and never learnt to write.
    """

    path: Path
    langs: tuple[str, ...]
    weight: float
    lexicon: bool
    crawled: bool
    back: bool

    @property
    def directions(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of columns to learn, source first."""
        return ((i, j) for i, j in itertools.permutations(range(len(self.langs)), 2) if i == 0 or not self.back)


def fold(text: str) -> str:
    """Return the letters and digits of ``text``, lower-case: what duplicates and test overlap are compared on."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower().replace("ё", "е"))


def clean(text: str) -> str:
    """Collapse white space and normalise ``text`` to NFC; write ё as е, as the ministry's Russian does."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip().replace("ё", "е").replace("Ё", "Е")


def columns(path: Path) -> tuple[str, ...] | None:
    """Return the languages of a TSV file's columns, read from its name."""
    found = COLUMNS.search(path.name)
    return tuple(found[1].split("-")) if found else None


def opened(path: Path) -> IO[str]:
    """Open a plain or xz-compressed text file."""
    return lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8")


def rows(path: Path) -> Iterator[list[str]]:
    """Yield the cells of each line of a TSV file."""
    with opened(path) as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def right_script(text: str, lang: str) -> bool:
    """Tell whether ``text`` can be ``lang`` by its letters; short texts are given the benefit of the doubt."""
    cyrillic, latin = len(CYRILLIC.findall(text)), len(LATIN.findall(text))
    letters = cyrillic + latin
    if letters == 0:
        return False
    if lang == "en":
        return latin >= 0.8 * letters
    if cyrillic < 0.5 * letters:
        return False
    kazakh = sum(ch in KAZAKH_ONLY for ch in text.lower()) / cyrillic
    return kazakh <= 0.04 if lang == "ru" else kazakh >= 0.02 or cyrillic < 40


@functools.lru_cache(maxsize=64)  # both directions of a row ask of the same sides
def other_language(text: str, lang: str) -> bool:
    """Tell whether the detector takes ``text`` for another language than ``lang``; short texts are not asked about."""
    from kzpress.detect import detect_text

    return len(text) >= DETECTABLE and detect_text(text).guess not in {lang, None}


def refusal(a: str, b: str, langs: tuple[str, str], *, lexicon: bool) -> str | None:
    """Name the filter that refuses the pair, or return None if it is kept; names in a ``lexicon`` may be copies."""
    if not a or not b:
        return "empty side"
    if max(len(a), len(b)) > MAX_CHARS:
        return "too long"
    if not (right_script(a, langs[0]) and right_script(b, langs[1])):
        return "wrong script"
    if fold(a) == fold(b) and not lexicon:
        return "copied side"
    if max(len(a), len(b)) > SHORT and max(len(a), len(b)) > RATIO * min(len(a), len(b)):
        return "length ratio"
    return "numbers disagree" if numbers_disagree(a, b) else None


def numbers_disagree(a: str, b: str) -> bool:
    """Tell whether the figures of the two sides clearly differ: numbers in words and regrouped thousands are right."""
    if sorted(NUMBER.findall(a)) == sorted(NUMBER.findall(b)):
        return False
    digits_a, digits_b = re.findall(r"\d", a), re.findall(r"\d", b)
    return sorted(digits_a) != sorted(digits_b) and abs(len(digits_a) - len(digits_b)) > 2


def test_sides(folder: Path) -> set[str]:
    """Return the folded sides, long enough to tell, of every test set in ``folder``."""
    sides = (fold(cell) for path in sorted(folder.glob("*.tsv*")) for cells in rows(path) for cell in cells)
    return {side for side in sides if len(side) >= TELLING}


def weight_of(name: str, weights: dict[str, float]) -> float:
    """Return the weight of the first recipe pattern that matches ``name``; 0 leaves a file out."""
    return next((weight for pattern, weight in weights.items() if fnmatch.fnmatch(name, pattern)), 0.0)


def sampled(row: str, share: float) -> bool:
    """Decide by digest whether a row belongs to the fixed ``share`` of its file."""
    return int(hashlib.sha256(row.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < share


def sampled_rows(source: Source, tests: set[str], counts: Counter[str]) -> Iterator[list[str]]:
    """Yield the cleaned rows of a file that are sampled and stand in no test set; count the others."""
    for raw in rows(source.path):
        if len(raw) != len(source.langs):
            counts["wrong column count"] += 1
            continue
        cells = [clean(cell) for cell in raw]
        if source.weight < 1 and not sampled("\t".join(cells), source.weight):
            counts["not sampled"] += 1
        elif any(fold(cell) in tests for cell in cells):
            counts["test overlap"] += 1
        else:
            yield cells


def digest(text: str) -> bytes:
    """Return what stands for a text among millions of others seen."""
    return hashlib.blake2b(text.encode(), digest_size=12).digest()


def examples(source: Source, tests: set[str], seen: set[bytes], counts: Counter[str]) -> Iterator[str]:
    """Yield the lines of the table that a file gives; ``seen`` grows by what is kept, ``counts`` by every verdict."""
    langs = source.langs
    for cells in sampled_rows(source, tests, counts):
        for i, j in source.directions:
            why = refusal(cells[i], cells[j], (langs[i], langs[j]), lexicon=source.lexicon)
            pair = f"{langs[i]}{langs[j]}\t{fold(cells[i])}\t{fold(cells[j])}"
            alike = f"~{re.sub(r'[0-9]', '', pair)}"
            if why is None and digest(pair) in seen:
                why = "duplicate"
            elif why is None and len(alike) > TEMPLATE and digest(alike) in seen:
                why = "near-duplicate"
            elif why is None and source.crawled and any(other_language(cells[k], langs[k]) for k in (i, j)):
                why = "other language"
            counts[why or "kept"] += 1
            if why is None:
                seen.update((digest(pair), digest(alike)))
                yield "\t".join((langs[i], langs[j], f"{max(source.weight, 1):g}", cells[i], cells[j])) + "\n"


def main(arguments: list[str] | None = None) -> None:
    """Read the recipe, write the examples, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--corpora", type=Path, required=True, nargs="+", help="folders searched for TSV files")
    parser.add_argument("--eval", type=Path, required=True, nargs="+", help="folders of test sets to keep out")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(arguments)
    recipe = tomllib.loads(args.recipe.read_text("utf-8"))
    weights: dict[str, float] = recipe["weights"]
    if uneven := [pattern for pattern, weight in weights.items() if weight > 1 and weight != int(weight)]:
        parser.error(f"{args.recipe}: the weight of {uneven[0]} is no whole number, and not below 1")
    if missing := [folder for folder in (*args.corpora, *args.eval) if not folder.is_dir()]:
        parser.error(f"{missing[0]}: no such folder")
    if empty := [folder for folder in args.eval if not list(folder.glob("*.tsv*"))]:
        parser.error(f"{empty[0]}: no test set in this folder, and so nothing to keep out")
    tests = set().union(*(test_sides(folder) for folder in args.eval))
    seen: set[bytes] = set()
    total: Counter[str] = Counter()
    with args.out.open("w", encoding="utf-8") as out:
        for folder in args.corpora:
            for path in sorted(path for path in folder.rglob("*.tsv*") if columns(path)):
                name = path.relative_to(folder).as_posix()
                weight = weight_of(name, weights)
                if weight == 0:
                    continue
                lexicon = name.startswith("lexicon/")
                crawled = any(fnmatch.fnmatch(name, pattern) for pattern in recipe.get("crawled", ()))
                source = Source(
                    path=path,
                    langs=columns(path) or (),
                    weight=weight,
                    lexicon=lexicon,
                    crawled=crawled,
                    back=name.startswith("back/"),
                )
                counts: Counter[str] = Counter()
                out.writelines(examples(source, tests, seen, counts))
                total.update(counts)
                print(name, dict(counts), file=sys.stderr)
    print("total", dict(total), file=sys.stderr)
    if not total["kept"]:
        raise SystemExit("no example is left: do the folders hold files that the recipe has a weight for?")


if __name__ == "__main__":
    main()
