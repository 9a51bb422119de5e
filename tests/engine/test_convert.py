"""Checkpoints of Hugging Face become packages that are told their languages as their models expect it."""

from __future__ import annotations

import json
from importlib.util import find_spec
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from kzpress.domain import Lang
from kzpress.engine import Job, Package, Seal, discover
from kzpress.engine.archive import pack
from kzpress.engine.argos import ArgosEngine
from kzpress.engine.convert import convert
from kzpress.engine.install import install
from kzpress.engine.packages import Origin
from kzpress.errors import ModelError, UsageError
from tests.engine import checkpoints

SIX = tuple(permutations(Lang, 2))
EN_RU = (Lang.EN, Lang.RU)
NLLB = {Lang.KK: "kaz_Cyrl", Lang.RU: "rus_Cyrl", Lang.EN: "eng_Latn"}
TEXT = "Министры обсудили торговлю."


def checkpoint(folder: Path, kind: str | None, *files: str, **settings: str) -> Path:
    """Write a checkpoint's text files, enough to be told what it is."""
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({"model_type": kind}), "utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), "utf-8")
    for name in files:
        (folder / name).write_text("{}", "utf-8")
    return folder


# ------------------------------------------------------------------ without transformers


def test_a_folder_that_is_none_or_no_checkpoint_is_named(tmp_path: Path) -> None:
    for source, said, where in (
        (tmp_path / "none", "no such folder", "none"),
        (tmp_path, "no such file", "config.json"),
    ):
        with pytest.raises(ModelError, match=said) as caught:
            convert(source, tmp_path / "to")
        assert str(caught.value.where).endswith(where)


@pytest.mark.parametrize("kind", ["t5", "llama", None])
def test_an_unknown_architecture_is_refused_with_those_that_are_known(tmp_path: Path, kind: str | None) -> None:
    with pytest.raises(ModelError, match=f"architecture {kind!r}") as caught:
        convert(checkpoint(tmp_path / "hf", kind), tmp_path / "to")
    assert "Marian" in str(caught.value.hint)
    assert not (tmp_path / "to").exists()


def test_a_checkpoint_without_its_tokenizer_is_refused_by_the_file(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such file") as caught:
        convert(checkpoint(tmp_path / "hf", "m2m_100"), tmp_path / "to")
    assert str(caught.value.where).endswith("sentencepiece.bpe.model")


def test_settings_that_are_no_json_are_refused(tmp_path: Path) -> None:
    source = checkpoint(tmp_path / "hf", "marian", "vocab.json", "source.spm")
    (source / "config.json").write_text("{", "utf-8")
    with pytest.raises(ModelError, match="cannot be read"):
        convert(source, tmp_path / "to")


def test_a_checkpoint_that_does_not_say_its_languages_asks_for_a_pair(tmp_path: Path) -> None:
    source = checkpoint(tmp_path / "hf", "marian", "vocab.json", "source.spm", source_lang="zle", target_lang="trk")
    with pytest.raises(UsageError, match="which languages") as caught:
        convert(source, tmp_path / "to")
    assert "--pair" in str(caught.value.hint)


@pytest.mark.parametrize("version", ["v1", "", "../1", "1 0"])
def test_a_version_that_install_would_refuse_is_refused(tmp_path: Path, version: str) -> None:
    source = checkpoint(tmp_path / "hf", "marian", "vocab.json", "source.spm")
    with pytest.raises(UsageError, match="no version of a package") as caught:
        convert(source, tmp_path / "to", [EN_RU], version=version)
    assert caught.value.hint


def test_packages_that_are_there_are_not_written_over(tmp_path: Path) -> None:
    source = checkpoint(tmp_path / "hf", "marian", "vocab.json", "source.spm")
    (tmp_path / "to" / "translate-en_ru").mkdir(parents=True)
    with pytest.raises(ModelError, match="there already"):
        convert(source, tmp_path / "to", [EN_RU])


@pytest.mark.skipif(bool(find_spec("transformers")), reason="transformers is installed")
def test_without_transformers_the_line_that_installs_it_is_told(tmp_path: Path) -> None:
    source = checkpoint(tmp_path / "hf", "marian", "vocab.json", "source.spm")
    with pytest.raises(ModelError, match="needs transformers") as caught:
        convert(source, tmp_path / "to", [EN_RU])
    assert caught.value.hint == "python -m pip install 'kzpress[convert]'"


# ------------------------------------------------------------------ with it


@pytest.fixture
def hugging_face() -> Any:
    """The library that wrote the checkpoints, for its own tokens and translations."""
    pytest.importorskip("torch", reason="kzpress[convert] is not installed")
    return pytest.importorskip("transformers", reason="kzpress[convert] is not installed")


def tokens_of(kind: str) -> dict[Lang, str]:
    return NLLB if kind == "nllb" else {lang: f"__{lang}__" for lang in Lang}


def by_pair(packages: tuple[Package, ...]) -> dict[tuple[Lang, Lang], Package]:
    return {(package.source, package.target): package for package in packages}


def asked(engine: ArgosEngine, package: Package, text: str) -> list[str]:
    """Return the pieces that a package's model is given, with what CTranslate2 adds by the model's settings."""
    from kzpress.engine.batches import Row

    row = Row.of(package, text, engine._load(package).encode)
    settings = json.loads((package.model / "config.json").read_text("utf-8"))
    begin = [settings["bos_token"]] if settings["add_source_bos"] else []
    return [*begin, *row.pieces, *([settings["eos_token"]] if settings["add_source_eos"] else [])]


def written(engine: ArgosEngine, source: Lang, target: Lang, text: str = TEXT) -> str:
    return engine.translate([Job(source=source, target=target, text=text)])[0][0].text


def greedy(packages: Any) -> ArgosEngine:
    return ArgosEngine(tuple(packages), beam=1, threads=1, second_tries=False)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["m2m100", "nllb"])
