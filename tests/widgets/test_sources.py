from __future__ import annotations

from bs4 import BeautifulSoup

from blogkit.sanitizers.profiles import BLOGGER
from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw_html, said


@for_each(
    ("source", "words"),
    [
        ("{title: a}", "a"),
        ("{title: a, publisher: b}", "a, b"),
        ("{title: a, date: 2026}", "a, 2026"),
        ("{title: a, publisher: b, date: 2026-12-01}", "a, b, December 1, 2026"),
    ],
)
def test_what_is_known_of_a_source(source: str, words: str) -> None:
    item = BeautifulSoup(draw_html(call("sources", f"items: [{source}]")), "html.parser").li
    assert item
    assert item.text == words


def test_the_title_links_and_the_date_is_marked_up() -> None:
    html = draw_html(
        call("sources", "items: [{title: a, href: 'https://example.com/?x=1&y=2', date: 2026-12}]"),
        BLOGGER,
    )
    assert (
        '<a href="https://example.com/?x=1&amp;y=2">a</a>, <time datetime="2026-12">December'
        " 2026</time>" in html
    )


def test_the_heading() -> None:
    assert "<strong>Sources</strong>" in draw_html(call("sources", "items: [{title: a}]"))
    assert "<strong>Read</strong>" in draw_html(call("sources", "items: [{title: a}]", "Read"))
    assert "<strong>" not in draw_html(call("sources", 'title: ""\nitems: [{title: a}]'))


def test_what_is_refused() -> None:
    assert said(call("sources", "items:\n- title: a\n  date: Monday"))[0][:2] == (
        BODY_LINE + 3,
        "bad-value",
    )
    assert said(call("sources", "items:\n- title: a\n  href: javascript:alert(1)"))[0][:2] == (
        BODY_LINE + 3,
        "bad-value",
    )
    assert said(call("sources", "items:\n- {publisher: a}"))[0][:2] == (
        BODY_LINE + 2,
        "missing-field",
    )
