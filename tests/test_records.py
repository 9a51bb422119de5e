"""Which release is which is known without reading every record, and the index of that may lag, vanish or rot."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from kzpress import records, review_index, workspace
from kzpress.domain import Lang
from kzpress.workspace import Workspace
from tests.test_workspace import DAY, SLUG, keep, release, settle


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    (tmp_path / "desk" / "glossary").mkdir(parents=True)
    workspace.create(tmp_path / "desk")
    return workspace.find(tmp_path / "desk")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slug of every record that is read from now on, some time after it was written."""
    seen: list[str] = []
    record = Workspace.record

    def watched(self: Workspace, slug: str) -> object:
        if self.record_of(slug).exists():
            seen.append(slug)
        return record(self, slug)

    monkeypatch.setattr(Workspace, "record", watched)
    monkeypatch.setattr(review_index, "_FRESH", -10_000_000_000)
    return seen


def many(place: Workspace, count: int = 20) -> list[str]:
    for n in range(count):
        found = release(f"Text {n}.", slug=f"2024-02-06-{n}", title=f"{n * 7919} tonnes of grain", origin=f"{n}.txt")
        place.remember(found, found.slug, Lang.EN, b"")
    return [f"2024-02-06-{n}" for n in range(count)]


def test_of_many_records_none_is_read_twice(place: Workspace, read: list[str]) -> None:
    slugs = many(place)
    assert settle(place, release("Text 3."), Lang.EN) == slugs[3]
    assert sorted(read) == sorted(slugs)
    read.clear()
    assert settle(place, release("Text 5."), Lang.EN) == slugs[5]
    assert settle(place, release("New.", origin="new.txt"), Lang.EN) == SLUG
    assert read == []


def test_a_record_restored_or_changed_by_hand_is_noticed(place: Workspace, read: list[str]) -> None:
    slugs = many(place)
    settle(place, release(), Lang.EN)
    read.clear()
    path = place.record_of(slugs[4])
    facts = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(facts | {"digest": release("By hand.").digest}), "utf-8")
    assert settle(place, release("By hand."), Lang.EN) == slugs[4]
    assert read == [slugs[4]]
    before = path.stat()
    path.write_text(json.dumps(facts), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # as an archive restores it
    assert settle(place, release("Text 4."), Lang.EN) == slugs[4]
    assert settle(place, release("By hand."), Lang.EN) == SLUG


def test_a_record_that_is_gone_is_forgotten(place: Workspace, read: list[str]) -> None:
    slugs = many(place, 3)
    settle(place, release(), Lang.EN)
    read.clear()
    shutil.rmtree(place.releases / slugs[1])
    (place.releases / "2020-broken").mkdir()
    (place.releases / "2020-broken" / "release.json").write_text("{", "utf-8")
    assert settle(place, release("Text 1."), Lang.EN) == SLUG
    assert settle(place, release("Text 2."), Lang.EN) == slugs[2]


def test_what_was_written_just_now_is_read_again(place: Workspace) -> None:
    slug = keep(place, release())
    settle(place, release(), Lang.EN)
    path = place.record_of(slug)
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace(release().digest, release("Other.").digest), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert settle(place, release("Other."), Lang.EN) == slug


def spoil(path: Path) -> None:
    path.write_bytes(b"\0" * 9000)


def shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2500])


def make_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def age(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.executescript("DROP TABLE records; CREATE TABLE records (slug); PRAGMA user_version = 99;")
    database.close()


@pytest.mark.parametrize("damage", [Path.unlink, spoil, shorten, make_a_folder, age])
def test_an_index_that_is_damaged_deleted_or_another_versions_is_no_matter(
    place: Workspace, damage: Callable[[Path], None]
) -> None:
    slugs = many(place, 30)
    settle(place, release(), Lang.EN)
    damage(place.records_index)
    for _ in range(2):
        assert settle(place, release("Text 7."), Lang.EN) == slugs[7]
        assert settle(place, release("New."), Lang.EN) == SLUG


def test_an_index_that_another_process_writes_is_not_waited_for(place: Workspace) -> None:
    slugs = many(place, 3)
    settle(place, release(), Lang.EN)
    other = sqlite3.connect(place.records_index, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert settle(place, release("Text 1."), Lang.EN) == slugs[1]
    other.execute("ROLLBACK")
    other.close()


def test_what_is_open_sees_nothing_that_changes_meanwhile(place: Workspace) -> None:
    with records.opened(place) as known:
        first = release("First.")
        known.take(known.settle(first, Lang.EN), first.digest)
        place.remember(first, SLUG, Lang.EN, b"")
        assert known.settle(release("Corrected."), Lang.EN) == f"{SLUG}-2"
    assert settle(place, release("Corrected."), Lang.EN) == SLUG


def test_what_corrects_a_release_that_is_yet_to_be_written_has_to_wait(place: Workspace) -> None:
    kept = keep(place, release("Kept.", origin="kept.txt"))
    with records.opened(place) as known:
        new = release("New.", origin="new.txt")
        assert not known.awaits(new, Lang.EN)
        slug = known.settle(new, Lang.EN)
        known.take(slug, new.digest)
        known.hold(slug, new, Lang.EN)
        known.take(kept, release("Kept, corrected.").digest)
        assert known.awaits(new, Lang.EN)
        assert known.awaits(release("New, corrected.", origin="new.txt"), Lang.EN)
        assert known.awaits(release("Kept.", origin="copy.txt"), Lang.EN)
        assert known.awaits(release("Kept, corrected again.", origin="kept.txt"), Lang.EN)
        assert not known.awaits(release("Other.", origin="new.txt", date=DAY.replace(day=7)), Lang.EN)
        assert not known.awaits(release("Other.", origin="new.txt", title="Grain exports doubled"), Lang.EN)
