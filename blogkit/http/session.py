"""The session that sends requests: pooled connections, no cookies, no redirects of its own."""

from __future__ import annotations

from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests

from blogkit.http.adapter import mount


class _Session(requests.Session):
    """A session that leaves redirects to us, and looks for proxies once for each host.

    It would stumble over an invalid target of a redirect. To read the environment for each request
    takes as long as the rest of a short one
    (https://requests.readthedocs.io/en/latest/user/advanced/#proxies).
    """

    def __init__(self) -> None:
        super().__init__()
        self._environments: dict[tuple[str, str], Any] = {}

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return None."""

    def merge_environment_settings(self, url: Any, *given: Any) -> Any:
        """Return what a request is sent with: the environment's proxies and certificates."""
        address = urlsplit(url)
        place = (address.scheme, address.netloc)
        if place not in self._environments:
            self._environments[place] = super().merge_environment_settings(url, *given)
        settings = self._environments[place]
        return {**settings, "proxies": dict(settings["proxies"])}


def new_session(seconds: float) -> requests.Session:
    """Return a session with pooled connections and without cookies.

    Args:
        seconds: How long to wait for an answer.
    """
    session = _Session()
    # A cookie that a site sets must not sign the next request: WordPress answers cookie-signed
    # requests without a nonce with 403
    # (https://developer.wordpress.org/rest-api/using-the-rest-api/authentication/#cookie-authentication).
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return mount(session, seconds)


def keep_authorization(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Return the request: its Authorization header is ours, and not one from ~/.netrc.

    https://requests.readthedocs.io/en/latest/user/authentication/#netrc-authentication
    """
    return request
