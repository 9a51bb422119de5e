"""The command ``kzpress upgrade``; ``cli`` puts it among the others."""

from __future__ import annotations

from pathlib import Path

import click

from kzpress.cli_options import command, json_option, option
from kzpress.errors import Exit, WorkspaceError
from kzpress.speech import _


@command("upgrade")
@option("--dry-run", is_flag=True, help="Tell what would be done and change nothing.")
@json_option
@click.pass_context
def upgrade_command(context: click.Context, dry_run: bool, as_json: bool) -> Exit:
    """Bring an older workspace to the newest format.

    Nothing that a reviewer wrote is touched. Cut short at any moment, it is completed by the same command.
    """
    from kzpress import report, report_upgrade, upgrading, workspace

    try:
        root = workspace.root_of(context.obj or Path.cwd())
    except FileNotFoundError as error:
        raise WorkspaceError(_("the current folder is gone"), hint=_("change into a folder that exists")) from error
    changes = 0
    for changes, edit in enumerate(upgrading.upgrade(root, dry_run=dry_run), 1):  # noqa: B007 - how many there were
        report.tell(report_upgrade.changed(root, edit, dry_run=dry_run), as_json)
    if not changes and not as_json:
        report.say(report_upgrade.unchanged(root))
    return Exit.DONE
