"""``kzpress export`` and ``kzpress import``: releases out to people without a PO editor, and back."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Final

import click

from kzpress.cli_options import FILE, command, here, json_option, lang_option, option
from kzpress.domain import Lang
from kzpress.errors import Exit, KzpressError, UsageError
from kzpress.speech import _

_FORMATS: Final = ["docx", "xlsx", "xliff"]
_ENDINGS: Final = {".docx": "docx", ".xlsx": "xlsx", ".xliff": "xliff", ".xlf": "xliff"}


@command("export")
@click.argument("slug")
@lang_option("--lang", help="Only this locale.")
@option("--as", "into", type=click.Choice(_FORMATS), help="The format.  [default: by --out, else docx]")
@option("--out", type=FILE, help="The file to write.  [default: SLUG.LANG.docx here]")
@option("--force", is_flag=True, help="Write over the file.")
@json_option
@click.pass_context
def export_command(
    context: click.Context,
    slug: str,
    lang: str | None,
    into: str | None,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Write the translation of SLUG as a table in Word or Excel, or as XLIFF, for people without a PO editor.

    They correct it, mark what is right, and send it back: kzpress import takes it in.
    """
    from kzpress import exchanging, report, report_exchange
    from kzpress.exchange import Format

    by_name = _ENDINGS.get(out.suffix.lower()) if out else None
    if out and not into and not by_name:
        raise UsageError(
            _("{out} ends in none of .docx, .xlsx and .xliff", out=out), hint=_("say the format with --as")
        )
    if into and by_name and into != by_name:
        raise UsageError(
            _("{out} is not the name of a file in {into}", out=out, into=into), hint=_("leave out --as or change --out")
        )
    form = Format(into or by_name or "docx")
    place = here(context)
    for done in exchanging.send_out(place, slug, Lang(lang) if lang else None, form, out, force=force):
        report.tell(report_exchange.exported(done), as_json)


@command("import")
@click.argument("files", type=FILE, nargs=-1, required=True)
@option("--by", help="Who did the work, for the catalogue's header: “Name <mail>”.")
@option("--partly", is_flag=True, help="Take what still is in the release where other source sentences differ.")
@option("--dry-run", is_flag=True, help="Tell what would be done and change nothing.")
@json_option
@click.pass_context
def import_command(
    context: click.Context, files: tuple[Path, ...], by: str | None, partly: bool, dry_run: bool, as_json: bool
) -> int:
    """Take FILES that went out by kzpress export and came back into their catalogues.

    What only the file changed is taken; it is approved where a person wrote ok, готово or дайын beside it, or set the
    state to final. Where both changed, or an approved text was changed and not marked, the catalogue's stays and the
    file's is kept in the entry's comment. Status 1 if anything was left so.
    """
    from kzpress import exchanging, report, report_exchange

    place = here(context)
    outcomes: list[Exit] = []
    left = False
    with nullcontext() if dry_run else place.lock():
        for path in files:
            try:
                done = exchanging.take_in(place, path, partly=partly, by=by, dry_run=dry_run)
            except KzpressError as error:
                report.tell(report.failed(path, error), as_json)
                outcomes.append(error.status)
            else:
                report.tell(report_exchange.imported(place, done, dry_run=dry_run), as_json)
                outcomes.append(Exit.DONE)
                left = left or bool(done.left)
    return Exit.over(outcomes) or (Exit.NO if left else Exit.DONE)
