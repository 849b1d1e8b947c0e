from __future__ import annotations

from bs4 import BeautifulSoup

from tests.render.drawing import BODY_LINE, call, draw_html, said


def test_the_text_is_markdown_and_the_cards_follow_it() -> None:
    html = draw_html(
        call(
            "conclusion",
            "---\ncards: [{title: One, text: '*a*'}, {title: Two}]\n---\nWords.\n\n- item",
            "The end",
        )
    )
    soup = BeautifulSoup(html, "html.parser")
    assert [tag.text for tag in soup.find_all(["p", "li"])] == [
        "The end",
        "Words.",
        "item",
        "One a",
        "Two",
    ]
    assert "<em>a</em>" in html


def test_without_cards_there_is_no_place_for_them() -> None:
    assert draw_html(call("conclusion", "Words.")).count("<div") == 1


def test_every_second_card_begins_a_row() -> None:
    html = draw_html(call("conclusion", "---\ncards: [{title: a}, {title: b}, {title: c}]\n---\n"))
    cards = [
        str(card["style"]) for card in BeautifulSoup(html, "html.parser").select("div div div")
    ]
    assert ["clear:both" in style for style in cards] == [True, False, True]


def test_other_widgets_may_stand_in_it() -> None:
    html = draw_html(
        "````{conclusion}\nWords.\n\n```{timeline}\nevents: [{label: x, title: y}]\n```\n````\n"
    )
    assert '>Words.</p> <div class="bk-timeline"' in html


def test_it_says_something() -> None:
    assert said("Text\n\n" + call("conclusion", "", "The end"))[0][:2] == (
        BODY_LINE + 2,
        "missing-field",
    )
    assert said(call("conclusion", "---\ncards:\n- {text: a}\n---\nb"))[0][:2] == (
        BODY_LINE + 3,
        "missing-field",
    )
