"""The zip files that .docx and .xlsx are: opened only within bounds, and written without telling a time."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from kzpress.errors import ExchangeError

_ENTRIES: Final = 2_000
_UNPACKED: Final = 100_000_000
_RATIO: Final = 100  # unpacked to packed size; Word's and Excel's own XML stays under 30
_HARMLESS: Final = 10_000_000  # bytes; a short table that repeats itself packs better than the ratio allows
_DECLARES: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DAMAGED: Final = "open it in the program it comes from and save it again"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_STAMP: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def parts(data: bytes, *, where: str) -> dict[str, bytes]:
    """Return the XML parts of an office document by name, and nothing else of it.

    Raises:
        ExchangeError: it is damaged, under a password, out of proportion, or its XML declares a document type.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ExchangeError("is damaged, or under a password", where=where, hint=_DAMAGED) from error
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _ENTRIES or unpacked > min(_UNPACKED, max(_RATIO * len(data), _HARMLESS)):
        raise ExchangeError(f"unpacks to {unpacked:,} bytes in {len(entries)} parts: too much", where=where)
    found: dict[str, bytes] = {}
    for entry in entries:
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        try:
            with archive.open(entry) as stream:
                found[entry.filename] = stream.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
            raise ExchangeError(f"its part {entry.filename} is damaged", where=where, hint=_DAMAGED) from error
        if len(found[entry.filename]) > entry.file_size:
            raise ExchangeError(f"its part {entry.filename} is larger than it says", where=where)
        if _DECLARES.search(found[entry.filename].replace(b"\0", b"")):  # the zeros of UTF-16
            hint = "no office program writes such a file: do not open it, ask the sender"
            raise ExchangeError(f"its part {entry.filename} declares XML entities", where=where, hint=hint)
    return found


def settled(data: bytes) -> bytes:
    """Return an office document without the times at which it was made: the same words give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", content)
            info = zipfile.ZipInfo(entry.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            new.writestr(info, content)
    return made.getvalue()
