"""The claim on a workspace: a file that one process alone can make, for shared folders where locks end at each machine.

The system's lock is free the moment its process dies; but through sshfs, or NFS mounted without locks, a machine sees
only its own. So whoever has the lock makes this file as well and signs it every few seconds. It outlives a machine that
dies, and counts no more once it has been silent for long.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import secrets
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from kzpress.errors import LockedError
from kzpress.speech import Message, _

BEAT: Final = 5.0  # seconds between signs of life
SILENCE: Final = 60.0  # seconds; sshfs shows the times of a file as they were up to 20 seconds ago

_lost: Final[list[LockedError]] = []  # why this process was sent SIGTERM

Facts = dict[str, str]


def make(place: Path) -> Facts:
    """Make the claim at ``place``, in the stead of a dead one if need be, and return it; the caller has the lock.

    Raises:
        LockedError: a process on another machine holds it.
        OSError: it cannot be written.
    """
    _lost.clear()
    mine = _facts(place)
    draft = place.with_name(f".{place.name}.{mine['token']}.tmp")
    try:
        with draft.open("xb") as stream:
            _write(stream, _signed(mine, 0))
        for _try in range(3):
            if _put(draft, place, mine):
                return mine
            there = _read(place)
            is_dead = _fact(there, "machine") == mine["machine"]  # or the lock would not be ours
            if not is_dead and not _is_silent(place, there, draft.stat().st_mtime):
                break
            _clear(place, there, draft.with_suffix(".old.tmp"))
    finally:
        draft.unlink(missing_ok=True)
    raise LockedError(holder(place), where=str(place.parent.parent), hint=_("try again when it is done"))


@contextmanager
def kept(place: Path, mine: Facts) -> Iterator[None]:
    """Sign the claim while the block runs, then remove it; if it is taken away, SIGTERM ends the work, see ``lost``.

    Raises:
        LockedError: it was taken away while the block ran.
    """
    ended = threading.Event()
    signing = threading.Thread(target=_sign, args=(place, mine, ended), daemon=True)
    signing.start()
    try:
        yield
    finally:
        ended.set()
        signing.join()
        is_mine = True
        with suppress(OSError):  # a share that is away: what could not be written there was told
            if is_mine := _is_of(place, mine):
                place.unlink()
    if not is_mine:
        raise _taken(place)


def lost() -> LockedError | None:
    """Return why this process was sent SIGTERM: its latest claim was taken away; None if it was not."""
    return _lost[-1] if _lost else None


def holder(place: Path) -> Message:
    """Return that a workspace is held, and by whom if the claim at ``place`` can be read."""
    try:
        who = json.loads(place.read_bytes())
        return _(
            "another kzpress is working in this workspace: {command}, process {process} on {host}, since {since}",
            **{key: str(who[key]) for key in ("command", "process", "host", "since")},
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return _("another kzpress is working in this workspace")


# ------------------------------------------------------------------ making it


def _facts(place: Path) -> Facts:
    return {
        "process": str(os.getpid()),
        "host": platform.node(),
        "command": " ".join(["kzpress", *sys.argv[1:]])[:80],
        "since": dt.datetime.now().astimezone().isoformat(" ", "seconds"),
        "machine": _machine(place),
        "token": secrets.token_hex(8),
    }


def _signed(mine: Facts, beats: int) -> bytes:
    """Return a claim's contents, of one length however often it was signed: caches may know its former length."""
    return json.dumps(mine | {"beats": f"{beats:08}"}).encode()


def _machine(place: Path) -> str:
    """Return what processes have in common that see each other's locks: a running system, and a mount in it."""
    try:
        system = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        system = platform.node()
    return f"{system} {place.parent.stat().st_dev}"


def _put(draft: Path, place: Path, mine: Facts) -> bool:
    """Give the draft the claim's name if nothing has it; what is there is looked at, since NFS may repeat a request."""
    _name(draft, place)
    return _is_of(place, mine)


def _name(draft: Path, place: Path) -> None:
    """Give the draft, or on a disk without links its contents, a name that nothing has."""
    try:
        os.link(draft, place)
    except FileExistsError:
        pass
    except OSError:
        _copy(draft, place)


def _copy(draft: Path, place: Path) -> None:
    """Give the draft's contents a name that nothing has; half of them would be nobody's claim."""
    with suppress(FileExistsError), place.open("xb") as stream:
        try:
            _write(stream, draft.read_bytes())
        except OSError:
            place.unlink(missing_ok=True)
            raise


def _is_silent(place: Path, there: bytes, now: float) -> bool:
    """Tell whether nobody signs a claim any more; ``now`` is by the clock that dates it, which is the file server's."""
    try:
        if abs(now - place.stat().st_mtime) < SILENCE:
            return False
    except FileNotFoundError:
        return True
    time.sleep(2.5 * BEAT)  # and if the clocks are two after all
    return _read(place) == there


def _clear(place: Path, there: bytes, aside: Path) -> None:
    """Take a dead claim away, and put back what somebody who was faster has made in its place."""
    with suppress(FileNotFoundError):
        place.rename(aside)
        if _fact(aside.read_bytes(), "token") != _fact(there, "token"):
            with suppress(OSError):
                _name(aside, place)
        aside.unlink()


# ------------------------------------------------------------------ keeping it


def _taken(place: Path) -> LockedError:
    return LockedError(
        _("{file} was taken away while kzpress worked: another machine may have worked here as well", file=place.name),
        where=str(place.parent),
        hint=_("run kzpress again; what is written is complete"),
    )


def _sign(place: Path, mine: Facts, ended: threading.Event) -> None:
    """Write the claim anew, in place and at its length, until ``ended``; this process too if it is another's."""
    beats, last = 0, time.time()
    while not ended.wait(BEAT):
        beats += 1
        with suppress(OSError):  # a share that is away for a moment; what matters is told by what is written there
            is_awake, last = time.time() - last < SILENCE, time.time()
            if not _is_of(place, mine) and not (is_awake and _made_again(place, mine, beats)):
                _lost.append(_taken(place))
                os.kill(os.getpid(), signal.SIGTERM)
                return
            with place.open("r+b") as stream:
                _write(stream, _signed(mine, beats))


def _made_again(place: Path, mine: Facts, beats: int) -> bool:
    """Make a claim again that a person has deleted with its folder; False if another's stands there."""
    if _read(place):
        return False
    draft = place.with_name(f".{place.name}.{mine['token']}.tmp")
    place.parent.mkdir(exist_ok=True)
    try:
        with draft.open("wb") as stream:
            _write(stream, _signed(mine, beats))
        return _put(draft, place, mine)
    finally:
        draft.unlink(missing_ok=True)


def _write(stream: BinaryIO, data: bytes) -> None:
    stream.write(data)
    stream.flush()
    os.fsync(stream.fileno())


def _is_of(place: Path, mine: Facts) -> bool:
    return _fact(_read(place), "token") == mine["token"]


def _read(place: Path) -> bytes:
    """Return a claim's contents, none if there is no claim."""
    try:
        return place.read_bytes()
    except FileNotFoundError:
        return b""


def _fact(claim: bytes, key: str) -> str | None:
    try:
        return str(json.loads(claim)[key])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
