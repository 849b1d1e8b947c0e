"""`blogkit link`: set the addresses of named links, list the links, and find dead ones."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli import plan_runner
from blogkit.cli.listener import listening
from blogkit.cli.options import common, limit_option
from blogkit.cli.output import Output
from blogkit.cli.schedule.timed import Asked, chosen_times, record_command, when_option
from blogkit.cli.shared import current_project, the_output
from blogkit.errors import nearest

if TYPE_CHECKING:
    from blogkit.project.links.setting import LinkPlan
    from blogkit.project.project import Project

_COLOURS = {"ok": "green", "moved": "yellow", "unclear": "yellow"}


@click.group(epilog="Example: blogkit link set polity-12 https://example.com/quiz/polity-12")
@common
def link() -> None:
    """Set and check the links that posts use by name, such as quiz: polity-12."""


@link.command(
    name="set", epilog="Example: blogkit link set polity-12 https://example.com/quiz/polity-12"
)
@click.argument("name")
@click.argument("url")
@when_option
@limit_option
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option(
    "--yes", "-y", is_flag=True, help="Don't ask for confirmation; needed in pipes and cron jobs."
)
@common
def set_(name: str, url: str, limit: int, dry_run: bool, yes: bool, **options: Any) -> int:
    """Give a link its address, and fill every post that uses it, on every site.

    The address goes into links.toml. Posts whose file has quiz: NAME are published with it, and
    widgets that you inserted with --quiz NAME into live posts are re-rendered. All of this is one
    run, which you can undo.
    """
    from blogkit.project.jobs.requests import SetLink

    output, project = the_output(), current_project()
    zone, times = project.config.zone, chosen_times(project, options)
    # As for `publish`: the bytes that were looked at must be the bytes that are replaced.
    with nullcontext() if dry_run or times.when else project.exclusive("link"):
        with listening(output, zone) as listener:
            plan = project.set_link(name, url, on_progress=listener)
        plan_runner.warn(output, plan)
        _warn_of_unused(output, project, plan)
        if dry_run or times.when or (plan.writing and not yes):
            plan_runner.show_plan(output, plan, everything=True)
        if times.when:
            request = SetLink(plan.name, plan.url)
            asked = Asked(limit, dry_run, yes)
            return record_command(output, project, request, times, plan, asked)
        more = {"link": plan.name, "url": plan.url}
        if dry_run:
            return plan_runner.dry_run(output, plan, limit, more)
        return plan_runner.apply_plan(output, plan, zone, limit=limit, yes=yes, more=more)


@link.command(name="list", epilog="Example: blogkit link list")
@common
def list_() -> None:
    """List the links that posts use by name, and who uses each. Sends nothing."""
    output, project = the_output(), current_project()
    links = project.links()
    output.table(
        [(one.name, one.url or "pending", ", ".join((*one.posts, *one.live))) for one in links],
        ("LINK", "ADDRESS", "USED BY"),
    )
    if not links:
        output.say("no post uses a link by name: write quiz: NAME at the top of a post")
    output.report({"links": [asdict(one) for one in links]})


@link.command(epilog="Example: blogkit link check polity-12")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option(
    "--private", is_flag=True, help="Also ask servers on this machine and in private networks."
)
@common
def check(names: tuple[str, ...], private: bool) -> int:
    """Find dead links: ask each address whether its page exists.

    Checks the addresses in links.toml, in the quiz: lines of your posts and in quiz_url in
    blogkit.toml, or only those of the links you name. Each server gets at most one visit a second,
    without cookies or credentials. The exit code is 1 if a link is dead.
    """
    output, project = the_output(), current_project()
    with listening(output, project.config.zone) as listener:
        found = project.check_links(*names, private=private, on_progress=listener)
    for one in found:
        detail = f": {one.detail}" if one.detail else ""
        line = f"{one.state}  {one.url}{detail} ({', '.join(one.places)})"
        output.say(line, _COLOURS.get(one.state, "red"))
    if any(one.state == "refused" for one in found):
        output.note("to ask servers in your own network, too, add --private")
    dead = sum(not one.ok for one in found)
    output.say(f"{len(found)} checked, {dead} dead", "yellow" if dead else "green")
    output.report({"links": [{**asdict(one), "ok": one.ok} for one in found]})
    return int(bool(dead))


def _warn_of_unused(output: Output, project: Project, plan: LinkPlan) -> None:
    """Warn of a link that no post uses: its name may have a typing error."""
    if plan.examined or plan.left_out:
        return
    others = [one.name for one in project.links() if one.uses]
    like = nearest(plan.name, others)
    output.warn(f'no post uses the link "{plan.name}"' + (f"; {like}" if like else ""))
