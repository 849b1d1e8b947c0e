"""The signs of life of blogs in a cluster: also of an idle one, once among all workers, and whatever
the addresses of others do.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from blogkit.cluster.database import QueueDatabase
from blogkit.cluster.engine import Engine, Timing
from blogkit.cluster.projects import Projects
from blogkit.errors import BlogkitError
from blogkit.journal.dialect import VARIABLE
from blogkit.project.project import Project
from blogkit.schedule import messages
from blogkit.schedule.kinds import WORK_KINDS
from blogkit.schedule.work import Due, WorkKind
from tests.postgres import Server
from tests.schedule.sinks import WebSink, served
from tests.schedule.test_run import Kind
from tests.waiting import until

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
BLOG = """
[blog]
schema = "{name}"

[sites.main]
platform = "blogger"
url = "http://127.0.0.1:1"

[notify]
{notify}
"""


class SilentSink(WebSink):
    """Takes requests, and does not answer them before `silence` ends."""

    def __init__(self) -> None:
        super().__init__()
        self.silence = threading.Event()

    def finish_request(self, *request: Any) -> None:
        self.asked.append(("", ""))
        self.silence.wait()
        super().finish_request(*request)


@pytest.fixture
def web() -> Iterator[WebSink]:
    sink = WebSink()
    with served(sink):
        yield sink


@pytest.fixture
def silent() -> Iterator[SilentSink]:
    sink = SilentSink()
    with served(sink):
        yield sink
        sink.silence.set()


class Unreadable(Kind):
    """Work that cannot be looked up."""

    def pending(self, project: Project, now: datetime) -> Sequence[Due]:
        raise BlogkitError("weekly.md has problems", hint="run: blogkit check")


class Cluster:
    """Blogs without work, and engines as of several processes."""

    def __init__(self, folder: Path, url: str, stack: ExitStack) -> None:
        self.folder, self._url, self._stack = folder, url, stack
        self._engines: list[Engine] = []
        self.database = self._connected()
        self.database.prepare()

    def blog(self, name: str, notify: str) -> None:
        (self.folder / name / "posts").mkdir(parents=True)
        text = BLOG.format(name=name, notify=notify)
        (self.folder / name / "blogkit.toml").write_text(text, encoding="utf-8")

    def engine(self, *kinds: WorkKind) -> Engine:
        database = self._connected()
        environ = {VARIABLE: self._url}
        projects = Projects(self.folder, many=True, database=database, environ=environ)
        self._stack.callback(projects.pool.close)
        engine = Engine(
            database,
            projects,
            kinds or WORK_KINDS,
            queue="blogs",
            timing=Timing(),
            on_result=lambda _blog, _result: None,
        )
        self._engines.append(engine)
        return engine

    @property
    def under_way(self) -> set[str]:
        """The blogs whose addresses are being asked."""
        return set().union(*(engine._heartbeats.under_way for engine in self._engines))

    def later(self, minutes: int) -> None:
        self.database.execute(
            "UPDATE blogkit_turn SET last_paced = last_paced - make_interval(mins => %s)", minutes
        )

    def _connected(self) -> QueueDatabase:
        return self._stack.enter_context(closing(QueueDatabase(self._url)))


@pytest.fixture
def cluster(postgres: Server, tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as stack:
        cluster = Cluster(tmp_path / "blogs", postgres.url(database=postgres.database()), stack)
        yield cluster
        until(lambda: not cluster.under_way, "the threads at their ends")


def wait_for(web: WebSink, signs: int) -> None:
    until(lambda: len(web.asked) >= signs, f"{signs} signs of life")


def test_idle_blogs_give_one_sign_of_life_a_minute_among_all_workers(
    cluster: Cluster, web: WebSink
) -> None:
    for name in ("news", "school"):
        cluster.blog(name, f'heartbeat = "{web.url}/{name}"')
    engines = [cluster.engine(), cluster.engine()]
    for minute in range(1, 3):
        for engine in engines * 2:
            assert engine._due() == []
        expected = sorted([("GET", "/news"), ("GET", "/school")] * minute)
        wait_for(web, len(expected))
        assert sorted(web.asked) == expected
        cluster.later(minutes=1)


def test_an_address_that_hangs_keeps_nobody_waiting(
    cluster: Cluster, web: WebSink, silent: SilentSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "WAIT_SECONDS", 100.0)
    cluster.blog("hangs", f'heartbeat = "{silent.url}"')
    cluster.blog("school", f'heartbeat = "{web.url}/school"')
    engine = cluster.engine()
    with ThreadPoolExecutor(1) as pool:
        for minute in range(1, 4):
            assert pool.submit(engine._due).result(timeout=60) == []
            wait_for(web, minute)
            # the request is noted before its answer has arrived
            until(lambda: "school" not in cluster.under_way, "the answer")
            cluster.later(minutes=1)
    until(lambda: silent.asked, "the request that hangs")
    assert len(silent.asked) == 1, "a second one does not join it"


def test_a_job_waits_for_no_sign_of_life(cluster: Cluster, silent: SilentSink) -> None:
    cluster.blog("hangs", f'heartbeat = "{silent.url}"')
    cluster.engine(Kind({"a": LONG_AGO}))._look("hangs", "main")
    assert silent.asked == []


def test_people_are_told_about_an_idle_blog(cluster: Cluster, web: WebSink) -> None:
    """Work that cannot be looked up has no job, so the sweep tells it."""
    cluster.blog("school", f'webhook = "{web.url}/hook"')
    engine = cluster.engine(Unreadable({}))
    assert engine._due() == []
    until(lambda: web.bodies, "the notice")
    assert "weekly.md has problems" in web.bodies[0]["text"]


def test_no_sign_of_life_while_people_could_not_be_told(cluster: Cluster, web: WebSink) -> None:
    table = f'heartbeat = "{web.url}/alive"\nwebhook = "{web.url}/hook"'
    cluster.blog("school", table)
    engine = cluster.engine(Kind({"a": LONG_AGO}, fails=lambda _key: "it fails"))
    web.status = 500
    engine._look("school", "main")
    assert web.asked == [("POST", "/hook")]
    engine._due()
    until(lambda: not cluster.under_way, "the attempt ended")
    assert web.asked == [("POST", "/hook")]
