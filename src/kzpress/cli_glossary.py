"""The commands of ``kzpress glossary``; ``cli`` puts them among the others."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import Any

import click

from kzpress.cli_options import FILE, group, here, json_option, lang_option, lines_of, option, terms_of
from kzpress.domain import Lang, Severity
from kzpress.errors import Exit, UsageError
from kzpress.speech import _


@group("glossary")
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
    text = "\n".join(lines_of(Path(text))) if text == "-" else text
    if not text.strip():
        raise UsageError(_("there is no text to look in"), hint='kzpress glossary find "Ministry of Justice"')
    codes = [Lang(lang)] if lang else list(Lang)
    day = date.date() if date else None
    hits = [(code, hit) for code in codes for hit in glossary.find(terms, text, code, day)]
    for code, hit in hits:
        report.tell(report_glossary.name_found(terms, text, code, hit, day), as_json)
    if not hits:
        report.note(_("there is no name of the glossary in this text"))
        for found in (found for code in codes for found in near(terms, text, code)):
            report.tell(report_glossary.near(found), as_json)
    return Exit.DONE if hits else Exit.NO


@glossary_group.command("export")
@click.argument("file", type=FILE)
@option("--tbx", "version", type=click.Choice(["2", "3"]), help="TBX version; OmegaT and Weblate read 2.  [default: 3]")
@option("--approved", is_flag=True, help="TBX of right names alone: OmegaT offers every term, wrong ones too.")
@option("--semicolon", is_flag=True, help="CSV with semicolons, for Excel in Russian or Kazakh settings.")
@option("--force", is_flag=True, help="Write over FILE.")
@json_option
@click.pass_context
def glossary_export(
    context: click.Context,
    file: Path,
    version: str | None,
    approved: bool,
    semicolon: bool,
    force: bool,
    as_json: bool,
) -> int:
    """Write the glossary to FILE: .csv, a table that holds all of it, or .tbx, a termbase; - prints a table.

    Tells what a termbase cannot hold.
    """
    from kzpress import files, report, report_glossary
    from kzpress.errors import GlossaryError
    from kzpress.glossary import exchange

    as_table = file.suffix.lower() == ".csv" or str(file) == "-"
    if file.suffix.lower() not in {".csv", ".tbx"} and str(file) != "-":
        raise UsageError(
            _("{file} ends in neither .csv nor .tbx", file=file), hint=_("give a name such as glossary.csv")
        )
    if ((version or approved) and as_table) or (semicolon and not as_table):
        raise UsageError(_("--tbx and --approved are for a .tbx file, --semicolon for a table"))
    folder = here(context).glossary
    if as_table:
        made = exchange.to_csv(folder, delimiter=";" if semicolon else ",")
    else:
        made = exchange.to_tbx(folder, version=int(version or 3), approved=approved)
    if str(file) == "-":
        sys.stdout.buffer.write(made.data)
        return Exit.DONE
    if file.exists() and not force and file.read_bytes() != made.data:
        raise UsageError(
            _("{file} exists and is another file", file=file), hint=_("give another name, or --force to write over it")
        )
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
        report.note(_("what differs was left as it is; --update takes theirs"))
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
    from kzpress import measuring, report, report_glossary

    terms = terms_of(context)[0]
    found = measuring.usage_of(folders or (here(context).root / "locales",), terms)
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
    return Exit.over([error.status for _, error in found.failed] + [Exit.DONE] * found.catalogues)


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
        named = [hit.entry for lang in Lang for hit in glossary.find(terms, entry, lang, None)]
        close = (named or difflib.get_close_matches(entry, terms.entries, n=1))[:1]
        hint = (
            _("did you mean {close}?", close=close[0])
            if close
            else _("kzpress glossary find NAME shows the identifiers")
        )
        raise UsageError(_("no entry “{entry}” in the glossary", entry=entry), hint=hint)
    report.tell(report.forms(entry, {lang: glossary.forms(terms.entries[entry], lang) for lang in Lang}), as_json)
