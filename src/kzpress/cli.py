"""The command line: click parses, one pipeline function works, ``report`` words the result.

stdout carries the answer, stderr everything else. Statuses are those of ``errors.Exit``. Nothing heavy is imported
before a command runs, so that ``--help`` and completion stay fast.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from kzpress import __version__
from kzpress.domain import Lang
from kzpress.errors import Exit, KzpressError, ReleaseError, UsageError

if TYPE_CHECKING:
    from kzpress.engine.argos import ArgosEngine
    from kzpress.glossary import Glossary
    from kzpress.pipeline import Progress
    from kzpress.workspace import Workspace

LANGS: Final = [lang.value for lang in Lang]
FILE: Final = click.Path(path_type=Path)


# Every option can be given by the environment; the common ones under one name for all commands.
option = partial(click.option, show_envvar=True)


def lang_option(*names: str, **attributes: Any) -> Callable[[Any], Any]:
    """Return an option that takes the code of one of our languages."""
    return option(*names, type=click.Choice(LANGS), **attributes)


json_option = option(
    "--json", "as_json", is_flag=True, envvar="KZPRESS_JSON", help="One JSON object a line instead of words."
)
models_option = option(
    "--models", type=FILE, envvar="KZPRESS_MODELS", help="A folder of Argos packages to search first."
)
from_option = partial(lang_option, "--from", "source", envvar="KZPRESS_FROM")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "KZPRESS"})
@click.version_option(__version__, prog_name="kzpress")
@option(
    "-w",
    "--workspace",
    type=FILE,
    envvar="KZPRESS_WORKSPACE",
    help="A folder in the workspace to work on.  [default: here]",
)
@click.pass_context
def cli(context: click.Context, workspace: Path | None) -> None:
    """Press releases between Kazakh, Russian and English: drafted offline, institutional names right, reviewed as
    gettext catalogues.
    """  # noqa: D205 - click shows it as the help text
    context.obj = workspace


def here(context: click.Context) -> Workspace:
    """Open the workspace the command was asked to work on."""
    from kzpress import workspace

    return workspace.find(context.obj or Path.cwd())


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
    from kzpress import pipeline, report

    outcomes: list[Exit] = []
    for path in paths:
        try:
            found = pipeline.read(path)
        except KzpressError as error:
            report.tell(report.failed(path, error), as_json)
            outcomes.append(error.status)
        else:
            report.tell(report.detected(found), as_json)
            outcomes.append(Exit.DONE if found.detection.language else Exit.LANGUAGE)
    return _overall(outcomes)


@cli.command()
@click.argument("paths", type=FILE, nargs=-1, required=True)
@from_option(help="The releases' language, instead of detecting it.")
@lang_option(
    "--to",
    "targets",
    multiple=True,
    envvar="KZPRESS_TO",
    help="A language to draft; may be given twice.  [default: all others]",
)
@option("--stdout", "plain", is_flag=True, help="Print the translation of PATH (or -), line by line, and keep nothing.")
@models_option
@json_option
@click.pass_context
def translate(
    context: click.Context,
    paths: tuple[Path, ...],
    source: str | None,
    targets: tuple[str, ...],
    plain: bool,
    models: Path | None,
    as_json: bool,
) -> int:
    """Draft a catalogue of each release in every other language, for people to review.

    What a catalogue already has is kept: running the same command twice changes nothing.
    """
    from kzpress import pipeline, report

    if plain:
        return _translate_plain(context, paths, source, targets, models)
    place = here(context)
    engine = _engine(models or place.models)
    outcomes: list[Exit] = []
    with _progress() as progress:
        results = pipeline.translate(
            place,
            paths,
            engine,
            source=Lang(source) if source else None,
            targets=[Lang(code) for code in targets],
            progress=progress,
        )
        for result in results:
            report.tell(report.translated(place, result), as_json)
            outcomes.append(result.error.status if result.error else Exit.DONE)
    return _overall(outcomes)


def _translate_plain(
    context: click.Context, paths: tuple[Path, ...], source: str | None, targets: tuple[str, ...], models: Path | None
) -> int:
    from kzpress import pipeline

    if source is None or len(targets) != 1 or len(paths) != 1:
        raise UsageError(
            "--stdout needs --from, one --to and one file or -",
            hint="kzpress translate --stdout --from en --to kk FILE",
        )
    lines = _lines(paths[0])
    terms, default_models = _terms(context)
    with _progress() as progress:
        translated = pipeline.translate_lines(
            lines, Lang(source), Lang(targets[0]), _engine(models or default_models), terms, progress=progress
        )
    for line in translated:
        click.echo(line)
    return Exit.DONE


@cli.command()
@click.argument("slugs", nargs=-1)
@json_option
@click.pass_context
def status(context: click.Context, slugs: tuple[str, ...], as_json: bool) -> None:
    """Show how far the review of every release is."""
    from kzpress import pipeline, report

    place = here(context)
    for line in pipeline.progress_of(place, slugs):
        report.tell(report.progressed(place, line), as_json)


@cli.command()
@click.argument("slugs", nargs=-1)
@lang_option("--lang", help="Only this locale.")
@json_option
@click.pass_context
def check(context: click.Context, slugs: tuple[str, ...], lang: str | None, as_json: bool) -> int:
    """Check catalogues: names, numbers, addresses, and what machines get wrong.

    Status 1 if there is a finding that is an error.
    """
    from kzpress import pipeline, report

    place = here(context)
    blocked = False
    for line in pipeline.progress_of(place, slugs, Lang(lang) if lang else None):
        report.tell(report.checked(place, line), as_json)
        blocked = blocked or any(finding.severity == "error" for finding in line.findings)
    return Exit.NO if blocked else Exit.DONE


@cli.group()
def models() -> None:
    """Show the translation packages: what there is, how good it is."""


@models.command("list")
@models_option
@json_option
def models_list(models: Path | None, as_json: bool) -> None:
    """Show for each direction the package that serves it, its origin, and whether it is intact."""
    from kzpress import pipeline, report

    for direction in pipeline.directions(models):
        report.tell(report.direction(direction), as_json)


@models.command("evaluate")
@click.argument("file", type=FILE)
@from_option(required=True, help="The language of the sources.")
@lang_option("--to", "target", required=True, envvar="KZPRESS_TO", help="The language of the references.")
@option("--limit", type=click.IntRange(min=1), help="Only the first so many lines.")
@option("--glossary/--no-glossary", "enforced", default=False, help="Enforce the glossary's names too.")
@models_option
@json_option
@click.pass_context
def models_evaluate(
    context: click.Context,
    file: Path,
    source: str,
    target: str,
    limit: int | None,
    enforced: bool,
    models: Path | None,
    as_json: bool,
) -> None:
    """Score a test set of two TAB-separated columns, source and reference, with sacrebleu.

    A file named like news.kk-ru-en.tsv says which of its columns are which.
    """
    from kzpress import glossary, pipeline, report

    terms = _terms(context)[0] if enforced else glossary.Glossary(entries={}, digest="")
    with _progress() as progress:
        scores = pipeline.evaluate(
            file, Lang(source), Lang(target), _engine(models), terms, limit=limit, progress=progress
        )
    report.tell(report.scored(file, scores), as_json)


@cli.group("glossary")
def glossary_group() -> None:
    """Check and search the controlled glossary."""


@glossary_group.command("check")
@json_option
@click.pass_context
def glossary_check(context: click.Context, as_json: bool) -> int:
    """Read the whole glossary and list what is wrong with it. Status 5 if anything is."""
    from kzpress import glossary, report

    folder = here(context).glossary
    problems = glossary.problems(folder)
    for problem in problems:
        report.tell(report.glossary_problem(problem), as_json)
    if problems:
        return Exit.GLOSSARY
    report.tell(report.glossary_sound(glossary.load(folder)), as_json)
    return Exit.DONE


@glossary_group.command("find")
@click.argument("text")
@lang_option("--lang", help="The text's language.  [default: each]")
@option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Hold the text to the names of this day.")
@json_option
@click.pass_context
def glossary_find(context: click.Context, text: str, lang: str | None, date: Any, as_json: bool) -> int:
    """Show the names recognised in TEXT and what they are in the other languages."""
    from kzpress import glossary, report

    terms = glossary.load(here(context).glossary)
    found = False
    for code in [Lang(lang)] if lang else list(Lang):
        for hit in glossary.find(terms, text, code, date.date() if date else None):
            found = True
            report.tell(report.name_found(terms, text, code, hit), as_json)
    return Exit.DONE if found else Exit.NO


@glossary_group.command("forms")
@click.argument("entry")
@json_option
@click.pass_context
def glossary_forms(context: click.Context, entry: str, as_json: bool) -> None:
    """Print the inflected forms of one entry's names, for a person to approve."""
    from kzpress import glossary, report

    terms = glossary.load(here(context).glossary)
    if entry not in terms.entries:
        raise UsageError(f"no entry {entry!r} in the glossary", hint="kzpress glossary find NAME shows the identifiers")
    report.tell(report.forms(entry, {lang: glossary.forms(terms.entries[entry], lang) for lang in Lang}), as_json)


