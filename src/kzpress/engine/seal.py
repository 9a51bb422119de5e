"""Whether files are what they were: SHA-256 sums pinned beside packages, and the one comparison with them.

Sums lie in a folder of packages, named relative to it: ``SHA256SUMS`` came with packages that were made together,
``models.lock`` is written by ``kzpress models install`` for each package it unpacks.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from kzpress import files
from kzpress.errors import ModelError
from kzpress.speech import _

SUMS: Final = "SHA256SUMS"
LOCK: Final = "models.lock"
_LINE: Final = re.compile(r"([0-9A-Fa-f]{64}) [ *](.+)")  # as sha256sum writes it; * is its sign for binary


class Seal(StrEnum):
    """How a file, or a whole package by its worst file, compares with its sum."""

    INTACT = "intact"
    UNSEALED = "not pinned"  # no sum to compare with: Argos's index publishes none
    CHANGED = "changed"
    MISSING = "missing"
    UNREADABLE = "unreadable"

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing speaks against using it."""
        return self in {Seal.INTACT, Seal.UNSEALED}

    @classmethod
    def over(cls, seals: Iterable[Seal]) -> Seal:
        """Return the worst, UNSEALED if nothing was pinned; a file nobody pinned takes nothing from those that are."""
        found = set(seals)
        worst = [seal for seal in reversed(cls) if seal in found - {cls.UNSEALED}]
        return worst[0] if worst else cls.UNSEALED


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """What was installed in one folder: ``sha256`` of the archive, ``files`` the sum of each by its POSIX path."""

    name: str
    version: str
    source: str  # the archive's file name, or its address
    sha256: str
    files: Mapping[str, str]


def seals(folder: Path, weights: Path) -> dict[Path, Seal]:
    """Compare the files of a package, and of the weights it shares, with the sums in the folder they lie in.

    Files that have a sum and are not there are among them, and those there that have none. Sums that cannot be read
    make one UNREADABLE entry of the file they should stand in.
    """
    try:
        pinned = sums_in(folder.parent)
    except ModelError as error:
        return {Path(str(error.where)): Seal.UNREADABLE}
    own = {path: compare(path, digest) for path, digest in pinned.items() if _is_of(path, folder, weights)}
    known = {_real(path) for path in own}
    inside = (path for root in {_real(folder), weights} for path in files_in(root))
    return own | {path: Seal.UNSEALED for path in inside if path not in known}


def sums_in(root: Path) -> dict[Path, str]:
    """Return every sum pinned in ``root``, the lock's before those of SHA256SUMS.

    Raises:
        ModelError: there are sums that cannot be read; ``where`` names their file.
    """
    pinned: dict[Path, str] = {}
    path = root / SUMS
    try:
        if path.exists():
            lines = (line for line in path.read_text("utf-8").splitlines() if line.strip())
            pinned = dict(_sum(root, line) for line in lines)
        for folder, pin in pins(root).items():
            path = root / LOCK
            pinned |= {_below(root / folder, name): digest for name, digest in pin.files.items()}
    except (OSError, ValueError) as error:
        raise _illegible(path, error) from error
    return pinned


def pins(root: Path) -> dict[str, Pin]:
    """Return what ``models.lock`` in ``root`` says of each folder beside it.

    Raises:
        ModelError: it cannot be read.
    """
    path = root / LOCK
    try:
        found = json.loads(path.read_text("utf-8"))
        return {_folder(name): _pin(facts) for name, facts in found["packages"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _illegible(path, error) from error


def write_pins(root: Path, found: Mapping[str, Pin]) -> None:
    """Write ``models.lock``, one line a fact in a fixed order, so that versions of it compare well."""
    packages = {name: asdict(pin) for name, pin in sorted(found.items())}
    text = json.dumps({"packages": packages}, ensure_ascii=False, indent=2)
    files.write(root / LOCK, f"{text}\n".encode(), error=ModelError)


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 sum of every file in ``folder`` by its POSIX path in it, in order."""
    return {path.relative_to(folder).as_posix(): digest(path) for path in files_in(folder)}


def digest(path: Path) -> str:
    """Return the SHA-256 sum of one file, computed once for as long as it does not change."""
    facts = path.stat()
    return _digest(path, facts.st_mtime_ns, facts.st_size, facts.st_ino)


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files below ``folder`` in order of their paths."""
    yield from sorted(path for path in folder.rglob("*") if path.is_file())


def compare(path: Path, wanted: str) -> Seal:
    """Compare one file with its sum."""
    try:
        return Seal.INTACT if digest(path) == wanted else Seal.CHANGED
    except (FileNotFoundError, NotADirectoryError):
        return Seal.MISSING
    except OSError:
        return Seal.UNREADABLE


def _is_of(path: Path, folder: Path, weights: Path) -> bool:
    return path.is_relative_to(folder) or _real(path).is_relative_to(weights)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # Path.resolve raises where links run in a circle


def _sum(root: Path, line: str) -> tuple[Path, str]:
    found = _LINE.fullmatch(line)
    if not found:
        raise ValueError(_("{line!r} is no sum and name", line=line))
    return _below(root, found[2]), found[1].lower()


def _pin(facts: Mapping[str, Any]) -> Pin:
    pin = Pin(**facts)
    "".join(
        (pin.name, pin.version, pin.source, pin.sha256, *pin.files, *pin.files.values())
    )  # fails on what is no text
    return pin


def _folder(name: str) -> str:
    if len(_below(Path(), name).parts) > 1:
        raise ValueError(_("{name!r} is no folder beside it", name=name))
    return name


def _below(root: Path, name: str) -> Path:
    path = Path(name)
    if not path.parts or path.anchor or ".." in path.parts or "\0" in name:
        raise ValueError(_("{name!r} is no name below its folder", name=name))
    return root / path


def _illegible(path: Path, error: Exception) -> ModelError:
    return ModelError(
        _("these sums cannot be read ({error})", error=str(error)),
        where=str(path),
        hint=_("put the file back as it was, or remove it and install the packages again"),
    )


@functools.lru_cache(maxsize=4096)
def _digest(path: Path, _changed: int, _size: int, _inode: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
