"""Every reader of input from outside, with sound files it reads and the class of error it refuses others with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kzpress import catalog, exchange, feeds, glossary, ingest, review_index, workspace
from kzpress.edition import ledger
from kzpress.engine import archive, install, packages, seal
from kzpress.errors import (
    CatalogError,
    ExchangeError,
    FeedError,
    GlossaryError,
    KzpressError,
    ModelError,
    ReleaseError,
    WorkspaceError,
)
from kzpress.glossary import exchange as termbases
from kzpress.memory import read_tmx
from kzpress.settings import read_settings
from tests.engine import archives
from tests.exchange.samples import sheet

CORPUS: Final = Path(__file__).parent / "corpus"
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCX: Final[Mapping[str, bytes]] = {
    "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": f'<Relationships><Relationship Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    "</Relationships>".encode(),
    "word/_rels/document.xml.rels": f'<Relationships><Relationship Type="{_OFFICE}/footnotes" Target="notes.xml"/>'
    f'<Relationship Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'.encode(),
    "word/styles.xml": f'<w:styles {_W}><w:style w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>'.encode(),
    "word/notes.xml": f"<w:footnotes {_W}><w:footnote><w:p><w:r><w:t>The atlas.</w:t></w:r></w:p></w:footnote>"
    "</w:footnotes>".encode(),
    "word/document.xml": (
        f'<w:document {_W}><w:body><w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>Water council</w:t></w:r></w:p>'
        '<w:p><w:ins><w:r><w:t>The ministers</w:t><w:br/><w:sym w:char="F0B7"/></w:r></w:ins>'
        "<w:del><w:r><w:delText>presidents</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Country</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
    ).encode(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A reader: ``read`` takes a file's bytes and an empty folder that it may use; ``seeds`` are files it reads."""

    name: str
    error: type[KzpressError]
    read: Callable[[bytes, Path], object]
    seeds: tuple[bytes, ...]
    zips: tuple[Mapping[str, bytes], ...] = ()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of ``parts``."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in parts.items():
            written.writestr(name, data)
    return made.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        return {name: found.read(name) for name in found.namelist()}


def _seed(name: str) -> bytes:
    return (CORPUS / name).read_bytes()


def _at(name: str, read: Callable[[Path], object]) -> Callable[[bytes, Path], object]:
    """Return a reader of bytes that puts them into a file for one that reads files."""

    def take(data: bytes, folder: Path) -> object:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return read(path)

    return take


def _release(suffix: str) -> Callable[[bytes, Path], object]:
    return lambda data, _: ingest.read_bytes(data, f"release{suffix}")


def _import(suffix: str) -> Callable[[bytes, Path], object]:
    def take(data: bytes, folder: Path) -> object:
        terms = folder / "glossary"
        terms.mkdir(exist_ok=True)
        (terms / "names.toml").write_bytes(_seed("glossary.toml"))
        return _at(f"terms{suffix}", lambda path: termbases.import_file(terms, path, dry_run=True))(data, folder)

    return take


def _glossary(data: bytes, folder: Path) -> object:
    return _at("glossary/names.toml", lambda path: glossary.load(path.parent))(data, folder)


def _unpack(data: bytes, folder: Path) -> object:
    into = folder / "stage" / "into"
    into.mkdir(parents=True, exist_ok=True)
    return _at("package.argosmodel", lambda path: archive.unpack(path, into))(data, folder)


def _install(data: bytes, folder: Path) -> object:
    return _at("package.argosmodel", lambda path: install.install(path, folder / "models"))(data, folder)


def _record(data: bytes, folder: Path) -> object:
    (folder / "glossary").mkdir(exist_ok=True)
    (folder / "glossary" / "names.toml").write_bytes(_seed("glossary.toml"))
    workspace.create(folder)
    place = workspace.find(folder)
    path = place.record_of("2023-03-14-water")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    record = place.record("2023-03-14-water")
    assert record is not None
    assert place.source(record).parent == path.parent
    return record


