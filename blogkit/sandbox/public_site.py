"""Serve the published blog as readers see it: live posts only, in a plain theme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from html.parser import HTMLParser
from typing import Final

from flask import Blueprint, Response, abort, render_template, request
from markupsafe import Markup

from blogkit.sandbox.blog import Blog
from blogkit.sandbox.storage_rewrites import MORE
from blogkit.sandbox.store import StoredPost, Wanted

PER_PAGE: Final = 8
TEASER_WORDS: Final = 45
_IMAGE: Final = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"\b(src|alt)=[\"']([^\"']*)")
_UNREAD: Final = ("script", "style")
_WIDGET: Final = re.compile(r"(?:^|\s)bk-")


@dataclass(frozen=True)
class Card:
    """A post in a listing: the part before its jump break, or its first words.

    Attributes:
        entry: The post.
        when: Its date in the blog's zone.
        teaser: The HTML to show.
        cut: Whether there is more in the post.
        picture: The first image in the post, by its attributes; None if it has none.
    """

    entry: StoredPost
    when: datetime
    teaser: Markup
    cut: bool
    picture: Mapping[str, str] | None


def public_blueprint(blog: Blog) -> Blueprint:
    """Return the blog at `/`, its posts at their permalinks, labels and pages."""
    # Pictures that an author has put there by hand, since the API takes none: the demo's posts show
    # them.
    theme = Blueprint(
        "theme",
        __name__,
        template_folder="templates",
        static_folder="images",
        static_url_path="/images",
    )

    @theme.app_context_processor
    def common() -> dict[str, object]:
        blog.settle()
        return {"blog": blog, "pages": blog.store.find(Wanted("page", ["LIVE"]))[::-1]}

    @theme.route("/")
    def index() -> str:
        return _listing(blog, "")

    @theme.route("/search/label/<path:label>")
    def label(label: str) -> str:
        return _listing(blog, label)

    @theme.route("/<int(fixed_digits=4):_year>/<int(fixed_digits=2):_month>/<_name>")
    @theme.route("/p/<_name>")
    def entry(_name: str, _year: int = 0, _month: int = 0) -> str:
        return _entry(blog, request.path)

    @theme.route("/img/a/<name>")
    def picture(name: str) -> Response:
        found = blog.store.picture(name)
        if found is None:
            abort(404)
        return Response(found[1], mimetype=found[0], headers={"X-Content-Type-Options": "nosniff"})

    @theme.app_errorhandler(404)
    def missing(_error: Exception) -> tuple[str, int]:
        return render_template("missing.html"), 404

    return theme


def _listing(blog: Blog, label: str) -> str:
    blog.settle()
    page = max(1, request.args.get("page", 1, type=int))
    found = blog.store.find(
        Wanted("post", ["LIVE"], labels=[label] if label else [], limit=page * PER_PAGE + 1)
    )
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    if not shown and (label or page > 1):
        abort(404)
    blog.viewed()
    cards = [_card(blog, entry) for entry in shown]
    return render_template(
        "listing.html", cards=cards, label=label, page=page, older=len(found) > page * PER_PAGE
    )


def _entry(blog: Blog, path: str) -> str:
    blog.settle()
    found = blog.store.at(path)
    if found is None or found.state != "LIVE":
        abort(404)
    blog.viewed()
    # The post is the author's own HTML and goes out as it is, as on Blogger.
    return render_template(
        "entry.html",
        entry=found,
        when=blog.local(found.published),
        content=Markup(found.content),  # noqa: S704
    )


def _card(blog: Blog, entry: StoredPost) -> Card:
    when = blog.local(entry.published)
    head, jump, _rest = entry.content.partition(MORE)
    shown = _IMAGE.search(entry.content)
    picture = (
        {name: unescape(text) for name, text in _ATTRIBUTE.findall(shown[0])} if shown else None
    )
    if jump:
        return Card(entry, when, Markup(head), cut=True, picture=picture)  # noqa: S704
    text = _TextOutsideWidgets(entry.content)
    words = text.words
    cut = len(words) > TEASER_WORDS
    # Without a space, which could leave the sign alone on the last line.
    teaser = " ".join(words[:TEASER_WORDS]) + ("…" if cut else "")
    return Card(entry, when, Markup.escape(teaser), cut=cut or text.skipped, picture=picture)


class _TextOutsideWidgets(HTMLParser):
    """The words of a post without those of its widgets, such as a button's.

    Args:
        html: The post.

    Attributes:
        words: The words.
        skipped: Whether the post has widgets.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.skipped = False
        self._within = ""
        self._depth = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth:
            self._depth += tag == self._within
        elif tag in _UNREAD or _WIDGET.search(dict(attrs).get("class") or ""):
            self._within, self._depth = tag, 1
            self.skipped |= tag not in _UNREAD

    def handle_endtag(self, tag: str) -> None:
        self._depth -= bool(self._depth) and tag == self._within

    def handle_data(self, data: str) -> None:
        if not self._depth:
            self.words += data.split()
