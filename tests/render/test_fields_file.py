"""Widgets without Python: what fields.yaml may hold, and what their templates may do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import ContentError
from blogkit.render.widgets.field_types import fields_of
from blogkit.render.widgets.fields import Fields, Role
from blogkit.render.widgets.fields_file import FIELD_TYPES, read_fields_file
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.widget_tools import expected_output, scaffold
from tests.cases import for_each
from tests.render.drawing import OURS, call, draw_html, said
from tests.widgets.samples import NAMES

EVERY_TYPE = """\
purpose: One of everything
fields:
  - {name: title, type: inline, description: The heading}
  - {name: plain, type: text, default: 2.50, description: Plain text}
  - {name: body, type: markdown, description: The words}
  - {name: link, type: url, default: https://example.com/, description: An address}
  - {name: photo, type: image, description: A picture}
  - {name: test, type: quiz, description: A mock test}
  - {name: day, type: date, default: 2026-12, description: A date}
  - {name: count, type: number, description: How many}
  - {name: wide, type: boolean, default: true, description: Whether it is wide}
  - {name: data, type: file, description: A file of data}
  - {name: rows, type: table, description: A table}
  - {name: tone, type: choice, choices: [good, bad], description: The tone}
  - {name: columns, type: choice, choices: [1, 2, 3], default: 2, description: How many columns}
  - {name: tags, type: list, of: inline, description: Words}
  - name: points
    type: list
    description: The points
    fields:
      - {name: label, type: inline, required: true, description: What it is about}
      - name: inner
        type: list
        description: Points below it
        fields:
          - {name: text, type: inline, required: true, description: The point}
  - name: badge
    type: group
    description: A badge
    fields:
      - {name: text, type: text, required: true, description: Its word}
"""


SOME = "".join(
    line
    for line in EVERY_TYPE.splitlines(True)
    if not any(name in line for name in ("markdown", "table", "quiz"))
)
"""Without the fields that a call needs, or that may be all of it."""


def read(folder: Path, text: str) -> tuple[type[Fields], str]:
    path = folder / "fields.yaml"
    path.write_text(text, encoding="utf-8")
    return read_fields_file(path)


def box(folder: Path, fields: str, template: str) -> Registry:
    """A registry with a widget of the blog's own, which needs no trust."""
    (folder / "box").mkdir(parents=True)
    for name, text in {
        "fields.yaml": fields,
        "template.html": template,
        "style.css": ".bk-box { margin: 0 }\n",
        "example.md": "```{box} Title\n```\n",
    }.items():
        (folder / "box" / name).write_text(text, encoding="utf-8")
    return Registry([folder, builtin_folder()])


def test_every_type_is_that_of_a_widget_in_python(tmp_path: Path) -> None:
    model, purpose = read(tmp_path, EVERY_TYPE)
    kinds = {name: kind.what for name, kind in fields_of(model)}
    assert purpose == "One of everything"
    assert kinds == {
        "title": "inline",
        "plain": "text",
        "body": "markdown",
        "link": "address",
        "photo": "image",
        "test": "quiz",
        "day": "date",
        "count": "int",
        "wide": "bool",
        "data": "file",
        "rows": "table",
        "tone": "choice",
        "columns": "choice",
        "tags": "list",
        "points": "list",
        "badge": "fields",
    }
    assert [model.field_for(role) for role in Role] == ["body", "test", "rows"]
    assert {
        line.split("type: ")[1].split(",")[0] for line in EVERY_TYPE.split("\n") if "{name" in line
    } | {
        "list",
        "group",
    } == set(FIELD_TYPES), "this test has every type"


def test_values_are_checked_and_have_defaults(tmp_path: Path) -> None:
    model, _ = read(tmp_path, EVERY_TYPE)
    made: Any = model(points=[{"label": "a", "inner": [{"text": "b"}]}], count=3)
    assert (made.plain, made.day, made.columns, made.wide, made.tone, made.badge) == (
        "2.50",
        "2026-12",
        2,
        True,
        "",
        None,
    )
    assert (made.points[0].inner[0].text, made.count) == ("b", 3)
    for wrong in (
        {"tone": "odd"},
        {"points": [{}]},
        {"link": "javascript:x"},
        {"other": 1},
        {"day": "soon"},
    ):
        with pytest.raises(ValueError, match="validation error"):
            model(**wrong)


@for_each(
    ("fields", "line", "words"),
    [
        ("a text", 3, "must have keys"),
        ("{name: a, type: inlin, description: x}", 3, '"inlin" is not a type of fields'),
        ("{name: a, description: x}", 3, "type is missing"),
        ("{name: a, type: text}", 3, "description must be one line"),
        ("{name: A b, type: text, description: x}", 3, '"A b" is not a valid field name'),
        ("{name: class, type: text, description: x}", 3, '"class" is not a valid field name'),
        ("{name: style, type: text, description: x}", 3, 'cannot be named "style"'),
        ("{name: model_dump, type: text, description: x}", 3, 'cannot be named "model_dump"'),
        ("{name: a, type: text, descripton: x}", 3, 'unknown key "descripton"'),
        ("{name: a, type: choice, description: x}", 3, "choices must be a list"),
        ("{name: a, type: choice, choices: [true], description: x}", 3, "choices must be a list"),
        ("{name: a, type: text, choices: [b], description: x}", 3, "has no choices"),
        ("{name: a, type: list, description: x}", 3, "needs of: or fields:"),
        ("{name: a, type: list, of: table, description: x}", 3, "needs of: or fields:"),
        ("{name: a, type: date, default: soon, description: x}", 3, "the default is not"),
        ("{name: a, type: table, default: x, description: x}", 3, "has no default"),
        ("{name: a, type: text, required: maybe, description: x}", 3, "true or false"),
        ("{name: a, type: text, required: true, default: b, description: x}", 3, "no default"),
        (
            "{name: a, type: text, description: x}\n  - {name: a, type: text, description: x}",
            4,
            "is there twice",
        ),
        (
            "{name: a, type: markdown, description: x}\n  - {name: b, type: markdown, description: x}",
            2,
            "a widget has one body",
        ),
        (
            "name: a\n    type: list\n    description: x\n    fields:\n      - {name: b, type: nope}",
            7,
            '"nope" is not a type',
        ),
        ("[", 3, "not closed"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, fields: str, line: int, words: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read(tmp_path, f"purpose: x\nfields:\n  - {fields}\n")
    found = [f"{problem.line}: {problem.message}" for problem in caught.value.problems]
    assert any(each.startswith(f"{line}: ") and words in each for each in found), found
    assert all(problem.path.endswith("fields.yaml") for problem in caught.value.problems)


def test_the_nearest_type_is_offered(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        read(tmp_path, "fields:\n- {name: a, type: inlin, description: x}\n")
    assert caught.value.problems[0].hint == 'did you mean "inline"?'


@for_each(
    "text", ["", "fields: []", "fields: 3", "- a", "purpose: [x]\nfields: []", "fields: {a: b}"]
)
def test_a_file_without_fields_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ContentError):
        read(tmp_path, text)


def test_a_file_of_any_size_is_refused(tmp_path: Path) -> None:
    many = "".join(f"- {{name: a{n}, type: text, description: x}}\n" for n in range(201))
    for text, words in ((f"fields:\n{many}", "at most 200"), ("#" * 100_001, "larger than")):
        with pytest.raises(ContentError, match=words):
            read(tmp_path, text)


def test_it_renders_like_any_other(tmp_path: Path) -> None:
    template = (
        "<div {{ style() }}>\n{% for point in points %}\n  <p>{{ point.label }} {{ count }}</p>\n"
        "{% endfor %}\n</div>\n"
    )
    registry = box(tmp_path, SOME, template)
    html = draw_html(call("box", "count: 3\npoints: [{label: '**a**'}]", "T"), registry=registry)
    assert "<p><strong>a</strong> 3</p>" in html
    assert registry["box"].purpose == "One of everything"
    ((line, code, _),) = said(
        call("box", "points: [{label: a, lable: b}]", "T"), registry=registry
    )[:1]
    assert (line, code) == (5, "unknown-field")


# templates of own widgets


@for_each(
    "expression",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''['__class__'] }}",
        "{{ '' | attr('__class__') }}",
        "{{ [''] | map(attribute='__class__') | first }}",
        "{{ '{0.__class__}'.format(title) }}",
        "{{ '%s' | format(title.__class__) }}",
        "{{ style.__globals__ }}",
        "{{ style.sheet.__init__ }}",
        "{{ uid.func.__globals__ }}",
        "{{ uid.args[0].root.read_text() }}",
        "{{ uid['args'] }}",
        "{{ [uid] | map(attribute='args') | first }}",
        "{{ '{0.args}'.format(uid) }}",
        "{{ markdown.__globals__ }}",
        "{{ widget.parse_raw('x') }}",
        "{{ widget.parse_file('/etc/passwd') }}",
        "{{ widget.model_fields }}",
        "{{ widget.model_dump() }}",
        "{{ profile.__class__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ dict.fromkeys('a') }}",
        "{{ tags.append('x') }}",
        "{{ range(10**9) | list }}",
        "{{ 'x' * 10**9 }}",
        "{{ [1] * 10**9 }}",
        "{{ 10 ** (9 ** 9) }}",
        "{% include '../../secret.txt' %}",
        "{% include '/etc/passwd' %}",
        "{% include 'secret.txt' %}",
        "{% include 'box/.hidden' %}",
        "{% include 'box/link.txt' %}",
        "{% include 'box/out/secret.txt' %}",
        "{% import '../secret.txt' as x %}{{ x }}",
        "{% from 'box/link.txt' import x %}",
        "{% extends 'linked/secret.txt' %}",
        "{{ x.y }}",
    ],
)
def test_a_template_gets_at_nothing_but_its_values(tmp_path: Path, expression: str) -> None:
    widgets = tmp_path / "widgets"
    registry = box(widgets, SOME, f"<div {{{{ style() }}}}>\n<p>{expression}</p>\n</div>")
    outside = tmp_path / "outside"
    outside.mkdir()
    for place in (outside / "secret.txt", tmp_path / "secret.txt", widgets / "secret.txt"):
        place.write_text("SECRET", encoding="utf-8")
    (widgets / "box/.hidden").write_text("SECRET", encoding="utf-8")
    (widgets / "box/link.txt").symlink_to(outside / "secret.txt")
    (widgets / "box/out").symlink_to(outside)
    ((line, code, message),) = said(call("box", "tags: [a]", "T"), registry=registry)
    assert (line, code) == (2, "bad-template"), message
    assert "SECRET" not in message


def test_a_template_may_include_files_of_widgets(tmp_path: Path) -> None:
    template = (
        "{% from 'box/macros.html' import item %}<div {{ style() }}>\n{% for tag in tags %}"
        "{{ item(tag, loop.cycle('a', 'b')) }}{% endfor %}\n{{ title.upper() }} {{ '=' * 3 }}</div>"
    )
    registry = box(tmp_path, SOME, template)
    macros = "{% macro item(text, side) %}<p>{{ text }}{{ side }}</p>{% endmacro %}"
    (tmp_path / "box/macros.html").write_text(macros, encoding="utf-8")
    html = draw_html(call("box", "tags: [x, y]", "t"), registry=registry)
    assert all(part in html for part in ("<p>xa</p>", "<p>yb</p>", "T ===")), html


@pytest.mark.slow
@for_each("name", NAMES, quick=8)
def test_a_copy_of_a_built_in_widget_renders_the_same_in_the_sandbox(
    tmp_path: Path, name: str
) -> None:
    folder = scaffold.eject_widget(OURS[name], tmp_path)
    registry = Registry([tmp_path, builtin_folder()], allowed=lambda _folder: True)
    assert registry[name].template.environment.sandboxed
    assert not OURS[name].template.environment.sandboxed
    for path, text in expected_output.expected(folder, registry, tmp_path).items():
        assert (builtin_folder() / name / "expected" / path.name).read_text("utf-8") == text
