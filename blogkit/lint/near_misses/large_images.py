"""Find images that are too large for the text of a post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from blogkit.lint.context import LintContext
from blogkit.lint.near_misses.miss import Miss, miss
from blogkit.patterns import lazy_pattern

IMAGE_CODE = "large-image"
LARGEST_EMBEDDED = 100_000
"""Characters of an image in the text itself. Blogger and feed readers cut long posts."""
LARGEST_FILE = 10_000_000
"""Bytes of a file."""
WIDEST = 2_600
"""Pixels, as of WordPress, which makes a smaller copy of wider images
(https://make.wordpress.org/core/2019/10/09/introducing-handling-of-big-images-in-wordpress-5-3/).
"""
_EMBEDDED = lazy_pattern(
    r"data:image/[a-z+.-]+;base64,[A-Za-z0-9+/=\s]*(?P<cut>\.{3}|…|\[)?", re.IGNORECASE
)


def large_images(context: LintContext) -> Iterator[Miss]:
    """Yield images that are written into the text, very wide ones, and files over the limit."""
    yield from _embedded(context)
    if context.post.image:
        yield from _files(context, context.post.lines.get("image", 0), context.post.image)
    for element in context.elements:
        if element.name != "img":
            continue
        yield from _files(context, element.line, element.attributes.get("src") or "")
        width = (element.attributes.get("width") or "").removesuffix("px")
        if width.isdecimal() and int(width) > WIDEST:
            message = f"the image is {int(width):,} pixels wide; screens show less than {WIDEST:,}"
            hint = "insert a smaller one, at most 2,000 pixels wide"
            yield miss(context, IMAGE_CODE, element.line, message, hint)


def _embedded(context: LintContext) -> Iterator[Miss]:
    body = context.post.body
    hint = "save it as a file in your blog's folder, and insert that"
    for found in _EMBEDDED.finditer(body) if "data:image/" in body else ():
        if found["cut"]:
            message = "an image that is written into the text was cut off"
        elif len(found[0]) > LARGEST_EMBEDDED:
            message = f"an image of {len(found[0]) // 1000} KB is written into the text"
        else:
            continue
        yield miss(context, IMAGE_CODE, context.line(found.start()), message, hint)


def _files(context: LintContext, line: int, address: str) -> Iterator[Miss]:
    size = _size(context, address)
    if size > LARGEST_FILE:
        message = f"{address} has {size:,} bytes; the limit is {LARGEST_FILE:,}"
        yield miss(context, IMAGE_CODE, line, message, "save it smaller, at most 2,000 pixels wide")


def _size(context: LintContext, address: str) -> int:
    """Return the size of a local file in bytes; 0 for what is not one."""
    if not address or re.match(r"[a-z][a-z0-9+.-]*:|//|#", address, re.IGNORECASE):
        return 0
    folder = context.post.path.parent
    depth = context.place.count("/")
    root = folder.parents[depth - 1] if 0 < depth <= len(folder.parents) else folder
    for place in (folder, root):
        file = place / Path(address)
        context.noted.files.add(file)
        try:
            return file.stat().st_size
        except (OSError, ValueError):
            continue
    return 0
