from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from blogkit.sanitizers.profiles import BLOGGER, FEED, STRICT, Profile
from tests.render.drawing import BODY_LINE, call, draw_html, said

ITEMS = (
    "items: [{question: Why?, answer: Because.}, {question: '[When](https://example.com/)?',"
    " answer: Now.}]"
)


@pytest.mark.parametrize("profile", [STRICT, BLOGGER], ids=lambda profile: profile.name)
def test_answers_are_shown_at_first_so_that_they_are_printed(profile: Profile) -> None:
    soup = BeautifulSoup(draw_html(call("faq", ITEMS), profile), "html.parser")
    assert [item.has_attr("open") for item in soup.find_all("details")] == [True, True]
    assert [
        (item.select_one("summary > strong").text, item.p.text) for item in soup.find_all("details")
    ] == [
        ("Why?", "Because."),
        ("When?", "Now."),
    ]


def test_answers_may_be_folded() -> None:
    assert not BeautifulSoup(draw_html(call("faq", f"open: false\n{ITEMS}")), "html.parser").select(
        "details[open]"
    )


def test_a_question_is_no_link_because_it_opens_its_answer() -> None:
    assert not BeautifulSoup(draw_html(call("faq", ITEMS)), "html.parser").select("summary a")


def test_where_details_are_lost_questions_keep_their_weight() -> None:
    html = draw_html(call("faq", ITEMS), FEED)
    assert (
        html == "<div><p><strong>Why?</strong></p> <p>Because.</p> <p><strong>When?</strong></p>"
        " <p>Now.</p></div>"
    )


def test_what_is_refused() -> None:
    assert said(call("faq", "items:\n- {question: a}"))[0][:2] == (BODY_LINE + 2, "missing-field")
    assert said(call("faq", "items:\n- question: a\n  answer: ''"))[0][:2] == (
        BODY_LINE + 3,
        "bad-value",
    )
    assert said(call("faq", "open: maybe\n" + ITEMS))[0][:2] == (BODY_LINE + 1, "wrong-type")
