"""Read the tables of `blogkit.toml`, and report every problem in them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from blogkit.config.settings import (
    ACCEPTED,
    CONFIG,
    HOSTED,
    PLATFORMS,
    STATE_PLACES,
    Config,
    Images,
    Site,
)
from blogkit.errors import Problem, nearest

_MOST_WRITERS = 16  # more connections than that look like an attack to a shared host
_LONGEST_TIMEOUT = 3600
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}

_BLOG: dict[str, type] = {
    "title": str,
    "timezone": str,
    "language": str,
    "default_site": str,
    "state": str,
}
_SITE: dict[str, type] = {
    "platform": str,
    "url": str,
    "api_base": str,
    "username": str,
    "blog_id": str,
    "folder": str,
    "body": str,
    "rest": str,
    "types": list,
    "taxonomies": list,
    "lang": str,
    "quiz_url": str,
    "allow_http": bool,
    "unencrypted_login": bool,
    "slug_by_title": bool,
    "min_interval": float,
    "new_posts_in_a_row": int,
    "new_posts_per_hour": float,
    "writers": int,
    "timeout": float,
    "accept": list,
}
_REST = re.compile(r"\?rest_route=|/[a-z0-9/_-]+", re.IGNORECASE)
# https://developer.wordpress.org/reference/functions/register_taxonomy/
_NAME = re.compile(r"[a-z0-9_-]{1,32}")
_BUILT_IN = {"post", "page", "category", "post_tag"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_CHECK = ("off",)
_IMAGES: dict[str, type] = {"max_width": int, "quality": int, "strip": bool}
_TABLES = ("blog", "sites", "schedule", "theme", "check", "images")


class ConfigReader:
    """Collects every problem of the file instead of stopping at the first.

    Args:
        text: The source of the file, for the lines of problems.

    Attributes:
        lines: The lines of the source.
        problems: What was found so far. The settings count only if there are none.
    """

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.problems: list[Problem] = []

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
            sites={name: site for name, site in sites.items() if site},
            theme=self.theme(data.get("theme", {})),
            images=self.images(data.get("images", {})),
            state=self.state(blog.get("state", "journal")),
            checks_off=self.checks_off(data.get("check", {})),
        )

    def state(self, value: str) -> str:
        """Return where the state is kept; report a place that does not exist."""
        if value not in STATE_PLACES:
            self.problem("blog", "state", f'"{value}" is not one of: {", ".join(STATE_PLACES)}')
        return value

    def images(self, raw: Any) -> Images:
        """Return what images may be like; report numbers that are out of range."""
        images = Images(**self.table("images", raw, _IMAGES))
        if images.max_width < 0:
            message = "max_width must be a number of pixels, or 0 for images of any width"
            self.problem("images", "max_width", message)
        if not 1 <= images.quality <= 100:
            self.problem("images", "quality", "quality must be a number from 1 to 100")
        return images

    def site(self, name: str, raw: Any) -> Site | None:
        """Return a site, or what of it can be read.

        Args:
            name: NAME of `[sites.NAME]`.
            raw: The table, not checked yet.
        """
        where = f"sites.{name}"
        # It becomes part of variables, such as BLOGKIT_MAIN_APP_PASSWORD.
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
            self.problem(
                where,
                "",
                f'"{name}" is not a valid site name; use lower-case letters, digits, "-" and "_"',
            )
        table = self.table(where, raw, _SITE)
        lists: dict[str, Any] = {
            "accept": self.accepted(where, table.pop("accept", [])),
            "types": self.names(where, "types", table.pop("types", []), "book"),
            "taxonomies": self.names(where, "taxonomies", table.pop("taxonomies", []), "genre"),
            "lang": self.languages(where, table.pop("lang", "")),
        }
        site = Site(name=name, **lists, **{"platform": "", **table})
        self.platform(where, site)
        self.wordpress(where, site)
        self.numbers(where, site)
        return site

    def platform(self, where: str, site: Site) -> None:
        """Report a platform that does not exist, or what it needs and has not."""
        if site.platform not in PLATFORMS:
            given = f'"{site.platform}"' if site.platform else "missing"
            hint = nearest(site.platform, PLATFORMS) or "one of: " + ", ".join(PLATFORMS)
            self.problem(where, "platform", f"platform is {given}; {hint}")
        elif site.platform == "folder":
            if not site.folder:
                self.problem(
                    where,
                    "folder",
                    'folder is missing: where to write the site, such as folder = "site"',
                )
        else:
            insecure = site.unencrypted_login
            self.address(where, "url", site.url, required=True, allow_http=insecure)
            self.address(where, "api_base", site.api_base, required=False, allow_http=insecure)

    def numbers(self, where: str, site: Site) -> None:
        """Report numbers that are out of range."""
        if site.min_interval is not None and site.min_interval < 0:
            self.problem(
                where, "min_interval", "min_interval must be a number of seconds, 0 or more"
            )
        if site.new_posts_in_a_row is not None and site.new_posts_in_a_row < 0:
            message = "must be a number of new posts, 0 or more; 0 for no limit"
            self.problem(where, "new_posts_in_a_row", f"new_posts_in_a_row {message}")
        if site.new_posts_per_hour is not None and site.new_posts_per_hour <= 0:
            message = "must be a number of new posts, more than 0"
            self.problem(where, "new_posts_per_hour", f"new_posts_per_hour {message}")
        if site.writers is not None and not 1 <= site.writers <= _MOST_WRITERS:
            self.problem(
                where,
                "writers",
                f"writers must be a number from 1 to {_MOST_WRITERS}: how many posts are written at"
                " a time",
            )
        if site.timeout is not None and not 1 <= site.timeout <= _LONGEST_TIMEOUT:
            self.problem(
                where,
                "timeout",
                f"timeout must be a number of seconds from 1 to {_LONGEST_TIMEOUT}: how long an"
                " answer may take",
            )

    def wordpress(self, where: str, site: Site) -> None:
        """Report mistakes in the settings that only WordPress has."""
        if site.platform == "wordpress" and not (site.username or site.at_wordpress_com):
            self.problem(where, "username", "username is missing: the WordPress account that posts")
        if site.body not in ("blocks", "html"):
            self.problem(where, "body", f'body must be "blocks" or "html", not "{site.body}"')
        if site.rest not in ("", HOSTED) and not _REST.fullmatch(site.rest):
            self.problem(
                where,
                "rest",
                f'rest must be "?rest_route=", a path such as "/wp-json/", or "{HOSTED}",'
                f' not "{site.rest}"',
            )

    def accepted(self, where: str, names: list[Any]) -> tuple[str, ...]:
        """Return what the site may rewrite; report what is not a kind of rewrite.

        Args:
            where: The table, as "sites.main".
            names: The setting's values, not checked yet.
        """
        known = ", ".join(ACCEPTED)
        for name in names:
            if name not in ACCEPTED:
                hint = nearest(str(name), ACCEPTED)
                message = f'accept has the unknown kind "{name}"; {hint} kinds: {known}'
                self.problem(where, "accept", message.replace(";  ", "; "))
        return tuple(name for name in names if name in ACCEPTED)

    def names(self, where: str, key: str, values: list[Any], such_as: str) -> tuple[str, ...]:
        """Return a list of WordPress's names; report one that cannot be a name.

        Args:
            where: The table, as "sites.main".
            key: The setting.
            values: The list, not checked yet.
            such_as: An example.
        """
        good = [name for name in values if isinstance(name, str) and _NAME.fullmatch(name)]
        if len(good) < len(values) or _BUILT_IN & {*good}:
            self.problem(
                where, key, f'{key} must be a list of names, such as {key} = ["{such_as}"]'
            )
        return tuple(dict.fromkeys(good))

    def languages(self, where: str, value: str) -> tuple[str, ...]:
        """Return the codes in a text with commas; report one that cannot be a code."""
        codes = [code.strip() for code in value.split(",") if code.strip()]
        if not all(_LANGUAGE.fullmatch(code) for code in codes):
            self.problem(where, "lang", 'lang must be one or more codes: lang = "en,hi"')
        return tuple(dict.fromkeys(codes))

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

    def address(
        self, where: str, key: str, value: str, *, required: bool, allow_http: bool
    ) -> None:
        """Report an address that is missing, is not one, or would expose a password.

        Args:
            where: The table, as "sites.main".
            key: The setting's name.
            value: The address; "" if it is not set.
            required: Whether it must be set.
            allow_http: Whether an address without TLS is accepted on other machines, too.
        """
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
        except ValueError:  # such as "https://[x"
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
                " unencrypted_login = true",
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

    def theme(self, raw: Any) -> dict[str, str]:
        """Return the theme's settings, as written; the renderer checks their names."""
        table = self.mapping("theme", raw)
        for key, value in table.items():
            if not isinstance(value, str):
                self.problem("theme", key, f"{key} must be text in quotes")
        return {key: value for key, value in table.items() if isinstance(value, str)}

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

    def table(self, where: str, raw: Any, keys: Mapping[str, type]) -> dict[str, Any]:
        """Return the settings of a table that have the right type.

        Args:
            where: The table, as "blog".
            raw: The table, not checked yet.
            keys: The settings that it may have, each with its type. A whole number is a float, too.
        """
        table = self.mapping(where, raw)
        self.unknown(where, table, keys)
        good = {}
        for key, value in table.items():
            kind = keys.get(key)
            # `true` is an int in Python
            if kind is float and isinstance(value, int) and not isinstance(value, bool):
                value = float(value)
            if kind and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
                name = {
                    str: "text in quotes",
                    bool: "true or false",
                    list: "a list in brackets",
                    float: "a number",
                    int: "a whole number",
                }[kind]
                self.problem(where, key, f"{key} must be {name}")
            elif kind:
                good[key] = value
        return good

    def mapping(self, where: str, raw: Any) -> dict[str, Any]:
        """Return a table, or an empty one, and a problem, if it is something else.

        Args:
            where: The table, as "blog".
            raw: What the file has there.
        """
        if isinstance(raw, dict):
            return raw
        self.problem(where, "", f"[{where}] must be a table")
        return {}

    def unknown(self, where: str, table: Mapping[str, Any], known: Iterable[str]) -> None:
        """Report unknown settings, each with the nearest name.

        Args:
            where: The table, as "blog"; "" for the whole file.
            table: The settings of the file.
            known: The names that it may have.
        """
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
        """Add a problem.

        Args:
            where: The table, as "blog"; "" for the whole file.
            key: The setting; "" for the table itself.
            message: What is wrong, and what to write.
        """
        self.problems.append(Problem(CONFIG, self.line(where, key), message, code="config"))

    def line(self, where: str, key: str) -> int:
        """Return the line of a key, or of its table; 0 if it is not in the file.

        `tomllib` gives no lines (https://docs.python.org/3/library/tomllib.html), so look for the
        text.

        Args:
            where: The table, as "blog".
            key: The setting; "" for the table itself.
        """
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
