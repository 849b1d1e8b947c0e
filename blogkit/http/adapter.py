"""How requests leave this machine: pooled connections, and no proxy for addresses of this
machine itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from blogkit.http.messages import is_loopback

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class _Direct(HTTPAdapter):
    """Sends to this machine without a proxy: a proxy elsewhere would look for the address on
    itself.

    Browsers do the same
    (https://chromium.googlesource.com/chromium/src/+/HEAD/net/docs/proxy.md#implicit-bypass-rules);
    requests only does it for hosts that NO_PROXY names
    (https://github.com/psf/requests/issues/4938).
    """

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        through = {} if is_loopback(urlsplit(request.url or "").hostname or "") else proxies
        return super().send(
            request, stream=stream, timeout=timeout, verify=verify, cert=cert, proxies=through
        )


def mount(session: requests.Session) -> requests.Session:
    """Let a session send everything this way."""
    adapter = _Direct(pool_connections=4, pool_maxsize=32, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


@contextmanager
def direct_children(environ: MutableMapping[str, str] = os.environ) -> Iterator[None]:
    """While this lasts, programs that are started reach this machine without a proxy, such as a
    browser in the terminal.
    """
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
