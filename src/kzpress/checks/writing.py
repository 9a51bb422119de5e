"""How a translation is written: spaces, punctuation, figures, words said twice, headlines."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kzpress.checks.pair import Flaw, Pair, Rule, mended, told
from kzpress.checks.units import after_figure
from kzpress.domain import BlockKind, Lang
from kzpress.speech import _
from kzpress.text import fold

_GAP: Final = "[ \u00a0\u202f]"
_SPACING: Final = (
    Rule(pattern=re.compile(rf"(?<=\S){_GAP}{{2,}}(?=\S)"), write=lambda _: " "),
    Rule(pattern=re.compile(rf"(?<=[\w»”\")]){_GAP}(?=[,;!?](?:\s|$))"), write=lambda _: ""),
    Rule(pattern=re.compile(rf"(?<=[^\W\d_]){_GAP}(?=[.:](?:\s|$))"), write=lambda _: ""),
    Rule(pattern=re.compile(rf"(?<=[«„(\[]){_GAP}(?=[\w«„“])"), write=lambda _: ""),
    Rule(pattern=re.compile(rf"(?<=[\w.!?…»“”]){_GAP}(?=[»)\]])"), write=lambda _: ""),
    Rule(pattern=re.compile(r"(?<=[^\W\d_]{2}),(?=[^\W\d_]{2})"), write=lambda _: ", "),
)
_PUNCTUATION: Final = (
    Rule(pattern=re.compile(r"([,;:])(?:\s?\1)+(?=\s|$)"), write=lambda found: found[1]),
    Rule(pattern=re.compile(r"(?<![.…!?])\.\.(?![.…])"), write=lambda _: "."),
    Rule(pattern=re.compile(r"[,;:]\.(?=\s|$)"), write=lambda _: "."),
    Rule(pattern=re.compile(r",[;:](?=\s|$)"), write=lambda found: found[0][1]),
    # Names of parties are joined by a hyphen at times: «Казахстан - ЕС».
    Rule(pattern=re.compile(r"(?<=[^\W\d_] )--?(?= [a-zа-яёәғқңөұүһі])|(?<=, )--?(?= [^\W\d_])"), write=lambda _: "–"),
)

# Words that may follow themselves: reduplication in Kazakh, and what grammar or usage asks for.
_TWICE: Final = re.compile(r"(?<![\w’'.-])([^\W\d_]+) (\1)(?![\w’'-]|\.[^\W\d_])", re.IGNORECASE)
_TWICE_IS_RIGHT: Final = {
    Lang.EN: frozenset({"had", "that", "is", "do", "very", "so", "no", "many", "long", "far", "who", "names"}),
    Lang.RU: frozenset({"еле", "чуть", "так", "да", "нет", "ну", "вот", "как", "то", "все", "не", "он", "она"}),
}
# Of Kazakh words only those are told of that are never said twice running: "бара бара" may be meant.
_NEVER_TWICE: Final = frozenset(
    {"және", "үшін", "туралы", "бойынша", "арқылы", "бірақ", "деп", "дейін", "жөніндегі", "жөнінде", "немесе"}
    | {"осы", "сол", "бұл", "болып", "бар", "ретінде", "сияқты", "байланысты", "қатысты", "арасындағы", "арасында"}
    | {"атты", "жылғы", "жылы", "мен", "пен", "бен"}
)

_STOP: Final = re.compile(r"(?<![.!?…])\.\.?$")
_ABBREVIATED: Final = re.compile(r"(?:^|[\s«“(])(?:[^\W\d_]{1,3}|\w+\.\w+|[^\W\d_]*[A-ZА-ЯЁӘҒҚҢӨҰҮІ])\.$")
_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*")
_TITLE_WORDS: Final = 5  # fewer may all be names
_TITLE_SHARE: Final = 0.8


def spacing(pair: Pair) -> Flaw | None:
    """Say where spaces are too many, too few or on the wrong side of a sign, or return None."""
    return _written(pair, _SPACING)


def punctuation(pair: Pair) -> Flaw | None:
    """Say where signs of punctuation crowd, or a hyphen stands between words for a dash, or return None.

    A hyphen that the source has in the same role is the house's own dash, and English copy has it so anyway.
    """
    hyphened = pair.target_lang is Lang.EN or " - " in pair.source
    return _written(pair, _PUNCTUATION[:-1] if hyphened else _PUNCTUATION)


def figures(pair: Pair) -> Flaw | None:
    """Say which amounts are written as another language writes them, or return None: 12,5 % is 12.5% in English."""
    return _written(pair, _figure_rules(pair.target_lang))


def twice(pair: Pair) -> Flaw | None:
    """Say which short word stands twice running, or return None; names may (Roa Roa), as may what the source has so."""
    if _TWICE.search(pair.source):
        return None
    rule = Rule(pattern=_TWICE, write=lambda found: found[0] if _may_be_twice(found, pair) else found[1])
    return _written(pair, (rule,))


def headline(pair: Pair) -> Flaw | None:
    """Say what a headline is written with that headlines are not, or return None: a full stop, Capitals On Each Word.

    Capitals are told of in Russian and Kazakh, which have none of that kind.
    """
    text = pair.target.rstrip()
    if pair.kind is not BlockKind.HEADLINE:
        return None
    stops = _STOP.search(text) is not None and not _ABBREVIATED.search(text)
    if stops and not pair.source.rstrip().endswith(".") and ". " not in text:
        return Flaw(message=_("a headline ends without a full stop"), fix=text.rstrip("."))
    words = _WORD.findall(text)[1:]
    capitals = [word for word in words if word[0].isupper() and not word.isupper()]
    if pair.target_lang is Lang.EN or len(words) < _TITLE_WORDS or len(capitals) < _TITLE_SHARE * len(words):
        return None
    return Flaw(message=_("a headline in English capitals: {words} …", words=" ".join(words[:4])))


def _written(pair: Pair, rules: tuple[Rule, ...]) -> Flaw | None:
    fix, written = mended(pair.target, rules)
    return Flaw(message=told(written), fix=fix) if written else None


def _may_be_twice(found: re.Match[str], pair: Pair) -> bool:
    word = fold(found[1])
    if len(word) == 1 and found.string[found.end() :].startswith("."):  # с С. Жапаровым
        return True
    if pair.target_lang is Lang.KK:
        return word not in _NEVER_TWICE
    is_name = found[1][0].isupper() and found[2][0].isupper()
    return is_name or word in _TWICE_IS_RIGHT[pair.target_lang]


@cache
def _figure_rules(lang: Lang) -> tuple[Rule, ...]:
    """Return what to write for amounts, which a sign or a word such as "million" tells from sections and versions."""
    unit, edge = after_figure(lang), r"(?<![\w.,/:+-])"
    if lang is Lang.EN:
        grouped = rf"{edge}(?<!\d[ \u00a0])[1-9]\d{{0,2}}(?:[ \u00a0]\d{{3}})+(?:,\d+)?(?={unit})"
        decimal = rf"(?:{edge}|(?<=[$€£₸₽]))\d+,\d{{1,2}}(?!\d)(?={unit})"
        table = str.maketrans({" ": ",", "\u00a0": ",", ",": "."})
    else:
        grouped = rf"{edge}[1-9]\d{{0,2}}(?:(?:,\d{{3}}){{2,}}(?:\.\d+)?|(?:,\d{{3}})+\.\d+)(?![.,]?\d)"
        decimal = rf"(?:{edge}|(?<=[$€£₸₽]))\d+\.\d{{1,2}}(?!\d)(?={unit})"
        table = str.maketrans({",": " ", ".": ","})
    return tuple(
        Rule(pattern=re.compile(pattern), write=lambda found: found[0].translate(table))
        for pattern in (grouped, decimal)
    )
