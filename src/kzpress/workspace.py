"""The workspace on disk: where it is and its releases. Nothing else knows these paths but the lock's.

::

    kzpress.toml                             settings
    glossary/*.toml                          the controlled glossary
    inbox/                                   where incoming releases land
    quarantine/                              what `kzpress run` refused of them, each beside its reason
    releases/<slug>/                         the source as received and release.json
    locales/<lang>/LC_MESSAGES/<slug>.po     what reviewers edit
    editions/<tag>/<slug>.*                  what is published
    templates/                               what takes the place of kzpress's own templates
    tm/*.tmx                                 translation memories of others
    .kzpress/                                lock, indexes of glossary and memory; deleting it loses nothing
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from kzpress import files, locking
from kzpress.domain import Lang, Release
from kzpress.errors import NoWorkspaceError, WorkspaceError
from kzpress.layout import format_of, parsed
from kzpress.settings import SETTINGS, TEMPLATE, Settings, read_settings
from kzpress.speech import _

RECORD: Final = "release.json"
LEDGER: Final = "published.json"
_PACKAGE: Final = Path(__file__).parent
# In a wheel the starter glossary lies in the package, in a checkout at the repository's root.
STARTER_GLOSSARY: Final = next(
    (place for place in (_PACKAGE / "data" / "glossary", _PACKAGE.parent.parent / "glossary") if place.is_dir()),
    _PACKAGE / "data" / "glossary",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What ``release.json`` remembers of a release; ``source`` is the name of the copy beside it."""

    slug: str
    title: str
    date: dt.date | None
    city: str | None
    agency: str | None
    language: Lang
    digest: str
    origin: str
    source: str


