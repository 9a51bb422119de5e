"""A file layer that fails on command: at one of the changes a program makes on the disk, something bad happens.

Changes are what Python's own audit events tell (a file opened to be written, a rename, a removal, a new folder) and
calls of ``os.fsync``. SQLite's and the lock's own calls are not seen: what they keep may be lost at any time.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from kzpress import files

SHORT: Final = 64  # bytes that a file may still grow to on the full disk of ``Fault.FULL``
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Fault(StrEnum):
    """What happens at the chosen change, instead of it unless said otherwise."""

    NONE = "none"
    KILL = "kill -9"
    ENOSPC = "ENOSPC"
    EIO = "EIO"
    EACCES = "EACCES"
    FULL = "short write"  # it and all that follow: files cannot grow beyond some bytes
    SLOW = "slow"  # the change is made after a while, in which ``meanwhile`` happens


@dataclass(slots=True)
class Layer:
    """Counts the changes below ``root`` and lets ``fault`` happen at number ``at``, counted from 0.

    ``unflushed`` has the files that were renamed to their place before their contents were on the disk: those that a
    power cut may leave empty.
    """

    root: Path
    fault: Fault
    at: int
    meanwhile: Callable[[], None] = lambda: None
    count: int = 0
    unflushed: list[str] = field(default_factory=list)
    _flushed: set[str] = field(default_factory=set)
    _busy: bool = False

    def install(self) -> None:
        """Watch this process from now on; there is no way back."""
        flush = os.fsync

        def fsync(handle: int) -> None:
            path = str(Path(f"/proc/self/fd/{handle}").readlink())
            self._change("fsync", path)
            flush(handle)
            self._flushed.add(path)

        exchange = files._exchange  # noqa: SLF001 - Linux's call, which no event tells

        def exchanged(one: Path, other: Path) -> bool:
            self._placed(str(one), str(other))
            self._change("exchange", str(other))
            return exchange(one, other)

        os.fsync = fsync  # type: ignore[assignment]
        files._exchange = exchanged  # noqa: SLF001
        sys.addaudithook(self._heard)

    def _heard(self, event: str, args: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = args
            if isinstance(flags, int) and flags & _WRITES and isinstance(path, (str, bytes)):
                self._flushed.discard(os.fsdecode(path))
                self._change(event, os.fsdecode(path))
        elif event in {"os.rename", "os.link"}:
            old, new = (os.fsdecode(arg) for arg in args[:2])  # type: ignore[arg-type]
            self._placed(old, new)
            self._change(event, new)
        elif event in {"os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate"}:
            self._change(event, os.fsdecode(args[0]))  # type: ignore[arg-type]

    def _placed(self, old: str, new: str) -> None:
        """Note that a file written here, not one that arrived, gets its name; all names are absolute ones."""
        written = Path(old).name.startswith(".") and Path(old).is_file()
        if self._is_ours(new) and written and old not in self._flushed:
            self.unflushed.append(new)

    def _is_ours(self, path: str) -> bool:
        place = Path(path)
        return place.is_relative_to(self.root) and place.name != "lock" and place.suffix != ".sqlite"

    def _change(self, event: str, path: str) -> None:
        if self._busy or not self._is_ours(path):
            return
        self.count += 1
        if self.count - 1 == self.at:
            self._busy = True
            try:
                self._happen(event, path)
            finally:
                self._busy = False

    def _happen(self, event: str, path: str) -> None:
        match self.fault:
            case Fault.KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            case Fault.FULL:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (SHORT, resource.RLIM_INFINITY))
            case Fault.SLOW:
                self.meanwhile()
                time.sleep(0.02)
            case Fault.ENOSPC | Fault.EIO | Fault.EACCES:
                number = getattr(errno, self.fault.value)
                raise OSError(number, os.strerror(number), f"{path} ({event}, by the test's file layer)")
            case Fault.NONE:
                pass
