"""The front pages of folder sites in the six looks, side by side in one picture."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from blogkit.platforms.base import Draft, State, Target
from blogkit.platforms.folder import Folder
from blogkit.platforms.folder.site.style import looks, style_sheet
from blogkit.render.looks.theme import theme_from_settings
from scripts.pictures import Shot, shrink, take

WIDTH, HEIGHT, GAP = 360, 900, 16
SHOWN = 240
HILLS = (((147, 197, 253), (21, 128, 61)), ((253, 230, 138), (154, 52, 18)))
DEAR = "Oil is paid for in dollars. A dear barrel makes dollars dear, too."
POSTS = (
    ("Reading a weather map in five minutes", "Geography", "Begin with the lows. Air runs there."),
    ("The quiet return of millets", "Farming", "They need a third of the water of paddy."),
    ("Why the rupee moves when oil does", "Economy", DEAR),
)
"""From old to new: title, label, first sentences. All but the second have a picture."""


def front(preset: str, folder: Path) -> Path:
    """The front page of a site in a look."""
    now = datetime(2026, 11, 20, 6, tzinfo=UTC)
    site = Folder(
        "main",
        folder / "site",
        records=folder / "records",
        title="The Study Desk",
        language="en-IN",
        zone=ZoneInfo("UTC"),
        sheet=lambda: style_sheet(theme_from_settings({"preset": preset})),
        clock=lambda: now,
    )
    for number, (title, label, text) in enumerate(POSTS):
        now += timedelta(days=1)
        name = f"/images/{number:016x}-hills.png"
        shown = f'\n<p><img src="{name}" alt="Hills at dusk"></p>' if number != 1 else ""
        body = f"<!--{title}-->\n<p>{text}</p>{shown}"
        draft = Draft(key=title, kind="post", title=title, body=body, labels=(label,))
        site.set_state(site.create(draft).ref, Target(State.LIVE))
        if shown:
            (folder / "site/images").mkdir(exist_ok=True)
            _hills(*HILLS[number // 2]).save(folder / f"site{name}")
    return folder / "site/index.html"


def _hills(sky: tuple[int, int, int], ground: tuple[int, int, int]) -> Image.Image:
    picture = Image.new("RGB", (640, 360), sky)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((450, 40, 530, 120), "#fffbeb")
    for layer, line in enumerate(((180, 130, 210, 150, 230), (230, 190, 250, 210, 260))):
        places = [(160 * place, height) for place, height in enumerate(line)]
        shade = tuple(part * (3 - layer) // 3 for part in ground)
        draw.polygon([(0, 360), *places, (640, 360)], shade)
    return picture


def main(target: Path) -> None:
    """Take the picture."""
    with tempfile.TemporaryDirectory(prefix="blogkit-fronts-") as name:
        work, names = Path(name), looks()
        shots = [
            Shot(work / f"{look}.png", WIDTH, url=front(look, work / look).as_uri(), height=HEIGHT)
            for look in names
        ]
        take(shots)
        strip = Image.new("RGB", (len(names) * (WIDTH + GAP) - GAP, HEIGHT), "#94a3b8")
        for number, shot in enumerate(shots):
            with Image.open(shot.file) as taken:
                strip.paste(taken.convert("RGB"), (number * (WIDTH + GAP), 0))
    share = SHOWN / WIDTH
    strip.resize(
        (round(strip.width * share), round(HEIGHT * share)), Image.Resampling.LANCZOS
    ).save(target)
    shrink(target, colours=128)
