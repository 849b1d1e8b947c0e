"""Serve the sandbox's control API under /_sandbox/: clock, faults, switches, log, comments.

It is not part of Blogger.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, request

from blogkit.errors import UsageError
from blogkit.sandbox.blog import Blog
from blogkit.sandbox.clock import Clock
from blogkit.sandbox.comments import STATUSES
from blogkit.sandbox.errors import Refused
from blogkit.sandbox.faults import KINDS, Faults, from_json
from blogkit.sandbox.quirks import OPTIONS, Quirks
from blogkit.sandbox.serving.middleware import Log


def control_blueprint(
    blog: Blog, clock: Clock, faults: Faults, switches: Quirks, log: Log
) -> Blueprint:
    """Return the routes: GET shows, POST changes, DELETE clears.

    POST needs a JSON content type, which foreign pages cannot send without asking
    (https://fetch.spec.whatwg.org/#cors-safelisted-request-header).

    Args:
        blog: The blog to comment on.
        clock: The clock to move.
        faults: The faults to add to.
        switches: The switches to set.
        log: The log to show.
    """
    control = Blueprint("control", __name__, url_prefix="/_sandbox")

    @control.errorhandler(UsageError)
    def refuse(error: UsageError) -> tuple[Response, int]:
        return jsonify(error=error.message, hint=error.hint), 400

    @control.route("/clock", methods=["GET", "POST"])
    def move_clock() -> Response:
        if request.method == "POST":
            _move(clock, _object())
        return jsonify(now=clock().isoformat())

    @control.route("/faults", methods=["GET", "POST", "DELETE"])
    def order_faults() -> Response:
        if request.method == "POST":
            faults.add(from_json(_object()))
        elif request.method == "DELETE":
            faults.clear()
        return jsonify(waiting=[asdict(fault) for fault in faults.waiting()], known=KINDS)

    @control.route("/switches", methods=["GET", "POST"])
    def move_switches() -> Response:
        if request.method == "POST":
            switches.set(**_object())
        return jsonify(switches=asdict(switches), options=OPTIONS)

    @control.route("/log", methods=["GET", "DELETE"])
    def show_log() -> Response:
        if request.method == "DELETE":
            log.clear()
        return jsonify(requests=log.to_json(), writes=len(log.writes()))

    @control.post("/comments")
    def add_comment() -> Response:
        return jsonify(comment=_commented(blog, _object()))

    return control


def _commented(blog: Blog, body: dict[str, Any]) -> str:
    """Add a comment, which the API cannot do: `{"post": id, "author": …, "content": …}`.

    `status` and `parent` are optional. Returns the comment's id.
    """
    optional = {"status": body.pop("status", "LIVE"), "parent": body.pop("parent", "")}
    known = {"post", "author", "content"}
    texts = [*body.values(), *optional.values()]
    if body.keys() != known or not all(isinstance(text, str) for text in texts):
        raise UsageError("a comment requires post, author and content, each a string")
    if optional["status"] not in STATUSES:
        raise UsageError(
            f"a comment has no status {optional['status']!r}",
            hint=f"statuses: {', '.join(STATUSES)}",
        )
    try:
        return blog.comment(**body, **optional).id
    except Refused:
        raise UsageError("there is no such post, or no such comment on it") from None


def _object() -> dict[str, Any]:
    body = request.get_json()
    if not isinstance(body, dict):
        raise UsageError("the sandbox's control API requires a JSON object")
    return body


def _move(clock: Clock, body: dict[str, Any]) -> None:
    """Move the clock: `{"at": "2026-12-01T07:00:00+05:30"}` or `{"advance": seconds}`."""
    match body:
        case {"at": str(text), **rest} if not rest:
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                raise UsageError(
                    f"{text!r} is not a time", hint="e.g. 2026-12-01T07:00:00+05:30"
                ) from None
            if moment.tzinfo is None:
                raise UsageError(
                    f"{text!r} has no UTC offset", hint="e.g. 2026-12-01T07:00:00+05:30"
                )
            clock.set(moment)
        case {"advance": int() | float() as seconds, **rest} if not rest:
            clock.advance(seconds=timedelta(seconds=seconds).total_seconds())
        case _:
            raise UsageError('the clock requires {"at": time} or {"advance": seconds}')
