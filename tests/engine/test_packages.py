from __future__ import annotations

import json
import shutil
from itertools import permutations
from pathlib import Path

import pytest

from kzpress.domain import Lang
from kzpress.engine import Origin, Seal, discover, find_route
from kzpress.engine.packages import EMBEDDED, broken
from kzpress.errors import ModelError, UsageError


def write_package(root: Path, source: str, target: str, name: str = "translate-{}_{}", **more: str) -> Path:
    folder = root / name.format(source, target)
    folder.mkdir(parents=True)
    facts = {"from_code": source, "to_code": target, "package_version": "9.9", **more}
    (folder / "metadata.json").write_text(json.dumps(facts), "utf-8")
    return folder


def test_every_direction_has_an_embedded_package_that_is_intact() -> None:
    found = {(p.source, p.target): p for p in discover()}
    assert set(found) == set(permutations(Lang, 2))
    assert all(p.origin is Origin.EMBEDDED and p.seal() is Seal.INTACT for p in found.values())


def test_a_package_that_says_nothing_of_lengths_and_doubts_has_none(tmp_path: Path) -> None:
    write_package(tmp_path, "en", "kk")
    (package,) = find_route(discover(tmp_path), Lang.EN, Lang.KK)
    assert (package.longest_whole, package.length_reward, package.doubtful_below) == (0, 0.0, None)


@pytest.mark.parametrize("key", ["longest_whole", "length_reward", "doubtful_below"])
@pytest.mark.parametrize("value", ["NaN", "1e999", '"much"', "[]", "{}"])
def test_what_is_no_number_is_refused(tmp_path: Path, key: str, value: str) -> None:
    folder = write_package(tmp_path, "en", "kk")
    text = (folder / "metadata.json").read_text("utf-8").replace("}", f', "{key}": {value}}}')
    (folder / "metadata.json").write_text(text, "utf-8")
    (error,) = (error for error in broken(tmp_path) if error.where == str(folder / "metadata.json"))
    assert "metadata cannot be read" in str(error.message)


def test_a_folder_given_by_the_user_is_searched_first(tmp_path: Path) -> None:
    write_package(tmp_path, "en", "kk")
    (package,) = find_route(discover(tmp_path), Lang.EN, Lang.KK)
    assert (package.origin, package.version) == (Origin.MODELS, "9.9")


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


@pytest.mark.parametrize(
    "metadata",
    [
        b"{",
        b"[]",
        b"\xff",
        b'{"from_code": ["en"], "to_code": "kk"}',
        b'{"from_code": "en", "to_code": "kk", "weights": 1}',
    ],
)
def test_unreadable_metadata_is_reported_by_file_and_stops_no_other_package(tmp_path: Path, metadata: bytes) -> None:
    write_package(tmp_path, "en", "ru")
    folder = write_package(tmp_path, "en", "kk")
    (folder / "metadata.json").write_bytes(metadata)
    assert [p.target for p in discover(tmp_path) if p.origin is Origin.MODELS] == [Lang.RU]
    (problem,) = broken(tmp_path)
    assert "metadata cannot be read" in problem.message
    assert problem.where == str(folder / "metadata.json")
    assert problem.hint


def test_where_all_packages_can_be_read_none_is_broken(tmp_path: Path) -> None:
    write_package(tmp_path, "en", "kk")
    write_package(tmp_path, "en", "es")
    assert broken(tmp_path) == ()


@pytest.mark.parametrize("weights", ["../../elsewhere", "../..", "/elsewhere"])
def test_weights_outside_the_folder_of_models_are_refused(tmp_path: Path, weights: str) -> None:
    folder = write_package(tmp_path / "models", "en", "kk", weights=weights)
    assert [p for p in discover(tmp_path / "models") if p.origin is Origin.MODELS] == []
    (problem,) = broken(tmp_path / "models")
    assert "outside" in problem.message
    assert problem.where == str(folder / "metadata.json")


def test_weights_beside_the_package_are_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for target in ("kk", "ru"):
        write_package(tmp_path, "en", target, weights="../weights")
    monkeypatch.chdir(tmp_path)
    assert {p.weights for p in discover(Path()) if p.origin is Origin.MODELS} == {tmp_path / "weights"}


def test_a_package_linked_into_the_folder_of_models_is_found(tmp_path: Path) -> None:
    kept, models = write_package(tmp_path / "kept", "en", "kk"), tmp_path / "models"
    models.mkdir()
    (models / "mine").symlink_to(kept, target_is_directory=True)
    (package,) = find_route(discover(models), Lang.EN, Lang.KK)
    assert (package.folder, package.weights) == (models / "mine", kept)
    assert broken(models) == ()


