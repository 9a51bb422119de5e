"""Sets quotation marks that stand astray in pairs and at their words: ``« Union «and«``, ``"Union “``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import pairwise, product
from typing import Final

from kzpress.domain import Lang

_MARK: Final = re.compile('[«»“”„‟"]')
_SIGNS: Final = {Lang.EN: "“”", Lang.RU: "«»", Lang.KK: "«»"}
_OPENING: Final = frozenset("«“„‟")
_MOST: Final = 6  # more marks are left as they are: every way to pair them is weighed


class _Part(StrEnum):
    """What a quotation mark does."""

    OPENS = "opens"
    CLOSES = "closes"
    NOTHING = "nothing"


def pair_quotes(text: str, lang: Lang) -> str:
    """Return ``text`` with its quotation marks in pairs and close to their words; most texts have them so.

    A first mark that closes and a last one that opens belong to a quotation of several sentences. Where one of the
    others has no fellow, the one that fits least is left out.
    """
    signs = _MARK.findall(text)
    if not signs or len(signs) > _MOST:
        return text
    pieces = _MARK.split(text)
    leans = [_lean(left, right) for left, right in pairwise(pieces)]
    if _is_nested(leans, signs) or (_Part.OPENS not in leans and not _OPENING.intersection(signs)):  # 12" and 14" pipes
        return text
    parts = min(product(_Part, repeat=len(signs)), key=lambda parts: _cost(parts, leans, signs))
    if _cost(parts, leans, signs) <= _unfinished(parts):
        return text
    out = pieces[0]
    for part, piece in zip(parts, pieces[1:], strict=True):
        out = _set(out, part, piece, _SIGNS[lang])
    return out


def _lean(left: str, right: str) -> _Part:
    """Tell what a mark between ``left`` and ``right`` seems to do by the spaces beside it."""
    opens = not left or left[-1].isspace() or left[-1] in "([–—-"
    closes = not right or right[0].isspace() or right[0] in ")],.;:!?…–—-"
    if opens is closes:
        return _Part.NOTHING
    return _Part.OPENS if opens else _Part.CLOSES


def _is_nested(leans: Sequence[_Part], signs: Sequence[str]) -> bool:
    """Tell whether every mark does what its place and its shape say, of one quotation within another too."""
    opened: list[str] = []
    for at, (lean, sign) in enumerate(zip(leans, signs, strict=True)):
        if lean is _Part.NOTHING or sign in _never(lean, opened[-1] if opened else ""):
            return False
        if lean is _Part.OPENS:
            opened.append(sign)
        elif opened:
            opened.pop()
        elif at:
            return False
    return len(opened) < 2


def _cost(parts: Sequence[_Part], leans: Sequence[_Part], signs: Sequence[str]) -> float:
    """Return how little ``parts`` fits: 0 for pairs as they should be, 1 for a quotation begun or ended elsewhere."""
    cost = _unfinished(parts)
    inside = _first(parts) is _Part.CLOSES
    top = ""
    for part, lean, sign in zip(parts, leans, signs, strict=True):
        if part is _Part.NOTHING:
            cost += 1.5
            continue
        if inside is (part is _Part.OPENS):  # nested, or closed twice
            cost += 1.5
        inside = part is _Part.OPENS
        cost += 1.0 * (lean not in {part, _Part.NOTHING}) + 0.3 * (lean is _Part.NOTHING)
        cost += 0.5 * (sign in _never(part, top))
        top = sign
    return cost


def _unfinished(parts: Sequence[_Part]) -> float:
    return 1.0 * (_first(parts) is _Part.CLOSES) + 1.0 * (_first(tuple(reversed(parts))) is _Part.OPENS)


def _first(parts: Iterable[_Part]) -> _Part:
    return next((part for part in parts if part is not _Part.NOTHING), _Part.NOTHING)


def _never(part: _Part, before: str) -> str:
    """Return the signs that cannot do ``part`` after the sign ``before``: “ closes what „ opened."""
    if part is _Part.OPENS:
        return "»”"
    return "«„‟" if before == "„" else "«„‟“"


def _set(out: str, part: _Part, piece: str, signs: str) -> str:
    if part is _Part.NOTHING:
        joint = " " if out.strip() and piece[:1].isalnum() else ""
        return out.rstrip() + joint + piece if out.strip() else piece.lstrip()
    if part is _Part.OPENS:
        joint = " " if out and not out[-1].isspace() and out[-1] not in "([" else ""
        return f"{out}{joint}{signs[0]}{piece.lstrip()}"
    return f"{out.rstrip()}{signs[1]}{' ' if piece[:1].isalnum() else ''}{piece}"
