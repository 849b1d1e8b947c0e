"""The site's HTML pages and their paths. Pure: text in, text out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import quote
from zoneinfo import ZoneInfo

from blogkit.paths import unlike_a_device
from blogkit.platforms.folder.store import Record
from blogkit.posts.slugs import slugify
from blogkit.render.formats.dates import day
from blogkit.render.page import first_words, whole
from blogkit.render.phrases.lookup import Phrases

OURS = "<!-- blogkit:site -->"
"""Part of every index we wrote: an index.html without it belongs to another program."""
IMAGES_FOLDER = "images"
# Most file systems allow 255 bytes, and a letter may take four; the rest is for a number and
# ".html".
MAX_SLUG_BYTES = 120
_OWN_IMAGE = re.compile(rf"(?<![\w/.-])/{IMAGES_FOLDER}/(?=[0-9a-f]{{16}}-)")


@dataclass(frozen=True)
class SiteInfo:
    """What all pages share.

    Attributes:
        title: The site's title.
        language: A language tag for `<html lang>`.
        zone: The time zone of dates and permalinks.
        phrases: The words that pages print.
    """

    title: str
    language: str
    zone: ZoneInfo
    phrases: Phrases


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


def post_page(record: Record, site: SiteInfo) -> str:
    """Return the HTML of one post or page, with links relative to its path.

    Args:
        record: A live post; its body is used as it is.
        site: Title, language and time zone.
    """
    up = "../" * record.path.count("/")
    terms = ", ".join(dict.fromkeys((*record.labels, *record.categories, *record.tags)))
    parts = [
        f'<p><a href="{up}index.html">{escape(site.title)}</a></p>',
        f"<h1>{escape(record.title)}</h1>",
    ]
    if record.kind == "post":
        parts.append(f"<p><small>{_date(record, site)}</small></p>")
    if record.featured:
        parts.append(f'<p><img src="{escape(record.featured)}" alt=""></p>')
    parts.append(record.body)
    if terms:
        parts.append(f"<p><small>{escape(terms)}</small></p>")
    # Bodies are stored with `/images/…`, but a folder opened from disk has no root to resolve that.
    content = _OWN_IMAGE.sub(f"{up}{IMAGES_FOLDER}/", "\n".join(parts))
    return whole(
        record.title,
        content,
        language=site.language,
        description=record.excerpt or first_words(record.body),
    )


def index_page(records: Sequence[Record], site: SiteInfo) -> str:
    """Return the index: live pages by title, then posts, newest first.

    Args:
        records: Live posts and pages.
        site: Title, language and time zone.
    """
    pages = sorted(
        (record for record in records if record.kind == "page"), key=lambda record: record.title
    )
    posts = sorted((record for record in records if record.kind == "post"), key=_age, reverse=True)
    parts = [OURS, f"<h1>{escape(site.title)}</h1>"]
    if pages:
        parts.append("<nav><p>" + " · ".join(_link(record) for record in pages) + "</p></nav>")
    for record in posts:
        excerpt = f"<br>{escape(record.excerpt)}" if record.excerpt else ""
        parts.append(
            f"<p><strong>{_link(record)}</strong> <small>{_date(record, site)}</small>{excerpt}</p>"
        )
    if not posts:
        parts.append(f"<p>{escape(site.phrases('Nothing is published yet.'))}</p>")
    return whole(site.title, "\n".join(parts), language=site.language)


def _age(record: Record) -> tuple[datetime, str]:
    return (record.at or record.created, record.id)


def _link(record: Record) -> str:
    return f'<a href="{quote(record.path)}">{escape(record.title)}</a>'


def _date(record: Record, site: SiteInfo) -> str:
    local = _age(record)[0].astimezone(site.zone)
    shown = escape(day(f"{local:%Y-%m-%d}", site.language))
    return f'<time datetime="{local.isoformat(timespec="minutes")}">{shown}</time>'
