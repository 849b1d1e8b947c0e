"""Run the complete sandbox: the Flask application and its server, on this machine only."""

from __future__ import annotations

import ipaddress
import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import Flask, Response, jsonify, redirect, request
from werkzeug.routing import Rule
from werkzeug.serving import BaseWSGIServer, make_server

from blogkit.errors import UsageError, reason_of
from blogkit.sandbox import blogger, control, public_site
from blogkit.sandbox.blog import Blog
from blogkit.sandbox.clock import Clock, system_time
from blogkit.sandbox.faults import Fault, Faults
from blogkit.sandbox.feeds.routes import feeds_blueprint
from blogkit.sandbox.oauth import Grants, TokenRefused
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.serving.connections import CONNECTIONS, Connections, Handler
from blogkit.sandbox.serving.middleware import NAME, Log, Middleware
from blogkit.sandbox.store import SandboxStore

ZONE: Final = "Asia/Kolkata"
"""The blog's time zone by default."""
_log = logging.getLogger("blogkit.sandbox")


class Sandbox:
    """A local test blog: `with Sandbox() as sandbox: … sandbox.url …`.

    `blog`, `faults`, `switches`, `clock` and `log` may be used directly while it runs.

    Args:
        data: The file that keeps the posts; None keeps them in memory.
        host: The address to listen on, one of this machine's own.
        port: The port; 0 takes any free one.
        clock: Returns the current time, aware. Answers carry it as their date; moving the
            sandbox's own clock does not change that.
        switches: Which of Blogger's uncertain behaviours to show.
        zone: The blog's time zone.
        title: The blog's title.

    Raises:
        UsageError: Other machines could reach the address, or the zone is unknown.
        ConfigError: The file is not one of the sandbox's.
    """

    def __init__(
        self,
        data: Path | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Callable[[], datetime] = system_time,
        switches: Quirks | None = None,
        zone: str = ZONE,
        title: str = "Sandbox",
    ) -> None:
        _check_loopback(host)
        where = _zone(zone)
        self.host = host
        self.port = port
        self.clock = clock if isinstance(clock, Clock) else Clock(clock)
        self.machine_time = system_time if isinstance(clock, Clock) else clock
        self.switches = switches or Quirks()
        self.faults = Faults()
        self.log = Log()
        self._server: BaseWSGIServer | None = None
        self._connections = Connections(self.machine_time)
        self._serving = False
        self.store = SandboxStore(data)
        self.blog = Blog(self.store, self.clock, self.switches, where, title)
        self.app = self._flask()

    @property
    def url(self) -> str:
        """The blog's address."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{name}:{self.port}/"

    @property
    def api_base(self) -> str:
        """The `api_base` for blogkit.toml."""
        return self.url.rstrip("/")

    def fail(self, kind: str, *, method: str = "", path: str = "", **options: Any) -> None:
        """Add a fault for the next matching requests.

        Args:
            kind: One of `faults.KINDS`.
            method: The HTTP method of the requests; "" for any.
            path: A regular expression that is searched in their path.
            **options: Other attributes of `faults.Fault`.
        """
        self.faults.add(Fault(kind, method, path, **options))

    def start(self) -> Self:
        """Serve in a thread.

        Returns:
            The sandbox itself.

        Raises:
            UsageError: The port is in use.
        """
        server = self._listen()
        self._serving = True
        threading.Thread(
            # the interval is how long `stop` may take; tests stop many servers
            target=server.serve_forever,
            kwargs={"poll_interval": 0.01},
            name=NAME,
            daemon=True,
        ).start()
        return self

    def serve(self, ready: Callable[[str], None]) -> None:
        """Serve in this thread until Ctrl-C or `stop`.

        Args:
            ready: Called with the address when the port is open.

        Raises:
            UsageError: The port is in use.
        """
        server = self._listen()
        try:
            ready(self.url)
            self._serving = True
            server.serve_forever()
        finally:
            self.stop()

    def stop(self) -> None:
        """Close the port and the file. May be called twice, and from any thread."""
        self.faults.stop()
        server, self._server = self._server, None
        if server is not None:
            # `shutdown` waits for `serve_forever` to end, so without that it would wait for ever:
            # https://docs.python.org/3/library/socketserver.html#socketserver.BaseServer.shutdown
            if self._serving:
                # Linux reports the socket as ready then, so that the loop does not wait for its
                # interval to end; elsewhere it is an error
                # (https://pubs.opengroup.org/onlinepubs/9699919799/functions/shutdown.html).
                with suppress(OSError):
                    server.socket.shutdown(socket.SHUT_RDWR)
                server.shutdown()
            server.server_close()
            self._connections.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _listen(self) -> BaseWSGIServer:
        # werkzeug ends the process when the port is taken, so the socket is bound here.
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            bound = socket.create_server((self.host, self.port), family=family, backlog=128)
        except (OSError, OverflowError) as error:
            self.store.close()
            reason = reason_of(error) if isinstance(error, OSError) else "it is not a port"
            hint = "use `--port 0` to take any free port"
            raise UsageError(
                f"the sandbox cannot listen on {self.host}:{self.port}: {reason}", hint=hint
            ) from None
        with bound:
            self.port = bound.getsockname()[1]
            self._server = make_server(
                self.host,
                self.port,
                self.app,
                threaded=True,
                request_handler=Handler,
                fd=bound.fileno(),
            )
        return self._server

    def _flask(self) -> Flask:
        app = Flask("blogkit.sandbox", static_folder=None)
        app.url_rule_class = _Route
        app.register_blueprint(blogger.api_blueprint(self.blog))
        app.register_blueprint(
            control.control_blueprint(self.blog, self.clock, self.faults, self.switches, self.log)
        )
        app.register_blueprint(public_site.public_blueprint(self.blog))
        app.register_blueprint(feeds_blueprint(self.blog))
        _add_sign_in(app, Grants(self.clock, lambda: self.switches.sign_in_lasts == "for-ever"))
        # it accepts any credentials, so a page in the user's browser must not reach it
        app.before_request(_refuse_foreign_hosts)
        app.after_request(_announce)
        app.extensions[CONNECTIONS] = self._connections
        middleware = Middleware(
            app.wsgi_app, faults=self.faults, log=self.log, switches=self.switches, clock=self.clock
        )
        app.wsgi_app = middleware  # type: ignore[method-assign]
        return app


class _Route(Rule):
    """A route whose address is never built: to compile that is two thirds of a sandbox's start."""

    def _compile_builder(self, append_unknown: bool = True) -> Any:  # noqa: ARG002
        return _build_nothing


