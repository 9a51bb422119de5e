"""Decoding with Argos packages: the only module that imports argostranslate, CTranslate2 and SentencePiece.

argostranslate's own ``translate`` would fetch a sentence splitter at first use, hide pivots and decode one paragraph
at a time. Here its tokenizers are kept and CTranslate2 is called once for all sentences of all releases and
directions that share weights, longest first, in batches by tokens.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

from kzpress.degenerate import fault
from kzpress.domain import Hypothesis, Lang, Route
from kzpress.engine import markup
from kzpress.engine.clauses import cut_clauses, join_clauses
from kzpress.engine.packages import Package, Seal
from kzpress.engine.protocol import Job
from kzpress.engine.route import find_route
from kzpress.errors import ModelError

BEAM: Final = 4
N_BEST: Final = 4
BATCH_TOKENS: Final = 512  # 1.5 times the speed of 2,048 on two cores
CHUNK: Final = 256  # sentences of like length a call; progress is told between them
LONGEST: Final = 160  # pieces; sentences of training are shorter, so longer ones are decoded clause by clause
_AGAIN: Final = "install the package again, or give another with --models"
SHORT: Final = 24  # pieces; parts of a sentence that came out degenerate whole
SHORT_BEAM: Final = 2  # as good as 4 on the test sets, twice as fast


@dataclass(frozen=True, slots=True)
class _Weights:
    """A loaded model with its tokenizer."""

    translator: Any
    tokenizer: Any

    def encode(self, text: str) -> list[str]:
        """Return the pieces of ``text``."""
        return list(self.tokenizer.encode(text))

    def size(self, marked: str) -> int:
        """Return the number of pieces of a sentence without its annotations."""
        return len(self.encode(markup.plain(marked)))

    def decode(self, pieces: Sequence[str]) -> str:
        """Return the text of ``pieces``, from SentencePiece itself: Argos's wrapper turns ``_`` into a space."""
        if hasattr(self.tokenizer, "lazy_processor"):
            return str(self.tokenizer.lazy_processor().decode_pieces(list(pieces))).strip()
        return str(self.tokenizer.decode(pieces)).strip()


class _Row(NamedTuple):
    """A sentence about to be decoded: ``marked`` is ``text`` with its names annotated, ``pieces`` are its own."""

    package: Package
    text: str
    marked: str
    pieces: list[str]

    @property
    def prefix(self) -> list[str]:
        """What every decoding begins with."""
        return [self.package.prefix] if self.package.prefix else []

    @classmethod
    def of(cls, package: Package, marked: str, weights: _Weights) -> _Row:
        """Encode a sentence."""
        return cls(package, markup.plain(marked), marked, weights.encode(markup.asked(marked)))


