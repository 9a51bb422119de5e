"""Workspaces as earlier versions of kzpress wrote them, opened, reviewed, published and drafted by this one.

``written/first`` is of the first version with models, ``written/publishing`` of the first that published,
``written/unattended`` of the first with ``kzpress run``; a reviewer has approved their Russian catalogues.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kzpress import catalog, pipeline, workspace
from kzpress.domain import Lang
from tests.cli.calling import Call, calling, kept
from tests.fakes import Transliterator

WRITTEN = Path(__file__).parent / "written"
SLUG = "2023-03-14-the-ministry-of-transport-opened-a-railway"
HAND = "Вокзал принимает 15 поездов в сутки, в нём работают 320 человек."
EVERY = ("first", "publishing", "unattended")


@pytest.fixture(params=EVERY)
def old(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "desk"
    shutil.copytree(WRITTEN / request.param, place)
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def kzpress(old: Path, capfd: pytest.CaptureFixture[str]) -> Call:
    return calling(capfd)


def test_there_is_nothing_to_upgrade(old: Path, kzpress: Call) -> None:
    before = kept()
    assert kzpress("upgrade").out == f"{old} is of format 1, the newest: there is nothing to do\n"
    assert kept() == before


def test_what_was_reviewed_is_read_as_reviewed_and_nothing_is_stale(old: Path, kzpress: Call) -> None:
    before = kept()
    approved = {one["lang"]: one["approved"] for one in kzpress("status", SLUG, "--json").objects}
    assert approved == {"kk": 0, "ru": 5}
    assert kzpress("status", "--stale").out == "nothing is stale\n"
    assert kept() == before


def test_an_acknowledgement_still_holds(old: Path, kzpress: Call) -> None:
    is_weighed = "kzpress: ok" in workspace.find(old).catalog(Lang.RU, SLUG).read_text("utf-8")
    (checked,) = kzpress("check", SLUG, "--lang", "ru", "--json").objects
    (found,) = checked["findings"]
    severity = "acknowledged" if is_weighed else "error"  # the first version knew no acknowledgements
    assert (found["code"], found["severity"]) == ("number-mismatch", severity)


def test_drafting_the_same_release_again_loses_no_word_of_a_reviewer_and_drafts_nothing(old: Path) -> None:
    place = workspace.find(old)
    source = old / "terminal.txt"
    shutil.copy(place.releases / SLUG / "source.txt", source)
    before = catalog.read(place.catalog(Lang.RU, SLUG))
    engine = Transliterator()
    (result,) = pipeline.translate(place, [source], engine)
    assert (result.error, result.slug, engine.asked) == (None, SLUG, [])
    after = catalog.read(place.catalog(Lang.RU, SLUG))
    assert [(one.key, one.text, one.state, one.comment) for one in after.entries] == [
        (one.key, one.text, one.state, one.comment) for one in before.entries
    ]
    assert HAND in {one.text for one in after.entries}
    assert dict(after.header)["Last-Translator"].startswith("Aigerim Editor")


def test_what_was_published_stays_published_under_its_name_and_time(old: Path, kzpress: Call) -> None:
    ledgers = {path: path.read_bytes() for _slug, path in workspace.find(old).ledgers()}
    kzpress("publish")
    assert {path: path.read_bytes() for path in ledgers} == ledgers


def test_doctor_has_nothing_to_say(old: Path, kzpress: Call) -> None:
    assert {one["health"] for one in kzpress("doctor", "--json").objects if one["subject"] != "disk"} == {"ok"}
