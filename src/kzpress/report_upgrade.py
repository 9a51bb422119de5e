"""What ``kzpress upgrade`` changed, as words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzpress.layout import FORMAT
from kzpress.report import Answer
from kzpress.speech import spoken, told

if TYPE_CHECKING:
    from pathlib import Path

    from kzpress.upgrading import Edit


def changed(root: Path, edit: Edit, *, dry_run: bool) -> Answer:
    """Word one file that was changed, or would be."""
    path, what = edit.path.relative_to(root).as_posix(), spoken(edit.what)
    words = told("would change {path}: {what}", path=path, what=what) if dry_run else f"{path}: {what}"
    return Answer(words, {"path": path, "what": edit.what, "changed": not dry_run})


def unchanged(root: Path) -> str:
    """Word that there was nothing to change."""
    return told("{root} is of format {number}, the newest: there is nothing to do", root=root, number=FORMAT)
