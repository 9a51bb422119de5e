"""What commands share: options, and the workspace, glossary, engine and lines that they are given by them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from kzpress.domain import Lang
from kzpress.errors import Exit, ModelError, NoWorkspaceError, ReleaseError, WorkspaceError
from kzpress.speech import Message, _, joined, reason, told

if TYPE_CHECKING:
    from kzpress.engine.argos import ArgosEngine
    from kzpress.glossary import Glossary
    from kzpress.workspace import Workspace

LANGS: Final = [lang.value for lang in Lang]
FILE: Final = click.Path(path_type=Path)


def flowed(text: str) -> str:
    """Return a help text as its catalogue has it: a line a paragraph."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


class _Helpful:
    """Something whose help is said in the user's language when it is shown."""

    _english: str | None = None

    def _said(self) -> str | None:
        return told(flowed(self._english)) if self._english else self._english

    def _keep(self, text: str | None) -> None:
        self._english = text

    help = property(_said, _keep)


class Option(_Helpful, click.Option):
    """An option with its help in the user's language."""


class Command(_Helpful, click.Command):
    """A command with its help in the user's language."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``, whose words click would fix at its first use."""
        found = super().get_help_option(ctx)
        if found:
            found.help = told("Show this message and exit.")
        return found


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command


def command(name: str | None = None) -> Callable[[Callable[..., Any]], Command]:
    """Return click's decorator for a command."""
    return click.command(name, cls=Command)


def group(name: str | None = None, **attributes: Any) -> Callable[[Callable[..., Any]], Group]:
    """Return click's decorator for a group of commands."""
    return click.group(name, cls=Group, **attributes)


def option(*names: str, **attributes: Any) -> Callable[[Any], Any]:
    """Return an option that the environment can give as well, under the same name for all commands."""
    long = next(name for name in names if name.startswith("--")).partition("/")[0]
    variable = "KZPRESS_" + long.removeprefix("--").replace("-", "_").upper()
    return click.option(*names, cls=Option, **({"envvar": variable, "show_envvar": True} | attributes))


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
        raise WorkspaceError(_("the current folder is gone"), hint=_("change into a folder that exists")) from error


def terms_of(context: click.Context) -> tuple[Glossary, Path | None]:
    """Return the workspace's glossary and models; outside a workspace the starter glossary, and say so."""
    from kzpress import glossary, report, workspace

    try:
        place = here(context)
    except NoWorkspaceError:
        if context.obj:
            raise
        report.note(_("no workspace here: names are held to the starter glossary"))
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
        report.note(_("passed over: {error}", error=joined("; ", (error.said, *([error.hint] if error.hint else [])))))
    return unreadable


def files_of(paths: Sequence[Path], as_json: bool) -> tuple[list[Path], set[Exit]]:
    """Return the files that are meant, in place of a folder those in it; what in there is none is told, its status too.

    A shell does not pass on the names of a hundred thousand files; the name of their folder it does.

    Raises:
        ReleaseError: a folder has no files.
        WorkspaceError: a folder cannot be listed.
    """
    from kzpress import inbox, report

    files: list[Path] = []
    outcomes: set[Exit] = set()
    for path in paths:
        found = sorted(inbox.look(path), key=attrgetter("path")) if path.is_dir() else None
        if found == []:
            hint = _("give the folder that the releases are in")
            raise ReleaseError(_("no files in this folder"), where=str(path), hint=hint)
        files += [path] if found is None else [one.path for one in found if not one.fault]
        for one in found or ():
            if one.fault:
                report.tell(report.failed(one.path, one.fault), as_json)
                outcomes.add(one.fault.status)
    return files, outcomes


def lines_of(path: Path) -> list[str]:
    """Return the lines of a plain text in any encoding that ingest knows; ``-`` is standard input."""
    from kzpress import report
    from kzpress.ingest.decode import decode
    from kzpress.limits import Limits

    limit = Limits().text_bytes
    try:
        data = sys.stdin.buffer.read(limit + 1) if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise _unreadable(path, reason(error)) from error
    except (AttributeError, ValueError) as error:  # standard input is closed
        raise _unreadable(path, _("closed")) from error
    if not data:
        return []
    text, __, notices = decode(data, where=str(path), limit=limit)
    for notice in notices:
        report.note(notice.message)
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n")


def _unreadable(path: Path, why: Message) -> ReleaseError:
    hint = _("give a text file, or - and a pipe")
    return ReleaseError(_("cannot be read ({reason})", reason=why), where=str(path), hint=hint)
