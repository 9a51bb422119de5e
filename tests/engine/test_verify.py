"""Sums and files compared: what is told of packages that were sealed, pinned, changed, or lost."""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path

import pytest

from kzpress.engine import Origin, Seal
from kzpress.engine.install import install
from kzpress.engine.packages import EMBEDDED
from kzpress.engine.seal import LOCK, SUMS, digests
from kzpress.engine.verify import Verdict, verify
from kzpress.errors import ModelError
from tests.engine.archives import WEIGHTS, archive, package


def verdicts(models: Path) -> dict[str, Verdict]:
    return {found.folder.name: found for found in verify(models) if found.origin is Origin.MODELS}


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A copy of the embedded packages and their sums, weights and all, to be damaged."""
    return Path(shutil.copytree(EMBEDDED, tmp_path / "models"))


@pytest.fixture
def pinned(tmp_path: Path) -> Path:
    """Two installed packages."""
    for target in ("kk", "ru"):
        install(archive(tmp_path / f"{target}.argosmodel", target=target), tmp_path / "models")
    return tmp_path / "models"


def test_embedded_packages_are_intact() -> None:
    found = [verdict for verdict in verify() if verdict.origin is Origin.EMBEDDED]
    assert [(verdict.seal, verdict.files) for verdict in found] == [(Seal.INTACT, ())] * 6


def test_installed_packages_are_intact(pinned: Path) -> None:
    found = verdicts(pinned)
    assert {name: verdict.seal for name, verdict in found.items()} == {
        "translate-en_kk-1_0": Seal.INTACT,
        "translate-en_ru-1_0": Seal.INTACT,
    }


def test_a_package_nobody_pinned_is_told_file_by_file_and_is_no_fault(tmp_path: Path) -> None:
    package(tmp_path / "models" / "mine")
    (found,) = verdicts(tmp_path / "models").values()
    assert found.seal is Seal.UNSEALED
    assert found.seal.is_sound
    assert len(found.files) == 5


def test_a_changed_file_is_named_and_damages_its_package_only(pinned: Path) -> None:
    path = pinned / "translate-en_kk-1_0" / "model" / "model.bin"
    path.write_bytes(WEIGHTS[::-1])
    found = verdicts(pinned)
    assert (found["translate-en_kk-1_0"].seal, found["translate-en_kk-1_0"].files) == (
        Seal.CHANGED,
        ((path, Seal.CHANGED),),
    )
    assert found["translate-en_ru-1_0"].seal is Seal.INTACT


def test_a_change_of_the_same_size_and_time_of_day_is_seen_in_one_process(pinned: Path) -> None:
    path = pinned / "translate-en_kk-1_0" / "model" / "model.bin"
    assert verdicts(pinned)["translate-en_kk-1_0"].seal is Seal.INTACT
    path.write_bytes(WEIGHTS[::-1])
    assert verdicts(pinned)["translate-en_kk-1_0"].seal is Seal.CHANGED
    path.write_bytes(WEIGHTS)
    assert verdicts(pinned)["translate-en_kk-1_0"].seal is Seal.INTACT


def test_shared_weights_that_changed_damage_all_that_share_them(sealed: Path) -> None:
    path = sealed / "weights" / "sentencepiece.model"
    path.write_bytes(path.read_bytes()[:-1])
    found = verdicts(sealed)
    assert len(found) == 6
    assert {verdict.seal for verdict in found.values()} == {Seal.CHANGED}
    assert {verdict.files for verdict in found.values()} == {((path, Seal.CHANGED),)}


def test_a_missing_file_is_told(pinned: Path) -> None:
    path = pinned / "translate-en_kk-1_0" / "sentencepiece.model"
    path.unlink()
    assert verdicts(pinned)["translate-en_kk-1_0"].files == ((path, Seal.MISSING),)


@pytest.mark.parametrize("folder", ["translate-en_kk-1_0"])
def test_a_pinned_package_that_is_gone_or_lost_its_metadata_is_missed(pinned: Path, folder: str) -> None:
    (pinned / folder / "metadata.json").unlink()
    found = verdicts(pinned)[folder]
    assert (found.package, found.seal) == (None, Seal.MISSING)
    shutil.rmtree(pinned / folder)
    assert len(verdicts(pinned)[folder].files) == 5


def test_a_file_that_nobody_pinned_beside_pinned_ones_is_told_and_is_no_fault(pinned: Path) -> None:
    extra = pinned / "translate-en_kk-1_0" / "notes.txt"
    extra.write_text("mine", "utf-8")
    found = verdicts(pinned)["translate-en_kk-1_0"]
    assert (found.seal, found.files) == (Seal.INTACT, ((extra, Seal.UNSEALED),))


def test_a_file_that_cannot_be_read_is_told(pinned: Path) -> None:
    path = pinned / "translate-en_kk-1_0" / "model" / "model.bin"
    path.unlink()
    path.symlink_to(path)
    assert verdicts(pinned)["translate-en_kk-1_0"].seal in {Seal.UNREADABLE, Seal.MISSING}


def test_metadata_that_cannot_be_read_is_told_once(pinned: Path) -> None:
    (pinned / "translate-en_kk-1_0" / "metadata.json").write_text("{", "utf-8")
    found = [verdict for verdict in verify(pinned) if verdict.folder == pinned / "translate-en_kk-1_0"]
    assert [verdict.seal for verdict in found] == [Seal.UNREADABLE]
    assert found[0].error


@pytest.mark.parametrize("name", [SUMS, LOCK])
@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"0  a/\0\n", b"[]", b'{"packages": {"a": {"files": 1}}}'])
def test_sums_that_cannot_be_read_make_every_package_there_unreadable(tmp_path: Path, name: str, data: bytes) -> None:
    package(tmp_path / "models" / "mine")
    if name == SUMS and data.startswith((b"[", b"{")):
        data = b"0  mine/\0"
    (tmp_path / "models" / name).write_bytes(data)
    found = verdicts(tmp_path / "models")["mine"]
    assert (found.seal, found.files) == (Seal.UNREADABLE, ((tmp_path / "models" / name, Seal.UNREADABLE),))


@pytest.mark.parametrize("form", ["{}  {}\n", "{} *{}\n", "\n{}  {}\n\n", "{}  {}\r\n", "{}  ./{}\n"])
def test_sums_are_read_as_sha256sum_writes_them(tmp_path: Path, form: str) -> None:
    folder = package(tmp_path / "models" / "mine")
    lines = [form.format(total.upper(), f"mine/{name}") for name, total in digests(folder).items()]
    (tmp_path / "models" / SUMS).write_bytes("".join(lines).encode())
    found = verdicts(tmp_path / "models")["mine"]
    assert (found.seal, found.files) == (Seal.INTACT, ())


@pytest.mark.parametrize("line", ["", "  ", "  /etc/hostname", "  ../outside", "  mine/../../outside", " mine", "  ."])
def test_sums_of_what_lies_elsewhere_are_none(tmp_path: Path, line: str) -> None:
    package(tmp_path / "models" / "mine")
    (tmp_path / "models" / SUMS).write_text(f"{'0' * 64}{line}\n", "utf-8")
    found = verdicts(tmp_path / "models")["mine"]
    assert (found.seal, found.files) == (Seal.UNREADABLE, ((tmp_path / "models" / SUMS, Seal.UNREADABLE),))


def test_the_worst_file_decides_and_unpinned_ones_do_not() -> None:
    assert Seal.over([]) is Seal.UNSEALED
    assert Seal.over([Seal.UNSEALED, Seal.INTACT]) is Seal.INTACT
    assert Seal.over([Seal.INTACT, Seal.CHANGED, Seal.UNREADABLE, Seal.MISSING]) is Seal.UNREADABLE
    assert [seal.is_sound for seal in Seal] == [True, True, False, False, False]


@pytest.mark.parametrize(("name", "content"), [("model/model.bin", None), ("sentencepiece.model", b"")])
def test_what_translating_needs_is_missed_though_nobody_pinned_it(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = package(tmp_path / "models" / "mine") / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    (found,) = verdicts(tmp_path / "models").values()
    wanted = Seal.MISSING if content is None else Seal.UNREADABLE
    assert (found.seal, dict(found.files)[path]) == (wanted, wanted)


@pytest.mark.parametrize(
    ("name", "text"),
    [(LOCK, ""), *product((LOCK, SUMS), ("{}", "\ufeffnonsense", "../../etc/passwd"))],  # no sums are no damage
)
def test_sums_that_cannot_be_read_are_named_with_what_to_do(pinned: Path, name: str, text: str) -> None:
    (pinned / name).write_text(text, "utf-8")
    for found in verdicts(pinned).values():
        assert (found.seal, found.package is not None) == (Seal.UNREADABLE, True)
        assert found.error
        assert found.package
        with pytest.raises(ModelError, match="sums cannot be read") as caught:
            found.package.demand_sound()
        assert (
            (caught.value.where, caught.value.hint)
            == (found.error.where, found.error.hint)
            == (
                str(pinned / name),
                "put the file back as it was, or remove it and install the packages again",
            )
        )


def test_what_mends_a_package_depends_on_how_it_came(pinned: Path) -> None:
    (embedded, *_) = [found.package for found in verify() if found.origin is Origin.EMBEDDED]
    (installed, *_) = verdicts(pinned).values()
    assert embedded
    assert installed.package
    assert "install kzpress again" in str(embedded.remedy)
    assert "install the package again" in str(installed.package.remedy)
    (pinned / LOCK).rename(pinned / SUMS)
    assert "copy the whole folder" in str(installed.package.remedy)
