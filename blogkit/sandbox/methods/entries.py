"""Read, write and list posts and pages."""

from __future__ import annotations

from typing import Any

from blogkit.sandbox import errors, parsing
from blogkit.sandbox.methods.call import (
    PAGE,
    Answer,
    ApiCall,
    page_limit,
    resume_after,
    token_after,
)
from blogkit.sandbox.serializers import etag
from blogkit.sandbox.store import ResourceKind, StoredPost, Wanted


def get_resource(kind: ResourceKind, call: ApiCall) -> Answer:
    """Return one entry; drafts only with an insider's view.

    Args:
        kind: "post" or "page".
        call: The request.
    """
    blog = call.shapes.blog
    trashed = blog.switches.get_trashed == "shown"
    return _read(call, blog.get(kind, call.ids[f"{kind}Id"], trashed=trashed))


def get_by_path(call: ApiCall) -> Answer:
    """Return a published post by the path of its permalink, with the leading slash.

    Raises:
        Refused: The API's 404: no live post is there.
    """
    entry = call.shapes.blog.store.at(call.query["path"])
    if entry is None or entry.kind != "post" or entry.state != "LIVE":
        raise errors.not_found()
    return _read(call, entry)


def insert_resource(kind: ResourceKind, call: ApiCall) -> Answer:
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


def update_resource(kind: ResourceKind, whole: bool, call: ApiCall) -> Answer:
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


def publish_resource(kind: ResourceKind, call: ApiCall) -> Answer:
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


def revert_resource(kind: ResourceKind, call: ApiCall) -> Answer:
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


def delete_resource(kind: ResourceKind, call: ApiCall) -> Answer:
    """Delete an entry permanently, or move it to the trash.

    Args:
        kind: "post" or "page".
        call: The request.

    Returns:
        None: the response is empty.
    """
    call.shapes.blog.delete(kind, call.ids[f"{kind}Id"], trash=bool(call.query["useTrash"]))
    return None


def list_resources(kind: ResourceKind, call: ApiCall) -> Answer:
    """Return a page of the listing: live entries by default, ten by default.

    `sortOption` does nothing.

    Args:
        kind: "post" or "page".
        call: The request.

    Raises:
        Refused: The page is too large, or a key asks for more than live entries.
    """
    query = call.query
    # a key shows what readers see, and the trash is for administrators
    states = query["status"] or ["LIVE"]
    if not call.signed_in and states != ["LIVE"]:
        raise errors.not_found()
    if query.get("view") != "ADMIN":
        states = [state for state in states if state != "SOFT_TRASHED"]
    limit = page_limit(call)
    order = "updated" if query.get("orderBy") == "UPDATED" else "published"
    wanted = Wanted(
        kind,
        states,
        labels=[label.strip() for label in (query.get("labels") or "").split(",") if label.strip()],
        since=parsing.optional_time(query.get("startDate"), "start_date"),
        until=parsing.optional_time(query.get("endDate"), "end_date"),
        order=order,  # type: ignore[arg-type]
        after=resume_after(query["pageToken"]),
        limit=limit + 1,  # one more tells whether there is a next page
    )
    found = call.shapes.blog.store.find(wanted)
    items = [_item(call, entry) for entry in found[:limit]]
    return call.shapes.listing(
        kind, items, _next(found[limit - 1], order) if len(found) > limit else ""
    )


def search(call: ApiCall) -> Answer:
    """Return ten live posts with every word of `q`.

    The next page's token does not work
    (https://github.com/googleapis/google-api-java-client/issues/1381).
    """
    wanted = Wanted("post", ["LIVE"], words=call.query["q"].split(), limit=PAGE + 1)
    found = call.shapes.blog.store.find(wanted)
    items = [_item(call, entry) for entry in found[:PAGE]]
    return call.shapes.listing(
        "post", items, _next(found[PAGE - 1], "published") if len(found) > PAGE else ""
    )


def _read(call: ApiCall, entry: StoredPost) -> Answer:
    if entry.state != "LIVE" and not call.insider:
        raise errors.not_found()
    return call.shapes.entry(
        entry,
        status=_shows_status(call, entry),
        body=_wants_body(call),
        images=bool(call.query.get("fetchImages")),
        comments=call.query.get("maxComments") or 0,
    )


def _written(call: ApiCall, entry: StoredPost) -> Answer:
    """Return the response to a write, which always has the status."""
    return call.shapes.entry(
        entry,
        status=True,
        body=_wants_body(call),
        images=bool(call.query.get("fetchImages")),
        comments=call.query.get("maxComments") or 0,
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


def _next(last: StoredPost, order: str) -> str:
    return token_after(last.updated if order == "updated" else last.published, last.id)
