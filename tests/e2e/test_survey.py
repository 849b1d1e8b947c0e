"""A survey that cannot convict proves nothing: each of its rulers is shown something broken."""

from __future__ import annotations

import pytest

from tests.e2e.browser import Browser
from tests.e2e.survey import Page, survey

PAGE = (
    '<!doctype html><html lang="en"><head><title>t</title><meta name="viewport"'
    ' content="width=device-width, initial-scale=1"></head><body><main><h1>h</h1><div'
    ' data-widget="{}">{}</div></main></body></html>'
)
PALE = '<p style="color:#aaa;background:#fff">pale</p>'
TIGHT = (
    '<ul style="font-size:8px;line-height:1">'
    + "".join(f'<li><a href="/{n}">a link</a></li>' for n in range(3))
    + "</ul>"
)

BROKEN = {
    "violations": [("table", PALE, "color-contrast"), ("related", TIGHT, "target-size")],
    "sideways": [
        ("table", '<p style="width:600px">wide</p>', "table: <p"),
        ("cards", '<p style="margin-right:-99px">x</p>', "cards: <p"),
    ],
    "small": [
        (
            "faq",
            '<details><summary style="line-height:16px">q</summary><p>a</p></details>',
            "faq: <summary",
        ),
        ("quiz-button", '<p><a href="/">a link of one line</a></p>', "quiz-button: <a"),
    ],
    "collisions": [
        (
            "meta-box",
            (
                '<dl style="position:relative"><dt style="position:absolute">term</dt><dd'
                ' style="margin:0">detail</dd></dl>'
            ),
            "dt",
        )
    ],
    "glued": [
        (
            "byline",
            '<p><span style="float:left;padding:0 9px">GS-II</span><span>UPSC</span></p>',
            "byline",
        )
    ],
    "pale": [("steps", '<p style="color:#fff;background:#000">1</p>', "steps")],
    "foreign": [("hero", '<link rel="stylesheet" href="http://127.0.0.2:9/x.css">', "x.css")],
    "errors": [("toc", "<script>nothing.here</script>", "nothing is not defined")],
}
CASES = [
    (kind, widget, html, words) for kind, cases in BROKEN.items() for widget, html, words in cases
]


@pytest.fixture(scope="module")
def looks() -> dict[str, list[str]]:
    """What was found on each of the pages, and on two good ones."""
    Browser()
    pages = {
        html: Page(PAGE.format(widget, html), (320,), paper=True) for _, widget, html, _ in CASES
    }
    pages["wide"] = Page(PAGE.format("table", BROKEN["sideways"][0][1]), (1280,))
    pages["kept"] = Page(
        PAGE.format(
            "table",
            '<div style="overflow:auto"><p><a href="/">Scroll</a></p><p'
            ' style="width:600px">x</p></div>',
        ),
        (320,),
    )
    night = (
        "<style>body{background:#fff}@media(prefers-color-scheme:dark){p{color:#eee}}</style><p>pale"
        " in the dark</p>"
    )
    pages["dark"] = Page(PAGE.format("table", night), (320,), ("dark",))
    pages["picture"] = Page(
        PAGE.format("image", '<p><img src="https://example.com/a.png" alt="A" width="100"></p>'),
        (320,),
    )
    pages["both"] = Page(
        PAGE.format("table", night), (320, 1280), ("light", "dark"), structure=False
    )
    pages["turns"] = Page(
        PAGE.format("table", night), (320, 1280), ("light", "dark"), structure=False, in_turn=True
    )
    return {
        name: [fault for look in found for fault in look.faults]
        for name, found in survey(pages).items()
    }


@pytest.mark.browser
@pytest.mark.parametrize(("kind", "widget", "html", "words"), CASES)
def test_what_is_broken_is_found(
    looks: dict[str, list[str]], kind: str, widget: str, html: str, words: str
) -> None:
    assert any(
        fault.startswith(f"320 px, light, {kind}: ") and words in fault for fault in looks[html]
    ), looks[html]


@pytest.mark.browser
def test_what_is_right_is_let_through(looks: dict[str, list[str]]) -> None:
    assert (looks["wide"], looks["kept"], looks["picture"]) == ([], [], [])
    assert "color-contrast" in looks["dark"][0]
    assert [fault.split(": ")[0] for fault in looks["both"]] == [
        "320 px, dark, violations",
        "1280 px, dark, violations",
    ]
    assert [fault.split(": ")[0] for fault in looks["turns"]] == ["1280 px, dark, violations"]
