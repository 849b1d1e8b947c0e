from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw_html, own_widget, refused, said

FIRST = BODY_LINE + 1  # the file's line of a call's first line of YAML


@for_each(
    ("name", "yaml", "line", "code", "words"),
    [
        (
            "timeline",
            "events:\n  - label: x\n    title: y\n    lable: z",
            FIRST + 3,
            "unknown-field",
            'unknown field "lable" in "events"',
        ),
        (
            "timeline",
            "events:\n- {label: x, title: 76,000 crore}",
            FIRST + 1,
            "unknown-field",
            'unknown field "000 crore" in "events"',
        ),
        (
            "timeline",
            "evnts: []\nevents: [{label: x, title: y}]",
            FIRST,
            "unknown-field",
            'timeline has no field "evnts"',
        ),
        (
            "timeline",
            "events:\n  - label: x",
            FIRST + 1,
            "missing-field",
            '"title" is missing in "events"',
        ),
        (
            "timeline",
            "order: up\nevents: [{label: x, title: y}]",
            FIRST,
            "bad-value",
            '"order" must be one of asc, desc, given, not "up"',
        ),
        (
            "timeline",
            "events: x",
            FIRST,
            "wrong-type",
            '"events" must be a list (lines that begin with "- "), not "x"',
        ),
        (
            "timeline",
            "events:\n- x",
            FIRST + 1,
            "wrong-type",
            'item 1 of "events" must be a mapping (lines such as "key: value"), not "x"',
        ),
        ("timeline", "events: []", FIRST, "bad-value", '"events" is empty'),
        (
            "timeline",
            "events:\n- label: x\n  title: [a]",
            FIRST + 2,
            "wrong-type",
            '"title" in "events" must be text, not a list',
        ),
        (
            "timeline",
            "events:\n- label: x\n  title: y\n  current: maybe",
            FIRST + 3,
            "wrong-type",
            '"current" in "events" must be true or false',
        ),
        (
            "timeline",
            "events:\n- date: 2022-13\n  title: y",
            FIRST + 1,
            "bad-value",
            '"date" in "events" must be a date such as 2026',
        ),
        ("timeline", "", BODY_LINE, "missing-field", 'timeline needs the field "events"'),
        ("timeline", "- a\n- b", FIRST, "wrong-type", 'timeline expects lines such as "title: …"'),
        ("quiz-button", "label:", FIRST, "missing-field", 'quiz-button needs the field "label"'),
        ("quiz-button", 'label: " "', FIRST, "bad-value", '"label" is empty'),
        (
            "quiz-button",
            "label: x\nquestions: many",
            FIRST + 1,
            "wrong-type",
            '"questions" must be a whole number',
        ),
        (
            "quiz-button",
            "label: x\nquestions: 2.5",
            FIRST + 1,
            "wrong-type",
            '"questions" must be a whole number',
        ),
        (
            "quiz-button",
            "label: x\nminutes: 0",
            FIRST + 1,
            "bad-value",
            '"minutes" must be at least 1, not 0',
        ),
        (
            "quiz-button",
            "label: x\nurl: javascript:alert(1)",
            FIRST + 1,
            "bad-value",
            '"url" must begin with https://',
        ),
        (
            "meta-box",
            "items:\n- label: x\n  href: javascript:alert(1)\n  value: y",
            FIRST + 2,
            "bad-value",
            '"href" in "items" must not be',
        ),
        (
            "meta-box",
            "items:\n- label: x",
            FIRST + 1,
            "missing-field",
            '"x" has neither value: nor date:',
        ),
    ],
)
def test_each_mistake_is_told_in_plain_words_at_its_line(
    name: str, yaml: str, line: int, code: str, words: str
) -> None:
    problems = said(call(name, yaml), quiz_url="https://example.com/")
    assert len(problems) == 1, problems
    assert problems[0][0] == line
    assert problems[0][1] == code or not code
    assert words in problems[0][2]
    for jargon in ("Input should", "valid", "pydantic", "type=", "Value error"):
        assert jargon not in problems[0][2]


def test_all_mistakes_are_told_at_once() -> None:
    body = (
        call("timeline", "order: up\nevents:\n  - {label: x}\n  - {title: y, colour: red}")
        + "\n"
        + call("tabel", "rows: []")
        + "\n"
    )
    body += call("table", "rows:\n  - [a, b]\n  - [c]\ncolums: [x, y]")
    assert [(line, code) for line, code, _ in said(body)] == [
        (FIRST, "bad-value"),
        (FIRST + 2, "missing-field"),
        (FIRST + 3, "unknown-field"),
        (FIRST + 6, "unknown-widget"),
        (FIRST + 13, "ragged-row"),
        (FIRST + 14, "unknown-field"),
    ]


@for_each(
    ("body", "hint"),
    [
        (call("timelin", ""), 'did you mean "timeline"?'),
        (call("xyz", ""), "see their names with blogkit widget list"),
        (call("timeline", "evnts: []\nevents: [{label: x, title: y}]"), 'did you mean "events"?'),
        (call("timeline", "order: ascc\nevents: [{label: x, title: y}]"), 'did you mean "asc"?'),
        (call("timeline", "events: [{label: x}]"), "What happened"),
        (
            call("timeline", "events: [{label: x, title: 76,000 crore}]"),
            "put quotes around text that contains a comma",
        ),
    ],
)
def test_the_nearest_name_is_offered(body: str, hint: str) -> None:
    assert hint in refused(body)[0].hint


