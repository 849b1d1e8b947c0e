"""Rate limits that hold across workers: turns come from the database, and so do pauses."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from blogkit.cluster.database import QueueDatabase
from blogkit.cluster.limits import SharedRateLimiter
from blogkit.config import Config, Site
from blogkit.errors import JournalError
from blogkit.project.connect import Settings, connect
from tests.postgres import PASSWORD, Server

HOUR = 3600.0


@pytest.fixture
def url(postgres: Server) -> str:
    return postgres.url(database=postgres.database())


@pytest.fixture
def database(url: str) -> Iterator[QueueDatabase]:
    with closing(QueueDatabase(url)) as database:
        database.prepare()
        yield database


Make = Callable[..., SharedRateLimiter]


@pytest.fixture
def limiter(url: str, database: QueueDatabase) -> Iterator[Make]:
    """Makes limiters as of other processes: each has a connection of its own."""
    with ExitStack() as stack:

        def make(
            slept: Callable[[float], None], site: str = "a.example", account: str = "me"
        ) -> SharedRateLimiter:
            own = stack.enter_context(closing(QueueDatabase(url)))
            return SharedRateLimiter(own, site, lambda: account, sleep=slept)

        yield make


def test_turns_are_an_interval_apart_on_all_machines(limiter: Make) -> None:
    def turn(number: int) -> float:
        slept: list[float] = []
        limiter(slept.append).wait(HOUR)
        return sum(slept[:1])

    with ThreadPoolExecutor(4) as pool:
        waits = sorted(pool.map(turn, range(8)))
    assert [round(wait / HOUR, 1) for wait in waits] == list(range(8))


def test_sites_have_turns_of_their_own(limiter: Make) -> None:
    slept: list[float] = []
    for site in ("a.example", "b.example"):
        limiter(slept.append, site=site).wait(HOUR)
    assert slept == []


def test_a_pause_holds_for_the_account_until_it_ends(
    limiter: Make, database: QueueDatabase
) -> None:
    asked, slept = limiter(lambda _: None), []

    def sleep(seconds: float) -> None:
        slept.append(round(seconds / HOUR, 1))
        database.execute("UPDATE blogkit_turn SET not_before = now()")

    asked.hold(HOUR)
    asked.hold(1.0)
    limiter(sleep, site="b.example", account="another").wait()
    assert slept == []
    limiter(sleep, site="b.example").wait()
    assert slept == [1.0], "the longest pause counts"
    limiter(sleep).wait()
    assert slept == [1.0]


def test_a_pause_holds_after_a_restart_of_the_database(
    limiter: Make, database: QueueDatabase
) -> None:
    """A connection from before it is found out by its first use."""
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(round(seconds / HOUR, 1))
        database.execute("UPDATE blogkit_turn SET not_before = now()")

    old = limiter(sleep)
    old.wait()
    limiter(sleep).hold(HOUR)
    database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    old.wait()
    assert slept == [1.0]


_NOTE = """
CREATE TABLE noted (waits TEXT);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO noted VALUES (current_setting('synchronous_commit')); RETURN NEW; END $$;
CREATE TRIGGER note AFTER INSERT OR UPDATE ON blogkit_turn FOR EACH ROW EXECUTE FUNCTION note()
"""


def test_a_crash_of_the_database_forgets_no_turn_and_no_pause(
    limiter: Make, database: QueueDatabase
) -> None:
    """The server has them on its disk before anybody acts on them."""
    database.execute(_NOTE)
    one = limiter(lambda _: None)
    one.wait(HOUR)
    one.hold(HOUR)
    assert database.execute("SELECT waits FROM noted") == [("on",), ("on",)]
    assert database.execute("SHOW synchronous_commit") == [("off",)]


def test_without_the_database_the_process_keeps_its_own_limit(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    slept: list[float] = []
    gone = QueueDatabase(f"postgresql://u:canary@/x?host={tmp_path}")
    alone = SharedRateLimiter(gone, "a.example", lambda: "me", sleep=slept.append)
    with caplog.at_level(logging.DEBUG):
        alone.wait(HOUR)
        alone.wait(HOUR)
    assert [round(wait / HOUR, 1) for wait in slept] == [1.0]
    assert "rate limits are kept for this process alone" in caplog.text
    assert "canary" not in caplog.text


BLOGGER = {"platform": "blogger", "api_base": "http://127.0.0.1:1"}


def test_sites_of_one_account_share_its_name(tmp_path: Path) -> None:
    sites = [
        Site("a", url="https://a.example", **BLOGGER),
        Site("b", url="https://b.example", **BLOGGER),
        Site("c", url="https://c.example", **BLOGGER),
        Site("d", "wordpress", url="https://d.example", username="me"),
    ]
    environ = {f"BLOGKIT_{name}_REFRESH_TOKEN": "canary" for name in "AB"}
    environ["BLOGKIT_C_REFRESH_TOKEN"] = "another"
    named: dict[str, str] = {}

    def make(site: str, account: Callable[[], str]) -> None:
        named[site] = account()

    settings = Settings(Config(tmp_path), environ, limiter=make)  # type: ignore[arg-type]
    for site in sites:
        connect(site, settings)
    assert named["a.example"] == named["b.example"] != named["c.example"]
    assert named["me@d.example"] == "me@d.example"
    assert "canary" not in str(named)


def test_a_user_who_may_not_make_the_tables_is_told(postgres: Server) -> None:
    postgres.execute("DROP ROLE IF EXISTS visitor")
    postgres.execute(f"CREATE ROLE visitor LOGIN PASSWORD '{PASSWORD}'")
    address = postgres.url(database=postgres.database(), user="visitor")
    with closing(QueueDatabase(address)) as queue, pytest.raises(JournalError) as caught:
        queue.prepare()
    assert "permission denied" in caught.value.message
    assert "may create a schema" in caught.value.hint
