"""Two computers, one post: the first is killed right after it created a draft, while the second
publishes; then the first loses its journal.
"""

from __future__ import annotations

import shutil
import signal
import uuid
from pathlib import Path

from blogkit.platforms.base import Remote, State
from blogkit.regions import find_sentinel
from tests.crash.children import Children
from tests.crash.job import Ended, Job
from tests.crash.sites import Site, make_workspace, posts
from tests.crash.stories import LIVE

CREATE = "request POST .*/posts before"
CREATED = "request POST .*/posts done there"


class SecondDraft:
    """The two computers' workspaces, and the blog with both posts. key: of the post."""

    def __init__(self, folder: Path, site: Site, children: tuple[Children, Children]) -> None:
        self.site, self.key = site, f"second-{uuid.uuid4().hex[:8]}"
        self._children = children
        self.roots = [make_workspace(folder / name, site) for name in ("killed", "other")]
        self.files = [LIVE.write(root, self.key) for root in self.roots]
        killed = self._leave_a_draft()
        assert killed.killed, killed
        site.settle()
        shutil.rmtree(self.roots[0] / ".blogkit")
        assert sorted(post.state for post in self.posts()) == [State.DRAFT, State.LIVE]

    def _leave_a_draft(self) -> Ended:
        def other_publishes() -> None:
            ended = self.run(1)
            assert ended.results == {self.key: "done"}, ended

        arguments = ("publish", "--yes", "--json")
        stopped = signal.SIGSTOP
        job = Job(arguments, self.roots[0], at=0, only=CREATE, signal=stopped, dies=CREATED)
        return self._children[0].run(job, stopped=other_publishes)

    def run(self, number: int, command: str = "publish") -> Ended:
        """The command on one of the computers."""
        more = () if command == "plan" else ("--yes",)
        return self._children[1].run(Job((command, *more, "--json"), self.roots[number]))

    def posts(self) -> list[Remote]:
        return [post for post in posts(self.site) if find_sentinel(post.body) == self.key]

    def assert_one_is_left(self, first: int) -> None:
        """Whichever computer publishes first: nothing is left over, and readers see the post."""
        (live,) = (post for post in self.posts() if post.state is State.LIVE)
        planned = self.run(first, "plan")
        told = planned.json.get("actions", ())
        assert "withdraw" in {one["action"] for one in told}, planned
        ended = self.run(first)
        assert ended.code == 0, ended
        assert [(post.ref, post.state) for post in self.posts()] == [(live.ref, State.LIVE)]
        undone = self.run(first, "undo")
        assert undone.code == 0, undone
        assert "you can restore it" in undone.out, undone
        for number in (1 - first, first):
            ended = self.run(number)
            assert ended.code == 0, ended
            assert set(ended.results) == {self.key}
        assert [post.ref for post in self.posts()] == [live.ref]
