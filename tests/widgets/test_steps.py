from __future__ import annotations

from bs4 import BeautifulSoup

from tests.render.drawing import BODY_LINE, call, draw_html, said


def test_the_number_of_a_step_is_text_that_stays_in_feeds() -> None:
    html = draw_html(call("steps", "items: [{title: One, text: how}, {title: Two}]", "How to"))
    steps = BeautifulSoup(html, "html.parser").select("div > div")
    assert [[p.text for p in step.find_all("p")] for step in steps] == [["1 One", "how"], ["2 Two"]]
    assert "<strong>How to</strong>" in html


def test_a_list_may_go_on() -> None:
    html = draw_html(call("steps", "start: 4\nitems: [{title: a}]"))
    assert BeautifulSoup(html, "html.parser").get_text() == "4 a"


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
