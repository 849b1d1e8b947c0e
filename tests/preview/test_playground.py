"""The playground: every widget with its form, its picture and its text; a wrong value is named."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from blogkit.preview.access import TOKEN_HEADER, Access
from blogkit.render.widgets.registry import Registry, builtin_folder
from tests.cases import for_each
from tests.preview.conftest import BASE

OURS = Registry([builtin_folder()])


def draw(client: FlaskClient, access: Access, **asked: object) -> Any:
    headers = {"Origin": BASE, TOKEN_HEADER: access.page_token}
    return client.post("/widget", base_url=BASE, json=asked, headers=headers)


@for_each("name", list(OURS))
def test_each_widget_has_a_form_a_picture_and_a_text(
    client: FlaskClient, access: Access, name: str
) -> None:
    form = client.get("/widget", query_string={"name": name}, base_url=BASE).json
    assert set(form["fields"]) <= set(form["schema"]["properties"])
    found = draw(client, access, name=name, fields=form["fields"], profile="blogger").json
    assert found["problems"] == []
    assert found["call"].lstrip("`").startswith(f"{{{name}}}")
    answer = client.get(f"/picture/{found['picture']}?scheme=dark", base_url=BASE)
    assert "color-scheme:dark" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert f'data-widget="{name}"' in client.get("/widgets", base_url=BASE).text


def test_the_fields_come_in_the_order_of_the_widget(client: FlaskClient) -> None:
    form = client.get("/widget?name=timeline", base_url=BASE).json
    assert list(form["schema"]["properties"])[:3] == ["title", "order", "events"]


def test_a_wrong_value_is_named_at_its_field(client: FlaskClient, access: Access) -> None:
    fields = {"order": "up", "events": [{"label": "2020", "title": "A"}]}
    found = draw(client, access, name="timeline", fields=fields, profile="wordpress-author").json
    (problem,) = found["problems"]
    assert problem["trail"] == ["order"]
    assert "must be one of asc, desc, given" in problem["message"]
    assert (found["picture"], found["html"]) == (0, "")


HOSTILE: dict[str, Any] = {
    "title": "<script>alert(1)</script>",
    "events": [{"label": "a\n```\n<script>x</script>", "title": '"><img src=x onerror=x>'}],
}


def test_a_hostile_value_is_text(client: FlaskClient, access: Access) -> None:
    found = draw(client, access, name="timeline", fields=HOSTILE, profile="blogger").json
    assert "<script" not in found["html"]
    assert "<img" not in found["html"]
    deep: Any = "x"
    for _ in range(200):
        deep = [deep]
    for fields in ({"events": deep}, {"events": {"a": {}}}, {"é\n": None}, {"": ""}):
        answer = draw(client, access, name="timeline", fields=fields, profile="blogger")
        assert answer.status_code == 200, fields
        assert answer.json["problems"]


WRONG = [
    ({"name": "nothing", "fields": {}, "profile": "blogger"}, 404),
    ({"name": "timeline", "fields": {}, "profile": "paper"}, 404),
    ({"name": "timeline", "fields": [], "profile": "blogger"}, 400),
    ({}, 400),
]


@for_each("case", WRONG, ids=repr)
def test_a_wrong_request_is_refused(
    client: FlaskClient, access: Access, case: tuple[dict[str, Any], int]
) -> None:
    asked, code = case
    assert draw(client, access, **asked).status_code == code


def test_only_the_last_pictures_are_kept(client: FlaskClient, access: Access) -> None:
    fields = {"events": [{"label": "2020", "title": "A"}]}
    for _ in range(31):
        draw(client, access, name="timeline", fields=fields, profile="blogger")
    assert client.get("/picture/1", base_url=BASE).status_code == 404
    assert client.get("/picture/31", base_url=BASE).status_code == 200
