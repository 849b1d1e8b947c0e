"""`blogkit check`: every problem of the posts, with line, reason and fix; and what a site would take away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from blogkit.cli.lint import Linter, put_right
from blogkit.cli.options import common, site_option
from blogkit.cli.output import Output
from blogkit.cli.workbench import Wishes, Workbench, open_workbench, the_output
from blogkit.content.lint.codes import CHECKS
from blogkit.content.post import Post
from blogkit.errors import ContentError, Problem, UsageError

HEAD = ("code", "grave", "looks for")


@click.command(epilog="Example: blogkit check posts/miami.md --site school")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@site_option("Check for this site (default: the sites of each post).")
@click.option("--quiz-url", default="", metavar="URL", help="The mock-test address, instead of each post's own.")
@click.option("--allow-open", is_flag=True, help="Accept posts whose mock-test address is still open.")
@click.option("--allow-http", is_flag=True, help="Accept a mock-test address without TLS.")
@click.option("--fix", is_flag=True, help="Put right in the files what is certain, and show it.")
@click.option("--dry-run", is_flag=True, help="With --fix: show what would be changed, and change nothing.")
@click.option("--list", "list_checks", is_flag=True, help="Name the checks of content that can be switched off.")
@common
def check(
    paths: tuple[Path, ...],
    site: str,
    quiz_url: str,
    allow_open: bool,
    allow_http: bool,
    fix: bool,
    dry_run: bool,
    list_checks: bool,
) -> int:
    """Look for problems in posts, before anyone else does. Sends nothing.

    Checks PATH... (files or folders), or everything in posts/ and pages/. Exit code 1 when there are errors.
    """
    output = the_output()
    if list_checks:
        return _list(output)
    if dry_run and not fix:
        raise UsageError("--dry-run goes with --fix", hint="checking alone never changes a file")
    bench = open_workbench()
    wishes = Wishes(site=site, quiz_url=quiz_url, allow_open=allow_open, allow_http=allow_http)
    report: dict[str, Any] = {"fixed": _fix(bench, output, paths, dry_run=dry_run)} if fix else {}
    posts, unreadable = bench.readable_posts(paths)
    linter = Linter(bench)
    problems = sorted({*unreadable, *(problem for post in posts for problem in _problems(bench, linter, post, wishes))})
    for problem in problems:
        output.problem(_coded(problem))
    problems += bench.workspace.left_out.values()  # named on the terminal when they were met
    errors = sum(problem.severity == "error" for problem in problems)
    output.report({"posts": len(posts), "errors": errors, **report, "problems": [vars(problem) for problem in problems]})
    if not posts and not problems:
        output.say("no posts there yet: blogkit new post TITLE")
    elif not problems:
        output.say(f"{len(posts)} post{'s' * (len(posts) != 1)} checked: no problems", "green")
    return 1 if errors else 0


def _problems(bench: Workbench, linter: Linter, post: Post, wishes: Wishes) -> list[Problem]:
    from blogkit.cli.prepare import prepare

    found: list[Problem] = []
    document = None
    for name in bench.sites_of(post, wishes):
        try:
            prepared = prepare(bench, post, name, wishes)
        except ContentError as error:
            found += error.problems
            continue
        found += prepared.problems
        document = document or prepared.document
    return [*found, *linter.findings(post, document)]


def _fix(bench: Workbench, output: Output, paths: tuple[Path, ...], *, dry_run: bool) -> list[dict[str, Any]]:
    """Repair what is certain. Returns what was (or would be) changed."""
    fixed: list[dict[str, Any]] = []
    linter = Linter(bench)
    for post in bench.readable_posts(paths)[0]:
        changes = linter.repairs(post)
        if changes and not dry_run:
            put_right(post.path, changes)
        place = bench.workspace.relative(post.path)
        for change in changes:
            output.say(f'{place}:{change.line}: {"would make" if dry_run else "made"} "{change.old}" into "{change.new}"')
            fixed.append({"path": place, **vars(change)})
    return fixed


def _list(output: Output) -> int:
    output.table([(code, check.severity, check.summary + ("; --fix" if check.fixable else "")) for code, check in CHECKS.items()], HEAD)
    output.report({"checks": [{"code": code, **vars(check)} for code, check in CHECKS.items()]})
    return 0


def _coded(problem: Problem) -> Problem:
    """A finding that can be switched off shows the name to do it by."""
    return replace(problem, message=f"{problem.message} [{problem.code}]") if problem.code in CHECKS else problem
