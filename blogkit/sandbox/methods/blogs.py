"""Answer about the blog and its only user."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from blogkit.sandbox import errors
from blogkit.sandbox.methods.call import Answer, ApiCall, require_self

LOOPBACK_NAMES: Final = frozenset(("localhost", "127.0.0.1", "::1"))


def get_blog(call: ApiCall) -> Answer:
    """Return the blog."""
    return call.shapes.blog_(call.query["maxPosts"] or 0)


def get_blog_by_url(call: ApiCall) -> Answer:
    """Return the blog at an address, which must be the sandbox's.

    Raises:
        Refused: The API's 404: it is another address.
    """
    asked, own = urlsplit(call.query["url"]), urlsplit(call.shapes.root)
    if asked.hostname not in LOOPBACK_NAMES or (asked.port or 80) != (own.port or 80):
        raise errors.not_found()
    return call.shapes.blog_()


def list_blogs(call: ApiCall) -> Answer:
    """Return the user's blogs: one, as administrator."""
    require_self(call)
    if (call.query["role"] and "ADMIN" not in call.query["role"]) or (
        call.query["status"] and "LIVE" not in call.query["status"]
    ):
        return {"kind": "blogger#blogList"}
    infos = {"blogUserInfos": [call.shapes.blog_user_info()]} if call.query["fetchUserInfo"] else {}
    return {"kind": "blogger#blogList", "items": [call.shapes.blog_()], **infos}


def get_blog_user_info(call: ApiCall) -> Answer:
    """Return the blog and the user's role."""
    require_self(call)
    return call.shapes.blog_user_info()


def get_user(call: ApiCall) -> Answer:
    """Return the user."""
    require_self(call)
    return call.shapes.user()
