"""What may keep kzpress from working here: each thing looked at, what was seen, and the remedy."""

from __future__ import annotations

import datetime as dt
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import Final

from kzpress import __version__, locking, speech
from kzpress.errors import KzpressError, LockedError, NoWorkspaceError
from kzpress.layout import FORMAT
from kzpress.speech import Message, _, joined, n_, reason
from kzpress.workspace import Workspace, find

# Distributions whose version matters when something is asked about; the first gives the module ``argostranslate``.
_PARTS: Final = (
    "argos-translate-lt",
    "ctranslate2",
    "sentencepiece",
    "babel",
    "polib",
    "langdetect",
    "pymorphy3",
    "lxml",
)
_LITTLE: Final = 1_000_000_000  # bytes; a catalogue is 50 kB, an index of the glossary's forms 60 MB
_NOTHING: Final = 100_000_000
_LEFT_BEHIND: Final = dt.timedelta(hours=1)


class Health(StrEnum):
    """How something is."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of one thing, named by ``subject``; ``remedy`` is what to do about it, where something is to do."""

    subject: str
    health: Health
    what: Message
    remedy: Message | None = None


def examine(start: Path, models: Path | None = None) -> Iterator[Seen]:
    """Look at everything the commands need, in the order in which it fails; change nothing that lasts.

    The workspace is the one that ``start`` lies in; ``models`` are searched before those its settings name.
    """
    yield _program()
    yield from _missing_parts()
    yield _speech()
    try:
        place = find(start)
    except NoWorkspaceError as error:
        yield Seen(subject="workspace", health=Health.WARNING, what=_("none here or above: {where}", where=error.where))
        place = None
    except KzpressError as error:
        yield _failed("workspace", error)
        place = None
    if place:
        for look in (_workspace, _records, _folders, _left_behind, _lock, _disk, _glossary):
            yield from _looked(look, place)
    yield from _models(models or (place.models if place else None))


def _looked(look: Callable[[Workspace], Iterator[Seen]], place: Workspace) -> Iterator[Seen]:
    try:
        yield from look(place)
    except OSError as error:
        what = _("cannot be looked at: {reason}", reason=reason(error))
        yield Seen(subject=look.__name__.strip("_"), health=Health.ERROR, what=what, remedy=_("check its permissions"))


def _failed(subject: str, error: KzpressError) -> Seen:
    what = joined(": ", [part for part in (error.where, error.message) if part])
    return Seen(
        subject=subject, health=Health.ERROR, what=what, remedy=_("{hint}", hint=error.hint) if error.hint else None
    )


# ------------------------------------------------------------------ the program


def _program() -> Seen:
    what = _(
        "kzpress {version}, Python {python}, {system}, {cores} cores",
        version=__version__,
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        cores=os.cpu_count() or 1,
    )
    return Seen(subject="program", health=Health.OK, what=what)


def _missing_parts() -> Iterator[Seen]:
    found, missing = [], []
    for name in _PARTS:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    yield Seen(subject="libraries", health=Health.OK, what=joined(", ", found))
    if missing:
        what = _("not installed: {names}", names=", ".join(missing))
        yield Seen(subject="libraries", health=Health.ERROR, what=what, remedy=_("install kzpress again, with pip"))


def _speech() -> Seen:
    encoding = (sys.stdout.encoding or "ascii").lower()
    what = _("speaks {language}, writes {encoding}", language=speech.language(), encoding=encoding)
    if speech.is_mute():
        what = _("the messages of {language} are not installed", language=speech.language())
        return Seen(subject="locale", health=Health.WARNING, what=what, remedy=_("install kzpress again, with pip"))
    if encoding.replace("-", "") != "utf8" or sys.getfilesystemencoding().replace("-", "") != "utf8":
        remedy = _("set PYTHONUTF8=1, or a locale such as C.UTF-8: Kazakh letters are in no other encoding")
        return Seen(subject="locale", health=Health.WARNING, what=what, remedy=remedy)
    return Seen(subject="locale", health=Health.OK, what=what)


# ------------------------------------------------------------------ the workspace


def _workspace(place: Workspace) -> Iterator[Seen]:
    catalogues = sum(1 for _found in place.catalogs())
    number = place.settings.version
    what = _(
        "{root}, of format {number}: {catalogues}",
        root=place.root,
        number=number,
        catalogues=n_("{count} catalogue", "{count} catalogues", catalogues),
    )
    if number < FORMAT:
        remedy = _("it works as it is; bring it to format {newest} with: kzpress upgrade", newest=FORMAT)
        yield Seen(subject="workspace", health=Health.WARNING, what=what, remedy=remedy)
    else:
        yield Seen(subject="workspace", health=Health.OK, what=what)


