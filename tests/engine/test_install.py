"""Installing packages: whole or not at all, pinned, never in the place of something else unasked."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from kzpress.domain import Lang
from kzpress.engine import Origin, Seal, discover, index
from kzpress.engine import install as installing
from kzpress.engine.install import Installed, install, install_pair
from kzpress.engine.packages import EMBEDDED, argos_folder
from kzpress.engine.seal import LOCK, pins
from kzpress.errors import LockedError, ModelError
from tests.engine.archives import WEIGHTS, archive, facts, members, package, zipped


def folders(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir() if path.is_dir())


def sum_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# ------------------------------------------------------------------ the plain case


def test_a_package_is_installed_where_argos_looks_and_serves_from_then_on(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.argosmodel")
    done = install(path)
    assert done.changed
    assert done.package.folder == argos_folder() / "translate-en_kk-1_0"
    (found,) = [p for p in discover() if p.origin is Origin.ARGOS]
    assert (found.folder, found.seal()) == (done.package.folder, Seal.INTACT)


def test_the_lock_says_what_was_installed_from_where_and_every_sum(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.argosmodel")
    install(path, tmp_path / "to")
    (pin,) = pins(tmp_path / "to").values()
    assert (pin.name, pin.version, pin.source, pin.sha256) == ("translate-en_kk", "1.0", "a.argosmodel", sum_of(path))
    assert pin.files["model/model.bin"] == hashlib.sha256(WEIGHTS).hexdigest()
    assert len(pin.files) == 5


def test_nothing_is_left_beside_it(tmp_path: Path) -> None:
    install(archive(tmp_path / "a.argosmodel"), tmp_path / "to")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.argosmodel", "to"]
    assert folders(tmp_path / "to") == ["translate-en_kk-1_0"]


def test_the_same_again_changes_no_byte(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.argosmodel")
    install(path, tmp_path / "to")
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "to").rglob("*")}
    assert not install(path, tmp_path / "to").changed
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "to").rglob("*")} == before


def test_a_package_that_argos_installed_itself_is_pinned_when_it_is_met(tmp_path: Path) -> None:
    package(tmp_path / "to" / "en_kk")
    done = install(archive(tmp_path / "a.argosmodel"), tmp_path / "to")
    assert (done.changed, done.package.folder.name) == (False, "en_kk")
    assert list(pins(tmp_path / "to")) == ["en_kk"]
    assert done.package.seal() is Seal.INTACT


# ------------------------------------------------------------------ in the place of others


def test_other_contents_of_the_same_version_are_refused_unless_asked_for(tmp_path: Path) -> None:
    install(archive(tmp_path / "a.argosmodel"), tmp_path / "to")
    other = archive(tmp_path / "b.argosmodel", weights=WEIGHTS + b"others")
    with pytest.raises(ModelError, match="other contents") as caught:
        install(other, tmp_path / "to")
    assert "--replace" in str(caught.value.hint)
    model = tmp_path / "to" / "translate-en_kk-1_0" / "model" / "model.bin"
    assert model.read_bytes() == WEIGHTS
    assert install(other, tmp_path / "to", replace=True).changed
    assert model.read_bytes() == WEIGHTS + b"others"
    assert pins(tmp_path / "to")["translate-en_kk-1_0"].sha256 == sum_of(other)


def test_a_newer_version_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    install(archive(tmp_path / "a.argosmodel", version="1.9"), tmp_path / "to")
    install(archive(tmp_path / "other.argosmodel", source="en", target="ru"), tmp_path / "to")
    done = install(archive(tmp_path / "b.argosmodel", version="1.10"), tmp_path / "to")
    assert done.replaced == ("translate-en_kk-1_9",)
    assert folders(tmp_path / "to") == ["translate-en_kk-1_10", "translate-en_ru-1_0"]
    assert sorted(pins(tmp_path / "to")) == ["translate-en_kk-1_10", "translate-en_ru-1_0"]


def test_an_older_version_is_refused_unless_asked_for(tmp_path: Path) -> None:
    install(archive(tmp_path / "b.argosmodel", version="1.10"), tmp_path / "to")
    older = archive(tmp_path / "a.argosmodel", version="1.9")
    with pytest.raises(ModelError, match=r"newer translate-en_kk is there: 1\.10"):
        install(older, tmp_path / "to")
    install(older, tmp_path / "to", replace=True)
    assert folders(tmp_path / "to") == ["translate-en_kk-1_9"]


def test_a_damaged_package_is_mended_by_what_was_pinned(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.argosmodel")
    model = install(path, tmp_path / "to").package.folder / "model" / "model.bin"
    model.write_bytes(b"broken!")
    assert install(path, tmp_path / "to").changed
    assert model.read_bytes() == WEIGHTS


def test_what_was_pinned_holds_where_the_package_is_gone(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.argosmodel")
    shutil.rmtree(install(path, tmp_path / "to").package.folder)
    other = archive(tmp_path / "b.argosmodel", weights=WEIGHTS + b"others")
    with pytest.raises(ModelError, match="pinned with other contents") as caught:
        install(other, tmp_path / "to")
    assert caught.value.where == str(tmp_path / "to" / LOCK)
    assert "--replace" in str(caught.value.hint)
    assert pins(tmp_path / "to")["translate-en_kk-1_0"].sha256 == sum_of(path)
    assert install(path, tmp_path / "to").changed
    assert install(other, tmp_path / "to", replace=True).changed
    assert pins(tmp_path / "to")["translate-en_kk-1_0"].sha256 == sum_of(other)


def test_what_was_pinned_holds_where_the_package_was_exchanged_by_hand(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.argosmodel")
    (install(path, tmp_path / "to").package.folder / "model" / "model.bin").write_bytes(b"others")
    other = archive(tmp_path / "b.argosmodel", weights=WEIGHTS + b"others")
    with pytest.raises(ModelError, match="pinned with other contents"):
        install(other, tmp_path / "to")
    assert pins(tmp_path / "to")["translate-en_kk-1_0"].sha256 == sum_of(path)
    install(other, tmp_path / "to", replace=True)
    assert [p.seal() for p in discover(tmp_path / "to") if p.origin is Origin.MODELS] == [Seal.INTACT]


def test_a_pin_under_another_folder_name_goes_with_what_is_put_in_its_place(tmp_path: Path) -> None:
    package(tmp_path / "to" / "en_kk")
    install(archive(tmp_path / "a.argosmodel"), tmp_path / "to")
    shutil.rmtree(tmp_path / "to" / "en_kk")
    install(archive(tmp_path / "b.argosmodel", version="1.1"), tmp_path / "to")
    assert list(pins(tmp_path / "to")) == ["translate-en_kk-1_1"]


@pytest.mark.parametrize("metadata", [None, b"{", facts("en", "ru"), facts(version="0.1")])
def test_a_pinned_package_whose_metadata_is_damaged_or_gone_is_mended(tmp_path: Path, metadata: bytes | None) -> None:
    path = archive(tmp_path / "a.argosmodel")
    found = install(path, tmp_path / "to").package.folder / "metadata.json"
    found.unlink() if metadata is None else found.write_bytes(metadata)
    done = install(path, tmp_path / "to")
    assert (done.changed, done.replaced, done.package.seal()) == (True, ("translate-en_kk-1_0",), Seal.INTACT)
    assert folders(tmp_path / "to") == ["translate-en_kk-1_0"]


def test_a_pinned_package_whose_metadata_is_damaged_gives_way_to_a_newer_one_only(tmp_path: Path) -> None:
    path = install(archive(tmp_path / "a.argosmodel", version="1.1"), tmp_path / "to").package.folder
    (path / "metadata.json").write_text("{", "utf-8")
    with pytest.raises(ModelError, match=r"newer translate-en_kk is there: 1\.1"):
        install(archive(tmp_path / "b.argosmodel", version="1.0"), tmp_path / "to")
    install(archive(tmp_path / "c.argosmodel", version="1.2"), tmp_path / "to")
    assert folders(tmp_path / "to") == list(pins(tmp_path / "to")) == ["translate-en_kk-1_2"]


def test_an_older_package_is_not_mended_at_the_cost_of_a_newer_one(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.argosmodel")
    (install(path, tmp_path / "to").package.folder / "model" / "model.bin").write_bytes(b"!")
    package(tmp_path / "to" / "newer", version="1.1")
    with pytest.raises(ModelError, match=r"newer translate-en_kk is there: 1\.1"):
        install(path, tmp_path / "to")
    assert folders(tmp_path / "to") == ["newer", "translate-en_kk-1_0"]


def test_a_folder_that_is_something_else_is_not_touched(tmp_path: Path) -> None:
    mine = tmp_path / "to" / "translate-en_kk-1_0" / "mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", "utf-8")
    with pytest.raises(ModelError, match="taken by something else"):
        install(archive(tmp_path / "a.argosmodel"), tmp_path / "to")
    assert mine.exists()


def test_packages_sealed_together_are_not_taken_apart(tmp_path: Path) -> None:
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / "SHA256SUMS").write_bytes((EMBEDDED / "SHA256SUMS").read_bytes())
    with pytest.raises(ModelError, match="sealed together"):
        install(archive(tmp_path / "a.argosmodel"), tmp_path / "to")


def test_a_link_is_replaced_and_what_it_leads_to_kept(tmp_path: Path) -> None:
    kept = package(tmp_path / "kept")
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / "translate-en_kk-1_0").symlink_to(kept, target_is_directory=True)
    install(archive(tmp_path / "a.argosmodel", weights=WEIGHTS + b"others"), tmp_path / "to", replace=True)
    assert (kept / "model" / "model.bin").read_bytes() == WEIGHTS
    assert not (tmp_path / "to" / "translate-en_kk-1_0").is_symlink()


# ------------------------------------------------------------------ refusals


def test_a_sum_that_was_demanded_and_is_another_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.argosmodel")
    with pytest.raises(ModelError, match=f"{sum_of(path)}, not the one demanded"):
        install(path, tmp_path / "to", sha256="0" * 64)
    assert not (tmp_path / "to").exists()
    assert install(path, tmp_path / "to", sha256=sum_of(path).upper()).changed


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        (facts("en", "es"), "en→es"),
        (facts("en", "en"), "en→en"),
        (b'{"type": "sbd", "package_version": "1.0"}', "None→None"),
        (b"{", r"metadata\.json cannot be read"),
        (b"[]", r"metadata\.json cannot be read"),
        (facts(weights="../weights"), "elsewhere"),
        (facts(version="../../x"), "package_version"),
        (facts(type="sbd"), "another type"),
    ],
)
def test_a_package_that_kzpress_cannot_use_is_refused(tmp_path: Path, metadata: bytes, said: str) -> None:
    path = zipped(tmp_path / "a.argosmodel", {**members(), "translate-en_kk-1_0/metadata.json": metadata})
    with pytest.raises(ModelError, match=said) as caught:
        install(path, tmp_path / "to")
    assert caught.value.where == str(path)
    assert folders(tmp_path / "to") == []


def test_no_such_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "none", "no such file"), (tmp_path, "a folder")):
        with pytest.raises(ModelError, match=said) as caught:
            install(path, tmp_path / "to")
        assert caught.value.hint


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "to").write_text("a file", "utf-8")
    with pytest.raises(ModelError, match="cannot be written") as caught:
        install(archive(tmp_path / "a.argosmodel"), tmp_path / "to")
    assert caught.value.where == str(tmp_path / "to")


def test_a_full_disk_is_told_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "a.argosmodel")
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=3))
    with pytest.raises(ModelError, match="the disk is full"):
        install(path, tmp_path / "to")
    assert folders(tmp_path / "to") == []


PIN = {"name": "translate-en_kk", "version": "1.0", "source": "a", "sha256": "b", "files": {}}


@pytest.mark.parametrize(
    "damage",
    [
        {"model/model.bin": WEIGHTS[: len(WEIGHTS) // 2]},
        {"model/model.bin": b"\xff" + WEIGHTS[1:]},  # of a binary version that no CTranslate2 has yet
        {"sentencepiece.model": b"\x0a\x03\x0a\x01a"},
        {"sentencepiece.model": b""},
    ],
)
def test_what_cannot_be_loaded_does_not_take_the_place_of_what_can(tmp_path: Path, damage: dict[str, bytes]) -> None:
    install(archive(tmp_path / "a.argosmodel"), tmp_path / "to")
    before = {path: path.read_bytes() for path in (tmp_path / "to").rglob("*") if path.is_file()}
    top = "translate-en_kk-1_1"
    content = members(top) | {f"{top}/metadata.json": facts(version="1.1")}
    newer = zipped(tmp_path / "b.argosmodel", content | {f"{top}/{name}": data for name, data in damage.items()})
    with pytest.raises(ModelError, match=r"cannot be loaded|is empty") as caught:
        install(newer, tmp_path / "to")
    assert caught.value.where == str(newer)
    assert {path: path.read_bytes() for path in (tmp_path / "to").rglob("*") if path.is_file()} == before
    assert install(zipped(newer, content), tmp_path / "to").replaced == ("translate-en_kk-1_0",)


def test_the_pin_of_a_folder_that_is_gone_goes_when_its_package_is_met_again(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.argosmodel")
    folder = install(path, tmp_path / "to").package.folder
    folder.rename(tmp_path / "to" / "mine")
    assert not install(path, tmp_path / "to").changed
    assert list(pins(tmp_path / "to")) == ["mine"]


@pytest.mark.parametrize(
    "packages",
    [[1], {"../outside": PIN}, {"": PIN}, {"a/b": PIN}, {"a": PIN | {"version": 1}}, {"a": PIN | {"files": []}}],
)
def test_a_lock_that_cannot_be_read_stops_the_install(tmp_path: Path, packages: object) -> None:
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / LOCK).write_text(json.dumps({"packages": packages}), "utf-8")
    with pytest.raises(ModelError, match="sums cannot be read") as caught:
        install(archive(tmp_path / "a.argosmodel"), tmp_path / "to")
    assert caught.value.where == str(tmp_path / "to" / LOCK)


# ------------------------------------------------------------------ bad luck


def test_if_the_new_one_cannot_take_its_place_the_old_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(archive(tmp_path / "a.argosmodel"), tmp_path / "to")
    rename = Path.rename

    def fail(path: Path, to: Path) -> Path:
        if path.parent.name == "new":
            raise KeyboardInterrupt
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(KeyboardInterrupt):
        install(archive(tmp_path / "b.argosmodel", weights=WEIGHTS + b"others"), tmp_path / "to", replace=True)
    monkeypatch.undo()
    model = tmp_path / "to" / "translate-en_kk-1_0" / "model" / "model.bin"
    assert model.read_bytes() == WEIGHTS
    assert [p.seal() for p in discover(tmp_path / "to") if p.origin is Origin.MODELS] == [Seal.INTACT]
    assert folders(tmp_path) == ["to"]


@pytest.mark.parametrize("error", [ModelError("cannot be written"), KeyboardInterrupt()])
@pytest.mark.parametrize(("version", "there"), [("1.0", "translate-en_kk-1_0"), ("1.1", "translate-en_kk-1_0")])
def test_if_the_new_one_cannot_be_pinned_the_old_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, version: str, there: str
) -> None:
    install(archive(tmp_path / "a.argosmodel"), tmp_path / "to")
    before = (tmp_path / "to" / LOCK).read_bytes()

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("kzpress.engine.seal.write_pins", fail)
    with pytest.raises(type(error)):
        install(
            archive(tmp_path / "b.argosmodel", version=version, weights=WEIGHTS + b"others"),
            tmp_path / "to",
            replace=True,
        )
    assert folders(tmp_path / "to") == [there]
    assert (tmp_path / "to" / LOCK).read_bytes() == before
    assert [p.seal() for p in discover(tmp_path / "to") if p.origin is Origin.MODELS] == [Seal.INTACT]
    assert folders(tmp_path) == ["to"]


def test_two_at_once_leave_one_whole_package(tmp_path: Path) -> None:
    paths = [archive(tmp_path / f"{n}.argosmodel", weights=WEIGHTS + bytes([n]) * 1000) for n in range(8)]
    done: list[Installed] = []
    threads = [
        threading.Thread(target=lambda path=path: done.append(install(path, tmp_path / "to", replace=True)))
        for path in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 8
    (found,) = [p for p in discover(tmp_path / "to") if p.origin is Origin.MODELS]
    assert found.seal() is Seal.INTACT
    assert folders(tmp_path) == ["to"]


def test_an_install_that_never_ends_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from filelock import FileLock

    monkeypatch.setattr(installing, "WAIT", 0.1)
    (tmp_path / "to").mkdir()
    with FileLock(tmp_path / "to" / ".models.lock.held"), pytest.raises(LockedError, match="another kzpress"):
        install(archive(tmp_path / "a.argosmodel"), tmp_path / "to")
    assert folders(tmp_path / "to") == []


def hear_interrupts() -> None:
    """Undo what a shell does to a job in the background, which hears no Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="signals are of Unix")
