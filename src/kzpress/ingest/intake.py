"""Intake: bytes of any accepted format become a Release; the only module that knows all readers."""

from __future__ import annotations

import hashlib
import stat
from typing import TYPE_CHECKING

from kzpress.domain import Notice, Release
from kzpress.errors import ReleaseError
from kzpress.files import shown
from kzpress.ingest.characters import has_words, losses, tidy
from kzpress.ingest.dates import file_name_date
from kzpress.ingest.decode import decode
from kzpress.ingest.formats import Format, sniff
from kzpress.ingest.reading import Dated, Piece, Reading, Trust
from kzpress.ingest.slugs import slug
from kzpress.ingest.structure import arrange
from kzpress.limits import Limits
from kzpress.speech import _, reason

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

_DEFAULTS = Limits()
_NO_WORDS_HINT = _("give a file with the text of the release")


def read(path: Path, limits: Limits = _DEFAULTS) -> Release:
    """Read the release in the file ``path``.

    Raises: ReleaseError for a file that cannot be opened, is too large, or holds no release kzpress can read.
    """
    name, data = taken(path, limits)
    return read_bytes(data, name, limits, where=shown(str(path)))


def taken(path: Path, limits: Limits = _DEFAULTS) -> tuple[str, bytes]:
    """Return the name of the file ``path``, fit to be written, and its bytes.

    Raises: ReleaseError for a file that cannot be opened, or is too large.
    """
    where = shown(str(path))
    name = shown(path.name) or where
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReleaseError(
                _("a directory, not a file"), where=where, hint=_("give the files in it, one release a file")
            )
        if not stat.S_ISREG(status.st_mode):
            raise ReleaseError(_("not a regular file"), where=where, hint=_("save it as a file first"))
        if status.st_size > limits.file_bytes:
            _refuse_size(where, limits)
        return name, path.read_bytes()
    except FileNotFoundError as error:
        raise ReleaseError(_("no such file"), where=where, hint=_("check the path")) from error
    except OSError as error:
        raise _unopened(where, reason(error)) from error
    except ValueError as error:  # a NUL in the path
        raise _unopened(where, str(error)) from error


def _unopened(where: str, why: str) -> ReleaseError:
    message = _("cannot be opened: {reason}", reason=why)
    return ReleaseError(message, where=where, hint=_("check the path and rights"))


def read_bytes(data: bytes, name: str, limits: Limits = _DEFAULTS, *, where: str | None = None) -> Release:
    """Read the release in ``data``, which came under the file name ``name``; content tells the format, then suffix.

    Raises: ReleaseError for what is empty, too large, damaged, or of no format kzpress reads; it says ``where``: the
        path, or the name alone where that is all there is.
    """
    where = where or name
    if len(data) > limits.file_bytes:
        _refuse_size(where, limits)
    if not data.strip(b" \t\r\n\0"):
        raise ReleaseError(_("an empty file"), where=where, hint=_NO_WORDS_HINT)
    form = sniff(data, where)
    reading = _read_as(form, data, where, limits)
    if sum(len(piece.text) for piece in reading.pieces) > limits.text_bytes:
        raise ReleaseError(
            _("more than {count} characters of text", count=limits.text_bytes),
            where=where,
            hint=_("give one release a file; or raise limits.text_bytes in kzpress.toml"),
        )
    pieces, ornaments = _tidied(reading.pieces)
    for piece in pieces:
        if len(piece.text) > limits.paragraph_characters:
            message = _("a paragraph of more than {count} characters", count=limits.paragraph_characters)
            hint = _("part it where its paragraphs end; or raise limits.paragraph_characters in kzpress.toml")
            raise ReleaseError(message, where=f"{where}:{piece.line}", hint=hint)
    if not pieces:
        raise ReleaseError(_("no words in it"), where=where, hint=_NO_WORDS_HINT)
    arrangement = arrange(pieces)
    digest = hashlib.sha256(data).hexdigest()
    dates, impossible = _file_date(name)
    date, conflict = _choose_date((*reading.dates, *arrangement.dates, *dates))
    return Release(
        slug=slug(arrangement.title, date, digest),
        origin=name,
        digest=digest,
        format=form.value,
        encoding=reading.encoding,
        title=arrangement.title,
        date=date,
        city=arrangement.city,
        agency=arrangement.agency,
        blocks=arrangement.blocks,
        notices=(
            *reading.notices,
            *losses([piece.text for piece in reading.pieces]),
            *ornaments,
            *arrangement.notices,
            *conflict,
            *impossible,
        ),
    )


def _refuse_size(where: str, limits: Limits) -> None:
    message = _("larger than {size} MB", size=limits.file_bytes // 1_000_000)
    hint = _("give one release a file, without pictures; or raise limits.file_bytes in kzpress.toml")
    raise ReleaseError(message, where=where, hint=hint)


def _read_as(form: Format, data: bytes, where: str, limits: Limits) -> Reading:
    if form is Format.DOCX:
        from kzpress.ingest.word import read_word

        return read_word(data, where=where, limits=limits)
    if form is Format.MAIL:
        from kzpress.ingest.mail import read_mail

        return read_mail(data, where=where, limits=limits)
    from kzpress.ingest.html import declared_charset, read_html
    from kzpress.ingest.markdown import read_markdown
    from kzpress.ingest.plain import read_plain

    declared = declared_charset(data) if form is Format.HTML else None
    text, encoding, told = decode(data, where=where, declared=declared, limit=limits.text_bytes)
    if form is Format.HTML and "<" in text:
        reading = read_html(text, where=where)
    elif form is Format.MARKDOWN:
        reading = read_markdown(text, where=where, limits=limits)
    else:
        reading = read_plain(text)
    return Reading(pieces=reading.pieces, dates=reading.dates, notices=(*told, *reading.notices), encoding=encoding)


def _tidied(pieces: Iterable[Piece]) -> tuple[list[Piece], tuple[Notice, ...]]:
    """Tidy the pieces; those without a letter or digit (rules, rows of stars) are told and left out."""
    tidied = [Piece(text=tidy(piece.text), line=piece.line, role=piece.role) for piece in pieces]
    ornaments = [piece.text for piece in tidied if piece.text and not has_words(piece.text)]
    kept = [piece for piece in tidied if has_words(piece.text)]
    if not ornaments:
        return kept, ()
    message = _("paragraphs without letters or digits left out: {paragraphs}", paragraphs=" ".join(ornaments)[:200])
    return kept, (Notice(code="ornaments-left-out", message=message),)


def _file_date(name: str) -> tuple[tuple[Dated, ...], tuple[Notice, ...]]:
    found = file_name_date(name)
    if found and found.day:
        return (Dated(day=found.day, trust=Trust.FILE_NAME),), ()
    if found and not name[found.start : found.end].isdigit():  # eight figures in a row may be a number
        message = _("the file name's date is none of the calendar: {name}", name=name)
        return (), (Notice(code="date-impossible", message=message),)
    return (), ()


def _choose_date(dates: tuple[Dated, ...]) -> tuple[dt.date | None, tuple[Notice, ...]]:
    """Return the most trusted date, and a notice where the release itself gives another."""
    ranked = sorted(dates, key=lambda dated: dated.trust)
    if not ranked:
        return None, ()
    day = ranked[0].day
    others = sorted({dated.day for dated in ranked if dated.trust is not Trust.FILE_NAME and dated.day != day})
    if not others:
        return day, ()
    named = ", ".join(other.isoformat() for other in others)
    message = _("dated {date}, but also {others}", date=day.isoformat(), others=named)
    return day, (Notice(code="date-conflict", message=message),)
