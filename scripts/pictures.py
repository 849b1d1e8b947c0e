"""Takes pictures of pages in Chromium, and keeps them small. Needs what `make e2e` needs."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image

COLOURS = 96
"""Enough for a page of text; a picture of a page then has a third of its bytes."""


@dataclass(frozen=True)
class Shot:
    """A picture to take.

    file: a PNG; html or url: the page; part: a selector, for one element of it; height: the most of
    a whole page, 0 for all of it; pause: milliseconds for what moves to come to rest.
    """

    file: Path
    width: int
    scheme: str = "light"
    html: str = ""
    url: str = ""
    part: str = ""
    height: int = 0
    pause: int = 0


def take(shots: Iterable[Shot]) -> None:
    """Take pictures, all in one Chromium."""
    from tests.e2e import node
    from tests.e2e.wordpress import machine

    machine.ensure(machine.BROWSER)
    wanted = list(shots)
    for shot in wanted:
        shot.file.parent.mkdir(parents=True, exist_ok=True)
    pictures = [{**asdict(shot), "file": str(shot.file)} for shot in wanted]
    question = {"chromium": shutil.which("chromium"), "pictures": pictures}
    node.ask(str(Path(__file__).with_suffix(".cjs")), question)
    for shot in wanted:
        shrink(shot.file)


def shrink(file: Path, colours: int = COLOURS) -> None:
    """Give a picture a palette."""
    with Image.open(file) as taken:
        small = taken.convert("RGB").quantize(colours, Image.Quantize.FASTOCTREE, dither=0)  # type: ignore[arg-type]
    small.save(file, optimize=True)
