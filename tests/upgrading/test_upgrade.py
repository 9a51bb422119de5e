"""`kzpress upgrade`: the format's line, steps that are killed anywhere, and workspaces of kzpress yet to come."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults import Fault, Layer
from kzpress import layout, workspace
from kzpress.errors import Exit, LockedError, WorkspaceError
from kzpress.events import Kind
from kzpress.layout import FORMAT, with_format
from kzpress.report_run import reason
from kzpress.running import Runner
from kzpress.settings import SETTINGS
from kzpress.speech import _
from kzpress.upgrading import STEPS, Edit, upgrade
from tests.cli.calling import Call, calling, kept
from tests.fakes import Transliterator

WRITTEN = Path(__file__).parent / "written" / "unattended"


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that an earlier version wrote, of format 1."""
    place = tmp_path / "desk"
    shutil.copytree(WRITTEN, place)
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def kzpress(old: Path, capfd: pytest.CaptureFixture[str]) -> Call:
    return calling(capfd)


def settings(place: Path, *changes: tuple[str, str]) -> None:
    text = (place / SETTINGS).read_text("utf-8")
    for was, now in changes:
        assert was in text
        text = text.replace(was, now)
    (place / SETTINGS).write_text(text, "utf-8")


# ------------------------------------------------------------------ the line


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"version = 1\ntargets = ['kk']\n", b"version = 7\ntargets = ['kk']\n"),
        (b"  version=1   # ours\r\n# x\r\n", b"  version=7   # ours\r\n# x\r\n"),
        (b'"version" = 1', b'"version" = 7'),
        (b"targets = ['kk']\n", b"version = 7\ntargets = ['kk']\n"),
        (b"", b"version = 7\n"),
        (b"\xef\xbb\xbftargets = ['kk']\r\n", b"\xef\xbb\xbfversion = 7\r\ntargets = ['kk']\r\n"),
        (b"[tool]\nversion = 1\n", b"version = 7\n[tool]\nversion = 1\n"),
        (b'a = """\nversion = 1\n"""\nversion = 1\n', b'a = """\nversion = 1\n"""\nversion = 7\n'),
        ("# Баптаулар\nversion = 1 # нұсқа\n".encode(), "# Баптаулар\nversion = 7 # нұсқа\n".encode()),
    ],
)
def test_the_formats_line_alone_is_changed(before: bytes, after: bytes) -> None:
    assert with_format(before, 7) == after
    assert with_format(after, 7) == after


def test_a_line_that_no_edit_can_reach_is_told_and_not_guessed_at(old: Path) -> None:
    (old / SETTINGS).write_text('"versi\\u006fn" = 1\n', "utf-8")
    with pytest.raises(WorkspaceError, match="version = 2 cannot be written into it"):
        [*upgrade(old, steps=(*STEPS, lambda _root: ()))]
    assert (old / SETTINGS).read_text("utf-8") == '"versi\\u006fn" = 1\n'


@pytest.mark.parametrize("value", ["0", "-1", "'1'", "true", "1.0", "[1]"])
def test_a_version_that_is_no_number_is_refused_and_not_taken_for_one(old: Path, kzpress: Call, value: str) -> None:
    settings(old, ("version = 1", f"version = {value}"))
    for command in ("status", "upgrade"):
        said = kzpress(command)
        assert (said.status, "version is no number above 0" in said.err) == (Exit.USAGE, True)


# ------------------------------------------------------------------ newer and older


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("check",),
        ("run",),
        ("translate", "feed.xml"),
        ("redraft", "--stale"),
        ("publish",),
        ("withdraw", "x"),
        ("preview", "x"),
        ("export", "x"),
        ("import", "feed.xml"),
        ("memory", "stats"),
        ("glossary", "check"),
        ("glossary", "find", "Astana", "--lang", "en"),
        ("models", "list"),
        ("init",),
        ("upgrade",),
        ("upgrade", "--dry-run"),
    ],
)
def test_a_workspace_of_a_newer_format_is_refused_by_every_command(
    old: Path, kzpress: Call, command: tuple[str, ...]
) -> None:
    settings(old, ("version = 1", f"version = {FORMAT + 1}\nheraldry = 'a key of later days'"))
    before = kept()
    said = kzpress(*command)
    assert said.status == Exit.USAGE
    assert f"this workspace is of format {FORMAT + 1}; kzpress 0.1.0 knows formats up to {FORMAT}" in said.err
    assert "hint: use a newer kzpress" in said.err
    assert kept() == before


