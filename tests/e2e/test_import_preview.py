"""An import in a real Chromium: pasted, looked at on both sides, and saved only when asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.preview.importing import PastedPage
from tests.e2e.browser import Browser
from tests.e2e.test_preview import previewing

TOML = '[sites.main]\nplatform = "folder"\nfolder = "site"\n'
ANSWER = """Sure! Here is the post:

# A Ferry Across the Gulf

The first boat left at six in the morning, with ninety people.

## Key Details

- **Route:** Bhavnagar to Dahej
- **Fare:** ₹480 one way

**Q1. How long does it take?**
A) 30 minutes
B) 70 minutes
"""
ARABIC = """<h1>مؤتمر الأنهار</h1>
<p>يجتمع المهندسون في القاهرة لمناقشة مياه الأنهار.</p>
<script>document.title = 'run'; top.location = '/run'</script><img alt="" src="data:," onerror="top.location='/run'">
<p onclick="top.location='/run'">كلمات أخيرة</p>
"""
SHOWN = "!document.getElementById('result').hidden"
ENTRY = "[...document.querySelectorAll('#entries li')].find((e) => e.textContent.includes('{}'))"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "blogkit.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_a_pasted_text_is_seen_on_both_sides_and_then_saved(
    browser: Browser, blog: Path, width: int, scheme: str
) -> None:
    paste = f"document.getElementById('text').value = {ANSWER!r}"
    box = ENTRY.format("meta-box")
    with previewing(blog) as preview:
        found = browser.drive(
            ["open", "a", preview.access.address_of(""), width, scheme],
            ["until", "a", "document.getElementById('posts') !== null"],
            ["run", "a", "location.href = '/import'"],
            ["until", "a", "document.getElementById('text') !== null"],
            ["axe", "a"],
            ["run", "a", paste],
            ["click", "a", "#paste button"],
            ["until", "a", SHOWN],
            ["untilFrame", "a", "document.body.innerText.includes('ninety people')"],
            ["axe", "a"],
            ["run", "a", f"{box}.querySelectorAll('button')[1].click()"],
            ["untilFrame", "a", "document.getElementById('blogkit-here') !== null"],
            ["run", "a", f"{box}.querySelector('button').click()"],
            ["run", "a", "document.querySelector('#source [aria-current] .words').textContent"],
            ["run", "a", f"{ENTRY.format('mcq')}.className"],
            ["run", "a", "document.documentElement.scrollWidth > innerWidth"],
            ["run", "a", "document.querySelector('#source .words .dropped').textContent"],
            ["click", "a", "#save button"],
            ["until", "a", "!document.getElementById('saved').hidden"],
            ["axe", "a"],
            ["run", "a", "document.querySelector('#saved a').getAttribute('href')"],
            ["click", "a", "#save button"],
            ["until", "a", "!document.getElementById('banner').hidden"],
            ["run", "a", "document.getElementById('banner').textContent"],
            ["errors"],
        )  # fmt: skip
    assert [found[n] for n in (4, 9, 19, 24)] == [[], [], [], []]
    assert found[13].endswith("## Key Details")
    assert found[14] == "left"
    assert found[15] is False, "the page is wider than the window"
    assert found[16] == "left out: Sure! Here is the post:"
    assert found[20] == "/?post=posts%2Fa-ferry-across-the-gulf.md"
    assert "already exists" in found[23]
    assert "```{meta-box}" in (blog / "posts/a-ferry-across-the-gulf.md").read_text("utf-8")


def test_a_hostile_page_from_right_to_left_is_text(browser: Browser, blog: Path) -> None:
    """It comes from the command line, and nothing of it runs on either side."""
    with previewing(blog) as preview:
        number = preview.pasted.add(PastedPage(ARABIC.encode(), "page.html"))
        found = browser.drive(
            ["open", "a", preview.access.address_of("", imported=number), 360],
            ["until", "a", SHOWN],
            ["untilFrame", "a", "document.body.innerText.includes('القاهرة')"],
            ["run", "a", "new Promise((done) => setTimeout(done, 300))"],
            ["where", "a"],
            ["run", "a", "document.title"],
            ["run", "a", "document.querySelectorAll('#source script, #source img').length"],
            ["run", "a", "document.getElementById('source').textContent.includes('<script>')"],
            ["run", "a", "document.documentElement.scrollWidth > innerWidth"],
            ["axe", "a"],
            ["errors"],
        )
        assert found[4].endswith(f"/import?number={number}")
    assert found[5].startswith("مؤتمر الأنهار")
    assert found[6:9] == [0, True, False]
    assert found[9:] == [[], []]
    assert list((blog / "posts").iterdir()) == []
