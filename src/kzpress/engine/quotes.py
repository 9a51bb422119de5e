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
_FELLOWS: Final = {"«": "»", "“": "”", "„": "“”", "‟": "”"}
_BESIDE: Final = "/…’*(,;:"  # beside a word these say nothing, beside a mark that the word is on its other side
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
    leans = _leans(pieces, signs)
    if _is_nested(leans, signs) or _fits_by_shape(leans, signs):
        return text
    if _Part.OPENS not in leans and _FELLOWS.keys().isdisjoint(signs):  # 12" and 14" pipes
        return text
    parts = min(product(_Part, repeat=len(signs)), key=lambda parts: _cost(parts, leans, signs))
    if _cost(parts, leans, signs) <= _unfinished(parts):
        return text
    out = pieces[0]
    for part, lean, piece in zip(parts, leans, pieces[1:], strict=True):
        out = _set(out, part, lean, piece, _SIGNS[lang])
    return out


def _leans(pieces: Sequence[str], signs: Sequence[str]) -> list[_Part]:
    """Tell what each mark seems to do by what is beside it; Kazakh joins its suffixes to one that closes."""
    leans: list[_Part] = []
    for (left, right), sign in zip(pairwise(pieces), signs, strict=True):
        lean = _lean(left, right)
        joined = right[:1].isalpha() and not left[-1:].isspace() and bool(left or leans)
        closes = sign in "»”" or (lean is _Part.NOTHING and leans[-1:] == [_Part.OPENS])
        leans.append(_Part.CLOSES if joined and closes else lean)
    return leans


def _lean(left: str, right: str) -> _Part:
    opens = not left or left[-1].isspace() or left[-1] in "([–—-"
    closes = not right or right[0].isspace() or right[0] in ")],.;:!?–—-"
    if not opens and not closes:
        opens, closes = left[-1] in _BESIDE, right[0] in _BESIDE
    if opens is closes:
        return _Part.NOTHING
    return _Part.OPENS if opens else _Part.CLOSES


def _fits_by_shape(leans: Sequence[_Part], signs: Sequence[str]) -> bool:
    """Tell whether the marks pair by their shape alone, and none stands where it would do the opposite."""
    opened: list[str] = []
    for lean, sign in zip(leans, signs, strict=True):
        if opened and sign in _FELLOWS.get(opened[-1], ""):
            part = _Part.CLOSES
            opened.pop()
        elif sign in _FELLOWS:
            part = _Part.OPENS
            opened.append(sign)
        else:
            return False
        if lean not in {part, _Part.NOTHING}:
            return False
    return not opened


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


def _set(out: str, part: _Part, lean: _Part, piece: str, signs: str) -> str:
    if part is _Part.NOTHING:
        joint = " " if out.strip() and piece[:1].isalnum() else ""
        return out.rstrip() + joint + piece if out.strip() else piece.lstrip()
    if part is _Part.OPENS:
        joint = " " if out and not out[-1].isspace() and out[-1] not in "([/…’*" else ""
        return f"{out}{joint}{signs[0]}{piece.lstrip()}"
    joint = " " if piece[:1].isalnum() and lean is not _Part.CLOSES else ""
    return f"{out.rstrip()}{signs[1]}{joint}{piece}"
