"""Google's own client, unchanged, drives the sandbox: it builds the requests, signs in, and
reads the answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httplib2
import pytest
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from blogkit.sandbox.server import Sandbox

LATER = "2026-12-01T07:00:00+05:30"


def credentials(sandbox: Sandbox, **changes: str | None) -> Credentials:
    """No access token yet: the client has to fetch one from /token."""
    given = {
        "refresh_token": "sandbox",
        "client_id": "sandbox",
        "client_secret": "sandbox",
        **changes,
    }
    return Credentials(token=None, token_uri=f"{sandbox.api_base}/token", **given)


def client(sandbox: Sandbox, **how: Any) -> Any:
    how = how or {"credentials": credentials(sandbox)}
    return build(
        "blogger", "v3", static_discovery=True, client_options={"api_endpoint": sandbox.url}, **how
    )


@pytest.fixture
def blogger(running: Sandbox) -> Iterator[Any]:
    with client(running) as made:
        yield made


def test_the_blog_is_found_by_address_and_by_user(running: Sandbox, blogger: Any) -> None:
    blog = blogger.blogs().getByUrl(url=running.url).execute()
    assert (blog["id"], blog["url"]) == (running.blog.id, running.url)
    assert blogger.blogs().get(blogId=blog["id"]).execute()["name"] == "Sandbox"
    assert (
        blogger.blogs().listByUser(userId="self", role=["ADMIN"]).execute()["items"][0]["id"]
        == blog["id"]
    )
    assert blogger.users().get(userId="self").execute()["kind"] == "blogger#user"
    info = blogger.blogUserInfos().get(userId="self", blogId=blog["id"]).execute()
    assert info["blog_user_info"]["role"] == "ADMIN"


def test_a_post_from_draft_to_trash(running: Sandbox, blogger: Any) -> None:
    posts, blog = blogger.posts(), running.blog.id
    made = posts.insert(
        blogId=blog,
        isDraft=True,
        body={"title": "Talks open in Miami", "content": "<p>1 – 2</p>", "labels": ["a"]},
    ).execute()
    assert (made["status"], made["url"]) == ("DRAFT", running.url)
    patched = posts.patch(blogId=blog, postId=made["id"], body={"labels": ["a", "b"]}).execute()
    assert (patched["labels"], patched["content"]) == (["a", "b"], "<p>1 &#8211; 2</p>")
    live = posts.publish(blogId=blog, postId=made["id"]).execute()
    assert (live["status"], live["url"]) == (
        "LIVE",
        f"{running.url}2026/11/talks-open-in-miami.html",
    )
    assert (
        posts.getByPath(blogId=blog, path="/2026/11/talks-open-in-miami.html").execute()["id"]
        == made["id"]
    )
    assert posts.search(blogId=blog, q="miami").execute()["items"][0]["id"] == made["id"]
    whole = posts.update(
        blogId=blog, postId=made["id"], body={"title": "New", "content": "c", "labels": ["b"]}
    ).execute()
    assert (whole["title"], whole["labels"], whole["url"]) == ("New", ["b"], live["url"])
    assert posts.revert(blogId=blog, postId=made["id"]).execute()["status"] == "DRAFT"
    assert posts.delete(blogId=blog, postId=made["id"], useTrash=True).execute() == ""
    trash = posts.list(blogId=blog, status="SOFT_TRASHED", view="ADMIN").execute()
    assert trash["items"][0]["id"] == made["id"]


def test_a_post_is_scheduled(running: Sandbox, blogger: Any) -> None:
    posts, blog = blogger.posts(), running.blog.id
    made = posts.insert(blogId=blog, isDraft=True, body={"title": "Later"}).execute()
    scheduled = posts.publish(blogId=blog, postId=made["id"], publishDate=LATER).execute()
    assert (scheduled["status"], scheduled["published"]) == ("SCHEDULED", LATER)
    assert [
        i["id"] for i in posts.list(blogId=blog, status=["DRAFT", "SCHEDULED"]).execute()["items"]
    ] == [made["id"]]
    running.clock.advance(days=8)
    assert (
        posts.get(blogId=blog, postId=made["id"]).execute()["url"]
        == f"{running.url}2026/12/later.html"
    )


def test_all_pages_of_a_listing(running: Sandbox, blogger: Any) -> None:
    posts, seen = blogger.posts(), []
    for n in range(7):
        running.blog.insert("post", {"title": f"{n}"}, draft=False)
        running.clock.advance(minutes=1)
    request, sizes = posts.list(blogId=running.blog.id, maxResults=3), []
    while request is not None:
        answer = request.execute()
        sizes.append(len(answer["items"]))
        seen += [item["title"] for item in answer["items"]]
        request = posts.list_next(request, answer)
    assert (sizes, seen) == ([3, 3, 1], ["6", "5", "4", "3", "2", "1", "0"])


def test_a_very_long_query_comes_as_a_post(running: Sandbox, blogger: Any) -> None:
    running.blog.insert("post", {"title": "x", "labels": ["a"]}, draft=False)
    found = blogger.posts().list(blogId=running.blog.id, labels="a" + "," * 3000).execute()
    assert found["items"][0]["title"] == "x"
    assert running.log.served()[-1].method == "POST"


def test_pages(running: Sandbox, blogger: Any) -> None:
    pages, blog = blogger.pages(), running.blog.id
    made = pages.insert(
        blogId=blog, isDraft=True, body={"title": "About", "content": "c"}
    ).execute()
    assert (
        pages.publish(blogId=blog, pageId=made["id"]).execute()["url"]
        == f"{running.url}p/about.html"
    )
    assert (
        pages.patch(blogId=blog, pageId=made["id"], body={"content": "d"}).execute()["content"]
        == "d"
    )
    assert (
        pages.update(blogId=blog, pageId=made["id"], body={"title": "E"}).execute()["title"] == "E"
    )
    assert pages.list(blogId=blog, status=["LIVE"]).execute()["items"][0]["id"] == made["id"]
    assert pages.get(blogId=blog, pageId=made["id"]).execute()["title"] == "E"
    assert pages.revert(blogId=blog, pageId=made["id"]).execute()["status"] == "DRAFT"
    assert pages.delete(blogId=blog, pageId=made["id"]).execute() == ""


def test_comments_are_read_and_moderated(running: Sandbox, blogger: Any) -> None:
    comments, blog = blogger.comments(), running.blog
    post = blog.insert("post", {"title": "Talks on water"}, draft=False).id
    asha = blog.comment(post, "Asha", "When is the next one?")
    running.clock.advance(minutes=1)
    spam = blog.comment(post, "Buy now", "Cheap", status="PENDING")
    at = {"blogId": blog.id, "postId": post}
    live = comments.list(**at).execute()["items"]
    assert [(item["author"]["displayName"], item["content"]) for item in live] == [
        ("Asha", "When is the next one?")
    ]
    waiting = comments.list(**at, status="PENDING", view="ADMIN").execute()["items"]
    assert [(item["id"], item["status"]) for item in waiting] == [(spam.id, "PENDING")]
    with pytest.raises(HttpError) as unseen:
        comments.get(**at, commentId=spam.id).execute()
    assert unseen.value.resp.status == 404
    assert comments.get(**at, commentId=spam.id, view="ADMIN").execute()["status"] == "PENDING"
    assert comments.markAsSpam(**at, commentId=spam.id).execute()["status"] == "SPAM"
    assert comments.approve(**at, commentId=spam.id).execute()["status"] == "LIVE"
    emptied = comments.removeContent(**at, commentId=asha.id).execute()
    assert (emptied["status"], emptied["content"]) == ("EMPTIED", "")
    assert comments.delete(**at, commentId=spam.id).execute() == ""
    assert "items" not in comments.listByBlog(blogId=blog.id).execute()


def test_all_pages_of_comments(running: Sandbox, blogger: Any) -> None:
    post = running.blog.insert("post", {"title": "Talks on grain"}, draft=False).id
    for n in range(5):
        running.blog.comment(post, "Asha", f"{n}")
        running.clock.advance(minutes=1)
    comments, seen = blogger.comments(), []
    request = comments.listByBlog(blogId=running.blog.id, maxResults=2)
    while request is not None:
        answer = request.execute()
        seen.append([item["content"] for item in answer["items"]])
        request = comments.listByBlog_next(request, answer)
    assert seen == [["4", "3"], ["2", "1"], ["0"]]
    found = blogger.posts().get(blogId=running.blog.id, postId=post, maxComments=1).execute()
    assert found["replies"]["totalItems"] == "5"
    assert [item["content"] for item in found["replies"]["items"]] == ["4"]


def test_page_views_are_those_of_the_public_blog(running: Sandbox, blogger: Any) -> None:
    running.blog.insert("post", {"title": "Seen"}, draft=False)
    reader = running.app.test_client()
    reader.get("/")
    running.clock.advance(days=8)
    reader.get("/2026/11/seen.html")
    running.clock.advance(days=2)
    ranges = ["7DAYS", "30DAYS", "all"]
    views = blogger.pageViews().get(blogId=running.blog.id, range=ranges).execute()
    assert [(each["timeRange"], each["count"]) for each in views["counts"]] == [
        ("SEVEN_DAYS", "1"),
        ("THIRTY_DAYS", "2"),
        ("ALL_TIME", "2"),
    ]


def test_what_the_user_may_do_with_posts(running: Sandbox, blogger: Any) -> None:
    post = running.blog.insert("post", {"title": "Mine", "content": "c"}, draft=False).id
    infos, blog = blogger.postUserInfos(), running.blog.id
    info = infos.get(userId="self", blogId=blog, postId=post).execute()
    assert info["post"]["content"] == "c"
    assert info["post_user_info"]["hasEditAccess"] is True
    (listed,) = infos.list(userId="self", blogId=blog).execute()["items"]
    assert (listed["post"]["id"], "content" in listed["post"]) == (post, False)


def test_states_are_set_twice_and_a_trashed_post_is_read(running: Sandbox, blogger: Any) -> None:
    """As clients rely on that a web editor and scripts have used for years."""
    running.switches.set(publish_live_again="no-op", revert_draft="no-op", get_trashed="shown")
    posts, blog = blogger.posts(), running.blog.id
    at = {
        "blogId": blog,
        "postId": posts.insert(blogId=blog, body={"title": "Twice"}).execute()["id"],
    }
    assert posts.publish(**at).execute()["status"] == "LIVE"
    assert posts.revert(**at).execute()["status"] == "DRAFT"
    assert posts.revert(**at).execute()["status"] == "DRAFT"
    posts.delete(**at, useTrash=True).execute()
    assert posts.get(**at, view="AUTHOR").execute()["status"] == "SOFT_TRASHED"
    with pytest.raises(HttpError) as unseen:
        posts.get(**at).execute()
    assert unseen.value.resp.status == 404


def test_errors_arrive_as_googles_own(running: Sandbox, blogger: Any) -> None:
    posts, blog = blogger.posts(), running.blog.id
    with pytest.raises(HttpError) as missing:
        posts.get(blogId=blog, postId="1").execute()
    assert (missing.value.resp.status, missing.value.reason) == (404, "Not Found")
    with pytest.raises(HttpError) as labels:
        posts.insert(blogId=blog, body={"title": "x", "labels": ["y" * 201]}).execute()
    assert labels.value.reason == "We're sorry, but the value for field labels was not valid."
    assert labels.value.error_details == [
        {"message": labels.value.reason, "domain": "global", "reason": "invalid"}
    ]
    with pytest.raises(HttpError) as unknown:
        posts.insert(blogId=blog, body={"nope": 1}).execute()
    assert 'Unknown name "nope"' in unknown.value.reason


def test_what_the_client_repeats_and_what_it_does_not(running: Sandbox, blogger: Any) -> None:
    request = blogger.posts().list(blogId=running.blog.id)
    request._sleep = lambda _seconds: None
    running.fail("429", path="/posts")
    running.fail("503", path="/posts")
    assert request.execute(num_retries=2)["kind"] == "blogger#postList"
    running.fail("quota", path="/posts")
    with pytest.raises(HttpError) as caught:
        request.execute(num_retries=2)
    assert caught.value.resp.status == 403
    assert not running.faults.waiting()


def test_an_expired_token_is_renewed(running: Sandbox, blogger: Any) -> None:
    request = blogger.posts().list(blogId=running.blog.id)
    request.execute()
    running.fail("expired-token", path="/posts")
    assert request.execute()["kind"] == "blogger#postList"
    assert [served.path for served in running.log.served()].count("/token") == 2


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ("refresh_token", "invalid_grant"),
        ("client_id", "invalid_client"),
        ("client_secret", "invalid_client"),
    ],
)
def test_wrong_credentials_do_not_sign_in(running: Sandbox, wrong: str, error: str) -> None:
    with (
        client(running, credentials=credentials(running, **{wrong: "nonsense"})) as blogger,
        pytest.raises(RefreshError, match=error),
    ):
        blogger.posts().list(blogId=running.blog.id).execute()


def test_nobody_and_a_wrong_token_are_refused(running: Sandbox) -> None:
    with client(running, http=httplib2.Http()) as anonymous, pytest.raises(HttpError) as caught:
        anonymous.posts().list(blogId=running.blog.id).execute()
    assert (caught.value.resp.status, "unregistered callers" in caught.value.reason) == (403, True)
    with client(running, http=httplib2.Http()) as wrong, pytest.raises(HttpError) as caught:
        wrong.posts().list(blogId=running.blog.id, access_token="ya29.x").execute()
    assert (caught.value.resp.status, caught.value.error_details[0]["reason"]) == (401, "authError")
