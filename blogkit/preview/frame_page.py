"""The page inside the frame: a post, or a widget, in the look of its site. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from html import escape
from urllib.parse import urlsplit

from blogkit.html import Piece, change, decode_attribute
from blogkit.platforms.base import Draft, State
from blogkit.platforms.folder.record import Record
from blogkit.platforms.folder.site.info import SiteInfo
from blogkit.platforms.folder.site.post import post_page
from blogkit.project.previews.kept import LostMarkup, PreviewPart
from blogkit.project.previews.post import PostPreview
from blogkit.render.document import Asset
from blogkit.render.page import whole

HERE = "blogkit-here"
"""The id of the place that the frame scrolls to."""
_DROPPED = frozenset({"base", "link", "meta", "script"})
"""Elements that reach other hosts or move the page, without a script.

A content security policy does not stop `<link rel="preconnect">`
(https://github.com/w3c/webappsec-csp/issues/185).
"""
_PREFERS = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_ALWAYS, _NEVER = "(min-width:0)", "(max-width:0)"
_SHEET = """
#blogkit-here{scroll-margin-top:20vh}
.blogkit-lost{margin:1rem 0 .25rem;padding:.5rem .75rem;border-inline-start:4px solid #d1242f;
background:#d1242f14;color:inherit;font:.875rem/1.5 system-ui,sans-serif}
.blogkit-lost p{margin:0}
.blogkit-lost del{font-family:ui-monospace,monospace;text-decoration:line-through 2px #d1242f}
"""


def post_frame(
    preview: PostPreview, *, scheme: str, asset_url: Callable[[Asset], str], line: int = 0
) -> str:
    """Return a post as a page for a sandboxed frame.

    Args:
        preview: The post; it must have parts.
        scheme: `light` or `dark`.
        asset_url: The address of a local file.
        line: The line of the post's file to scroll to; 0 for the top.
    """
    here = _part_at(preview.parts or (), line) if line else -1
    pieces = [
        _shown(part, anchored=number == here, scheme=scheme)
        for number, part in enumerate(preview.parts or ())
    ]
    body, picture, alt = "\n".join(pieces), "", ""
    if document := preview.document:
        for asset in document.assets:
            body = body.replace(asset.url, escape(asset_url(asset)))
        picture = asset_url(document.featured) if document.featured else document.featured_url
        alt = document.featured.alt if document.featured else ""
    sheet = _in_scheme(document.sheet if document else "", scheme) + _SHEET
    sheet += f":root{{color-scheme:{scheme}}}"
    if preview.info and preview.draft:
        info = replace(preview.info, sheet=_in_scheme(preview.info.sheet, scheme))
        when = preview.at or datetime.now(info.zone)
        return _folder_page(preview.draft, when, info, body, picture, sheet)
    lead = f'<p><img src="{escape(picture)}" alt="{escape(alt)}"></p>\n' if picture else ""
    content = f"<h1>{escape(preview.title)}</h1>\n{lead}{body}"
    return whole(preview.title, content, language=preview.language, sheet=sheet)


def _folder_page(
    draft: Draft, when: datetime, info: SiteInfo, body: str, picture: str, sheet: str
) -> str:
    """Return the page that a site of files will have, with links that do not lead away."""
    record = Record(
        "preview",
        draft.kind,
        draft.title,
        body,
        when,
        when,
        State.LIVE,
        when,
        draft.labels,
        draft.categories,
        draft.tags,
        excerpt=draft.excerpt,
        featured=picture,
        path="post.html",
    )
    page = post_page(record, info)
    top, main, rest = page.partition("<main")
    main, end, foot = rest.rpartition("</main>")
    top = top.replace("</head>", f"<style>{sheet}</style>\n</head>", 1)
    return _still(top) + f"<main{main}{end}" + _still(foot)


def _still(html: str) -> str:
    """Return HTML of our own with links that do not replace the page."""
    return change(html, lambda p: _link(p) if (p.kind, p.name) == ("start", "a") else p.text)


def widget_page(html: str, *, title: str, language: str, scheme: str) -> str:
    """Return a widget as a page for a sandboxed frame.

    Args:
        html: The widget, with its style sheet.
        title: The page's title.
        language: A language tag.
        scheme: `light` or `dark`.
    """
    sheet = f":root{{color-scheme:{scheme}}}main{{padding-top:1rem;padding-bottom:1rem}}"
    return whole(title, _harmless(html, scheme), language=language, sheet=sheet)


def foreign_images(parts: Iterable[PreviewPart]) -> int:
    """Return how many images of a post come from other sites; the frame does not load them.

    Args:
        parts: The post's pieces.
    """
    return sum(len(re.findall(r"<img\b[^>]*?\ssrc=.?https?:", part.html)) for part in parts)


def _part_at(parts: Iterable[PreviewPart], line: int) -> int:
    """Return the number of the piece that a line belongs to: the last that begins before it."""
    starts = [number for number, part in enumerate(parts) if 0 < part.line <= line]
    return starts[-1] if starts else 0


def _shown(part: PreviewPart, *, anchored: bool, scheme: str) -> str:
    anchor = f'<span id="{HERE}"></span>' if anchored else ""
    return anchor + "".join(map(_note, part.lost)) + _harmless(part.html, scheme)


def _note(lost: LostMarkup) -> str:
    source = escape(lost.source)
    source = f"<del>{source}</del>" if lost.removed else source
    return (
        f'<div class="blogkit-lost"><p>{source}</p><p>Line {lost.line}: {escape(lost.message)}</p>'
        "</div>"
    )


def _harmless(html: str, scheme: str) -> str:
    """Return HTML that reaches nothing outside, in one colour scheme.

    The frame's sandbox and its policy hold, too; this is for what they do not cover.
    """

    def edit(piece: Piece) -> str:
        if piece.name in _DROPPED:
            return ""
        if piece.kind == "raw" and piece.name == "style":
            return _in_scheme(piece.text, scheme)
        if piece.kind == "start" and piece.name in ("a", "area"):
            return _link(piece)
        if piece.kind == "start" and piece.name in ("iframe", "embed", "object"):
            return _embedded(piece)
        return piece.text

    return change(html, edit)


def _link(piece: Piece) -> str:
    """Return a link that stays on the page, or opens a window, which the sandbox refuses.

    Otherwise a click would replace the post by another site.
    """
    address = decode_attribute(piece.attribute("href") or "").strip()
    if address.startswith("#"):
        return piece.text
    # Of two attributes of one name, browsers take the first.
    return f'<{piece.name} target="_blank"{piece.text[1 + len(piece.name) :]}'


def _embedded(piece: Piece) -> str:
    """Return a box instead of another site's page."""
    source = piece.attribute("src") or piece.attribute("data") or ""
    host = urlsplit(decode_attribute(source)).hostname or "another page"
    text = f"Embedded: {host}. The preview does not load it."
    if piece.name == "iframe":
        return f'<iframe srcdoc="{escape(escape(text))}"{piece.text[len("<iframe") :]}'
    return f"<p>{escape(text)}</p>"


def _in_scheme(sheet: str, scheme: str) -> str:
    """Return a style sheet for one colour scheme, even if the browser prefers the other."""
    return _PREFERS.sub(lambda at: _ALWAYS if at[1].lower() == scheme else _NEVER, sheet)
