"""The peers that are compared."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.peers import eleventy, hugo, mkdocs, pelican
from benchmarks.peers.base import Peer, Site

PEERS = {
    "hugo": hugo.peer,
    "eleventy": eleventy.peer,
    "mkdocs": mkdocs.peer,
    "pelican": pelican.peer,
}


def peers() -> dict[str, Peer]:
    """Return the peers by name."""
    return {name: make() for name, make in PEERS.items()}


def sites(found: Mapping[str, Peer], count: int) -> dict[str, Site]:
    """Return the sites of the peers."""
    return {peer.title: Site(peer, count) for peer in found.values()}
