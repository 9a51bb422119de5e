"""The status of what has not changed is remembered, that of what has is not; the memory of it may vanish or rot."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kzpress import cores, progress, review_index, workspace
from kzpress.domain import Finding, Key, Lang, Severity, State
from kzpress.glossary import Glossary
from kzpress.older import marks_of
from kzpress.progress import Order, Progressed
from kzpress.review_index import from_json, to_json
from kzpress.speech import _, n_, spoken
from kzpress.workspace import Workspace
from tests import reviewed
from tests.reviewed import SLUG, entry

WRONG = entry("It came from Astana in 2021.", "Он прибыл из Астана в 2012 году.")
ASIDE = entry("The meeting is over.", "Встреча закончилась.", line=4)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    reviewed.workspace(tmp_path, WRONG, ASIDE)
    old(tmp_path)
    return workspace.find(tmp_path)


def old(root: Path) -> None:
    """Let everything have been written a while ago: what is fresh is not remembered."""
    for path in root.rglob("*"):
        os.utime(path, (1, 1))


def aged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let time pass, so that files written just now are none of just now."""
    monkeypatch.setattr(review_index, "_FRESH", -10_000_000_000)


def altered(place: Workspace, statements: str) -> None:
    """Do to the index what kzpress would not."""
    with closing(sqlite3.connect(place.review_index)) as database:
        database.executescript(statements)


def seen(place: Workspace, order: Order = Order.SOURCE) -> Progressed:
    (line,) = progress.progress_of(place, order=order)
    return line


def facts(line: Progressed) -> Progressed:
    return replace(line, opened=None)


