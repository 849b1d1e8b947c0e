"""A stand-in for GitHub: the contents of one repository, and the Pages that serve it.

Written from the documented shapes: https://docs.github.com/en/rest/repos/contents,
https://docs.github.com/en/rest/repos/repos and
https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "github_pat_stand_in"
CONTENTS = "/repos/me/pictures/contents/"
_TYPES = {".jpg": "image/jpeg", ".png": "image/png"}


@dataclass
class GitHub:
    """The repository. moves: how many further uploads meet a branch that has moved; lags: how many
    looks at Pages come before a new file is deployed; refusal: what each request gets instead.
    """

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    commits: list[str] = field(default_factory=list)
    branches: set[str] = field(default_factory=set)
    looks: list[str] = field(default_factory=list)
    push: bool = True
    moves: int = 0
    lags: int = 0
    refusal: tuple[int, str, dict[str, str]] | None = None
    waiting: dict[str, int] = field(default_factory=dict)

    def api(self, method: str, address: str, fields: dict[str, Any]) -> tuple[int, Any]:
        """The answer of the API."""
        path = unquote(urlsplit(address).path)
        branch = parse_qs(urlsplit(address).query).get("ref") or [fields.get("branch", "")]
        self.branches.update(filter(None, branch))
        if path == "/repos/me/pictures":
            return 200, {"full_name": "me/pictures", "permissions": {"push": self.push}}
        if not path.startswith(CONTENTS):
            return 404, {"message": "Not Found"}
        name = path.removeprefix(CONTENTS)
        if method == "GET":
            found = self.files.get(name)
            return (
                (200, self._about(name)) if found is not None else (404, {"message": "Not Found"})
            )
        return self._put(name, fields)

    def _put(self, name: str, fields: dict[str, Any]) -> tuple[int, Any]:
        if self.moves:
            self.moves -= 1
            return 409, {"message": "is at 5d2c but expected 1f3a"}
        if name in self.files:
            return 422, {"message": 'Invalid request.\n\n"sha" wasn\'t supplied.'}
        self.files[name] = base64.b64decode(fields["content"], validate=True)
        self.waiting[name] = self.lags
        self.commits.append(fields["message"])
        return 201, {"content": self._about(name), "commit": {"message": fields["message"]}}

    def _about(self, name: str) -> dict[str, Any]:
        content = self.files[name]
        blob = b"blob %d\0" % len(content) + content
        sha = hashlib.sha1(blob, usedforsecurity=False).hexdigest()
        return {"type": "file", "path": name, "sha": sha, "size": len(content)}

    def page(self, address: str) -> bytes | None:
        """A file as Pages serves it; None while it is not deployed."""
        self.looks.append(address)
        name = unquote(urlsplit(address).path).removeprefix("/pages/")
        if self.waiting.get(name, 0) > 0:
            self.waiting[name] -= 1
            return None
        return self.files.get(name)


@contextmanager
def open_github() -> Iterator[GitHub]:
    """Run a stand-in on a free port."""
    github, lock = GitHub(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith("/pages/"):
                self.answer()
                return
            with lock:
                found = github.page(self.path)
            kind = _TYPES.get(urlsplit(self.path).path[-4:], "text/html")
            self.reply(404 if found is None else 200, found or b"", kind, {})

        def do_PUT(self) -> None:
            self.answer()

        def answer(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with lock:
                if github.refusal:
                    status, message, headers = github.refusal
                    found: Any = {"message": message}
                elif self.headers["Authorization"] != f"Bearer {TOKEN}":
                    status, found, headers = 401, {"message": "Bad credentials"}, {}
                else:
                    fields = json.loads(sent) if sent else {}
                    status, found = github.api(self.command, self.path, fields)
                    headers = {}
            self.reply(status, json.dumps(found).encode(), "application/json", headers)

        def reply(self, status: int, body: bytes, kind: str, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    github.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield github
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
