"""The page itself, and what its script asks for."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from blogkit.errors import BlogkitError, UsageError
from blogkit.preview.access import Access
from blogkit.preview.session import PreviewSession

_STATIC = {
    "preview.css": "text/css",
    "dom.js": "text/javascript",
    "form.js": "text/javascript",
    "import.css": "text/css",
    "import.js": "text/javascript",
    "lists.js": "text/javascript",
    "playground.js": "text/javascript",
    "preview.js": "text/javascript",
    "publish.js": "text/javascript",
    "stage.js": "text/javascript",
    "view.js": "text/javascript",
}
_REFUSALS = {
    400: ("the preview cannot read this request", "reload the page"),
    404: ("the preview has nothing at this address", "choose a post in the list"),
    405: ("this address only answers the preview's own page", "choose a post in the list"),
    413: ("the request is too large for the preview", "shorten the values, or edit the file"),
}
"""What is wrong, and what to do, by the status of an answer without a reason of its own."""
_AROUND = 3
"""Lines shown before and after a problem's."""


def pages_blueprint(session: PreviewSession, access: Access) -> Blueprint:
    """Return the routes of the page: `/`, its files, the posts and the events.

    Args:
        session: What is shown.
        access: Has the token that pages send.
    """
    pages = Blueprint("pages", __name__, template_folder="templates")

    _answer_errors(pages)

    @pages.get("/")
    def index() -> str:
        return render_template("preview.html", page_token=access.page_token)

    @pages.get("/static/<name>")
    def static(name: str) -> Response:
        if name not in _STATIC:
            abort(404)
        text = (files("blogkit.preview") / "static" / name).read_bytes()
        return Response(text, mimetype=_STATIC[name])

    @pages.get("/favicon.ico")
    def icon() -> tuple[str, int]:
        return "", 204

    @pages.get("/posts")
    def posts() -> Response:
        return jsonify(rows=session.posts.rows, settings=session.settings_data())

    @pages.get("/post")
    def post() -> Response:
        return jsonify(session.data(request.args["post"], request.args.get("site", "")))

    @pages.get("/source")
    def source() -> Response:
        return jsonify(lines=_lines(session, request.args["post"], request.args["line"]))

    @pages.get("/events")
    def events() -> Response:
        found = _stream(session, request.args.get("post", ""))
        return Response(found, mimetype="text/event-stream")

    return pages


def _answer_errors(pages: Blueprint) -> None:
    @pages.app_errorhandler(BlogkitError)
    def failed(error: BlogkitError) -> tuple[Response, int]:
        code = 404 if isinstance(error, UsageError) else 422
        return jsonify(error=error.message, hint=error.hint), code

    @pages.app_errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[Response | str, int]:
        code = error.code or 500
        message, hint = _REFUSALS.get(
            code, ("the preview failed", "see the terminal where it runs")
        )
        if "text/html" in request.headers.get("Accept", ""):
            return render_template("refused.html", message=message, hint=hint), code
        return jsonify(error=message, hint=hint), code


def _stream(session: PreviewSession, post: str) -> Iterator[str]:
    with session.events.listening(post) as found:
        yield from found


def _lines(session: PreviewSession, post: str, line: str) -> list[dict[str, Any]]:
    """Return the lines of a post's file around one."""
    path, number = session.path_of(post), int(line) if line.isdecimal() else 0
    text = path.read_bytes().decode("utf-8-sig", "replace").splitlines()
    first = max(number - _AROUND, 1)
    return [
        {"number": each, "text": text[each - 1], "here": each == number}
        for each in range(first, min(number + _AROUND, len(text)) + 1)
    ]
