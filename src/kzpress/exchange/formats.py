"""Which format a sheet goes out in, and which one a file that came back is in: by what it holds, not by its name."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from kzpress.errors import ExchangeError
from kzpress.exchange import excel, word, xliff
from kzpress.exchange.model import Sheet
from kzpress.limits import Limits
from kzpress.office import Archive
from kzpress.speech import _

_DEFAULTS: Final = Limits()
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


def read(data: bytes, where: str, limits: Limits = _DEFAULTS) -> Sheet:
    """Return the sheet in a file that came back.

    Raises:
        ExchangeError: it is of another format, damaged, made to do harm, or not of ours.
    """
    if data.startswith(_ZIP):
        archive = Archive(data, where=where, error=ExchangeError, limits=limits)
        if word.PART in archive.names:
            return word.read(archive, where)
        if excel.PART in archive.names:
            return excel.read(data, archive, where)
        hint = _("save it as .docx or .xlsx")
        raise ExchangeError(_("is neither a Word document nor an Excel workbook"), where=where, hint=hint)
    if data.startswith(_OLD):
        hint = _("save it as .docx or .xlsx, without a password")
        raise ExchangeError(_("is of the old Office format, or under a password"), where=where, hint=hint)
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        return xliff.read(data, where)
    hint = _("give the .docx, .xlsx or .xliff that `kzpress export` wrote")
    raise ExchangeError(_("is none of the formats that come back"), where=where, hint=hint)
