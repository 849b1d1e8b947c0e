"""The demo has a post that uses every widget there is, and its picture."""

from __future__ import annotations

from bs4 import BeautifulSoup

from blogkit.posts import loader
from blogkit.posts.post import WidgetCall
from blogkit.sandbox.server import Sandbox
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import PROFILES, STRICT, Profile
from tests.cases import for_each
from tests.widgets.sample_posts import SAMPLES, drawn
from tests.widgets.samples import NAMES

POST = SAMPLES["ken-betwa-link"]


def test_it_uses_every_widget() -> None:
    called = [
        part.name
        for block in loader.parse_blocks(POST)
        for part in block.parts
        if isinstance(part, WidgetCall)
    ]
    assert sorted(set(called)) == NAMES, (
        "a new widget belongs into blogkit/project/files/sample/posts/ken-betwa-link.md, too"
    )


@for_each("profile", PROFILES.values(), ids=PROFILES)
def test_it_renders_for_every_site(profile: Profile) -> None:
    assert {part.widget for part in drawn(POST, profile).fragments if part.widget} <= set(NAMES)


def test_an_author_loses_nothing_of_it() -> None:
    assert [
        loss for part in drawn(POST, STRICT).fragments for loss in judge(part.html, STRICT).losses
    ] == []


def test_its_picture_is_part_of_the_sandbox() -> None:
    (image,) = BeautifulSoup(drawn(POST, STRICT).html, "html.parser").find_all("img")
    with Sandbox() as sandbox:
        answer = sandbox.app.test_client().get(str(image["src"]))
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
