"""What blogkit asks of a site apart from its posts' content: its people's view, and its state."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Protocol

from blogkit.platforms.base.capabilities import Health
from blogkit.platforms.base.post import Ref, Remote


class SiteAsWhole(Protocol):
    """The part of `Platform` that is about the site as a whole."""

    def editor_of(self, ref: Ref) -> str:
        """Return the address of a post in the site's own editor; "" if it has none.

        May ask the site which blog it is.
        """

    def batch(self) -> AbstractContextManager[None]:
        """Return a context for a run's writes. At its end, lists of posts are up to date, too."""

    def is_public(self, post: Remote) -> bool | None:
        """Return whether readers see a live post now, asked without signing in and past caches.

        Args:
            post: The post, as the site has just shown it.

        Returns:
            None if that cannot be told: the post is for some readers only, or the site shows its
            posts only after signing in.

        Raises:
            SiteError: The site cannot be asked now.
        """

    def start_scheduler(self) -> None:
        """Make a site publish what is due, if its own scheduler needs visitors. May do nothing."""

    def identity(self) -> str:
        """Return an identifier of this blog that outlives its address. May ask the site once."""

    def clock_offset(self) -> timedelta:
        """Return how far the site's clock is ahead of ours.

        Taken from the last response; zero if unknown.
        """

    def health(self) -> Health:
        """Check that the site is reachable, signed in and allowed to post, and compare clocks.

        Returns:
            The checks; problems are among them and not raised.
        """


class ListsItself:
    """A site that keeps its lists of posts up to date by itself."""

    def batch(self) -> AbstractContextManager[None]:
        """Return a context that does nothing."""
        return nullcontext()
