"""Telling degenerate machine output from a translation by its shape; knows no language and no model."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from kzpress.text import fold, is_capitals

EMPTY: Final = "output-empty"
COPIED: Final = "output-copied"
LOOP: Final = "output-loop"
RUNAWAY: Final = "output-runaway"

# Bounds on the length of the target in characters. In 84,000 directed pairs of human translations (NTREX-128 and
# releases in kk, ru, en) with a source longer than FLOOR, one misaligned sentence apart, the longest target is 2.5
# times its source and the shortest 0.35.
LONGEST: Final = 3.0
SHORTEST: Final = 1 / 3
FLOOR: Final = 20
# Of 1,508 of those pairs with a source of LENGTHY characters and more, one, half of it untranslated, is outside these.
LENGTHY: Final = 200
LONGEST_OF_LENGTHY: Final = 1.8
SHORTEST_OF_LENGTHY: Final = 0.55

_LETTER: Final = re.compile(r"[^\W\d_]")
_WORD: Final = re.compile(r"[^\W_]+")
_PLACE: Final = re.compile(r"(?<!\S)\S*?(?:://|@|www\.)\S*")
# Syllables stuck together, "ындаындаындаында", and rows of signs; figures and dotted lines are no loops.
_STUCK: Final = re.compile(r"([^\W\d_]{1,8}?)\1{4,}|([^\w\s.…_*=-]{1,3}?)\2{9,}")

# A phrase said twice without so much as a comma, "Европейского союза Европейского союза", as its own owner, "the
# Republic of Kenya's Republic of Kenya", or of itself, "the results of the vote on the results of the vote": of 774,924
# sides of human translations none says such a thing of itself.
_DOUBLED: Final = re.compile(
    r"(?<!\w)(?:(?P<once>[^\W\d_]{5,}(?: \w+){0,3}) (?P=once)|(?P<own>[^\W\d_]{5,}(?: \w+){1,3})'s (?P=own)"
    r"|(?P<self>[^\W\d_]{3,}(?: \w+){2,7})"
    r" (?:about|at|by|for|from|in|of|on|to|under|with|в|для|из|к|на|о|об|от|по|под|при|с|со|у) (?P=self))(?![\w-])"
)
# Words that begin alike crowding together, "реализовать реализацию реализованных реализующих".
_STEM: Final = 6
_CROWD: Final = 4
_WINDOW: Final = 10

_LONGEST_GRAM: Final = 6
# How many times running n words make a loop: "very, very, very" is English, "in the, in the, in the" is not.
_RUN: Final = {1: 4, 2: 3, 3: 3, 4: 2, 5: 2, 6: 2}
# Characters running that are said twice where the source has no half of them twice: 5 of 6,960 human translations do.
_TWICE: Final = 24
_SCATTERED: Final = 4  # times that three words may not return, or twice as often as any of the source


@lru_cache(maxsize=1 << 14)
def fault(source: str, target: str) -> str | None:
    """Return the code of what makes ``target`` no translation of ``source`` at all, or None if nothing does."""
    if not target.strip() or (_LETTER.search(source) and not _WORD.search(target)):
        return EMPTY if source.strip() else None
    if _is_copied(source, target):
        return COPIED
    if _loops(source, target):
        return LOOP
    if _runs_away(source, target):
        return RUNAWAY
    return None


def _is_copied(source: str, target: str) -> bool:
    """Tell whether a text was copied that is not made of names, figures and addresses alone."""
    if fold(source).strip() != fold(target).strip():
        return False
    words: list[str] = [word for word in _WORD.findall(_PLACE.sub(" ", source)) if not any(ch.isdigit() for ch in word)]
    if len(words) < 3:
        return False
    if is_capitals(source):
        return len(words) > 3
    return sum(word[0].islower() for word in words) > 1


def _runs_away(source: str, target: str) -> bool:
    out, put_in = len(target.strip()), len(source.strip())
    if put_in >= LENGTHY:
        return not SHORTEST_OF_LENGTHY * put_in <= out <= LONGEST_OF_LENGTHY * put_in
    return out > LONGEST * max(put_in, FLOOR) or (put_in > FLOOR and out < SHORTEST * put_in)


def _loops(source: str, target: str) -> bool:
    stuck = _STUCK.search(fold(target))
    if stuck and stuck[0] not in fold(source):
        return True
    doubled = _DOUBLED.search(fold(target))
    if doubled and not _DOUBLED.search(fold(source)):
        return True
    words, before = _WORD.findall(fold(target)), _WORD.findall(fold(source))
    if _crowd(words) >= _CROWD and _crowd(before) < _CROWD - 1:
        return True
    if len(set(words)) == len(words):
        return False
    for size in range(1, _LONGEST_GRAM + 1):
        run = _longest_run(words, size)
        if run >= _RUN[size] and run > _longest_run(before, size):
            return True
    return _most_frequent(words) >= max(_SCATTERED, 2 * _most_frequent(before))


def _crowd(words: list[str]) -> int:
    """Return how many of any ten words running begin with the same six letters, at most."""
    stems = [word[:_STEM] if len(word) >= _STEM else "" for word in words]
    return max(
        (count for at in range(len(stems)) for stem, count in Counter(stems[at : at + _WINDOW]).items() if stem),
        default=0,
    )


def _longest_run(words: list[str], size: int) -> int:
    """Return how many times running the same ``size`` words stand in ``words``, at most; figures do not count."""
    longest = same = 0
    for at in range(len(words) - size):
        same = same + 1 if words[at] == words[at + size] and not words[at].isdigit() else 0
        longest = max(longest, same)
    return longest // size + 1


def _most_frequent(words: list[str]) -> int:
    """Return how often the most frequent three words running stand in ``words``."""
    if len(words) < 3:
        return 0
    return max(Counter(zip(words, words[1:], words[2:], strict=False)).values())


@lru_cache(maxsize=1 << 14)
def said_twice(source: str, target: str) -> str | None:
    """Return a long phrase that ``target`` says twice and ``source`` does not, in small letters, or None."""
    found = _twice(fold(target), _TWICE)
    return found if found and not _twice(fold(source), _TWICE // 2) else None


def _twice(folded: str, size: int) -> str | None:
    """Return the first text of ``size`` characters or more that stands twice in ``folded``, or None."""
    first: dict[str, int] = {}
    for at in range(len(folded) - size + 1):
        before = first.setdefault(folded[at : at + size], at)
        if at - before >= size // 2:
            while at + size < len(folded) and folded[before + size] == folded[at + size]:
                size += 1
            return folded[at : at + size].strip()
    return None


def said_once(source: str, target: str) -> tuple[str, str | None]:
    """Return ``target`` without the second of each phrase said twice running, and the phrases; None if there is none.

    Where ``source`` has a phrase twice running, too, all stay.
    """
    if _DOUBLED.search(fold(source)):
        return target, None
    phrases: list[str] = []
    folded, start = fold(target), 0
    while doubled := _DOUBLED.search(folded, start):
        start, end = doubled.span(doubled.lastgroup or 0)
        phrases.append(target[start:end])
        target, folded = (text[:end] + text[doubled.end() :] for text in (target, folded))
    return target, ", ".join(dict.fromkeys(phrases)) or None
