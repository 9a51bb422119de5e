"""The lock of a workspace: one kzpress writes at a time, and who that is can be read."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kzpress import claims
from kzpress.errors import LockedError, WorkspaceError
from kzpress.speech import _, reason

PLACE: Final = ".kzpress/lock"
_FAR: Final = ("9p", "ceph", "cifs", "fuse.", "lustre", "nfs", "smb", "virtiofs")
_WITHOUT_LOCKS: Final = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP})


@contextmanager
def held(root: Path) -> Iterator[None]:
    """Hold the workspace at ``root`` for writing.

    Raises:
        LockedError: another process holds it.
        WorkspaceError: the folder cannot be written to, or lies where there are no locks.
    """
    from filelock import FileLock, Timeout

    place = root / PLACE
    # A file in a lock's place would outlive a process that is killed.
    claim, lock = place.with_name("holder.json"), FileLock(place, timeout=0, fallback_to_soft=False)
    try:
        place.parent.mkdir(exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise LockedError(
            claims.holder(claim),
            where=str(root),
            hint=_("try again when it is done"),
        ) from error
    except OSError as error:
        raise (_lockless if error.errno in _WITHOUT_LOCKS else unwritable)(root, error) from error
    try:
        with claims.kept(claim, _claimed(root, claim)):
            yield
    finally:
        lock.release()


def unwritable(folder: Path, error: OSError) -> WorkspaceError:
    """Return that a folder of the workspace cannot be written to."""
    return WorkspaceError(
        _("this folder cannot be written to ({reason})", reason=reason(error)),
        where=str(folder),
        hint=_("check the disk and permissions"),
    )


def _lockless(root: Path, error: OSError) -> WorkspaceError:
    return WorkspaceError(
        _("the file system of this folder has no locks ({reason})", reason=reason(error)),
        where=str(root),
        hint=_("mount it with locks (Lustre: -o flock; NFS: with rpc.statd), or move the workspace to another disk"),
    )


def shared_by(root: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str | None:
    """Return the kind of network file system that a folder lies on, None if it is none, or nothing tells."""
    try:
        lines = [line.split() for line in mounts.read_text("utf-8", "replace").splitlines()]
    except OSError:
        return None
    here = [*map(str, (root.resolve(), *root.resolve().parents))]
    around = {line[4].replace("\\040", " "): line[line.index("-") + 1] for line in lines}  # the latest hides others
    kind = next((around[folder] for folder in here if folder in around), "")
    return kind if kind.startswith(_FAR) else None


def _claimed(root: Path, claim: Path) -> claims.Facts:
    try:
        return claims.make(claim)
    except OSError as error:
        raise unwritable(root, error) from error
