"""Open the port on this machine, and serve the preview until it is stopped."""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, Self

from flask import Flask, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from blogkit.errors import UsageError, reason_of
from blogkit.preview.access import Access
from blogkit.preview.frames import frames_blueprint
from blogkit.preview.importing import PastedPages, importing_blueprint
from blogkit.preview.pages import pages_blueprint
from blogkit.preview.playground import playground_blueprint
from blogkit.preview.publishing import publishing_blueprint
from blogkit.preview.session import PreviewSession
from blogkit.preview.watch import Watcher

HOST: Final = "127.0.0.1"
USUAL_PORT: Final = 8766
_LARGEST: Final = 50_000_000
"""Bytes of a request: those of the largest document that can be imported."""
_log = logging.getLogger("blogkit.preview")


class PreviewServer:
    """A preview on this machine.

    Args:
        session: What is shown.
        port: The port; 0 takes any free one, None the usual one, or any if that is in use.

    Attributes:
        access: The address that lets a browser in, and who gets answers.
        pasted: The imports that it shows.

    Raises:
        UsageError: The port is in use.
    """

    def __init__(self, session: PreviewSession, port: int | None = None) -> None:
        self._session = session
        self._socket = _bound(port)
        self.access = Access(self._socket.getsockname()[1])
        self.pasted = PastedPages(session)
        self.app = preview_app(session, self.access, self.pasted)
        self._watcher = Watcher(session)
        self._server: BaseWSGIServer | None = None

    def start(self) -> Self:
        """Begin to look at files and to listen; `serve` answers.

        Returns:
            The server itself.
        """
        with self._socket:
            self._server = make_server(
                HOST,
                self.access.port,
                self.app,
                threaded=True,
                request_handler=_QuietHandler,
                fd=self._socket.fileno(),
            )
        self._session.start()
        self._watcher.start()
        return self

    def serve(self, ready: Callable[[], None]) -> None:
        """Serve in this thread until Ctrl-C or `stop`.

        Args:
            ready: Called when the port is open.

        Raises:
            RuntimeError: It was not started.
        """
        server = self._server
        if server is None:
            raise RuntimeError("start the preview first")
        try:
            ready()
            server.serve_forever(poll_interval=0.05)
        finally:
            self.stop()

    def stop(self) -> None:
        """Close the port and end what runs; a run that publishes ends first."""
        self._watcher.stop()
        self._session.stop()
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError):
                server.socket.shutdown(socket.SHUT_RDWR)
            server.shutdown()
            server.server_close()


def preview_app(
    session: PreviewSession, access: Access, pasted: PastedPages | None = None
) -> Flask:
    """Return the application.

    Args:
        session: What it shows.
        access: Who gets answers.
        pasted: The imports that it shows; None for none at the start.
    """
    app = Flask("blogkit.preview", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST
    app.before_request(lambda: access.refuse(request))
    app.after_request(access.protect)
    app.register_blueprint(pages_blueprint(session, access))
    app.register_blueprint(frames_blueprint(session, access))
    app.register_blueprint(publishing_blueprint(session))
    app.register_blueprint(playground_blueprint(session, access))
    app.register_blueprint(importing_blueprint(access, pasted or PastedPages(session)))
    return app


def _bound(port: int | None) -> socket.socket:
    try:
        return socket.create_server((HOST, USUAL_PORT if port is None else port), backlog=128)
    except OSError as error:
        if port is None and error.errno in (errno.EADDRINUSE, errno.EACCES):
            return _bound(0)
        raise UsageError(
            f"the preview cannot listen on {HOST}:{port}: {reason_of(error)}",
            hint="use `--port 0` to take any free port",
        ) from None


class _QuietHandler(WSGIRequestHandler):
    """Log to the debug log instead of the terminal, and keep the server's version to itself."""

    def version_string(self) -> str:
        """Return what the `Server` header has."""
        return "blogkit"

    # (werkzeug's signature)
    def connection_dropped(self, error: BaseException, environ: Any = None) -> None:  # noqa: ARG002
        """Log a page that was closed."""
        _log.debug("connection dropped: %s", error)

    # (werkzeug's names)
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002, ARG002
        """Log a request, without the token in its address."""
        _log.debug("%s %s", self.command, self.path.partition("?")[0])
