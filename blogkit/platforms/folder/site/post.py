"""The page of one post."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from urllib.parse import quote

from blogkit.patterns import lazy_pattern
from blogkit.platforms.folder.record import Record
from blogkit.platforms.folder.site.addresses import IMAGES_FOLDER, LABEL_FOLDER, label_slug, up_from
from blogkit.platforms.folder.site.excerpt import excerpt
from blogkit.platforms.folder.site.frame import SitePage, date, framed, terms
from blogkit.platforms.folder.site.info import SiteInfo

_OWN_IMAGE = lazy_pattern(rf"(?<![\w/.-])/{IMAGES_FOLDER}/(?=[0-9a-f]{{16}}-)")
SHEET = re.compile(r"(<!--[^>]*-->\n)(<style>[^<]*</style>\n)")
"""A body's key and sheet, as `Folder.compose` writes them. The page has the sheet in its head."""


def post_page(record: Record, site: SiteInfo) -> str:
    """Return the HTML of one post or page, with links relative to its path.

    Args:
        record: A live post; its body is used as it is.
        site: Title, language, time zone and look.
    """
    up = up_from(record.path)
    sheet = SHEET.match(record.body)
    body = sheet[1] + record.body[sheet.end() :] if sheet else record.body
    parts = ['<article class="post">', f"<h1>{escape(record.title)}</h1>"]
    if record.kind == "post":
        parts.append(f'<p class="when">{date(record, site)}</p>')
    if record.featured:
        parts.append(f'<p class="lead"><img src="{escape(record.featured)}" alt=""></p>')
    parts += ['<div class="body">', body, "</div>"]
    if record.kind == "post" and (named := terms(record)):
        parts.append(tag_list(named, up, site))
    parts.append("</article>")
    return framed(
        SitePage(
            record.path,
            "single",
            record.title,
            found_from(up, "\n".join(parts)),
            description=excerpt(record),
            head=sheet[2] if sheet else "",
        ),
        site,
    )


def found_from(up: str, html: str) -> str:
    """Return HTML in which the site's own images are found from a page.

    Bodies are stored with `/images/…`, but a folder opened from disk has no root to resolve that.

    Args:
        up: The address of the site's folder, as seen from the page.
        html: The HTML.
    """
    own = f"/{IMAGES_FOLDER}/"
    return _OWN_IMAGE.sub(up + own[1:], html) if own in html else html


def tag_list(names: tuple[str, ...], up: str, site: SiteInfo) -> str:
    """Return links to the pages of labels.

    Args:
        names: The labels.
        up: The address of the site's folder, as seen from the page.
        site: The words for readers.
    """
    links = "".join(f"<li>{label_link(name, up)}</li>" for name in names)
    return f'<ul class="tags" aria-label="{escape(site.phrases("Labels"))}">{links}</ul>'


@lru_cache(maxsize=4096)  # many cards have the same
def label_link(name: str, up: str) -> str:
    """Return a link to the page of a label.

    Args:
        name: The label.
        up: The address of the site's folder, as seen from the page.
    """
    href = quote(f"{LABEL_FOLDER}/{label_slug(name)}.html")
    return f'<a rel="tag" href="{up}{href}">{escape(name)}</a>'
