"""The lists of posts: the front page, and the pages of months and labels."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from blogkit.dataclass import dataclass
from blogkit.platforms.folder.site.addresses import FRONT_PAGE, MISSING_PAGE, up_from
from blogkit.platforms.folder.site.entry import PostEntry
from blogkit.platforms.folder.site.frame import SitePage, framed, terms
from blogkit.platforms.folder.site.info import SiteInfo
from blogkit.platforms.folder.site.post import found_from, label_link, tag_list

_WIDE, _HIGH = "640", "360"
"""The shape of a card's picture, for those that declare no size."""


@dataclass(frozen=True)
class PostList:
    """One list of posts.

    Attributes:
        path: The page's path.
        title: Its heading; "" on the front page, whose heading is the site's name.
        posts: The posts, newest first.
        newer: The path of the page with newer posts; "" for none.
        older: The path of the page with older posts; "" for none.
        pages: The pages that the front page links to.
        labels: The labels that the front page links to.
    """

    path: str
    title: str
    posts: Sequence[PostEntry]
    newer: str = ""
    older: str = ""
    pages: Sequence[PostEntry] = ()
    labels: tuple[str, ...] = ()


def listing_page(listing: PostList, site: SiteInfo, mark: str) -> str:
    """Return the HTML of a list of posts.

    Args:
        listing: The list.
        site: Title, language, time zone and look.
        mark: The comment by which the file is known as blogkit's.
    """
    up = up_from(listing.path)
    parts = [f"<h1>{escape(listing.title)}</h1>"] if listing.title else []
    if listing.posts:
        cards = "\n".join(_card(entry, up) for entry in listing.posts)
        parts.append(f'<div class="cards">\n{found_from(up, cards)}\n</div>')
    else:
        parts.append(f"<p>{escape(site.phrases('Nothing is published yet.'))}</p>")
    parts += [_pager(listing, up, site), _topics(listing, up, site)]
    front = listing.path == FRONT_PAGE
    page = SitePage(
        listing.path,
        "front" if front else "list",
        listing.title,
        "\n".join(part for part in parts if part),
        mark=mark,
        menu=_menu(listing, site),
    )
    return framed(page, site)


def _card(entry: PostEntry, up: str) -> str:
    record, shown = entry.record, entry.picture
    image = ""
    if shown is not None:
        width, height = shown.width or _WIDE, shown.height or _HIGH
        image = (
            f'<img src="{escape(shown.src)}" alt="{escape(shown.alt)}" width="{width}"'
            f' height="{height}" loading="lazy">\n'
        )
    first = terms(record)[:1]
    topic = f" {label_link(first[0], up)}" if first else ""
    kind = "card" if image else "card plain"
    text = f'\n<p class="about">{escape(entry.about)}</p>' if entry.about else ""
    return (
        f'<article class="{kind}">\n{image}<div><p class="when">{entry.date}{topic}</p>\n'
        f'<h2><a href="{up}{quote(record.path)}">{escape(record.title)}</a></h2>{text}</div>\n'
        "</article>"
    )


def _pager(listing: PostList, up: str, site: SiteInfo) -> str:
    ways = (("prev", listing.newer, "Newer posts"), ("next", listing.older, "Older posts"))
    links = [
        f'<a rel="{rel}" href="{up}{quote(path)}">{escape(site.phrases(english))}</a>'
        for rel, path, english in ways
        if path
    ]
    return f'<p class="pager">{"".join(links)}</p>' if links else ""


def _topics(listing: PostList, up: str, site: SiteInfo) -> str:
    if not listing.labels:
        return ""
    heading = escape(site.phrases("Labels"))
    tags = tag_list(listing.labels, up, site)
    return f'<section class="topics">\n<h2>{heading}</h2>\n{tags}\n</section>'


def _menu(listing: PostList, site: SiteInfo) -> str:
    if not listing.pages:
        return ""
    links = "".join(
        f'<li><a href="{quote(page.record.path)}">{escape(page.record.title)}</a></li>'
        for page in listing.pages
    )
    name = escape(site.phrases("Pages"))
    return f'<nav aria-label="{name}"><ul class="menu">{links}</ul></nav>\n'


def missing_page(site: SiteInfo, mark: str) -> str:
    """Return the page that a web host shows for addresses without a page.

    It is shown at any depth, so its links start at the site's root.

    Args:
        site: Title, language and look.
        mark: The comment by which the file is known as blogkit's.
    """
    heading, way = (escape(site.phrases(text)) for text in ("Page not found", "All posts"))
    root = site.url or "/"
    main = f'<h1>{heading}</h1>\n<p><a href="{root}{FRONT_PAGE}">{way}</a></p>'
    title = site.phrases("Page not found")
    return framed(SitePage(MISSING_PAGE, "list", title, main, mark=mark, up=root), site)
