"""Numbers in words, enough of them to know that "four-day" answers "4-дневный" and "үш" answers "3".

The lists hold stems; whatever may be a numeral counts as one, since words only ever excuse a difference in figures.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from kzpress.domain import Lang

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    Lang.EN: {
        "0": "zero|nil", "1": "one|once|first|single|a|an", "2": "two|twice|second|both|double|pair|couple|bi",
        "3": "three|third|triple|tri", "4": "four|fourth|quarter", "5": "five|fifth", "6": "six|sixth",
        "7": "seven|seventh", "8": "eight|eighth", "9": "nine|ninth", "10": "ten|tenth|decade",
        "11": "eleven|eleventh", "12": "twelve|twelfth|dozen|noon", "13": "thirteen|thirteenth",
        "14": "fourteen|fourteenth", "15": "fifteen|fifteenth", "16": "sixteen|sixteenth",
        "17": "seventeen|seventeenth", "18": "eighteen|eighteenth", "19": "nineteen|nineteenth",
        "20": "twenty|twentieth|twenties", "30": "thirty|thirtieth|thirties", "40": "forty|fortieth|forties",
        "50": "fifty|fiftieth|fifties", "60": "sixty|sixtieth|sixties", "70": "seventy|seventieth|seventies",
        "80": "eighty|eightieth|eighties", "90": "ninety|ninetieth|nineties",
        "100": "hundred|hundreds|hundredth|centenary",
        "0.5": "half",
    },
    Lang.RU: {
        "0": "нол|нул", "1": "один|одн|перв|едино", "2": "два|две|дву|втор|оба|обе|обо|пара|пару|дваж",
        "3": "три|трех|трем|трет|трое|трой|тремя|триж", "4": "четыр|четвер|четверт", "5": "пять|пяти|пят",
        "6": "шест", "7": "семь|семи|седьм|семью", "8": "восьм|восем", "9": "девят", "10": "десят",
        "11": "одиннадцат", "12": "двенадцат|дюжин|полдень|полдн", "13": "тринадцат", "14": "четырнадцат",
        "15": "пятнадцат", "16": "шестнадцат", "17": "семнадцат", "18": "восемнадцат", "19": "девятнадцат",
        "20": "двадцат", "24": "сутки|суток|сутка|суточн",
        "30": "тридцат", "40": "сорок", "50": "пятьдесят|пятидесят", "60": "шестьдесят|шестидесят",
        "70": "семьдесят|семидесят", "80": "восемьдесят|восьмидесят", "90": "девяност",
        "100": "сто|сот|ста|сотый|сотая|сотое|сотого|сотой|сотую|столет",
        "200": "двести|двухсот|двумст|двумяст|двухст", "300": "триста|трехсот|тремст|тремяст|трехст",
        "400": "четырест|четырехсот|четыремст|четырьмяст|четырехст", "500": "пятьсот|пятисот|пятист|пятьюст",
        "600": "шестьсот|шестисот|шестист|шестьюст", "700": "семьсот|семисот|семист|семьюст",
        "800": "восемьсот|восьмисот|восьмист|восемьюст", "900": "девятьсот|девятисот|девятист|девятьюст",
        "0.5": "полов", "1.5": "полтор|полутор",
    },
    Lang.KK: {
        "0": "нөл", "1": "бір|жалғыз", "2": "екі|екеу|қос", "3": "үш", "4": "төрт", "5": "бес",
        "6": "алты|алтау", "7": "жеті|жетеу", "8": "сегіз", "9": "тоғыз",
        "10": "он|оны|онға|онда|оннан|онның|онмен|ондаған|оныншы|онжыл",
        "20": "жиырма", "24": "тәулі",
        "30": "отыз", "40": "қырық|қырқ", "50": "елу", "60": "алпыс", "70": "жетпіс", "80": "сексен",
        "90": "тоқсан", "100": "жүз", "0.5": "жарты", "1.5": "жарым",
    },
}  # fmt: skip

# Words that too many others begin with: сто-рона, сот-рудник, он-ың.
_WHOLE: Final = frozenset(
    {"сто", "ста", "сот", "сотый", "пара", "пару", "оба", "обе", "обо", "он", "оны", "онға", "онда", "оннан"}
)

_MAGNITUDES: Final[dict[Lang, dict[int, str]]] = {
    Lang.EN: {
        3: "thousand|thousands|thousandth|k",
        6: "million|millions|mln|mn|m",
        9: "billion|billions|bn|bln",
        12: "trillion|trillions|trn|tn",
    },
    Lang.RU: {3: r"тыс\.?|тысяч\w*", 6: r"млн\.?|миллион\w*", 9: r"млрд\.?|миллиард\w*", 12: r"трлн\.?|триллион\w*"},
    Lang.KK: {3: r"мың\w*", 6: r"млн\.?|миллион\w*", 9: r"млрд\.?|миллиард\w*", 12: r"трлн\.?|триллион\w*"},
}

_ROMAN: Final = re.compile(r"(?<!\w)[IVXLC]+(?!\w)")
_ROMAN_LOOK_ALIKES: Final = str.maketrans("ХІ", "XI")  # Cyrillic keyboards have the one, Kazakh ones both
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_IN_A_NAME: Final = re.compile(r"[^\W\d_](\d{1,9})(?!\d)")  # COP29 may be called КС-29
_TOKEN: Final = re.compile(r"[^\W\d_]+")
_LINKS: Final = frozenset({"and", "и", "мен"})


@cache
def magnitude_pattern(lang: Lang) -> str:
    """Return a regular expression for a word such as "million" in folded text of ``lang``, a group a magnitude."""
    return "|".join(f"(?P<m{power}>{words})" for power, words in _MAGNITUDES[lang].items())


def worded(text: str, folded: str, lang: Lang) -> frozenset[Decimal]:
    """Return every value that words, Roman numerals or names such as G20 may stand for; ``folded`` is the fold."""
    values = [_roman(match[0]) for match in _ROMAN.finditer(text.translate(_ROMAN_LOOK_ALIKES))]
    values += [Decimal(match[1]) for match in _IN_A_NAME.finditer(folded)]
    run = last = Decimal(0)  # the number the words have made so far, "two hundred and five"; the word before
    for token in _TOKEN.findall(folded):
        magnitude = _magnitude(token, lang)
        readings = (magnitude,) if magnitude is not None else _values(token, lang)
        values += readings
        if readings:
            value = readings[-1]
            if magnitude is not None or (value == 100 and 1 < run < 10):
                run = (run or Decimal(1)) * value
            else:
                run = run + value if value < last else value
            last = value
            values.append(run)
        elif token not in _LINKS:
            run = last = Decimal(0)
    return frozenset(values)


@cache
def _words(lang: Lang) -> dict[str, list[tuple[str, str, bool]]]:
    """Return by its first letter each word for a number, with its value and whether it may have an ending."""
    words: dict[str, list[tuple[str, str, bool]]] = {}
    for value, written in _WORDS[lang].items():
        for word in written.split("|"):
            words.setdefault(word[0], []).append((word, value, lang is not Lang.EN and word not in _WHOLE))
    return words


@lru_cache(maxsize=1 << 16)
def _values(token: str, lang: Lang) -> tuple[Decimal, ...]:
    """Return what ``token`` may mean, the likeliest last: пятьдесят begins with пять, and means 50."""
    found = [
        (len(word), Decimal(value))
        for word, value, inflects in _words(lang).get(token[0], ())
        if token == word or (inflects and token.startswith(word))
    ]
    return tuple(value for _, value in sorted(found))


@lru_cache(maxsize=1 << 16)
def _magnitude(token: str, lang: Lang) -> Decimal | None:
    match = re.fullmatch(magnitude_pattern(lang), token)
    return Decimal(10) ** int(str(match.lastgroup)[1:]) if match else None


def _roman(numeral: str) -> Decimal:
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return Decimal(sum(-value if value < after else value for value, after in zip(values, following, strict=True)))
