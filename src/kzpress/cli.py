"""The command line: click parses, one pipeline function works, ``report`` words the result.

stdout carries the answer, stderr everything else. Statuses are those of ``errors.Exit``. Nothing heavy is imported
before a command runs, so that ``--help`` and completion stay fast.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from kzpress import __version__
from kzpress.domain import Lang, Severity
from kzpress.errors import Exit, KzpressError, ModelError, NoWorkspaceError, ReleaseError, UsageError, WorkspaceError

if TYPE_CHECKING:
    from kzpress.engine.argos import ArgosEngine
    from kzpress.glossary import Glossary
    from kzpress.pipeline import Progress
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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kzpress")
@option(
    "-w",
    "--workspace",
    type=FILE,
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

    try:
        return workspace.find(context.obj or Path.cwd())
    except FileNotFoundError as error:
        raise WorkspaceError("the current folder is gone", hint="change into a folder that exists") from error


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

    What a catalogue already has is kept: running the same command twice changes nothing.
    """
    from kzpress import pipeline, report

    if plain:
        if as_json or redraft:
            raise UsageError("--stdout prints plain lines: it goes with neither --json nor --redraft")
        return _translate_plain(context, paths, source, targets, models)
    place = here(context)
    with _progress() as progress:
        results = list(
            pipeline.translate(
                place,
                paths,
                _engine(models or place.models),
                source=Lang(source) if source else None,
                targets=[Lang(code) for code in targets],
                redraft=redraft,
                progress=progress,
            )
        )
    for result in results:
        report.tell(report.translated(place, result), as_json)
    return _overall([result.error.status if result.error else Exit.DONE for result in results])


def _translate_plain(
    context: click.Context, paths: tuple[Path, ...], source: str | None, targets: tuple[str, ...], models: Path | None
) -> int:
    from kzpress import pipeline, report

    if source is None or len(targets) != 1 or len(paths) != 1:
        raise UsageError(
            "--stdout needs --from, one --to and one file or -",
            hint="kzpress translate --stdout --from en --to kk FILE",
        )
    lines = _lines(paths[0])
    terms, default_models = _terms(context)
    engine = _engine(models or default_models)
    pair = Lang(source), Lang(targets[0])
    if (route := engine.route(*pair)).is_pivot:
        report.note(f"there is no direct package: translating {route}")
    with _progress() as progress:
        translated = pipeline.translate_lines(lines, *pair, engine, terms, progress=progress)
    for line in translated:
        report.say(line)
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
    from kzpress import pipeline, report

    if not slugs and not stale:
        raise UsageError("no release is named", hint="kzpress redraft SLUG…, or --stale for what the glossary affects")
    place = here(context)
    with _progress() as progress:
        results = list(
            pipeline.redraft(
                place,
                slugs,
                _engine(models or place.models),
                lang=Lang(lang) if lang else None,
                stale_only=stale,
                progress=progress,
            )
        )
    for result in results:
        report.tell(report.redrafted(place, result), as_json)
    if not results and not as_json:
        report.say("nothing is stale")
    return _overall([result.error.status if result.error else Exit.DONE for result in results])


@cli.command()
@click.argument("slugs", nargs=-1)
@lang_option("--lang", help="Only this locale.")
@option("--stale", is_flag=True, help="List instead what a changed glossary affects; status 1 if there is anything.")
@json_option
@click.pass_context
def status(context: click.Context, slugs: tuple[str, ...], lang: str | None, stale: bool, as_json: bool) -> int:
    """Show how far the review of every release is."""
    from kzpress import pipeline, report

    place = here(context)
    if stale:
        return _stale(place, slugs, Lang(lang) if lang else None, as_json)
    outcomes = []
    for line in pipeline.progress_of(place, slugs, Lang(lang) if lang else None):
        report.tell(report.progressed(place, line), as_json)
        outcomes.append(line.error.status if line.error else Exit.DONE)
    return _overall(outcomes)


