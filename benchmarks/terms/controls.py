"""Count the sentences in which a name is seen where none is meant.

    python benchmarks/terms/controls.py [--json]

``controls.en-ru-kk.tsv`` was written by someone who knew the glossary's names and not how they are recognised: English,
Russian, Kazakh, the kind and a note. ``near`` sentences are traps, homonyms of every sort; ``plain`` ones have nothing
like a name. Rules were mended after a first look at them, so that their figures are no longer quite held out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from measure import WordBoundary
from testset import Kind, Row

from kzpress import glossary, workspace
from kzpress.domain import Lang

PATH: Final = Path(__file__).with_name("controls.en-ru-kk.tsv")


def read(path: Path = PATH) -> list[Row]:
    """Return the controls."""
    rows: list[Row] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        en, ru, kk, kind, *_ = line.split("\t")
        texts = {Lang.EN: en, Lang.RU: ru, Lang.KK: kk}
        rows.append(Row(line=number, texts=texts, kind=Kind(kind), date=None, names=()))
    return rows


def counted() -> Iterator[dict[str, Any]]:
    """Yield for each kind and language how many sentences have a name, for kzpress and for the listed terms."""
    terms, rows = glossary.load(workspace.STARTER_GLOSSARY), read()
    for kind in (Kind.NEAR, Kind.PLAIN):
        own = [row for row in rows if row.kind is kind]
        for lang in (Lang.EN, Lang.RU, Lang.KK):
            listed = WordBoundary.of(terms, lang)
            ours = sum(bool(glossary.find(terms, row.texts[lang], lang, row.date)) for row in own)
            theirs = sum(bool(listed(row, lang)) for row in own)
            yield {"kind": kind, "sentences": len(own), "language": lang, "kzpress": ours, "listed": theirs}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON object a row instead of the table")
    if parser.parse_args().json:
        print(*(json.dumps(row) for row in counted()), sep="\n")
        return
    print("| sentences | in | seen by kzpress | by `\\b…\\b` |", "|---|---|---:|---:|", sep="\n")
    for row in counted():
        print(f"| {row['kind']}, {row['sentences']} | {row['language']} | {row['kzpress']} | {row['listed']} |")


if __name__ == "__main__":
    main()
