"""The fetcher of public corpora, against a command that stands in for a network: mtdata itself needs one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import corpus
import fetch


@pytest.fixture
def mtdata(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A command of that name, which knows one corpus and says of others what mtdata's libraries say."""
    place = tmp_path / "bin"
    place.mkdir()
    command = place / "mtdata"
    command.write_text(
        f"#!{sys.executable}\nimport sys\n"
        "if 'kaz-rus' not in sys.argv[2]:\n    sys.exit('ConnectionError: no network')\n"
        "print('Астанада кездесу өтті.\\tВ Астане прошла встреча.')\n"
    )
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(place))
    return tmp_path


def test_a_corpus_becomes_a_file_that_names_its_columns(mtdata: Path) -> None:
    path = mtdata / "some-kaz-rus.kk-ru.tsv"
    assert fetch.fetch("some-kaz-rus", path) is None
    assert corpus.columns(path) == ("kk", "ru")
    assert path.read_text("utf-8") == "Астанада кездесу өтті.\tВ Астане прошла встреча.\n"


def test_what_cannot_be_had_is_said_and_leaves_nothing(mtdata: Path) -> None:
    path = mtdata / "other.kk-en.tsv"
    assert fetch.fetch("other", path) == "ConnectionError: no network"
    assert list(mtdata.glob("other*")) == []


def test_without_the_command_the_next_step_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "pip install" in (fetch.fetch("some-kaz-rus", tmp_path / "x.kk-ru.tsv") or "")
    assert list(tmp_path.iterdir()) == []


def test_every_name_in_the_list_ends_in_the_languages_of_its_columns_in_their_order() -> None:
    """Which is the order of a corpus's columns: mtdata prints the first language of the name first."""
    codes = {"kk": "kaz", "ru": "rus", "en": "eng"}
    for columns, name in fetch.named():
        assert name.split("-")[-2:] == [codes[lang] for lang in columns.split("-")]
