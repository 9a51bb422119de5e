"""Installing packages: an archive becomes a folder among others, whole or not at all, and its sums are pinned.

A package is unpacked outside the folder it goes to, since Argos Translate takes everything in there for a package, and
renamed into place under a lock. What it replaces is moved away only then, and put back should that or pinning fail.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kzpress.domain import Lang
from kzpress.engine import archive, seal
from kzpress.engine.packages import Origin, Package, age, argos_folder, discover, read, read_all
from kzpress.engine.route import find_route
from kzpress.engine.seal import Pin, Seal
from kzpress.errors import LockedError, ModelError
from kzpress.speech import _, every

WAIT: Final = 60  # seconds for another install, which holds the lock only while it renames
VERSION: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}){0,9}[0-9A-Za-z.+-]{0,20}")  # what a package may have


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What stands in the folder now; ``replaced`` are the folders of older packages that are gone."""

    package: Package
    sha256: str
    changed: bool
    replaced: tuple[str, ...] = ()


def install(
    path: Path,
    to: Path | None = None,
    *,
    pair: tuple[Lang, Lang] | None = None,
    sha256: str | None = None,
    replace: bool = False,
    source: str | None = None,
) -> Installed:
    """Install the archive at ``path`` into ``to``, Argos Translate's own folder by default, and pin its sums there.

    ``pair`` is what it must translate, ``source`` where the archive is from, for the pin. What is there already with
    the same contents is left alone.

    Raises:
        ModelError: the archive is not what ``sha256`` says, is no safe and whole package between our languages, cannot
            be loaded, or without ``replace`` has other contents than are there or pinned under its version, or is an
            older one.
        LockedError: another kzpress is installing there and does not end.
    """
    found = archive.sum_of(path)
    if sha256 and found != sha256.lower():
        raise ModelError(
            _("its SHA-256 sum is {found}, not the one demanded", found=found),
            where=str(path),
            hint=_("do not use it: get it again"),
        )
    folder = to or argos_folder()
    with staging(folder) as stage:
        unpacked = archive.unpack(path, stage / "new")
        package = _checked(unpacked, path)
        if pair and pair != (package.source, package.target):
            raise ModelError(
                _(
                    "translates {pair}, not {demanded}",
                    pair=f"{package.source}→{package.target}",
                    demanded="→".join(pair),
                ),
                where=source or str(path),
                hint=_("the index is wrong about this file: take another"),
            )
        _demand_loadable(package, path)
        pin = Pin(
            name=package.name,
            version=package.version,
            source=source or path.name,
            sha256=found,
            files=seal.digests(unpacked),
        )
        with _only_one(folder):
            return _put(unpacked, package, pin, folder, stage, replace=replace)


