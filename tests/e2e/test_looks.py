"""Every widget in every preset: in English, Hindi and Urdu, light and dark, from 320 to 1280 px,
alone and inside the six themes of `hosts/`.
"""

from __future__ import annotations

import pytest

from blogkit.render.looks.presets import preset_names
from blogkit.render.looks.theme import theme_from_settings
from blogkit.sanitizers.profiles import FOLDER, STRICT
from tests.e2e.browser import SCHEMES, WIDTHS, Browser
from tests.e2e.survey import HOSTS, Page, alone, every_widget, faults, hosted

LANGUAGES = ("en", "hi", "ur")
ALIASES = {"slate", "forest", "old-saffron"}
"""The looks of before, which tests/e2e/test_every_widget.py sees in English."""
THEMES = {
    name: theme_from_settings({"preset": name}) for name in preset_names() if name not in ALIASES
}


def test_the_presets_are_those_that_we_promise() -> None:
    assert {*THEMES} == {"editorial", "exam", "newsroom", "saffron", "notebook", "minimal"}


def test_widgets_are_accessible_and_fit(browser: Browser) -> None:
    pages = {
        f"{name}, {profile.name}, {language}": Page(
            alone(every_widget(profile, language=language, theme=theme), language=language),
            WIDTHS,
            SCHEMES,
            paper=profile.style_sheet,
        )
        for name, theme in THEMES.items()
        for profile in (STRICT, FOLDER)
        for language in LANGUAGES
    }
    assert "\n".join(faults(pages)) == ""


SEPIA = "body{color:#43382b;background:#f6ecd9}a{color:#6b3e00}"
GREY = ":root{color-scheme:dark}body{color:#ccc;background:#222}a{color:#8ab4f8}"


@pytest.mark.parametrize("page", [SEPIA, GREY], ids=["sepia", "grey"])
def test_widgets_can_be_read_on_paler_pages(browser: Browser, page: str) -> None:
    pages = {
        name: Page(alone(every_widget(STRICT, theme=theme), sheet=page), (360,), structure=False)
        for name, theme in THEMES.items()
    }
    assert "\n".join(faults(pages)) == ""


def test_widgets_fit_inside_themes(browser: Browser) -> None:
    pages: dict[str, Page] = {}
    for name, theme in THEMES.items():
        for language in LANGUAGES:
            document = every_widget(STRICT, language=language, theme=theme)
            pages |= {
                f"{name} in {host}, {language}": Page(
                    hosted(host, document, language=language),
                    (320, 1280),
                    within=".post-body",
                    structure=False,
                )
                for host in HOSTS
            }
    assert "\n".join(faults(pages)) == ""
