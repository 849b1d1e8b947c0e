"""What the adapter declares, and how it reads listings, also odd ones."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest

from blogkit.errors import OutcomeUnknown, ServerError, Unreadable
from blogkit.http import HttpClient
from blogkit.platforms.base import Capabilities, Draft, State
from blogkit.platforms.blogger.adapter import Blogger
from blogkit.render.document import Document, Fragment
from blogkit.sandbox.server import Sandbox
from tests.platforms.blogger.conftest import ZONE, Prepared, connect_to


def test_the_declared_capabilities() -> None:
    """https://developers.google.com/blogger/docs/3.0/reference/posts: no slug, no excerpt, no
    upload; 500 posts in one answer.
    """
    expected = Capabilities(
        max_labels=20,
        max_labels_chars=200,
        min_interval=3.0,
        max_concurrency=1,
        page_size=500,
    )
    plain = Blogger("main", "https://talks.blogspot.com/", http=HttpClient("main"), zone=ZONE)
    by_title = Blogger(
        "main",
        "https://talks.blogspot.com/",
        http=HttpClient("main"),
        zone=ZONE,
        slug_by_title=True,
    )
    assert plain.capabilities == expected
    assert by_title.capabilities == replace(expected, slug="by-title")


def test_a_draft_without_problems_has_an_empty_list_of_them() -> None:
    blogger = Blogger("main", "https://talks.blogspot.com/", http=HttpClient("main"), zone=ZONE)
    assert blogger.check(Draft("talks", "post", "Talks", "<p>x</p>"), None) == ()


def test_a_damaged_post_in_the_answer_to_a_write_leaves_its_outcome_unknown(
    prepared: Prepared,
) -> None:
    prepared.on("POST", "/posts", prepared.post() | {"title": None})
    with pytest.raises(OutcomeUnknown, match="answered 200 with a damaged post"):
        prepared.connect().create(Draft("talks", "post", "Talks", "<p>Text</p>"))


def test_a_listing_follows_its_tokens_and_names_what_has_no_id(prepared: Prepared) -> None:
    prepared.on(
        "GET",
        "/posts",
        {"items": [prepared.post("1"), {"title": "no id"}, "an id", 17], "nextPageToken": "a"},
    )
    prepared.on("GET", "/posts", {"items": [prepared.post("2")], "nextPageToken": "b"})
    prepared.on("GET", "/posts", {})
    told: list[Unreadable] = []
    listed = prepared.connect().list("post", [State.DRAFT], on_unreadable=told.append)
    assert [post.ref.id for post in listed] == ["1", "2"]
    assert [error.message.partition("cannot read ")[2] for error in told] == [
        "a post without a usable id: its id is missing",
        'a post without a usable id: the data is "an id"',
        "a post without a usable id: the data is 17",
    ]
    assert [error.key for error in told] == ["", None, None]
    assert [dict(query).get("pageToken", "") for _, _, query in prepared.seen] == ["", "a", "b"]


@pytest.mark.parametrize(
    "tokens", [["a", "a"], ["a", "b", "a"]], ids=["the same page", "two pages in turn"]
)
def test_a_listing_that_repeats_its_pages_ends_with_an_error(
    prepared: Prepared, tokens: list[str]
) -> None:
    for token in [*tokens, "never asked for"]:
        prepared.on("GET", "/posts", {"items": [prepared.post("1")], "nextPageToken": token})
    with pytest.raises(ServerError, match="repeats the same page"):
        list(islice(prepared.connect().list("post", [State.DRAFT]), 9))
    assert len(prepared.seen) == len(tokens)


def test_a_find_after_an_update_sees_the_update(sandbox: Sandbox) -> None:
    """Finds share a listing for some seconds; our own write makes it stale."""
    blogger = connect_to(sandbox)
    body = blogger.compose(Document("talks", (Fragment("paragraph", "<p>Text</p>"),)))
    draft = Draft("talks", "post", "Talks", body)
    blogger.create(draft)
    before = blogger.find("talks", "post")
    assert before is not None
    blogger.update(before.ref, replace(draft, title="Talks closed"), before, fresh=True)
    after = blogger.find("talks", "post")
    assert after is not None
    assert after.title == "Talks closed"
