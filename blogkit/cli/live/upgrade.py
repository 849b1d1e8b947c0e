"""`blogkit upgrade`: re-render posts that were made from files, and widgets in other live posts."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blogkit.cli import plan_runner, reports
from blogkit.cli.listener import listening
from blogkit.cli.live import edit_runner
from blogkit.cli.output import Output
from blogkit.cli.schedule.timed import Asked
from blogkit.project.live.selection import Selection

if TYPE_CHECKING:
    from blogkit.project.project import Project


def run_upgrade(
    output: Output,
    project: Project,
    asked: Asked,
    posts: Selection,
    widget: str,
    version: int | None,
    **options: Any,
) -> int:
    """Re-render posts in an older look, and then the widgets that were inserted into live posts.

    Args:
        output: The printer.
        project: The project.
        asked: How to run it.
        posts: The posts that the user chose.
        widget: Only this widget; then no whole post is rendered again.
        version: Only widgets of this version or older; as above.
        **options: More for `Project.upgrade`.

    Returns:
        The exit code.
    """
    files = [Path(ref) for ref in posts.posts if Path(ref).is_file()]
    whole = posts.all and not (posts.label or posts.since or posts.search)
    looks: dict[str, Any] = {}
    failed = 0
    if not (widget or version) and (files or whole):
        failed, looks = _posts(output, project, asked, files, posts.site)
    code = edit_runner.run_edit(
        output,
        project,
        "upgrade",
        asked,
        lambda listener: project.upgrade(
            widget, version=version, posts=posts, on_progress=listener, **options
        ),
        more={"upgraded": looks},
    )
    return code or failed


def _posts(
    output: Output, project: Project, asked: Asked, files: list[Path], site: str
) -> tuple[int, dict[str, Any]]:
    """Re-render posts that were published in an older look, and whose files are as they were."""
    zone = project.config.zone
    with nullcontext() if asked.dry_run else project.exclusive("upgrade"):
        with listening(output, zone) as listener:
            plan = project.plan(*files, site=site, older_looks=True, on_progress=listener)
        plan_runner.warn(output, plan)
        if asked.dry_run or (plan.writing and not asked.yes):
            plan_runner.show_plan(output, plan)
        if asked.dry_run or not plan.writing:
            return reports.plan_exit_code(plan), reports.of_plan(plan)
        with listening(output, zone) as listener:
            report = plan.apply(
                limit=asked.limit,
                confirm=plan_runner.asking(output, asked.yes),
                on_progress=listener,
            )
    output.say(report.summary)
    return reports.report_exit_code(report), reports.of_outcomes(report, zone)
