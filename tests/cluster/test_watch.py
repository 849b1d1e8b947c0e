"""What the owner of a blog sees of its writes: the ordeal counts by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.cluster.blogs import WatchedBlog, watched_blogs
from tests.waiting import until


@pytest.fixture
def blog(tmp_path: Path) -> Iterator[WatchedBlog]:
    with watched_blogs(tmp_path, 1) as [blog]:
        yield blog


def create(blog: WatchedBlog) -> int:
    address = f"{blog.sandbox.api_base}/v3/blogs/{blog.sandbox.blog.id}/posts"
    token = {"Authorization": "Bearer sandbox"}
    return requests.post(address, json={"title": "Talks"}, headers=token, timeout=300).status_code


def test_a_create_that_is_sent_back_is_none(blog: WatchedBlog) -> None:
    """It is sent again without a second turn: at once, or when the blog permits."""
    for kind in ("429", "expired-token"):
        blog.sandbox.fail(kind, path="v3/")
    assert [create(blog) for _ in range(3)] == [429, 401, 200]
    assert len(blog.watch.starts) == 3
    assert blog.watch.creates == ["200 OK"]


def test_a_create_that_is_cut_off_may_have_been_done(blog: WatchedBlog) -> None:
    for kind in ("reset", "500"):
        blog.sandbox.fail(kind, path="v3/")
    with pytest.raises(requests.ConnectionError):
        create(blog)
    # the line is cut before it is noted
    until(lambda: blog.watch.creates == ["cut off"], "noted")
    assert create(blog) == 500
    assert blog.watch.creates == ["cut off", "500 INTERNAL SERVER ERROR"]
    assert blog.watch.overlaps == []