def _stale(place: Workspace, slugs: tuple[str, ...], lang: Lang | None, as_json: bool) -> int:
    from kzpress import pipeline, report

    lines = list(pipeline.stale_of(place, slugs, lang))
    for line in lines:
        report.tell(report.stale(place, line), as_json)
    found = any(line.entries for line in lines)
    overall = _overall([line.error.status if line.error else Exit.DONE for line in lines])
    if not found and overall is Exit.DONE and not as_json:
        report.say("nothing is stale")
    return overall or (Exit.NO if found else Exit.DONE)


@cli.command()
@click.argument("slugs", nargs=-1)
@lang_option("--lang", help="Only this locale.")
@json_option
@click.pass_context
def check(context: click.Context, slugs: tuple[str, ...], lang: str | None, as_json: bool) -> int:
    """Check catalogues: names, numbers, addresses, and what machines get wrong.

    Status 1 if there is a finding that is an error. A finding that is right to leave is acknowledged by writing its
    code and mark into the entry's comment: kzpress: ok number-mismatch 3f2a
    """
    from kzpress import pipeline, report

    place = here(context)
    outcomes = []
    blocked = False
    for line in pipeline.progress_of(place, slugs, Lang(lang) if lang else None):
        report.tell(report.checked(place, line), as_json)
        outcomes.append(line.error.status if line.error else Exit.DONE)
        blocked = blocked or any(finding.severity == "error" for finding in line.findings)
    return _overall(outcomes) or (Exit.NO if blocked else Exit.DONE)


@cli.group()
def models() -> None:
    """Show the translation packages: what there is, how good it is."""


@models.command("list")
@models_option
@json_option
@click.pass_context
def models_list(context: click.Context, models: Path | None, as_json: bool) -> int:
    """Show for each direction the package that serves it, its origin, and whether it is intact.

    Status 6 if a direction has none, or one that is damaged, or if a package cannot be read.
    """
    from kzpress import pipeline, report

    folder = models or _default_models(context)
    sound = not _unreadable(folder)
    for direction in pipeline.directions(folder):
        report.tell(report.direction(direction), as_json)
        sound = sound and direction.is_sound
    return Exit.DONE if sound else Exit.MODEL


@models.command("evaluate")
@click.argument("file", type=FILE)
@from_option(required=True, help="The language of the sources.")
@lang_option("--to", "target", required=True, help="The language of the references.")
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
            file,
            Lang(source),
            Lang(target),
            _engine(models or _default_models(context)),
            terms,
            limit=limit,
            progress=progress,
        )
    report.tell(report.scored(file, scores), as_json)


@cli.group("glossary")
def glossary_group() -> None:
    """Check and search the controlled glossary."""


@glossary_group.command("check")
@json_option
@click.pass_context
def glossary_check(context: click.Context, as_json: bool) -> int:
    """Read the whole glossary and list what is wrong with it, then what is odd. Status 5 if anything is wrong."""
    from kzpress import glossary, report

    folder = here(context).glossary
    problems = glossary.problems(folder)
    for problem in problems:
        report.tell(report.glossary_problem(problem), as_json)
    if problems:
        return Exit.GLOSSARY
    terms = glossary.load(folder)
    doubts = glossary.doubts(terms)
    for doubt in doubts:
        report.tell(report.glossary_problem(doubt, Severity.WARNING), as_json)
    report.tell(report.glossary_sound(terms, len(doubts)), as_json)
    return Exit.DONE


