"""``kzpress run`` as cron, systemd and an administrator meet it, with the embedded models."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kzpress import workspace
from kzpress.errors import Exit
from kzpress.settings import SETTINGS
from kzpress.workspace import Workspace
from tests.cli.calling import Call, calling
from tests.run.served import item, rss, served
from tests.run.test_running import GLOSSARY, PORTS, TALKS

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "docs" / "systemd"
KZPRESS = [sys.executable, "-m", "kzpress"]
SAMPLE = re.compile(r'(kzpress_[a-z_]+)(\{[a-z]+="[a-z0-9-]+"\})? (-?[0-9]+(?:\.[0-9]+)?)')


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    desk = tmp_path / "desk"
    (desk / "glossary").mkdir(parents=True)
    (desk / "glossary" / "places.toml").write_text(GLOSSARY, "utf-8")
    (desk / SETTINGS).write_text('[run]\nsettle = "1s"\n', "utf-8")
    workspace.create(desk)
    monkeypatch.chdir(desk)
    return workspace.find(desk)


@pytest.fixture
def kzpress(place: Workspace, capfd: pytest.CaptureFixture[str]) -> Call:
    return calling(capfd)


def metrics(path: Path) -> dict[str, float]:
    """Read the text format as strictly as Prometheus does: HELP and TYPE once, before all samples of a name."""
    text = path.read_text("utf-8")
    assert text.endswith("\n")
    kinds: dict[str, str] = {}
    helped: set[str] = set()
    found: dict[str, float] = {}
    latest = ""
    for line in text.splitlines():
        if line.startswith("# HELP "):
            latest = line.split(" ")[2]
            assert latest not in helped
            helped.add(latest)
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert (name, kind in {"counter", "gauge"}) == (latest, True)
            kinds[name] = kind
        else:
            match = SAMPLE.fullmatch(line)
            assert match, line
            name, labels, value = match.groups(default="")
            assert name == latest
            assert name in kinds
            assert kinds[name] != "counter" or name.endswith("_total")
            assert name + labels not in found
            found[name + labels] = float(value)
    return found


@pytest.mark.model
def test_a_night_with_bad_luck(place: Workspace, kzpress: Call) -> None:
    (place.inbox / "talks.txt").write_text(TALKS, "utf-8")
    (place.inbox / "broken.docx").write_bytes(b"PK\x03\x04" + b"cut off" * 50)
    (place.inbox / "link.txt").symlink_to("/etc/hostname")
    said = kzpress("run", "--log", "run.jsonl", "--metrics", "kzpress.prom")
    assert said.status == Exit.PARTIAL
    assert "error: broken.docx: a damaged zip archive\nhint: " in said.err
    assert "note: it is quarantine/broken.docx now; put right, it goes back to inbox/broken.docx" in said.err
    assert said.out.splitlines()[-1].startswith("1 release done, 2 refused in ")

    lines = [json.loads(line) for line in Path("run.jsonl").read_text("utf-8").splitlines()]
    assert sorted(line["event"] for line in lines) == ["done", "ended", "refused", "refused"]
    assert {"time", "level", "event", "seconds", "path", "slug"} <= lines[0].keys()
    words = set(re.findall(r"\w{5,}", TALKS.lower())) - {"talks"}  # a file name
    slug = next(line["slug"] for line in lines if line["event"] == "done")
    logged = Path("run.jsonl").read_text("utf-8").lower().replace(slug, "").replace("finding", "")
    assert not words & set(re.findall(r"\w+", logged))

    found = metrics(Path("kzpress.prom"))
    assert found['kzpress_releases_total{outcome="done"}'] == 1
    assert found['kzpress_releases_total{outcome="refused"}'] == 2
    assert (found["kzpress_quarantine_files"], found["kzpress_inbox_files"]) == (2, 0)
    assert (found["kzpress_last_status"], found["kzpress_last_success_timestamp_seconds"]) == (8, 0)

    again = kzpress("run", "--log", "run.jsonl", "--metrics", "kzpress.prom")
    assert (again.status, again.out, again.err) == (Exit.DONE, "nothing to do\n", "")
    found = metrics(Path("kzpress.prom"))
    assert found['kzpress_releases_total{outcome="done"}'] == 1
    assert found["kzpress_last_success_timestamp_seconds"] == found["kzpress_last_run_timestamp_seconds"] > 0


@pytest.mark.model
def test_headlines_and_findings_are_logged_when_asked_for(place: Workspace, kzpress: Call) -> None:
    (place.inbox / "talks.txt").write_text(TALKS, "utf-8")
    said = kzpress("run", "--log", "-", "--log-text")
    done = next(line for line in said.objects if line["event"] == "done")
    assert "Ambassador" in done["title"]
    assert all("findings" in target for target in done["targets"])


def test_a_feed_is_told_in_words_log_and_metrics(place: Workspace, kzpress: Call) -> None:
    with served(rss(item("Ambassador received", "", guid="1", date="Wed, 04 Mar 2020 10:00:00 GMT"))) as server:
        feeds = f'[[feeds]]\nname = "mfa"\nurl = "{server.address}"\nquiet = "36h"\n'
        (place.root / SETTINGS).write_text(feeds + '[[feeds]]\nname = "gone"\nfile = "no.xml"\n', "utf-8")
        said = kzpress("run", "--metrics", "kzpress.prom")
        again = kzpress("run", "--json")
    assert said.status == Exit.PARTIAL
    assert "feed mfa: nothing new since 2020-03-04" in said.err
    assert "no.xml: cannot be read" in said.err
    assert "1 feed not read, 1 feed quiet in" in said.out
    found = metrics(Path("kzpress.prom"))
    assert (found['kzpress_feed_up{feed="mfa"}'], found['kzpress_feed_up{feed="gone"}']) == (1, 0)
    assert found['kzpress_feed_quiet{feed="mfa"}'] == 1
    assert found['kzpress_feed_last_item_timestamp_seconds{feed="mfa"}'] == 1583316000
    assert found['kzpress_feed_age_seconds{feed="mfa"}'] > 36 * 3600
    assert [line["level"] for line in again.objects if line["event"] == "feed-quiet"] == ["warning"]


def test_a_locked_workspace_is_status_75(place: Workspace, kzpress: Call) -> None:
    with place.lock():
        said = kzpress("run", "--metrics", "kzpress.prom")
    assert said.status == Exit.LOCKED
    assert "try again" in said.err
    assert metrics(Path("kzpress.prom"))["kzpress_last_status"] == Exit.LOCKED


def test_a_log_that_cannot_be_written_stops_before_anything_is_done(place: Workspace, kzpress: Call) -> None:
    (place.inbox / "empty.txt").write_bytes(b"")
    said = kzpress("run", "--log", "no/folder/run.jsonl")
    assert said.status == Exit.USAGE
    assert "no/folder/run.jsonl: cannot be written" in said.err
    assert (place.inbox / "empty.txt").exists()


def test_metrics_that_cannot_be_written_are_told_when_all_else_is_done(place: Workspace, kzpress: Call) -> None:
    said = kzpress("run", "--metrics", "/proc/kzpress.prom")
    assert said.status == Exit.USAGE
    assert "/proc/kzpress.prom: cannot be written" in said.err
    assert said.out == "nothing to do\n"


@pytest.mark.parametrize("damage", ["", "no metrics", "kzpress_run_seconds_total soon\n", "\xff\xfe"])
def test_damaged_metrics_begin_again(place: Workspace, kzpress: Call, damage: str) -> None:
    Path("kzpress.prom").write_bytes(damage.encode("latin-1"))
    assert kzpress("run", "--metrics", "kzpress.prom").status == Exit.DONE
    assert metrics(Path("kzpress.prom"))['kzpress_releases_total{outcome="done"}'] == 0


# ------------------------------------------------------------------ watching


@contextmanager
def watching(place: Workspace, *args: str) -> Iterator[subprocess.Popen[str]]:
    command = [*KZPRESS, "run", "--watch", "1", "--json", *args]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=place.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait(process: subprocess.Popen[str], kind: str) -> dict[str, object]:
    """Return the next event of a kind that a watching kzpress prints."""
    assert process.stdout
    for line in process.stdout:
        event: dict[str, object] = json.loads(line)
        if event["event"] == kind:
            return event
    raise AssertionError(process.stderr.read() if process.stderr else "")


@pytest.mark.model
def test_a_watch_takes_what_comes_and_leaves_the_workspace_to_people_between_passes(place: Workspace) -> None:
    with watching(place, "--metrics", "kzpress.prom") as process:
        wait(process, "ended")
        (place.inbox / "talks.txt").write_text(TALKS, "utf-8")
        assert wait(process, "done")["path"] == "inbox/talks.txt"
        wait(process, "ended")
        time.sleep(0.3)
        with place.lock():
            pass
        (place.root / SETTINGS).write_text("nonsense = 1\n", "utf-8")
        assert wait(process, "stopped")["status"] == Exit.USAGE
        (place.root / SETTINGS).write_text('[run]\nsettle = "1s"\n', "utf-8")
        (place.inbox / "empty.txt").write_bytes(b"")
        assert wait(process, "refused")["path"] == "inbox/empty.txt"
        wait(process, "ended")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == Exit.TERMINATED
    assert metrics(place.root / "kzpress.prom")['kzpress_releases_total{outcome="done"}'] == 1


@pytest.mark.model
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, Exit.TERMINATED), (signal.SIGINT, Exit.INTERRUPTED)])
def test_a_signal_lets_the_present_release_be_done_and_no_other_begun(
    place: Workspace, number: int, status: Exit
) -> None:
    for at, name in enumerate(("a.txt", "b.txt", "c.txt", "d.txt")):
        (place.inbox / name).write_text(PORTS.replace("ten trains", f"{at + 20} trains"), "utf-8")
        os.utime(place.inbox / name, (at, at))
    with watching(place) as process:
        wait(process, "done")
        process.send_signal(number)
        assert process.wait(60) == status
        assert process.stderr and "Traceback" not in process.stderr.read()
    left = sorted(path.name for path in place.inbox.iterdir())
    assert left in (["b.txt", "c.txt", "d.txt"], ["c.txt", "d.txt"])
    assert len(list((place.root / "releases").iterdir())) == 4 - len(left)


@pytest.mark.model
def test_a_killed_run_is_completed_by_the_next(place: Workspace, kzpress: Call) -> None:
    for at in range(3):
        (place.inbox / f"{at}.txt").write_text(PORTS.replace("ten trains", f"{at + 20} trains"), "utf-8")
    with watching(place) as process:
        wait(process, "done")
        process.kill()
        process.wait(20)
    assert kzpress("run").status == Exit.DONE
    assert list(place.inbox.iterdir()) == []
    assert len(list((place.root / "releases").iterdir())) == 3
    # The kill may fall into the writing of a catalogue: what it leaves beside it, doctor tells of.
    assert {path.parent.name for path in place.root.rglob("*.tmp")} <= {"LC_MESSAGES"}


# ------------------------------------------------------------------ systemd


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_the_units_are_sound(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("kzpress")
    for unit in UNITS.iterdir():
        text = unit.read_text("utf-8").replace("/opt/kzpress/bin/kzpress", str(program))
        (tmp_path / unit.name).write_text(text, "utf-8")
    units = sorted(map(str, tmp_path.iterdir()))
    assert len(units) == 3
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize("unit", ["kzpress.service", "kzpress-watch.service"])
def test_the_units_call_commands_that_there_are(unit: str, kzpress: Call) -> None:
    (line,) = (line for line in (UNITS / unit).read_text("utf-8").splitlines() if line.startswith("ExecStart="))
    args = line.partition("kzpress --workspace /srv/press ")[2].split()
    said = kzpress("-w", ".", *args, "--help")
    assert said.status == 0
    assert args[0] == "run"
    assert {arg for arg in args if arg.startswith("--")} <= set(re.findall(r"--[a-z-]+", said.out))
