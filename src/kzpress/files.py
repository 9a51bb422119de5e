"""Writing files so that a reader, or a power cut, meets the old contents or the new ones and never a part of either."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

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
        with beside(place) as stream:
            stream.write(data)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise error(f"cannot be written: {reason}", where=str(path), hint="check the disk and permissions") from problem
    return True


def remove(path: Path, *, error: type[KzpressError]) -> bool:
    """Remove the file at ``path`` and tell whether there was one.

    Raises:
        KzpressError: as the class ``error``, if it cannot be removed.
    """
    try:
        path.unlink()
        flush_folder(path.parent)
    except FileNotFoundError:
        return False
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise error(f"cannot be removed: {reason}", where=str(path), hint="check its permissions") from problem
    return True


@contextmanager
def beside(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside ``path`` that is renamed to it when the block ends, and removed if the block fails."""
    place = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        # "x" refuses a name in use, and leaves the mode to the umask as a plain write would.
        with place.open("x+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            place.chmod(path.stat().st_mode & 0o7777)
        place.replace(path)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make a rename in it last; Windows has no way to open a folder, and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
