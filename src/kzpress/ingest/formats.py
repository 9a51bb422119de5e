"""Formats: tells what an input is by its content, then by its suffix, and refuses what kzpress does not read."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from kzpress.errors import ReleaseError
from kzpress.speech import _

_AS_DOCX: Final = _("open it in Word or LibreOffice and save it as .docx")
_NO_OCR: Final = _("kzpress does not read pictures: ask the sender for the text")
_UNPACK: Final = _("unpack it and give the release itself")


class Format(StrEnum):
    """The formats kzpress reads."""

    TEXT = "txt"
    MARKDOWN = "md"
    HTML = "html"
    DOCX = "docx"
    MAIL = "eml"


_MAGIC: Final = (
    (b"%PDF-", _("a PDF file"), _("ask for the Word file, or copy the text into a .txt file and check its paragraphs")),
    (b"{\\rtf", _("an RTF file"), _AS_DOCX),
    (b"\x89PNG", _("a PNG picture"), _NO_OCR),
    (b"\xff\xd8\xff", _("a JPEG picture"), _NO_OCR),
    (b"GIF8", _("a GIF picture"), _NO_OCR),
    (b"II*\0", _("a TIFF picture"), _NO_OCR),
    (b"MM\0*", _("a TIFF picture"), _NO_OCR),
    (b"RIFF", _("a WebP picture or a recording"), _NO_OCR),
    (b"\x1f\x8b", _("a gzip archive"), _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", _("a 7-Zip archive"), _UNPACK),
    (b"Rar!", _("a RAR archive"), _UNPACK),
    (b"-----BEGIN PGP MESSAGE", _("an encrypted message"), _("decrypt it and save the text")),
    (b"\x7fELF", _("a program"), _("give a .txt, .md, .html, .docx or .eml file")),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUFFIXES: Final = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".eml": Format.MAIL,
}
_HTML_START: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_XML_START: Final = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
_HEADER: Final = re.compile(
    rb"^(from|to|cc|subject|date|received|return-path|delivered-to|message-id|mime-version|content-type|"
    rb"dkim-signature|reply-to|x-[a-z0-9-]+):[ \t]",
    re.IGNORECASE | re.MULTILINE,
)
_MAIL_HEADERS: Final = frozenset(
    {b"from", b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to"}
)


def sniff(data: bytes, name: str) -> Format:
    """Tell the format of ``data``, which came under ``name``.

    Raises: ReleaseError naming the format, for those that kzpress does not read.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Format.DOCX  # its reader looks inside and refuses other archives
    if data.startswith(_OLE):
        _refuse_ole(data, name)
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, what, hint in _MAGIC:
        if start.startswith(magic):
            raise ReleaseError(_("{what} cannot be read", what=what), where=name, hint=hint)
    narrow = _narrow(data[:20_000])
    if _HTML_START.match(narrow):
        return Format.HTML
    if _is_mail(narrow):
        return Format.MAIL
    return _by_suffix(narrow, name)


def _narrow(head: bytes) -> bytes:
    """Return the start of a text with a byte a character, whatever the width of its code units."""
    if head.startswith(b"\xef\xbb\xbf"):
        return head[3:]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head:
        return head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return head


def _is_mail(head: bytes) -> bool:
    top = re.split(rb"\r?\n\r?\n", head.lstrip(b"\r\n"), maxsplit=1)[0]
    if not re.match(rb"(?:From |[A-Za-z0-9-]+:[ \t])", top):
        return False
    names = {found.lower() for found in _HEADER.findall(top)}
    return len(names) >= 2 and bool(names & _MAIL_HEADERS)


def _refuse_ole(data: bytes, name: str) -> None:
    suffix = PurePath(name).suffix.lower()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReleaseError(
            _("a document under a password"), where=name, hint=_("remove the password and save it again")
        )
    if suffix == ".msg":
        raise ReleaseError(
            _("an Outlook .msg message cannot be read"), where=name, hint=_("save it as .eml or as text")
        )
    if suffix in {".doc", ".dot", ""}:
        raise ReleaseError(_("an old Word .doc document cannot be read"), where=name, hint=_AS_DOCX)
    raise ReleaseError(_("an old Office file ({suffix}) cannot be read", suffix=suffix), where=name, hint=_AS_DOCX)


def _by_suffix(head: bytes, name: str) -> Format:
    suffix = PurePath(name).suffix.lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if suffix == ".docx":
        raise ReleaseError(_("not a Word document, though named .docx"), where=name, hint=_AS_DOCX)
    if _XML_START.match(head):
        raise ReleaseError(
            _("an XML file cannot be read as a release"), where=name, hint=_("give the text or the web page")
        )
    # "release 12.07" and "release.final version" have no suffix, whatever pathlib says.
    if not re.fullmatch(r"\.[a-z][a-z0-9]{1,4}", suffix):
        return Format.TEXT
    hint = _("give a .txt, .md, .html, .docx or .eml file")
    message = _("{suffix} is not a format that kzpress reads", suffix=suffix)
    raise ReleaseError(message, where=name, hint=hint)
