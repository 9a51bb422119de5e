"""What stands around the words: list marks, table rules and emoji, which no model reads and all translations keep."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# Arrows, technical and geometric signs, dingbats, emoji with their joiners; № © ° are words' own.
_SIGN: Final = (
    "\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff\u20e3\ufe0e\ufe0f\u200d"
)
_BULLET: Final = rf"(?:[•●◦‣∙·▪*_#>|~+=–—-]{{1,3}}|[{_SIGN}]+)"
# 1. 1) (1) 1.2. a) б) – but "А." is an initial.
_NUMBER: Final = r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_])\)|\d{1,2}(?:\.\d{1,2})*\.(?=\s+[^\W\d_])"
_HEAD: Final = re.compile(rf"\s*(?:(?:{_BULLET}|{_NUMBER})\s+|[{_SIGN}•●◦‣∙▪]+)+")
_BETWEEN: Final = re.compile(rf"\s*(?:\||\s·|[{_SIGN}•●◦‣∙▪])[{_SIGN}\s|•●◦‣∙▪]*|\s*\n\s*")
_ANY: Final = re.compile(rf"\A\s*(?:{_BULLET}|{_NUMBER})\s|[{_SIGN}•●◦‣∙▪|\n]|\s·\s")


def split_off(text: str) -> list[str]:
    """Return ``text`` in pieces: those of odd places are for a model, those before and after them are kept.

    There is always a piece for a model, and joined the pieces are ``text``.
    """
    if not _ANY.search(text):
        return ["", text, ""]
    head = _HEAD.match(text)
    at = head.end() if head and any(ch.isalpha() for ch in text[head.end() :]) else 0
    pieces = [text[:at]]
    for found in _BETWEEN.finditer(text, at):
        pieces += (text[at : found.start()], found[0])
        at = found.end()
    pieces += (text[at:], "")
    return _merged(pieces)


def _merged(pieces: Sequence[str]) -> list[str]:
    """Return ``pieces`` with those between that have no letters kept: figures of a table's cells."""
    merged = [pieces[0]]
    for text, after in zip(pieces[1::2], pieces[2::2], strict=True):
        if any(ch.isalpha() for ch in text):
            merged += (text, after)
        else:
            merged[-1] += text + after
    return merged if len(merged) > 1 else ["", "".join(pieces), ""]
