from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from blogkit.render.looks.theme import theme_from_settings
from blogkit.render.phrases.lookup import languages, word_list
from blogkit.sanitizers.profiles import BLOGGER, STRICT
from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw_html, said

EVENTS = """
events:
  - {date: 2022-02-03, title: b}
  - {label: Summer, date: 2023-07, title: d}
  - {label: 2022, title: a}
  - {label: Today, title: f, current: true}
  - {date: 2022-02-03, title: c}
  - {label: "2024", title: e}
"""


def shown(html: str) -> str:
    return "".join(
        item.find_all("strong")[-1].text
        for item in BeautifulSoup(html, "html.parser").find_all("li")
    )


@pytest.mark.parametrize(
    ("order", "expected"), [("asc", "abcdef"), ("desc", "fedbca"), ("given", "bdafce")]
)
def test_the_order(order: str, expected: str) -> None:
    assert shown(draw_html(call("timeline", f"order: {order}{EVENTS}"))) == expected


def test_as_written_is_the_default() -> None:
    assert shown(draw_html(call("timeline", EVENTS))) == "bdafce"


def test_what_has_no_date_cannot_be_sorted() -> None:
    yaml = "events:\n- {label: Summer 2023, title: a}\n- {date: 2022, title: b}"
    assert draw_html(call("timeline", yaml))
    ((line, code, message),) = said(call("timeline", f"order: asc\n{yaml}"))
    assert (line, code) == (BODY_LINE + 3, "bad-value")
    assert '"Summer 2023" is not a sortable date' in message


@for_each("date", ["2022-13", "2022-02-30", "22", "2022/02", "2022-2-3", "0000"])
def test_dates_are_real(date: str) -> None:
    assert said(call("timeline", f"events:\n- date: {date}\n  title: a"))[0][0] == BODY_LINE + 2


@for_each(
    ("event", "words"),
    [
        ("{title: a, current: true}", "Now"),
        ("{label: Now, title: a}", "Now"),
        ("{label: अब, title: a}", "अब"),
        ("{label: now, title: a, current: true}", "now"),
        ("{label: December, title: a, current: true}", "December Now"),
        ("{date: 2026-12, title: a, current: true}", "December 2026 Now"),
        ("{label: 2026-12, title: a}", "December 2026"),
        ("{label: 2026-12-04, title: a}", "December 4, 2026"),
        ("{label: 2026-12, date: 2026-12-04, title: a}", "December 2026"),
        ("{label: 2011-12, title: a}", "2011-12"),
        ("{label: 2026-13, title: a}", "2026-13"),
        ("{date: 2026-12-04, title: a}", "December 4, 2026"),
        ("{date: 2026, title: a}", "2026"),
        ("{label: December, date: 2026-12, title: a}", "December"),
    ],
)
def test_where_things_stand_is_said_in_words(event: str, words: str) -> None:
    html = draw_html(call("timeline", f"events: [{event}]"))
    item = BeautifulSoup(html, "html.parser").li
    assert item
    assert item.p
    assert item.p.text == f"{words} a"
    assert "aria-current" not in html


@for_each("word", ["Now", "now", "अब", *(str(word_list(tag)["Now"]) for tag in languages())])
@for_each("preset", ["editorial", "exam", "minimal", "newsroom", "notebook", "saffron"])
def test_now_is_marked_also_if_the_label_is_the_word_itself(word: str, preset: str) -> None:
    theme = theme_from_settings({"preset": preset})

    def drawn(label: str) -> str:
        return draw_html(call("timeline", f"events: [{{label: {label}, title: a}}]"), theme=theme)

    now, then = drawn(word), drawn("Then")
    assert now.replace(word, "Then") != then, "it does not look like any other event"
    assert now.count(f">{word}</strong>") == 1


@for_each("preset", ["editorial", "minimal", "newsroom", "notebook", "saffron"])
def test_every_event_has_a_marker_on_the_rail(preset: str) -> None:
    html = draw_html(call("timeline", EVENTS), theme=theme_from_settings({"preset": preset}))
    marks = [str(tag["style"]) for tag in BeautifulSoup(html, "html.parser").find_all("span")]
    assert len(marks) == 6
    assert len(set(marks)) == 2, "the present one differs"


def test_an_event_says_when() -> None:
    assert said(call("timeline", "events:\n- {title: a}"))[0][:2] == (
        BODY_LINE + 2,
        "missing-field",
    )


def test_dates_are_marked_up_where_that_is_kept() -> None:
    body = call("timeline", "events: [{label: July, date: 2023-07, title: a}]")
    assert '<time datetime="2023-07">July</time>' in draw_html(body, BLOGGER)
    assert "<time" not in draw_html(body, STRICT)


def test_a_title_links_once() -> None:
    html = draw_html(
        call(
            "timeline",
            'events: [{label: x, title: "a [b](https://example.com/b)", href: "https://example.com/"}]',
        )
    )
    assert [(a["href"], a.text) for a in BeautifulSoup(html, "html.parser").find_all("a")] == [
        ("https://example.com/", "a b")
    ]
