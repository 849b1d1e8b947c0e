"""The sites that children publish to, from their owner's side: who looks at the posts there,
edits them by hand, and deletes them.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import requests

from blogkit.http import HttpClient
from blogkit.http.session import new_session
from blogkit.platforms.base import Platform, PostKind, Remote, State
from blogkit.platforms.blogger.adapter import Blogger
from blogkit.platforms.blogger.auth import RefreshToken
from blogkit.platforms.folder import Folder
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.platforms.wordpress.auth import ApplicationPassword
from blogkit.project.project import open_project
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import StoredPost
from tests.e2e.wordpress.site import Site as RealSite
from tests.waiting import PATIENCE

ZONE = ZoneInfo("Asia/Kolkata")
STATES = (State.DRAFT, State.LIVE, State.SCHEDULED)
KINDS: tuple[PostKind, ...] = ("post", "page")


class Site(Protocol):
    """One site: named main in the workspace."""

    table: str
    """Its lines in `[sites.main]`."""
    secrets: str
    """Its lines in `.env`."""

    def observer(self) -> Platform:
        """A connection of our own, to look at it."""

    def settle(self) -> None:
        """Return when what was asked of it is done, also what a dead client asked."""


class Edited(Site, Protocol):
    """A site on which somebody works by hand."""

    def add(self, title: str, body: str, labels: Sequence[str]) -> None:
        """Publish a post."""

    def write(self, post: Remote, **fields: Any) -> None:
        """Set title, body or labels."""

    def move(self, post: Remote) -> None:
        """To draft, or live."""

    def delete(self, post: Remote, *, trash: bool) -> None:
        """Into the trash, or for good."""


def posts(site: Site) -> list[Remote]:
    """All that is there, in any state but trashed."""
    observer = site.observer()
    return [post for kind in KINDS for post in observer.list(kind, STATES)]


def make_workspace(root: Path, site: Site, *, state: bool = False) -> Path:
    """A workspace whose only site this is. state: whether it has a state file."""
    kept = 'state = "file"\n' if state else ""
    (root / "posts").mkdir(parents=True)
    (root / "blogkit.toml").write_text(
        f'[blog]\ntimezone = "Asia/Kolkata"\n{kept}\n[sites.main]\n{site.table}', encoding="utf-8"
    )
    (root / ".env").write_text(site.secrets, encoding="utf-8")
    (root / ".env").chmod(0o600)
    return root


def _serving() -> set[threading.Thread]:
    """The threads of this process that answer requests."""
    return {one for one in threading.enumerate() if "process_request_thread" in one.name}


def _let_in(server: str, others: set[threading.Thread]) -> None:
    """Return when a server of this process has no request under way: it answers in order.

    others: threads of servers of other tests, which may keep a connection open for ever.
    """
    requests.get(f"{server}/favicon.ico", timeout=300)
    deadline = time.monotonic() + PATIENCE
    while _serving() - others and time.monotonic() < deadline:
        time.sleep(0.001)


class OnFolder:
    """A folder in the workspace."""

    table = 'platform = "folder"\nfolder = "public"\n'
    secrets = ""

    def __init__(self, root: Path) -> None:
        self._folder = root / "public"

    def observer(self) -> Platform:
        return Folder(
            "main", self._folder, records=self._folder.parent / ".blogkit/sites", zone=ZONE
        )

    def settle(self) -> None:
        """Whoever wrote to it did so itself."""

    def stale_files(self) -> list[str]:
        """The files that a build writes, because a run left them as they were."""
        before = self._versions()
        sites = open_project(self._folder.parent, environ={})._context().sites
        sites.platform("main").start_scheduler()
        after = self._versions()
        return [path for path in before | after if before.get(path) != after.get(path)]

    def _versions(self) -> dict[str, int]:
        """Each file's number, which changes when it is replaced."""
        files = (path for path in self._folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self._folder)): path.stat().st_ino for path in files}


