"""Blogs on sandboxes, whose owner sees what workers do to them: who writes when, and what is there
in the end.
"""

from __future__ import annotations

import select
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from tests.waiting import PATIENCE, until

INTERVAL = 0.1
"""Seconds between two creates on a blog, as its settings ask."""
SECRETS = "".join(
    f"BLOGKIT_MAIN_{name}=sandbox\n" for name in ("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN")
)


@dataclass
class Watch:
    """The writes to one blog. latency: how long each request takes more; meeting: how long the first
    writes wait for one more that comes in between, until there was one.

    requests: when they came, by the wall clock; starts: when creates began; creates: how those were answered that the
    blog did not send back (401, 429), which needs no second turn; overlaps: the writes that began before another one
    ended; paused: when the blog asked to slow down; gate: creates wait for it.
    """

    serve: Callable[..., Iterable[bytes]]
    latency: float = 0.0
    meeting: float = 0.0
    requests: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    creates: list[str] = field(default_factory=list)
    paused: list[float] = field(default_factory=list)
    overlaps: list[str] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    _writing: list[Any] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _met: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    @property
    def writing(self) -> bool:
        """Whether a write is under way."""
        return bool(self._writing)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if "v3/" in path:  # the server of tokens counts by itself
            self.requests.append(time.time())
        if method == "GET" or "v3/" not in path:
            time.sleep(self.latency)
            return self.serve(environ, self._noting(start_response))
        create, connection = (
            method == "POST" and path.endswith("/posts"),
            environ["werkzeug.socket"],
        )
        with self._lock:
            if any(map(_awaited, self._writing)):
                self.overlaps.append(f"{method} {path}")
                self._met.set()
            self._writing.append(connection)
            if create:
                self.starts.append(time.monotonic())
        try:
            if create:
                self.gate.wait(PATIENCE)
            time.sleep(self.latency)  # a second writer has this long to come in between
            self._met.wait(self.meeting)
            return self.serve(environ, self._noting(start_response, create=create))
        except ConnectionError:  # the sandbox cut it off
            if create:
                self.creates.append("cut off")
            raise
        finally:
            with self._lock:
                self._writing.remove(connection)

    def _noting(self, start_response: Any, *, create: bool = False) -> Any:
        def start(status: str, *rest: Any) -> Any:
            if status.startswith("429"):
                self.paused.append(time.time())
            if create and not status.startswith(("401", "429")):
                self.creates.append(status)
            return start_response(status, *rest)

        return start


def _awaited(connection: socket.socket) -> bool:
    """Whether the client still waits for the answer: a worker that was killed does not, and the sandbox
    closes a connection that it cuts off before its thread comes back.
    """
    with suppress(OSError, ValueError):
        ends = select.poll()
        ends.register(connection, select.POLLRDHUP)
        return not ends.poll(0)
    return False


@contextmanager
def held(blogs: Iterable[WatchedBlog]) -> Iterator[None]:
    """Let creates hang meanwhile, from the first one on."""
    watches = [blog.watch for blog in blogs]
    for watch in watches:
        watch.gate.clear()
    try:
        until(lambda: any(watch.starts for watch in watches), "a create begun")
        yield
    finally:
        for watch in watches:
            watch.gate.set()


@dataclass
class WatchedBlog:
    """One blog with its folder. wanted: the keys of the posts that were written for it."""

    name: str
    folder: Path
    sandbox: Sandbox
    watch: Watch
    wanted: list[str] = field(default_factory=list)

    def write(self, number: int) -> None:
        """Write one more post's file."""
        key = f"{self.name}-{number}"
        words = " ".join(
            f"{word}{number * 7919 % (index + 97)}" for index, word in enumerate(WORDS)
        )
        text = f"---\ntitle: {self.name} asks question {number}\npublish: now\n---\n{words}.\n"
        draft = self.folder / f"{key}.tmp"
        draft.write_text(text, encoding="utf-8")
        draft.rename(self.folder / "posts" / f"{key}.md")
        self.wanted.append(key)

    def live(self) -> Counter[str]:
        """Return how often each title is on the blog in any state."""
        every = Wanted("post", ("LIVE", "DRAFT", "SCHEDULED"), limit=-1)
        return Counter(post.title for post in self.sandbox.blog.store.find(every))

    def missing(self) -> set[str]:
        """Return the titles of wanted posts that are not live."""
        live = Wanted("post", ("LIVE",), limit=-1)
        return self.wanted_titles() - {post.title for post in self.sandbox.blog.store.find(live)}

    @property
    def complete(self) -> bool:
        """Whether each wanted post is live."""
        return not self.missing()

    @property
    def duplicates(self) -> list[str]:
        """The titles of posts that are there beside the first of their title."""
        live = self.live()
        return list((live - Counter(live.keys())).elements())

    def wanted_titles(self) -> set[str]:
        return {
            f"{key.rpartition('-')[0]} asks question {key.rpartition('-')[2]}"
            for key in self.wanted
        }


WORDS = ["river", "treaty", "census", "monsoon", "budget", "orbit", "coral", "tariff", "senate"]


@contextmanager
def watched_blogs(
    folder: Path, count: int, *, latency: float = 0.0, meeting: float = 0.0
) -> Iterator[list[WatchedBlog]]:
    """Blogs, each in a folder of its own in `folder`, served while this lasts."""
    with ExitStack() as stack:
        yield [_blog(stack, folder, f"blog_{number}", latency, meeting) for number in range(count)]


def _blog(stack: ExitStack, folder: Path, name: str, latency: float, meeting: float) -> WatchedBlog:
    # Blogger's own limit of new posts, about 20 in an hour, would end each blog's part early.
    unlimited = Quirks(insert_throttle="none")
    sandbox = stack.enter_context(Sandbox(title=name, switches=unlimited))
    watch = Watch(sandbox.app.wsgi_app, latency, meeting)
    sandbox.app.wsgi_app = watch  # type: ignore[method-assign]
    root = folder / name
    (root / "posts").mkdir(parents=True)
    settings = (
        f'[blog]\nschema = "{name}"\n\n[sites.main]\nplatform = "blogger"\nurl = "{sandbox.url}"\n'
        f'api_base = "{sandbox.api_base}"\nmin_interval = {INTERVAL}\nnew_posts_in_a_row = 0\n'
    )
    (root / "blogkit.toml").write_text(settings, encoding="utf-8")
    (root / ".env").write_text(SECRETS, encoding="utf-8")
    (root / ".env").chmod(0o600)
    return WatchedBlog(name, root, sandbox, watch)
