"""Reads what is made to use up memory or time, in a process of its own under the limits that its caller set.

Run as ``python -m tests.hostile.heavy [KIND…]``: a line of JSON a file, with its kind, what became of it and the
processor's seconds.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.hostile.readers import DOCX, READERS, XLSX, unzipped, zipped

MEMORY: Final = 3_000_000_000  # bytes of address space, of which the libraries take some hundred million
_W: Final = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MAIL: Final = b"From: a@example.kz\nMIME-Version: 1.0\n"


def _document(body: bytes) -> bytes:
    return zipped({**DOCX, "word/document.xml": b"<w:document " + _W + b"><w:body>" + body + b"</w:body></w:document>"})


def _sheet(more: bytes) -> bytes:
    parts = unzipped(XLSX)
    name = next(name for name in parts if name.startswith("xl/worksheets/"))
    return zipped(parts | {name: parts[name].replace(b"</sheetData>", more)})


_MERGED: Final = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
_WIDE: Final = b"<row>" + b"<c/>" * 16_384 + b"</row>"
_PO: Final = b'msgid ""\nmsgstr "Language: ru\\n"\n\nmsgctxt "body"\n'
_CELL: Final = b"<w:tbl><w:tr><w:tc>"
FILES: Final[dict[str, tuple[str, Callable[[], bytes]]]] = {
    "one paragraph of 50 MB": ("txt", lambda: b"water " * 8_300_000),
    "one paragraph of 9 MB": ("txt", lambda: b"water " * 1_500_000),
    "100,000 lines": ("txt", lambda: b"water\n" * 100_000),
    "three million marks on a letter": ("txt", lambda: b"water" + b"\xcc\x81\xcc\xa7" * 1_500_000),
    "one long heading": ("md", lambda: b"# " + b"water " * 100_000),
    "quotations in quotations": ("md", lambda: b"> " * 100_000 + b"water"),
    "elements 100,000 deep": ("html", lambda: b"<div>" * 100_000 + b"water"),
    "200 articles around 100,000 elements": ("html", lambda: b"<article>" * 200 + b"<b>x</b>" * 99_000),
    "three million elements": ("html", lambda: b"<p>water" + b"<b>" * 3_000_000),
    "an attribute of 9 MB": ("html", lambda: b"<p title='" + b"a" * 9_000_000 + b"'>water</p>"),
    "100,000 attributes": ("html", lambda: b"<p " + b"".join(b"a%d=1 " % at for at in range(100_000)) + b">water</p>"),
    "100,000 parts": (
        "eml",
        lambda: _MAIL + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nwater\n" * 100_000,
    ),
    "ten million lines": ("eml", lambda: _MAIL + b"Subject: x\n" + b"a:b\n" * 10_000_000),
    "half a million parameters": ("eml", lambda: _MAIL + b"Content-Type: text/plain" + b';"' * 500_000 + b"\n\nx"),
    "a document of 100 MB of nothing": ("docx", lambda: zipped({**DOCX, "word/media/x.bin": bytes(99_000_000)})),
    "a document of many elements": ("docx", lambda: _document(b"<w:p/>" * 4_000_000)),
    "a document 100,000 deep": ("docx", lambda: _document(b"<w:p>" * 100_000)),
    "tables in tables": ("docx", lambda: _document(_CELL * 80 + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 20_000)),
    "a table in 80 tables": ("table-docx", lambda: _document(_CELL * 80 + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 20_000
                                                             + b"</w:tc></w:tr></w:tbl>" * 80)),
    "17 billion merged cells": ("xlsx", lambda: _sheet(b"</sheetData>" + _MERGED)),
    "rows of 16,384 columns": ("xlsx", lambda: _sheet(_WIDE * 100 + b"</sheetData>")),
    "units 100,000 deep": ("xliff", lambda: b'<xliff version="1.2">' + b"<g>" * 100_000),
    "a memory of anything but units": ("tmx", lambda: b'<tmx version="1.4"><body>' + b"<x/>" * 3_000_000),
    "a termbase of anything but terms": ("tbx", lambda: b"<tbx><text>" + b"<x/>" * 4_000_000),
    "items 100,000 deep": ("feed", lambda: b"<rss>" + b"<item>" * 100_000),
    "16,384 columns": ("csv", lambda: b"id," + b",".join(b"names.e%d" % at for at in range(16_384)) + b"\n"),
    "a cell of 50 MB": ("csv", lambda: b'id,names.en\nx,"' + b"a" * 50_000_000),
    "one string of 9 MB": ("po", lambda: _PO + b'msgid "' + b"a" * 9_000_000 + b'"\nmsgstr "b"\n'),
    "100,000 lines of a string": (
        "po",
        lambda: _PO + b'msgid ""\n' + b'"a"\n' * 100_000 + b'msgstr "b"\n',
    ),
    "a million lines of comments": ("po", lambda: b"# a\n" * 1_000_000 + _PO + b'msgid "a"\nmsgstr "b"\n'),
    "a package of 100 MB of nothing": ("archive", lambda: zipped({"a/model/model.bin": bytes(100_000_000)})),
}  # fmt: skip


def outcomes(kinds: Sequence[str]) -> Iterator[dict[str, object]]:
    """Yield what becomes of each file of these kinds."""
    by_name = {reader.name: reader for reader in READERS}
    for kind in kinds:
        name, make = FILES[kind]
        data, reader = make(), by_name[name]
        began = time.process_time()
        with TemporaryDirectory() as folder:
            try:
                reader.read(data, Path(folder))
                outcome = "read"
            except reader.error as error:
                outcome = f"refused: {error}"
            except Exception as error:
                outcome = f"{type(error).__name__}: {error}"
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        yield {"kind": kind, "outcome": outcome[:300], "seconds": time.process_time() - began, "peak": peak}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for one in outcomes(sys.argv[1:] or list(FILES)):
        sys.stdout.write(json.dumps(one) + "\n")
        sys.stdout.flush()
    sys.exit()
