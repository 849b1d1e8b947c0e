"""The crash suite on a real WordPress: killed at every journal write and every request boundary,
run again, exactly one post.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from blogkit.regions import find_sentinel
from tests.crash.children import Children
from tests.crash.sites import OnWordPress, make_workspace, posts
from tests.crash.stories import STORIES, Stage
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site

pytestmark = pytest.mark.parametrize("wordpress", [debian.NEWEST], indirect=True)


@pytest.fixture
def stage(wordpress: Site, tmp_path: Path) -> Iterator[Stage]:
    """As an editor: authors write no pages."""
    site = OnWordPress(wordpress, "editor")
    with Children() as children:
        stage = Stage(make_workspace(tmp_path / "workspace", site), site, children)
        yield stage
    for post in posts(
        site
    ):  # who looks at all posts of this site afterwards need not look at these
        if (find_sentinel(post.body) or "").startswith(tuple(STORIES)):
            site.delete(post, trash=False)


@pytest.mark.parametrize("name", STORIES)
def test_killed_at_every_boundary(stage: Stage, wordpress: Site, name: str) -> None:
    boundaries = stage.kill_everywhere(name)
    assert {
        boundary.rpartition(" ")[2] for boundary in boundaries if boundary.startswith("request")
    } == {"before", "there", "answered"}
    if STORIES[name].now.picture:
        files = wordpress.rest(
            "admin", "GET", "wp/v2/media", params={"per_page": 100, "search": name}
        ).json()
        names = [Path(file["source_url"]).name for file in files]
        assert len(names) == len(set(names)) == len(boundaries) + 1, names


def test_killed_in_the_very_first_run(stage: Stage) -> None:
    stage.kill_the_first_run()
