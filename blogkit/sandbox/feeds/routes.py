"""Answer requests for feeds and sitemaps."""

from __future__ import annotations

import json
import re
from xml.etree.ElementTree import Element

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from blogkit.sandbox.blog import Blog
from blogkit.sandbox.feeds.atom import atom_entry, atom_feed, to_json
from blogkit.sandbox.feeds.page import read_feed_page
from blogkit.sandbox.feeds.rss import rss_feed
from blogkit.sandbox.feeds.sitemaps import POSTS_PER_SITEMAP, index, live, sitemap
from blogkit.sandbox.feeds.xml import to_xml
from blogkit.sandbox.store import ResourceKind

_NAME = re.compile(r"[A-Za-z_$][\w$.]*\Z")


def feeds_blueprint(blog: Blog) -> Blueprint:
    """Return the feeds of posts and pages, their short names, and the sitemaps.

    Args:
        blog: The blog.
    """
    feeds = Blueprint("feeds", __name__)

    @feeds.route("/feeds/<any(posts, pages):kinds>/<any(default, full, summary):form>")
    @feeds.route("/feeds/<any(posts, pages):kinds>/<any(default, full, summary):form>/-/<label>")
    def feed(kinds: str, form: str, label: str = "") -> Response:
        kind: ResourceKind = "post" if kinds == "posts" else "page"
        summary = form == "summary"
        page = read_feed_page(blog, request.args, kind=kind, label=label, summary=summary)
        if request.args.get("alt") == "rss":
            return _xml(rss_feed(blog, page, _root()), "application/rss+xml")
        return _atom(atom_feed(blog, page, _root()))

    @feeds.route("/feeds/<any(posts, pages):kinds>/<any(default, full, summary):_form>/<identity>")
    def one(kinds: str, _form: str, identity: str) -> Response:
        blog.settle()
        entry = blog.store.get(identity)
        if entry is None or entry.state != "LIVE" or f"{entry.kind}s" != kinds:
            abort(404)
        return _atom(atom_entry(blog, entry, _root()))

    @feeds.route("/atom.xml")
    def atom() -> AnyResponse:
        return redirect(f"{_root()}/feeds/posts/default")

    @feeds.route("/rss.xml")
    def rss() -> AnyResponse:
        return redirect(f"{_root()}/feeds/posts/default?alt=rss")

    @feeds.route("/sitemap.xml")
    def posts() -> Response:
        entries = live(blog, "post")
        number = request.args.get("page", 0, type=int)
        if number < 1 and len(entries) > POSTS_PER_SITEMAP:
            return _xml(index(entries, _root()), "application/xml")
        start = max(0, number - 1) * POSTS_PER_SITEMAP
        return _xml(sitemap(entries[start : start + POSTS_PER_SITEMAP], _root()), "application/xml")

    @feeds.route("/sitemap-pages.xml")
    def pages() -> Response:
        return _xml(sitemap(live(blog, "page"), _root()), "application/xml")

    return feeds


def _root() -> str:
    return request.host_url.rstrip("/")


def _xml(document: Element, mimetype: str) -> Response:
    return Response(to_xml(document), mimetype=mimetype)


def _atom(document: Element) -> Response:
    form = request.args.get("alt", "atom")
    if form not in ("json", "json-in-script"):
        return _xml(document, "application/atom+xml")
    text = json.dumps(to_json(document), ensure_ascii=False)
    if form == "json":
        return Response(text, mimetype="application/json")
    call = request.args.get("callback", "gdata.io.handleScriptLoaded")
    if not _NAME.match(call):
        abort(400)
    return Response(f"// API callback\n{call}({text});", mimetype="text/javascript")