@dataclass(frozen=True, slots=True)
class Workspace:
    """An opened workspace."""

    root: Path
    settings: Settings

    @property
    def glossary(self) -> Path:
        """The controlled glossary's folder."""
        return self.root / "glossary"

    @property
    def index(self) -> Path:
        """The folder in which the glossary's index is kept."""
        return self.root / ".kzpress" / "glossary"

    @property
    def inbox(self) -> Path:
        """The folder where incoming releases land."""
        return self.root / "inbox"

    @property
    def quarantine(self) -> Path:
        """The folder of refused input and the reasons."""
        return self.root / "quarantine"

    @property
    def suspects(self) -> Path:
        """The file that names the input at which a run died."""
        return self.root / ".kzpress" / "suspects.json"

    def feed_state(self, name: str) -> Path:
        """Return the file in which it is kept what is known of a feed."""
        return self.root / ".kzpress" / "feeds" / f"{name}.json"

    @property
    def memories(self) -> Path:
        """The folder of translation memories of others."""
        return self.root / "tm"

    @property
    def memory_index(self) -> Path:
        """The file in which the memory's index is kept."""
        return self.root / ".kzpress" / "memory.sqlite"

    @property
    def records_index(self) -> Path:
        """The file in which it is kept which release is which."""
        return self.root / ".kzpress" / "records.sqlite"

    @property
    def known_index(self) -> Path:
        """The file in which it is kept what was drafted to the end and from what."""
        return self.root / ".kzpress" / "known.sqlite"

    @property
    def spool(self) -> Path:
        """The folder of what other machines drafted and is yet to be written."""
        return self.root / ".kzpress" / "spool"

    @property
    def releases(self) -> Path:
        """The folder of releases as received and what is remembered of them."""
        return self.root / "releases"

    @property
    def review_index(self) -> Path:
        """The file in which it is kept what was seen of each catalogue."""
        return self.root / ".kzpress" / "review.sqlite"

    @property
    def models(self) -> Path | None:
        """The folder of models the settings name, if any."""
        return self.root / self.settings.models if self.settings.models else None

    def catalog(self, lang: Lang, slug: str) -> Path:
        """Return where the catalogue of ``slug`` in ``lang`` lies."""
        return self.root / "locales" / lang / "LC_MESSAGES" / f"{slug}.po"

    def catalogs(self) -> Iterator[tuple[str, Lang, Path]]:
        """Yield (slug, lang, path) of every catalogue, by slug and language."""
        folders = {lang: self.catalog(lang, "x").parent for lang in Lang}
        found = [
            (name.removesuffix(".po"), lang)
            for lang, folder in folders.items()
            for name in _listed(folder)
            if name.endswith(".po")
        ]
        found.sort()
        yield from ((slug, lang, folders[lang] / f"{slug}.po") for slug, lang in found)

    @property
    def templates(self) -> Path:
        """The folder of templates that take the place of kzpress's own."""
        return self.root / "templates"

    def edition(self, tag: str, name: str) -> Path:
        """Return where the file ``name`` of a published locale lies; ``tag`` is its BCP 47 tag."""
        return self.root / "editions" / tag / name

    def ledger(self, slug: str) -> Path:
        """Return where it is remembered what is published of ``slug``."""
        return self.releases / slug / LEDGER

    def ledgers(self) -> Iterator[tuple[str, Path]]:
        """Yield (slug, path) of every release of which anything was ever published, by slug."""
        yield from ((path.parent.name, path) for path in sorted((self.root / "releases").glob(f"*/{LEDGER}")))

    def relative(self, path: Path) -> str:
        """Return ``path`` as it is shown to people: from the workspace's root where it lies in it."""
        root, name = f"{self.root.as_posix()}/", path.as_posix()
        return name.removeprefix(root) if name.startswith(root) else str(path)

    def record_of(self, slug: str) -> Path:
        """Return where it is remembered what a release is."""
        return self.releases / slug / RECORD

    def record(self, slug: str) -> Record | None:
        """Return what is remembered of a release, None if nothing is.

        Raises:
            WorkspaceError: its ``release.json`` cannot be read.
        """
        path = self.record_of(slug)
        return _read_record(path) if path.exists() else None

    def source(self, record: Record) -> Path:
        """Return where the source of a release is kept as it was received."""
        return self.root / "releases" / record.slug / Path(record.source).name

    def records(self) -> Iterator[Record]:
        """Yield what is remembered of every release, by slug, passing over what :meth:`record` cannot read."""
        for path in sorted(self.releases.glob(f"*/{RECORD}")):
            try:
                yield _read_record(path)
            except WorkspaceError:
                continue

    def remember(self, release: Release, slug: str, language: Lang, data: bytes) -> None:
        """Keep the source as received and its record; writing the same again changes nothing."""
        source = f"source.{release.format}"
        record = Record(
            slug=slug,
            title=release.title,
            date=release.date,
            city=release.city,
            agency=release.agency,
            language=language,
            digest=release.digest,
            origin=release.origin,
            source=source,
        )
        folder = self.root / "releases" / slug
        facts = asdict(record) | {"date": release.date.isoformat() if release.date else None}
        text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
        files.write(folder / source, data, error=WorkspaceError)
        files.write(folder / RECORD, text.encode(), error=WorkspaceError)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the workspace for writing.

        Raises:
            LockedError: another process holds it.
            WorkspaceError: another kzpress has upgraded it since it was opened.
        """
        settings = self.root / SETTINGS
        with locking.held(self.root):
            format_of(settings, parsed(settings))
            yield


def find(start: Path) -> Workspace:
    """Open the workspace that ``start`` lies in.

    Raises:
        NoWorkspaceError: there is none at ``start`` or above.
        WorkspaceError: there is no ``start``, or the settings are wrong.
    """
    root = root_of(start)
    return Workspace(root, read_settings(root / SETTINGS))


def root_of(start: Path) -> Path:
    """Return the folder of the workspace that ``start`` lies in, whatever its settings say.

    Raises:
        NoWorkspaceError: there is none at ``start`` or above.
        WorkspaceError: there is no ``start``.
    """
    start = start.resolve()
    if not start.exists():
        raise WorkspaceError(_("no such folder"), where=str(start), hint=_("check the path"))
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise NoWorkspaceError(
        _("no {settings} here or in a folder above", settings=SETTINGS),
        where=str(start),
        hint=_("start a workspace with: kzpress init"),
    )


def create(folder: Path) -> tuple[Path, ...]:
    """Make ``folder`` a workspace with the starter glossary; return what was written, leaving what was there.

    Raises:
        WorkspaceError: it cannot be written to, or is a workspace of a newer format.
    """
    written = []
    if (folder / SETTINGS).is_file():
        format_of(folder / SETTINGS, parsed(folder / SETTINGS))
    try:
        for sub in ("inbox", "releases", *(f"locales/{lang}/LC_MESSAGES" for lang in Lang)):
            (folder / sub).mkdir(parents=True, exist_ok=True)
        if not (folder / "glossary").exists():
            _copy_whole(STARTER_GLOSSARY, folder / "glossary")
            written.append(folder / "glossary")
    except OSError as error:
        raise locking.unwritable(folder, error) from error
    if not (folder / SETTINGS).exists():
        files.write(folder / SETTINGS, TEMPLATE.encode(), error=WorkspaceError)
        written.append(folder / SETTINGS)
    return tuple(written)


def _listed(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - of 200,000 paths each would be looked at
    except OSError:
        return []


def _copy_whole(source: Path, target: Path) -> None:
    """Copy a folder so that ``target`` is there complete or not at all."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        shutil.copytree(source, beside)
        beside.replace(target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _read_record(path: Path) -> Record:
    try:
        data = json.loads(path.read_text("utf-8"))
        date = dt.date.fromisoformat(data["date"]) if data["date"] else None
        if not all(isinstance(data[key], str) for key in ("title", "digest", "origin", "source")):
            raise TypeError("title, digest, origin and source are texts")  # noqa: TRY301 - told like the others
        return Record(**data | {"slug": path.parent.name, "date": date, "language": Lang(data["language"])})
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise WorkspaceError(
            _("this record cannot be read ({error})", error=error),
            where=str(path),
            hint=_("restore it, or remove this file and translate the release again"),
        ) from error
