"""Writing files so that a reader, or a power cut, meets the old contents or the new ones and never a part of either."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kzpress.errors import KzpressError


def write(path: Path, data: bytes, *, error: type[KzpressError]) -> bool:
    """Put ``data`` at ``path``, making its folders, and tell whether that changed anything.

    A file that already holds ``data`` is left alone, time stamp included. The new contents are written beside the
    old, flushed to the disk and renamed over them; permissions are kept, and a link leads where it led.

    Raises:
        KzpressError: as the class ``error``, if the file cannot be read or written.

    """
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        place = Path(os.path.realpath(path)) if path.is_symlink() else path
        place.parent.mkdir(parents=True, exist_ok=True)
        _replace(place, data)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise error(f"cannot be written: {reason}", where=str(path), hint="check the disk and permissions") from problem
    return True


def _replace(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        # "x" refuses a name in use, and leaves the mode to the umask as a plain write would.
        with beside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o7777)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Make the rename itself last; Windows has no way to open a folder, and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
