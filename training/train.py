"""Train or continue the model for a given number of minutes, leaving a checkpoint every five.

    python training/train.py examples.tsv --sentencepiece sentencepiece.model --from start.pt --out run --minutes 120

The learning rate warms up over steps and falls linearly to nothing at the end of the minutes, so that every run ends
on settled weights, ``last.pt``. ``mean.pt`` holds the mean of the weights at every eighth of the time, the first ones
among them unless they are random: which of the two is better has to be measured, see README.md. A run that was stopped
goes on with ``--from run/last.pt --done MINUTES``; its mean begins anew. ``--target-tokens`` trains for as much text
instead of as much time, so that runs can be compared whatever else the machine does. Products are in bfloat16 on a GPU
and on a processor that multiplies in it, else in float32.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import sentencepiece as spm
import torch

from model import BOS, EOS, PAD, TAGS, UNK, Transformer, read_checkpoint
from table import rows

MAX_TOKENS: Final = 200  # examples with a longer side are left out
TELL_EVERY: Final = 30.0  # seconds
SAVE_EVERY: Final = 300.0
MEAN_OF: Final = 8  # parts of a run at whose ends weights are taken for the mean


class Examples:
    """Tokenised examples: ``source``, ``target`` (lists of uint16 arrays ending in EOS) and the target's ``tag``.

    With ``sampling``, a source is cut into pieces anew each time it is read, by the probabilities of its segmentations
    raised to that power (subword regularisation, Kudo 2018).
    """

    def __init__(self, path: Path, pieces: spm.SentencePieceProcessor, sampling: float = 0.0) -> None:
        self.pieces, self.sampling = pieces, sampling
        self.text: list[str] = []
        self.source: list[np.ndarray] = []
        self.target: list[np.ndarray] = []
        self.tag: list[int] = []
        cache: dict[str, np.ndarray] = {}
        tags = {lang: pieces.piece_to_id(tag) for lang, tag in TAGS.items()}

        def ids(text: str) -> np.ndarray:
            if text not in cache:
                cache[text] = np.array([*pieces.encode(text), EOS], dtype=np.uint16)
            return cache[text]

        for _, lang, weight, source, target in rows(path):
            a, b = ids(source), ids(target)
            if max(len(a), len(b)) <= MAX_TOKENS:
                times = int(weight)
                self.source += [a] * times
                self.text += [source] * times
                self.target += [b] * times
                self.tag += [tags[lang]] * times
        if not self.tag:
            raise SystemExit(f"{path}: no example of {MAX_TOKENS} pieces or fewer a side")

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

    def forever(self, tokens: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
        """Yield one pass after another."""
        while True:
            yield from self.batches(tokens, rng)

    def tables(self, batch: np.ndarray) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return a batch as padded (rows, time) tables: source, what the decoder reads, what it is wanted to say next.

        The decoder reads BOS, the tag and the target; nothing is wanted of it at BOS, since the tag is always given.
        """
        source = padded([self._sampled(i) if self.sampling else self.source[i] for i in batch])
        target = padded([np.concatenate([[BOS, self.tag[i]], self.target[i][:-1]]) for i in batch])
        wanted = padded([np.concatenate([[PAD], self.target[i]]) for i in batch])
        return source, target, wanted

    def _sampled(self, i: int) -> np.ndarray:
        found = self.pieces.encode(self.text[i], enable_sampling=True, alpha=self.sampling, nbest_size=-1)
        return np.array([*found[:MAX_TOKENS], EOS], dtype=np.uint16)


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


def computes_bfloat16(capabilities: Mapping[str, object]) -> bool:
    """Return whether a processor multiplies in bfloat16 itself; another only pretends to, many times slower."""
    return bool(capabilities.get("amx_bf16") or capabilities.get("avx512_bf16"))


def save(path: Path, **state: object) -> None:
    """Write a checkpoint beside ``path`` and rename it into place."""
    beside = path.with_suffix(".tmp")
    torch.save(state, beside)
    beside.replace(path)


