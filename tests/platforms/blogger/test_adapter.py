"""What the adapter declares, and how it reads listings, also odd ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest
import responses

from blogkit.errors import (
    Conflict,
    NotFound,
    OutcomeUnknown,
    Rejected,
    ServerError,
    SiteError,
    Unreadable,
)
from blogkit.http import HttpClient
from blogkit.images import Limits
from blogkit.platforms.base import (
    ByHand,
    Capabilities,
    Draft,
    Ref,
    Remote,
    State,
    Target,
    Uploaded,
)
from blogkit.platforms.blogger import api
from blogkit.platforms.blogger.adapter import Blogger
from blogkit.platforms.image_checks import image_problems
from blogkit.platforms.terms import SiteTerms
from blogkit.regions import sentinel
from blogkit.render.document import Asset, Document, Fragment
from blogkit.sandbox.server import Sandbox
from blogkit.sanitizers.profiles import BLOGGER
from tests.cases import for_each
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
        glances=True,
        new_posts_in_a_row=15,
        new_posts_per_hour=3,
        accept=("comments", "empty-paragraphs"),
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


@for_each(
    ("url", "asked"),
    [
        ("https://talks.blogspot.com/", "https://talks.blogspot.com/"),
        ("http://www.talks.blogspot.in", "https://talks.blogspot.com/"),
        ("https://Talks.blogspot.co.uk/2026/", "https://talks.blogspot.com/"),
        ("https://talks.example/", "https://talks.example/"),
        ("http://127.0.0.1:8765/", "http://127.0.0.1:8765/"),
    ],
)
def test_a_blog_is_asked_for_by_its_own_address(url: str, asked: str) -> None:
    """A reader in India sees .blogspot.in, and copies that."""
    assert api.blog_by_url(api.API, url).params == (("url", asked),)


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


def test_a_find_after_any_other_write_sees_it_too(sandbox: Sandbox) -> None:
    blogger = connect_to(sandbox)
    body = blogger.compose(Document("talks", (Fragment("paragraph", "<p>Text</p>"),)))
    ref = blogger.create(Draft("talks", "post", "Talks", body)).ref
    assert blogger.find("talks", "post") is not None
    blogger.set_state(ref, Target(State.LIVE))
    found = blogger.find("talks", "post")
    assert found is not None
    assert found.state is State.LIVE
    blogger.trash(ref)
    assert blogger.find("talks", "post") is None


def test_several_posts_with_one_key_are_a_conflict(prepared: Prepared) -> None:
    for number in ("1", "2"):
        mark = {"content": sentinel("talks"), "status": "LIVE"}
        prepared.on("GET", "/posts", {"items": [prepared.post(number, **mark)]})
    prepared.on("GET", "/posts", {})
    with pytest.raises(Conflict) as caught:
        prepared.connect().find("talks", "post")
    assert "if one is superfluous, delete it" in caught.value.hint


DRAFT = Draft("talks", "post", "Talks", "<p>Text</p>")
SEEN = Remote(Ref("7"), "Talks", "<p>Text</p>", State.LIVE, labels=("News",))


BODY = {"content": "<p>Text</p>"}


@for_each(
    ("draft", "created", "updated"),
    [
        (DRAFT, {"title": "Talks", **BODY}, {"labels": []}),
        (
            replace(DRAFT, labels=("News",), body="<p>New</p>", settings={"comments": "closed"}),
            {
                "title": "Talks",
                "content": "<p>New</p>",
                "labels": ["News"],
                "readerComments": "DONT_ALLOW_SHOW_EXISTING",
            },
            {"content": "<p>New</p>", "readerComments": "DONT_ALLOW_SHOW_EXISTING"},
        ),
        (
            replace(DRAFT, title="New", labels=("A",), categories=("B",), tags=("A ",)),
            {"title": "New", "labels": ["A", "B"], **BODY},
            {"title": "New", "labels": ["A", "B"]},
        ),
        (
            replace(DRAFT, kind="page", labels=("A",), slug="talks", excerpt="e"),
            {"title": "Talks", **BODY},
            {},
        ),
    ],
)
def test_a_write_sends_what_blogger_has_a_field_for(
    prepared: Prepared, draft: Draft, created: dict[str, object], updated: dict[str, object]
) -> None:
    """An update has only what differs, and not a title that reads the same: it may be stored
    escaped.
    """
    ref, kind = Ref("7", draft.kind), f"blogger#{draft.kind}"
    prepared.bodies.clear()
    prepared.on("POST", f"/{draft.kind}s", prepared.post(kind=kind))
    prepared.on("PATCH", f"/{draft.kind}s/7", prepared.post(kind=kind))
    prepared.connect().create(draft)
    prepared.connect().update(ref, draft, replace(SEEN, ref=ref), fresh=True)
    assert prepared.bodies == [{"kind": kind, **created}, *([updated] if updated else [])]


@for_each(
    ("title", "stored", "sent"),
    [
        ("A & B", "A &amp; B", False),
        ("A &amp; B", "A & B", False),
        ("A  B", "A B", False),
        ("A B", "A  B", False),
        ("A B", "A C", True),
    ],
)
def test_a_title_is_sent_if_it_reads_otherwise(
    prepared: Prepared, title: str, stored: str, sent: bool
) -> None:
    prepared.bodies.clear()
    prepared.on("PATCH", "/posts/7", prepared.post())
    draft, seen = replace(DRAFT, title=title), replace(SEEN, title=stored)
    prepared.connect().update(Ref("7"), draft, seen, fresh=True)
    (body,) = prepared.bodies
    assert isinstance(body, dict)
    assert ("title" in body) is sent


@for_each(
    ("changes", "sent"),
    [
        ({}, []),
        ({"title": "Old"}, [{"title": "Old"}]),
        ({"body": "<p>Old</p>", "labels": ()}, [{"content": "<p>Old</p>", "labels": []}]),
        ({"excerpt": "e", "slug": "s", "featured_id": "9"}, []),
        ({"excerpt": "e", "title": "Old"}, [{"title": "Old"}]),
    ],
)
def test_undo_sends_the_fields_that_differ(
    prepared: Prepared, changes: dict[str, object], sent: list[object]
) -> None:
    prepared.bodies.clear()
    prepared.on("PATCH", "/posts/7", prepared.post())
    prepared.connect().restore(Ref("7"), replace(SEEN, **changes), SEEN, fresh=True)  # type: ignore[arg-type]
    assert prepared.bodies == sent


def refused(status: int, reason: str) -> dict[str, object]:
    return {"error": {"code": status, "message": "No.", "errors": [{"reason": reason}]}}


@pytest.mark.parametrize(
    ("state", "error"),
    [(State.LIVE, NotFound), (State.SCHEDULED, NotFound), (State.DRAFT, Rejected)],
)
def test_only_of_a_draft_does_not_found_mean_that_it_may_not_be_changed(
    prepared: Prepared, state: State, error: type[SiteError]
) -> None:
    prepared.on("PATCH", "/posts/7", refused(404, "notFound"), 404)
    with pytest.raises(error) as caught:
        prepared.connect().update(Ref("7"), DRAFT, replace(SEEN, state=state), fresh=True)
    assert type(caught.value) is error
    assert (caught.value.site, caught.value.status) == ("main", 404)


def test_a_refused_change_of_state_that_happened_all_the_same_is_no_refusal(
    prepared: Prepared,
) -> None:
    prepared.on("GET", "/posts/7", prepared.post())
    prepared.on("POST", "/posts/7/publish", refused(400, "invalid"), 400)
    prepared.on("GET", "/posts/7", prepared.post(status="LIVE"))
    assert prepared.connect().set_state(Ref("7"), Target(State.LIVE)).state is State.LIVE


def test_a_refused_change_of_state_of_a_post_that_is_gone_is_the_refusal(
    prepared: Prepared,
) -> None:
    prepared.on("GET", "/posts/7", prepared.post())
    prepared.on("POST", "/posts/7/publish", refused(400, "invalid"), 400)
    prepared.on("GET", "/posts/7", refused(404, "notFound"), 404)
    with pytest.raises(Rejected):
        prepared.connect().set_state(Ref("7"), Target(State.LIVE))


def test_a_post_in_the_trash_gets_no_state(prepared: Prepared) -> None:
    prepared.on("GET", "/posts/7", prepared.post(status="SOFT_TRASHED"))
    with pytest.raises(NotFound, match="post 7 on site main is in the trash") as caught:
        prepared.connect().set_state(Ref("7"), Target(State.LIVE))
    assert (caught.value.site, caught.value.status) == ("main", 404)
    assert prepared.writes() == []


def test_a_post_cannot_be_private(prepared: Prepared) -> None:
    prepared.on("GET", "/posts/7", prepared.post())
    with pytest.raises(Rejected, match="site main: Blogger has no private posts"):
        prepared.connect().set_state(Ref("7"), Target(State.LIVE, status="private"))
    assert prepared.writes() == []


def test_a_new_draft_that_the_newest_posts_lack_is_looked_for_in_all(prepared: Prepared) -> None:
    draft = prepared.post(content=sentinel("talks"))
    prepared.on("POST", "/posts", draft)
    prepared.on("GET", "/posts", {})
    prepared.on("GET", "/posts", {"items": [draft]})
    blogger = prepared.connect()
    blogger.create(replace(DRAFT, body=sentinel("talks")))
    (found,) = blogger.find_all("talks", "post", since=datetime.now(UTC))
    assert found.ref == Ref("7")


def test_a_look_at_time_stamps_asks_for_no_texts(prepared: Prepared) -> None:
    prepared.on("GET", "/posts", {"items": [prepared.post(status="LIVE")]})
    assert [post.ref for post in prepared.connect().glance("post", [State.LIVE])] == [Ref("7")]
    assert [*prepared.connect().list("post", [State.LIVE])]
    assert [dict(query)["fetchBodies"] for _, _, query in prepared.seen] == ["false", "true"]


def test_a_post_that_is_gone_counts_as_trashed(prepared: Prepared) -> None:
    prepared.on("DELETE", "/posts/7", refused(404, "notFound"), 404)
    prepared.connect().trash(Ref("7"))
    assert len(prepared.writes()) == 1


def test_pages_are_not_listed_as_scheduled_for_they_cannot_be(prepared: Prepared) -> None:
    blogger = prepared.connect()
    assert list(blogger.list("page", [State.SCHEDULED])) == []
    assert prepared.seen == []
    prepared.on("GET", "/pages", {"items": [prepared.post("1", status="LIVE")]})
    assert [page.ref for page in blogger.list("page", [State.LIVE])] == [Ref("1", "page")]
    prepared.on("GET", "/posts", {"items": [prepared.post("1", status="SCHEDULED")]})
    assert [post.ref for post in blogger.list("post", [State.SCHEDULED])] == [Ref("1")]


def test_a_label_lists_the_posts_that_have_it(prepared: Prepared) -> None:
    posts = [prepared.post("1") | {"labels": ["A", "B"]}, prepared.post("2") | {"labels": ["B"]}]
    prepared.on("GET", "/posts", {"items": posts})
    blogger = prepared.connect()
    for label, expected in (("A", ["1"]), ("B", ["1", "2"]), ("C", []), ("", ["1", "2"])):
        assert [post.ref.id for post in blogger.list("post", [State.DRAFT], label)] == expected


def test_what_a_blog_is_called_and_what_it_cannot_do(prepared: Prepared, tmp_path: Path) -> None:
    blogger = prepared.connect()
    assert blogger.identity() == "blogger:42"
    assert blogger.clock_offset() == timedelta()
    assert blogger.profile() is BLOGGER
    assert list(blogger.get_many([])) == []
    asset = Asset(tmp_path / "a.png", "images/a.png", "0" * 64, "a", 7)
    with pytest.raises(Rejected, match=r"cannot upload images/a\.png") as caught:
        blogger.upload(asset)
    assert caught.value.site == "main"


def test_terms_and_settings_of_a_blog_are_what_they_are_called(prepared: Prepared) -> None:
    blogger = prepared.connect()
    draft = replace(DRAFT, labels=("A",), categories=("B",), tags=("C",))
    assert blogger.site_terms(draft) == SiteTerms(("A", "B", "C"))
    assert blogger.category_paths(replace(SEEN, categories=("B / C",))) == ["B // C"]
    assert blogger.with_settings(SEEN, ["comments"]) == SEEN
    assert blogger.with_names([SEEN]) == [SEEN]
    assert blogger.hides_posts() == ""
    assert prepared.seen == []


@for_each(("by_title", "permalink"), [(False, (("permalink", "talks"),)), (True, ())])
def test_what_blogger_sets_in_its_editor_only(
    prepared: Prepared, by_title: bool, permalink: tuple[tuple[str, str], ...]
) -> None:
    blogger = prepared.connect(slug_by_title=by_title)
    found = blogger.by_hand(
        replace(DRAFT, slug="talks", excerpt="Short"), replace(SEEN, state=State.DRAFT)
    )
    link = "https://www.blogger.com/blog/post/edit/42/7"
    assert found == ByHand(link, (("search description", "Short"), *permalink))
    assert blogger.editor_of(Ref("7")) == link


def test_a_post_in_the_trash_is_not_restored(prepared: Prepared) -> None:
    with pytest.raises(Rejected, match="cannot restore post 7 from the trash") as caught:
        prepared.connect().untrash(Ref("7"))
    assert caught.value.site == "main"


@for_each(("host", "checked"), [("", False), ("s3", True)])
def test_images_are_checked_where_a_host_takes_them(
    prepared: Prepared, host: str, checked: bool, tmp_path: Path
) -> None:
    picture = Asset(tmp_path / "a.png", "images/a.png", "0" * 64, "a", 7)
    picture.path.write_bytes(b"not a picture")
    blogger = prepared.connect(image_host=host)
    draft = replace(DRAFT, assets=(picture,))
    (problem,) = image_problems(draft, Limits())
    assert (problem in blogger.check(draft, None)) is checked


def test_uploaded_files_and_the_blogs_of_an_account_are_named_by_their_addresses() -> None:
    blogger = Blogger("main", "https://talks.blogspot.com/", http=HttpClient("main"), zone=ZONE)
    asset = Asset(Path("a.png"), "images/a.png", "0" * 64, "a", 7)
    draft = replace(DRAFT, body=f'<img src="{asset.url}">', assets=(asset,))
    ready = blogger.with_uploads(draft, {asset.url: Uploaded("https://e.example/a.png")})
    assert ready.body == '<img src="https://e.example/a.png">'
    answer = {"items": [{"id": "42", "name": "Talks", "url": "https://talks.blogspot.com/"}]}
    with responses.RequestsMock() as mock:
        mock.get("https://blogger.googleapis.com/v3/users/self/blogs", json=answer)
        assert [blog.id for blog in blogger.blogs()] == ["42"]


def test_several_posts_are_read_one_by_one(prepared: Prepared) -> None:
    prepared.on("GET", "/posts/7", prepared.post())
    prepared.on("GET", "/posts/8", refused(404, "notFound"), 404)
    assert [*prepared.connect().get_many([Ref("7"), Ref("8")])] == [Ref("7")]
