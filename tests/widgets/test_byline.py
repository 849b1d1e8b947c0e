from __future__ import annotations

from bs4 import BeautifulSoup

from blogkit.sanitizers.profiles import BLOGGER, STRICT
from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw_html, said


def words(yaml: str) -> str:
    return (
        BeautifulSoup(draw_html(call("byline", yaml)), "html.parser")
        .get_text()
        .replace("\xa0", " ")
    )


@for_each(
    ("yaml", "expected"),
    [
        ("published: 2026-12-01", "Published on December 1, 2026"),
        ("published: 2026-02", "Published on February 2026"),
        ("published: 2026", "Published on 2026"),
        ("published: 2026-12-01\npublished_text: Tuesday", "Published on Tuesday"),
        ("updated_text: today", "Updated on today"),
        ("author: Meera Nair\nreading_time: 6", "By Meera Nair · 6 min read"),
        ("categories: [Economy, {label: GS-III, href: /gs-3}]", "Category: Economy GS-III"),
        (
            (
                "published: 2026-12-01\nupdated: 2026-12-03\nwords: {published: प्रकाशित, updated:"
                " अद्यतन}"
            ),
            "प्रकाशित December 1, 2026 · अद्यतन December 3, 2026",
        ),
    ],
)
def test_it_is_one_line_of_what_is_given(yaml: str, expected: str) -> None:
    assert words(yaml) == expected


def test_dates_are_marked_up_where_that_is_kept() -> None:
    body = call("byline", "published: 2026-12-01")
    assert '<time datetime="2026-12-01">December 1, 2026</time>' in draw_html(body, BLOGGER)
    assert "<time" not in draw_html(body, STRICT)


def test_categories_link() -> None:
    html = draw_html(
        call(
            "byline", "categories: [{label: Economy, href: https://example.com/economy}, Minerals]"
        )
    )
    assert [(a["href"], a.text) for a in BeautifulSoup(html, "html.parser").find_all("a")] == [
        ("https://example.com/economy", "Economy")
    ]


def test_reader_modes_do_not_lift_it_out() -> None:
    assert 'class="bk-signed"' in draw_html(call("byline", "author: a"))


@for_each(
    ("yaml", "line", "words"),
    [
        ("words: {author: Von}", BODY_LINE, "byline is empty"),
        ("author: a\npublished: 1 December", BODY_LINE + 2, '"published" must be a date'),
        ("reading_time: 0", BODY_LINE + 1, '"reading_time" must be at least 1'),
        ("categories:\n- a\n- {name: b}", BODY_LINE + 3, '"label" is missing in "categories"'),
    ],
)
def test_what_is_refused(yaml: str, line: int, words: str) -> None:
    problem = said(call("byline", yaml))[0]
    assert problem[0] == line
    assert words in problem[2]
