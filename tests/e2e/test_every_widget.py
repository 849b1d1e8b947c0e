"""Every widget that there is, in every form, in light, in dark and from right to left, alone and
inside the themes of `hosts/`.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from blogkit.platforms.wordpress.post_body import compose_wordpress
from blogkit.render.document import Document
from blogkit.render.looks.presets import preset_names
from blogkit.render.looks.theme import theme_from_settings
from blogkit.render.outputs import email
from blogkit.sanitizers.profiles import EMAIL, FOLDER, PROFILES, STRICT, Profile
from tests.e2e.browser import SCHEMES, WIDTHS, Browser
from tests.e2e.survey import HOSTS, READER, Page, alone, every_widget, faults, hosted
from tests.e2e.wordpress.site import Site

LANGUAGES = {"ltr": "en", "rtl": "ar"}


def forms(language: str) -> dict[Profile, Document]:
    """What profiles make of all widgets, by the first profile that makes it so."""
    found: dict[tuple[str, str], tuple[Profile, Document]] = {}
    for profile in PROFILES.values():
        document = every_widget(profile, language=language)
        found.setdefault((document.html, document.sheet), (profile, document))
    return dict(found.values())


def test_the_six_hosts_are_there() -> None:
    assert set(HOSTS) == {"bare", "reset", "old-blogger", "block-theme", "dark", "large-text"}


def test_widgets_are_accessible_and_fit_in_light_in_dark_and_from_right_to_left(
    browser: Browser,
) -> None:
    pages = {}
    for direction, language in LANGUAGES.items():
        for profile, document in forms(language).items():
            html = alone(document, language=language, sheet="" if profile.inline_style else READER)
            button = 44 if profile.inline_style else 0
            pages[f"{profile.name}, {direction}"] = Page(html, WIDTHS, SCHEMES, button=button)
    assert faults(pages) == []


@pytest.mark.parametrize("direction", LANGUAGES)
def test_widgets_stand_inside_hostile_themes(browser: Browser, direction: str) -> None:
    language = LANGUAGES[direction]
    widths = WIDTHS if direction == "ltr" else (320, 1280)
    pages = {
        f"{profile.name} in {host}, {direction}": Page(
            hosted(host, document, language=language), widths, within=".post-body"
        )
        for profile, document in forms(language).items()
        if profile.inline_style  # what comes without styles is for feed readers, not for themes
        for host in HOSTS
    }
    assert faults(pages) == []


def test_widgets_can_be_read_in_every_preset(browser: Browser) -> None:
    pages = {}
    for preset in preset_names():
        html = alone(every_widget(FOLDER, theme=theme_from_settings({"preset": preset})))
        pages[preset] = Page(html, (360,), SCHEMES)
    assert faults(pages) == []


@pytest.mark.parametrize("direction", LANGUAGES)
def test_widgets_stand_in_a_message(browser: Browser, direction: str) -> None:
    """Mail programs show it on white, with what they keep of the styles."""
    language = LANGUAGES[direction]
    document = every_widget(EMAIL, language=language)
    letter = replace(
        document,
        fragments=tuple(
            replace(part, html=email.converted(part.html)) for part in document.fragments
        ),
        sheet=READER,
    )
    assert (
        faults(
            {
                "the message": Page(
                    hosted("bare", letter, language=language), WIDTHS, within=".post-body"
                )
            }
        )
        == []
    )


def test_widgets_stand_in_the_theme_of_a_real_wordpress(wordpress: Site, browser: Browser) -> None:
    body = compose_wordpress(every_widget(STRICT))
    post = wordpress.rest(
        "author",
        "POST",
        "wp/v2/posts",
        json={"title": "Every widget", "content": body, "status": "publish"},
    ).json()
    assert faults({"the theme": Page(post["link"], WIDTHS, within=".entry-content")}) == []
