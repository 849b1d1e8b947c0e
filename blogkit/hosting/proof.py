"""Prove that readers get a picture: its address answers 200 with the right bytes.

Some hosts compress pictures again before they serve them, so their bytes cannot be right. Then the
picture must have the format and the size in pixels of what was uploaded: weaker, and reported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from blogkit.errors import BlogkitError, ImageNotServed
from blogkit.hosting.host import Placed
from blogkit.images import measure

if TYPE_CHECKING:  # requests is imported when there is an address to ask
    from blogkit.http.probe import Fetched

ServedAs = Literal["bytes", "picture"]
"""What an address served: the bytes that were uploaded, or the picture in other bytes."""
_LATER = {404, 408, 410, 425, 429, 500, 502, 503, 504}
"""Answers that may change by themselves."""
_GONE = {404, 410}
_SVG = "image/svg+xml"


def prove_served(
    placed: Placed, fetch: Callable[[str], Fetched], address: str = "", *, host: str = "its host"
) -> ServedAs:
    """Return how far an address serves a picture.

    Args:
        placed: The picture.
        fetch: Fetches an address.
        address: Another address of the picture, past a cache; "" for its own.
        host: What messages call the host.

    Raises:
        ImageNotServed: It does not.
    """
    from blogkit.http.probe import ProbeError

    try:
        answer = fetch(address or placed.url)
    except ProbeError as error:
        raise _not_served(placed, str(error), later=not error.lasting) from None
    if answer.status != 200:
        gone = answer.status in _GONE
        reason = f"the server answered {answer.status}"
        hint = (
            f"make {host} public: readers must see the image without signing in"
            if answer.status in (401, 403)
            else ""
        )
        raise _not_served(placed, reason, later=answer.status in _LATER, gone=gone, hint=hint)
    if placed.type == _SVG and answer.type != _SVG:
        raise _not_served(placed, f'the server calls it "{answer.type}", not "{_SVG}"')
    if placed.digest and hashlib.sha256(answer.content).hexdigest() == placed.digest:
        return "bytes"
    if reason := _other_picture(placed, answer.content):
        raise _not_served(placed, reason)
    return "picture"


def served_copy(placed: Placed, fetch: Callable[[str], Fetched]) -> Placed | None:
    """Return a picture as its address serves it, if that is a copy of it in another size or format.

    A person may have chosen a smaller size, and some hosts change the format.

    Args:
        placed: The picture as it was uploaded.
        fetch: Fetches an address.
    """
    from blogkit.http.probe import ProbeError

    try:
        answer = fetch(placed.url)
        found = measure(answer.content, placed.url, whole=True)
    except (ProbeError, BlogkitError):
        return None
    # A copy's height is rounded to a whole pixel.
    right = abs(found.height - placed.height * found.width / max(placed.width, 1)) <= 1
    if answer.status != 200 or not right:
        return None
    kind = f"image/{found.format.lower()}"
    return Placed(placed.url, "", len(answer.content), kind, "", found.width, found.height)


def _other_picture(placed: Placed, content: bytes) -> str:
    """Return why a content is not the picture; "" if it is, in other bytes."""
    wrong = "the server answered with something else than what was uploaded"
    if not placed.width:
        return wrong
    try:
        found = measure(content, placed.url, whole=True)
    except BlogkitError:
        return f"{wrong}: it is not an image"
    kind = f"image/{found.format.lower()}"
    if kind != placed.type:
        return f"{wrong}: {kind}, not {placed.type}"
    if (found.width, found.height) != (placed.width, placed.height):
        return (
            f"{wrong}: {found.width} × {found.height} pixels, not {placed.width} × {placed.height}"
        )
    return ""


def _not_served(
    placed: Placed, reason: str, *, later: bool = False, gone: bool = False, hint: str = ""
) -> ImageNotServed:
    message = f"readers do not get the image {placed.url}: {reason}"
    return ImageNotServed(message, url=placed.url, later=later, gone=gone, hint=hint)
