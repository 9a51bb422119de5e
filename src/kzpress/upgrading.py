"""Workspaces of older formats brought to the newest, step by step; a kill at any moment leaves what the next call ends.

A step yields the files that are still as the format before had them. Each is changed at once or not at all, over what
was read and nothing that somebody saved since; the format's line is changed last, when nothing is left to do.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kzpress import files, locking
from kzpress.errors import WorkspaceError
from kzpress.layout import format_of, parsed, with_format
from kzpress.settings import SETTINGS
from kzpress.speech import Message, _, reason

_ATTEMPTS: Final = 20  # at a file that somebody keeps saving


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A file that a step changes, how, and what that is in words.

    ``made_of`` returns new contents for those there are, the same for a file that needs nothing any more.
    """

    path: Path
    what: Message
    made_of: Callable[[bytes], bytes]


Step = Callable[[Path], Iterable[Edit]]


def _record_only(_root: Path) -> Iterable[Edit]:
    """From 0 to 1: workspaces without a format's line are as those of format 1."""
    return ()


STEPS: Final[tuple[Step, ...]] = (_record_only,)  # each leads from the format that is its number to the next


def upgrade(root: Path, *, dry_run: bool = False, steps: Sequence[Step] = STEPS) -> Iterator[Edit]:
    """Bring the workspace at ``root`` to the newest format, yielding each change when it is done.

    ``dry_run`` yields what would be changed, each step looking at the files as they are now.

    Raises:
        WorkspaceError: the workspace is of a newer format, or a file cannot be read or written.
        LockedError: another kzpress is working in it.
    """
    settings = root / SETTINGS
    with nullcontext() if dry_run else locking.held(root):
        number = format_of(settings, parsed(settings), newest=len(steps))
        for next_number, step in enumerate(steps[number:], number + 1):
            for edit in (*step(root), _recording(settings, next_number)):
                if dry_run or _is_done(edit):
                    yield edit


def _recording(settings: Path, number: int) -> Edit:
    def made_of(text: bytes) -> bytes:
        try:
            changed = with_format(text, number)
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
            changed = None
        if changed is None:
            message = _("version = {number} cannot be written into it", number=number)
            raise WorkspaceError(message, where=str(settings), hint=_("write that line yourself, above all tables"))
        return changed

    return Edit(path=settings, what=_("version = {number}", number=number), made_of=made_of)


def _is_done(edit: Edit) -> bool:
    """Make a change, and tell whether there was anything to change."""
    for _attempt in range(_ATTEMPTS):
        try:
            before = edit.path.read_bytes()
        except OSError as error:
            raise WorkspaceError(
                _("cannot be read: {reason}", reason=reason(error)),
                where=str(edit.path),
                hint=_("check its permissions"),
            ) from error
        after = edit.made_of(before)
        if after == before:
            return False
        if files.swap(edit.path, before, after, error=WorkspaceError):
            return True
    raise WorkspaceError(_("somebody saves it again and again"), where=str(edit.path), hint=_("run the command again"))
