"""Pages with widgets are valid HTML, and the quiz button leads where it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.render.page import render_page
from blogkit.sanitizers.profiles import FEED, FOLDER, STRICT, Profile
from tests.e2e import sample
from tests.e2e.browser import SCHEMES, Browser, Visit, markup, served

PROFILES = pytest.mark.parametrize(
    "profile", [STRICT, FOLDER, FEED], ids=lambda profile: profile.name
)


@pytest.mark.browser
@PROFILES
@pytest.mark.parametrize("make", [sample.example, sample.hostile])
def test_pages_with_widgets_are_valid_html(
    make: sample.Make, profile: Profile, tmp_path: Path
) -> None:
    pages = [
        render_page(make(widget, tmp_path, profile=profile), f"A post with a {widget}")
        for widget in sample.WIDGETS
    ]
    assert dict(zip(sample.WIDGETS, markup(pages), strict=True)) == {
        widget: [] for widget in sample.WIDGETS
    }


@PROFILES
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_quiz_button_leads_to_the_quiz(
    browser: Browser, profile: Profile, scheme: str, tmp_path: Path
) -> None:
    pages = {"/quiz": "<!doctype html><title>The quiz</title>"}
    with served(pages) as root:
        quiz = f"{root}/quiz?paper=1&set=b"
        document = sample.document(
            "```{quiz-button}\nlabel: Start\n```",
            tmp_path,
            profile=profile,
            quiz_url=quiz,
            allow_http=True,
        )
        pages["/"] = render_page(document, "A post with a quiz")
        (seen,) = browser.look([Visit(f"{root}/", 360, scheme, click=f'a[href^="{root}/quiz"]')])
    assert seen.landed == quiz