def test_models_of_many_languages_become_six_packages_that_share_weights(
    tmp_path: Path, hugging_face: Any, kind: str
) -> None:
    tokens = tokens_of(kind)
    packages = by_pair(convert(getattr(checkpoints, kind)(tmp_path / "hf"), tmp_path / "to"))
    assert set(packages) == set(SIX)
    assert {package.weights for package in packages.values()} == {tmp_path / "to" / "weights"}
    for (source, target), package in packages.items():
        assert (package.source_prefix, package.prefix) == (tokens[source], tokens[target])
        assert package.seal() is Seal.INTACT


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["m2m100", "nllb"])
def test_the_model_is_given_what_its_own_tokenizer_gives_it(tmp_path: Path, hugging_face: Any, kind: str) -> None:
    source = getattr(checkpoints, kind)(tmp_path / "hf")
    codes = NLLB if kind == "nllb" else {lang: lang.value for lang in Lang}
    packages = convert(source, tmp_path / "to")
    engine = greedy(packages)
    for package in packages:
        tokenizer = hugging_face.AutoTokenizer.from_pretrained(source, src_lang=codes[package.source])
        assert asked(engine, package, TEXT) == tokenizer.convert_ids_to_tokens(tokenizer(TEXT).input_ids)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["m2m100", "nllb"])
