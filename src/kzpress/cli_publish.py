"""The commands ``kzpress publish`` and ``kzpress withdraw``; ``cli`` puts them among the others."""

from __future__ import annotations

import datetime as dt

import click

from kzpress.cli_options import command, here, json_option, lang_option, option
from kzpress.domain import Lang
from kzpress.errors import Exit


@command("publish")
@click.argument("slugs", nargs=-1)
@lang_option("--lang", help="Only this locale, and the source's with it.")
@json_option
@click.pass_context
def publish_command(context: click.Context, slugs: tuple[str, ...], lang: str | None, as_json: bool) -> int:
    """Publish every locale of these releases, of all if none is named, that is reviewed to the end.

    That is: every entry approved by a person, no finding that is an error, and the source unchanged since. Tells of
    the others why they are not ready. Status 1 if a release that is named is not ready, or nothing at all is.
    """
    from kzpress import publishing, report, report_publish

    place = here(context)
    lines = []
    for line in publishing.publish(place, slugs, Lang(lang) if lang else None, now=_now()):
        report.tell(report_publish.done(place, line), as_json)
        lines.append(line)
    if not lines:
        report.note_no_catalogues()
    overall = Exit.over([line.error.status if line.error else Exit.DONE for line in lines])
    good = [line.outcome.is_good for line in lines if line.outcome]
    refused = not all(good) if slugs else bool(good) and not any(good)
    return overall or (Exit.NO if refused else Exit.DONE)


@command("withdraw")
@click.argument("slug")
@option("--undo", is_flag=True, help="Let a withdrawn release be published again.")
@json_option
@click.pass_context
def withdraw_command(context: click.Context, slug: str, undo: bool, as_json: bool) -> Exit:
    """Take every edition of a published release offline: a notice with the date stands in its place.

    `publish` refuses the release until --undo; the notice stays until it is published again.
    """
    from kzpress import publishing, report, report_publish

    place = here(context)
    withdrawal = publishing.withdraw(place, slug, undo=undo, now=_now())
    report.tell(report_publish.withdrawn(place, withdrawal), as_json)
    for error in withdrawal.failed:
        report.complain(error)
    return Exit.PARTIAL if withdrawal.failed else Exit.DONE


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
