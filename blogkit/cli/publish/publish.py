"""`blogkit plan` and `blogkit publish`: show what publishing would do, and do it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from blogkit.cli import plan_runner, reports
from blogkit.cli.listener import listening
from blogkit.cli.options import common, deep_option, limit_option, site_option
from blogkit.cli.output import Output, interactive
from blogkit.cli.shared import current_project, expanded, the_output

if TYPE_CHECKING:
    from blogkit.project.plans.plan import Plan
    from blogkit.project.project import Project

_F = TypeVar("_F", bound=Callable[..., Any])


_decisions = [
    click.option(
        "--ours",
        is_flag=True,
        help="For PATH...: overwrite changes that were made on the site.",
    ),
    click.option(
        "--theirs",
        is_flag=True,
        help=(
            "For PATH...: keep changes that were made on the site, until the file changes again."
        ),
    ),
    click.option(
        "--as-new",
        is_flag=True,
        help="For PATH...: publish as a new post, even if it looks renamed or copied.",
    ),
    click.option(
        "--shorter",
        is_flag=True,
        help="For PATH...: publish the file although its text is much shorter than the post's.",
    ),
    click.option(
        "--recreate",
        is_flag=True,
        help="For PATH...: publish posts again that were deleted on the site.",
    ),
    click.option(
        "--rebuild",
        is_flag=True,
        help="Create and publish posts although there is no journal of the blog here.",
    ),
    click.option(
        "--all-or-nothing",
        is_flag=True,
        help="Send nothing if any post has an error.",
    ),
]
"""What is decided for posts that the plan would otherwise leave alone."""


def _selection(function: _F) -> _F:
    """Add the arguments that choose posts and sites; `plan` and `publish` share them."""
    decorators = [
        click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]"),
        site_option(
            "Publish to this site only (default: each post's own sites, or the default site)."
        ),
        click.option(
            "--quiz-url",
            default="",
            metavar="URL",
            help="The quiz link to use instead of each post's own.",
        ),
        click.option(
            "--allow-open",
            "allow_pending_quiz",
            is_flag=True,
            help="Publish posts whose quiz link is pending; readers see “coming soon”.",
        ),
        click.option("--allow-http", is_flag=True, help="Accept a quiz link without TLS (http:)."),
        deep_option,
        *_decisions,
    ]
    decorated: Any = function
    for decorator in reversed(decorators):
        decorated = decorator(decorated)
    return decorated  # type: ignore[no-any-return]  # click's decorators keep the callable


@click.command(epilog="Example: blogkit plan posts/miami.md")
@_selection
@click.option(
    "--offline", is_flag=True, help="Work offline, from the last known state of each site."
)
@common
def plan(paths: tuple[Path, ...], **options: Any) -> int:
    """Show what publishing would do. Reads the sites, writes nothing.

    Plans PATH... (files or folders), or everything in posts/ and pages/. Exits with 4 if a post is
    in conflict, and with 1 if one has an error.
    """
    output, project = the_output(), current_project()
    planned = _planned(output, project, paths, options)
    plan_runner.show_plan(output, planned, everything=bool(paths))
    if output.as_json:
        left_out = reports.of_left_out(planned.unavailable, planned.left_out)
        output.report({**reports.of_plan(planned), **left_out})
    if planned.lost_history:
        output.error(planned.lost_history)
    return reports.plan_exit_code(planned)


@click.command(
    epilog="Example: blogkit publish posts/miami.md --quiz-url https://example.com/quiz/miami"
)
@_selection
@limit_option
@click.option(
    "--dry-run", is_flag=True, help="Show what would happen, and send nothing (like blogkit plan)."
)
@click.option(
    "--yes", "-y", is_flag=True, help="Don't ask for confirmation; needed in pipes and cron jobs."
)
@common
def publish(paths: tuple[Path, ...], limit: int, dry_run: bool, yes: bool, **options: Any) -> int:
    """Publish new and changed posts, each exactly once.

    Publishes PATH... (files or folders), or everything in posts/ and pages/. A post's `publish:`
    line decides whether it goes live, is scheduled or stays a draft. Unchanged posts are left
    alone. A post with an error is left out and named, the others go, and the exit code is 1.
    """
    output, project = the_output(), current_project()
    # The lock is held from the plan over the question to the end, so a run from cron cannot publish
    # between them what is shown here as new. A dry run only reads.
    with nullcontext() if dry_run else project.exclusive("publish"):
        planned = _planned(output, project, paths, options)
        if not (dry_run or yes) and interactive():
            for question in planned.questions:
                if output.confirm(f"{question.summary}. Publish it anyway?"):
                    planned.accept(question)
        if dry_run or (planned.writing and not yes):
            plan_runner.show_plan(output, planned, everything=bool(paths))
        if dry_run:
            return plan_runner.dry_run(output, planned, limit)
        return plan_runner.apply_plan(output, planned, project.config.zone, limit=limit, yes=yes)


def _planned(
    output: Output, project: Project, paths: tuple[Path, ...], options: dict[str, Any]
) -> Plan:
    with listening(output, project.config.zone) as listener:
        planned = project.plan(*expanded(paths), **options, on_progress=listener)
    if not planned.examined:
        output.note("no posts yet: blogkit new post TITLE")
    plan_runner.warn(output, planned)
    if older := len(planned.older_looks):
        posts = "1 post keeps its" if older == 1 else f"{older:,} posts keep their"
        output.note(f"{posts} older look; to re-render all: blogkit upgrade --all")
    return planned
