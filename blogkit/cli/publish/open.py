"""`blogkit open`: open a live post in the browser."""

from __future__ import annotations

import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogkit.cli import reports
from blogkit.cli.options import common, site_option
from blogkit.cli.output import Output
from blogkit.cli.shared import current_project, start_folder, the_output
from blogkit.errors import BlogkitError, UsageError

if TYPE_CHECKING:
    from datetime import tzinfo

    from blogkit.project.plans.status import PostStatus


@click.command(epilog="Example: blogkit open posts/miami.md")
@click.argument("path", type=click.Path(path_type=Path), metavar="POST")
@site_option("Open the post on this site only.")
@common
def open(path: Path, site: str) -> int:  # noqa: A001  # the command's name
    """Open a live post in the browser, on each site that has it. Reads only.

    POST is the post's file. In a pipe, and with --json, blogkit prints the address and opens no
    browser.
    """
    if (start_folder() / path).is_dir():
        raise UsageError(f"{path} is a folder", hint="name one post's file")
    output, project = the_output(), current_project()
    found = project.status(path, site=site)
    reports.warn_of_public(output, found.public)
    for error in (*found.unavailable.values(), *found.left_out):
        output.error(error)
    live = [one for one in found if _has_page(one)]
    for one in found:
        if one not in live:
            output.error(_without_page(one, project.config.zone))
    _show(output, [one.remote.url for one in live if one.remote])
    output.report(
        {
            "pages": [
                {"site": one.site, "path": one.path, "url": one.remote.url}
                for one in live
                if one.remote
            ],
            **reports.of_left_out(found.unavailable, found.left_out),
        }
    )
    return int(len(live) < len(found) or bool(found.unavailable or found.left_out))


def _has_page(one: PostStatus) -> bool:
    """Return whether readers can open the post, at an address that a browser may be given.

    The address comes from the site, and browsers also open files of this machine.
    """
    remote = one.remote
    if one.trouble or remote is None or remote.state != "live":
        return False
    return remote.url.startswith(("https://", "http://"))


def _without_page(one: PostStatus, zone: tzinfo) -> BlogkitError:
    from blogkit.project.plans.status import IN_TRASH

    name = one.path or one.key
    if one.trouble:
        return BlogkitError(f"{name}: {one.trouble}", hint=one.hint)
    if one.file == IN_TRASH:
        return BlogkitError(f"{name} was deleted on {one.site}", hint="run: blogkit log")
    if one.remote is None:
        return BlogkitError(f"{name} is not on {one.site}", hint=f"run: blogkit publish {name}")
    state = reports.state_of(one.remote, zone)
    if state == "live":
        return BlogkitError(
            f"{name}: {one.site} gave no web address for it", hint="open the site's own list"
        )
    return BlogkitError(
        f"{name} has no public page on {one.site} yet: its state there is {state}",
        hint=f"run: blogkit plan {name}",
    )


def _show(output: Output, addresses: Sequence[str]) -> None:
    """Open the addresses on a terminal; elsewhere print them."""
    if output.as_json:
        return
    from blogkit.http.adapter import direct_children

    for address in addresses:
        output.result(address)
        if output.out.isatty():
            with direct_children():
                if not webbrowser.open(address):
                    output.warn("no browser was found; open the address yourself")
