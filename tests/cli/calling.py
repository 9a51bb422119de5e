"""What a command answered, for tests that run commands as a user does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kzpress.cli import run


class Said(NamedTuple):
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Call = Callable[..., Said]


def calling(capfd: pytest.CaptureFixture[str]) -> Call:
    """Return what runs a command in the current folder, with none of the output before it."""
    capfd.readouterr()

    def call(*args: str | Path) -> Said:
        status = run([str(arg) for arg in args])
        return Said(status, *capfd.readouterr())

    return call


def kept() -> dict[Path, bytes]:
    """Return every file below here but the indexes, which may be deleted and come back."""
    found = (path for path in Path().rglob("*") if path.is_file() and path.parts[0] != ".kzpress")
    return {path: path.read_bytes() for path in found}
