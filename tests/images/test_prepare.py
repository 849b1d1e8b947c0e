"""Images leave the machine small, upright, in their own colours, and without private data."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms

from blogkit.errors import BlogkitError
from blogkit.images import Limits, measure, prepare
from tests.cases import for_each
from tests.images.samples import drawn, located, moving, opened, picture

STILL = ("JPEG", "PNG", "WEBP", "AVIF")
SMALL = Limits(max_width=30)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>25,46N</exif:GPSLatitude></x:xmpmeta>'


def private(content: bytes) -> bool:
    return any(word in content for word in (b"Exif\0", b"eXIf", b"EXIF", b"GPSLatitude", b"secret"))


def differ(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two images, from 0 to 255."""
    histogram = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).histogram()
    total = sum(level % 256 * count for level, count in enumerate(histogram))
    return total / (one.width * one.height * 3)


@for_each("kind", STILL)
def test_a_wide_image_becomes_smaller(kind: str) -> None:
    wide = drawn(kind, (120, 80))
    done = prepare(wide, f"a.{kind.lower()}", SMALL)
    assert opened(done.content).size == (30, 20)
    assert opened(done.content).format == kind
    assert differ(opened(done.content), picture((30, 20))) < 8
    assert prepare(wide, f"a.{kind.lower()}", SMALL) == done


@for_each("kind", STILL)
@for_each("width", [0, 30, 2048])
def test_no_place_is_left(kind: str, width: int) -> None:
    photo = drawn(kind, exif=located(), xmp=XMP) if kind != "PNG" else drawn(kind, exif=located())
    assert private(photo)
    done = prepare(photo, "a", Limits(max_width=width))
    assert not private(done.content)
    assert not measure(done.content, "a").located


@pytest.mark.sampled
@pytest.mark.parametrize("kind", STILL)
@pytest.mark.parametrize("orientation", range(2, 9))
def test_the_orientation_is_applied(kind: str, orientation: int) -> None:
    turned = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }[orientation]
    photo = drawn(kind, exif=located(orientation))
    for limits in (Limits(), SMALL, Limits(strip=False)):
        done = opened(prepare(photo, "a", limits).content)
        upright = picture().transpose(turned)
        assert measure(prepare(photo, "a", limits).content, "a").upright
        assert differ(done, upright.resize(done.size)) < 12
        assert done.width == min(limits.max_width, upright.width)


@for_each("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_pixels_of_an_image_within_the_limits_are_not_compressed_again(kind: str) -> None:
    options: dict[str, Any] = {"comment": b"secret"} if kind in ("JPEG", "GIF") else {}
    if kind != "GIF":
        options |= {"exif": located()}
    photo = drawn(kind, **options)
    done = prepare(photo, f"a.{kind.lower()}", Limits())
    assert private(photo)
    assert not private(done.content)
    assert opened(done.content).tobytes() == opened(photo).tobytes()


def test_what_hides_behind_the_image_is_cut_off() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        content = drawn(kind)
        assert prepare(content + b"secret" + drawn("JPEG"), "a", Limits()).content == content


def test_metadata_stays_if_the_blog_wants_it() -> None:
    photo = drawn("JPEG", (60, 40), exif=located())
    assert prepare(photo, "a.jpg", Limits(strip=False)).content == photo
    assert measure(prepare(photo, "a.jpg", Limits(30, strip=False)).content, "a").located


@for_each("kind", STILL)
@for_each("limits", [Limits(), SMALL])
def test_the_colour_profile_is_kept(kind: str, limits: Limits) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = drawn(kind, icc_profile=profile, exif=located())
    assert opened(prepare(photo, "a", limits).content).info["icc_profile"] == profile


@for_each("kind", ["GIF", "PNG", "WEBP", "AVIF"])
def test_an_animation_keeps_its_frames_and_its_size(kind: str) -> None:
    film = moving(kind, **({"exif": located()} if kind in ("PNG", "WEBP") else {}))
    done = prepare(film, f"a.{kind.lower()}", SMALL)
    assert (opened(done.content).size, getattr(opened(done.content), "n_frames", 1)) == (
        (60, 40),
        3,
    )
    assert not private(done.content)


def test_an_animation_whose_metadata_cannot_be_removed_is_refused() -> None:
    film = moving("AVIF", exif=located())
    with pytest.raises(BlogkitError, match=r"a\.avif is an AVIF animation with metadata"):
        prepare(film, "a.avif", SMALL)
    assert prepare(film, "a.avif", Limits(strip=False)).content == film


@for_each("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_made_smaller(mode: str) -> None:
    source = picture((120, 80), "L").convert("I").point(lambda level: level * 256)
    image = source.convert("I;16") if mode == "I;16" else picture((120, 80), mode)
    target = io.BytesIO()
    image.save(target, "PNG")
    done = opened(prepare(target.getvalue(), "a.png", SMALL).content)
    assert done.size == (30, 20)
    wanted = picture((30, 20), "RGB" if mode in ("P", "RGBA") else "L")
    assert differ(done, wanted) < 12


def test_transparent_parts_stay_transparent() -> None:
    image = Image.new("RGBA", (120, 80), (200, 20, 20, 255))
    image.paste((0, 0, 0, 0), (0, 0, 60, 80))
    for kind in ("PNG", "WEBP", "AVIF"):
        target = io.BytesIO()
        image.save(target, kind)
        for plain in (False, True):
            done = prepare(target.getvalue(), "a", SMALL, plain=plain)
            alpha = opened(done.content).convert("RGBA").getchannel("A")
            assert (alpha.getpixel((2, 10)), alpha.getpixel((27, 10))) == (0, 255)
            assert done.suffix == (".png" if plain else f".{kind.lower()}")


def test_the_ending_fits_the_content() -> None:
    assert prepare(drawn("JPEG"), "photo.png", Limits()).suffix == ".jpg"
    assert prepare(drawn("JPEG"), "photo.JPEG", Limits()).suffix == ".jpeg"
    assert prepare(b"<svg/>", "a.SVG", Limits()).content == b"<svg/>"


def test_a_bomb_is_refused() -> None:
    """A PNG of a few bytes whose header promises more pixels than a machine can hold."""
    head = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    for ask in (lambda: prepare(bomb, "a.png", Limits()), lambda: measure(bomb, "a.png")):
        with pytest.raises(BlogkitError, match=r"a\.png has more than 89 million pixels"):
            ask()


@for_each("kind", [*STILL, "GIF"])
@for_each("limits", [Limits(), SMALL])
def test_half_a_file_is_refused(kind: str, limits: Limits) -> None:
    content = drawn(kind, (120, 80), **({"exif": located()} if kind != "GIF" else {}))
    for part in (0.1, 0.5, 0.9):
        with pytest.raises(BlogkitError, match=r"half\.jpg") as caught:
            prepare(content[: int(len(content) * part)], "half.jpg", limits)
        assert caught.value.hint


@for_each("content", [b"", b"GIF8", b"\xff\xd8\xff", b"ftypheic", b"RIFF1234WEBP"])
def test_what_is_not_an_image_is_refused(content: bytes) -> None:
    with pytest.raises(BlogkitError, match=r"photo\.heic"):
        prepare(content, "photo.heic", Limits())
