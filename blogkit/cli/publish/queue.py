"""`blogkit queue`: show what goes live when, and change it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli import plan_runner, reports
from blogkit.cli.listener import Listener, listening
from blogkit.cli.options import common, limit_option, site_option
from blogkit.cli.shared import current_project, the_output
from blogkit.errors import UsageError
from blogkit.times import one_clock

if TYPE_CHECKING:
    from datetime import tzinfo

    from blogkit.project.plans.plan import Plan
    from blogkit.project.project import Project
    from blogkit.project.queue.calendar import QueueEntry

_dry_run = click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
_yes = click.option(
    "--yes", "-y", is_flag=True, help="Don't ask for confirmation; needed in pipes and cron jobs."
)


@click.group(invoke_without_command=True, epilog="Example: blogkit queue --ics > queue.ics")
@site_option("Show this site only.")
@click.option(
    "--offline", is_flag=True, help="Work offline, from the last known state of each site."
)
@click.option("--ics", is_flag=True, help="Print an iCalendar file for your calendar program.")
@common
def queue(site: str, offline: bool, ics: bool) -> int:
    """Show what goes live when, by time, and change it.

    STATE is scheduled (the site has the post with this time), not sent yet (blogkit publish hands
    it to the site with this time), held, or no free slot. Posts that others scheduled on the blog
    are listed, too. Sends nothing that changes a blog.
    """
    if click.get_current_context().invoked_subcommand:
        return 0
    output, project = the_output(), current_project()
    found = project.queue.calendar(site, offline=offline)
    for error in found.unavailable.values():
        output.error(error)
    zone = project.config.zone
    if ics and not output.as_json:
        from blogkit.project.queue.ics import to_ics

        output.result(to_ics(found, project.config.title, project.timed.now))
    else:
        rows = [_row(one, zone) for one in found]
        if rows:
            output.table(rows, ("WHEN", "SITE", "POST", "STATE", "TITLE"))
            output.note(f"times are in {zone}")
            if any(one.state == "no free slot" for one in found):
                output.note('add slots to blogkit.toml: [schedule] slots = ["mon-fri 07:00"]')
        else:
            output.say("nothing is scheduled; write publish: queue in a post to queue it")
    left_out = reports.of_left_out(found.unavailable, ())
    output.report({"queue": [_data(one) for one in found], **left_out})
    return int(bool(found.unavailable))


@queue.command(epilog="Example: blogkit queue move miami before budget")
@click.argument("post")
@click.argument("to", metavar="TIME|first|last|before")
@click.argument("other", required=False, default="", metavar="[OTHER]")
@site_option("The site, if the post goes to several.")
@limit_option
@_dry_run
@_yes
@common
def move(post: str, to: str, other: str, site: str, limit: int, dry_run: bool, yes: bool) -> int:
    """Give a queued post another time on its site.

    TIME is a time such as "2026-12-01 07:00". With first, last or before OTHER, the posts in
    between move by one place. POST and OTHER are keys or files. The file does not change: the site
    has the time, and every computer sees it there.
    """
    if bool(other) is not (to == "before"):
        hint = "for example: blogkit queue move miami before budget"
        word = f'"{other}" has no meaning after "{to}"' if other else "before what?"
        raise UsageError(f"cannot move {post}: {word}", hint=hint)

    def plan(project: Project, listener: Listener) -> Plan:
        return project.queue.move(post, to, other, site=site, on_progress=listener)

    return _run("queue move", plan, limit=limit, dry_run=dry_run, yes=yes)


@queue.command(epilog="Example: blogkit queue hold miami")
@click.argument("post")
@limit_option
@_dry_run
@_yes
@common
def hold(post: str, limit: int, dry_run: bool, yes: bool) -> int:
    """Take a queued post out of its slot until you resume it.

    Writes queue: hold into the front matter of POST (a key or file), and makes the post a draft on
    its sites. To hold the whole queue, write hold = true below [schedule] in blogkit.toml, and run
    blogkit publish.
    """

    def plan(project: Project, listener: Listener) -> Plan:
        return project.queue.hold(post, on_progress=listener)

    return _run("queue hold", plan, limit=limit, dry_run=dry_run, yes=yes)


@queue.command(epilog="Example: blogkit queue resume miami")
@click.argument("post")
@limit_option
@_dry_run
@_yes
@common
def resume(post: str, limit: int, dry_run: bool, yes: bool) -> int:
    """Let a held post take the next free slot."""

    def plan(project: Project, listener: Listener) -> Plan:
        return project.queue.resume(post, on_progress=listener)

    return _run("queue resume", plan, limit=limit, dry_run=dry_run, yes=yes)


def _run(
    command: str,
    make: Callable[[Project, Listener], Plan],
    *,
    limit: int,
    dry_run: bool,
    yes: bool,
) -> int:
    """Make a plan, show it, and apply it unless it is a dry run."""
    output, project = the_output(), current_project()
    zone = project.config.zone
    with nullcontext() if dry_run else project.exclusive(command):
        with listening(output, zone) as listener:
            planned = make(project, listener)
        plan_runner.warn(output, planned)
        files = getattr(planned, "files", ())
        more = {"files": [project.config.relative(file.path) for file in files]}
        if dry_run or (planned.writing and not yes):
            for file in files:
                output.say(file.summary, "green")
            plan_runner.show_plan(output, planned, everything=True)
        if dry_run:
            return plan_runner.dry_run(output, planned, limit, more)
        return plan_runner.apply_plan(output, planned, zone, limit=limit, yes=yes, more=more)


def _row(one: QueueEntry, zone: tzinfo) -> tuple[str, ...]:
    when = one_clock(one.at, zone) if one.at else "-"
    return when, one.site, one.path or "-", one.state, one.title


def _data(one: QueueEntry) -> dict[str, Any]:
    return {**asdict(one), "at": one.at.isoformat() if one.at else None}