def test_a_linked_package_brings_the_weights_beside_it(tmp_path: Path) -> None:
    kept, models = write_package(tmp_path / "kept", "en", "kk", weights="../weights"), tmp_path / "models"
    models.mkdir()
    (models / "mine").symlink_to(kept, target_is_directory=True)
    (package,) = find_route(discover(models), Lang.EN, Lang.KK)
    assert package.weights == tmp_path / "kept" / "weights"


@pytest.mark.parametrize(
    ("older", "newer"), [("1.9", "1.10"), ("1.0", "2"), ("?", "0.1"), ("1.0", "1.0.1"), ("2.0rc1", "2.0")]
)
def test_of_two_versions_in_one_folder_the_newest_is_taken(tmp_path: Path, older: str, newer: str) -> None:
    write_package(tmp_path, "en", "kk", "a", package_version=newer)
    write_package(tmp_path, "en", "kk", "b", package_version=older)
    write_package(tmp_path, "en", "ru", "a-ru", package_version=older)
    write_package(tmp_path, "en", "ru", "b-ru", package_version=newer)
    packages = discover(tmp_path)
    assert [find_route(packages, Lang.EN, lang)[0].version for lang in (Lang.KK, Lang.RU)] == [newer, newer]


def test_an_older_version_given_by_the_user_comes_before_a_newer_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(tmp_path / "models", "en", "kk", package_version="0.0.1")
    write_package(tmp_path / "argos", "en", "kk", package_version="9.9")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "argos"))
    (package,) = find_route(discover(tmp_path / "models"), Lang.EN, Lang.KK)
    assert package.version == "0.0.1"


def test_a_label_tells_where_the_package_is_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_package(tmp_path / "models", "en", "kk", package_version="1.0")
    write_package(tmp_path / "argos", "en", "kk", package_version="1.0")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "argos"))
    labels = [p.label for p in discover(tmp_path / "models") if (p.source, p.target) == (Lang.EN, Lang.KK)]
    assert labels[:2] == ["translate-en_kk 1.0 (models)", "translate-en_kk 1.0 (argos)"]
    assert labels[2].startswith("translate-en_kk ") and labels[2].endswith(" (embedded)")


def test_metadata_without_a_prefix_decode_without_one(tmp_path: Path) -> None:
    folder = write_package(tmp_path, "en", "kk")
    (folder / "metadata.json").write_text('{"from_code": "en", "to_code": "kk", "target_prefix": null}', "utf-8")
    (package,) = find_route(discover(tmp_path), Lang.EN, Lang.KK)
    assert package.prefix == ""


def test_a_changed_file_is_seen_as_damage(tmp_path: Path) -> None:
    shutil.copytree(EMBEDDED, tmp_path / "models")
    vocabulary = tmp_path / "models" / "weights" / "model" / "shared_vocabulary.json"
    vocabulary.write_bytes(vocabulary.read_bytes() + b" ")
    assert {p.seal() for p in discover(tmp_path / "models") if p.origin is Origin.MODELS} == {Seal.CHANGED}


@pytest.mark.parametrize("sums", [b"\xff\xfe\x00", b"0  translate-en_kk/\0\n"])
def test_sums_that_cannot_be_read_are_damage(tmp_path: Path, sums: bytes) -> None:
    write_package(tmp_path, "en", "kk")
    (tmp_path / "SHA256SUMS").write_bytes(sums)
    (package,) = find_route(discover(tmp_path), Lang.EN, Lang.KK)
    assert package.seal() is Seal.UNREADABLE


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
    assert "kzpress models install en-ru" in str(caught.value.hint)


def test_a_broken_package_of_the_missing_direction_is_named(tmp_path: Path) -> None:
    folder = write_package(tmp_path, "en", "ru", "translate-{}_{}-1_9")
    write_package(tmp_path, "kk", "en")
    for path in tmp_path.iterdir():
        (path / "metadata.json").write_text("{", "utf-8")
    with pytest.raises(ModelError, match="metadata cannot be read") as caught:
        find_route((), Lang.EN, Lang.RU, broken(tmp_path))
    assert caught.value.message.startswith("no package translates en→ru")
    assert caught.value.where == str(folder / "metadata.json")
    with pytest.raises(ModelError) as caught:
        find_route((), Lang.RU, Lang.KK, broken(tmp_path))
    assert caught.value.where == "translate-ru_kk"


def test_a_broken_package_is_no_matter_where_there_is_a_route(tmp_path: Path) -> None:
    folder = write_package(tmp_path, "en", "kk", "translate-{}_{}-broken")
    (folder / "metadata.json").write_text("{", "utf-8")
    write_package(tmp_path, "en", "kk")
    (package,) = find_route(discover(tmp_path), Lang.EN, Lang.KK, broken(tmp_path))
    assert package.version == "9.9"


def test_a_language_into_itself_cannot_be_meant() -> None:
    with pytest.raises(UsageError, match="source and target are the same language: en"):
        find_route(discover(), Lang.EN, Lang.EN)
