"""Check a WordPress site for `doctor` and `login`: one sentence and one fix for each check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from blogkit.errors import AuthenticationError, BlogkitError, NotFound, PermissionDenied
from blogkit.platforms.base import Health
from blogkit.platforms.wordpress import api
from blogkit.platforms.wordpress.client import Client
from blogkit.platforms.wordpress.errors import SUBMIT

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.wordpress.models import Account, Index

_Check = tuple[str, bool, str, str]

_ACCOUNT = "/wp/v2/users/me"

_NOT_RUN_LIVE: _Check = (
    "WordPress.com",
    True,
    (
        "blogkit's support was made from the public documentation, and was not run against"
        " WordPress.com; try it with a draft first"
    ),
    "",
)

_SKEW = 30.0
"""Seconds by which two clocks may differ before a time that is close becomes another one."""


def keeps_raw_html(client: Client) -> bool:
    """Return whether this account's HTML is stored as sent.

    A post's links tell. `capabilities` do not see DISALLOW_UNFILTERED_HTML, and are asked only if
    there is no post yet.
    """
    newest = (("context", "edit"), ("status", "any"), ("per_page", "1"), ("_fields", "id,_links"))
    posts = client.get("/wp/v2/posts", newest, doing="list its posts").data
    if isinstance(posts, list) and posts:
        return api.may_post_raw_html(posts[0])
    try:
        return bool(_account(client).capabilities.get("unfiltered_html"))
    except (NotFound, PermissionDenied):
        # Security plugins remove the users of the REST API. What is not known is not kept.
        return False


def wordpress_health(client: Client, now: datetime, zone: tzinfo) -> Health:
    """Run all checks.

    Args:
        client: The site; its errors become failed checks.
        now: The present time, to compare with the site's.
        zone: The user's time zone, to compare with the site's.

    Returns:
        The checks, after at most five requests.
    """
    from blogkit.platforms.wordpress.models import Index

    try:
        reply = client.get(
            "/",
            (("_fields", "name,url,home,gmt_offset,timezone_string,authentication,namespaces"),),
            doing="describe itself",
        )
        index = reply.read(Index, "description of the site")
    except AuthenticationError as error:
        return Health(
            (
                ("reachable", True, f"{client.address} answers", ""),
                ("signed in", False, error.message, error.hint),
            )
        )
    except BlogkitError as error:
        return Health((("reachable", False, error.message, error.hint),))
    # WordPress.com lists the namespaces of its own server.
    if "wp/v2" not in index.namespaces and not client.at_wordpress_com:
        fix = (
            "set `url` in blogkit.toml to the blog's front page; if it already is, a plugin has"
            " disabled the REST API"
        )
        return Health(
            (("reachable", False, f"{client.address} does not offer WordPress's REST API", fix),)
        )
    checks: list[_Check] = [
        ("reachable", True, f'{client.address} is the WordPress "{index.name}"', "")
    ]
    offered = client.at_wordpress_com or bool(index.authentication)
    checks += [
        _NOT_RUN_LIVE if client.at_wordpress_com else _offered(offered),
        *_signed_in(client, offered),
        _cache(client),
        _clock(reply.date, now),
        _zone(index, zone, now),
    ]
    return Health(tuple(checks))


def _account(client: Client) -> Account:
    from blogkit.platforms.wordpress.models import Account

    reply = client.get(
        _ACCOUNT,
        (("context", "edit"), ("_fields", "name,roles,capabilities")),
        doing="identify the account",
    )
    return reply.read(Account, "account")


def _offered(offered: bool) -> _Check:
    if offered:
        return "application passwords", True, "the site accepts application passwords", ""
    fix = (
        "serve the site over https; if it already is, allow application passwords in its security"
        " plugin"
    )
    return (
        "application passwords",
        False,
        "application passwords are switched off on this site",
        fix,
    )


def _signed_in(client: Client, offered: bool) -> list[_Check]:
    try:
        account = _account(client)
        raw = keeps_raw_html(client)
    except AuthenticationError as error:
        return [("signed in", False, error.message, _sign_in_fix(client, error, offered))]
    except BlogkitError as error:
        return [("signed in", False, error.message, error.hint)]
    roles = ", ".join(account.roles) or "no role"
    # A wrong password is treated as no password, so a public read proves nothing; `users/me` needs
    # an account.
    may = account.capabilities
    kept = (
        "HTML is kept as sent"
        if raw
        else "HTML is filtered (no script, style or form): widgets use their strict form"
    )
    return [
        ("signed in", True, f"as {account.name} ({roles})", ""),
        *([_may_publish(may, roles), _may_upload(may)] if may else []),
        ("raw HTML", True, kept, ""),
    ]


def _sign_in_fix(client: Client, error: AuthenticationError, offered: bool) -> str:
    if not offered:
        return _offered(False)[3]
    if "doctor" not in error.hint:
        return error.hint
    return (
        f"run blogkit login {client.site} with a new application password (WordPress: Users →"
        " Profile), and set `username` to the login; if both are right, the web server drops"
        " the Authorization header: for Apache with CGI, `SetEnvIf Authorization (.+)"
        " HTTP_AUTHORIZATION=$1` in .htaccess; behind an HTTP login, see “Staging sites” in"
        " docs/sites.md"
    )


def _may_publish(may: Mapping[str, Any], roles: str) -> _Check:
    name = "may publish"
    if may.get("publish_posts"):
        return name, True, "this account may publish posts", ""
    if may.get("edit_posts"):
        fix = f"write {SUBMIT}, or give the account the role Author"
        return name, False, "this account may only write drafts", fix
    message = f"this account may not write posts ({roles})"
    return name, False, message, "give it the role Author"


def _may_upload(may: Mapping[str, Any]) -> _Check:
    if may.get("upload_files"):
        return "may upload", True, "this account may upload images", ""
    return "may upload", False, "this account may not upload images", "give it the role Author"


def _cache(client: Client) -> _Check:
    """Find a cache that keeps answers by their address alone.

    blogkit asks past it, but other programs do not, and it shows drafts to strangers
    (https://github.com/WordOps/WordOps/pull/548).
    """
    try:
        kept = client.shows_strangers(_ACCOUNT, (("_fields", "id"),))
    except BlogkitError:
        kept = False  # the checks before tell what is wrong
    if not kept:
        return "caching", True, "answers to this account are not kept for others", ""
    fix = (
        "exclude /wp-json/ and ?rest_route= from caching in the cache plugin or the host's panel;"
        " blogkit asks past the cache meanwhile"
    )
    return "caching", False, "the host keeps private answers and shows them to anybody", fix


def _clock(theirs: datetime | None, now: datetime) -> _Check:
    if theirs is None:
        return "clock", True, "the site does not report its time", ""
    skew = (theirs - now).total_seconds()
    if abs(skew) <= _SKEW:
        return "clock", True, "the site's clock and this machine's agree", ""
    side = "ahead of" if skew > 0 else "behind"
    return (
        "clock",
        False,
        f"the site's clock is {abs(skew):.0f} s {side} this machine's",
        "synchronise both clocks (NTP); schedules depend on them",
    )


def _zone(index: Index, zone: tzinfo, now: datetime) -> _Check:
    """Compare time zones. A difference is harmless: times are sent in UTC."""
    name = index.timezone_string or f"UTC{index.gmt_offset:+g}"
    ours = now.astimezone(zone).utcoffset()
    same = ours is not None and ours.total_seconds() == index.gmt_offset * 3600
    more = (
        ""
        if same
        else f"; your posts use {zone}; WordPress shows the same moments in its own time zone"
    )
    return "time zone", True, f"the site's time zone is {name}{more}", ""
