"""Read a table `[sites.NAME]` of `blogkit.toml`."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from blogkit.config.settings import ACCEPTED, HOSTED, PLATFORMS, Site
from blogkit.config.tables import TableReader
from blogkit.errors import nearest

_MOST_WRITERS = 16  # more connections than that look like an attack to a shared host
_LONGEST_TIMEOUT = 3600
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
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
_REST = r"(?i:\?rest_route=|/[a-z0-9/_-]+)"
# https://developer.wordpress.org/reference/functions/register_taxonomy/
_NAME = r"[a-z0-9_-]{1,32}"
_BUILT_IN = {"post", "page", "category", "post_tag"}
_LANGUAGE = r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*"


class SiteReader(TableReader):
    """Reads the settings of one site at a time."""

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
        # `read_schedules` reads the table in the table.
        own = {k: v for k, v in raw.items() if k != "schedule"} if isinstance(raw, dict) else raw
        table = self.table(where, own, _SITE)
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
            self.address(where, "url", site.url, required=False, allow_http=True)
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
        if site.rest not in ("", HOSTED) and not re.fullmatch(_REST, site.rest):
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
        good = [name for name in values if isinstance(name, str) and re.fullmatch(_NAME, name)]
        if len(good) < len(values) or _BUILT_IN & {*good}:
            self.problem(
                where, key, f'{key} must be a list of names, such as {key} = ["{such_as}"]'
            )
        return tuple(dict.fromkeys(good))

    def languages(self, where: str, value: str) -> tuple[str, ...]:
        """Return the codes in a text with commas; report one that cannot be a code."""
        codes = [code.strip() for code in value.split(",") if code.strip()]
        if not all(re.fullmatch(_LANGUAGE, code) for code in codes):
            self.problem(where, "lang", 'lang must be one or more codes: lang = "en,hi"')
        return tuple(dict.fromkeys(codes))

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
