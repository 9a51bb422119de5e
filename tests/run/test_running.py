"""Unattended passes on real files: nothing is lost, nothing done twice, and one bad file stops no other."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import re
import shutil
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kzpress import catalog, feeds, inbox, ingest, workspace
from kzpress.domain import Lang, State
from kzpress.errors import CatalogError, Exit, KzpressError
from kzpress.events import Event, Kind, Tally
from kzpress.feeds import Item
from kzpress.report_run import reason
from kzpress.running import Runner
from kzpress.settings import SETTINGS, TEMPLATE
from kzpress.workspace import Workspace
from tests.fakes import Transliterator
from tests.run.served import PORT, VISIT, Server, item, rss, served

TALKS = f"date 2026-03-04 ASTANA. KAZINFORM - {VISIT}\n\n{PORT}\n"
PORTS = (
    f"date 2026-03-05 AKTAU. KAZINFORM - {PORT}\n\nThe terminal takes ten trains a day. It was built in two years.\n"
)
GLOSSARY = """[astana]
kind = "place"
names = {en = "Astana", ru = "Астана", kk = "Астана"}
source = "a test"
"""
GERMAN = "Der Minister empfing am Dienstag in Berlin eine Delegation. Man sprach über die Eisenbahn und den Handel.\n"


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    (tmp_path / "desk" / "glossary").mkdir(parents=True)
    (tmp_path / "desk" / "glossary" / "places.toml").write_text(GLOSSARY, "utf-8")
    workspace.create(tmp_path / "desk")
    (tmp_path / "desk" / SETTINGS).write_text('version = 1\n[run]\nsettle = "1s"\n', "utf-8")
    return workspace.find(tmp_path / "desk")


@pytest.fixture
def engine() -> Transliterator:
    return Transliterator()


def put(place: Workspace, name: str, text: str | bytes, *, age: float = 60) -> Path:
    """Put a file into the inbox that is as old as one that was written ``age`` seconds ago and then left alone."""
    path = place.inbox / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(path, (time.time() - age,) * 2)
    return path


def runner(
    engine: Transliterator, stopped: Callable[[], bool] = lambda: False, sleep: Callable[[float], None] | None = None
) -> Runner:
    return Runner(engine=lambda _: engine, reason=reason, stopped=stopped, sleep=sleep or time.sleep)


def run(place: Workspace, engine: Transliterator) -> list[Event]:
    return list(runner(engine, sleep=lambda _: None).work(workspace.find(place.root)))


def kinds(events: list[Event]) -> dict[str, Kind]:
    return {event.name: event.kind for event in events if event.kind is not Kind.ENDED}


def status(events: list[Event]) -> Exit:
    tally = Tally()
    for event in events:
        tally.add(event)
    return tally.status


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()}


# ------------------------------------------------------------------ what is done


def test_a_release_leaves_the_inbox_when_its_catalogues_and_source_are_kept(
    place: Workspace, engine: Transliterator
) -> None:
    put(place, "talks.txt", TALKS)
    (event, end) = run(place, engine)
    assert (event.kind, end.kind) == (Kind.DONE, Kind.ENDED)
    assert names(place.inbox) == set()
    record = place.record(event.slug or "")
    assert record is not None
    assert place.source(record).read_text("utf-8") == TALKS
    assert {lang for _, lang, _ in place.catalogs()} == {Lang.KK, Lang.RU}
    assert {entry.state for _, _, path in place.catalogs() for entry in catalog.read(path).entries} == {State.DRAFT}


def test_what_was_done_before_is_known_without_being_parsed(
    place: Workspace, engine: Transliterator, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(place, "talks.txt", TALKS)
    put(place, "feed/talks.txt", PORTS)
    run(place, engine)
    put(place, "talks.txt", TALKS)
    put(place, "feed/talks.txt", PORTS)

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(ingest, "read_bytes", refuse)
    assert kinds(run(place, engine)) == {"talks.txt": Kind.KNOWN, "feed/talks.txt": Kind.KNOWN}
    assert names(place.inbox) == set()


def test_an_empty_inbox_is_nothing_to_do_and_loads_neither_model_nor_glossary(place: Workspace) -> None:
    def refuse(_: Path | None) -> Transliterator:
        raise AssertionError

    shutil.rmtree(place.glossary)
    (end,) = Runner(engine=refuse, reason=reason).work(place)
    assert (end.kind, status([end])) == (Kind.ENDED, Exit.DONE)


def test_the_same_bytes_under_another_name_are_known_and_change_nothing(
    place: Workspace, engine: Transliterator
) -> None:
    put(place, "talks.txt", TALKS)
    run(place, engine)
    before = {path: path.read_bytes() for path in place.root.rglob("*.*") if path.suffix in {".po", ".json"}}
    engine.asked.clear()
    put(place, "talks (1).txt", TALKS)
    assert kinds(run(place, engine)) == {"talks (1).txt": Kind.KNOWN}
    assert engine.asked == []
    assert names(place.inbox) == set()
    assert {path: path.read_bytes() for path in before} == before


def test_a_known_release_whose_source_is_gone_has_it_again(place: Workspace, engine: Transliterator) -> None:
    put(place, "talks.txt", TALKS)
    run(place, engine)
    (record,) = place.records()
    place.source(record).unlink()
    put(place, "talks.txt", TALKS)
    run(place, engine)
    assert place.source(record).is_file()
    assert names(place.inbox) == set()


def test_a_correction_becomes_an_update_that_keeps_what_a_reviewer_approved(
    place: Workspace, engine: Transliterator
) -> None:
    put(place, "talks.txt", TALKS)
    (first, _) = run(place, engine)
    path = place.catalog(Lang.RU, first.slug or "")
    path.write_text(path.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    put(place, "talks.txt", TALKS.replace("Three agreements", "Four agreements"))
    (event, _) = run(place, engine)
    assert (event.kind, event.slug) == (Kind.UPDATED, first.slug)
    states = Counter(entry.state for entry in catalog.read(path).entries)
    assert states[State.APPROVED] >= 3
    assert states[State.DRAFT] == 1


def test_a_correction_that_lies_beside_the_first_version_comes_after_it(
    place: Workspace, engine: Transliterator
) -> None:
    put(place, "b/talks.txt", TALKS, age=90)
    put(place, "a/talks.txt", TALKS.replace("Three", "Four"), age=60)
    events = run(place, engine)
    assert [event.name for event in events[:2]] == ["b/talks.txt", "a/talks.txt"]
    assert status(events) is Exit.DONE


def test_what_was_done_is_recognised_when_everything_in_the_hidden_folder_is_gone(
    place: Workspace, engine: Transliterator
) -> None:
    put(place, "talks.txt", TALKS)
    run(place, engine)
    shutil.rmtree(place.root / ".kzpress")
    engine.asked.clear()
    put(place, "talks.txt", TALKS)
    assert kinds(run(place, engine)) == {"talks.txt": Kind.KNOWN}
    assert engine.asked == []


# ------------------------------------------------------------------ what is refused


def test_bad_input_goes_to_the_quarantine_with_its_reason_and_stops_no_other(
    place: Workspace, engine: Transliterator
) -> None:
    put(place, "a-broken.docx", b"PK\x03\x04" + b"no archive" * 100)
    put(place, "b-empty.txt", b"")
    put(place, "mfa/c-german.txt", GERMAN)
    put(place, "d-talks.txt", TALKS)
    events = run(place, engine)
    assert kinds(events) == {
        "a-broken.docx": Kind.REFUSED,
        "b-empty.txt": Kind.REFUSED,
        "mfa/c-german.txt": Kind.REFUSED,
        "d-talks.txt": Kind.DONE,
    }
    assert status(events) is Exit.PARTIAL
    assert names(place.inbox) == set()
    refused = {"a-broken.docx", "b-empty.txt", "mfa/c-german.txt"}
    assert names(place.quarantine) == refused | {f"{name}.reason.txt" for name in refused}
    said = (place.quarantine / "a-broken.docx.reason.txt").read_text("utf-8")
    facts = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    assert dt.datetime.fromisoformat(facts["time"]).tzinfo
    assert (facts["error"], facts["status"], facts["file"]) == ("a damaged zip archive", "3", "inbox/a-broken.docx")
    assert facts["hint"]


def test_links_pipes_and_sockets_are_refused_and_not_followed(
    place: Workspace, engine: Transliterator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.txt").write_text(TALKS, "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "more.txt").write_text(TALKS, "utf-8")
    (place.inbox / "link.txt").symlink_to(tmp_path / "secret.txt")
    (place.inbox / "folder").symlink_to(tmp_path / "folder")
    (place.inbox / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(place.inbox / "pipe.txt")
    monkeypatch.chdir(place.inbox)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket.txt")
    found = kinds(run(place, engine))
    assert found == dict.fromkeys(("link.txt", "folder", "gone.txt", "pipe.txt", "socket.txt"), Kind.REFUSED)
    assert (place.quarantine / "link.txt").is_symlink()
    assert (tmp_path / "secret.txt").read_text("utf-8") == TALKS
    assert names(tmp_path / "folder") == {"more.txt"}
    assert not list(place.catalogs())


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second file system")
def test_an_inbox_on_another_file_system_is_emptied_like_any_other(place: Workspace, engine: Transliterator) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as other:
        place.inbox.rmdir()
        place.inbox.symlink_to(other)
        put(place, "talks.txt", TALKS)
        put(place, "empty.txt", "")
        (place.inbox / "link.txt").symlink_to("nowhere")
        os.mkfifo(place.inbox / "pipe.txt")
        found = kinds(run(place, engine))
        assert not list(place.inbox.iterdir())
    refused = {"empty.txt", "link.txt", "pipe.txt"}
    assert found == {"talks.txt": Kind.DONE} | dict.fromkeys(refused, Kind.REFUSED)
    assert names(place.quarantine) == refused | {f"{name}.reason.txt" for name in refused}
    assert (place.quarantine / "link.txt").readlink() == Path("nowhere")
    assert (place.quarantine / "pipe.txt").is_fifo()


def test_what_is_replaced_while_it_is_moved_to_another_file_system_stays(place: Workspace, tmp_path: Path) -> None:
    put(place, "talks.txt", "")
    (arrival,) = inbox.look(place.inbox)

    class Elsewhere(type(arrival.path)):  # type: ignore[misc]
        """A path on another file system, where somebody saves a new version while the old one is copied."""

        def replace(self, target: Path) -> Path:
            (tmp_path / "new").write_text(TALKS, "utf-8")
            os.replace(tmp_path / "new", self)  # noqa: PTH105
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    inbox.set_aside(replace(arrival, path=Elsewhere(arrival.path)), place.quarantine, "time: now\n")
    assert arrival.path.read_text("utf-8") == TALKS


def test_another_file_of_a_quarantined_name_gets_a_number_and_the_same_one_none(
    place: Workspace, engine: Transliterator
) -> None:
    for text in ("", " ", "", "  "):
        put(place, "release.final.txt", text)
        run(place, engine)
    kept = {name for name in names(place.quarantine) if not name.endswith(".reason.txt")}
    assert kept == {"release.final.txt", "release.final-2.txt", "release.final-3.txt"}
    assert all((place.quarantine / f"{name}.reason.txt").is_file() for name in kept)


def test_a_name_that_a_file_system_hardly_takes_is_cut_at_its_reason(place: Workspace, engine: Transliterator) -> None:
    put(place, "ж" * 123 + ".txt", "")
    assert set(kinds(run(place, engine)).values()) == {Kind.REFUSED}
    (kept,) = (name for name in names(place.quarantine) if not name.endswith(".reason.txt"))
    assert kept.startswith("ж" * 60)
    assert kept.endswith(".txt")


def test_a_folder_whose_name_is_no_text_and_long_is_cut_as_well(place: Workspace, engine: Transliterator) -> None:
    folder = Path(os.fsdecode(os.fsencode(place.inbox) + b"/" + b"\xf0" * 120))
    folder.mkdir()
    (folder / "empty.txt").touch()
    os.utime(folder / "empty.txt", (1, 1))
    assert set(kinds(run(place, engine)).values()) == {Kind.REFUSED}
    assert not list(folder.iterdir())


def test_a_release_of_the_longest_name_is_done(place: Workspace, engine: Transliterator) -> None:
    put(place, "ж" * 125 + ".txt", TALKS)
    assert set(kinds(run(place, engine)).values()) == {Kind.DONE}
    assert names(place.inbox) == set()


def test_a_name_that_is_no_text_is_done_like_any_other(place: Workspace, engine: Transliterator) -> None:
    path = Path(os.fsdecode(os.fsencode(place.inbox) + b"/\xf0\xe5\xeb\xe8\xe7.txt"))
    path.write_bytes(TALKS.encode())
    os.utime(path, (1, 1))
    (event, _) = run(place, engine)
    assert (event.kind, event.name) == (Kind.DONE, "\ufffd" * 5 + ".txt")


def test_a_refused_release_put_right_and_moved_back_is_done(place: Workspace, engine: Transliterator) -> None:
    put(place, "talks.txt", "")
    run(place, engine)
    (place.quarantine / "talks.txt").write_text(TALKS, "utf-8")
    (place.quarantine / "talks.txt").rename(place.inbox / "talks.txt")
    assert kinds(run(place, engine)) == {"talks.txt": Kind.DONE}
    assert names(place.quarantine) == set()


def test_a_reason_moved_back_with_its_release_is_no_release(place: Workspace, engine: Transliterator) -> None:
    put(place, "talks.txt", "")
    run(place, engine)
    (place.quarantine / "talks.txt").write_text(TALKS, "utf-8")
    for path in place.quarantine.iterdir():
        path.rename(place.inbox / path.name)
    assert kinds(run(place, engine)) == {"talks.txt": Kind.DONE}
    assert names(place.inbox) == set()
    assert len(list((place.root / "releases").iterdir())) == 1


def test_a_line_break_in_a_name_forges_no_line(place: Workspace, engine: Transliterator) -> None:
    put(place, "a.txt\nstatus: 0\u202e.txt", "")
    assert set(kinds(run(place, engine))) == {"a.txt\ufffdstatus: 0\ufffd.txt"}
    (note,) = place.quarantine.glob("*.reason.txt")
    assert "\nstatus: 0" not in note.read_text("utf-8")


# ------------------------------------------------------------------ what waits or fails


def test_a_file_that_grows_is_left_alone_and_done_when_it_is_whole(place: Workspace, engine: Transliterator) -> None:
    put(place, "old.txt", PORTS)
    path = put(place, "talks.txt", TALKS[:70], age=0)

    def grow(_: float) -> None:
        with path.open("a", encoding="utf-8") as stream:
            stream.write(TALKS[70:])

    first = list(runner(engine, sleep=grow).work(place))
    assert kinds(first) == {"old.txt": Kind.DONE, "talks.txt": Kind.WAITING}
    assert status(first) is Exit.DONE
    assert kinds(run(place, engine)) == {"talks.txt": Kind.DONE}


def test_a_file_from_the_future_is_watched_and_not_left_for_ever(place: Workspace, engine: Transliterator) -> None:
    put(place, "talks.txt", TALKS, age=-86_400)
    assert kinds(run(place, engine)) == {"talks.txt": Kind.DONE}


@pytest.mark.parametrize(
    "name", [".talks.txt", "talks.txt.part", "talks.txt.FILEPART", "talks.txt~", "talks.tmp", "~$talks.docx"]
)
def test_names_of_what_is_not_whole_are_not_seen(place: Workspace, engine: Transliterator, name: str) -> None:
    put(place, name, TALKS)
    assert kinds(run(place, engine)) == {}
    assert names(place.inbox) == {name}


def test_a_file_replaced_while_it_was_drafted_stays_for_the_next_pass(place: Workspace) -> None:
    path = put(place, "talks.txt", TALKS)

    class Slow(Transliterator):
        def translate(self, jobs, progress=None):  # type: ignore[no-untyped-def]
            if path.read_text("utf-8") == TALKS:
                path.write_text(TALKS.replace("Three", "Four"), "utf-8")
            return super().translate(jobs, progress)

    (event, _) = run(place, Slow())
    assert event.kind is Kind.DONE
    assert names(place.inbox) == {"talks.txt"}
    assert kinds(run(place, Slow())) == {"talks.txt": Kind.UPDATED}


def test_a_damaged_catalogue_keeps_its_release_in_the_inbox_and_no_other(
    place: Workspace, engine: Transliterator
) -> None:
    put(place, "talks.txt", TALKS)
    (done, _) = run(place, engine)
    place.catalog(Lang.RU, done.slug or "").write_text('msgid "cut off\n', "utf-8")
    put(place, "talks.txt", TALKS.replace("Three", "Four"), age=90)
    put(place, "ports.txt", PORTS)
    events = run(place, engine)
    assert kinds(events) == {"talks.txt": Kind.FAILED, "ports.txt": Kind.DONE}
    assert events[0].error and events[0].error.status is CatalogError.status
    assert names(place.inbox) == {"talks.txt"}
    assert not place.quarantine.exists()


def test_an_engine_that_breaks_at_one_release_stops_no_other_and_loses_nothing(place: Workspace) -> None:
    class Breaking(Transliterator):
        def translate(self, jobs, progress=None):  # type: ignore[no-untyped-def]
            if any("Finland" in job.text for job in jobs):
                raise RuntimeError("out of memory")
            return super().translate(jobs, progress)

    put(place, "talks.txt", TALKS, age=90)
    put(place, "ports.txt", PORTS)
    assert kinds(run(place, Breaking())) == {"talks.txt": Kind.FAILED, "ports.txt": Kind.DONE}
    assert names(place.inbox) == {"talks.txt"}


def test_what_kzpress_died_at_comes_last(place: Workspace) -> None:
    class Deadly(Transliterator):
        def translate(self, jobs, progress=None):  # type: ignore[no-untyped-def]
            if any("Finland" in job.text for job in jobs):
                raise SystemExit  # as near to a death as a test of one process comes
            return super().translate(jobs, progress)

    put(place, "talks.txt", TALKS, age=90)
    put(place, "ports.txt", PORTS)
    with pytest.raises(SystemExit):
        run(place, Deadly())
    place.suspects.write_text('["talks.txt"]', "utf-8")  # what a killed process leaves
    with pytest.raises(SystemExit):
        run(place, Deadly())
    assert names(place.inbox) == {"talks.txt"}


def test_a_wrong_glossary_stops_the_pass_and_leaves_everything(place: Workspace, engine: Transliterator) -> None:
    put(place, "talks.txt", TALKS)
    (place.glossary / "wrong.toml").write_text("[x]\nnames.en = 1\n", "utf-8")
    events = run(place, engine)
    assert [event.kind for event in events] == [Kind.STOPPED, Kind.ENDED]
    assert status(events) is Exit.GLOSSARY
    assert names(place.inbox) == {"talks.txt"}


def test_a_changed_glossary_is_noticed_by_the_next_pass(place: Workspace, engine: Transliterator) -> None:
    lasting = runner(engine, sleep=lambda _: None)
    put(place, "talks.txt", TALKS)
    list(lasting.work(place))
    entry = '[port-aktau]\nkind = "place"\nnames = {en = "port of Aktau", ru = "порт Актау", kk = "Ақтау порты"}\n'
    (place.glossary / "ports.toml").write_text(entry + 'source = "a test"\n', "utf-8")
    put(place, "ports.txt", PORTS)
    (event, _) = lasting.work(place)
    assert event.result
    assert "port-aktau" in {use.entry for target in event.result.targets for use in target.names}


def test_a_locked_workspace_is_told_before_anything_is_fetched(place: Workspace, engine: Transliterator) -> None:
    put(place, "talks.txt", TALKS)
    with served(rss()) as server:
        feed_of(place, server)
        with place.lock():
            events = run(place, engine)
    assert status(events) is Exit.LOCKED
    assert server.asked == []
    assert names(place.inbox) == {"talks.txt"}


def test_two_runs_at_once_do_each_release_once(place: Workspace) -> None:
    for number in range(6):
        put(
            place,
            f"{number}.txt",
            PORTS.replace("ten trains", f"{number + 20} trains").replace("03-05", f"03-1{number}"),
        )
    found: list[list[Event]] = []
    engines = [Transliterator(), Transliterator()]
    threads = [threading.Thread(target=lambda e=engine: found.append(run(place, e))) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = Counter(event.name for events in found for event in events if event.kind is Kind.DONE)
    assert set(done.values()) == {1}
    run(place, Transliterator())
    assert names(place.inbox) == set()
    assert len(list((place.root / "releases").iterdir())) == 6


def test_a_stop_is_heeded_after_the_present_release(place: Workspace, engine: Transliterator) -> None:
    put(place, "talks.txt", TALKS, age=90)
    put(place, "ports.txt", PORTS)
    events = runner(engine, stopped=lambda: bool(engine.asked), sleep=lambda _: None).work(place)
    assert kinds(list(events)) == {"talks.txt": Kind.DONE, "": Kind.LEFT}
    assert names(place.inbox) == {"ports.txt"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to the superuser")
@pytest.mark.parametrize("mode", [0o000, 0o400])
def test_a_folder_that_cannot_be_entered_is_told_and_stops_no_other(
    place: Workspace, engine: Transliterator, mode: int
) -> None:
    put(place, "closed/talks.txt", TALKS)
    put(place, "ports.txt", PORTS)
    (place.inbox / "closed").chmod(mode)
    found = kinds(run(place, engine))
    (place.inbox / "closed").chmod(0o700)
    assert found.pop("ports.txt") is Kind.DONE
    assert set(found.values()) == {Kind.FAILED}
    assert names(place.inbox) == {"closed/talks.txt"}


# ------------------------------------------------------------------ feeds


def feed_of(place: Workspace, server: Server | Path, more: str = "") -> None:
    where = f'file = "{server}"' if isinstance(server, Path) else f'url = "{server.address}"'
    text = f'[run]\nsettle = "1s"\n[[feeds]]\nname = "mfa"\n{where}\n{more}'
    (place.root / SETTINGS).write_text(text, "utf-8")


def test_items_of_a_feed_become_releases_once(place: Workspace, engine: Transliterator) -> None:
    with served(
        rss(item("Port of Aktau visited", PORT, guid="2"), item("Ambassador received", VISIT, guid="1"))
    ) as server:
        feed_of(place, server)
        first, second = run(place, engine), run(place, engine)
    assert [event.kind for event in first] == [Kind.FEED, Kind.DONE, Kind.DONE, Kind.ENDED]
    assert [event.slug for event in first[1:3]] == ["ambassador-received", "port-of-aktau-visited"]
    assert first[0].count == 2
    assert [event.kind for event in second] == [Kind.FEED, Kind.ENDED]
    assert second[0].count == 0


def test_items_are_not_done_again_when_what_is_kept_of_the_feed_is_lost(
    place: Workspace, engine: Transliterator
) -> None:
    with served(rss(item("Ambassador received", VISIT, guid="1"))) as server:
        feed_of(place, server)
        run(place, engine)
        shutil.rmtree(place.root / ".kzpress")
        engine.asked.clear()
        events = run(place, engine)
    assert [event.kind for event in events] == [Kind.FEED, Kind.KNOWN, Kind.ENDED]
    assert engine.asked == []


def test_a_corrected_item_becomes_an_update(place: Workspace, engine: Transliterator) -> None:
    with served(rss(item("Ambassador received", VISIT, guid="1"))) as server:
        feed_of(place, server)
        run(place, engine)
        server.body = rss(item("Ambassador received", VISIT.replace("Finland", "Norway"), guid="1"))
        events = run(place, engine)
    assert [event.kind for event in events] == [Kind.FEED, Kind.UPDATED, Kind.ENDED]


def test_the_language_of_a_feed_is_taken_instead_of_detecting_it(place: Workspace, engine: Transliterator) -> None:
    with served(rss(item("Ambassador received", VISIT, guid="1"))) as server:
        feed_of(place, server, 'language = "ru"\n')
        (_, event, _) = run(place, engine)
    assert event.result and event.result.source is Lang.RU


def test_a_feed_that_fails_stops_neither_another_nor_the_inbox(
    place: Workspace, engine: Transliterator, tmp_path: Path
) -> None:
    put(place, "ports.txt", PORTS)
    (tmp_path / "feed.xml").write_bytes(rss(item("Ambassador received", VISIT, guid="1")))
    with served(b"<html>maintenance</html>") as server:
        feed_of(place, server, f'[[feeds]]\nname = "local"\nfile = "{tmp_path / "feed.xml"}"\n')
        events = run(place, engine)
    assert [event.kind for event in events if event.name == "mfa"] == [Kind.FEED_FAILED]
    assert [event.kind for event in events].count(Kind.DONE) == 2
    assert status(events) is Exit.PARTIAL


def test_a_feed_that_nobody_foresaw_stops_neither_another_nor_the_inbox(
    place: Workspace, engine: Transliterator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(data: bytes, where: str) -> tuple[Item, ...]:
        raise ZeroDivisionError

    monkeypatch.setattr(feeds, "items", broken)
    put(place, "talks.txt", TALKS)
    with served(rss(item("Ambassador received", VISIT, guid="1"))) as server:
        feed_of(place, server)
        found = kinds(run(place, engine))
    assert sorted(found.values()) == [Kind.DONE, Kind.FEED_FAILED]


def test_what_is_kept_of_a_feed_may_have_been_edited(place: Workspace, engine: Transliterator) -> None:
    with served(rss(item("Ambassador received", VISIT, guid="1"))) as server:
        feed_of(place, server)
        run(place, engine)
        (state,) = (place.root / ".kzpress" / "feeds").iterdir()
        facts = json.loads(state.read_text("utf-8"))
        state.write_text(json.dumps(facts | {"last": "2026-03-04T10:00:00"}), "utf-8")
        with (place.root / SETTINGS).open("a", encoding="utf-8") as settings:
            settings.write('quiet = "36h"\n')
        events = run(place, engine)
    assert [event.kind for event in events] == [Kind.FEED, Kind.FEED_QUIET, Kind.ENDED]


def test_an_item_that_could_not_be_put_into_the_inbox_is_not_lost(place: Workspace, engine: Transliterator) -> None:
    with served(rss(item("Ambassador received", VISIT, guid="1"))) as server:
        server.headers = {"ETag": '"1"'}
        feed_of(place, server)
        (place.inbox / "mfa").symlink_to(place.root / "releases")
        failed = run(place, engine)
        done = run(place, engine)  # the link is in the quarantine by now
    assert Kind.FEED_FAILED in {event.kind for event in failed}
    assert not names(place.root / "releases") - {name for name in names(place.root / "releases") if "/" in name}
    assert Kind.DONE in {event.kind for event in done}


def test_a_quiet_feed_is_told_and_as_news_only_once(place: Workspace, engine: Transliterator) -> None:
    day = (dt.datetime.now(dt.UTC) - dt.timedelta(days=3)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    with served(rss(item("Ambassador received", VISIT, guid="1", date=day))) as server:
        feed_of(place, server, 'quiet = "36h"\n')
        first, second = run(place, engine), run(place, engine)
        feed_of(place, server, 'quiet = "7d"\n')
        third = run(place, engine)
    quiet = [[event.is_news for event in events if event.kind is Kind.FEED_QUIET] for events in (first, second, third)]
    assert quiet == [[True], [False], []]
    assert status(first) is Exit.DONE


def test_another_feed_under_an_old_name_is_read_from_its_beginning(place: Workspace, engine: Transliterator) -> None:
    with served(rss(item("Ambassador received", VISIT, guid="1"))) as server:
        server.headers = {"ETag": '"1"'}
        feed_of(place, server)
        run(place, engine)
        with served(rss(item("Port of Aktau visited", PORT, guid="1"))) as other:
            other.headers = {"ETag": '"1"'}
            feed_of(place, other)
            assert Kind.DONE in kinds(run(place, engine)).values()


def test_a_pass_without_feeds_opens_no_socket(
    place: Workspace, engine: Transliterator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **settings: object) -> None:
        raise AssertionError("a socket was opened")

    put(place, "talks.txt", TALKS)
    monkeypatch.setattr(socket, "socket", refuse)
    assert kinds(run(place, engine)) == {"talks.txt": Kind.DONE}


# ------------------------------------------------------------------ settings


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[run]\nsettle = "soon"', "run.settle is no length of time"),
        ("[run]\nsettle = 10", "expected string"),
        ('[run]\nsettel = "1s"', "unknown key 'run.settel'"),
        ('[[feeds]]\nname = "MFA"\nurl = "https://example.kz"', "small letters"),
        ('[[feeds]]\nname = "../x"\nurl = "https://example.kz"', "small letters"),
        ('[[feeds]]\nname = "mfa"', "either url or file"),
        ('[[feeds]]\nname = "mfa"\nurl = "https://a.kz"\nfile = "x"', "either url or file"),
        ('[[feeds]]\nname = "mfa"\nurl = "ftp://example.kz"', "https://"),
        ('[[feeds]]\nname = "mfa"\nurl = "https://me:secret@example.kz/"', "without a password"),
        ('[[feeds]]\nname = "mfa"\nurl = "https://a.kz"\nlanguage = "de"', "'de' is not a valid Lang"),
        ('[[feeds]]\nname = "mfa"\nurl = "https://a.kz"\nquiet = "0h"', "feeds.quiet is no length of time"),
        ('[[feeds]]\nname = "a"\nfile = "x"\n[[feeds]]\nname = "a"\nfile = "y"', "two feeds have the name a"),
        ('[[feeds]]\nname = "mfa"\nurl = 3', "'int' object"),
        ("feeds = 3", "feeds|not iterable"),
    ],
)
def test_settings_that_cannot_be_meant_say_so(place: Workspace, text: str, message: str) -> None:
    (place.root / SETTINGS).write_text(text, "utf-8")
    with pytest.raises(KzpressError, match=message) as caught:
        workspace.find(place.root)
    assert "secret" not in str(caught.value)


def test_the_settings_that_init_writes_as_comments_can_be_meant(place: Workspace) -> None:
    lines = [line.removeprefix("# ") for line in TEMPLATE.splitlines() if re.match(r"(# )?(\[|\w+ = )", line)]
    (place.root / SETTINGS).write_text("\n".join(lines), "utf-8")
    settings = workspace.find(place.root).settings
    assert settings.settle == dt.timedelta(seconds=10)
    assert [(feed.name, feed.language, feed.quiet) for feed in settings.feeds] == [
        ("mfa", Lang.RU, dt.timedelta(hours=36))
    ]
