"""The user's folder: where it is, the settings in `blogkit.toml`, which files are posts. Values
flow from here down as arguments.
"""

from __future__ import annotations

import logging
import os
import posixpath
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from blogkit.errors import ConfigError, ContentError, Problem, UsageError, nearest
from blogkit.paths import is_text, shown, why_left_out

_log = logging.getLogger("blogkit.config")

CONFIG = "blogkit.toml"
PLATFORMS = ("blogger", "wordpress", "folder")
SOURCES = (".md", ".html")
_MOST_WRITERS = 16
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}

_BLOG: dict[str, type] = {"title": str, "timezone": str, "language": str, "default_site": str}
_SITE: dict[str, type] = {
    "platform": str,
    "url": str,
    "api_base": str,
    "username": str,
    "blog_id": str,
    "folder": str,
    "body": str,
    "quiz_url": str,
    "allow_http": bool,
    "slug_by_title": bool,
    "min_interval": float,
    "writers": int,
}
_CHECK = ("off",)
_TABLES = ("blog", "sites", "schedule", "theme", "check")


@dataclass(frozen=True)
class Site:
    """One `[sites.NAME]` table.

    url: the blog's address; api_base: another address for the API (the sandbox); folder: relative
    to the workspace, for platform "folder"; body: "blocks" or "html" (WordPress); quiz_url: the
    default mock-test address; allow_http: quiz addresses and a WordPress site without TLS are
    accepted; slug_by_title: Blogger's three-step permalink; min_interval: seconds between creates,
    writers: posts written at a time, None = the platform's default.
    """

    name: str
    platform: str
    url: str = ""
    api_base: str = ""
    username: str = ""
    blog_id: str = ""
    folder: str = ""
    body: str = "blocks"
    quiz_url: str = ""
    allow_http: bool = False
    slug_by_title: bool = False
    min_interval: float | None = None
    writers: int | None = None


@dataclass(frozen=True)
class Config:
    """The folder that contains `blogkit.toml`, and the settings in that file."""

    root: Path
    title: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    language: str = "en"
    default_site: str = ""
    sites: Mapping[str, Site] = field(default_factory=dict)
    theme: Mapping[str, str] = field(default_factory=dict)
    checks_off: tuple[str, ...] = ()
    left_out: dict[str, Problem] = field(default_factory=dict, compare=False, repr=False)
    """Files that no command works with because of their names, as far as they were met."""

    @property
    def private(self) -> Path:
        """Return the folder of the journal and the cache, which is never committed."""
        return self.root / ".blogkit"

    def site(self, name: str) -> Site:
        """Return the site of this name. Raises `UsageError` with the nearest name."""
        if name in self.sites:
            return self.sites[name]
        known = ", ".join(self.sites) or "none yet"
        hint = nearest(name, self.sites) or f"sites in {CONFIG}: {known}"
        raise UsageError(f'no site is named "{name}" in {self.root / CONFIG}', hint=hint)

    def sources(self, paths: Sequence[Path] = ()) -> list[Path]:
        """Return the post and page files: those named (folders are searched), or all of `posts/`
        and `pages/`.
        """
        if not paths:
            return self._named([*_files(self.root / "posts"), *_files(self.root / "pages")])
        found: dict[Path, None] = {}
        for path in paths:
            if path.is_dir():
                found.update(dict.fromkeys(_files(path.resolve())))
            elif path.is_file():
                found[path.resolve()] = None
            else:
                raise UsageError(
                    f"no such file: {path}",
                    hint=(
                        "name a post file or a folder, or omit the argument to select all posts and"
                        " pages"
                    ),
                )
        outside = [path for path in found if not path.is_relative_to(self.root)]
        if outside:
            raise UsageError(
                f"{outside[0]} is outside your blog's folder, {self.root}",
                hint="move it to posts/, or use -C DIR",
            )
        if found and all(map(self._is_odd, found)):
            reason, hint = why_left_out(str(next(iter(found)).relative_to(self.root)))
            raise UsageError(
                f"{self.relative(next(iter(found)))} cannot be used: {reason}", hint=hint
            )
        return self._named(list(found))

    def _is_odd(self, path: Path) -> bool:
        """Whether its name, as far as it is this workspace's, is not text."""
        return not is_text(str(path)[len(str(self.root)) :])

    def _named(self, files: list[Path]) -> list[Path]:
        """Those whose names are text. The others are noted in `left_out`, and logged once."""
        odd = [path for path in files if self._is_odd(path)]
        for path in odd:
            place = self.relative(path)
            if place not in self.left_out:
                reason, hint = why_left_out(str(path.relative_to(self.root)))
                self.left_out[place] = Problem(
                    place, 0, f"left out: {reason}", hint, "file-name", "warning"
                )
                _log.warning("%s is left out: %s; %s", place, reason, hint)
        return [path for path in files if path not in odd] if odd else files

    def relative(self, path: Path) -> str:
        """Return a path as the user would type it from the blog's folder."""
        return shown(path.relative_to(self.root) if path.is_relative_to(self.root) else path)


