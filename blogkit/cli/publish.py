"""`blogkit plan` and `blogkit publish`: what would happen, and making it so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TypeVar

import click

from blogkit.cli import reports, running
from blogkit.cli.options import common, limit_option, site_option
from blogkit.cli.output import Output
from blogkit.cli.prepare import Prepared, prepare_all, say_down
from blogkit.cli.workbench import Wishes, Workbench, open_workbench, the_output
from blogkit.errors import UsageError
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.publish import renamed
from blogkit.publish.actions import Action, Choices
from blogkit.publish.observe import look
from blogkit.publish.plan import orphans, remembered
from blogkit.publish.plan import plan as plan_for

F = TypeVar("F", bound=Callable[..., Any])


def _selection(function: F) -> F:
    """The arguments that say what goes where; the same for `plan` and `publish`."""
    decorators = [
        click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]"),
        site_option("To this site only (default: each post's own, or the default site)."),
        click.option("--quiz-url", default="", metavar="URL", help="The mock-test address, instead of each post's own."),
        click.option("--allow-open", is_flag=True, help="Publish posts whose mock-test address is still open, as coming soon."),
        click.option("--allow-http", is_flag=True, help="Accept a mock-test address without TLS."),
        click.option("--ours", is_flag=True, help="For PATH...: overwrite what was changed on the site since."),
        click.option("--theirs", is_flag=True, help="For PATH...: keep what was changed on the site, until the file changes again."),
        click.option("--as-new", is_flag=True, help="For PATH...: not a renamed file, though a post of its title has lost its file."),
        click.option("--recreate", is_flag=True, help="For PATH...: publish anew what was deleted on the site."),
    ]
    decorated: Any = function
    for decorator in reversed(decorators):
        decorated = decorator(decorated)
    return decorated  # type: ignore[no-any-return]  # click's decorators keep the callable


@click.command(epilog="Example: blogkit plan posts/miami.md")
@_selection
@click.option("--offline", is_flag=True, help="Ask no site: what would follow if everything there is as blogkit last saw it.")
@common
def plan(paths: tuple[Path, ...], offline: bool, **wishes: Any) -> int:
    """Show what publishing would do. Reads the sites, writes nothing.

    Looks at PATH... (files or folders), or at everything in posts/ and pages/. Exit code 4 when a post is in conflict.
    """
    output, bench = the_output(), open_workbench()
    with bench.journal() as journal:
        plans = plans_of(bench, output, journal, paths, Wishes(**wishes, whole=not paths), offline=offline)
    running.show(output, plans, everything=bool(paths))
    if output.as_json:
        output.report({**reports.of_plans(plans), **reports.of_down(bench.down)})
    return reports.plan_exit_code(plans) or int(bool(bench.down))


@click.command(epilog="Example: blogkit publish posts/miami.md --quiz-url https://example.com/quiz/miami")
@_selection
@limit_option
@click.option("--dry-run", is_flag=True, help="Show what would happen and stop: the same as blogkit plan.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask; needed in a pipe and in cron.")
@common
def publish(paths: tuple[Path, ...], limit: int, dry_run: bool, yes: bool, **wishes: Any) -> int:
    """Bring posts to their sites, each exactly once.

    Publishes PATH... (files or folders), or everything in posts/ and pages/. A post goes live, is scheduled or stays a
    draft as its `publish:` line says. What has not changed is left alone. When any post has a problem, nothing is sent.
    """
    output, bench = the_output(), open_workbench()
    with bench.journal() as journal, nullcontext() if dry_run else journal.alone("publish"):
        plans = plans_of(bench, output, journal, paths, Wishes(**wishes, whole=not paths))
        asking = any(action.writes for actions in plans.values() for action in actions) and not yes
        if dry_run or asking:
            running.show(output, plans, everything=bool(paths))
        if dry_run:
            return running.dry_run(output, bench, plans, limit)
        running.refuse_wrong_clock(bench, plans)
        running.refuse_many(plans, limit)
        agreed = running.confirmed(output, plans, yes=yes)
        if agreed is None:
            return 1
        outcomes = running.carry_out(bench, output, journal, agreed, "publish")
    return running.ended(bench, output, outcomes)


def plans_of(
    bench: Workbench, output: Output, journal: Journal, paths: Sequence[Path], wishes: Wishes, *, offline: bool = False
) -> dict[str, list[Action]]:
    """What follows for each site. Raises before anything is sent when a post has a problem."""
    _refuse_careless(paths, wishes)
    ready = prepare_all(bench, paths, wishes, online=not offline)
    if not ready:
        output.note("no posts yet: blogkit new post TITLE")
    if not offline:
        running.refuse_twins(bench, list(ready))
    plans: dict[str, list[Action]] = {}
    memories = {site: journal.memories(site) for site in bench.workspace.sites}
    for site, prepared in ready.items():
        if offline:
            now = bench.clock()
            plans[site] = [remembered(one.desired, memories[site].get(one.desired.key), now) for one in prepared]
        elif site not in bench.down:
            with bench.tolerating(site):
                plans[site] = _plan_site(bench, output, journal, site, prepared, wishes, memories[site])
    say_down(bench, output, others=bool(plans))
    if not paths:
        keys = {one.desired.key for prepared in ready.values() for one in prepared}
        for site in [wishes.site] if wishes.site else bench.workspace.sites:
            left = [] if site in bench.down else orphans(site, memories[site], keys)
            if left:
                plans.setdefault(site, []).extend(left)
    writes = {(action.site, action.key) for actions in plans.values() for action in actions if action.writes}
    told = [one.problems for prepared in ready.values() for one in prepared if (one.site, one.desired.key) in writes]
    for problem in sorted({problem for problems in told for problem in problems}):
        output.problem(problem)
    return plans


def _refuse_careless(paths: Sequence[Path], wishes: Wishes) -> None:
    """What overrides a safeguard is decided post by post, never for a whole archive."""
    chosen = [name for name in ("ours", "theirs", "recreate", "as_new") if getattr(wishes, name)]
    if chosen and not paths:
        flag = "--" + chosen[0].replace("_", "-")
        raise UsageError(f"{flag} needs the posts it is for", hint=f"name them: blogkit publish posts/miami.md {flag}")
    if wishes.ours and wishes.theirs:
        raise UsageError("--ours and --theirs contradict each other", hint="choose one for each post")


def _plan_site(
    bench: Workbench,
    output: Output,
    journal: Journal,
    site: str,
    ready: Sequence[Prepared],
    wishes: Wishes,
    memories: Mapping[str, Memory],
) -> list[Action]:
    wanted = [one.desired for one in ready]
    with output.progress(len(wanted), f"looking at {site}") as advance:
        seen = look(
            wanted,
            bench.platform(site),
            journal,
            memories=memories,
            may_be_empty=wishes.recreate,
            report=advance,
        )
    keys = frozenset(desired.key for desired in wanted)
    nobody: frozenset[str] = frozenset()
    choices = Choices(
        ours=keys if wishes.ours else nobody, theirs=keys if wishes.theirs else nobody, recreate=keys if wishes.recreate else nobody
    )
    actions = plan_for(wanted, seen, bench.clock(), choices)
    alike = {} if wishes.as_new else renamed.suspects(actions, memories)
    return renamed.refuse(actions, alike, bench.keys()) if alike else actions