@for_each(
    "yaml",
    [
        "evnts: []\nevents: [{label: x, title: y}]",
        "events: [{label: x}]",
        "order: up\nevents: [{label: x, title: y}]",
        "events: 1",
        "events: []",
    ],
)
def test_a_wrong_field_names_the_command_that_shows_all_fields(yaml: str) -> None:
    assert all(
        "blogkit widget show timeline" in problem.hint
        for problem in refused(call("timeline", yaml))
    )


@pytest.mark.parametrize(("name", "field"), [("timeline", "title"), ("table", "caption")])
def test_the_words_after_the_name_are_the_title(name: str, field: str) -> None:
    yaml = {"timeline": "events: [{label: x, title: y}]", "table": "rows: [[a]]"}[name]
    assert draw_html(call(name, yaml, "Our *title*")) == draw_html(
        call(name, f'{yaml}\n{field}: "Our *title*"')
    )
    assert "Our <em>title</em>" in draw_html(call(name, yaml, "Our *title*"))


def test_two_titles_are_one_too_many() -> None:
    problems = said(call("timeline", "title: a\nevents: [{label: x, title: y}]", "b"))
    assert problems == [
        (BODY_LINE, "title-twice", 'the title is given twice: "b" after {timeline}, and as title:')
    ]


def test_a_widget_without_a_title_takes_none(tmp_path: Path) -> None:
    model = (
        "from blogkit.render.widgets.fields import *\n\nclass Widget(Fields):\n    text: Inline ="
        ' Field("", description="Words")\n'
    )
    registry = own_widget(tmp_path, widget=model, template="<p {{ style() }}>{{ text }}</p>")
    assert said(call("box", "text: x", "Title"), registry=registry)[0][:2] == (
        BODY_LINE,
        "unknown-field",
    )


@for_each(
    "written",
    [
        "2026",
        "2.50",
        "007",
        "1e3",
        "+91",
        "0x1F",
        "true",
        "no",
        "07:30",
        "1_000",
        "2022-23",
        "~tilde",
    ],
)
def test_numbers_in_text_fields_stay_as_they_were_written(written: str) -> None:
    html = draw_html(
        call("meta-box", f"items:\n- label: x\n  value: {written}")
        + "\n"
        + call("table", f"rows: [[{written}]]")
    )
    assert [tag.text for tag in BeautifulSoup(html, "html.parser").find_all(["dd", "td"])] == [
        written,
        written,
    ]


def test_empty_values_count_as_absent_and_empty_cells_stay() -> None:
    assert "None" not in draw_html(
        call("meta-box", "icon:\nitems:\n- label: x\n  value: y\n  href:")
    )
    assert "></td>" in draw_html(call("table", "rows: [[a, ~]]"))


def test_broken_yaml_has_its_line() -> None:
    assert said(call("timeline", "order: asc\nevents: [\n  - x"))[0][0] >= FIRST + 1


def test_a_body_is_written_once(tmp_path: Path) -> None:
    registry = own_widget(tmp_path)
    assert "<p>Words</p>" in draw_html(call("box", "---\nbody: Words\n---\n"), registry=registry)
    ((line, code, message),) = said(call("box", "---\nbody: Words\n---\nMore\n"), registry=registry)
    assert (line, code) == (BODY_LINE + 4, "body-twice")
    assert "given twice" in message


NESTING = """
from __future__ import annotations

from blogkit.render.widgets.fields import Field, Fields, Markdown


class Part(Fields):
    body: Markdown = Field(description="The words")


class Widget(Fields):
    parts: list[Part] = Field(description="The parts")
"""
EACH = "<div {{ style() }}>{% for x in parts %}{{ markdown(x.body) }}{% endfor %}</div>"


@pytest.mark.parametrize(
    ("yaml", "line"),
    [
        ("- body: |\n\n    x\n\n    ![](no.png)", 5),
        ("- body: ![](no.png)", 1),
        ("- {body: '![](no.png)'}", 1),
    ],
)
def test_markdown_in_an_item_knows_its_lines(tmp_path: Path, yaml: str, line: int) -> None:
    registry = own_widget(tmp_path, widget=NESTING, template=EACH)
    assert said(call("box", f"parts:\n{yaml}"), registry=registry)[0][0] == FIRST + line


def test_markdown_in_an_item_may_hold_widgets(tmp_path: Path) -> None:
    registry = own_widget(tmp_path, widget=NESTING, template=EACH)
    nested = (
        "parts:\n- body: |\n    Words\n\n    ```{meta-box}\n    items:\n    - {label: a, WRONG:"
        " b}\n    ```"
    )
    html = draw_html(f"````{{box}}\n{nested.replace('WRONG', 'value')}\n````", registry=registry)
    assert [
        tag.name for tag in BeautifulSoup(html, "html.parser").div.find_all(True, recursive=False)
    ] == [
        "p",
        "div",
    ]  # type: ignore[union-attr]
    assert said(f"````{{box}}\n{nested}\n````", registry=registry)[0][:2] == (
        FIRST + 6,
        "unknown-field",
    )


def test_a_body_in_the_yaml_knows_its_line(tmp_path: Path) -> None:
    assert (
        said(
            call("box", "---\nbody: |\n  Words\n\n  ![](no.png)\n---"),
            registry=own_widget(tmp_path),
        )[0][0]
        == FIRST + 4
    )
