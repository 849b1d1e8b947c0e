"""`blogkit run` is killed at every boundary of a timed job, and run again: the edit is made once,
and the job is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import blogkit
from blogkit.jobs import Insert, JobRequest, Replace, SetLink, Undo, WidgetData
from blogkit.journal.jobs import NewJob
from blogkit.journal.store import Journal
from blogkit.platforms.base import Draft, Remote, State, Target
from blogkit.project.jobs.requests import packed
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from tests.crash.children import Children
from tests.crash.job import Ended, Job
from tests.crash.sites import OnFolder, OnSandbox, Site, make_workspace, posts
from tests.sampling import sample

pytestmark = pytest.mark.slow

ALL = blogkit.Selection(site="main", all=True)
TEST = WidgetData(settings={"label": "Start"})
REQUESTS: Mapping[str, JobRequest] = {
    "insert": Insert("callout", "end", ALL, WidgetData(settings={"body": "Now.", "kind": "info"})),
    # What is replaced is in what it is replaced by: twice would show.
    "replace": Replace("text:the test", "the test of today", ALL),
    "undo": Undo(1),
    "link": SetLink("rivers-1", "https://example.com/rivers"),
}
COMMITS = "^(journal COMMIT|request .* (before|there|answered)|file (write|rename))"


@dataclass(frozen=True)
class Machine:
    """One blog with two live posts and a job that is due."""

    root: Path
    site: Site
    children: Children

    def run(self, at: int | None = None) -> Ended:
        return self.children.run(Job(("run", "--retry"), self.root, at=at, only=COMMITS))

    @property
    def bodies(self) -> dict[str, str]:
        return {post.title: _comparable(post) for post in posts(self.site)}

    @property
    def statuses(self) -> list[str]:
        with Journal.open(self.root / ".blogkit/journal.sqlite") as journal:
            return [job.status for job in journal.jobs.all()]


def _comparable(post: Remote) -> str:
    """A body without what differs from blog to blog: the ids of posts and creations."""
    return re.sub(r"bk-[0-9a-f]{4}", "bk", re.sub(r"(key|id|creation)=\"?[\w/-]+", "", post.body))


@contextmanager
def machine(folder: Path, name: str, platform: str, children: Children) -> Iterator[Machine]:
    switches = Quirks(daily_insert_limit="none", insert_throttle="none")
    with Sandbox(switches=switches) as sandbox:
        site: Site = OnFolder(folder) if platform == "folder" else OnSandbox(sandbox)
        root = make_workspace(folder, site)
        blog = site.observer()
        for title in ("Rivers", "Hills"):
            ref = blog.create(Draft("", "post", title, f"<p>{title}: the test</p>")).ref
            blog.set_state(ref, Target(State.LIVE))
        one = Machine(root, site, children)
        site.settle()
        _prepare(one, name)
        yield one


def _prepare(one: Machine, name: str) -> None:
    before = {
        "undo": ("replace", "text:the test", "--with", "a quiz", "--all", "--yes"),
        "link": ("insert", "quiz-button", "--set", "label=Go", "--quiz", "rivers-1", "--at", "end"),
    }
    if name == "link":
        (one.root / "posts/sea.md").write_text(
            "---\ntitle: The sea\nquiz: rivers-1\npublish: now\n---\n[Test]({{ quiz_url }})\n"
        )
    if command := before.get(name):
        more = ("--all", "--yes") if name == "link" else ()
        assert one.children.run(Job((*command, *more), one.root)).code == 0
    with Journal.open(one.root / ".blogkit/journal.sqlite") as journal:
        due = datetime.now(UTC) - timedelta(minutes=1)
        request = packed(REQUESTS[name], one.root, one.root)
        journal.jobs.add(NewJob("main", f"{name} in all posts", request, 20, due))


@pytest.mark.parametrize(
    ("name", "platform"),
    [
        *((name, "folder") for name in REQUESTS),
        ("insert", "blogger"),
        ("replace", "blogger"),
        ("link", "blogger"),
    ],
)
def test_killed_at_every_boundary(
    tmp_path: Path, children: Children, name: str, platform: str
) -> None:
    with machine(tmp_path / "smooth", name, platform, children) as smooth:
        ended = smooth.run()
        assert (ended.code, smooth.statuses) == (0, ["done"]), ended
        after = smooth.bodies
    boundaries = [one for one in ended.passed if re.search(COMMITS, one)]
    assert len(boundaries) > 8
    # Each boundary takes a new blog.
    for number in sample(range(len(boundaries) + 1), local=2, turn=[*REQUESTS].index(name)):
        with machine(tmp_path / f"killed-{number}", name, platform, children) as one:
            killed = one.run(at=number)
            if not killed.killed:
                # Of two runs, one may commit once less, as the clock has it.
                assert number >= len(boundaries) - 1, killed
                break
            where = f"{name} killed at {killed.passed[-1]} ({number})"
            one.site.settle()
            for _ in range(3):
                again = one.run()
                if one.statuses == ["done"]:
                    break
            assert (one.statuses, again.code) == (["done"], 0), f"{where}: {again}"
            assert one.bodies == after, where
            assert "nothing is due" in one.run().out, where


def test_a_person_edits_the_post_before_the_next_attempt(
    tmp_path: Path, children: Children
) -> None:
    """Whether the text had arrived cannot be told any more: it is told once, never done twice."""
    with machine(tmp_path / "one", "replace", "blogger", children) as one:
        write = "^request (PUT|PATCH) .*done there"
        killed = children.run(Job(("run",), one.root, at=0, only=write))
        assert killed.killed, killed
        one.site.settle()
        assert isinstance(one.site, OnSandbox)
        (hit,) = [post for post in posts(one.site) if "of today" in post.body]
        one.site.write(hit, body=hit.body.replace(": ", " and more: "))
        told = one.run()
        assert (told.code, one.statuses) == (1, ["failed"]), told
        assert "before blogkit looked" in told.out + told.err
        assert sorted(post.body.count("of today") for post in posts(one.site)) == [1, 1]
        assert "nothing is due" in one.run().out
