"""Count what goes wrong in drafts of news and of noise: loops, losses, inventions, by kind of text and direction.

    python benchmarks/robust.py --news NEWS.kk-ru-en.tsv ... [--count 2000] [--models DIR] [--json]

Half of the sentences are lines of the TSV files (default: training/eval/domain.en-ru-kk.tsv), the other half noise made
from that file by the rules of noise.py; both are the same every time. Each is drafted as ``kzpress translate --stdout``
does it, on its own, and its text is judged by its shape: nobody reads it. What is and is not seen stands in README.md.
A guess, which kzpress leaves to a person, is judged too, but counted by itself.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any, Final

from kzpress import checks, flowing, glossary
from kzpress.asking import asking
from kzpress.checks.quantities import Quantities, quantities
from kzpress.degenerate import fault
from kzpress.domain import Draft, Key, Lang
from kzpress.drafting import Leg, Sentence, by_rule, prepare
from kzpress.engine import discover
from kzpress.engine.argos import ArgosEngine
from kzpress.text import fold, is_cyrillic
from noise import Item, Rows, items, read

EVAL: Final = Path(__file__).parent.parent / "training" / "eval"
DOMAIN: Final = EVAL / "domain.en-ru-kk.tsv"
DIRECTIONS: Final = tuple(permutations(Lang, 2))
NO_NAMES: Final = glossary.Glossary(entries={}, digest="")
WORD: Final = re.compile(r"[^\W\d_]+")
FIGURE: Final = re.compile(r"\d+")
REPEATED: Final = 24  # characters said twice, where the source has no half of them twice: 0.07 % of human translations
UNKNOWN: Final = re.compile("⁇|<unk>|</?[ts]>|<=>|\ufffd")
LENGTHY: Final = 200  # characters of a source from which lengths are held to narrower bounds
NARROW: Final = (0.55, 1.8)  # lengths of a target as shares of a lengthy source's
# chrF against the reference, small letters, below which an output counts as unrelated: a quarter of the pairs of
# texts of one language that have nothing to do with each other are below, a tenth of them below 12, half below 18.
RELATED: Final = 15.0
# What is counted. "Hallucination and repetition" are the first line's; the others are losses.
HALLUCINATED: Final = ("loop", "repeated", "too long", "unrelated", "wrong script", "figure invented")
LOST: Final = ("empty", "copied", "too short", "figure lost")
RATES: Final = {
    "repetition": {"loop", "repeated"},
    "hallucination or repetition": {*HALLUCINATED},
    "loss": {*LOST},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An item, what became of it, what is wrong by the benchmark's rules and the codes of kzpress's own findings."""

    item: Item
    draft: Draft
    faults: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def is_untold(self) -> bool:
        """Tell whether something is wrong and nothing tells the reviewer of it; notes of mends do not count."""
        return bool(self.faults) and not self.told and not self.draft.is_guess

    def as_json(self) -> dict[str, Any]:
        """Return the row for ``--json``."""
        item = self.item
        return {
            "noise": item.noise,
            "direction": f"{item.source}-{item.target}",
            "faults": self.faults,
            "guess": self.draft.is_guess,
            "score": self.draft.score and round(self.draft.score, 2),
            "told": self.told,
            "source": item.text,
            "output": self.draft.text,
            "notes": self.draft.notes,
        }


def judge(item: Item, draft: Draft) -> Judged:
    """Say what is wrong with a draft."""
    key = Key(context=item.kind, source=item.text)
    findings = checks.run(item.text, draft.text, item.source, item.target, key)
    return Judged(
        item=item,
        draft=draft,
        faults=tuple(dict.fromkeys(_faults(item, draft.text))),
        told=tuple(finding.code for finding in findings),
    )


