"""The type of a look suits the script of the text."""

from __future__ import annotations

import re

from blogkit.render.looks.theme import theme_from_settings
from blogkit.render.looks.typesetting import Typesetting, typesetting_for
from tests.cases import for_each
from tests.render.drawing import call, draw_html

EDITORIAL = theme_from_settings({"preset": "editorial"})

LATIN = {
    "letter-spacing": ".08em",
    "text-transform": "uppercase",
    "font-style": "italic",
    "line-height": "1.25",
    "font-size": ".75em",
}
INDIC = {"line-height": "1.5", "font-size": ".85em"}
NASTALIQ = {"line-height": "1.9", "font-size": ".85em"}


@for_each(
    ("language", "text", "wanted"),
    [
        ("en", "Water", LATIN),
        ("vi", "Nước", LATIN),
        ("hi", "पानी", INDIC),
        ("hi", "Water", INDIC),
        ("en", "Water पानी", INDIC),
        ("en", "label: பெயர்", INDIC),
        ("ur", "پانی", NASTALIQ),
        ("en", "پانی", NASTALIQ),
        ("ar", "ماء", INDIC | {"line-height": "1.6"}),
    ],
)
def test_type_suits_the_script(language: str, text: str, wanted: dict[str, str]) -> None:
    assert typesetting_for(language, text).fitted(LATIN) == wanted


def test_what_is_large_enough_stays() -> None:
    given = {"font-size": "1.8em", "font-variant": "tabular-nums"}
    assert typesetting_for("ur", "").fitted(given) == given
    for height in ("32px", "max(32px,1.25em)"):
        ruled = typesetting_for("ur", "").fitted({"line-height": height})
        assert ruled == {"line-height": "max(32px,1.9em)"}
    assert typesetting_for("hi", "").fitted({"font-size": "0"}) == {"font-size": "0"}
    assert typesetting_for("hi", "").fitted({"line-height": "2"}) == {"line-height": "2"}


def test_nastaliq_has_room_in_every_line() -> None:
    assert typesetting_for("ur", "").fitted({}, is_root=True) == {"line-height": "2"}
    assert typesetting_for("hi", "").fitted({}, is_root=True) == {}


def test_lists_count_in_the_digits_of_the_language() -> None:
    listed = {"list-style-type": "decimal"}
    assert Typesetting().fitted(listed) == listed
    assert typesetting_for("mr", "", "०१२३४५६७८९").fitted(listed) == {
        "list-style-type": "devanagari"
    }


def test_widgets_are_set_for_their_text_and_their_language() -> None:
    def drawn(language: str, title: str) -> str:
        body = call("timeline", f"events: [{{date: 2021, title: {title}}}]", title)
        return draw_html(body, front={"language": language}, theme=EDITORIAL)

    latin = drawn("en", "Water")
    for html in (drawn("hi", "पानी"), drawn("en", "पानी"), drawn("ur", "پانی")):
        assert "letter-spacing" not in html
        assert "text-transform" not in html
        assert "italic" not in html
        heights = [float(found) for found in re.findall(r"line-height:(\d*\.?\d+)[;\"]", html)]
        assert min(heights, default=2) >= 1.5
    assert 'style="' in latin
    assert re.match(r'<div[^>]*[;"]line-height:2[;"]', drawn("ur", "پانی"))