def test_it_translates_as_transformers_does(tmp_path: Path, hugging_face: Any, kind: str) -> None:
    source = getattr(checkpoints, kind)(tmp_path / "hf")
    packages = convert(source, tmp_path / "to", quantization="float32")
    codes = NLLB if kind == "nllb" else {lang: lang.value for lang in Lang}
    model = hugging_face.AutoModelForSeq2SeqLM.from_pretrained(source)
    engine = greedy(packages)
    for package in packages:
        tokenizer = hugging_face.AutoTokenizer.from_pretrained(source, src_lang=codes[package.source])
        made = model.generate(
            **tokenizer(TEXT, return_tensors="pt"),
            forced_bos_token_id=tokenizer.convert_tokens_to_ids(package.prefix),
            num_beams=1,
            do_sample=False,
            max_new_tokens=10,
        )
        theirs = tokenizer.decode(made[0], skip_special_tokens=True).strip()
        ours = written(engine, package.source, package.target)
        assert theirs
        assert ours.startswith(theirs[: len(theirs) // 2])


@pytest.mark.slow
def test_an_exported_one_needs_no_source_prefix_and_translates_the_same(tmp_path: Path, hugging_face: Any) -> None:
    packages = by_pair(convert(checkpoints.m2m100(tmp_path / "hf"), tmp_path / "to"))
    kept = install(pack(packages[Lang.KK, Lang.RU], tmp_path / "out").path, tmp_path / "in").package
    assert (kept.source_prefix, kept.prefix) == ("", "__ru__")
    assert asked(greedy([kept]), kept, TEXT) == asked(greedy(packages.values()), packages[Lang.KK, Lang.RU], TEXT)
    ours, theirs = (written(greedy(made), Lang.KK, Lang.RU)[:20] for made in (packages.values(), [kept]))
    assert ours == theirs


@pytest.mark.slow
def test_stock_argos_translates_with_an_exported_one_as_kzpress_does(
    tmp_path: Path, hugging_face: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from argostranslate import package as argos
    from argostranslate import translate

    packages = by_pair(convert(checkpoints.m2m100(tmp_path / "hf"), tmp_path / "to"))
    kept = install(pack(packages[Lang.KK, Lang.RU], tmp_path / "out").path, tmp_path / "in").package
    stock = argos.Package(kept.folder)
    kazakh, russian = translate.Language("kk", "Kazakh"), translate.Language("ru", "Russian")
    theirs = translate.PackageTranslation(kazakh, russian, stock).hypotheses(TEXT, 4)[0].value
    ours = ArgosEngine((kept,), threads=1, second_tries=False).translate(
        [Job(source=Lang.KK, target=Lang.RU, text=TEXT)]
    )
    assert theirs[:20] in {hypothesis.text[:20] for hypothesis in ours[0]}


@pytest.mark.slow
def test_marian_becomes_one_package_that_stands_alone(tmp_path: Path, hugging_face: Any) -> None:
    (package,) = convert(checkpoints.marian(tmp_path / "hf"), tmp_path / "to", version="2.1")
    assert (package.source, package.target, package.version) == (Lang.EN, Lang.RU, "2.1")
    assert (package.source_prefix, package.prefix, package.weights) == ("", "", package.folder)
    assert package.seal() is Seal.INTACT
    text = "The ministers discussed trade."
    tokenizer = hugging_face.AutoTokenizer.from_pretrained(tmp_path / "hf")
    assert asked(greedy([package]), package, text) == [*tokenizer.tokenize(text), "</s>"]
    assert written(greedy([package]), Lang.EN, Lang.RU, text)


@pytest.mark.slow
def test_marian_writes_pieces_that_only_its_target_side_knows(tmp_path: Path, hugging_face: Any) -> None:
    (package,) = convert(checkpoints.marian(tmp_path / "hf"), tmp_path / "to")
    weights = greedy([package])._load(package)
    assert weights.decode(["▁Ми", "ни", "стр", "ы", "▁встре", "ти", "лись"]) == "Министры встретились"


@pytest.mark.slow
def test_marian_of_several_targets_is_told_the_one_before_the_source(tmp_path: Path, hugging_face: Any) -> None:
    source = checkpoints.marian(tmp_path / "hf", "en", "trk", (">>kaz_Cyrl<<", ">>tur<<"))
    (package,) = convert(source, tmp_path / "to", [(Lang.EN, Lang.KK)])
    assert package.source_prefix == ">>kaz_Cyrl<<"
    tokenizer = hugging_face.AutoTokenizer.from_pretrained(source)
    text = "The ministers discussed trade."
    theirs = [*tokenizer.tokenize(f">>kaz_Cyrl<< {text}"), "</s>"]
    assert theirs == asked(greedy([package]), package, text)
    with pytest.raises(ModelError, match="does not write Russian"):
        convert(source, tmp_path / "to", [EN_RU])


@pytest.mark.slow
def test_two_checkpoints_go_into_one_folder_sealed_together(tmp_path: Path, hugging_face: Any) -> None:
    convert(checkpoints.marian(tmp_path / "a", "en", "ru"), tmp_path / "to")
    convert(checkpoints.marian(tmp_path / "b", "ru", "en"), tmp_path / "to")
    found = [package for package in discover(tmp_path / "to") if package.origin is Origin.MODELS]
    assert {(package.source, package.target): package.seal() for package in found} == {
        EN_RU: Seal.INTACT,
        EN_RU[::-1]: Seal.INTACT,
    }


@pytest.mark.slow
def test_a_checkpoint_whose_weights_are_broken_leaves_nothing(tmp_path: Path, hugging_face: Any) -> None:
    source = checkpoints.marian(tmp_path / "hf")
    (source / "model.safetensors").write_bytes(b"broken")
    with pytest.raises(ModelError, match="Marian checkpoint cannot be converted"):
        convert(source, tmp_path / "to")
    assert not list((tmp_path / "to").iterdir())


@pytest.mark.slow
def test_a_checkpoint_that_lacks_a_language_is_refused_by_its_token(tmp_path: Path, hugging_face: Any) -> None:
    source = checkpoints.m2m100(tmp_path / "hf")
    for name in ("special_tokens_map.json", "tokenizer_config.json"):
        data = json.loads((source / name).read_text("utf-8"))
        text = json.dumps(data).replace("__kk__", "__xx__")
        (source / name).write_text(text, "utf-8")
    with pytest.raises(ModelError, match="no __kk__"):
        convert(source, tmp_path / "to")
