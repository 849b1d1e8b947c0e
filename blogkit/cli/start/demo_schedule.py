"""The end of the tour: three posts in a queue publish themselves, by a clock that runs fast."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from blogkit.config import load_config
from blogkit.files import replace_file
from blogkit.sandbox.clock import Clock

_POSTS = {
    "question-of-the-day": (
        "Question of the day: the Finance Commission",
        "Who appoints the Finance Commission, and how often? The answer is in Article 280.",
    ),
    "map-of-the-week": (
        "Map of the week: where the Ganga bends",
        "Between Haridwar and Allahabad the river turns east; find the confluences on the map.",
    ),
    "word-of-the-week": (
        "Word of the week: federalism",
        "Two governments share one country. Learn how the Union and State lists divide the work.",
    ),
}
_AFTER = timedelta(minutes=2)
"""How long after a slot `run` is started."""


class ShowsCommands(Protocol):
    """What shows a sentence, and runs a command in front of the reader."""

    root: Path

    def tell(self, text: str) -> None:
        """Show a sentence."""

    def run(self, *arguments: str) -> None:
        """Show a command, and run it."""


def show_queue(tour: ShowsCommands, clock: Clock) -> None:
    """Queue three posts, and let them publish themselves at their slots.

    Args:
        tour: Shows what is done.
        clock: The clock of blogkit and of the test blog; it is moved to each slot.
    """
    zone = load_config(tour.root).zone
    start = clock().astimezone(zone).replace(minute=0, second=0)
    times = [start + timedelta(hours=hours) for hours in (2, 3, 4)]
    _write(tour.root, times)
    tour.tell(
        "Three more posts have `publish: queue`: each takes the next free slot of [schedule]"
        " in blogkit.toml."
    )
    tour.run("queue")
    tour.tell("blogkit run does what is due: it hands the posts to the blog, ahead of their time.")
    tour.run("run")
    for number, at in enumerate(times, 1):
        clock.set(at + _AFTER)
        tour.tell(
            f"It is {at + _AFTER:%H:%M} now: the clock of this test runs fast. The blog has"
            f" published post {number} by itself, and blogkit run looks whether readers see it."
        )
        tour.run("run")
    tour.tell("The proof of each is kept: when it was due, when it fired, when it was seen.")
    tour.run("log")


def _write(root: Path, times: list[datetime]) -> None:
    slots = ", ".join(f'"daily {at:%H:%M}"' for at in times)
    settings = root / "blogkit.toml"
    text = settings.read_text(encoding="utf-8")
    replace_file(settings, f"{text}\n[schedule]\nslots = [{slots}]\n".encode())
    for name, (title, body) in _POSTS.items():
        text = f'---\ntitle: "{title}"\npublish: queue\n---\n{body}\n'
        replace_file(root / f"posts/{name}.md", text.encode())
