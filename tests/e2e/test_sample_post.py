"""The demo's sample post as a whole: fast and sound to Lighthouse, and complete in Firefox's
reader.
"""

from __future__ import annotations

import shutil

import pytest

from blogkit.render.page import render_page
from blogkit.sanitizers.profiles import FOLDER, STRICT
from tests.e2e import node
from tests.e2e.browser import Browser, served
from tests.widgets.sample_posts import SAMPLES, drawn
from tests.widgets.test_reading import blocks_of

TIMES = (
    "first-contentful-paint",
    "largest-contentful-paint",
    "speed-index",
    "total-blocking-time",
)
SAMPLE = SAMPLES["semiconductor-mission"]


def test_lighthouse_finds_nothing_to_improve(browser: Browser) -> None:
    with served({"/": render_page(drawn(SAMPLE, FOLDER), SAMPLE.title)}) as root:
        question = {"chromium": shutil.which("chromium"), "urls": [f"{root}/"]}
        (judged,) = node.ask("lighthouse.mjs", question)
        # Times depend on the machine; what a page costs is held by its bytes and requests.
        assert {*judged["failed"]} <= {f"performance: {name}" for name in TIMES}
        scores = {name: score for name, score in judged["scores"].items() if name != "performance"}
        assert scores == dict.fromkeys(("accessibility", "best-practices", "seo"), 1)
        assert set(judged["requests"]) <= {f"{root}/", f"{root}/favicon.ico"}
        assert judged["bytes"] < 20_000


@pytest.mark.browser
@pytest.mark.parametrize("name", SAMPLES)
def test_a_reader_loses_nothing_keeps_the_order_and_glues_no_words(name: str) -> None:
    """Icons are decoration and may go; what a widget says may not."""
    post = SAMPLES[name]
    documents = [drawn(post, profile) for profile in (STRICT, FOLDER)]
    answers = node.ask(
        "reader.cjs", {"pages": [render_page(document, post.title) for document in documents]}
    )
    for document, read in zip(documents, answers, strict=True):
        meant, kept = blocks_of(document.html), blocks_of(read["html"])
        assert [block for block in meant if block not in kept] == []
        assert [block for block in kept if block in meant] == meant
