"""A plan: what will be done, to look at, and to apply once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Self, overload

from blogkit.errors import BlogkitError, LimitExceeded, LostHistory, Problem, StalePlan, UsageError
from blogkit.journal.store import Journal
from blogkit.project.context import ProjectContext
from blogkit.project.files.changes import FileRun
from blogkit.project.options import DEFAULT_LIMIT
from blogkit.project.plans.change import Change
from blogkit.project.plans.guards import Basis, over_limit, refuse_wrong_clock
from blogkit.project.plans.progress import OnProgress, silent
from blogkit.project.plans.report import Report
from blogkit.sync.actions import Action

NO_QUESTIONS: Mapping[tuple[str, str], Action] = MappingProxyType({})


class Plan(Sequence[Change]):
    """The changes that one call leads to. Making a plan sends nothing.

    Iterate over it to see each `Change`. `apply` executes it, once.

    Args:
        context: The call's context.
        actions: The actions of each site.
        basis: What the actions rest on.
        command: What the journal calls the run.
        warnings: Problems of the posts that will be sent; none of them stops the plan.
        left_out: Why posts were left out.
        questions: Actions that are refused until `accept`, by site and key.
        examined: How many posts were looked at.
        lost_history: Why `apply` refuses the plan unless it is told to rebuild the journal.
        offline: The plan rests on the last known state, so it cannot be applied.
        compares_clocks: `apply` refuses a wrong clock.
        older_looks: The keys of posts that keep the look in which they were published.

    Attributes:
        command: As given.
        examined: As given.
        warnings: As given.
        unavailable: Sites that could not be asked and were left out, and why.
        left_out: Why posts were left out: a `ContentError` with the problems of files, an
            `Unreadable` for each post of a site whose data is damaged, and for an undo a `Conflict`
            for each file that was changed since. The others go.
        older_looks: As given; a plan with `older_looks` re-renders them.
        lost_history: As given: the journal knows nothing of a blog that has posts of this folder.
        report: What `apply` did so far; None before it started. It is there even if `apply`
            was interrupted.
    """

    command: str
    examined: int
    warnings: tuple[Problem, ...]
    unavailable: Mapping[str, BlogkitError]
    left_out: tuple[BlogkitError, ...]
    lost_history: LostHistory | None
    older_looks: tuple[str, ...]
    report: Report | None

    def __init__(
        self,
        context: ProjectContext,
        actions: Mapping[str, Sequence[Action]],
        basis: Basis,
        *,
        command: str,
        warnings: Sequence[Problem] = (),
        left_out: Sequence[BlogkitError] = (),
        questions: Mapping[tuple[str, str], Action] = NO_QUESTIONS,
        examined: int = 0,
        lost_history: LostHistory | None = None,
        offline: bool = False,
        compares_clocks: bool = False,
        older_looks: Sequence[str] = (),
    ) -> None:
        self._context, self._actions, self._basis = context, actions, basis
        self._offline, self._compares_clocks = offline, compares_clocks
        self.command, self.examined = command, examined
        self.warnings = tuple(warnings)
        self.unavailable = context.sites.unavailable
        self.left_out = tuple(left_out)
        self.older_looks = tuple(older_looks)
        self.lost_history = lost_history
        self.report = None
        self._questions = dict(questions)
        self._changes = [Change(action) for action in self._all]

    @overload
    def __getitem__(self, index: int) -> Change: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Change]: ...
    def __getitem__(self, index: int | slice) -> Change | Sequence[Change]:
        return self._changes[index]

    def __len__(self) -> int:
        return len(self._changes)

    def __iter__(self) -> Iterator[Change]:
        return iter(self._changes)

    def __str__(self) -> str:
        return "\n".join(change.summary for change in self) or "nothing to do"

    @property
    def by_site(self) -> Mapping[str, Sequence[Change]]:
        """The changes of each site, in the order in which they are applied."""
        return {site: [Change(one) for one in planned] for site, planned in self._actions.items()}

    @property
    def questions(self) -> Sequence[Change]:
        """The refused changes that a person may `accept`.

        The text became much shorter, or the post is new and its time has passed.
        """
        return [change for change in self if (change.site, change.key) in self._questions]

    def accept(self, question: Change) -> None:
        """Make a refused change after all.

        Args:
            question: One of `questions`.

        Raises:
            KeyError: It is not one of them.
        """
        site, key = question.site, question.key
        action = self._questions.pop((site, key))
        planned = [action if one.key == key else one for one in self._actions[site]]
        self._actions = {**self._actions, site: planned}
        self._changes = [Change(one) for one in self._all]

    @property
    def writing(self) -> int:
        """How many changes send something, or change a file."""
        return sum(change.writes for change in self)

    @property
    def question(self) -> str:
        """What to ask a person before `apply`, such as "Make 2 changes?"."""
        return f"Make {self.writing} change{'s' * (self.writing != 1)}?"

    def over_limit(self, limit: int = DEFAULT_LIMIT) -> LimitExceeded | None:
        """Return the error that `apply` will raise for this limit, None if there is none."""
        return over_limit(self._all, limit)

    def apply(
        self,
        *,
        limit: int = DEFAULT_LIMIT,
        rebuild: bool = False,
        confirm: Callable[[Self], bool] | None = None,
        on_progress: OnProgress = silent,
    ) -> Report:
        """Execute the plan.

        Takes the project's lock, checks that the plan still holds, and writes a run to the journal.
        A change that fails is reported and does not stop the others.

        Args:
            limit: Refuse the plan if it changes more live posts than this.
            rebuild: Create and publish posts although `lost_history` is set.
            confirm: Called once before anything is sent, if there is anything to send; if it
                returns False, nothing is.
            on_progress: Called with every `Progress` event, in this thread. `print` works.

        Returns:
            The outcome of every change.

        Raises:
            UsageError: The plan was made offline.
            StalePlan: Another run or an edit of a file came in between, or the plan was applied
                already; nothing was sent.
            LimitExceeded: Too many live posts would change; nothing was sent.
            LostHistory: The journal knows nothing of the blog; nothing was sent.
            JournalError: The journal cannot be written, or another process is publishing.
            BlogkitError: The run was refused or stopped; `Plan.report` has what was done.
        """
        if self._offline:
            hint = "plan again without --offline"
            raise UsageError("cannot apply a plan that was made offline", hint=hint)
        if self.report is not None:
            hint = "make a new plan, or run the same command again"
            raise StalePlan("this plan has already been applied; nothing was sent", hint=hint)
        # The lock before the check: what is compared now must still hold when it is sent.
        with self._context.locked_journal(self.command.split()[0]) as journal:
            self._basis.require_fresh(journal, self._all)
            self._settle(journal)
            if self._compares_clocks:
                refuse_wrong_clock(self._context.sites, self._actions)
            if error := over_limit(self._all, limit):
                raise error
            if self.lost_history and not rebuild:
                raise self.lost_history
            if self.writing and confirm is not None and not confirm(self):
                return Report(unavailable=self.unavailable, left_out=self.left_out, declined=True)
            self._basis.require_same_files(self._all)  # a person may take long to answer
            # From here on something may have been sent, so the plan counts as applied.
            self.report = Report(unavailable=self.unavailable, left_out=self.left_out)
            with FileRun(journal, self._context.config, self.command, self.report) as files:
                self._write_files(files, on_progress)
                files.settle()
                self._execute(journal, self.report, on_progress)
        return self.report

    @property
    def _all(self) -> list[Action]:
        return [action for planned in self._actions.values() for action in planned]

    def _execute(self, journal: Journal, report: Report, on_progress: OnProgress) -> None:
        from blogkit.project.plans.execution import run_actions

        run_actions(self._context, journal, self._actions, self.command, report, on_progress)

    def _settle(self, journal: Journal) -> None:
        """Note the end of earlier runs that were interrupted, where a plan can tell it."""

    def _write_files(self, files: FileRun, on_progress: OnProgress) -> None:
        """Change files of the project, where a plan does so."""
