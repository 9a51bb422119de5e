"""Which format a sheet goes out in, and which one a file that came back is in: by what it holds, not by its name."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from kzpress.errors import ExchangeError
from kzpress.exchange import archive, excel, word, xliff
from kzpress.exchange.model import Sheet

_ZIP: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0"  # .doc, .xls, and either of the new ones under a password


class Format(StrEnum):
    """The formats, by the ending of their names."""

    DOCX = "docx"
    XLSX = "xlsx"
    XLIFF = "xliff"


def write(sheet: Sheet, into: Format) -> bytes:
    """Return the file of a sheet; the same sheet gives the same bytes."""
    return {Format.DOCX: word.write, Format.XLSX: excel.write, Format.XLIFF: xliff.write}[into](sheet)


def read(data: bytes, where: str) -> Sheet:
    """Return the sheet in a file that came back.

    Raises:
        ExchangeError: it is of another format, damaged, made to do harm, or not of ours.
    """
    if data.startswith(_ZIP):
        parts = archive.parts(data, where=where)
        if word.PART in parts:
            return word.read(parts, where)
        if excel.PART in parts:
            return excel.read(data, where)
        hint = "save it as .docx or .xlsx"
        raise ExchangeError("is neither a Word document nor an Excel workbook", where=where, hint=hint)
    if data.startswith(_OLD):
        hint = "save it as .docx or .xlsx, without a password"
        raise ExchangeError("is of the old Office format, or under a password", where=where, hint=hint)
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        return xliff.read(data, where)
    hint = "give the .docx, .xlsx or .xliff that `kzpress export` wrote"
    raise ExchangeError("is none of the formats that come back", where=where, hint=hint)
