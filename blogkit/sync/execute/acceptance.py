"""Tell which rewrites of a site a user may accept, where it changed nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from blogkit.platforms.base import Remote
from blogkit.sanitizers.rewrites import REWRITES
from blogkit.sync.compare import Expected, compare


def kinds_to_accept(expected: Expected, remote: Remote) -> Sequence[str]:
    """Return the kinds of rewrites without which nothing would be lost; () if more was.

    Args:
        expected: What the site should show.
        remote: What it shows.
    """
    anyway = [kind for kind in expected.accept if kind not in REWRITES]

    def loses(kinds: Sequence[str]) -> bool:
        return bool(compare(replace(expected, accept=(*anyway, *kinds)), remote).losses)

    if loses(tuple(REWRITES)):
        return ()
    return [kind for kind in REWRITES if loses([other for other in REWRITES if other != kind])]
