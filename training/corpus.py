"""Read folders of parallel TSV files, clean them and write one table of training examples.

    python training/corpus.py RECIPE.toml --corpora DIR --eval DIR --out examples.tsv

A TSV file (optionally .xz) names its columns by the end of its name: ``news.kk-ru-en.tsv`` has three columns.
The recipe gives each file a weight: 2 means every row twice a pass, 0.25 a fixed quarter of the rows.
The output has one line a direction and row: source language, target language, weight, source, target.
What every filter removed is printed per file; a row is counted under the first filter that refuses it.
"""

from __future__ import annotations

import argparse
import collections
import fnmatch
import hashlib
import itertools
import lzma
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

LANGS = ("kk", "ru", "en")
KAZAKH_ONLY = set("әғқңөұүһі")
CYRILLIC = re.compile(r"[\u0400-\u052f]")
LATIN = re.compile(r"[A-Za-z]")
NUMBER = re.compile(r"\d{2,}")
MAX_CHARS = 600


def fold(text: str) -> str:
    """Return the letters and digits of ``text``, lower-case: what duplicates and test overlap are compared on."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower().replace("ё", "е"))


def clean(text: str) -> str:
    """Collapse white space and normalise ``text`` to NFC; write ё as е, as the ministry's Russian does."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip().replace("ё", "е").replace("Ё", "Е")


def columns(path: Path) -> tuple[str, ...] | None:
    """Return the languages of a TSV file's columns, read from its name."""
    found = re.search(r"\.((?:kk|ru|en)(?:-(?:kk|ru|en))+)\.tsv(?:\.xz)?$", path.name)
    return tuple(found.group(1).split("-")) if found else None


def rows(path: Path) -> Iterator[list[str]]:
    """Yield the cells of each line of a plain or xz-compressed TSV file."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
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


def refusal(a: str, b: str, langs: tuple[str, str], lexicon: bool) -> str | None:
    """Name the filter that refuses the pair, or return None if it is kept."""
    if not a or not b:
        return "empty side"
    if max(len(a), len(b)) > MAX_CHARS:
        return "too long"
    if not (right_script(a, langs[0]) and right_script(b, langs[1])):
        return "wrong script"
    if fold(a) == fold(b) and not lexicon:
        return "copied side"
    ratio = len(a) / len(b)
    if max(len(a), len(b)) > 25 and not 0.4 <= ratio <= 2.5:
        return "length ratio"
    if sorted(NUMBER.findall(a)) != sorted(NUMBER.findall(b)) and len(NUMBER.findall(a + b)) > 0:
        # Word-written numbers and regrouped thousands are common and right; only clear disagreement counts.
        digits_a, digits_b = "".join(re.findall(r"\d", a)), "".join(re.findall(r"\d", b))
        if sorted(digits_a) != sorted(digits_b) and abs(len(digits_a) - len(digits_b)) > 2:
            return "numbers disagree"
    return None


def test_sides(folder: Path) -> set[str]:
    """Return the folded sides, 25 letters or longer, of every test set below ``folder``."""
    sides = (fold(cell) for path in sorted(folder.glob("*.tsv")) for cells in rows(path) for cell in cells)
    return {side for side in sides if len(side) >= 25}


def weight_of(name: str, weights: dict[str, float]) -> float:
    """Return the weight of the first recipe pattern that matches ``name``; 0 leaves a file out."""
    return next((weight for pattern, weight in weights.items() if fnmatch.fnmatch(name, pattern)), 0.0)


def sampled(key: str, share: float) -> bool:
    """Decide by digest whether a row belongs to a fixed share of its file."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < share


def main() -> None:
    """Read the recipe, write the examples, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--corpora", type=Path, required=True, nargs="+", help="folders searched for TSV files")
    parser.add_argument("--eval", type=Path, required=True, nargs="+", help="folders of test sets to keep out")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    weights: dict[str, float] = tomllib.loads(args.recipe.read_text("utf-8"))["weights"]
    tests = set().union(*(test_sides(folder) for folder in args.eval))
    seen: set[str] = set()
    total: collections.Counter[str] = collections.Counter()
    with args.out.open("w", encoding="utf-8") as out:
        for folder in args.corpora:
            for path in sorted(p for p in folder.rglob("*.tsv*") if columns(p)):
                name = path.relative_to(folder).as_posix()
                weight = weight_of(name, weights)
                if weight == 0:
                    continue
                langs = columns(path) or ()
                counts: collections.Counter[str] = collections.Counter()
                for cells in rows(path):
                    if len(cells) != len(langs):
                        counts["wrong column count"] += 1
                        continue
                    cells = [clean(cell) for cell in cells]
                    if weight < 1 and not sampled("\t".join(cells), weight):
                        counts["not sampled"] += 1
                        continue
                    if any(fold(cell) in tests for cell in cells):
                        counts["test overlap"] += 1
                        continue
                    for i, j in itertools.permutations(range(len(langs)), 2):
                        pair = (langs[i], langs[j])
                        why = refusal(cells[i], cells[j], pair, lexicon="lexicon" in name)
                        digest = f"{pair[0]}{pair[1]}\t{fold(cells[i])}\t{fold(cells[j])}"
                        if why is None and digest in seen:
                            why = "duplicate"
                        counts[why or "kept"] += 1
                        if why is None:
                            seen.add(digest)
                            out.write("\t".join((*pair, f"{max(weight, 1):g}", cells[i], cells[j])) + "\n")
                total.update(counts)
                print(name, dict(counts), file=sys.stderr)
    print("total", dict(total), file=sys.stderr)


if __name__ == "__main__":
    main()
