"""Every package there is compared with its pinned sums, file by file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kzpress.engine import seal
from kzpress.engine.packages import Origin, Package, broken_in, places, read_all
from kzpress.engine.seal import Seal
from kzpress.errors import ModelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How one package compares with its sums; ``files`` are those that are not intact.

    ``package`` is None for one that cannot be read, with the ``error``, or of which only pinned sums are left. Where
    the sums themselves cannot be read, the ``error`` says so of every package they are for.
    """

    origin: Origin
    folder: Path
    seal: Seal
    files: tuple[tuple[Path, Seal], ...] = ()
    package: Package | None = None
    error: ModelError | None = None


def verify(models: Path | None = None) -> Iterator[Verdict]:
    """Compare all packages, those in the places a translation would search, in that order.

    Raises:
        ModelError: ``models`` is no folder.
    """
    for origin, root in places(models):
        yield from _verify_in(root, origin)


def _verify_in(root: Path, origin: Origin) -> Iterator[Verdict]:
    seen: set[Path] = set()
    pinned, illegible = _pinned(root)
    for package in read_all(root, origin):
        found = package.seals()
        seen |= found.keys()
        files = tuple((path, state) for path, state in found.items() if state is not Seal.INTACT)
        whole = Seal.over(found.values())
        yield Verdict(origin=origin, folder=package.folder, seal=whole, files=files, package=package, error=illegible)
    problems = {Path(str(error.where)).parent: error for error in broken_in(root, origin)}
    for folder, error in problems.items():
        yield Verdict(origin=origin, folder=folder, seal=Seal.UNREADABLE, error=error)
    left = sorted((path, state) for path, state in pinned.items() if path not in seen)
    for folder, files_left in groupby(left, key=lambda item: root / item[0].relative_to(root).parts[0]):
        if folder not in problems:
            states = tuple(files_left)
            whole = Seal.over(state for _, state in states)
            yield Verdict(origin=origin, folder=folder, seal=whole, files=states, error=illegible)


def _pinned(root: Path) -> tuple[dict[Path, Seal], ModelError | None]:
    """Compare all that is pinned in ``root``, packages or not: one whose metadata is gone leaves its sums behind.

    Where the sums cannot be read, their file stands for them, and the error is returned beside it.
    """
    try:
        return {path: seal.compare(path, wanted) for path, wanted in seal.sums_in(root).items()}, None
    except ModelError as error:
        return {Path(str(error.where)): Seal.UNREADABLE}, error
