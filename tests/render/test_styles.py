from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import ContentError
from blogkit.render.looks.root_variables import with_root_variables
from blogkit.render.looks.theme import Theme
from blogkit.render.widgets.styles import StyleSheet, parse_styles
from blogkit.render.widgets.stylist import Stylist
from blogkit.sanitizers.profiles import FEED, FOLDER, STRICT, Profile
from tests.cases import for_each


def read(css: str) -> StyleSheet:
    return parse_styles(Path("style.css"), "box", css)


def stylist(sheet: StyleSheet, profile: Profile = STRICT, **more: Any) -> Callable[..., str]:
    """A widget's `style(…)` as posts get it, with every colour written out."""
    style = Stylist("box", sheet, profile, BLUE, **more)
    return lambda *parts: with_root_variables(style(*parts), BLUE)


def flaws(css: str) -> list[tuple[int, str]]:
    with pytest.raises(ContentError) as caught:
        read(css)
    return [(problem.line, problem.message) for problem in caught.value.problems]


BLUE = Theme(accent="#2563eb", on_accent="#ffffff")
SHEET = read("""
    .bk-box { margin : 0  auto ; color: var( --bk-accent ) ; COLOR: var(--bk-accent); padding:calc( 1em + 2px ) }
    .bk-a, .bk-b { border-inline-start: 3px solid var(--bk-line); }
    .bk-b { color: #ffffff !important; float: inline-start }
    /* enhancements: from here on */
    .bk-box .bk-b:hover , .bk-box > p { color: var(--bk-accent); }
    @media print { .bk-box { margin: 0 } }
    """)


def test_declarations_are_written_in_canonical_form() -> None:
    style = stylist(SHEET)
    assert (
        style()
        == 'class="bk-box" style="margin:0 auto;color:var(--bk-accent,#2563eb);padding:calc( 1em +'
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
    style = stylist(SHEET, right_to_left=True)
    assert style().startswith('class="bk-box" dir="rtl" style="')
    assert (
        style("b")
        == 'class="bk-b" style="border-right:3px solid #8886;color:#ffffff!important;float:right"'
    )


def test_a_profile_without_styles_gets_none() -> None:
    assert Stylist("box", SHEET, FEED, BLUE)("a") == ""
    assert Stylist("box", SHEET, FOLDER, BLUE)("a")


def test_only_what_the_enhancements_name_gets_a_class() -> None:
    sheet = parse_styles(
        Path("style.css"),
        "steps",
        ".bk-step, .bk-steps { margin: 0 }\n/* enhancements */\n.bk-steps li { margin: 0 }",
    )
    assert Stylist("steps", sheet, STRICT, BLUE)("step") == 'style="margin:0"'


def test_an_unknown_part_is_an_error() -> None:
    with pytest.raises(LookupError, match="bk-c"):
        Stylist("box", SHEET, STRICT, BLUE)("c")


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
    bare = parse_styles(Path("style.css"), "related-posts", "")
    for one, expected in (
        (sheet, 'class="bk-see-also-posts" style="margin:0"'),
        (bare, 'class="bk-see-also-posts"'),
    ):
        style = Stylist("related-posts", one, STRICT, BLUE)
        assert with_root_variables(style(), BLUE) == expected
    assert flaws("\n.bk-share { margin: 0 }") == [
        (2, 'reader modes or ad blockers remove ".bk-share"; rename it to .bk-pass-on')
    ]
