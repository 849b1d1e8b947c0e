"""Decide which requests get an answer, and with which security headers."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import field
from html import escape
from typing import Final
from urllib.parse import quote

from flask import Request, Response

from blogkit.dataclass import dataclass
from blogkit.render.document import Asset

TOKEN: Final = "token"  # noqa: S105  # the parameter's name
TOKEN_HEADER: Final = "X-Blogkit-Token"  # noqa: S105  # the header's name
_OPEN: Final = "/asset/"
"""Images of a post: their address has a secret, because a sandboxed frame sends no cookie."""
_READS: Final = frozenset({"GET", "HEAD"})
_PAGE_POLICY: Final = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "connect-src 'self'; "
    "frame-src 'self'; "
    "base-uri 'none'; "
    "form-action 'none'; "
    "frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; "
    "trusted-types 'none'; "
)
FRAME_POLICY: Final = (
    "sandbox; "
    "default-src 'none'; "
    "style-src 'unsafe-inline'; "
    "img-src 'self' data:; "
    "media-src 'self' data:; "
    "font-src data:; "
    "base-uri 'none'; "
    "form-action 'none'; "
    "frame-ancestors 'self'; "
)
"""For the post itself: styles, and images from here; no script, and nothing from elsewhere."""
_TOKEN_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
}


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True)
class Access:
    """The secrets of one preview, and who may use it.

    Other web pages in the same browser can send requests to this machine, directly or through a
    host name that they point here (https://en.wikipedia.org/wiki/DNS_rebinding), and other users
    of the machine can open the port.

    Attributes:
        port: The port that the browser must name.
        token: Allows one browser in; it is in the address that the command prints.
        cookie: What that browser sends from then on.
        page_token: What a page sends with each request that changes something.
        asset_key: Part of the address of a post's images.
    """

    port: int
    token: str = field(default_factory=_secret, repr=False)
    cookie: str = field(default_factory=_secret, repr=False)
    page_token: str = field(default_factory=_secret, repr=False)
    asset_key: str = field(default_factory=_secret, repr=False)

    def address_of(self, post: str, *, imported: int = 0) -> str:
        """Return the address that lets a browser in.

        Args:
            post: The post to show; empty to choose there.
            imported: The number of an import to show instead; 0 for none.
        """
        shown = f"&post={quote(post)}" if post else f"&import={imported}" if imported else ""
        return f"http://127.0.0.1:{self.port}/?{TOKEN}={self.token}{shown}"

    @property
    def cookie_name(self) -> str:
        """The cookie's name; browsers share cookies between the ports of a host."""
        return f"blogkit-preview-{self.port}"

    @property
    def _hosts(self) -> tuple[str, ...]:
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")

    def refuse(self, request: Request) -> Response | None:
        """Return the answer for a request that is not allowed; None for one that is.

        Args:
            request: The request.
        """
        host = request.headers.get("Host", "")
        if host not in self._hosts:
            return _refused("blogkit preview answers only at its own address.")
        origin = request.headers.get("Origin")
        if origin not in (None, f"http://{host}"):
            return _refused("blogkit preview does not answer other pages.")
        if request.path.startswith(_OPEN):
            return None
        # https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
        if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            if request.method in _READS and request.path == "/":
                return self._enter(request)  # a link in a mail or a chat
            return _refused("blogkit preview does not answer other pages.")
        if TOKEN in request.args:
            return self._enter(request)
        if not _equal(request.cookies.get(self.cookie_name, ""), self.cookie):
            return _refused("Open the address that blogkit preview printed.")
        if request.method in _READS:
            return None
        if origin is None or not _equal(request.headers.get(TOKEN_HEADER, ""), self.page_token):
            return _refused("Reload the page, and try again.")
        return None

    def _enter(self, request: Request) -> Response:
        """Exchange the token for a cookie, so that it is not in the page's address."""
        if request.path != "/" or not _equal(request.args.get(TOKEN, ""), self.token):
            return _refused("Open the address that blogkit preview printed.")
        target = "/?post=" + quote(post) if (post := request.args.get("post", "")) else "/"
        if (number := request.args.get("import", "")).isdecimal():
            target = f"/import?number={int(number)}"
        # Not a redirect: after one that began on another site, browsers send no strict cookie
        # (https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-strict-and-lax-enforcement).
        page = (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>blogkit preview</title>'
            f'<meta http-equiv="refresh" content="0;url={escape(target)}">'
            f'<p><a href="{escape(target)}">Open the preview</a></p></html>\n'
        )
        answer = Response(page, mimetype="text/html")
        answer.set_cookie(self.cookie_name, self.cookie, httponly=True, samesite="Strict", path="/")
        return answer

    def asset_url(self, asset: Asset) -> str:
        """Return the address of a local file of a post.

        Args:
            asset: The file.
        """
        return f"{_OPEN}{self.asset_key}/{asset.sha256}/{quote(asset.path.name)}"

    def allows_assets(self, key: str) -> bool:
        """Return whether an image's address has the secret part.

        Args:
            key: That part.
        """
        return _equal(key, self.asset_key)

    @staticmethod
    def protect(response: Response) -> Response:
        """Add the security headers that a response does not set itself.

        Args:
            response: The response.

        Returns:
            The same response.
        """
        for name, value in _TOKEN_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def _equal(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


def _refused(reason: str) -> Response:
    return Response(f"{reason}\n", 403, mimetype="text/plain")
