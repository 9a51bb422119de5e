"""The table in Word: written with python-docx, read from the XML, where edits under “track changes” are, too."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from kzpress.errors import ExchangeError
from kzpress.exchange import labels
from kzpress.exchange.labels import Column
from kzpress.exchange.model import Sheet, fit, sheet_of
from kzpress.exchange.rows import Line, rows_in, signed
from kzpress.office import local, parse, settled
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from kzpress.office import Archive

PART: Final = "word/document.xml"
_BUBBLES: Final = "word/comments.xml"
_SKIPPED: Final = frozenset({"del", "moveFrom", "rPr", "pPr", "tcPr", "instrText", "delText", "Fallback"})
_BREAKS: Final = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_WIDTHS: Final = {  # of a landscape A4 page, in millimetres
    Column.NUMBER: 20, Column.SOURCE: 80, Column.TEXT: 80, Column.READY: 20, Column.NOTES: 38, Column.REMARK: 32,
}  # fmt: skip
_DEEPEST: Final = 8  # tables in tables; the words of an inner one are those of each around it, too
_MARGIN: Final = 13
_GREY: Final = "808080"


def write(sheet: Sheet) -> bytes:
    """Return the .docx of a sheet."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt, RGBColor

    document = Document()
    document.core_properties.title = fit(sheet.title)
    document.core_properties.author = "kzpress"
    document.core_properties.comments = ""
    document.styles["Normal"].font.size = Pt(10)
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN)
    document.add_heading(fit(sheet.title), 1)
    document.add_paragraph(labels.INSTRUCTIONS[sheet.labels])
    known = document.add_paragraph().add_run(sheet.mark)
    known.font.size, known.font.color.rgb = Pt(7), RGBColor.from_string(_GREY)
    table = document.add_table(rows=0, cols=len(Column), style="Table Grid")
    table.autofit = False
    header = table.add_row()
    _repeat(header)
    for cell, column in zip(header.cells, Column, strict=True):
        cell.paragraphs[0].add_run(labels.HEADINGS[sheet.labels][column]).bold = True
    for number, row in enumerate(sheet.rows, 1):
        cells = dict(zip(Column, table.add_row().cells, strict=True))
        cells[Column.NUMBER].text = str(number)
        known = cells[Column.NUMBER].add_paragraph().add_run(row.id)
        known.font.size, known.font.color.rgb = Pt(6), RGBColor.from_string(_GREY)
        cells[Column.SOURCE].text = fit(row.source)
        cells[Column.TEXT].text = fit(row.text)
        cells[Column.READY].text = labels.APPROVED[sheet.labels] if row.ready else ""
        cells[Column.NOTES].text = fit("\n".join(row.notes))
        cells[Column.REMARK].text = fit(row.remark)
    for column, width in zip(table.columns, _WIDTHS.values(), strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    made = io.BytesIO()
    document.save(made)
    return settled(made.getvalue())


def _repeat(row: Any) -> None:
    """Repeat a table's row of headings on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no other way


def read(archive: Archive, where: str) -> Sheet:
    """Return the sheet in a .docx that came back.

    What is deleted under “track changes” is gone, and what is new counts; a comment in the margin is its row's.

    Raises:
        ExchangeError: it is damaged, or not a table of ours.
    """
    root = parse(archive.part(PART), f"{where}: {PART}", ExchangeError)
    bubbles = _bubbles(archive, where)
    for table in list(_tables(root, where)):
        rows = list(_rows(table, bubbles))
        if any(labels.columns_of(line.cells) for line in rows):
            return sheet_of(_text(root), rows_in(rows, where), where)
    raise labels.no_headings(where)


def _tables(root: _Element, where: str) -> Iterator[_Element]:
    """Yield the tables that stand in no other: the rows of one inside are among its rows."""
    for element in root.iter():
        if local(element) == "tbl":
            depth = sum(local(parent) == "tbl" for parent in element.iterancestors())
            if depth > _DEEPEST:
                hint = _("give the .docx, .xlsx or .xliff that `kzpress export` wrote")
                raise ExchangeError(_("has tables in tables, one in the other"), where=where, hint=hint)
            if not depth:
                yield element


def _bubbles(archive: Archive, where: str) -> Mapping[str, str]:
    """Return the comments in the margin, by the number that the text refers to them with."""
    if _BUBBLES not in archive.names:
        return {}
    root = parse(archive.part(_BUBBLES), f"{where}: {_BUBBLES}", ExchangeError)
    return {
        _named(bubble, "id"): signed(_named(bubble, "author"), _text(bubble)) for bubble in root.iterfind("{*}comment")
    }


def _named(element: _Element, name: str) -> str:
    """Return an attribute, whatever namespace the file gives it."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _rows(table: _Element, bubbles: Mapping[str, str]) -> Iterator[Line]:
    number = 0
    for row in table.iter():
        if local(row) != "tr":
            continue
        number += 1
        if any(local(mark) == "del" for mark in row.iterfind("{*}trPr/*")):  # a row deleted under tracking
            continue
        said = [_named(mark, "id") for mark in row.iter() if local(mark) == "commentReference"]
        yield Line(
            place=_("row {number}", number=number),
            cells=[_text(cell).strip() for cell in row.iter() if local(cell) == "tc"],
            remarks=[bubbles[one] for one in said if one in bubbles],
        )


def _text(element: _Element) -> str:
    """Return the words in an element as its reader sees them, a line a paragraph."""
    parts: list[str] = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        elif name not in _SKIPPED:
            parts.append(_text(child))
            parts += ["\n"] if name == "p" else []
    return "".join(parts)
