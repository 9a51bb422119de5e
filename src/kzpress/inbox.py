"""The inbox: which files there are whole, how they are read once, and how they leave it; nothing else removes input."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

from kzpress import files
from kzpress.errors import KzpressError, ReleaseError, WorkspaceError
from kzpress.speech import _, reason

REASON: Final = ".reason.txt"
_UNFINISHED: Final = (".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".download", ".swp", "~")
_DEPTH: Final = 8  # of folders in the inbox
_NAME_BYTES: Final = 180  # with the reason's ending and that of a file being written it stays under 255
_READ_ONLY: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Mark(NamedTuple):
    """What changes when a file does."""

    inode: int
    size: int
    modified: int  # nanoseconds
    changed: int  # nanoseconds; set by the system, whatever a program makes of ``modified``


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What landed in the inbox: ``name`` is its path in there, fit to be written; ``fault`` says why not to open it."""

    path: Path
    name: str
    mark: Mark
    fault: KzpressError | None = None


def look(folder: Path) -> list[Arrival]:
    """Return what lies in the inbox and its folders, the oldest first, but for what is hidden or named as unfinished.

    Raises:
        WorkspaceError: the inbox cannot be listed.
    """
    return sorted(_found(folder, folder, _DEPTH), key=lambda one: (one.mark.modified, one.name))


def at(folder: Path, path: Path) -> Arrival | None:
    """Return what lies at ``path`` in the inbox ``folder``, if anything."""
    return _arrival(folder, path)


def settled(
    found: Sequence[Arrival],
    span: dt.timedelta,
    *,
    now: Callable[[], dt.datetime],
    sleep: Callable[[float], None],
) -> tuple[list[Arrival], list[Arrival]]:
    """Part what has not changed for ``span`` from what has, waiting for that long once if anything is so young.

    A file dated in the future, by a wrong clock or as its sender likes, is watched as well.
    """
    age = int(span.total_seconds() * 1e9)
    today = int(now().timestamp() * 1e9)
    young = [one for one in found if not one.fault and today - max(one.mark.modified, one.mark.changed) < age]
    if young:
        sleep(span.total_seconds())
    restless = [one for one in young if _mark(one.path) != one.mark]
    return [one for one in found if one not in restless], [one for one in restless if os.path.lexists(one.path)]


