"""Which servers a secret may be sent to.

`blogkit.toml` lies in a folder that others may have written, and it names the address that requests
go to. A secret therefore carries the origins (scheme, host and port) that it was stored for, and
goes nowhere else (https://www.rfc-editor.org/rfc/rfc6454#section-4).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from blogkit.errors import ConfigError

GOOGLE = ("https://blogger.googleapis.com", "https://oauth2.googleapis.com")
"""Where Blogger's secrets may always go: the API, and the server that renews its tokens."""

SANDBOX = "sandbox"
"""The one value that servers on this machine get unasked: it opens nothing."""

_PORTS = {"http": 80, "https": 443}

# Programs disagree about who is addressed by `https://a.example\@b.example`: urlsplit says b,
# urllib3 says a. Nothing that could be read in two ways is an origin.
_PLAIN = re.compile(r"(?:[^\s\x00-\x20\x7f\\/?#@:\[\]%<>\x22]+|\[[\da-fA-F:.]+\])(?::\d+)?")


def origin_of(url: str) -> str:
    """Return the origin of an address in one spelling.

    `HTTPS://A.example:443/x` is on `https://a.example`.

    Args:
        url: An absolute address with `http` or `https`.

    Raises:
        ValueError: The address names no host, or another scheme.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removesuffix(".")
    if parts.scheme not in _PORTS or not host or not _PLAIN.fullmatch(parts.netloc):
        raise ValueError("not the address of a server")
    shown = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{shown}{port}"


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine.

    Args:
        host: A name or an IP address without brackets; `localhost` and its subdomains never leave
            the machine (https://www.rfc-editor.org/rfc/rfc6761#section-6.3).
    """
    host = host.lower().removesuffix(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    # Older Pythons do not take `::ffff:127.0.0.1` for loopback:
    # https://github.com/python/cpython/issues/117566
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def require_origin(
    site: str, what: str, value: str, origins: Iterable[str], url: str, pin: str = ""
) -> None:
    """Refuse to send a secret to a server that it was not stored for.

    Args:
        site: The site's name in `blogkit.toml`.
        what: The secret and its place, such as "the app password in the system keyring".
        value: The secret itself; it is not quoted.
        origins: Where it may go.
        url: Where it would go now.
        pin: The variable that names an origin, for a secret from the environment.

    Raises:
        ConfigError: `url` is on another server; both origins and the way to allow it are named.
    """
    target = origin_of(url)
    allowed = tuple(dict.fromkeys(origins))
    if target in allowed:
        return
    if value == SANDBOX and is_loopback(urlsplit(url).hostname or ""):
        return
    allow = f"blogkit login {site} --origin {target}"
    if not allowed:
        raise ConfigError(
            f"site {site}: {what} is bound to no address yet, and is not sent to {target}",
            hint=f"if that is your blog, set {pin}={target} beside it, or run: {allow}",
        )
    raise ConfigError(
        f"site {site}: {what} is for {' and '.join(allowed)} only, and is not sent to {target}",
        hint=f"check `url` and `api_base` in blogkit.toml; if {target} is yours, run: {allow}",
    )