def _records(place: Workspace) -> Iterator[Seen]:
    """Look at what is remembered of each release that has a catalogue."""
    for slug in sorted({slug for slug, _lang, _path in place.catalogs()}):
        try:
            record = place.record(slug)
        except KzpressError as error:
            yield _failed("release", error)
            continue
        if record is None or not place.source(record).is_file():
            what = _("{slug}: its source as received is not kept", slug=slug)
            remedy = _("restore the folder releases/{slug} from git, or translate the release again", slug=slug)
            yield Seen(subject="release", health=Health.WARNING, what=what, remedy=remedy)


def _folders(place: Workspace) -> Iterator[Seen]:
    """Look whether every folder there is can be written to, by writing to it."""
    wanted = ("", "releases", "locales", "editions", "inbox", "quarantine", ".kzpress")
    folders = [place.root / name for name in wanted] + [path.parent for path in _catalogue_folders(place)]
    for folder in folders:
        if not folder.is_dir():
            continue
        try:
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(b"x")
        except OSError as error:
            what = _("{folder} cannot be written to: {reason}", folder=folder, reason=reason(error))
            remedy = _("check the owner and permissions of the folder, and the disk")
            yield Seen(subject="folders", health=Health.ERROR, what=what, remedy=remedy)
            return
    yield Seen(subject="folders", health=Health.OK, what=_("all can be written to"))


def _catalogue_folders(place: Workspace) -> list[Path]:
    return [place.catalog(lang, "x") for lang in place.settings.targets]


def _left_behind(place: Workspace) -> Iterator[Seen]:
    """Look for files of writers that were killed; a catalogue's may hold what a reviewer saved at that moment."""
    before = time.time() - _LEFT_BEHIND.total_seconds()
    folders = ("locales/*/LC_MESSAGES", "releases/*", "editions/*", ".kzpress", ".kzpress/*")
    found = [
        path for folder in folders for path in place.root.glob(f"{folder}/.*.tmp") if path.lstat().st_mtime < before
    ]
    if found:
        what = n_("{count} unfinished file of an earlier run", "{count} unfinished files of earlier runs", len(found))
        remedy = _(
            "if one has a catalogue's name, compare the two; then remove them: {names}",
            names=", ".join(place.relative(path) for path in found[:3]),
        )
        yield Seen(subject="unfinished", health=Health.WARNING, what=what, remedy=remedy)


def _lock(place: Workspace) -> Iterator[Seen]:
    try:
        with place.lock():
            what = _("nobody else is working here")
            if kind := locking.shared_by(place.root):
                what = _("nobody else is working here; on {kind}, a claim in .kzpress keeps machines apart", kind=kind)
            yield Seen(subject="lock", health=Health.OK, what=what)
    except LockedError as error:
        remedy = _(
            "wait until it is done; a process that died here is forgotten at once, another machine after a minute"
        )
        yield Seen(subject="lock", health=Health.WARNING, what=error.said, remedy=remedy)
    except KzpressError as error:
        yield _failed("lock", error)


def _disk(place: Workspace) -> Iterator[Seen]:
    free = shutil.disk_usage(place.root).free
    health = Health.ERROR if free < _NOTHING else Health.WARNING if free < _LITTLE else Health.OK
    what = _("{free:.1f} GB free", free=free / 1e9)
    yield Seen(subject="disk", health=health, what=what, remedy=_("make room") if health is not Health.OK else None)


def _glossary(place: Workspace) -> Iterator[Seen]:
    from kzpress import glossary

    try:
        terms = glossary.load(place.glossary)
    except KzpressError as error:
        yield _failed("glossary", error)
        return
    what = n_("{count} entry, digest {digest}", "{count} entries, digest {digest}", len(terms), digest=terms.digest[:8])
    yield Seen(subject="glossary", health=Health.OK, what=what)


# ------------------------------------------------------------------ models


def _models(folder: Path | None) -> Iterator[Seen]:
    from kzpress.engine import directions
    from kzpress.engine.verify import verify

    remedy = _("kzpress models verify names the files; install the package again, or kzpress")
    try:
        damaged = [verdict for verdict in verify(folder) if not verdict.seal.is_sound]
        served = [*directions(folder)]
    except KzpressError as error:
        yield _failed("models", error)
        return
    for verdict in damaged:
        what = _("{folder}: changed, missing or unreadable", folder=verdict.folder)
        yield Seen(subject="models", health=Health.ERROR, what=what, remedy=remedy)
    for direction in served:
        if direction.error:
            yield _failed("models", direction.error)
    if not damaged and all(direction.error is None for direction in served):
        packages = sorted({f"{one.source}→{one.target} {one.version}" for way in served for one in way.packages})
        yield Seen(subject="models", health=Health.OK, what=_("all intact: {packages}", packages=", ".join(packages)))
