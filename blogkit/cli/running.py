"""From plans to outcomes: show what would happen, ask, carry it out, say what became of it. Shared by every command that writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from blogkit.cli import reports
from blogkit.cli.output import Output, interactive
from blogkit.cli.workbench import Workbench
from blogkit.errors import BlogkitError, JournalError, UsageError
from blogkit.journal.store import Journal
from blogkit.publish.actions import Action, ActionKind
from blogkit.publish.apply import apply
from blogkit.publish.outcome import Outcome, Step, exit_code, summary

_TOO_MANY_TO_LIST = 10
_CLOCK_OFF = timedelta(minutes=5)

Plans = Mapping[str, Sequence[Action]]


def show(output: Output, plans: Plans, *, everything: bool = False) -> None:
    """Every action in a line; those that do nothing as a number when there are many, unless `everything` is asked for."""
    for site, actions in plans.items():
        idle = sum(action.kind is ActionKind.UNCHANGED for action in actions)
        fold = idle > _TOO_MANY_TO_LIST and not everything
        for action in actions:
            if fold and action.kind is ActionKind.UNCHANGED:
                continue
            colour = "yellow" if action.blocked or action.kind is ActionKind.ORPHAN else "green" if action.writes else ""
            output.say(action.story, colour)
            if action.hint:
                output.say(f"    {action.hint}")
        if fold:
            output.say(f"nothing to do for {idle:,} posts on {site}")


def too_many(plans: Plans, limit: int) -> BlogkitError | None:
    """Why a run would be refused that changes more live posts than anybody is likely to have meant."""
    touched = sum(action.touches_readers for actions in plans.values() for action in actions)
    if touched <= limit:
        return None
    return BlogkitError(
        f"this would change {touched} live posts, more than the limit of {limit}; nothing was sent",
        hint=f"look at them with --dry-run; if that is what you want, add --limit {touched}",
    )


def refuse_many(plans: Plans, limit: int) -> None:
    """Raises what `too_many` finds."""
    error = too_many(plans, limit)
    if error:
        raise error


def dry_run(output: Output, bench: Workbench, plans: Plans, limit: int, more: Mapping[str, Any] | None = None) -> int:
    """The end of a dry run: its report, and what would keep the real run from happening."""
    error = too_many(plans, limit)
    if error:
        output.warn(error.message.removesuffix("; nothing was sent"))
        output.note(f"    {error.hint}")
    output.report({**reports.of_plans(plans), **reports.of_down(bench.down), **(more or {}), "dry_run": True})
    return reports.plan_exit_code(plans) or int(bool(bench.down))


def refuse_twins(bench: Workbench, sites: Sequence[str]) -> None:
    """Raises when two sites of a run are one blog that has several addresses: each post would be published twice."""
    platforms = [bench.workspace.site(name).platform for name in sites]
    seen: dict[str, str] = {}
    for name, platform in zip(sites, platforms, strict=True):
        if platforms.count(platform) > 1 and name not in bench.down:
            with bench.tolerating(name):
                identity = bench.platform(name).identity()
                other = seen.setdefault(identity, name)
                if other != name:
                    raise BlogkitError(
                        f"sites {other} and {name} are one blog ({identity}): each post would be published twice; nothing was sent",
                        hint="take one of the two out of blogkit.toml, or publish with --site",
                    )


def refuse_wrong_clock(bench: Workbench, plans: Plans) -> None:
    """Raises when this machine's clock and a site's are too far apart to know what is due."""
    for site in plans:
        skew = bench.platform(site).skew()
        if abs(skew) > _CLOCK_OFF:
            ahead = "behind" if skew > timedelta() else "ahead of"
            minutes = abs(skew).total_seconds() / 60
            raise BlogkitError(
                f"this machine's clock is {minutes:.0f} minutes {ahead} that of {site}; nothing was sent",
                hint="set the clock (timedatectl set-ntp true, say), then run the command again",
            )


def confirmed(output: Output, plans: Plans, *, yes: bool, others: int = 0) -> Plans | None:
    """The plans to carry out, None when the answer was no. Raises `UsageError` when nobody is there to answer. others: changes beside."""
    writing = others + sum(action.writes for actions in plans.values() for action in actions)
    if yes or not writing:
        return plans
    if not interactive():
        raise UsageError("nobody is here to confirm, so nothing was sent", hint="add --yes, or --dry-run to only look")
    if not output.confirm(f"Make {writing} change{'s' * (writing != 1)}?"):
        output.say("Nothing was sent.")
        output.report({**reports.of_plans(plans), "declined": True, "exit_code": 1})
        return None
    return plans


def carry_out(bench: Workbench, output: Output, journal: Journal, plans: Plans, command: str) -> list[Outcome]:
    """Apply each site's plan. One site's trouble does not stop the next; the journal's does, and Ctrl-C."""
    outcomes: list[Outcome] = []
    run = journal.start_run(command)
    total = sum(action.writes for actions in plans.values() for action in actions)
    idle = sum(action.kind is ActionKind.UNCHANGED for actions in plans.values() for action in actions)
    quiet = idle > _TOO_MANY_TO_LIST
    try:
        with output.progress(total, "publishing" if command == "publish" else command) as advance:

            def hear(event: Step | Outcome) -> None:
                if isinstance(event, Step):
                    advance.label(f"{event.doing}: {event.action.desired.title}")
                    return
                outcomes.append(event)
                if event.action.writes:
                    advance(event.action.desired.title)
                if not (quiet and event.action.kind is ActionKind.UNCHANGED):
                    reports.say_outcome(output, event)

            for site, actions in plans.items():
                apply(actions, bench.platform(site), journal, run, clock=bench.clock, report=hear)
    except (BlogkitError, KeyboardInterrupt, OSError) as error:
        if not isinstance(error, JournalError):
            journal.finish_run(run, f"stopped: {summary(outcomes)}")
        output.say(f"stopped; {summary(outcomes)}", "yellow")
        output.partial = {**reports.of_outcomes(outcomes, bench.workspace.zone), "stopped": True}
        raise
    journal.finish_run(run, summary(outcomes))
    return outcomes


def ended(
    bench: Workbench,
    output: Output,
    outcomes: Sequence[Outcome],
    more: Mapping[str, Any] | None = None,
    *,
    silent: bool = False,
    failed: bool = False,
) -> int:
    """The last line and the report of a run; its exit code. silent: without the line; failed: something beside the outcomes did."""
    code = exit_code(outcomes) or int(failed or bool(bench.down))
    if not silent:
        output.say(summary(outcomes), "green" if code == 0 else "yellow")
    output.report({**reports.of_outcomes(outcomes, bench.workspace.zone), **reports.of_down(bench.down), **(more or {}), "exit_code": code})
    return code
