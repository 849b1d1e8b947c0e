"""Turn the report of a plan into the results of work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.errors import BlogkitError, ContentError, Problem
from blogkit.project.plans.change import ChangeOutcome
from blogkit.project.plans.report import Report
from blogkit.schedule.work import Due, WorkResult
from blogkit.sync.outcome import Result

if TYPE_CHECKING:
    from blogkit.project.project import Project


def results_of(report: Report, due: Sequence[Due]) -> list[WorkResult]:
    """Return a result for each piece of work, from what a plan did with the posts of these keys.

    Args:
        report: What `Plan.apply` returned.
        due: The work; its keys are those of posts.
    """
    found = {(one.change.site, one.change.key): one for one in report}
    return [_result(report, one, found.get((one.site, one.key))) for one in due]


def publish_due(
    project: Project, site: str, due: Sequence[Due], paths: Sequence[Path]
) -> list[WorkResult]:
    """Publish posts as `blogkit publish` does.

    Args:
        project: The blog's folder.
        site: The site's name.
        due: The work.
        paths: The posts' files; none means that the work was done since it was listed.

    Returns:
        A result for each piece of work.
    """
    if not paths:
        return [WorkResult(one, ok=True, summary=f"{one.summary}: already done") for one in due]
    return results_of(project.plan(*paths, site=site).apply(), due)


def failure(due: Due, error: BlogkitError) -> WorkResult:
    """Return the result of work that an error stopped.

    Args:
        due: The work.
        error: What went wrong.
    """
    message, hint = error.message, error.hint
    if isinstance(error, ContentError):
        first, *others = _of_post(due, error.problems) or error.problems
        more = f" (and {len(others)} more)" if others else ""
        message, hint = f"{first}{more}", first.hint or error.hint
    return WorkResult(due, ok=False, summary=f"{due.summary}: {message}".rstrip("."), hint=hint)


def _why_not_done(report: Report, due: Due) -> BlogkitError:
    """Return the reason that fits the post best: its site's, its file's, or the first."""
    if due.site in report.unavailable:
        return report.unavailable[due.site]
    for error in report.left_out:
        if isinstance(error, ContentError) and _of_post(due, error.problems):
            return error
    unknown = BlogkitError("the post's file was not found", hint="run: blogkit status")
    return next(iter(report.left_out), unknown)


def _of_post(due: Due, problems: Sequence[Problem]) -> list[Problem]:
    """Return those of this post's own file; the keys of recurring posts begin with its name."""
    stems = [Path(one.path).stem for one in problems]
    own = [one for one, stem in zip(problems, stems, strict=True) if stem == due.key]
    parents = zip(problems, stems, strict=True)
    return own or [one for one, stem in parents if due.key.startswith(f"{stem}-")]


def _result(report: Report, due: Due, outcome: ChangeOutcome | None) -> WorkResult:
    if outcome is None:
        return failure(due, _why_not_done(report, due))
    ok = outcome.ok or outcome.result is Result.WAITING
    words = [outcome.change.summary, *([outcome.message] if outcome.message else [])]
    return WorkResult(due, ok, ": ".join(words).rstrip("."), outcome.hint, report.run)
