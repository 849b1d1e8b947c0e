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
    from blogkit.project.project import Project


@click.command(epilog="Example: blogkit open posts/miami.md")
@click.argument("path", type=click.Path(path_type=Path), metavar="POST")
@site_option("Open the post on this site only.")
@click.option("--edit", is_flag=True, help="Open the post in the site's own editor.")
@common
def open(path: Path, site: str, edit: bool) -> int:  # noqa: A001  # the command's name
    """Open a live post in the browser, on each site that has it. Reads only.

    POST is the post's file. With --edit, blogkit opens the post in the site's own editor, also a
    draft. In a pipe, and with --json, it prints the address and opens no browser.
    """
    if (start_folder() / path).is_dir():
        raise UsageError(f"{path} is a folder", hint="name one post's file")
    output, project = the_output(), current_project()
    found = project.status(path, site=site)
    reports.warn_of_public(output, found.public)
    for error in (*found.unavailable.values(), *found.left_out):
        output.error(error)
    pages = []
    for one in found:
        address = _editor(project, one) if edit else _page(one, _pages_of(project, one.site))
        if address:
            pages.append({"site": one.site, "path": one.path, "url": address})
        else:
            output.error(_without_page(one, project.config.zone, edit=edit))
    _show(output, [page["url"] for page in pages])
    left_out = reports.of_left_out(found.unavailable, found.left_out)
    output.report({"pages": pages, **left_out})
    return int(len(pages) < len(found) or bool(found.unavailable or found.left_out))


def _pages_of(project: Project, site: str) -> str:
    """Return where the pages of a folder site are; "" for other sites."""
    found = project.config.site(site)
    if found.platform != "folder":
        return ""
    return f"{(project.config.root / found.folder).absolute().as_uri()}/"


def _page(one: PostStatus, pages: str = "") -> str:
    """Return the address at which readers can open the post; "" if there is none.

    The address comes from the site, and browsers also open files of this machine: only those in
    the folder of a folder site are opened.
    """
    remote = one.remote
    if one.trouble or remote is None or remote.state != "live":
        return ""
    allowed = ("https://", "http://", *([pages] if pages else []))
    return remote.url if remote.url.startswith(allowed) and "/../" not in remote.url else ""


def _editor(project: Project, one: PostStatus) -> str:
    if one.remote is None or one.remote.state == "trashed" or one.public:
        return ""
    return project.site(one.site).editor_of(one.remote)


def _without_page(one: PostStatus, zone: tzinfo, *, edit: bool) -> BlogkitError:
    from blogkit.project.plans.status import IN_TRASH

    name = one.path or one.key
    if one.trouble:
        return BlogkitError(f"{name}: {one.trouble}", hint=one.hint)
    if one.file == IN_TRASH:
        return BlogkitError(f"{name} was deleted on {one.site}", hint="run: blogkit log")
    if one.remote is None:
        return BlogkitError(f"{name} is not on {one.site}", hint=f"run: blogkit publish {name}")
    if edit:
        return BlogkitError(f"{one.site} has no editor for {name}", hint=f"edit {name}")
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
        output.result(output.address(address))
        if output.out.isatty():
            with direct_children():
                if not webbrowser.open(address):
                    output.warn("no browser was found; open the address yourself")
