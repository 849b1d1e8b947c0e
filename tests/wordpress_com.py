"""WordPress.com as its documentation and public clients show it, in front of a real WordPress.

It has the addresses, the sign-in, the tokens and the refusals; the site behind it does the rest.
The shapes: https://developer.wordpress.com/docs/api/oauth2/,
https://github.com/Automattic/wordpress-rs/blob/trunk/wp_api/src/wp_com/endpoint.rs,
https://github.com/snarfed/bridgy/issues/220 and https://github.com/snarfed/bridgy/issues/308
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import requests

BLOG = "school.wordpress.com"
TOKEN = "K9^token#of(one)blog"
CLIENT = {"client_id": "50479", "client_secret": "secret-of-the-application"}
REDIRECT = "http://localhost:8899/"
CODE = "cw9hk1xG9k"
UNKNOWN_BLOG = {"error": "unknown_blog", "message": "Unknown blog"}
INVALID_TOKEN = {"error": "invalid_token", "message": "The OAuth2 token is invalid."}
GRANTED = {
    "access_token": TOKEN,
    "token_type": "bearer",
    "blog_id": "78618526",
    "blog_url": f"http://{BLOG}",
    "scope": "",
}
_PASSED = ("Content-Type", "Content-Disposition", "Accept")
_BACK = ("Content-Type", "X-WP-Total", "X-WP-TotalPages")


class WordPressCom:
    """The server. It takes no `_method`: its documentation does not name it.

    Args:
        behind: The address of the WordPress that is the one blog; "" for none.
        account: The user and the application password there of the one that the token is for.
        redirect: The redirect URL of the application.
    """

    def __init__(
        self,
        behind: str = "",
        account: tuple[str, str] = ("", ""),
        redirect: str = REDIRECT,
    ) -> None:
        self.forms: list[dict[str, str]] = []
        self.requests: list[tuple[str, str]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                parts = urlsplit(self.path)
                server.requests.append((self.command, self.path))
                if parts.path == "/oauth2/authorize":
                    return self.authorize(dict(parse_qsl(parts.query)))
                if parts.path == "/oauth2/token" and self.command == "POST":
                    return self.token(dict(parse_qsl(body.decode())))
                route = _route(parts.path, parse_qs(parts.query))
                if route is None:
                    return self.give(404, UNKNOWN_BLOG)
                if self.headers["Authorization"] not in (None, f"Bearer {TOKEN}"):
                    return self.give(401, INVALID_TOKEN)
                return self.pass_on(route, parts.query, body)

            def authorize(self, query: dict[str, str]) -> None:
                known = query.get("client_id") == CLIENT["client_id"]
                if not known or query.get("redirect_uri") != redirect:
                    return self.give(400, {"error": "invalid_request"})
                assert (query["response_type"], query["blog"]) == ("code", BLOG)
                landed = urlencode({"code": CODE, "state": query["state"]})
                return self.give(302, {}, {"Location": f"{redirect}?{landed}"})

            def token(self, form: dict[str, str]) -> None:
                server.forms.append(form)
                if not form.items() >= CLIENT.items():
                    error = {"error": "invalid_client", "error_description": "Unknown client_id"}
                    return self.give(400, error)
                wanted = {
                    "code": CODE,
                    "redirect_uri": redirect,
                    "grant_type": "authorization_code",
                }
                if not form.items() >= wanted.items():
                    error = {"error": "invalid_grant", "error_description": "The code is invalid."}
                    return self.give(400, error)
                return self.give(200, GRANTED)

            def pass_on(self, route: str, query: str, body: bytes) -> None:
                params = [pair for pair in parse_qsl(query) if pair[0] != "rest_route"]
                assert "_method" not in dict(params)
                named = {name: self.headers[name] for name in _PASSED if self.headers[name]}
                with requests.Session() as session:
                    session.trust_env = False
                    session.auth = account if self.headers["Authorization"] else None
                    answer = session.request(
                        self.command,
                        f"{behind}/",
                        params=[("rest_route", route), *params],
                        data=body,
                        headers=named,
                        timeout=300,
                    )
                back = {name: answer.headers[name] for name in _BACK if name in answer.headers}
                self.give(answer.status_code, answer.content, back)

            def give(
                self, status: int, body: object, headers: dict[str, str] | None = None
            ) -> None:
                content = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_DELETE = handle_any  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Print nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _route(path: str, query: dict[str, Any]) -> str | None:
    """The route of the one blog that an address is for; None for another blog."""
    if path == "/wp-json/":
        return "/" if query.get("rest_route") == [f"/sites/{BLOG}/"] else None
    site = f"/wp/v2/sites/{BLOG}/"
    return f"/wp/v2/{path.removeprefix(site)}" if path.startswith(site) else None
