"""WordPress's rules for dates and its cron, behind as much of its REST API as publishing needs.

The rules are those of `wp_insert_post`, `check_and_publish_post` and `wp_cron`:
https://developer.wordpress.org/reference/functions/wp_insert_post/,
https://developer.wordpress.org/reference/functions/check_and_publish_post/,
https://developer.wordpress.org/reference/functions/spawn_cron/
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
import responses

URL = "https://school.example"
_MINUTE = timedelta(minutes=1)
_COLLECTION = "/wp/v2/posts"
_LINKS = {"_links": {"wp:action-unfiltered-html": [{"href": URL}]}}

Answer = tuple[int, dict[str, str], str]


class WordPressRules:
    """One site.

    Args:
        clock: Its clock.

    Attributes:
        posts: The posts by id, as `context=edit` shows them.
        fired: When each post went live, by id.
        states: The status of a post after each write, in order.
        visitors: Whether requests start the cron, as without DISABLE_WP_CRON.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.posts: dict[int, dict[str, Any]] = {}
        self.fired: dict[int, datetime] = {}
        self.states: list[str] = []
        self.visitors = True
        self._clock = clock

    @contextmanager
    def serving(self) -> Iterator[None]:
        with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
            for method in ("GET", "POST"):
                mock.add_callback(method, re.compile(f"{URL}/.*"), callback=self._answer)
            yield

    def visit(self) -> None:
        """A reader opens the front page."""
        if self.visitors:
            self.run_cron()

    def run_cron(self) -> None:
        for number, post in self.posts.items():
            if post["status"] == "future" and _moment(post["date_gmt"]) <= self._clock():
                self._publish(number)

    def _publish(self, number: int) -> None:
        self.posts[number]["status"] = "publish"
        self.fired[number] = self._clock()

    def _answer(self, request: requests.PreparedRequest) -> Answer:
        address = urlsplit(str(request.url))
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/wp-cron.php":
            self.run_cron()
            return self._give("")
        self.visit()
        if "p" in query:
            return self._page(int(query["p"]))
        route = query.get("rest_route", "")
        method = query.get("_method", str(request.method))
        fields = json.loads(request.body) if request.body and method == "POST" else {}
        return self._rest(method, route, query, fields)

    def _page(self, number: int) -> Answer:
        post = self.posts.get(number)
        if post is None or post["status"] != "publish":
            return self._give("<h1>Not found</h1>", 404)
        return self._give(f'<body class="postid-{number}">{post["content"]["raw"]}</body>')

    def _rest(self, method: str, route: str, query: dict[str, str], fields: Any) -> Answer:
        number = route.removeprefix(f"{_COLLECTION}/")
        if route == _COLLECTION and method == "POST":
            return self._give(self._write(len(self.posts) + 1, fields), 201)
        if number.isdecimal():
            if int(number) not in self.posts:
                return self._give({"code": "rest_post_invalid_id", "message": "No."}, 404)
            changed = self._write(int(number), fields) if method == "POST" else None
            return self._give(changed or self._shown(int(number)))
        if route.endswith("/users/me"):
            return self._give({"name": "Author", "roles": ["author"], "capabilities": {}})
        if route == _COLLECTION:
            return self._give([self._shown(one) for one in self._found(query)])
        return self._give([])

    def _found(self, query: dict[str, str]) -> list[int]:
        text = query.get("search", "").strip('"').lower()  # in quotes: the phrase
        states = query.get("status", "publish").split(",")
        wanted = {int(one) for one in query.get("include", "").split(",") if one}
        return [
            number
            for number, post in self.posts.items()
            if (text in f"{post['title']['raw']} {post['content']['raw']}".lower())
            and ("any" in states or post["status"] in states)
            and (not wanted or number in wanted)
        ]

    def _write(self, number: int, fields: dict[str, Any]) -> dict[str, Any]:
        now = self._clock()
        post = self.posts.setdefault(number, _empty(number, now))
        before = post["status"]
        for name, value in fields.items():
            post[name] = {"raw": value} if name in ("title", "content", "excerpt") else value
        post["modified_gmt"] = _text(now)
        # wp_insert_post: only the date decides between the two.
        if post["status"] in ("publish", "future"):
            ahead = _moment(post["date_gmt"]) - now
            post["status"] = "future" if ahead >= _MINUTE else "publish"
            if post["status"] == "publish" != before:
                self.fired[number] = now
        self.states.append(post["status"])
        return self._shown(number)

    def _shown(self, number: int) -> dict[str, Any]:
        return {**self.posts[number], **_LINKS}

    def _give(self, body: object, status: int = 200) -> Answer:
        text = body if isinstance(body, str) else json.dumps(body)
        date = format_datetime(self._clock().astimezone(UTC), usegmt=True)
        pages = {"X-WP-TotalPages": "1", "X-WP-Total": str(len(self.posts))}
        return status, {"Date": date, "Content-Type": "application/json", **pages}, text


def _empty(number: int, now: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "type": "post",
        "status": "draft",
        "link": f"{URL}/?p={number}",
        "slug": f"post-{number}",
        "date_gmt": _text(now),
        "title": {"raw": ""},
        "content": {"raw": ""},
        "excerpt": {"raw": ""},
        "categories": [],
        "tags": [],
        "featured_media": 0,
    }


def _text(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
