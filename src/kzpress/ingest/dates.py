"""Dates: the only module that knows how the three languages write one."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from kzpress.text import fold

# Names as CLDR 46 has them, format and stand-alone, wide and abbreviated.
_MONTHS: Final = (
    "january jan|января|январь|янв|қаңтар|қаң",
    "february feb|февраля|февраль|февр|фев|ақпан|ақп",
    "march mar|марта|март|мар|наурыз|нау",
    "april apr|апреля|апрель|апр|сәуір|сәу",
    "may|мая|май|мамыр|мам",
    "june jun|июня|июнь|июн|маусым|мау",
    "july jul|июля|июль|июл|шілде|шіл",
    "august aug|августа|август|авг|тамыз|там",
    "september sept sep|сентября|сентябрь|сент|сен|қыркүйек|қыр",
    "october oct|октября|октябрь|окт|қазан|қаз",
    "november nov|ноября|ноябрь|нояб|ноя|қараша|қар",
    "december dec|декабря|декабрь|дек|желтоқсан|жел",
)
_MONTH_OF: Final = {name: i for i, row in enumerate(_MONTHS, 1) for name in re.split(r"[ |]", row)}
_MONTH: Final = r"(?P<month>" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\b\.?"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>\d{4})"
_YEAR_WORD: Final = r"(?:\s*(?:года|год|г\.|г\b|жылғы|жылы|жыл|ж\.|ж\b))"

# The day comes first in figures everywhere these releases are written.
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_YEAR}-(?P<number>\d{{1,2}})-(?P<day>\d{{1,2}})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})[./](?P<number>\d{{1,2}})[./]{_YEAR}(?!\d){_YEAR_WORD}?",
        rf"(?<!\d){_YEAR}{_YEAR_WORD}\s+{_DAY}[\s-]+{_MONTH}",
        rf"(?<![\d.]){_DAY}(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR}(?!\d){_YEAR_WORD}?)?",
        rf"\b{_MONTH}\s+{_DAY}\b(?:,?\s+{_YEAR}(?!\d))?",
    )
)
_FILE_DATES: Final = (
    re.compile(
        r"(?<![0-9A-Za-z])(?P<year>(?:19|20)\d\d)(?P<sep>[-_.]?)(?P<number>\d\d)(?P=sep)(?P<day>\d\d)(?![0-9A-Za-z])"
    ),
    re.compile(r"(?<![0-9A-Za-z])(?P<day>\d\d)[-_.](?P<number>\d\d)[-_.](?P<year>(?:19|20)\d\d)(?![0-9A-Za-z])"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date at [start, end) of a text. ``day`` is None where it has no year, or cannot be: then ``impossible``."""

    start: int
    end: int
    day: dt.date | None
    impossible: bool = False


def find_date(text: str) -> FoundDate | None:
    """Find the first date in ``text``; of two at one place the longer."""
    folded = fold(text)
    found = [match for pattern in _PATTERNS if (match := pattern.search(folded))]
    if not found:
        return None
    return _found(min(found, key=lambda match: (match.start(), -match.end())))


def file_name_date(name: str) -> FoundDate | None:
    """Find a date such as 2021-07-24, 20210724 or 24.07.2021 in a file name."""
    for pattern in _FILE_DATES:
        if match := pattern.search(name):
            return _found(match)
    return None


def _found(match: re.Match[str]) -> FoundDate:
    parts = match.groupdict()
    start, end = match.span()
    if parts["year"] is None:
        return FoundDate(start=start, end=end, day=None)
    month = int(parts["number"]) if parts.get("number") else _MONTH_OF[parts["month"]]
    try:
        day = dt.date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return FoundDate(start=start, end=end, day=None, impossible=True)
    # A year outside these is a slip of the keyboard: no release in electronic form is older or from the next century.
    if not 1950 <= day.year < 2100:
        return FoundDate(start=start, end=end, day=None, impossible=True)
    return FoundDate(start=start, end=end, day=day)
