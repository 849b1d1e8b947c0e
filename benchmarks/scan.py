"""1,000 live posts on the sandbox: python -m benchmarks.scan [--posts N].

How many requests a check of all of them takes, and how long it takes to look at each, find a place
in it, and plan a widget there. The peer is a script that asks for each post by itself, as most
scripts do.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests

from benchmarks.corpus import WORDS
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import StoredPost

BLOGKIT = (sys.executable, "-m", "blogkit")
INSERT = (
    "insert",
    "quiz-button",
    "--set",
    "label=Start",
    "--set",
    "url=https://example.com/quiz",
    "--all",
    "--at",
    "before:h2:Conclusion",
)
SECRETS = "BLOGKIT_MAIN_CLIENT_ID=sandbox\nBLOGKIT_MAIN_CLIENT_SECRET=sandbox\nBLOGKIT_MAIN_REFRESH_TOKEN=sandbox\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Sandbox() as sandbox:
        folder = Path(name)
        workspace(folder, sandbox)
        fill(sandbox, options.posts)
        planned = timed(folder, *INSERT, "--dry-run", "--quiet")
        adopted = timed(folder, "adopt", "--all", "--quiet")
        sandbox.log.clear()
        checked = timed(folder, "plan", "--quiet")
        asked = [
            line for line in sandbox.log.to_json() if "/posts" in str(line) or "/pages" in str(line)
        ]
        one_by_one = peer(sandbox, options.posts // 10) * 10
    print(f"{options.posts} live posts of 8 KB on the sandbox")
    print(f"{'find a heading in each and plan a widget before it':52} {planned:7.2f} s")
    print(f"{'adopt all of them':52} {adopted:7.2f} s")
    print(
        f"{'check all of them against their files':52} {checked:7.2f} s   {len(asked)} listing requests"
    )
    print(
        f"{'a script that asks for each by itself':52} {one_by_one:7.2f} s   {options.posts} requests"
    )


def workspace(folder: Path, sandbox: Sandbox) -> None:
    (folder / "posts").mkdir()
    (folder / "blogkit.toml").write_text(
        f'[sites.main]\nplatform = "blogger"\nurl = "{sandbox.url}"\napi_base = "{sandbox.api_base}"\n'
    )
    (folder / ".env").write_text(SECRETS)
    (folder / ".env").chmod(0o600)


def fill(sandbox: Sandbox, count: int) -> None:
    """Live posts as somebody wrote them in the editor."""
    text = " ".join(WORDS * 4)
    body = "".join(
        f'<p dir="ltr">{text}&nbsp;</p>\n<h2 style="text-align: left;">Part {part}</h2>'
        for part in range(8)
    )
    start = datetime(2020, 1, 1, tzinfo=UTC)
    with sandbox.store.transaction():
        for number in range(count):
            at = start + timedelta(hours=number)
            sandbox.store.save(
                StoredPost(
                    id=str(10**15 + number),
                    kind="post",
                    published=at,
                    updated=at,
                    state="LIVE",
                    title=f"Post {number}",
                    content=f"{body}<h2><b>Conclusion</b></h2><p>The end of {number}.</p>",
                    path=f"/2020/01/post-{number}.html",
                )
            )


def timed(folder: Path, *command: str) -> float:
    started = time.perf_counter()
    subprocess.run(
        (*BLOGKIT, *command),
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "NO_PROXY": "*"},
    )
    return time.perf_counter() - started


def peer(sandbox: Sandbox, count: int) -> float:
    """Seconds to ask for so many posts, one after the other."""
    session = requests.Session()
    session.trust_env = False
    form = {
        "grant_type": "refresh_token",
        "client_id": "sandbox",
        "client_secret": "sandbox",
        "refresh_token": "sandbox",
    }
    token = session.post(f"{sandbox.api_base}/token", data=form, timeout=10).json()["access_token"]
    session.headers["Authorization"] = f"Bearer {token}"
    blog = session.get(
        f"{sandbox.api_base}/v3/blogs/byurl", params={"url": sandbox.url}, timeout=10
    ).json()["id"]
    started = time.perf_counter()
    for number in range(count):
        session.get(
            f"{sandbox.api_base}/v3/blogs/{blog}/posts/{10**15 + number}",
            params={"view": "AUTHOR"},
            timeout=10,
        ).json()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
