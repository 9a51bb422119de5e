"""Decoding with Argos packages: the only module that runs CTranslate2 and SentencePiece on sentences.

argostranslate's own ``translate`` would fetch a sentence splitter at first use, hide pivots and decode one paragraph
at a time. Here its tokenizers are kept and CTranslate2 is called once for all sentences of all releases and
directions that share weights, longest first, in batches by tokens. What is longer than a package can do well is
decoded clause by clause, or whole first and then so if that has come out short.
"""

from __future__ import annotations

import os
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any, Final

from kzpress.degenerate import fault, said_twice
from kzpress.domain import Hypothesis, Lang, Route
from kzpress.engine import markup
from kzpress.engine.batches import FIRST, IN_CLAUSES, IN_PARTS, STRICTLY, Row, Try, batched
from kzpress.engine.clauses import cut_clauses, end_as, join_clauses
from kzpress.engine.outside import split_off
from kzpress.engine.packages import Package
from kzpress.engine.protocol import Job
from kzpress.engine.route import find_route
from kzpress.errors import ModelError
from kzpress.speech import _

BEAM: Final = 4
N_BEST: Final = 4
AHEAD: Final = 3  # batches a core that are with CTranslate2 or waiting for it; at five it would make us wait
RUINED: Final = 2
WHOLE: Final = 0.9  # of the source's characters: in less a long sentence has often lost a clause


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

    def is_name(self, word: str) -> bool:
        """Tell whether the vocabulary knows ``word`` better with its capital, as it does names."""
        return len(self.encode(word)) < len(self.encode(word.lower()))

    def decode(self, pieces: Sequence[str]) -> str:
        """Return the text of ``pieces``, from SentencePiece itself: Argos's wrapper turns ``_`` into a space.

        Marian's target side has pieces that its source side, whose tokenizer this is, does not know: they come back as
        they are, with their mark of a space.
        """
        if hasattr(self.tokenizer, "lazy_processor"):
            return str(self.tokenizer.lazy_processor().decode_pieces(list(pieces))).replace("▁", " ").strip()
        return str(self.tokenizer.decode(pieces)).strip()


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
    _loading: Lock = field(default_factory=Lock, init=False)

    def route(self, source: Lang, target: Lang) -> Route:
        """Return the way from ``source`` to ``target``; see :class:`kzpress.engine.protocol.Engine`."""
        steps = find_route(self.packages, source, target, self.broken)
        langs = (source, *(step.target for step in steps))
        annotated = self.annotations and len(steps) == 1 and steps[0].annotated
        doubtful = steps[0].doubtful_below if len(steps) == 1 else None
        labels = tuple(step.label for step in steps)
        return Route(langs=langs, packages=labels, annotated=annotated, doubtful_below=doubtful)

    def translate(
        self, jobs: Sequence[Job], progress: Callable[[int], None] | None = None
    ) -> tuple[tuple[Hypothesis, ...], ...]:
        """Return each job's hypotheses; a pivot's second step translates the best hypothesis of its first."""
        routes = {
            (job.source, job.target): find_route(self.packages, job.source, job.target, self.broken) for job in jobs
        }
        answers: dict[int, tuple[Hypothesis, ...]] = {}
        texts = {i: job.text for i, job in enumerate(jobs)}
        depths = max((len(steps) for steps in routes.values()), default=0)
        tell = progress and (lambda size: progress(size // depths))
        for depth in range(depths):
            queue: dict[Path, list[tuple[int, Package]]] = defaultdict(list)
            for i, job in enumerate(jobs):
                steps = routes[job.source, job.target]
                if depth < len(steps):
                    queue[steps[depth].weights].append((i, steps[depth]))
            for batch in queue.values():
                work = [(package, self._marked(jobs[i], package) or texts[i], jobs[i].longest) for i, package in batch]
                found = self._decode(work, tell)
                for (i, __), hypotheses in zip(batch, found, strict=True):
                    answers[i] = hypotheses
                    texts[i] = hypotheses[0].text
        return tuple(answers[i] for i in range(len(jobs)))

    def _marked(self, job: Job, package: Package) -> str | None:
        """Return the job's text with its names annotated, if its only package reads that."""
        whole = (package.source, package.target) == (job.source, job.target)
        return markup.annotate(job.text, job.names) if self.annotations and package.annotated and whole else None

    def _decode(
        self, work: Sequence[tuple[Package, str, int | None]], progress: Callable[[int], None] | None
    ) -> list[tuple[Hypothesis, ...]]:
        """Decode sentences of packages that share weights; the third item is the job's ``longest``."""
        weights = self._load(work[0][0])
        split = [split_off(marked) for _, marked, _ in work]
        cut = [
            [_rows(weights, package, piece, longest) for piece in pieces[1::2]]
            for (package, _, longest), pieces in zip(work, split, strict=True)
        ]
        decoded = iter(self._soundly(weights, [row for pieces in cut for parts in pieces for row in parts], progress))
        return [
            _together(kept[::2], [_joined(weights, parts, [next(decoded) for _ in parts]) for parts in pieces])
            for kept, pieces in zip(split, cut, strict=True)
        ]

    def _soundly(
        self, weights: _Weights, rows: Sequence[Row], progress: Callable[[int], None] | None
    ) -> list[tuple[Hypothesis, ...]]:
        """Decode ``rows``, longest first; what comes out short or ruined is tried again in parts, or without repeats.

        Second tries are handed over while first ones are being decoded, so that no core waits for this thread.
        """
        answers: list[tuple[Hypothesis, ...]] = [()] * len(rows)
        todo = deque(batched((Try(at, [row], FIRST) for at, row in enumerate(rows)), self.threads))
        handed: deque[tuple[list[Try], list[Any]]] = deque()
        again: list[Try] = []
        while todo or handed:
            while todo and len(handed) < AHEAD * self.threads:
                batch = todo.popleft()
                handed.append((batch, self._hand_over(weights, batch)))
            batch, results = handed.popleft()
            for one, found in zip(batch, _answers(weights, batch, results), strict=True):
                row = rows[one.at]
                answers[one.at] = _best_first(row, (*answers[one.at], *found))
                if self.second_tries:
                    again += _next_try(weights, one, row, answers[one.at][0])
            if again and not todo and len(handed) <= self.threads:  # late, for the more of them the faster each
                todo, again = deque(batched(again, self.threads)), []
            if progress and batch[0].way is FIRST:
                progress(sum(len(row.text) for one in batch for row in one.parts))
        return answers

    def _hand_over(self, weights: _Weights, batch: Sequence[Try]) -> list[Any]:
        """Hand ``batch`` to CTranslate2; return a result to wait for of each part of each try."""
        rows, way = [row for one in batch for row in one.parts], batch[0].way
        beam = way.beam or self.beam
        with _refusals(batch):
            found: list[Any] = weights.translator.translate_batch(
                [row.pieces for row in rows],
                target_prefix=[row.prefix for row in rows],
                beam_size=beam,
                num_hypotheses=min(N_BEST, beam),
                max_decoding_length=3 * batch[0].longest // 2 + 20,
                max_input_length=0,
                replace_unknowns=True,
                return_scores=True,
                repetition_penalty=1.3 if way.strict else 1.0,
                no_repeat_ngram_size=4 if way.strict else 0,
                suppress_sequences=[[sign] for sign in markup.SIGNS] if rows[0].package.annotated else None,
                asynchronous=True,
            )
        return found

    def _load(self, package: Package) -> _Weights:
        with self._loading:
            if package.weights not in self._loaded:
                self._loaded[package.weights] = load(package, self.threads)
            return self._loaded[package.weights]


def _cut(weights: _Weights, package: Package, marked: str, longest: int) -> list[Row]:
    """Return a sentence as rows of at most ``longest`` pieces, annotations not counted."""
    parts = cut_clauses(marked, weights.size, longest)
    return [Row.of(package, part, weights.encode) for part in parts]


def _rows(weights: _Weights, package: Package, marked: str, longest: int | None) -> list[Row]:
    """Return the rows of a sentence: the whole of it if the package can do that, else its clauses."""
    if not longest and weights.size(marked) <= package.longest_whole:
        return [Row.of(package, marked, weights.encode)]
    return _cut(weights, package, marked, longest or package.longest)


def _joined(
    weights: _Weights, parts: Sequence[Row], answers: Sequence[tuple[Hypothesis, ...]]
) -> tuple[Hypothesis, ...]:
    """Return the hypotheses of a sentence: the best of each part, then the second best of each, and so on."""
    if len(parts) == 1:
        return answers[0]
    texts = [part.text for part in parts]
    ranks = [[found[min(rank, len(found) - 1)] for found in answers] for rank in range(N_BEST)]
    return tuple(join_clauses(texts, row, weights.is_name) for row in ranks)


def _together(kept: Sequence[str], answers: Sequence[tuple[Hypothesis, ...]]) -> tuple[Hypothesis, ...]:
    """Return the hypotheses of a sentence of several pieces, with what is kept before, between and after them."""
    if len(answers) == 1 and kept == ["", ""]:
        return answers[0]
    ranks = [[found[min(rank, len(found) - 1)] for found in answers] for rank in range(max(map(len, answers)))]
    return tuple(
        Hypothesis(
            text="".join(chain(*zip(kept, (answer.text for answer in row), strict=False), kept[-1:])),
            score=sum(answer.score for answer in row) / len(row),
        )
        for row in ranks
    )


def _next_try(weights: _Weights, tried: Try, row: Row, best: Hypothesis) -> list[Try]:
    """Return what is to be tried after ``tried`` did not get ``row`` right, if it did not and anything is left."""
    flaws = _flaws(row.text, best) if tried.way is not STRICTLY else 0
    package = row.package
    is_short = len(best.text) < WHOLE * len(row.text)
    if (
        tried.way is FIRST
        and (flaws or is_short)
        and package.longest < weights.size(row.marked) <= package.longest_whole
    ):
        return [Try(tried.at, _cut(weights, package, row.marked, package.longest), IN_CLAUSES)]
    if flaws == RUINED and tried.way in {FIRST, IN_CLAUSES}:
        half = min(len(row.pieces), package.longest) // 2
        return [Try(tried.at, _cut(weights, package, row.marked, half), IN_PARTS)]
    return [Try(tried.at, [row], STRICTLY)] if flaws else []


def _answers(weights: _Weights, batch: Sequence[Try], results: Iterable[Any]) -> Iterator[tuple[Hypothesis, ...]]:
    """Wait for the ``results`` of a batch; yield the hypotheses of each try."""
    rest = iter(results)
    for one in batch:
        with _refusals(batch):
            found = [_hypotheses(weights, row, next(rest).result()) for row in one.parts]
        best = [_best_first(row, hypotheses) for row, hypotheses in zip(one.parts, found, strict=True)]
        yield _joined(weights, one.parts, best)


@contextmanager
def _refusals(batch: Sequence[Try]) -> Iterator[None]:
    """Word what CTranslate2 says of a prefix or a vocabulary that is not the model's."""
    try:
        yield
    except (RuntimeError, ValueError) as error:
        package = batch[0].parts[0].package
        raise ModelError(
            _("the model refused to translate ({error})", error=str(error)), where=package.label, hint=package.remedy
        ) from error


def _hypotheses(weights: _Weights, row: Row, result: Any) -> list[Hypothesis]:
    """Return what CTranslate2 found for ``row``, without the given prefix."""
    return [
        Hypothesis(
            text=end_as(row.text, weights.decode(pieces[1:] if pieces[:1] == row.prefix else pieces)), score=score
        )
        for pieces, score in zip(result.hypotheses, result.scores, strict=True)
    ]


def load(package: Package, threads: int = 1) -> _Weights:
    """Load a package's model and tokenizer.

    Raises:
        ModelError: a file of it is damaged, or this CTranslate2 cannot read it.
    """
    import ctranslate2
    from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer

    package.demand_sound()
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
        raise ModelError(
            _("this package cannot be loaded ({error})", error=first), where=str(package.folder), hint=package.remedy
        ) from error
    return _Weights(translator, tokenizer)


def _best_first(row: Row, hypotheses: Sequence[Hypothesis]) -> tuple[Hypothesis, ...]:
    """Return ``hypotheses`` by score and length, the sound ones first; most first ones are, and to tell takes time."""
    best = sorted(hypotheses, key=row.package.worth, reverse=True)
    if _flaws(row.text, best[0]):
        best.sort(key=lambda hypothesis: _flaws(row.text, hypothesis))
    return tuple(best)


def _flaws(source: str, hypothesis: Hypothesis) -> int:
    """Return RUINED for what is no translation at all, less for what says a phrase twice, 0 for what looks sound."""
    if fault(source, hypothesis.text):
        return RUINED
    return 1 if said_twice(source, hypothesis.text) else 0
