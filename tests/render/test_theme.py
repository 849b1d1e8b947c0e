"""`[theme]`: tokens, presets, the blog's own parts, and what cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import ConfigError
from blogkit.render.looks import presets
from blogkit.render.looks.colours import Colour, colour, contrast, ink, light_and_dark
from blogkit.render.looks.declarations import override
from blogkit.render.looks.pairs import part_pairs
from blogkit.render.looks.presets import ALL_WIDGETS, preset_named, preset_names, read_preset
from blogkit.render.looks.sides import mirrored
from blogkit.render.looks.theme import Theme, theme_from_settings
from blogkit.render.looks.tokens import NAMES, VARIABLES, Tokens
from blogkit.render.widgets.class_names import neutral
from blogkit.sanitizers.profiles import EMAIL, FOLDER, STRICT
from blogkit.widget_tools import rules
from tests.cases import for_each
from tests.render.drawing import OURS, call, draw, draw_html, own_widget

SHARED = {"title", "chip", "chips", "badge", "button", "press", "note"}
"""Parts that have the same name in all widgets that have them."""
SIX = ["editorial", "exam", "minimal", "newsroom", "notebook", "saffron"]
SETTINGS: list[dict[str, str]] = [
    *({"preset": name} for name in preset_names()),
    {
        "accent": "light-dark(#8a6d00,#ffd54f)",
        "on_accent": "light-dark(#ffffff,#000000)",
        "badge": "light-dark(#8a6d00, #fff176)",
    },
    {
        "text": "light-dark(#111111,#eeeeee)",
        "muted": "light-dark(#444,#bbb)",
        "tint": "#8883",
    },
]


def test_no_theme_is_the_preset_minimal_and_readable() -> None:
    assert theme_from_settings({}) == Theme() == theme_from_settings({"preset": "minimal"})
    assert all(pair.is_readable for pair in Theme().pairs())


def test_six_presets_and_the_old_ones_after_them() -> None:
    names = preset_names()
    assert names[:6] == SIX
    assert [preset_named(name).replaced_by in SIX for name in names] == [False] * 6 + [True] * 3
    assert all(preset_named(name).summary for name in names)


@for_each("name", preset_names())
def test_every_text_of_a_preset_can_be_read(name: str) -> None:
    theme = theme_from_settings({"preset": name})
    for widget in OURS.names():
        root, sheet = neutral(widget), OURS[widget].style
        parts = theme.parts(widget, root, sheet.rules, ours=True)
        wrong = [pair for pair in part_pairs(parts, root, theme) if not pair.is_readable]
        assert not wrong, (name, widget)


@for_each("name", preset_names())
def test_a_preset_names_only_parts_that_exist(name: str) -> None:
    tables = preset_named(name).parts
    everywhere = {part for widget in OURS.names() for part in OURS[widget].style.rules}
    for widget, parts in tables.items():
        known = everywhere | SHARED if widget == ALL_WIDGETS else OURS[widget].style.rules
        assert set(parts) <= set(known), (name, widget)


@pytest.mark.slow
@for_each("settings", SETTINGS, ids=str)
@for_each("name", OURS.names(), local=6)
def test_every_widget_keeps_its_rules_in_every_theme(settings: dict[str, str], name: str) -> None:
    for language in ("en", "ar"):
        html = draw(
            OURS[name].example,
            STRICT,
            theme=theme_from_settings(settings),
            front={"language": language},
        ).html
        assert (
            rules.broken(
                [rules.styles_survive, rules.text_can_be_read, rules.wordpress_keeps_it], html
            )
            == []
        )
        assert "--bk-text)" not in html
        assert ('dir="rtl"' in html) == (language == "ar")


def test_colours_of_words_and_fills_stay_variables_and_the_rest_is_written_out() -> None:
    theme = Theme(
        accent="light-dark( #2563EB , #3b82f6 )",
        on_accent="light-dark(#fff,#000)",
        line="#f00",
        radius="2px",
        space="1em",
        pad="0",
    )
    css = (
        "a:var(--bk-accent);b:var(--bk-line);c:var(--bk-on-accent);d:var(--bk-radius)"
        " var(--bk-space) var(--bk-pad);e:var(--bk-tint)"
    )
    assert (
        theme.fill(css) == "a:var(--bk-accent,light-dark(#2563eb,#3b82f6));b:#f00;"
        "c:var(--bk-on-accent,light-dark(#fff,#000));d:2px 1em 0;e:#88888814"
    )
    assert set(VARIABLES) <= set(NAMES)


def test_a_badge_is_the_accent_unless_it_has_a_colour() -> None:
    blue: dict[str, Any] = {"accent": "#2563eb", "on_accent": "#fff"}
    assert Theme(**blue).fill("var(--bk-badge)") == "var(--bk-accent,#2563eb)"
    assert Theme(**blue, badge="#333").fill("var(--bk-badge)") == "var(--bk-badge,#333)"


STYLE = """
.bk-box { margin: 0; background: var(--bk-tint) }
.bk-title { color: var(--bk-ink); text-align: left; margin: 0 }
.bk-marker { }
"""
MUTED = "var(--bk-muted,color-mix(in srgb,currentcolor 76%,transparent))"
TEMPLATE = (
    '<div {{ style() }}><p {{ style("title") }}>{% if styled("marker") %}<span aria-hidden="true"'
    ' {{ style("marker") }}>{{ mark("box-marker") }}</span> {% endif %}{{ title }}</p>{{ body }}'
    "</div>\n"
)
RED = {
    "accent": "#c9302c",
    "on_accent": "#fff",
    "ink": "color-mix(in srgb,#c9302c 50%,currentcolor)",
}


def own(folder: Path, settings: dict[str, Any], style: str = STYLE, **more: Any) -> str:
    registry = own_widget(folder, style=style, template=TEMPLATE)
    theme = theme_from_settings(settings)
    return draw_html(call("box", "x", "A title"), registry=registry, theme=theme, **more)


def test_a_blogs_own_declarations_are_written_over_a_widgets_one_by_one(tmp_path: Path) -> None:
    parts = {"box": {"title": "margin:0 0 9px;text-align:-", "marker": "color:var(--bk-muted)"}}
    html = own(tmp_path, {**RED, "parts": parts, "marks": {"box-marker": "◆"}})
    ink_ = "var(--bk-ink,color-mix(in srgb,#c9302c 50%,currentcolor))"
    assert html == (
        f'<div class="bk-box" style="margin:0;background:#88888814"><p style="color:{ink_};'
        f'margin:0 0 9px"><span aria-hidden="true" style="color:{MUTED}">◆</span>'
        " A title</p> <p>x</p></div>"
    )
    assert "<span" not in own(tmp_path, RED), "no declarations, no decoration"


def test_presets_leave_the_design_of_a_blogs_own_widgets_alone(tmp_path: Path) -> None:
    assert own(tmp_path, {"preset": "exam"}).count(":") == own(tmp_path, RED).count(":")


def test_the_root_declares_a_colour_once_if_that_saves_bytes(tmp_path: Path) -> None:
    many = STYLE + "".join(f".bk-{name} {{ color: var(--bk-ink) }}\n" for name in ("box", "marker"))
    html = own(tmp_path, RED, many)
    assert html.startswith(
        '<div class="bk-box" style="--i:var(--bk-ink,color-mix(in srgb,#c9302c 50%,currentcolor));'
        'margin:0;background:#88888814;color:var(--i)"><p style="color:var(--i);'
    )
    assert len(html) < len(
        html.replace("var(--i)", "var(--bk-ink,color-mix(in srgb,#c9302c 50%,currentcolor))")
    )
    assert "--i" not in own(tmp_path, RED, STYLE), "one use is shorter as it is"
    assert "--i" not in own(tmp_path, RED, many, profile=EMAIL), "mail programs know no variables"


def test_the_root_declares_variables_also_where_it_has_no_style_of_its_own(tmp_path: Path) -> None:
    twice = ".bk-box { }\n.bk-title, .bk-marker { color: var(--bk-ink) }\n"
    assert own(tmp_path, RED, twice).startswith('<div class="bk-box" style="--i:var(--bk-ink,')
    assert ';"' not in own(tmp_path, RED, twice)
    assert own(tmp_path, {}, twice).startswith('<div class="bk-box"><p>')


def test_what_a_theme_leaves_to_the_site_is_not_written(tmp_path: Path) -> None:
    assert "color" not in own(
        tmp_path, {"ink": ""}, ".bk-box { }\n.bk-title { color: var(--bk-ink) }\n.bk-marker { }"
    )
    assert "--bk-text" not in draw(OURS["table"].example, FOLDER).sheet


@for_each(
    ("tokens", "words"),
    [
        (
            {"accent": "#ffeb3b", "on_accent": "#fff"},
            'on_accent "#fff" on accent "#ffeb3b" is not readable in light themes: contrast 1.2',
        ),
        (
            {"accent": "light-dark(#0b57d0,#8ab4f8)", "on_accent": "#fff"},
            'on_accent "#fff" on accent "light-dark(#0b57d0,#8ab4f8)" is not readable in dark',
        ),
        (
            {"accent": "#0b57d0", "on_accent": "#fff"},
            'accent "#0b57d0" on the page is not visible in dark themes: contrast 2.8',
        ),
        (
            {"accent": "#ffeb3b", "on_accent": "#000"},
            'accent "#ffeb3b" on the page is not visible in light themes',
        ),
        (
            {"badge": "#999", "on_accent": "#fff", "accent": "#2563eb"},
            'on_accent "#fff" on badge "#999" is not readable',
        ),
        ({"text": "#222"}, 'text "#222" on tint "#88888814" is not readable in dark themes'),
        ({"text": "#eee"}, 'text "#eee" on tint "#88888814" is not readable in light themes'),
        (
            {"tint": "#fff8e1"},
            'the site\'s own text on tint "#fff8e1" is not readable in dark themes',
        ),
        ({"muted": "#999"}, 'muted "#999" on tint "#88888814" is not readable in light themes'),
        (
            {"ink": "color-mix(in srgb,#ffeb3b 60%,currentcolor)"},
            'ink "color-mix(in srgb,#ffeb3b 60%,currentcolor)" on tint',
        ),
        ({"muted": "color-mix(in srgb,currentcolor 40%,transparent)"}, "muted"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(tokens: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Theme(**tokens)
    assert words in str(caught.value)


def test_an_accent_that_dark_pages_swallow_gets_a_proposal_that_works() -> None:
    with pytest.raises(ConfigError) as caught:
        Theme(accent="#0b57d0", on_accent="#fff")
    proposal = caught.value.hint.split('"')[1]
    assert proposal.startswith("light-dark(#0b57d0,#")
    assert Theme(accent=proposal, on_accent="#fff")


@for_each(
    ("parts", "words"),
    [
        ({"title": "background:#ffeb3b;color:#fff"}, 'title "#fff" on background "#ffeb3b"'),
        (
            {"box": "background:linear-gradient(90deg,#111,#eee)", "title": "color:#fff"},
            'title "#fff" on background "linear-gradient(90deg,#111,#eee)" is not readable in light',
        ),
        ({"box": "background:#312e81", "title": "color:#fff;background:#ffffff80"}, "title"),
        (
            {"title": "color:#222"},
            'title "#222" on background "var(--bk-tint)" is not readable in dark',
        ),
        ({"title": "background:#777"}, "the site's own text in title on background"),
        ({"marker": "color:#888"}, ""),
        ({"title": "color:silver"}, 'title "silver" on background'),
        ({"title": "color:rgb(230,230,230)"}, 'title "rgb(230,230,230)" on background'),
        ({"title": "color:hsl(0,0%,90%)"}, 'title "hsl(0,0%,90%)" on background'),
        ({"title": "background:Navy"}, 'the site\'s own text in title on background "Navy"'),
        ({"title": "background:navy;color:White"}, ""),
        (
            {"title": "color:var(--bk-muted);background:#000080"},
            'title "var(--bk-muted)" on background "#000080" is not readable in light',
        ),
        (
            {"title": "background-image:linear-gradient(90deg,#FFF,navy)"},
            "the site's own text in title",
        ),
        (
            {"title": "background:#000;background-color:#fff;color:#fff"},
            'title "#fff" on background "#fff" is not readable',
        ),
        ({"title": "color:var(--x)"}, 'title: cannot read the colour "var(--x)"'),
        ({"title": "background:rgb(1 2 3)"}, 'title: cannot read the colour "rgb(1 2 3)"'),
        (
            {"title": "background:linear-gradient(canvas,#fff)"},
            'title: cannot read the colour "linear-gradient(canvas,#fff)"',
        ),
        (
            {"title": "background-image:url(https://example.com/a.png)"},
            'parts.box.title: the value of "background-image" loads a file',
        ),
        ({"title": "list-style:IMAGE-SET(x)"}, "loads a file"),
        ({"titel": "color:#fff"}, 'has no part "titel"'),
        ({"title": "colour"}, "parts.box.title: this is not a declaration"),
        ({"title": 'font-family:"x"'}, "contains a quote"),
        ({"title": "color:var(--bk-inc)"}, "--bk-inc is not a theme token"),
        ({"title": 7}, "parts.box.title is not text"),
    ],
)
def test_own_parts_are_judged_with_what_they_are_written_over(
    tmp_path: Path, parts: dict[str, Any], words: str
) -> None:
    style = STYLE.replace("color: var(--bk-ink); ", "")
    if not words:
        assert own(tmp_path, {"parts": {"box": parts}}, style)
        return
    with pytest.raises(ConfigError) as caught:
        own(tmp_path, {"parts": {"box": parts}}, style)
    assert words in str(caught.value)


@for_each(
    "tokens",
    [
        {"accent": "red;x:y"},
        {"accent": 'url("x")'},
        {"accent": "rebeccapurple"},
        {"accent": ""},
        {"accent": "#12345"},
        {"accent": "color-mix(in srgb,#123 50%,currentcolor)"},
        {"ink": "color-mix(in srgb,red 50%,currentcolor)"},
        {"text": "rgb(0,0,0)"},
        {"line": "light-dark(#000,#fff)"},
        {"line": ""},
        {"radius": "8px}"},
        {"radius": "8"},
        {"space": "calc(1px)"},
        {"pad": 7},
    ],
)
def test_a_theme_takes_colours_and_lengths_only(tokens: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=next(iter(tokens))):
        Theme(**tokens)


def test_settings_change_a_preset() -> None:
    theme = theme_from_settings({"preset": "slate", "radius": "0", "on-accent": "#FFF"})
    slate = preset_named("slate").tokens
    assert (theme.accent, theme.radius, theme.on_accent) == (slate["accent"], "0", "#fff")


@for_each(
    ("settings", "hint"),
    [
        ({"preset": "slat"}, 'did you mean "slate"?'),
        ({"preset": "../x"}, "presets: editorial"),
        ({"acent": "#000"}, '"accent"'),
        ({"x": "#000"}, "tokens: accent"),
    ],
)
def test_unknown_settings_are_refused(settings: dict[str, str], hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        theme_from_settings(settings)
    assert hint in caught.value.hint


@for_each(
    ("text", "words"),
    [
        ("tokens = 1 2", "Expected newline"),
        ("[tokens]\nacent = '#000'", "tokens.acent is not a token"),
        ("[tokens]\naccent = 1", "tokens.accent is not text"),
        ("[marks]\nicons = 1", "marks.icons is neither"),
        ("[token]", "token is not one of"),
        ("parts = 1", "parts is not a table"),
        ("[parts]\ntoc = 1", "parts.toc is not a table"),
        ("[parts.toc]\ntitle = 'color'", "parts.toc.title: this is not a declaration"),
    ],
)
def test_an_error_in_a_presets_file_names_file_and_key(
    tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_preset(path)
    assert str(caught.value).startswith("odd.toml: ")
    assert words in str(caught.value)


def test_a_declaration_that_is_replaced_moves_behind_the_others() -> None:
    found = {"border-top": "1px solid", "color": "#000", "margin": "0"}
    override(found, {"border": "0", "color": "-", "border-top": "2px solid"})
    assert list(found.items()) == [("margin", "0"), ("border", "0"), ("border-top", "2px solid")]


@for_each(
    ("name", "value", "mirror"),
    [
        ("margin", "0 1px 2px 3px", ("margin", "0 3px 2px 1px")),
        ("margin", "0 0 0 calc(1em + 2px)", ("margin", "0 calc(1em + 2px) 0 0")),
        ("padding", "1px 2px", ("padding", "1px 2px")),
        ("margin-left", "4px", ("margin-right", "4px")),
        ("border-left", "2px solid", ("border-right", "2px solid")),
        (
            "border-radius",
            "1px 2px 3px 4px/5px 6px",
            ("border-radius", "2px 1px 4px 3px/6px 5px 6px 5px"),
        ),
        ("border-radius", "9px", ("border-radius", "9px")),
        ("float", "left", ("float", "right")),
        ("text-align", "right", ("text-align", "right")),
        (
            "background",
            "linear-gradient(90deg,#000,#fff)",
            ("background", "linear-gradient(270deg,#000,#fff)"),
        ),
    ],
)
def test_declarations_are_mirrored(name: str, value: str, mirror: tuple[str, str]) -> None:
    assert mirrored(name, value) == mirror


def test_contrast() -> None:
    black, white = Colour(0, 0, 0), Colour(1, 1, 1)
    assert contrast(white, black) == contrast(black, white) == pytest.approx(21)
    assert contrast(white, white) == pytest.approx(1)
    grey = colour("#767676")
    assert grey is not None
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)
    assert Colour(0, 0, 0, 0.5).over(white) == Colour(0.5, 0.5, 0.5)


def test_notations() -> None:
    white = Colour(1, 1, 1)
    assert colour("#8881") == Colour(136 / 255, 136 / 255, 136 / 255, 17 / 255)
    assert colour("#fff") == colour("#FFFFFF") == colour("#ffffffff")
    assert light_and_dark("light-dark(#000,#fff)") == (Colour(0, 0, 0), white)
    assert ink("currentcolor", white, dark=True) == white
    assert ink("color-mix(in srgb,#000 50%,currentcolor)", white, dark=False) == Colour(
        0.5, 0.5, 0.5
    )
    assert ink("color-mix(in srgb,currentcolor 76%,transparent)", white, dark=False) == Colour(
        1, 1, 1, 0.76
    )
    assert ink("light-dark(#000,#fff)", white, dark=False) == Colour(0, 0, 0)
    assert ink("red", white, dark=False) is None
    for text in (
        "",
        "red",
        "#12",
        "#12345",
        "light-dark(#000)",
        "light-dark(#000,red)",
        "rgb(0,0,0)",
    ):
        assert light_and_dark(text) is None


def test_the_files_of_presets_are_in_the_package() -> None:
    folder = Path(presets.__file__).parent / "presets"
    assert sorted(path.stem for path in folder.glob("*.toml")) == sorted(preset_names())
    assert Tokens() == Tokens(**preset_named("minimal").tokens)