def install_pair(
    source: Lang,
    target: Lang,
    to: Path | None = None,
    *,
    sha256: str | None = None,
    replace: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Installed:
    """Fetch the newest package of the public index for a direction and install it; see :func:`install`.

    Nothing is fetched if that version is there, intact and pinned.

    Raises:
        ModelError: as ``install`` and the index, and if the index has no such package: the hint says what serves it.
    """
    from kzpress.engine import index

    offered = index.offer(source, target)
    if offered is None:
        raise ModelError(
            _("the public Argos index has no package {pair}", pair=f"{source}→{target}"), hint=_served(source, target)
        )
    folder = to or argos_folder()
    for package in installed(folder, source, target)[:1]:
        pin = seal.pins(folder).get(package.folder.name)
        known = pin and package.version == offered.version and (sha256 or pin.sha256).lower() == pin.sha256
        if pin and known and package.seal() is Seal.INTACT:
            return Installed(package=package, sha256=pin.sha256, changed=False)
    with staging(folder) as stage:
        path = stage / f"translate-{source}_{target}{archive.SUFFIX}"
        link = index.download(offered, path, progress)
        try:
            return install(path, to, pair=(source, target), sha256=sha256, replace=replace, source=link)
        except ModelError as error:
            if error.where != str(path):
                raise
            hint = _("this is not the package that the index promises: try again, or install it from a file")
            raise ModelError(error.message, where=link, hint=hint) from error


def _served(source: Lang, target: Lang) -> str:
    try:
        steps = find_route(discover(), source, target)
    except ModelError as error:
        return error.hint or error.message
    return _("{packages} translates it already: kzpress models list", packages=every(step.label for step in steps))


def installed(folder: Path, source: Lang, target: Lang) -> list[Package]:
    """Return the packages of one direction in ``folder``, newest first."""
    pair = (source, target)
    found = (package for package in read_all(folder, Origin.ARGOS) if (package.source, package.target) == pair)
    return sorted(found, key=lambda package: age(package.version), reverse=True)


def _checked(unpacked: Path, where: Path) -> Package:
    """Return what was unpacked as a package, if it is one that kzpress can use as it is."""
    facts = unpacked / "metadata.json"
    try:
        package = read(facts, Origin.ARGOS)
        data = json.loads(facts.read_text("utf-8"))
    except ModelError as error:
        raise ModelError(
            _("its metadata.json cannot be read"), where=str(where), hint=_("get the package again")
        ) from error
    if package is None or package.source is package.target:
        pair = f"{data.get('from_code')}→{data.get('to_code')}"
        raise ModelError(
            _("translates {pair}: kzpress knows kk, ru and en only", pair=pair),
            where=str(where),
            hint=_("argospm installs packages of other languages for Argos Translate"),
        )
    if data.get("type", "translate") != "translate" or "weights" in data or not VERSION.fullmatch(package.version):
        raise ModelError(
            _(
                "its metadata.json has no sound package_version, another type than translate, "
                "or names weights elsewhere"
            ),
            where=str(where),
            hint=_("kzpress models export and Argos Translate write packages that stand alone"),
        )
    return package


def _demand_loadable(package: Package, where: Path) -> None:
    """Refuse a package that could not translate, before it stands for one that can."""
    from kzpress.engine import argos

    try:
        argos.load(package)
    except ModelError as error:
        raise ModelError(
            error.message,
            where=str(where),
            hint=_("get the package again; perhaps it is made for a newer CTranslate2 than this one"),
        ) from error


def _put(unpacked: Path, package: Package, pin: Pin, folder: Path, stage: Path, *, replace: bool) -> Installed:
    """Rename the package into place and pin it, unless the same stands there."""
    if (folder / seal.SUMS).exists():
        raise ModelError(
            _("the packages here are sealed together by {file}", file=seal.SUMS),
            where=str(folder),
            hint=_("install into a folder of its own, and name it with --models"),
        )
    pins = seal.pins(folder)
    others = installed(folder, package.source, package.target)
    if not replace:
        _demand_pinned(pin, pins, folder)
    same = next((other for other in others if other.version == package.version), None)
    if same and _contents(same) == pin.files:
        known = pins.get(same.folder.name)
        stand = {name: other for name, other in pins.items() if not _is_obsolete(other, pin, folder / name)}
        wanted = {**stand, same.folder.name: known if known and known.files == pin.files else pin}
        if wanted != pins:
            seal.write_pins(folder, wanted)
        return Installed(package=same, sha256=pin.sha256, changed=False)
    # A folder that the lock pins is ours, whatever has become of its metadata.
    versions = {name: known.version for name, known in pins.items() if known.name == pin.name}
    versions |= {other.folder.name: other.version for other in others}
    if not replace:
        _demand_progress(pin, versions, pins, folder)
    place = folder / archive.folder_name(package.name, package.version)
    if place.exists() and place.name not in {*versions, *pins}:
        raise ModelError(_("the folder is taken by something else"), where=str(place), hint=_("move it away"))
    old = tuple(name for name in versions if os.path.lexists(folder / name))
    kept = {name: known for name, known in pins.items() if name not in versions}
    with _exchanged(unpacked, place, [folder / name for name in dict.fromkeys((place.name, *old))], stage):
        seal.write_pins(folder, {**kept, place.name: pin})
    stands = read(place / "metadata.json", Origin.ARGOS) or package
    return Installed(package=stands, sha256=pin.sha256, changed=True, replaced=old)


def _is_obsolete(known: Pin, pin: Pin, folder: Path) -> bool:
    """Tell whether what is ``known`` of ``folder`` is of no use once ``pin`` holds for its package."""
    return _contradicts(pin, known) or (known.name == pin.name and not os.path.lexists(folder))


def _contradicts(pin: Pin, known: Pin) -> bool:
    return (known.name, known.version) == (pin.name, pin.version) and known.files != pin.files


def _demand_pinned(pin: Pin, pins: Mapping[str, Pin], folder: Path) -> None:
    """Refuse a package that differs from what is pinned under its name and version, there or not."""
    if any(_contradicts(pin, known) for known in pins.values()):
        raise ModelError(
            _("{package} is pinned with other contents", package=f"{pin.name} {pin.version}"),
            where=str(folder / seal.LOCK),
            hint=_("do not use it, unless you know why it differs: --replace pins this one in its place"),
        )


def _demand_progress(pin: Pin, versions: Mapping[str, str], pins: Mapping[str, Pin], folder: Path) -> None:
    """Refuse a package that would stand for another of its version, or for a newer one, unless it repairs its own."""
    for name, version in versions.items():
        repairs = name in pins and pins[name].version == pin.version and pins[name].files == pin.files
        if repairs or age(version) < age(pin.version):
            continue
        there, same = os.path.lexists(folder / name), version == pin.version
        facts = {"name": pin.name, "version": version, "this": pin.version, "file": seal.LOCK}
        if same and there:
            message = _("{name} {version} is there with other contents", **facts)
        elif same:
            message = _("{name} {version} is pinned in {file} with other contents", **facts)
        elif there:
            message = _("a newer {name} is there: {version}, and this is {this}", **facts)
        else:
            message = _("a newer {name} is pinned in {file}: {version}, and this is {this}", **facts)
        raise ModelError(message, where=str(folder / name), hint=_("--replace puts this one in its place"))


def _contents(package: Package) -> dict[str, str] | None:
    """Return the sums of an installed package's files; None if it is a link or cannot be read."""
    try:
        return None if package.folder.is_symlink() else seal.digests(package.folder)
    except OSError:
        return None


@contextmanager
def _exchanged(new: Path, place: Path, old: Iterable[Path], stage: Path) -> Iterator[None]:
    """Rename ``new`` to ``place`` and ``old`` into ``stage``; if that or the block fails, all is as it was."""
    try:
        with ExitStack() as undo:
            moves = [(path, stage / f"old-{number}") for number, path in enumerate(old)]
            for path, to in [*moves, (new, place)]:
                undo.callback(_take_back, path, to)
                if os.path.lexists(path):
                    path.rename(to)
            yield
            undo.pop_all()
    except OSError as error:
        raise archive.unwritable(place, error) from error


def _take_back(path: Path, to: Path) -> None:
    if os.path.lexists(to) and not os.path.lexists(path):
        to.rename(path)


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Make ``folder``, and a place beside it on the same disk to unpack in, which is empty and gone afterwards."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):  # fails where nothing can be renamed into it, and says why
            pass
        same_disk = folder.parent.stat().st_dev == folder.stat().st_dev and os.access(folder.parent, os.W_OK)
        stage = Path(tempfile.mkdtemp(prefix=".kzpress-", dir=folder.parent if same_disk else folder))
        (stage / "new").mkdir()
    except OSError as error:
        raise archive.unwritable(folder, error) from error
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    held = FileLock(folder / ".models.lock.held", timeout=WAIT, fallback_to_soft=False)
    try:
        held.acquire()
    except Timeout as error:
        raise LockedError(
            _("another kzpress is installing here"), where=str(folder), hint=_("try again when it is done")
        ) from error
    except OSError as error:
        raise archive.unwritable(folder, error) from error
    try:
        yield
    finally:
        held.release()