def test_what_has_not_changed_is_remembered_to_the_last_finding(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    aged(monkeypatch)
    counted = seen(place)
    assert counted.opened is not None and counted.findings
    for order in Order:
        remembered = seen(place, order)
        assert remembered.opened is None
        assert facts(remembered) == facts(replace(counted, findings=remembered.findings))
        assert set(remembered.findings) == set(counted.findings)
    assert [spoken(one.message) for one in seen(place).findings] == [one.message for one in counted.findings]


def test_a_change_of_the_catalogue_the_glossary_or_the_ledger_is_seen(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    aged(monkeypatch)
    assert seen(place).approved == 0
    reviewed.workspace(place.root, replace(WRONG, state=State.APPROVED), ASIDE)
    assert seen(place).approved == 1
    assert seen(place).published is None
    reviewed.published(place.root, ru="0" * 64)
    assert seen(place).published
    names = {finding.code for finding in seen(place).findings}
    (place.glossary / "names.toml").write_text(reviewed.GLOSSARY.replace("Астана", "Нур-Султан"), "utf-8")
    assert {finding.code for finding in seen(place).findings} != names


def test_what_was_written_just_now_is_not_remembered(place: Workspace) -> None:
    assert seen(place).opened and seen(place).opened, "it may change again without a later time"


def test_a_catalogue_that_cannot_be_read_is_told_every_time(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(monkeypatch)
    place.catalog(Lang.RU, SLUG).write_text("msgid", "utf-8")
    assert seen(place).error and seen(place).error


@pytest.mark.parametrize("damage", [b"no database", b""])
def test_a_damaged_index_is_made_again(place: Workspace, monkeypatch: pytest.MonkeyPatch, damage: bytes) -> None:
    aged(monkeypatch)
    seen(place)
    place.review_index.write_bytes(damage)
    assert seen(place).opened is not None
    assert seen(place).opened is None


def test_lines_that_make_no_sense_are_not_believed(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(monkeypatch)
    counted = seen(place)
    altered(place, "UPDATE seen SET facts = '{\"empty\": []}'")
    assert facts(seen(place)) == facts(counted)


def test_where_no_index_can_be_kept_all_is_counted(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(monkeypatch)
    shutil.rmtree(place.review_index.parent, ignore_errors=True)
    place.review_index.parent.write_text("no folder", "utf-8")
    assert seen(place).opened is not None


def test_a_message_of_a_message_is_kept_with_its_facts() -> None:
    message = _("{one} and {other}", one=n_("{count} page", "{count} pages", 2), other=_("a note"))
    finding = Finding(
        key=Key(context="body", source="A."), code="x", severity=Severity.ERROR, message=message, fix="B."
    )
    back = from_json(to_json(finding))
    assert back == finding and back.mark == finding.mark
    assert vars_of(back.message) == vars_of(message)


def found(message: str) -> Finding:
    return Finding(key=Key(context="body", source="A."), code="x", severity=Severity.ERROR, message=message, fix="B.")


def vars_of(message: object) -> tuple[object, ...]:
    return tuple(getattr(message, name) for name in ("template", "plural", "number", "facts"))


def test_a_message_that_reaches_into_its_facts_is_refused() -> None:
    told = to_json(
        Finding(key=Key(context="b", source="A."), code="x", severity=Severity.ERROR, message=_("{a}", a="b"))
    )
    told["message"] = {"template": "{a.__class__}", "plural": None, "number": 1, "facts": {"a": "b"}}
    with pytest.raises(ValueError, match="__class__"):
        from_json(told)


def test_an_index_that_another_kzpress_is_writing_is_left_alone(place: Workspace) -> None:
    seen(place)
    before = place.review_index.stat().st_ino
    with sqlite3.connect(place.review_index, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert seen(place).error is None
        assert place.review_index.stat().st_ino == before
        other.execute("ROLLBACK")


@pytest.mark.parametrize(
    "written",
    [
        "CREATE TABLE seen (path TEXT PRIMARY KEY, stamp TEXT, facts TEXT) WITHOUT ROWID",  # before versions were kept
        "CREATE TABLE seen (path, digest); INSERT INTO seen VALUES ('x', 'y'); PRAGMA user_version = 99",
    ],
)
def test_the_index_of_an_older_or_a_newer_kzpress_is_made_again(
    place: Workspace, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    place.review_index.parent.mkdir()
    altered(place, written)
    aged(monkeypatch)
    assert seen(place).opened is not None
    assert seen(place).opened is None


def test_a_line_that_another_kzpress_wrote_is_not_believed(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(monkeypatch)
    counted = seen(place)
    altered(place, "UPDATE seen SET stamp = '0123456789abcdef' || substr(stamp, 17), facts = '{}'")
    again = seen(place)
    assert again.opened is not None
    assert facts(again) == facts(counted)


def test_without_findings_their_number_is_told(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(monkeypatch)
    counted = seen(place)
    assert counted.found == (len(counted.findings), 0, 0) and counted.findings
    for order in Order:
        (brief,) = progress.progress_of(place, order=order, findings=False)
        assert (brief.found, brief.findings, brief.risk) == (counted.found, (), counted.risk)


def test_of_many_releases_each_is_remembered_as_it_is(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = place.catalog(Lang.RU, SLUG).parent
    calm = (folder / f"{SLUG}.po").read_text("utf-8").replace("в 2012 году", "в 2021 году").replace("Астана", "Астаны")
    names = [f"{SLUG}{end}" for end in ("-2", "-10", ".b", "a", "-a")]
    for name in names:
        shutil.copytree(place.releases / SLUG, place.releases / name)
        (folder / f"{name}.po").write_text(calm, "utf-8")
    monkeypatch.setattr(review_index, "AT_ONCE", 2)
    aged(monkeypatch)
    for order in Order:
        first, again = (list(progress.progress_of(place, order=order)) for _ in range(2))
        assert [facts(line) for line in again] == [facts(line) for line in first]
        assert all(line.is_remembered for line in again)
        assert sorted(line.slug for line in again) == sorted([SLUG, *names])
    assert again[0].slug == SLUG and again[0].findings


@pytest.mark.parametrize("order", Order)
def test_many_are_read_on_every_core_and_told_as_by_one(
    place: Workspace, monkeypatch: pytest.MonkeyPatch, order: Order
) -> None:
    folder = place.catalog(Lang.RU, SLUG).parent
    for name in ("b", "c", "d", "e", "f"):
        shutil.copytree(place.releases / SLUG, place.releases / name)
        shutil.copy(place.catalog(Lang.RU, SLUG), folder / f"{name}.po")
    (folder / "e.po").write_text("msgid", "utf-8")
    aged(monkeypatch)
    monkeypatch.setattr(cores, "count", lambda: 1)
    alone = [replace(line, opened=None, error=None) for line in progress.progress_of(place, order=order)]
    place.review_index.unlink()
    monkeypatch.setattr(cores, "count", lambda: 2)
    monkeypatch.setattr(cores, "ALONE", 1)
    lines = list(progress.progress_of(place, order=order))
    assert [replace(line, opened=None, error=None) for line in lines] == alone
    assert [line.slug for line in lines if line.error] == ["e"]
    assert {line.slug for line in lines if line.opened} <= {SLUG}, "the others were read elsewhere"
    assert all(line.is_remembered for line in progress.progress_of(place) if not line.error)


def test_who_stops_goes_on_where_they_stopped(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(place.releases / SLUG, place.releases / "b")
    shutil.copy(place.catalog(Lang.RU, SLUG), place.catalog(Lang.RU, "b"))
    aged(monkeypatch)
    lines = progress.progress_of(place)
    first = next(lines)
    lines.close()  # type: ignore[attr-defined]
    again = {line.slug: line.opened is None for line in progress.progress_of(place)}
    assert again.pop(first.slug) and not any(again.values())


def test_by_risk_what_changes_meanwhile_is_told_as_it_is(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(monkeypatch)
    shutil.copytree(place.releases / SLUG, place.releases / "b")
    shutil.copy(place.catalog(Lang.RU, SLUG), place.catalog(Lang.RU, "b"))
    list(progress.progress_of(place))
    monkeypatch.setattr(review_index, "AT_ONCE", 1)
    lines = progress.progress_of(place, order=Order.RISK)
    first = next(lines)
    left = place.catalog(Lang.RU, "b" if first.slug == SLUG else SLUG)
    left.unlink()
    (second,) = lines
    assert first.error is None and second.error is not None


def test_a_line_that_another_process_wrote_meanwhile_keeps_its_glossary(tmp_path: Path) -> None:
    place, words = tmp_path / "review.sqlite", marks_of(["lake"])
    terms = [Glossary(entries={}, digest=name) for name in ("first", "second", "third")]
    with review_index.opened(place, "first", terms[0]) as index:
        index.keep("a.kk", "stamp", {"n": 1}, words=words)
    with review_index.opened(place, "second", terms[1]) as index:
        assert index.seen("a.kk", "stamp") == {"n": 1, "findings": []}  # still good, and to be written as such
        with review_index.opened(place, "third") as other:
            other.keep("a.kk", "stamp", {"n": 3})
    with review_index.opened(place, "second") as index:
        assert index.seen("a.kk", "stamp") is None
    with review_index.opened(place, "third") as index:
        assert index.seen("a.kk", "stamp") == {"n": 3, "findings": []}
