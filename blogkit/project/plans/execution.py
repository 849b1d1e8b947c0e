"""Execute a plan: open a run, apply each site's actions, report every outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from blogkit.errors import BlogkitError, JournalError
from blogkit.journal.store import Journal
from blogkit.journal.todo import Todo
from blogkit.journal.work import WaitingPost
from blogkit.project.context import ProjectContext
from blogkit.project.images.hosts import hosting_for
from blogkit.project.plans.change import Change, ChangeOutcome
from blogkit.project.plans.progress import OnProgress, Progress
from blogkit.project.plans.report import Report
from blogkit.sync.actions import Action, ActionKind
from blogkit.sync.apply import apply
from blogkit.sync.outcome import Outcome, Result, Step

_OF_FILES = frozenset({ActionKind.CREATE, ActionKind.UPDATE, ActionKind.SET_STATE})


def run_actions(
    context: ProjectContext,
    journal: Journal,
    actions: Mapping[str, Sequence[Action]],
    command: str,
    report: Report,
    on_progress: OnProgress,
) -> None:
    """Apply each site's actions and fill the report, even if the run is stopped.

    A site that fails does not stop the next one; the journal does, and so does Ctrl-C.

    Args:
        context: The call's context.
        journal: The journal, locked by the caller.
        actions: The actions of each site.
        command: What the journal calls the run.
        report: Gets every outcome; and the run's number, unless it changed files before.
        on_progress: Told every step and outcome.

    Raises:
        JournalError: The journal cannot be written; nothing more was sent.
        BlogkitError: The run was stopped.
    """
    if report.run is None:
        report.run = journal.start_run(command)
    total = sum(action.writes for planned in actions.values() for action in planned)
    stage = "publishing" if command == "publish" else command

    def hear(event: Step | Outcome) -> None:
        title = event.action.desired.title
        if isinstance(event, Step):
            on_progress(Progress(stage, title, total, doing=event.doing))
            return
        outcome = _public(event)
        report.outcomes.append(outcome)
        report.by_hand += _by_hand(context, journal, event)
        _note_waiting(context, journal, event)
        advances = event.action.writes
        on_progress(Progress(stage, title, total, advances=advances, outcome=outcome))

    try:
        on_progress(Progress(stage, total=total))
        for site, planned in actions.items():
            platform = context.sites.platform(site)
            apply(
                planned,
                platform,
                journal,
                report.run,
                clock=context.clock,
                sleep=context.settings.sleep,
                hosting=hosting_for(context.settings, platform),
                report=hear,
            )
    except BaseException as error:
        report.stopped = True
        # A journal that fails cannot record its own failure.
        if not isinstance(error, JournalError):
            journal.finish_run(report.run, f"stopped: {report.summary}")
        if not isinstance(error, BlogkitError | KeyboardInterrupt | OSError):
            raise  # a bug, perhaps of the listener's
        on_progress(Progress("stopped", message=f"stopped; {report.summary}", report=report))
        raise
    journal.finish_run(report.run, report.summary)


def _by_hand(context: ProjectContext, journal: Journal, outcome: Outcome) -> list[Todo]:
    """Record what a person has to set in a post that was just written."""
    action, remote = outcome.action, outcome.remote
    # An update may change nothing that the API can: then what is left is only to be done by hand.
    settled = outcome.result in {Result.DONE, Result.UNCHANGED}
    if not settled or action.kind not in _OF_FILES or remote is None:
        return []
    draft = action.desired.draft
    found = context.sites.platform(action.site).by_hand(draft, remote)
    if not found.link:
        return []
    return journal.todo.note(action.site, action.key, draft.title, found.link, found.values)


def _note_waiting(context: ProjectContext, journal: Journal, outcome: Outcome) -> None:
    """Record a new post that its site takes only later, for the run that creates it then."""
    action = outcome.action
    if outcome.again is not None and action.desired.path is not None:
        path = context.config.relative(action.desired.path)
        journal.work.wait(WaitingPost(action.site, action.key, path, outcome.again))


def _public(outcome: Outcome) -> ChangeOutcome:
    """Wrap an action's outcome in what callers see."""
    return ChangeOutcome(
        Change(outcome.action),
        outcome.result,
        outcome.message,
        outcome.hint,
        outcome.losses,
        outcome.notes,
        outcome.remote,
    )
