from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from blogkit.html import declarations
from blogkit.render.looks.presets import preset_names
from blogkit.render.looks.theme import theme_from_settings
from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw_html, said

KINDS = ("exam", "note", "tip", "info", "warning", "update")


def drawn(front: str, title: str = "", preset: str = "minimal") -> BeautifulSoup:
    body = call("callout", f"---\n{front}\n---\nWords", title)
    return BeautifulSoup(
        draw_html(body, theme=theme_from_settings({"preset": preset})), "html.parser"
    )


def heading(front: str, title: str = "", preset: str = "minimal") -> str:
    found = drawn(front, title, preset).p
    assert found
    return found.get_text()


@for_each(
    ("front", "title", "expected"),
    [
        ("kind: exam", "", "For the exam"),
        ("kind: exam", "For UPSC aspirants", "For UPSC aspirants"),
        ("kind: note", "", "Note"),
        ("kind: tip", "Read the budget first", "Tip: Read the budget first"),
        ("kind: info", "", "Background"),
        ("kind: warning", "Dates may change", "Warning: Dates may change"),
        ("kind: warning", "Warning for late applicants", "Warning for late applicants"),
        ("kind: update\nlabel: अद्यतन", "नई तिथि", "अद्यतन: नई तिथि"),
        ("kind: exam\nlabel: परीक्षा", "UPSC", "परीक्षा: UPSC"),
    ],
)
def test_the_heading_says_the_kind_in_words(front: str, title: str, expected: str) -> None:
    assert heading(front, title) == expected


@for_each(
    ("preset", "front", "expected"),
    [
        ("exam", "kind: tip", "💡 Tip"),
        ("exam", 'icon: ""', "Note"),
        ("exam", "icon: 🧭", "🧭 Note"),
        ("newsroom", "kind: warning", "! Warning"),
        ("newsroom", 'icon: ""', "Note"),
        ("editorial", "kind: warning", "Warning"),
    ],
)
def test_the_look_chooses_the_sign_before_it(preset: str, front: str, expected: str) -> None:
    assert heading(front, preset=preset) == expected


@for_each("preset", preset_names())
def test_the_kinds_differ_by_ground_and_by_bar(preset: str) -> None:
    styles = [dict(declarations(str(drawn(f"kind: {k}", "", preset).div["style"]))) for k in KINDS]
    assert len({style["background"] for style in styles}) == len(KINDS)
    bars = {tuple(v for name, v in style.items() if "border" in name) for style in styles}
    assert len(bars) == len(KINDS)


def test_it_may_be_nothing_but_words() -> None:
    html = draw_html(call("callout", "Some *words*."))
    assert re.search(
        r"<strong>Note</strong></p> <p style=[^>]*>Some <em>words</em>.</p></div>", html
    )


def test_outermost_blocks_of_the_text_fit_the_box_and_those_in_widgets_stay() -> None:
    html = draw_html(call("callout", "One.\n\n1. a\n\n   b\n\n- c\n  - d\n\n> e"))
    styled = [tag.name for tag in BeautifulSoup(html, "html.parser").select("div > [style]")]
    assert styled == ["p", "p", "ol", "ul"]
    assert "<li><p>a</p>" in html
    assert "<blockquote><p>e</p>" in html


def test_tags_stand_below() -> None:
    html = draw_html(call("callout", "---\ntags: [UPSC, SSC]\n---\nWords"))
    assert BeautifulSoup(html, "html.parser").find_all("p")[-1].get_text() == "UPSC SSC"


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
