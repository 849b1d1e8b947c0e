"""The harness itself: it says what to install, and ends what it started and nothing else."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.e2e import node
from tests.e2e.wordpress import cache, daemon, debian, lifecycle, mariadb
from tests.e2e.wordpress.daemon import Daemon
from tests.e2e.wordpress.machine import HarnessError, Need, ensure, run
from tests.e2e.wordpress.tree import LABELS, tree


def test_what_is_missing_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    needs = [
        Need("PHP", ("php-cli", "php-gd"), lambda: False),
        Need("node", ("nodejs",), lambda: True),
    ]
    with pytest.raises(
        HarnessError,
        match=(
            r"^missing: PHP\. Install with: sudo apt-get install --no-install-recommends php-cli"
            r" php-gd$"
        ),
    ):
        ensure(needs)


def test_root_installs_nothing_without_being_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text(f"#!/bin/sh\necho $1 >> {tmp_path}/called\n", encoding="utf-8")
    apt.chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.delenv("SYSTEM", raising=False)
    monkeypatch.setenv("BLOGKIT_WORDPRESS_CACHE", str(tmp_path / "cache"))  # its lock
    needs = [Need("PHP", ("php-cli",), lambda: (tmp_path / "called").exists())]
    with pytest.raises(
        HarnessError, match="Install with: sudo apt-get install --no-install-recommends php-cli"
    ):
        ensure(needs)
    assert not (tmp_path / "called").exists()
    monkeypatch.setenv("SYSTEM", "1")
    ensure(needs)
    assert (tmp_path / "called").read_text(encoding="utf-8") == "update\ninstall\n"


def test_what_another_process_installs_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text("#!/bin/sh\necho could not get its lock; exit 100\n", encoding="utf-8")
    apt.chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("SYSTEM", "1")
    monkeypatch.setenv("BLOGKIT_WORDPRESS_CACHE", str(tmp_path / "cache"))
    asked, installed = threading.Event(), threading.Event()

    def present() -> bool:
        there = installed.is_set()
        asked.set()
        return there

    with ThreadPoolExecutor(1) as pool:
        with cache.locked(cache.folder(), "apt-get"):
            waiting = pool.submit(ensure, [Need("PHP", ("php-cli",), present)])
            asked.wait()
            installed.set()
        waiting.result()


def test_npm_that_cannot_connect_is_named_with_what_to_try(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, script in {"node": "exit 0", "npm": "echo network timeout >&2; exit 1"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("BLOGKIT_WORDPRESS_CACHE", str(tmp_path / "cache"))
    with pytest.raises(
        HarnessError, match=r"network timeout\n(.|\n)*make sure that this works: npm ping$"
    ):
        node.packages()


def test_a_package_with_other_bytes_than_the_pinned_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, script in {"node": "exit 0", "npm": 'echo other > "$4/package.tgz"'}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    kept = tmp_path / "cache"
    with pytest.raises(HarnessError, match=r"0\.9\.19 is sha512-.*==, but the tests pin sha512-"):
        tree("6.5", kept)
    assert [label for label in LABELS if (kept / label).exists()] == []


def test_a_program_that_fails_is_quoted() -> None:
    with pytest.raises(HarnessError, match=r"failed \(3\):\nsaid\ncomplained"):
        run(["sh", "-c", "echo said; echo complained >&2; exit 3"])
    with pytest.raises(HarnessError, match="no-such-program is not installed"):
        run(["no-such-program"])


def test_an_unknown_version_is_refused_before_anything_is_fetched(tmp_path: Path) -> None:
    with pytest.raises(
        HarnessError, match=r"no WordPress 5\.0 is known here; there are 6\.1, 6\.2, 6\.3, "
    ):
        tree("5.0", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("named", "xdg", "place"),
    [
        ("/a/cache", "/b", "/a/cache"),
        ("", "/b", "/b/wordpress"),
        ("", "", f"{cache.REPOSITORY}/.cache/wordpress"),
    ],
)
def test_the_cache_is_where_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, named: str, xdg: str, place: str
) -> None:
    monkeypatch.setenv("BLOGKIT_WORDPRESS_CACHE", named)
    monkeypatch.setenv("XDG_CACHE_HOME", xdg)
    assert str(cache.folder()) == place


def test_a_program_is_stopped_with_its_children(tmp_path: Path, real_time: None) -> None:
    child = tmp_path / "child"
    started = daemon.start(
        ["sh", "-c", f"sleep 600 & echo $! > {child}; wait"], log=tmp_path / "log"
    )
    daemon.wait_until(lambda: child.exists() and bool(child.read_text()), started)
    daemon.stop(started)
    assert not daemon.running(started)
    assert daemon._born(int(child.read_text())) == 0


def test_a_process_that_got_the_id_of_ours_is_left_alone(tmp_path: Path, real_time: None) -> None:
    other = daemon.start(["sleep", "600"], log=tmp_path / "log")
    daemon.stop(Daemon("ours", other.pid, other.born - 1, other.log))
    assert daemon.running(other)
    daemon.stop(other)
    assert not daemon.running(other)


def test_a_program_that_dies_is_quoted(tmp_path: Path, real_time: None) -> None:
    started = daemon.start(["sh", "-c", "echo no space left; exit 1"], log=tmp_path / "log")
    with pytest.raises(HarnessError, match="sh ended:\nno space left"):
        daemon.wait_until(lambda: False, started)


@pytest.mark.wordpress
def test_a_site_that_is_taken_down_leaves_nothing(tmp_path: Path) -> None:
    home = tmp_path / "site"
    site = lifecycle.up(debian.NEWEST, home, cache=cache.folder())
    assert lifecycle.read(home) == site
    started = lifecycle.daemons(home)
    assert [daemon.running(process) for process in started] == [True, True]
    lifecycle.down(home)
    assert [daemon.running(process) for process in started] == [False, False]
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(HarnessError, match="no site is up"):
        lifecycle.read(home)


@pytest.mark.wordpress
def test_a_site_that_does_not_come_up_leaves_nothing(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(HarnessError, match="php ended"):
            lifecycle.up(
                debian.OLDEST, tmp_path / "site", cache=cache.folder(), port=taken.getsockname()[1]
            )
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_starts_leaves_the_temporary_tables_of_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setenv("TMPDIR", str(shared))
    another = shared / "#sql-temptable-3991-1-3.MAI"
    another.write_text("in use")
    with tempfile.TemporaryDirectory(dir="/tmp") as short:
        server = mariadb.start(tmp_path, Path(short) / "mariadb.sock")
        daemon.stop(server)
    assert another.exists()
