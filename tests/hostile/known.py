"""Files that once did harm: each made a reader raise what it does not document, by its reader's name and what it is."""

from __future__ import annotations

from typing import Final

from tests.hostile.readers import DOCX, XLSX, unzipped, zipped

_MAIL: Final = b"From: a@example.kz\nMIME-Version: 1.0\n%s\n\n<p>The ministers \\ud800 agreed \xff on a council.</p>\n"
_ITEM: Final = b"<rss><item><title>Council</title><pubDate>%s</pubDate><description>x</description></item></rss>"
_AREA: Final = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
_LINK: Final = b'</sheetData><hyperlinks><hyperlink ref="A:XFD" location="a"/></hyperlinks>'
_PO: Final = b'msgid ""\nmsgstr "Language: ru\\n"\n\n'
_PACKAGE: Final = b'{"from_code": "en", "to_code": "kk", '
_FILES: Final = ("record", "ledger", "metadata", "lock")
_DEEP: Final = {"list": b"[" * 100_000, "object": b'{"a":' * 100_000}
_CHARSETS: Final = (
    b"unicode_escape",
    b"raw_unicode_escape",
    b"idna",
    b"punycode",
    b"utf-7",
    b"undefined",
    b"rot13",
    b"a\0b",
)


def _sheet(more: bytes) -> bytes:
    parts = unzipped(XLSX)
    name = next(name for name in parts if name.startswith("xl/worksheets/"))
    assert b"</sheetData>" in parts[name]
    return zipped(parts | {name: parts[name].replace(b"</sheetData>", more)})


def _hidden_part() -> bytes:
    """Return a workbook whose sheet declares an entity and is named as no XML is."""
    parts = unzipped(XLSX)
    name = next(name for name in parts if name.startswith("xl/worksheets/"))
    sheet = parts.pop(name).replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY x "y">]><worksheet', 1)
    other = name.replace(".xml", ".bin")
    renamed = {
        one: data.replace(name.encode(), other.encode()).replace(b"sheet1.xml", b"sheet1.bin")
        for one, data in parts.items()
    }
    return zipped(renamed | {other: sheet})


def _utf7(text: str) -> bytes:
    return b'<?xml version="1.0" encoding="utf-7"?>' + text.encode("utf-7").replace(b"<!", b"+ADwAIQ-")


KNOWN: Final[tuple[tuple[str, str, bytes], ...]] = (
    *(("eml", f"charset {name!r}", _MAIL % (b"Content-Type: text/html; charset=" + name)) for name in _CHARSETS),
    *(("eml", f"subject in {name!r}", _MAIL % (b"Subject: =?" + name + b"?Q?x=ff-?=")) for name in _CHARSETS),
    ("eml", "boundary in idna", _MAIL % b"Content-Type: multipart/mixed; boundary*=idna''%ff"),
    ("eml", "charset in idna", _MAIL % b"Content-Type: text/plain; charset*=idna''%ff"),
    ("eml", "file name in idna", _MAIL % b"Content-Type: application/pdf; name*=idna''%ff"),
    ("eml", "year beyond time", _MAIL % b"Date: 1 Jan 99999999999999999999 00:00:00 +0000"),
    ("eml", "header of a million characters", _MAIL % (b"Content-Type: text/plain" + b';"' * 500_000)),
    ("html", "charset of surrogates", b'<html><meta charset="unicode_escape"><p>Words \\ud800 \xff\xfe here</p>'),
    ("feed", "year beyond time", _ITEM % b"Mon, 1 Jan 99999999999999999999 00:00:00 +0000"),
    ("feed", "zone beyond time", _ITEM % b"Mon, 1 Jan 2023 00:00:00 +99999999999999"),
    ("feed", "entity in UTF-7", _utf7('<!DOCTYPE rss [<!ENTITY x "y">]><rss><item>&x;</item></rss>')),
    ("xliff", "entity in UTF-7", _utf7('<!DOCTYPE xliff [<!ENTITY x "y">]><xliff version="1.2">&x;</xliff>')),
    ("tbx", "entity in UTF-7", _utf7('<!DOCTYPE tbx [<!ENTITY x "y">]><tbx><text>&x;</text></tbx>')),
    ("tmx", "entity in UTF-7", _utf7('<!DOCTYPE tmx [<!ENTITY x "y">]><tmx>&x;</tmx>')),
    *((name, f"TOML, deep {kind}", b"a = " + text) for name in ("settings", "glossary")
      for kind, text in (("list", b"[" * 20_000), ("table", b"{a=" * 20_000))),
    *((name, "TOML, a key of 100,000 parts", b"a" + b".a" * 100_000 + b" = 1") for name in ("settings", "glossary")),
    *((name, "a number of 5,000 figures", b"a = " + b"9" * 5_000) for name in ("settings", "glossary")),
    *((name, f"JSON, deep {kind}", text) for name in _FILES for kind, text in _DEEP.items()),
    ("metadata", "version of 5,000 figures", _PACKAGE + b'"package_version": "' + b"9" * 5_000 + b'"}'),
    ("metadata", "longest sentence beyond numbers", _PACKAGE + b'"longest_sentence": 1e999}'),
    ("metadata", "length reward beyond numbers", _PACKAGE + b'"length_reward": 1e999}'),
    ("metadata", "doubts that are no number", _PACKAGE + b'"doubtful_below": {"a": 1}}'),
    ("csv", "more concepts than are checked", b"id,names.en\n" + b",Council\n" * 20_001),
    ("settings", "pairs for a table", b"review = [[1, 2]]"),
    ("csv", "column of 200,000 characters", b"id," + b"x" * 200_000 + b"\n"),
    ("csv", "lone carriage return", b"id,names.en\rfoo\nx,y\n"),
    ("xlsx", "17 billion merged cells", _sheet(_AREA)),
    ("xlsx", "a link on whole columns", _sheet(_LINK)),
    ("xlsx", "half a million cells", _sheet(b'<row r="99">' + b"<c/>" * 500_000 + b"</row></sheetData>")),
    ("xlsx", "a day beyond time", _sheet(b'<row r="99"><c r="A99" t="n" s="1"><v>1e999</v></c></row></sheetData>')),
    ("xlsx", "entity in a part that is not called XML", _hidden_part()),
    ("xlsx", "parts that begin before the file", XLSX[:40] + XLSX[200:]),
    ("docx", "entity in UTF-7", zipped({**DOCX, "word/document.xml": _utf7('<!DOCTYPE a [<!ENTITY x "y">]><a/>')})),
    ("po", "place of an obsolete entry", _PO + b'#: a:1\n#~ msgctxt "body"\n#~ msgid "a"\n#~ msgstr "b"\n'),
    ("txt", "90,000 marks on a letter", b"Water council\n\nThe ministers me" + b"\xcc\x81\xcc\xa7" * 45_000),
    ("po", "context of no block", b'msgid ""\nmsgstr "Language: ru\\n"\n\nmsgctxt "evil"\nmsgid "a"\nmsgstr "b"\n'),
)  # fmt: skip
# Of these no word may be taken: they are refused, not read.
REFUSED: Final = frozenset(
    {"TOML, a key of 100,000 parts",
     "17 billion merged cells", "a link on whole columns", "half a million cells", "more concepts than are checked",
     "entity in UTF-7",
     "context of no block", "entity in a part that is not called XML", "header of a million characters"}
)  # fmt: skip
