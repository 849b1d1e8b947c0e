"""`blogkit publish` is killed at every journal write and at every request boundary of every
action, and run again: exactly one post.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from tests.crash.children import Children
from tests.crash.sites import OnFolder, OnSandbox, Site, make_workspace
from tests.crash.stories import STORIES, Stage

pytestmark = pytest.mark.slow

NO_UPLOAD = {"create-with-picture"}
LOCAL = {"folder": 3, "blogger": 3, "blogger-by-slug": 1, "blogger-keeping-comments": 1}
"""Most boundaries of the last two are those of `blogger`."""


@pytest.fixture(params=["folder", "blogger", "blogger-by-slug", "blogger-keeping-comments"])
def stage(request: pytest.FixtureRequest, tmp_path: Path, children: Children) -> Iterator[Stage]:
    """A fresh site and a workspace that publishes to it."""
    root = tmp_path / "workspace"
    if request.param == "folder":
        yield Stage(make_workspace(root, OnFolder(root)), OnFolder(root), children)
        return
    switches = Quirks(daily_insert_limit="none", insert_throttle="none")
    if request.param == "blogger-keeping-comments":
        switches.html_comments = "kept"
    with Sandbox(switches=switches) as sandbox:
        site: Site = OnSandbox(sandbox, by_slug=request.param == "blogger-by-slug")
        yield Stage(
            make_workspace(root, site), site, children, slugs=request.param == "blogger-by-slug"
        )


@pytest.mark.parametrize("name", STORIES)
def test_killed_at_every_boundary(stage: Stage, name: str, request: pytest.FixtureRequest) -> None:
    if name in NO_UPLOAD and not isinstance(stage.site, OnFolder):
        return  # Blogger takes no uploads
    if "comments" in request.node.callspec.params["stage"] and not name.startswith("create"):
        return  # a post that exists is found by its number
    boundaries = stage.kill_everywhere(name, LOCAL[request.node.callspec.params["stage"]])
    assert sum(boundary.startswith("journal COMMIT") for boundary in boundaries) >= 4
    if isinstance(stage.site, OnFolder):
        assert any(boundary.startswith("file rename") for boundary in boundaries)
    else:
        assert {
            boundary.rpartition(" ")[2] for boundary in boundaries if boundary.startswith("request")
        } == {"before", "there", "answered"}


@pytest.mark.sampled(local=2)
def test_killed_in_the_very_first_run(stage: Stage) -> None:
    stage.kill_the_first_run()


def test_a_deletion_killed_at_every_boundary(stage: Stage, request: pytest.FixtureRequest) -> None:
    if "-" in request.node.callspec.params["stage"]:
        return  # the positions of Blogger's address and of its comments have no part in it
    boundaries = stage.kill_deletions()
    assert sum(boundary.startswith("journal COMMIT") for boundary in boundaries) >= 3
    if not isinstance(stage.site, OnFolder):
        assert any("DELETE" in boundary for boundary in boundaries)
