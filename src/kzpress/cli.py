"""The command line: click parses, one verb works, ``report`` words the result.

stdout carries the answer, stderr everything else. Statuses are those of ``errors.Exit``. Nothing heavy is imported
before a command runs, so that ``--help`` and completion stay fast.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import click

from kzpress import __version__, speech
from kzpress.cli_doctor import doctor_command
from kzpress.cli_exchange import export_command, import_command
from kzpress.cli_glossary import glossary_group
from kzpress.cli_memory import memory_group
from kzpress.cli_models import models_group
from kzpress.cli_options import (
    FILE,
    LANGS,
    Option,
    engine_of,
    files_of,
    from_option,
    group,
    here,
    json_option,
    lang_option,
    lines_of,
    models_option,
    option,
    terms_of,
)
from kzpress.cli_progress import make_room, progress_bar
from kzpress.cli_publish import publish_command, withdraw_command
from kzpress.cli_review import check, preview, status
from kzpress.cli_run import run_command
from kzpress.cli_signals import terminable
from kzpress.cli_upgrade import upgrade_command
from kzpress.domain import Lang
from kzpress.errors import Exit, KzpressError, Terminated, UsageError, bug
from kzpress.speech import _


def _speak(__: click.Context, ___: click.Parameter, lang: str | None) -> None:
    if lang:
        speech.speak(Lang(lang))


@group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kzpress", cls=Option, help="Show the version and exit.")
@option(
    "-w",
    "--workspace",
    type=FILE,
    help="A folder in the workspace to work on.  [default: here]",
)
@option(
    "--speak",
    type=click.Choice(LANGS),
    callback=_speak,
    is_eager=True,
    expose_value=False,
    help="The language of messages.  [default: the locale's, or else English]",
)
@click.pass_context
def cli(context: click.Context, workspace: Path | None) -> None:
    """Press releases between Kazakh, Russian and English: drafted offline, institutional names right, reviewed as
    gettext catalogues.
    """  # noqa: D205 - click shows it as the help text
    context.obj = workspace


cli.add_command(doctor_command)
cli.add_command(export_command)
cli.add_command(glossary_group)
cli.add_command(import_command)
cli.add_command(memory_group)
cli.add_command(models_group)
cli.add_command(publish_command)
cli.add_command(run_command)
cli.add_command(upgrade_command)
cli.add_command(withdraw_command)
cli.add_command(check)
cli.add_command(preview)
cli.add_command(status)


# ------------------------------------------------------------------ commands


@cli.command()
@click.argument("folder", type=FILE, default=".")
@json_option
def init(folder: Path, as_json: bool) -> None:
    """Make FOLDER a workspace: settings, a starter glossary, an inbox."""
    from kzpress import report, workspace

    report.tell(report.created(folder, workspace.create(folder)), as_json)


@cli.command()
@click.argument("paths", type=FILE, nargs=-1, required=True)
@json_option
def detect(paths: tuple[Path, ...], as_json: bool) -> int:
    """Tell which language each release is in, and why."""
    from kzpress import planning, report

    files, outcomes = files_of(paths, as_json)
    for path in files:
        try:
            found = planning.read(path)
        except KzpressError as error:
            report.tell(report.failed(path, error), as_json)
            outcomes.add(error.status)
        else:
            report.tell(report.detected(found), as_json)
            outcomes.add(Exit.DONE if found.detection.language else Exit.LANGUAGE)
    return Exit.over(outcomes)


@cli.command()
@click.argument("paths", type=FILE, nargs=-1, required=True)
@from_option(help="The releases' language, instead of detecting it.")
@lang_option(
    "--to",
    "targets",
    multiple=True,
    help="A language to draft; may be given twice.  [default: all others]",
)
@option("--stdout", "plain", is_flag=True, help="Print the translation of PATH (or -), line by line, and keep nothing.")
@option("--redraft", is_flag=True, help="Draft again what no person has touched, with the present model and glossary.")
@models_option
@json_option
@click.pass_context
def translate(
    context: click.Context,
    paths: tuple[Path, ...],
    source: str | None,
    targets: tuple[str, ...],
    plain: bool,
    redraft: bool,
    models: Path | None,
    as_json: bool,
) -> int:
    """Draft a catalogue of each release in every other language, for people to review.

    In place of a folder all files in it are taken. What a catalogue already has is kept: running the same command twice
    changes nothing.
    """
    from kzpress import pipeline, report

    if plain:
        if as_json or redraft:
            raise UsageError(_("--stdout prints plain lines: it goes with neither --json nor --redraft"))
        return _translate_plain(context, paths, source, targets, models)
    place = here(context)
    files, outcomes = files_of(paths, as_json)
    with progress_bar() as progress:
        for result in pipeline.translate(
            place,
            files,
            engine_of(models or place.models),
            source=Lang(source) if source else None,
            targets=[Lang(code) for code in targets],
            redraft=redraft,
            progress=progress,
        ):
            make_room(progress)
            report.tell(report.translated(place, result), as_json)
            outcomes.add(result.error.status if result.error else Exit.DONE)
    return Exit.over(outcomes)


def _translate_plain(
    context: click.Context, paths: tuple[Path, ...], source: str | None, targets: tuple[str, ...], models: Path | None
) -> int:
    from kzpress import pipeline, report

    if source is None or len(targets) != 1 or len(paths) != 1:
        raise UsageError(
            _("--stdout needs --from, one --to and one file or -"),
            hint="kzpress translate --stdout --from en --to kk FILE",
        )
    lines = lines_of(paths[0])
    terms, default_models = terms_of(context)
    engine = engine_of(models or default_models)
    pair = Lang(source), Lang(targets[0])
    if (route := engine.route(*pair)).is_pivot:
        report.note(_("there is no direct package: translating {route}", route=route))
    with progress_bar() as progress:
        translated = pipeline.translate_lines(lines, *pair, engine, terms, progress=progress)
    for line in translated:
        report.say(line.text)
    if guesses := [str(number) for number, line in enumerate(translated, 1) if line.is_guess]:
        report.note(_("the model only guesses here: {lines}", lines=", ".join(guesses)))
    return Exit.DONE


@cli.command()
@click.argument("slugs", nargs=-1)
@lang_option("--lang", help="Only this locale.")
@option("--stale", is_flag=True, help="Only what a changed glossary affects, of all releases if none is named.")
@models_option
@json_option
@click.pass_context
def redraft(
    context: click.Context, slugs: tuple[str, ...], lang: str | None, stale: bool, models: Path | None, as_json: bool
) -> int:
    """Draft releases again from their kept sources, with the present model and glossary.

    What a person has approved or changed stays as it is.
    """
    from kzpress import redrafting, report

    if not slugs and not stale:
        raise UsageError(
            _("no release is named"), hint=_("kzpress redraft SLUG…, or --stale for what the glossary affects")
        )
    place = here(context)
    outcomes: list[Exit] = []
    with progress_bar() as progress:
        for result in redrafting.redraft(
            place,
            slugs,
            engine_of(models or place.models),
            lang=Lang(lang) if lang else None,
            stale_only=stale,
            progress=progress,
        ):
            make_room(progress)
            report.tell(report.redrafted(place, result), as_json)
            outcomes.append(result.error.status if result.error else Exit.DONE)
    if not outcomes and not as_json:
        report.say(speech.told("nothing is stale"))
    return Exit.over(outcomes)


def main() -> None:
    """Run the command line and exit with its status; what a terminal or pipe cannot show is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    sys.exit(run())


