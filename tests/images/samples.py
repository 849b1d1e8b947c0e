"""Small images of every format, made by Pillow."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

PLACE = (25.0, 46.0, 30.0)
_ORIENTATION, _GPS, _LATITUDE, _COMMENT = 0x0112, 0x8825, 2, 0x9286


def picture(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Red at the upper left, blue elsewhere, so that a turn shows."""
    image = Image.new("RGB", size, (20, 40, 200))
    image.paste((220, 20, 20), (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def drawn(
    kind: str, size: tuple[int, int] = (60, 40), *, mode: str = "RGB", **options: Any
) -> bytes:
    target = io.BytesIO()
    picture(size, mode).save(target, kind, **options)
    return target.getvalue()


def located(orientation: int = 1) -> bytes:
    """EXIF data with a place, as a phone writes them."""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    exif.get_ifd(_GPS)[_LATITUDE] = PLACE
    return exif.tobytes()


def moving(kind: str, **options: Any) -> bytes:
    frames = [picture((60, 40)), picture((60, 40)).rotate(180), picture((60, 40)).rotate(90)]
    target = io.BytesIO()
    frames[0].save(target, kind, save_all=True, append_images=frames[1:], **options)
    return target.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image
