"""Writes a name that a model left in two alphabets whole, by rule from the source: Nurпеисова is Nurpeisova.

Names go into English as the authorities of Kazakhstan write them (Тоқаев and Токаев are Tokayev), into Cyrillic
letters by sound as far as rules go. The model's Kazakh letters and its ending are kept. A common word, a word of the
source with an ending set to it (Twitterде) and what no word of the source explains are left for the checks to tell of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from kzpress.domain import Lang
from kzpress.text import is_cyrillic

_SEAM: Final = re.compile("[a-z\u00c0-\u024f][\u0400-\u052f]|[\u0400-\u052f][a-z\u00c0-\u024f]", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_ROMAN: Final = re.compile("[IVXLCDMІХСМ]+")
_LAST: Final = re.compile("[\u0400-\u052f]+$")
_LIKE: Final = 0.75  # of two spellings of one name in one alphabet, 1 for the same
_HEAD: Final = re.compile(r"(?:^|[.!?:;…]\W+)\W*([^\W\d_]+)(?! [A-ZА-ЯЁӘҒҚҢӨҰҮІ])")  # a common word has a capital there
_SHORTEST: Final = 4  # letters of a name: shorter ones are like anything
_LONGEST: Final = 40  # of a word that is compared, which takes the square of them
_SURELY: Final = 0.8  # where the first letters differ
_TITLE: Final = (5, 0.6)  # words, and the share of them: where as many and more have capitals, those tell no names

# Found and put, in this order, then letter by letter; checked against the names in human translations.
_TO_ENGLISH: Final = tuple(
    (re.compile(found), put)
    for found, put in (
        (r"\bе|(?<=[аәеёиоөуұүыіэюяйьъ])е", "ye"),
        (r"[иы]й\b", "y"),
        (r"(?<=[аәеоөуы])й", "i"),
        ("дж", "j"),
        ("пх", "ph"),
    )
)
_ENGLISH: Final = str.maketrans(
    {"ъ": "", "ь": ""}
    | dict(
        zip(
            "аәбвгғдеёжзийіклқмнңоөпрстуұүфхһцчшщыэюя",
            re.split(" ", "a a b v g g d e yo zh z i y i k l k m n n o o p r s t u u u f kh h ts ch sh shch y e yu ya"),
            strict=True,
        )
    )
)
_TO_CYRILLIC: Final = tuple(
    (re.compile(found), put)
    for found, put in (
        (r"sk(?:y|iy|i)\b", "ский"),
        ("igh", "ай"),
        (r"\bmc", "мак"),
        ("oh(?=n)", "о"),
        ("shch", "щ"),
        ("tsch|tch|ch", "ч"),
        ("sch|sh", "ш"),
        ("zh", "ж"),
        ("kh", "х"),
        ("ph", "ф"),
        ("gh", "г"),
        ("th", "т"),
        ("wh|w", "в"),
        ("qu", "кв"),
        ("ck|q", "к"),
        ("x", "кс"),
        ("dzh|j", "дж"),
        ("ts", "ц"),
        ("c(?=[eiy])", "с"),
        ("c", "к"),
        ("ee|ea", "и"),
        ("oo", "у"),
        (r"\b[yj]e|(?<=[aeiou])ye", "е"),
        ("yu", "ю"),
        ("iya", "ия"),
        (r"ia\b", "ия"),
        ("ya", "я"),
        ("(?<=[aeou])[yi]", "й"),
        (r"(?<=[^\Waeiou])y(?=[^\Waeiou])", "ы"),
        ("y", "и"),
    )
)
_RUSSIAN: Final = str.maketrans("abdefghijklmnoprstuvz", "абдефгхижклмнопрстувз")
_PLAIN: Final = str.maketrans("қғәөұүіңһ", "кгаоууинх")  # Kazakh names in Russian
_FOLDED: Final = str.maketrans("қғәөұүіңһёэ", "кгаоууинхее")
_ENDINGS: Final = {
    Lang.RU: re.compile(r"а|у|ы|е|я|ю|и|о[йюемв]|е[йюмв]|ами?|ах|ям[и]?|ях|[ыи][мхй]|ого|ему|ому|его|ими|ыми|ая|ую"),
    Lang.KK: re.compile(
        r"[нтд][ыі]ң|[гқғк][ае]|н[ае]|[нтд][ыі]|[тд][ае]н?|н[ае]н|[мпб]ен|[тд][ае]ғ[ыі]\w{0,3}|[лдт][ае]р\w{0,4}"
        r"|с?[ыі](?:н\w{0,3})?|лық|лік"
    ),
    Lang.EN: re.compile(r"a|y|s"),  # what a model makes of the endings of a name that it copies
}
# Ends of surnames in a case, which English has not; -ова and -ина may be a woman's.
_IN_A_CASE: Final = re.compile(
    r"(?:(?<=\w[стм]он)|(?<=\wман)|(?<=\wберг)|(?<=\wард)|(?<=\wфорд)|(?<=\w[дтл]ер))(?:а|у|ом|е)$|(?:(?<=\w[оеё]в)|(?<=\wин))ым$"
)
_OF_A_WOMAN: Final = re.compile(r"(?:(?<=\w[оеё]в)|(?<=\wин))ой$")
_OPEN: Final = frozenset("аяйьо")  # what the endings of a Russian name take the place of: Шардара, Шардары


class Spelt(NamedTuple):
    """A word that was written anew: as the model had it, as it stands now, and the source's word it is from."""

    wrong: str
    right: str
    original: str


