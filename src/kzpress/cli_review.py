"""The commands of the review: how far it is, what is found, what a reviewer looks at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kzpress.cli_options import FILE, command, here, json_option, lang_option, option
from kzpress.domain import Lang
from kzpress.errors import Exit
from kzpress.speech import _, told

if TYPE_CHECKING:
    from kzpress.workspace import Workspace

sort_option = option(
    "--sort",
    type=click.Choice(["source", "risk"]),
    default="source",
    show_default=True,
    help="The order: the source's, or worst first.",
)
locale_option = lang_option("--lang", help="Only this locale.")


@command()
@click.argument("slugs", nargs=-1)
@locale_option
@option("--stale", is_flag=True, help="List instead what a changed glossary affects; status 1 if there is anything.")
@sort_option
@json_option
@click.pass_context
def status(
    context: click.Context, slugs: tuple[str, ...], lang: str | None, stale: bool, sort: str, as_json: bool
) -> int:
    """Show how far the review of every release is: a picture on a terminal, a line a catalogue elsewhere."""
    from kzpress import progress, report, report_review

    place = here(context)
    if stale:
        return _stale(place, slugs, Lang(lang) if lang else None, as_json)
    as_picture = sys.stdout.isatty() and not as_json
    before, outcomes, totals = "", set[Exit](), report_review.Totals()
    only, order = Lang(lang) if lang else None, progress.Order(sort)
    for line in progress.progress_of(place, slugs, only, order=order, findings=False):
        answer = report_review.pictured(line, before) if as_picture else report_review.progressed(place, line)
        report.tell(answer, as_json)
        before = before if line.error else line.slug
        outcomes.add(line.error.status if line.error else Exit.DONE)
        totals.add(line)
    if not outcomes:
        report.note_no_catalogues()
    if as_picture and outcomes:
        report.say(f"\n{report_review.legend()}")
    if not as_json and totals.releases > 1:
        report.say(totals.words())
    return Exit.over(outcomes)


def _stale(place: Workspace, slugs: tuple[str, ...], lang: Lang | None, as_json: bool) -> int:
    from kzpress import progress, report, report_review

    lines = list(progress.stale_of(place, slugs, lang))
    for line in lines:
        report.tell(report_review.stale(place, line), as_json)
    found = any(line.entries for line in lines)
    overall = Exit.over([line.error.status if line.error else Exit.DONE for line in lines])
    if not found and overall is Exit.DONE and not as_json:
        report.say(told("nothing is stale"))
    return overall or (Exit.NO if found else Exit.DONE)


@command()
@click.argument("slugs", nargs=-1)
@locale_option
@sort_option
@option("--fix", "fix_too", is_flag=True, help="Put right in drafts what a rule alone can; they stay drafts.")
@json_option
@click.pass_context
def check(
    context: click.Context, slugs: tuple[str, ...], lang: str | None, sort: str, fix_too: bool, as_json: bool
) -> int:
    """Check catalogues: names, numbers, addresses, and what machines get wrong.

    Status 1 if there is a finding that is an error. A finding that is right to leave is acknowledged by writing its
    code and mark into the entry's comment: kzpress: ok number-mismatch 3f2a
    """
    from kzpress import fixing, progress, report, report_review

    place = here(context)
    only = Lang(lang) if lang else None
    fixed = {one.path: one for one in fixing.fix(place, slugs, only)} if fix_too else {}
    outcomes: list[Exit] = []
    blocked = False
    for line in progress.progress_of(place, slugs, only, order=progress.Order(sort)):
        done = fixed.get(line.path) if fixed else None
        if done and done.error and not line.error:
            report.tell(report.failed(line.path, done.error), as_json)
            outcomes.append(done.error.status)
            continue
        report.tell(report_review.checked(place, line, done), as_json)
        outcomes.append(line.error.status if line.error else Exit.DONE)
        blocked = blocked or any(finding.severity == "error" for finding in line.findings)
    if not outcomes:
        report.note_no_catalogues()
    return Exit.over(outcomes) or (Exit.NO if blocked else Exit.DONE)


@command()
@click.argument("slugs", nargs=-1, required=True)
@lang_option("--lang", help="Only this locale.  [default: a page for each]")
@option("--out", type=FILE, help="The page's file.  [default: in .kzpress/preview]")
@option("--open", "open_too", is_flag=True, help="Show the page in the browser.")
@sort_option
@json_option
@click.pass_context
def preview(
    context: click.Context,
    slugs: tuple[str, ...],
    lang: str | None,
    out: Path | None,
    open_too: bool,
    sort: str,
    as_json: bool,
) -> int:
    """Write a page for the reviewer of each locale: both texts side by side, names, findings, what changed.

    A page is one file that needs no network; it prints, and j, k and n lead from one thing to look at to the next.
    """
    import webbrowser

    from kzpress import preview as pages
    from kzpress import report, report_review
    from kzpress.progress import Order

    place = here(context)
    outcomes: list[Exit] = []
    for page in pages.preview(place, slugs, Lang(lang) if lang else None, order=Order(sort), out=out):
        report.tell(report_review.previewed(place, page), as_json)
        outcomes.append(page.error.status if page.error else Exit.DONE)
        if open_too and not page.error and not webbrowser.open(page.path.resolve().as_uri()):
            report.note(_("no browser could be opened here"))
    return Exit.over(outcomes)
