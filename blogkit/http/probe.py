"""Ask servers of other people whether a page exists: without credentials, and never in vain.

An address may come from a file that someone else wrote. So no request goes to this machine or a
private network unless the caller allows it; the address that the connection has reached decides,
whatever the name server answers (https://owasp.org/www-community/attacks/Server_Side_Request_Forgery).
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool

from blogkit import __version__
from blogkit.dataclass import dataclass
from blogkit.http.adapter import DirectAdapter
from blogkit.http.connection_errors import connection_reason, never_sent, too_large
from blogkit.http.limits import MAX_BYTES, read_body
from blogkit.http.messages import redact_url
from blogkit.origins import is_loopback

_TIMEOUT = (10.0, 20.0)
_HOPS = 5
_NOT_BY_HEAD = {403, 404, 405, 406, 410, 500, 501, 503}
"""Answers that servers also give because they do not know HEAD, so that GET decides."""


class PrivateAddress(Exception):
    """A connection leads to this machine or a private network.

    It is not an error of the system's: urllib3 would take it for a broken connection.
    """


@dataclass(frozen=True)
class Fetched:
    """What an address answers.

    Attributes:
        status: The HTTP status.
        content: The body.
        type: The media type that the server names, without parameters; "" if none.
    """

    status: int
    content: bytes
    type: str


class Probe:
    """Asks for pages, and reads the status only.

    Args:
        private: Also ask servers on this machine and in private networks.
        timeout: Seconds to connect, and seconds for a whole answer.
    """

    def __init__(self, *, private: bool = False, timeout: tuple[float, float] = _TIMEOUT) -> None:
        self._private, self._timeout = private, timeout
        self._session = requests.Session()
        # Credentials of ~/.netrc belong to other programs.
        self._session.auth = lambda request: request
        adapter = (DirectAdapter if private else _PublicOnly)(timeout[1])
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def __call__(self, url: str) -> tuple[int, str]:
        """Return a page's status and the address that answered, after redirects.

        Args:
            url: The address.

        Raises:
            ProbeError: No server answered, or the address leads to a private network.
        """
        with self._explained():
            status, end = self._status("HEAD", url)
            return self._status("GET", url) if status in _NOT_BY_HEAD else (status, end)

    def read(self, url: str, limit: int) -> bytes:
        """Return what an address answers, after redirects.

        Args:
            url: The address.
            limit: The most bytes to accept.

        Raises:
            ProbeError: No server answered, it answered something else than 200, the answer is too
                large, or the address leads to a private network.
        """
        found = self.fetch(url, limit)
        if found.status != 200:
            raise ProbeError(f"the server answered {found.status}")
        return found.content

    def fetch(self, url: str, limit: int = MAX_BYTES) -> Fetched:
        """Return what an address answers, after redirects, also if it refuses.

        Args:
            url: The address.
            limit: The most bytes to accept.

        Raises:
            ProbeError: No server answered, the answer is too large, an encrypted address redirects
                to one that is not, or the address leads to a private network.
        """
        with self._explained():
            answer, end = self._follow("GET", url)
            with answer:
                kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                if urlsplit(url).scheme == "https" and urlsplit(end).scheme == "http":
                    reason = f"it redirects to {redact_url(end)}, which is not encrypted"
                    raise ProbeError(reason, lasting=True)
                return Fetched(answer.status_code, read_body(answer, limit), kind)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Translate what a request raises."""
        try:
            yield
        except PrivateAddress:
            raise ProbeError("it is in a private network", refused=True) from None
        except requests.RequestException as error:
            if large := too_large(error):
                reason = f"the answer has more than {large.limit / 1_000_000:g} MB"
                raise ProbeError(reason, lasting=True) from None
            raise ProbeError(_reason(error, self._timeout[1])) from None
        except ValueError:  # urllib3 and requests disagree with urlsplit about some addresses
            raise ProbeError("it is not an address", lasting=True) from None

    def _status(self, method: str, url: str) -> tuple[int, str]:
        answer, end = self._follow(method, url)
        answer.close()  # the page itself is not read
        return answer.status_code, end

    def _follow(self, method: str, url: str) -> tuple[requests.Response, str]:
        for _ in range(_HOPS + 1):
            if not self._private:
                _require_public(url)
            answer = self._session.request(
                method,
                url,
                headers={"User-Agent": f"blogkit/{__version__} (link check)"},
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
            )
            target = answer.headers.get("Location", "")
            if not (300 <= answer.status_code < 400 and target):
                return answer, url
            answer.close()
            url = urljoin(url, target)
            if urlsplit(url).scheme not in ("http", "https"):
                raise ProbeError(f"it redirects to {redact_url(url)}", lasting=True)
        raise ProbeError("it redirects in a loop", lasting=True)


class ProbeError(Exception):
    """A page's status is not known.

    Args:
        reason: Why, in words for people.
        refused: Whether nothing was sent, because it is in a private network.
        lasting: Whether the same would happen again.

    Attributes:
        refused: As given.
        lasting: As given; also if nothing was sent.
    """

    def __init__(self, reason: str, *, refused: bool = False, lasting: bool = False) -> None:
        super().__init__(reason)
        self.refused, self.lasting = refused, lasting or refused


def _reason(error: requests.RequestException, seconds: float) -> str:
    if never_sent(error):
        return connection_reason(error)
    if isinstance(error, requests.Timeout):
        return f"no answer within {seconds:g} s"
    return "the connection broke"


def _require_public(url: str) -> None:
    """Refuse what a proxy would reach for us: then only it knows the address."""
    host = urlsplit(url).hostname or ""
    if is_loopback(host) or _is_private(host):
        raise PrivateAddress(host)


def _is_private(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return not (getattr(address, "ipv4_mapped", None) or address).is_global


class _PublicOnly(DirectAdapter):
    """Sends nothing to this machine or a private network. A proxy decides for itself."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Let direct connections check where they lead."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _public_pools(self._pools)


def _public_pools(pools: dict[str, type[HTTPConnectionPool]]) -> dict[str, type]:
    """Return these connection pools, with connections that check where they lead."""

    class Plain(_Checked, pools["http"].ConnectionCls):  # type: ignore[misc]
        pass

    class Encrypted(_Checked, pools["https"].ConnectionCls):  # type: ignore[misc]
        pass

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class EncryptedPool(HTTPSConnectionPool):
        ConnectionCls = Encrypted

    return {"http": PlainPool, "https": EncryptedPool}


class _Checked:
    """A connection that ends before anything is sent if it leads to a private network."""

    def _new_conn(self) -> socket.socket:
        connection: socket.socket = super()._new_conn()  # type: ignore[misc]
        if _is_private(connection.getpeername()[0]):
            connection.close()
            raise PrivateAddress(self.host)  # type: ignore[attr-defined]
        return connection
