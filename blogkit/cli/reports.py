"""Plans and runs for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Any

from blogkit.cli.output import Output
from blogkit.errors import BlogkitError, Conflict, ContentError, SiteError, Unreadable
from blogkit.paths import shown
from blogkit.platforms.base import Remote, State
from blogkit.times import both_clocks

if TYPE_CHECKING:
    from blogkit.project.live.wiped import WipedRegion
    from blogkit.project.plans.change import Change, ChangeOutcome
    from blogkit.project.plans.plan import Plan
    from blogkit.project.plans.report import Report

COLOURS = {"+": "green", "-": "red", "@": "blue"}
"""The colours of a difference's lines, by their first character."""
_COLOURS = {"done": "green", "unchanged": "dim", "left": "yellow"}


def state_of(remote: Remote, zone: tzinfo) -> str:
    """Return a post's state: live, draft, scheduled for a time on both clocks, or the site's word.

    Args:
        remote: The post.
        zone: The blog's time zone.
    """
    if remote.state is State.SCHEDULED and remote.at:
        return f"scheduled for {both_clocks(remote.at, zone)}"
    protected = " with a password" if remote.settings.get("password") else ""
    return f"{remote.status or remote.state}{protected}"


def plan_exit_code(plan: Plan) -> int:
    """Return 4 for a conflict, 1 if something is refused or left out, else 0."""
    kinds = {change.kind for change in plan}
    others = bool(kinds & {"gone", "refused"} or plan.unavailable or plan.left_out)
    others = others or plan.lost_history is not None
    conflict = "conflict" in kinds or any(isinstance(one, Conflict) for one in plan.left_out)
    return 4 if conflict else int(others)


def report_exit_code(report: Report) -> int:
    """Return 4 for a conflict, 1 if anything else went wrong, else 0."""
    return 4 if report.has_conflict else int(report.has_failure)


def of_plan(plan: Plan) -> dict[str, Any]:
    """Return the JSON of a plan."""
    return {"actions": [_change(change) for change in plan]}


def of_left_out(
    unavailable: Mapping[str, BlogkitError], left_out: Sequence[BlogkitError] = ()
) -> dict[str, Any]:
    """Return the JSON of the sites and posts that were left out, when there are any.

    Args:
        unavailable: The sites that could not be asked, by name.
        left_out: The errors of posts.
    """
    found = [
        {"site": site, "error": error.message, "hint": error.hint}
        for site, error in unavailable.items()
    ]
    problems = []
    for error in left_out:
        if isinstance(error, ContentError):
            problems += [vars(problem) for problem in error.problems]
        elif isinstance(error, SiteError):
            post = {"id": error.post_id} if isinstance(error, Unreadable) else {}
            found.append({"site": error.site, **post, "error": error.message, "hint": error.hint})
        else:
            found.append({"site": "", "error": error.message, "hint": error.hint})
    return {
        **({"left_out": found} if found else {}),
        **({"problems": problems} if problems else {}),
    }


def warn_of_public(output: Output, public: Iterable[str]) -> None:
    """Print which sites were read as readers see them.

    Args:
        output: The printer.
        public: The sites' names.
    """
    for site in public:
        output.warn(
            f"{site}: not signed in, so this is the public view: only what readers see"
            f" (run: blogkit login {site})"
        )


def of_public(public: Mapping[str, BlogkitError]) -> dict[str, Any]:
    """Return the JSON of the sites that were read as readers see them, if there are any.

    Args:
        public: Why signing in failed, by the site's name.
    """
    found = [
        {"site": site, "view": "public", "error": error.message, "hint": error.hint}
        for site, error in public.items()
    ]
    return {"not_signed_in": found} if found else {}


def of_outcomes(report: Report, zone: tzinfo) -> dict[str, Any]:
    """Return the JSON of a run.

    Args:
        report: The run's report.
        zone: The blog's time zone.
    """
    outcomes: Iterable[ChangeOutcome] = report
    return {
        "summary": report.summary,
        "outcomes": [_outcome(outcome, zone) for outcome in outcomes],
    }


