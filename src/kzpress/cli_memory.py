"""The commands of ``kzpress memory``; ``cli`` puts them among the others."""

from __future__ import annotations

from pathlib import Path

import click

from kzpress.cli_options import FILE, from_option, group, here, json_option, lang_option, option
from kzpress.domain import Lang
from kzpress.errors import Exit, UsageError
from kzpress.speech import _


@group("memory")
def memory_group() -> None:
    """Search and exchange what people approved: the translation memory."""


@memory_group.command("stats")
@json_option
@click.pass_context
def memory_stats(context: click.Context, as_json: bool) -> int:
    """Count the approved sentences of all catalogues and of tm/*.tmx, by direction.

    Status 1 if a file cannot be read.
    """
    from kzpress import remembering, report, report_exchange

    with remembering.recalled(here(context)) as known:
        for path, error in known.failed:
            report.tell(report.failed(Path(path), error), as_json)
        report.tell(report_exchange.remembered(known.counts(), known.origins()), as_json)
        return Exit.NO if known.failed else Exit.DONE


@memory_group.command("find")
@click.argument("text")
@from_option(help="The language of TEXT.", required=True)
@lang_option("--to", "target", help="The language of the translation.  [default: each]")
@option("--limit", type=click.IntRange(min=1), default=5, show_default=True, help="So many translations at most.")
@json_option
@click.pass_context
def memory_find(context: click.Context, text: str, source: str, target: str | None, limit: int, as_json: bool) -> int:
    """Show what people approved for TEXT and for sentences like it. Status 1 if there is nothing."""
    from kzpress import remembering, report, report_exchange

    if source == target:
        raise UsageError(_("--from and --to are the same language"), hint=_("leave --to out to see each"))
    lang = Lang(source)
    found = 0
    with remembering.recalled(here(context)) as known:
        for other in [Lang(target)] if target else [code for code in Lang if code is not lang]:
            for one in remembering.alike(known, text, lang, other, limit):
                report.tell(report_exchange.recalled(one, text), as_json)
                found += 1
    if not found:
        report.note(_("nothing like it has been approved"))
    return Exit.DONE if found else Exit.NO


@memory_group.command("import")
@click.argument("file", type=FILE)
@option("--force", is_flag=True, help="Replace the file of that name in tm/.")
@json_option
@click.pass_context
def memory_import(context: click.Context, file: Path, force: bool, as_json: bool) -> None:
    """Take the sentences of FILE, a .tmx of any program, into tm/; they count as approved by the people who made it."""
    from kzpress import remembering, report, report_exchange

    place = here(context)
    with place.lock():
        brought = remembering.bring_in(place, file, force=force)
    report.tell(report_exchange.brought(place, brought), as_json)
    for line in report_exchange.lost(brought):
        report.note(line)


@memory_group.command("export")
@click.argument("file", type=FILE)
@from_option(help="Only sentences in this language.")
@lang_option("--to", "target", help="Only translations into this language.")
@option("--force", is_flag=True, help="Write over FILE.")
@json_option
@click.pass_context
def memory_export(
    context: click.Context, file: Path, source: str | None, target: str | None, force: bool, as_json: bool
) -> int:
    """Write what is remembered to FILE, a .tmx for OmegaT, Trados, Phrase and others. Status 1 if that is nothing."""
    from kzpress import remembering, report, report_exchange

    place = here(context)
    langs = Lang(source) if source else None, Lang(target) if target else None
    made = remembering.write_out(place, file, *langs, force=force)
    report.tell(report_exchange.brought(place, made), as_json)
    return Exit.DONE if made.counts else Exit.NO
