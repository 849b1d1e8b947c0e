"""`blogkit trust`: list what in a folder needs trust, and remember that the user trusts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from blogkit.cli.options import common
from blogkit.cli.output import Output, interactive
from blogkit.cli.shared import start_folder, the_output
from blogkit.errors import UsageError

if TYPE_CHECKING:
    from blogkit.project.trusting import TrustItem


@click.command(epilog="Example: blogkit trust -C ~/Downloads/their-blog --dry-run")
@click.option("--dry-run", is_flag=True, help="List what needs trust, and change nothing.")
@click.option("--remove", is_flag=True, help="Take back all trust in this folder.")
@click.option(
    "--yes", "-y", is_flag=True, help="Don't ask for confirmation; needed in pipes and cron jobs."
)
@common
def trust(dry_run: bool, remove: bool, yes: bool) -> int:
    """Allow the code in a blog's folder that is not blogkit's, after you have read it.

    Lists the Python files of the folder's own widgets, links, sites that write outside of the
    folder, and another user who owns it. Nothing of this is used before you trust it. Trusting a
    widget means running its files with your rights. When they change, trust them again.
    """
    from blogkit.project.project import open_project

    output = the_output()
    # only to read the settings and list the files: no command here runs any of them
    project = open_project(start_folder(), trust=True)
    root = str(project.config.root)
    if remove:
        removed = not dry_run and project.distrust()
        output.report({"folder": root, "removed": removed})
        output.say(f"nothing in {root} is trusted now" if removed else "nothing was changed")
        return 0
    items = project.untrusted
    _list(output, items)
    if not items:
        output.say(f"nothing in {root} needs more trust", "green")
    elif not dry_run:
        if not _is_sure(output, root, yes=yes):
            output.say("nothing was changed")
            return 1
        project.trust(*items)
        output.say(f"trusted: {', '.join(map(str, items))}", "green")
    output.report(
        {
            "folder": root,
            "items": [{**vars(item), "files": dict(item.files)} for item in items],
            "trusted": bool(items) and not dry_run,
        }
    )
    return 0


def _list(output: Output, items: Sequence[TrustItem]) -> None:
    for item in items:
        output.say(str(item))
    rows = [[item.name, name, f"{lines:,}"] for item in items for name, lines in item.files.items()]
    if rows:
        output.say()
        output.table(rows, ["widget", "file", "lines"])


def _is_sure(output: Output, root: str, *, yes: bool) -> bool:
    if yes:
        return True
    if output.as_json or output.quiet or not interactive():
        raise UsageError(
            "cannot ask for confirmation without a terminal, or with --json or --quiet",
            hint="add --yes; or --dry-run to see what needs trust",
        )
    return output.confirm(f"Trust this in {root}?")
