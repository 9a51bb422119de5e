"""Decoding with Argos packages: the only module that imports argostranslate, CTranslate2 and SentencePiece.

argostranslate's own ``translate`` would fetch a sentence splitter at first use, hide pivots and decode one paragraph
at a time. Here its tokenizers are kept and CTranslate2 is called once for all sentences of all releases and
directions that share weights, longest first, in batches by tokens.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

from kzpress.degenerate import fault
from kzpress.domain import Hypothesis, Lang, Route
from kzpress.engine.packages import Package, Seal
from kzpress.engine.protocol import Job
from kzpress.engine.route import find_route
from kzpress.errors import ModelError

BEAM: Final = 4
N_BEST: Final = 4
BATCH_TOKENS: Final = 512  # 1.5 times the speed of 2,048 on two cores
CHUNK: Final = 256  # sentences a call; progress is told between calls
LONGEST: Final = 160  # pieces; sentences of training are shorter, so longer ones are decoded clause by clause
_AGAIN: Final = "install the package again, or give another with --models"
SHORT: Final = 24  # pieces; parts of a sentence that came out degenerate whole
SHORT_BEAM: Final = 2  # as good as 4 on the test sets, twice as fast
CLAUSE: Final = re.compile(r"(?<=[;:])\s+|(?<=,)\s+|\s+(?=[–—]\s)")


@dataclass(frozen=True, slots=True)
class _Weights:
    """A loaded model with its tokenizer."""

    translator: Any
    tokenizer: Any

    def encode(self, text: str) -> list[str]:
        """Return the pieces of ``text``."""
        return list(self.tokenizer.encode(text))

    def decode(self, pieces: Sequence[str]) -> str:
        """Return the text of ``pieces``, from SentencePiece itself: Argos's wrapper turns ``_`` into a space."""
        if hasattr(self.tokenizer, "lazy_processor"):
            return str(self.tokenizer.lazy_processor().decode_pieces(list(pieces))).strip()
        return str(self.tokenizer.decode(pieces)).strip()


class _Row(NamedTuple):
    """A sentence about to be decoded."""

    package: Package
    text: str
    pieces: list[str]


