"""Read `blogkit.toml`, and report every problem in it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from blogkit.config.images import read_images
from blogkit.config.notify import read_notify
from blogkit.config.schedule import read_schedules
from blogkit.config.settings import STATE_PLACES, Config, Site
from blogkit.config.site_reader import SiteReader
from blogkit.config.words import read_own_words
from blogkit.errors import nearest
from blogkit.patterns import lazy_pattern

_BLOG: dict[str, type] = {
    "title": str,
    "timezone": str,
    "language": str,
    "default_site": str,
    "state": str,
    "schema": str,
}
_CHECK = ("off",)
# PostgreSQL keeps names that begin with pg_ for itself, and blogkit_queue is the workers' own
_SCHEMA = lazy_pattern(r"(?!pg_|blogkit_queue$)[a-z][a-z0-9_]{0,47}")
_TABLES = ("blog", "sites", "schedule", "theme", "words", "check", "images", "notify")
_THEME_TABLES = ("parts", "marks")


class ConfigReader(SiteReader):
    """Reads the whole file."""

    def config(self, root: Path, data: dict[str, Any]) -> Config:
        """Return the settings of a file.

        Args:
            root: The folder that contains the file.
            data: The whole file, as `tomllib` reads it.
        """
        self.unknown("", data, _TABLES)
        blog = self.table("blog", data.get("blog", {}), _BLOG)
        tables = self.mapping("sites", data.get("sites", {}))
        sites = {name: self.site(name, table) for name, table in tables.items()}
        readable = {name: site for name, site in sites.items() if site}
        self.same_blog(site for site in sites.values() if site)
        self.same_secrets(
            name for name, site in sites.items() if site and site.platform != "folder"
        )
        # with one site there is nothing to choose
        default = blog.get("default_site") or (next(iter(sites)) if len(sites) == 1 else "")
        if default and default not in sites:
            self.problem(
                "blog",
                "default_site",
                f"[sites.{default}] does not exist; {nearest(default, sites) or 'add it'}",
            )
        return Config(
            root=root,
            title=blog.get("title", root.name),
            zone=self.zone(blog.get("timezone", "UTC")),
            language=blog.get("language", "en"),
            default_site=default,
            sites=readable,
            theme=self.theme(data.get("theme", {})),
            words=read_own_words(self, data.get("words", {})),
            images=read_images(self, data.get("images", {}), readable),
            state=self.state(blog.get("state", "journal")),
            schema=self.schema(blog.get("schema", "")),
            notify=read_notify(self, data.get("notify", {})),
            checks_off=self.checks_off(data.get("check", {})),
            schedules=read_schedules(self, data),
        )

    def state(self, value: str) -> str:
        """Return where the state is kept; report a place that does not exist."""
        if value not in STATE_PLACES:
            self.problem("blog", "state", f'"{value}" is not one of: {", ".join(STATE_PLACES)}')
        return value

    def schema(self, value: str) -> str:
        """Return the schema of the journal; report one that is not a plain name."""
        if value and not _SCHEMA.fullmatch(value):
            message = "use 1 to 48 small letters, digits and _, and begin with a letter"
            self.problem("blog", "schema", f'"{value}" is not a name for a schema: {message}')
        return value

    def same_blog(self, sites: Iterable[Site]) -> None:
        """Report one blog under two names, which would get every post twice."""
        taken: dict[str, str] = {}
        for site in sites:
            other = taken.setdefault(_blog(site), site.name)
            if other != site.name:
                self.problem(
                    f"sites.{site.name}",
                    "",
                    f"this is the same blog as [sites.{other}], so each post would be published"
                    " twice",
                )

    def same_secrets(self, names: Iterable[str]) -> None:
        """Report names that differ only in "-" and "_": they would share the variables of secrets.

        One site would be sent the other's password.
        """
        taken: dict[str, str] = {}
        for name in names:
            other = taken.setdefault(name.replace("-", "_"), name)
            if other != name:
                self.problem(
                    f"sites.{name}",
                    "",
                    f"this site would share its secrets' variables with [sites.{other}]; choose"
                    " another name",
                )

    def zone(self, name: str) -> ZoneInfo:
        """Return the time zone of this name; UTC, and a problem, if there is none."""
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.problem(
                "blog",
                "timezone",
                f'"{name}" is not a time zone; write one such as Asia/Kolkata or Europe/Berlin',
            )
            return ZoneInfo("UTC")

    def theme(self, raw: Any) -> dict[str, Any]:
        """Return the theme's settings, as written; the renderer checks their names."""
        table = self.mapping("theme", raw)
        for key, value in table.items():
            if key in _THEME_TABLES:
                self.mapping(f"theme.{key}", value)
            elif not isinstance(value, str):
                self.problem("theme", key, f"{key} must be text in quotes")
        kind = dict.fromkeys(_THEME_TABLES, dict)
        return {key: value for key, value in table.items() if isinstance(value, kind.get(key, str))}

    def checks_off(self, raw: Any) -> tuple[str, ...]:
        """Return the codes of checks that are switched off, as written."""
        table = self.mapping("check", raw)
        self.unknown("check", table, _CHECK)
        off = table.get("off", [])
        if not isinstance(off, list) or not all(isinstance(name, str) for name in off):
            self.problem(
                "check",
                "off",
                "off must be a list of names from `blogkit check --list`, such as off ="
                ' ["title-length"]',
            )
            return ()
        return tuple(off)


def _blog(site: Site) -> str:
    """Return what identifies a blog by its settings alone.

    The scheme, "www." and a last slash do not count.
    """
    if site.platform == "folder" or not site.url:
        return (
            f"folder {posixpath.normpath(site.folder)}"
            if site.folder
            else f"nothing yet: {site.name}"
        )
    try:
        parts = urlsplit(site.url)
        api = urlsplit(site.api_base).netloc
    except ValueError:
        return site.url
    return (
        f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')} {api} {site.blog_id}"
    )
