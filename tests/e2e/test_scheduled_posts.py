"""Scheduled posts on a real WordPress: they go live by its cron, or blogkit notices and publishes."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import blogkit
from blogkit.schedule.proof import Proofs
from blogkit.schedule.run import run
from blogkit.schedule.work import WorkResult
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace, plugged

pytestmark = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
AHEAD = timedelta(minutes=10)
PATIENCE = 300
"""Seconds within which WordPress's cron, once started, has published a post."""


class Scheduled:
    """A post that WordPress has scheduled, and whose time has come."""

    def __init__(self, root: Path, site: Site) -> None:
        self.workspace = Workspace(root, site, "author")
        self.key = f"talks-{uuid.uuid4().hex[:6]}"
        due = datetime.now(UTC) + AHEAD
        front = f"title: Talks {self.key}\npublish: {due.isoformat(timespec='seconds')}"
        self.workspace.write(self.key, front, f"The talks of {self.key} open in Geneva.")
        made = self.workspace.published()[self.key]
        assert made["state"] == "scheduled"
        self.number = int(made["id"])
        self.site = site
        site.make_due(self.number)

    @property
    def status(self) -> str:
        return str(self.workspace.stored(self.number)["status"])

    def prove(self) -> WorkResult:
        """What `blogkit run` does a few minutes later."""
        later = AHEAD + timedelta(minutes=2)
        project = blogkit.open(
            self.workspace.root, environ={}, clock=lambda: datetime.now(UTC) + later
        )
        (result,) = run(project, kinds=[Proofs()]).results
        assert run(project, kinds=[Proofs()]).results == [], "once"
        (self.schedule,) = project.schedules(most=9)
        return result


@pytest.fixture
def scheduled(wordpress: Site, tmp_path: Path) -> Scheduled:
    return Scheduled(tmp_path / "blog", wordpress)


def test_a_visitor_makes_it_live_and_the_proof_only_looks(
    scheduled: Scheduled, wordpress: Site
) -> None:
    with wordpress.visitors_start_cron():
        deadline = time.monotonic() + PATIENCE
        while scheduled.status == "future" and time.monotonic() < deadline:
            wordpress.page(f"{wordpress.url}/")
            time.sleep(0.2)
    assert scheduled.status == "publish"
    result = scheduled.prove()
    assert (result.ok, result.run) == (True, None)
    assert "is live" in result.summary
    assert "missed" not in result.summary
    assert (scheduled.schedule.ended, scheduled.schedule.note) == ("live", "")


def test_without_visitors_blogkit_starts_the_cron(scheduled: Scheduled, wordpress: Site) -> None:
    wordpress.page(f"{wordpress.url}/")
    assert scheduled.status == "future", "DISABLE_WP_CRON"
    result = scheduled.prove()
    assert result.ok
    assert "it went live after blogkit started its scheduler" in result.summary
    assert "wp-cron.php" in result.hint
    assert scheduled.status == "publish"


def test_where_the_cron_cannot_be_started_blogkit_publishes(
    scheduled: Scheduled, wordpress: Site
) -> None:
    before = scheduled.workspace.stored(scheduled.number)
    with plugged(wordpress, "no-cron"):
        result = scheduled.prove()
    assert result.ok, result
    assert "blogkit published it" in result.summary
    after = scheduled.workspace.stored(scheduled.number)
    assert (after["status"], after["date_gmt"]) == ("publish", before["date_gmt"])
    assert after["content"]["raw"] == before["content"]["raw"]
    assert scheduled.workspace.published()[scheduled.key]["result"] in ("unchanged", "done")
