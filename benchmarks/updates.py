"""1,000 updates against a server that takes its time: python -m benchmarks.updates [--posts N]
[--latency S] [--writers N].

The server answers as WordPress does, each request after 50 ms, on this machine. An update is one
write and one look at what the site made of it, so the ideal is `writers / latency / 2` updates a
second. The peer is a plain loop with `requests`, one update after the other, which is what scripts
do; it is measured on a tenth of the posts.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

STAMP = "2026-11-01T00:00:00"


class Blog:
    """Enough of wp/v2 to be updated; posts live in memory."""

    def __init__(self) -> None:
        self.posts: dict[int, dict[str, Any]] = {}
        self.lock = threading.Lock()
        self.latency = 0.0
        self.requests = 0

    def answer(self, method: str, query: dict[str, str], body: dict[str, Any]) -> tuple[Any, int]:
        """The answer to a request, and how many pages a listing has."""
        route = query["rest_route"]
        with self.lock:
            self.requests += 1
            if route == "/wp/v2/posts" and method == "POST":
                number = len(self.posts) + 1
                self.posts[number] = {
                    "id": number,
                    "type": "post",
                    "status": "draft",
                    "link": f"http://b.example/{number}",
                    "slug": "",
                }
                return self._write(number, body), 1
            if route == "/wp/v2/posts":
                return self._list(query)
            if found := re.fullmatch(r"/wp/v2/posts/(\d+)", route):
                return (
                    self._write(int(found[1]), body)
                    if method == "POST"
                    else self.posts[int(found[1])]
                ), 1
        if route.startswith("/wp/v2/users/me"):
            return {"id": 1, "capabilities": {"unfiltered_html": True}}, 1
        return [] if route.startswith(
            ("/wp/v2/tags", "/wp/v2/categories", "/wp/v2/pages")
        ) else {}, 1

    def _list(self, query: dict[str, str]) -> tuple[Any, int]:
        if "search" in query:
            found = [
                post
                for post in self.posts.values()
                if query["search"].strip('"') in post["content"]["raw"]
            ]
            return found, 1
        size, page = int(query.get("per_page", "10")), int(query.get("page", "1"))
        wanted = (
            [int(number) for number in query["include"].split(",")]
            if "include" in query
            else sorted(self.posts)
        )
        posts = [self.posts[number] for number in wanted]
        return posts[(page - 1) * size : page * size], -(-len(posts) // size)

    def _write(self, number: int, body: dict[str, Any]) -> dict[str, Any]:
        post = self.posts[number]
        for name in ("title", "content", "excerpt"):
            post[name] = {"raw": body[name]} if name in body else post.get(name, {"raw": ""})
        post |= {
            "status": body.get("status", post["status"]),
            "modified_gmt": STAMP,
            "date_gmt": body.get("date_gmt", STAMP),
        }
        post |= {"tags": body.get("tags", []), "categories": [1], "featured_media": 0}
        post["_links"] = {"wp:action-unfiltered-html": [{}]}
        return post


def serve(blog: Blog) -> ThreadingHTTPServer:
    """The blog on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1  # headers and body in one packet

        def do_GET(self) -> None:
            self._handle()

        def do_POST(self) -> None:
            self._handle()

        def _handle(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            query = {
                name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()
            }
            answer, pages = blog.answer(query.get("_method", self.command), query, body)
            data = json.dumps(answer).encode()
            time.sleep(blog.latency)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("X-WP-TotalPages", str(pages))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--latency", type=float, default=0.05)
    parser.add_argument("--writers", type=int, default=8)
    options = parser.parse_args()
    blog = Blog()
    server = serve(blog)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace(folder, server.server_port, options.writers)
        posts(folder, options.posts, "first")
        publish(folder)
        posts(folder, options.posts, "second")
        blog.latency, blog.requests = options.latency, 0
        run = publish(folder)
        asked = blog.requests
        peer = plain_loop(server.server_port, options.posts // 10)
    server.shutdown()
    ideal = options.writers / options.latency / 2
    rate = options.posts / run["writing"]
    print(
        f"{options.posts} updates, {options.latency * 1000:.0f} ms for each request, {options.writers} at a time"
    )
    print(f"{'blogkit, whole command':32} {run['whole']:7.2f} s   {asked} requests")
    print(
        f"{'  of it the updates':32} {run['writing']:7.2f} s   {rate:6.1f} a second, {rate / ideal:.0%} of the ideal {ideal:.0f}"
    )
    print(f"{'a plain loop with requests':32} {peer:7.1f} updates a second")


def workspace(folder: Path, port: int, writers: int) -> None:
    (folder / "posts").mkdir()
    (folder / "blogkit.toml").write_text(
        f'[sites.school]\nplatform = "wordpress"\nurl = "http://127.0.0.1:{port}"\nusername = "author"\nwriters = {writers}\n'
    )
    (folder / ".env").write_text(
        f"BLOGKIT_SCHOOL_APP_PASSWORD=sesame\nBLOGKIT_SCHOOL_ORIGIN=http://127.0.0.1:{port}\n"
    )
    (folder / ".env").chmod(0o600)


def posts(folder: Path, count: int, word: str) -> None:
    text = " ".join(["Talks opened in Miami."] * 60)
    for number in range(count):
        (folder / f"posts/p{number:05}.md").write_text(
            f"---\ntitle: Post {number}\npublish: now\n---\n{word} {text}\n"
        )


def publish(folder: Path) -> dict[str, float]:
    """One run of the real command. `writing`: from the start of its first update to the end of
    its last, by its own journal.
    """
    started = time.perf_counter()
    command = (sys.executable, "-m", "blogkit", "publish", "--yes", "--quiet", "--limit", "100000")
    subprocess.run(command, cwd=folder, check=True, env={**os.environ, "NO_PROXY": "*"})
    whole = time.perf_counter() - started
    import sqlite3

    with closing(sqlite3.connect(folder / ".blogkit/journal.sqlite")) as db:
        seconds = db.execute(
            "SELECT (julianday(max(changed)) - julianday(min(intended))) * 86400 FROM action WHERE run = (SELECT max(id) FROM run)"
        ).fetchone()[0]
    return {"whole": whole, "writing": seconds}


def plain_loop(port: int, count: int) -> float:
    """Updates a second of a script that sends one after the other and reads each back."""
    session = requests.Session()
    session.trust_env = False
    started = time.perf_counter()
    for number in range(1, count + 1):
        address = f"http://127.0.0.1:{port}/?rest_route=/wp/v2/posts/{number}"
        session.post(address, json={"content": "third"}, timeout=10).json()
        session.get(address, timeout=10).json()
    return count / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
