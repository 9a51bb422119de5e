"""Train or continue the model for a given number of minutes, leaving a checkpoint every few.

    python training/train.py examples.tsv --sentencepiece sentencepiece.model --from start.pt --out run --minutes 120

The learning rate warms up over steps and then falls linearly to nothing at the end of the minutes, so that every run
ends on settled weights; the last checkpoints of the fall are also averaged into ``average.pt``.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import sentencepiece as spm
import torch
from model import BOS, EOS, PAD, TAGS, Transformer

MAX_TOKENS = 200
AVERAGE_FROM, AVERAGE_EVERY = 0.85, 0.03


class Examples:
    """Tokenised examples: ``source``, ``target`` (lists of uint16 arrays ending in EOS) and the target's ``tag``."""

    def __init__(self, path: Path, pieces: spm.SentencePieceProcessor) -> None:
        self.source: list[np.ndarray] = []
        self.target: list[np.ndarray] = []
        self.tag: list[int] = []
        cache: dict[str, np.ndarray] = {}
        tags = {lang: pieces.piece_to_id(tag) for lang, tag in TAGS.items()}

        def ids(text: str) -> np.ndarray:
            if text not in cache:
                cache[text] = np.array([*pieces.encode(text), EOS], dtype=np.uint16)
            return cache[text]

        with path.open(encoding="utf-8") as lines:
            for line in lines:
                _, lang, weight, source, target = line.rstrip("\n").split("\t")
                a, b = ids(source), ids(target)
                if max(len(a), len(b)) <= MAX_TOKENS:
                    for _ in range(int(float(weight))):
                        self.source.append(a)
                        self.target.append(b)
                        self.tag.append(tags[lang])

    def batches(self, tokens: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
        """Yield one pass as index arrays of like lengths in random order, each at most ``tokens`` padded tokens a side.

        Rows are counted by the padded length alone: few distinct shapes keep the CPU's compiled kernels in their cache.
        """
        sides = np.array([(len(s), len(t) + 1) for s, t in zip(self.source, self.target, strict=True)])
        longest = round_up(sides.max(1))
        order = rng.permutation(len(sides))
        for start in range(0, len(order), 200_000):
            pool = order[start : start + 200_000]
            pool = pool[np.lexsort((sides[pool, 1] - sides[pool, 0], longest[pool]))]
            batches = []
            for length in np.unique(longest[pool]):
                bucket = pool[longest[pool] == length]
                size = max(1, tokens // int(length))
                batches += [bucket[i : i + size] for i in range(0, len(bucket), size)]
            rng.shuffle(batches)  # type: ignore[arg-type]
            yield from batches


def round_up(lengths: np.ndarray) -> np.ndarray:
    """Return ``lengths`` rounded up to the next multiple of 8."""
    return (lengths + 7) // 8 * 8


def padded(rows: list[np.ndarray]) -> torch.Tensor:
    """Return (rows, longest) with PAD at the ends, the length rounded up to a multiple of 8."""
    longest = int(round_up(np.array([len(row) for row in rows])).max())
    table = np.full((len(rows), longest), PAD, dtype=np.int64)
    for i, row in enumerate(rows):
        table[i, : len(row)] = row
    return torch.from_numpy(table)


def save(path: Path, **state: object) -> None:
    """Write a checkpoint beside ``path`` and rename it into place."""
    beside = path.with_suffix(".tmp")
    torch.save(state, beside)
    os.replace(beside, path)


def main() -> None:
    """Train until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("examples", type=Path)
    parser.add_argument("--sentencepiece", type=Path, required=True)
    parser.add_argument("--from", dest="start", type=Path, required=True, help="checkpoint to continue from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--done", type=float, default=0, help="minutes of the schedule already behind")
    parser.add_argument("--tokens", type=int, default=4000, help="padded target tokens a batch")
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--warmup", type=int, default=300)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--smoothing", type=float, default=0.1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    saved = torch.load(args.start, map_location=device, weights_only=True)
    model = Transformer(**saved["config"], dropout=args.dropout).to(device)
    model.load_state_dict(saved["model"])
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.lr, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    if "optimizer" in saved:
        optimizer.load_state_dict(saved["optimizer"])
    step = saved["step"]
    pieces = spm.SentencePieceProcessor(model_file=str(args.sentencepiece))
    examples = Examples(args.examples, pieces)
    print(f"{len(examples.tag)} examples, {sum(map(len, examples.target))} target tokens a pass", flush=True)

    rng = np.random.default_rng(step)
    started = told = time.monotonic()
    tokens, losses, since = 0, 0.0, 0
    average: dict[str, torch.Tensor] = {}
    averaged, average_at = 0, AVERAGE_FROM
    progress = 0.0
    with contextlib.suppress(StopIteration):
        while True:
            for batch in examples.batches(args.tokens, rng):
                now = time.monotonic()
                progress = (args.done + (now - started) / 60) / args.minutes
                if progress >= 1:
                    raise StopIteration
                for group in optimizer.param_groups:
                    group["lr"] = args.lr * min(1, (step + 1) / args.warmup) * (1 - progress)
                source = padded([examples.source[i] for i in batch]).to(device)
                target = padded([np.concatenate([[BOS, examples.tag[i]], examples.target[i][:-1]]) for i in batch])
                wanted = padded([np.concatenate([[PAD], examples.target[i]]) for i in batch]).to(device)
                with torch.autocast(device, dtype=torch.bfloat16):
                    loss = model.loss(source, target.to(device), wanted, args.smoothing)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimizer.step()
                optimizer.zero_grad(set_to_none=True)
                step += 1
                count = int((wanted != PAD).sum())
                tokens, losses, since = tokens + count, losses + loss.item() * count, since + count
                if now - told > 30:
                    rate = tokens / (now - started)
                    print(f"step {step} loss {losses / since:.3f} {rate:.0f} tokens/s {progress:.1%}", flush=True)
                    losses, since, told = 0.0, 0, now
                    save(args.out / "last.pt", model=model.state_dict(), optimizer=optimizer.state_dict(),
                         config=model.config, step=step, progress=progress)
                if progress >= average_at:
                    average_at += AVERAGE_EVERY
                    averaged += 1
                    for name, w in model.state_dict().items():
                        average[name] = average.get(name, torch.zeros_like(w)) + w
    save(args.out / "last.pt", model=model.state_dict(), optimizer=optimizer.state_dict(),
         config=model.config, step=step, progress=1.0)
    if averaged:
        mean = {name: w / averaged for name, w in average.items()}
        save(args.out / "average.pt", model=mean, config=model.config, step=step)
    print(f"done: {step} steps, {tokens} target tokens", flush=True)


if __name__ == "__main__":
    main()
