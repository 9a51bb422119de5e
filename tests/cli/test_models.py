"""``kzpress models`` as a user meets it: files out, files in, and one clear line for every mistake."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest

from kzpress.domain import Lang
from kzpress.errors import Exit
from tests.cli.calling import Call, calling
from tests.engine.archives import archive


@pytest.fixture
def kzpress(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return calling(capfd)


def test_six_files_are_exported_with_their_sizes_and_sums(kzpress: Call) -> None:
    said = kzpress("models", "export", "--to", "out", "--json")
    assert said.status == Exit.DONE
    assert {line["name"] for line in said.objects} == {f"translate-{a}_{b}" for a, b in permutations(Lang, 2)}
    for line in said.objects:
        assert Path(line["path"]).stat().st_size == line["bytes"]
        assert len(line["sha256"]) == 64
    assert all("(unchanged)" in line for line in kzpress("models", "export", "--to", "out").out.splitlines())


def test_what_is_exported_can_be_installed_listed_and_verified(kzpress: Call) -> None:
    (made,) = kzpress("models", "export", "--to", "out", "--pair", "kk-ru", "--json").objects
    said = kzpress("models", "install", made["path"], "--to", "in", "--sha256", made["sha256"])
    assert (said.status, said.err) == (Exit.DONE, "")
    assert "translate-kk_ru" in said.out
    assert "is there already" in kzpress("models", "install", made["path"], "--to", "in").out
    (line,) = [line for line in kzpress("models", "list", "--models", "in", "--json").objects if line["to"] == "ru"][:1]
    assert (line["packages"][0]["origin"], line["packages"][0]["sha256"]) == ("models", "intact")
    said = kzpress("models", "verify", "--models", "in")
    assert said.status == Exit.DONE
    assert said.out.startswith("intact")
    assert len(said.out.splitlines()) == 7


def test_packages_of_a_folder_are_exported_instead_of_the_embedded_ones(kzpress: Call) -> None:
    kzpress("models", "install", archive(Path("a.argosmodel"), version="3.0"), "--to", "mine")
    (line,) = kzpress("models", "export", "--to", "out", "--models", "mine", "--json").objects
    assert (line["name"], line["version"], line["origin"]) == ("translate-en_kk", "3.0", "models")
    said = kzpress("models", "export", "--to", "out", "--models", "mine", "--pair", "ru-kk")
    assert (said.status, said.err.splitlines()[0]) == (Exit.MODEL, "error: mine: no package ru→kk")
    assert said.err.splitlines()[1] == "hint: there are packages for en→kk"
    Path("empty").mkdir()
    assert kzpress("models", "export", "--to", "out", "--models", "empty").status == Exit.MODEL


@pytest.mark.parametrize("pairs", [(), ("--pair", "en-kk")])
def test_a_package_that_cannot_be_read_is_told_and_the_others_exported(kzpress: Call, pairs: tuple[str, ...]) -> None:
    kzpress("models", "install", archive(Path("a.argosmodel")), "--to", "mine")
    Path("mine/broken").mkdir()
    Path("mine/broken/metadata.json").write_text("{", "utf-8")
    said = kzpress("models", "export", "--to", "out", "--models", "mine", *pairs)
    assert said.status == Exit.MODEL
    assert "passed over: mine/broken/metadata.json" in said.err
    assert [path.name for path in Path("out").iterdir()] == ["translate-en_kk-1_0.argosmodel"]


def test_a_package_that_cannot_be_read_elsewhere_is_no_fault_of_an_export(
    kzpress: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", "argos")
    Path("argos/broken").mkdir(parents=True)
    Path("argos/broken/metadata.json").write_text("{", "utf-8")
    assert kzpress("models", "export", "--to", "out", "--pair", "kk-ru").status == Exit.DONE


def test_a_package_without_metadata_is_mended_as_verify_says(kzpress: Call) -> None:
    kzpress("models", "install", archive(Path("a.argosmodel")), "--to", "mine")
    Path("mine/translate-en_kk-1_0/metadata.json").write_text("{", "utf-8")
    said = kzpress("models", "verify", "--models", "mine")
    assert (said.status, "hint: remove the folder, or install the package again" in said.out) == (Exit.MODEL, True)
    assert kzpress("models", "install", "a.argosmodel", "--to", "mine").status == Exit.DONE
    assert kzpress("models", "verify", "--models", "mine").status == Exit.DONE


def test_damage_is_told_by_package_and_file_with_status_6(kzpress: Call) -> None:
    kzpress("models", "install", archive(Path("a.argosmodel")), "--to", "mine")
    Path("mine/translate-en_kk-1_0/model/model.bin").write_bytes(b"!")
    said = kzpress("models", "verify", "--models", "mine")
    assert said.status == Exit.MODEL
    first, second, third, *_ = said.out.splitlines()
    assert third.split()[0] == "hint:"
    assert first.split()[:3] == ["changed", "translate-en_kk", "1.0"]
    assert second.split() == ["changed", "mine/translate-en_kk-1_0/model/model.bin"]
    line = kzpress("models", "verify", "--models", "mine", "--json").objects[0]
    assert (line["sha256"], line["files"][0]["sha256"]) == ("changed", "changed")
    assert kzpress("models", "list", "--models", "mine").status == Exit.MODEL
    assert kzpress("models", "export", "--to", "out", "--models", "mine").status == Exit.MODEL


def test_damage_to_one_package_keeps_no_other_from_being_exported(kzpress: Call) -> None:
    for target in ("kk", "ru"):
        kzpress("models", "install", archive(Path("a.argosmodel"), target=target), "--to", "mine")
    Path("mine/translate-en_kk-1_0/model/model.bin").write_bytes(b"!")
    said = kzpress("models", "export", "--to", "out", "--models", "mine")
    assert said.status == Exit.MODEL
    assert said.err.startswith("error: mine/translate-en_kk-1_0/model/model.bin: this file does not have the SHA-256")
    assert [path.name for path in Path("out").iterdir()] == ["translate-en_ru-1_0.argosmodel"]
    Path("out/translate-en_ru-1_0.argosmodel").write_bytes(b"!")
    assert kzpress("models", "export", "--to", "out", "--models", "mine", "--pair", "en-ru").status == Exit.USAGE


def test_what_was_removed_by_hand_is_told_with_how_to_have_it_forgotten(kzpress: Call) -> None:
    kzpress("models", "install", archive(Path("a.argosmodel")), "--to", "mine")
    shutil.rmtree("mine/translate-en_kk-1_0")
    said = kzpress("models", "verify", "--models", "mine")
    assert said.status == Exit.MODEL
    assert "if it was removed on purpose take it out of models.lock" in said.out


def test_the_variable_that_names_a_language_names_no_folder(kzpress: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KZPRESS_TO", "kk")
    kzpress("models", "install", archive(Path("a.argosmodel")))
    assert not Path("kk").exists()
    monkeypatch.setenv("KZPRESS_MODELS_TO", "mine")
    kzpress("models", "install", "a.argosmodel")
    assert Path("mine/models.lock").exists()


def test_a_package_that_cannot_be_read_is_damage(kzpress: Call) -> None:
    Path("mine/broken").mkdir(parents=True)
    Path("mine/broken/metadata.json").write_text("{", "utf-8")
    said = kzpress("models", "verify", "--models", "mine")
    assert said.status == Exit.MODEL
    assert said.out.startswith("unreadable")
    assert "cannot be read" in said.out


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (("install", "none.argosmodel"), Exit.MODEL, "no such file"),
        (("install", "."), Exit.MODEL, "a folder, not an archive"),
        (("install", "notes.txt"), Exit.MODEL, "not a zip archive"),
        (("install", "cut.argosmodel"), Exit.MODEL, "truncated"),
        (("install", "en-de"), Exit.USAGE, "kk, ru and en"),
        (("install", "ru-ru"), Exit.USAGE, "two different ones"),
        (("install", "a.argosmodel", "--sha256", "abc"), Exit.USAGE, "64 hexadecimal"),
        (("install", "a.argosmodel", "--sha256", "0" * 64), Exit.MODEL, "not the one demanded"),
        (("install", "a.argosmodel", "--to", "notes.txt"), Exit.MODEL, "cannot be written"),
        (("export", "--to", "out", "--pair", "english-russian"), Exit.USAGE, "not a pair"),
        (("export", "--to", "notes.txt"), Exit.MODEL, "cannot be written"),
        (("verify", "--models", "none"), Exit.MODEL, "no such folder"),
        (("convert", "none", "--to", "out"), Exit.MODEL, "no such folder"),
        (("convert", ".", "--to", "out"), Exit.MODEL, "no such file"),
        (("convert", ".", "--to", "out", "--package-version", "v1"), Exit.USAGE, "no version"),
        (("export", "--to", "out", "--models", "mine", "--pair", "kk-ru"), Exit.MODEL, "no package kk→ru"),
        (("export", "--to", "out", "--models", "none"), Exit.MODEL, "no such folder"),
        (("evaluate", "none.tsv", "--from", "en", "--to", "kk"), Exit.USAGE, "cannot be read"),
        (("evaluate", ".", "--from", "en", "--to", "kk"), Exit.USAGE, "cannot be read"),
        (("evaluate", "empty.tsv", "--from", "en", "--to", "kk"), Exit.USAGE, "is empty"),
        (("evaluate", "cp1251.tsv", "--from", "ru", "--to", "kk"), Exit.USAGE, "not UTF-8"),
        (("evaluate", "gap.tsv", "--from", "en", "--to", "kk"), Exit.USAGE, "gap.tsv:2: a source or a reference"),
        (("evaluate", "notes.txt", "--from", "en", "--to", "kk"), Exit.USAGE, "notes.txt:1: 1 in place of 2 columns"),
        (("evaluate", "notes.en-kk.tsv", "--from", "en", "--to", "ru"), Exit.USAGE, "not en and ru"),
        (("evaluate", "gap.tsv", "--from", "en", "--to", "fr"), Exit.USAGE, "fr"),
        (("nonsense",), Exit.USAGE, "nonsense"),
    ],
)
def test_every_mistake_is_one_line_with_a_place_and_a_next_step(
    kzpress: Call, args: tuple[str, ...], status: int, said: str
) -> None:
    archive(Path("a.argosmodel"))
    kzpress("models", "install", "a.argosmodel", "--to", "mine")
    Path("cut.argosmodel").write_bytes(Path("a.argosmodel").read_bytes()[:-30])
    Path("notes.txt").write_text("The sides discussed trade.\n", "utf-8")
    Path("empty.tsv").touch()
    Path("cp1251.tsv").write_text("Стороны\tТараптар\n", "cp1251")
    Path("gap.tsv").write_text("The sides\tТараптар\nThe talks\t\n", "utf-8")
    found = kzpress("models", *args)
    assert found.status == status
    assert said in found.err
    assert [line.split()[0] for line in found.err.splitlines()[-2:]] == ["error:", "hint:"]
    assert "Traceback" not in found.err
    assert not Path("out").exists() or not list(Path("out").iterdir())


def test_a_folder_to_write_into_is_demanded_by_its_option(kzpress: Call) -> None:
    said = kzpress("models", "export")
    assert (said.status, said.err.startswith("error: Missing option '--to'")) == (Exit.USAGE, True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_named(kzpress: Call) -> None:
    Path("to").mkdir(mode=0o500)
    said = kzpress("models", "install", archive(Path("a.argosmodel")), "--to", "to")
    assert (said.status, "Permission denied" in said.err) == (Exit.MODEL, True)


def test_without_a_network_a_pair_is_told_how_else(kzpress: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from argostranslate import settings

    monkeypatch.setattr(settings, "remote_package_index", "http://127.0.0.1:9/index.json")
    said = kzpress("models", "install", "en-ru", "--to", "mine")
    assert said.status == Exit.MODEL
    assert "cannot be reached" in said.err
    assert "hint: check the network" in said.err


def test_a_file_named_like_a_pair_is_a_file(kzpress: Call) -> None:
    shutil.copy(archive(Path("a.argosmodel")), "en-kk")
    assert kzpress("models", "install", "en-kk", "--to", "mine").status == Exit.DONE


def test_a_full_disk_behind_standard_output_is_no_bug() -> None:
    with Path("/dev/full").open("wb") as full:
        call = [sys.executable, "-m", "kzpress", "models", "list"]
        said = subprocess.run(call, stdout=full, stderr=subprocess.PIPE, check=False)
    assert said.returncode == Exit.RELEASE
    assert said.stderr.decode().startswith("error: standard output: cannot be written: No space left on device\nhint: ")


_STOP = "(print('here', flush=True), time.sleep(60))"
_BEFORE = (
    f"import sys; sys.addaudithook(lambda event, args: event == 'import' and args[0] == 'kzpress.cli' and {_STOP})"
)
_AFTER = f"import atexit; atexit.register(lambda: {_STOP})"


@pytest.mark.parametrize("stop", [_BEFORE, _AFTER], ids=["before", "after"])
def test_interrupted_before_or_after_the_command_there_is_no_traceback(stop: str) -> None:
    # Jobs that a shell runs in the background have the signal ignored, and with them all that they start.
    heard = "import signal, time; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heard}; from kzpress.__main__ import main; {stop}; main()"
    with subprocess.Popen([sys.executable, "-c", code, "models", "list"], stdout=-1, stderr=-1, text=True) as started:
        assert started.stdout
        assert "here\n" in started.stdout
        started.send_signal(signal.SIGINT)
        _, said = started.communicate()
    assert (started.returncode, said) == (-signal.SIGINT, "")  # 130 to a shell
