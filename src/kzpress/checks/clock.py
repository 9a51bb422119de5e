"""Times of day: 3:30 p.m. is 15:30, в 15.30, сағат 15:30."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kzpress.checks.pair import Flaw, Pair
from kzpress.domain import Lang
from kzpress.speech import _
from kzpress.text import fold

_NOON: Final = 12
_HOUR: Final = r"(?<![\d.,:/+-])(?P<hour>[01]?\d|2[0-4])"
_MINUTES: Final = r"(?P<minutes>[0-5]\d)(?![\d:%]|[.,]\d)"
# Which half of the day, before or behind the figures. Hours and minutes with a colon are a time; with a point, or hours
# alone, only beside a word that says so.
_TIMES: Final = {
    Lang.EN: re.compile(
        rf"{_HOUR}(?:[:.](?P<minutes>[0-5]\d))? ?(?:(?P<am>a)|p)\.? ?m\b\.?"
        rf"|{_HOUR.replace('hour', 'hour2')}:{_MINUTES.replace('minutes', 'minutes2')}"
    ),
    Lang.RU: re.compile(
        rf"{_HOUR}(?:[:.](?P<minutes>[0-5]\d))?(?: ?(?:час\w*|ч\.?))? (?:(?P<am>утра|ночи)|(?:дня|вечера))\b"
        rf"|{_HOUR.replace('hour', 'hour2')}(?::|(?<=\b[вскВСК] \d\d)\.){_MINUTES.replace('minutes', 'minutes2')}"
    ),
    Lang.KK: re.compile(
        r"\b(?:(?P<am>таңғы|таңертеңгі|түнгі)|кешкі|күндізгі|түскі)(?: сағат)? "
        rf"{_HOUR}(?:[:.](?P<minutes>[0-5]\d))?(?![\d:])"
        rf"|{_HOUR.replace('hour', 'hour2')}(?::|(?<=\bсағат \d\d)\.){_MINUTES.replace('minutes', 'minutes2')}"
    ),
}
_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time of day as ``written`` at [start, end), in the minutes since midnight that it may be."""

    written: str
    minutes: frozenset[int]
    start: int
    end: int


def times(pair: Pair) -> Flaw | None:
    """Say which time of day is another one in the translation, or return None; one in words is not seen."""
    ours, theirs = _of_source(pair.source, pair.source_lang), _of_target(pair.target, pair.target_lang)
    lost, new = _unlike(ours, theirs), _unlike(theirs, ours)
    if not (lost and new):
        return None
    return Flaw(message=_("the source has {lost}, the translation {new}", lost=lost[0].written, new=new[0].written))


def without_shared(source: str, target: str, source_lang: Lang, target_lang: Lang) -> tuple[str, str]:
    """Return both texts with the times of day blanked out that both have, however they write them."""
    ours, theirs = _of_source(source, source_lang), _of_target(target, target_lang)
    return (
        _blanked(source, ours, _unlike(ours, theirs)),
        _blanked(target, theirs, _unlike(theirs, ours)),
    )


def _of_target(text: str, lang: Lang) -> list[Time]:
    """Return the times of day of a text that says which half of the day it means, or means the first."""
    folded, found = fold(text), list[Time]()
    for match in _TIMES[lang].finditer(folded):
        told = match["hour"] is not None
        hour = int(match["hour"] if told else match["hour2"])
        minutes = int((match["minutes"] if told else match["minutes2"]) or 0)
        if told and hour <= _NOON:
            hour = hour % _NOON + (0 if match["am"] else _NOON)
        at = frozenset({(60 * hour + minutes) % _DAY})
        found.append(Time(written=match[0].strip(), minutes=at, start=match.start(), end=match.end()))
    return found


def _of_source(text: str, lang: Lang) -> list[Time]:
    """Return the times of day of a text that may leave the half of the day to its reader: "at 3:30"."""
    return [
        time
        if time.written.rstrip(".")[-1:].isalpha() or not time.written[0].isdigit()
        else Time(
            written=time.written,
            minutes=time.minutes | {at + _DAY // 2 for at in time.minutes if at < _DAY // 2},
            start=time.start,
            end=time.end,
        )
        for time in _of_target(text, lang)
    ]


def _unlike(found: list[Time], others: list[Time]) -> list[Time]:
    """Return the times that are none of the others."""
    minutes = {at for other in others for at in other.minutes}
    return [time for time in found if time.minutes.isdisjoint(minutes)]


def _blanked(text: str, found: list[Time], kept: list[Time]) -> str:
    letters, left = list(text), {time.start for time in kept}
    for time in found:
        if time.start not in left:
            letters[time.start : time.end] = " " * (time.end - time.start)
    return "".join(letters)
