"""Scores of matches: 6–3 in English is 6:3 in Russian and Kazakh, and who lost 5–4 may be said to have lost 4:5."""

from __future__ import annotations

import re
from typing import Final

_SCORE: Final = re.compile(
    r"(?<![\w.,:/+–-])(?P<one>\d{1,3})(?P<sign>[:–-])(?P<other>\d{1,3})(?![\w%]|[.,:/–-]\w|[ \u00a0]\d{3}\b)"
)


def without_scores(source: str, target: str) -> tuple[str, str]:
    """Return both texts with the scores blanked out that both have, at least one of them with a colon.

    Two figures with a hyphen in both texts may as well be a range, and are left for whoever compares figures.
    """
    return _blanked(source, target), _blanked(target, source)


def _blanked(text: str, other: str) -> str:
    scores = [*_SCORE.finditer(other)]
    there = {_figures(score) for score in scores}
    with_colon = {_figures(score) for score in scores if score["sign"] == ":"}

    def blank(score: re.Match[str]) -> str:
        is_there = _figures(score) in (there if score["sign"] == ":" else with_colon)
        return " " * len(score[0]) if is_there else score[0]

    return _SCORE.sub(blank, text)


def _figures(score: re.Match[str]) -> frozenset[str]:
    return frozenset((score["one"], score["other"]))