def spell_names(source: str, target: str, langs: tuple[Lang, Lang]) -> tuple[str, tuple[Spelt, ...]]:
    """Return ``target`` without names in two alphabets that ``source`` explains, and what was written in their place.

    ``langs`` are those of ``source`` and ``target``.
    """
    if target.isascii() or not _SEAM.search(target):
        return target, ()
    names = _names(source)
    kept = {word.lower() for word in _WORD.findall(source)}
    spelt: dict[str, Spelt] = {}

    def put(found: re.Match[str]) -> str:
        word = found[0]
        if word in spelt:
            return spelt[word].right
        one = _spelt(word, names, langs) if _is_mixed(word) and word.lower() not in kept else None
        if one is None:
            return word
        spelt[word] = one
        return one.right

    return _WORD.sub(put, target), tuple(spelt.values())


def to_english(word: str) -> str:
    """Return a Kazakh or Russian ``word`` in small English letters; English ones stay."""
    word = word.lower()
    for pattern, put in _TO_ENGLISH:
        word = pattern.sub(put, word)
    return word.translate(_ENGLISH)


def to_cyrillic(word: str) -> str:
    """Return an English ``word`` in small Russian letters; Cyrillic ones stay."""
    word = word.lower()
    for pattern, put in _TO_CYRILLIC:
        word = pattern.sub(put, word)
    return word.translate(_RUSSIAN)


def _names(source: str) -> list[str]:
    """Return what may be names among the words of ``source``; none where all words have capitals.

    The first word of a sentence is one where it stands elsewhere, too, or another capital follows.
    """
    heads = [found[1] for found in _HEAD.finditer(source)]
    words = [word for word in _WORD.findall(source) if _SHORTEST <= len(word) <= _LONGEST]
    names = [word for word in words if word[0].isupper() and words.count(word) > heads.count(word)]
    is_title = len(words) >= _TITLE[0] and len(names) >= _TITLE[1] * len(words)
    return [] if is_title else list(dict.fromkeys(names))


def _is_mixed(word: str) -> bool:
    """Tell whether ``word`` is in two alphabets, no numeral, and not put together of two: АКИpress, ДосболLIKE."""
    is_one = (word[1:].islower() or word.isupper()) and _SHORTEST <= len(word) <= _LONGEST
    return is_one and _SEAM.search(word) is not None and not _ROMAN.fullmatch(word)


def _spelt(word: str, names: Sequence[str], langs: tuple[Lang, Lang]) -> Spelt | None:
    """Return ``word`` as the name of the source is written that is most like it, or None if none is."""
    best, found = _LIKE, None
    for name in names:
        if word.startswith(name):
            return None
        foreign = langs[0] is not Lang.EN and not is_cyrillic(name[0])  # stands so in the source: Instagram
        if word[0].islower() and not foreign:
            continue
        latin = langs[1] is Lang.EN or foreign
        bare = _OF_A_WOMAN.sub("а", _IN_A_CASE.sub("", name)) if langs == (Lang.RU, Lang.EN) else name
        ours, theirs = (_in_letters(text, langs[1], latin=latin) for text in (word, bare))
        matcher = SequenceMatcher(None, _folded(ours), _folded(theirs), autojunk=False)
        like = matcher.ratio()
        if like >= best and (like >= _SURELY or _folded(ours[:1]) == _folded(theirs[:1])):
            best = like
            right = _copied(word, name, langs[1]) if foreign else _written(name, ours, theirs, matcher, langs)
            found = Spelt(word, right.upper() if word.isupper() else right, name)
    return found


def _copied(word: str, name: str, lang: Lang) -> str:
    """Return a Latin ``name`` with the Cyrillic ending of ``word``, behind a hyphen."""
    ending = _LAST.search(word)
    is_ending = ending is not None and lang is not Lang.EN and _ENDINGS[lang].fullmatch(ending[0])
    return f"{name}-{ending[0]}" if ending and is_ending else name


def _in_letters(word: str, lang: Lang, *, latin: bool) -> str:
    if latin:
        return to_english(word)
    return to_cyrillic(word).translate(_PLAIN) if lang is Lang.RU else to_cyrillic(word)


def _folded(word: str) -> str:
    return word.translate(_FOLDED)


def _written(name: str, ours: str, theirs: str, matcher: SequenceMatcher[str], langs: tuple[Lang, Lang]) -> str:
    """Return ``theirs`` with the Kazakh letters and the ending of ``ours``."""
    out, at, end = "", 0, 0
    for a, b, size in matcher.get_matching_blocks():
        if size:
            out += theirs[at:b] + (ours[a : a + size] if langs[1] is Lang.KK else theirs[b : b + size])
            at, end = b + size, a + size
    return (out + _ending(name, ours[end:], theirs[at:], langs)).capitalize()


def _ending(name: str, mine: str, rest: str, langs: tuple[Lang, Lang]) -> str:
    """Return how a name ends that the model ends in ``mine`` and the source in ``rest``, in letters of the target."""
    own = _ENDINGS[langs[0]] if langs[0] is not Lang.EN else None
    tails = (name[-size:].lower() for size in range(1, 5))
    is_case = own is not None and any(
        own.fullmatch(tail) and rest in {tail, tail.translate(_PLAIN), to_english(tail)} for tail in tails
    )
    may_change = is_case or (langs[1] is not Lang.EN and (not rest or rest in _OPEN))
    if may_change and _ENDINGS[langs[1]].fullmatch(mine):
        return mine
    return "" if is_case else rest
