"""`blogkit images`: where the pictures of posts are on the web."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli.listener import listening
from blogkit.cli.live.edit_runner import run_edit
from blogkit.cli.options import common, limit_option
from blogkit.cli.output import Output
from blogkit.cli.schedule.timed import Asked
from blogkit.cli.shared import current_project, the_output

if TYPE_CHECKING:
    from blogkit.project.images.found import FoundPicture
    from blogkit.project.images.listing import ListedImage
    from blogkit.project.images.moving import MovePlan


@click.group(epilog="Example: blogkit images list")
@common
def images() -> None:
    """See where the pictures of posts are on the web, for sites that take no uploads.

    Blogger's API takes no pictures. host in the [images] table of blogkit.toml names where local
    images go instead; docs/images.md describes each kind of host.
    """


@images.command(name="list", epilog="Example: blogkit images list")
@common
def list_() -> int:
    """List the local images of posts, and where each is. Sends nothing.

    With host = "manual", the images that are not on the web yet are written to .blogkit/upload/,
    ready for Blogger's editor.
    """
    output, project = the_output(), current_project()
    found = project.images.list()
    for one in found:
        output.say(f"{one.name}  {_where(one)}", "green" if one.url else "yellow")
        output.say(f"    in {', '.join(one.places)}")
    if not project.config.images.host:
        output.say("no image host is set, so there is nothing to list")
        output.note(
            "to do: for a site that takes no uploads, such as Blogger, set host in [images] of"
            ' blogkit.toml, such as host = "manual"; sites that take uploads need none'
        )
    elif not found:
        output.say("no post shows a local image on a site that takes no uploads")
    missing = [one for one in found if one.upload]
    if missing:
        output.note(
            f"to do: upload {len(missing)} in Blogger's editor, copy each address, and run:"
            " blogkit images add PICTURE ADDRESS"
        )
    output.report({"images": [asdict(one) for one in found]})
    return 0


def _where(one: ListedImage) -> str:
    if one.url:
        return one.url
    return f"upload {one.upload}" if one.upload else "to be uploaded with its post"


@images.command(
    epilog="Example: blogkit images add images/map.jpg https://blogger.googleusercontent.com/img/…"
)
@click.argument("picture")
@click.argument("address")
@common
def add(picture: str, address: str) -> int:
    """Record the address of a picture that you uploaded yourself.

    blogkit asks the address for the picture first. It accepts a copy in another size or format,
    such as Blogger makes, and refuses any other picture.
    """
    output = the_output()
    found = current_project().images.add(picture, address)
    output.say(f"{picture} is at {found.url}", "green")
    if found.proof != "bytes":
        size = f"{found.width} × {found.height} pixels, {found.type}"
        output.note(f"the address serves a copy of it: {size}")
    output.report({"image": asdict(found)})
    return 0


@images.command(epilog="Example: blogkit images check --json")
@click.option("--site", default="", metavar="SITE", help="Only this site's live posts.")
@click.option("--live", is_flag=True, help="Leave out the files of posts.")
@click.option(
    "--private", is_flag=True, help="Also ask servers on this machine and in private networks."
)
@common
def check(site: str, live: bool, private: bool) -> int:
    """Find pictures that died: ask for each picture of posts' files and of live posts.

    A picture that blogkit uploaded must have its bytes, any other must be a picture. Each address
    is asked for once, without cookies or credentials. The exit code is 1 if one died.
    """
    output, project = the_output(), current_project()
    with listening(output, project.config.zone) as listener:
        report = project.images.check(
            site=site, files=not live, private=private, on_progress=listener
        )
    for error in report.left_out:
        output.error(error)
    for one in report.images:
        if one.state != "ok":
            output.say(f"{one.state}  {one.url}: {one.detail}", "yellow" if one.ok else "red")
            _say_places(output, one.places)
    dead, refused = len(report.dead), sum(one.state == "refused" for one in report.images)
    skipped = f", {refused} not asked" if refused else ""
    checked = len(report.images) - refused
    output.say(f"{checked} checked, {dead} dead{skipped}", "yellow" if dead else "green")
    if refused:
        output.note("to ask servers on this machine and in your own network, too, add --private")
    rows = [{**asdict(one), "ok": one.ok} for one in report.images]
    output.report({"images": rows, "left_out": [one.message for one in report.left_out]})
    return int(bool(dead or report.left_out))


def _say_places(output: Output, places: Iterable[FoundPicture]) -> None:
    for one in places:
        post = f" (“{one.title}” on {one.site})" if one.site else ""
        output.say(f"    {one.place}:{one.line}{post}")


@images.command(epilog="Example: blogkit images move --to s3 --from i.imgur.com --dry-run")
@click.argument("refs", nargs=-1, metavar="[POST...]")
@click.option("--to", required=True, metavar="HOST", help="The host, as host in [images] names it.")
@click.option("--site", default="", metavar="SITE", help="The site (default: the default site).")
@click.option(
    "--from",
    "servers",
    multiple=True,
    metavar="SERVER",
    help="Only pictures on this server, such as i.imgur.com; repeatable.",
)
@click.option(
    "--private", is_flag=True, help="Also fetch from servers on this machine and private networks."
)
@limit_option
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option(
    "--yes", "-y", is_flag=True, help="Don't ask for confirmation; needed in pipes and cron jobs."
)
@common
def move(
    refs: tuple[str, ...],
    to: str,
    site: str,
    servers: tuple[str, ...],
    private: bool,
    limit: int,
    dry_run: bool,
    yes: bool,
) -> int:
    """Move the pictures of live posts to the image host. Every other byte stays as it is.

    blogkit fetches each picture, uploads it once, looks whether readers get it, and then changes
    its address: in the posts, and in the files of these posts. Pictures that cannot be fetched
    stay, and are listed. All of this is one run, which you can undo. Without POST, it is about all
    posts of the site.
    """
    output, project = the_output(), current_project()
    return run_edit(
        output,
        project,
        "images move",
        Asked(limit, dry_run, yes),
        lambda listener: project.images.move(
            to, posts=refs, site=site, servers=servers, private=private, on_progress=listener
        ),
        tell=lambda plan: _tell_staying(output, plan),
    )


def _tell_staying(output: Output, plan: MovePlan) -> dict[str, Any]:
    """Print the pictures that stay, and return them for the JSON report."""
    for text in plan.unmatched:
        output.warn(text)
    for one in plan.staying:
        output.say(f"stays  {one.url}: {one.reason}", "yellow")
        _say_places(output, one.places)
    if plan.staying:
        count = len(plan.staying)
        output.warn(
            f"{count} picture{'s' * (count != 1)} cannot be fetched and will stay:"
            " replace them, or run the same command again later"
        )
    return {"staying": [asdict(one) for one in plan.staying]}
