"""What makes mistakes impossible in every test: no network beyond loopback, no home directory,
no sleeping, no silent skips, no waiting for ever.
"""

from __future__ import annotations

import faulthandler
import gc
import itertools
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.disk import do_not_wait, folder_in_memory
from tests.sampling import profile

if TYPE_CHECKING:
    from tests.crash.children import Children
    from tests.postgres import Server

# No deadline, and no measure of speed: a busy machine is not a failure. Everybody draws the same examples: `make quick` the
# first of them, CI four times as many, so that a change is refused for a fault of its own only. New
# examples are drawn by `make fuzz`.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", _PATIENT, derandomize=True, max_examples=25)
settings.register_profile("quick", _PATIENT, derandomize=True, max_examples=10)
settings.register_profile("ci", _PATIENT, derandomize=True, max_examples=100)
settings.register_profile("fuzz", _PATIENT, derandomize=False, max_examples=200, print_blob=True)


settings.load_profile(profile(os.environ))

pytest_plugins = [
    "tests.groups",
    "tests.sampled",
    "tests.e2e.wordpress.reporting",
    "tests.sanitizers.reporting",
]

_LOCAL = ("127.", "::1", "localhost", "/")


class ForbiddenInTests(AssertionError):
    """A test tried something that tests must not do."""


ON_POSTGRES = (pytest.mark.slow, pytest.mark.xdist_group("postgres"))
"""The server takes seconds to start, so one worker has it. A parameter that asks for it later has
the marks by itself.
"""
MISSING = "missing: "  # how `ensure` begins
LONGEST = 2400
"""Seconds. A test that takes longer hangs; on an idle machine, the longest takes half a minute."""
_STDERR = pytest.StashKey[int]()
"""Where tracebacks go while pytest captures what tests print."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-skips", action="store_true", help="a skipped test fails the run (for CI)"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_STDERR] = os.dup(2)  # nothing is captured at this moment
    place = folder_in_memory() if "not wordpress" in config.option.markexpr else ""
    if place:
        # https://docs.pytest.org/en/stable/reference/reference.html#environment-variables
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", place)


@pytest.hookimpl(hookwrapper=True)
def pytest_collection() -> Iterator[None]:
    """Collect without looking for garbage, and never look at what was collected: it stays."""
    gc.disable()
    yield
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)  # tests are short, and their worker has memory to spare
    gc.enable()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """End the process of a test that hangs, with the traceback of each thread; pytest-xdist names
    the test and goes on with the next one in another process.
    """
    faulthandler.dump_traceback_later(LONGEST, exit=True, file=item.config.stash[_STDERR])
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a process or a database, and start the long tests first, so that no worker
    ends on one while the others are idle. One worker has the short tests of a file: each handover
    takes as long as one of them, and what they share is made once.
    """
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        for mark in ON_POSTGRES if "postgres" in fixtures else ():
            item.add_marker(mark)
        if "real_time" in fixtures:
            item.add_marker(pytest.mark.slow)
        if not (item.get_closest_marker("slow") or item.get_closest_marker("xdist_group")):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    outcome = yield
    report = outcome.get_result()
    if report.skipped and isinstance(report.longrepr, tuple) and MISSING in report.longrepr[2]:
        report.longrepr = ("tests", None, report.longrepr[2])  # one line for all of them at the end
    if report.skipped and not hasattr(report, "wasxfail") and item.config.getoption("--no-skips"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped; in CI nothing may be: {report.longrepr}"


def _is_local(address: object) -> bool:
    host = address[0] if isinstance(address, tuple) else address
    return isinstance(host, str | bytes) and str(host).startswith(_LOCAL)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Connections leave this machine in no test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if not _is_local(address):
            raise ForbiddenInTests(f"a test tried to connect to {address!r}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session", autouse=True)
def _garbage_at_the_end_of_the_stack() -> Iterator[None]:
    """Python may collect the garbage of earlier tests while a test uses up the stack; what is to
    run at its end then fails, and pytest would take that for a failure of the test.
    """
    tell = sys.unraisablehook

    def told(unraisable: sys.UnraisableHookArgs) -> None:
        if unraisable.exc_type is not RecursionError:
            tell(unraisable)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(sys, "unraisablehook", told)
        yield


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of empty folders. `mktemp` would look at all earlier ones for each."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(scope="session")
def _compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What blogkit compiles once for a user. All homes have the same: what is kept depends on what
    it was made of only, and to make it takes longer than most tests.
    """
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture(autouse=True)
def _no_home(monkeypatch: pytest.MonkeyPatch, _homes: Iterator[Path], _compiled: Path) -> None:
    """The user's own folders and credentials are out of reach."""
    home = next(_homes)
    cache = home / ".cache/blogkit"
    cache.mkdir(parents=True)
    (cache / "templates").symlink_to(_compiled)
    leave_home(monkeypatch, home)


def leave_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Put the environment's folders and credentials out of reach."""
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    for name in [
        name
        for name in os.environ
        if name.startswith("BLOGKIT_") and not name.startswith("BLOGKIT_WORDPRESS_")
    ]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _no_sleeping(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Code takes its sleep as an argument; a test that really waits says so with the fixture
    `real_time`.
    """
    if (
        "real_time" in request.fixturenames
        or request.node.get_closest_marker("wordpress")
        or request.node.get_closest_marker("browser")
    ):
        return
    sleep = time.sleep

    def refuse(seconds: float) -> None:
        if seconds > 0.05:  # libraries yield the processor for a moment
            raise ForbiddenInTests(f"a test slept for {seconds} s")
        sleep(seconds)

    monkeypatch.setattr(time, "sleep", refuse)


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Tests end processes, and never the power; a test of what outlives it asks for `real_disk`."""
    if "real_disk" not in request.fixturenames:
        do_not_wait(monkeypatch, migrated="journal" not in request.path.parts)


@pytest.fixture
def real_disk() -> None:
    """For tests of what is done so that a file outlives a power failure."""


@pytest.fixture
def real_time() -> None:
    """For the few tests that drive real processes; it makes them `slow`."""


@pytest.fixture
def project() -> Path:
    """The root of the source tree."""
    return Path(__file__).resolve().parent.parent


def or_skip(install: Callable[[], None]) -> None:
    """Skip, with the command that installs what is missing."""
    from tests.e2e.wordpress.machine import HarnessError

    try:
        install()
    except HarnessError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server for the whole run, started when the first test asks for it."""
    from tests.postgres import install, serving

    or_skip(install)
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
def children(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Children]:
    """A launcher for all tests: it takes a second to warm up, and remembers nothing of a job."""
    from tests.crash.children import Children

    with pytest.MonkeyPatch.context() as monkeypatch:
        leave_home(monkeypatch, tmp_path_factory.mktemp("home"))
        with Children() as launcher:
            monkeypatch.undo()
            yield launcher
