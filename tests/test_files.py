from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from kzpress import files
from kzpress.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_and_its_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "locales" / "kk" / "release.po"
    assert files.write(path, b"one", error=CatalogError)
    assert path.read_bytes() == b"one"
    assert [beside.name for beside in path.parent.iterdir()] == ["release.po"]


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "release.po"
    files.write(path, b"one", error=CatalogError)
    os.utime(path, (1, 1))
    assert not files.write(path, b"one", error=CatalogError)
    assert path.stat().st_mtime == 1


def test_permissions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "release.po"
    files.write(path, b"one", error=CatalogError)
    path.chmod(0o640)
    files.write(path, b"two", error=CatalogError)
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file away")
def test_owner_and_group_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "release.po"
    files.write(path, b"one", error=CatalogError)
    path.chmod(0o660)
    os.chown(path, 12345, 23456)
    files.write(path, b"two", error=CatalogError)
    files.swap(path, b"two", b"three", error=CatalogError)
    status = path.stat()
    assert (path.read_bytes(), status.st_uid, status.st_gid, status.st_mode & 0o777) == (b"three", 12345, 23456, 0o660)


def test_a_link_stays_a_link_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    kept, path = tmp_path / "kept" / "2021-07-16.po", tmp_path / "locales" / "release.po"
    files.write(kept, b"one", error=CatalogError)
    kept.chmod(0o640)
    path.parent.mkdir()
    path.symlink_to("../kept/2021-07-16.po")
    assert files.write(path, b"two", error=CatalogError)
    assert path.is_symlink()
    assert kept.read_bytes() == b"two"
    assert kept.stat().st_mode & 0o777 == 0o640
    assert [beside.name for folder in (kept.parent, path.parent) for beside in folder.iterdir()] == [
        "2021-07-16.po",
        "release.po",
    ]


def test_what_a_link_leads_to_is_made(tmp_path: Path) -> None:
    path = tmp_path / "release.po"
    path.symlink_to(tmp_path / "kept" / "release.po")
    assert files.write(path, b"one", error=CatalogError)
    assert path.is_symlink()
    assert path.read_bytes() == b"one"


def test_a_place_that_cannot_be_written_is_the_callers_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    path = tmp_path / "file" / "release.po"
    with pytest.raises(CatalogError, match="cannot be written") as caught:
        files.write(path, b"one", error=CatalogError)
    assert caught.value.where == str(path)


def test_a_failed_replacement_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "release.po"
    path.mkdir()  # a folder in the way: the rename fails after the new file was written
    with pytest.raises(CatalogError):
        files.write(path, b"one", error=CatalogError)
    assert [beside.name for beside in tmp_path.iterdir()] == ["release.po"]


# ------------------------------------------------------------------ swap


def test_a_file_is_swapped_only_for_the_one_that_is_expected(tmp_path: Path) -> None:
    path = tmp_path / "release.po"
    assert files.swap(path, None, b"one", error=CatalogError)
    assert not files.swap(path, None, b"two", error=CatalogError)
    assert not files.swap(path, b"other", b"two", error=CatalogError)
    assert path.read_bytes() == b"one"
    path.chmod(0o640)
    assert files.swap(path, b"one", b"two", error=CatalogError)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"two", 0o640)
    assert [beside.name for beside in tmp_path.iterdir()] == ["release.po"]


def test_a_file_that_is_gone_is_not_swapped(tmp_path: Path) -> None:
    path = tmp_path / "release.po"
    assert not files.swap(path, b"one", b"two", error=CatalogError)
    assert not [*tmp_path.iterdir()]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no exchange of two names")
def test_what_is_saved_in_the_very_moment_of_the_swap_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, exchange = tmp_path / "release.po", files._exchange
    path.write_bytes(b"one")

    def late(new: Path, place: Path) -> bool:
        monkeypatch.setattr(files, "_exchange", exchange)
        (tmp_path / "editor").write_bytes(b"a reviewer's")
        (tmp_path / "editor").replace(place)
        return exchange(new, place)

    monkeypatch.setattr(files, "_exchange", late)
    assert not files.swap(path, b"one", b"two", error=CatalogError)
    assert path.read_bytes() == b"a reviewer's"
    assert [beside.name for beside in tmp_path.iterdir()] == ["release.po"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no exchange of two names")
def test_what_cannot_be_compared_after_the_exchange_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, exchange = tmp_path / "release.po", files._exchange
    path.write_bytes(b"one")

    def late(new: Path, place: Path) -> bool:
        monkeypatch.setattr(files, "_exchange", exchange)
        place.unlink()
        place.mkdir()  # what lies there now cannot be read as a file
        return exchange(new, place)

    monkeypatch.setattr(files, "_exchange", late)
    with pytest.raises(CatalogError, match="Is a directory"):
        files.swap(path, b"one", b"two", error=CatalogError)
    assert path.is_dir()
    assert [*tmp_path.iterdir()] == [path]


def test_where_names_cannot_be_exchanged_the_new_file_is_renamed_over_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "release.po"
    path.write_bytes(b"one")
    monkeypatch.setattr(files, "_renameat2", lambda: None)
    assert files.swap(path, b"one", b"two", error=CatalogError)
    assert path.read_bytes() == b"two"


def test_where_names_cannot_be_exchanged_what_was_saved_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "release.po"
    path.write_bytes(b"one")

    def refused(_new: Path, place: Path) -> bool:
        place.write_bytes(b"a reviewer's")
        return False

    monkeypatch.setattr(files, "_exchange", refused)
    assert not files.swap(path, b"one", b"two", error=CatalogError)
    assert path.read_bytes() == b"a reviewer's"
    assert [beside.name for beside in tmp_path.iterdir()] == ["release.po"]


def test_a_folder_that_cannot_be_made_is_told_when_swapping(tmp_path: Path) -> None:
    (tmp_path / "locales").write_text("no folder", "utf-8")
    with pytest.raises(CatalogError, match="cannot be written"):
        files.swap(tmp_path / "locales" / "release.po", None, b"one", error=CatalogError)