@glossary_group.command("find")
@click.argument("text")
@lang_option("--lang", help="The text's language.  [default: each]")
@option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Hold the text to the names of this day.")
@json_option
@click.pass_context
def glossary_find(context: click.Context, text: str, lang: str | None, date: Any, as_json: bool) -> int:
    """Show the names recognised in TEXT and what they are in the other languages; - reads standard input.

    Where there is none, the names most like it. Status 1 then.
    """
    from kzpress import glossary, report, report_glossary
    from kzpress.glossary.near import near

    place = here(context)
    terms = glossary.load(place.glossary, cache=place.index)
    text = "\n".join(_lines(Path(text))) if text == "-" else text
    codes = [Lang(lang)] if lang else list(Lang)
    hits = [(code, hit) for code in codes for hit in glossary.find(terms, text, code, date.date() if date else None)]
    for code, hit in hits:
        report.tell(report_glossary.name_found(terms, text, code, hit), as_json)
    if not hits:
        for found in (found for code in codes for found in near(terms, text, code)):
            report.tell(report_glossary.near(found), as_json)
    return Exit.DONE if hits else Exit.NO


@glossary_group.command("export")
@click.argument("file", type=FILE)
@option("--tbx", "version", type=click.Choice(["2", "3"]), help="TBX version; OmegaT and Weblate read 2.  [default: 3]")
@option("--semicolon", is_flag=True, help="CSV with semicolons, for Excel in Russian or Kazakh settings.")
@option("--force", is_flag=True, help="Write over FILE.")
@json_option
@click.pass_context
def glossary_export(
    context: click.Context, file: Path, version: str | None, semicolon: bool, force: bool, as_json: bool
) -> int:
    """Write the glossary to FILE: .csv, a table that holds all of it, or .tbx, a termbase; - prints a table.

    Tells what a termbase cannot hold.
    """
    from kzpress import files, report, report_glossary
    from kzpress.errors import GlossaryError
    from kzpress.glossary import exchange

    as_table = file.suffix.lower() == ".csv" or str(file) == "-"
    if file.suffix.lower() not in {".csv", ".tbx"} and str(file) != "-":
        raise UsageError(f"{file} ends in neither .csv nor .tbx", hint="give a name such as glossary.csv")
    if (version and as_table) or (semicolon and not as_table):
        raise UsageError("--tbx is for a .tbx file, --semicolon for a table")
    folder = here(context).glossary
    if as_table:
        made = exchange.to_csv(folder, delimiter=";" if semicolon else ",")
    else:
        made = exchange.to_tbx(folder, version=int(version or 3))
    if str(file) == "-":
        sys.stdout.buffer.write(made.data)
        return Exit.DONE
    if file.exists() and not force and file.read_bytes() != made.data:
        raise UsageError(f"{file} exists and is another file", hint="give another name, or --force to write over it")
    changed = files.write(file, made.data, error=GlossaryError)
    report.tell(report_glossary.exported(file, made, changed=changed), as_json)
    for line in report_glossary.left_out(made):
        report.note(line)
    return Exit.DONE


@glossary_group.command("import")
@click.argument("file", type=FILE)
@option("--into", default="imported.toml", show_default=True, help="The glossary's file for new entries.")
@option("--update", is_flag=True, help="Take over what differs in entries there are, too.")
@option("--dry-run", is_flag=True, help="Tell what would be done and change nothing.")
@option("--kind", help="The kind of concepts that have none: institution, office, person, place, document, event.")
@option("--source", help="The source of concepts that have none.")
@json_option
@click.pass_context
def glossary_import(
    context: click.Context,
    file: Path,
    into: str,
    update: bool,
    dry_run: bool,
    kind: str | None,
    source: str | None,
    as_json: bool,
) -> int:
    """Take the concepts of FILE, a .csv or .tbx, into the glossary: new ones are added, what differs is told.

    Status 1 if something differs and was left, or was refused.
    """
    from contextlib import nullcontext

    from kzpress import report, report_glossary
    from kzpress.glossary import exchange

    place = here(context)
    with nullcontext() if dry_run else place.lock():
        done = exchange.import_file(
            place.glossary,
            file,
            into=into,
            update=update,
            dry_run=dry_run,
            defaults={"kind": kind or "", "source": source or ""},
        )
    for line in done.notes:
        report.note(line)
    report.tell(report_glossary.imported(file, done, dry_run=dry_run), as_json)
    if not update and any(not found.taken for found in done.differences) and not as_json:
        report.note("what differs was left as it is; --update takes theirs")
    return Exit.DONE if done.is_complete else Exit.NO


