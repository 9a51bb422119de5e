"""What `kzpress doctor` says of a workspace in good health, and of each thing that can be wrong with it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from kzpress import workspace
from kzpress.domain import Lang
from kzpress.errors import Exit
from tests.cli.calling import Call, calling
from tests.edition.desk import approve, desk, receive


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> workspace.Workspace:
    monkeypatch.chdir(tmp_path)
    place = desk(tmp_path)
    approve(place, receive(place), Lang.RU)
    return place


@pytest.fixture
def kzpress(place: workspace.Workspace, capfd: pytest.CaptureFixture[str]) -> Call:
    return calling(capfd)


def seen(kzpress: Call, subject: str) -> list[tuple[str, str]]:
    return [(one["health"], one["what"]) for one in kzpress("doctor", "--json").objects if one["subject"] == subject]


def test_nothing_is_wrong_with_a_sound_workspace(place: workspace.Workspace, kzpress: Call) -> None:
    said = kzpress("doctor", "--json")
    assert said.status == Exit.DONE
    assert {one["subject"] for one in said.objects if one["health"] == "ok"} >= {
        "program",
        "libraries",
        "workspace",
        "folders",
        "lock",
        "glossary",
        "models",
    }
    assert not [one for one in said.objects if one["health"] == "error"]


def test_outside_a_workspace_the_program_and_its_models_are_looked_at(
    place: workspace.Workspace, kzpress: Call, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    said = kzpress("doctor")
    assert said.status == Exit.DONE
    assert "none here or above" in said.out and "all intact" in said.out


def test_a_glossary_that_is_not_valid_is_told_with_its_place_and_remedy(
    place: workspace.Workspace, kzpress: Call
) -> None:
    (place.glossary / "names.toml").write_text("[un", "utf-8")
    said = kzpress("doctor")
    assert said.status == Exit.NO
    assert "names.toml" in said.out


def test_settings_that_cannot_be_meant_hide_nothing_else(place: workspace.Workspace, kzpress: Call) -> None:
    (place.root / "kzpress.toml").write_text("version = 1\ntarget = ['ru']\n", "utf-8")
    said = kzpress("doctor")
    assert said.status == Exit.NO
    assert "did you mean targets?" in said.out and "all intact" in said.out


def test_who_holds_the_lock_is_told(place: workspace.Workspace, kzpress: Call) -> None:
    with place.lock():
        found = seen(kzpress, "lock")
    assert [health for health, _ in found] == ["warning"]
    assert f"process {os.getpid()} on" in found[0][1]
    assert seen(kzpress, "lock") == [("ok", "nobody else is working here")]


def test_a_source_that_is_gone_is_told(place: workspace.Workspace, kzpress: Call) -> None:
    record = next(place.records())
    place.source(record).unlink()
    assert seen(kzpress, "release") == [("warning", f"{record.slug}: its source as received is not kept")]


def test_what_a_killed_writer_left_is_told_and_what_one_writes_now_is_not(
    place: workspace.Workspace, kzpress: Call
) -> None:
    folder = place.catalog(Lang.RU, "x").parent
    old, new = folder / ".a.po.1234abcd.tmp", folder / ".b.po.1234abcd.tmp"
    old.touch()
    new.touch()
    os.utime(old, (time.time() - 7200,) * 2)
    assert seen(kzpress, "unfinished") == [("warning", "1 unfinished file of an earlier run")]


def test_a_damaged_package_is_told(place: workspace.Workspace, kzpress: Call) -> None:
    (place.root / "models" / "translate-en_kk").mkdir(parents=True)
    (place.root / "models" / "translate-en_kk" / "metadata.json").write_text("{", "utf-8")
    said = kzpress("doctor", "--models", str(place.root / "models"))
    assert said.status == Exit.NO
    assert "translate-en_kk" in said.out