def _build_nothing(*_args: object) -> tuple[str, str]:
    raise NotImplementedError("the sandbox writes its addresses itself")


def _add_sign_in(app: Flask, grants: Grants) -> None:
    @app.post("/token")
    def token() -> tuple[Response, int]:
        try:
            return (
                jsonify(grants.token(request.form, request.headers.get("Authorization", ""))),
                200,
            )
        except TokenRefused as refused:
            return jsonify(refused.body), refused.status

    @app.get("/authorize")
    @app.get("/o/oauth2/v2/auth")
    @app.get("/o/oauth2/auth")
    def authorize() -> Any:
        try:
            return redirect(grants.authorize(request.args))
        except TokenRefused as refused:
            return jsonify(refused.body), refused.status


def _check_loopback(host: str) -> None:
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        hint = (
            "it accepts any credentials, so it listens only on this machine: 127.0.0.1, ::1 or"
            " localhost"
        )
        raise UsageError(f"the sandbox cannot listen on {host!r}", hint=hint)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(
            f"{name!r} is not a time zone", hint='use an IANA name such as "Asia/Kolkata"'
        ) from None


def _refuse_foreign_hosts() -> tuple[str, int] | None:
    """Refuse other host names, so that web pages cannot reach the sandbox by DNS rebinding.

    https://en.wikipedia.org/wiki/DNS_rebinding
    """
    name = request.host.rsplit(":", 1)[0].strip("[]")
    try:
        _check_loopback(name)
    except UsageError:
        return "The sandbox answers only to this machine's own host names.\n", 403
    return None


def _announce(response: Response) -> Response:
    response.headers["Server"] = NAME
    return response
