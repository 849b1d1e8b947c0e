"""`blogkit images`: where the pictures of posts are on the web."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from blogkit.cli.options import common
from blogkit.cli.shared import current_project, the_output

if TYPE_CHECKING:
    from blogkit.project.images.listing import ListedImage


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
    output = the_output()
    found = current_project().images.list()
    for one in found:
        output.say(f"{one.name}  {_where(one)}", "green" if one.url else "yellow")
        output.say(f"    in {', '.join(one.places)}")
    if not found:
        output.say("no post shows a local image on a site that has an image host")
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
