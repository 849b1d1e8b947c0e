from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.errors import ContentError
from blogkit.render.widgets.styles import StyleSheet, Stylist, parse_styles
from blogkit.render.widgets.theme import Theme
from blogkit.sanitizers.profiles import FEED, FOLDER, STRICT
from tests.cases import for_each


def read(css: str) -> StyleSheet:
    return parse_styles(Path("style.css"), "box", css)


def flaws(css: str) -> list[tuple[int, str]]:
    with pytest.raises(ContentError) as caught:
        read(css)
    return [(problem.line, problem.message) for problem in caught.value.problems]


SHEET = read("""
    .bk-box { margin : 0  auto ; color: var( --bk-accent ) ; COLOR: var(--bk-accent); padding:calc( 1em + 2px ) }
    .bk-a, .bk-b { border-inline-start: 3px solid var(--bk-line); }
    .bk-b { color: #ffffff !important; float: inline-start }
    /* enhancements: from here on */
    .bk-box .bk-b:hover , .bk-box > p { color: var(--bk-accent); }
    @media print { .bk-box { margin: 0 } }
    """)


def test_declarations_are_written_in_canonical_form() -> None:
    style = Stylist("box", SHEET, STRICT, Theme())
    assert (
        style()
        == 'class="bk-box" style="margin:0 auto;color:var(--bk-accent,#0b57d0);padding:calc( 1em +'
        ' 2px )"'
    )
    assert style("a") == 'style="border-left:3px solid #8886"'
    assert (
        style("a", "b")
        == 'class="bk-b" style="border-left:3px solid #8886;color:#ffffff!important;float:left"'
    )


def test_enhancements_are_one_minified_text() -> None:
    assert (
        SHEET.enhancements
        == ".bk-box .bk-b:hover,.bk-box>p{color:var(--bk-accent)}@media print{.bk-box{margin:0}}"
    )


def test_from_right_to_left_the_sides_change() -> None:
    style = Stylist("box", SHEET, STRICT, Theme(), right_to_left=True)
    assert style().startswith('class="bk-box" dir="rtl" style="')
    assert (
        style("b")
        == 'class="bk-b" style="border-right:3px solid #8886;color:#ffffff!important;float:right"'
    )


def test_a_profile_without_styles_gets_none() -> None:
    assert Stylist("box", SHEET, FEED, Theme())("a") == ""
    assert Stylist("box", SHEET, FOLDER, Theme())("a")


def test_only_what_the_enhancements_name_gets_a_class() -> None:
    sheet = parse_styles(
        Path("style.css"),
        "steps",
        ".bk-step, .bk-steps { margin: 0 }\n/* enhancements */\n.bk-steps li { margin: 0 }",
    )
    assert Stylist("steps", sheet, STRICT, Theme())("step") == 'style="margin:0"'


def test_an_unknown_part_is_an_error() -> None:
    with pytest.raises(LookupError, match="bk-c"):
        Stylist("box", SHEET, STRICT, Theme())("c")


@for_each(
    ("css", "line", "words"),
    [
        ("\n.bk-box p { margin: 0 }", 2, '".bk-box p" cannot be inlined'),
        ("@media print { .bk-box { margin: 0 } }", 1, "only rules can be inlined"),
        (".bk-box { margin 0 }", 1, "not a declaration"),
        (".bk-box { font-family: 'x' }", 1, "contains a quote"),
        (".bk-box {\n color: var(--bk-acent) }", 2, 'did you mean "accent"?'),
        ("/* enhancements */\np { margin: 0 }", 2, "begin it with .bk-box"),
        (
            "/* enhancements */\n@media print { .bk-boxes { margin: 0 } }",
            2,
            "begin it with .bk-box",
        ),
        ("/* enhancements */\n@import 'x.css';", 2, "@import affects more"),
        ('/* enhancements */\n.bk-box::after { content: "—" }', 0, "non-ASCII"),
    ],
)
def test_what_a_style_sheet_may_not_hold(css: str, line: int, words: str) -> None:
    assert [n for n, message in flaws(css) if words in message] == [line]


def test_classes_that_reader_modes_cut_have_other_names() -> None:
    sheet = parse_styles(
        Path("style.css"),
        "related-posts",
        ".bk-see-also-posts { margin: 0 }\n/* enhancements */\n.bk-see-also-posts a { margin: 0 }",
    )
    assert (
        Stylist("related-posts", sheet, STRICT, Theme())()
        == 'class="bk-see-also-posts" style="margin:0"'
    )
    assert (
        Stylist(
            "related-posts", parse_styles(Path("style.css"), "related-posts", ""), STRICT, Theme()
        )()
        == 'class="bk-see-also-posts"'
    )
    assert flaws("\n.bk-share { margin: 0 }") == [
        (2, 'reader modes or ad blockers remove ".bk-share"; rename it to .bk-pass-on')
    ]
