"""Measure language detection beside stock langdetect on a TSV of parallel sentences.

    python benchmarks/detect.py SENTENCES.tsv [--columns kk,ru,en] [--limit 300]

The columns are named on the command line in the order of the file. "Documents" are five consecutive sentences, each a
paragraph. py3langid is measured too where it is installed.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kzpress.detect import detect, detect_text
from kzpress.domain import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable


def columns(path: Path, names: list[str], limit: int) -> dict[str, list[str]]:
    """Read the first ``limit`` rows of the TSV, column by column."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[:limit]]
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def ours_sentence(text: str) -> str:
    """Detect one sentence on its own."""
    return detect_text(text).language or "unknown"


def ours_document(text: str) -> str:
    """Detect a document, a paragraph a line."""
    blocks = [Block(kind=BlockKind.BODY, text=t, line=n) for n, t in enumerate(text.split("\n"), 1) if t.strip()]
    return detect(blocks).verdict


def stock() -> Callable[[str], str]:
    """Return langdetect as it comes, seeded."""
    import langdetect

    langdetect.DetectorFactory.seed = 0

    def ask(text: str) -> str:
        try:
            return str(langdetect.detect(text))
        except langdetect.LangDetectException:
            return "unknown"

    return ask


def py3langid() -> Callable[[str], str] | None:
    """Return py3langid's answer where it is installed."""
    try:
        import py3langid as langid
    except ImportError:
        return None
    return lambda text: str(langid.classify(text)[0])


def report(name: str, what: str, want: str, texts: list[str], ask: Callable[[str], str]) -> None:
    """Print one row: share right, seconds a thousand texts, the commonest wrong answers."""
    ask(texts[0])  # load what there is to load
    start = time.perf_counter()
    got = Counter(ask(text) for text in texts)
    took = (time.perf_counter() - start) / len(texts)
    wrong = ", ".join(f"{lang} {count}" for lang, count in got.most_common(5) if lang != want)
    print(f"{name:<12} {what:<10} {want}  {got[want] / len(texts):7.1%} {took * 1000:8.2f} ms  {wrong}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tsv", type=Path)
    parser.add_argument("--columns", default="kk,ru,en")
    parser.add_argument("--limit", type=int, default=300, help="rows read (default 300)")
    options = parser.parse_args()
    texts = columns(options.tsv, options.columns.split(","), options.limit)
    others = {"langdetect": stock(), "py3langid": py3langid()}
    print(f"{'':<12} {'':<10} {'':<3} {'right':>7} {'a text':>11}  instead")
    for lang, sentences in texts.items():
        documents = ["\n".join(sentences[at : at + 5]) for at in range(0, len(sentences) - 4, 5)]
        report("kzpress", "sentences", lang, sentences, ours_sentence)
        report("kzpress", "documents", lang, documents, ours_document)
        for name, ask in others.items():
            if ask:
                report(name, "sentences", lang, sentences, ask)
                report(name, "documents", lang, documents, ask)


if __name__ == "__main__":
    main()
