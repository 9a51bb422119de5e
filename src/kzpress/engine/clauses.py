"""Cuts a sentence that is too long for a model between its clauses, and joins what the model made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from kzpress.domain import Hypothesis

CLAUSE: Final = re.compile(r"(?<=[;:])\s+|(?<=,)\s+|\s+(?=[–—]\s)")


def cut_clauses(text: str, size: Callable[[str], int], longest: int) -> Iterator[str]:
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


def join_clauses(clauses: Sequence[str], answers: Sequence[Hypothesis]) -> Hypothesis:
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
