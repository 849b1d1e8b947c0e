"""Makes docs/images/post-on-a-phone.png: the demo's posts in a folder site in the look `exam`, on
three phones, in light, dark and light.

    python -m scripts.picture [FILE]
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

from scripts.pictures import Shot, shrink, take

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "blogkit/project/files/sample/posts"
MAP = ROOT / "blogkit/sandbox/images/ken-betwa.svg"
PICTURE = ROOT / "docs/images/post-on-a-phone.png"
CONFIG = """\
[blog]
title = "The Study Desk"
language = "en-IN"

[theme]
preset = "exam"

[sites.main]
platform = "folder"
folder = "site"
"""
POST = "2*/*/indias-chip-push*.html"
RIVERS = "2*/*/ken-betwa*.html"
VIEWS = (("light", "index.html", ""), ("dark", POST, "#how-we-got-here"), ("light", RIVERS, ""))
"""The colours of each phone, the page, and the place on it."""
WIDTH, HEIGHT, GAP, EDGE = 390, 840, 30, 8
DESK, CASE = "#c9d4e3", "#1c2128"


def main(target: Path = PICTURE) -> None:
    """Publishes the samples with the real command, takes the views and puts them side by side."""
    with tempfile.TemporaryDirectory(prefix="blogkit-picture-") as name:
        folder = Path(name)
        site = _site(folder)
        shots = []
        for number, (scheme, page, place) in enumerate(VIEWS):
            (found,) = site.glob(page)
            url = f"{found.as_uri()}{place}"
            shots.append(Shot(folder / f"{number}.png", WIDTH, scheme, url=url, height=HEIGHT))
        take(shots)
        _side_by_side([shot.file for shot in shots]).save(target)
    shrink(target, colours=255)
    sys.stdout.write(f"{target} ({target.stat().st_size // 1024} KB)\n")


def _site(folder: Path) -> Path:
    (folder / "blogkit.toml").write_text(CONFIG, encoding="utf-8")
    shutil.copytree(SAMPLES, folder / "posts")
    for post in sorted((folder / "posts").glob("*.md")):
        text = re.sub(
            "^publish:.*", "publish: now", post.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        post.write_text(text, encoding="utf-8", newline="\n")
    command = [sys.executable, "-m", "blogkit", "-C", str(folder), "publish", "--yes", "--quiet"]
    subprocess.run(command, check=True, cwd=ROOT)
    site = folder / "site"
    _add_map(site)
    return site


def _add_map(site: Path) -> None:
    """Put the map that a sample shows from its blog's root into the site."""
    (site / "images").mkdir(exist_ok=True)
    shutil.copy(MAP, site / "images")
    for page in site.rglob("*.html"):
        up = "../" * (len(page.relative_to(site).parts) - 1)
        text = page.read_text(encoding="utf-8")
        page.write_text(
            text.replace(f'"/images/{MAP.name}', f'"{up}images/{MAP.name}'),
            encoding="utf-8",
            newline="\n",
        )


def _side_by_side(files: list[Path]) -> Image.Image:
    picture = Image.new("RGB", (len(files) * (WIDTH + GAP) + GAP, HEIGHT + 2 * GAP), DESK)
    draw = ImageDraw.Draw(picture)
    corners = Image.new("L", (WIDTH, HEIGHT), 0)
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, WIDTH - 1, HEIGHT - 1), 28, 255)
    for number, file in enumerate(files):
        left = GAP + number * (WIDTH + GAP)
        box = (left - EDGE, GAP - EDGE, left + WIDTH + EDGE - 1, GAP + HEIGHT + EDGE - 1)
        draw.rounded_rectangle(box, 28 + EDGE, CASE)
        with Image.open(file) as taken:
            page = Image.new(
                "RGB", (WIDTH, HEIGHT), taken.convert("RGB").getpixel((0, taken.height - 1))
            )
            page.paste(taken.convert("RGB"))
        picture.paste(page, (left, GAP), corners)
    return picture


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE)
