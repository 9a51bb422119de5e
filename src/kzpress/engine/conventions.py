"""Writes figures and dates that a model copied as the target's language writes them: 1,250.5 is 1 250,5.

Only what stands in the target exactly as in the source is changed, and only where one reading is possible: 2.5 may be
a version or a paragraph, 2.5 million may not. And a postal code that a model went on writing noughts to, 0100000000, is
the source's 010000 again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import Final

from kzpress.domain import Lang
from kzpress.languages import long_date, month_name, month_pattern

# What follows a figure that is an amount, by the target's language.
_UNITS: Final = {
    Lang.EN: r"%|(?:percent|per cent|[mbt]r?illion|thousand|mln|bln|bn|k[mg]|ton(?:ne)?s?|hectares?|met(?:er|re)s?"
    r"|kilomet(?:er|re)s?|(?:US |U\.S\. )?dollars?|tenge|euros?|rou?bles?|times|degrees|points?|[GMk]Wh?)\b",
    Lang.RU: r"%|процент|млн|млрд|трлн|тыс|миллион|миллиард|триллион|километр|метр|тонн|гектар|доллар|долл|тенге|евро"
    r"|рубл|раза\b|градус|балл|пункт|(?:км|кг|га|[ГМк]Вт)\b",
    Lang.KK: r"%|пайыз|млн|млрд|трлн|мың|миллион|миллиард|триллион|километр|метр|тонна|гектар|(?:АҚШ )?доллар|теңге"
    r"|еуро|рубль|есе\b|градус|балл|(?:км|кг|га|[ГМк]Вт)\b",
}
_EDGE: Final = r"(?<![\w.,/:+(-])"
_GROUPED: Final = {
    ",": re.compile(_EDGE + r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![.,]?\d)"),
    " ": re.compile(_EDGE + r"(?<!\d[ \u00a0])[1-9]\d{0,2}(?:[ \u00a0]\d{3})+(?:,\d+)?(?![.,]?\d|[ \u00a0-]\d)"),
}
_CODE: Final = re.compile(r"(?<![\w.,])0\d{4,}(?![\w.,]*\d)")  # no amount begins with a nought
_TO_ENGLISH: Final = str.maketrans({" ": ",", "\u00a0": ",", ",": "."})
_FROM_ENGLISH: Final = str.maketrans({",": " ", ".": ","})
_IN_FIGURES: Final = re.compile(r"(?<![\w.])(?P<day>\d{2})\.(?P<number>\d{2})\.(?P<year>\d{4})(?![\d.]*\d)")
# Around the name of a month: the day and the year, and as a tail the word "year" that a model may have added to them.
_TAIL: Final = r"(?:,? (?P<year>\d{{4}})(?P<tail> года?| жыл(?:ы|ғы))?)?"
_DATES: Final = {
    Lang.EN: (
        r"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{month})" + _TAIL,
        r"(?P<month>{month}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?" + _TAIL,
    ),
    Lang.RU: (r"(?P<day>\d{{1,2}})(?:-?го)? (?P<month>{month})(?: (?P<year>\d{{4}})(?: год[ау]?| г\.)?)?",),
    Lang.KK: (r"(?:(?P<year>\d{{4}}) (?:жыл\w*|ж\.),? )?(?P<day>\d{{1,2}}) (?P<month>{month})",),
}


_Change = Callable[[re.Match[str]], str | None]


def set_conventions_right(
    source: str, target: str, source_lang: Lang, target_lang: Lang
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return ``target`` with what it copied from ``source`` written its own way, and the (copied, written) pairs."""
    if not any(ch.isdigit() for ch in target):
        return target, ()
    written = _overlong_codes(source, target)
    if written:
        target = _CODE.sub(lambda found: written.get(found[0], found[0]), target)
    for pattern, change in _rules(source_lang, target_lang):

        def put(found: re.Match[str], change: _Change = change) -> str:
            copied = found[0].removesuffix(found.groupdict().get("tail") or "")
            right = change(found) if copied in source else None
            if right is None or right == copied:
                return found[0]
            written[copied] = right
            return right

        target = pattern.sub(put, target)
    return target, tuple(written.items())


def _overlong_codes(source: str, target: str) -> dict[str, str]:
    """Return the figures of ``target`` that are a code of ``source`` with more noughts, and that code."""
    ours, theirs = set(_CODE.findall(source)), set(_CODE.findall(target))
    lost = {
        figure: [
            code
            for code in ours - theirs
            if code == figure.rstrip("0").ljust(len(code), "0") and len(code) < len(figure)
        ]
        for figure in theirs - ours
    }
    return {figure: codes[0] for figure, codes in lost.items() if len(codes) == 1}


@cache
def _rules(source: Lang, target: Lang) -> tuple[tuple[re.Pattern[str], _Change], ...]:
    dates = [(pattern, lambda found: _date(found, source, target)) for pattern in _named_dates(source)]
    if Lang.EN not in {source, target}:
        return tuple(dates)
    mark, groups, table = (".", ",", _FROM_ENGLISH) if source is Lang.EN else (",", " ", _TO_ENGLISH)
    figure = rf"\d+[{mark}]\d{{1,3}}"
    amounts = re.compile(rf"{_EDGE}{figure}(?=[ \u00a0-]?(?:{_UNITS[target]}))|(?<=[$€£]){figure}(?!\d)")
    figures = [(pattern, lambda found: found[0].translate(table)) for pattern in (_GROUPED[groups], amounts)]
    numeric = [] if source is Lang.EN else [(_IN_FIGURES, lambda found: _day(found, int(found["number"]), target))]
    return (*dates, *numeric, *figures)


def _named_dates(lang: Lang) -> list[re.Pattern[str]]:
    month, _ = month_pattern(lang)
    return [re.compile(rf"(?<![\w.,])(?:{shape.format(month=month)})(?!\w)", re.IGNORECASE) for shape in _DATES[lang]]


def _date(found: re.Match[str], source: Lang, target: Lang) -> str | None:
    _, stems = month_pattern(source)
    named = found["month"].lower()
    number = next((number for stem, number in stems if named.startswith(stem)), None)
    return _day(found, number, target) if number else None


def _day(found: re.Match[str], month: int, lang: Lang) -> str | None:
    """Return the date as ``lang`` writes it, None if there is no such day."""
    day = int(found["day"])
    try:
        whole = dt.date(int(found["year"] or 2000), month, day)
    except ValueError:
        return None
    if found["year"]:
        return long_date(lang, whole)
    return f"{month_name(lang, month)} {day}" if lang is Lang.EN else f"{day} {month_name(lang, month)}"