class Trainer:
    """A model being trained: what a checkpoint holds, and what the log says."""

    def __init__(self, args: argparse.Namespace, pieces: spm.SentencePieceProcessor) -> None:
        self.args = args
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.bfloat16 = self.device == "cuda" or computes_bfloat16(torch.cpu.get_capabilities())
        saved = read_checkpoint(args.start, self.device)
        if pieces.get_piece_size() != (size := saved["config"]["V"]):
            raise SystemExit(f"{args.sentencepiece}: {pieces.get_piece_size()} pieces, and {args.start} is for {size}")
        if strange := [tag for tag in TAGS.values() if pieces.piece_to_id(tag) == UNK]:
            raise SystemExit(f"{args.sentencepiece}: no piece {strange[0]}, by which a direction is told")
        self.model = Transformer(**saved["config"], dropout=args.dropout).to(self.device)
        self.model.load_state_dict(saved["model"])
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(), lr=args.lr, betas=(0.9, 0.98), weight_decay=0.01, fused=True
        )
        if "optimizer" in saved:
            self.optimizer.load_state_dict(saved["optimizer"])
        self.step: int = saved["step"]
        self.born: int = saved.get("born", 0) if "optimizer" in saved else self.step  # the optimizer's first step
        self.tokens = 0
        self.sum = {name: value.clone() for name, value in self.model.state_dict().items()}
        self.summed, self.part = 1, int(self.progress(0) * MEAN_OF)
        self.is_random = self.step == 0  # nothing learnt yet that a mean should hold

    def learn(self, examples: Examples, batch: np.ndarray, progress: float) -> tuple[float, int]:
        """Take one step; return the mean loss and the number of target tokens it is the mean of."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.args.lr * min(1, (self.step - self.born + 1) / self.args.warmup) * (1 - progress)
        source, target, wanted = (side.to(self.device) for side in examples.tables(batch))
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.bfloat16):
            loss = self.model.loss(source, target, wanted, self.args.smoothing)
        value = loss.item()
        if not math.isfinite(value):
            raise SystemExit(
                f"step {self.step}: the loss is {value}; {self.args.out}/last.pt is from before: lower --lr"
            )
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        count = int((wanted != PAD).sum())
        self.step += 1
        self.tokens += count
        return value, count

    def take(self, progress: float) -> None:
        """Add the weights to the mean whenever another part of the run is over."""
        part = int(progress * MEAN_OF)
        if part > self.part:
            if self.is_random:
                self.summed, self.is_random = 0, False
                self.sum = {name: torch.zeros_like(value) for name, value in self.sum.items()}
            self.summed, self.part = self.summed + 1, part
            for name, value in self.model.state_dict().items():
                self.sum[name] += value

    def save(self, progress: float) -> None:
        """Write ``last.pt`` and ``mean.pt``, which has no optimizer's state."""
        mean = {name: value / self.summed for name, value in self.sum.items()}
        save(self.args.out / "mean.pt", model=mean, config=self.model.config, step=self.step, progress=progress)
        save(
            self.args.out / "last.pt",
            model=self.model.state_dict(),
            optimizer=self.optimizer.state_dict(),
            config=self.model.config,
            step=self.step,
            born=self.born,
            progress=progress,
        )

    def progress(self, minutes: float) -> float:
        """Return which part of the run is over after so many ``minutes`` of it."""
        if self.args.target_tokens:
            return self.tokens / self.args.target_tokens
        return float((self.args.done + minutes) / self.args.minutes)

    def run(self, examples: Examples) -> None:
        """Take steps until the time is up, telling and saving now and then; Ctrl-C saves and ends it."""
        started = time.monotonic()
        try:
            self._run(examples, started)
        except KeyboardInterrupt:
            minutes = (time.monotonic() - started) / 60
            self.save(self.progress(minutes))
            done = "" if self.args.target_tokens else f", goes on with --done {self.args.done + minutes:.1f}"
            raise SystemExit(f"stopped at step {self.step}: {self.args.out}/last.pt{done}") from None
        self.save(1.0)
        print(f"done: {self.step} steps, {self.tokens} target tokens", flush=True)

    def _run(self, examples: Examples, started: float) -> None:
        told = saved = started
        losses, since = 0.0, 0
        for batch in examples.forever(self.args.tokens, np.random.default_rng([self.args.seed, self.step])):
            now = time.monotonic()
            progress = self.progress((now - started) / 60)
            self.take(progress)
            if progress >= 1:
                break
            loss, count = self.learn(examples, batch, progress)
            losses, since = losses + loss * count, since + count
            if now - told > TELL_EVERY:
                rate = self.tokens / (now - started)
                print(f"step {self.step} loss {losses / since:.3f} {rate:.0f} tokens/s {progress:.1%}", flush=True)
                losses, since, told = 0.0, 0, now
            if now - saved > SAVE_EVERY:
                saved = now
                self.save(progress)


def main() -> None:
    """Train until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("examples", type=Path)
    parser.add_argument("--sentencepiece", type=Path, required=True)
    parser.add_argument("--from", dest="start", type=Path, required=True, help="checkpoint to continue from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--done", type=float, default=0, help="minutes of the schedule already behind")
    parser.add_argument("--target-tokens", type=int, help="train for so many of them, not for minutes")
    parser.add_argument("--tokens", type=int, default=4000, help="padded target tokens a batch")
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--warmup", type=int, default=300)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--smoothing", type=float, default=0.1)
    parser.add_argument("--sampling", type=float, default=0.0, help="alpha of subword regularisation, 0: none")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    if args.target_tokens and args.done:
        parser.error("--done counts minutes; a run of --target-tokens begins anew")
    if not args.target_tokens and args.done >= args.minutes:
        parser.error("--done is no less than --minutes: nothing is left to do")
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    spm.set_random_generator_seed(args.seed)
    pieces = spm.SentencePieceProcessor(model_file=str(args.sentencepiece))
    trainer = Trainer(args, pieces)
    print(f"on {trainer.device} in {'bfloat16' if trainer.bfloat16 else 'float32'}", flush=True)
    examples = Examples(args.examples, pieces, args.sampling)
    print(f"{len(examples.tag)} examples, {sum(map(len, examples.target))} target tokens a pass", flush=True)
    trainer.run(examples)


if __name__ == "__main__":
    main()
