"""Argos packages on disk: where they are looked for, what they say of themselves, whether they are intact.

A package is a folder with ``metadata.json``, ``sentencepiece.model`` (or ``bpe.model``) and ``model/``. The embedded
packages share one set of weights: their metadata names its folder as ``weights``. Reading metadata imports nothing of
argostranslate, whose import creates folders in the user's home.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from kzpress.domain import Hypothesis, Lang
from kzpress.engine import markup
from kzpress.engine.seal import SUMS, Seal, seals, sums_in
from kzpress.errors import ModelError
from kzpress.speech import Message, _

EMBEDDED: Final = Path(__file__).parent.parent / "data" / "models"
SOURCE_PREFIX: Final = "source_prefix"
LONGEST: Final = 160  # pieces; few models have seen longer sentences
# What translating needs, below the folder of weights: one file of each row.
NEEDED: Final = (("model/model.bin",), ("model/config.json",), ("sentencepiece.model", "bpe.model"))
_FAULTS: Final = {
    Seal.CHANGED: _("this file does not have the SHA-256 sum that came with it"),
    Seal.MISSING: _("this file of the package is missing"),
    Seal.UNREADABLE: _("this file of the package is empty or cannot be read"),
}


class Origin(StrEnum):
    """Where a package was found, in the order they are searched."""

    MODELS = "models"  # --models or KZPRESS_MODELS
    ARGOS = "argos"  # Argos Translate's own folder
    EMBEDDED = "embedded"  # inside kzpress


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One direction's package. ``weights`` holds the tokenizer and ``model/``; ``prefix`` begins every decoding.

    ``source_prefix`` begins every source, for models that must be told the language they read. The key is ours: stock
    Argos needs such a package as ``kzpress models export`` writes it, with the token in the model's own settings.
    ``annotated`` tells that it was trained to read the names a sentence must have; see :mod:`kzpress.engine.markup`.
    Sentences of more than ``longest`` pieces are translated clause by clause, as the metadata says, else LONGEST; but
    those of up to ``longest_whole`` whole, and clause by clause only if that has come out short.
    Of a beam's hypotheses the first is the one of the best score, the mean log-probability of its pieces, plus
    ``length_reward`` times the logarithm of its length: beams prefer what leaves something out. A translation whose
    score is under ``doubtful_below`` is a guess.
    """

    name: str
    version: str
    source: Lang
    target: Lang
    origin: Origin
    folder: Path
    weights: Path
    prefix: str
    source_prefix: str = ""
    annotated: bool = False
    longest: int = LONGEST
    longest_whole: int = 0
    length_reward: float = 0.0
    doubtful_below: float | None = None

    @property
    def model(self) -> Path:
        """The CTranslate2 model's folder."""
        return self.weights / "model"

    def worth(self, hypothesis: Hypothesis) -> float:
        """Return what hypotheses of one sentence are ordered by: score and length."""
        return hypothesis.score + self.length_reward * math.log(len(hypothesis.text) + 1)

    @property
    def label(self) -> str:
        """Name, version and origin, as drafts record them."""
        return f"{self.name} {self.version} ({self.origin})"

    def seal(self) -> Seal:
        """Compare the package's files with the sums pinned beside it, and return the worst."""
        return Seal.over(self.seals().values())

    def seals(self) -> dict[Path, Seal]:
        """Compare each of the package's files with the sums pinned beside it; see :func:`kzpress.engine.seal.seals`.

        Those that translating needs and that are empty or not there are among them, pinned or not.
        """
        found = seals(self.folder, self.weights)
        for names in NEEDED:
            paths = [self.weights / name for name in names]
            if not any(path.is_file() and path.stat().st_size for path in paths):
                found.setdefault(paths[0], Seal.UNSEALED)
                if found[paths[0]] is Seal.UNSEALED:
                    found[paths[0]] = Seal.UNREADABLE if paths[0].exists() else Seal.MISSING
        return found

    def demand_sound(self) -> None:
        """Refuse the package if something speaks against using it.

        Raises:
            ModelError: sums cannot be read, or a file is not what it was, or is missing; ``where`` names it.
        """
        try:
            sums_in(self.folder.parent)
        except ModelError as error:
            if self.origin is Origin.EMBEDDED:
                error.hint = self.remedy
            raise
        for path, state in self.seals().items():
            if not state.is_sound:
                raise ModelError(_FAULTS[state], where=str(path), hint=self.remedy)

    @property
    def remedy(self) -> Message:
        """What to do where it is damaged."""
        if self.origin is Origin.EMBEDDED:
            return _("install kzpress again, or give another package with --models")
        if (self.folder.parent / SUMS).exists():
            return _("make or copy the whole folder again: {file} seals its files together", file=SUMS)
        return _("install the package again, or give another with --models")


