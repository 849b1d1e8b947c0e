"""The login of a web server in front of WordPress, which takes the usual header."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
import responses

import blogkit
from blogkit.errors import AuthenticationError, UsageError
from blogkit.http import Request
from blogkit.platforms.base import Ref
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.platforms.wordpress.auth import ApplicationPassword
from blogkit.platforms.wordpress.http_login import MU_PLUGIN, HttpLoginRequired, realm_of
from blogkit.project.sign_in.login import LoginReport
from blogkit.project.sign_in.questions import Question
from tests.cases import for_each
from tests.platforms.wordpress.conftest import URL, Script, post, refusal

ROUTE = "/wp/v2/posts/7"
PAGE = "<html><title>401 Authorization Required</title></html>"
STAGING = 'Basic realm="Staging"'


def decoded(header: str) -> str:
    return base64.b64decode(header.removeprefix("Basic ")).decode()


def test_wordpress_gets_its_password_in_a_header_of_its_own() -> None:
    auth = ApplicationPassword(URL, "author", " abcd efgh ", "stage:door:2")
    signed = auth(Request("GET", f"{URL}/?rest_route=/"), False)
    assert decoded(signed["Authorization"]) == "stage:door:2"
    assert decoded(signed["X-Blogkit-Authorization"]) == "author:abcd efgh"
    assert auth(Request("GET", "https://evil.example/"), False) == {}


@for_each(
    ("challenge", "realm"),
    [
        ('Basic realm="Staging"', "Staging"),
        ('basic realm="A, B", charset="UTF-8"', "A, B"),
        ("Basic realm=Staging", "Staging"),
        ("Basic", ""),
        ('Bearer realm="x", Basic realm="Staging"', "Staging"),
        ('Bearer realm="Basic"', None),
        ("", None),
    ],
)
def test_a_challenge_names_its_realm(challenge: str, realm: str | None) -> None:
    assert realm_of(challenge) == realm


def test_an_http_login_is_named_with_what_to_do(site: WordPress, script: Script) -> None:
    script.on("GET", ROUTE, PAGE, 401, WWW_Authenticate=STAGING)
    with pytest.raises(HttpLoginRequired) as caught:
        site.get(Ref("7"))
    assert caught.value.message == (
        "site school is behind an HTTP login (“Staging”) of its web server, which does not let"
        " blogkit in"
    )
    assert caught.value.hint == "store its user and password, too: blogkit login school"


def test_a_refusal_of_wordpress_with_the_same_header_is_none(
    site: WordPress, script: Script
) -> None:
    answer = refusal("incorrect_password", status=401)
    script.on("GET", ROUTE, answer, 401, WWW_Authenticate='Basic realm="WordPress"')
    with pytest.raises(AuthenticationError, match="does not accept the credentials") as caught:
        site.get(Ref("7"))
    assert not isinstance(caught.value, HttpLoginRequired)


def test_an_address_that_the_http_login_leaves_out_is_found(
    site: WordPress, script: Script
) -> None:
    script.on("GET", ROUTE, PAGE, 401, WWW_Authenticate=STAGING)
    script.on("GET", ROUTE, PAGE, 401, WWW_Authenticate=STAGING)
    script.on("GET", ROUTE, post())
    assert site.get(Ref("7")).title == "Talks open"
    ways = ["path" if "/wp-json/" in address else "query" for address in script.addresses]
    assert ways == ["query", "query", "path"]


def test_the_docs_have_the_file_that_login_shows() -> None:
    docs = Path(__file__).parents[3] / "docs/sites.md"
    assert f"```php\n{MU_PLUGIN}```\n" in docs.read_text(encoding="utf-8")


# signing in

INDEX = {"name": "School", "namespaces": ["wp/v2"], "authentication": {"application-passwords": {}}}
SETTINGS = (
    '[sites.school]\nplatform = "wordpress"\nurl = "https://school.example"\nusername = "author"\n'
)


class Server:
    """A web server with an HTTP login in front of a WordPress, with or without the plugin."""

    def __init__(self, plugin: bool) -> None:
        self._plugin = plugin

    def answer(self, request: Any) -> tuple[int, dict[str, str], str]:
        if decoded(request.headers.get("Authorization") or "") != "stage:door":
            return 401, {"WWW-Authenticate": STAGING}, PAGE
        own = request.headers.get("X-Blogkit-Authorization") or ""
        if not self._plugin or decoded(own) != "author:abcd efgh":
            return 401, {}, json.dumps(refusal("invalid_username", "Unknown username.", status=401))
        account = {"name": "Ann", "roles": ["editor"], "capabilities": {"publish_posts": True}}
        routes = {"/wp/v2/users/me": account, "/": INDEX, "/wp/v2/posts": []}
        return 200, {}, json.dumps(routes[request.params["rest_route"]])


def log_in(
    folder: Path, plugin: bool, **environ: str
) -> tuple[LoginReport, list[Question], list[str]]:
    (folder / "posts").mkdir()
    (folder / "blogkit.toml").write_text(SETTINGS, encoding="utf-8")
    asked: list[Question] = []
    shown: list[str] = []
    answers = {"password": ["abcd efgh", "door"], "user": ["stage"]}

    def ask(question: Question) -> str:
        asked.append(question)
        return answers[question.name].pop(0)

    project = blogkit.open(folder, environ={"XDG_CONFIG_HOME": str(folder / "config"), **environ})
    with responses.RequestsMock() as mock:
        for method in ("GET", "POST"):
            mock.add_callback(method, re.compile(f"{URL}/.*"), callback=Server(plugin).answer)
        mock.assert_all_requests_are_fired = False
        return project.login("school", ask=ask, show=shown.append), asked, shown


def test_its_user_and_password_are_asked_for_and_stored(tmp_path: Path) -> None:
    report, asked, shown = log_in(tmp_path, plugin=True)
    assert report.ok
    assert [(one.name, one.secret) for one in asked] == [
        ("password", True),
        ("user", False),
        ("password", True),
    ]
    assert asked[1].explanation == (
        "https://school.example is behind an HTTP login of its web server, “Staging”. Its user:"
    )
    assert shown == []
    stored = (tmp_path / "config/blogkit/credentials.json").read_text(encoding="utf-8")
    assert "author@school.example http_login" in stored
    assert "stage:door" in stored


def test_a_wordpress_that_does_not_get_its_password_is_told_apart(tmp_path: Path) -> None:
    report, _, shown = log_in(tmp_path, plugin=False)
    assert not report.ok
    assert shown == [MU_PLUGIN]
    (fix,) = [check.fix for check in report.checks if not check.ok]
    assert "exempt https://school.example/wp-json/" in fix
    assert "blogkit login" not in fix, "that was just done"


def test_a_variable_is_used_and_named_if_it_is_refused(tmp_path: Path) -> None:
    pins = {"BLOGKIT_SCHOOL_ORIGIN": URL, "BLOGKIT_SCHOOL_HTTP_LOGIN": "stage:wrong"}
    report, asked, _ = log_in(tmp_path, plugin=True, **pins)
    assert [one.name for one in asked] == ["password"]
    (check,) = [check for check in report.checks if not check.ok]
    assert "environment variable BLOGKIT_SCHOOL_HTTP_LOGIN" in check.message
    assert check.fix == "try them in a browser: https://school.example"


def test_without_an_answer_the_variable_is_named(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "blogkit.toml").write_text(SETTINGS, encoding="utf-8")
    project = blogkit.open(tmp_path, environ={"XDG_CONFIG_HOME": str(tmp_path / "config")})

    def piped(question: Question) -> str:
        return "abcd efgh" if question.name == "password" else ""

    with responses.RequestsMock() as mock:
        mock.add_callback("GET", re.compile(f"{URL}/.*"), callback=Server(True).answer)
        with pytest.raises(UsageError, match="behind an HTTP login") as caught:
            project.login("school", ask=piped, show=[].append)
    assert "BLOGKIT_SCHOOL_HTTP_LOGIN=user:password" in caught.value.hint
