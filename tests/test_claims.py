from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kzpress import claims, locking
from kzpress.errors import LockedError

HOLD = """
import sys, time
from pathlib import Path
from kzpress import locking
with locking.held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return where the claim on a workspace lies."""
    (tmp_path / ".kzpress").mkdir()
    return tmp_path / ".kzpress" / "holder.json"


def of_another_machine(place: Path, seconds_ago: float = 0.0) -> bytes:
    """Leave a claim as another machine on a shared folder does."""
    who = {"process": "7", "host": "desk-b", "command": "kzpress run", "since": "2026-03-04 09:00:00+05:00"}
    place.write_text(json.dumps(who | {"machine": "another 1", "token": "beef", "beats": "00000000"}))
    os.utime(place, (time.time() - seconds_ago,) * 2)
    return place.read_bytes()


def test_what_another_machine_has_claimed_is_its_own_though_the_lock_is_free(place: Path) -> None:
    left = of_another_machine(place)
    with (
        pytest.raises(LockedError, match="kzpress run, process 7 on desk-b, since 2026"),
        locking.held(place.parents[1]),
    ):
        pass
    assert place.read_bytes() == left
    assert sorted(one.name for one in place.parent.iterdir()) == ["holder.json", "lock"]


def test_the_claim_of_a_machine_that_is_long_silent_counts_no_more(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "BEAT", 0.02)
    of_another_machine(place, seconds_ago=claims.SILENCE + 1)
    with locking.held(place.parents[1]):
        assert json.loads(place.read_bytes())["process"] == str(os.getpid())
    assert [one.name for one in place.parent.iterdir()] == ["lock"]


def test_a_claim_that_is_signed_is_not_silent_whatever_the_clocks_say(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "BEAT", 0.2)
    left = of_another_machine(place, seconds_ago=3600)

    def sign() -> None:
        place.write_bytes(left.replace(b"00000000", b"00000001"))
        os.utime(place, (1, 1))

    signing = threading.Timer(0.2, sign)
    signing.start()
    with pytest.raises(LockedError, match="desk-b"), locking.held(place.parents[1]):
        pass
    signing.join()


def test_the_claim_of_a_process_that_was_killed_here_is_free_at_once(place: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(place.parents[1])], stdout=subprocess.PIPE, text=True)
    assert child.stdout and child.stdout.readline() == "held\n"
    with pytest.raises(LockedError, match=f"process {child.pid} on"), locking.held(place.parents[1]):
        pass
    child.kill()
    child.communicate()
    assert place.exists()
    began = time.monotonic()
    with locking.held(place.parents[1]):
        assert time.monotonic() - began < 2
    assert not place.exists()


def test_a_claim_is_signed_while_it_is_held_and_keeps_its_length(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "BEAT", 0.02)
    with locking.held(place.parents[1]):
        first = place.read_bytes()
        ends = time.monotonic() + 10
        while (later := place.read_bytes()) in {first, b""} and time.monotonic() < ends:
            time.sleep(0.01)
    assert later != first
    assert len(later) == len(first)


def test_a_claim_that_was_taken_away_is_told_and_the_other_ones_stays(place: Path) -> None:
    with pytest.raises(LockedError, match="was taken away while kzpress worked"), locking.held(place.parents[1]):
        left = of_another_machine(place)
    assert place.read_bytes() == left


def test_an_error_of_the_work_is_not_hidden_by_a_claim_that_was_taken_away(place: Path) -> None:
    with pytest.raises(ZeroDivisionError), locking.held(place.parents[1]):
        place.unlink()
        _ = 1 / 0


def test_a_claim_that_cannot_be_read_is_anothers_until_it_is_silent(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "BEAT", 0.02)
    place.write_bytes(b"")
    with pytest.raises(LockedError, match="another kzpress is working"), locking.held(place.parents[1]):
        pass
    os.utime(place, (1, 1))
    with locking.held(place.parents[1]):
        pass


def test_a_disk_without_links_has_claims_as_well(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refused)
    with locking.held(place.parents[1]):
        assert json.loads(place.read_bytes())["process"] == str(os.getpid())
    of_another_machine(place)
    with pytest.raises(LockedError, match="desk-b"), locking.held(place.parents[1]):
        pass


def test_a_folder_on_a_network_is_known_as_one(tmp_path: Path) -> None:
    mounts, desk = tmp_path / "mountinfo", tmp_path / "the desk"
    mounts.write_text(
        "21 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n"
        f"40 21 0:43 / {str(desk).replace(' ', chr(92) + '040')} rw shared:1 - fuse.sshfs press@server:/desk rw\n"
    )
    assert locking.shared_by(desk / "press", mounts) == "fuse.sshfs"
    assert locking.shared_by(tmp_path / "press", mounts) is None
    assert locking.shared_by(desk, tmp_path / "no such file") is None


def test_a_claim_deleted_by_hand_is_made_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "BEAT", 0.05)
    with locking.held(place.parents[1]):
        shutil.rmtree(place.parent)
        for _ in range(200):
            if place.exists():
                break
            time.sleep(0.05)
        assert json.loads(place.read_bytes())["process"] == str(os.getpid())
    assert not place.exists()


def test_a_process_whose_claim_was_taken_ends_as_by_sigterm(place: Path) -> None:
    hold = HOLD.replace("from kzpress import locking", "from kzpress import claims, locking; claims.BEAT = 0.05")
    child = subprocess.Popen([sys.executable, "-c", hold, str(place.parents[1])], stdout=subprocess.PIPE, text=True)
    assert child.stdout and child.stdout.readline() == "held\n"
    left = of_another_machine(place)
    child.communicate(timeout=20)
    assert child.returncode == -signal.SIGTERM
    assert place.read_bytes() == left
