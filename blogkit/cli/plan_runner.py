"""Show a plan, ask, apply it, and print the outcomes. Shared by every command that writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from blogkit.cli import reports
from blogkit.cli.listener import listening
from blogkit.cli.output import Output, interactive
from blogkit.errors import UsageError

if TYPE_CHECKING:
    from datetime import tzinfo

    from blogkit.project.plans.plan import Plan
    from blogkit.project.plans.report import Report

_TOO_MANY_TO_LIST = 10


def show_plan(output: Output, plan: Plan, *, everything: bool = False) -> None:
    """Print one line a change.

    Args:
        output: The printer.
        plan: The plan.
        everything: Print unchanged posts, too, if there are many.
    """
    for site, changes in plan.by_site.items():
        idle = sum(change.kind == "unchanged" for change in changes)
        fold = idle > _TOO_MANY_TO_LIST and not everything
        for change in changes:
            if fold and change.kind == "unchanged":
                continue
            if change.kind == "orphan":  # a blog of years has many: one line each
                output.say(f"{change.summary}; {change.hint}", "yellow")
                continue
            colour = "yellow" if change.blocked else "green" if change.writes else ""
            output.say(change.summary, colour)
            if change.hint:
                output.say(f"    {change.hint}")
        if fold:
            output.say(f"nothing to do for {idle:,} posts on {site}")


def warn(output: Output, plan: Plan) -> None:
    """Print the sites and posts that were left out, and the problems of posts that will be sent.

    Args:
        output: The printer.
        plan: The plan.
    """
    for error in (*plan.unavailable.values(), *plan.left_out):
        output.error(error)
    for problem in plan.warnings:
        output.problem(problem)


def dry_run(output: Output, plan: Plan, limit: int, more: Mapping[str, Any] | None = None) -> int:
    """Print the end of a dry run: its report, and what would stop the real run.

    Args:
        output: The printer.
        plan: The plan.
        limit: Live posts that may change.
        more: What else the JSON report has.

    Returns:
        The exit code.
    """
    error = plan.over_limit(limit)
    if error:
        output.warn(error.message.removesuffix("; nothing was sent"))
        output.note(f"    {error.hint}")
    if plan.lost_history:
        output.error(plan.lost_history)
    data = {
        **reports.of_plan(plan),
        **reports.of_left_out(plan.unavailable, plan.left_out),
        **(more or {}),
    }
    output.report({**data, "dry_run": True})
    return reports.plan_exit_code(plan)


def apply_plan(
    output: Output,
    plan: Plan,
    zone: tzinfo,
    *,
    limit: int,
    yes: bool,
    more: Mapping[str, Any] | None = None,
    after: Callable[[Report], None] = lambda _: None,
    question: str = "",
    agreed: Callable[[], None] = lambda: None,
) -> int:
    """Apply a plan, and print its outcomes.

    Args:
        output: The printer.
        plan: The plan.
        zone: The blog's time zone.
        limit: Refuse the plan if it changes more live posts than this.
        yes: Do not ask.
        more: What else the JSON report has.
        after: Called with the report before the last line.
        question: What to ask; empty means how many changes to make.
        agreed: Called after the answer and before anything is sent.

    Returns:
        The exit code.
    """
    rebuild = _rebuilds(output, plan, yes)
    idle = sum(change.kind == "unchanged" for change in plan)
    with listening(output, zone, skip_unchanged=idle > _TOO_MANY_TO_LIST) as listener:
        report = plan.apply(
            limit=limit,
            rebuild=rebuild,
            confirm=asking(output, yes, question, agreed),
            on_progress=listener,
        )
    if report.declined:
        output.say("Nothing was sent.")
        output.report({**reports.of_plan(plan), "declined": True, "exit_code": 1})
        return 1
    after(report)
    if report.by_hand:
        from blogkit.cli.publish.todo import show_todo

        output.say("To do by hand (blogkit todo --done N ticks it off):")
        show_todo(output, report.by_hand)
    silent = bool(report.files) and not report.outcomes
    return ended(output, report, zone, more, silent=silent)


def ended(
    output: Output,
    report: Report,
    zone: tzinfo,
    more: Mapping[str, Any] | None = None,
    *,
    silent: bool = False,
    failed: int = 0,
) -> int:
    """Print the last line and the JSON report of a run.

    Args:
        output: The printer.
        report: The run's report.
        zone: The blog's time zone.
        more: What else the JSON report has.
        silent: Print no last line.
        failed: The exit code if something beside the outcomes failed.

    Returns:
        The exit code.
    """
    code = reports.report_exit_code(report) or int(failed)
    reports.warn_of_waiting(output, report)
    if not silent:
        output.say(report.summary, "green" if code == 0 else "yellow")
    if output.as_json:  # a run may have thousands of outcomes
        data = {
            **reports.of_outcomes(report, zone),
            **reports.of_left_out(report.unavailable, report.left_out),
            **(more or {}),
        }
        output.report({**data, "exit_code": code})
    return code


def _rebuilds(output: Output, plan: Plan, yes: bool) -> bool:
    """Ask whether to publish without a journal of the blog. A job without a terminal must not."""
    if plan.lost_history is None or yes or not interactive():
        return False
    output.warn(plan.lost_history.message.removesuffix("; nothing was sent"))
    return output.confirm("Publish them?")


def asking(
    output: Output, yes: bool, question: str = "", agreed: Callable[[], None] = lambda: None
) -> Callable[[Plan], bool]:
    """Return what asks before a plan is applied, as `Plan.apply` takes it.

    Args:
        output: The printer.
        yes: Do not ask.
        question: What to ask; empty means how many changes to make.
        agreed: Called after the answer and before anything is sent.
    """

    def confirm(plan: Plan) -> bool:
        if not (yes or asked(plan)):
            return False
        agreed()
        return True

    def asked(plan: Plan) -> bool:
        if not interactive():
            raise UsageError(
                "cannot ask for confirmation without a terminal; nothing was sent",
                hint="add --yes; or --dry-run to see what would happen",
            )
        return output.confirm(question or plan.question)

    return confirm
