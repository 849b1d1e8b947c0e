"""A backup of a Blogger blog, of 25 KB a post, as Google Takeout writes it."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from html import escape
from pathlib import Path

from benchmarks import corpus

_BLOG = "8070105920543249955"
_POST = 25_000
_SITE = f'platform = "blogger"\nurl = "https://example.blogspot.com"\nblog_id = "{_BLOG}"\n'
_HEAD = (
    "<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom'"
    " xmlns:blogger='http://schemas.google.com/blogger/2018'>\n"
    f"<id>tag:blogger.com,1999:blog-{_BLOG}</id><title>Benchmark</title>\n"
)


@dataclass(frozen=True)
class Backup:
    """A blog's folder without posts, and the blog's backup in it.

    Attributes:
        count: How many posts it has.
    """

    count: int

    def write(self, root: Path, _environ: dict[str, str]) -> None:
        """Write it under `root`."""
        root.mkdir(parents=True)
        (root / "blogkit.toml").write_text(corpus.CONFIG + _SITE, encoding="utf-8")
        r = random.Random(1)
        with (root / "feed.atom").open("w", encoding="utf-8") as feed:
            feed.write(_HEAD)
            for number in range(self.count):
                feed.write(_entry(r, number))
            feed.write("</feed>\n")


def empty(folder: Path) -> None:
    """Remove what an import wrote."""
    for name in ("posts", ".blogkit"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _entry(r: random.Random, number: int) -> str:
    body = ""
    while len(body) < _POST * 0.85:  # the rest is added by escaping, and by the fields
        words = " ".join(r.choices(corpus.WORDS, k=80))
        body += f"<p>{words} <b>&amp; {r.randint(1, 99)}</b></p>\n"
        if r.random() < 0.1:
            body += f'<img src="https://example.com/{number}/{len(body)}.jpg" alt="">\n'
    return (
        f"<entry><id>tag:blogger.com,1999:blog-{_BLOG}.post-{number + 1}</id>"
        "<blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>"
        f"<title>Post {number}</title><content type='html'>{escape(body)}</content>"
        "<published>2019-05-03T01:30:00Z</published><updated>2019-05-03T01:30:00Z</updated>"
        f"<blogger:filename>/2019/05/post-{number}.html</blogger:filename></entry>\n"
    )
