"""WordPress.com: addresses, signatures, refusals, and the sign-in by browser or pasted address."""

from __future__ import annotations

import os
import re
import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import responses

from blogkit.errors import (
    AuthenticationError,
    BlogkitError,
    NotFound,
    PermissionDenied,
    Unreachable,
    UsageError,
)
from blogkit.http import HttpClient, Request
from blogkit.platforms.base import Draft, Ref
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.platforms.wordpress.wordpress_com.addresses import (
    place_at_wordpress_com,
    rest_at_wordpress_com,
)
from blogkit.platforms.wordpress.wordpress_com.auth import BearerToken
from blogkit.platforms.wordpress.wordpress_com.landing import Landing
from blogkit.platforms.wordpress.wordpress_com.sign_in import (
    Application,
    sign_in_to_wordpress_com,
)
from tests.cases import for_each
from tests.platforms.wordpress.conftest import post
from tests.wordpress_com import (
    BLOG,
    CLIENT,
    INVALID_TOKEN,
    REDIRECT,
    TOKEN,
    UNKNOWN_BLOG,
    WordPressCom,
)

API = "https://public-api.wordpress.com"
URL = f"https://{BLOG}"
SITES = f"{API}/wp/v2/sites/{BLOG}"


@pytest.fixture
def mock() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


def hosted(**options: Any) -> WordPress:
    http = HttpClient("school", auth=BearerToken(TOKEN), sleep=lambda _: None)
    return WordPress("school", URL, http=http, rest=rest_at_wordpress_com(URL), **options)


def sent(mock: responses.RequestsMock) -> list[tuple[str, str, dict[str, list[str]]]]:
    """Method, address and parameters of each request, without the one that makes it unique."""
    found = []
    for call in mock.calls:
        parts = urlsplit(str(call.request.url))
        query = parse_qs(parts.query)
        assert call.request.method != "GET" or query.pop("nocache")
        address = f"{parts.scheme}://{parts.netloc}{parts.path}"
        found.append((str(call.request.method), address, query))
    return found


def test_a_read_that_decides_a_write_is_a_get(mock: responses.RequestsMock) -> None:
    mock.get(f"{SITES}/posts/7", json=post(7))
    assert hosted().get(Ref("7", "post")).ref.id == "7"
    ((method, _, query),) = sent(mock)
    assert method == "GET"
    assert "_method" not in query
    assert mock.calls[0].request.headers["Authorization"] == f"Bearer {TOKEN}"


def test_a_post_goes_to_the_trash_by_delete(mock: responses.RequestsMock) -> None:
    mock.delete(f"{SITES}/posts/7", json=post(7, status="trash"))
    hosted().trash(Ref("7", "post"))
    assert sent(mock) == [("DELETE", f"{SITES}/posts/7", {})]


def test_the_description_of_a_site_has_an_address_of_its_own(mock: responses.RequestsMock) -> None:
    mock.get(f"{API}/wp-json/", json={"home": f"http://{BLOG}"})
    assert hosted().identity() == f"wordpress:http://{BLOG}"
    ((_, _, query),) = sent(mock)
    assert query["rest_route"] == [f"/sites/{BLOG}/"]


@for_each(
    ("url", "blog_id", "address"),
    [
        ("https://School.example/", "", f"{API}/wp/v2/sites/school.example"),
        ("https://school.example", "78618526", f"{API}/wp/v2/sites/78618526"),
    ],
)
def test_a_site_has_its_host_or_its_number(url: str, blog_id: str, address: str) -> None:
    assert rest_at_wordpress_com(url, blog_id=blog_id) == address


def test_the_checks_tell_that_it_was_not_run_live_and_ask_for_no_password() -> None:
    """What WordPress.com may leave out, capabilities and namespaces, fails no check."""
    with responses.RequestsMock() as mock:
        mock.get(f"{API}/wp-json/", json={"name": "School", "authentication": []})
        mock.get(f"{SITES}/users/me", json={"name": "Ann", "roles": ["editor"]})
        mock.get(f"{SITES}/users/me", json={"name": "Ann"})
        mock.get(f"{SITES}/users/me", json={"name": "Ann"})
        mock.get(f"{SITES}/users/me", status=401, json={"code": "rest_not_logged_in"})
        mock.get(f"{SITES}/posts", json=[])
        checks = {name: (ok, text) for name, ok, text, _ in hosted().health().checks}
    assert all(ok for ok, _ in checks.values()), checks
    assert "was not run against WordPress.com" in checks["WordPress.com"][1]
    assert checks["signed in"][1] == "as Ann (editor)"
    assert "filtered" in checks["raw HTML"][1]
    assert checks.keys().isdisjoint({"application passwords", "may publish", "may upload"})


