"""The sites that one call works with, and those that cannot be used in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from blogkit.errors import (
    AuthenticationError,
    BlogkitError,
    ConfigError,
    MissingSecret,
    SiteError,
    Unreadable,
)
from blogkit.project.connect import Settings, connect
from blogkit.project.live.public import connect_public

if TYPE_CHECKING:
    from blogkit.platforms.base import Platform
    from blogkit.sanitizers.profiles import Profile

_T = TypeVar("_T")


@dataclass
class Sites:
    """Connect to each site when it is first used.

    Attributes:
        settings: What connections are made from.
        connected: The connections so far; they outlive a call.
        unavailable: Sites that failed in this call, and why; the others go on.
        public_allowed: Whether this call may read what readers see of a site if the sign-in has
            ended. A call that writes, or plans to, may not.
        public: The sites that this call reads so, and why signing in failed.
    """

    settings: Settings
    connected: dict[str, Platform]
    unavailable: dict[str, BlogkitError] = field(default_factory=dict)
    public_allowed: bool = False
    public: dict[str, BlogkitError] = field(default_factory=dict)
    _views: dict[str, Platform] = field(default_factory=dict)

    def platform(self, name: str) -> Platform:
        """Return a site's adapter, connected once; its public view if this call reads that."""
        if name in self._views:
            return self._views[name]
        if name not in self.connected:
            self.connected[name] = connect(self.settings.config.site(name), self.settings)
        return self.connected[name]

    @contextmanager
    def tolerating(self, name: str) -> Iterator[None]:
        """Mark a site as unavailable if it fails inside, and go on with the others."""
        try:
            yield
        except (SiteError, ConfigError) as error:
            self.unavailable[name] = error

    def reading(self, name: str, look: Callable[[], _T]) -> _T:
        """Return what `look` finds on a site, or in its public view if the sign-in has ended.

        Args:
            name: The site's name.
            look: Reads the site through `platform`; it may be called twice.

        Raises:
            AuthenticationError: The sign-in has ended, and the public view cannot be read.
            MissingSecret: Nothing is stored to sign in with, and the site has no public view.
        """
        try:
            return look()
        except (AuthenticationError, MissingSecret) as error:
            view = None
            if self.public_allowed and name not in self.public:
                view = connect_public(self.settings.config.site(name), self.settings, error)
            if view is None:
                raise
            self._views[name], self.public[name] = view, error
        try:
            return look()
        except Unreadable:
            raise
        except SiteError as failure:
            del self._views[name]
            signing_in = self.public.pop(name)
            raise AuthenticationError(
                f"{signing_in.message}; {failure.message.removeprefix(f'site {name}: ')}",
                site=name,
                hint=signing_in.hint,
            ) from None

    def default_profile(self, name: str) -> Profile:
        """Return what a site of this platform keeps at least; sends no request."""
        from blogkit.sanitizers import profiles

        known = {"blogger": profiles.BLOGGER, "folder": profiles.FOLDER}
        return known.get(self.settings.config.site(name).platform, profiles.STRICT)
