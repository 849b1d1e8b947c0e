"""Where the files of a site are, relative to its folder."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from blogkit.paths import unlike_a_device
from blogkit.platforms.folder.record import Record
from blogkit.platforms.folder.site.info import digest
from blogkit.posts.slugs import slugify

FRONT_PAGE = "index.html"
FEED_FILE = "feed.xml"
MISSING_PAGE = "404.html"
LABEL_FOLDER = "label"
IMAGES_FOLDER = "images"
# Most file systems allow 255 bytes, and a letter may take four; the rest is for a number and
# ".html".
MAX_SLUG_BYTES = 120


def page_slug(text: str) -> str:
    """Return the name of a page's file, without extension, in the text's own script.

    Returns:
        At most `MAX_SLUG_BYTES` of UTF-8, which every system accepts.
    """
    return unlike_a_device(slugify(text, max_bytes=MAX_SLUG_BYTES) or "post")


def page_path(record: Record, slug: str, at: datetime, zone: ZoneInfo) -> str:
    """Return `2026/11/slug.html` for a post, `slug.html` for a page.

    Args:
        record: Tells posts from pages.
        slug: The last part of the path.
        at: The date of publication.
        zone: The time zone that decides about the month.
    """
    return f"{slug}.html" if record.kind == "page" else f"{at.astimezone(zone):%Y/%m}/{slug}.html"


@lru_cache(maxsize=4096)  # many posts have the same
def label_slug(label: str) -> str:
    """Return the name of a label's page.

    Labels that differ only in case, spaces and hyphens share one page. Any other difference that
    the name would lose, as between "C" and "C++", becomes a digest at its end.
    """
    written = unicodedata.normalize("NFC", label).lower()
    slug = page_slug(label)
    return slug if slug == "-".join(written.split()) else f"{slug}-{digest(written)[:6]}"


def up_from(path: str) -> str:
    """Return the relative address of the site's folder, as seen from a page in it."""
    return "../" * path.count("/")


def is_reserved(path: str) -> bool:
    """Return whether a post may not have a path, because a list of posts has it."""
    return path.rpartition("/")[2] == FRONT_PAGE
