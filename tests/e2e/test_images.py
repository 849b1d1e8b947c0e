"""Local images on a real WordPress: what the site stores, what its pages show, and what a reader's
browser loads; as admin and as author.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from blogkit.__main__ import main
from tests.e2e.blocks import validate_blocks
from tests.e2e.browser import Browser, Visit
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site

Run = Callable[..., tuple[int, Any]]
EDIT = {"context": "edit"}
BOTH = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
POST = """\
---
title: "{title}"
publish: now
{more}---
Ships of eleven countries called at the harbour last year, two more than the year before.

![The harbour at noon](harbour.jpg)

A list of them, with the smallest first:

- ![A rowing boat](boat.png) the smallest

```{{image}} The harbour again, from the hill
src: harbour.jpg
alt: The harbour from the hill
```

![The harbour once more](harbour.jpg)
"""


@pytest.fixture(params=["admin", "author"])
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(role: str, wordpress: Site, tmp_path: Path) -> Path:
    """A blog's folder with a wide photo and a small drawing."""
    user = wordpress.users[role]
    (tmp_path / "blogkit.toml").write_text(
        f'[sites.school]\nplatform = "wordpress"\nurl = "{wordpress.url}"\n'
        f'username = "{user.login}"\n',
        encoding="utf-8",
    )
    (tmp_path / ".env").write_text(
        f"BLOGKIT_SCHOOL_APP_PASSWORD={user.application_password}\n"
        f"BLOGKIT_SCHOOL_ORIGIN={wordpress.url}\n",
        encoding="utf-8",
    )
    (tmp_path / ".env").chmod(0o600)
    (tmp_path / "posts").mkdir()
    # Each role has a photo of its own, so that both upload one.
    tint = 40 if role == "admin" else 90
    photo(tmp_path / "harbour.jpg", (1600, 1067), tint)
    photo(tmp_path / "boat.png", (120, 80), tint)
    return tmp_path


def photo(path: Path, size: tuple[int, int], tint: int, **options: Any) -> None:
    noise = Image.effect_noise(size, 60)
    Image.merge("RGB", (noise, noise.rotate(180), Image.new("L", size, tint))).save(path, **options)


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("publish", "--yes")` → exit code and JSON report."""

    def command(*arguments: str) -> tuple[int, Any]:
        code = main(["-C", str(folder), *arguments, "--json"], sleep=lambda _seconds: None)
        captured = capsys.readouterr()
        assert captured.out, captured.err
        return code, json.loads(captured.out)

    return command


def write(folder: Path, role: str, title: str, more: str = "") -> Path:
    path = folder / f"posts/harbour-{role}.md"
    path.write_text(POST.format(title=f"{title} {role}", more=more), encoding="utf-8")
    return path


def published(run: Run) -> dict[str, Any]:
    code, report = run("publish", "--yes")
    assert code == 0, report
    [outcome] = report["outcomes"]
    assert outcome["losses"] == [], outcome
    return dict(outcome)


def stored(site: Site, number: str) -> dict[str, Any]:
    return dict(site.rest("admin", "GET", f"wp/v2/posts/{number}", params=EDIT).json())


@BOTH
def test_local_images_are_responsive(
    wordpress: Site, browser: Browser, run: Run, folder: Path, role: str
) -> None:
    write(folder, role, "Ships at the harbour, as seen by")
    outcome = published(run)
    assert outcome["result"] == "done"
    post = stored(wordpress, outcome["id"])
    raw = post["content"]["raw"]
    [number] = set(re.findall(r'<!-- wp:image \{"id":(\d+),"sizeSlug":"large",', raw))
    assert raw.count(f"wp-image-{number}") == raw.count("-1024x683.jpg") == 3
    [verdict] = validate_blocks(wordpress, [raw])
    assert verdict.complaints == ()

    page = wordpress.page(post["link"])
    images = [tag for tag in re.findall(r"<img[^>]+>", page) if "uploads/" in tag]
    assert len(images) == 4
    for tag in images:
        assert all(f" {name}=" in tag for name in ("width", "height", "class", "decoding")), tag
    for tag in [tag for tag in images if "harbour" in tag]:
        assert all(f" {name}=" in tag for name in ("srcset", "sizes")), tag
    # The first three are at the top of the page, for all that WordPress knows.
    assert ' loading="lazy"' in images[-1]

    narrow, wide = browser.look([Visit(post["link"], width) for width in (360, 1280)])
    for small, large in zip(narrow.images, wide.images, strict=True):
        if "harbour" in small["chosen"]:
            assert 0 < small["width"] < large["width"], (small, large)
    assert (narrow.sideways, wide.sideways) == (False, False)

    _, again = run("publish", "--yes")
    assert [outcome["result"] for outcome in again["outcomes"]] == ["unchanged"]
    (folder / ".blogkit/journal.sqlite").unlink()
    _, adopted = run("plan")
    assert [action["action"] for action in adopted["actions"]] == ["adopt"], adopted