def argos_folder() -> Path:
    """Return the folder that Argos Translate installs packages in."""
    if chosen := os.environ.get("ARGOS_PACKAGES_DIR"):
        return Path(chosen)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "argos-translate" / "packages"


def discover(models: Path | None = None) -> tuple[Package, ...]:
    """Return every package between our languages in search order: ``models``, Argos's folder, the embedded ones.

    In each of these newer versions come first. What cannot be read is left to :func:`broken`.

    Raises:
        ModelError: ``models`` is no folder.
    """
    return tuple(
        package
        for origin, root in places(models)
        for package in sorted(read_all(root, origin), key=lambda package: age(package.version), reverse=True)
    )


def broken(models: Path | None = None) -> tuple[ModelError, ...]:
    """Return what is wrong with each package that :func:`discover` passes over, in search order.

    Raises:
        ModelError: ``models`` is no folder.
    """
    return tuple(problem for origin, root in places(models) for problem in broken_in(root, origin))


def broken_in(root: Path, origin: Origin) -> Iterator[ModelError]:
    """Yield what is wrong with each package in ``root`` that cannot be read, by folder."""
    for path in _metadata(root):
        try:
            read(path, origin)
        except ModelError as error:
            yield error


def places(models: Path | None) -> tuple[tuple[Origin, Path], ...]:
    """Return the folders that hold packages, in the order they are searched."""
    found = ((Origin.ARGOS, argos_folder()), (Origin.EMBEDDED, EMBEDDED))
    if models is None:
        return found
    if not models.is_dir():
        raise ModelError(
            _("no such folder of models"), where=str(models), hint=_("give --models a folder of Argos package folders")
        )
    return ((Origin.MODELS, models), *found)


def _metadata(root: Path) -> list[Path]:
    return sorted(root.glob("*/metadata.json"))


def read_all(root: Path, origin: Origin) -> Iterator[Package]:
    """Yield the packages in ``root`` between our languages that can be read, by folder."""
    for path in _metadata(root):
        try:
            package = read(path, origin)
        except ModelError:
            continue
        if package:
            yield package


def read(path: Path, origin: Origin) -> Package | None:
    """Return the package that ``path`` is the metadata of, None if it is of another language than ours.

    Raises:
        ModelError: it cannot be read.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        source, target = data.get("from_code"), data.get("to_code")
        if not {source, target} <= set(Lang):
            return None
        return Package(
            name=f"translate-{source}_{target}",
            version=str(data.get("package_version", "?")),
            source=Lang(source),
            target=Lang(target),
            origin=origin,
            folder=path.parent,
            weights=_weights(path.parent, data["weights"]) if "weights" in data else path.parent.resolve(),
            prefix=str(data.get("target_prefix") or ""),
            source_prefix=str(data.get(SOURCE_PREFIX) or ""),
            annotated=data.get(markup.KEY) == markup.VALUE,
            longest=max(1, int(data.get("longest_sentence", LONGEST))),
            longest_whole=int(data.get("longest_whole", 0)),
            length_reward=_finite(data.get("length_reward")) or 0.0,
            doubtful_below=_finite(data.get("doubtful_below")),
        )
    except (OSError, ValueError, AttributeError, TypeError, OverflowError, RecursionError) as error:
        raise ModelError(
            _("this package's metadata cannot be read ({error})", error=str(error)),
            where=str(path),
            hint=_("remove the folder, or install the package again"),
        ) from error


def _finite(given: object) -> float | None:
    """Return a number of the metadata, None if there is none."""
    number = None if given is None else float(str(given))
    if number is not None and not math.isfinite(number):
        raise ValueError(f"{number} is no measure")
    return number


def _weights(folder: Path, named: str) -> Path:
    """Return the folder of weights that a package names, which may lead out of its own but not of its models' folder.

    What it names is judged as it is written: where links lead is the business of whoever laid them.
    """
    written = Path(os.path.normpath(Path(folder.name, named)))
    if written.anchor or ".." in written.parts:
        raise ModelError(
            _("its weights lie outside the folder of models"),
            where=str(folder / "metadata.json"),
            hint=_("remove the folder, or install the package again"),
        )
    return (folder / named).resolve()


def age(version: str) -> tuple[tuple[int, ...], bool]:
    """Return what versions are ordered by: the numbers they begin with, and a release after its candidates."""
    numbers = version[: len(version) - len(version.lstrip("0123456789."))]
    # No version has more figures; Python refuses to read thousands of them.
    return tuple(int(number[:18]) for number in numbers.split(".") if number), numbers == version
