"""Keeps what was worked out from the glossary in files that may vanish, and believes none that does not prove itself.

A kept file is one line, the digests of what it was made from and of what it holds, and then JSON: never a pickle, since
a workspace may be a shared folder. A file that is damaged, or of another glossary or another kzpress, is made again.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import kzpress
from kzpress import files
from kzpress.errors import GlossaryError

if TYPE_CHECKING:
    from collections.abc import Callable


def kept(place: Path | None, origin: str, make: Callable[[], bytes]) -> bytes:
    """Return what ``make`` returns: from the file ``place`` if that was made from ``origin``, else put there.

    ``origin`` tells all of the input from any other; without a ``place`` nothing is kept.
    """
    if place is None:
        return make()
    key = _digest(f"{kzpress.__version__} {_rules()} {origin}".encode())
    data = _read(place, key)
    if data is None:
        data = make()
        # A folder that cannot be written costs time at the next start, and nothing else.
        with suppress(GlossaryError):
            files.write(place, f"{key} {_digest(data)}\n".encode() + data, error=GlossaryError)
    return data


def _read(place: Path, key: str) -> bytes | None:
    try:
        head, _, data = place.read_bytes().partition(b"\n")
    except OSError:
        return None
    return data if head == f"{key} {_digest(data)}".encode() else None


@lru_cache(maxsize=1)
def _rules() -> str:
    """Return the digest of the rules by which forms are made: the modules of this package, and folding."""
    here = Path(__file__).parent
    return _digest(b"\0".join(path.read_bytes() for path in (*sorted(here.glob("*.py")), here.parent / "text.py")))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