def test_one_that_is_upgraded_while_a_command_waits_is_not_written_to(old: Path) -> None:
    place = workspace.find(old)
    settings(old, ("version = 1", f"version = {FORMAT + 1}"))
    with pytest.raises(WorkspaceError, match="is of format"), place.lock():
        raise AssertionError("it was locked")


def test_a_format_that_commands_cannot_work_in_asks_for_the_upgrade(old: Path) -> None:
    with pytest.raises(WorkspaceError) as told:
        layout.format_of(old / SETTINGS, {"version": 1}, oldest=2, newest=2)
    assert "is to be upgraded first" in told.value.message
    assert "kzpress upgrade --dry-run" in str(told.value.hint)


# ------------------------------------------------------------------ the one real step


def test_a_workspace_without_a_format_works_and_doctor_names_the_remedy(old: Path, kzpress: Call) -> None:
    settings(old, ("version = 1\n", ""))
    assert kzpress("status").status == Exit.DONE
    (seen,) = [one for one in kzpress("doctor", "--json").objects if one["subject"] == "workspace"]
    assert (seen["health"], "of format 0" in seen["what"]) == ("warning", True)
    assert "kzpress upgrade" in seen["remedy"]


def test_the_upgrade_records_the_format_and_touches_nothing_else(old: Path, kzpress: Call) -> None:
    settings(old, ("version = 1\n", ""))
    before = kept()
    assert kzpress("upgrade", "--dry-run").out == f"would change {SETTINGS}: version = 1\n"
    assert kept() == before
    assert kzpress("upgrade").out == f"{SETTINGS}: version = 1\n"
    assert kept() == before | {Path(SETTINGS): b"version = 1\n" + before[Path(SETTINGS)]}
    assert kzpress("upgrade", "--json").out == ""
    (seen,) = [one for one in kzpress("doctor", "--json").objects if one["subject"] == "workspace"]
    assert (seen["health"], "of format 1" in seen["what"]) == ("ok", True)


def test_a_step_leads_to_each_format_there_is() -> None:
    assert len(STEPS) == FORMAT


def test_while_another_kzpress_works_the_upgrade_waits_for_another_call(old: Path) -> None:
    settings(old, ("version = 1\n", ""))
    with workspace.find(old).lock(), pytest.raises(LockedError):
        [*upgrade(old)]
    assert "version" not in (old / SETTINGS).read_text("utf-8").splitlines()[0]


# ------------------------------------------------------------------ what a newer kzpress kept


def test_what_a_newer_kzpress_kept_of_feeds_and_deaths_is_let_go_and_nothing_is_done_twice(
    old: Path,
) -> None:
    place = workspace.find(old)
    run = Runner(engine=lambda _: Transliterator(), reason=reason, sleep=lambda _: None)
    place.inbox.mkdir()
    assert {event.kind for event in run.work(place)} >= {Kind.FEED, Kind.KNOWN}
    state = place.feed_state("mintrans")
    state.write_text(json.dumps(json.loads(state.read_text("utf-8")) | {"heraldry": 1, "items": {}}), "utf-8")
    place.suspects.write_text('{"format": 9, "names": [["x"]]}', "utf-8")
    before = whole(old)
    events = [*run.work(place)]
    assert [event.kind for event in events] == [Kind.FEED, Kind.KNOWN, Kind.ENDED]
    assert whole(old) == before


# ------------------------------------------------------------------ steps yet to come


