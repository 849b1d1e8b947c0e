"""Answer what the user may do with posts."""

from __future__ import annotations

from typing import Any

from blogkit.sandbox.methods import entries
from blogkit.sandbox.methods.call import Answer, ApiCall, require_self
from blogkit.sandbox.serializers import USER


def get_post_user_info(call: ApiCall) -> Answer:
    """Return a live post and the user's rights."""
    require_self(call)
    post = entries.get_resource("post", call)
    return _info(call, post) if post else None


def list_post_user_infos(call: ApiCall) -> Answer:
    """Return a page of the posts with the user's rights, without bodies by default."""
    require_self(call)
    page = entries.list_resources("post", call) or {}
    # The reference page's name; the discovery document calls it `blogger#postList`, and its schema
    # has no etag.
    out: dict[str, Any] = {"kind": "blogger#postUserInfosList"}
    if "nextPageToken" in page:
        out["nextPageToken"] = page["nextPageToken"]
    if "items" in page:
        out["items"] = [_info(call, post) for post in page["items"]]
    return out


def _info(call: ApiCall, post: dict[str, Any]) -> dict[str, Any]:
    mine = {
        "kind": "blogger#postPerUserInfo",
        "userId": USER,
        "blogId": call.shapes.blog.id,
        "postId": post["id"],
        "hasEditAccess": True,
    }
    return {"kind": "blogger#postUserInfo", "post": post, "post_user_info": mine}
