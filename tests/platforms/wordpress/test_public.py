"""What a WordPress site shows to readers: its page for a post, and not a page for any address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import requests
import responses

from blogkit.errors import Unreachable
from blogkit.http import HttpClient
from blogkit.platforms.base import Ref, Remote, State
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.platforms.wordpress.public import ReaderView

HOME = "https://school.example/"
LINK = f"{HOME}talks-open/"
POST = Remote(Ref("17"), "Talks “open” in Geneva", "<p>x</p>", State.LIVE, url=LINK)
TITLED = "<title>Talks &#8220;open&#8221; in Geneva &#8211; School</title>"


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def readers() -> ReaderView:
    http = HttpClient(
        "school",
        auth=lambda _request, _renew: {"Authorization": "Basic secret"},
        sleep=lambda _seconds: None,
        clock=lambda: datetime(2026, 11, 30, tzinfo=UTC),
    )
    return ReaderView(HOME, http)


@pytest.mark.parametrize(
    ("status", "page", "seen"),
    [
        (200, TITLED, True),
        (200, '<body class="single postid-17 logged-out">', True),
        (200, "<title>Coming soon</title>", None),
        (404, "<title>Page not found</title>", False),
        (410, "", False),
        (401, TITLED, None),
        (403, "<title>Blocked</title>", None),
        (503, "<title>Maintenance</title>", None),
    ],
)
def test_the_page_tells(
    server: responses.RequestsMock, readers: ReaderView, status: int, page: str, seen: bool | None
) -> None:
    server.get(LINK, body=page, status=status, content_type="text/html")
    assert readers.shows(POST) is seen


def test_no_password_is_sent_and_no_address_is_asked_for_twice(
    server: responses.RequestsMock, readers: ReaderView
) -> None:
    server.get(LINK, body=TITLED)
    readers.shows(POST)
    readers.shows(POST)
    asked = [call.request for call in server.calls]
    assert all("Authorization" not in request.headers for request in asked)
    assert len({request.url for request in asked}) == 2, "a cache may have kept the first answer"


def test_a_post_for_some_readers_only_is_not_asked_for(
    server: responses.RequestsMock, readers: ReaderView
) -> None:
    assert readers.shows(replace(POST, status="private")) is None
    assert readers.shows(replace(POST, url="")) is None
    assert len(server.calls) == 0


def test_a_title_without_letters_proves_nothing(
    server: responses.RequestsMock, readers: ReaderView
) -> None:
    server.get(LINK, body="<title>Coming soon</title>")
    assert readers.shows(replace(POST, title="❤️")) is None


def test_a_site_that_cannot_be_reached_is_an_error_and_not_an_answer(
    server: responses.RequestsMock, readers: ReaderView
) -> None:
    server.get(LINK, body=requests.exceptions.ConnectTimeout("no route"))
    with pytest.raises(Unreachable):
        readers.shows(POST)


def test_the_scheduler_is_started_without_signing_in_and_its_errors_do_not_matter(
    server: responses.RequestsMock, readers: ReaderView
) -> None:
    server.get(f"{HOME}wp-cron.php", status=403)
    readers.start_scheduler()
    server.replace("GET", f"{HOME}wp-cron.php", body=requests.exceptions.ConnectTimeout("no"))
    readers.start_scheduler()
    assert all("Authorization" not in call.request.headers for call in server.calls)


def test_a_site_is_asked_as_its_readers_ask(server: responses.RequestsMock) -> None:
    site = WordPress("school", HOME, http=HttpClient("school"))
    server.get(f"{HOME}wp-cron.php")
    server.get(LINK, body=TITLED)
    site.start_scheduler()
    assert site.is_public(POST) is True
    assert len(server.calls) == 2
