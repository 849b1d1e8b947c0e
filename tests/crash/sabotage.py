"""Switch off one of blogkit's safeguards in this process, to see that the torture notices.

A torture that finds nothing proves something only if it finds what happens without a safeguard.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from blogkit.http import client
from blogkit.platforms.wordpress import routes
from blogkit.platforms.wordpress.reading import Looks
from blogkit.project import build
from blogkit.project.duplicates import similarity, untracked
from blogkit.sync import renames
from blogkit.sync.execute import dispatch


def _copies(module: Any = build) -> None:
    """Take every file for a post of its own, whatever its name, title and text."""
    module.copies = lambda *_: {}
    similarity.find_alike = lambda *_: {}
    untracked.similar_posts = lambda *_: {}
    renames.find_renames = lambda _actions, _memories, _former: {}


def _clones(module: Any = dispatch) -> None:
    """Let a new post go live without a look for that of another run."""
    module.settle_duplicates = lambda _attempt: None


def _caches(module: Any = routes) -> None:
    """Believe what a cache has kept, as most programs do."""
    ways = module.ways
    client._PAST_CACHES = {}
    module.ways = lambda address, **how: ways(address, **{**how, "decides": False})
    module.secrets = SimpleNamespace(token_hex=lambda _: "always the same")
    Looks.refuse_older = lambda *_: None


SABOTAGES = {"copies": _copies, "clones": _clones, "caches": _caches}
