"""Writing files so that a reader, or a power cut, meets the old contents or the new ones and never a part of either."""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from kzpress.speech import _, reason

if TYPE_CHECKING:
    from kzpress.errors import KzpressError

_HERE: Final = -100  # AT_FDCWD
_EXCHANGE: Final = 2  # RENAME_EXCHANGE, see renameat2(2)


def shown(path: str) -> str:
    """Return ``path`` fit to be written: a name need not be UTF-8 on disk, but what is written of it is."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def write(path: Path, data: bytes, *, error: type[KzpressError]) -> bool:
    """Put ``data`` at ``path``, making its folders, and tell whether that changed anything.

    A file that already holds ``data`` is left alone, time stamp included. The new contents are written beside the
    old, flushed to the disk and renamed over them; permissions and group are kept, and a link leads where it led.

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
        why, hint = _("cannot be written: {reason}", reason=reason(problem)), _("check the disk and permissions")
        raise error(why, where=str(path), hint=hint) from problem
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
        why, hint = _("cannot be removed: {reason}", reason=reason(problem)), _("check its permissions")
        raise error(why, where=str(path), hint=hint) from problem
    return True


def swap(path: Path, before: bytes | None, data: bytes, *, error: type[KzpressError]) -> bool:
    """Put ``data`` at ``path`` if ``before`` lies there (None: nothing), and tell whether it did; else change nothing.

    On Linux old and new change places in one step, so that even what somebody saves at that moment is seen and put
    back; elsewhere, and on disks that know no such step, the old is compared right before the new is renamed over it.

    Raises:
        KzpressError: as the class ``error``, if the file cannot be read or written.
    """
    place = Path(os.path.realpath(path)) if path.is_symlink() else path
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with _unplaced(place) as (new, stream):
            stream.write(data)
            _flush(stream)
            done = _put(new, place) if before is None else _put_over(new, place, before, data)
        if done:
            flush_folder(place.parent)
    except OSError as problem:
        why, hint = _("cannot be written: {reason}", reason=reason(problem)), _("check the disk and permissions")
        raise error(why, where=str(path), hint=hint) from problem
    return done


def _put(new: Path, place: Path) -> bool:
    """Give a file the name ``place`` if nothing has it."""
    try:
        os.link(new, place)
    except FileExistsError:
        return False
    except OSError:  # a disk without links
        if place.exists():
            return False
        new.replace(place)
    return True


def _put_over(new: Path, place: Path, before: bytes, data: bytes) -> bool:
    if not place.is_file() or place.read_bytes() != before:
        return False
    _liken(new, place)
    if not _exchange(new, place):
        if _seen_anew(place) != before:
            return False
        new.replace(place)
        return True
    try:
        if new.read_bytes() == before:
            return True
    except OSError:  # whatever it is, it is not to be removed
        _exchange(new, place)
        raise
    _exchange(new, place)  # saved since it was compared, a moment ago
    if new.read_bytes() != data:  # and saved again since
        _exchange(new, place)
    return False


def _seen_anew(place: Path) -> bytes:
    """Return a file's contents, read by a new name: shared folders keep what they knew of the old one for seconds."""
    alias = place.with_name(f".{place.name}.{secrets.token_hex(4)}.tmp")
    try:
        os.link(place, alias)
    except OSError:  # a disk without links
        return place.read_bytes()
    try:
        return alias.read_bytes()
    finally:
        alias.unlink()


def _liken(new: Path, old: Path) -> None:
    """Give a file the permissions of the one whose place it takes, and its owner and group as far as that is allowed.

    A catalogue that kzpress's user brings up to date stays one that the reviewers' group may write.
    """
    status = old.stat()
    for owner in (status.st_uid, -1):
        with suppress(OSError, AttributeError):  # not the system's administrator; no owners on Windows
            os.chown(new, owner, status.st_gid)
            break
    new.chmod(status.st_mode & 0o7777)


def _exchange(one: Path, other: Path) -> bool:
    """Let two files change names in one step; False where the system or the disk has no such step."""
    change = _renameat2()
    if change is None:
        return False
    if change(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(number, os.strerror(number), str(other))


@cache
def _renameat2() -> Callable[..., int] | None:
    """Return Linux's call, which Python has no name for."""
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)


@contextmanager
def beside(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside ``path`` that is renamed to it when the block ends, and removed if the block fails."""
    with _unplaced(path) as (place, stream):
        yield stream
        _flush(stream)
        if path.exists():
            _liken(place, path)
        place.replace(path)
    flush_folder(path.parent)


@contextmanager
def _unplaced(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Open a file beside ``path``, which is removed at the end if it still has its own name."""
    place = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        # "x" refuses a name in use, and leaves the mode to the umask as a plain write would.
        with place.open("x+b") as stream:
            yield place, stream
    finally:
        place.unlink(missing_ok=True)


def _flush(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """Make a rename in it last; Windows has no way to open a folder, and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
