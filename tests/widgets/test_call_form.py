"""The form of the playground: each widget's example survives it, and problems find their field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import blogkit
from blogkit.errors import ContentError
from blogkit.posts.yaml12 import load_yaml
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.widget_tools.call_form import call_values, written_call
from tests.cases import for_each

OURS = Registry([builtin_folder()])
TOML = '[sites.main]\nplatform = "folder"\nfolder = "site"\n'


@pytest.fixture
def project(tmp_path: Path) -> blogkit.Project:
    (tmp_path / "blogkit.toml").write_text(TOML, encoding="utf-8")
    return blogkit.open(tmp_path, environ={})


@for_each("name", list(OURS))
def test_an_example_survives_the_form(name: str) -> None:
    kind = OURS[name]
    example = call_values(kind, kind.example)
    text = written_call(kind, example.fields).text + example.below
    assert call_values(kind, text) == example
    assert text.lstrip("`").startswith(f"{{{name}}}")


@for_each("name", list(OURS))
def test_an_example_looks_the_same(name: str, project: blogkit.Project) -> None:
    found = project.preview_widget(name, project.example_fields(name), profile="blogger")
    kind = OURS[name]
    path = project.config.root / "posts" / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\ntitle: {name}\n---\n{kind.example}", encoding="utf-8")
    html = project.render(path, quiz_url="https://example.com/quiz", site="main").html
    assert found.problems == ()
    assert len(found.html) > 100
    assert words(found.page) == words(html) or name == "quiz-button"


def words(html: str) -> list[str]:
    from blogkit.html import words as read

    return read(html.replace("<", " <")).split()


WRONG: list[tuple[str, dict[str, Any], tuple[Any, ...], str]] = [
    ("timeline", {}, ("events",), "needs the field"),
    ("timeline", {"events": [{"title": "A"}, {"label": "B"}]}, ("events", 1, "title"), "is missing"),
    ("timeline", {"order": "up", "events": [{"label": "A", "title": "B"}]}, ("order",), "one of"),
    ("timeline", {"events": [{"title": "B"}]}, ("events", 0), "neither label"),
    ("mcq", {"items": [{"text": "Q", "options": ["a", "b"], "answer": "z"}]}, ("items", 0), "not one of the options"),
    ("table", {"columns": ["A"], "rows": [["1"]], "mobile": "x"}, ("mobile",), "one of"),
    ("callout", {"body": "B", "kind": "loud"}, ("kind",), "one of"),
    ("quote", {}, (), ""),
]  # fmt: skip


@for_each("case", WRONG, ids=lambda case: f"{case[0]} {case[2]}")
def test_a_problem_is_at_its_field(
    case: tuple[str, dict[str, Any], tuple[Any, ...], str], project: blogkit.Project
) -> None:
    name, fields, trail, words = case
    found = project.preview_widget(name, fields)
    assert found.html == ""
    trails = [place[: len(trail)] for place, _ in found.problems]
    assert trail in trails, found.problems
    assert any(words in problem.message for _, problem in found.problems)


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
TEXTS |= st.text("ab:#- \n\t\u2028|\"'", min_size=1, max_size=20)
VALUES = st.recursive(
    TEXTS | st.integers(-9, 9) | st.booleans(),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(
            st.from_regex(r"[a-z]{1,5}", fullmatch=True), inner, min_size=1, max_size=3
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.from_regex(r"[a-z]{2,5}", fullmatch=True), VALUES, max_size=4))
def test_any_values_are_written_so_that_they_read_the_same(fields: dict[str, Any]) -> None:
    call = written_call(OURS["timeline"], {key: fields[key] for key in fields if key != "title"})
    assert call.title == ""
    read = load_yaml(call.inside, path="", line=1).value or {}
    assert read == {key: value for key, value in fields.items() if key != "title"}


@pytest.mark.parametrize(
    "title", ["Plain words", "हिन्दी का शीर्षक", "It's 5 > 4", "-- x", "`a`", "a\nb", " x "]
)
def test_a_title_is_kept(title: str) -> None:
    fields = {"title": title, "events": [{"label": "A", "title": "B"}]}
    try:
        kept = call_values(OURS["timeline"], written_call(OURS["timeline"], fields).text).fields
    except ContentError as error:
        pytest.fail(str(error))
    assert kept["title"].split() == title.split()
