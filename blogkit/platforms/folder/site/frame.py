"""The frame of every page: head, the site's name at the top, the feed at the bottom."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from html import escape
from urllib.parse import quote

from blogkit.dataclass import dataclass
from blogkit.platforms.folder.record import Record
from blogkit.platforms.folder.site.addresses import FEED_FILE, FRONT_PAGE, up_from
from blogkit.platforms.folder.site.info import SiteInfo
from blogkit.render.formats.bidi import is_right_to_left
from blogkit.render.formats.dates import day


@dataclass(frozen=True)
class SitePage:
    """One page of a site.

    Attributes:
        path: Relative to the site's folder, with `/`.
        kind: The class of its body, which the style sheet knows: front, list or single.
        title: Plain text; "" for the site's own.
        main: The HTML in `<main>`.
        mark: An HTML comment at its beginning; "" for none.
        description: Plain text for search engines; "" for none.
        head: Further HTML in `<head>`, such as the post's own style sheet.
        menu: HTML below the site's name.
        up: The address of the site's folder, if it is not the one that follows from `path`.
    """

    path: str
    kind: str
    title: str
    main: str
    mark: str = ""
    description: str = ""
    head: str = ""
    menu: str = ""
    up: str | None = None


def framed(page: SitePage, site: SiteInfo) -> str:
    """Return the HTML document of a page.

    Args:
        page: What it shows.
        site: What all pages share.
    """
    up = up_from(page.path) if page.up is None else page.up
    name, feed = escape(site.title), escape(site.phrases("Feed"))
    level = "h1" if page.kind == "front" else "p"
    narrow = " text" if page.kind == "single" else ""
    described = _meta("description", page.description) if page.description else ""
    address = site.url + quote("" if page.path == FRONT_PAGE else page.path)
    canonical = f'<link rel="canonical" href="{escape(address)}">\n' if site.url else ""
    direction = ' dir="rtl"' if is_right_to_left(site.language, page.title or site.title) else ""
    title = f"{page.title} · {site.title}" if page.title else site.title
    return f"""\
<!doctype html>
{page.mark}<html lang="{escape(site.language)}"{direction}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
{described}{canonical}<link rel="icon" href="data:,">
<link rel="alternate" type="application/atom+xml" title="{name}" href="{up}{FEED_FILE}">
<style>
{site.sheet}
</style>
{page.head}</head>
<body class="{page.kind}">
<header class="top"><div class="wide{narrow}">
<{level} class="name"><a href="{up}{FRONT_PAGE}">{name}</a></{level}>
{page.menu}</div></header>
<main class="wide{narrow}">
{page.main}
</main>
<footer class="foot"><div class="wide{narrow}"><p><a href="{up}{FRONT_PAGE}">{name}</a></p>\
<p><a href="{up}{FEED_FILE}">{feed}</a></p></div></footer>
</body>
</html>
"""


def published_at(record: Record, site: SiteInfo) -> datetime:
    """Return when a post was published.

    Args:
        record: A live post.
        site: Its time zone counts.
    """
    return (record.at or record.created).astimezone(site.zone)


def date(record: Record, site: SiteInfo) -> str:
    """Return a post's date as the site's language writes it, in `<time>`.

    Args:
        record: A live post.
        site: Language and time zone.
    """
    local = published_at(record, site)
    shown = _day(local.date().isoformat(), site.language)
    return f'<time datetime="{local.isoformat(timespec="minutes")}">{shown}</time>'


@lru_cache(maxsize=4096)  # many posts have the same
def _day(date: str, language: str) -> str:
    return escape(day(date, language))


def terms(record: Record) -> tuple[str, ...]:
    """Return a post's labels, categories and tags, each once."""
    return tuple(dict.fromkeys((*record.labels, *record.categories, *record.tags)))


def _meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{escape(content)}">\n'
