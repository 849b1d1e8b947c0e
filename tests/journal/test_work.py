"""What is left for a later time outlives the process, and ends when it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from blogkit.journal.store import Journal
from blogkit.journal.work import Retry, WaitingPost
from tests.journal.conftest import Place
from tests.journal.samples import NOW, intend, memory

POST = WaitingPost("main", "talks", "posts/talks.md", NOW)
RETRY = Retry("proof", "main", "talks", 1, NOW, "main does not answer")


def test_posts_wait_in_the_order_of_their_times(place: Place) -> None:
    with place.open() as journal:
        journal.work.wait(replace(POST, at=NOW + timedelta(hours=1)))
        journal.work.wait(replace(POST, key="rain", path="posts/rain.md"))
    with place.open() as journal:
        assert [one.key for one in journal.work.waiting()] == ["rain", "talks"]
        journal.work.wait(replace(POST, path="posts/new name.md", at=NOW - timedelta(hours=1)))
        assert [one.path for one in journal.work.waiting()] == [
            "posts/new name.md",
            "posts/rain.md",
        ]


def test_a_post_that_was_created_waits_no_more(journal: Journal) -> None:
    journal.work.wait(POST)
    journal.work.wait(replace(POST, site="school"))
    journal.done(intend(journal), memory(), b"after")
    assert [one.site for one in journal.work.waiting()] == ["school"]


def test_failures_are_counted_until_success(journal: Journal) -> None:
    journal.work.failed(RETRY)
    second = replace(RETRY, failures=2, again=NOW + timedelta(minutes=2))
    journal.work.failed(second)
    journal.work.failed(replace(RETRY, kind="other"))
    assert journal.work.retries() == [replace(RETRY, kind="other"), second]
    journal.work.succeeded("proof", "main", "talks")
    assert [one.kind for one in journal.work.retries()] == ["other"]