@dataclass(slots=True)
class ArgosEngine:
    """Translates with the first packages found for a direction; models are loaded when first needed."""

    packages: Sequence[Package]
    broken: Sequence[ModelError] = ()  # packages that cannot be read: named if one of them is missed
    beam: int = BEAM
    threads: int = field(default_factory=lambda: os.cpu_count() or 1)
    second_tries: bool = True  # False only to measure what they cost
    annotations: bool = True  # False only to measure what they bring
    _loaded: dict[Path, _Weights] = field(default_factory=dict, init=False)

    def route(self, source: Lang, target: Lang) -> Route:
        """Return the way from ``source`` to ``target``; see :class:`kzpress.engine.protocol.Engine`."""
        steps = find_route(self.packages, source, target, self.broken)
        langs = (source, *(step.target for step in steps))
        return Route(langs=langs, packages=tuple(step.label for step in steps))

    def translate(
        self, jobs: Sequence[Job], progress: Callable[[int], None] | None = None
    ) -> tuple[tuple[Hypothesis, ...], ...]:
        """Return each job's hypotheses; a pivot's second step translates the best hypothesis of its first."""
        routes = {
            (job.source, job.target): find_route(self.packages, job.source, job.target, self.broken) for job in jobs
        }
        answers: dict[int, tuple[Hypothesis, ...]] = {}
        texts = {i: job.text for i, job in enumerate(jobs)}
        for depth in range(max((len(steps) for steps in routes.values()), default=0)):
            queue: dict[Path, list[tuple[int, Package]]] = defaultdict(list)
            for i, job in enumerate(jobs):
                steps = routes[job.source, job.target]
                if depth < len(steps):
                    queue[steps[depth].weights].append((i, steps[depth]))
            for batch in queue.values():
                tell = progress if depth == 0 else None
                work = [(package, self._marked(jobs[i], package) or texts[i]) for i, package in batch]
                found = self._decode(work, tell)
                for (i, _), hypotheses in zip(batch, found, strict=True):
                    answers[i] = hypotheses
                    texts[i] = hypotheses[0].text
        return tuple(answers[i] for i in range(len(jobs)))

    def _marked(self, job: Job, package: Package) -> str | None:
        """Return the job's text with its names annotated, if its only package reads that."""
        whole = (package.source, package.target) == (job.source, job.target)
        return markup.annotate(job.text, job.names) if self.annotations and package.annotated and whole else None

    def _decode(
        self, work: Sequence[tuple[Package, str]], progress: Callable[[int], None] | None
    ) -> list[tuple[Hypothesis, ...]]:
        """Decode sentences of packages that share weights, longest first; those too long for the model in parts."""
        weights = self._load(work[0][0])
        rows = [_Row.of(package, marked, weights) for package, marked in work]
        answers: list[tuple[Hypothesis, ...]] = [()] * len(rows)
        order = sorted(range(len(rows)), key=lambda i: len(rows[i].pieces), reverse=True)
        long = [i for i in order if weights.size(rows[i].marked) > LONGEST]
        whole = [i for i in order if i not in set(long)]
        for i, hypothesis in zip(long, self._in_parts(weights, [rows[i] for i in long], LONGEST // 2), strict=True):
            answers[i] = (hypothesis,)
        if long and progress:
            progress(len(long))
        found = self._soundly(weights, [rows[i] for i in whole], progress)
        for i, hypotheses in zip(whole, found, strict=True):
            answers[i] = hypotheses
        return answers

    def _soundly(
        self, weights: _Weights, rows: Sequence[_Row], progress: Callable[[int], None] | None
    ) -> list[tuple[Hypothesis, ...]]:
        """Decode ``rows``; what is degenerate in every hypothesis is tried again in parts, then without repeats."""
        answers: list[tuple[Hypothesis, ...]] = []
        for part in self._batches(weights, rows):
            answers += part
            if progress:
                progress(len(part))
        answers = [_sound_first(row.text, found) for row, found in zip(rows, answers, strict=True)]
        again = [i for i, row in enumerate(rows) if self.second_tries and fault(row.text, answers[i][0].text)]
        parts = self._in_parts(weights, [rows[i] for i in again], SHORT)
        for i, hypothesis in zip(again, parts, strict=True):
            answers[i] = _sound_first(rows[i].text, (*answers[i], hypothesis))
        still = [i for i in again if fault(rows[i].text, answers[i][0].text)]
        harder = chain.from_iterable(self._batches(weights, [rows[i] for i in still], strict=True))
        for i, found in zip(still, harder, strict=True):
            answers[i] = _sound_first(rows[i].text, (*answers[i], *found))
        return answers

    def _in_parts(self, weights: _Weights, rows: Sequence[_Row], longest: int) -> list[Hypothesis]:
        """Translate each sentence in parts of at most ``longest`` pieces, cut between clauses, all in one batch."""
        cut = [
            [_Row.of(row.package, clause, weights) for clause in cut_clauses(row.marked, weights.size, longest)]
            for row in rows
        ]
        parts = [part for parts in cut for part in parts]
        decoded = chain.from_iterable(self._batches(weights, parts, beam=SHORT_BEAM))
        return [
            join_clauses([part.text for part in parts], [_sound_first(part.text, next(decoded))[0] for part in parts])
            for parts in cut
        ]

    def _batches(
        self, weights: _Weights, rows: Sequence[_Row], *, beam: int | None = None, strict: bool = False
    ) -> Iterator[list[tuple[Hypothesis, ...]]]:
        """Decode ``rows`` and yield the hypotheses of up to CHUNK of them at a time, in order.

        All are queued at once, so that no core waits for another between chunks. ``strict`` forbids a hypothesis to
        repeat itself at the price of some fluency.
        """
        chunks = [rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK)]
        try:
            queued = [self._queue(weights, chunk, beam or self.beam, strict=strict) for chunk in chunks]
            for chunk, results in zip(chunks, queued, strict=True):
                yield [_hypotheses(weights, row, result.result()) for row, result in zip(chunk, results, strict=True)]
        except (RuntimeError, ValueError) as error:  # a prefix or vocabulary that is not the model's
            where = rows[0].package.label
            raise ModelError(f"the model refused to translate ({error})", where=where, hint=_AGAIN) from error

    def _queue(self, weights: _Weights, rows: Sequence[_Row], beam: int, *, strict: bool) -> list[Any]:
        """Hand ``rows`` to CTranslate2; return a result to wait for each."""
        total = sum(len(row.pieces) for row in rows)
        longest = max(len(row.pieces) for row in rows)
        found: list[Any] = weights.translator.translate_batch(
            [row.pieces for row in rows],
            target_prefix=[row.prefix for row in rows],
            beam_size=beam,
            num_hypotheses=min(N_BEST, beam),
            max_batch_size=max(longest + 1, min(BATCH_TOKENS, total // self.threads)),
            batch_type="tokens",
            max_decoding_length=3 * longest // 2 + 20,
            max_input_length=0,
            replace_unknowns=True,
            return_scores=True,
            repetition_penalty=1.3 if strict else 1.0,
            no_repeat_ngram_size=4 if strict else 0,
            suppress_sequences=[[sign] for sign in markup.SIGNS] if rows[0].package.annotated else None,
            asynchronous=True,
        )
        return found

    def _load(self, package: Package) -> _Weights:
        if package.weights not in self._loaded:
            self._loaded[package.weights] = _open(package, self.threads)
        return self._loaded[package.weights]


def _hypotheses(weights: _Weights, row: _Row, result: Any) -> tuple[Hypothesis, ...]:
    """Return what CTranslate2 found for ``row``, without the prefix that it was given."""
    return tuple(
        Hypothesis(text=weights.decode(pieces[1:] if pieces[:1] == row.prefix else pieces), score=score)
        for pieces, score in zip(result.hypotheses, result.scores, strict=True)
    )


def _open(package: Package, threads: int) -> _Weights:
    import ctranslate2
    from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer

    if package.seal() is Seal.DAMAGED:
        raise ModelError(
            "the package's files do not have the SHA-256 sums that came with them",
            where=str(package.weights),
            hint="install kzpress again, or give another package with --models",
        )
    try:
        translator = ctranslate2.Translator(str(package.model), inter_threads=threads, intra_threads=1)
        tokenizer: Any
        if (pieces := package.weights / "sentencepiece.model").exists():
            tokenizer = SentencePieceTokenizer(pieces)
            tokenizer.lazy_processor()
        else:
            tokenizer = BPETokenizer(package.weights / "bpe.model", package.source, package.target)
            tokenizer.lazy_load()
    except (RuntimeError, ValueError, OSError) as error:
        first = str(error).partition("\n")[0]
        raise ModelError(f"this package cannot be loaded ({first})", where=str(package.folder), hint=_AGAIN) from error
    return _Weights(translator, tokenizer)


def _sound_first(source: str, hypotheses: Iterable[Hypothesis]) -> tuple[Hypothesis, ...]:
    return tuple(sorted(hypotheses, key=lambda hypothesis: fault(source, hypothesis.text) is not None))
