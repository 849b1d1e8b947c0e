"""Read, list and moderate comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from blogkit.sandbox import errors, parsing
from blogkit.sandbox.comments import CommentStatus, StoredComment, WantedComments
from blogkit.sandbox.methods.call import Answer, ApiCall, page_limit, resume_after, token_after


def get_comment(call: ApiCall) -> Answer:
    """Return a comment; only insiders see one that is not live, or on a post that is not live."""
    comment = _comment(call)
    post = call.shapes.blog.get("post", comment.post)
    if (comment.status, post.state) != ("LIVE", "LIVE") and not call.insider:
        raise errors.not_found()
    return call.shapes.comment(comment, status=call.insider)


def list_comments_of_post(call: ApiCall) -> Answer:
    """Return a page of the comments on a post, live ones by default."""
    post = call.shapes.blog.get("post", call.ids["postId"])
    if post.state != "LIVE" and not call.insider:
        raise errors.not_found()
    return _listing(call, post.id, [call.query["status"]] if call.query["status"] else [])


def list_comments_of_blog(call: ApiCall) -> Answer:
    """Return a page of the comments on all posts, live ones by default."""
    return _listing(call, "", call.query["status"])


def set_status(status: CommentStatus, call: ApiCall) -> Answer:
    """Approve a comment, mark it as spam, or remove its content.

    Args:
        status: The new status; "EMPTIED" removes the content.
        call: The request.

    Returns:
        The changed comment.
    """
    blog = call.shapes.blog
    with blog.store.transaction():
        comment = replace(_comment(call), status=status, updated=blog.clock())
        if status == "EMPTIED":
            comment = replace(comment, content="")
        blog.comments.save(comment)
    return call.shapes.comment(comment, status=True)


def delete_comment(call: ApiCall) -> Answer:
    """Delete a comment permanently.

    Returns:
        None: the response is empty.
    """
    call.shapes.blog.comments.delete(_comment(call).id)
    return None


def _comment(call: ApiCall) -> StoredComment:
    found = call.shapes.blog.comments.get(call.ids["commentId"])
    if found is None or found.post != call.ids["postId"]:
        raise errors.not_found()
    return found


def _listing(call: ApiCall, post: str, statuses: Sequence[CommentStatus]) -> Answer:
    query, limit = call.query, page_limit(call)
    statuses = statuses or ["LIVE"]
    if list(statuses) != ["LIVE"] and not call.signed_in:
        raise errors.not_found()
    found = call.shapes.blog.comments.find(
        WantedComments(
            statuses,
            post,
            since=parsing.optional_time(query["startDate"], "start_date"),
            until=parsing.optional_time(query["endDate"], "end_date"),
            after=resume_after(query["pageToken"]),
            limit=limit + 1,  # one more tells whether there is a next page
        )
    )
    items = [
        call.shapes.comment(each, status=call.signed_in, body=query["fetchBodies"] is not False)
        for each in found[:limit]
    ]
    last = found[limit - 1] if len(found) > limit else None
    return call.shapes.comment_listing(items, token_after(last.published, last.id) if last else "")
