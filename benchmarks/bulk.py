"""One widget into every post of a real WordPress, against a plain loop of updates:
python -m benchmarks.bulk [--posts N] [--rounds N] [--wp 7.1] [--home DIR].

The loop is what a script does that takes no care: it lists the posts with their texts, appends to
each and sends it, with four threads. It keeps no earlier version, looks for no edit in between and
compares no answer. blogkit is the whole command, `insert --all`. Both write to the same posts, in
turns.

The processor time is that of the program, of PHP and of the database together. Unlike the time on
the clock, it does not depend on what else the machine does.
"""

from __future__ import annotations

import argparse
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import requests

from tests.e2e.wordpress import cache, debian, lifecycle
from tests.e2e.wordpress.site import Site

WRITERS = 4
NOTE = "<!-- wp:paragraph -->\n<p>Updated in round {}.</p>\n<!-- /wp:paragraph -->"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--wp", default=debian.NEWEST, choices=list(debian.RELEASES))
    parser.add_argument("--home", type=Path, help="a site that is up already, which is kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = options.home or Path(name) / "site"
        site = lifecycle.read(home) if options.home else _up(options.wp, home)
        try:
            _measure(site, home, Path(name), options.posts, options.rounds)
        finally:
            if not options.home:
                lifecycle.down(home)


def _up(label: str, home: Path) -> Site:
    return lifecycle.up(label, home, cache=cache.folder())


def _measure(site: Site, home: Path, folder: Path, count: int, rounds: int) -> None:
    session = _session(site)
    missing = count - len(_listed(session, site))
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda number: _create(session, site, number), range(missing)))
    _workspace(folder, site)
    loop, command = [], []
    for number in range(rounds):
        loop.append(_timed(home, partial(_loop, session, site, number)))
        command.append(_timed(home, partial(_insert, folder)))
    print(f"{count} posts on WordPress {site.version}, medians of {rounds} rounds")
    _print("a plain loop, four threads", loop, count)
    _print("blogkit insert --all", command, count)
    plain, ours = _medians(loop), _medians(command)
    ratios = [one / other for one, other in zip(ours, plain, strict=True)]
    print(f"{'ratio (goal: at most 1.5)':28} {ratios[0]:6.2f} {ratios[1]:32.2f}")


def _print(name: str, times: list[tuple[float, float]], count: int) -> None:
    clock, processor = _medians(times)
    each = clock / count * 1000
    print(f"{name:28} {clock:6.2f} s {each:5.0f} ms a post {processor:9.2f} s of processor time")


def _medians(times: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(one for one, _ in times), statistics.median(one for _, one in times)


def _timed(home: Path, do: Callable[[], None]) -> tuple[float, float]:
    """Seconds on the clock, and of the processor."""
    started, used = time.perf_counter(), _processor(home)
    do()
    return time.perf_counter() - started, _processor(home) - used


def _processor(home: Path) -> float:
    """Seconds that this program, its children and the site have used."""
    groups = {daemon.pid for daemon in lifecycle.daemons(home)}
    ticks = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                # https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
                ticks += sum(map(int, stat[11:15])) if int(stat[2]) in groups else 0
    return ticks / os.sysconf("SC_CLK_TCK") + sum(os.times()[:4])


def _session(site: Site) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.auth = ("editor", site.users["editor"].application_password)
    session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=WRITERS))
    return session


def _create(session: requests.Session, site: Site, number: int) -> None:
    text = f"Talks number {number} opened in Miami, and went on for two days. "
    paragraphs = [
        f"<!-- wp:paragraph -->\n<p>{text * 4}({index})</p>\n<!-- /wp:paragraph -->"
        for index in range(30)
    ]
    post = {"title": f"Talks {number}", "content": "\n\n".join(paragraphs), "status": "publish"}
    _send(session, site, "", post)


def _send(session: requests.Session, site: Site, which: str, fields: dict[str, str]) -> None:
    address = f"{site.url}/?rest_route=/wp/v2/posts{which}"
    session.post(address, json=fields, timeout=60).raise_for_status()


def _listed(session: requests.Session, site: Site) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    while True:
        address = f"{site.url}/?rest_route=/wp/v2/posts&context=edit&per_page=100"
        params = {"page": str(len(found) // 100 + 1), "_fields": "id,content.raw"}
        answer = session.get(address, params=params, timeout=60)
        answer.raise_for_status()
        found += answer.json()
        if len(found) >= int(answer.headers["X-WP-Total"]):
            return found


def _loop(session: requests.Session, site: Site, number: int) -> None:
    def update(post: dict[str, object]) -> None:
        content: str = post["content"]["raw"]  # type: ignore[index]
        fields = {"content": f"{content}\n\n{NOTE.format(number)}"}
        _send(session, site, f"/{post['id']}", fields)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(update, _listed(session, site)))


def _workspace(folder: Path, site: Site) -> None:
    (folder / "posts").mkdir()
    (folder / "blogkit.toml").write_text(
        f'[sites.school]\nplatform = "wordpress"\nurl = "{site.url}"\nusername = "editor"\n'
    )
    password = site.users["editor"].application_password
    (folder / ".env").write_text(
        f'BLOGKIT_SCHOOL_APP_PASSWORD="{password}"\nBLOGKIT_SCHOOL_ORIGIN={site.url}\n'
    )
    (folder / ".env").chmod(0o600)


def _insert(folder: Path) -> None:
    words = [
        "insert",
        "quiz-button",
        "--at",
        "end",
        "--id",
        f"quiz-{secrets.token_hex(4)}",
        "--all",
        "--set",
        "label=Take the test",
    ]
    words += ["--set", "url=https://example.com/quiz"]
    command = [sys.executable, "-m", "blogkit", *words, "--yes", "--quiet", "--limit", "100000"]
    env = {**os.environ, "NO_PROXY": "*"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    subprocess.run(command, cwd=folder, check=True, env=env)


if __name__ == "__main__":
    main()
