"""Finding the figures and dates of a text as values that can be compared across languages.

12,5 млн is 12.5 million is 12 500 000; "July 12 to 15, 2021" is "2021 жылғы 12-15 шілде".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from kzpress.addresses import without
from kzpress.checks.numerals import magnitude_pattern, worded
from kzpress.domain import Lang
from kzpress.languages import month_pattern
from kzpress.text import fold, unscanned

if TYPE_CHECKING:
    from collections.abc import Iterator

# A figure with its groups and decimals. In "G20" and "B2B" it is part of a name, in "2А" it is not.
_FIGURE: Final = re.compile(r"(?<![a-z0-9])(?:\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:]\d+)*)")
_UNGROUPED: Final = re.compile(r"(?<![a-z0-9])\d+(?:[.,:]\d+)*")
_LONGEST: Final = 40  # digits of a quantity; comparing Decimals takes the square of them
_PERCENT: Final = re.compile(r" ?%")
_AFTERNOON: Final = re.compile(r" ?(?:p\.? ?m\b)")
_NUMERIC_DATE: Final = re.compile(
    r"(?<![\d.])(?:(\d{1,2})([./])(\d{1,2})\2(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2}))(?![\d])"
)
_YEAR_BEFORE: Final = re.compile(r"\d{4}(?: ж\w*\.?)? ?$")
_DAY: Final = r"(?<![\d.,])(?P<day>\d{1,2})(?:-?(?:st|nd|rd|th|го|е|ое|ші|шы|нші|ншы|інші|ыншы|сі|сы|і|ы)\w*)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as it was ``written``; ``values`` holds the one it stands for and whatever else it may be read as."""

    written: str
    values: frozenset[Decimal | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantities:
    """The figures of a text; ``ungrouped`` reads "2 500" as two of them.

    ``months`` are those with a figure beside them, ``mentioned`` those anywhere, ``days`` the pairs (day, month);
    ``words`` are the values that numerals in words may have.
    """

    figures: tuple[Figure, ...]
    ungrouped: tuple[Figure, ...]
    words: frozenset[Decimal]
    months: frozenset[int]
    mentioned: frozenset[int]
    days: frozenset[tuple[int, int]]


def quantities(text: str, lang: Lang) -> Quantities:
    """Return the figures and dates of ``text``, which is in ``lang``."""
    plain = unscanned(without(text))
    folded = fold(plain)
    dates = list(_numeric_dates(folded))
    rest = _NUMERIC_DATE.sub(" ", folded)
    figures = [Figure(written=str(day), values=frozenset({Decimal(day)})) for day, _, _ in dates]
    figures += [Figure(written=str(year), values=frozenset({Decimal(year)})) for _, _, year in dates]
    named = _named_months(rest, lang)
    return Quantities(
        figures=(*figures, *_figures(rest, lang, _FIGURE)),
        ungrouped=(*figures, *_figures(rest, lang, _UNGROUPED)),
        words=worded(plain, folded, lang),
        months=frozenset([*(month for _, month, _ in dates), *(month for month, beside, _ in named if beside)]),
        mentioned=frozenset([*(month for _, month, _ in dates), *(month for month, _, _ in named)]),
        days=frozenset(
            [*((day, month) for day, month, _ in dates), *((day, month) for month, _, day in named if day is not None)]
        ),
    )


def _numeric_dates(folded: str) -> Iterator[tuple[int, int, int]]:
    """Yield (day, month, year); a date whose order cannot be told is read day first, as Kazakhstan writes it."""
    for match in _NUMERIC_DATE.finditer(folded):
        if match[5]:
            year, month, day = int(match[5]), int(match[6]), int(match[7])
        else:
            day, month, year = int(match[1]), int(match[3]), int(match[4])
        if month > 12 >= day:
            day, month = month, day
        if month <= 12:
            yield day, month, year


def measured(folded: str, lang: Lang) -> Iterator[tuple[Figure, int, int]]:
    """Yield the figures of folded text but for those of numeric dates, each with where it begins and ends.

    A magnitude is part of a figure, a sign of per cent is not.
    """
    blanked = _NUMERIC_DATE.sub(lambda found: " " * len(found[0]), folded)
    return _spans(blanked, lang, _FIGURE)


def _figures(folded: str, lang: Lang, pattern: re.Pattern[str]) -> Iterator[Figure]:
    return (figure for figure, _, _ in _spans(folded, lang, pattern))


def _spans(folded: str, lang: Lang, pattern: re.Pattern[str]) -> Iterator[tuple[Figure, int, int]]:
    for match in pattern.finditer(folded):
        values = _readings(match[0], lang)
        end = shown = match.end()
        if power := _magnitude(lang).match(folded, end):
            values = _times(values, power)
            end = shown = power.end()
        elif shared := _shared_magnitude(lang).match(folded, end):
            values |= _times(values, shared)
        elif percent := _PERCENT.match(folded, end):
            shown = percent.end()
        elif afternoon := _AFTERNOON.match(folded, end):
            values |= {value + 12 for value in values if not isinstance(value, str)}
            shown = afternoon.end()
        figure = Figure(written=folded[match.start() : shown].strip(), values=frozenset(values))
        yield figure, match.start(), end


def _times(values: set[Decimal | str], magnitude: re.Match[str]) -> set[Decimal | str]:
    factor = Decimal(10) ** int(str(magnitude.lastgroup)[1:])
    return {value * factor for value in values if not isinstance(value, str)}


def _readings(written: str, lang: Lang) -> set[Decimal | str]:
    """Return what ``written`` may mean in ``lang``: 1,250 is 1250 in English and 1.25 in Russian and Kazakh."""
    plain = written.replace(" ", "")
    if len(plain) > _LONGEST:
        return {plain}
    marks = [ch for ch in plain if not ch.isdigit()]
    if not marks:
        return {Decimal(plain)}
    grouped = re.fullmatch(r"\d{1,3}(?:([.,])\d{3})+(?:(?!\1)[.,]\d+)?", plain)
    if len(marks) > 1:
        if not grouped:
            return {plain.replace(",", ".")}  # a result of 2:06,12 is 2:06.12
        decimal = marks[-1] if marks[-1] != marks[0] else ""
        bare = plain.replace(marks[0], "")
        return {Decimal(bare.replace(decimal, ".") if decimal else bare)}
    fraction = Decimal(plain.replace(marks[0], "."))
    if not grouped or plain.startswith("0"):
        return {fraction}
    whole = Decimal(plain.replace(marks[0], ""))
    if marks[0] == ",":
        return {whole} if lang is Lang.EN else {fraction}
    # A point between thousands is neither English nor Russian, yet copy has it: 1.250 may be either.
    return {fraction, whole}


def _named_months(folded: str, lang: Lang) -> list[tuple[int, bool, int | None]]:
    """Return for each month named: its number, whether a figure stands beside it, and the day if that is what it is."""
    pattern, stems = _months(lang)
    found: list[tuple[int, bool, int | None]] = []
    for match in pattern.finditer(folded):
        month = next(number for stem, number in stems if match["month"].startswith(stem))
        day = match["day"] or match["after"]
        beside = day is not None or re.match(r",? ?\d", folded[match.end() : match.end() + 3]) is not None
        beside = beside or _YEAR_BEFORE.search(folded, max(0, match.start() - 40), match.start()) is not None
        found.append((month, beside, int(day) if day else None))
    return found


@cache
def _months(lang: Lang) -> tuple[re.Pattern[str], tuple[tuple[str, int], ...]]:
    pattern, stems = month_pattern(lang)
    after = r"(?: (?P<after>\d{1,2})(?![\d.,]\d|\d))?" if lang is Lang.EN else "(?P<after>(?!))?"
    return re.compile(rf"(?:{_DAY} (?:of )?)?(?P<month>{pattern}){after}"), stems


@cache
def _magnitude(lang: Lang) -> re.Pattern[str]:
    return re.compile(rf"[ -]?(?:{magnitude_pattern(lang)})(?!\w)")


@cache
def _shared_magnitude(lang: Lang) -> re.Pattern[str]:
    """Match what follows the 28 of "28 to 41 billion"."""
    return re.compile(rf"(?:-[^\W\d_]+)?[ -]?(?:to|and|до|и|мен|пен|бен)?[ -]?\d[\d.,]*(?:{_magnitude(lang).pattern})")
