"""Show the plan for an edit of live posts, ask, apply it, and print the outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from blogkit.cli import plan_runner
from blogkit.cli.listener import Listener, listening
from blogkit.cli.output import Output
from blogkit.cli.reports import COLOURS
from blogkit.cli.schedule.timed import Asked, Times, record_command, say_jobs
from blogkit.dataclass import dataclass

if TYPE_CHECKING:
    from blogkit.project.jobs.requests import JobRequest
    from blogkit.project.live.adopted_file import AdoptedFile
    from blogkit.project.live.bulk_edit import EditPlan
    from blogkit.project.plans.change import Change
    from blogkit.project.plans.report import Report
    from blogkit.project.project import Project

EditT = TypeVar("EditT", bound="EditPlan")
_NAMED = 5
"""Posts that are named within the sentence; more have a line each."""


@dataclass(frozen=True)
class EditTiming:
    """When an edit is to be made, if not only now.

    Attributes:
        request: The edit, to be recorded.
        times: The times.
    """

    request: JobRequest
    times: Times

    @property
    def later(self) -> bool:
        """Whether the edit is not made now."""
        return self.times.when is not None


def run_edit(
    output: Output,
    project: Project,
    command: str,
    asked: Asked,
    plan_with: Callable[[Listener], EditT],
    timing: EditTiming | None = None,
    more: Mapping[str, Any] = MappingProxyType({}),
    tell: Callable[[EditT], Mapping[str, Any]] = lambda _: {},
) -> int:
    """Make a plan, show it, and apply it unless it is a dry run.

    Args:
        output: The printer.
        project: The project.
        command: What the journal calls the run.
        asked: How to run the edit.
        plan_with: Makes the plan, and tells the listener each post.
        timing: When to make it, if not only now.
        more: What else the JSON report has.
        tell: Prints what else there is to know of the plan, and returns what the JSON report has
            of it.

    Returns:
        The exit code.
    """
    zone = project.config.zone
    # As for `publish`: the bytes that were looked at must be the bytes that are replaced.
    reads_only = asked.dry_run or (timing is not None and timing.later)
    with nullcontext() if reads_only else project.exclusive(command):
        with listening(output, zone) as listener:
            plan = plan_with(listener)
        names = [project.config.relative(path) for path in plan.paths]
        _show(output, project, plan, names, whole=reads_only or not asked.yes)
        data = {**more, **tell(plan), "files": names, "without": list(plan.without)}
        if timing and timing.later:
            return record_command(output, project, timing.request, timing.times, plan, asked)
        if asked.dry_run:
            return plan_runner.dry_run(output, plan, asked.limit, data)

        def after(report: Report) -> None:
            for text in plan.lost_markers(report):
                output.warn(f"{text}: run blogkit undo, then insert it again with --mark attribute")

        leaving = _leaving(output, project, plan, timing, asked.limit)
        if not plan.writing:
            leaving()
        return plan_runner.apply_plan(
            output,
            plan,
            zone,
            limit=asked.limit,
            yes=asked.yes,
            more=data,
            after=after,
            agreed=leaving,
        )


def _leaving(
    output: Output, project: Project, plan: EditPlan, timing: EditTiming | None, limit: int
) -> Callable[[], None]:
    """Return what records the removal of an inserted widget, if it is to leave again."""

    def record_removal() -> None:
        if timing is None or timing.times.until is None:
            return
        from blogkit.project.jobs.requests import Insert, removal_of

        assert isinstance(timing.request, Insert)
        posts = plan.posts
        if posts:
            request = removal_of(timing.request, posts)
            say_jobs(output, project, project.do_later(request, timing.times.until, limit=limit))

    return record_removal


def _show(
    output: Output, project: Project, plan: EditPlan, names: Sequence[str], *, whole: bool
) -> None:
    for error in plan.left_out:
        output.error(error)
    if not plan.examined:
        output.warn("no post matches")
    if whole:
        for file in plan.files:
            _show_file(output, project.config.relative(file.path), file)
        for change, notes in zip(plan, plan.notes, strict=True):
            _show_change(output, change, notes)
    _summarize(output, plan, names)


def _show_file(output: Output, place: str, file: AdoptedFile) -> None:
    from blogkit.sync.diff import body_diffs, lines

    output.say(
        f"{file.doing} in {place}" if file.changed else f"nothing to do in {place}",
        "green" if file.changed else "",
    )
    for note in file.notes:
        output.say(f"    {note}")
    for sign, line in lines(body_diffs(file.before, file.body)):
        output.lines(f"    {line}", COLOURS.get(sign, ""))


def _show_change(output: Output, change: Change, notes: Iterable[str]) -> None:
    from blogkit.sync.diff import field_diffs, lines

    output.say(change.summary, "yellow" if change.blocked else "green" if change.writes else "")
    if change.hint:
        output.say(f"    {change.hint}")
    for note in notes:
        output.say(f"    {note}")
    if change.desired_remote is not None and change.remote is not None:
        for sign, line in lines(field_diffs(change.remote, change.desired_remote)):
            output.lines(f"    {line}", COLOURS.get(sign, ""))


def _summarize(output: Output, plan: EditPlan, files: Sequence[str]) -> None:
    writing = sum(change.writes for change in plan)
    in_files = f", {len(files)} in their files" if files else ""
    names = [f"“{title}”" for title in plan.without]
    inline = f" ({', '.join(names)})" if len(names) <= _NAMED else ":"
    without = f", {len(names)} where the place was not found{inline}" if names else ""
    examined = f"{plan.examined} post{'s' * (plan.examined != 1)} checked"
    output.say(f"{examined}, {writing} to change{in_files}{without}", "bold")
    for name in names if len(names) > _NAMED else ():
        output.say(f"    {name}")
