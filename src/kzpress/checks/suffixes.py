"""Suffixes on figures, abbreviations and quotations: 6-шы, млн-ға, ЮНЕСКО-ның, «Астана»ның; 5-й; 21st.

Kazakh suffixes sound with the word that is read: 6-шы (алтыншы), 7-ші (жетінші), 40-қа (қырыққа).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from kzpress.checks.pair import Flaw, Pair, Rule, mended, told
from kzpress.domain import Lang

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FRONT: Final = frozenset("әөүіеэ")
_BACK: Final = frozenset("аоұыяёю")
# What a case is, back and front, after a vowel, a nasal, a sonorant, з and ж, and any other consonant.
_SOUNDS: Final = ("аәоөұүыіеэяё", "мнң", "лрйиу", "зж")
_CASES: Final = tuple(
    tuple(tuple(forms.split()) for forms in row.split("|"))
    for row in (
        "ның нің|ның нің|дың дің|дың дің|тың тің",
        "ға ге|ға ге|ға ге|ға ге|қа ке",
        "ны ні|ды ді|ды ді|ды ді|ты ті",
        "да де|да де|да де|да де|та те",
        "дағы дегі|дағы дегі|дағы дегі|дағы дегі|тағы тегі",
        "дан ден|нан нен|дан ден|дан ден|тан тен",
        "мен мен|мен мен|мен мен|бен бен|пен пен",
    )
)
# What follows "one of them" (бірі) and "the first" (бірінші), back and front.
_OF_THEM: Final = (
    ("", ""),
    ("н", "н"),
    ("на", "не"),
    ("нда", "нде"),
    ("ндағы", "ндегі"),
    ("нан", "нен"),
    ("ның", "нің"),
)
_NTH: Final = (("", ""), ("ға", "ге"), ("ны", "ні"), ("да", "де"), ("дағы", "дегі"), ("дан", "ден"), ("ның", "нің"))

_READ: Final = {
    "0": "нөл", "1": "бір", "2": "екі", "3": "үш", "4": "төрт", "5": "бес", "6": "алты", "7": "жеті", "8": "сегіз",
    "9": "тоғыз", "10": "он", "20": "жиырма", "30": "отыз", "40": "қырық", "50": "елу", "60": "алпыс", "70": "жетпіс",
    "80": "сексен", "90": "тоқсан", "%": "пайыз", "млн": "миллион", "млрд": "миллиард", "трлн": "триллион",
}  # fmt: skip
_ROUND: Final = ("жүз", "мың", "мың", "мың", "миллион", "миллион", "миллион", "миллиард")  # by zeros, from two up

_SUFFIX: Final = r"(?P<suffix>[а-яәғқңөұүһі]+)(?![\w-])"
_ON_FIGURE: Final = re.compile(
    rf"(?<![\w.,:/+-])(?P<figure>\d+(?:[ \u00a0]\d{{3}})*(?:,\d+)?)(?P<joint> ?%-|-){_SUFFIX}"
    rf"|(?<=\d[ \u00a0])(?P<magnitude>млн|млрд|трлн)-{_SUFFIX.replace('suffix', 'suffix2')}"
)
_ON_ABBREVIATION: Final = re.compile(
    rf"(?<![\w-])(?P<read>[А-ЯӘҒҚҢӨҰҮҺІ]+[АОҰӘӨҮЭЕ]|[A-Z][A-Za-z]*[b-hj-np-z][ao])-{_SUFFIX}"
)
_ON_QUOTATION: Final = re.compile(rf"(?<![^\W\d_])(?P<read>[^\W\d_]+)[»”]-?{_SUFFIX}")
# Words whose harmony no one doubts: vowels of one row and a native letter, or a last vowel.
_SURE: Final = re.compile(r"(?=.*(?:[қғңұ]|[аы]$))[^еёиуэюяәөүі]+|(?=.*(?:[әөүі]|е$))[^аёиоуыэюяұқғ]+")
_LATIN: Final = str.maketrans({"a": "а", "o": "о"})

_RUSSIAN: Final = re.compile(r"(?<![\w.,:/+-])(?P<figure>\d+)-[ыиоеая](?P<ending>й|го|му|м|я|е|х|ми)(?![\w-])")
_ENGLISH: Final = re.compile(r"(?<![\w.,:/+-])(?P<figure>\d+)(?P<ending>st|nd|rd|th)(?!\w)")


def suffixes(pair: Pair) -> Flaw | None:
    """Say which suffixes do not sound with what they stand on, or are not so written, or return None."""
    text, written = mended(pair.target, _RULES[pair.target_lang])
    return Flaw(message=told(written), fix=text) if written else None


def _on_figure(found: re.Match[str]) -> str:
    suffix = found["suffix"] or found["suffix2"]
    word = _READ[found["magnitude"]] if found["magnitude"] else _word(found["figure"])
    if "%" in (found["joint"] or ""):
        word = _READ["%"]
    return found[0].removesuffix(suffix) + _fitting(word).get(suffix, suffix)


def _on_abbreviation(found: re.Match[str]) -> str:
    sound = found["read"][-1].lower().translate(_LATIN)
    return f"{found['read']}-{_fitting(sound).get(found['suffix'], found['suffix'])}"


def _on_quotation(found: re.Match[str]) -> str:
    """Put right the harmony alone: whether a name is possessed (жолы: жолына) is not seen."""
    read, suffix = found["read"].lower(), found["suffix"]
    cases = {form: row for row in _CASES for pair in row for form in pair}
    if not _SURE.fullmatch(read) or suffix not in cases:
        return found[0]
    right = next(pair[_is_front(read)] for pair in cases[suffix] if suffix in pair)
    return found[0].removesuffix(suffix) + right


def _russian(found: re.Match[str]) -> str:
    return f"{found['figure']}-{found['ending']}"


def _english(found: re.Match[str]) -> str:
    figure = found["figure"]
    teen = len(figure) > 1 and figure[-2] == "1"
    return figure + ("th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(figure[-1], "th"))


_RULES: Final = {
    Lang.EN: (Rule(pattern=_ENGLISH, write=_english),),
    Lang.RU: (Rule(pattern=_RUSSIAN, write=_russian),),
    Lang.KK: (
        Rule(pattern=_ON_FIGURE, write=_on_figure),
        Rule(pattern=_ON_ABBREVIATION, write=_on_abbreviation),
        Rule(pattern=_ON_QUOTATION, write=_on_quotation),
    ),
}


def _word(figure: str) -> str:
    """Return the last word of a figure as it is read: 2,5 as бес, 140 as қырық, 2000 as мың."""
    digits = re.sub(r"\D", "", figure.rpartition(",")[2]).lstrip("0")
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros > 1:
        return _ROUND[min(zeros - 2, len(_ROUND) - 1)]
    return _READ[digits[-1 - zeros :] or "0"]


@cache
def _fitting(word: str) -> Mapping[str, str]:
    """Return every suffix, well or ill sounding, with the one that sounds with ``word``."""
    front, last = _is_front(word), word[-1]
    sound = next((at for at, letters in enumerate(_SOUNDS) if last in letters), len(_SOUNDS))
    right = {form: row[sound][front] for row in _CASES for pair in row for form in pair}
    right |= dict(_possessed(("сы", "сі") if sound == 0 else ("ы", "і"), front))
    return right | dict(_nth(front))


def _possessed(stems: tuple[str, str], front: bool) -> Iterator[tuple[str, str]]:  # noqa: FBT001
    for ending in _OF_THEM:
        for stem in ("ы", "і", "сы", "сі"):
            for form in ending:
                yield stem + form, stems[front] + ending[front]


def _nth(front: bool) -> Iterator[tuple[str, str]]:  # noqa: FBT001
    for ending in _NTH:
        for stem in ("шы", "ші"):
            for form in ending:
                yield stem + form, ("шы", "ші")[front] + ending[front]


def _is_front(word: str) -> bool:
    vowel = next((letter for letter in reversed(word) if letter in _FRONT | _BACK), "а")
    return vowel in _FRONT
