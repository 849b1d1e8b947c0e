from __future__ import annotations

from typing import Any

import pytest

from blogkit.errors import ConfigError
from blogkit.render.widgets.colours import Colour, colour, contrast, light_and_dark
from blogkit.render.widgets.registry import builtin_folder
from blogkit.render.widgets.theme import LOWEST, PRESETS, VARIABLES, Theme, theme_from_settings
from blogkit.sanitizers.profiles import FOLDER, STRICT
from blogkit.widget_tools import rules
from tests.cases import for_each
from tests.render.drawing import OURS, draw

SETTINGS: list[dict[str, str]] = [
    *({"preset": name} for name in PRESETS),
    {"accent": "#ffd54f", "on_accent": "#000000", "badge": "light-dark(#ffd54f, #fff176)"},
    {
        "text": "light-dark(#111111,#eeeeee)",
        "muted": "light-dark(#444,#bbb)",
        "tint": "light-dark(#fff8e1,#2b2414)",
    },
]


def test_the_default_has_ten_tokens_and_is_readable() -> None:
    assert len(vars(Theme())) == 10
    assert all(pair.ratio >= LOWEST for pair in Theme().pairs())


@pytest.mark.slow
@for_each("settings", SETTINGS, ids=str)
@for_each("name", OURS.names())
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


def test_colours_stay_variables_and_lengths_are_written_out() -> None:
    theme = Theme(
        accent="light-dark( #111 , #333 )", line="#f00", radius="2px", space="1em", pad="0"
    )
    css = (
        "a:var(--bk-accent);b:var(--bk-line);c:var(--bk-on-accent);d:var(--bk-radius)"
        " var(--bk-space) var(--bk-pad);e:var(--bk-tint)"
    )
    assert (
        theme.fill(css)
        == "a:var(--bk-accent,light-dark(#111,#333));b:#f00;c:var(--bk-on-accent,#ffffff);d:2px 1em"
        " 0;e:var(--bk-tint,#8881)"
    )


def test_a_badge_is_the_accent_unless_it_has_a_colour() -> None:
    assert Theme().fill("var(--bk-badge)") == "var(--bk-accent,#0b57d0)"
    assert Theme(badge="#333").fill("var(--bk-badge)") == "var(--bk-badge,#333)"


def test_what_a_theme_leaves_to_the_site_is_not_written() -> None:
    example = OURS["table"].example
    assert "color:var" not in draw(example).html
    assert (
        "color:var(--bk-muted,light-dark(#555,#aaa))"
        in draw(example, theme=Theme(muted="light-dark(#555,#aaa)")).html
    )
    assert "--bk-muted" not in draw(example, FOLDER).sheet
    assert (
        "color:var(--bk-text,light-dark(#111,#eee))"
        in draw(OURS["meta-box"].example, theme=Theme(text="light-dark(#111,#eee)")).html
    )


@for_each(
    ("tokens", "words"),
    [
        (
            {"accent": "#ffeb3b"},
            'on_accent "#ffffff" on accent "#ffeb3b" is not readable in light themes: contrast 1.2',
        ),
        (
            {"accent": "light-dark(#0b57d0,#8ab4f8)"},
            'on_accent "#ffffff" on accent "light-dark(#0b57d0,#8ab4f8)" is not readable in dark',
        ),
        ({"badge": "#999"}, 'on_accent "#ffffff" on badge "#999" is not readable'),
        ({"text": "#222"}, 'text "#222" on tint "#8881" is not readable in dark themes'),
        ({"text": "#eee"}, 'text "#eee" on tint "#8881" is not readable in light themes'),
        (
            {"tint": "#fff8e1"},
            'the site\'s own text on tint "#fff8e1" is not readable in dark themes',
        ),
        ({"muted": "#999"}, 'muted "#999" on tint "#8881" is not readable in light themes'),
    ],
)
def test_what_nobody_could_read_is_refused_by_its_name(tokens: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Theme(**tokens)
    assert words in str(caught.value)


@for_each(
    "tokens",
    [
        {"accent": "red;x:y"},
        {"accent": 'url("x")'},
        {"accent": "rebeccapurple"},
        {"accent": ""},
        {"accent": "#12345"},
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
    assert (theme.accent, theme.radius, theme.on_accent) == (
        PRESETS["slate"]["accent"],
        "0",
        "#fff",
    )
    assert theme_from_settings({}) == Theme()


@pytest.mark.parametrize(
    ("settings", "hint"),
    [
        ({"preset": "slat"}, 'did you mean "slate"?'),
        ({"acent": "#000"}, '"accent"'),
        ({"x": "#000"}, "tokens: accent"),
    ],
)
def test_unknown_settings_are_refused(settings: dict[str, str], hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        theme_from_settings(settings)
    assert hint in caught.value.hint


def test_presets_suit_every_site() -> None:
    assert len(PRESETS) == 3
    for preset in PRESETS.values():
        assert not {"text", "muted"} & set(preset), "a fixed text colour is wrong on some site"


@for_each("path", sorted(builtin_folder().glob("*/style.css")), ids=lambda path: path.parent.name)
def test_our_style_sheets_write_white_on_tones_only(path: Any) -> None:
    """On accent and badge the words have a token's colour: an accent may be light."""
    for rule in path.read_text(encoding="utf-8").split("}"):
        assert not ("#ffffff" in rule and ("--bk-accent)" in rule or "--bk-badge)" in rule))


def test_contrast() -> None:
    black, white = Colour(0, 0, 0), Colour(1, 1, 1)
    assert contrast(white, black) == contrast(black, white) == pytest.approx(21)
    assert contrast(white, white) == pytest.approx(1)
    grey = colour("#767676")
    assert grey is not None
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)
    assert Colour(0, 0, 0, 0.5).over(white) == Colour(0.5, 0.5, 0.5)


def test_notations() -> None:
    assert colour("#8881") == Colour(136 / 255, 136 / 255, 136 / 255, 17 / 255)
    assert colour("#fff") == colour("#FFFFFF") == colour("#ffffffff")
    assert light_and_dark("light-dark(#000,#fff)") == (Colour(0, 0, 0), Colour(1, 1, 1))
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
    assert set(VARIABLES) <= set(vars(Theme()))
