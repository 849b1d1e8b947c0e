from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw, draw_html, said

FIRST = BODY_LINE + 1


def test_points_nest() -> None:
    yaml = (
        "groups: [{title: T, items: [a, {label: L, text: b, children: [c, {text: d, children:"
        " [e]}]}]}]"
    )
    html = draw_html(call("key-points", yaml))
    soup = BeautifulSoup(html, "html.parser")
    assert soup.get_text() == "T a L: b c d e"
    assert [len(soup.select("ol > li" + " > ul > li" * depth)) for depth in (1, 2, 3)] == [2, 2, 1]


@pytest.mark.parametrize(
    ("yaml", "tag", "start"),
    [("numbered: false", "ul", None), ("start: 3", "ol", "3"), ("", "ol", None)],
)
def test_groups_are_numbered_by_a_real_list(yaml: str, tag: str, start: str | None) -> None:
    groups = BeautifulSoup(
        draw_html(call("key-points", f"{yaml}\ngroups: [{{items: [a]}}]")), "html.parser"
    ).select_one("div > *")
    assert groups
    assert (groups.name, groups.get("start")) == (tag, start)


GROUP = """groups:
- title: T
  items: [a]
  body: |
    Words.

    ```{meta-box} Inner
    items:
    - {label: Where, value: Miami}
    ```
"""


def test_a_group_holds_any_other_widget() -> None:
    soup = BeautifulSoup(draw_html(call("key-points", GROUP)), "html.parser")
    assert soup.get_text() == "T a Words. Inner Where Miami"
    assert soup.select_one("ol > li > .bk-key-box")


def test_what_is_wrong_in_a_nested_widget_has_its_own_line() -> None:
    ((line, code, message),) = said(call("key-points", GROUP.replace("value", "valeu")))
    assert (line, code) == (FIRST + 8, "unknown-field")
    assert 'unknown field "valeu"' in message


def test_a_quiz_button_in_a_group_waits_like_any_other() -> None:
    body = call("key-points", "groups:\n- body: |\n    ```{quiz-button}\n    label: Go\n    ```")
    assert said(body)[0][:2] == (FIRST + 2, "open-placeholder")
    assert 'href="https://example.com/quiz"' in draw_html(body, quiz_url="https://example.com/quiz")
    assert draw(body, allow_open=True).pending_quiz_links


@for_each(
    ("yaml", "line", "words"),
    [
        ("groups:\n- {items: [a]}\n- {title: Empty}", 3, '"Empty" has neither items: nor body:'),
        ("groups:\n- {body: ' '}", 2, '"1" has neither'),
        (
            "groups:\n- items:\n  - {text: a, children: [{label: b}]}",
            3,
            '"text" is missing in "children"',
        ),
        ("start: 2\nnumbered: false\ngroups: [{items: [a]}]", 1, "start: requires numbered groups"),
        ("groups: []", 1, '"groups" is empty'),
    ],
)
def test_what_is_refused(yaml: str, line: int, words: str) -> None:
    problem = said(call("key-points", yaml))[0]
    assert problem[0] == BODY_LINE + line
    assert words in problem[2]
