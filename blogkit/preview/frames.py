"""What is inside of the frame: the post, and its images. Each answer has a policy of its own."""

from __future__ import annotations

import mimetypes

from flask import Blueprint, Response, abort, request

from blogkit.preview.access import FRAME_POLICY, Access
from blogkit.preview.frame_page import post_frame
from blogkit.preview.session import PreviewSession

NO_PICTURE = "<!doctype html><html lang='en'><title>Nothing to show yet</title></html>"


def frames_blueprint(session: PreviewSession, access: Access) -> Blueprint:
    """Return the routes `/frame` and `/asset/…`.

    Args:
        session: What is shown.
        access: Has the secret part of the images' addresses.
    """
    frames = Blueprint("frames", __name__)

    @frames.get("/frame")
    def frame() -> Response:
        one = session.look(request.args["post"], request.args.get("site", ""))
        if one.preview is None or one.preview.parts is None:
            return sandboxed(NO_PICTURE)
        line = request.args.get("line", 0, type=int)
        page = post_frame(one.preview, scheme=asked_scheme(), asset_url=access.asset_url, line=line)
        return sandboxed(page)

    @frames.get("/asset/<key>/<digest>/<name>")
    def asset(key: str, digest: str, name: str) -> Response:  # noqa: ARG001
        found = session.asset(digest) if access.allows_assets(key) else None
        kind = mimetypes.guess_type(found.path.name)[0] if found else None
        if found is None or not (kind or "").startswith(("image/", "video/", "audio/")):
            abort(404)
        try:
            data = found.path.read_bytes()
        except OSError:
            abort(404)
        answer = Response(data, mimetype=kind)
        answer.headers["Content-Security-Policy"] = FRAME_POLICY
        # The frame's own origin is opaque, so no response of ours is of the same origin.
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return answer

    return frames


def sandboxed(page: str) -> Response:
    """Return a page for the sandboxed frame."""
    return Response(page, mimetype="text/html", headers={"Content-Security-Policy": FRAME_POLICY})


def asked_scheme() -> str:
    """Return the colour scheme that a request asks for."""
    return "dark" if request.args.get("scheme") == "dark" else "light"
