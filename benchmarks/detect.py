"""Measure language detection beside stock langdetect on a TSV of parallel sentences.

    python benchmarks/detect.py SENTENCES.tsv [--columns kk,ru,en] [--limit 300] [--json]

The columns are named on the command line in the order of the file. "Documents" are five consecutive sentences, each a
paragraph. py3langid is measured too where it is installed.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kzpress.detect import detect, detect_text
from kzpress.domain import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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


def measure(program: str, what: str, lang: str, texts: list[str], ask: Callable[[str], str]) -> dict[str, Any]:
    """Return one row: share right, milliseconds a text, the commonest wrong answers."""
    ask(texts[0])  # load what there is to load
    start = time.perf_counter()
    got = Counter(ask(text) for text in texts)
    took = (time.perf_counter() - start) / len(texts)
    instead = {answer: count for answer, count in got.most_common(5) if answer != lang}
    shares = {"right": round(got[lang] / len(texts), 4), "ms": round(took * 1000, 3)}
    return {"program": program, "what": what, "language": lang, "texts": len(texts), **shares, "instead": instead}


def rows(texts: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    """Yield a row for each language, program and length of text."""
    others = {"langdetect": stock(), "py3langid": py3langid()}
    for lang, sentences in texts.items():
        documents = ["\n".join(sentences[at : at + 5]) for at in range(0, len(sentences) - 4, 5)]
        yield measure("kzpress", "sentences", lang, sentences, ours_sentence)
        yield measure("kzpress", "documents", lang, documents, ours_document)
        for name, ask in others.items():
            if ask:
                yield measure(name, "sentences", lang, sentences, ask)
                yield measure(name, "documents", lang, documents, ask)


def worded(row: dict[str, Any]) -> str:
    """Word a row for people."""
    instead = ", ".join(f"{answer} {count}" for answer, count in row["instead"].items())
    head = f"{row['program']:<12} {row['what']:<10} {row['language']}"
    return f"{head}  {row['right']:7.1%} {row['ms']:8.2f} ms  {instead}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tsv", type=Path)
    parser.add_argument("--columns", default="kk,ru,en")
    parser.add_argument("--limit", type=int, default=300, help="rows read (default 300)")
    parser.add_argument("--json", action="store_true", help="one JSON object a row instead of the table")
    options = parser.parse_args()
    texts = columns(options.tsv, options.columns.split(","), options.limit)
    if not options.json:
        print(f"{'':<12} {'':<10} {'':<3} {'right':>7} {'a text':>11}  instead")
    for row in rows(texts):
        print(json.dumps(row, ensure_ascii=False) if options.json else worded(row), flush=True)


if __name__ == "__main__":
    main()
