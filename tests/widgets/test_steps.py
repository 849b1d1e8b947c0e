from __future__ import annotations

from bs4 import BeautifulSoup

from tests.render.drawing import BODY_LINE, call, draw_html, said


def test_steps_are_numbered_by_the_list_itself() -> None:
    html = draw_html(call("steps", "items: [{title: One, text: how}, {title: Two}]", "How to"))
    steps = BeautifulSoup(html, "html.parser").select("ol > li")
    assert [[p.text for p in step.find_all("p")] for step in steps] == [["One", "how"], ["Two"]]
    assert "start=" not in html
    assert "list-style-type:decimal" in html
    assert "<strong>How to</strong>" in html


def test_a_list_may_go_on() -> None:
    assert '<ol start="4"' in draw_html(call("steps", "start: 4\nitems: [{title: a}]"))


def test_what_is_refused() -> None:
    assert said(call("steps", "items: []"))[0][:2] == (BODY_LINE + 1, "bad-value")
    assert said(call("steps", "start: 0\nitems: [{title: a}]"))[0][:2] == (
        BODY_LINE + 1,
        "bad-value",
    )
    assert said(call("steps", "items:\n- {title: a}\n- {text: b}"))[0][:2] == (
        BODY_LINE + 3,
        "missing-field",
    )
