"""`blogkit diff`: show what changed in the file and what changed on the blog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli import reports
from blogkit.cli.listener import listening
from blogkit.cli.options import common, site_option
from blogkit.cli.output import Output
from blogkit.cli.shared import current_project, expanded, the_output

if TYPE_CHECKING:
    from blogkit.project.plans.diff import PostDiff


@click.command(epilog="Example: blogkit diff posts/miami.md")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@site_option("Compare with this site only.")
@common
def diff(paths: tuple[Path, ...], site: str) -> int:
    """Show what changed in the file and what changed on the blog, since both were the same. Reads
    only.

    Compares PATH..., or all posts. Lines with - were removed, lines with + were added. Exits with 1
    if anything differs. A post that you undid shows no difference until its file changes.
    """  # noqa: D205
    output, project = the_output(), current_project()
    with listening(output, project.config.zone) as listener:
        found = project.diff(*expanded(paths), site=site, on_progress=listener)
    reports.warn_of_public(output, found.public)
    for one in found:
        _say(output, one)
    for error in (*found.unavailable.values(), *found.left_out):
        output.error(error)
    differing = [one for one in found if one.differs]
    if not differing and not found.left_out:
        output.say("no differences", "green")
    left_out = {
        **reports.of_public(found.public),
        **reports.of_left_out(found.unavailable, found.left_out),
    }
    output.report({"differences": [_data(one) for one in differing], **left_out})
    return int(bool(differing or found.unavailable or found.public or found.left_out))


def _say(output: Output, one: PostDiff) -> None:
    from blogkit.sync.diff import lines

    if one.trouble:
        output.fail(f"{one.path}: {one.trouble}", one.hint)
    elif one.missing:
        where = f"in the public view of {one.site}" if one.public else f"on {one.site}"
        output.say(f"{one.path} is not {where}")
    titles = (f"{one.path}: changed on {one.site}", f"{one.path}: changed in the file")
    for title, found in zip(titles, (one.on_site, one.in_file), strict=True):
        if found:
            output.say(title, "bold")
            for sign, line in lines(found):
                output.lines(line, reports.COLOURS.get(sign, ""))


def _data(one: PostDiff) -> dict[str, Any]:
    place = {
        "path": one.path,
        "site": one.site,
        "key": one.key,
        **({"view": "public"} if one.public else {}),
    }
    if one.trouble:
        return {**place, "trouble": one.trouble}
    return {
        **place,
        "there": [vars(each) for each in one.on_site],
        "here": [vars(each) for each in one.in_file],
    }
