"""E-mail: the release in a message; the only module that imports the standard email package."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NoReturn

from kzpress.domain import Notice
from kzpress.errors import ReleaseError
from kzpress.ingest.characters import is_blank, tidy
from kzpress.ingest.decode import decode, known_charset
from kzpress.ingest.html import declared_charset, read_html
from kzpress.ingest.plain import read_plain
from kzpress.ingest.reading import Dated, Piece, Reading, Role, Trust
from kzpress.speech import _, joined

if TYPE_CHECKING:
    from email.message import Message

    from kzpress.limits import Limits

_MULTIPART: Final = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_FORWARD: Final = re.compile(r"(?:fwd?|re|aw|пересл|отв|на)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
_ENCRYPTED: Final = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_SIGNATURES: Final = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
_LONGEST_HEADER: Final = 20_000  # decoding takes the square of its length
_DECODED: Final = frozenset(
    {"subject", "date", "content-type", "content-disposition", "content-description", "content-transfer-encoding"}
)
_MOST_LINES: Final = 1_000_000  # the parser keeps each; attachments of 50 MB have 700,000
_READABLE: Final = (".docx", ".txt", ".md", ".html", ".htm", ".eml")


def read_mail(data: bytes, *, where: str, limits: Limits) -> Reading:
    """Read a message: Subject as the headline unless it is a reply, forward or empty, Date, and its text.

    text/plain is preferred over text/html; attachments are told, not read.
    Raises: ReleaseError for an encrypted message, and one without text.
    """
    from email import policy
    from email.parser import BytesParser

    # The parser recurses a level a part; a forward of a forward of a forward is some ten.
    if len(_MULTIPART.findall(data)) > limits.nesting:
        raise ReleaseError(_("a message of too many parts within parts"), where=where, hint=_("save its text as .txt"))
    if data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n") > _MOST_LINES:
        told = _("a message of more than {count} lines", count=_MOST_LINES)
        raise ReleaseError(told, where=where, hint=_("save its text as .txt"))
    # compat32: the newer policies raise undocumented errors on malformed headers, and lose unencoded 8-bit ones.
    try:
        message = BytesParser(_bounded(where, limits), policy=policy.compat32).parsebytes(data)
    except ValueError as error:  # a boundary in an encoding that cannot be
        raise ReleaseError(_("a damaged message"), where=where, hint=_("save its text as .txt")) from error
    parts = _Parts(where=where)
    parts.take(message)
    body = _body(parts, limits)
    if not any(not is_blank(piece.text) for piece in body.pieces):
        _refuse_empty(parts, where)
    subject, notices = _subject(message, where)
    title = (Piece(text=subject, line=1, role=Role.TITLE),) if subject else ()
    dates, impossible = _date(message)
    return Reading(
        pieces=(*title, *body.pieces),
        dates=(*dates, *body.dates),
        notices=(*notices, *impossible, *body.notices, *_attachment_notices(parts)),
        encoding=body.encoding,
    )


def _bounded(where: str, limits: Limits) -> type[Message]:
    """Return a class of messages that refuses, while it is read, one of too many parts or too long a header."""
    from email.message import Message

    parts = 0

    class Bounded(Message):
        def __init__(self, policy: Any) -> None:
            nonlocal parts
            parts += 1
            if parts > limits.entries:
                message = _("a message of more than {count} parts", count=limits.entries)
                raise ReleaseError(message, where=where, hint=_("save its text as .txt"))
            super().__init__(policy)

        def set_raw(self, name: str, value: str) -> None:
            if name.lower() in _DECODED and len(value) > _LONGEST_HEADER:
                _refuse_header(where)
            super().set_raw(name, value)

    return Bounded


@dataclass(slots=True, kw_only=True)
class _Parts:
    """The parts of a message that make up its text, in order, and the names of the others."""

    where: str
    texts: list[Message] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)

    def take(self, part: Message) -> None:
        """Sort ``part`` and all within it."""
        kind = part.get_content_type()
        if kind in _ENCRYPTED:
            raise ReleaseError(_("an encrypted message"), where=self.where, hint=_("decrypt it and save the text"))
        children = _children(part)
        if kind == "message/rfc822":
            self.attachments.append(_header(part.get("Content-Description"), self.where) or _("a forwarded message"))
        elif kind == "multipart/alternative":
            self._take_best(children)
        elif children:
            for child in children:
                self.take(child)
        elif kind in {"text/plain", "text/html"} and part.get_content_disposition() != "attachment":
            self.texts.append(part)
        elif kind not in _SIGNATURES:
            self.attachments.append(_file_name(part, self.where) or kind)

    def _take_best(self, alternatives: list[Message]) -> None:
        plain, rich = _Parts(where=self.where), _Parts(where=self.where)
        for part in alternatives:
            (plain if part.get_content_type() == "text/plain" else rich).take(part)
        has_plain = any(not is_blank(_payload(part).decode("latin-1")) for part in plain.texts)
        self.texts += plain.texts if has_plain else rich.texts
        self.attachments += plain.attachments + rich.attachments


def _children(part: Message) -> list[Message]:
    payload = part.get_payload() if part.is_multipart() else []
    return [child for child in payload if not isinstance(child, str)]


def _payload(part: Message) -> bytes:
    """Return the bytes of a part; the standard library would first decode them by whatever charset it claims."""
    from email.message import Message

    bare = Message()
    bare.set_payload(part._payload)  # type: ignore[attr-defined]  # noqa: SLF001
    bare["Content-Transfer-Encoding"] = str(part.get("Content-Transfer-Encoding", "")).strip()
    payload = bare.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except ValueError:  # a charset in an encoding that cannot be
        return None


def _body(parts: _Parts, limits: Limits) -> Reading:
    pieces: list[Piece] = []
    dates: list[Dated] = []
    notices: list[Notice] = []
    encoding: str | None = None
    size = 0
    for part in parts.texts:
        data = _payload(part)
        size += len(data)
        if size > limits.text_bytes:
            message = _("more than {size} MB of text", size=limits.text_bytes // 1_000_000)
            hint = _("give one release a file; or raise limits.text_bytes in kzpress.toml")
            raise ReleaseError(message, where=parts.where, hint=hint)
        is_page = part.get_content_type() == "text/html"
        charset = _charset(part) or (declared_charset(data) if is_page else None)
        text, encoding, told = decode(data, where=parts.where, declared=charset)
        if "-----BEGIN PGP MESSAGE-----" in text:
            raise ReleaseError(_("an encrypted message"), where=parts.where, hint=_("decrypt it and save the text"))
        reading = read_html(text, where=parts.where) if is_page else read_plain(_unflow(text, part))
        pieces += reading.pieces
        dates += reading.dates
        notices += (*told, *reading.notices)
    return Reading(pieces=tuple(pieces), dates=tuple(dates), notices=tuple(notices), encoding=encoding)


def _unflow(text: str, part: Message) -> str:
    """Join the lines of format=flowed (RFC 3676): one that ends in a space goes on; "-- " is the signature's."""
    if str(part.get_param("format")).lower() != "flowed":
        return text
    glued = str(part.get_param("delsp")).lower() == "yes"
    lines: list[list[str]] = []
    flows = False
    for raw in re.split("\r\n|\r|\n", text):
        line = raw.removeprefix(" ")
        if flows and line.strip():
            lines[-1].append(line)
        else:
            lines.append([line])
        flows = line.endswith(" ") and line != "-- "
        if flows and glued:
            lines[-1][-1] = line[:-1]
    return "\n".join("".join(line) for line in lines)


