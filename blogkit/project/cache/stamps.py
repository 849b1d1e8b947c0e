"""Name everything that a result depends on, beside the files of the post itself."""

from __future__ import annotations

import hashlib
import os
import site as site_packages
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import blogkit
from blogkit.config import Config, Site
from blogkit.errors import ConfigError
from blogkit.project.cache.database import CacheFile
from blogkit.project.cache.signatures import files_in, program
from blogkit.project.connect import Settings
from blogkit.signatures import signature

if TYPE_CHECKING:
    from blogkit.sanitizers.profiles import Profile

NOT_RENDERED = frozenset({"title", "state", "schema", "notify", "left_out", "sites", "schedules"})
"""Settings that no post renders or checks differently for. Those of sites count for each site."""
ONLY_SENT = frozenset(
    {
        "username",
        "unencrypted_login",
        "min_interval",
        "new_posts_in_a_row",
        "new_posts_per_hour",
        "writers",
        "timeout",
    }
)
"""Settings of a site that only decide how it is spoken to."""


class Stamps:
    """The stamps of one call.

    A setting counts unless it is known not to matter, so that a new one is never forgotten.

    Args:
        settings: The blog's folder, settings and trust.
        file: Knows which packages offer widgets, as long as none is installed or removed.
    """

    def __init__(self, settings: Settings, file: CacheFile) -> None:
        self._settings, self._file = settings, file
        self._sites: dict[tuple[str, Profile], str] = {}

    @cached_property
    def program(self) -> str:
        """The stamp of what depends on blogkit alone."""
        # An interpreter may be replaced under the same path.
        return hashlib.sha256(
            f"{sys.version} {blogkit.__version__}".encode() + program()
        ).hexdigest()

    @cached_property
    def common(self) -> str:
        """The stamp of what depends on the program, the settings, the widgets and the trust."""
        config, trust = self._settings.config, self._settings.trust
        digest = hashlib.sha256(self.program.encode())
        digest.update(_text(config, NOT_RENDERED))
        digest.update(f"{trust.everything} {sorted(trust.widgets.items())}".encode())
        digest.update(os.fsencode(_signed(_packages())))
        offered = self._offered()
        digest.update(str(offered).encode())
        for folder in (config.root / "widgets", *(offered or ())):
            for part in files_in(folder):
                digest.update(part)
        return digest.hexdigest()

    def of(self, site: str, profile: Profile) -> str:
        """Return the stamp of posts on a site.

        Args:
            site: The site's name.
            profile: What it keeps of HTML.
        """
        if (site, profile) not in self._sites:
            self._sites[site, profile] = self._of(site, profile)
        return self._sites[site, profile]

    def _offered(self) -> list[Path] | None:
        """Return the folders of packages with widgets; None if one of them cannot be found."""
        # Such a package may be in any folder, such as one that PYTHONPATH names.
        searched = _signed([*_packages(), *(path or "." for path in sys.path)])
        mark = hashlib.sha256(os.fsencode(f"{sys.version} {searched}")).hexdigest()
        known, _, folders = self._file.noted("packages").partition("\n")
        if known != mark:  # to look for them takes long
            from blogkit.render.widgets.packages import offered

            try:
                folders = "\n".join(str(offer.folder) for offer in offered())
            except ConfigError:
                return None  # rendering reports it, and keeps nothing
            self._file.note("packages", f"{mark}\n{folders}")
        return [Path(folder) for folder in folders.split("\n") if folder]

    def _of(self, site: str, profile: Profile) -> str:
        config = self._settings.config
        own = _text(config.site(site), ONLY_SENT)
        has_slots = bool(config.schedules[site].slots) if site in config.schedules else False
        whole = f"{self.common} {profile} {has_slots} ".encode() + own
        return hashlib.sha256(whole).hexdigest()


def _text(settings: Config | Site, unused: frozenset[str]) -> bytes:
    names = [one.name for one in fields(settings) if one.name not in unused]
    return os.fsencode(repr([(name, getattr(settings, name)) for name in names]))


def _signed(folders: Sequence[str]) -> str:
    """Return folders with their signatures: installing or removing a package changes these."""
    return "\n".join(f"{folder} {signature(folder)}" for folder in folders)


def _packages() -> list[str]:
    """Return the folders in which packages are installed, some with widgets."""
    paths = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    if site_packages.ENABLE_USER_SITE:
        paths.append(site_packages.getusersitepackages())
    return sorted({*paths, *(path for path in sys.path if "-packages" in path)})