@glossary_group.command("stats")
@click.argument("folders", type=FILE, nargs=-1)
@option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="So many concepts at most.")
@option("--never", is_flag=True, help="List the concepts that never occur instead.")
@json_option
@click.pass_context
def glossary_stats(context: click.Context, folders: tuple[Path, ...], limit: int, never: bool, as_json: bool) -> int:
    """Count which concepts occur in the sources of the catalogues in FOLDERS, and which never do.

    Without FOLDERS the workspace's own catalogues. A concept counts once a sentence and locale.
    """
    from kzpress import pipeline, report, report_glossary

    terms = _terms(context)[0]
    found = pipeline.usage_of(folders or (here(context).root / "locales",), terms)
    for path, error in found.failed:
        report.tell(report.failed(path, error), as_json)
    if never:
        for name in found.never:
            report.tell(report_glossary.unused(terms, name), as_json)
    elif found.tallies:
        if not as_json:
            report.say(report_glossary.usage_head())
        for tally in found.tallies[:limit]:
            report.tell(report_glossary.used(tally), as_json)
    shown = len(found.tallies) if never else min(limit, len(found.tallies))
    report.tell(report_glossary.usage(found, len(terms), shown), as_json)
    return _overall([error.status for _, error in found.failed] + [Exit.DONE] * found.catalogues)


@glossary_group.command("forms")
@click.argument("entry")
@json_option
@click.pass_context
def glossary_forms(context: click.Context, entry: str, as_json: bool) -> None:
    """Print the inflected forms of one entry's names, for a person to approve."""
    from kzpress import glossary, report

    place = here(context)
    terms = glossary.load(place.glossary, cache=place.index)
    if entry not in terms.entries:
        raise UsageError(f"no entry {entry!r} in the glossary", hint="kzpress glossary find NAME shows the identifiers")
    report.tell(report.forms(entry, {lang: glossary.forms(terms.entries[entry], lang) for lang in Lang}), as_json)


# ------------------------------------------------------------------ what the commands share


def _engine(models: Path | None) -> ArgosEngine:
    """Return an engine on the packages there are, telling those that cannot be read."""
    from kzpress.engine import discover
    from kzpress.engine.argos import ArgosEngine

    return ArgosEngine(discover(models), _unreadable(models))


def _unreadable(models: Path | None) -> tuple[ModelError, ...]:
    """Return what is wrong with each package that is passed over, and tell it."""
    from kzpress import report
    from kzpress.engine import broken

    unreadable = broken(models)
    for error in unreadable:
        report.note(f"passed over: {error}" + (f"; {error.hint}" if error.hint else ""))
    return unreadable


def _terms(context: click.Context) -> tuple[Glossary, Path | None]:
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


def _default_models(context: click.Context) -> Path | None:
    """Return the folder of models that the workspace's settings name, if there is a workspace."""
    try:
        return here(context).models
    except NoWorkspaceError:
        return None


def _lines(path: Path) -> list[str]:
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
    """Return the one status of a call over several releases: theirs if they agree, else PARTIAL."""
    failed = [outcome for outcome in outcomes if outcome is not Exit.DONE]
    if not failed:
        return Exit.DONE
    return failed[0] if len(set(outcomes)) == 1 else Exit.PARTIAL


def main() -> None:
    """Run the command line and exit with its status; what a terminal or pipe cannot show is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    sys.exit(run())


def run(args: list[str] | None = None) -> int:
    """Run a command and return its status; every error becomes one line with its place and next step."""
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
        report.complain(UsageError(error.format_message().rstrip(".").removeprefix("Error: ")))
        return Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        report.note("interrupted: what is written is complete, the rest is as it was")
        return Exit.INTERRUPTED
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
