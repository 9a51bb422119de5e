"""Argos packages as files: the only module that writes and opens ``.argosmodel`` archives, and it trusts none.

An archive is a zip of one folder with ``metadata.json``, ``sentencepiece.model`` (or ``bpe.model``) and ``model/``.
What is packed needs nothing outside it, and its bytes depend on the package alone. What is unpacked is measured
while it is written, whatever the archive says of itself.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final

from kzpress import files
from kzpress.engine.packages import NEEDED, SOURCE_PREFIX, Package
from kzpress.engine.pieces import as_control
from kzpress.engine.seal import digest, files_in
from kzpress.errors import ModelError, UsageError
from kzpress.speech import _, reason

SUFFIX: Final = ".argosmodel"
SPLITTER: Final = Path(__file__).parent.parent / "data" / "splitter.onnx"  # made by training/splitter.py
_SPLITTERS: Final = ("minisbd/", "stanza/", "spacy/")  # the folders that Argos Translate looks for one in
MEMBERS: Final = 1_000  # a package has about ten files, one with a Stanza splitter twenty
UNPACKED: Final = 8 * 2**30  # bytes; NLLB with 3.3 billion weights is 3.4 GB in int8
RATIO: Final = 30  # int8 weights pack to 90 %, vocabularies to 17 %: a file of zeros to 0.1 %
_HARMLESS: Final = 2**20  # bytes; a tiny package of one repeated word packs better than the ratio allows
_BLOCK: Final = 2**20
_LONGEST: Final = 255, 1_000  # bytes of a name, as all file systems of today allow, and of a path
_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the first that a zip can state
_AGAIN: Final = _("the file is damaged or cut off: download or export it again")
ELSEWHERE: Final = _("check the disk and its permissions, or give a folder on another disk with --to")
_NOT_OURS: Final = _("get the package from where it was made; this archive is not one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """An archive that was written, or was there with the same bytes already."""

    package: Package
    path: Path
    size: int
    sha256: str
    changed: bool


# ------------------------------------------------------------------ packing


def pack(package: Package, folder: Path, *, force: bool = False) -> Packed:
    """Write ``package`` into ``folder`` as an archive that Argos Translate installs.

    Files are stored, not deflated: weights would shrink by a tenth, and the bytes would depend on the version of zlib.

    Raises:
        ModelError: the package is damaged or has pieces missing, or the folder cannot be written.
        UsageError: another file of that name is there and ``force`` was not said.
    """
    path = folder / f"{folder_name(package.name, package.version)}{SUFFIX}"
    package.demand_sound()
    members = _members(package)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = digest(path) if path.is_file() else None
        with files.beside(path) as stream:
            _write_zip(stream, path.stem, members)
            stream.flush()
            made = digest(Path(stream.name))
            if before and before != made and not force:
                raise UsageError(_("another file is there"), where=str(path), hint=_("--force writes over it"))
    except OSError as error:
        raise unwritable(path, error) from error
    return Packed(package=package, path=path, size=path.stat().st_size, sha256=made, changed=before != made)


def folder_name(name: str, version: str) -> str:
    """Return the folder that Argos's own archives use for a package, ``translate-en_ru-1_9``."""
    return f"{name}-{re.sub(r'[^0-9A-Za-z]+', '_', version)}"


def _members(package: Package) -> dict[str, Path | bytes]:
    """Return what the archive holds, by name in order: bytes for the files that packing changes."""
    found: dict[str, Path | bytes] = {
        path.relative_to(root).as_posix(): path for root in (package.weights, package.folder) for path in files_in(root)
    }
    if not any(name.startswith(_SPLITTERS) for name in found):  # without one, Argos fetches one at first use
        found[f"minisbd/{SPLITTER.name}"] = SPLITTER
    if "README.md" not in found and (card := package.folder.parent / "README.md").is_file():
        found["README.md"] = card
    facts = json.loads((package.folder / "metadata.json").read_text("utf-8"))
    facts = {"type": "translate"} | {key: facts[key] for key in facts if key not in {"weights", SOURCE_PREFIX}}
    found["metadata.json"] = _as_json(facts)
    if package.prefix and "sentencepiece.model" in found:
        found["sentencepiece.model"] = _hushed(package.prefix, package.weights / "sentencepiece.model")
    if package.source_prefix:
        found["model/config.json"] = _begun_with(package.source_prefix, package.model / "config.json")
    return dict(sorted(found.items()))


