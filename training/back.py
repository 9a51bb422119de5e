"""Translate text that lacks a language by a present model, so that authentic text can be learnt as a target.

    python training/back.py training/recipe.toml --corpora DIR --packages src/kzpress/data/models --out DIR/back

The recipe's ``[back]`` table says of which files how large a share. A file of one language (``news.kk.txt``) is
translated into the two others, a pair (``news.kk-en.tsv``) into the third. The machine's column comes first in what is
written (``back/news.ru-kk-en.tsv``); ``corpus.py`` never takes it for a target (Sennrich et al. 2016).
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import ctranslate2
import sentencepiece as spm

from corpus import clean, columns, opened, sampled, weight_of

LANGS: Final = ("en", "ru", "kk")  # a pair is translated from the first of these that it has: the model reads it best
LETTERS: Final = range(25, 400)  # shorter lines teach little, longer ones are translated badly
PIECES: Final = 64
SURE: Final = -0.8  # mean log-probability a piece; below it the model has mostly guessed


class Machine:
    """The packages' shared model: many sentences at once, the best first guess of each."""

    def __init__(self, packages: Path) -> None:
        self.pieces = spm.SentencePieceProcessor(model_file=str(packages / "weights" / "sentencepiece.model"))
        self.model = ctranslate2.Translator(str(packages / "weights" / "model"), intra_threads=0)

    def translate(self, texts: list[str], lang: str) -> Iterator[str | None]:
        """Yield each text in ``lang``; None where it is too long, or where the model is not sure of what it says."""
        sources = self.pieces.encode(texts, out_type=str)
        short = [pieces if len(pieces) <= PIECES else [] for pieces in sources]
        results = self.model.translate_batch(
            short,
            target_prefix=[[f"<2{lang}>"]] * len(short),
            beam_size=1,
            max_batch_size=4096,
            batch_type="tokens",
            max_decoding_length=2 * PIECES,
            return_scores=True,
        )
        for pieces, result in zip(short, results, strict=True):
            yield self.pieces.decode(result.hypotheses[0][1:]) if pieces and result.scores[0] > SURE else None


def languages(path: Path) -> tuple[str, ...]:
    """Return the languages of a file's columns; ``NAME.kk.txt.xz`` has one."""
    found = columns(path)
    if found:
        return found
    parts = path.name.removesuffix(".xz").split(".")
    return (parts[-2],) if parts[-1] == "txt" and len(parts) > 1 and parts[-2] in LANGS else ()


def authentic(path: Path, share: float) -> list[list[str]]:
    """Return the cleaned rows of a file that are sampled and of a fit length."""
    with opened(path) as lines:
        rows = ([clean(cell) for cell in line.rstrip("\n").split("\t")] for line in lines)
        return [row for row in rows if all(len(c) in LETTERS for c in row) and sampled("\t".join(row), share)]


def main(arguments: list[str] | None = None) -> None:
    """Translate every file of the table that is not yet there, and say how fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(arguments)
    if not args.corpora.is_dir():
        parser.error(f"{args.corpora}: no such folder")
    shares: dict[str, float] = tomllib.loads(args.recipe.read_text("utf-8"))["back"]
    machine = Machine(args.packages)
    args.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(path for path in args.corpora.rglob("*") if languages(path) and args.out not in path.parents):
        share = weight_of(path.relative_to(args.corpora).as_posix(), shares)
        langs = languages(path)
        for lang in (lang for lang in LANGS if share and lang not in langs):
            out = args.out / f"{path.name.split('.')[0]}.{'-'.join((lang, *langs))}.tsv"
            if out.exists():
                print(f"{out.name}: there already", file=sys.stderr)
                continue
            started = time.monotonic()
            rows = authentic(path, share)
            texts = [row[min(range(len(langs)), key=lambda i: LANGS.index(langs[i]))] for row in rows]
            said = machine.translate(texts, lang)
            lines = ["\t".join((s, *row)) + "\n" for s, row in zip(said, rows, strict=True) if s]
            out.write_text("".join(lines), encoding="utf-8")
            words = sum(len(text.split()) for text in texts)
            print(f"{out.name}: {len(lines)} rows, {words / (time.monotonic() - started):.0f} words/s", file=sys.stderr)


if __name__ == "__main__":
    main()