def run(args: list[str] | None = None) -> int:
    """Run a command and return its status; every error becomes one line with its place and next step."""
    from kzpress import report

    with speech.in_users_language(), terminable():
        status = _run(args)
        if speech.is_mute():
            report.note(
                f"no messages in {speech.language()} are there: install kzpress again, or in a checkout `make messages`"
            )
        return status


def _run(args: list[str] | None) -> int:
    from kzpress import report

    try:
        return int(cli.main(args=args, standalone_mode=False) or Exit.DONE)
    except KzpressError as error:
        report.complain(error)
        return error.status
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return Exit.USAGE
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        hint = _("{command} --help tells what it takes", command=context.command_path) if context else None
        report.complain(UsageError(error.format_message().rstrip("."), hint=hint))
        return Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        report.note(_("interrupted: what is written is complete, the rest is as it was"))
        return Exit.INTERRUPTED
    except Terminated:
        return _terminated()
    except Exception as error:
        if os.environ.get("KZPRESS_DEBUG"):
            raise
        report.complain(KzpressError(bug(error), hint=_("run it again with KZPRESS_DEBUG=1 and report what it prints")))
        return Exit.BUG


def _terminated() -> int:
    from kzpress import claims, report

    if error := claims.lost():
        report.complain(error)
        return error.status
    report.note(_("ended by SIGTERM: what is written is complete, the rest is as it was"))
    return Exit.TERMINATED
