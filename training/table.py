"""The table of examples that the programs of this folder hand on: a row a line, of five columns separated by TAB.

Source language, target language, weight (how often the row is read in one pass, a whole number), source, target.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

Row: TypeAlias = tuple[str, str, str, str, str]


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a table; end the program, naming the place, at one that is none, or if there are none."""
    number = 0
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != 5 or not cells[2].isdecimal() or cells[2] == "0":
                raise SystemExit(f"{path}:{number}: not two languages, a whole weight, a source and a target")
            yield (cells[0], cells[1], cells[2], cells[3], cells[4])
    if not number:
        raise SystemExit(f"{path}: no examples")
