"""Add examples whose source is as careless as real copy: typing slips, lost letters, other dates and quotes.

    python training/vary.py examples.tsv --out varied.tsv

Copies the table of corpus.py or annotate.py and adds varied examples, the same every time: each variation takes a fixed
share of the rows it applies to. Only sources are varied, so that the model learns to write well whatever it reads; a
full stop alone goes from both sides, since headlines have none. What was added is printed.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from table import rows

Pair: TypeAlias = tuple[str, str]

ANNOTATED: Final = "<t>"  # names told in a source are right as they are

# How Kazakh is typed on a Russian keyboard.
RUSSIAN_KEYS: Final = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
AMERICAN: Final = re.compile(rf"\b({MONTHS}) (\d{{1,2}}), (\d{{4}})")
BRITISH: Final = re.compile(rf"\b(\d{{1,2}}) ({MONTHS}) (\d{{4}})\b")
INITIAL: Final = re.compile(r"(?<!\w)([^\W\d_]\.) (?=[^\W\d_])")
QUOTED: Final = re.compile(r"[«“\"]([^«»“”\"]+)[»”\"]")
WORD: Final = re.compile(r"[^\W\d_]{5,}")


def lower_case(source: str, target: str, _lang: str, _rng: random.Random) -> Pair:
    """Return the source in small letters."""
    return source.lower(), target


def unstopped(source: str, target: str, _lang: str, _rng: random.Random) -> Pair:
    """Return both sides without the full stop at their ends."""
    stopped = source.endswith(".") and target.endswith(".") and len(source) < 120
    return (source[:-1], target[:-1]) if stopped else (source, target)


def close_initials(source: str, target: str, _lang: str, _rng: random.Random) -> Pair:
    """Return the source with initials joined to the surname: М.Нуртлеу."""
    return INITIAL.sub(r"\1", source), target


def other_date(source: str, target: str, lang: str, _rng: random.Random) -> Pair:
    """Return an English source with its dates the other way round: 14 March 2018, March 14, 2018."""
    if lang != "en":
        return source, target
    turned = AMERICAN.sub(r"\2 \1 \3", source)
    return (turned if turned != source else BRITISH.sub(r"\2 \1, \3", source)), target


def other_quotes(source: str, target: str, _lang: str, rng: random.Random) -> Pair:
    """Return the source with other quotation marks."""
    opening, closing = rng.choice(("«»", "“”", '""'))
    return QUOTED.sub(rf"{opening}\1{closing}", source), target


def russian_keys(source: str, target: str, lang: str, _rng: random.Random) -> Pair:
    """Return a Kazakh source without the letters that Russian has not."""
    return (source.translate(RUSSIAN_KEYS) if lang == "kk" else source), target


def slip(source: str, target: str, _lang: str, rng: random.Random) -> Pair:
    """Return the source with one letter of one longer word left out, doubled or exchanged with the next."""
    words = list(WORD.finditer(source))
    if not words:
        return source, target
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    slipped = rng.choice(("", source[at] * 2, source[at + 1] + source[at]))
    return source[:at] + slipped + source[at + (2 if len(slipped) == 2 and slipped[0] != slipped[1] else 1) :], target


VARIATIONS: Final[Mapping[Callable[[str, str, str, random.Random], Pair], float]] = {
    lower_case: 0.015,
    unstopped: 0.02,
    close_initials: 0.3,
    other_date: 0.3,
    other_quotes: 0.15,
    russian_keys: 0.02,
    slip: 0.03,
}


def varied(line: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the line of each variation that a line of the table is chosen for and that changes it."""
    source_lang, target_lang, _, source, target = line.rstrip("\n").split("\t")
    if ANNOTATED in source:
        return
    for vary, share in VARIATIONS.items():
        rng = random.Random(hashlib.sha256(f"{vary.__name__}\t{line}".encode()).digest())
        if rng.random() < share:
            made = vary(source, target, source_lang, rng)
            if made != (source, target):
                yield vary.__name__, "\t".join((source_lang, target_lang, "1", *made)) + "\n"


def main(arguments: list[str] | None = None) -> None:
    """Copy the table, add to it, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    with given.out.open("w", encoding="utf-8") as out:
        for row in rows(given.table):
            line = "\t".join(row) + "\n"
            out.write(line)
            for name, made in varied(line):
                counts[name] += 1
                out.write(made)
    print(dict(counts), file=sys.stderr)


if __name__ == "__main__":
    main()
