"""What plans and runs look like to a person, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from blogkit.cli.output import Output
from blogkit.errors import BlogkitError
from blogkit.paths import shown
from blogkit.platforms.base import Remote, State
from blogkit.publish.actions import Action, ActionKind
from blogkit.publish.outcome import Outcome, Result, summary

_COLOURS = {Result.DONE: "green", Result.UNCHANGED: "dim", Result.LEFT: "yellow"}


def moment(at: datetime, zone: tzinfo) -> str:
    """A time on both clocks: the blog's and UTC."""
    there = at.astimezone(zone)
    return f"{there:%Y-%m-%d %H:%M} {getattr(zone, 'key', there.tzname())} ({at.astimezone(UTC):%Y-%m-%d %H:%M} UTC)"


def state_of(remote: Remote, zone: tzinfo) -> str:
    """live · draft · scheduled for <both clocks>."""
    return f"scheduled for {moment(remote.at, zone)}" if remote.state is State.SCHEDULED and remote.at else str(remote.state)


def plan_exit_code(plans: Mapping[str, Sequence[Action]]) -> int:
    """4 a conflict, 1 something refused, 0 otherwise."""
    kinds = {action.kind for actions in plans.values() for action in actions}
    return 4 if ActionKind.CONFLICT in kinds else 1 if kinds & {ActionKind.GONE, ActionKind.REFUSED} else 0


def of_plans(plans: Mapping[str, Sequence[Action]]) -> dict[str, Any]:
    """The JSON of a plan."""
    return {"actions": [_action(action) for actions in plans.values() for action in actions]}


def of_down(down: Mapping[str, BlogkitError]) -> dict[str, Any]:
    """The JSON of the sites that were left out, when there are any."""
    left_out = [{"site": site, "error": error.message, "hint": error.hint} for site, error in down.items()]
    return {"left_out": left_out} if left_out else {}


def of_outcomes(outcomes: Iterable[Outcome], zone: tzinfo) -> dict[str, Any]:
    """The JSON of a run."""
    outcomes = list(outcomes)
    return {"summary": summary(outcomes), "outcomes": [_outcome(outcome, zone) for outcome in outcomes]}


def say_outcome(output: Output, outcome: Outcome) -> None:
    """One line for what became of a post, more where something is wrong."""
    action, remote = outcome.action, outcome.remote
    if outcome.result not in (Result.DONE, Result.UNCHANGED, Result.LEFT):
        if outcome.message != action.story:  # what was not tried has the story as its message: once is enough
            output.say(f"{action.story}: {outcome.result}", "red")
            # Why a site was stopped, and what to do, is said once: at the post where it happened.
            hint = "" if outcome.result is Result.SKIPPED else outcome.hint
            output.fail(f"{action.desired.name} on {action.site}: {outcome.message}", hint)
        else:
            output.fail(outcome.message, outcome.hint)
    else:
        output.say(action.story, _COLOURS[outcome.result])
        if outcome.result is Result.DONE and remote and remote.url and remote.state is State.LIVE:
            output.say(f"    {remote.url}")
        if outcome.hint:
            output.say(f"    {outcome.hint}")
    for text in outcome.losses:
        output.warn(text)
    for text in outcome.notes:
        output.say(f"    {text}")


def _action(action: Action) -> dict[str, Any]:
    return {
        "site": action.site,
        "key": action.key,
        "path": shown(action.desired.path) if action.desired.path else "",
        "title": action.desired.title,
        "action": str(action.kind),
        "story": action.story,
        "changes": list(action.changes),
        "hint": action.hint,
    }


def _outcome(outcome: Outcome, zone: tzinfo) -> dict[str, Any]:
    ended = {
        "result": str(outcome.result),
        "message": outcome.message,
        "hint": outcome.hint or outcome.action.hint,
        "losses": list(outcome.losses),
        "notes": list(outcome.notes),
    }
    return {**_action(outcome.action), **ended, **(_remote(outcome.remote, zone) if outcome.remote else {})}


def of_remote(remote: Remote) -> dict[str, Any]:
    """The JSON of a whole post but its body's meaning: what the journal keeps of it."""
    values = {**vars(remote), "ref": remote.ref.id, "kind": remote.ref.kind, "state": str(remote.state)}
    return {"id": values.pop("ref"), **values, "at": remote.at.astimezone(UTC).isoformat() if remote.at else None}


def _remote(remote: Remote, zone: tzinfo) -> dict[str, Any]:
    return {
        "id": remote.ref.id,
        "url": remote.url if remote.state is State.LIVE else "",
        "state": str(remote.state),
        "at": remote.at.astimezone(UTC).isoformat() if remote.at else None,
        "at_blog": remote.at.astimezone(zone).isoformat() if remote.at else None,
    }
