"""Implement the API's methods, each as a short function from a call to JSON.

Methods that are not here return 501.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from blogkit.sandbox import errors, parsing
from blogkit.sandbox.serializers import USER, Shapes, etag
from blogkit.sandbox.store import ResourceKind, StoredPost, Wanted

_PAGE: Final = 10
LARGEST_PAGE: Final = 500
"""The largest `maxResults` of a listing."""
LOOPBACK_NAMES: Final = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass(frozen=True)
class ApiCall:
    """A request after routing and checking.

    Attributes:
        ids: The ids in its path, by name.
        query: Its declared parameters.
        body: Its JSON.
        shapes: Builds the response.
        signed_in: Whether a token came along, not just a key.
        if_match: Its If-Match header.
    """

    ids: dict[str, str]
    query: dict[str, Any]
    body: dict[str, Any]
    shapes: Shapes
    signed_in: bool
    if_match: str = ""

    @property
    def insider(self) -> bool:
        """Whether an author's or administrator's view was requested and is allowed."""
        return self.signed_in and self.query.get("view") in ("AUTHOR", "ADMIN")


_Answer = dict[str, Any] | None
"""The body of a response; None is an empty one, 204."""


def get_resource(kind: ResourceKind, call: ApiCall) -> _Answer:
    """Return one entry; drafts only with an insider's view.

    Args:
        kind: "post" or "page".
        call: The request.
    """
    return _read(call, call.shapes.blog.get(kind, call.ids[f"{kind}Id"]))


def get_by_path(call: ApiCall) -> _Answer:
    """Return a published post by the path of its permalink, with the leading slash.

    Raises:
        Refused: The API's 404: no live post is there.
    """
    entry = call.shapes.blog.store.at(call.query["path"])
    if entry is None or entry.kind != "post" or entry.state != "LIVE":
        raise errors.not_found()
    return _read(call, entry)


def insert_resource(kind: ResourceKind, call: ApiCall) -> _Answer:
    """Create an entry, live at once unless `isDraft`, and return it.

    Args:
        kind: "post" or "page".
        call: The request.

    Returns:
        The new entry.
    """
    return _written(
        call, call.shapes.blog.insert(kind, call.body, draft=bool(call.query["isDraft"]))
    )


def update_resource(kind: ResourceKind, whole: bool, call: ApiCall) -> _Answer:
    """Change an entry by PATCH or PUT; `status` in the body changes nothing.

    Args:
        kind: "post" or "page".
        whole: Whether it is a PUT.
        call: The request.

    Returns:
        The changed entry.
    """
    blog = call.shapes.blog
    # Comparing the ETag and writing is one step, or two clients with the same ETag could both pass.
    with blog.store.transaction():
        before = _matching(call, blog.get(kind, call.ids[f"{kind}Id"]))
        entry = blog.change(before, call.body, whole=whole)
        if blog.switches.publish_and_revert_on_update == "honoured":
            if call.query["publish"] and entry.state != "LIVE":
                entry = blog.publish(entry)
            elif call.query["revert"] and entry.state != "DRAFT":
                entry = blog.revert(entry)
    return _written(call, entry)


def publish_resource(kind: ResourceKind, call: ApiCall) -> _Answer:
    """Publish, or schedule by `publishDate` (posts only).

    Args:
        kind: "post" or "page".
        call: The request.

    Returns:
        The changed entry.
    """
    blog = call.shapes.blog
    date = call.query.get("publishDate")
    at = parsing.parse_time(date, "publish_date") if date else None
    with blog.store.transaction():
        return _written(call, blog.publish(blog.get(kind, call.ids[f"{kind}Id"]), at))


def revert_resource(kind: ResourceKind, call: ApiCall) -> _Answer:
    """Turn an entry back into a draft.

    Args:
        kind: "post" or "page".
        call: The request.

    Returns:
        The changed entry.
    """
    blog = call.shapes.blog
    with blog.store.transaction():
        return _written(call, blog.revert(blog.get(kind, call.ids[f"{kind}Id"])))


def delete_resource(kind: ResourceKind, call: ApiCall) -> _Answer:
    """Delete an entry permanently, or move it to the trash.

    Args:
        kind: "post" or "page".
        call: The request.

    Returns:
        None: the response is empty.
    """
    call.shapes.blog.delete(kind, call.ids[f"{kind}Id"], trash=bool(call.query["useTrash"]))
    return None


def list_resources(kind: ResourceKind, call: ApiCall) -> _Answer:
    """Return a page of the listing: live entries by default, ten by default.

    `sortOption` does nothing.

    Args:
        kind: "post" or "page".
        call: The request.

    Raises:
        Refused: The page is too large, or a key asks for more than live entries.
    """
    query = call.query
    if (query["maxResults"] or 0) > LARGEST_PAGE:
        raise errors.page_too_large()
    # a key shows what readers see, and the trash is for administrators
    states = query["status"] or ["LIVE"]
    if not call.signed_in and states != ["LIVE"]:
        raise errors.not_found()
    if query.get("view") != "ADMIN":
        states = [state for state in states if state != "SOFT_TRASHED"]
    limit = query["maxResults"] or _PAGE
    order = "updated" if query.get("orderBy") == "UPDATED" else "published"
    wanted = Wanted(
        kind,
        states,
        labels=[label.strip() for label in (query.get("labels") or "").split(",") if label.strip()],
        since=parsing.parse_time(query["startDate"], "start_date")
        if query.get("startDate")
        else None,
        until=parsing.parse_time(query["endDate"], "end_date") if query.get("endDate") else None,
        order=order,  # type: ignore[arg-type]
        after=_resume(query["pageToken"]),
        limit=limit + 1,  # one more tells whether there is a next page
    )
    found = call.shapes.blog.store.find(wanted)
    items = [_item(call, entry) for entry in found[:limit]]
    return call.shapes.listing(
        kind, items, _token(found[limit - 1], order) if len(found) > limit else ""
    )


def search(call: ApiCall) -> _Answer:
    """Return ten live posts with every word of `q`.

    The next page's token does not work
    (https://github.com/googleapis/google-api-java-client/issues/1381).
    """
    wanted = Wanted("post", ["LIVE"], words=call.query["q"].split(), limit=_PAGE + 1)
    found = call.shapes.blog.store.find(wanted)
    items = [_item(call, entry) for entry in found[:_PAGE]]
    return call.shapes.listing(
        "post", items, _token(found[_PAGE - 1], "published") if len(found) > _PAGE else ""
    )


def get_blog(call: ApiCall) -> _Answer:
    """Return the blog."""
    return call.shapes.blog_(call.query["maxPosts"] or 0)


def get_blog_by_url(call: ApiCall) -> _Answer:
    """Return the blog at an address, which must be the sandbox's.

    Raises:
        Refused: The API's 404: it is another address.
    """
    asked, own = urlsplit(call.query["url"]), urlsplit(call.shapes.root)
    if asked.hostname not in LOOPBACK_NAMES or (asked.port or 80) != (own.port or 80):
        raise errors.not_found()
    return call.shapes.blog_()


def list_blogs(call: ApiCall) -> _Answer:
    """Return the user's blogs: one, as administrator."""
    _self(call)
    if (call.query["role"] and "ADMIN" not in call.query["role"]) or (
        call.query["status"] and "LIVE" not in call.query["status"]
    ):
        return {"kind": "blogger#blogList"}
    infos = {"blogUserInfos": [call.shapes.blog_user_info()]} if call.query["fetchUserInfo"] else {}
    return {"kind": "blogger#blogList", "items": [call.shapes.blog_()], **infos}


def get_blog_user_info(call: ApiCall) -> _Answer:
    """Return the blog and the user's role."""
    _self(call)
    return call.shapes.blog_user_info()


def get_user(call: ApiCall) -> _Answer:
    """Return the user."""
    _self(call)
    return call.shapes.user()


OPERATIONS: Final[dict[str, Callable[[ApiCall], _Answer]]] = {
    "blogUserInfos.get": get_blog_user_info,
    "blogs.get": get_blog,
    "blogs.getByUrl": get_blog_by_url,
    "blogs.listByUser": list_blogs,
    "pages.delete": lambda call: delete_resource("page", call),
    "pages.get": lambda call: get_resource("page", call),
    "pages.insert": lambda call: insert_resource("page", call),
    "pages.list": lambda call: list_resources("page", call),
    "pages.patch": lambda call: update_resource("page", False, call),
    "pages.publish": lambda call: publish_resource("page", call),
    "pages.revert": lambda call: revert_resource("page", call),
    "pages.update": lambda call: update_resource("page", True, call),
    "posts.delete": lambda call: delete_resource("post", call),
    "posts.get": lambda call: get_resource("post", call),
    "posts.getByPath": get_by_path,
    "posts.insert": lambda call: insert_resource("post", call),
    "posts.list": lambda call: list_resources("post", call),
    "posts.patch": lambda call: update_resource("post", False, call),
    "posts.publish": lambda call: publish_resource("post", call),
    "posts.revert": lambda call: revert_resource("post", call),
    "posts.search": search,
    "posts.update": lambda call: update_resource("post", True, call),
    "users.get": get_user,
}


def _read(call: ApiCall, entry: StoredPost) -> _Answer:
    if entry.state != "LIVE" and not call.insider:
        raise errors.not_found()
    return call.shapes.entry(
        entry,
        status=_shows_status(call, entry),
        body=_wants_body(call),
        images=bool(call.query.get("fetchImages")),
    )


def _written(call: ApiCall, entry: StoredPost) -> _Answer:
    """Return the response to a write, which always has the status."""
    return call.shapes.entry(
        entry, status=True, body=_wants_body(call), images=bool(call.query.get("fetchImages"))
    )


def _item(call: ApiCall, entry: StoredPost) -> dict[str, Any]:
    body = bool(call.query.get("fetchBodies"))
    return call.shapes.entry(
        entry,
        status=_shows_status(call, entry),
        body=body,
        images=bool(call.query.get("fetchImages")),
    )


def _wants_body(call: ApiCall) -> bool:
    return bool(call.query.get("fetchBody", True))


def _shows_status(call: ApiCall, entry: StoredPost) -> bool:
    """Return whether the status is shown.

    A live entry had none in 2026, even for an author's view; a client of 2012 to 2023 reads it there.
    """
    position = call.shapes.blog.switches.live_status_field
    if entry.state != "LIVE" or position == "always":
        return True
    return position == "present" and call.signed_in and call.query.get("view") == "ADMIN"


def _matching(call: ApiCall, entry: StoredPost) -> StoredPost:
    if call.if_match not in ("", "*", etag(entry)) and call.shapes.blog.switches.if_match == "412":
        raise errors.precondition_failed()
    return entry


def _self(call: ApiCall) -> None:
    if not call.signed_in:
        raise errors.no_credentials()
    # An id is a string: 19 digits do not fit into the floating-point numbers of many JSON parsers.
    if call.ids["userId"] not in ("self", USER):
        raise errors.not_found()


def _token(last: StoredPost, order: str) -> str:
    stamp = (last.updated if order == "updated" else last.published).strftime("%Y-%m-%dT%H:%M:%SZ")
    # Opaque, so that no client builds one; the padding would have to be escaped in an address.
    return base64.urlsafe_b64encode(f"{stamp} {last.id}".encode()).decode().rstrip("=")


def _resume(token: str | None) -> tuple[str, str] | None:
    if not token:
        return None
    try:
        stamp, identity = (
            base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode().split(" ")
        )
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise errors.bad_field("page_token") from None
    return stamp, identity
