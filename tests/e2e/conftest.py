"""Real parts for the tests: WordPress sites and a Chromium. What is missing is a failure, never
a skip.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.browser import Browser
from tests.e2e.wordpress import cache, debian, lifecycle
from tests.e2e.wordpress.site import Site


@pytest.fixture(scope="session", params=list(debian.RELEASES))
def wordpress(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A WordPress of each known series in turn; narrow with `parametrize("wordpress", ["6.1"],
    indirect=True)`.
    """
    home = tmp_path_factory.mktemp("wordpress") / "site"
    site = lifecycle.up(request.param, home, cache=cache.folder())
    try:
        yield site
    finally:
        lifecycle.down(home)


@pytest.fixture(scope="session")
def browser() -> Browser:
    """A Chromium to look at pages with."""
    return Browser()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for a real part is marked for it, so that nobody can forget."""
    for item in items:
        for name in ("wordpress", "browser"):
            if name in getattr(item, "fixturenames", ()):
                item.add_marker(name)
