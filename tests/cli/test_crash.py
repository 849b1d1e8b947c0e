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
from tests.sampling import is_whole, note

pytestmark = pytest.mark.slow

SITES = ("folder", "blogger", "blogger-by-slug", "blogger-keeping-comments")
LOCAL = {"folder": 2, "blogger": 2, "blogger-by-slug": 1, "blogger-keeping-comments": 1}
"""Most boundaries of the last two are those of `blogger`."""
UPLOADS = "create-with-picture"
"""Blogger takes no uploads."""


# Blogger finds a post that exists by its id, so its comments play no part.
EVERY = [
    (site, name)
    for name in STORIES
    for site in SITES
    if (site == "folder" or name != UPLOADS) and (site != SITES[3] or name.startswith("create"))
]
FEW = [(SITES[number % 3], name) for number, name in enumerate(STORIES) if name != UPLOADS]
SOME = [*FEW, ("folder", UPLOADS), (SITES[3], "create-live")]
"""Each story, and each site."""
CHOSEN = EVERY if is_whole() else SOME


@pytest.fixture(params=SITES)
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


@pytest.mark.parametrize(("stage", "name"), CHOSEN, indirect=["stage"])
def test_killed_at_every_boundary(stage: Stage, name: str, request: pytest.FixtureRequest) -> None:
    if name == UPLOADS:
        note(len(EVERY) - len(CHOSEN))
    boundaries = stage.kill_everywhere(name, LOCAL[request.node.callspec.params["stage"]])
    assert sum(boundary.startswith("journal COMMIT") for boundary in boundaries) >= 4
    if isinstance(stage.site, OnFolder):
        assert any(boundary.startswith("file rename") for boundary in boundaries)
    else:
        assert {
            boundary.rpartition(" ")[2] for boundary in boundaries if boundary.startswith("request")
        } == {"before", "there", "answered"}


@pytest.mark.sampled(local=1)
def test_killed_in_the_very_first_run(stage: Stage) -> None:
    stage.kill_the_first_run()


# The positions of Blogger's address and of its comments have no part in it.
@pytest.mark.parametrize("stage", SITES[:2], indirect=True)
def test_a_deletion_killed_at_every_boundary(stage: Stage) -> None:
    boundaries = stage.kill_deletions()
    assert sum(boundary.startswith("journal COMMIT") for boundary in boundaries) >= 3
    if not isinstance(stage.site, OnFolder):
        assert any("DELETE" in boundary for boundary in boundaries)