def renamed(root: Path) -> Iterator[Edit]:
    """As a step would be that gives a fact of every record another name."""

    def made_of(record: bytes) -> bytes:
        facts = json.loads(record)
        if "agency" not in facts:
            return record
        return json.dumps({("newsroom" if key == "agency" else key): value for key, value in facts.items()}).encode()

    for path in sorted(root.glob("releases/*/release.json")):
        yield Edit(path=path, what=_("a fact renamed"), made_of=made_of)


def headed(root: Path) -> Iterator[Edit]:
    """As a step would be that changes a header of every catalogue, and no entry."""
    for path in sorted(root.glob("locales/*/LC_MESSAGES/*.po")):
        yield Edit(
            path=path,
            what=_("a header changed"),
            made_of=lambda text: text.replace(b'"X-Generator: kzpress\\n"', b'"X-Generator: kzpress 2\\n"'),
        )


LATER = (*STEPS, renamed, headed)


def whole(root: Path) -> dict[str, bytes]:
    """Return every file but the lock's and what a killed writer left beside its file."""
    found = (path for path in root.rglob("*") if path.is_file() and ".kzpress" not in path.parts)
    return {str(path.relative_to(root)): path.read_bytes() for path in found if path.suffix != ".tmp"}


def test_steps_are_told_before_they_are_made_and_made_once(old: Path) -> None:
    before = whole(old)
    planned = [str(edit.path.relative_to(old)) for edit in upgrade(old, dry_run=True, steps=LATER)]
    assert whole(old) == before
    assert [str(edit.path.relative_to(old)) for edit in upgrade(old, steps=LATER)] == planned
    assert sorted(set(planned)) == sorted(name for name, data in whole(old).items() if data != before[name])
    assert [*upgrade(old, steps=LATER)] == []


def _killed(place: Path, at: int) -> bool:
    """Upgrade in a process that is killed at a change on the disk; tell whether it came that far."""
    child = os.fork()
    if not child:
        Layer(root=place, fault=Fault.KILL, at=at).install()
        for _edit in upgrade(place, steps=LATER):
            pass
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it forks, and looks into /proc")
def test_killed_at_any_change_each_file_is_old_or_new_and_the_next_call_ends_the_work(tmp_path: Path) -> None:
    done = tmp_path / "done"
    shutil.copytree(WRITTEN, done)
    assert [*upgrade(done, steps=LATER)]
    before, after = whole(WRITTEN), whole(done)
    for at in range(500):
        place = tmp_path / str(at)
        shutil.copytree(WRITTEN, place)
        was_killed = _killed(place, at)
        found = whole(place)
        assert found.keys() == before.keys(), at
        assert all(data in (before[name], after[name], _between(name, data)) for name, data in found.items()), at
        [*upgrade(place, steps=LATER)]
        assert whole(place) == after, at
        if not was_killed:
            assert at > 20
            return
        shutil.rmtree(place)
    raise AssertionError("it never ended")


def _between(name: str, data: bytes) -> bytes | None:
    """Return the settings of the format between, which they are for a while."""
    return data if name == SETTINGS and b"\nversion = 2\n" in data else None


def test_what_somebody_saves_while_a_file_is_changed_is_changed_too_and_not_lost(old: Path) -> None:
    path = next(old.glob("locales/ru/LC_MESSAGES/*railway.po"))
    asked: list[bytes] = []

    def made_of(text: bytes) -> bytes:
        if not asked:
            path.write_bytes(text.replace("в сутки".encode(), "за сутки".encode()))
        asked.append(text)
        return text.replace(b'"X-Generator: kzpress\\n"', b'"X-Generator: kzpress 2\\n"')

    [*upgrade(old, steps=(*STEPS, lambda _root: (Edit(path=path, what=_("x"), made_of=made_of),)))]
    assert len(asked) == 2
    assert "за сутки" in path.read_text("utf-8") and "kzpress 2" in path.read_text("utf-8")
