from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.cases import for_each
from tests.render.drawing import BODY_LINE, ICONS, call, draw_html, said


def heading(front: str, title: str = "") -> str:
    found = BeautifulSoup(
        draw_html(call("callout", f"---\n{front}\n---\nWords", title), theme=ICONS), "html.parser"
    ).p
    assert found
    return found.get_text()


@for_each(
    ("front", "title", "expected"),
    [
        ("kind: exam", "", "📚 For the exam"),
        ("kind: exam", "For UPSC aspirants", "📚 For UPSC aspirants"),
        ("kind: note", "", "📝 Note"),
        ("kind: tip", "Read the budget first", "💡 Tip: Read the budget first"),
        ("kind: info", "", "ℹ️ Background"),
        ("kind: warning", "Dates may change", "⚠️ Warning: Dates may change"),
        ("kind: warning", "Warning for late applicants", "⚠️ Warning for late applicants"),
        ("kind: update\nlabel: अद्यतन", "नई तिथि", "🔄 अद्यतन: नई तिथि"),
        ("kind: exam\nlabel: परीक्षा", "UPSC", "📚 परीक्षा: UPSC"),
        ('icon: ""', "", "Note"),
        ("icon: 🧭", "", "🧭 Note"),
    ],
)
def test_the_heading_says_the_kind_in_words(front: str, title: str, expected: str) -> None:
    assert heading(front, title) == expected


def test_it_may_be_nothing_but_words() -> None:
    html = draw_html(call("callout", "Some *words*."))
    assert "<strong>Note</strong></p> <p>Some <em>words</em>.</p></div>" in html


def test_tags_stand_below() -> None:
    html = draw_html(call("callout", "---\ntags: [UPSC, SSC]\n---\nWords"))
    assert BeautifulSoup(html, "html.parser").find_all("p")[-1].get_text() == "UPSC · SSC"


def test_widgets_stand_in_it() -> None:
    html = draw_html(
        "````{callout} T\nWords\n\n```{timeline}\nevents: [{label: x, title: y}]\n```\n````\n"
    )
    assert html.index("Words") < html.index("bk-timeline")


def test_nested_items_are_not_glued_when_tags_are_stripped() -> None:
    assert "<li>a <ul><li>b</li>" in draw_html(call("callout", "- a\n  - b"))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\nkind: tipp\n---\nx", BODY_LINE + 2, '"kind" must be one of exam, note, tip'),
        ("---\nkind: tip\n---\n", BODY_LINE, "callout has no text"),
        ("---\nkind: tip\n---\nx\n\n![](no.png)", BODY_LINE + 6, "no.png"),
    ],
)
def test_what_is_refused(text: str, line: int, words: str) -> None:
    problem = said(call("callout", text))[0]
    assert problem[0] == line
    assert words in problem[2]
