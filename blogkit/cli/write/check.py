"""`blogkit check`: find problems in posts, and HTML that a site would remove."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli.options import common, site_option
from blogkit.cli.output import Output
from blogkit.cli.shared import current_project, expanded, the_output
from blogkit.errors import Problem, UsageError
from blogkit.lint.registry import CHECKS

if TYPE_CHECKING:
    from blogkit.project.checking import CheckReport
    from blogkit.project.project import Project

_LOGGED = frozenset({"file-name", "file-ending"})
"""Problems that the log named when the file was met."""
HEAD = ("code", "severity", "looks for")


@click.command(epilog="Example: blogkit check posts/miami.md --site school")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@site_option("Check for this site (default: each post's own sites).")
@click.option(
    "--quiz-url", default="", metavar="URL", help="The quiz link to use instead of each post's own."
)
@click.option(
    "--allow-open",
    "allow_pending_quiz",
    is_flag=True,
    help="Accept posts whose quiz link is pending.",
)
@click.option("--allow-http", is_flag=True, help="Accept a quiz link without TLS (http:).")
@click.option("--fix", is_flag=True, help="Fix what can be fixed safely, and show each change.")
@click.option(
    "--dry-run", is_flag=True, help="With --fix: show what would change, and change nothing."
)
@click.option(
    "--list", "list_checks", is_flag=True, help="List the content checks that you can switch off."
)
@common
def check(
    paths: tuple[Path, ...], fix: bool, dry_run: bool, list_checks: bool, **options: Any
) -> int:
    """Find problems in your posts, and HTML that a site would remove. Sends nothing.

    Checks PATH... (files or folders), or everything in posts/ and pages/. Exits with 1 if there are
    errors.
    """
    output = the_output()
    if list_checks:
        return _list(output)
    if dry_run and not fix:
        raise UsageError(
            "--dry-run needs --fix",
            hint="blogkit check without --fix never changes a file; leave out --dry-run",
        )
    project, files = current_project(), expanded(paths)
    fixed = {"fixed": _fix(project, output, files, dry_run=dry_run)} if fix else {}
    problems = project.check(*files, **options)
    # errors first, because they keep posts from being published
    for problem in sorted(problems, key=lambda one: one.severity != "error"):
        if problem.code not in _LOGGED:
            output.problem(_coded(problem))
    data = {"posts": problems.posts, "errors": problems.errors, **fixed}
    output.report({**data, "problems": [vars(problem) for problem in problems]})
    if not problems.posts and not problems:
        output.say("no posts yet: blogkit new post TITLE")
    else:
        output.say(_total(problems), "" if problems else "green")
    return 1 if problems.errors else 0


def _total(report: CheckReport) -> str:
    """Return how many posts were checked, and what was found."""
    posts = f"{report.posts} post{'s' * (report.posts != 1)}"
    if not report:
        return f"{posts} checked: no problems"
    warnings = len(report) - report.errors
    counts = ((report.errors, "error"), (warnings, "warning"))
    return f"{posts}: " + ", ".join(f"{n} {word}{'s' * (n != 1)}" for n, word in counts if n)


def _fix(
    project: Project, output: Output, paths: list[Path], *, dry_run: bool
) -> list[dict[str, Any]]:
    """Fix what can be fixed safely. Return what changed or would change."""
    fixes = project.fix(*paths, dry_run=dry_run)
    for one in fixes:
        output.say(
            f'{one.path}:{one.line}: {"would change" if dry_run else "changed"} "{one.old}" to'
            f' "{one.new}"'
        )
    return [vars(one) for one in fixes]


def _list(output: Output) -> int:
    output.table(
        [
            (code, check.severity, check.summary + ("; --fix" if check.fixable else ""))
            for code, check in CHECKS.items()
        ],
        HEAD,
    )
    output.report({"checks": [{"code": code, **vars(check)} for code, check in CHECKS.items()]})
    return 0


def _coded(problem: Problem) -> Problem:
    """Return a problem that names its check, if the check can be switched off."""
    return (
        replace(problem, message=f"{problem.message} [{problem.code}]")
        if problem.code in CHECKS
        else problem
    )
