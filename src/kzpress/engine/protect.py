"""What a model must not touch: addresses, telephone and account numbers are taken out and put back, figures set right.

A model may lose a placeholder, move it or double it; so every one is counted after decoding, and an address that was
lost is set at the end of the sentence and reported, never dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kzpress import addresses

# Of fourteen kinds of marks tried on the embedded model, figures in square brackets came through oftenest: 24 of 24
# sentences for [1] and [2], where X1 had 19, a bare abbreviation 4.
_MARK: Final = re.compile(r"\[\s*(\d+)\s*\]")
# Telephone numbers, numbers of nine figures and more, codes such as KZ86125…, and words in scripts no package knows.
_FOREIGN: Final = "[\u0590-\u1c7f\u2e80-\ua63f\ua6a0-\ud7ff\uf900-\ufaff]+"
_KEPT: Final = re.compile(
    r"\+\d[\d ()–-]{7,}\d|(?<![\w.,])8[ -]?\(\d{3,5}\)[\d –-]{5,}\d|\((?!19|20)\d{3,5}\) ?\d[\d –-]{4,}\d"
    r"|(?<![\w.,])8[ -]\d{3,4}(?:[ -]\d{2,3}){1,2}[ -]\d{2}(?![\w.,]?\d)|(?<![\w-])\d{2,3}-\d{2}-\d{2}(?![\w-])"
    r"|(?<!\w)\d{9,}(?!\w)|(?<!\w)(?=[A-Z]*\d)[A-Z0-9]{9,}(?!\w)|[A-Z]{2}\d{2}(?: [A-Z0-9]{4}){3,}"
    rf"|{_FOREIGN}(?:[ ·]{_FOREIGN})*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A sentence whose addresses became marks; ``marks`` are (number, address) in order, other numbers among them."""

    text: str
    marks: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A translation with its addresses back; ``moved`` were lost by the model and now stand at the end."""

    text: str
    moved: tuple[str, ...] = ()


def mask(text: str) -> Masked:
    """Replace each address by ``[1]``, ``[2]`` and so on, passing over numbers the sentence itself has in brackets."""
    free = free_numbers(text)
    parts: list[str] = []
    marks: list[tuple[int, str]] = []
    end = 0
    for start, stop in _untouchable(text):
        number = next(free)
        marks.append((number, text[start:stop]))
        parts += (text[end:start], f"[{number}]")
        end = stop
    return Masked(text="".join(parts) + text[end:], marks=tuple(marks))


def _untouchable(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of addresses and of what else is kept to the letter, in order."""
    end = 0
    for address in addresses.find(text):
        yield from ((found.start(), found.end()) for found in _KEPT.finditer(text, end, address.start))
        end = address.start + len(address.text)
        yield address.start, end
    yield from ((found.start(), found.end()) for found in _KEPT.finditer(text, end))


def free_numbers(text: str) -> Iterator[int]:
    """Yield the numbers that ``text`` has in no mark, in order."""
    taken = {int(number) for number in _MARK.findall(text)}
    return (number for number in range(1, len(text) + 2) if number not in taken)


def tidy_marks(text: str, numbers: Iterable[int]) -> str | None:
    """Return ``text`` with its marks as they were set, without spaces inside; None unless each number is there once.

    None, too, for the brackets that a model may leave of a mark: ``[]``, ``[*]``, ``22]``.
    """
    tidied = _MARK.sub(r"[\1]", text)
    counts = Counter(int(number) for number in _MARK.findall(tidied))
    remains = _MARK.sub("", tidied)
    if any(counts[number] != 1 for number in numbers) or "[" in remains or "]" in remains:
        return None
    return tidied


def unmask(text: str, marks: tuple[tuple[int, str], ...]) -> Restored:
    """Put the addresses back; a mark that is missing or doubled counts as lost."""
    wanted = dict(marks)
    counts = Counter(int(number) for number in _MARK.findall(text))
    moved = tuple(address for number, address in marks if counts[number] != 1)

    def put(found: re.Match[str]) -> str:
        number = int(found[1])
        if number not in wanted:
            return found[0]
        return wanted[number] if counts[number] == 1 else ""

    restored = _MARK.sub(put, text)
    if moved:
        restored = re.sub(r"\s+([.,;:!?]|$)", r"\1", re.sub(r" {2,}", " ", restored))
        restored = " ".join((restored, *moved))
    return Restored(text=restored, moved=moved)


def only_marks(text: str) -> bool:
    """Tell whether nothing in ``text`` needs a translator: no letters outside of what is kept."""
    return not any(ch.isalpha() for ch in mask(text).text)


def set_numbers_right(source: str, target: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Replace the one number of ``target`` that the source does not have by the one it lacks.

    Only the plain case is touched, one number wrong and one missing, of the same length and two digits or more:
    everything else is for the checks to report. Returns the text and the (wrong, right) pairs replaced.
    """
    ours, theirs = Counter(_digits(source)), Counter(_digits(target))
    missing, extra = list((ours - theirs).elements()), list((theirs - ours).elements())
    if len(missing) != 1 or len(extra) != 1 or len(missing[0]) != len(extra[0]) or len(missing[0]) < 2:
        return target, ()
    pattern = re.compile(rf"(?<!\d){re.escape(extra[0])}(?!\d)")
    if missing[0] in target or len(pattern.findall(target)) != 1:
        return target, ()
    return pattern.sub(missing[0], target), ((extra[0], missing[0]),)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", addresses.without(text))
