"""Archives: what opens a release that is a zip, and trusts none of the sizes inside; packages have their own."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from kzpress.errors import ReleaseError

if TYPE_CHECKING:
    from kzpress.ingest.limits import Limits

_DAMAGED = "the file is damaged or cut off: ask for it again"
_HARMLESS = 10_000_000  # bytes; a short document that repeats itself packs better than the ratio allows


class Archive:
    """The parts of a zip archive, by name.

    Raises: ReleaseError, here and in ``part``, for an archive that is damaged, encrypted or beyond ``limits``.
    """

    def __init__(self, data: bytes, *, where: str, limits: Limits) -> None:
        self._where = where
        self._left = limits.unpacked_bytes
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise ReleaseError("a damaged zip archive", where=where, hint=_DAMAGED) from error
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > limits.entries:
            self._refuse(f"an archive of {len(entries)} entries, more than {limits.entries}")
        if unpacked > limits.unpacked_bytes or unpacked > max(limits.ratio * len(data), _HARMLESS):
            self._refuse(f"an archive of {len(data)} bytes that unpacks to {unpacked}")
        self.names = frozenset(entry.filename for entry in entries)

    def part(self, name: str) -> bytes:
        """Return the bytes of one part."""
        entry = self._zip.getinfo(name)
        if entry.flag_bits & 1:
            hint = "remove the password and save it again"
            raise ReleaseError("an archive under a password", where=self._where, hint=hint)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            self._refuse("an archive with an unusual compression")
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise ReleaseError(f"the part {name} is damaged", where=self._where, hint=_DAMAGED) from error
        self._left -= len(data)
        if self._left < 0:
            self._refuse("an archive that unpacks to more than it says")
        return data

    def _refuse(self, message: str) -> None:
        raise ReleaseError(message, where=self._where, hint="save the document again in Word, without attachments")
