"""TOML that people write, within bounds: ``tomllib`` takes minutes over a key of many thousand parts."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

_PARTS: Final = 100  # kzpress's own keys have four
_STRING: Final = re.compile(r""""(?:\\.|[^"\\])*"|'[^']*'""")
_VALUES: Final = re.compile("[,{]")  # a key of a table within a line comes after one


def loads(text: str) -> dict[str, Any]:
    """Return what ``text`` says.

    Raises:
        ValueError: it is no TOML, or has a key of too many parts, or a number that Python does not read.
        RecursionError: its values are nested too deeply.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _PARTS and any(key.count(".") > _PARTS for key in _keys(line)):
            raise ValueError(f"A key of more than {_PARTS} parts (at line {number}, column 1)")
    return tomllib.loads(text)


def _keys(line: str) -> list[str]:
    """Return what may be keys of a line: what stands before ``=``, or all of a table's head."""
    bare = _STRING.sub("", line).partition("#")[0]
    return [_VALUES.split(part)[-1] for part in bare.split("=")[:-1] or [bare]]