def discover(start: Path) -> Config:
    """Return the blog's folder around `start`, found upwards.

    Raises `ConfigError` if there is none or its file is wrong.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return load_config(folder)
    raise ConfigError(
        f"no {CONFIG} in {start} or above it",
        hint="run: blogkit init   (to start a blog in this folder)",
    )


def load_config(root: Path) -> Config:
    """Read `blogkit.toml` in `root`. Raises `ConfigError` (not TOML, not UTF-8) or
    `ContentError` with every problem in it.
    """
    path = root / CONFIG
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{path}: not UTF-8 (byte {error.start})", hint="save the file as UTF-8"
        ) from error
    except tomllib.TOMLDecodeError as error:
        said, _, place = str(error).partition(" (at line ")
        line = f":{place.split(',')[0]}" if place else ""
        raise ConfigError(
            f"{path}{line}: not valid TOML: {said}",
            hint='text values need quotes: url = "https://…"',
        ) from error
    except OSError as error:
        raise ConfigError(
            f"cannot read {path}: {error.strerror}", hint="check its permissions"
        ) from error
    reader = _Reader(text)
    workspace = reader.workspace(root, data)
    if reader.problems:
        raise ContentError(reader.problems)
    return workspace


def _files(folder: Path) -> list[Path]:
    def refuse(error: OSError) -> None:  # a folder that cannot be looked into is not an empty one
        raise ConfigError(
            f"cannot read {error.filename}: {error.strerror}", hint="check its permissions"
        )

    if not folder.is_dir():
        return []
    # As texts as long as possible: an archive may have ten thousand posts.
    found = [
        f"{where}{os.sep}{name}"
        for where, _, names in os.walk(folder, onerror=refuse)
        for name in names
        if name.endswith(SOURCES) and not name.startswith((".", "_"))
    ]
    return [
        Path(name)
        for name in sorted(found, key=lambda name: name.split(os.sep))  # noqa: PTH206
        if os.path.isfile(name)  # noqa: PTH113
    ]


def _blog(site: Site) -> str:
    """Return what identifies a blog by its settings alone; scheme, "www." and a last slash do
    not count.
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


