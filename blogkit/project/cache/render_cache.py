"""The render cache: what each file rendered to last time, so that unchanged ones are not read."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.config import Config
from blogkit.paths import is_text
from blogkit.project.cache.database import CacheFile
from blogkit.project.cache.entry import CacheEntry, entry_of
from blogkit.project.cache.stamps import Stamps
from blogkit.project.checks.results import pending_choice
from blogkit.project.options import PublishOptions
from blogkit.project.sites import Sites
from blogkit.signatures import signature

if TYPE_CHECKING:
    from blogkit.project.builds.one_file import SitePost
    from blogkit.sanitizers.profiles import Profile


class RenderCache:
    """The cache of one call.

    Args:
        config: The blog's folder and settings.
        sites: Asked which HTML each site keeps, which decides how posts render.
        file: The cache.
        options: What the caller decided. Unused if they change what posts render to.
        online: The sites may be asked; otherwise their last answer is used.

    Attributes:
        profiles: What sites keep of HTML, as far as it was needed.
    """

    def __init__(
        self,
        config: Config,
        sites: Sites,
        file: CacheFile,
        options: PublishOptions,
        *,
        online: bool,
    ) -> None:
        self._config, self._sites = config, sites
        self._file, self._only, self._online = file, options.site, online
        self._pending = pending_choice(allowed=options.allow_pending_quiz)
        self._is_used = file.db is not None and not options.changes_content
        self._root = f"{config.root}{os.sep}"
        self.profiles: dict[str, Profile] = {}
        self._stamps = Stamps(sites.settings, file)
        self._stamp = cache(self._stamp_of)  # one for each site, asked for with each post
        self._new: list[tuple[object, ...]] = []
        self._opened = time.time_ns()
        if self._is_used:
            # Before anything is read: a change while reading must not count as what was read.
            _ = self._stamps.common

    @classmethod
    @contextmanager
    def open(
        cls, config: Config, sites: Sites, options: PublishOptions, *, online: bool
    ) -> Iterator[RenderCache]:
        """Open the project's cache, and write what is new when all went well."""
        with CacheFile.open(config.private) as file:
            kept = cls(config, sites, file, options, online=online)
            yield kept
            kept.save()

    def entries(self, signatures: Mapping[Path, str]) -> dict[Path, list[CacheEntry]]:
        """Return what is known of these files.

        A file is left out if it, or anything that its posts were made from, has changed.
        """
        if not self._is_used:
            return {}
        known: dict[str, list[CacheEntry]] = {}
        for path, *values in self._file.rows("file", [*map(self._name, signatures)]):
            known.setdefault(str(path), []).append(CacheEntry(*values))  # type: ignore[arg-type]
        found = {}
        others: dict[str, str] = {}
        for source, mark in signatures.items():
            entries = known.get(self._name(source))
            if entries and self._are_current(entries, mark, others):
                chosen = [entry for entry in entries if self._only in ("", entry.site)]
                if chosen:
                    found[source] = chosen
        return found

    def keep(self, path: Path, made: Sequence[SitePost]) -> None:
        """Keep what a file rendered to for all its sites, from the end of the call on."""
        if not self._is_used or self._only:
            return
        own = signature(path, settled=self._opened)
        rows = []
        for one in made:
            needs = {str(file): signature(file, settled=self._opened) for file in one.files}
            if not own or "unsettled" in (own, *needs.values()) or not all(map(is_text, needs)):
                return
            entry = entry_of(
                one.desired,
                one.problems,
                stamp=self._stamp(one.desired.site),
                signature=own,
                needs="\n".join(f"{mark}\t{file}" for file, mark in needs.items()),
                pending=self._pending if one.waits else "",
            )
            rows.append((self._name(path), *vars(entry).values()))
        self._new += rows  # of all its sites, or none: the others would count as all

    def profile(self, site: str) -> Profile:
        """Return what a site keeps of HTML, as far as it is known."""
        if site not in self.profiles:
            known = self._ask(site) if self._online else self._remembered(site)
            self.profiles[site] = known or self._sites.default_profile(site)
        return self.profiles[site]

    def _are_current(self, entries: Sequence[CacheEntry], own: str, others: dict[str, str]) -> bool:
        now = self._sites.settings.clock()
        for entry in entries:
            if entry.signature != own or entry.site not in self._config.sites:
                return False
            if entry.pending not in ("", self._pending):
                return False
            if entry.stamp != self._stamp(entry.site) or not entry.is_as_of(now):
                return False
            for line in entry.needs.split("\n") if entry.needs else ():
                mark, _, name = line.partition("\t")
                if name not in others:
                    others[name] = signature(Path(name))
                if others[name] != mark:
                    return False
        return True

    def save(self) -> None:
        """Write what is new."""
        # A file may go to other sites than before.
        self._file.forget("file", list({str(row[0]) for row in self._new}))
        self._file.replace("file", self._new)

    def _name(self, path: Path) -> str:
        return str(path).removeprefix(self._root)

    def _stamp_of(self, site: str) -> str:
        return self._stamps.of(site, self.profile(site))

    def _ask(self, site: str) -> Profile | None:
        if site in self._sites.unavailable:
            return None
        with self._sites.tolerating(site):
            found = self._sites.platform(site).profile()
            major, minor = found.wordpress
            self._file.note(f"profile {site}", f"{found.name} {major}.{minor}")
            return found
        return None

    def _remembered(self, site: str) -> Profile | None:
        from blogkit.sanitizers.profiles import PROFILES

        name, _, version = self._file.noted(f"profile {site}").partition(" ")
        if name not in PROFILES:
            return None
        try:
            major, minor = map(int, version.split("."))
        except ValueError:  # written by another program
            return None
        return replace(PROFILES[name], wordpress=(major, minor))
