"""What a model must not touch: addresses are taken out before it and put back after, numbers are set right.

A model not trained with placeholders may lose one, move one or double one; so every placeholder is counted after
decoding, and an address that was lost is set at the end of the sentence and reported, never dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>«»\"“”]*[^\s<>«»\"“”.,;:!?)\]]", re.IGNORECASE)
EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
ADDRESS: Final = re.compile(f"{URL.pattern}|{EMAIL.pattern}", re.IGNORECASE)
NUMBER: Final = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")

# Short capital-and-digit marks survive a sentence-piece model best: digits are pieces of their own.
MARK: Final = "X{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A sentence whose addresses became marks, ``X1`` and so on."""

    text: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A translation with its addresses back; ``moved`` were lost by the model and now stand at the end."""

    text: str
    moved: tuple[str, ...] = ()


def mask(text: str) -> Masked:
    """Replace each address by a mark."""
    addresses: list[str] = []

    def take(found: re.Match[str]) -> str:
        addresses.append(found.group())
        return MARK.format(len(addresses))

    return Masked(text=ADDRESS.sub(take, text), addresses=tuple(addresses))


def unmask(text: str, addresses: tuple[str, ...]) -> Restored:
    """Put the addresses back; a mark that is missing or doubled counts as lost."""
    moved: list[str] = []
    for number, address in enumerate(addresses, 1):
        mark = re.compile(rf"(?<!\w){re.escape(MARK.format(number))}(?!\w)|(?<!\w)Х{number}(?!\w)")
        if len(mark.findall(text)) == 1:
            text = mark.sub(lambda _, address=address: address, text)  # type: ignore[misc]
        else:
            text = mark.sub("", text)
            moved.append(address)
    if moved:
        text = " ".join([re.sub(r"\s+([.,;:!?]|$)", r"\1", re.sub(r" {2,}", " ", text)), *moved])
    return Restored(text=text, moved=tuple(moved))


def only_marks(text: str) -> bool:
    """Tell whether nothing in ``text`` needs a translator: no letters outside addresses."""
    return not any(ch.isalpha() for ch in ADDRESS.sub("", text))


def set_numbers_right(source: str, target: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Replace the one number of ``target`` that the source does not have by the one it lacks.

    Only the plain case is touched, one number wrong and one missing, both of two digits or more: everything else is
    for the checks to report. Returns the text and the (wrong, right) pairs replaced.
    """
    ours, theirs = Counter(_digits(source)), Counter(_digits(target))
    missing, extra = list((ours - theirs).elements()), list((theirs - ours).elements())
    if len(missing) != 1 or len(extra) != 1 or min(len(missing[0]), len(extra[0])) < 2:
        return target, ()
    if len(missing[0]) != len(extra[0]) or missing[0] in target:
        return target, ()
    pattern = re.compile(rf"(?<!\d){re.escape(extra[0])}(?!\d)")
    if len(pattern.findall(target)) != 1:
        return target, ()
    return pattern.sub(missing[0], target), ((extra[0], missing[0]),)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", ADDRESS.sub("", text))
