"""Argos packages on disk: where they are looked for, what they say of themselves, whether they are intact.

A package is a folder with ``metadata.json``, ``sentencepiece.model`` (or ``bpe.model``) and ``model/``. The embedded
packages share one set of weights: their metadata names its folder as ``weights``. Reading metadata imports nothing of
argostranslate, whose import creates folders in the user's home.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from kzpress.domain import Lang
from kzpress.errors import ModelError

EMBEDDED: Final = Path(__file__).parent.parent / "data" / "models"
SUMS: Final = "SHA256SUMS"


class Origin(StrEnum):
    """Where a package was found, in the order they are searched."""

    MODELS = "models"  # --models or KZPRESS_MODELS
    ARGOS = "argos"  # Argos Translate's own folder
    EMBEDDED = "embedded"  # inside kzpress


class Seal(StrEnum):
    """Whether a package's files have the SHA-256 sums that came with them."""

    INTACT = "intact"
    DAMAGED = "damaged"
    UNSEALED = "unsealed"  # no sums to compare with: Argos's index publishes none


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One direction's package. ``weights`` holds the tokenizer and ``model/``; ``prefix`` begins every decoding."""

    name: str
    version: str
    source: Lang
    target: Lang
    origin: Origin
    folder: Path
    weights: Path
    prefix: str

    @property
    def model(self) -> Path:
        """The CTranslate2 model's folder."""
        return self.weights / "model"

    @property
    def label(self) -> str:
        """Name and version, as drafts record them."""
        return f"{self.name} {self.version}"

    def seal(self) -> Seal:
        """Compare the package's files with the SHA256SUMS beside it, once a process."""
        return _seal(self.folder.parent / SUMS, self.folder, self.weights)


def argos_folder() -> Path:
    """Return the folder that Argos Translate installs packages in."""
    if chosen := os.environ.get("ARGOS_PACKAGES_DIR"):
        return Path(chosen)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "argos-translate" / "packages"


def discover(models: Path | None = None) -> tuple[Package, ...]:
    """Return every package between our languages in search order: ``models``, Argos's folder, the embedded ones.

    Raises:
        ModelError: ``models`` is no folder, or a package's metadata cannot be read.
    """
    if models is not None and not models.is_dir():
        raise ModelError(
            "no such folder of models", where=str(models), hint="give --models a folder of Argos package folders"
        )
    places = ((Origin.MODELS, models), (Origin.ARGOS, argos_folder()), (Origin.EMBEDDED, EMBEDDED))
    return tuple(package for origin, folder in places if folder is not None for package in _packages(folder, origin))


def _packages(root: Path, origin: Origin) -> Iterator[Package]:
    codes = set(Lang)
    for path in sorted(root.glob("*/metadata.json")):
        try:
            data = json.loads(path.read_text("utf-8"))
            source, target = data.get("from_code"), data.get("to_code")
            if source not in codes or target not in codes:
                continue
            weights = (path.parent / data.get("weights", ".")).resolve()
            if not weights.is_relative_to(root.resolve()):
                raise ModelError("its weights lie outside the folder of models", where=str(path))
            yield Package(
                name=f"translate-{source}_{target}",
                version=str(data.get("package_version", "?")),
                source=Lang(source),
                target=Lang(target),
                origin=origin,
                folder=path.parent,
                weights=weights,
                prefix=str(data.get("target_prefix", "")),
            )
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise ModelError(
                f"this package's metadata cannot be read ({error})",
                where=str(path),
                hint="remove the folder, or install the package again",
            ) from error


@functools.cache
def _seal(sums: Path, folder: Path, weights: Path) -> Seal:
    try:
        lines = sums.read_text("utf-8").splitlines()
    except OSError:
        return Seal.UNSEALED
    wanted = {sums.parent / name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    own = [path for path in wanted if path.is_relative_to(folder) or path.resolve().is_relative_to(weights)]
    if not own:
        return Seal.UNSEALED
    try:
        intact = all(_sha256(path) == wanted[path] for path in own)
    except OSError:
        return Seal.DAMAGED
    return Seal.INTACT if intact else Seal.DAMAGED


@functools.cache
def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
