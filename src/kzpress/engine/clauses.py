"""Cuts a sentence that is too long for a model between its clauses, and joins what the model made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from kzpress.domain import Hypothesis

# Where a sentence may be cut: after a comma, semicolon or colon, before a dash, before "and" in our languages.
CLAUSE: Final = re.compile(r"(?<=[,;:])\s+|(?<!\s)\s++(?=(?:[–—]|and|as well as|и|а также|және|сондай-ақ)\s)")
SPACE: Final = re.compile(" ")
_CLOSED: Final = re.compile(r"[.!?…][»”\"')\]]+$")  # the sentence ends inside of a quotation or brackets
_PLAIN_STOP: Final = re.compile(r"(?:[^\W\d_]{5,}|\d|[»”\"')\]])\.$")
UNBROKEN: Final = 100  # characters of one word that are cut off where there is no space


def cut_clauses(text: str, size: Callable[[str], int], longest: int) -> list[str]:
    """Cut ``text`` in halves until each part is of ``longest`` at most: between clauses, or else between words."""
    if size(text) <= longest:
        return [text]
    cut = _nearest_middle(CLAUSE, text, within=0.25) or _nearest_middle(SPACE, text, within=0.5)
    if cut is None:
        return [text[i : i + UNBROKEN] for i in range(0, len(text), UNBROKEN)]
    start, end = cut
    return [*cut_clauses(text[:start], size, longest), *cut_clauses(text[end:], size, longest)]


def _nearest_middle(boundary: re.Pattern[str], text: str, *, within: float) -> tuple[int, int] | None:
    """Return the span of the boundary nearest to the middle, None if all are farther than a share of the length."""
    middle = len(text) / 2
    spans = [found.span() for found in boundary.finditer(text) if abs(found.start() - middle) < within * len(text)]
    return min(spans, key=lambda span: abs(span[0] - middle), default=None)


def join_clauses(
    clauses: Sequence[str], answers: Sequence[Hypothesis], is_name: Callable[[str], bool] = lambda _: False
) -> Hypothesis:
    """Join the translations of a sentence's parts as the parts stand in the source.

    A part that goes on in small letters there does so here, unless it begins with a word that ``is_name``.
    """
    said = [answers[0].text]
    for (before, after), answer in zip(pairwise(clauses), answers[1:], strict=True):
        said[-1] = _same_ending(before, said[-1])
        goes_on = after[:1].islower() and not is_name(answer.text.partition(" ")[0])
        said.append(_uncapitalised(answer.text) if goes_on else answer.text)
    return Hypothesis(text=" ".join(said), score=sum(answer.score for answer in answers) / len(answers))


def _uncapitalised(text: str) -> str:
    """Return ``text`` as it goes on in a sentence; an abbreviation or initial keeps its capital."""
    return text if len(text) < 2 or text[1].isupper() or text[1] == "." else text[0].lower() + text[1:]


def end_as(source: str, target: str) -> str:
    """Return ``target`` without the full stop that a model sets behind a headline, a list's item or a word.

    A short word before it may be an abbreviation and keeps it.
    """
    if not target.endswith(".") or source[-1:] in ".!?…" or _CLOSED.search(source) or not _PLAIN_STOP.search(target):
        return target
    return _same_ending(source, target)


def _same_ending(source: str, target: str) -> str:
    """End a clause as its source ends: a model likes to close every line with a full stop."""
    end = source[-1:]
    bare = target.rstrip(" .;:,")
    return bare + end if end in ",;:" else bare
