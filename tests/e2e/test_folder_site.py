"""The pages of a folder site in Chromium: six looks, light and dark, on phones and desks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from blogkit.platforms.folder.site.style import looks, style_sheet
from blogkit.render.looks.theme import theme_from_settings
from blogkit.sanitizers.profiles import FOLDER
from tests.e2e.browser import Browser, Visit, markup
from tests.folder_sites import Blog
from tests.images.samples import drawn as picture
from tests.widgets.sample_posts import SAMPLES, drawn

SAMPLE = SAMPLES["semiconductor-mission"]
LONG = "donaudampfschifffahrtsgesellschaftskapitaenswitwe-2026"
PAGES = {
    "index.html": ((320, "light"), (1280, "dark")),
    "label/economy.html": ((360, "dark"),),
    f"label/{LONG}.html": ((320, "light"),),
    "2026/09/chips.html": ((320, "dark"), (1280, "light")),
    "404.html": ((360, "light"),),
}
"""The views of each page: width and colours."""
LANGUAGES = dict(zip(looks(), ("en", "hi", "ur", "ta", "vi", "bn"), strict=True))


def site(root: Path, look: str) -> Path:
    """The folder of a site with a post of many widgets, in one look."""
    settings = {
        "sheet": lambda: style_sheet(theme_from_settings({"preset": look})),
        "language": LANGUAGES[look],
        "title": "Study Desk",
    }
    blog = Blog(root, settings=settings)
    folder = blog.folder()
    document = replace(drawn(SAMPLE, FOLDER), key="chips")
    blog.publish("Chips", folder, body=folder.compose(document), labels=("Economy", LONG))
    blog.publish("About us", folder, kind="page")
    (blog.home / "images").mkdir()
    (blog.home / "images/0123456789abcdef-a.png").write_bytes(picture("PNG", (640, 360)))
    shown = '<p>Text.</p>\n<p><img src="/images/0123456789abcdef-a.png" alt="Hills"></p>'
    for number in range(13):
        title = f"A long title with a Donaudampfschifffahrtsgesellschaft, number {number}"
        blog.publish(title, folder, labels=("Economy",), body=shown if number % 3 else "<p>T.</p>")
    return blog.home


@pytest.mark.browser
@pytest.mark.parametrize("look", looks())
def test_readers_can_read_everything_and_nothing_is_asked_for(
    browser: Browser, tmp_path: Path, look: str
) -> None:
    home = site(tmp_path, look)
    visits = [Visit((home / path).as_uri(), *view) for path in PAGES for view in PAGES[path]]
    for visit, seen in zip(visits, browser.look(visits), strict=True):
        assert seen.violations == [], visit
        assert not seen.sideways, (visit, seen.overflowing)
        assert (seen.foreign, seen.errors) == ([], [])


@pytest.mark.browser
def test_html_validate_finds_nothing(tmp_path: Path) -> None:
    home = site(tmp_path, "exam")
    assert markup([(home / path).read_text(encoding="utf-8") for path in PAGES]) == [[]] * len(
        PAGES
    )
