"""Scores of matches: 6–3 in English is 6:3 in Russian and Kazakh, and who lost 5–4 may be said to have lost 4:5."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCORE: Final = re.compile(
    r"(?<![\w.,:/+–-])(?P<one>\d{1,3})(?P<sign>[:–-])(?P<other>\d{1,3})(?![\w%]|[.,:/–-]\w|[ \u00a0]\d{3}\b)"
)


def without_scores(source: str, target: str) -> tuple[str, str]:
    """Return both texts with the scores blanked out that both have, at least one of them with a colon.

    Two figures with a hyphen in both texts may as well be a range, and are left for whoever compares figures.
    """
    ours, theirs = [*_SCORE.finditer(source)], [*_SCORE.finditer(target)]
    return _blanked(source, ours, theirs), _blanked(target, theirs, ours)


def _blanked(text: str, found: Sequence[re.Match[str]], others: Sequence[re.Match[str]]) -> str:
    there = {_figures(other) for other in others}
    with_colon = {_figures(other) for other in others if other["sign"] == ":"}
    letters = list(text)
    for one in found:
        if _figures(one) in (there if one["sign"] == ":" else with_colon):
            letters[slice(*one.span())] = " " * len(one[0])
    return "".join(letters)


def _figures(score: re.Match[str]) -> frozenset[str]:
    return frozenset((score["one"], score["other"]))
