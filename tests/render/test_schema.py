"""Editors accept what blogkit accepts, and mark what it refuses: judged by a JSON Schema
validator that is not ours.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema

from blogkit.errors import ContentError
from blogkit.posts import loader, markdown, yaml12
from blogkit.posts.front_matter_schema import KEYS
from blogkit.posts.post import WidgetCall
from blogkit.render.widgets.fields import Role
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.widget_tools import json_schema
from tests.cases import for_each
from tests.render.drawing import OURS, own_widget
from tests.widgets.samples import NAMES, SAMPLES


def judge(made: dict[str, Any]) -> jsonschema.protocols.Validator:
    jsonschema.Draft7Validator.check_schema(made)
    return jsonschema.Draft7Validator(json.loads(json.dumps(made)))


def objections(made: dict[str, Any], value: Any) -> list[str]:
    return [error.message for error in judge(made).iter_errors(value)]


def data_of(name: str, call: WidgetCall) -> Any:
    """The fields of a call, as an editor would see them."""
    model = OURS[name].model
    text, body = call.text, model.field_for(Role.BODY)
    if body:
        parts = (
            call.text.split("---\n", 2) if call.text.startswith("---\n") else ["", "", call.text]
        )
        text = parts[1].removesuffix("\n---")
    if model.field_for(Role.TABLE):
        text = text.split("\n|")[0].removesuffix("\n---") if not text.startswith("|") else ""
    value = yaml12.load_yaml(text, path="", line=1).value or {}
    titled = next((field for field in ("title", "caption") if field in model.model_fields), "")
    return value | ({titled: call.title} if call.title else {}) | ({body: "Words"} if body else {})


@for_each(("sample", "body"), SAMPLES, ids=[name for name, _ in SAMPLES], quick=20)
def test_what_renders_is_accepted(sample: str, body: str) -> None:
    call = next(
        part
        for block in markdown.parse_markdown(body, line=1, path="")
        for part in block.parts
        if isinstance(part, WidgetCall)
    )
    assert objections(json_schema.of_widget(OURS[call.name]), data_of(call.name, call)) == []


@for_each("name", NAMES)
def test_every_field_is_described_and_no_other_is_accepted(name: str) -> None:
    made = json_schema.of_widget(OURS[name])
    assert made["title"] == name
    assert made["description"] == OURS[name].purpose
    for part in (made, *made.get("$defs", {}).values()):
        assert part["additionalProperties"] is False
        assert all(field.get("description") for field in part["properties"].values())
    assert objections(made, {"no-such-field": 1})


@for_each(
    ("name", "yaml", "right"),
    [
        ("timeline", "events: [{label: 2022, title: a}]", True),
        ("timeline", "title:\nevents: [{label: 2.50, title: true, text: }]", True),
        ("timeline", "title: a", False),
        ("timeline", "events: []", False),
        ("timeline", "events:", False),
        ("timeline", "order: up\nevents: [{label: a, title: a}]", False),
        ("timeline", "events: [{label: a, titel: a}]", False),
        ("timeline", "events: [{label: a, title: }]", False),
        ("timeline", "events: [{label: a, title: [a]}]", False),
        ("quiz-button", "label: Go\nquestions: 10\nnew_tab: true", True),
        ("quiz-button", "label: Go\nquestions: ten", False),
        ("quiz-button", "label: Go\nquestions: 0", False),
        ("table", "columns: [a, 2026, {label: c, kind: number}]\nrows: [[1, ~, true]]", True),
        ("table", "columns: [{label: c, kind: numbr}]\nrows: [[1]]", False),
    ],
)
def test_what_is_marked(name: str, yaml: str, right: bool) -> None:
    assert (
        objections(json_schema.of_widget(OURS[name]), yaml12.load_yaml(yaml, path="", line=1).value)
        == []
    ) == right


def test_an_own_validator_is_given_room(tmp_path: Path) -> None:
    """What a function makes of a value only the function knows: the schema takes every scalar
    there.
    """
    model = (
        "from typing import Annotated, Any\nfrom pydantic import BeforeValidator\nfrom"
        " blogkit.render.widgets.fields import Field, Fields, Inline\nclass Pair(Fields):\n   "
        " left: Inline = Field(description='x')\nclass Widget(Fields):\n    pair: Annotated[Pair,"
        " BeforeValidator(lambda v: {'left': v})] = Field(description='x')\n"
    )
    made = json_schema.of_widget(own_widget(tmp_path, widget=model)["box"])
    assert objections(made, {"pair": "a"}) == objections(made, {"pair": {"left": "a"}}) == []
    assert objections(made, {"pair": ["a"]})


FRONT = [
    ("title: a", True),
    ("title: 2026", True),
    ("title:", False),
    ("labels: [a]", False),
    ("title: a\nlabels: [a, 2]\ntags: a, b\ncategories:", True),
    ("title: a\nlabels: [[a]]", False),
    ("title: a\nlabel: b", False),
    ("title: [a]", False),
    ("title: a\npublish: 2030-12-01 07:00", True),
    ("title: a\npublish: 2030-12-01T07:00:00+05:30", True),
    ("title: a\npublish: now", True),
    ("title: a\npublish: Draft", True),
    ("title: a\npublish: 2030-12-01", False),
    ("title: a\npublish: soon", False),
    ("title: a\ntype: page", True),
    ("title: a\ntype: an article", False),
    ("title: a\nlanguage: en-IN", True),
    ("title: a\nlanguage: english please", False),
    (
        (
            "title: a\nquiz: https://example.com/q\nexcerpt: b\nimage: a.jpg\nimage_alt: c\nslug:"
            " a-b\nkey: a\nsites: [main]"
        ),
        True,
    ),
]


@for_each(("yaml", "right"), FRONT)
def test_front_matter_is_judged_as_blogkit_judges_it(
    tmp_path: Path, yaml: str, right: bool
) -> None:
    path = tmp_path / "posts" / "a.md"
    try:
        loader.load_post(
            path, root=tmp_path, zone=ZoneInfo("Asia/Kolkata"), text=f"---\n{yaml}\n---\n".encode()
        )
        loads = True
    except ContentError:
        loads = False
    assert loads == right, "the table above is wrong"
    assert (
        objections(json_schema.of_front_matter(), yaml12.load_yaml(yaml, path="", line=1).value)
        == []
    ) == right


def test_sites_are_those_of_the_workspace() -> None:
    made = json_schema.of_front_matter(["main", "school"])
    assert objections(made, {"title": "a", "sites": ["school"]}) == []
    assert objections(made, {"title": "a", "sites": ["scool"]})


def test_every_key_of_front_matter_is_described() -> None:
    properties = json_schema.of_front_matter()["properties"]
    assert list(properties) == list(KEYS)
    assert all(field["description"] for field in properties.values())


def test_no_widget_is_called_like_the_schema_of_front_matter() -> None:
    assert json_schema.FRONT_MATTER not in Registry([builtin_folder()])
