"""Requests and answers as data. The error bodies are Google's own, as quoted in public issues."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from blogkit.errors import (
    AuthenticationError,
    BlogkitError,
    NotFound,
    OutcomeUnknown,
    PermissionDenied,
    QuotaExhausted,
    RateLimited,
    Rejected,
    ServerError,
)
from blogkit.http import Response
from blogkit.platforms.base import Ref, State
from blogkit.platforms.blogger import api
from blogkit.platforms.blogger.errors import Forbidden, raise_for_blogger, throttled
from blogkit.platforms.items import DamagedItem
from tests.cases import for_each

ROUTES = api.Routes("https://blogger.googleapis.com", "42")
REF = Ref("7123456789012345678")
IST = timezone(timedelta(hours=5, minutes=30))


def answer(status: int, body: object, *, write: bool = False) -> Response:
    return Response(
        status,
        {},
        body if isinstance(body, str) else json.dumps(body),
        "https://blogger.googleapis.com/v3/x",
        write,
    )


def google(
    code: int, message: str | None, reason: str = "", status: str = "", **details: object
) -> Response:
    errors = [{"message": message, "domain": "global", "reason": reason}] if reason else []
    return answer(
        code,
        {
            "error": {
                "code": code,
                "message": message,
                "errors": errors,
                "status": status,
                **details,
            }
        },
    )


def test_nothing_is_published_by_creating_it() -> None:
    request = ROUTES.insert("post", {"title": "T"})
    assert (request.method, request.url) == (
        "POST",
        "https://blogger.googleapis.com/v3/blogs/42/posts",
    )
    assert request.params == (("isDraft", "true"),)
    assert not request.safe_to_repeat


def test_changes_are_patches_of_named_fields() -> None:
    request = ROUTES.patch(REF, {"title": "T", "labels": []})
    assert (request.method, request.json) == ("PATCH", {"title": "T", "labels": []})
    assert request.safe_to_repeat


def test_a_publication_date_is_a_moment() -> None:
    at = datetime(2026, 12, 1, 7, 0, tzinfo=IST)
    assert ROUTES.publish(REF, at).params == (("publishDate", "2026-12-01T07:00:00+05:30"),)
    assert ROUTES.publish(REF, None).params == ()
    assert not ROUTES.publish(REF, at).safe_to_repeat


def test_reads_ask_as_author_and_lists_for_one_state() -> None:
    assert ("view", "AUTHOR") in ROUTES.get(REF).params
    params = dict(ROUTES.page_of("page", State.DRAFT, 500, "next").params)
    assert params == {
        "status": "DRAFT",
        "fetchBodies": "true",
        "maxResults": "500",
        "view": "AUTHOR",
        "pageToken": "next",
    }


def test_a_list_without_texts_asks_for_none() -> None:
    whole = dict(ROUTES.page_of("post", State.LIVE, 500, "").params)
    glanced = dict(ROUTES.page_of("post", State.LIVE, 500, "", bodies=False).params)
    assert glanced == {**whole, "fetchBodies": "false"}


def test_ids_cannot_leave_their_place_in_the_path() -> None:
    assert ROUTES.get(Ref("../../x?y")).url.endswith("/posts/..%2F..%2Fx%3Fy")


@for_each(
    ("data", "unnamed", "state"),
    [
        ({}, State.LIVE, State.LIVE),
        ({}, State.DRAFT, State.DRAFT),
        ({"status": "DRAFT"}, State.LIVE, State.DRAFT),
        ({"status": "scheduled"}, State.LIVE, State.SCHEDULED),
        ({"status": "SOFT_TRASHED"}, State.LIVE, State.TRASHED),
    ],
)
def test_a_missing_status_means_what_was_asked_for(
    data: dict[str, str], unnamed: State, state: State
) -> None:
    assert api.remote_from_blogger({"id": "1", **data}, "post", unnamed).state is state


def test_a_post_is_read_whole() -> None:
    post = api.remote_from_blogger(
        {
            "id": "1",
            "title": "T",
            "content": "<p>a</p>",
            "published": "2026-12-01T07:00:00+05:30",
            "updated": "2026-12-01T07:00:01+05:30",
            "url": "http://example.blogspot.com/2026/12/talks.html",
            "labels": ["A"],
        },
        "post",
    )
    assert (post.url, post.slug) == ("https://example.blogspot.com/2026/12/talks.html", "talks")
    # reads like IST above
    assert post.at == datetime(2026, 12, 1, 1, 30, tzinfo=UTC)
    assert post.labels == ("A",)


def test_the_blogs_own_address_is_no_permalink_and_a_drafts_date_no_promise() -> None:
    data = {
        "id": "1",
        "status": "DRAFT",
        "url": "http://example.blogspot.com/",
        "published": "2026-12-01T07:00:00+05:30",
    }
    post = api.remote_from_blogger(data, "post")
    assert (post.url, post.slug, post.at) == ("", "", None)
    assert api.published(data) is not None
    with pytest.raises(DamagedItem, match='its published is "yesterday"'):
        api.published({"id": "1", "published": "yesterday"})


def test_an_empty_list_has_no_items() -> None:
    assert api.read_page(answer(200, {"kind": "blogger#postList"}), "main") == ([], "")


@for_each("body", ["[]", '"x"', "", "<html>", '{"id": "1"'])
def test_an_answer_that_is_no_post_leaves_a_write_unknown(body: str) -> None:
    with pytest.raises(ServerError):
        api.read_object(answer(200, body), "main")
    with pytest.raises(OutcomeUnknown):
        api.read_object(answer(200, body, write=True), "main")


LABELS = "We're sorry, but the value for field labels was not valid."
DISABLED = (
    "Blogger API v3 has not been used in project 1 before or it is disabled. Enable it by visiting"
    " https://console.developers.google.com/apis/api/blogger.googleapis.com/overview?project=1 then"
    " retry."
)


@for_each(
    ("refusal", "error", "hint"),
    [
        (google(400, LABELS, "invalid"), Rejected, "20 labels"),
        (google(400, 'Invalid JSON payload received. Unknown name "".'), Rejected, ""),
        (
            google(401, "Invalid Credentials", "authError", "UNAUTHENTICATED"),
            AuthenticationError,
            "blogkit login main",
        ),
        (
            google(
                403,
                "We're sorry, but you don't have permission to access this resource.",
                "forbidden",
            ),
            Forbidden,
            "author",
        ),
        (
            google(
                403, "Request had insufficient authentication scopes.", "insufficientPermissions"
            ),
            PermissionDenied,
            "blogkit login",
        ),
        (
            google(403, "x", details=[{"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]),
            PermissionDenied,
            "box about Blogger",
        ),
        (google(403, DISABLED, "accessNotConfigured"), PermissionDenied, "overview?project=1"),
        (google(403, "Rate Limit Exceeded", "rateLimitExceeded"), RateLimited, "wait"),
        (google(403, "Rate Limit Exceeded", "userRateLimitExceeded"), RateLimited, "wait"),
        (google(403, "Quota", "quotaExceeded"), QuotaExhausted, "tomorrow"),
        (
            google(403, "Daily Limit for Unauthenticated Use Exceeded.", "dailyLimitExceededUnreg"),
            QuotaExhausted,
            "tomorrow",
        ),
        (google(404, "Not Found", "notFound"), NotFound, "deleted"),
        (answer(403, "<html><title>Sorry</title>"), Forbidden, ""),
        (answer(403, {"error": "odd"}), Forbidden, ""),
        (answer(400, {"error": {"errors": "odd", "message": None}}), Rejected, ""),
        (answer(400, []), Rejected, ""),
    ],
)
def test_refusals_are_told_apart_by_their_reason(
    refusal: Response, error: type[BlogkitError], hint: str
) -> None:
    with pytest.raises(error) as caught:
        raise_for_blogger(refusal, "main")
    assert type(caught.value) is error
    assert caught.value.message.startswith(
        ("site main: Blogger refused the request (", "site main: today's quota is used up (")
    )
    assert hint in caught.value.hint


def test_the_platforms_own_words_are_kept() -> None:
    with pytest.raises(Rejected, match="field labels was not valid") as caught:
        raise_for_blogger(google(400, LABELS, "invalid"), "main")
    assert caught.value.reason == f"invalid: {LABELS}"


def test_only_a_pace_is_worth_waiting_for() -> None:
    assert throttled(google(403, "x", "rateLimitExceeded"))
    assert throttled(answer(429, ""))
    assert not throttled(google(403, "x", "quotaExceeded"))
    assert not throttled(google(403, "x", "forbidden"))
    raise_for_blogger(answer(200, {}), "main")


def test_ids_of_authors_and_addresses_of_images_are_no_matter() -> None:
    """Recorded answers name authors by letters, and images without a scheme."""
    data = {
        "id": "1",
        "title": "Talks",
        "author": {
            "id": "g113640000000000000",
            "displayName": "A",
            "image": {"url": "//a.example/b"},
        },
        "images": [{"url": "//1.bp.blogspot.com/x.png"}],
    }
    assert api.remote_from_blogger(data, "post").title == "Talks"
