"""The glossary out and in, searched and counted, as a user of the command line meets it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kzpress.cli import run
from kzpress.errors import Exit
from tests.cli.calling import Call, calling
from tests.glossary.exchange.samples import ENTRIES

CATALOGUE = """\
msgid ""
msgstr ""
"Language: ru\\n"
"X-Source-Language: en\\n"
"POT-Creation-Date: 2023-05-12 00:00+0500\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "lead"
msgid "Elvira Azimova arrived in Astana."
msgstr "Эльвира Азимова прибыла в Астану."

#, fuzzy
msgctxt "body"
msgid "She met the MFA in Astana."
msgstr "Она встретилась в столице."

msgctxt "body#2"
msgid "Astana is large."
msgstr ""

#~ msgctxt "body"
#~ msgid "France was named once."
#~ msgstr "Франция была названа однажды."
"""


@pytest.fixture
def kzpress(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command in a workspace with a small glossary and one catalogue."""
    monkeypatch.chdir(tmp_path)
    run(["init"])
    for path in Path("glossary").glob("*.toml"):
        path.unlink()
    Path("glossary/all.toml").write_text(ENTRIES, encoding="utf-8")
    Path("locales/ru/LC_MESSAGES/talks.po").write_text(CATALOGUE, encoding="utf-8")
    return calling(capfd)


def test_a_table_goes_to_a_translator_and_comes_back(kzpress: Call) -> None:
    said = kzpress("glossary", "export", "terms.csv")
    assert (said.status, said.out, said.err) == (Exit.DONE, "wrote terms.csv  8 concepts\n", "")
    assert kzpress("glossary", "export", "terms.csv").out == "terms.csv is as it was  8 concepts\n"
    table = Path("terms.csv")
    table.write_bytes(table.read_bytes().replace(b"akorda.kz", b"ombudsman.kz"))
    assert kzpress("glossary", "export", "terms.csv").status == Exit.USAGE

    said = kzpress("glossary", "import", "terms.csv")
    assert said.status == Exit.NO
    assert said.out.splitlines() == [
        "differs  azimova  source  (glossary/all.toml)",
        "           ours    akorda.kz",
        "           theirs  ombudsman.kz",
        "terms.csv: 8 concepts: 7 as here, 1 differs; nothing to write",
    ]
    assert said.err == "note: what differs was left as it is; --update takes theirs\n"

    said = kzpress("glossary", "import", "terms.csv", "--update")
    assert said.status == Exit.DONE
    assert said.out.splitlines()[-1] == "terms.csv: 8 concepts: 1 updated, 7 as here; wrote glossary/all.toml"
    said = kzpress("glossary", "import", "terms.csv", "--update")
    assert (said.status, said.out) == (Exit.DONE, "terms.csv: 8 concepts: 8 as here; nothing to write\n")


def test_a_termbase_says_what_it_cannot_hold(kzpress: Call) -> None:
    said = kzpress("glossary", "export", "terms.tbx", "--json")
    (facts,) = said.objects
    assert {"entry": "mfa-kz", "fields": ["forms.kk"]} in facts["lost"]
    assert "note: forms.kk is not in it, the format has no place for it: mfa-kz\n" in said.err
    assert Path("terms.tbx").read_text("utf-8").startswith("<?xml")


def test_omegat_gets_its_version(kzpress: Call) -> None:
    kzpress("glossary", "export", "terms.tbx", "--tbx", "2")
    assert "<martif" in Path("terms.tbx").read_text("utf-8")


@pytest.mark.parametrize(
    "args", [("terms.xlsx",), ("terms.csv", "--tbx", "2"), ("terms.tbx", "--semicolon"), ("terms.tbx", "--tbx", "4")]
)
def test_an_export_that_cannot_be_meant_writes_nothing(kzpress: Call, args: tuple[str, ...]) -> None:
    assert kzpress("glossary", "export", *args).status == Exit.USAGE
    assert not Path(args[0]).exists()


def test_an_import_answers_programs_with_one_object(kzpress: Call) -> None:
    Path("new.csv").write_text("names.en,names.ru,kind\nSenate,Сенат,institution\n", encoding="utf-8")
    said = kzpress("glossary", "import", "new.csv", "--source", "parlam.kz", "--json")
    (facts,) = said.objects
    assert said.status == Exit.NO
    assert facts["refused"] == [
        {"where": "row 2", "entry": "senate", "reason": "has no Kazakh name", "hint": "add names.kk"}
    ]


def test_a_name_is_shown_with_case_dates_and_file(kzpress: Call) -> None:
    said = kzpress("glossary", "find", "Они прибыли в Астану", "--lang", "ru")
    assert said.status == Exit.DONE
    assert said.out.splitlines()[0] == (
        "ru  “Астану”  astana (name)  acc  place  until 2019-03-23, from 2022-09-17  glossary/all.toml"
    )


def test_a_text_is_read_from_standard_input(kzpress: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with written_stream(tmp_path / "in.txt", "Встреча в МИД\nпрошла в Астане.\n") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        said = kzpress("glossary", "find", "-", "--lang", "ru", "--json")
    assert [found["entry"] for found in said.objects] == ["mfa-kz", "astana"]


def written_stream(path: Path, text: str) -> Any:
    path.write_text(text, encoding="utf-8")
    return path.open(encoding="utf-8")


def test_where_nothing_is_found_the_likest_is_offered(kzpress: Call) -> None:
    said = kzpress("glossary", "find", "Ministry of Foriegn Affairs of the Republic of Kazahstan", "--lang", "en")
    assert said.status == Exit.NO
    assert said.out == (
        "en  did you mean “Ministry of Foreign Affairs of the Republic of Kazakhstan”?  mfa-kz (name)\n"
    )


def test_what_occurs_is_counted_by_state(kzpress: Call) -> None:
    said = kzpress("glossary", "stats", "--json")
    astana, azimova, mfa, total = said.objects
    assert astana == {
        "entry": "astana",
        "sentences": 3,
        "locales": {"kk": 0, "ru": 3, "en": 0},
        "approved": 1,
        "drafted": 1,
        "missing": 1,
    }
    assert (azimova["entry"], azimova["approved"], azimova["missing"]) == ("azimova", 1, 0)
    assert (mfa["entry"], mfa["drafted"], mfa["missing"]) == ("mfa-kz", 1, 1)
    assert total == {"catalogues": 1, "sentences": 3, "concepts": 8, "occurring": 3, "never": 5}
    assert said.status == Exit.DONE


def test_what_never_occurs_is_listed(kzpress: Call) -> None:
    said = kzpress("glossary", "stats", "--never")
    *lines, total = said.out.splitlines()
    assert [line.split()[0] for line in lines] == [
        "2030-agenda",
        "kazakhstan",
        "france",
        "mongolia",
        "embassy-kz-in/france",
    ]
    assert total == "1 catalogue, 3 sentences: 3 of 8 concepts occur, 5 never"


def test_the_count_is_limited_and_says_so(kzpress: Call) -> None:
    lines = kzpress("glossary", "stats", "--limit", "1").out.splitlines()
    assert lines[1].split() == ["3", "0", "3", "0", "1", "1", "1", "astana"]
    assert lines[2].endswith("; shown are the first 1")


def test_a_damaged_catalogue_stops_no_other(kzpress: Call) -> None:
    Path("locales/kk/LC_MESSAGES/bad.po").write_text("msgid nonsense\n", encoding="utf-8")
    said = kzpress("glossary", "stats")
    assert said.status == Exit.PARTIAL
    assert "bad.po" in said.err
    assert "1 catalogue, 3 sentences" in said.out