def _subject(message: Message, where: str) -> tuple[str | None, tuple[Notice, ...]]:
    subject = _header(message.get("Subject"), where)
    if not _FORWARD.match(subject):
        return subject or None, ()
    told = _("a reply or forward, not taken as headline: {subject}", subject=subject)
    return None, (Notice(code="subject-not-used", message=told),)


def _date(message: Message) -> tuple[tuple[Dated, ...], tuple[Notice, ...]]:
    """Return the day of the Date header, in the sender's own time zone."""
    from email.utils import parsedate_tz

    value = str(message.get("Date") or "")
    fields = parsedate_tz(value) if value.strip() else None
    if fields is None:
        return (), ()
    try:
        return (Dated(day=dt.date(*fields[:3]), trust=Trust.MAIL),), ()
    except (ValueError, OverflowError):
        told = _("the message is dated {date}, which is no date", date=value)
        return (), (Notice(code="date-impossible", message=told),)


def _header(value: object, where: str) -> str:
    """Return a header in words: RFC 2047 decoded, and unencoded 8-bit text by the frequency of its letters."""
    from email.errors import HeaderParseError
    from email.header import decode_header

    if len(str(value or "")) > _LONGEST_HEADER:
        _refuse_header(where)
    try:
        chunks = decode_header(value or "")  # type: ignore[arg-type]  # str or Header, as compat32 gives them
    except HeaderParseError:
        return tidy(str(value))
    return tidy(
        "".join(chunk if isinstance(chunk, str) else _words(chunk, charset, where) for chunk, charset in chunks)
    )


def _refuse_header(where: str) -> NoReturn:
    message = _("a mail header of more than 20,000 characters")
    raise ReleaseError(message, where=where, hint=_("save its text as .txt"))


def _words(chunk: bytes, charset: str | None, where: str) -> str:
    if charset is None:  # ASCII between encoded words
        return chunk.decode("latin-1")
    known = known_charset(charset)
    try:
        return chunk.decode(known) if known else decode(chunk, where=where)[0]
    except UnicodeError:
        return decode(chunk, where=where)[0]


def _file_name(part: Message, where: str) -> str | None:
    try:
        name = part.get_filename()
    except ValueError:  # in an encoding that cannot be
        return None
    return _header(name, where) if name else None


def _attachment_notices(parts: _Parts) -> tuple[Notice, ...]:
    return tuple(Notice(code="attachment", message=_not_read(name)) for name in parts.attachments)


def _not_read(name: str) -> str:
    if name.lower().endswith(_READABLE):
        return _("attachment not read: {name}; to have it translated, save it and give it on its own", name=name)
    return _("attachment not read: {name}", name=name)


def _refuse_empty(parts: _Parts, where: str) -> None:
    readable = [name for name in parts.attachments if name.lower().endswith(_READABLE)]
    if readable:
        hint = _("the release may be its attachment: save {names} and give that", names=", ".join(readable))
    elif parts.attachments:
        hint = _("it has only {names}: ask the sender for the text", names=joined(", ", parts.attachments))
    else:
        hint = _("ask the sender for the text")
    raise ReleaseError(_("a message without text"), where=where, hint=hint)
