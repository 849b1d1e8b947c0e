"""The editor's own scripts accept every form that prose takes, as it is sent and as an author's
site stores it.
"""

from __future__ import annotations

from blogkit.platforms.wordpress.post_body import block
from tests.e2e.blocks import validate_blocks
from tests.e2e.wordpress.site import Site
from tests.platforms.wordpress.samples import BROKEN
from tests.platforms.wordpress.samples import SAMPLES as ALL

SAMPLES = {name: sample for name, sample in ALL.items() if name not in BROKEN}


def test_every_piece_of_prose_is_valid_and_what_it_should_be(wordpress: Site) -> None:
    verdicts = validate_blocks(wordpress, [block(fragment) for fragment, _ in SAMPLES.values()])
    assert {
        name: verdict.complaints
        for name, verdict in zip(SAMPLES, verdicts, strict=True)
        if verdict.complaints
    } == {}
    assert {name: verdict.names for name, verdict in zip(SAMPLES, verdicts, strict=True)} == {
        n: s.blocks for n, s in SAMPLES.items()
    }


def test_it_stays_valid_after_an_authors_filter(wordpress: Site) -> None:
    stored = []
    for name, (fragment, _) in SAMPLES.items():
        answer = wordpress.rest(
            "author", "POST", "wp/v2/posts", json={"title": name, "content": block(fragment)}
        )
        stored.append(answer.json()["content"]["raw"])
    verdicts = validate_blocks(wordpress, stored)
    assert {
        name: verdict.complaints
        for name, verdict in zip(SAMPLES, verdicts, strict=True)
        if verdict.complaints
    } == {}
