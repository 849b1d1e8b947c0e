"""`run`: what is due, each thing once, whatever happens to the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

import blogkit
from blogkit.errors import AlreadyRunning, AuthenticationError, UsageError
from blogkit.schedule.run import LAST_RETRY, run
from blogkit.schedule.work import Due, WorkResult
from tests.growth import assert_takes
from tests.sampling import is_whole
from tests.schedule.conftest import START, Blog

MINUTE = timedelta(minutes=1)


@dataclass
class Kind:
    """Work that a test makes up: it is due until it is done."""

    times: dict[str, datetime]
    name: str = "made-up"
    site: str = "main"
    fails: Callable[[str], Exception | str | None] = lambda _key: None
    done: list[list[str]] = field(default_factory=list)

    def pending(self, project: blogkit.Project, now: datetime) -> Sequence[Due]:
        return [Due(self.name, self.site, key, at, f"do {key}") for key, at in self.times.items()]

    def do(
        self, project: blogkit.Project, site: str, due: Sequence[Due], now: datetime
    ) -> list[WorkResult]:
        self.done.append([one.key for one in due])
        results = []
        for one in due:
            why = self.fails(one.key)
            if isinstance(why, Exception):
                raise why
            if why is None:
                del self.times[one.key]
            results.append(WorkResult(one, why is None, why or f"did {one.key}"))
        return results


def test_new_posts_that_wait_are_created_when_their_time_comes(blog: Blog) -> None:
    blog.limit(1)
    blog.write("rivers", "parliament", "inflation")
    assert blog.open().plan().apply().summary == "1 done, 2 waiting"
    first = run(blog.open())
    assert (first.results, first.next) == ([], START + 20 * MINUTE)
    blog.clock.advance(minutes=20)
    second = run(blog.open())
    assert [(one.ok, one.run) for one in second.results] == [(True, 2)]
    blog.clock.advance(minutes=20)
    assert run(blog.open()).ok
    assert len(blog.live) == len({*blog.live}) == 3
    assert run(blog.open()).next is None


def test_a_new_file_waits_for_its_first_publication_by_a_person(blog: Blog) -> None:
    blog.write("rivers")
    report = run(blog.open())
    assert (report.results, blog.live) == ([], [])


def test_with_nothing_due_no_request_is_sent(blog: Blog) -> None:
    blog.limit(1)
    blog.write("rivers", "parliament")
    blog.open().plan().apply()
    blog.sandbox.log.clear()
    project = blog.open()
    report = run(project)
    assert report.ok
    assert (len(blog.sandbox.log.served()), project.timed.requests) == (0, 0)


def test_a_post_whose_file_is_gone_does_not_wait(blog: Blog) -> None:
    blog.limit(1)
    blog.write("rivers", "parliament")
    blog.open().plan().apply()
    for path in (blog.folder / "posts").iterdir():
        path.unlink()
    assert run(blog.open()).next is None


@pytest.mark.slow
def test_until_waits_for_what_comes_within_the_time(blog: Blog) -> None:
    blog.limit(1)
    blog.write("rivers", "parliament", "inflation")
    blog.open().plan().apply()
    report = run(blog.open(), until=START + 30 * MINUTE)
    assert len(report.results) == 1
    assert START + 20 * MINUTE <= blog.clock() <= START + 21 * MINUTE
    assert report.next == START + 40 * MINUTE


def test_work_goes_in_the_order_of_its_times_and_a_batch_for_each_site(blog: Blog) -> None:
    early, late = START - 5 * MINUTE, START - MINUTE
    kind = Kind({"b": late, "a": early, "later": START + MINUTE})
    other = Kind({"c": START - 3 * MINUTE}, name="other")
    report = run(blog.open(), kinds=[other, kind])
    assert [one.due.key for one in report.results] == ["a", "b", "c"]
    assert kind.done == [["a", "b"]]
    assert report.next == START + MINUTE


def test_one_that_fails_does_not_stop_the_others(blog: Blog) -> None:
    down = Kind({"a": START}, fails=lambda _: AuthenticationError("main refuses", hint="log in"))
    bug = Kind({"b": START}, name="bug", fails=lambda _: ZeroDivisionError())
    well = Kind({"c": START}, name="well")
    report = run(blog.open(), kinds=[down, bug, well])
    assert [(one.ok, one.summary, one.hint) for one in report.results] == [
        (False, "do a: main refuses", "log in"),
        (False, "do b: bug: ZeroDivisionError in blogkit", "please report it"),
        (True, "did c", ""),
    ]
    assert not report.ok
    assert isinstance(report.bug, ZeroDivisionError)


@pytest.mark.slow
def test_what_failed_is_tried_again_in_growing_intervals(blog: Blog) -> None:
    """A wrong password that is sent every minute gets an account locked."""
    kind = Kind({"a": START}, fails=lambda _: "no")
    every = range(24 * 60)
    growing = [2**number - 1 for number in range(10)]
    last = [*range(growing[-1], len(every), LAST_RETRY // MINUTE)]
    near = {minute + step for minute in (*growing, *last) for step in (-1, 0, 1)}
    tried = []
    for minute in every if is_whole() else sorted(near & {*every}):
        blog.clock.advance(minutes=minute - (blog.clock() - START) // MINUTE)
        if run(blog.open(), kinds=[kind]).results:
            tried.append(minute)
    assert tried[:9] == [0, 1, 3, 7, 15, 31, 63, 127, 255]
    assert len(tried) > 11
    assert {b - a for a, b in pairwise(tried[9:])} == {LAST_RETRY // MINUTE}


def test_a_person_may_ask_for_the_retry_and_success_ends_it(blog: Blog) -> None:
    answers = ["no", "no", None]
    kind = Kind({"a": START}, fails=lambda _: answers.pop(0))
    assert not run(blog.open(), kinds=[kind]).ok
    assert run(blog.open(), kinds=[kind]).results == []
    assert not run(blog.open(), kinds=[kind], retry=True).ok
    assert run(blog.open(), kinds=[kind], retry=True).ok
    assert blog.open().timed.retries() == []


def test_two_at_once_do_it_once_and_the_second_leaves_with_a_word(blog: Blog) -> None:
    inner: list[object] = []

    def other_process(_key: str) -> None:
        report = run(blog.open(), kinds=[kind])
        inner.append((report.ok, type(report.busy), report.results))

    kind = Kind({"a": START}, fails=other_process)
    assert run(blog.open(), kinds=[kind]).ok
    assert inner == [(True, AlreadyRunning, [])]
    assert kind.done == [["a"]]


def test_waiting_long_for_another_process_is_a_failure(blog: Blog) -> None:
    kind = Kind({"a": START})
    with blog.open().exclusive("publish"):
        assert run(blog.open(), kinds=[kind]).ok
        blog.clock.advance(minutes=16)
        report = run(blog.open(), kinds=[kind])
    assert (report.ok, report.overdue and report.overdue.key) == (False, "a")


def test_what_was_done_while_it_waited_for_the_lock_is_not_done_again(blog: Blog) -> None:
    kind = Kind({"a": START})
    project = blog.open()
    looked = kind.pending

    def pending(project: blogkit.Project, now: datetime) -> Sequence[Due]:
        found = looked(project, now)
        kind.times.clear()  # another process does it between the look and the lock
        return found

    kind.pending = pending  # type: ignore[method-assign]
    assert run(project, kinds=[kind]).results == []
    assert kind.done == []


def test_a_machine_that_slept_tells_it_and_catches_up_once(blog: Blog) -> None:
    kind = Kind({"a": START}, fails=lambda _: "no")
    blog.clock.advance(hours=9)
    report = run(blog.open(), kinds=[kind])
    assert [one.key for one in report.late] == ["a"]
    assert kind.done == [["a"]]
    blog.clock.advance(minutes=2)
    assert run(blog.open(), kinds=[kind]).late == []
    assert kind.done == [["a"], ["a"]]


def test_a_clock_that_goes_back_does_nothing_twice(blog: Blog) -> None:
    blog.limit(1)
    blog.write("rivers", "parliament")
    blog.open().plan().apply()
    blog.clock.advance(minutes=20)
    assert run(blog.open()).results
    blog.clock.advance(hours=-3)
    assert run(blog.open()).results == []
    assert len(blog.live) == 2


def test_a_stop_ends_it_between_two_batches(blog: Blog) -> None:
    first, second = Kind({"a": START - MINUTE}), Kind({"b": START}, name="second")
    report = run(blog.open(), kinds=[first, second], stop=lambda: bool(first.done))
    assert (first.done, second.done, report.stopped) == ([["a"]], [], True)


def test_work_that_stays_due_is_not_asked_for_in_a_tight_loop(blog: Blog) -> None:
    """As one that reports success and is pending again."""
    kind = Kind({"a": START})
    kind.do = lambda *_: []  # type: ignore[method-assign]
    run(blog.open(), kinds=[kind], until=START + 5 * MINUTE)
    assert 10 < len(blog.slept) < 20


def test_each_result_has_its_share_of_time_and_requests(blog: Blog) -> None:
    blog.limit(1)
    blog.write("rivers", "parliament")
    blog.open().plan().apply()
    blog.clock.advance(minutes=20)
    blog.sandbox.log.clear()
    heard: list[WorkResult] = []
    run(blog.open(), on_result=heard.append)
    assert [one.requests for one in heard] == [len(blog.sandbox.log.served())]
    assert heard[0].seconds > 0


def test_only_one_site(blog: Blog) -> None:
    kind = Kind({"a": START})
    with pytest.raises(UsageError):
        run(blog.open(), kinds=[kind], site="other")
    assert run(blog.open(), kinds=[Kind({"b": START}, site="elsewhere")], site="main").results == []


def test_what_becomes_due_during_the_look_is_due(blog: Blog) -> None:
    """A kind of work that calls something due now asks the clock after `run` did."""
    project = blogkit.open(blog.folder, environ={}, sleep=blog.sleep)  # by a clock that moves
    kind = Kind({"a": START})
    kind.pending = lambda *_: [Due(kind.name, "main", "a", project.timed.now, "do a")]  # type: ignore[method-assign]
    assert len(run(project, kinds=[kind]).results) == 1


@pytest.mark.slow
def test_a_thousand_posts_with_nothing_due_take_no_request_and_little_work(blog: Blog) -> None:
    """cron starts it every minute: it is to cost less than 0.4 s."""
    for number in range(1000):
        text = f"---\ntitle: Draft number {number}\npublish: draft\n---\nThe draft {number}.\n"
        (blog.folder / f"posts/draft-{number}.md").write_text(text, encoding="utf-8")
    project = blog.open()
    run(project)  # may read what is new
    assert_takes(0.4, lambda _: run(project))
    assert (project.timed.requests, blog.sandbox.log.served()) == (0, [])
