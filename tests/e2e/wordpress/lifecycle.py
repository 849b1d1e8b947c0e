"""A site's life: from an empty folder to a WordPress that answers, and back to nothing."""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
import socket
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.e2e.wordpress import cache as folders
from tests.e2e.wordpress import daemon, machine, mariadb
from tests.e2e.wordpress.daemon import Daemon
from tests.e2e.wordpress.machine import HarnessError, run
from tests.e2e.wordpress.site import CONFIG, PRETTY, Site, User, from_json
from tests.e2e.wordpress.tree import Tree, tree

WORKERS = 4
LARGEST_UPLOAD = "8M"


def up(label: str, home: Path, *, cache: Path, port: int = 0) -> Site:
    """Bring up the WordPress of a series in the new folder `home`; port 0 picks a free one.

    Raises `HarnessError`, with nothing left running, when something is missing or fails.
    """
    machine.ensure(machine.WORDPRESS)
    files = tree(label, cache)
    home.mkdir(parents=True)
    try:
        return _up(label, home, files, port)
    except BaseException:
        down(home)
        raise


def down(home: Path) -> None:
    """Stop what `up` started in `home` and remove the folder."""
    for process in reversed(daemons(home)):
        daemon.stop(process)
    settings = home / "settings.json"
    if settings.exists():
        shutil.rmtree(Path(json.loads(settings.read_text())["socket"]).parent, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


def read(home: Path) -> Site:
    """The site that was brought up in `home`."""
    state = home / "site.json"
    if not state.exists():
        raise HarnessError(
            f"no site is up in {home}; bring one up with: python -m tests.e2e.wordpress up"
        )
    return from_json(state.read_text())


def _up(label: str, home: Path, files: Tree, port: int) -> Site:
    run(["cp", "-a", "--reflink=auto", files.root, home / "root"])
    copy = Tree(home / "root")
    # Another site that comes up must not take the port meanwhile.
    with folders.locked(folders.folder(), "port"):
        port = port or _free_port()
        _remember(home, _serve(home, copy.docroot, port))
    url = f"http://127.0.0.1:{port}"
    # A socket's path may have 107 bytes at most, which a test's own folder can exceed.
    database = Path(tempfile.mkdtemp(prefix="wordpress-")) / "mariadb.sock"
    _configure(home, copy, url, database)
    _remember(home, mariadb.start(home, database))
    site = _install(label, home, copy, url)
    answer = site.rest("admin", "GET", "wp/v2/users/me", params={"context": "edit"})
    if answer.status_code != 200:
        raise HarnessError(
            f"WordPress {site.version} does not know its own admin: {answer.status_code}"
            f" {answer.text[:500]}"
        )
    (home / "site.json").write_text(site.as_json())
    return site


def _configure(home: Path, files: Tree, url: str, database: Path) -> None:
    settings = {
        "url": url,
        "socket": str(database),
        "theme": files.theme,
        "salt": secrets.token_hex(32),
        "debug_log": str(home / "wp-debug.log"),
    }
    (home / "settings.json").write_text(json.dumps(settings))
    content = files.docroot / "wp-content"
    for folder in ("uploads", "mu-plugins"):
        (content / folder).mkdir(exist_ok=True)
    shutil.copy(CONFIG / "wp-config.php", files.docroot)
    shutil.copy(CONFIG / "faults.php", content / "mu-plugins")


def _install(label: str, home: Path, files: Tree, url: str) -> Site:
    answer = home / "install.json"
    site = Site(label, files.version, url, files.docroot, {})
    said = site.php(CONFIG / "install.php", answer)
    if not answer.exists():
        raise HarnessError(f"WordPress {site.version} did not install:\n{said[-4000:]}")
    site.php(CONFIG / "permalinks.php", PRETTY)
    users = json.loads(answer.read_text())["users"]
    return replace(site, users={login: User(login, **user) for login, user in users.items()})


def _serve(home: Path, docroot: Path, port: int) -> Daemon:
    options = {
        "memory_limit": "512M",
        "upload_max_filesize": LARGEST_UPLOAD,
        "post_max_size": LARGEST_UPLOAD,
        "opcache.enable": "1",
        "opcache.enable_cli": "1",
        "opcache.validate_timestamps": "0",  # 300 files a request, and none of them changes
        "display_errors": "0",
        "log_errors": "1",
        "error_log": str(home / "php-error.log"),
    }
    words = [word for name, value in options.items() for word in ("-d", f"{name}={value}")]
    server = daemon.start(
        ["php", *words, "-S", f"127.0.0.1:{port}", "-t", docroot, CONFIG / "router.php"],
        log=home / "access.log",
        env={"PHP_CLI_SERVER_WORKERS": str(WORKERS)},
    )
    daemon.wait_until(lambda: _listening(port), server)
    return server


def _listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    """A port below those that the kernel gives to outgoing connections."""
    while True:
        port = secrets.choice(range(20_000, 32_000))
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def daemons(home: Path) -> list[Daemon]:
    """The programs that were started for the site in `home`."""
    state = home / "daemons.json"
    return [Daemon(**data) for data in json.loads(state.read_text())] if state.exists() else []


def _remember(home: Path, started: Daemon) -> None:
    everything = [process.as_json() for process in (*daemons(home), started)]
    (home / "daemons.json").write_text(json.dumps(everything))
