"""Compares spellings of people's names, within a language and between two, whatever their endings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang
from kzpress.text import is_cyrillic

if TYPE_CHECKING:
    from collections.abc import Container

_UPPER: Final = "A-ZА-ЯЁӘҒҚҢӨҰҮІҺ"
_WORD: Final = rf"[{_UPPER}][\w’'-]*\w"
# An initial or two and a surname: К. Токаев, К.-Ж. Токаев, Zh.Turmagambetova; not the U.S. Senate.
_INITIALED: Final = re.compile(
    rf"(?<![\w.])((?!U\.\s?[SNK]\.)[{_UPPER}](?:h|e|u|a|s)?\.(?:\s?-?\s?[{_UPPER}][hs]?\.)?)\s?({_WORD})"
)
_RUN: Final = re.compile(rf"(?<!\w){_WORD}(?: {_WORD}){{1,3}}")
_TITLES: Final = re.compile(
    r"\b(?:president|minister|ambassador|chair(?:man|woman|person)|secretary|director|commissioner|mr|ms|mrs|deputy"
    r"|президент|министр|пос(?:ол|ла|лу|лом|ле)|председател|секретар|директор|депутат|госпож|господин|аким|комиссар"
    r"|елші|төраға|хатшы|әкім|мырза|ханым|депутат|уәкіл)\w*",
    re.IGNORECASE,
)
_REACH: Final = 60  # characters before a name in which its bearer's office stands
# What capitalised words after an office are when they are nobody: of the Islamic Republic, Future Growth Project.
_NOBODY: Final = re.compile(
    r"\b(?:republic|kingdom|region|city|project|council|union|university|foundation|forum|fund|bank|committee|group"
    r"|республик|королевств|облас|город|союз|совет|университет|фонд|форум|банк|комитет|проект|акционер"
    r"|кеңес|одағ|облыс|қала|қор[ыд]|комитет)\w*",
    re.IGNORECASE,
)
_NO_NAME_AFTER: Final = re.compile(r"\b(?:the|an?|of|in|on|at|for|its|their|our|this)\s$", re.IGNORECASE)
_LONG: Final = 5  # letters; without small words as long, capitals tell nothing: Deputy Minister Visits Kostanay
# Surnames that the three languages transliterate letter by letter; others are rendered by ear (Sjöström, Шестрем).
_LETTER_BY_LETTER: Final = re.compile(
    r"\w{2,}(?:[eo]va?|ina?|sk(?:y|iy|aya)|ba[iy]|bek|khan|uly|kyzy)$"
    r"|\w{2,}(?:[оеё]в|ин|ск|бай|бек|хан|улы|ұлы|кызы|қызы)(?:[аеуы]|[иы]й|ая|ую|[иы]м|о[йм]|о[гм][оу]"
    r"|[ндт][ыі]ң?|[гқғк][ае]|[дт][ае]|н[ае]н|[мбп]ен)?$",
    re.IGNORECASE,
)

# Letters that one spelling of a name has and another has not: Kazakh and Russian, English after its digraphs.
_KAZAKH: Final = str.maketrans("қғәөүұіңһё", "кгаоууинхе")
_ENGLISH: Final = tuple(
    (re.compile(found), put)
    for found, put in (
        (r"[’'`-]", ""),
        ("shch|sch", "sh"),
        ("kh", "h"),
        ("dzh|zh", "j"),
        ("q", "k"),
        ("w", "v"),
        ("ff$", "v"),
        ("ph", "f"),
        ("ou|oo", "u"),
        (r"(?<![aeiou])y(?![aeiou])", "i"),
        (r"^[yj]e|(?<=[aeiou])ye|ie", "e"),
        ("iy|ii|ij", "i"),
        ("iya|ya|ia", "a"),
        ("y", "i"),
        (r"(.)\1", r"\1"),
    )
)
_ENDINGS: Final = {
    Lang.EN: re.compile(r"(?:['’]s?)?"),
    Lang.RU: re.compile(r"(?:а|у|ы|е|я|ю|и|ой|ей|ий|ый|ом|ем|ым|им|ого|его|ому|ему|ая|ую|ых|их)?"),
    Lang.KK: re.compile(
        r"(?:[нтд][ыи]н|[гк][ае]|н[ае]|[нтд][ыи]|[тд][ае]н?|н[ае]н|[мпб]ен|[тд][ае]г[ыи](?:\w{0,3})|л[ае]р\w{0,4})?"
    ),
}
# Consonants as all three alphabets can tell them apart; vowels, й and plain h are dropped.
_CONSONANTS: Final = str.maketrans(
    "бвгғдждзклмнңпрстфхһцчшщқ",
    "bvggdjdzklmnnprstfkkTcssk",
)
_LATIN_CONSONANTS: Final = tuple(
    (re.compile(found), put)
    for found, put in (
        ("shch|sch|sh", "S"),
        ("dzh|zh|dj|j", "J"),
        ("kh|ck|qu?|x", "k"),
        ("gh", "g"),
        ("tch|ch", "C"),
        ("ts|tz", "T"),
        ("ph|ff", "f"),
        ("w", "v"),
    )
)
_SUFFIXES: Final = {
    Lang.EN: frozenset({"", "s"}),
    Lang.RU: frozenset({"", "m", "k", "g", "j"}),
    Lang.KK: frozenset({"", "nn", "dn", "tn", "g", "k", "n", "d", "t", "mn", "pn", "bn", "dg", "tg", "lr"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person named at [start, end): ``given`` name or initial as it stands there, ``surname`` in whatever case."""

    start: int
    end: int
    given: str
    surname: str


