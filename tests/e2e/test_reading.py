"""Widgets as readers meet them: on a phone and on a desk, by day and by night, and with a finger on the button."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from blogkit.platforms.wordpress.blocks import compose
from blogkit.render.page import page
from blogkit.survival.profile import FOLDER, STRICT, Profile
from tests.e2e import sample
from tests.e2e.browser import SCHEMES, WIDTHS, Browser, Visit, markup, served
from tests.e2e.wordpress.site import Site

PROFILES = pytest.mark.parametrize("profile", [STRICT, FOLDER], ids=lambda profile: profile.name)


@PROFILES
@pytest.mark.parametrize("widget", sample.WIDGETS)
def test_a_widget_is_accessible_and_fits_at_every_width_by_day_and_by_night(
    browser: Browser, widget: str, profile: Profile, tmp_path: Path
) -> None:
    html = page(sample.example(widget, tmp_path, profile=profile), f"A post with a {widget}")
    with served({"/": html}) as root:
        visits = [Visit(f"{root}/", width, scheme) for width in WIDTHS for scheme in SCHEMES]
        looks = browser.look(visits)
    for visit, seen in zip(visits, looks, strict=True):
        where = f"{widget} at {visit.width} px, {visit.scheme}"
        assert seen.violations == [], where
        assert not seen.sideways, f"{where}: {seen.overflowing}"
        assert set(seen.foreign) <= set(re.findall(r'<img src="([^"]+)"', html)), f"{where}: no request but for the author's own pictures"
        assert seen.errors == [], where


@pytest.mark.browser
@PROFILES
@pytest.mark.parametrize("make", [sample.example, sample.hostile])
def test_pages_with_widgets_are_valid_html(make: sample.Make, profile: Profile, tmp_path: Path) -> None:
    pages = [page(make(widget, tmp_path, profile=profile), f"A post with a {widget}") for widget in sample.WIDGETS]
    assert dict(zip(sample.WIDGETS, markup(pages), strict=True)) == {widget: [] for widget in sample.WIDGETS}


@PROFILES
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_quiz_button_leads_to_the_quiz(browser: Browser, profile: Profile, scheme: str, tmp_path: Path) -> None:
    pages = {"/quiz": "<!doctype html><title>The quiz</title>"}
    with served(pages) as root:
        quiz = f"{root}/quiz?paper=1&set=b"
        document = sample.document("```{quiz-button}\nlabel: Start\n```", tmp_path, profile=profile, quiz_url=quiz, allow_http=True)
        pages["/"] = page(document, "A post with a quiz")
        (seen,) = browser.look([Visit(f"{root}/", 360, scheme, click=f'a[href^="{root}/quiz"]')])
    assert seen.landed == quiz


def test_an_authors_widgets_are_accessible_and_fit_in_a_real_theme(wordpress: Site, browser: Browser, tmp_path: Path) -> None:
    body = compose(sample.document(sample.EVERYTHING, tmp_path))
    post = wordpress.rest("author", "POST", "wp/v2/posts", json={"title": "Everything", "content": body, "status": "publish"}).json()
    visits = [Visit(post["link"], width, scheme, within=".entry-content") for width in WIDTHS for scheme in SCHEMES]
    for visit, seen in zip(visits, browser.look(visits), strict=True):
        assert (seen.violations, seen.overflowing) == ([], []), visit
