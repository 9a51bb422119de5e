"""The embedded model is held to the floors of benchmarks/floors.toml, and no commit lowers them."""

from __future__ import annotations

import subprocess

import pytest

import gate
from kzpress.engine import discover
from kzpress.engine.argos import ArgosEngine

FLOORS = gate.read(gate.FLOORS.read_text("utf-8"))


def test_every_set_has_floors() -> None:
    assert {floors.name for floors in FLOORS} == {path.name for path in gate.SETS.glob("*.tsv")}


@pytest.mark.parametrize("floors", FLOORS, ids=lambda floors: floors.name)
def test_floors_are_of_the_sets_in_the_repository(floors: gate.Floors) -> None:
    assert floors.sha256 == gate.digest(gate.SETS / floors.name)
    assert list(floors.chrf) == [f"{source}-{target}" for source, target in gate.DIRECTIONS]


@pytest.mark.model
@pytest.mark.parametrize("floors", FLOORS, ids=lambda floors: floors.name)
def test_the_embedded_model_clears_its_floors(floors: gate.Floors) -> None:
    now = gate.measured(gate.SETS / floors.name, ArgosEngine(discover(None)))
    assert gate.comparable(floors, now)
    assert list(gate.below(floors, now, gate.ELSEWHERE)) == []


def test_no_commit_lowers_a_floor() -> None:
    try:
        past = list(gate.history())
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    for older in past:
        assert {floors.name for floors in older} <= {floors.name for floors in FLOORS}, "a set has lost its floors"
        for floors in older:
            for present in FLOORS:
                if gate.comparable(floors, present):
                    assert list(gate.below(floors, present)) == [], f"a floor of {present.name} was higher before"


def test_a_floor_is_raised_and_never_lowered() -> None:
    old = gate.Floors(name="a.tsv", sha256="1", signature="s|version:1", chrf={"en-ru": 50.0, "ru-en": 60.0})
    now = gate.Floors(name="a.tsv", sha256="1", signature="s|version:2", chrf={"en-ru": 52.0, "ru-en": 58.0})
    assert gate.comparable(old, now)
    assert list(gate.below(old, now)) == ["ru-en"]
    assert [list(gate.below(old, now, allowed)) for allowed in (1.9, 2.1)] == [["ru-en"], []]
    assert gate.raised(old, now).chrf == {"en-ru": 51.7, "ru-en": 60.0}
    assert gate.read(gate.written([old])) == (old,)