def test_a_featured_image_may_be_on_the_host_of_files() -> None:
    image = "https://school.files.wordpress.com/2026/11/map.png"
    draft = Draft(key="map", kind="post", title="Map", body="<p>a</p>", featured_url=image)
    assert hosted().check(draft, None) == []
    own = WordPress("school", URL, http=HttpClient("school"))
    assert [problem.code for problem in own.check(draft, None)] == ["featured-url"]


@for_each(
    ("route", "address"),
    [
        ("/wp/v2/posts", f"{SITES}/posts"),
        ("/wp/v2/posts/7", f"{SITES}/posts/7"),
        ("/shelf/v3/books/7", f"{API}/shelf/v3/sites/{BLOG}/books/7"),
    ],
)
def test_the_site_is_between_the_namespace_and_the_rest(route: str, address: str) -> None:
    assert place_at_wordpress_com(rest_at_wordpress_com(URL), route) == (address, ())


REFUSALS: dict[str, tuple[int, dict[str, Any], type[BlogkitError], str, str]] = {
    "a token that was taken back": (
        401,
        INVALID_TOKEN,
        AuthenticationError,
        "does not accept the credentials",
        "sign in again: blogkit login school",
    ),
    "the same with another status": (
        400,
        INVALID_TOKEN,
        AuthenticationError,
        "does not accept the credentials: The OAuth2 token is invalid",
        "sign in again: blogkit login school",
    ),
    "no token": (
        403,
        {"error": "authorization_required", "message": "An active access token must be used."},
        AuthenticationError,
        "does not accept the credentials: An active access token must be used",
        "sign in again: blogkit login school",
    ),
    "no user, from the site": (
        401,
        {"code": "rest_not_logged_in", "message": "You are not currently logged in."},
        AuthenticationError,
        "not currently logged in",
        "sign in again: blogkit login school",
    ),
    "another blog's token": (
        403,
        {"error": "unauthorized", "message": "API calls to this blog have been disabled."},
        PermissionDenied,
        "API calls to this blog have been disabled",
        "blogkit login school",
    ),
    "no such blog": (404, UNKNOWN_BLOG, NotFound, "Unknown blog", "`blog_id`"),
    "another author's post": (
        403,
        {"code": "rest_forbidden_context", "message": "Sorry, you may not edit this post."},
        PermissionDenied,
        "you may not edit this post",
        "only its own posts",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_refusals(mock: responses.RequestsMock, case: str) -> None:
    status, body, kind, message, hint = REFUSALS[case]
    mock.get(f"{SITES}/posts/7", status=status, json=body)
    with pytest.raises(kind, match=message) as caught:
        hosted().get(Ref("7", "post"))
    assert hint in caught.value.hint
    told = str(caught.value.message) + caught.value.hint
    assert "application password" not in told
    assert "firewall" not in told
    assert {address for _, address, _ in sent(mock)} == {f"{SITES}/posts/7"}


@for_each(
    "url",
    ["http://public-api.wordpress.com/", "https://school.wordpress.com/", "https://a.example/"],
)
def test_the_token_goes_to_the_api_only(url: str) -> None:
    token = BearerToken(TOKEN)
    assert token(Request("GET", url), False) == {}
    assert token(Request("GET", f"{API}/wp/v2/"), False) == {"Authorization": f"Bearer {TOKEN}"}
    assert TOKEN not in repr(token)


class Person(webbrowser.BaseBrowser):
    """A browser whose user allows access, and lands where it leads, unless something interferes."""

    def __init__(self, lands: Callable[[str], str] = lambda address: address) -> None:
        super().__init__("a person")
        self.lands = lands

    def answer(self, address: str) -> str:
        page = requests.get(address, allow_redirects=False, timeout=300)
        return self.lands(page.headers["Location"])

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        return requests.get(self.answer(url), timeout=300).ok


@pytest.fixture
def redirect() -> str:
    """A redirect URL at which nothing listens. Who takes any free port gets none of these."""
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return f"http://127.0.0.1:{port}/"
    raise AssertionError("no port is free")


@pytest.fixture
def server(redirect: str) -> Iterator[WordPressCom]:
    with WordPressCom(redirect=redirect) as server:
        yield server


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    """A person, as the machine's browser."""
    webbrowser.register("none", None, None)  # so that the lists exist before they are changed
    monkeypatch.setattr(webbrowser, "_browsers", {})
    monkeypatch.setattr(webbrowser, "_tryorder", [])
    person = Person()
    webbrowser.register("a person", None, person)
    return person


def signed_in(
    server: WordPressCom, redirect: str, pasting: Person | None = None, **changes: str
) -> tuple[str, str]:
    shown: list[str] = []
    application = Application(**{**CLIENT, "redirect": redirect, **changes})

    def ask(name: str) -> str:
        assert (name, pasting is not None) == ("address", True)
        (address,) = re.findall(r"^http://\S+$", "\n".join(shown), re.MULTILINE)
        return pasting.answer(address)  # type: ignore[union-attr]

    return sign_in_to_wordpress_com(
        HttpClient("school", sleep=lambda _: None),
        application,
        BLOG,
        api_base=server.url,
        no_browser=pasting is not None,
        show=shown.append,
        ask=ask,
        timeout=300,
    )


def test_a_browser_here_brings_the_token(
    server: WordPressCom, redirect: str, person: Person
) -> None:
    assert signed_in(server, redirect) == (TOKEN, f"http://{BLOG}")
    (form,) = server.forms
    assert form["redirect_uri"] == redirect


def test_an_address_from_another_browser_brings_the_token(
    server: WordPressCom, redirect: str
) -> None:
    assert signed_in(server, redirect, Person()) == (TOKEN, f"http://{BLOG}")


def test_a_user_who_declines_in_the_browser_does_not_wait(
    server: WordPressCom, redirect: str, person: Person
) -> None:
    person.lands = lambda _: f"{redirect}?error=access_denied"
    with pytest.raises(AuthenticationError, match="you declined"):
        signed_in(server, redirect)


LANDINGS: dict[str, tuple[str, str, type[BlogkitError], str]] = {
    "declined": ("code=[^&]*", "error=access_denied", AuthenticationError, "you declined"),
    "declined, as documented": (
        ".code=.*",
        "?error=access_denied",
        AuthenticationError,
        "declined",
    ),
    "no code": ("code=[^&]*", "", AuthenticationError, "contains no code"),
    "forged": ("state=[^&]*", "state=forged", UsageError, "does not belong to this sign-in"),
    "another code": ("code=[^&]*", "code=old", AuthenticationError, "The code is invalid"),
}


@pytest.mark.parametrize("case", LANDINGS)
def test_a_sign_in_that_fails_gives_no_token(
    server: WordPressCom, redirect: str, case: str
) -> None:
    old, new, kind, message = LANDINGS[case]
    with pytest.raises(kind, match=message):
        signed_in(server, redirect, Person(lambda address: re.sub(old, new, address)))
    assert len(server.forms) == (case == "another code")


def test_an_application_that_is_refused_is_named_without_its_secret(
    server: WordPressCom, redirect: str
) -> None:
    with pytest.raises(AuthenticationError, match="Unknown client_id") as caught:
        signed_in(server, redirect, Person(), client_secret="mistyped-secret")
    assert "check the client id" in caught.value.hint
    assert "mistyped" not in f"{caught.value} {caught.value.hint} {caught.value.reason}"


def test_a_port_that_is_taken_is_told(server: WordPressCom, redirect: str, person: Person) -> None:
    with Landing(urlsplit(redirect).port or 0, "other"), pytest.raises(UsageError) as caught:
        signed_in(server, redirect)
    assert "--no-browser" in caught.value.hint


def test_without_a_browser_the_other_way_is_named(
    server: WordPressCom, redirect: str, person: Person
) -> None:
    webbrowser._tryorder.clear()  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="no browser was found") as caught:
        signed_in(server, redirect)
    assert "--no-browser" in caught.value.hint


@for_each("body", [{}, {"access_token": 7}, []])
def test_an_answer_without_a_token_is_told(body: object) -> None:
    shown: list[str] = []

    def ask(_: str) -> str:
        return f"{REDIRECT}?code=c&state={re.findall('state=([^&]+)', shown[2])[0]}"

    with responses.RequestsMock() as mock:
        mock.post(f"{API}/oauth2/token", json=body)
        with pytest.raises(Unreachable, match="returned no token"):
            sign_in_to_wordpress_com(
                HttpClient("school"),
                Application(**CLIENT),
                BLOG,
                no_browser=True,
                show=shown.append,
                ask=ask,
            )


def test_other_requests_do_not_end_the_wait(redirect: str) -> None:
    with Landing(urlsplit(redirect).port or 0, "mine") as landing:
        answers = [
            requests.get(f"{redirect}?{query}", timeout=300)
            for query in ("state=forged&code=evil", "", "state=mine&code=good")
        ]
        assert [answer.status_code for answer in answers] == [404, 404, 200]
        assert "go back to the terminal" in answers[2].text
        assert landing.wait(60) == {"state": "mine", "code": "good"}
        assert landing.wait(0) is None
