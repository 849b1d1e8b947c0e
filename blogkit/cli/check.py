"""`blogkit check`: every problem of the posts, with line, reason and fix; and what a site would take away."""

from __future__ import annotations

from pathlib import Path

import click

from blogkit.cli.options import common, site_option
from blogkit.cli.workbench import Wishes, Workbench, open_workbench, the_output
from blogkit.content.post import Post
from blogkit.errors import ContentError, Problem


@click.command(epilog="Example: blogkit check posts/miami.md --site school")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@site_option("Check for this site (default: the sites of each post).")
@click.option("--quiz-url", default="", metavar="URL", help="The mock-test address, instead of each post's own.")
@click.option("--allow-open", is_flag=True, help="Accept posts whose mock-test address is still open.")
@click.option("--allow-http", is_flag=True, help="Accept a mock-test address without TLS.")
@common
def check(paths: tuple[Path, ...], site: str, quiz_url: str, allow_open: bool, allow_http: bool) -> int:
    """Look for problems in posts, before anyone else does. Sends nothing.

    Checks PATH... (files or folders), or everything in posts/ and pages/. Exit code 1 when there are errors.
    """
    output, bench = the_output(), open_workbench()
    wishes = Wishes(site=site, quiz_url=quiz_url, allow_open=allow_open, allow_http=allow_http)
    posts, unreadable = bench.readable_posts(paths)
    problems = sorted({*unreadable, *(problem for post in posts for problem in _problems(bench, post, wishes))})
    for problem in problems:
        output.problem(problem)
    errors = sum(problem.severity == "error" for problem in problems)
    output.report({"posts": len(posts), "errors": errors, "problems": [vars(problem) for problem in problems]})
    if not posts and not problems:
        output.say("no posts there yet: blogkit new post TITLE")
    elif not problems:
        output.say(f"{len(posts)} post{'s' * (len(posts) != 1)} checked: no problems", "green")
    return 1 if errors else 0


def _problems(bench: Workbench, post: Post, wishes: Wishes) -> list[Problem]:
    from blogkit.cli.prepare import prepare

    found: list[Problem] = []
    for name in bench.sites_of(post, wishes):
        try:
            found += prepare(bench, post, name, wishes).problems
        except ContentError as error:
            found += error.problems
    return found