def test_interrupted_while_unpacking_nothing_half_is_left(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.argosmodel", weights=WEIGHTS + os.urandom(60_000_000))
    command = [sys.executable, "-m", "kzpress", "models", "install", str(path), "--to", str(tmp_path / "to")]
    running = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        preexec_fn=hear_interrupts,  # noqa: PLW1509 - no thread runs here
    )
    deadline = time.monotonic() + 30
    while not list(tmp_path.glob(".kzpress-*/new/*/model/*")) and time.monotonic() < deadline:
        time.sleep(0.002)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130, said
    assert b"interrupted" in said
    assert folders(tmp_path) == ["to"]
    assert folders(tmp_path / "to") == []


# ------------------------------------------------------------------ from the index


Serve = Callable[[dict[str, bytes]], str]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Serve files by path as the public index does, and let Argos Translate name that index."""
    from argostranslate import settings

    files: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = files.get(self.path)
            moved = self.path.startswith("/moved")
            self.send_response(404 if data is None else 302 if moved else 200)
            if moved and data:
                self.send_header("Location", data.decode())
            self.send_header("Content-Length", str(len(data or b"") + (100 if self.path.endswith("cut") else 0)))
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    monkeypatch.setattr(settings, "remote_package_index", f"{address}/index.json")

    def offer(more: dict[str, bytes]) -> str:
        files.clear()
        files.update(more)
        return address

    yield offer
    server.shutdown()
    server.server_close()


def listed(version: str, *links: str, source: str = "en", target: str = "ru") -> dict[str, object]:
    more = {"package_version": version, "from_code": source, "to_code": target}
    return {"code": f"translate-{source}_{target}", "type": "translate", "links": list(links), **more}


def test_the_newest_package_of_a_pair_is_fetched_from_the_first_address_that_works(
    tmp_path: Path, serve: Serve
) -> None:
    data = archive(tmp_path / "a.argosmodel", target="ru", version="1.10").read_bytes()
    address = serve({"/new": data})
    packages = [
        listed("1.9", f"{address}/old"),
        listed("1.10", "ipfs://somewhere", f"{address}/gone", f"{address}/new"),
        listed("9.9", f"{address}/old", target="es"),
    ]
    serve({"/new": data, "/index.json": json.dumps(packages).encode()})
    told: list[tuple[int, int]] = []
    done = install_pair(Lang.EN, Lang.RU, tmp_path / "to", progress=lambda a, b: told.append((a, b)))
    assert (done.changed, done.package.version) == (True, "1.10")
    assert pins(tmp_path / "to")["translate-en_ru-1_10"].source == f"{address}/new"
    assert told[-1] == (len(data), len(data))
    serve({"/index.json": json.dumps(packages).encode()})
    for demanded in (None, sum_of(tmp_path / "a.argosmodel"), sum_of(tmp_path / "a.argosmodel").upper()):
        assert not install_pair(Lang.EN, Lang.RU, tmp_path / "to", sha256=demanded).changed


def test_a_pair_that_is_not_in_the_index_is_told_with_what_serves_it(tmp_path: Path, serve: Serve) -> None:
    serve({"/index.json": json.dumps([listed("1.9")]).encode()})
    with pytest.raises(ModelError, match="no package kk→ru") as caught:
        install_pair(Lang.KK, Lang.RU, tmp_path / "to")
    assert "translate-kk_ru" in str(caught.value.hint)
    assert "embedded" in str(caught.value.hint)


@pytest.mark.parametrize("data", [b"not json", b"{}x", b"[1]", b'{"a": 1}'])
def test_an_index_that_is_none_is_refused_by_its_address(tmp_path: Path, serve: Serve, data: bytes) -> None:
    address = serve({"/index.json": data})
    with pytest.raises(ModelError, match="index cannot be read") as caught:
        install_pair(Lang.EN, Lang.RU, tmp_path / "to")
    assert caught.value.where == f"{address}/index.json"


def test_a_cut_download_leaves_nothing(tmp_path: Path, serve: Serve) -> None:
    address = serve({})
    data = archive(tmp_path / "a.argosmodel", target="ru").read_bytes()
    serve({"/cut": data, "/index.json": json.dumps([listed("1.0", f"{address}/cut")]).encode()})
    with pytest.raises(ModelError, match=r"ended after|broke off"):
        install_pair(Lang.EN, Lang.RU, tmp_path / "to")
    assert folders(tmp_path / "to") == []
    assert folders(tmp_path) == ["to"]


def test_addresses_less_safe_than_the_index_are_not_asked() -> None:
    links = ["http://example.org/a", "ipfs://b", "file:///etc/passwd", "https://example.org/c"]
    (offered,) = [index._offer(listed("1.0", *links), "https://example.org/index.json")]
    assert offered.links == ("https://example.org/c",)


def test_a_redirect_to_what_is_less_safe_is_not_followed(tmp_path: Path, serve: Serve) -> None:
    address = serve({})
    data = archive(tmp_path / "a.argosmodel", target="ru").read_bytes()
    listing = json.dumps([listed("1.0", f"{address}/moved")]).encode()
    serve({"/index.json": listing, "/moved": b"ftp://127.0.0.1:9/a"})
    with pytest.raises(ModelError, match=r"302 and leads to ftp://.*less safe") as caught:
        install_pair(Lang.EN, Lang.RU, tmp_path / "to")
    assert caught.value.where == f"{address}/moved"
    serve({"/index.json": listing, "/moved": f"{address}/a".encode(), "/a": data})
    assert install_pair(Lang.EN, Lang.RU, tmp_path / "to").changed


def test_a_redirect_of_https_stays_with_https() -> None:
    asked, handler = urllib.request.Request("https://example.org/a"), index._SafeRedirects()
    safe, unsafe = "https://example.org/b", "http://example.org/b"
    assert handler.redirect_request(asked, None, 302, "Found", {}, safe).full_url == safe
    with pytest.raises(OSError, match="less safe"):
        handler.redirect_request(asked, None, 302, "Found", {}, unsafe)


def test_without_a_network_the_way_around_is_told(
    tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    from argostranslate import settings

    serve({})
    monkeypatch.setattr(settings, "remote_package_index", "http://127.0.0.1:9/index.json")
    with pytest.raises(ModelError, match="cannot be reached") as caught:
        install_pair(Lang.EN, Lang.RU, tmp_path / "to")
    assert "kzpress models install FILE" in str(caught.value.hint)


def test_a_page_in_the_place_of_a_package_is_told_by_its_address(tmp_path: Path, serve: Serve) -> None:
    address = serve({})
    serve({"/a": b"<html>Log in</html>", "/index.json": json.dumps([listed("1.0", f"{address}/a")]).encode()})
    with pytest.raises(ModelError, match="not a zip archive") as caught:
        install_pair(Lang.EN, Lang.RU, tmp_path / "to")
    assert caught.value.where == f"{address}/a"
    assert "try again" in str(caught.value.hint)


def test_what_the_index_gives_for_another_pair_is_not_taken_for_it(tmp_path: Path, serve: Serve) -> None:
    address = serve({})
    data = archive(tmp_path / "a.argosmodel", target="kk").read_bytes()
    serve({"/a": data, "/index.json": json.dumps([listed("1.0", f"{address}/a")]).encode()})
    with pytest.raises(ModelError, match="en→kk, not en→ru"):
        install_pair(Lang.EN, Lang.RU, tmp_path / "to")
    assert folders(tmp_path / "to") == []