def _index(data: bytes, folder: Path) -> object:
    def read(path: Path) -> object:
        with review_index.opened(path, "glossary") as found:
            return found.seen("locales/ru/LC_MESSAGES/a.po", "stamp")

    return _at("cache/review.sqlite", read)(data, folder)


def _remembered(_: bytes, folder: Path) -> bytes:
    place = folder / "review.sqlite"
    with review_index.opened(place, "glossary") as found:
        found.keep("locales/ru/LC_MESSAGES/a.po", "stamp", {"findings": []})
    return place.read_bytes()


def _package(data: bytes, folder: Path) -> object:
    def read(path: Path) -> object:
        package = packages.read(path, packages.Origin.MODELS)
        return package and packages.age(package.version)

    return _at("one/metadata.json", read)(data, folder)


def _lock(data: bytes, folder: Path) -> object:
    return _at("models/models.lock", lambda path: seal.pins(path.parent))(data, folder)


XLSX: Final = exchange.write(sheet(), exchange.Format.XLSX)
_TABLE: Final = exchange.write(sheet(), exchange.Format.DOCX)
_ARGOS: Final = archives.members()


def _sheet(data: bytes, _: Path) -> Any:
    return exchange.read(data, "table")


READERS: Final = (
    Reader(name="txt", error=ReleaseError, read=_release(".txt"), seeds=(_seed("release.txt"),)),
    Reader(name="md", error=ReleaseError, read=_release(".md"), seeds=(_seed("release.md"),)),
    Reader(name="html", error=ReleaseError, read=_release(".html"), seeds=(_seed("release.html"),)),
    Reader(name="eml", error=ReleaseError, read=_release(".eml"), seeds=(_seed("release.eml"),)),
    Reader(name="docx", error=ReleaseError, read=_release(".docx"), seeds=(zipped(DOCX),), zips=(DOCX,)),
    Reader(
        name="po",
        error=CatalogError,
        read=_at("locales/ru/LC_MESSAGES/a.po", catalog.read),
        seeds=(_seed("catalogue.po"),),
    ),
    Reader(name="glossary", error=GlossaryError, read=_glossary, seeds=(_seed("glossary.toml"),)),
    Reader(name="csv", error=GlossaryError, read=_import(".csv"), seeds=(_seed("terms.csv"),)),
    Reader(name="tbx", error=GlossaryError, read=_import(".tbx"), seeds=(_seed("terms.tbx"),)),
    Reader(name="xliff", error=ExchangeError, read=_sheet, seeds=(_seed("table.xliff"),)),
    Reader(name="table-docx", error=ExchangeError, read=_sheet, seeds=(_TABLE,), zips=(unzipped(_TABLE),)),
    Reader(name="xlsx", error=ExchangeError, read=_sheet, seeds=(XLSX,), zips=(unzipped(XLSX),)),
    Reader(
        name="tmx",
        error=ExchangeError,
        read=lambda data, _: read_tmx(data, where="memory.tmx", origin="tm/memory.tmx"),
        seeds=(_seed("memory.tmx"),),
    ),
    Reader(
        name="feed",
        error=FeedError,
        read=lambda data, _: feeds.items(data, "f"),
        seeds=(_seed("feed.rss"), _seed("feed.atom")),
    ),
    Reader(name="archive", error=ModelError, read=_unpack, seeds=(zipped(_ARGOS),), zips=(_ARGOS,)),
    Reader(name="install", error=ModelError, read=_install, seeds=(zipped(_ARGOS),), zips=(_ARGOS,)),
    Reader(name="metadata", error=ModelError, read=_package, seeds=(_seed("metadata.json"),)),
    Reader(name="lock", error=ModelError, read=_lock, seeds=(_seed("models.lock"),)),
    Reader(
        name="settings", error=WorkspaceError, read=_at("kzpress.toml", read_settings), seeds=(_seed("settings.toml"),)
    ),
    Reader(name="record", error=WorkspaceError, read=_record, seeds=(_seed("record.json"),)),
    Reader(
        name="ledger", error=WorkspaceError, read=_at("published.json", ledger.read), seeds=(_seed("published.json"),)
    ),
)
