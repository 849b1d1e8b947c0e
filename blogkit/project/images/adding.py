"""Take the address of a picture that a person has uploaded."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

from blogkit.errors import BlogkitError, ImageNotServed, UsageError, nearest
from blogkit.hosting import Hosting, LocalImage, Placed, ServedAs, placed_at, ready_to_send
from blogkit.journal.pictures import StoredPicture
from blogkit.origins import is_loopback
from blogkit.project.context import ProjectContext
from blogkit.project.images.hosts import hosting_of
from blogkit.project.images.limits import limits_of
from blogkit.sync.execute.uploads import stored_picture


def add_address(context: ProjectContext, picture: Path, address: str) -> StoredPicture:
    """Record where a picture is, after a look that readers get it there.

    Args:
        context: The call's context.
        picture: The picture's file, relative to the folder that the project was opened in.
        address: Its address on the web.

    Returns:
        What is recorded.

    Raises:
        UsageError: `[images]` has no host, the file does not exist, or the address is not valid.
        ImageNotServed: Readers do not get the picture there.
        BlogkitError: The picture cannot be read.
    """
    hosting = hosting_of(context.settings)
    if hosting is None:
        raise UsageError(
            "no image host is set, so no post would use this address",
            hint='add to blogkit.toml: [images] with host = "manual"',
        )
    _require_address(address)
    image = _image(context, picture)
    ready = ready_to_send(image, limits_of(context.config))
    placed, proof = _as_served(hosting, placed_at(address, "", ready), image)
    with context.locked_journal("images add") as journal:
        journal.pictures.note(stored_picture(hosting, image.sha256, placed))
        journal.pictures.verified(hosting.identity, image.sha256, proof)
        found = journal.pictures.find(hosting.identity, image.sha256)
    assert found is not None
    return found


def _as_served(hosting: Hosting, placed: Placed, image: LocalImage) -> tuple[Placed, ServedAs]:
    """Return the picture as its address serves it, which may be a smaller copy."""
    try:
        return placed, hosting.prove(placed)
    except ImageNotServed as error:
        copy = hosting.copy_of(placed)
        if copy is None:
            hint = error.hint or f"open {placed.url} in a private window: it must show {image.name}"
            raise ImageNotServed(error.message, url=placed.url, hint=hint) from None
        return copy, "picture"


def _require_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or not (parts.scheme == "https" or is_loopback(host)):
        raise UsageError(
            f'"{address}" is not the address of an image on the web',
            hint="copy the image's address in the browser: it begins with https://",
        )


def _image(context: ProjectContext, picture: Path) -> LocalImage:
    root = context.config.root
    files = [folder / picture for folder in (context.posts.folder, root)]
    file = next((file for file in files if file.is_file()), None)
    if file is None:
        known = [
            path.relative_to(root).as_posix()
            for path in (root / "images").rglob("*")
            if path.is_file()
        ]
        hint = nearest(str(picture), known) or "blogkit images list shows the pictures of posts"
        raise UsageError(f"no such file: {picture}", hint=hint)
    try:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise BlogkitError(f"cannot read {picture}: {error.strerror}") from None
    return LocalImage(file, context.config.relative(file), digest)
