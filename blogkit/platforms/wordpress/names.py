"""Find what front matter names on a WordPress site: authors, pages and custom fields.

Each is looked up once a run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from blogkit.errors import (
    Conflict,
    NotFound,
    PermissionDenied,
    Rejected,
    Unreadable,
    nearest,
)
from blogkit.platforms.base import Draft, PostKind, Remote
from blogkit.platforms.settings import META
from blogkit.platforms.wordpress.client import Client
from blogkit.platforms.wordpress.post_types import PostTypes
from blogkit.platforms.wordpress.seo import SEO, seo_advice, seo_setting
from blogkit.platforms.wordpress.settings import wordpress_has
from blogkit.platforms.wordpress.taxonomies.custom import TAXONOMIES
from blogkit.posts.yaml12 import as_written

_ID = re.compile(r"id:([1-9][0-9]{0,17})")
_ME = (("context", "edit"), ("_fields", "id,slug,name,username,capabilities"))
_MOST = 20
"""SiteNames in a message."""


class SiteNames:
    """The names on one site, cached.

    Args:
        client: The site.
        types: Its types of post.
        find: Returns the page with a key.
    """

    def __init__(
        self, client: Client, types: PostTypes, find: Callable[[str, PostKind], Remote | None]
    ) -> None:
        self._client, self._types, self._find = client, types, find
        self._authors: dict[str, str] = {}
        self._pages: dict[str, str] = {}
        self._schemas: dict[str, Mapping[str, Any]] = {}
        self._users: Sequence[Mapping[str, Any]] | None = None
        self._me: Mapping[str, Any] | None = None

    def resolve(self, draft: Draft) -> Draft:
        """Return a draft with ids for names, and values of custom fields in their type.

        Raises:
            Rejected: There is no such name, or this account may not use it.
        """
        found: dict[str, Any] = {}
        for name, value in draft.settings.items():
            if not wordpress_has(name, draft.kind):
                continue
            if name == "author":
                found[name] = self._author(value)
            elif name == "parent":
                found[name] = self._page(value)
            elif name.startswith(META):
                found[name] = self._field(name.removeprefix(META), value, draft)
            elif name.startswith(SEO):
                found[self._seo(name.removeprefix(SEO), draft)] = value
            elif name.startswith(TAXONOMIES):
                continue  # the caller's
            else:
                found[name] = value
        return replace(draft, settings=found)

    # Authors

    def _author(self, name: str) -> str:
        if name not in self._authors:
            self._authors[name] = self._find_author(name)
        return self._authors[name]

    def _find_author(self, name: str) -> str:
        own = self._account()
        if _is_called(own, name):
            return f"id:{own['id']}"
        users = self._listed_users(own)
        known = [user for user in users if _is_called(user, name)]
        if not known and not (_ID.fullmatch(name) and not users):
            names = _few(map(_named, users)) or "the site does not list its authors; use id:3"
            raise Rejected(
                f'author: site {self._client.site} has no author "{name}"',
                site=self._client.site,
                hint=f"authors: {names}" if users else names,
            )
        if own and not own.get("capabilities", {}).get("edit_others_posts"):
            raise Rejected(
                f"author: this account may only write its own posts on site {self._client.site}",
                site=self._client.site,
                hint=f"remove author:, write author: {own.get('slug')}, or sign in as an editor",
            )
        return f"id:{known[0]['id']}" if known else name

    def _account(self) -> Mapping[str, Any]:
        if self._me is None:
            self._me = {}
            with suppress(NotFound, PermissionDenied):  # security plugins remove the route
                data = self._client.get("/wp/v2/users/me", _ME, doing="identify the account").data
                self._me = data if _is_user(data) else {}
        return self._me

    def _listed_users(self, own: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """Return the users who may write posts; logins are shown to administrators only."""
        if self._users is None:
            capabilities = own.get("capabilities")
            sees_all = isinstance(capabilities, dict) and capabilities.get("list_users")
            edit = (("context", "edit"),) if sees_all else ()
            # https://developer.wordpress.org/rest-api/reference/users/#list-users
            asked = (*edit, ("who", "authors"), ("_fields", "id,slug,name,username"))
            self._users = ()
            with suppress(NotFound, PermissionDenied):
                listed = self._client.all("/wp/v2/users", asked, doing="list its authors")
                self._users = [user for user in listed if _is_user(user)]
        return self._users

    # Pages

    def _page(self, name: str) -> str:
        if name in ("", "none"):
            return ""
        if name not in self._pages:
            number = self._page_at(name) or self._page_with(name)
            if not number:
                raise Rejected(
                    f'parent: site {self._client.site} has no page "{name}"',
                    site=self._client.site,
                    hint="write its address (about/team), its file's key, or id:12; a new page must"
                    " be published before the pages below it",
                )
            self._pages[name] = f"id:{number}"
        return self._pages[name]

    def _page_at(self, path: str) -> int:
        """Return the id of the page at an address, or with an id; 0 for none."""
        given = _ID.fullmatch(path)
        fields = ("_fields", "id,slug,parent")
        if given:
            with suppress(NotFound):
                self._client.get(f"/wp/v2/pages/{given[1]}", (fields,), doing="show a page")
                return int(given[1])
            return 0
        *above, slug = path.strip("/").split("/")
        query = (("slug", slug), ("status", "any"), ("context", "edit"), fields)
        for page in self._listed_pages(query):
            parent = page.get("parent")
            if above and parent and self._page_at("/".join(above)) == parent:
                return int(page["id"])
            if not above and not parent:
                return int(page["id"])
        return 0

    def _listed_pages(self, query: tuple[tuple[str, str], ...]) -> Iterable[Mapping[str, Any]]:
        pages = self._client.all("/wp/v2/pages", query, doing="list its pages")
        return [
            page for page in pages if isinstance(page, dict) and isinstance(page.get("id"), int)
        ]

    def _page_with(self, key: str) -> int:
        if "/" in key or _ID.fullmatch(key):
            return 0
        try:
            page = self._find(key, "page")
        except (Conflict, Unreadable) as error:
            message = f"parent: {error.message}"
            raise Rejected(message, site=self._client.site, hint=error.hint) from None
        return int(page.ref.id) if page else 0

    # Custom fields

    def _field(self, name: str, value: Any, draft: Draft) -> Any:
        fields = self._registered(draft)
        if fields is None:
            return value
        if name not in fields:
            known = _few(sorted(fields)) or "none"
            raise Rejected(
                f'meta: site {self._client.site} does not register "{name}" for its REST API',
                site=self._client.site,
                hint=nearest(name, fields)
                or f"register it in a plugin: register_post_meta('{draft.type or draft.kind}',"
                f" '{name}', ['show_in_rest' => true, 'single' => true, 'type' => 'string']);"
                f" registered: {known}",
            )
        schema = fields[name]
        texts = isinstance(schema, dict) and schema.get("type") == "string"
        return as_written(value) if texts and not isinstance(value, dict | list | None) else value

    def _seo(self, name: str, draft: Draft) -> str:
        registered = self._registered(draft) or {}
        found = seo_setting(name, self._schema(draft) or {}, registered)
        if found:
            return found
        if name == "robots":
            raise Rejected(
                f"seo: robots cannot be sent to site {self._client.site}",
                site=self._client.site,
                hint="set it in the editor, in the box of your plugin for search engines, and"
                " remove robots: or leave the site out of sites:",
            )
        only = (("_fields", "namespaces"),)
        data = self._client.get("/", only, doing="describe its REST API").data
        listed = data.get("namespaces") if isinstance(data, dict) else None
        namespaces = [str(one) for one in listed] if isinstance(listed, list) else []
        site = self._client.site
        raise Rejected(
            f"seo: site {site} registers no field for the {name} that search engines show in its"
            " REST API",
            site=site,
            hint=seo_advice(draft.type or draft.kind, namespaces),
        )

    def _registered(self, draft: Draft) -> Mapping[str, Any] | None:
        """Return the schema of each custom field; None if the site does not tell."""
        schema = self._schema(draft)
        if schema is None:
            return None
        meta = schema.get("meta")
        fields = meta.get("properties") if isinstance(meta, dict) else None
        return fields if isinstance(fields, dict) else {}

    def _schema(self, draft: Draft) -> Mapping[str, Any] | None:
        """Return the schema of each field of a type of post; None if the site does not tell."""
        route = self._types.of(draft.kind, draft.type).route
        if route not in self._schemas:
            # https://developer.wordpress.org/rest-api/extending-the-rest-api/schema/
            options, data = (("_method", "OPTIONS"),), None
            with suppress(NotFound, PermissionDenied):  # a firewall; the read-back tells then
                data = self._client.get(route, options, doing="describe its fields").data
            if data is None:
                return None
            for step in ("schema", "properties"):
                data = data.get(step) if isinstance(data, dict) else None
            self._schemas[route] = data if isinstance(data, dict) else {}
        return self._schemas[route]


def _is_user(data: object) -> bool:
    return isinstance(data, dict) and isinstance(data.get("id"), int)


def _is_called(user: Mapping[str, Any], name: str) -> bool:
    """Return whether a user has this id, login or name in addresses."""
    given = _ID.fullmatch(name)
    if given:
        return user.get("id") == int(given[1])
    names = (user.get("username"), user.get("slug"))
    return name.casefold() in {text.casefold() for text in names if isinstance(text, str)}


def _named(user: Mapping[str, Any]) -> str:
    return f"{user.get('username') or user.get('slug')} (id:{user['id']})"


def _few(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:_MOST]) + (", …" if len(listed) > _MOST else "")
