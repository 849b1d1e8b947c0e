from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.render.drawing import BODY_LINE, call, draw_html, said


def test_both_sides_in_order_with_the_verdict_last() -> None:
    html = draw_html(call("pros-cons", "pros: [a, b]\ncons: [c]\nverdict: v", "T"))
    assert BeautifulSoup(html, "html.parser").get_text() == "T + For a b − Against c v"


def test_the_headings_in_another_language() -> None:
    html = draw_html(call("pros-cons", "pros: [a]\ncons: [b]\npros_title: पक्ष\ncons_title: विपक्ष"))
    assert [tag.get_text() for tag in BeautifulSoup(html, "html.parser").find_all("strong")] == [
        "पक्ष",
        "विपक्ष",
    ]


def test_two_columns_need_neither_display_nor_a_style_sheet() -> None:
    html = draw_html(call("pros-cons", "pros: [a]\ncons: [b]"))
    left, right = BeautifulSoup(html, "html.parser").select("div > div")
    assert "float:left;clear:both" in str(left["style"])
    assert "float:right" in str(right["style"])
    assert "width:calc((30em - 100%)*999);min-width:calc(50% - 12px);max-width:100%" in str(
        left["style"]
    )
    mirrored = draw_html(call("pros-cons", "pros: [a]\ncons: [b]"), front={"language": "ar"})
    assert mirrored.index("float:right") < mirrored.index("float:left")


@pytest.mark.parametrize(
    ("yaml", "line", "words"),
    [("pros: [a]", 0, '"cons"'), ("pros: [a]\ncons: []", 2, '"cons" is empty')],
)
def test_both_sides_are_needed(yaml: str, line: int, words: str) -> None:
    problem = said(call("pros-cons", yaml))[0]
    assert problem[0] == BODY_LINE + line
    assert words in problem[2]
