"""Servers, as scheme, host and port: which one an address is on.

https://www.rfc-editor.org/rfc/rfc6454#section-4
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from blogkit.patterns import lazy_pattern

GOOGLE = ("https://blogger.googleapis.com", "https://oauth2.googleapis.com")
"""Where Blogger's secrets may always go: the API, and the server that renews its tokens."""

WORDPRESS_COM = "https://public-api.wordpress.com"
"""Where the secrets of a site that WordPress.com hosts may always go: its API and sign-in.

https://developer.wordpress.com/docs/api/oauth2/
"""

GITHUB = "https://api.github.com"
"""Where a token of GitHub may always go: its API."""

AMAZON_S3 = "https://s3.amazonaws.com"
"""Where the keys of a bucket may always go. They sign requests, and are not sent themselves."""

SANDBOX = "sandbox"
"""The one value that servers on this machine get unasked: it opens nothing."""

_PORTS = {"http": 80, "https": 443}

# Programs disagree about who is addressed by `https://a.example\@b.example`: urlsplit says b,
# urllib3 says a. Nothing that could be read in two ways is an origin.
_PLAIN = lazy_pattern(r"(?:[^\s\x00-\x20\x7f\\/?#@:\[\]%<>\x22]+|\[[\da-fA-F:.]+\])(?::\d+)?")


def origin_of(url: str) -> str:
    """Return the origin of an address in one spelling.

    `HTTPS://A.example:443/x` is on `https://a.example`.

    Args:
        url: An absolute address with `http` or `https`.

    Raises:
        ValueError: The address names no host, or another scheme.
    """
    parts = urlsplit(url)
    # The dot at the end of a full domain name does not change which server it is.
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
