"""The sandbox against Google's own description of the API."""

from __future__ import annotations

import json
import re

import pytest
from werkzeug.datastructures import MultiDict

from blogkit.sandbox import discovery
from blogkit.sandbox.errors import Refused
from blogkit.sandbox.methods.table import OPERATIONS
from tests.cases import for_each
from tests.sandbox.conftest import Api
from tests.sandbox.trim_discovery import SHIPPED, official, text, trim


def test_routes_parameters_and_fields_are_those_of_the_official_document() -> None:
    shipped, theirs = json.loads(SHIPPED.read_text(encoding="utf-8")), trim(official())
    for part in ("parameters", "methods", "schemas"):
        assert shipped[part] == theirs[part], (
            f"{part} differ: read the changes, then run tests/sandbox/trim_discovery.py"
        )


def test_the_shipped_file_is_what_the_script_writes() -> None:
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))
    assert SHIPPED.read_text(encoding="utf-8") == text(shipped)


def test_every_method_is_provided() -> None:
    assert {method.id for method in discovery.methods()} == set(OPERATIONS)


@for_each("prefix", ["/v3/", "/blogger/v3/"])
@for_each("method", discovery.methods(), ids=lambda m: m.id)
def test_every_route_is_served_under_both_prefixes(
    api: Api, method: discovery.Method, prefix: str
) -> None:
    raw = discovery.document()["methods"][f"blogger.{method.id}"]
    path = re.sub(
        r"\{(\w+)\}",
        lambda m: {"blogId": api.sandbox.blog.id, "userId": "self"}.get(m[1], "1"),
        raw["path"],
    )
    answer = api.call(
        method.verb,
        prefix + path.removeprefix("v3/"),
        {} if method.request else None,
        url="http://localhost/",
        path="/x",
        q="x",
    )
    assert answer.status_code in (200, 404)
    assert answer.mimetype == "application/json"


def test_answers_hold_only_fields_of_their_schema(api: Api) -> None:
    made = api.new(
        "With everything",
        labels=["a"],
        location={"name": "Miami", "lat": 25.7, "lng": -80.1},
        content='<img src="https://e.x/1">',
    )
    page = api.new("About", kind="pages", draft=False)
    api.post(f"/posts/{made['id']}/publish")
    comment = api.sandbox.blog.comment(made["id"], "Asha", "Thanks")
    api.sandbox.blog.comment(made["id"], "Ravi", "Yes", parent=comment.id)
    blog = f"/v3/blogs/{api.sandbox.blog.id}"
    mine = f"/v3/users/self/blogs/{api.sandbox.blog.id}/posts"
    for schema, answer in (
        ("Post", api.get(f"/posts/{made['id']}", view="ADMIN", fetchImages="true", maxComments=9)),
        ("PostList", api.get("/posts", fetchImages="true")),
        ("Page", api.get(f"/pages/{page['id']}")),
        ("PageList", api.get("/pages")),
        ("Blog", api.get(blog, maxPosts=3)),
        ("BlogList", api.get("/v3/users/self/blogs", fetchUserInfo="true")),
        ("BlogUserInfo", api.get(f"/v3/users/self/blogs/{api.sandbox.blog.id}")),
        ("Comment", api.get(f"/posts/{made['id']}/comments/{comment.id}", view="ADMIN")),
        ("CommentList", api.get("/comments")),
        ("Pageviews", api.get("/pageviews")),
        ("PostUserInfo", api.get(f"{mine}/{made['id']}")),
        ("PostUserInfosList", api.get(mine)),
        ("User", api.get("/v3/users/self")),
    ):
        assert answer.status_code == 200
        discovery.check_body(schema, answer.get_json())


def test_no_such_route_is_googles_html_page(api: Api) -> None:
    for verb, path in (
        ("GET", "/v3/nonsense"),
        ("PATCH", "/v3/users/self"),
        ("PUT", "/v3/blogs/byurl"),
    ):
        answer = api.call(verb, path)
        assert (answer.status_code, answer.mimetype) == (404, "text/html")


@for_each(
    ("given", "message"),
    [
        ({"view": "EDITOR"}, "view"),
        ({"status": "LIVE,DRAFT"}, "status"),
        ({"maxResults": "ten"}, "max_results"),
        ({"maxResults": "-1"}, "max_results"),
        ({"fetchBodies": "perhaps"}, "fetch_bodies"),
    ],
)
def test_a_parameter_of_the_wrong_type_is_refused(
    api: Api, given: dict[str, str], message: str
) -> None:
    answer = api.get("/posts", **given)
    assert answer.status_code == 400
    assert f"Invalid value at '{message}'" in answer.get_json()["error"]["message"]


def test_enums_are_taken_in_either_case_and_unknown_parameters_ignored() -> None:
    method = next(m for m in discovery.methods() if m.id == "posts.list")
    values = discovery.query(
        method, MultiDict([("status", "live"), ("status", "DRAFT"), ("sortBy", "x")])
    )
    assert values["status"] == ["LIVE", "DRAFT"]
    assert values["fetchBodies"] is True
    assert "sortBy" not in values


@for_each(
    ("body", "message"),
    [
        ([], 'Unknown name "": Root element must be a message.'),
        ({"nope": 1}, "Unknown name \"nope\" at 'post': Cannot find field."),
        ({"author": {"nope": 1}}, "Unknown name \"nope\" at 'post.author': Cannot find field."),
        ({"title": 5}, "Invalid value at 'post.title' (TYPE_STRING), 5"),
        ({"labels": "a"}, "Invalid value at 'post.labels' (TYPE_ARRAY)"),
        ({"labels": ["a", 1]}, "Invalid value at 'post.labels[1]'"),
        ({"readerComments": "MAYBE"}, "Invalid value at 'post.reader_comments'"),
        ({"location": 1}, "Proto field is not an object"),
    ],
)
def test_a_body_that_does_not_fit_the_schema_is_refused(body: object, message: str) -> None:
    with pytest.raises(Refused) as caught:
        discovery.check_body("Post", body)
    assert message in caught.value.message
    assert caught.value.code == 400
    assert "domain" not in caught.value.body()["error"]["errors"][0]
