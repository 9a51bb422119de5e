"""The words and signs of currencies, shares and measures in each language, by what they stand for."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kzpress.checks.numerals import magnitude_pattern
from kzpress.domain import Lang
from kzpress.speech import _

CURRENCIES: Final = frozenset({"dollar", "tenge", "euro", "rouble", "pound", "yuan", "yen"})

# Patterns for folded text, the narrower before the wider ones that they begin with: "square km" before "km". A dollar
# is any dollar: whose it is, is seldom said twice.
_UNITS: Final[dict[Lang, dict[str, str]]] = {
    Lang.EN: {
        "percentage point": r"percentage points?|p\.p\.|pp\b",
        "per cent": r"%|per ?cent\b",
        "per mille": r"‰|per mille\b",
        "dollar": r"\$|dollars?\b|usd\b", "tenge": r"₸|tenge\b|kzt\b", "euro": r"€|euros?\b|eur\b",
        "rouble": r"₽|rou?bles?\b|rub\b", "pound": r"£|pounds?\b|gbp\b", "yuan": r"yuan\b|cny\b|rmb\b",
        "yen": r"¥|yen\b|jpy\b",
        "square kilometre": r"(?:square |sq\.? ?)(?:kilomet(?:er|re)s?|km)\b|km²|km2\b",
        "square metre": r"(?:square |sq\.? ?)(?:met(?:er|re)s?|m)\b|m²|m2\b",
        "cubic metre": r"(?:cubic |cu\.? ?)met(?:er|re)s?\b|m³|m3\b",
        "kilometre": r"kilomet(?:er|re)s?\b|km\b", "metre": r"met(?:er|re)s?\b",
        "centimetre": r"centimet(?:er|re)s?\b|cm\b",
        "mile": r"miles?\b", "hectare": r"hectares?\b|ha\b",
        "kilogram": r"kilogram(?:me)?s?\b|kg\b", "tonne": r"(?:metric )?ton(?:ne)?s?\b", "litre": r"lit(?:er|re)s?\b",
        "barrel": r"barrels?\b", "degree": r"°|degrees?\b",
        "kilowatt": r"kilowatts?\b(?![ -]?h)|kw\b", "megawatt": r"megawatts?\b(?![ -]?h)|mw\b",
        "gigawatt": r"gigawatts?\b(?![ -]?h)|gw\b",
        "day": r"days?\b", "week": r"weeks?\b", "month": r"months?\b", "year": r"years?\b", "minute": r"minutes?\b",
    },
    Lang.RU: {
        "percentage point": r"п\. ?п\.|процентн\w+ пункт\w*|проц\. пункт\w*",
        "per cent": r"%|процент(?!н)\w*", "per mille": r"‰|промилле\b",
        "dollar": r"\$|(?:американск\w+ )?доллар\w*|долл\b|usd\b",
        "tenge": r"₸|тенге\b|тг\b|kzt\b", "euro": r"€|евро\b|eur\b",
        "rouble": r"₽|рубл\w*|руб\b|rub\b", "pound": r"£|фунт\w*|gbp\b", "yuan": r"юан\w*|cny\b",
        "yen": r"¥|иен\w*|йен\w*|jpy\b",
        "square kilometre": r"квадратн\w+ километр\w*|кв\.? ?км\b|км²|км2\b",
        "square metre": r"квадратн\w+ метр\w*|кв\.? ?м\b|м²|м2\b",
        "cubic metre": r"кубическ\w+ метр\w*|кубометр\w*|куб\.? ?м\b|м³|м3\b",
        "kilometre": r"километр\w*|км\b",
        "metre": r"метр(?:а|ов|ы|ам|ах|ами|ом|у|е|овый|овая|овой|ового)?\b|(?<!-)м\b(?!\.)",
        "centimetre": r"сантиметр\w*|см\b(?!\.)",
        "mile": r"мил(?:я|и|ь|ю|ям|ях|ями)\b", "hectare": r"гектар\w*|га\b",
        "kilogram": r"килограмм\w*|кг\b", "tonne": r"тонн\w*|т\b(?!\.)", "litre": r"литр\w*|л\b(?!\.)",
        "barrel": r"баррел\w*", "degree": r"°|градус\w*",
        "kilowatt": r"киловатт(?!-)\w*|квт\b(?![·-])", "megawatt": r"мегаватт(?!-)\w*|мвт\b(?![·-])",
        "gigawatt": r"гигаватт(?!-)\w*|гвт\b(?![·-])",
        "day": r"(?:дн|день|сут)\w*", "week": r"недел\w*", "month": r"месяц\w*|месячн\w*",
        "year": r"(?:год|лет|летн)\w*", "minute": r"минут\w*|мин\b",
    },
    Lang.KK: {
        "percentage point": r"пайыздық (?:тармақ|пункт)\w*|п\. ?т\.", "per cent": r"%|пайыз(?!дық)\w*|процент\w*",
        "per mille": r"‰|промилле\w*",
        "dollar": r"\$|(?:ақш )?доллар\w*|usd\b",
        "tenge": r"₸|теңге\w*|тг\b|kzt\b", "euro": r"€|еуро\w*|eur\b",
        "rouble": r"₽|(?:ресей )?рубл\w*|rub\b", "pound": r"£|фунт\w*|gbp\b",
        "yuan": r"(?:қытай )?юан\w*|cny\b", "yen": r"¥|(?:жапон )?иен\w*|jpy\b",
        "square kilometre": r"шаршы (?:километр|шақырым|км)\w*|км²|км2\b",
        "square metre": r"шаршы метр\w*|ш\. ?м\b|м²|м2\b", "cubic metre": r"текше метр\w*|текшеметр\w*|м³|м3\b",
        "kilometre": r"(?:километр|шақырым)\w*|км\b", "metre": r"метр\w*|м\b(?!\.)", "centimetre": r"сантиметр\w*|см\b",
        "mile": r"миль\w*|миля\w*", "hectare": r"гектар\w*|га\b",
        "kilogram": r"килограмм\w*|кило\b|кг\b", "tonne": r"тонна\w*|т\b(?!\.)", "litre": r"литр\w*",
        "barrel": r"баррел\w*", "degree": r"°|градус\w*",
        "kilowatt": r"киловатт(?!-)\w*|квт\b(?![·-])", "megawatt": r"мегаватт(?!-)\w*|мвт\b(?![·-])",
        "gigawatt": r"гигаватт(?!-)\w*|гвт\b(?![·-])",
        "day": r"(?:күн|тәулі)\w*", "week": r"апта\w*",
        "month": r"ай(?:да|дан|ға|ды|дың|дағы|лық|ы|ын|ында|ынан|мен)?\b",
        "year": r"(?:жыл(?!дам|қ|ы[лн]д|у)|жас(?!ө|т|ыр|а))\w*", "minute": r"минут\w*|мин\b",
    },
}  # fmt: skip
NAMES: Final = {
    "percentage point": _("percentage point"), "per cent": _("per cent"), "per mille": _("per mille"),
    "dollar": _("dollar"), "tenge": _("tenge"), "euro": _("euro"), "rouble": _("rouble"), "pound": _("pound"),
    "yuan": _("yuan"), "yen": _("yen"), "square kilometre": _("square kilometre"), "square metre": _("square metre"),
    "cubic metre": _("cubic metre"), "kilometre": _("kilometre"), "metre": _("metre"), "centimetre": _("centimetre"),
    "mile": _("mile"), "hectare": _("hectare"), "kilogram": _("kilogram"), "tonne": _("tonne"), "litre": _("litre"),
    "barrel": _("barrel"), "degree": _("degree"), "kilowatt": _("kilowatt"), "megawatt": _("megawatt"),
    "gigawatt": _("gigawatt"), "day": _("day"), "week": _("week"), "month": _("month"), "year": _("year"),
    "minute": _("minute"),
}  # fmt: skip
# Their short forms are other words' too (в 1953-м is a year), and what they follow may be a time of day: 15.30 дня.
_UNSURE: Final = frozenset({"metre", "tonne", "minute", "day", "week", "month", "year"})
_SIGNS_BEFORE: Final = re.compile(
    r"(?:(?P<dollar>\$)|(?P<tenge>₸)|(?P<euro>€)|(?P<rouble>₽)|(?P<pound>£)|(?P<yen>¥)) ?$"
)


def unit_before(folded: str, at: int) -> str | None:
    """Return the currency whose sign stands before the figure that begins ``at``."""
    found = _SIGNS_BEFORE.search(folded, max(0, at - 3), at)
    return found.lastgroup if found else None


def unit_after(folded: str, end: int, lang: Lang) -> str | None:
    """Return what the word or sign after the figure, and its magnitude, stands for."""
    pattern, names = _after(lang)
    found = pattern.match(folded, end)
    return names[int(str(found.lastgroup)[1:])] if found else None


def is_named(unit: str, folded: str, lang: Lang) -> bool:
    """Tell whether ``unit`` is named anywhere in ``folded``."""
    return re.search(_UNITS[lang][unit], folded) is not None


@cache
def after_figure(lang: Lang) -> str:
    """Return a pattern for what follows a figure that is an amount: a magnitude or a unit."""
    units = "|".join(word for unit, word in _UNITS[lang].items() if unit not in _UNSURE)
    magnitudes = re.sub(r"\?P<m\d+>", "?:", magnitude_pattern(lang))
    return rf"[ \u00a0-]?(?:(?i:{magnitudes})(?!\w)|(?i:{units}))"


@cache
def _after(lang: Lang) -> tuple[re.Pattern[str], tuple[str, ...]]:
    words = "|".join(f"(?P<u{at}>{word})" for at, word in enumerate(_UNITS[lang].values()))
    return re.compile(rf"(?:-[^\W\d_]{{1,6}} |[ -])?(?:{words})"), tuple(_UNITS[lang])
