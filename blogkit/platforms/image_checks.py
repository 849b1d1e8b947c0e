"""Find what is wrong with a draft's local images, before any of them is uploaded."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.errors import BlogkitError, Problem
from blogkit.images import Limits, Measures, measure
from blogkit.platforms.base import Draft
from blogkit.render.document import Asset

_HEAVY = 3_000_000
"""Bytes. Half of all mobile pages have less than 1 MB of images altogether
(https://almanac.httparchive.org/en/2024/page-weight)."""
_UNREAD = frozenset({".svg"})


def image_problems(draft: Draft, limits: Limits) -> Iterator[Problem]:
    """Yield the problems of a draft's local images. Reads their files.

    Args:
        draft: The post as it would be sent.
        limits: What the images that are uploaded may be like.

    Returns:
        Problems without a path, with the line where the post mentions the image.
    """
    featured = (draft.featured,) if draft.featured else ()
    for asset in {each.sha256: each for each in (*draft.assets, *featured)}.values():
        if asset.path.suffix.lower() not in _UNREAD:
            yield from _problems(asset, limits)


def _problems(asset: Asset, limits: Limits) -> Iterator[Problem]:
    try:
        content = asset.path.read_bytes()
        found = measure(content, asset.name)
    except OSError:
        return  # it went after it was read a moment ago; the upload tells
    except BlogkitError as error:
        yield Problem("", asset.line, error.message, error.hint, "bad-image")
        return
    if found.located and not limits.strip:
        yield Problem(
            "",
            asset.line,
            f"{asset.name} tells where it was taken, and strip = false leaves that in it",
            "set strip = true in [images] of blogkit.toml, unless readers may know",
            "photo-place",
            "warning",
        )
    size = len(content) * _share(found, limits)
    if size > _HEAVY and (found.moves or found.format in ("PNG", "GIF")):
        yield Problem(
            "",
            asset.line,
            f"{asset.name} will have about {size / 1e6:.1f} MB on the blog, which is slow on a"
            " phone",
            "make the animation shorter or smaller"
            if found.moves
            else "save a photo as JPEG or WebP",
            "large-image",
            "warning",
        )


def _share(found: Measures, limits: Limits) -> float:
    """Return which part of its pixels an image keeps."""
    if found.moves or found.format == "GIF" or not 0 < limits.max_width < found.width:
        return 1.0
    return (limits.max_width / found.width) ** 2
