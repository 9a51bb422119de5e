"""The command ``kzpress doctor``; ``cli`` puts it among the others."""

from __future__ import annotations

from pathlib import Path

import click

from kzpress.cli_options import command, json_option, models_option
from kzpress.errors import Exit


@command("doctor")
@models_option
@json_option
@click.pass_context
def doctor_command(context: click.Context, models: Path | None, as_json: bool) -> Exit:
    """Look at all that the commands need here, and tell what is wrong and the remedy.

    Program and libraries, locale, workspace, permissions, lock, disk, glossary, models. Status 1 if something is wrong.
    """
    from kzpress import diagnosing, report, report_doctor

    worst = Exit.DONE
    for seen in diagnosing.examine(context.obj or Path.cwd(), models):
        report.tell(report_doctor.seen(seen), as_json)
        if seen.health is diagnosing.Health.ERROR:
            worst = Exit.NO
    return worst
