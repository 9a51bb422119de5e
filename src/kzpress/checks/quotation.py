"""Quotation marks: in pairs, and those of the translation's language."""

from __future__ import annotations

import re
from typing import Final

from kzpress.checks.pair import Flaw, Pair
from kzpress.domain import Lang
from kzpress.speech import _

_MARK: Final = re.compile('[«»“”„‟"]')
_SINGLE: Final = re.compile(r"(?<!\w)['‘’]|['‘’](?!\w)")  # a quotation mark, or the apostrophe of "Lakers'"
_CLOSING: Final = '»“”".,;:!?…'
_SIGNS: Final = {
    Lang.EN: (("“", "”"), ("‘", "’")),
    Lang.RU: (("«", "»"), ("„", "“")),
    Lang.KK: (("«", "»"), ("„", "“")),
}
_FELLOWS: Final = {"«": "»", "„": "“”", "‟": "”", "“": "”“", "”": "”", '"': '"', "»": "«"}


def unbalanced(pair: Pair) -> Flaw | None:
    """Say that quotation marks are not in pairs, or return None; part of a quotation has its source's share of them."""
    if _pairs(pair.target) is not None or _pairs(pair.source) is None or _SINGLE.search(pair.source):
        return None
    marks = [found.start() for found in _MARK.finditer(pair.target)]
    at_edge = len(marks) == 1 and (marks[0] == 0 or not pair.target[marks[0] :].strip(_CLOSING))
    if at_edge and not _MARK.search(pair.source):  # reported speech became direct, over several sentences
        return None
    signs = " ".join(pair.target[at] for at in marks)
    return Flaw(message=_("quotation marks not in pairs: {signs}", signs=signs))


def style(pair: Pair) -> Flaw | None:
    """Say that quotation marks are not those of the language, or return None.

    English has “” or straight ones, Russian and Kazakh « », and inside them „ “ or, as official copy does, « » again.
    """
    pairs = _pairs(pair.target)
    if not pairs:
        return None
    signs = _SIGNS[pair.target_lang]
    text, wrong = list(pair.target), list[str]()
    for start, end, depth in pairs:
        opening, closing = signs[min(depth, 1)]
        marks = pair.target[start] + pair.target[end]
        if marks in {
            opening + closing,
            "".join(signs[0]) if depth else "",
            '""' if pair.target_lang is Lang.EN else "",
        }:
            continue
        text[start], text[end] = opening, closing
        wrong.append("…".join(marks))
    if not wrong:
        return None
    said = ", ".join(dict.fromkeys(wrong))
    message = (
        _('{signs}: write “…” or "…"', signs=said)
        if pair.target_lang is Lang.EN
        else _("{signs}: write «…», and „…“ inside them", signs=said)
    )
    return Flaw(message=message, fix="".join(text))


def _pairs(text: str) -> tuple[tuple[int, int, int], ...] | None:
    """Return where quotations open and close, and in how many others they stand; None where a mark has no fellow."""
    opened: list[int] = []
    pairs: list[tuple[int, int, int]] = []
    for found in _MARK.finditer(text):
        sign, at = found[0], found.start()
        closes = bool(opened) and sign in _FELLOWS[text[opened[-1]]] and not _begins(text, at)
        if closes:
            start = opened.pop()
            pairs.append((start, at, len(opened)))
        elif sign == "»":
            return None
        elif sign != '"' or not text[at - 1 : at].isdigit():  # 12" is a measure
            opened.append(at)
    # АО «НК «Қазақстан темір жолы»: official copy closes both quotations with one mark.
    shared = [text[at] for at in opened] == ["«"] and any(start > opened[0] and depth for start, _, depth in pairs)
    return tuple(pairs) if shared or not opened else None


def _begins(text: str, at: int) -> bool:
    """Tell whether a mark that may do either stands at the beginning of a word."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    is_first = not before or before.isspace() or before in "([«„"
    return text[at] != "»" and is_first and (after.isalnum() or after in {"«", "„", "“"})