def _hushed(token: str, pieces: Path) -> bytes:
    """Return a tokenizer that never writes ``token``, for Argos Translate leaves it in all but the first sentence."""
    try:
        return as_control(pieces.read_bytes(), token)
    except ValueError as error:
        raise ModelError(
            _("this tokenizer cannot be read ({error})", error=str(error)), where=str(pieces), hint=_AGAIN
        ) from error


def _begun_with(token: str, config: Path) -> bytes:
    """Return a model's settings that make CTranslate2 itself begin every source with ``token``."""
    try:
        settings: dict[str, Any] = json.loads(config.read_text("utf-8")) | {"bos_token": token, "add_source_bos": True}
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise ModelError(
            _("these settings of the model cannot be read ({error})", error=str(error)), where=str(config), hint=_AGAIN
        ) from error
    return _as_json(settings)


def _as_json(facts: dict[str, Any]) -> bytes:
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()


def _write_zip(stream: BinaryIO, top: str, members: dict[str, Path | bytes]) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(f"{top}/{name}", _TIME)
            entry.create_system = 3  # Unix, wherever it is packed
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            if isinstance(content, bytes):
                archive.writestr(entry, content)
                continue
            entry.file_size = content.stat().st_size
            with content.open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target, _BLOCK)


# ------------------------------------------------------------------ unpacking


def unpack(path: Path, into: Path) -> Path:
    """Unpack the archive at ``path`` into the empty folder ``into``; return the package's folder there.

    Raises:
        ModelError: it is no zip archive, is damaged, is no package, or could harm the machine; nothing is kept.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _safe_entries(archive, path)
            (top,) = {PurePosixPath(entry.filename).parts[0] for entry in entries}
            _write_all(archive, entries, into, path)
    except zipfile.BadZipFile as error:
        raise _no_zip(path) from error
    except (zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:  # RuntimeError: a password
        raise ModelError(_("a damaged archive ({error})", error=str(error)), where=str(path), hint=_AGAIN) from error
    except OSError as error:
        raise ModelError(
            _("cannot be unpacked: {reason}", reason=reason(error)), where=str(path), hint=ELSEWHERE
        ) from error
    return into / top


def sum_of(path: Path) -> str:
    """Return the SHA-256 sum of the archive at ``path``.

    Raises:
        ModelError: there is none, or it cannot be read.
    """
    try:
        return digest(path)
    except FileNotFoundError as error:
        raise ModelError(
            _("no such file"), where=str(path), hint=_("give an .argosmodel file, or a pair: en-ru")
        ) from error
    except IsADirectoryError as error:
        hint = _("give an .argosmodel file; a folder of packages is used with --models")
        raise ModelError(_("a folder, not an archive"), where=str(path), hint=hint) from error
    except OSError as error:
        raise ModelError(
            _("cannot be read: {reason}", reason=reason(error)), where=str(path), hint=_("check its permissions")
        ) from error


def _safe_entries(archive: zipfile.ZipFile, where: Path) -> list[zipfile.ZipInfo]:
    """Return the archive's files, refusing it if any could end up elsewhere or swamp the disk."""
    entries = archive.infolist()
    size = sum(entry.file_size for entry in entries)
    if len(entries) > MEMBERS:
        raise _harmful(where, _("an archive of {count} files; a package has about ten", count=len(entries)))
    if size > UNPACKED or size > max(RATIO * where.stat().st_size, _HARMLESS):
        packed = where.stat().st_size
        raise _harmful(where, _("an archive of {packed:,} bytes that unpacks to {size:,}", packed=packed, size=size))
    for entry in entries:
        if problem := _problem(entry):
            raise _harmful(where, _("{problem}: {name!r}", problem=problem, name=entry.filename))
    kept = [entry for entry in entries if not entry.is_dir()]
    names = [PurePosixPath(entry.filename) for entry in kept]
    files_of = {str(name).casefold() for name in names}
    folders = {PurePosixPath(entry.filename) for entry in entries if entry.is_dir()}
    folders |= {parent for name in names for parent in name.parents}
    if len(files_of) < len(names):
        raise _harmful(where, _("an archive that has one file twice"))
    if files_of & {str(name).casefold() for name in folders}:
        raise _harmful(where, _("an archive that has a file and a folder of one name"))
    if len({name.parts[0] for name in names}) != 1 or any(len(name.parts) < 2 for name in names):
        raise ModelError(_("not one folder at the top, as Argos packages have"), where=str(where), hint=_NOT_OURS)
    _demand_pieces({PurePosixPath(*name.parts[1:]).as_posix() for name in names}, where)
    return kept


