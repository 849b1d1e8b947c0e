from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, Tag

from blogkit.sanitizers.profiles import PROFILES, Profile
from tests.cases import for_each
from tests.render.drawing import call, draw_html

URL = "https://example.com/quiz"


def button(html: str) -> Tag:
    (link,) = BeautifulSoup(html, "html.parser").find_all("a")
    return link


@for_each("profile", PROFILES.values(), ids=PROFILES)
def test_it_is_a_plain_link(profile: Profile) -> None:
    link = button(draw_html(call("quiz-button", f"label: Go\nurl: {URL}"), profile))
    assert (link["href"], link.text) == (URL, "Go")
    assert not {"target", "onclick", "role"} & set(link.attrs)


def test_its_words_stay_white_and_its_target_large() -> None:
    link = button(draw_html(call("quiz-button", f"label: Go\nurl: {URL}")))
    style = str(link["style"])
    assert "color:var(--bk-on-accent,light-dark(#ffffff,#18181b))!important" in style
    padding = int(re.search(r"padding:(\d+)px", style)[1])  # type: ignore[index]
    assert 2 * padding + 1.4 * 16 >= 44
    assert re.search("float:left;.*width:calc\\(100% - 4px\\);max-width:18em", style), (
        "it fills a phone"
    )


def test_a_new_tab_is_announced() -> None:
    html = draw_html(call("quiz-button", f"label: Go\nurl: {URL}\nnew_tab: true\nnote: Note."))
    link = button(html)
    assert (link["target"], link["rel"]) == ("_blank", ["noopener"])
    told = BeautifulSoup(html, "html.parser").find(id=str(link["aria-describedby"]))
    assert told
    assert told.text == "Note. The test opens in a new tab."


@pytest.mark.parametrize(
    ("yaml", "words"),
    [
        ("questions: 10\nminutes: 8", "10 questions 8 minutes"),
        ("questions: 1\nminutes: 1", "1 question 1 minute"),
        ("minutes: 8", "8 minutes"),
    ],
)
def test_the_facts(yaml: str, words: str) -> None:
    html = draw_html(call("quiz-button", f"label: Go\nurl: {URL}\n{yaml}"))
    first = BeautifulSoup(html, "html.parser").p
    assert first
    assert first.text.replace("\xa0", " ") == words


def test_note_and_text_are_shown() -> None:
    html = draw_html(
        call("quiz-button", f"label: Go\nurl: {URL}\nnote: A *note*\ntext: Some text", "Title")
    )
    assert [p.text for p in BeautifulSoup(html, "html.parser").find_all("p")] == [
        "Title",
        "Some text",
        "Go",
        "A note",
    ]


def test_the_posts_quiz_fills_it_and_its_own_address_comes_first() -> None:
    assert (
        button(
            draw_html(call("quiz-button", "label: Go"), quiz_url="https://example.com/?a=1&b=2")
        )["href"]
        == "https://example.com/?a=1&b=2"
    )
    assert (
        button(
            draw_html(
                call("quiz-button", f"label: Go\nurl: {URL}"), quiz_url="https://other.example/"
            )
        )["href"]
        == URL
    )
    for written in ("YOUR_MOCK_TEST_LINK_HERE", '"{{ quiz_url }}"'):
        assert (
            button(draw_html(call("quiz-button", f"label: Go\nurl: {written}"), quiz_url=URL))[
                "href"
            ]
            == URL
        )


def test_a_link_in_the_label_gives_way() -> None:
    assert (
        button(
            draw_html(call("quiz-button", f'label: "[Go](https://other.example/)"\nurl: {URL}'))
        ).text
        == "Go"
    )