class OnSandbox:
    """Blogger, rehearsed. Its faults are the sandbox's own. api_base: of a proxy before it."""

    secrets = "BLOGKIT_MAIN_CLIENT_ID=sandbox\nBLOGKIT_MAIN_CLIENT_SECRET=sandbox\nBLOGKIT_MAIN_REFRESH_TOKEN=sandbox\n"

    def __init__(
        self, sandbox: Sandbox, *, by_slug: bool = False, writers: int = 1, api_base: str = ""
    ) -> None:
        self.sandbox = sandbox
        self._others = _serving()
        self._front = api_base or sandbox.api_base
        self.table = (
            f'platform = "blogger"\nurl = "{sandbox.url}"\napi_base ='
            f' "{self._front}"\nmin_interval = 0\nnew_posts_in_a_row = 0\nslug_by_title ='
            f" {str(by_slug).lower()}\nwriters = {writers}\n"
        )

    def observer(self) -> Platform:
        # Its connections end with each answer: `settle` waits for those of others.
        session = new_session(60)
        session.headers["Connection"] = "close"
        signer = RefreshToken(
            HttpClient("main", session=session),
            url=f"{self.sandbox.api_base}/token",
            client_id="sandbox",
            client_secret="sandbox",
            refresh_token="sandbox",
        )
        http = HttpClient("main", auth=signer, session=session)
        return Blogger(
            "main",
            self.sandbox.url,
            http=http,
            zone=ZONE,
            api_base=self.sandbox.api_base,
            min_interval=0,
            new_posts_in_a_row=0,
        )

    def settle(self) -> None:
        """A dead client's request may still be on its way through the port: it is let in before
        ours is answered, and has a thread.
        """
        for server in {self._front, self.sandbox.api_base}:
            _let_in(server, self._others)

    def add(self, title: str, body: str, labels: Sequence[str]) -> None:
        fields = {"title": title, "content": body, "labels": list(labels)}
        self.sandbox.blog.insert("post", fields, draft=False)

    def write(self, post: Remote, **fields: Any) -> None:
        names = {"title": "title", "body": "content", "labels": "labels"}
        self.sandbox.blog.change(
            self._entry(post), {names[name]: value for name, value in fields.items()}, whole=False
        )

    def move(self, post: Remote) -> None:
        blog, entry = self.sandbox.blog, self._entry(post)
        if entry.state == "DRAFT":
            blog.publish(entry, datetime.now(UTC))
        else:
            blog.revert(entry)

    def delete(self, post: Remote, *, trash: bool) -> None:
        self.sandbox.blog.delete(post.ref.kind, post.ref.id, trash=trash)

    def _entry(self, post: Remote) -> StoredPost:
        return self.sandbox.blog.get(post.ref.kind, post.ref.id)


class OnWordPress:
    """A real WordPress. Somebody else works in it as its administrator; posts of earlier runs
    are not looked at. front: of a proxy before it.
    """

    def __init__(
        self, real: RealSite, user: str = "author", *, writers: int = 4, front: str = ""
    ) -> None:
        self.real = real
        self._others = _serving()
        self._front = front
        url = front or real.url
        account = real.users[user]
        self._user = user
        self.table = (
            f'platform = "wordpress"\nurl = "{url}"\nusername = "{account.login}"\nwriters ='
            f" {writers}\n"
        )
        self.secrets = (
            f"BLOGKIT_MAIN_APP_PASSWORD={account.application_password}\nBLOGKIT_MAIN_ORIGIN={url}\n"
        )

    def observer(self) -> Platform:
        admin = self.real.users["admin"]
        auth = ApplicationPassword(self.real.url, admin.login, admin.application_password)
        return WordPress("main", self.real.url, http=HttpClient("main", auth=auth), zone=ZONE)

    def settle(self) -> None:
        """PHP's server writes down when it takes a connection and when it is through with it."""
        if self._front:
            _let_in(self._front, self._others)
        self._rest("GET", "wp/v2/types")
        log = self.real.docroot
        while log.name != "root":
            log = log.parent
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            said = (log.parent / "access.log").read_text(errors="replace")
            if len(re.findall(r"Accepted$", said, re.MULTILINE)) <= len(
                re.findall(r"Closing$", said, re.MULTILINE)
            ):
                return
            time.sleep(0.01)

    def add(self, title: str, body: str, labels: Sequence[str]) -> None:
        fields = {"title": title, "content": body, "tags": [self._tag(name) for name in labels]}
        self._rest("POST", "wp/v2/posts", user=self._user, json={**fields, "status": "publish"})

    def write(self, post: Remote, **fields: Any) -> None:
        if "labels" in fields:
            fields["tags"] = [self._tag(name) for name in fields.pop("labels")]
        if "body" in fields:
            fields["content"] = fields.pop("body")
        self._rest("POST", f"wp/v2/{post.ref.kind}s/{post.ref.id}", json=fields)

    def move(self, post: Remote) -> None:
        fields = (
            {"status": "publish", "date": "2020-01-01T07:00:00"}
            if post.state is State.DRAFT
            else {"status": "draft"}
        )
        self._rest("POST", f"wp/v2/{post.ref.kind}s/{post.ref.id}", json=fields)

    def delete(self, post: Remote, *, trash: bool) -> None:
        self._rest(
            "DELETE",
            f"wp/v2/{post.ref.kind}s/{post.ref.id}",
            params={} if trash else {"force": "true"},
        )

    def _tag(self, name: str) -> int:
        found = [
            tag
            for tag in self._rest("GET", "wp/v2/tags", params={"search": name, "per_page": 100})
            if tag["name"] == name
        ]
        return int(
            (found[0] if found else self._rest("POST", "wp/v2/tags", json={"name": name}))["id"]
        )

    def _rest(self, method: str, path: str, *, user: str = "admin", **options: Any) -> Any:
        answer = self.real.rest(user, method, path, **options)
        answer.raise_for_status()
        return answer.json()
