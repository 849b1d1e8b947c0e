"""`blogkit status`: compare every post with its sites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli import reports
from blogkit.cli.listener import listening
from blogkit.cli.options import common, deep_option, site_option
from blogkit.cli.publish.overview import show_overview
from blogkit.cli.shared import current_project, expanded, the_output

if TYPE_CHECKING:
    from datetime import tzinfo

    from blogkit.cli.output import Output
    from blogkit.project.plans.status import PostStatus, StatusReport
    from blogkit.project.schedules.proof import Proof


_IDLE = ("up to date", "live")
_TOO_MANY_TO_LIST = 10


@click.command(epilog="Example: blogkit status --offline")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@site_option("Show this site only.")
@click.option(
    "--offline", is_flag=True, help="Work offline, from the last known state of each site."
)
@deep_option
@click.option("--all", "everything", is_flag=True, help="List the posts that are up to date, too.")
@common
def status(paths: tuple[Path, ...], site: str, offline: bool, deep: bool, everything: bool) -> int:
    """Show what is live, scheduled, new or changed. Reads only.

    FILE compares the file with the blog: new, changed, up to date, undone (not sent again until the
    file changes), edited there, conflict, gone, refused, second draft (of a killed run), no file,
    has errors (left out until they are fixed).
    THERE shows the post's state on the blog. Times are in the blog's time zone and in UTC.

    Posts whose scheduled time has come are listed below, until they are seen live once.

    If more than ten live posts are up to date, they are counted and not listed; --all lists them.

    The last lines show what went live lately, what comes next (scheduled posts, slots and jobs) and
    what needs you: posts that wait for a decision or a slot, values to set by hand, failed jobs.

    If the sign-in to Blogger has ended, FILE and THERE are about what readers see.
    """
    output, project = the_output(), current_project()
    with listening(output, project.config.zone) as listener:
        found = project.status(
            *expanded(paths), site=site, offline=offline, deep=deep, on_progress=listener
        )
    reports.warn_of_public(output, found.public)
    for error in (*found.unavailable.values(), *found.left_out):
        output.error(error)
    sick = [one for one in found if one.trouble]
    for one in sick:
        at_line = one.trouble.startswith(f"{one.path}:")
        output.fail(one.trouble if at_line else f"{one.path}: {one.trouble}", one.hint)
    rows = [_row(one, project.config.zone) for one in found]
    _show_table(output, rows, everything=everything or bool(paths))
    if not rows:
        output.say("no posts yet: blogkit new post TITLE")
    if lost := next((one.key for one in found if one.file == "no file"), ""):
        output.say(f"posts without a file stay as they are; to restore a file: blogkit pull {lost}")
    reports.show_wiped(output, found.wiped)
    for proof in found.schedules:
        _show_proof(output, proof)
    for edit in found.open_edits:
        output.warn(f"run {edit.run} did not report whether this arrived: {edit.summary}")
        output.note("    if that run has ended, blogkit publish looks at the post")
    output.report(_data(found, rows, show_overview(output, project, found)))
    unproven = any(not proof.ok for proof in found.schedules)
    return int(bool(found.unavailable or found.public or found.left_out or sick or unproven))


def _data(
    found: StatusReport, rows: Sequence[Mapping[str, Any]], overview: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "posts": rows,
        "wiped": reports.of_wiped(found.wiped),
        "schedules": [_proof_data(proof) for proof in found.schedules],
        **overview,
        "open_edits": [asdict(edit) for edit in found.open_edits],
        **reports.of_public(found.public),
        **reports.of_left_out(found.unavailable, found.left_out),
    }


def _show_table(output: Output, rows: Sequence[Mapping[str, Any]], *, everything: bool) -> None:
    """Print a line a post. Of a blog of years, nearly all have nothing to tell."""
    busy = [row for row in rows if (row["file"], row["there"]) != _IDLE]
    idle = len(rows) - len(busy)
    fold = idle > _TOO_MANY_TO_LIST and not everything
    listed = busy if fold else rows
    if listed or not fold:
        output.table(
            [(row["site"], row["path"] or row["key"], row["file"], row["there"]) for row in listed],
            ("SITE", "POST", "FILE", "THERE"),
        )
    if fold:
        output.say(f"{idle:,} posts are live and up to date (blogkit status --all)")


def _show_proof(output: Output, proof: Proof) -> None:
    if not proof.ok:
        output.fail(proof.summary, proof.hint)
        return
    output.say(proof.summary, "green" if proof.proven else "yellow")
    if proof.hint:
        output.say(f"    {proof.hint}")


def _proof_data(proof: Proof) -> dict[str, Any]:
    return {
        "site": proof.schedule.site,
        "key": proof.schedule.key,
        "due": proof.schedule.due.isoformat(),
        "proven": proof.proven,
        "summary": proof.summary,
        "hint": proof.hint,
    }


def _row(one: PostStatus, zone: tzinfo) -> dict[str, Any]:
    remote = one.remote
    return {
        "site": one.site,
        "path": one.path,
        "key": one.key,
        "file": one.file,
        "there": reports.state_of(remote, zone) if remote else "-",
        "state": str(remote.state) if remote else "",
        "url": remote.url if remote else "",
        "at": remote.at.isoformat() if remote and remote.at else None,
        **({"view": "public"} if one.public else {}),
        **({"trouble": one.trouble} if one.trouble else {}),
    }
