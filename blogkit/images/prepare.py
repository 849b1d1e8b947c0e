"""Resize, rotate and strip an image before a site gets it."""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError
from blogkit.images.measure import Measures, measures, opened
from blogkit.images.metadata import DamagedImage, without_metadata

if TYPE_CHECKING:
    from PIL.Image import Image

_SUFFIXES = {
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    "AVIF": (".avif",),
    "GIF": (".gif",),
}
_LOSSLESS_WEBP, _START = b"VP8L", 1 << 16
_GREY = ("1", "I", "I;16")
"""Modes of 1 or 16 bits."""
_PALETTE = 256
_LANCZOS = 1  # `PIL.Image.Resampling.LANCZOS`, without importing Pillow


@dataclass(frozen=True)
class Limits:
    """What an image may be like when it is uploaded: `[images]` in blogkit.toml.

    Attributes:
        max_width: In pixels; wider images are made smaller. 0 for any.
        quality: Of JPEG, WebP and AVIF files that are made smaller or rotated, 1 to 100.
        strip: Whether to remove metadata, such as the place where a photo was taken.
    """

    max_width: int = 2048
    quality: int = 85
    strip: bool = True


@dataclass(frozen=True)
class Prepared:
    """An image as it is uploaded.

    Attributes:
        content: The file's bytes.
        suffix: Its ending with the dot, such as ".jpg".
    """

    content: bytes
    suffix: str


def prepare(content: bytes, name: str, limits: Limits, *, plain: bool = False) -> Prepared:
    """Return an image within the limits, upright and without metadata.

    Pixels change only if they must: an image that is small enough and upright is not compressed
    again. An animation keeps its size. The same file gives the same bytes each time.

    Args:
        content: The file's bytes.
        name: Its name, for messages and its ending.
        limits: What it may be like.
        plain: Convert it to JPEG, or to PNG if it has transparent parts, because the site takes no
            newer formats.

    Raises:
        BlogkitError: The file is damaged, has too many pixels, or is in a format whose metadata
            cannot be removed.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix == ".svg":
        return Prepared(content, suffix)
    with opened(content, name) as image:
        found = measures(image)
        still = not found.moves and found.format != "GIF"
        if plain and not still:
            raise BlogkitError(
                f"{name} moves, and the site does not take {found.format} files",
                hint="save it as GIF",
            )
        recode = _must_recode(image, limits)
        if recode and not still:
            raise BlogkitError(
                f"{name} is an AVIF animation with metadata, which blogkit cannot remove",
                hint="save it as WebP or GIF",
            )
        wide = 0 < limits.max_width < found.width
        if still and (plain or wide or not found.upright or recode):
            lossless = found.format == "WEBP" and _LOSSLESS_WEBP in content[:_START]
            return _redrawn(image, found, limits, suffix, plain=plain, lossless=lossless)
    return _kept(content, name, found, limits)


def _must_recode(image: Image, limits: Limits) -> bool:
    """Return whether metadata is to be removed that only a new file is rid of."""
    metadata = image.info.get("exif") or image.info.get("xmp")
    return limits.strip and image.format == "AVIF" and bool(metadata)


def _kept(content: bytes, name: str, found: Measures, limits: Limits) -> Prepared:
    """Return the file with the pixels that it has."""
    suffix = _suffix(found.format, PurePath(name).suffix.lower())
    if not limits.strip or found.format == "AVIF":
        return Prepared(content, suffix)
    try:
        return Prepared(without_metadata(content), suffix)
    except DamagedImage:
        raise BlogkitError(
            f"cannot read the image {name}: it ends early", hint="save it again"
        ) from None


def _suffix(kind: str, suffix: str) -> str:
    """Return the ending that fits the content: WordPress refuses files with another one."""
    fitting = _SUFFIXES[kind]
    return suffix if suffix in fitting else fitting[0]


def _redrawn(
    image: Image, found: Measures, limits: Limits, suffix: str, *, plain: bool, lossless: bool
) -> Prepared:
    """Return the image upright, and smaller if it is too wide."""
    from PIL import ImageOps

    profile = None if image.mode in _GREY else image.info.get("icc_profile")
    palette = image.mode == "P"
    drawn = _in_plain_colours(image)
    if 0 < limits.max_width < found.width:
        wide, high = limits.max_width, max(1, round(found.height * limits.max_width / found.width))
        size = (high, wide) if (found.width, found.height) != image.size else (wide, high)
        drawn.draft(None, (2 * size[0], 2 * size[1]))  # a JPEG can be decoded smaller
        drawn = drawn.resize(size, _LANCZOS, reducing_gap=3.0)
    drawn = ImageOps.exif_transpose(drawn)
    exif = b"" if limits.strip else drawn.getexif().tobytes()
    kind = found.format
    if plain:
        drawn, kind = _for_every_site(drawn)
    elif kind == "PNG" and palette:
        drawn = drawn.quantize(_PALETTE)
    drawn.info.clear()  # some formats would write a comment or XMP data from it
    options: dict[str, Any] = {"icc_profile": profile, "exif": exif}
    if kind == "JPEG":
        options |= {"quality": limits.quality, "optimize": True, "progressive": True}
    elif kind != "PNG":
        options |= {"lossless": True} if lossless else {"quality": limits.quality}
    target = io.BytesIO()
    drawn.save(target, kind, **{name: value for name, value in options.items() if value})
    return Prepared(target.getvalue(), _suffix(kind, suffix))


def _in_plain_colours(image: Image) -> Image:
    """Return the image in a mode that can be resized smoothly."""
    if image.mode == "1":
        return image.convert("L")
    if image.mode in _GREY:  # Pillow would cut off what is brighter than 255
        return image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if image.mode in ("P", "PA", "LA") or "transparency" in image.info:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _for_every_site(image: Image) -> tuple[Image, str]:
    """Return the image for a format that every site takes, and the format."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255):
        return image, "PNG"
    return image.convert("RGB"), "JPEG"