def _faults(item: Item, text: str) -> Iterator[str]:
    shape = fault(item.text, text)
    if shape == "output-empty":
        yield "empty"
        return
    if shape == "output-copied":
        yield "copied"
    if shape == "output-loop":
        yield "loop"
    if _says_twice(text, REPEATED) and not _says_twice(item.text, REPEATED // 2):
        yield "repeated"
    yield from _length(item.text, text, shape)
    if item.noise != "two languages" and _wrong_script(item, text):
        yield "wrong script"
    yield from _figures(item, text)
    if len(item.reference) > 40 and chrf(text.lower(), item.reference.lower()) < RELATED:
        yield "unrelated"


def _says_twice(text: str, size: int) -> bool:
    """Tell whether ``size`` characters running stand twice in ``text``; not the rule that the engine goes by."""
    folded = fold(text)
    first: dict[str, int] = {}
    return any(at - first.setdefault(folded[at : at + size], at) >= size // 2 for at in range(len(folded) - size + 1))


def _length(source: str, text: str, shape: str | None) -> Iterator[str]:
    ratio = len(text) / len(source)
    if shape == "output-runaway" or len(source) >= LENGTHY:
        if ratio < NARROW[0]:
            yield "too short"
        elif ratio > NARROW[1]:
            yield "too long"


def _wrong_script(item: Item, text: str) -> bool:
    """Tell whether ``text`` has a word of two alphabets, a sign of the model's own, or is in the wrong alphabet."""
    kept = set(WORD.findall(fold(item.text)))
    words = [word for word in WORD.findall(text) if fold(word) not in kept]
    mixed = [word for word in words if len({is_cyrillic(ch) for ch in word}) > 1]
    strange = [ch for word in words for ch in word if ch > "\u052f" and ch not in item.text]
    letters = [ch for word in words for ch in word]
    wrong = sum(is_cyrillic(ch) is (item.target is Lang.EN) for ch in letters)
    unknown = UNKNOWN.search(text) and not UNKNOWN.search(item.text)
    return bool(mixed or strange or unknown) or (len(letters) > 3 and 2 * wrong > len(letters))


def _figures(item: Item, text: str) -> Iterator[str]:
    """Yield what is wrong with the figures: digits or words of the other side excuse any."""
    ours, theirs = quantities(item.text, item.source), quantities(text, item.target)
    if _unanswered(theirs, ours, item.text):
        yield "figure invented"
    if _unanswered(ours, theirs, text):
        yield "figure lost"


def _unanswered(these: Quantities, others: Quantities, text: str) -> bool:
    """Tell whether a figure of ``these`` is not among the ``others``, whose ``text`` it is looked for in."""
    digits = FIGURE.findall(text)
    known = {value for figure in (*others.figures, *others.ungrouped) for value in figure.values} | others.words
    said = {str(int(value)) for value in others.words if value == int(value)} | {*digits, "".join(digits)}
    return any(
        known.isdisjoint(figure.values) and not said.issuperset(FIGURE.findall(figure.written))
        for figure in these.figures
    )


def chrf(text: str, reference: str) -> float:
    """Return the chrF of a sentence, 0..100."""
    from sacrebleu import sentence_chrf

    return float(sentence_chrf(text, [reference]).score)


def news(sets: Sequence[Rows], count: int) -> Iterator[Item]:
    """Yield ``count`` lines, as many of each set, evenly spread over it and its directions, none twice in one."""
    chosen: list[Item] = []
    for rows in sets:
        own = [pair for pair in DIRECTIONS if set(pair) <= set(rows[0])]
        wanted = min(math.ceil(count / len(sets)), len(rows) * len(own))
        for turn in range(wanted):
            through, place = divmod(turn, len(rows))
            row = rows[place if wanted > len(rows) else turn * len(rows) // wanted]
            source, target = own[(place + through) % len(own)]  # the next one each time the lines are through
            chosen.append(Item(noise="news", source=source, target=target, text=row[source], reference=row[target]))
    yield from chosen[:count]


def drafts(chosen: Sequence[Item], engine: ArgosEngine, terms: glossary.Glossary) -> list[Draft]:
    """Draft every item as a release of its own, in one call of the engine."""
    work: list[tuple[Leg, Sentence, Draft | None]] = []
    for item in chosen:
        leg = Leg(source=item.source, target=item.target, route=engine.route(item.source, item.target), date=None)
        (sentence,) = prepare(terms, [(Key(context=item.kind, source=item.text), item.kind)], item.source, None)
        work.append((leg, sentence, by_rule(terms, sentence, leg)))
    (made,) = flowing.flow([flowing.Item(work=work, done=list)], partial(asking, terms), engine)
    return made


def upper_bound(bad: int, of: int, sure: float = 0.95) -> float:
    """Return the share that the true one is below with ``sure`` (Clopper and Pearson, one-sided)."""
    if bad >= of:
        return 1.0
    low, high = bad / of, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        below = sum(
            math.exp(
                math.lgamma(of + 1) - math.lgamma(k + 1) - math.lgamma(of - k + 1)
                + k * math.log(middle) + (of - k) * math.log1p(-middle)
            )
            for k in range(bad + 1)
        )  # fmt: skip
        low, high = (middle, high) if below > 1 - sure else (low, middle)
    return high


def table(rows: Sequence[Judged]) -> Iterator[str]:
    """Yield Markdown: what is wrong with the drafts, and with how many guesses, by kind of text, then by direction."""
    columns = [name for name in (*HALLUCINATED, *LOST) if any(name in row.faults for row in rows)]
    yield f"| text | sentences | {' | '.join(columns)} | any | untold | guesses | wrong among them |"
    yield "|---|---:|" + "---:|" * (len(columns) + 4)
    kinds = dict.fromkeys(row.item.noise for row in rows)
    groups: list[tuple[str, list[Judged]]] = [
        *((kind, [row for row in rows if row.item.noise == kind]) for kind in kinds),
        *((f"{a}→{b}", [row for row in rows if (row.item.source, row.item.target) == (a, b)]) for a, b in DIRECTIONS),
        ("**all**", list(rows)),
    ]
    for name, own in groups:
        drafted = [row for row in own if not row.draft.is_guess]
        guesses = [row for row in own if row.draft.is_guess]
        counts = [str(sum(column in row.faults for row in drafted) or "") for column in columns]
        ends = [sum(bool(row.faults) for row in drafted), sum(row.is_untold for row in drafted), len(guesses)]
        yield (
            "| "
            + " | ".join(map(str, [name, len(own), *counts, *ends, sum(bool(row.faults) for row in guesses)]))
            + " |"
        )


def rates(rows: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """Return how many drafts have such faults, their share and the bound of the true share, in per cent.

    Then the same of the drafts and guesses together, which is to say of the model.
    """
    drafted = [row for row in rows if not row.draft.is_guess]
    found: dict[str, dict[str, float]] = {}
    for name, faults in RATES.items():
        own = [row for row in rows if not faults.isdisjoint(row.faults)]
        standing = [row for row in own if not row.draft.is_guess]
        for title, bad, of in (
            (name, len(standing), len(drafted)),
            (f"{name}, untold", sum(row.is_untold for row in standing), len(drafted)),
            (f"{name}, guesses too", len(own), len(rows)),
        ):
            share, bound = bad / max(1, of), upper_bound(bad, of)
            found[title] = {"count": bad, "of": of, "percent": round(100 * share, 2), "below": round(100 * bound, 2)}
    return found


def main() -> None:
    """Draft, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--news", type=Path, nargs="+", default=[DOMAIN], metavar="TSV", help=f"default: training/eval/{DOMAIN.name}"
    )
    parser.add_argument("--count", type=int, default=2000, help="sentences in all, half of them noise")
    parser.add_argument("--models", type=Path, help="folder of packages to search first")
    parser.add_argument("--glossary", type=Path, help="a glossary to hold names to; default: none")
    parser.add_argument("--json", action="store_true", help="one JSON object an offender, then one of the rates")
    options = parser.parse_args()
    try:
        sets = [read(path) for path in options.news]
    except (OSError, ValueError) as error:
        parser.error(f"--news: {error}: a TSV file is named after its columns, such as news.kk-ru-en.tsv")
    terms = glossary.load(options.glossary) if options.glossary else NO_NAMES
    calm = list(news(sets, options.count // 2))
    chosen = [*calm, *items(read(DOMAIN), DIRECTIONS, options.count - len(calm))]
    engine = ArgosEngine(discover(options.models))
    started = time.perf_counter()
    rows = [judge(item, draft) for item, draft in zip(chosen, drafts(chosen, engine, terms), strict=True)]
    seconds = time.perf_counter() - started
    words = sum(len(item.text.split()) for item in chosen)
    found = rates(rows)
    summary = {"sentences": len(rows), "words a second": round(words / seconds), "rates": found}
    packages = sorted({package for row in rows if row.draft.route for package in row.draft.route.packages})
    if options.json:
        print(*(json.dumps(row.as_json(), ensure_ascii=False) for row in rows if row.faults), sep="\n")
        print(json.dumps(summary | {"packages": packages}, ensure_ascii=False))
        return
    print(*table(rows), "", sep="\n")
    for name, rate in found.items():
        print(f"{name}: {rate['count']} of {rate['of']}, {rate['percent']} % (with 95 % below {rate['below']} %)")
    print(f"{', '.join(packages)}; {summary['words a second']} words a second")


if __name__ == "__main__":
    main()