def say_outcome(output: Output, outcome: ChangeOutcome) -> None:
    """Print a change's outcome: one line, and more if something is wrong.

    Args:
        output: The printer.
        outcome: How the change ended.
    """
    change, remote = outcome.change, outcome.remote
    if change.kind == "orphan":
        output.say(f"{change.summary}; {change.hint}", _COLOURS[outcome.result])
    elif outcome.ok:
        output.say(change.summary, _COLOURS[outcome.result])
        if outcome.result == "done" and remote and remote.url and remote.state is State.LIVE:
            output.say(f"    {output.address(remote.url)}")
        if outcome.hint:
            output.say(f"    {outcome.hint}")
    elif outcome.result == "waiting":
        output.say(change.summary, "yellow")  # why it waits is printed once, at the end
    elif outcome.message != change.summary:
        output.say(f"{change.summary}: {outcome.result}", "red")
        # Why a site was stopped, and what to do, is printed once: at the post where it happened.
        hint = "" if outcome.result == "skipped" else outcome.hint
        output.fail(f"{change.name} on {change.site}: {outcome.message}", hint)
    else:  # what was not tried has the summary as its message: once is enough
        output.fail(outcome.message, outcome.hint)
    for text in outcome.losses:
        output.warn(text)
    for text in outcome.notes:
        output.say(f"    {text}")


def warn_of_waiting(output: Output, report: Report) -> None:
    """Tell, once a site, which limit new posts wait for, and when all of them are taken.

    Args:
        output: The printer.
        report: The run's report.
    """
    messages: dict[str, list[str]] = {}
    for outcome in report:
        if outcome.result == "waiting":
            messages.setdefault(outcome.change.site, []).append(outcome.message)
    for each in messages.values():
        posts = "1 new post waits" if len(each) == 1 else f"{len(each)} new posts wait"
        output.warn(
            f"{posts}: {max(each)}"
        )  # they differ in the time only, and the last one counts


def _change(change: Change) -> dict[str, Any]:
    return {
        "site": change.site,
        "key": change.key,
        "path": shown(change.path) if change.path else "",
        "title": change.title,
        "action": str(change.kind),
        # The report keeps its old names, which programs read.
        "story": change.summary,
        "changes": list(change.fields),
        "hint": change.hint,
    }


def _outcome(outcome: ChangeOutcome, zone: tzinfo) -> dict[str, Any]:
    ended = {
        "result": str(outcome.result),
        "message": outcome.message,
        "hint": outcome.hint or outcome.change.hint,
        "losses": list(outcome.losses),
        "notes": list(outcome.notes),
    }
    remote = _remote(outcome.remote, zone) if outcome.remote else {}
    return {**_change(outcome.change), **ended, **remote}


def _remote(remote: Remote, zone: tzinfo) -> dict[str, Any]:
    return {
        "id": remote.ref.id,
        "url": remote.url if remote.state is State.LIVE else "",
        "state": str(remote.state),
        "at": remote.at.astimezone(UTC).isoformat() if remote.at else None,
        "at_blog": remote.at.astimezone(zone).isoformat() if remote.at else None,
    }


def show_wiped(output: Output, wiped: Sequence[WipedRegion]) -> None:
    """Print the regions that a later save on the blog wiped, and how to put them back.

    Args:
        output: The printer.
        wiped: The regions.
    """
    for region in wiped:
        place = f"on {region.site}, {output.address(region.url)}"
        output.warn(f"{region.id}, {region.state}: “{region.post}” {place}")
    if wiped:
        posts = list(dict.fromkeys(output.address(one.url) or one.post_id for one in wiped))
        named = posts[0] if len(posts) == 1 else "POST"
        output.say(f"    to put it back: blogkit reinsert {named}")
        output.say(f"    if it was removed on purpose: blogkit reinsert --dismiss {named}")


def of_wiped(wiped: Sequence[WipedRegion]) -> list[dict[str, object]]:
    """Return wiped regions as JSON."""
    return [{**vars(region), "state": region.state} for region in wiped]