def read(arrival: Arrival, limit: int) -> bytes:
    """Return the bytes of a file, which is opened once and through no link.

    Raises:
        ReleaseError: it has more than ``limit`` bytes, or changed since it was looked at.
        WorkspaceError: it cannot be read.
    """
    try:
        with os.fdopen(os.open(arrival.path, _READ_ONLY), "rb") as stream:
            opened = _mark_of(os.fstat(stream.fileno()))
            data = stream.read(limit + 1)
    except OSError as error:
        raise WorkspaceError(
            _("cannot be read ({reason})", reason=reason(error)), where=arrival.name, hint=_("check its permissions")
        ) from error
    if opened != arrival.mark:
        raise WorkspaceError(_("changed while it was read"), where=arrival.name, hint=_("the next run takes it"))
    if len(data) > limit:
        raise ReleaseError(
            _("larger than {megabytes} MB", megabytes=limit // 1_000_000),
            where=arrival.name,
            hint=_("give one release a file, without pictures; or raise limits.file_bytes in kzpress.toml"),
        )
    return data


def leave(arrival: Arrival) -> bool:
    """Remove a file that is kept elsewhere by now, and tell whether it was still the one that was read.

    Raises:
        WorkspaceError: it cannot be removed.
    """
    if _mark(arrival.path) != arrival.mark:
        return False
    try:
        arrival.path.unlink()
        files.flush_folder(arrival.path.parent)
    except OSError as error:
        raise _stuck(arrival, error) from error
    return True


def set_aside(arrival: Arrival, quarantine: Path, note: str) -> Path | None:
    """Move what is refused to the quarantine, its reason first, and return where it is; None if it changed.

    Raises:
        WorkspaceError: it cannot be moved.
    """
    if _mark(arrival.path) != arrival.mark:
        return None
    place = _free(_kept(quarantine, arrival.name), arrival)
    files.write(place.with_name(place.name + REASON), note.encode(), error=WorkspaceError)
    try:
        try:
            arrival.path.replace(place)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copy(arrival.path, place)
            leave(arrival)  # what took its place in the meantime is the next pass's
        files.flush_folder(place.parent)
        files.flush_folder(arrival.path.parent)
    except OSError as error:
        raise _stuck(arrival, error) from error
    return place


def is_note(arrival: Arrival, data: bytes) -> bool:
    """Tell whether a file is no release but the reason of one, moved back together with it."""
    return arrival.name.endswith(REASON) and data.startswith(b"time: ") and b"\nfile: inbox/" in data


def clear(quarantine: Path, name: str) -> None:
    """Remove the reason of what was put right since and is no more in the quarantine."""
    place = _kept(quarantine, name)
    if not os.path.lexists(place):
        files.remove(place.with_name(place.name + REASON), error=WorkspaceError)


def waiting(quarantine: Path) -> int:
    """Return how many refused files wait in the quarantine for a person."""
    notes = quarantine.rglob(f"*{REASON}")
    return sum(os.path.lexists(note.with_name(note.name.removesuffix(REASON))) for note in notes)


# ------------------------------------------------------------------ what lies there


def _found(folder: Path, inbox: Path, depth: int) -> Iterator[Arrival]:
    for path in _listed(folder):
        arrival = _arrival(inbox, path)
        if arrival and depth and _is_folder(path):
            try:
                yield from _found(path, inbox, depth - 1)
            except WorkspaceError as error:  # this folder's, not of those in it
                yield replace(arrival, fault=error)
        elif arrival:
            yield arrival


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def _listed(folder: Path) -> list[Path]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise WorkspaceError(
            _("this folder cannot be listed ({reason})", reason=reason(error)),
            where=str(folder),
            hint=_("make it, or check its permissions"),
        ) from error
    return [path for path in paths if not path.name.startswith((".", "~$")) and not _is_unfinished(path.name)]


def _is_unfinished(name: str) -> bool:
    return name.lower().endswith(_UNFINISHED)


def _arrival(folder: Path, path: Path) -> Arrival | None:
    name = files.shown(path.relative_to(folder).as_posix())
    name = "".join(ch if ch.isprintable() else "\ufffd" for ch in name)  # a line break would forge a line of a log
    try:
        status = path.lstat()
    except FileNotFoundError:  # gone in the meantime
        return None
    except OSError as error:
        fault = WorkspaceError(
            _("cannot be read ({reason})", reason=reason(error)), where=name, hint=_("check its permissions")
        )
        return Arrival(path=path, name=name, mark=Mark(0, 0, 0, 0), fault=fault)
    return Arrival(path=path, name=name, mark=_mark_of(status), fault=_fault(status.st_mode, name))


def _fault(mode: int, name: str) -> KzpressError | None:
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISLNK(mode):
        return ReleaseError(_("a link, not a file"), where=name, hint=_("put the file itself into the inbox"))
    if stat.S_ISDIR(mode):
        return ReleaseError(_("folders within folders, too deep"), where=name, hint=_("put its files into the inbox"))
    return ReleaseError(_("not a regular file"), where=name, hint=_("save it as a file first"))


def _mark_of(status: os.stat_result) -> Mark:
    return Mark(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _mark(path: Path) -> Mark | None:
    try:
        return _mark_of(path.lstat())
    except OSError:
        return None


# ------------------------------------------------------------------ where it goes


def _kept(quarantine: Path, name: str) -> Path:
    """Return where in the quarantine what has this name in the inbox belongs."""
    return quarantine.joinpath(*map(_fitting, name.split("/")))


def _free(wished: Path, arrival: Arrival) -> Path:
    """Return a place in the quarantine that is free, or taken by the same bytes."""
    name = wished.name
    stem, dot, suffix = name.rpartition(".") if "." in name.strip(".") else (name, "", "")
    for place in (wished.with_name(one) for one in _numbered(name, stem, dot + suffix)):
        if not os.path.lexists(place) or _is_same(place, arrival):
            return place
    raise AssertionError  # the numbers do not end


def _numbered(name: str, stem: str, suffix: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{stem}-{number}{suffix}"
        number += 1


def _fitting(name: str) -> str:
    """Return a name cut where its reason would have too long a name for a file system; its suffix stays."""
    if len(name.encode()) <= _NAME_BYTES:
        return name
    stem, dot, suffix = name.rpartition(".")
    ending = (dot + suffix) if stem and len(suffix) <= 8 else ""
    cut = name.encode()[: _NAME_BYTES - len(ending.encode())]
    return cut.decode("utf-8", "ignore") + ending


def _is_same(place: Path, arrival: Arrival) -> bool:
    """Tell whether the file refused before is the one that came again."""
    if arrival.fault or not place.is_file() or place.is_symlink() or place.lstat().st_size != arrival.mark.size:
        return False
    try:
        with place.open("rb") as one, os.fdopen(os.open(arrival.path, _READ_ONLY), "rb") as other:
            while block := one.read(1 << 20):
                if block != other.read(1 << 20):
                    return False
    except OSError:
        return False
    return True


def _copy(path: Path, place: Path) -> None:
    """Copy a file, link, pipe or socket to another file system as what it is."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        place.symlink_to(path.readlink())
        return
    if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
        os.mknod(place, mode)
        return
    with os.fdopen(os.open(path, _READ_ONLY), "rb") as source, files.beside(place) as target:
        shutil.copyfileobj(source, target)


def _stuck(arrival: Arrival, error: OSError) -> WorkspaceError:
    return WorkspaceError(
        _("cannot be moved out of the inbox ({reason})", reason=reason(error)),
        where=arrival.name,
        hint=_("let kzpress's user write to the inbox, the quarantine and the folders in them"),
    )
