"""The table in Excel: written and read with openpyxl, every cell a text, so that nothing in it is ever a formula."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Final

from kzpress.errors import ExchangeError
from kzpress.exchange import labels
from kzpress.exchange.labels import Column
from kzpress.exchange.model import Sheet, fit, sheet_of
from kzpress.exchange.rows import Line, rows_in, signed
from kzpress.office import Archive, refuse_entities, settled
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

PART: Final = "xl/workbook.xml"
_WIDTHS: Final = {  # in characters
    Column.NUMBER: 12, Column.SOURCE: 60, Column.TEXT: 60, Column.READY: 12, Column.NOTES: 36, Column.REMARK: 30,
}  # fmt: skip
_STAMP: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_HEADINGS: Final = 4  # the row of them, below title, instructions and the line that says whose it is
_LONGEST: Final = 32_767  # of a cell, in UTF-16 units; openpyxl would cut off the rest without a word
_MOST: Final = 20_000  # rows; Excel has a million, and a file may claim each
_MOST_CELLS: Final = 400_000  # of which openpyxl makes an object each, empty ones and those of merged areas too
_SHEETS: Final = re.compile(rb"<(?:[^\s<>:]+:)?(?:sheetData|row|c|mergeCell|hyperlink)[\s/>]")
_AREA: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?")


def write(sheet: Sheet) -> bytes:
    """Return the .xlsx of a sheet."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    page = book.worksheets[0]
    page.title = f"{sheet.source_lang}-{sheet.lang}"
    for number, (line, font) in enumerate(
        (
            (sheet.title, Font(bold=True, size=14)),
            (labels.INSTRUCTIONS[sheet.labels], Font()),
            (sheet.mark, Font(size=8, color="808080")),
        ),
        1,
    ):
        _put(page, number, 1, line, font, wraps=False)
    for at, (column, width) in enumerate(_WIDTHS.items(), 1):
        page.column_dimensions[chr(64 + at)].width = width
        _put(page, _HEADINGS, at, labels.HEADINGS[sheet.labels][column], Font(bold=True))
    for number, row in enumerate(sheet.rows, 1):
        ready = labels.APPROVED[sheet.labels] if row.ready else ""
        cells = (f"{number} {row.id}", row.source, row.text, ready, "\n".join(row.notes), row.remark)
        for at, cell in enumerate(cells, 1):
            _put(page, _HEADINGS + number, at, cell, Font(size=8, color="808080") if at == 1 else Font())
    page.freeze_panes = f"A{_HEADINGS + 1}"
    made = io.BytesIO()
    book.save(made)
    return settled(made.getvalue(), _at_no_time)


def _at_no_time(name: str, part: bytes) -> bytes:
    """Take from a workbook's properties the times at which openpyxl says it was made."""
    return _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", part) if name == "docProps/core.xml" else part


def _put(page: Worksheet, row: int, column: int, text: str, font: Font, *, wraps: bool = True) -> None:
    from openpyxl.styles import Alignment

    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > _LONGEST:
        hint = _("export it as .docx or .xliff")
        raise ExchangeError(_("a text is too long for a cell of Excel: “{text}…”", text=text[:40]), hint=hint)
    cell = page.cell(row=row, column=column)
    cell.value = fit(text)
    cell.data_type = "s"  # openpyxl takes what begins with = for a formula
    cell.number_format = "@"
    cell.quotePrefix = True  # so that Excel leaves = + - @ alone when the cell is edited
    cell.font = font
    cell.alignment = Alignment(wrap_text=wraps, vertical="top")


def read(data: bytes, archive: Archive, where: str) -> Sheet:
    """Return the sheet of an .xlsx that came back; what was typed as a formula is the text that was typed.

    ``archive`` is ``data`` opened.

    Raises:
        ExchangeError: it is damaged, or not a table of ours.
    """
    from openpyxl import load_workbook

    for name in sorted(archive.names):
        _refuse_harm(archive.part(name), f"{where}: {name}")
    try:
        with warnings.catch_warnings():  # of formatting that openpyxl does not know: it is only read here
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), keep_links=False)
        tables = [list(_rows(page, where)) for page in book.worksheets]
    except ExchangeError:
        raise
    except Exception as error:  # openpyxl knows no class of its own for what it cannot read
        hint = _("open it in Excel or LibreOffice and save it again as .xlsx")
        raise ExchangeError(_("is damaged ({error})", error=str(error)), where=where, hint=hint) from error
    for rows in tables:
        if any(labels.columns_of(line.cells) for line in rows):
            told = " ".join(cell for line in rows[:20] for cell in line.cells)
            return sheet_of(told, rows_in(rows, where), where)
    raise labels.no_headings(where)


def _refuse_harm(data: bytes, where: str) -> None:
    """Refuse a part that declares entities, or has more cells than any table of ours, whatever its name says it is."""
    from lxml import etree

    if not data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        return  # a picture, or nothing that is parsed as XML
    refuse_entities(data, where, ExchangeError)
    cells = 0
    read = etree.iterparse(
        io.BytesIO(data),
        tag=("{*}row", "{*}c", "{*}mergeCell", "{*}hyperlink"),
        resolve_entities=False,
        no_network=True,
    )
    try:
        for _event, element in read:
            cells += _size(element.get("ref", ""))
            if cells > _MOST_CELLS:
                hint = _("delete the empty rows and columns, or export it again")
                raise ExchangeError(_("has more than {count} cells", count=_MOST_CELLS), where=where, hint=hint)
    except etree.XMLSyntaxError as error:
        if not _SHEETS.search(data.replace(b"\0", b"")):
            return  # of drawings Excel writes some that are no XML
        hint = _("open it in Excel or LibreOffice and save it again as .xlsx")
        raise ExchangeError(_("is damaged ({error})", error=error.msg), where=where, hint=hint) from error


def _size(area: str) -> int:
    """Return how many cells an area such as A1:C2 has; 1 for what is none, too many for one without bounds."""
    from openpyxl.utils import column_index_from_string

    found = _AREA.fullmatch(area.strip())
    if not found:
        return _MOST_CELLS + 1 if ":" in area else 1  # whole columns or rows
    if not found[3]:
        return 1
    columns = abs(column_index_from_string(found[3]) - column_index_from_string(found[1])) + 1
    return columns * (abs(int(found[4]) - int(found[2])) + 1)


def _rows(page: Worksheet, where: str) -> Iterator[Line]:
    if page.max_row > _MOST:
        raise ValueError(_("{count} rows", count=page.max_row))
    for number, cells in enumerate(page.iter_rows(max_col=40), 1):
        notes = [cell.comment for cell in cells if cell.comment is not None]
        yield Line(
            place=f"{page.title}!{number}",
            cells=["" if cell.value is None else _said(cell, where) for cell in cells],
            remarks=[signed(note.author or "", note.text or "") for note in notes],
        )


def _said(cell: Cell | MergedCell, where: str) -> str:
    """Return the text of a cell that a program has made a number of, or a formula for several cells.

    Raises:
        ExchangeError: it is a day or a truth value, of which nobody knows how it was written.
    """
    text = str(getattr(cell.value, "text", cell.value))
    if text.startswith("<openpyxl."):  # a data table has no text
        raise ValueError(_("a cell is a data table"))
    if cell.data_type in {"d", "b"}:
        hint = _("format the cell as text and type there what is meant")
        raise ExchangeError(
            _("a cell holds a date or truth value ({text})", text=text), where=f"{where}: {cell.coordinate}", hint=hint
        )
    return text.removesuffix(".0") if text.replace(".", "", 1).isdigit() else text
