"""The memory, and tables that go out and come back, as a user of the command line meets them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document

from kzpress.cli import run
from kzpress.errors import Exit
from tests.cli.calling import Call, calling
from tests.glossary.exchange.samples import ENTRIES

CATALOGUE = """\
msgid ""
msgstr ""
"Language: ru\\n"
"Last-Translator: Алия Сапарова <a@mfa.example>\\n"
"POT-Creation-Date: 2023-05-12 00:00+0500\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Source-Language: en\\n"
"X-Source-Digest: 8093a1403b6afd74a460d0fe82e7308f91afdce9631d055b9129ab11ac32be84\\n"

msgctxt "lead"
msgid "Elvira Azimova arrived in Vienna for talks."
msgstr "Эльвира Азимова прибыла в Вену на переговоры."

#. kzpress: draft 0badf00d
#, fuzzy
msgctxt "body"
msgid "She met the hosts in the afternoon."
msgstr "Она встретилась с хозяевами."

#. kzpress: draft 0badf00d
#, fuzzy
msgctxt "body"
msgid "Azimova thanked them for 12 days of talks."
msgstr "Азимова поблагодарила их за 13 дней переговоров."
"""
PO = Path("locales/ru/LC_MESSAGES/talks.po")
HOSTS = "Она встретилась с хозяевами."
AFTERNOON = "Днём она встретилась с хозяевами."


@pytest.fixture
def kzpress(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command in a workspace with a small glossary and one catalogue."""
    monkeypatch.chdir(tmp_path)
    run(["init"])
    for path in Path("glossary").glob("*.toml"):
        path.unlink()
    Path("glossary/all.toml").write_text(ENTRIES, encoding="utf-8")
    PO.write_text(CATALOGUE, encoding="utf-8")
    return calling(capfd)


def write_in(path: str, cells: Mapping[tuple[int, int], str]) -> None:
    """Do as a person does who edits the table in Word: row and column, from 1, and what to write there."""
    document = Document(path)
    for (row, column), text in cells.items():
        document.tables[0].rows[row].cells[column - 1].text = text
    document.save(path)


def test_a_table_goes_out_and_what_a_person_wrote_comes_back(kzpress: Call) -> None:
    said = kzpress("export", "talks")
    assert (said.status, said.out) == (Exit.DONE, "wrote talks.ru.docx  3 sentences, 1 approved, 1 finding\n")
    assert kzpress("export", "talks").out.startswith("talks.ru.docx is as it was")
    write_in("talks.ru.docx", {(2, 3): AFTERNOON, (2, 4): "готово", (3, 6): "проверить число"})
    assert kzpress("export", "talks").status == Exit.USAGE, "a person's work is not written over"

    before = PO.read_bytes()
    said = kzpress("import", "talks.ru.docx", "--dry-run")
    assert PO.read_bytes() == before
    said = kzpress("import", "talks.ru.docx", "--by", "Марат Оспанов <m@mfa.example>")
    assert said.status == Exit.DONE
    assert said.out.splitlines() == [
        "talks.ru.docx: talks ru: 1 approved, 2 as here; wrote locales/ru/LC_MESSAGES/talks.po",
        "        1 finding now: kzpress check talks",
    ]
    text = PO.read_text("utf-8")
    assert (
        '\n#. kzpress: draft 0badf00d\nmsgctxt "body"\n'
        f'msgid "She met the hosts in the afternoon."\nmsgstr "{AFTERNOON}"\n' in text
    )
    assert "# проверить число\n" in text
    assert '"Last-Translator: Марат Оспанов <m@mfa.example>\\n"' in text

    said = kzpress("import", "talks.ru.docx")
    assert said.out.startswith("talks.ru.docx: talks ru: 3 as here; locales/ru/LC_MESSAGES/talks.po is as it was\n")
    assert PO.read_text("utf-8") == text


def test_what_both_changed_is_told_and_kept(kzpress: Call) -> None:
    kzpress("export", "talks")
    write_in("talks.ru.docx", {(2, 3): AFTERNOON, (1, 3): "Э. Азимова прибыла в Вену."})
    PO.write_text(CATALOGUE.replace(HOSTS, "Встреча прошла днём."), "utf-8")
    said = kzpress("import", "talks.ru.docx")
    assert said.status == Exit.NO
    assert said.out.splitlines()[:9] == [
        "talks.ru.docx: talks ru: 1 as here, 2 left for you; wrote locales/ru/LC_MESSAGES/talks.po",
        "        the catalogue was changed since the file went out: merged",
        "left    № 1: approved here, changed there and not marked ready; the file's text is in the entry's comment",
        "          Elvira Azimova arrived in Vienna for talks.",
        "          catalogue  Эльвира Азимова прибыла в Вену на переговоры.",
        "          file       Э. Азимова прибыла в Вену.",
        "left    № 2: changed there and here since; the file's text is in the entry's comment",
        "          She met the hosts in the afternoon.",
        "          catalogue  Встреча прошла днём.",
    ]
    text = PO.read_text("utf-8")
    assert f"# kzpress: other translation, talks.ru.docx: {AFTERNOON}\n" in text
    assert '\nmsgstr "Эльвира Азимова прибыла в Вену на переговоры."' in text