class _Reader:
    """Collects every problem of the file instead of stopping at the first."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.problems: list[Problem] = []

    def workspace(self, root: Path, data: dict[str, Any]) -> Config:
        self.unknown("", data, _TABLES)
        blog = self.table("blog", data.get("blog", {}), _BLOG)
        tables = self.mapping("sites", data.get("sites", {}))
        sites = {name: self.site(name, table) for name, table in tables.items()}
        self.same_blog(site for site in sites.values() if site)
        self.same_secrets(
            name for name, site in sites.items() if site and site.platform != "folder"
        )
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
            sites={name: site for name, site in sites.items() if site},
            theme=self.theme(data.get("theme", {})),
            checks_off=self.checks_off(data.get("check", {})),
        )

    def site(self, name: str, raw: Any) -> Site | None:
        where = f"sites.{name}"
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
            self.problem(
                where,
                "",
                f'"{name}" is not a valid site name; use lower-case letters, digits, "-" and "_"',
            )
        table = self.table(where, raw, _SITE)
        site = Site(name=name, **{"platform": "", **table})
        if site.platform not in PLATFORMS:
            said = f'"{site.platform}"' if site.platform else "missing"
            hint = nearest(site.platform, PLATFORMS) or "one of: " + ", ".join(PLATFORMS)
            self.problem(where, "platform", f"platform is {said}; {hint}")
        elif site.platform == "folder":
            if not site.folder:
                self.problem(
                    where,
                    "folder",
                    'folder is missing: where to write the site, such as folder = "site"',
                )
        else:
            self.address(where, "url", site.url, required=True, allow_http=site.allow_http)
            self.address(
                where, "api_base", site.api_base, required=False, allow_http=site.allow_http
            )
        if site.platform == "wordpress" and not site.username:
            self.problem(where, "username", "username is missing: the WordPress account that posts")
        if site.body not in ("blocks", "html"):
            self.problem(where, "body", f'body must be "blocks" or "html", not "{site.body}"')
        if site.min_interval is not None and site.min_interval < 0:
            self.problem(
                where, "min_interval", "min_interval must be a number of seconds, 0 or more"
            )
        if site.writers is not None and not 1 <= site.writers <= _MOST_WRITERS:
            self.problem(
                where,
                "writers",
                f"writers must be a number from 1 to {_MOST_WRITERS}: how many posts are written at"
                " a time",
            )
        return site

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
        """Report names that differ only in "-" and "_": one site would be sent the other's
        password.
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

    def address(
        self, where: str, key: str, value: str, *, required: bool, allow_http: bool
    ) -> None:
        if not value:
            if required:
                self.problem(
                    where,
                    key,
                    f"{key} is missing: the blog's address, such as https://example.blogspot.com",
                )
            return
        try:
            parts = urlsplit(value)
            host = parts.hostname
        except ValueError:
            parts, host = urlsplit(""), None
        if parts.scheme not in ("http", "https") or not host:
            self.problem(where, key, f'{key} = "{value}" is not a web address; write https://…')
        elif parts.username or parts.password:
            self.problem(where, key, f"{key} contains a user name or password; put secrets in .env")
        elif parts.scheme == "http" and host not in _LOOPBACK and not allow_http:
            self.problem(
                where,
                key,
                f'{key} = "{value}" would send the password unencrypted; use https, or set'
                " allow_http = true",
            )

    def zone(self, name: str) -> ZoneInfo:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.problem(
                "blog",
                "timezone",
                f'"{name}" is not a time zone; write one such as Asia/Kolkata or Europe/Berlin',
            )
            return ZoneInfo("UTC")

    def theme(self, raw: Any) -> dict[str, str]:
        table = self.mapping("theme", raw)
        for key, value in table.items():
            if not isinstance(value, str):
                self.problem("theme", key, f"{key} must be text in quotes")
        return {key: value for key, value in table.items() if isinstance(value, str)}

    def checks_off(self, raw: Any) -> tuple[str, ...]:
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

    def table(self, where: str, raw: Any, keys: Mapping[str, type]) -> dict[str, Any]:
        table = self.mapping(where, raw)
        self.unknown(where, table, keys)
        good = {}
        for key, value in table.items():
            kind = keys.get(key)
            if kind is float and isinstance(value, int) and not isinstance(value, bool):
                value = float(value)
            if kind and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
                name = {
                    str: "text in quotes",
                    bool: "true or false",
                    float: "a number",
                    int: "a whole number",
                }[kind]
                self.problem(where, key, f"{key} must be {name}")
            elif kind:
                good[key] = value
        return good

    def mapping(self, where: str, raw: Any) -> dict[str, Any]:
        if isinstance(raw, dict):
            return raw
        self.problem(where, "", f"[{where}] must be a table")
        return {}

    def unknown(self, where: str, table: Mapping[str, Any], known: Iterable[str]) -> None:
        known = list(known)
        for key in table:
            if key not in known:
                self.problem(
                    where,
                    key,
                    f'unknown setting "{key}";'
                    f" {nearest(key, known) or 'known: ' + ', '.join(known)}",
                )

    def problem(self, where: str, key: str, message: str) -> None:
        self.problems.append(Problem(CONFIG, self.line(where, key), message, code="config"))

    def line(self, where: str, key: str) -> int:
        """The line of a key, or of its table. TOML's reader gives none, so look for the text."""
        table, found = "", 0
        for number, text in enumerate(self.lines, 1):
            if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", text):
                table = header[1].replace('"', "").replace("'", "")
                if where in (table, "") and (not key or (not where and table.split(".")[0] == key)):
                    return number
                found = number if table == where else found
            elif table == where and key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", text):
                return number
        return found
