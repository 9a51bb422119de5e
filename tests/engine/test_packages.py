from __future__ import annotations

import json
import shutil
from itertools import permutations
from pathlib import Path

import pytest

from kzpress.domain import Lang
from kzpress.engine import Origin, Seal, discover, find_route
from kzpress.engine.packages import EMBEDDED
from kzpress.errors import ModelError


def write_package(root: Path, source: str, target: str, **more: str) -> Path:
    folder = root / f"translate-{source}_{target}"
    folder.mkdir(parents=True)
    facts = {"from_code": source, "to_code": target, "package_version": "9.9", **more}
    (folder / "metadata.json").write_text(json.dumps(facts), "utf-8")
    return folder


def test_every_direction_has_an_embedded_package_that_is_intact() -> None:
    found = {(p.source, p.target): p for p in discover()}
    assert set(found) == set(permutations(Lang, 2))
    assert all(p.origin is Origin.EMBEDDED and p.seal() is Seal.INTACT for p in found.values())


def test_a_folder_given_by_the_user_is_searched_first(tmp_path: Path) -> None:
    write_package(tmp_path, "en", "kk")
    (package,) = find_route(discover(tmp_path), Lang.EN, Lang.KK)
    assert (package.origin, package.version, package.seal()) == (Origin.MODELS, "9.9", Seal.UNSEALED)


def test_argos_own_folder_comes_before_the_embedded_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_package(tmp_path, "en", "ru")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path))
    (package,) = find_route(discover(), Lang.EN, Lang.RU)
    assert package.origin is Origin.ARGOS


def test_packages_of_other_languages_are_passed_over(tmp_path: Path) -> None:
    write_package(tmp_path, "en", "es")
    assert not [p for p in discover(tmp_path) if p.origin is Origin.MODELS]


def test_a_missing_folder_of_models_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such folder") as caught:
        discover(tmp_path / "nowhere")
    assert caught.value.where == str(tmp_path / "nowhere")


def test_unreadable_metadata_names_the_file(tmp_path: Path) -> None:
    folder = write_package(tmp_path, "en", "kk")
    (folder / "metadata.json").write_text("{", "utf-8")
    with pytest.raises(ModelError, match="metadata cannot be read") as caught:
        discover(tmp_path)
    assert caught.value.where == str(folder / "metadata.json")


def test_weights_outside_the_folder_of_models_are_refused(tmp_path: Path) -> None:
    write_package(tmp_path / "models", "en", "kk", weights="../../elsewhere")
    with pytest.raises(ModelError, match="outside"):
        discover(tmp_path / "models")


def test_a_changed_file_is_seen_as_damage(tmp_path: Path) -> None:
    shutil.copytree(EMBEDDED, tmp_path / "models")
    vocabulary = tmp_path / "models" / "weights" / "model" / "shared_vocabulary.json"
    vocabulary.write_bytes(vocabulary.read_bytes() + b" ")
    assert {p.seal() for p in discover(tmp_path / "models") if p.origin is Origin.MODELS} == {Seal.DAMAGED}


def test_a_pair_without_a_package_pivots_through_english_before_russian(tmp_path: Path) -> None:
    for source, target in (("kk", "en"), ("en", "ru")):
        write_package(tmp_path, source, target)
    packages = [p for p in discover(tmp_path) if p.origin is Origin.MODELS]
    assert [p.target for p in find_route(packages, Lang.KK, Lang.RU)] == [Lang.EN, Lang.RU]


def test_no_way_at_all_names_the_missing_package(tmp_path: Path) -> None:
    write_package(tmp_path, "kk", "en")
    packages = [p for p in discover(tmp_path) if p.origin is Origin.MODELS]
    with pytest.raises(ModelError, match="en→ru") as caught:
        find_route(packages, Lang.EN, Lang.RU)
    assert caught.value.where == "translate-en_ru"
    assert caught.value.hint
