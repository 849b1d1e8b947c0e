from __future__ import annotations

from bs4 import BeautifulSoup

from blogkit.render.looks.theme import theme_from_settings
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
    assert soup.get_text() == "1 T a L: b c d e"
    assert [len(soup.select("div" + " > ul > li" * depth)) for depth in (1, 2, 3)] == [2, 2, 1]


@for_each(
    ("yaml", "words"),
    [("numbered: false", "a b T c"), ("start: 3", "3 a b 4 T c"), ("", "1 a b 2 T c")],
)
def test_the_number_of_a_group_is_text_that_stays_in_feeds(yaml: str, words: str) -> None:
    groups = "groups: [{items: [a, b]}, {title: T, items: [c]}]"
    html = draw_html(call("key-points", f"{yaml}\n{groups}"))
    assert BeautifulSoup(html, "html.parser").get_text() == words


@for_each(("preset", "shown"), [("exam", "✓ T a"), ("notebook", "✎ T a"), ("newsroom", "T a")])
def test_groups_without_numbers_have_the_sign_of_the_look(preset: str, shown: str) -> None:
    html = draw_html(
        call("key-points", "numbered: false\ngroups: [{title: T, items: [a]}]"),
        theme=theme_from_settings({"preset": preset}),
    )
    assert BeautifulSoup(html, "html.parser").get_text() == shown


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
    assert soup.get_text() == "1 T a Words. Inner Where Miami"
    assert soup.select_one("div > .bk-key-box")


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
