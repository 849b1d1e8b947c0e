"""What readers see of a blog, read without signing in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import responses

from blogkit.errors import (
    AuthenticationError,
    NotFound,
    PermissionDenied,
    ServerError,
    SiteError,
    Unreadable,
)
from blogkit.http import HttpClient
from blogkit.platforms.base import Draft, PostKind, Ref, Remote, State, Target
from blogkit.platforms.blogger.adapter import Blogger
from blogkit.platforms.blogger.public_feed import PublicFeed
from blogkit.platforms.blogger.public_view import PublicView
from blogkit.sandbox.server import Sandbox
from tests.platforms.blogger.conftest import ZONE, refuse_to_wait

HOME = "https://talks.blogspot.com"
POSTS = f"{HOME}/feeds/posts/default"


def feed_of(sandbox: Sandbox) -> PublicFeed:
    return PublicFeed("main", sandbox.url, HttpClient("main", sleep=refuse_to_wait))


def all_of(feed: PublicFeed, kind: PostKind = "post") -> list[Remote]:
    return [item for item in feed.every(kind) if isinstance(item, Remote)]


def live(blogger: Blogger, title: str = "Talks", body: str = "<p>x</p>", **fields: Any) -> Remote:
    ref = blogger.create(Draft("", fields.pop("kind", "post"), title, body, **fields)).ref
    return blogger.set_state(ref, Target(State.LIVE))


def test_a_post_is_read_as_the_api_shows_it(sandbox: Sandbox, blogger: Blogger) -> None:
    body = "<p>Caf&eacute; &amp; tea &lt; “x”</p>\r\n<p>हिन्दी 🎉</p>\n"
    made = live(blogger, 'A & <b> "c"', body, labels=("Polity", "GS & II"))
    (post,) = all_of(feed_of(sandbox))
    expected = blogger.get(made.ref)
    names = ("ref", "title", "body", "state", "url", "at", "slug")
    assert [getattr(post, name) for name in names] == [getattr(expected, name) for name in names]
    assert set(post.labels) == {"Polity", "GS & II"}
    assert post.at is not None
    assert post.at.tzinfo is not None
    assert dict(post.settings) == {}
    assert feed_of(sandbox).get(made.ref) == post


def test_pages_come_from_their_own_feed(sandbox: Sandbox, blogger: Blogger) -> None:
    page = live(blogger, "About us", kind="page")
    feed = feed_of(sandbox)
    assert [post.ref for post in all_of(feed, "page")] == [page.ref]
    assert all_of(feed) == []
    assert feed.get(page.ref).url == page.url


def test_only_live_posts_are_there(sandbox: Sandbox, blogger: Blogger) -> None:
    draft = blogger.create(Draft("", "post", "Not yet", "<p>y</p>"))
    feed = feed_of(sandbox)
    assert all_of(feed) == []
    with pytest.raises(NotFound, match="is not in the public feed of site main"):
        feed.get(draft.ref)


def test_every_page_is_read_whatever_its_length(sandbox: Sandbox) -> None:
    for number in range(150):
        # A second long one does not fit into a page.
        text = "x" * 600_000 if number in (20, 21, 22) else f"<p>{number}</p>"
        sandbox.blog.insert("post", {"title": f"Day {number}", "content": text}, draft=False)
    sandbox.log.clear()
    posts = all_of(feed_of(sandbox))
    assert sorted(post.title for post in posts) == sorted(f"Day {n}" for n in range(150))
    assert len({post.ref for post in posts}) == 150
    starts = [dict(one.query)["start-index"] for one in sandbox.log.served()]
    assert starts[:2] == ["1", "101"]
    assert len(starts) >= 4


def test_the_feed_is_asked_without_credentials(sandbox: Sandbox, blogger: Blogger) -> None:
    made = live(blogger)
    view = PublicView(
        "main", sandbox.url, feed=feed_of(sandbox), http=HttpClient("main", auth=_ended), zone=ZONE
    )
    assert view.get(made.ref).title == "Talks"
    assert [post.ref for post in view.list("post", [State.LIVE])] == [made.ref]
    draft = Draft("", "post", "Other", "<p>z</p>")
    for write in (
        lambda: view.create(draft),
        lambda: view.update(made.ref, draft, view.get(made.ref)),
        lambda: view.set_state(made.ref, Target(State.DRAFT)),
        lambda: view.trash(made.ref),
        view.identity,
    ):
        with pytest.raises(AuthenticationError, match="has ended"):
            write()
    assert [post.title for post in blogger.list("post", [State.LIVE])] == ["Talks"]


def _ended(_request: object, _renew: bool) -> dict[str, str]:
    raise AuthenticationError("the sign-in has ended")


class Feed:
    """A blog of prepared answers; it takes no request with credentials."""

    def __init__(self, mock: responses.RequestsMock) -> None:
        self.mock = mock
        self.waits: list[float] = []
        self.reader = PublicFeed("main", HOME, HttpClient("main", sleep=self.waits.append))

    def on(self, path: str, body: object, status: int = 200, **headers: str) -> None:
        text = body if isinstance(body, str) else json.dumps(body)
        kind = headers.pop("content_type", "application/json; charset=UTF-8")
        self.mock.get(path, body=text, status=status, content_type=kind, headers=headers)

    def has(self, *entries: object) -> None:
        self.on(POSTS, {"version": "1.0", "feed": {"entry": list(entries)}})
        self.on(POSTS, {"version": "1.0", "feed": {}})

    def read(self) -> list[object]:
        return list(self.reader.every("post"))


@pytest.fixture
def feed() -> Iterator[Feed]:
    with responses.RequestsMock() as mock:
        yield Feed(mock)
        for call in mock.calls:
            assert "Authorization" not in call.request.headers


def entry(number: str = "7", **changes: object) -> dict[str, object]:
    found = {
        "id": {"$t": f"tag:blogger.com,1999:blog-42.post-{number}"},
        "published": {"$t": "2026-11-23T12:00:00.123+05:30"},
        "updated": {"$t": "2026-11-23T12:00:00.456+05:30"},
        "title": {"type": "text", "$t": "Talks"},
        "content": {"type": "html", "$t": "<p>x</p>"},
        "link": [{"rel": "alternate", "href": f"{HOME}/2026/11/talks.html"}],
        **changes,
    }
    return {name: value for name, value in found.items() if value is not None}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": {"$t": 7}}, "title"),
        ({"content": {"$t": ["x"]}}, "content"),
        ({"published": None}, "published"),
        ({"published": {"$t": "soon"}}, "published"),
        ({"category": "x"}, "category"),
        ({"link": [{"rel": "alternate", "href": "https://[x"}]}, "url"),
        ({"id": {"$t": "tag:elsewhere.example,1999:7"}}, "id"),
        ({"id": 7}, "id"),
        ({"content": {"$t": f'<a href="{HOME}/2026/11/talks.html#more">Read more »</a>'}}, "jump"),
    ],
)
def test_a_damaged_entry_is_set_aside(feed: Feed, change: dict[str, object], why: str) -> None:
    feed.has(entry("5"), entry("6", **change), entry("7"))
    first, damaged, last = feed.read()
    assert isinstance(damaged, Unreadable)
    assert why in damaged.message
    assert damaged.post_id == ("" if why == "id" else "6")
    assert [post.ref.id for post in (first, last) if isinstance(post, Remote)] == ["5", "7"]


def test_empty_texts_may_be_missing(feed: Feed) -> None:
    feed.has(entry(title={"type": "text"}, content={"type": "html"}))
    (post,) = feed.read()
    assert isinstance(post, Remote)
    assert (post.title, post.body, post.labels) == ("", "", ())


def test_entries_without_ids_are_no_repetition(feed: Feed) -> None:
    for _ in range(2):
        feed.on(POSTS, {"feed": {"entry": [entry(id=None)]}})
    feed.on(POSTS, {"feed": {}})
    assert [type(item) for item in feed.read()] == [Unreadable, Unreadable]


def test_an_entry_that_is_no_object_is_set_aside(feed: Feed) -> None:
    feed.has("x", entry())
    damaged, post = feed.read()
    assert isinstance(damaged, Unreadable)
    assert isinstance(post, Remote)


def test_a_feed_of_beginnings_is_refused(feed: Feed) -> None:
    feed.on(POSTS, {"feed": {"entry": [entry(content=None, summary={"$t": "x"})]}})
    with pytest.raises(ServerError, match="only the beginnings of posts") as raised:
        feed.read()
    assert "Allow blog feed" in raised.value.hint


SIGN_IN = "<html><title>Sign in</title></html>"


@pytest.mark.parametrize(
    ("status", "body", "headers", "why"),
    [
        (401, SIGN_IN, {}, "Sign in"),
        (403, "{}", {}, "status 403"),
        (404, "Not found", {}, "there is none"),
    ],
)
def test_a_private_blog_is_named(
    feed: Feed, status: int, body: str, headers: dict[str, str], why: str
) -> None:
    feed.on(POSTS, body, status, **headers)
    with pytest.raises(PermissionDenied, match=why) as raised:
        feed.read()
    assert raised.value.message.startswith("site main: the public feed cannot be read: ")
    assert "blogkit login main" in raised.value.hint


def test_a_private_blog_leads_to_the_sign_in_page(feed: Feed) -> None:
    feed.on(POSTS, "", 302, Location="https://www.blogger.com/blogin.g?x=1")
    feed.on("https://www.blogger.com/blogin.g", SIGN_IN, content_type="text/html")
    with pytest.raises(
        PermissionDenied, match='answers with a web page titled "Sign in"'
    ) as raised:
        feed.read()
    assert "blogkit login main" in raised.value.hint


def test_a_blog_with_a_domain_of_its_own_is_read_there(feed: Feed) -> None:
    there = "https://www.talks.example/feeds/posts/default/7"
    feed.on(f"{POSTS}/7", "", 301, Location=f"{there}?alt=json")
    feed.on(there, {"entry": entry()})
    assert feed.reader.get(Ref("7")).title == "Talks"


def test_no_redirect_leaves_tls(feed: Feed) -> None:
    feed.on(f"{POSTS}/7", "", 301, Location="http://192.0.2.1/7")
    with pytest.raises(SiteError, match="redirects to"):
        feed.reader.get(Ref("7"))


def test_a_feed_that_repeats_itself_ends(feed: Feed) -> None:
    feed.on(POSTS, {"feed": {"entry": [entry()]}})
    with pytest.raises(ServerError, match="repeats the same page"):
        feed.read()
    assert len(feed.mock.calls) == 2


def test_a_post_of_a_private_blog_is_not_taken_for_missing(feed: Feed) -> None:
    feed.on(f"{POSTS}/7", "Not found", 404)
    feed.on(POSTS, "Not found", 404)
    with pytest.raises(PermissionDenied):
        feed.reader.get(Ref("7"))


@pytest.mark.parametrize("body", ["[]", "{}", '{"feed": {"entry": {}}}', '{"feed": 7}', "oops"])
def test_other_answers_are_an_error(feed: Feed, body: str) -> None:
    feed.on(POSTS, body)
    with pytest.raises(SiteError):
        feed.read()


def test_caches_are_passed(feed: Feed) -> None:
    for _ in range(2):
        feed.on(f"{POSTS}/7", {"entry": entry()})
        feed.reader.get(Ref("7"))
    first, second = (call.request.params for call in feed.mock.calls)  # type: ignore[attr-defined]
    assert first["_"] != second["_"]


def test_another_post_is_not_taken_for_the_one_asked_for(feed: Feed) -> None:
    feed.on(f"{POSTS}/8", {"entry": entry("7")})
    with pytest.raises(ServerError, match="post 7"):
        feed.reader.get(Ref("8"))


def test_the_domain_of_a_country_leads_to_the_blog(feed: Feed) -> None:
    feed.on(f"{POSTS}/7", {"entry": entry()})
    there = PublicFeed("main", "http://www.talks.blogspot.in/", HttpClient("main"))
    assert there.get(Ref("7")).title == "Talks"
