"""Word, Excel and XLIFF: what goes out comes back, whatever people and programs did to the file in between."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula
from translate.storage import xliff  # another program's reader

from kzpress.domain import Lang
from kzpress.errors import ExchangeError
from kzpress.exchange import Format, Sheet, read, write
from tests.exchange.samples import EMPTY, MET, SUM, TRADE, sheet

BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


def in_word(edit: Callable[[Any], None]) -> bytes:
    """Return the table as a person leaves it who edits it in Word."""
    document = Document(io.BytesIO(write(sheet(), Format.DOCX)))
    edit(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def in_excel(edit: Callable[[Any], None]) -> bytes:
    book = load_workbook(io.BytesIO(write(sheet(), Format.XLSX)))
    edit(book.active)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def rewritten(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return a zip file with its parts changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return made.getvalue()


def texts(found: Sheet) -> list[str]:
    return [row.text for row in found.rows]


@pytest.mark.parametrize("form", Format)
def test_what_goes_out_comes_back_and_the_same_bytes_go_out_twice(form: Format) -> None:
    data = write(sheet(), form)
    assert write(sheet(), form) == data
    found = read(data, "back")
    assert (found.slug, found.source_lang, found.lang) == ("2023-05-12-talks", Lang.EN, Lang.RU)
    assert (found.source_digest, found.digest) == (sheet().source_digest[:16], sheet().digest[:16])
    assert [(row.id, row.source, row.text, row.remark) for row in found.rows] == [
        (row.id, row.source, row.text, row.remark) for row in sheet().rows
    ]
    assert not any(row.ready for row in found.rows), "that it went out approved is not what a person said"


@pytest.mark.parametrize("said", ["ok", "Готово.", "ДАЙЫН", "+", "ок"])
def test_a_person_says_ready_in_any_language(said: str) -> None:
    def edit(document: Any) -> None:
        document.tables[0].rows[2].cells[3].text = said

    assert [row.ready for row in read(in_word(edit), "back").rows] == [False, True, False, False]


def test_a_doubt_is_no_approval_and_becomes_a_comment() -> None:
    def edit(document: Any) -> None:
        document.tables[0].rows[2].cells[3].text = "проверить"

    row = read(in_word(edit), "back").rows[1]
    assert (row.ready, row.remark) == (False, "проверить")


def test_what_is_said_in_the_margin_of_word_is_a_remark_of_its_row() -> None:
    def edit(document: Any) -> None:
        cell = document.tables[0].rows[2].cells[2]
        document.add_comment(cell.paragraphs[0].runs, text="Лучше «торговлю».", author="А. Сапарова", initials="АС")
        document.tables[0].rows[2].cells[5].text = "см. примечание"

    assert [row.remark for row in read(in_word(edit), "back").rows][1] == (
        "см. примечание\nА. Сапарова: Лучше «торговлю»."
    )


def test_a_note_on_a_cell_of_excel_is_a_remark_of_its_row() -> None:
    def edit(page: Any) -> None:
        page["B6"].comment = Comment("Нақтылау керек", "Д. Ахметов")

    assert [row.remark for row in read(in_excel(edit), "back").rows][1] == "Д. Ахметов: Нақтылау керек"


@pytest.mark.parametrize("value", [dt.datetime(2021, 7, 12, tzinfo=None), True])  # noqa: DTZ001 - Excel's have none
def test_a_day_or_truth_value_that_excel_made_of_a_text_is_told_with_its_cell(value: object) -> None:
    def edit(page: Any) -> None:
        page["C6"].value = value

    with pytest.raises(ExchangeError, match="date or truth value") as caught:
        read(in_excel(edit), "back")
    assert caught.value.where == "back: C6"


def test_a_lost_row_and_moved_columns_are_no_harm_in_word() -> None:
    def edit(document: Any) -> None:
        table = document.tables[0]
        table._tbl.remove(table.rows[3]._tr)
        for row in table.rows:
            row._tr.append(row.cells[1]._tc)  # the source goes last

    assert [row.source for row in read(in_word(edit), "back").rows] == [one.key.source for one in (MET, TRADE, EMPTY)]


def test_tracked_changes_count_as_made() -> None:
    def edit(document: Any) -> None:
        paragraph = document.tables[0].rows[2].cells[2].paragraphs[0]._p
        old = paragraph.r_lst[0]
        deleted, inserted = (paragraph.makeelement(old.tag.replace("}r", f"}}{name}")) for name in ("del", "ins"))
        old.addprevious(deleted)
        deleted.addnext(inserted)
        run = old.makeelement(old.tag)
        run.text = "Обсудили торговлю."
        deleted.append(old)
        inserted.append(run)

    assert texts(read(in_word(edit), "back"))[1] == "Обсудили торговлю."


def test_a_table_in_word_without_its_headings_or_its_line_is_refused() -> None:
    def headless(document: Any) -> None:
        table = document.tables[0]
        table._tbl.remove(table.rows[0]._tr)

    def nameless(document: Any) -> None:
        document.paragraphs[2].clear()

    with pytest.raises(ExchangeError, match="no table with the columns"):
        read(in_word(headless), "back")
    with pytest.raises(ExchangeError, match="which release"):
        read(in_word(nameless), "back")


def test_nothing_in_excel_is_a_formula() -> None:
    book = load_workbook(io.BytesIO(write(sheet(), Format.XLSX)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert SUM.text in [cell.value for cell in cells]
    assert all(cell.quotePrefix for cell in cells)


def test_rows_are_sorted_and_numbers_typed_in_excel() -> None:
    def edit(page: Any) -> None:
        page.move_range("A6:F6", rows=10)
        page["C5"].value = 2024
        page["C7"].value = "=1+1 равно двум"

    found = {row.source: row.text for row in read(in_excel(edit), "back").rows}
    assert found == {
        MET.key.source: "2024",
        TRADE.key.source: TRADE.text,
        SUM.key.source: "=1+1 равно двум",
        EMPTY.key.source: "",
    }


def test_another_program_reads_xliff_and_what_it_writes_is_read() -> None:
    reader: Any = xliff.xlifffile
    store = reader.parsestring(write(sheet(), Format.XLIFF))
    assert [(unit.source, unit.target) for unit in store.units] == [(row.source, row.text) for row in sheet().rows]
    assert [unit.isapproved() for unit in store.units] == [True, False, False, False]
    store.units[1].target = "Обсудили торговлю."
    store.units[1].markapproved()
    store.units[0].target = "Стороны встретились."
    found = read(bytes(store), "back")
    assert texts(found)[:2] == ["Стороны встретились.", "Обсудили торговлю."]
    assert [row.ready for row in found.rows] == [False, True, False, False]


@pytest.mark.parametrize(
    ("state", "ready"), [("translated", 0), ("needs-review-translation", 0), ("final", 1), ("signed-off", 1)]
)
def test_states_of_xliff_say_what_is_ready(state: str, ready: int) -> None:
    data = write(sheet(), Format.XLIFF).replace(b"needs-review-translation", state.encode())
    assert sum(row.ready for row in read(data, "back").rows[1:3]) == 2 * ready


def test_inline_codes_of_xliff_are_left_out() -> None:
    data = write(sheet(), Format.XLIFF).decode()
    marked = data.replace("в Вене.</target>", 'в <g id="1">Вене</g><x id="2"/><mrk mtype="seg">.</mrk></target>')
    assert texts(read(marked.encode(), "back"))[0] == MET.text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (BOMB, "declares a document type"),
        (BOMB.decode().encode("utf-16"), "declares a document type"),
        (b"<xliff version='2.0'/>", "no XLIFF 1.2"),
        (b"<xliff version='1.2'>", "is damaged"),
        (b"\xd0\xcf\x11\xe0 old", "old Office format"),
        (b"PK\x03\x04 cut", "a damaged zip"),
        (b"msgid", "none of the formats"),
        (write(sheet(), Format.DOCX)[:4000], "a damaged zip"),
        (rewritten(write(sheet(), Format.DOCX), lambda _, part: BOMB + part), "declares a document type"),
        (rewritten(write(sheet(), Format.XLSX), lambda _, part: BOMB + part), "declares a document type"),
        (rewritten(write(sheet(), Format.XLSX), lambda _, part: part[: len(part) // 2]), "is damaged"),
        (rewritten(write(sheet(), Format.DOCX), lambda _, part: part + b" " * 5_000_000), "unpacks to"),
    ],
)
def test_what_is_damaged_or_made_to_do_harm_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ExchangeError, match=message):
        read(data, "back")


def test_a_formula_for_several_cells_is_the_text_that_was_typed() -> None:
    book = load_workbook(io.BytesIO(write(sheet(), Format.XLSX)))
    book.worksheets[0]["C5"] = ArrayFormula("C5", "=A1:A2")
    made = io.BytesIO()
    book.save(made)
    assert texts(read(made.getvalue(), "back"))[0] == "=A1:A2"


def test_a_text_too_long_for_a_cell_is_refused_and_not_cut_off() -> None:
    rows = (replace(sheet().rows[0], text="слово " * 6_000),)
    with pytest.raises(ExchangeError, match="too long for a cell"):
        write(replace(sheet(), rows=rows), Format.XLSX)


def test_what_excel_adds_beside_the_table_is_passed_over_in_silence() -> None:
    told = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'  # a list to choose from
    data = rewritten(write(sheet(), Format.XLSX), lambda _, part: part.replace(b"</worksheet>", told))
    assert texts(read(data, "back")) == [row.text for row in sheet().rows]


def test_a_part_under_another_name_that_is_damaged_is_told() -> None:
    whole = write(sheet(), Format.XLSX)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("sheet1.xml", "sheet1.dat"), old.read(name).replace(b"sheet1.xml", b"sheet1.dat"))
    damaged = made.getvalue().replace(b"<sheetData>", b"<sheetDaba>")
    with pytest.raises(ExchangeError, match="is damaged"):
        read(damaged, "back")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("form", [Format.DOCX, Format.XLSX])
def test_libreoffice_opens_and_saves_it_without_loss(form: Format, tmp_path: Path) -> None:
    path = tmp_path / f"out.{form}"
    path.write_bytes(write(sheet(), form))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", form, "--outdir", str(tmp_path / "back"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    found = read((tmp_path / "back" / path.name).read_bytes(), "back")
    assert [(row.id, row.source, row.text) for row in found.rows] == [
        (row.id, row.source, row.text) for row in sheet().rows
    ]
