"""WordPress.com: its addresses, its sign-in and its refusals, with a real WordPress behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

import blogkit
from blogkit.errors import ConfigError
from blogkit.http import HttpClient
from blogkit.platforms.base import Platform, Ref
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.platforms.wordpress.wordpress_com.addresses import rest_at_wordpress_com
from blogkit.platforms.wordpress.wordpress_com.auth import BearerToken
from blogkit.project.sign_in.questions import Question
from tests.contract import PlatformContract
from tests.contract.damaged import Damage
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import LONGEST, Site
from tests.sick import SickHttp, without
from tests.wordpress_com import BLOG, CLIENT, TOKEN, WordPressCom

pytestmark = pytest.mark.parametrize("wordpress", [debian.NEWEST], indirect=True)
SETTINGS = """
[sites.school]
platform = "wordpress"
url = "https://{blog}"
api_base = "{api}"
"""
POST = "---\ntitle: Hosted elsewhere\nkey: hosted\npublish: now\n---\nThe port opened in 1869.\n"


@pytest.fixture(scope="module")
def hosted(wordpress: Site) -> Iterator[WordPressCom]:
    user = wordpress.users["editor"]
    with WordPressCom(wordpress.url, (user.login, user.application_password)) as server:
        yield server


class TestContract(PlatformContract):
    """The whole suite through WordPress.com's addresses, with a token."""

    @pytest.fixture
    def platform(self, hosted: WordPressCom) -> Platform:
        url = f"https://{BLOG}"
        http = HttpClient("school", auth=BearerToken(TOKEN, hosted.url))
        return WordPress("school", url, http=http, rest=rest_at_wordpress_com(url, hosted.url))

    @pytest.fixture
    def damage(self, platform: Any) -> Damage:
        def damage(ref: Ref, field: str) -> None:
            change = without({"body": "content"}.get(field, field))
            platform._client._http = SickHttp(platform._client._http, ref.id, change)

        return damage


def test_from_the_sign_in_to_a_live_post(hosted: WordPressCom, tmp_path: Path) -> None:
    project = blog(tmp_path, hosted.url)
    asked: list[tuple[str, bool]] = []
    shown: list[str] = []

    def ask(question: Question) -> str:
        asked.append((question.name, question.secret))
        if question.name == "address":
            (address,) = re.findall(r"^http://\S+$", "\n".join(shown), re.MULTILINE)
            page = requests.get(address, allow_redirects=False, timeout=LONGEST)
            return page.headers["Location"]
        return CLIENT[question.name.replace(" ", "_")]

    with pytest.raises(ConfigError, match=r"is for https://public-api\.wordpress\.com only"):
        project.login("school", ask=ask, show=shown.append, no_browser=True)
    asked.clear()
    allowed = {"ask": ask, "show": shown.append, "no_browser": True, "origin": hosted.url}
    report = project.login("school", **allowed)  # type: ignore[arg-type]
    assert report.ok, report.checks
    assert asked == [("client id", False), ("client secret", True), ("address", False)]
    assert shown[-1] == f"WordPress.com signed you in to http://{BLOG}."
    checks = {check.name: check for check in report.checks}
    assert "was not run against WordPress.com" in checks["WordPress.com"].message
    assert "application passwords" not in checks
    stored = next(tmp_path.rglob("credentials.json")).read_text("utf-8")
    assert TOKEN in stored
    assert CLIENT["client_secret"] not in stored

    before = len(hosted.requests)
    assert [outcome.result for outcome in project.plan().apply()] == ["done"]
    assert not project.plan().writing
    sites = f"/wp/v2/sites/{BLOG}/"
    assert {path.startswith(sites) for _, path in hosted.requests[before:]} == {True}


def blog(folder: Path, api: str) -> blogkit.Project:
    (folder / "posts").mkdir()
    (folder / "posts/hosted.md").write_text(POST, encoding="utf-8")
    (folder / "blogkit.toml").write_text(SETTINGS.format(blog=BLOG, api=api), encoding="utf-8")
    return blogkit.open(folder, environ={"XDG_CONFIG_HOME": str(folder / "config")})
