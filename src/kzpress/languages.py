"""What CLDR knows about our languages: names, plural rules, months. The only module that imports babel."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from kzpress.domain import Lang
from kzpress.speech import _
from kzpress.text import fold

# For messages: what they are in English, and said in the language of the message.
NAMES = {Lang.KK: _("Kazakh"), Lang.RU: _("Russian"), Lang.EN: _("English")}

# What may follow a month's stem. Russian declines (июля, июле, июлем); Kazakh adds suffixes (шілдеден, шілдесінде).
_ENDINGS = {Lang.EN: "", Lang.RU: "(?:[ьйяаеюу]|[ео]м)?", Lang.KK: r"\w{0,8}"}


@cache
def english_name(lang: Lang) -> str:
    """Return the English name of ``lang``."""
    from babel import Locale

    return str(Locale(lang).get_display_name(Lang.EN))


@cache
def plural_forms(lang: Lang) -> str:
    """Return the gettext ``Plural-Forms`` header of ``lang``."""
    from babel.messages.plurals import get_plural

    return get_plural(lang).plural_forms


@cache
def month_name(lang: Lang, month: int) -> str:
    """Return the name of ``month`` (1 to 12) as ``lang`` writes it after a day."""
    from babel import Locale

    return str(Locale(lang).months["format"]["wide"][month])


# As releases write dates; CLDR's own long forms abbreviate the word year (г., ж.).
_LONG_DATES = {
    Lang.KK: "{year} жылғы {day} {month}",
    Lang.RU: "{day} {month} {year} года",
    Lang.EN: "{month} {day}, {year}",
}


def long_date(lang: Lang, day: dt.date) -> str:
    """Return ``day`` as releases in ``lang`` write it: 2021 жылғы 12 шілде, 12 июля 2021 года, July 12, 2021."""
    return _LONG_DATES[lang].format(year=day.year, month=month_name(lang, day.month), day=day.day)


@cache
def month_pattern(lang: Lang) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Return a regular expression for any month of ``lang`` in folded text, and the stems a match may begin with.

    The pattern takes every case form and, but for Kazakh where they are words of their own (қар "snow", қаз "goose"),
    the abbreviations. The first stem that begins a match names its month.
    """
    from babel import Locale

    months = Locale(lang).months
    stems: dict[str, int] = {}
    short: dict[str, int] = {}
    for number in range(1, 13):
        wide = [fold(str(months[use]["wide"][number])) for use in ("format", "stand-alone")]
        stems[_common_start(*wide)] = number
        if lang is not Lang.KK:
            short |= {fold(str(months[use]["abbreviated"][number])): number for use in ("format", "stand-alone")}
    short = {name.rstrip("."): number for name, number in short.items()}
    if lang is Lang.EN:
        short["sept"] = 9  # CLDR has "Sep" for American English only
    inflected = "|".join(map(re.escape, stems)) + ")" + _ENDINGS[lang]
    abbreviated = "|".join(map(re.escape, sorted(short, key=len, reverse=True)))
    pattern = rf"(?<!\w)(?:(?:{inflected}" + (rf"|(?:{abbreviated})\.?" if short else "") + r")(?!\w)"
    ordered = sorted((stems | short).items(), key=lambda item: -len(item[0]))
    return pattern, tuple(ordered)


def _common_start(one: str, other: str) -> str:
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return one[:at]
    return min(one, other, key=len)
