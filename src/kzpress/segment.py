"""Cut blocks into sentences and give each its gettext key; the only module that knows where a sentence ends.

The rules are data: data/abbreviations/<lang>.toml lists, each without its last stop,

- ``never``: the sentence goes on (titles, streets, "that is");
- ``figure``: it goes on before a figure, else the stop is an ordinary one ("No. 5", "ст. 12");
- ``end``: before a capital the sentence is over, before a figure it goes on ("etc.", "млрд.");
- ``counted``: after a figure as ``end``, else as ``never`` ("в 2019 г.", but "г. Алматы");
- ``opener``: it is over only before one of ``openers``, words that open sentences and no name ("U.S.", "обл.");
- ``time``: words that begin a phrase of time, so that "В 2019 г. Казахстан …" goes on;
- ``labels``: words before a letter that is no initial ("plan B.");
- ``follows``: words that go on behind an ``end`` or ``counted`` one, capital or not ("млрд. АҚШ долларын");
- ``dated``: words that after a figure open a sentence ("15 июля …") even behind an abbreviation.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from kzpress.domain import BlockKind, Key, Lang, Segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzpress.domain import Block

# One unit for the reviewer whatever stops they contain.
_WHOLE: Final = frozenset({BlockKind.HEADLINE, BlockKind.DATELINE})

_UPPER: Final = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ"
_LOWER: Final = "a-zа-яёәғқңөұүһі"
_MARKS: Final = '«»"“”„'
# A place where a sentence may end: a stop, what closes with it, and white space; a stop with the space forgotten after
# it; or a blank line.
_PLACE: Final = re.compile(
    rf"(?P<stop>(?<![.!?…])[.!?…]++)(?P<close>[»”’“«\"'\)\]]*+)(?P<gap>\s+(?=\S))"
    rf"|(?<=[{_LOWER}]{{3}})(?P<tight>[.!?])(?=[{_UPPER}][{_LOWER}]+[\s,])"
    r"|(?P<blank>[^\S\n]*\n[^\S\n]*\n\s*)"
)
# What may stand before the first letter: quotes, even with a space inside (« We agree »), brackets, the dash of speech.
_OPEN: Final = r"(?:[–—-]\s*)?[«»\"“”‘„'(\[]*(?:(?<=[«\"“„])\s)?(?:[–—-]\s*)?"
_NEXT: Final = re.compile(_OPEN + rf"(?:[{_UPPER}]|(?P<figure>[$€£₸№]?\s?\d)|[a-z][A-Z])")
_WORD: Final = re.compile(_OPEN + r"([^\W\d_][\w’'-]*)(?P<dot>\.?)")
_MARKER: Final = re.compile(r"(?:\d{1,3}|[IVX]{1,4}|[^\W\d_])")
_NEXT_MARKER: Final = re.compile(rf"(?:\d{{1,2}}|[{_LOWER}])[.)]\s")
_BEFORE: Final = re.compile(r"[^\s«\"“‘„(\[]+$")
_SPACED: Final = re.compile(r"(?<![^\s«\"“(])((?:[^\W\d_]{1,3}\.\s)+[^\W\d_]{1,3})$")
_NUMBER_BEFORE: Final = re.compile(r"(?:\d|[IVXІХ])[\s-]*$")
_INITIAL: Final = re.compile(rf"(?:[{_UPPER}][.-]{{1,2}})*[{_UPPER}]")
_COUNT: Final = re.compile(r"^\d+-")
_MARK: Final = re.compile(f"[{_MARKS}]")
_STRAY: Final = re.compile(rf"[{_MARKS}](\s+)(?=\S)")
_DATELINE: Final = re.compile(rf"[{_UPPER}\d][^.!?–—]{{1,30}}?\s[-–—]\s")
_REACH: Final = 400  # characters; a sentence of a hundred thousand with a thousand stops would take their product
_NUMBERED: Final = re.compile(rf"[{_UPPER}][{_LOWER}]+\s\d{{1,3}}|\d{{1,3}}-[{_LOWER}]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """The abbreviations of a language by what they do, and the word lists that decide the open cases."""

    kinds: dict[str, str]
    openers: frozenset[str]
    time: frozenset[str]
    labels: frozenset[str]
    dated: frozenset[str]
    follows: frozenset[str]


def segment(blocks: Sequence[Block], lang: Lang) -> tuple[Segment, ...]:
    """Cut a release into keyed sentences, in order.

    Headlines and datelines stay whole. The same sentence in the same kind of block gets ``#2``, ``#3`` … in its
    context.
    """
    seen: Counter[tuple[BlockKind, str]] = Counter()
    segments: list[Segment] = []
    for index, block in enumerate(blocks):
        line = block.line
        for text, gap in ((block.text, ""),) if block.kind in _WHOLE else split(block.text, lang):
            seen[block.kind, text] += 1
            nth = seen[block.kind, text]
            context = block.kind.value if nth == 1 else f"{block.kind.value}#{nth}"
            segments.append(Segment(key=Key(context=context, source=text), gap=gap, block=index, line=line))
            line += text.count("\n") + gap.count("\n")
    return tuple(segments)


def split(text: str, lang: Lang) -> tuple[tuple[str, str], ...]:
    """Cut a paragraph into (sentence, white space after it); joined again they are ``text``, to the character.

    A single line end inside is white space, a blank line ends a sentence. Text that is empty or blank has no sentences.
    """
    if not text.strip():
        return ()
    rules = _rules(lang)
    marks = [mark.start() for mark in _MARK.finditer(text)]
    sentences: list[tuple[str, str]] = []
    start = 0
    for place in _PLACE.finditer(text):
        if place.start() < start:  # inside a gap that a stray quote made longer
            continue
        end, after = _bounds(text, place, marks)
        blank = place["blank"] is not None or text.count("\n", end, after) > 1
        if text[start:end].strip() and after < len(text) and (blank or _is_over(text, start, place, after, rules)):
            sentences.append((text[start:end], text[end:after]))
            start = after
    last = text[start:].rstrip()
    sentences.append((last, text[start + len(last) :]))
    return tuple(sentences)


def _bounds(text: str, place: re.Match[str], marks: Sequence[int]) -> tuple[int, int]:
    """Return where the sentence would end and where the next would begin.

    A quote that stands between spaces after the stop closes if an odd number of the quotation ``marks`` came before:
    real copy has « We agree. « The sides ….
    """
    if place["blank"] is not None:
        return place.span()
    if place["tight"]:
        return place.end(), place.end()
    end, after = place.end("close"), place.end()
    stray = _STRAY.match(text, after)
    if stray and bisect_left(marks, after) % 2:
        return stray.start(1), stray.end()
    return end, after


# ------------------------------------------------------------------ is it over


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stop:
    """A stop at ``at`` in a sentence from ``start``, behind ``word``; the next sentence would begin at ``after``."""

    text: str
    start: int
    at: int
    after: int
    word: str

    @property
    def before(self) -> str:
        """The end of the sentence so far, some fifty words, without the word before the stop."""
        return self.text[max(self.start, self.at - _REACH) : self.at - len(self.word)]

    @property
    def next_word(self) -> str:
        """The word after the stop, in lower case; empty if none follows, or an initial."""
        found = _WORD.match(self.text, self.after)
        return found[1].lower() if found and not (len(found[1]) == 1 and found["dot"]) else ""


def _is_over(text: str, start: int, place: re.Match[str], after: int, rules: _Rules) -> bool:
    """Decide whether the sentence from ``start`` is over at ``place``, the next one beginning at ``after``."""
    at = place.start()
    before = _BEFORE.search(text, max(start, at - 24), at)
    stop = _Stop(text=text, start=start, at=at, after=after, word=before[0] if before else "")
    if place["tight"]:
        return _is_over_tight(stop, rules)
    following = _NEXT.match(text, after)
    if not following:  # lower case goes on, but for "а. … б. …"
        return bool(_NEXT_MARKER.match(text, after) and _NEXT_MARKER.match(text, start))
    if place["stop"] != ".":
        return True
    if place["close"]:
        inside = ")" in place["close"] and stop.word.lower() in rules.kinds
        return not inside or stop.next_word in rules.openers
    return _is_over_after_word(stop, bool(following["figure"]), rules)


def _is_over_after_word(stop: _Stop, before_figure: bool, rules: _Rules) -> bool:  # noqa: FBT001
    word = stop.word
    if not stop.before.strip(_MARKS + "([") and _MARKER.fullmatch(word):
        return False  # the number of a list, or an initial
    if _NUMBERED.fullmatch(stop.text, stop.start, stop.at):
        return False  # Article 3. …
    if word.isdigit() and len(word) <= 2 and before_figure:
        return False  # 15. 07. 2021
    if _is_dateline(stop):
        return False
    match _kind(stop, rules):
        case None:
            return not _INITIAL.fullmatch(word) or _is_no_initial(stop, rules)
        case "never":
            return False
        case "figure":
            return not before_figure
        case "opener":
            return stop.next_word in rules.openers and not _is_time_phrase(stop, rules)
        case "counted" if not _NUMBER_BEFORE.search(stop.before):
            return False
    if before_figure:
        return _is_dated(stop, rules)
    return stop.next_word not in rules.follows and not _is_time_phrase(stop, rules)


def _is_dateline(stop: _Stop) -> bool:
    """Tell whether a city stands before the stop, as in "NUR-SULTAN. KAZINFORM - …" that nobody cut off."""
    opens_paragraph = stop.text[max(0, stop.start - 2) : stop.start] in {"", "\n\n"}
    city = opens_paragraph and stop.word.isupper() and len(stop.word) > 2 and len(stop.before.split()) <= 2
    return city and bool(_DATELINE.match(stop.text, stop.after))


def _kind(stop: _Stop, rules: _Rules) -> str | None:
    """Return what kind of abbreviation stands before the stop, written together or spaced ("т. д.")."""
    spaced = _SPACED.search(stop.text, max(stop.start, stop.at - 16), stop.at)
    forms = [re.sub(r"\s", "", spaced[1]), stop.word] if spaced else [stop.word]
    for form in forms:
        if kind := rules.kinds.get(form if len(form) == 1 else form.lower()):
            return kind
    kind = rules.kinds.get(_COUNT.sub("", stop.word))  # "12-б." goes on, but "в 2024-м." is an ordinal
    return kind if kind in {"never", "figure"} else None


def _is_over_tight(stop: _Stop, rules: _Rules) -> bool:
    """Decide about a stop with no space after it; in Latin letters that may be an address, so ask for an opener."""
    if not stop.word.isalpha() or stop.word.lower() in rules.kinds:
        return False
    return not stop.word.isascii() or stop.next_word in rules.openers


def _is_no_initial(stop: _Stop, rules: _Rules) -> bool:
    """Tell whether a capital before a stop is a label ("plan B."), or a word that opens a sentence follows it."""
    label = stop.before.split()[-1:]
    if label and label[0].lower() in rules.labels:
        return True
    return len(stop.next_word) > 2 and stop.next_word in rules.openers


def _is_dated(stop: _Stop, rules: _Rules) -> bool:
    words = stop.text[stop.after : stop.after + 40].split(maxsplit=2)
    return len(words) > 1 and words[0].isdigit() and words[1].strip(",.") in rules.dated


def _is_time_phrase(stop: _Stop, rules: _Rules) -> bool:
    """Tell whether what would be a sentence only says when: "В 2019 г.", "12 июля т.г."."""
    words = stop.before.split()
    return 0 < len(words) <= 4 and (words[0][0].isdigit() or words[0].lower() in rules.time)


@cache
def _rules(lang: Lang) -> _Rules:
    """Load the rules of a language; those of an included language come first and may be overridden."""
    folder = resources.files("kzpress") / "data" / "abbreviations"
    table = tomllib.loads((folder / f"{lang.value}.toml").read_text("utf-8"))
    base = _rules(Lang(table["includes"])) if "includes" in table else None
    kinds = dict(base.kinds) if base else {}
    for kind in ("never", "figure", "end", "counted", "opener"):
        kinds |= dict.fromkeys(table[kind].split(), kind)
    words = {name: frozenset(table[name].split()) for name in ("openers", "time", "labels", "dated", "follows")}
    return _Rules(kinds=kinds, **words)
