"""Every widget in every preset: in English, Hindi and Urdu, light and dark, from 320 to 1280 px,
alone and inside the six themes of `hosts/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from typing import NamedTuple

import pytest

from blogkit.render.looks.presets import preset_names
from blogkit.render.looks.theme import theme_from_settings
from blogkit.sanitizers.profiles import BLOGGER, EDITOR, FOLDER, STRICT
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


PLATFORMS = {profile.name: profile for profile in (STRICT, EDITOR, BLOGGER)}
"""The forms that posts have in themes of others."""


class Case(NamedTuple):
    """A page of a theme: schemes are those at 320, at the width in between and at 1280 px."""

    look: str
    language: str
    host: str
    form: str
    width: int
    schemes: tuple[str, str, str]

    @property
    def views(self) -> list[tuple[int, str]]:
        """Each width with its scheme."""
        return list(zip((320, self.width, 1280), self.schemes, strict=True))


def cases() -> Iterator[Case]:
    """Every look, language and theme together; the rest takes turns, to load no page twice."""
    forms, places = [*PLATFORMS], [*product(enumerate(THEMES), enumerate(LANGUAGES))]
    for (look, name), (tongue, language) in places:
        for number, host in enumerate(HOSTS):
            first, second = SCHEMES[:: 1 if (tongue + number) % 2 else -1]
            yield Case(
                name,
                language,
                host,
                forms[(look + tongue + number) % len(forms)],
                (360, 768)[(look + tongue) % 2],
                (first, second, second),
            )


def test_every_two_values_meet_inside_a_theme() -> None:
    met = {
        pair
        for case in cases()
        for view in case.views
        for pair in combinations(enumerate((*case[:4], *view)), 2)
    }
    values = ([*THEMES], LANGUAGES, [*HOSTS], [*PLATFORMS], WIDTHS, SCHEMES)
    named = [[(place, value) for value in one] for place, one in enumerate(values)]
    for some, others in combinations(named, 2):
        assert {*product(some, others)} <= met


def test_widgets_fit_inside_themes(browser: Browser) -> None:
    drawn = cache(
        lambda form, language, look: every_widget(
            PLATFORMS[form], language=language, theme=THEMES[look]
        )
    )
    pages = {
        f"{case.look} in {case.host}, {case.form}, {case.language}": Page(
            hosted(
                case.host,
                drawn(case.form, case.language, case.look),
                language=case.language,
            ),
            tuple(width for width, _ in case.views),
            case.schemes,
            within=".post-body",
            structure=False,
            in_turn=True,
        )
        for case in cases()
    }
    assert "\n".join(faults(pages)) == ""
