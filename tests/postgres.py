"""A PostgreSQL server of one's own, in a temporary folder, reached through a socket in it. Every
test gets a schema of its own.
"""

from __future__ import annotations

import atexit
import functools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.disk import folder_in_memory
from tests.e2e.wordpress.machine import HarnessError, Need, ensure

PASSWORD = "canary@7c1/e9:%d"
ESCAPED = "canary%407c1%2Fe9%3A%25d"
_PATIENT = ("-t", "600")  # seconds; a minute may be short on a busy machine


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl, which Debian keeps out of PATH."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4])
    )
    return versions[-1].parent if versions else None


POSTGRESQL = Need("PostgreSQL", ("postgresql",), lambda: _programs() is not None)


@dataclass
class Server:
    """folder: its data, its socket, its password; durable: waits for the disk, as a server does
    that is not a test's.
    """

    folder: Path
    programs: Path
    account: str | None
    durable: bool = False
    _number: count[int] = field(default_factory=lambda: count(1))

    def start(self) -> None:
        """Copy the data of an empty server, and wait until this one answers."""
        if self.account:
            shutil.chown(self.folder, self.account)
        made = _made(self.programs, self.account)
        subprocess.run(["cp", "-a", made, self.folder / "data"], check=True)
        self.launch()

    def make(self) -> None:
        """Make the data of a server in which nothing is yet."""
        secret = self.folder / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        if self.account:
            for path in (self.folder, secret):
                shutil.chown(path, self.account)
        options = [
            "--username=blogkit",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ]
        self._run("initdb", "-D", self.folder / "data", *options)

    def launch(self) -> None:
        """Start the server on its data, also after it has crashed."""
        fsync = "on" if self.durable else "off"
        settings = (
            f"-c fsync={fsync} -c listen_addresses= -c unix_socket_directories={self.folder} -c"
            " max_connections=100"
        )
        self._run(
            "pg_ctl",
            "-D",
            self.folder / "data",
            "-w",
            *_PATIENT,
            "-o",
            settings,
            "-l",
            self.folder / "log",
            "start",
        )

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", *_PATIENT, "stop")

    def database(self) -> str:
        """The name of a new, empty database."""
        name = f"database_{next(self._number)}"
        self.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return name

    def url(
        self,
        schema: str = "",
        *,
        password: str = ESCAPED,
        database: str = "postgres",
        user: str = "blogkit",
    ) -> str:
        """Where a journal may be kept, with the password in it."""
        path = f"&options=-csearch_path%3D{schema}" if schema else ""
        return f"postgresql://{user}:{password}@/{database}?host={self.folder}{path}"

    def fresh(self) -> str:
        """The name of a new, empty schema."""
        name = f"blog_{next(self._number)}"
        self.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        return name

    def execute(self, query: Any, *values: Any, schema: str = "") -> list[Any]:
        """What the server answers, past the journal."""
        with psycopg.connect(self.url(schema), autocommit=True) as db:
            cursor = db.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def _run(self, program: str, *arguments: str | Path) -> None:
        """As an account that PostgreSQL accepts: it refuses to run as root. Nothing of its
        output is waited for: a server keeps it open.
        """
        with (self.folder.parent / f"{self.folder.name}.out").open("w+b") as said:
            done = subprocess.run(
                [self.programs / program, *arguments],
                cwd="/",
                user=self.account,
                extra_groups=[] if self.account else None,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                check=False,
            )
            said.seek(0)
            if done.returncode:
                raise HarnessError(
                    f"{program} failed ({done.returncode}):\n{said.read().decode(errors='replace')}"
                )


def _account() -> str | None:
    """Who runs the server: whoever runs the tests, and in root's place somebody without rights."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@functools.cache
def _made(programs: Path, account: str | None) -> Path:
    """The data of a server that was never started, made once: it takes most of a second."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=folder_in_memory() or None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Server(folder, programs, account).make()
    (folder.parent / f"{folder.name}.out").unlink(missing_ok=True)
    return folder / "data"


def install() -> None:
    """Make sure of PostgreSQL's programs; raise `HarnessError` if they are missing."""
    ensure([POSTGRESQL])


@contextmanager
def serving(*, durable: bool = False) -> Iterator[Server]:
    """A server while this lasts; raises `HarnessError` where there cannot be one."""
    install()
    programs = _programs()
    assert programs
    place = None if durable else folder_in_memory() or None
    with tempfile.TemporaryDirectory(
        prefix="pg-", dir=place, ignore_cleanup_errors=True
    ) as folder:  # short: a socket's path has 107 bytes
        server = Server(Path(folder), programs, _account(), durable)
        server.start()
        try:
            yield server
        finally:
            server.stop()
            (Path(folder).parent / f"{Path(folder).name}.out").unlink(missing_ok=True)