def test_a_file_of_another_release_is_refused(kzpress: Call) -> None:
    kzpress("export", "talks", "--as", "xliff")
    PO.rename(PO.with_name("other.po"))
    said = kzpress("import", "talks.ru.xliff")
    assert (said.status, said.out) == (Exit.RELEASE, "")
    assert "belongs to talks (ru), which is not here" in said.err


def test_a_corrected_release_takes_only_the_sentences_that_are_the_same_and_only_if_asked(kzpress: Call) -> None:
    kzpress("export", "talks")
    write_in("talks.ru.docx", {(2, 3): AFTERNOON})
    PO.write_text(CATALOGUE.replace("12 days", "13 days").replace("8093a1", "111111"), "utf-8")
    said = kzpress("import", "talks.ru.docx")
    assert said.status == Exit.RELEASE
    assert "1 of 3 source sentences are not those of the release, first № 3" in said.err
    assert "the release was corrected since the file went out" in said.err
    said = kzpress("import", "talks.ru.docx", "--partly", "--json")
    (facts,) = said.objects
    assert said.status == Exit.NO
    assert (facts["counts"], facts["missing"]) == ({"taken": 1, "same": 1, "gone": 1}, 1)
    assert AFTERNOON in PO.read_text("utf-8")


@pytest.mark.parametrize(
    "args", [("talks", "--out", "x.pdf"), ("talks", "--as", "docx", "--out", "x.xlsx"), ("talks", "--as", "pdf")]
)
def test_an_export_that_cannot_be_meant_writes_nothing(kzpress: Call, args: tuple[str, ...]) -> None:
    assert kzpress("export", *args).status == Exit.USAGE
    assert not list(Path().glob("*.*x*"))


def test_a_release_that_is_not_there_is_no_bug(kzpress: Call) -> None:
    assert kzpress("export", "nothing").status == Exit.CATALOG
    assert kzpress("import", "nothing.docx").status == Exit.RELEASE


def test_the_memory_is_counted_searched_and_exchanged(kzpress: Call) -> None:
    assert kzpress("memory", "stats").out == "en→ru  1 sentence\n1 approved sentence from 1 file\n"
    said = kzpress("memory", "find", "Elvira Azimova arrived in Geneva for talks.", "--from", "en")
    assert said.out.splitlines() == [
        " 93 %  en→ru  talks by Алия Сапарова",
        "       Elvira Azimova arrived in [-Vienna-] {+Geneva+} for talks.",
        "       Эльвира Азимова прибыла в Вену на переговоры.",
    ]
    assert kzpress("memory", "find", "Nothing of the kind", "--from", "en").status == Exit.NO
    said = kzpress("memory", "export", "all.tmx")
    assert said.out == "wrote all.tmx  1 sentence  (en→ru 1)\n"
    assert kzpress("memory", "export", "all.tmx", "--from", "kk").status == Exit.USAGE, "it would be written over"
    assert kzpress("memory", "import", "all.tmx").out == "wrote tm/all.tmx  1 sentence  (en→ru 1)\n"
    assert kzpress("memory", "import", "all.tmx").out.startswith("tm/all.tmx is as it was")
    assert kzpress("memory", "stats").out == "en→ru  2 sentences\n2 approved sentences from 2 files\n"


def test_what_a_memory_cannot_bring_is_told(kzpress: Call) -> None:
    Path("x.tmx").write_text(
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>A <ph>1</ph>b.</seg></tuv>'
        '<tuv xml:lang="kk"><seg>А б.</seg></tuv><tuv xml:lang="fr"><seg>A b.</seg></tuv></tu></body></tmx>',
        "utf-8",
    )
    said = kzpress("memory", "import", "x.tmx")
    assert said.err == "note: passed over: inline <ph>\nnote: passed over: language fr\n"
    Path("tm/cut.tmx").write_text("<tmx>", "utf-8")
    said = kzpress("memory", "stats")
    assert said.status == Exit.NO
    assert "is damaged" in said.err


def test_a_file_that_names_a_place_outside_the_workspace_changes_nothing_there(kzpress: Call, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}.po"
    outside.write_bytes(PO.read_bytes())
    kzpress("export", "talks", "--as", "xliff")
    data = Path("talks.ru.xliff").read_text("utf-8").replace(HOSTS, AFTERNOON)
    slug = f"../../../../{tmp_path.name}"
    Path("other.xliff").write_text(data.replace("release talks,", f"release {slug},"), "utf-8")
    said = kzpress("import", "other.xliff")
    assert said.status == Exit.RELEASE and f"belongs to {slug} (ru), which is not here" in said.err
    assert outside.read_bytes() == PO.read_bytes()
