"""What commands share: options, and the workspace, glossary, engine and lines that they are given by them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from kzpress.domain import Lang
from kzpress.errors import ModelError, NoWorkspaceError, ReleaseError, WorkspaceError

if TYPE_CHECKING:
    from kzpress.asking import Progress
    from kzpress.engine.argos import ArgosEngine
    from kzpress.glossary import Glossary
    from kzpress.workspace import Workspace

LANGS: Final = [lang.value for lang in Lang]
FILE: Final = click.Path(path_type=Path)


def option(*names: str, **attributes: Any) -> Callable[[Any], Any]:
    """Return an option that the environment can give as well, under the same name for all commands."""
    long = next(name for name in names if name.startswith("--")).partition("/")[0]
    variable = "KZPRESS_" + long.removeprefix("--").replace("-", "_").upper()
    return click.option(*names, envvar=variable, show_envvar=True, **attributes)


def lang_option(*names: str, **attributes: Any) -> Callable[[Any], Any]:
    """Return an option that takes the code of one of our languages."""
    return option(*names, type=click.Choice(LANGS), **attributes)


json_option = option("--json", "as_json", is_flag=True, help="One JSON object a line instead of words.")
models_option = option("--models", type=FILE, help="A folder of Argos packages to search first.")
from_option = partial(lang_option, "--from", "source")


def here(context: click.Context) -> Workspace:
    """Open the workspace the command was asked to work on."""
    from kzpress import workspace

    try:
        return workspace.find(context.obj or Path.cwd())
    except FileNotFoundError as error:
        raise WorkspaceError("the current folder is gone", hint="change into a folder that exists") from error


def terms_of(context: click.Context) -> tuple[Glossary, Path | None]:
    """Return the workspace's glossary and models; outside a workspace the starter glossary, and say so."""
    from kzpress import glossary, report, workspace

    try:
        place = here(context)
    except NoWorkspaceError:
        if context.obj:
            raise
        report.note("no workspace here: names are held to the starter glossary")
        return glossary.load(workspace.STARTER_GLOSSARY), None
    return glossary.load(place.glossary, cache=place.index), place.models


def default_models(context: click.Context) -> Path | None:
    """Return the folder of models that the workspace's settings name, if there is a workspace."""
    try:
        return here(context).models
    except NoWorkspaceError:
        return None


def engine_of(models: Path | None) -> ArgosEngine:
    """Return an engine on the packages there are, telling those that cannot be read."""
    from kzpress.engine import discover
    from kzpress.engine.argos import ArgosEngine

    return ArgosEngine(discover(models), unreadable_of(models))


def unreadable_of(models: Path | None) -> tuple[ModelError, ...]:
    """Return what is wrong with each package that is passed over, and tell it."""
    from kzpress import report
    from kzpress.engine import broken

    unreadable = broken(models)
    for error in unreadable:
        report.note(f"passed over: {error}" + (f"; {error.hint}" if error.hint else ""))
    return unreadable


def lines_of(path: Path) -> list[str]:
    """Return the lines of a plain text in any encoding that ingest knows; ``-`` is standard input."""
    from kzpress import report
    from kzpress.ingest import Limits
    from kzpress.ingest.decode import decode

    limit = Limits().text_bytes
    try:
        data = sys.stdin.buffer.read(limit + 1) if str(path) == "-" else path.read_bytes()
    except (OSError, AttributeError, ValueError) as error:  # the latter two: standard input is closed
        reason = getattr(error, "strerror", None) or "closed"
        raise ReleaseError(
            f"cannot be read ({reason})", where=str(path), hint="give a text file, or - and a pipe"
        ) from error
    if not data:
        return []
    text, _, notices = decode(data, where=str(path), limit=limit)
    for notice in notices:
        report.note(notice.message)
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n")


@contextmanager
def progress_bar(label: str = "translating") -> Iterator[Progress | None]:
    """Show a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield tell
