"""Preflight checks: read posts once more right before they are overwritten.

Several are read at once where the site supports it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from blogkit.errors import BlogkitError, NotFound
from blogkit.platforms.base import Platform, Ref, Remote, State
from blogkit.platforms.conflicts import require_unchanged

MAX_AGE_SECONDS = 2.0
"""So old a look may be when the write follows. Neither Blogger nor WordPress supports
conditional writes (https://github.com/WP-API/WP-API/issues/1856).
"""


class PreflightChecks:
    """Preflight checks of a run's posts, shared by its workers.

    Args:
        platform: The site.
        refs: The posts that the run will overwrite, in order.
        ticks: A clock in seconds that never goes back.
    """

    def __init__(
        self,
        platform: Platform,
        refs: Sequence[Ref],
        *,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._platform = platform
        self._ahead = dict.fromkeys(refs)  # not looked at again yet
        self._asked: set[Ref] = set()  # being checked by another writer
        self._seen: dict[Ref, tuple[float, Remote]] = {}
        self._ticks = ticks
        self._alone = platform.capabilities.max_concurrency == 1
        self._few = 2 * platform.capabilities.max_concurrency
        # Several writers would all wait for a large first batch; each one is twice the last.
        self._most = platform.capabilities.batch_size if self._alone else self._few // 2
        self._used = 0  # looks of the last request that were not too old
        self._changed = threading.Condition()

    @property
    def batched(self) -> bool:
        """Return whether the site returns several posts in one request."""
        return self._platform.capabilities.batch_size > 1

    def require_unchanged(self, seen: Remote) -> Remote:
        """Return a post as it is now, if it is as the plan saw it.

        Args:
            seen: The post as the plan saw it.

        Raises:
            Conflict: Its content changed.
            NotFound: It is gone.
        """
        now = self._now(seen.ref) if self.batched else self._platform.get(seen.ref)
        require_unchanged(seen, now, self._platform.name)
        return now

    def _now(self, ref: Ref) -> Remote:
        with self._changed:
            self._ahead.pop(ref, None)
            # Another worker's request includes this post.
            while ref in self._asked:
                self._changed.wait()
            seen = self._seen.pop(ref, None)
            known = seen is not None and self._is_fresh(seen[0])
            self._used += known
            batch = self._batch(ref, known=known)
        found = self._look(batch, needed=not known) if batch else {}
        if seen is not None and known:
            return seen[1]
        return found[ref] if ref in found else self._missing(ref)

    def _missing(self, ref: Ref) -> Remote:
        """Ask for a post that was not among several: it is gone, in the trash, or damaged."""
        with suppress(NotFound):
            post = self._platform.get(ref)
            if post.state is not State.TRASHED:
                return post
        raise NotFound(
            f"{ref.kind} {ref.id} on site {self._platform.name} no longer exists",
            site=self._platform.name,
            status=404,
        )

    def _batch(self, ref: Ref, *, known: bool) -> list[Ref]:
        """Return the posts to read next: this one, and following ones that no worker needs yet."""
        # Read ahead only while little is left: a reading older than `MAX_AGE_SECONDS` is useless.
        # But a large batch takes long, and the other writers need enough posts meanwhile.
        little = self._few if self._alone else max(self._few, self._most // 2)
        if known and (self._asked or len(self._seen) > little):
            return []
        self._pace()
        most = self._most - (0 if known else 1)
        ahead = [other for other in self._ahead if other.kind == ref.kind][:most]
        batch = ahead if known else [ref, *ahead]
        for other in ahead:
            del self._ahead[other]
        self._asked.update(batch)
        return batch

    def _pace(self) -> None:
        """Read as many at a time as the site writes before the look is too old."""
        old = [ref for ref, (at, _) in self._seen.items() if not self._is_fresh(at)]
        for ref in old:
            del self._seen[ref]
        self._ahead = dict.fromkeys(old) | self._ahead
        most = max(self._few, self._used) if old else 2 * self._most
        self._most = min(most, self._platform.capabilities.batch_size)
        self._used = 0

    def _is_fresh(self, at: float) -> bool:
        return self._ticks() - at <= MAX_AGE_SECONDS

    def _look(self, batch: Sequence[Ref], *, needed: bool) -> Mapping[Ref, Remote]:
        """Check posts without blocking other writers.

        Failures for their posts are ignored; they check themselves.
        """
        # Before the request, because the answer may be as old as that.
        at = self._ticks()
        found: Mapping[Ref, Remote] = {}
        try:
            found = self._platform.get_many(batch)
        except BlogkitError:
            if needed:
                raise
        finally:
            with self._changed:
                self._seen.update(
                    {
                        other: (at, remote)
                        for other, remote in found.items()
                        if not needed or other != batch[0]
                    }
                )
                self._asked.difference_update(batch)
                self._changed.notify_all()
        return found
