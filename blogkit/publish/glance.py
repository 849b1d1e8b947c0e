"""The last look before a post is overwritten, for several posts at a time where the site answers for several in one request."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from blogkit.errors import NotFound
from blogkit.platforms.base import Platform, Ref, Remote
from blogkit.platforms.unchanged import require_unchanged

SECONDS = 2.0
"""So old a look may be when the write follows. Neither Blogger nor WordPress can be asked to write only what nobody has changed
(https://github.com/WP-API/WP-API/issues/1856)."""


class Glances:
    """Looks at posts of a run again, each right before it is written; shared by the run's writers.

    refs: the posts that the run will overwrite, in order; ticks: seconds that only ever grow.
    """

    def __init__(self, platform: Platform, refs: Sequence[Ref], *, ticks: Callable[[], float] = time.monotonic) -> None:
        self._platform = platform
        self._waiting = dict.fromkeys(refs)
        self._seen: dict[Ref, tuple[float, Remote]] = {}
        self._ticks = ticks
        self._lock = threading.Lock()

    @property
    def together(self) -> bool:
        """The site answers for several posts in one request."""
        return self._platform.capabilities.looks > 1

    def require_unchanged(self, seen: Remote) -> Remote:
        """The post as it is now. Raises `ConflictError` if its content is no longer as it was seen, `NotFound` if it is gone."""
        with self._lock:
            self._waiting.pop(seen.ref, None)
            at, now = self._seen.pop(seen.ref, (float("-inf"), None))
            if now is None or self._ticks() - at > SECONDS:
                now = self._look(seen.ref)
        require_unchanged(seen, now, self._platform.name)
        return now

    def _look(self, ref: Ref) -> Remote:
        if not self.together:
            return self._platform.get(ref)
        ahead = [other for other in self._waiting if other.kind == ref.kind][: self._platform.capabilities.looks - 1]
        at = self._ticks()
        found = self._platform.again([ref, *ahead])
        self._seen.update({other: (at, remote) for other, remote in found.items() if other != ref})
        if ref not in found:
            raise NotFound(f"{ref.kind} {ref.id} on site {self._platform.name} is gone", site=self._platform.name, status=404)
        return found[ref]
