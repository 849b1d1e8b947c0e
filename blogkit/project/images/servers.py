"""Choose pictures by the server that they are on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

_NAMED = 5


def server_in(url: str) -> str:
    """Return the server of an address, with its port if it has one; "" if it is not an address."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


class ChosenServers:
    """The servers whose pictures a person wants, and those on which pictures were found.

    Args:
        asked: The servers as the person wrote them, such as "i.imgur.com" or an address there; none
            means all.
    """

    def __init__(self, asked: Sequence[str]) -> None:
        self._asked = {
            server_in(one) if "//" in one else one.partition("/")[0].lower(): one for one in asked
        }
        self._found: Counter[str] = Counter()

    def has(self, url: str) -> bool:
        """Return whether a picture is on one of them, and count it."""
        server = server_in(url)
        self._found[server] += 1
        return not self._asked or not self._asked.keys().isdisjoint(_names(server))

    def unmatched(self) -> list[str]:
        """Return a sentence for each server that was asked for and has none of these pictures."""
        known = {name for server in self._found for name in _names(server)}
        common = ", ".join(server for server, _ in self._found.most_common(_NAMED))
        more = ", …" if len(self._found) > _NAMED else ""
        where = f"they are on {common}{more}" if common else "they have none"
        return [
            f"no picture of these posts is on {asked}: {where}"
            for name, asked in self._asked.items()
            if name not in known
        ]


def _names(server: str) -> tuple[str, str]:
    """Return what a person may call a server: with its port, and without."""
    return server, server.rpartition("@")[2].partition(":")[0]
