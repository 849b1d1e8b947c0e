"""The platform contract on real WordPress sites: oldest and newest, as admin and as author, with
pretty and plain addresses, of which every two meet; and one between them, as editor. What a
contributor may do is in test_roles.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest

from blogkit.errors import PermissionDenied
from blogkit.http import HttpClient
from blogkit.platforms.base import Platform, Ref
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.platforms.wordpress.auth import ApplicationPassword
from tests.contract import PlatformContract
from tests.contract.base import Write
from tests.contract.damaged import Damage
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.sick import SickHttp, without


@pytest.fixture(scope="module")
def setting(request: pytest.FixtureRequest, wordpress: Site) -> Iterator[str]:
    """How the site writes addresses (and where its REST interface is), and the form of bodies;
    the two have no bearing on each other.

    The tests of other modules find pretty addresses again.
    """
    with wordpress.plain_permalinks() if request.param.startswith("plain") else nullcontext():
        yield request.param


def on(*rows: tuple[str, str]) -> pytest.MarkDecorator:
    """Run a suite on these sites, each with a setting."""
    return pytest.mark.parametrize(("wordpress", "setting"), rows, indirect=True)


class OnWordPress(PlatformContract):
    """The suite as one account."""

    login = ""

    @pytest.fixture
    def slugs_show(self, setting: str) -> bool:
        return setting.startswith("pretty")

    @pytest.fixture
    def platform(self, wordpress: Site, setting: str) -> Platform:
        user = wordpress.users[self.login]
        auth = ApplicationPassword(wordpress.url, user.login, user.application_password)
        return WordPress(
            "school",
            wordpress.url,
            http=HttpClient("school", auth=auth),
            body="html" if setting.endswith("html") else "blocks",
        )

    @pytest.fixture
    def damage(self, platform: Any) -> Damage:
        def damage(ref: Ref, field: str) -> None:
            change = without({"body": "content"}.get(field, field))
            platform._client._http = SickHttp(platform._client._http, ref.id, change)

        return damage


@on((debian.OLDEST, "pretty-blocks"), (debian.NEWEST, "plain-html"))
class TestAsAdmin(OnWordPress):
    login = "admin"


@on(("6.8", "pretty-blocks"))
class TestAsEditor(OnWordPress):
    login = "editor"


@on((debian.OLDEST, "plain-html"), (debian.NEWEST, "pretty-blocks"))
class TestAsAuthor(OnWordPress):
    """An author's HTML is filtered, and pages are not an author's to write."""

    login = "author"

    def test_a_page_lives_beside_posts(self, platform: Platform, write: Write, key: str) -> None:
        with pytest.raises(PermissionDenied):
            platform.create(write(kind="page"))

    def test_a_page_is_scheduled_or_refused_beforehand(
        self, platform: Platform, write: Write
    ) -> None:  # type: ignore[override]
        with pytest.raises(PermissionDenied):
            platform.create(write(kind="page"))
