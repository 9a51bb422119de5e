"""Begin from nothing: train the SentencePiece model on the examples and write a checkpoint of random weights.

    python training/start.py examples.tsv --out run [--width 512 --inner 2048 --heads 8 --encoder 4 --decoder 2]

``run/sentencepiece.model`` and ``run/start.pt`` are what ``train.py`` takes as ``--sentencepiece`` and ``--from``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import sentencepiece as spm
import torch

from model import BOS, EOS, PAD, TAGS, UNK, Transformer
from table import rows

# The last three are kept for models that are told names in the source: <t> name <=> approved name </t>.
SYMBOLS: Final = (*TAGS.values(), "<t>", "<=>", "</t>")


def sides(examples: Path) -> Iterator[str]:
    """Yield every distinct side of the examples once; each stands in the table in several directions."""
    seen: set[int] = set()
    for row in rows(examples):
        for text in row[3:]:
            if hash(text) not in seen:
                seen.add(hash(text))
                yield text


def train_pieces(examples: Path, prefix: Path, size: int) -> None:
    """Write ``prefix``.model: a unigram vocabulary of ``size`` pieces, digits single, unknown letters as bytes."""
    spm.SentencePieceTrainer.train(
        sentence_iterator=sides(examples),
        model_prefix=str(prefix),
        vocab_size=size,
        model_type="unigram",
        character_coverage=0.9998,
        input_sentence_size=400_000,
        shuffle_input_sentence=True,
        split_digits=True,
        byte_fallback=True,
        pad_id=PAD,
        unk_id=UNK,
        bos_id=BOS,
        eos_id=EOS,
        user_defined_symbols=list(SYMBOLS),
    )


def main() -> None:
    """Train the pieces, write the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("examples", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--vocabulary", type=int, default=8000)
    parser.add_argument("--width", type=int, default=512)
    parser.add_argument("--inner", type=int, default=2048)
    parser.add_argument("--heads", type=int, default=8)
    parser.add_argument("--encoder", type=int, default=4, help="layers")
    parser.add_argument("--decoder", type=int, default=2, help="layers")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    try:
        train_pieces(args.examples, args.out / "sentencepiece", args.vocabulary)
    except RuntimeError as error:  # the text is too little for so many pieces, as SentencePiece says in its own words
        raise SystemExit(f"{args.examples}: --vocabulary {args.vocabulary} cannot be had of it ({error})") from error
    torch.manual_seed(args.seed)
    model = Transformer(
        V=args.vocabulary,
        d=args.width,
        f=args.inner,
        h=args.heads,
        ne=args.encoder,
        nd=args.decoder,
        pd=args.width,
    )
    torch.save({"model": model.state_dict(), "config": model.config, "step": 0}, args.out / "start.pt")
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.1f} M parameters in {args.out / 'start.pt'}")


if __name__ == "__main__":
    main()