@dataclass(slots=True)
class ArgosEngine:
    """Translates with the first packages found for a direction; models are loaded when first needed."""

    packages: Sequence[Package]
    broken: Sequence[ModelError] = ()  # packages that cannot be read: named if one of them is missed
    beam: int = BEAM
    threads: int = field(default_factory=lambda: os.cpu_count() or 1)
    second_tries: bool = True  # False only to measure what they cost
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
                found = self._decode([(package, texts[i]) for i, package in batch], tell)
                for (i, _), hypotheses in zip(batch, found, strict=True):
                    answers[i] = hypotheses
                    texts[i] = hypotheses[0].text
        return tuple(answers[i] for i in range(len(jobs)))

    def _decode(
        self, work: Sequence[tuple[Package, str]], progress: Callable[[int], None] | None
    ) -> list[tuple[Hypothesis, ...]]:
        """Decode sentences of packages that share weights, longest first; those too long for the model in parts."""
        weights = self._load(work[0][0])
        rows = [_Row(package, text, weights.encode(text)) for package, text in work]
        answers: list[tuple[Hypothesis, ...]] = [()] * len(rows)
        order = sorted(range(len(rows)), key=lambda i: len(rows[i].pieces), reverse=True)
        long = [i for i in order if len(rows[i].pieces) > LONGEST]
        whole = order[len(long) :]
        for i, hypothesis in zip(long, self._in_parts(weights, [rows[i] for i in long], LONGEST // 2), strict=True):
            answers[i] = (hypothesis,)
        if long and progress:
            progress(len(long))
        for start in range(0, len(whole), CHUNK):
            part = whole[start : start + CHUNK]
            for i, hypotheses in zip(part, self._soundly(weights, [rows[i] for i in part]), strict=True):
                answers[i] = hypotheses
            if progress:
                progress(len(part))
        return answers

    def _soundly(self, weights: _Weights, rows: Sequence[_Row]) -> list[tuple[Hypothesis, ...]]:
        """Decode ``rows``; what is degenerate in every hypothesis is tried again in parts, then without repeats."""
        answers = [
            _sound_first(row.text, found)
            for row, found in zip(
                rows, self._batch(weights, [(row.pieces, row.package.prefix) for row in rows]), strict=True
            )
        ]
        again = [i for i, row in enumerate(rows) if self.second_tries and fault(row.text, answers[i][0].text)]
        parts = self._in_parts(weights, [rows[i] for i in again], SHORT)
        for i, hypothesis in zip(again, parts, strict=True):
            answers[i] = _sound_first(rows[i].text, (*answers[i], hypothesis))
        still = [i for i in again if fault(rows[i].text, answers[i][0].text)]
        harder = self._batch(weights, [(rows[i].pieces, rows[i].package.prefix) for i in still], strict=True)
        for i, found in zip(still, harder, strict=True):
            answers[i] = _sound_first(rows[i].text, (*answers[i], *found))
        return answers

    def _in_parts(self, weights: _Weights, rows: Sequence[_Row], longest: int) -> list[Hypothesis]:
        """Translate each sentence in parts of at most ``longest`` pieces, cut between clauses, all in one batch."""
        clauses = [list(_clauses(row.text, lambda part: len(weights.encode(part)), longest)) for row in rows]
        asked = [(clause, row.package.prefix) for row, parts in zip(rows, clauses, strict=True) for clause in parts]
        decoded = iter(
            self._batch(weights, [(weights.encode(clause), prefix) for clause, prefix in asked], beam=SHORT_BEAM)
        )
        return [_joined(parts, [_sound_first(part, next(decoded))[0] for part in parts]) for parts in clauses]

    def _batch(
        self,
        weights: _Weights,
        rows: Sequence[tuple[Sequence[str], str]],
        *,
        beam: int | None = None,
        strict: bool = False,
    ) -> list[tuple[Hypothesis, ...]]:
        """Decode rows of (pieces, prefix); ``strict`` forbids repeating itself at the price of some fluency."""
        if not rows:
            return []
        beam = beam or self.beam
        total = sum(len(pieces) for pieces, _ in rows)
        longest = max(len(pieces) for pieces, _ in rows)
        try:
            results = weights.translator.translate_batch(
                [list(pieces) for pieces, _ in rows],
                target_prefix=[[prefix] if prefix else [] for _, prefix in rows],
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
            )
        except (RuntimeError, ValueError) as error:  # a prefix or vocabulary that is not the model's
            raise ModelError(f"the model refused to translate ({error})", where=rows[0][1], hint=_AGAIN) from error
        return [
            tuple(
                Hypothesis(text=weights.decode(pieces[1:] if pieces[:1] == [prefix] else pieces), score=score)
                for pieces, score in zip(result.hypotheses, result.scores, strict=True)
            )
            for (_, prefix), result in zip(rows, results, strict=True)
        ]

    def _load(self, package: Package) -> _Weights:
        if package.weights not in self._loaded:
            self._loaded[package.weights] = _open(package, self.threads)
        return self._loaded[package.weights]


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


def _clauses(text: str, size: Callable[[str], int], longest: int) -> Iterator[str]:
    """Cut ``text`` at the ends of clauses, and a clause that is too long between words."""
    part = ""
    for clause in CLAUSE.split(text):
        for piece in _halves(clause, size, longest):
            if part and size(f"{part} {piece}") > longest:
                yield part
                part = piece
            else:
                part = f"{part} {piece}".strip()
    if part:
        yield part


def _halves(text: str, size: Callable[[str], int], longest: int) -> list[str]:
    words = text.split(" ")
    if size(text) <= longest or (len(words) < 2 and len(text) < 100):
        return [text]
    if len(words) < 2:
        return [text[i : i + 100] for i in range(0, len(text), 100)]
    middle = len(words) // 2
    return [*_halves(" ".join(words[:middle]), size, longest), *_halves(" ".join(words[middle:]), size, longest)]


def _joined(clauses: Sequence[str], answers: Sequence[Hypothesis]) -> Hypothesis:
    """Join the translations of a sentence's parts as the parts stand in the source."""
    said = [answers[0].text]
    for (before, after), answer in zip(pairwise(clauses), answers[1:], strict=True):
        said[-1] = _same_ending(before, said[-1])
        said.append(answer.text[:1].lower() + answer.text[1:] if after[:1].islower() else answer.text)
    return Hypothesis(text=" ".join(said), score=sum(answer.score for answer in answers) / len(answers))


def _same_ending(source: str, target: str) -> str:
    """End a clause as its source ends: a model likes to close every line with a full stop."""
    end = source[-1:]
    bare = target.rstrip(" .;:,")
    return bare + end if end in ",;:" else bare