# ------------------------------------------------------------------ what the commands share


def _engine(models: Path | None) -> ArgosEngine:
    from kzpress.engine import discover
    from kzpress.engine.argos import ArgosEngine

    return ArgosEngine(discover(models))


def _terms(context: click.Context) -> tuple[Glossary, Path | None]:
    """Return the workspace's glossary and models; outside a workspace the starter glossary, and say so."""
    from kzpress import glossary, workspace
    from kzpress.errors import WorkspaceError

    try:
        place = here(context)
    except WorkspaceError:
        if context.obj:
            raise
        click.echo("no workspace here: names are held to the starter glossary", err=True)
        return glossary.load(workspace.STARTER_GLOSSARY), None
    return glossary.load(place.glossary), place.models


def _lines(path: Path) -> list[str]:
    """Return the lines of a plain text in any encoding that ingest knows; ``-`` is standard input."""
    from kzpress.ingest.decode import decode

    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise ReleaseError(f"this file cannot be read ({error.strerror})", where=str(path)) from error
    text, _, notices = decode(data, where=str(path))
    for notice in notices:
        click.echo(f"note: {notice.message}", err=True)
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n")


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """Show a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label="translating", file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield tell


def _overall(outcomes: list[Exit]) -> Exit:
    """Return the one status of a call over several releases."""
    bad = {outcome for outcome in outcomes if outcome is not Exit.DONE}
    if not bad:
        return Exit.DONE
    if len(outcomes) > len([outcome for outcome in outcomes if outcome is not Exit.DONE]) or len(bad) > 1:
        return Exit.PARTIAL
    return bad.pop()


def main() -> None:
    """Run the command line and exit with its status."""
    sys.exit(run())


def run(args: list[str] | None = None) -> int:
    """Run a command and return its status; every error becomes one line with its place and next step."""
    from kzpress import report

    try:
        return int(cli.main(args=args, standalone_mode=False) or Exit.DONE)
    except KzpressError as error:
        report.complain(error)
        return error.status
    except click.ClickException as error:
        report.complain(UsageError(error.format_message().rstrip(".").removeprefix("Error: ")))
        return Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted: what is written is complete, the rest is as it was", err=True)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except Exception as error:
        if os.environ.get("KZPRESS_DEBUG"):
            raise
        report.complain(
            KzpressError(
                f"this is a bug in kzpress ({type(error).__name__}: {error})",
                hint="run it again with KZPRESS_DEBUG=1 and report what it prints",
            )
        )
        return Exit.BUG
