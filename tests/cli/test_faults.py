"""Bad days, as a table: each fault at each kind of request, what blogkit does about it, says of it,
and leaves behind.

Two posts are published and the first one meets the fault, so that a run that is done in part can be
told from one that is not done at all. What is right for a fault: wait and repeat; reconcile (look,
and repeat nothing); stop this post; stop this site. The next run ends with both.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from blogkit.platforms.base import State
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from tests.cli.conftest import Done, Run
from tests.crash.children import Children
from tests.crash.job import Job
from tests.crash.sites import OnSandbox, make_workspace, posts

REQUESTS = {
    "look": ("GET", "/posts$"),
    "create": ("POST", "/posts$"),
    "read back": ("GET", r"/posts/\d+$"),
    "update": ("PATCH", ""),
    "set state": ("POST", "/publish$"),
}
MOMENTS = {"before": 0, "done there": 1, "answered": 2}
READS = {"look", "read back"}


@dataclass(frozen=True)
class End:
    """code: the exit code; results: of both posts; () when nothing could be planned."""

    code: int
    results: tuple[str, ...]


DONE = End(0, ("done", "done"))
UNCLEAR = End(1, ("unknown", "done"))
STOPS_POST = End(1, ("failed", "done"))
STOPS_SITE = End(1, ("failed", "skipped"))
UNCLEAR_AND_STOPS = End(1, ("unknown", "skipped"))
NO_PLAN = End(1, ())
STOPPED = {
    "look": NO_PLAN,
    "read back": UNCLEAR_AND_STOPS,
    "create": STOPS_SITE,
    "update": STOPS_SITE,
    "set state": STOPS_SITE,
}
REFUSED = {
    "look": NO_PLAN,
    "read back": UNCLEAR,
    "create": STOPS_POST,
    "update": STOPS_POST,
    "set state": STOPS_POST,
}
LOST = {
    "create": UNCLEAR,
    "set state": UNCLEAR,
}  # a read, and a write that sets fields to values, are repeated
PAGE = {"create": UNCLEAR, "update": UNCLEAR, "set state": UNCLEAR}


@dataclass(frozen=True)
class Fault:
    """ends: by request, where it is not that both are done; words: what is said, where anything
    is.
    """

    kind: str
    ends: dict[str, End] = field(default_factory=dict)
    words: str = ""
    options: dict[str, Any] = field(default_factory=dict)


WAITED = r"waited \d+ s because main"
TABLE = {
    "429, short": Fault(
        "429",
        {},
        r"waited 3 s as main asked \(429: Resource has been exhausted .*\), then went on",
        {"retry_after": 3},
    ),
    "429, long": Fault(
        "429",
        STOPPED,
        "(site main|it) asks to wait 600 s: Resource has been exhausted",
        {"retry_after": 600},
    ),
    "429, no end": Fault(
        "429",
        STOPPED,
        "(site main|it) asks to slow down: Resource has been exhausted",
        {"times": 99},
    ),
    "403, pace": Fault(
        "rate-limit-403",
        STOPPED,
        "(site main|it) asks to slow down: Rate Limit Exceeded",
        {"times": 99},
    ),
    "403, quota": Fault(
        "quota", STOPPED, r"main: today's quota is used up \(quotaExceeded: The daily limit"
    ),
    "403, rights": Fault(
        "forbidden",
        REFUSED | {"create": STOPS_SITE},
        r"Blogger refused the request \(forbidden\): We're sorry, but you don't have permission",
    ),
    "401, once": Fault("expired-token"),
    "401, for good": Fault(
        "expired-token",
        STOPPED,
        "(site main|it) does not accept the credentials: Request had invalid auth",
        {"times": 99},
    ),
    "500, and done": Fault("500-after-commit"),
    "503": Fault("503", LOST, "main answered 503: The service is currently unavailable"),
    "reset": Fault("reset", LOST, "main closed the connection before its response was complete"),
    "reset, and done": Fault("reset-after-commit"),
    "silence": Fault("hang", LOST, "main closed the connection", {"seconds": 0.05}),
    "silence, and done": Fault("hang-after-commit", {}, "", {"seconds": 0.05}),
    "half an answer": Fault("truncated-json"),
    "a web page": Fault(
        "html-maintenance", PAGE, 'a web page titled "Temporarily unavailable"', {"status": 200}
    ),
    "a web page, 503": Fault(
        "html-maintenance", LOST, 'main answered 503: a web page titled "Temporarily unavailable"'
    ),
    "moved": Fault(
        "redirect",
        STOPPED,
        r"redirects to https://moved\.invalid/\S+; blogkit does not send credentials or writes"
        r" there",
    ),
}


@dataclass
class Blog:
    """A workspace of two posts that is about to meet a kind of request."""

    folder: Path
    run: Run
    sandbox: Sandbox

    def write(self, text: str, publish: str) -> None:
        for key in ("one", "two"):
            post = f"---\ntitle: {key.title()}\npublish: {publish}\n---\n{text} of {key}.\n"
            (self.folder / f"posts/{key}.md").write_text(post, encoding="utf-8")

    def prepare(self, request: str) -> None:
        if request in {"update", "set state"}:
            self.write("Old", "now" if request == "update" else "draft")
            assert self.run("publish", "--yes").code == 0
        self.write("Old" if request == "set state" else "New", "now")
        self.text = "Old" if request == "set state" else "New"

    def publish(self) -> Done:
        return self.run("publish", "--yes", "--json")

    def assert_right(self, *keys: str) -> None:
        """These posts are there as their files are, and no post is there twice."""
        there = posts(OnSandbox(self.sandbox))
        titles = sorted(post.title for post in there)
        assert titles == sorted(set(titles)), "published twice"
        for key in keys:
            (post,) = (post for post in there if post.title == key.title())
            assert (post.state, f"{self.text} of {key}." in post.body) == (State.LIVE, True)


@pytest.fixture
def blog(workspace: Path, run: Run, sandbox: Sandbox) -> Iterator[Blog]:
    sandbox.switches.set(daily_insert_limit="none", insert_throttle="none")
    return Blog(workspace, run, sandbox)


@pytest.mark.slow
@pytest.mark.sampled(local=23)  # every fourth: each fault, and each request
@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("name", TABLE)
def test_a_fault_at_a_request(blog: Blog, name: str, request_: str) -> None:
    fault = TABLE[name]
    end = fault.ends.get(request_, DONE)
    blog.prepare(request_)
    method, path = REQUESTS[request_]
    blog.sandbox.fail(fault.kind, method=method, path=path, **fault.options)
    done = blog.publish()
    blog.sandbox.faults.clear()
    assert (done.code, done.json["exit_code"]) == (end.code, end.code), done.err
    outcomes = done.json.get("outcomes", [])
    assert tuple(outcome["result"] for outcome in outcomes) == end.results, done.out
    blog.assert_right(*(outcome["key"] for outcome in outcomes if outcome["result"] == "done"))
    told = " ".join([done.err, *(outcome["message"] for outcome in outcomes)])
    if fault.words and (end is not DONE or request_ in READS or "waited" in fault.words):
        assert re.search(fault.words, told), told
    if end is not DONE:
        assert done.json.get("hint") or all(
            outcome["hint"] for outcome in outcomes if outcome["result"] != "done"
        )
    assert ".;" not in told
    again = blog.publish()
    assert again.code == 0, again.err
    blog.assert_right("one", "two")
    assert {outcome["result"] for outcome in blog.publish().json["outcomes"]} == {"unchanged"}


WAITING = {
    "a": "Rivers rise in the hills and end in the sea",
    "b": "Parliament has two houses, and bills go through both",
    "c": "Inflation is measured by a basket of goods",
    "d": "Forests cover a fifth of the country",
}


def test_when_blogger_takes_no_more_new_posts_the_rest_goes_on(blog: Blog) -> None:
    """It is asked once more, and not once for each post that waits."""
    blog.prepare("update")
    for key, text in WAITING.items():
        post = f"---\ntitle: {text.split()[0]}\npublish: now\n---\n{text}.\n"
        (blog.folder / f"posts/{key}.md").write_text(post, encoding="utf-8")
    blog.sandbox.fail("forbidden", method="POST", path="/posts$", after=1, times=99)
    blog.sandbox.log.clear()
    done = blog.publish()
    outcomes = {outcome["key"]: outcome["result"] for outcome in done.json["outcomes"]}
    new = [outcomes[key] for key in WAITING]
    assert (done.code, new) == (1, ["done", "failed", "skipped", "skipped"]), done.err
    assert (outcomes["one"], outcomes["two"]) == ("done", "done")
    tried = [served for served in blog.sandbox.log.writes() if served.path.endswith("/posts")]
    assert len(tried) == 2
    assert "run the same command again after" in done.out
    blog.sandbox.faults.clear()
    assert blog.publish().code == 0
    blog.assert_right("one", "two")


def number_of(passed: tuple[str, ...], request: str) -> int:
    """The number, among all requests of a run, of the first one of this kind."""
    method, path = REQUESTS[request]
    sent = [name.split()[1:3] for name in passed if name.endswith("before")]
    return next(
        number
        for number, (verb, place) in enumerate(sent)
        if verb == method and re.search(path, place)
    )


def rehearse(blog: Blog, request: str, children: Children, elsewhere: Sandbox) -> tuple[str, ...]:
    """The boundaries of the same run on another site."""
    site = OnSandbox(elsewhere)
    root = make_workspace(blog.folder / "rehearsal", site)
    there = Blog(
        root,
        lambda *arguments: Done(children.run(Job(tuple(map(str, arguments)), root)).code, "", ""),
        elsewhere,
    )
    there.prepare(request)
    return children.run(Job(("publish", "--yes"), root)).passed


@pytest.fixture
def elsewhere() -> Iterator[Sandbox]:
    with Sandbox(switches=Quirks(daily_insert_limit="none", insert_throttle="none")) as sandbox:
        yield sandbox


@pytest.mark.slow
@pytest.mark.sampled(local=5)  # every second: each request, before and after
@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("fault", ["timeout", "timeout-after-commit"])
def test_a_time_out_at_a_request(
    blog: Blog, children: Children, elsewhere: Sandbox, fault: str, request_: str
) -> None:
    """The wire falls silent for longer than anybody waits: before or after the site has done it."""
    blog.prepare(request_)
    passed = rehearse(blog, request_, children, elsewhere)
    # here, the blog's number is known from before
    number = number_of(tuple(name for name in passed if "byurl" not in name), request_)
    ended = children.run(Job(("publish", "--yes", "--json"), blog.folder, faults={number: fault}))
    end = LOST.get(request_, DONE) if fault == "timeout" else DONE
    assert (ended.code, tuple(ended.results.values())) == (end.code, end.results), ended.err
    if end is not DONE or request_ in READS:
        assert "main did not answer within 60 s" in ended.out + ended.err
    assert blog.publish().code == 0
    blog.assert_right("one", "two")


@pytest.mark.slow
@pytest.mark.sampled(local=4)  # every third: each request, and each moment
@pytest.mark.parametrize("request_", [name for name in REQUESTS if name != "look"])
@pytest.mark.parametrize("moment", ["before", "done there", "answered"])
def test_ctrl_c_at_a_request(
    blog: Blog, children: Children, elsewhere: Sandbox, moment: str, request_: str
) -> None:
    """It says what is done and what is not; nothing is left to guess, and the next run ends the
    work.
    """
    blog.prepare(request_)
    passed = rehearse(blog, request_, children, elsewhere)
    number = number_of(passed, request_)
    ended = children.run(
        Job(
            ("publish", "--yes", "--json"),
            blog.folder,
            at=3 * number + MOMENTS[moment],
            only="^request",
            signal=signal.SIGINT,
        )
    )
    assert ended.code == 130, ended
    report = ended.json
    assert (report["exit_code"], report["stopped"]) == (130, True)
    assert ended.results == {"one": "unknown", "two": "skipped"}
    one, two = report["outcomes"]
    assert one["message"] == "interrupted"
    assert one["hint"] == "the next run checks the site before it sends anything"
    assert two["message"] in {"the run was stopped", "interrupted; nothing was sent for it"}
    assert report["summary"] == "1 unknown, 1 skipped"
    assert "interrupted" in ended.err
    assert "run the same command again; completed work is kept" in ended.err
    again = blog.publish()
    assert again.code == 0, again.err
    blog.assert_right("one", "two")


@pytest.mark.slow
def test_ctrl_c_while_looking_leaves_everything_as_it_was(blog: Blog, children: Children) -> None:
    blog.prepare("look")
    ended = children.run(
        Job(("publish", "--yes"), blog.folder, at=7, only="^request", signal=signal.SIGINT)
    )
    assert ended.code == 130
    assert "interrupted" in ended.err
    assert posts(OnSandbox(blog.sandbox)) == []


def test_a_site_that_goes_down_in_the_middle_leaves_the_rest_for_later(blog: Blog) -> None:
    """Whatever is sent, and whatever is looked at, from the first create on."""
    blog.prepare("create")
    blog.sandbox.fail("html-maintenance", method="POST", path="/posts$", times=99)
    blog.sandbox.fail("html-maintenance", path="/v3/", after=7, times=99)
    done = blog.publish()
    blog.sandbox.faults.clear()
    assert done.code == 1
    assert "checking the site failed too" in done.out
    assert blog.publish().code == 0
    blog.assert_right("one", "two")


@pytest.mark.parametrize("request_", ["create", "set state"])
def test_what_arrived_without_an_answer_is_said_to_have_arrived(blog: Blog, request_: str) -> None:
    blog.prepare(request_)
    method, path = REQUESTS[request_]
    blog.sandbox.fail("500-after-commit", method=method, path=path)
    done = blog.run("publish", "--yes")
    assert done.code == 0
    assert (
        "main answered 500: Internal error encountered, but the change had arrived"
        in done.out + done.err
    )


def test_why_a_site_was_stopped_is_said_once(blog: Blog) -> None:
    blog.prepare("create")
    blog.sandbox.fail("quota", method="POST", path="/posts$")
    done = blog.run("publish", "--yes")
    assert (done.out + done.err).count(
        "The daily limit of new posts for this blog has been reached"
    ) == 1
    assert (
        "stopped publishing to main: today's quota is used up (quotaExceeded: The daily limit of"
        " new posts" in done.out + done.err
    )


def test_a_site_that_is_down_is_not_tried_for_every_post(blog: Blog) -> None:
    blog.prepare("create")
    blog.sandbox.fail("html-maintenance", method="POST", path="/posts$", times=99)
    blog.sandbox.fail("html-maintenance", path="/v3/", after=7, times=99)
    assert [outcome["result"] for outcome in blog.publish().json["outcomes"]] == [
        "unknown",
        "skipped",
    ]
