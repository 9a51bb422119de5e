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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kzpress import claims, locking
from kzpress.errors import Exit, LockedError, WorkspaceError
from kzpress.workspace import Workspace
from tests.reviewed import desk

COMMAND = """
import sys, time
from pathlib import Path
from kzpress import claims, cli, cli_run
from tests.fakes import Transliterator

class Waiting(Transliterator):
    def translate(self, jobs, progress=None):
        print("asked", flush=True)
        while not Path("go").exists():
            progress(0)
            time.sleep(0.02)
        return super().translate(jobs, progress)

claims.BEAT = 0.05
cli.engine_of = cli_run.engine_of = lambda _: Waiting()
sys.exit(cli.run(sys.argv[1:]))
"""
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


@pytest.mark.parametrize("answer", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_disk_without_locks_is_refused_and_nothing_is_left_that_locks(
    place: Path, monkeypatch: pytest.MonkeyPatch, answer: int
) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refused(*_: object) -> None:
        raise OSError(answer, os.strerror(answer))

    with monkeypatch.context() as patch, pytest.raises(WorkspaceError, match="has no locks") as told:
        patch.setattr(fcntl, "flock", refused)
        with locking.held(place.parents[1]):
            pass
    assert told.value.where == str(place.parents[1])
    assert "-o flock" in str(told.value.hint)
    with locking.held(place.parents[1]):
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


@contextmanager
def drafting(desk: Workspace, *command: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command on a release, whose engine answers when there is a file ``go``."""
    (desk.inbox / "storks.txt").write_text("AKTAU. KAZINFORM - The storks of the lake came back on Tuesday.\n", "utf-8")
    os.utime(desk.inbox / "storks.txt", (1, 1))
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=desk.root,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "LC_ALL": "C.UTF-8"},
    ) as process:
        try:
            assert process.stdout and process.stdout.readline() == "asked\n"
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("command", [("translate", "inbox"), ("run",)])
def test_who_loses_the_claim_reads_why_and_that_nothing_is_lost(tmp_path: Path, command: tuple[str, ...]) -> None:
    place = desk(tmp_path / "desk")
    claim = place.root / ".kzpress" / "holder.json"
    with drafting(place, *command) as process:
        left = of_another_machine(claim)
        time.sleep(0.5)
        (place.root / "go").touch()
        _, said = process.communicate(timeout=60)
    assert process.returncode == Exit.LOCKED
    assert "error: " + str(claim.parent) + ": holder.json was taken away while kzpress worked" in said
    assert "hint: run kzpress again; what is written is complete" in said
    assert len(said.splitlines()) == 2
    assert claim.read_bytes() == left
    assert not [*place.root.rglob("*.tmp")]


def test_sigterm_ends_a_command_in_order_and_gives_the_claim_back(tmp_path: Path) -> None:
    place = desk(tmp_path / "desk")
    with drafting(place, "translate", "inbox") as process:
        process.terminate()
        _, said = process.communicate(timeout=60)
    assert process.returncode == Exit.TERMINATED
    assert said == "note: ended by SIGTERM: what is written is complete, the rest is as it was\n"
    assert not (place.root / ".kzpress" / "holder.json").exists()
    assert (place.inbox / "storks.txt").exists()
