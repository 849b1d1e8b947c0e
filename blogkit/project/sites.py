"""The sites that one call works with, and those that cannot be used in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blogkit.errors import BlogkitError, ConfigError, SiteError
from blogkit.project.connect import Settings, connect

if TYPE_CHECKING:
    from blogkit.platforms.base import Platform
    from blogkit.sanitizers.profiles import Profile


@dataclass
class Sites:
    """Connect to each site when it is first used.

    Attributes:
        settings: What connections are made from.
        connected: The connections so far; they outlive a call.
        unavailable: Sites that failed in this call, and why; the others go on.
    """

    settings: Settings
    connected: dict[str, Platform]
    unavailable: dict[str, BlogkitError] = field(default_factory=dict)

    def platform(self, name: str) -> Platform:
        """Return a site's adapter, connected once."""
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

    def default_profile(self, name: str) -> Profile:
        """Return what a site of this platform keeps at least; sends no request."""
        from blogkit.sanitizers import profiles

        known = {"blogger": profiles.BLOGGER, "folder": profiles.FOLDER}
        return known.get(self.settings.config.site(name).platform, profiles.STRICT)
