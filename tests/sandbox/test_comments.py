"""Comments: what readers write on the blog, and the API only reads and moderates."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from blogkit.sandbox.server import Sandbox
from tests.cases import for_each
from tests.sandbox.conftest import NOON, Api, reason


def comment(api: Api, post: str, /, **fields: Any) -> Any:
    given = {"post": post, "author": "Asha", "content": "Thanks", **fields}
    return api.client.post("/_sandbox/comments", json=given)


def test_a_comment_is_added_and_answered(api: Api) -> None:
    made = api.new("Talks in Geneva", draft=False)
    first = comment(api, made["id"]).json["comment"]
    answer = comment(api, made["id"], parent=first).json["comment"]
    found = api.get(f"/posts/{made['id']}/comments/{answer}").json
    assert (found["inReplyTo"], found["post"]) == ({"id": first}, {"id": made["id"]})
    assert (found["author"]["displayName"], "status" in found) == ("Asha", False)


@for_each(
    ("fields", "message"),
    [
        ({"post": "1"}, "there is no such post"),
        ({"parent": "1"}, "no such comment"),
        ({"status": "HIDDEN"}, "no status 'HIDDEN'"),
        ({"content": 5}, "each a string"),
        ({"title": "x"}, "post, author and content"),
    ],
)
def test_a_comment_that_cannot_be_is_refused(
    api: Api, fields: dict[str, Any], message: str
) -> None:
    answer = comment(api, api.new(draft=False)["id"], **fields)
    assert (answer.status_code, message in answer.json["error"]) == (400, True)
    assert "items" not in api.get("/comments").json


def test_filters(api: Api) -> None:
    made = api.new(draft=False)
    comment(api, made["id"], content="early")
    api.sandbox.clock.advance(days=1)
    comment(api, made["id"], content="late")
    path = f"/posts/{made['id']}/comments"
    noon = "2026-11-23T18:00:00Z"
    assert [item["content"] for item in api.get(path, startDate=noon).json["items"]] == ["late"]
    assert [item["content"] for item in api.get(path, endDate=noon).json["items"]] == ["early"]
    assert all("content" not in i for i in api.get(path, fetchBodies="false").json["items"])
    assert api.get(path, maxResults=501).status_code == 400


def test_readers_see_live_comments_on_live_posts_only(api: Api) -> None:
    made = api.new()
    identity = comment(api, made["id"]).json["comment"]
    at = f"/posts/{made['id']}/comments"
    for path in (at, f"{at}/{identity}"):
        assert reason(api.get(path)) == (404, "notFound")
        assert api.get(path, view="AUTHOR").status_code == 200
    anonymous = api.call("GET", "/comments", headers={}, key="sandbox", status="SPAM")
    assert reason(anonymous) == (404, "notFound")


def test_a_comment_belongs_to_its_post(api: Api) -> None:
    one, other = api.new(draft=False), api.new("Another", draft=False)
    identity = comment(api, one["id"]).json["comment"]
    assert reason(api.get(f"/posts/{other['id']}/comments/{identity}")) == (404, "notFound")
    api.call("DELETE", f"/posts/{one['id']}")
    assert "items" not in api.get("/comments").json


def test_a_file_of_an_older_version_gets_comments(tmp_path: Path) -> None:
    data = tmp_path / "posts.sqlite"
    with Sandbox(data, clock=lambda: NOON) as sandbox:
        post = sandbox.blog.insert("post", {"title": "Kept"}, draft=False).id
    with closing(sqlite3.connect(data)) as db:
        db.execute("DROP TABLE comments")
        db.execute("PRAGMA user_version = 1")
    with Sandbox(data, clock=lambda: NOON) as sandbox:
        made = sandbox.blog.comment(post, "Asha", "Thanks")
    with Sandbox(data, clock=lambda: NOON) as sandbox:
        assert sandbox.blog.comments.get(made.id) == made
        assert sandbox.blog.get("post", post).title == "Kept"
