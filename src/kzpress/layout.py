"""The format of a workspace: a number in the line ``version`` of its settings, which this alone judges and edits.

It stands where a person and git see it, and outlives ``.kzpress``. Without the line a workspace is of format 0, which
is format 1 in all but the line.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from kzpress import __version__, toml
from kzpress.errors import WorkspaceError
from kzpress.speech import _

FORMAT: Final = 1  # the newest there is, which `kzpress init` makes
OLDEST: Final = 0  # the oldest that commands can work in as it is
_KEY: Final = "version"
_LINE: Final = re.compile(rf"""^([ \t]*["']?{_KEY}["']?[ \t]*=[ \t]*)[^\s#]+""", re.MULTILINE)


def parsed(path: Path) -> dict[str, Any]:
    """Return what the settings in the file ``path`` say, whatever it is.

    Raises:
        WorkspaceError: they cannot be read.
    """
    try:
        return toml.loads(path.read_text("utf-8-sig"))  # Notepad begins with a mark
    except (OSError, ValueError, RecursionError) as error:  # not UTF-8, or not TOML within bounds
        raise WorkspaceError(_("settings cannot be read ({error})", error=error), where=str(path)) from error


def format_of(path: Path, settings: Mapping[str, Any], *, oldest: int = 0, newest: int = FORMAT) -> int:
    """Return the format that ``settings``, those of the file ``path``, name; 0 if they name none.

    Raises:
        WorkspaceError: it is no format, older than ``oldest``, or newer than ``newest``.
    """
    number = settings.get(_KEY, 0)
    if type(number) is not int or number < (_KEY in settings):
        raise WorkspaceError(
            _("version is no number above 0: {number!r}", number=number),
            where=str(path),
            hint=_("restore the line from git: it tells the workspace's format"),
        )
    if number > newest:
        raise WorkspaceError(
            _(
                "this workspace is of format {number}; kzpress {program} knows formats up to {newest}",
                number=number,
                program=__version__,
                newest=newest,
            ),
            where=str(path),
            hint=_("use a newer kzpress: whoever upgraded the workspace has one"),
        )
    if number < oldest:
        raise WorkspaceError(
            _("this workspace is of format {number}, which is to be upgraded first", number=number),
            where=str(path),
            hint=_("see what that changes with: kzpress upgrade --dry-run; do it with: kzpress upgrade"),
        )
    return number


def with_format(settings: bytes, number: int) -> bytes | None:
    """Return settings with the format's line set to ``number`` and all else as it is; None if that cannot be done."""
    mark = codecs.BOM_UTF8 if settings.startswith(codecs.BOM_UTF8) else b""
    text = settings.removeprefix(mark).decode("utf-8")
    wanted = tomllib.loads(text) | {_KEY: number}
    for changed in _candidates(text, number):
        with suppress(tomllib.TOMLDecodeError):
            if tomllib.loads(changed) == wanted:
                return mark + changed.encode()
    return None


def _candidates(text: str, number: int) -> Iterator[str]:
    """Yield ``text`` with each line changed that looks like the format's, then with a new first line."""
    for line in _LINE.finditer(text):
        yield f"{text[: line.end(1)]}{number}{text[line.end() :]}"
    end = "\r\n" if "\r\n" in text else "\n"
    yield f"{_KEY} = {number}{end}{text}"