def people(text: str, taken: Container[int]) -> Iterator[Person]:
    """Yield people named with an initial, or with given name and surname after an office.

    What is ``taken``, by offset, belongs to other names.
    """
    seen: set[int] = set()
    for found in _INITIALED.finditer(text):
        if found.start(2) not in taken and not found[2].isupper():
            seen.update(range(*found.span()))
            yield Person(start=found.start(), end=found.end(), given=found[1], surname=found[2])
    if not any(word.islower() and len(word) >= _LONG for word in text.split()):
        return
    for run in _RUN.finditer(text):
        words = list(re.finditer(_WORD, run[0]))
        titles = [
            i for i, word in enumerate(words) if _TITLES.fullmatch(word[0]) or run.start() + word.start() in taken
        ]
        words = words[titles[-1] + 1 :] if titles else words
        if len(words) not in {2, 3} or any(word[0].isupper() for word in words) or _NOBODY.search(run[0]):
            continue
        start = run.start() + words[0].start()
        reach = text[max(0, start - _REACH) : start]
        ends = re.search(r"[.!?]\s", reach[-3:]) or _NO_NAME_AFTER.search(reach)
        if start not in seen and _TITLES.search(reach) and not ends:
            yield Person(start=start, end=run.end(), given=words[0][0], surname=words[-1][0])


@lru_cache(maxsize=1 << 14)
def folded(name: str, lang: Lang) -> str:
    """Return ``name`` as all its spellings in ``lang`` have it: Тоқаев and Токаев, Yerlan and Erlan are one."""
    name = name.lower()
    if lang is not Lang.EN:
        return name.translate(_KAZAKH)
    name = re.sub(r"['’]s?$", "", name)
    for pattern, put in _ENGLISH:
        name = pattern.sub(put, name)
    return name


def differ(one: str, other: str, lang: Lang) -> bool:
    """Tell whether two words are one name in two spellings, endings apart."""
    a, b = folded(one, lang), folded(other, lang)
    if lang is Lang.EN:
        return a == b and _bare(one) != _bare(other)
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    endings = _ENDINGS[lang]
    while at >= 4 and not (endings.fullmatch(a[at:]) and endings.fullmatch(b[at:])):
        at -= 1
    if at < 4:
        return False
    return one[:at].lower().replace("ё", "е") != other[:at].lower().replace("ё", "е")


def is_letter_by_letter(surname: str) -> bool:
    """Tell whether a surname is one of those whose spelling in one language gives that in the others."""
    return _LETTER_BY_LETTER.fullmatch(surname) is not None


def same(one: str, other: str, langs: tuple[Lang, Lang]) -> bool:
    """Tell whether words of two languages may be one name, by their consonants."""
    return any(a == b for a in _stems(one, langs[0]) for b in _stems(other, langs[1]))


def near(one: str, other: str, langs: tuple[Lang, Lang]) -> bool:
    """Tell whether words of two languages differ in one consonant, as a misspelt name does."""
    return any(
        len(a) >= 4 and len(b) >= 4 and a[0] == b[0] and a != b and _one_apart(a, b)
        for a in _stems(one, langs[0])
        for b in _stems(other, langs[1])
    )


def compatible(one: str, other: str) -> bool:
    """Tell whether two given names or initials of one language or two may be one person's."""
    a, b = _first(one), _first(other)
    return not a or not b or a == b


def words(text: str) -> Iterator[re.Match[str]]:
    """Yield the capitalised words of ``text``."""
    return re.finditer(rf"(?<!\w){_WORD}", text)


def _bare(name: str) -> str:
    return re.sub(r"['’]s?$", "", name).lower().replace("’", "'")


def _first(given: str) -> str:
    consonants = _consonants(given)
    return consonants[:1] if given[:1].lower() not in "aeiouyаеёиоуыэюяәіөүұй" else ""


@lru_cache(maxsize=1 << 14)
def _stems(word: str, lang: Lang) -> tuple[str, ...]:
    """Return the consonants of ``word``, with and without what may be an ending."""
    consonants = _consonants(word)
    return tuple(
        dict.fromkeys(
            consonants.removesuffix(suffix) if suffix else consonants
            for suffix in _SUFFIXES[lang]
            if consonants.endswith(suffix)
        )
    )


def _consonants(word: str) -> str:
    lowered = re.sub(r"['’]s?$", "", word.lower())
    if not any(is_cyrillic(ch) for ch in lowered):
        lowered = "".join(ch for ch in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(ch))
    if any("a" <= ch <= "z" for ch in lowered):
        for pattern, put in _LATIN_CONSONANTS:
            lowered = pattern.sub(put, lowered)
        lowered = re.sub(r"[^bcdfgklmnprstvzJSCT]", "", re.sub(r"(.)\1", r"\1", lowered))
        return lowered.replace("J", "j").replace("S", "s").replace("c", "k").replace("C", "c").replace("T", "ts")
    lowered = re.sub(r"(.)\1", r"\1", lowered.replace("дж", "ж"))
    return re.sub(r"[^bcdfgjklmnprstvzT]", "", lowered.translate(_CONSONANTS)).replace("T", "ts")


def _one_apart(a: str, b: str) -> bool:
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
