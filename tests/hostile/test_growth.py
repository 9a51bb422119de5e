"""Four times as much of what once took the square of its length takes about four times as long."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from kzpress import addresses, checks, detect, glossary, segment, text
from kzpress.domain import BlockKind, Key, Lang
from kzpress.glossary.agreement import clashes

SHORT: Final = 6_000  # characters
GROWTH: Final = 8  # of four; the square would be sixteen
NAMES: Final = glossary.load(Path(__file__).parents[2] / "glossary")
KEY: Final = Key(context=BlockKind.BODY, source="x")
# What each is done with, and what it is a long row of.
ROWS: Final[dict[str, tuple[Callable[[str], object], str]]] = {
    "a word without an end that may be an address": (detect.detect_text, "1"),
    "an e-mail's letters": (lambda row: list(addresses.find(row)), "a-"),
    "quotes that close nothing": (lambda row: segment.split(row, Lang.EN), ". « "),
    "initials": (lambda row: segment.split(row, Lang.RU), "А. "),
    "one name": (lambda row: glossary.find(NAMES, row, Lang.RU, None), "Президент Республики Казахстан "),
    "one name's form": (lambda row: list(clashes(NAMES, row, Lang.RU)), "Президент Республики Казахстан "),
    "times of day": (lambda row: checks.run(row, row[:-1], Lang.RU, Lang.EN, KEY), "10:31 10:42 "),
    "marks on a letter": (text.nfc, "\u0301\u0327"),
}


def seconds(work: Callable[[str], object], unit: str, size: int) -> float:
    """Return the processor's seconds for the quickest of three, each of a text of its own: some are remembered."""
    taken = []
    for number in range(3):
        row = (unit * (size // len(unit) + 1))[: size + number]
        began = time.process_time()
        work(row)
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.parametrize("kind", ROWS)
def test_it_grows_with_the_length_and_not_with_its_square(kind: str) -> None:
    work, unit = ROWS[kind]
    work(unit)
    short, long = seconds(work, unit, SHORT), seconds(work, unit, 4 * SHORT)
    assert long < max(GROWTH * short, 0.02), (short, long)
