"""The resident worker: at its time, through errors and sleep, until it is asked to stop."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

import blogkit
from blogkit.errors import AlreadyRunning, BlogkitError
from blogkit.sandbox.store import Wanted
from blogkit.schedule.health import STALE, HealthFile, WorkerHealth, read_health
from blogkit.schedule.report import RunReport
from blogkit.schedule.stopping import Stop
from blogkit.schedule.work import WorkResult
from blogkit.schedule.worker import Worker, health_path
from tests.schedule.conftest import START, Blog
from tests.schedule.test_run import Kind

MINUTE = timedelta(minutes=1)


@dataclass
class Told:
    """What a worker told, in order."""

    events: list[str] = field(default_factory=list)

    def started(self) -> None:
        self.events.append("started")

    def result(self, result: WorkResult) -> None:
        self.events.append(result.summary)

    def looked(self, report: RunReport, now: datetime) -> None:
        self.events += [f"late: {due.key}" for due in report.late]

    def trouble(self, error: BlogkitError) -> None:
        self.events.append(f"trouble: {error.message}")

    def stopped(self) -> None:
        self.events.append("stopped")


def worker(blog: Blog, minutes: float, *kinds: Kind, **options: object) -> tuple[Worker, Told]:
    """A worker that is asked to stop after some minutes of the blog's clock."""
    end, told = blog.clock() + timedelta(minutes=minutes), Told()

    def sleep(seconds: float) -> None:
        blog.sleep(seconds)
        stop.asked = stop.asked or blog.clock() >= end

    stop = Stop(sleep)
    return Worker(blog.open, stop, told, kinds=kinds or None, **options), told  # type: ignore[arg-type]


def health(blog: Blog) -> WorkerHealth:
    found = read_health(health_path(blog.open()))
    assert found is not None
    return found


@pytest.mark.slow
def test_posts_that_wait_are_published_at_their_times(blog: Blog) -> None:
    blog.limit(1)
    blog.write("rivers", "parliament", "inflation")
    blog.open().plan().apply()
    resident, told = worker(blog, 41)
    resident.work()
    assert len(blog.live) == len({*blog.live}) == 3
    assert [told.events[0], told.events[-1], len(told.events)] == ["started", "stopped", 4]
    times = sorted(post.published for post in blog.sandbox.store.find(Wanted("post", ["LIVE"])))
    assert [(one - START) // MINUTE for one in times] == [0, 20, 40]


def test_it_wakes_at_the_time_of_the_work_and_not_only_when_it_polls(blog: Blog) -> None:
    kind = Kind({"a": START + timedelta(seconds=31)})
    at: list[datetime] = []
    kind.fails = lambda _: at.append(blog.clock())
    worker(blog, 2, kind)[0].work()
    assert [(one - START).total_seconds() for one in at] == [31]


def test_new_work_is_seen_within_twenty_seconds(blog: Blog) -> None:
    kind, seen = Kind({}), []
    resident, told = worker(blog, 2, kind)
    looks = iter(range(100))

    def open_project() -> blogkit.Project:
        if next(looks) == 3:
            kind.times["new"] = blog.clock() - timedelta(seconds=1)
            seen.append(blog.clock())
        return blog.open()

    replace(resident, open_project=open_project).work()
    assert "did new" in told.events


def test_a_broken_configuration_is_told_once_and_the_work_goes_on_after_it(blog: Blog) -> None:
    config = blog.folder / "blogkit.toml"
    good = config.read_bytes()
    resident, told = worker(blog, 5, Kind({"a": START + 3 * MINUTE}))

    def open_project() -> blogkit.Project:
        minutes = (blog.clock() - START) / MINUTE
        config.write_bytes(b"[blog\n" if 1 <= minutes < 2 else good)
        return blog.open()

    replace(resident, open_project=open_project).work()
    assert [event[:8] for event in told.events] == ["started", "trouble:", "did a", "stopped"]
    assert health(blog).trouble == ""


def test_a_machine_that_slept_through_a_time_tells_it_and_does_it_once(blog: Blog) -> None:
    kind = Kind({"a": START + MINUTE})
    resident, told = worker(blog, 8 * 60, kind)
    resident.stop.wait(1)
    sleep = blog.sleep

    def nap(seconds: float) -> None:
        sleep(seconds)
        blog.sleep = sleep  # type: ignore[method-assign]
        blog.clock.advance(hours=7)

    blog.sleep = nap  # type: ignore[method-assign]
    resident.work()
    assert told.events == ["started", "did a", "late: a", "stopped"]


def test_its_health_is_in_a_file(blog: Blog) -> None:
    kind = Kind({"a": START, "later": START + timedelta(hours=1)})
    resident, _ = worker(blog, 3, kind)
    during: list[WorkerHealth] = []
    kind.fails = lambda key: during.append(health(blog)) if key == "b" else None  # type: ignore[func-returns-value]
    kind.times["b"] = START + MINUTE
    resident.work()
    assert (during[0].state, during[0].done) == ("waiting", 1)
    assert during[0].next == START + MINUTE
    last = health(blog)
    assert (last.state, last.done, last.failed, last.next) == ("stopped", 2, 0, None)
    assert not last.is_well(blog.clock())
    assert json.loads(health_path(blog.open()).read_text(encoding="utf-8"))["state"] == "stopped"


def test_a_worker_that_hangs_is_not_well(blog: Blog) -> None:
    path = blog.folder / "health.json"
    file = HealthFile(path, START)
    file.write(START, "working")
    found = read_health(path)
    assert found == file.health
    assert found.is_well(START + STALE - MINUTE)
    assert not found.is_well(START + STALE)


def test_the_file_is_not_written_while_nothing_changes(blog: Blog) -> None:
    path = blog.folder / "health.json"
    file = HealthFile(path, START)
    for seconds in (0, 20, 40, 60, 80):
        file.write(START + timedelta(seconds=seconds), "waiting")
    written = read_health(path)
    assert written is not None
    assert written.written == START + MINUTE


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"started": 1, "written": "x"}'])
def test_a_damaged_health_file_is_none(blog: Blog, text: str) -> None:
    path = blog.folder / "health.json"
    path.write_text(text, encoding="utf-8")
    assert read_health(path) is None
    assert read_health(blog.folder / "none.json") is None


def test_two_workers_in_one_folder(blog: Blog) -> None:
    kind = Kind({"a": START})
    refused: list[str] = []

    def second(_key: str) -> None:
        with pytest.raises(AlreadyRunning) as error:
            worker(blog, 1, kind)[0].work()
        refused.append(error.value.message)

    kind.fails = second
    worker(blog, 1, kind)[0].work()
    assert [text.split("(")[0] for text in refused] == [
        "another blogkit process is running here: blogkit worker "
    ]
