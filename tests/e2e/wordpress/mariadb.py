"""A private MariaDB: its own folder, a unix socket, no network port, no system service."""

from __future__ import annotations

import os
from pathlib import Path

from tests.e2e.wordpress import daemon
from tests.e2e.wordpress.daemon import Daemon
from tests.e2e.wordpress.machine import HarnessError, run


def start(home: Path, socket: Path) -> Daemon:
    """Make an empty database `wordpress` below `home` and serve it on `socket`."""
    # A server that starts removes every #sql* file from its folder for temporary tables, also those
    # of another server that shares /tmp with it.
    own_temporary = home / "temporary"
    own_temporary.mkdir()
    data = [f"--datadir={home / 'database'}", f"--tmpdir={own_temporary}"]
    as_root = ["--user=root"] if os.geteuid() == 0 else []
    empty = ["--force", "--skip-test-db", "--auth-root-authentication-method=normal"]
    run(["mariadb-install-db", "--no-defaults", *data, *empty, *as_root])
    private = [f"--socket={socket}", "--skip-networking", f"--pid-file={home}/mariadb.pid"]
    # Nothing more exotic than this: with a redo log of 16 MB, MariaDB 10.11 was seen to end with a
    # segmentation fault.
    small = ["--innodb-flush-log-at-trx-commit=2", "--innodb-buffer-pool-size=64M"]
    server = daemon.start(
        ["mariadbd", "--no-defaults", *data, *private, *small, *as_root], log=home / "mariadb.log"
    )
    daemon.wait_until(lambda: socket.exists() and _answers(socket), server)
    run([*_client(socket), "CREATE DATABASE wordpress CHARACTER SET utf8mb4"])
    return server


def _client(socket: Path) -> list[str]:
    return ["mariadb", "--no-defaults", f"--socket={socket}", "--user=root", "--execute"]


def _answers(socket: Path) -> bool:
    try:
        run([*_client(socket), "SELECT 1"])
    except HarnessError:
        return False
    return True
