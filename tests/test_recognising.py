"""What was drafted to the end is recognised without being read, and told as if it had been; what changed is not."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kzpress import ingest, pipeline, review_index, workspace
from kzpress.domain import Lang
from kzpress.errors import ModelError
from kzpress.results import Translated
from kzpress.settings import SETTINGS
from kzpress.workspace import Workspace
from tests.fakes import Transliterator
from tests.reviewed import GLOSSARY, desk

TEXT = (
    "A new library opened in Astana\n\n"
    "ASTANA. KAZINFORM - The library in Astana opened on 12 July 2021. It has 40,000 books and 300 seats.\n\n"
    "Readers may come at any hour. The building was designed by students of the university.\n"
)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    found = desk(tmp_path / "desk")
    (found.inbox / "library.txt").write_text(TEXT, "utf-8")
    return found


def run(place: Workspace, *, redraft: bool = False, source: Lang | None = None) -> Translated:
    opened = workspace.find(place.root)
    paths = [place.inbox / "library.txt"]
    (result,) = pipeline.translate(opened, paths, Transliterator(), redraft=redraft, source=source)
    assert result.error is None
    return result


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every file that is parsed as a release from now on."""
    seen: list[str] = []
    read = ingest.read_bytes

    def watched(data: bytes, name: str, *rest: object, **named: object) -> object:
        seen.append(name)
        return read(data, name, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(ingest, "read_bytes", watched)
    return seen


def test_what_is_drafted_to_the_end_is_told_as_if_it_had_been_read(place: Workspace, parsed: list[str]) -> None:
    run(place)
    (path,) = place.catalog(Lang.RU, "x").parent.glob("*.po")
    path.write_text(path.read_text("utf-8").replace("300 сеатс", "200 сеатс"), "utf-8")
    read = run(place)
    assert len(parsed) == 2
    recognised = run(place)
    assert len(parsed) == 2
    assert recognised == read
    assert any(target.findings for target in read.targets)
    assert not any(target.changed or target.drafted for target in recognised.targets)


def change_catalogue(place: Workspace) -> None:
    (path,) = place.catalog(Lang.RU, "x").parent.glob("*.po")
    path.write_text(path.read_text("utf-8").replace('#, fuzzy\nmsgctxt "lead"', 'msgctxt "lead"', 1), "utf-8")


def lose_catalogue(place: Workspace) -> None:
    (path,) = place.catalog(Lang.KK, "x").parent.glob("*.po")
    path.unlink()


def lose_source(place: Workspace) -> None:
    (path,) = place.releases.glob("*/source.txt")
    path.unlink()


def spoil_source(place: Workspace) -> None:
    (path,) = place.releases.glob("*/source.txt")
    path.write_text("nothing", "utf-8")


def change_record(place: Workspace) -> None:
    (path,) = place.releases.glob("*/release.json")
    path.write_text(path.read_text("utf-8").replace("ASTANA", "AKTAU"), "utf-8")


def change_glossary(place: Workspace) -> None:
    (place.glossary / "names.toml").write_text(GLOSSARY.replace('en = "Astana"', 'en = "Akmola"'), "utf-8")


def change_settings(place: Workspace) -> None:
    with (place.root / SETTINGS).open("a", encoding="utf-8") as stream:
        stream.write('[review]\nlanguage = "ru"\n')


def correct(place: Workspace) -> None:
    (place.inbox / "library.txt").write_text(TEXT.replace("300 seats", "350 seats"), "utf-8")


def spoil_index(place: Workspace) -> None:
    place.known_index.write_bytes(b"\0" * 5000)


def lose_indexes(place: Workspace) -> None:
    shutil.rmtree(place.root / ".kzpress")


CHANGES = pytest.mark.parametrize(
    "change",
    [
        change_catalogue,
        lose_catalogue,
        lose_source,
        spoil_source,
        change_record,
        change_glossary,
        change_settings,
        correct,
        spoil_index,
        lose_indexes,
    ],
)


@CHANGES
def test_what_has_changed_is_read_and_then_recognised_again(
    place: Workspace, parsed: list[str], change: Callable[[Workspace], None]
) -> None:
    run(place)
    change(place)
    read = run(place)
    assert len(parsed) == 2
    again = run(place)
    assert len(parsed) == 2
    assert again.slug == read.slug
    assert [target.findings for target in again.targets] == [target.findings for target in read.targets]
    assert [target.reviewed for target in again.targets] == [target.reviewed for target in read.targets]
    assert {path.name for path in place.releases.glob("*/*")} == {"release.json", "source.txt"}
    (kept,) = place.releases.glob("*/source.txt")
    assert kept.read_bytes() == (place.inbox / "library.txt").read_bytes()


def test_another_layout_of_a_catalogue_is_recognised_too(place: Workspace, parsed: list[str]) -> None:
    run(place)
    (path,) = place.catalog(Lang.RU, "x").parent.glob("*.po")
    path.write_text(path.read_text("utf-8").replace('msgid "', 'msgid ""\n"'), "utf-8")
    run(place)
    written = path.read_bytes()
    run(place)
    assert len(parsed) == 2
    assert path.read_bytes() == written


def test_a_redraft_and_another_language_are_not_recognised(place: Workspace, parsed: list[str]) -> None:
    run(place)
    run(place, redraft=True)
    run(place, source=Lang.RU)
    assert len(parsed) == 3


def test_the_same_bytes_twice_in_one_call_are_one_release(place: Workspace) -> None:
    first = run(place)
    copy = place.inbox / "copy.txt"
    copy.write_text(TEXT, "utf-8")
    results = list(pipeline.translate(place, [place.inbox / "library.txt", copy], Transliterator()))
    assert [result.slug for result in results] == [first.slug, first.slug]


def test_a_model_that_is_gone_is_told_of_what_is_recognised_too(place: Workspace) -> None:
    class Gone(Transliterator):
        """Leads nowhere."""

        def route(self, source: Lang, target: Lang) -> object:  # type: ignore[override]
            raise ModelError("no package")

    run(place)
    (result,) = pipeline.translate(place, [place.inbox / "library.txt"], Gone())  # type: ignore[arg-type]
    assert isinstance(result.error, ModelError)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every file that is read whole from now on, some time after it was written."""
    seen: list[Path] = []
    read = Path.read_bytes

    def watched(path: Path) -> bytes:
        seen.append(path)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", watched)
    monkeypatch.setattr(review_index, "_FRESH", -10_000_000_000)
    return seen


def test_where_no_file_has_another_stamp_none_is_read(place: Workspace, opened: list[Path]) -> None:
    run(place)
    first = run(place)
    opened.clear()
    assert run(place) == first
    assert [path for path in opened if place.inbox in path.parents or place.releases in path.parents] == []
    assert [path for path in opened if path.suffix == ".po"] == []


@CHANGES
def test_a_change_after_that_is_seen(
    place: Workspace, opened: list[Path], parsed: list[str], change: Callable[[Workspace], None]
) -> None:
    for _ in range(3):
        run(place)
    assert len(parsed) == 1 and opened
    change(place)
    run(place)
    assert len(parsed) == 2


def test_a_release_is_read_once_after_it_was_not_recognised(place: Workspace, opened: list[Path]) -> None:
    run(place)
    assert opened.count(place.inbox / "library.txt") == 2


def test_what_a_file_server_of_a_late_clock_dates_just_now_may_change_unseen(
    place: Workspace, opened: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 10_000_000_000)
    monkeypatch.setattr(review_index, "_FRESH", 2_000_000_000)
    for _ in range(3):
        opened.clear()
        run(place)
    assert [path for path in opened if path.suffix == ".po"]


def test_a_file_that_changes_after_it_was_read_is_not_recognised_by_the_stamp_it_has_then(
    place: Workspace, opened: list[Path], parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(place)
    path, read = place.inbox / "library.txt", Path.read_bytes

    def changing(one: Path) -> bytes:
        data = read(one)
        if one == path:
            path.write_bytes(data.replace(b"300 seats", b"350 seats"))
        return data

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", changing)
        run(place)
    run(place)
    assert len(parsed) == 2 and opened


def test_an_edit_that_keeps_size_and_time_is_seen(place: Workspace, opened: list[Path], parsed: list[str]) -> None:
    for _ in range(3):
        run(place)
    (path,) = place.catalog(Lang.RU, "x").parent.glob("*.po")
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("300 сеатс", "200 сеатс"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    result = run(place)
    assert len(parsed) == 2 and opened
    assert any(target.findings for target in result.targets)


def test_of_two_releases_of_one_file_name_each_is_recognised(
    place: Workspace, opened: list[Path], parsed: list[str]
) -> None:
    other = place.inbox / "archive" / "library.txt"
    other.parent.mkdir()
    other.write_text(TEXT.replace("A new library opened in Astana", "Readers thank the builders").replace("12", "13"))
    paths = [place.inbox / "library.txt", other]
    found = [[one.slug for one in pipeline.translate(place, paths, Transliterator())] for _ in range(3)]
    assert found[0] == found[1] == found[2] and len(set(found[0])) == 2
    assert len(parsed) == 2 and opened


def test_the_language_asked_for_is_the_one_detected(place: Workspace, parsed: list[str]) -> None:
    run(place)
    run(place, source=Lang.EN)
    assert len(parsed) == 1
    run(place, source=Lang.RU)
    run(place)
    assert len(parsed) == 3
