"""The table of bad days (tests/cli/test_faults.py) on a real WordPress, with the faults that its
server and its plugins have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from blogkit.platforms.base import State
from tests.cli.test_faults import DONE, NO_PLAN, REFUSED, STOPPED, STOPS_POST, UNCLEAR, End
from tests.crash.children import Children
from tests.crash.job import Ended, Job
from tests.crash.sites import OnWordPress, make_workspace
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site

REQUESTS = {
    "look": ("GET", r"/wp/v2/posts$"),
    "create": ("POST", r"/wp/v2/posts$"),
    "update": ("POST", r"/wp/v2/posts/\d+$"),
    "set state": ("POST", r"/wp/v2/posts/\d+$"),
}
LOST = {"create": UNCLEAR}  # every other request may be repeated
ALL = 40


@dataclass(frozen=True)
class Fault:
    """ends: by request, where it is not that both posts are done; times: requests in a row that
    it meets.
    """

    kind: str
    ends: dict[str, End]
    words: str = ""
    times: int = 1


TABLE = [
    Fault("json429", {}, r"waited 1 s as main asked \(429: slow down \(injected\)\), then went on"),
    Fault("json429", STOPPED, r"site main asks to wait 1 s: slow down \(injected\)", ALL),
    Fault("json429-long", STOPPED, r"site main asks to wait 600 s: slow down \(injected\)"),
    Fault("json403", REFUSED, r"site main refuses to .*: your plan allows no more"),
    Fault("html403", REFUSED, "Blocked by security plugin"),
    Fault("no-login", STOPPED, "site main does not accept the credentials: "),
    Fault("before-save", LOST, "main answered 500: "),
    Fault("after-save", {}),
    Fault("half", {}),
    Fault("page-after", {}),
    Fault("maintenance", LOST, 'main answered 503: a web page titled "Briefly unavailable"'),
    Fault("warnings", {}, "site main shows PHP warnings to visitors: .*injected"),
    Fault(
        "moved",
        STOPPED,
        r"redirects to https://www\.moved\.invalid/; blogkit does not send credentials or writes"
        r" there",
    ),
    Fault("reset", LOST, "main closed the connection before its response was complete"),
    Fault("reset-after-commit", {}),
    Fault("timeout", LOST, "main did not answer within 60 s"),
    Fault("timeout-after-commit", {}),
]


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    with Children() as children:
        yield children


@dataclass
class Blog:
    """A workspace of two posts; `one` meets the fault."""

    root: Path
    site: OnWordPress
    children: Children

    def write(self, text: str, publish: str) -> None:
        for key in self.keys:
            # Of one title there may be no two posts; the blog keeps those of the other cases.
            post = f'---\ntitle: "{key}"\nkey: {key}\npublish: {publish}\n---\n{text} of {key}.\n'
            name = key.rpartition("-")[2]
            (self.root / f"posts/{name}.md").write_text(post, encoding="utf-8")

    def prepare(self, request: str, name: str) -> None:
        """Up to the run that is to meet the fault."""
        self.keys = (f"{name}-one", f"{name}-two")
        self.text = "Old" if request == "set state" else "New"
        if request in {"update", "set state"}:
            self.write("Old", "now" if request == "update" else "draft")
            assert self.publish().code == 0
        self.write(self.text, "now")

    def publish(self, faults: dict[int, str] | None = None) -> Ended:
        return self.children.run(
            Job(("publish", "--yes", "--json"), self.root, faults=faults or {})
        )

    def assert_right(self, *keys: str) -> None:
        """These posts are there as their files are; `find` raises for a post that is there
        twice.
        """
        observer = self.site.observer()
        there = {key: observer.find(key, "post") for key in self.keys}
        for key in keys:
            post = there[key]
            assert post is not None
            assert (post.state, f"{self.text} of {post.title}." in post.body) == (State.LIVE, True)


@pytest.mark.parametrize("wordpress", [debian.NEWEST], indirect=True)
@pytest.mark.parametrize("request_", REQUESTS)
def test_every_fault_at_a_request(
    wordpress: Site, children: Children, tmp_path: Path, request_: str
) -> None:
    site = OnWordPress(wordpress, writers=1)
    rehearsal = Blog(make_workspace(tmp_path / "rehearsal", site), site, children)
    rehearsal.prepare(request_, f"{request_.replace(' ', '')}-rehearsal")
    number = number_of(rehearsal.publish().passed, request_)
    for row, fault in enumerate(TABLE):
        blog = Blog(make_workspace(tmp_path / str(row), site), site, children)
        blog.prepare(request_, f"{request_.replace(' ', '')}-{row}")
        where = f"{fault.kind} at {request_}"
        ended = blog.publish(dict.fromkeys(range(number, number + fault.times), fault.kind))
        assert_ended(ended, fault, request_, where)
        blog.assert_right(*(key for key, result in ended.results.items() if result == "done"))
        again = blog.publish()
        assert again.code == 0, f"{where}: {again.out}{again.err}"
        blog.assert_right(*blog.keys)
        assert set(blog.publish().results.values()) == {"unchanged"}, where


def assert_ended(ended: Ended, fault: Fault, request: str, where: str) -> None:
    end = fault.ends.get(request, DONE)
    assert (ended.code, tuple(ended.results.values())) == (
        end.code,
        end.results,
    ), f"{where}: {ended.out}{ended.err}"
    told = ended.err + ended.out.replace('\\"', '"')
    if fault.words and (end in {NO_PLAN, STOPS_POST, UNCLEAR} or "waited" in fault.words):
        assert re.search(fault.words, told), f"{where}: {told}"


def number_of(passed: tuple[str, ...], request: str) -> int:
    """The number, among all requests of a run, of the first one of this kind."""
    method, path = REQUESTS[request]
    sent = [
        name.split()[1:3]
        for name in passed
        if name.startswith("request") and name.endswith("before")
    ]
    return next(
        number
        for number, (verb, place) in enumerate(sent)
        if verb == method and re.search(path, place)
    )
