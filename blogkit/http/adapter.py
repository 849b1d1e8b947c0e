"""Choose how requests leave this machine: pooled connections, no proxy for its own addresses."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from blogkit.http.limits import SECONDS, bounded_pools
from blogkit.origins import is_loopback

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class DirectAdapter(HTTPAdapter):
    """Sends to this machine without a proxy, which would look for the address on itself.

    Browsers do the same
    (https://chromium.googlesource.com/chromium/src/+/HEAD/net/docs/proxy.md#implicit-bypass-rules);
    requests only does it for hosts that NO_PROXY names
    (https://requests.readthedocs.io/en/latest/user/advanced/#proxies).

    Args:
        seconds: The longest wait for a whole answer; see `limits`.
    """

    def __init__(self, seconds: float) -> None:
        self._pools = bounded_pools(seconds)
        # urllib3 must not repeat anything: only `HttpClient` knows what is safe to repeat
        super().__init__(pool_connections=4, pool_maxsize=32, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Let direct connections end at a deadline."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        """Return a proxy's connections, which end at a deadline."""
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send a request, without its proxies if it goes to this machine.

        Returns:
            The answer; its body is not read if `stream` is true.
        """
        through = {} if is_loopback(urlsplit(request.url or "").hostname or "") else proxies
        return super().send(
            request, stream=stream, timeout=timeout, verify=verify, cert=cert, proxies=through
        )


def mount(session: requests.Session, seconds: float = SECONDS) -> requests.Session:
    """Let a session send everything this way.

    Args:
        session: A session of requests; its adapters for both schemes are replaced.
        seconds: The longest wait for a whole answer; see `limits`.

    Returns:
        The same session.
    """
    adapter = DirectAdapter(seconds)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


@contextmanager
def direct_children(environ: MutableMapping[str, str] = os.environ) -> Iterator[None]:
    """Let programs that are started meanwhile reach this machine without a proxy.

    One of them is the browser in which the user signs in.

    Args:
        environ: The environment that they inherit. It is restored at the end.
    """
    # programs read one of them or the other
    before = {name: environ.get(name) for name in ("no_proxy", "NO_PROXY")}
    known = before["no_proxy"] or before["NO_PROXY"] or ""
    value = ",".join([*([known] if known else []), *_LOOPBACK])
    environ.update(dict.fromkeys(before, value))
    try:
        yield
    finally:
        for name, old in before.items():
            if old is None:
                environ.pop(name, None)
            else:
                environ[name] = old
