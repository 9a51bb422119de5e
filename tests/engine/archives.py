"""Packages and ``.argosmodel`` archives as others make them, right and wrong, with weights that say nothing."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.engine import tiny

PIECES: Mapping[str, bytes] = {
    "sentencepiece.model": tiny.sentencepiece(),
    **{f"model/{name}": data for name, data in tiny.model().items()},
}
WEIGHTS = PIECES["model/model.bin"]


def facts(source: str = "en", target: str = "kk", version: str = "1.0", **more: object) -> bytes:
    """Return a ``metadata.json``."""
    return json.dumps({"from_code": source, "to_code": target, "package_version": version, **more}).encode()


def members(top: str = "translate-en_kk-1_0", **more: bytes) -> dict[str, bytes]:
    """Return what a whole package holds, by name; ``more`` has ``_`` for what no keyword can have."""
    found = {"metadata.json": facts(), **PIECES}
    return {f"{top}/{name}": data for name, data in found.items()} | more


def zipped(path: Path, content: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write an archive of ``content`` at ``path``."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def archive(
    path: Path,
    source: str = "en",
    target: str = "kk",
    version: str = "1.0",
    weights: bytes = WEIGHTS,
    **more: object,
) -> Path:
    """Write the archive of a whole package of a direction and version."""
    top = f"translate-{source}_{target}-{version.replace('.', '_')}"
    content = members(top)
    content[f"{top}/metadata.json"] = facts(source, target, version, **more)
    content[f"{top}/model/model.bin"] = weights
    return zipped(path, content)


def package(folder: Path, **more: object) -> Path:
    """Write the folder of a whole package."""
    for name, data in {"metadata.json": facts(**more), **PIECES}.items():  # type: ignore[arg-type]
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder
