"""Office documents from outside, which are zip archives of XML: no size inside is trusted, no entity taken."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from kzpress.limits import Limits
from kzpress.speech import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from kzpress.errors import KzpressError

_DEFAULTS: Final = Limits()
_HARMLESS: Final = 10_000_000  # bytes; a short document that repeats itself packs better than the ratio allows
_MOST_MARKUP: Final = 3_000_000  # tags and attributes; the parser keeps some 150 bytes of each
_ENCODING: Final = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"'>]*)", re.IGNORECASE)
# In these a `<` is a `<`; in UTF-7 or EBCDIC it looks otherwise, and what is declared with it is not seen.
_PLAIN: Final = re.compile(
    rb"utf-?8|utf-?16(?:le|be)?|ucs-?2|iso-10646-ucs-2|us-ascii|ascii|latin1|iso-8859-\d+|(?:windows-|cp)125\d|koi8-[ru]",
    re.IGNORECASE,
)
_EBCDIC: Final = b"\x4c\x6f\xa7\x94"  # <?xm
_DECLARES: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DAMAGED: Final = _("open it in the program it comes from and save it again; if that fails, ask for it again")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first day a zip archive knows


class Archive:
    """The parts of a zip archive, by name.

    Raises: ``error``, here and in ``part``, for an archive that is damaged, encrypted or out of bounds.
    """

    def __init__(
        self,
        data: bytes,
        *,
        where: str,
        error: type[KzpressError],
        limits: Limits = _DEFAULTS,
    ) -> None:
        self._where, self._error, self._left = where, error, limits.archive_bytes
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            found = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as problem:
            raise error(_("a damaged zip archive"), where=where, hint=_DAMAGED) from problem
        size = sum(entry.file_size for entry in found)
        if len(found) > limits.entries:
            self._refuse(_("an archive of {count} entries, more than {most}", count=len(found), most=limits.entries))
        if size > limits.archive_bytes or size > max(limits.archive_ratio * len(data), _HARMLESS):
            key = "archive_bytes" if size > limits.archive_bytes else "archive_ratio"
            hint = _("save the document again, without attachments; or raise limits.{key} in kzpress.toml", key=key)
            message = _("an archive of {packed} bytes that unpacks to {size}", packed=len(data), size=size)
            raise error(message, where=where, hint=hint)
        self.names = frozenset(entry.filename for entry in found)

    def part(self, name: str) -> bytes:
        """Return the bytes of one part."""
        entry = self._zip.getinfo(name)
        if entry.flag_bits & 1:
            hint = _("remove the password and save it again")
            raise self._error(_("an archive under a password"), where=self._where, hint=hint)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            self._refuse(_("an archive with an unusual compression"))
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as problem:
            raise self._error(_("the part {name} is damaged", name=name), where=self._where, hint=_DAMAGED) from problem
        self._left -= len(data)
        if self._left < 0:
            self._refuse(_("an archive that unpacks to more than it says"))
        return data

    def _refuse(self, message: str) -> None:
        raise self._error(message, where=self._where, hint=_("save the document again, without attachments"))


def parse(data: bytes, where: str, error: type[KzpressError]) -> _Element:
    """Return the root of an XML document, parsed without entities and network.

    Raises:
        KzpressError: as the class ``error``, if it is damaged or declares a document type.
    """
    from lxml import etree

    refuse_entities(data, where, error)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        place = f"{where}:{problem.lineno}" if problem.lineno else where
        raise error(_("is damaged: {reason}", reason=problem.msg), where=place, hint=_DAMAGED) from problem


def refuse_entities(data: bytes, where: str, error: type[KzpressError]) -> None:
    """Refuse an XML document that declares a document type, in which entities hide.

    Raises:
        KzpressError: as the class ``error``.
    """
    refuse_disguise(data, where, error)
    refuse_excess(data, where, error)
    if _DECLARES.search(data.replace(b"\0", b"")):  # the zeros of UTF-16
        hint = _("no office program writes such a file: do not open it, ask the sender")
        raise error(_("declares a document type or entities"), where=where, hint=hint)


def refuse_disguise(data: bytes, where: str, error: type[KzpressError]) -> None:
    """Refuse an XML document in an encoding that hides its markup.

    Raises:
        KzpressError: as the class ``error``.
    """
    head = data[:1000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    declared = _ENCODING.match(head)
    if (declared and not _PLAIN.fullmatch(declared[1].strip())) or head.startswith(_EBCDIC):
        hint = _("save it in the program it comes from as UTF-8")
        raise error(_("is no XML in UTF-8 or another usual encoding"), where=where, hint=hint)


def refuse_excess(data: bytes, where: str, error: type[KzpressError]) -> None:
    """Refuse an XML document of more markup than memory should hold.

    Raises:
        KzpressError: as the class ``error``.
    """
    if data.count(b"<") + data.count(b"=") > _MOST_MARKUP:
        hint = _("give it in several parts")
        raise error(_("has more than {count} tags and attributes", count=_MOST_MARKUP), where=where, hint=hint)


def local(element: _Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def settled(data: bytes, change: Callable[[str, bytes], bytes] = lambda _, part: part) -> bytes:
    """Return a zip archive packed again, each part as ``change`` makes it, so that the same words give the same bytes.

    Parts are in order, and nothing tells the time or the system they were packed on.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # what Windows writes, and every other system too
            new.writestr(info, change(name, old.read(name)))
    return made.getvalue()
