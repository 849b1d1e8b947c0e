"""Publish a post whose site missed its time, as a run that the journal records."""

from __future__ import annotations

from datetime import datetime

from blogkit.journal.store import Journal
from blogkit.platforms.base import Draft, Remote, State, Target
from blogkit.project.context import ProjectContext
from blogkit.project.plans.execution import run_actions
from blogkit.project.plans.progress import silent
from blogkit.project.plans.report import Report
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind, Desired, RemoteState
from blogkit.sync.live_edit import key_of

COMMAND = "run"
"""What the journal calls these runs."""


def publish_missed(
    context: ProjectContext, journal: Journal, site: str, post: Remote, due: datetime
) -> Report:
    """Make a post live that is still scheduled after its time. Its content stays as it is.

    It counts as an edit in place: what the journal knows of the post's file and of edits on the
    site stays as it was.

    Args:
        context: The call's context.
        journal: The journal, locked by the caller.
        site: The site's name.
        post: The post as the site has just shown it.
        due: The time that it keeps as its date.

    Returns:
        The report with one outcome.

    Raises:
        JournalError: The journal cannot be written.
    """
    target = Target(State.LIVE, due)
    ref, zone = post.ref, context.config.zone
    desired = Desired(key_of(ref), None, site, ref.kind, post.title, _none, None, "", "", zone)
    summary = messages.set_state(desired, post, target)
    action = Action(ActionKind.EDIT, desired, summary, RemoteState(post), target, post)
    report = Report()
    run_actions(context, journal, {site: [action]}, COMMAND, report, silent)
    return report


def _none() -> Draft:
    raise AssertionError("the content stays as it is")
