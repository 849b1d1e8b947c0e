"""`check` names images that no site should get, before anything is sent."""

from __future__ import annotations

import os
from pathlib import Path

from blogkit.errors import Problem
from blogkit.images import Limits
from blogkit.platforms.base import Draft
from blogkit.platforms.image_checks import image_problems
from blogkit.render.document import Asset
from tests.cases import for_each
from tests.images.samples import drawn, located, moving


def found(
    folder: Path,
    name: str,
    content: bytes,
    limits: Limits = Limits(),  # noqa: B008
) -> list[Problem]:
    path = folder / name
    path.write_bytes(content)
    asset = Asset(path, f"images/{name}", "ab" * 32, "A boat", 7)
    return list(
        image_problems(Draft("k", "post", "t", "", assets=(asset,), featured=asset), limits)
    )


@for_each("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_good_image_is_no_problem(tmp_path: Path, kind: str) -> None:
    assert found(tmp_path, "boat.png", drawn(kind)) == []


def test_a_drawing_is_left_to_the_site(tmp_path: Path) -> None:
    assert found(tmp_path, "boat.svg", b"<svg/>") == []


def test_what_cannot_be_read_is_an_error_with_its_line(tmp_path: Path) -> None:
    [problem] = found(tmp_path, "boat.heic", b"\0\0\0\x18ftypheic")
    assert (problem.line, problem.severity, problem.code) == (7, "error", "bad-image")
    assert "images/boat.heic is not an image that blogkit can read" in problem.message
    assert "JPEG" in problem.hint


def test_a_file_that_is_gone_is_left_to_the_upload(tmp_path: Path) -> None:
    asset = Asset(tmp_path / "gone.png", "gone.png", "ab" * 32, "", 7)
    assert list(image_problems(Draft("k", "post", "t", "", assets=(asset,)), Limits())) == []


def test_a_place_that_would_be_sent_is_named(tmp_path: Path) -> None:
    photo = drawn("JPEG", exif=located())
    assert found(tmp_path, "boat.jpg", photo) == []
    [problem] = found(tmp_path, "boat.jpg", photo, Limits(strip=False))
    assert (problem.code, problem.severity) == ("photo-place", "warning")
    assert "images/boat.jpg tells where it was taken" in problem.message


@for_each(("kind", "hint"), [("PNG", "save a photo as JPEG or WebP"), ("GIF", "animation shorter")])
def test_an_image_that_stays_large_is_named(tmp_path: Path, kind: str, hint: str) -> None:
    # What is behind the image counts like pixels here, and needs no minute to draw.
    heavy = (drawn("PNG", (60, 40)) if kind == "PNG" else moving("GIF")) + os.urandom(3_100_000)
    [problem] = found(tmp_path, "boat.png", heavy)
    assert (problem.code, problem.severity) == ("large-image", "warning")
    assert "images/boat.png will have about 3.1 MB" in problem.message
    assert hint in problem.hint
    narrow = found(tmp_path, "boat.png", heavy, Limits(max_width=30))
    assert len(narrow) == (0 if kind == "PNG" else 1)
