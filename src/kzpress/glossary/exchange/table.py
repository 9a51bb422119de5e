"""The glossary as a table, CSV: one row a concept. Writes what Excel opens and reads what Excel makes of it."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import re
from typing import TYPE_CHECKING, Final

from kzpress.errors import GlossaryError
from kzpress.glossary.exchange import fields as cells
from kzpress.glossary.exchange import safety
from kzpress.glossary.exchange.model import Incoming, Reading, Refusal
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ID: Final = "id"
_KNOWN: Final = (ID, *cells.COLUMNS)
_DELIMITERS: Final = ",;\t"
_MOST_COLUMNS: Final = 1_000  # Excel has 16,384
# A cell that begins like this is a formula to a spreadsheet, which may run programs: an apostrophe makes it text.
# Apostrophes before such a beginning are doubled up, so that reading takes off exactly what writing put on.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_DISARMED: Final = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
_BINARY: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def write(rows: Iterable[tuple[str, Mapping[str, str]]], delimiter: str = ",") -> bytes:
    """Return the table of (id, cells): UTF-8 with the mark by which Excel knows it, every filled cell in quotes.

    Quotes keep a cell whole for a spreadsheet that expects another delimiter.
    """
    lines = [_KNOWN, *((name, *(fields.get(column, "") for column in cells.COLUMNS)) for name, fields in rows)]
    text = "".join(delimiter.join(map(_quoted, line)) + "\r\n" for line in lines)
    return codecs.BOM_UTF8 + text.encode()


def read(data: bytes, where: str) -> Reading:
    """Return the concepts of a table; its columns may come in any order, and only some of them.

    Raises:
        GlossaryError: not a table of ours: another encoding, no column we know, a column twice.

    """
    text = _decoded(data, where)
    notes: list[str] = []
    first, __, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):  # a line that Excel understands and other programs do not
        text = rest
    delimiter = _delimiter(re.split("[\r\n]", text, maxsplit=1)[0])
    if delimiter != ",":
        tabs, semicolons = _("read with tabs between its columns"), _("read with semicolons between its columns")
        notes.append(tabs if delimiter == "\t" else semicolons)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    entries: list[Incoming] = []
    refused: list[Refusal] = []
    try:
        columns = _columns(next(rows, []), where, notes)
        for row in rows:
            _row(row, columns, _("row {number}", number=rows.line_num), entries, refused)
    except csv.Error as error:
        message = _("is not a table: {reason}", reason=str(error))
        place = f"{where}:{rows.line_num}"
        raise GlossaryError(message, where=place, hint=_("save it again as “CSV UTF-8”")) from error
    return Reading(entries=tuple(entries), refused=tuple(refused), notes=tuple(notes))


def _row(
    row: list[str], columns: list[str | None], where: str, entries: list[Incoming], refused: list[Refusal]
) -> None:
    if not any(cell.strip() for cell in row):
        return
    if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
        name = safety.shown(row[0])
        reason = _("has {cells} cells for {columns} columns", cells=len(row), columns=len(columns))
        refused.append(Refusal(where=where, entry=name, reason=reason, hint=_("put cells with delimiters in quotes")))
        return
    found = {column: cells.tidy(_armed(cell)) for column, cell in zip(columns, row, strict=False) if column is not None}
    name = found.pop(ID, "")
    said = frozenset(column for column in columns if column and column != ID)
    fields = {column: found[column] for column in cells.COLUMNS if found.get(column)}
    entries.append(Incoming(id=name, where=where, fields=fields, said=said))


def _quoted(cell: str) -> str:
    if _FORMULA.match(cell):
        cell = f"'{cell}"
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if cell else ""


def _armed(cell: str) -> str:
    return cell[1:] if _DISARMED.match(cell) else cell


def _decoded(data: bytes, where: str) -> str:
    """Return the text of a table in UTF-8, or in UTF-16 with its mark, as Excel writes “Unicode text”."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        # Excel's plain "CSV" is windows-1251 on a Russian or Kazakh computer: it has put "?" for every Kazakh letter.
        hint = _("in Excel choose “Save as”, “CSV UTF-8”; plain “CSV” loses the Kazakh letters")
        raise GlossaryError(_("is not UTF-8"), where=where, hint=hint) from error
    if _BINARY.search(text):
        raise GlossaryError(_("is not text but binary data"), where=where, hint=_("save the table as “CSV UTF-8”"))
    return text


def _delimiter(header: str) -> str:
    """Return the delimiter that makes most columns of a header known."""

    def known(delimiter: str) -> int:
        try:
            row = next(csv.reader([header], delimiter=delimiter), [])
        except csv.Error:  # told where the table is read
            return 0
        return sum(_named(cell) in _KNOWN for cell in row)

    return max(_DELIMITERS, key=known)


def _named(cell: str) -> str:
    return cell.strip().lower()


def _columns(header: list[str], where: str, notes: list[str]) -> list[str | None]:
    """Return the field of each column, None for one that is not ours."""
    if len(header) > _MOST_COLUMNS:
        message = _("has more than {count} columns", count=_MOST_COLUMNS)
        raise GlossaryError(message, where=where, hint=_("delete those that kzpress glossary export does not write"))
    names = [_named(cell) for cell in header]
    if not any(name in _KNOWN and name.startswith(("id", "names.")) for name in names):
        hint = _("the first row names the columns: id, kind, names.en, names.ru, names.kk, source …")
        raise GlossaryError(_("has no column named id or names.…"), where=where, hint=hint)
    for name in _KNOWN:
        if names.count(name) > 1:
            raise GlossaryError(_("has the column {name} twice", name=name), where=where, hint=_("delete one of them"))
    for name in _foreign(names):
        near = difflib.get_close_matches(name, _KNOWN, n=1, cutoff=0.75)
        note = _("passed over the column {name}, which is not ours", name=safety.shown(name))
        notes.append(_("{note}; did you mean {near}?", note=note, near=near[0]) if near else note)
    return [name if name in _KNOWN else None for name in names]


def _foreign(names: list[str]) -> Iterator[str]:
    yield from (name for name in names if name and name not in _KNOWN)
