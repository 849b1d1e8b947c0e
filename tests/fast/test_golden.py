"""Every post becomes what it became before there were short cuts."""

from __future__ import annotations

import pytest

from tests.fast import golden

KNOWN = golden.FILE.read_text(encoding="utf-8").splitlines()


@pytest.mark.sampled
@pytest.mark.parametrize("kind", ["ordinary", "sample", "adversarial"])
def test_output_is_the_same_byte_for_byte(kind: str) -> None:
    posts = {name: text for name, text in golden.posts().items() if golden.kind_of(name) == kind}
    now = [line for name, text in posts.items() for line in golden.digests(name, text)]
    assert posts
    assert [line for line in now if line not in set(KNOWN)] == []


def test_no_post_is_forgotten() -> None:
    assert {line.split()[0] for line in KNOWN} == set(golden.posts())