def _problem(entry: zipfile.ZipInfo) -> str | None:
    """Tell why an entry must not be unpacked, if it must not."""
    name = entry.filename
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind and kind not in {stat.S_IFREG, stat.S_IFDIR}:
        return _("a link or device inside")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or "\\" in entry.orig_filename:
        return _("an absolute or foreign path inside")
    if ".." in name.split("/"):
        return _("a path that leads out of the archive")
    if any(ord(ch) < 32 for ch in entry.orig_filename) or not name.strip("/. "):
        return _("an unusual file name inside")
    if max(len(part.encode()) for part in name.split("/")) > _LONGEST[0] or len(name.encode()) > _LONGEST[1]:
        return _("a file name inside that is too long")
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return _("a file inside that is compressed in a way packages are not")
    return None


def _demand_pieces(names: set[str], where: Path) -> None:
    """Refuse a package without the files that translating needs."""
    if missing := [some[0] for some in (("metadata.json",), *NEEDED) if names.isdisjoint(some)]:
        lacking = reduce(lambda one, other: _("{one}, no {other}", one=one, other=other), missing)
        raise ModelError(_("not a whole Argos package: no {files}", files=lacking), where=str(where), hint=_NOT_OURS)


def _write_all(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], into: Path, where: Path) -> None:
    left = sum(entry.file_size for entry in entries)
    demand_room(into, left, where)
    for entry in entries:
        place = into / entry.filename
        place.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry) as source, place.open("xb") as target:
            for block in _blocks(source):
                left -= len(block)
                if left < 0:
                    raise _harmful(where, _("an archive that unpacks to more than it says"))
                target.write(block)
            target.flush()
            os.fsync(target.fileno())


def _blocks(source: Any) -> Iterator[bytes]:
    while block := source.read(_BLOCK):
        yield block


def _no_zip(path: Path) -> ModelError:
    with path.open("rb") as stream:
        begins = stream.read(4)
    if begins[:2] == b"PK":
        return ModelError(_("a damaged or truncated zip archive"), where=str(path), hint=_AGAIN)
    what = _("an empty file") if not begins else _("not a zip archive")
    return ModelError(
        what, where=str(path), hint=_("give an .argosmodel file, as Argos Translate and kzpress write them")
    )


def _harmful(where: Path, message: str) -> ModelError:
    return ModelError(message, where=str(where), hint=_NOT_OURS)


def demand_room(folder: Path, size: int, what: Path | str) -> None:
    """Refuse to begin with ``what`` if the disk of ``folder`` has no room for it.

    Raises:
        ModelError: there are fewer than ``size`` bytes.
    """
    if (free := shutil.disk_usage(folder).free) < size:
        raise ModelError(
            _("the disk is full: {size:,} bytes are needed and {free:,} are free", size=size, free=free),
            where=str(what),
            hint=_("make room, or give a folder on another disk with --to"),
        )


def unwritable(path: Path, error: OSError) -> ModelError:
    """Return the error for a place that cannot be written."""
    return ModelError(
        _("cannot be written: {reason}", reason=reason(error)),
        where=str(path),
        hint=_("check the disk and permissions"),
    )
