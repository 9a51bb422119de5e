"""Archives of packages: what is packed stands alone, and nothing harmful or half is unpacked."""

from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path

import pytest
from minisbd import SBDetect

from kzpress.domain import Lang
from kzpress.engine import Job, Origin, discover
from kzpress.engine import archive as archives
from kzpress.engine.archive import pack, unpack
from kzpress.engine.argos import ArgosEngine
from kzpress.engine.packages import read
from kzpress.engine.pieces import as_control
from kzpress.errors import ModelError, UsageError
from tests.engine.archives import PIECES, WEIGHTS, archive, members, package, zipped


def names_of(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as found:
        return found.namelist()


def unpacked(path: Path, into: Path) -> Path:
    into.mkdir()
    return unpack(path, into)


# ------------------------------------------------------------------ packing


def test_every_embedded_package_is_packed_as_one_folder_that_needs_no_other(tmp_path: Path) -> None:
    for found in (known for known in discover() if known.origin is Origin.EMBEDDED):
        made = pack(found, tmp_path)
        top = f"{found.name}-{found.version.replace('.', '_')}"
        assert made.path == tmp_path / f"{top}.argosmodel"
        assert made.size == made.path.stat().st_size
        assert {name.split("/")[0] for name in names_of(made.path)} == {top}
        assert {f"{top}/metadata.json", f"{top}/sentencepiece.model", f"{top}/model/model.bin"} <= {
            *names_of(made.path)
        }
        with zipfile.ZipFile(made.path) as zipped_package:
            data = json.loads(zipped_package.read(f"{top}/metadata.json"))
        assert "weights" not in data
        assert (data["type"], data["from_code"], data["to_code"]) == ("translate", found.source, found.target)
        assert data["target_prefix"] == found.prefix


def test_the_same_package_gives_the_same_bytes_whatever_its_files_dates(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        folder = package(tmp_path / name / "translate-en_kk")
        for path in folder.rglob("*"):
            path.chmod(0o700)
        found = read(folder / "metadata.json", Origin.MODELS)
        assert found
        made.append(pack(found, tmp_path / f"{name}-out"))
    assert made[0].path.read_bytes() == made[1].path.read_bytes()
    assert made[0].sha256 == made[1].sha256


def test_a_second_export_changes_nothing_and_another_file_is_not_written_over(tmp_path: Path) -> None:
    found = read(package(tmp_path / "translate-en_kk") / "metadata.json", Origin.MODELS)
    assert found
    made = pack(found, tmp_path / "out")
    before = made.path.stat()
    assert not pack(found, tmp_path / "out").changed
    made.path.write_bytes(b"mine")
    with pytest.raises(UsageError, match="another file"):
        pack(found, tmp_path / "out")
    assert made.path.read_bytes() == b"mine"
    assert pack(found, tmp_path / "out", force=True).path.stat().st_size == before.st_size
    assert [path.name for path in (tmp_path / "out").iterdir()] == [made.path.name]


def test_a_source_prefix_becomes_a_setting_of_the_model_itself(tmp_path: Path) -> None:
    folder = package(
        tmp_path / "translate-kk_ru", source="kk", target="ru", source_prefix="__kk__", target_prefix="__ru__"
    )
    found = read(folder / "metadata.json", Origin.MODELS)
    assert found
    made = pack(found, tmp_path / "out")
    with zipfile.ZipFile(made.path) as opened:
        data = json.loads(opened.read("translate-kk_ru-1_0/metadata.json"))
        settings = json.loads(opened.read("translate-kk_ru-1_0/model/config.json"))
        tokenizer = opened.read("translate-kk_ru-1_0/sentencepiece.model")
    assert (data["target_prefix"], "source_prefix" in data) == ("__ru__", False)
    assert (settings["bos_token"], settings["add_source_bos"]) == ("__kk__", True)
    assert tokenizer == as_control(PIECES["sentencepiece.model"], "__ru__")


def test_a_package_with_pieces_missing_is_not_packed(tmp_path: Path) -> None:
    folder = package(tmp_path / "translate-en_kk")
    (folder / "model" / "model.bin").unlink()
    found = read(folder / "metadata.json", Origin.MODELS)
    assert found
    with pytest.raises(ModelError, match=r"model/model\.bin: this file of the package is missing"):
        pack(found, tmp_path / "out")
    assert not list((tmp_path / "out").glob("*"))


@pytest.mark.model
def test_what_was_packed_and_unpacked_translates_as_before(tmp_path: Path, embedded: ArgosEngine) -> None:
    job = Job(source=Lang.KK, target=Lang.RU, text="Тараптар екіжақты ынтымақтастықтың болашағын талқылады.")
    found = next(p for p in embedded.packages if (p.source, p.target) == (Lang.KK, Lang.RU))
    folder = unpacked(pack(found, tmp_path / "out").path, tmp_path / "in")
    again = read(folder / "metadata.json", Origin.MODELS)
    assert again
    assert ArgosEngine([again], threads=1).translate([job]) == embedded.translate([job])


@pytest.mark.model
def test_stock_argos_translates_several_sentences_without_a_trace_of_the_prefix(
    tmp_path: Path, embedded: ArgosEngine
) -> None:
    from argostranslate import package as argos
    from argostranslate import translate

    found = next(p for p in embedded.packages if (p.source, p.target) == (Lang.RU, Lang.EN))
    stock = argos.Package(unpacked(pack(found, tmp_path / "out").path, tmp_path / "in"))
    pair = translate.Language("ru", "Russian"), translate.Language("en", "English")
    text = "Стороны обсудили торговлю. Они договорились вновь встретиться."
    said = translate.PackageTranslation(*pair, stock).hypotheses(text, 4)[0].value
    assert said.count(".") == 2
    assert not set(said) & set("<>_▁")


def test_a_token_that_is_no_text_is_a_control_sign_of_the_tokenizer(embedded: ArgosEngine) -> None:
    import sentencepiece as spm

    model = (embedded.packages[0].weights / "sentencepiece.model").read_bytes()
    known = embedded.packages[0].prefix
    for token in (known, "__kk__", "kaz_Cyrl"):
        before, after = (spm.SentencePieceProcessor(model_proto=data) for data in (model, as_control(model, token)))
        assert after.is_control(after.piece_to_id(token))
        assert after.piece_to_id("▁the") == before.piece_to_id("▁the")
        assert after.get_piece_size() == before.get_piece_size() + (token != known)
        text = "Тараптар the sides стороны"
        assert after.encode(text, out_type=str) == before.encode(text, out_type=str)
        assert after.decode_pieces([token, "▁the", ".", token, "▁a"]) == "the. a"


@pytest.mark.parametrize("model", [b"pieces", b"\x0a\x09a", b"\x0a", b"\xff" * 12])
def test_what_is_no_tokenizer_is_refused(model: bytes) -> None:
    with pytest.raises(ValueError, match="not a SentencePiece model"):
        as_control(model, "__kk__")


# ------------------------------------------------------------------ the splitter in it


@pytest.mark.parametrize(
    "sentences",
    [
        ["The Minister met Mr. A. Serikov in St. Petersburg.", "“We agree.”", "They left!", "Will they return?"],
        ["Стороны встретились в г. Алматы 12 июля 2021 г.", "Министр Қ. К. Тасов выступил.", "«Мы рады».", "Он уехал…"],
        ["Тараптар 2021 ж. Астанада кездесті.", "К.-Ж. Тасов сөз сөйледі.", "«Рақмет!»", "Олар кетті."],
        ["No stop at the end"],
        [f"Sentence number {n} is here." for n in range(200)],
    ],
)
def test_argos_own_splitter_finds_sentences_with_what_a_package_carries(sentences: list[str]) -> None:
    assert SBDetect(str(archives.SPLITTER), use_gpu=False).sentences(" ".join(sentences)) == sentences


def test_every_package_carries_a_splitter_unless_it_has_one(tmp_path: Path) -> None:
    for number, own in enumerate(((), ("minisbd/own.onnx",), ("stanza/resources.json",))):
        folder = package(tmp_path / str(number) / "translate-en_kk")
        for name in own:
            (folder / name).parent.mkdir()
            (folder / name).write_bytes(b"own")
        found = read(folder / "metadata.json", Origin.MODELS)
        assert found
        names = {name.partition("/")[2] for name in names_of(pack(found, tmp_path / str(number)).path)}
        assert names - {"metadata.json", *PIECES} == set(own or ("minisbd/splitter.onnx",))


# ------------------------------------------------------------------ unpacking


def test_a_whole_package_is_unpacked_with_its_bytes(tmp_path: Path) -> None:
    folder = unpacked(archive(tmp_path / "a.argosmodel"), tmp_path / "in")
    assert folder == tmp_path / "in" / "translate-en_kk-1_0"
    assert (folder / "model" / "model.bin").read_bytes() == WEIGHTS


def link(name: str, kind: int = stat.S_IFLNK) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (kind | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("translate-en_kk-1_0/../../evil", "leads out"),
        ("../evil", "leads out"),
        ("/tmp/evil", "absolute"),
        ("C:/evil", "absolute or foreign"),
        ("translate-en_kk-1_0\\..\\evil", "foreign"),
        ("translate-en_kk-1_0/a\nb", "unusual"),
        ("translate-en_kk-1_0/MODEL/model.bin", "twice"),
        ("translate-en_kk-1_0/model", "a file and a folder"),
        ("translate-en_kk-1_0/metadata.json/more", "a file and a folder"),
        ("translate-en_kk-1_0/Metadata.json/", "a file and a folder"),
        (f"translate-en_kk-1_0/{'n' * 300}", "too long"),
        (f"translate-en_kk-1_0/{'ә' * 128}", "too long"),
        ("translate-en_kk-1_0/" + "deep/" * 1_000 + "file", "too long"),
        ("other/file", "not one folder"),
        ("loose", "not one folder"),
    ],
)
def test_paths_that_could_end_up_elsewhere_are_refused(tmp_path: Path, name: str, said: str) -> None:
    path = zipped(tmp_path / "a.argosmodel", {**members(), name: b"x"})
    with pytest.raises(ModelError, match=said) as caught:
        unpacked(path, tmp_path / "in")
    assert caught.value.where == str(path)
    assert caught.value.hint
    assert not list((tmp_path / "in").iterdir())
    assert not Path("/tmp/evil").exists()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(tmp_path: Path, kind: int) -> None:
    path = zipped(tmp_path / "a.argosmodel", members())
    with zipfile.ZipFile(path, "a") as opened:
        opened.writestr(link("translate-en_kk-1_0/link", kind), "/etc/passwd")
    with pytest.raises(ModelError, match="link or device"):
        unpacked(path, tmp_path / "in")


def test_a_zip_bomb_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.argosmodel", {**members(), "translate-en_kk-1_0/zeros": bytes(50_000_000)})
    with pytest.raises(ModelError, match="unpacks to 50,"):
        unpacked(path, tmp_path / "in")
    assert not list((tmp_path / "in").iterdir())


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    many = {f"translate-en_kk-1_0/{n}": b"" for n in range(archives.MEMBERS)}
    path = zipped(tmp_path / "a.argosmodel", {**members(), **many})
    with pytest.raises(ModelError, match="files; a package has about ten"):
        unpacked(path, tmp_path / "in")


def test_an_archive_that_lies_about_a_size_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.argosmodel", {**members(), "translate-en_kk-1_0/lie": bytes(range(256)) * 40})
    data = path.read_bytes()
    assert data.count((10_240).to_bytes(4, "little")) == 2
    path.write_bytes(data.replace((10_240).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with pytest.raises(ModelError, match=r"damaged|more than it says"):
        unpacked(path, tmp_path / "in")


@pytest.mark.parametrize("missing", ["metadata.json", "model/model.bin", "model/config.json", "sentencepiece.model"])
def test_an_archive_without_a_piece_is_refused_by_its_name(tmp_path: Path, missing: str) -> None:
    content = {name: data for name, data in members().items() if not name.endswith(missing)}
    with pytest.raises(ModelError, match=f"no {missing}"):
        unpacked(zipped(tmp_path / "a.argosmodel", content), tmp_path / "in")


def test_a_bpe_package_is_whole_without_sentencepiece(tmp_path: Path) -> None:
    content = {name.replace("sentencepiece", "bpe"): data for name, data in members().items()}
    assert (unpacked(zipped(tmp_path / "a.argosmodel", content), tmp_path / "in") / "bpe.model").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "an empty file"),
        (b"The sides discussed trade.\n" * 20, "not a zip archive"),
        (b"PK\x03\x04 and then nothing that belongs", "damaged or truncated"),
    ],
)
def test_what_is_no_archive_is_refused_by_what_it_is(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "a.argosmodel").write_bytes(data)
    with pytest.raises(ModelError, match=said):
        unpacked(tmp_path / "a.argosmodel", tmp_path / "in")


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_archive_is_refused(tmp_path: Path, share: float) -> None:
    path = archive(tmp_path / "a.argosmodel", weights=bytes(range(256)) * 100)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(ModelError, match="truncated"):
        unpacked(path, tmp_path / "in")


def test_a_changed_byte_inside_is_seen(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.argosmodel", members(), zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(WEIGHTS, WEIGHTS[::-1], 1))
    with pytest.raises(ModelError, match="damaged"):
        unpacked(path, tmp_path / "in")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("damage", [b"", b"\xff" * 5])
def test_only_what_is_stored_or_deflated_is_unpacked(tmp_path: Path, method: int, damage: bytes) -> None:
    path = zipped(tmp_path / "a.argosmodel", members(), method)
    data = bytearray(path.read_bytes())
    data[70 : 70 + len(damage)] = damage
    path.write_bytes(data)
    with pytest.raises(ModelError, match="compressed in a way packages are not") as caught:
        unpacked(path, tmp_path / "in")
    assert caught.value.where == str(path)


def test_a_disk_that_fails_while_unpacking_is_told_with_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    path = archive(tmp_path / "a.argosmodel")
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(ModelError, match="cannot be unpacked: No space left") as caught:
        unpacked(path, tmp_path / "in")
    assert caught.value.where == str(path)


def test_a_password_is_no_way_in(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.argosmodel", members())
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(mark, start + 4)
    path.write_bytes(data)
    with pytest.raises(ModelError, match="damaged"):
        unpacked(path, tmp_path / "in")
