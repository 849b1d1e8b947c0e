from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from blogkit.errors import ContentError, UsageError
from blogkit.render.widgets.registry import Registry, builtin_folder
from tests.cases import for_each
from tests.render.drawing import OURS, call, draw_html, own_widget, said


def problems_of(registry: Registry, name: str) -> list[tuple[str, int, str]]:
    with pytest.raises(ContentError) as caught:
        registry[name]
    return [(Path(p.path).name, p.line, p.message) for p in caught.value.problems]


def test_ours_are_found_and_complete() -> None:
    assert {"meta-box", "quiz-button", "table", "timeline"} <= set(OURS.names())
    assert OURS.names() == sorted(path.name for path in builtin_folder().iterdir() if path.is_dir())
    assert all(OURS[name].origin == "builtin" for name in OURS.names())


def test_a_workspaces_own_widget_comes_before_ours(tmp_path: Path) -> None:
    shutil.copytree(builtin_folder() / "timeline", tmp_path / "timeline")
    (tmp_path / "timeline" / "template.html").write_text("<p {{ style() }}>mine: {{ title }}</p>")
    registry = Registry([tmp_path, builtin_folder()], allowed=lambda _folder: True)
    assert registry["timeline"].origin == "workspace"
    assert "mine: T" in draw_html(
        call("timeline", "events: [{label: x, title: y}]", "T"), registry=registry
    )
    assert registry["timeline"].model is not OURS["timeline"].model
    assert registry.names() == OURS.names()


def test_the_models_of_ours_are_built_once_a_process_and_those_of_others_each_time(
    tmp_path: Path,
) -> None:
    one, two = own_widget(tmp_path), own_widget(tmp_path)
    assert one["timeline"].model is two["timeline"].model
    assert one["box"].model is not two["box"].model


@for_each("missing", ["widget.py", "template.html", "style.css", "example.md"])
def test_an_incomplete_folder_is_refused(tmp_path: Path, missing: str) -> None:
    registry = own_widget(tmp_path)
    (tmp_path / "box" / missing).unlink()
    wanted = "fields.yaml" if missing == "widget.py" else missing
    assert problems_of(registry, "box") == [(wanted, 0, f'the widget "box" has no {wanted}')]
    with pytest.raises(ContentError, match=wanted):
        registry.names()
    assert draw_html(call("timeline", "events: [{label: x, title: y}]"), registry=registry), (
        "other widgets are not held up"
    )


def test_fields_are_data_or_python_not_both(tmp_path: Path) -> None:
    registry = own_widget(tmp_path)
    (tmp_path / "box" / "fields.yaml").write_text("fields: []", encoding="utf-8")
    ((name, _, message),) = problems_of(registry, "box")
    assert (name, message) == ("fields.yaml", 'the widget "box" has fields.yaml and widget.py')


def test_a_bad_folder_name_is_refused(tmp_path: Path) -> None:
    assert (
        problems_of(own_widget(tmp_path, "My Box"), "My Box")[0][2]
        == '"My Box" is not a valid widget name'
    )


def test_unknown_names(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        OURS["tabel"]
    assert 'did you mean "table"' in caught.value.hint
    assert "tabel" not in OURS
    assert Registry([tmp_path / "absent"]).names() == []


def test_loading_leaves_no_trace_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    registry = own_widget(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    model = registry["box"].model
    assert sorted(tmp_path.rglob("*")) == before
    assert model.__module__.startswith("blogkit_widget_workspace_")
    assert model.__module__ in sys.modules


def test_a_broken_model_is_told_with_its_line(tmp_path: Path) -> None:
    ((name, line, message),) = problems_of(
        own_widget(tmp_path / "a", widget="x = 1\ndef (:\n"), "box"
    )
    assert (name, line) == ("widget.py", 2)
    assert "SyntaxError" in message
    ((name, line, message),) = problems_of(
        own_widget(tmp_path / "b", widget="x = 1\n\nimport nothing_of_this_name\n"), "box"
    )
    assert (name, line) == ("widget.py", 3)
    assert "nothing_of_this_name" in message
    assert (
        "class Widget(Fields)"
        in problems_of(own_widget(tmp_path / "c", widget="x = 1\n"), "box")[0][2]
    )


def test_every_field_says_what_it_is_for(tmp_path: Path) -> None:
    model = (
        "from blogkit.render.widgets.fields import *\n\nclass Widget(Fields):\n    text: Inline ="
        ' ""\n'
    )
    ((_, line, message),) = problems_of(own_widget(tmp_path, widget=model), "box")
    assert line == 3
    assert 'field "text" of Widget needs a one-line description' in message


def test_fields_cannot_hide_what_templates_know(tmp_path: Path) -> None:
    model = (
        "from blogkit.render.widgets.fields import *\n\nclass Widget(Fields):\n    style: Inline ="
        ' Field("", description="x")\n'
    )
    assert '"style"' in problems_of(own_widget(tmp_path, widget=model), "box")[0][2]


def test_a_broken_template_is_told_with_its_line(tmp_path: Path) -> None:
    registry = own_widget(tmp_path, template="<div {{ style() }}>\n{% if %}\n</div>")
    assert problems_of(registry, "box")[0][:2] == ("template.html", 2)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>\n{{ nothing }}</p>", "'nothing' is undefined"),
        ('<p>\n<b {{ style("none") }}>x</b></p>', "style.css has no rule .bk-none"),
    ],
)
def test_a_template_that_fails_is_told_with_its_line(
    tmp_path: Path, template: str, words: str
) -> None:
    ((line, code, message),) = said(
        call("box", "x"), registry=own_widget(tmp_path, template=template)
    )
    assert (line, code) == (2, "bad-template")
    assert words in message


def test_models_give_a_json_schema() -> None:
    for name in OURS.names():
        schema = OURS[name].model.model_json_schema()
        assert schema["additionalProperties"] is False
        assert all(field["description"] for field in schema["properties"].values()), name
