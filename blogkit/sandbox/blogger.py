"""Serve the Blogger API v3 over HTTP: route a request to a method and return its response."""

from __future__ import annotations

import json
from typing import Any, Final

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from blogkit.sandbox import discovery, errors, oauth, partial_response
from blogkit.sandbox.blog import Blog
from blogkit.sandbox.methods.call import ApiCall
from blogkit.sandbox.methods.table import OPERATIONS
from blogkit.sandbox.serializers import Shapes

LOST: Final = """<!DOCTYPE html>
<html lang=en><meta charset=utf-8><title>Error 404 (Not Found)!!1</title>
<p><b>404.</b> <ins>That's an error.</ins><p>The requested URL was not found on this server. <ins>That's all we know.</ins>
"""


def api_blueprint(blog: Blog) -> Blueprint:
    """Return the API under /v3/ and /blogger/v3/."""
    api = Blueprint("blogger", __name__)
    verbs = ["GET", "POST", "PUT", "PATCH", "DELETE"]

    @api.route("/v3/<path:_rest>", methods=verbs, provide_automatic_options=False)
    @api.route("/blogger/v3/<path:_rest>", methods=verbs, provide_automatic_options=False)
    def answer(_rest: str) -> Response:
        pretty = request.args.get("prettyPrint", "true").lower() not in ("false", "0")
        try:
            status, body = _answer(blog)
        except errors.Refused as refused:
            status, body = refused.code, refused.body()
        if status == 404 and body is None:
            return Response(LOST, 404, mimetype="text/html")
        if body is None:
            return Response(status=204)
        text = json.dumps(body, indent=2 if pretty else None, ensure_ascii=False)
        response = Response(
            text,
            status,
            mimetype="application/json",
            headers={"Cache-Control": "private", "Vary": "Origin, X-Origin"},
        )
        if status == 401:
            response.headers["WWW-Authenticate"] = (
                'Bearer realm="https://accounts.google.com/", error="invalid_token"'
            )
        return response

    return api


def _answer(blog: Blog) -> tuple[int, dict[str, Any] | None]:
    # A GET whose address would be longer than 2,048 characters comes as a POST with the parameters
    # in a form; Google's client does it.
    verb = request.headers.get("X-HTTP-Method-Override", request.method).upper()
    given: MultiDict[str, str] = MultiDict(request.args)
    if verb == "GET" and request.method == "POST":
        given.update(request.form)
    found = discovery.match(verb, request.path)
    if found is None:
        return 404, None
    method, ids = found
    # The credentials come before parameters and body: an expired token gets its 401 whatever else
    # is wrong, so a client that signs in again and repeats sees the other error then.
    call_signed_in = oauth.signed_in(request, writes=method.writes)
    query = discovery.query(method, given)
    if query["alt"] != "json" or query["callback"]:
        raise errors.not_provided("responses other than JSON (alt, callback)")
    body = discovery.check_body(method.request, _json()) if method.request else {}
    if ids.get("blogId", blog.id) != blog.id:
        raise errors.not_found()
    blog.settle()
    shapes = Shapes(blog, request.host_url.rstrip("/"))
    call = ApiCall(ids, query, body, shapes, call_signed_in, request.headers.get("If-Match", ""))
    out = OPERATIONS[method.id](call)
    if out is None:
        return 204, None
    return 200, (
        partial_response.selected(out, query["fields"], method.response) if query["fields"] else out
    )


def _json() -> Any:
    raw = request.get_data()
    if not raw.strip():
        return {}
    # The front end reads any other body as a form, so its first bytes come back as the name of a
    # parameter.
    if request.mimetype != "application/json":
        raise errors.bad_payload(
            f'Unknown name "{raw[:40].decode(errors="replace")}": Cannot bind query parameter.'
        )
    try:
        body = json.loads(raw)
        # fails for lone surrogates, which UTF-8 cannot hold
        json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise errors.bad_payload("Unexpected token.") from None
    return body
