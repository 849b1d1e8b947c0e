"""Read an image's header: its format, size and what its metadata tells."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError

if TYPE_CHECKING:  # Pillow is imported when there is an image to read
    from PIL.Image import Image

READABLE = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
"""What blogkit reads, as Pillow calls it."""
_ORIENTATION, _GPS = 0x0112, 0x8825
_SIDEWAYS = range(5, 9)


@dataclass(frozen=True)
class Measures:
    """What an image's header tells.

    Attributes:
        format: One of `READABLE`.
        width: In pixels, as it is shown.
        height: In pixels, as it is shown.
        moves: Whether it has several frames.
        upright: Whether its pixels are stored as they are shown.
        located: Whether its EXIF data tells where it was taken.
    """

    format: str
    width: int
    height: int
    moves: bool
    upright: bool
    located: bool


def measure(content: bytes, name: str, *, whole: bool = False) -> Measures:
    """Return what an image's header tells.

    Args:
        content: The file's bytes.
        name: Its name, for messages.
        whole: Also decode the image, which finds one that ends early.

    Raises:
        BlogkitError: It is damaged, in another format, or has too many pixels.
    """
    with opened(content, name) as image:
        if whole:
            image.load()
        return measures(image)


@contextmanager
def opened(content: bytes, name: str) -> Iterator[Image]:
    """Open an image.

    Args:
        content: The file's bytes.
        name: Its name, for messages.

    Raises:
        BlogkitError: As for `measure`, also for what the block finds.
    """
    from PIL import Image, UnidentifiedImageError

    too_large = (Image.DecompressionBombWarning, Image.DecompressionBombError)
    try:
        with warnings.catch_warnings():
            # A small file may unpack to more than the memory holds:
            # https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.open
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", module="PIL", category=UserWarning)
            with Image.open(io.BytesIO(content), formats=READABLE) as image:
                yield image
    except too_large:
        raise BlogkitError(
            f"{name} has more than {(Image.MAX_IMAGE_PIXELS or 0) // 1_000_000} million pixels",
            hint="save a smaller copy of the image",
        ) from None
    except UnidentifiedImageError:
        raise BlogkitError(
            f"{name} is not an image that blogkit can read",
            hint="save it as JPEG, PNG or WebP",
        ) from None
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError) as error:
        raise BlogkitError(
            f"cannot read the image {name}: {error}", hint="save it again as JPEG, PNG or WebP"
        ) from None


def measures(image: Image) -> Measures:
    """Return what an open image's header tells."""
    # Pillow would decode a PNG to its end to look for EXIF data there.
    hidden = image.format == "PNG" and "exif" not in image.info
    exif: Any = {} if hidden else image.getexif()
    turned = exif.get(_ORIENTATION) in _SIDEWAYS
    width, height = reversed(image.size) if turned else image.size
    # Phones put a second picture behind a JPEG, such as a map of distances.
    kind = "JPEG" if image.format == "MPO" else str(image.format)
    moves = kind != "JPEG" and bool(getattr(image, "is_animated", False))
    upright = exif.get(_ORIENTATION, 1) not in range(2, 9)
    return Measures(kind, width, height, moves, upright, not hidden and bool(exif.get_ifd(_GPS)))
