"""Check a blog on Blogger for `doctor` and `login`, in one request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from blogkit.errors import (
    AuthenticationError,
    BlogkitError,
    ConfigError,
    NotFound,
    SiteError,
    Unreachable,
)
from blogkit.http import Response, parse_http_date
from blogkit.platforms.base import Health

# A schedule that is off by less goes unnoticed.
MAX_SKEW = timedelta(minutes=2)
_Check = tuple[str, bool, str, str]


def blogger_health(
    site: str, ask_role: Callable[[], Response], clock: Callable[[], datetime], zone: ZoneInfo
) -> Health:
    """Run the checks in order.

    Args:
        site: The site's name, for messages.
        ask_role: Sends the one request, for the account's role, and returns a successful response.
        clock: The present time, to compare with the response's `Date`.
        zone: The time zone of `blogkit.toml`, to compare with the blog's.

    Returns:
        The checks up to the first that fails.
    """
    try:
        answer = ask_role()
        data = answer.json(site)
    except BlogkitError as error:
        return Health(tuple(_up_to(error)))
    info = data if isinstance(data, dict) else {}
    checks = [*_GOOD, _role(info), *_zone(info, zone)]
    checks.append(
        (
            "raw HTML",
            True,
            "Blogger does not tell what it keeps; blogkit reads each post back and compares",
            "",
        )
    )
    skew = _skew(answer, clock())
    if skew is not None:
        fix = "set this machine's clock, or schedules will be off"
        checks.append(
            (
                "clock",
                abs(skew) <= MAX_SKEW,
                f"this machine's clock and Blogger's are {abs(skew.total_seconds()):.0f} s apart",
                fix,
            )
        )
    return Health(tuple(checks))


_GOOD: tuple[_Check, ...] = (
    ("reachable", True, "Blogger answers", ""),
    ("signed in", True, "Blogger accepts the sign-in", ""),
    ("blog", True, "the blog exists", ""),
)


def _up_to(error: BlogkitError) -> list[_Check]:
    """Return the checks that an error proves passed, and the failed one."""
    failed = ("reachable", "signed in", "blog", "role")
    if isinstance(
        error, ConfigError
    ):  # a secret is missing: nothing was asked, so nothing is known of the rest
        return [("signed in", False, error.message, error.hint)]
    if isinstance(error, Unreachable):
        step = 0
    elif isinstance(error, AuthenticationError):
        step = 1
    elif isinstance(error, NotFound):
        step = 2
    else:
        step = 3 if isinstance(error, SiteError) and error.status == 403 else 0
    return [*_GOOD[:step], (failed[step], False, error.message, error.hint)]


def _role(data: Mapping[str, object]) -> _Check:
    info = data.get("blog_user_info")
    role = str(info.get("role", "")) if isinstance(info, dict) else ""
    may = role in {"ADMIN", "AUTHOR"}
    own = " (as an author: only its own posts)" if role == "AUTHOR" else ""
    sentence = f"the account may post here{own}" if may else "the account may only read this blog"
    return (
        "role",
        may,
        sentence,
        (
            "ask the blog's owner to invite this Google account as an author (Blogger: Settings,"
            " Permissions)"
        ),
    )


def _zone(data: Mapping[str, object], zone: ZoneInfo) -> list[_Check]:
    """Compare the blog's zone with ours, as far as its times tell.

    Blogger writes times in the blog's zone, which is Pacific time for a new blog, and names it
    nowhere.
    """
    blog = data.get("blog")
    try:
        theirs = datetime.fromisoformat(str(blog["updated"])) if isinstance(blog, dict) else None
    except (KeyError, ValueError):
        theirs = None
    if theirs is None or theirs.utcoffset() is None:
        return []
    ours = theirs.astimezone(zone)
    same = ours.utcoffset() == theirs.utcoffset()
    message = f"the blog's times are at UTC{theirs.isoformat()[-6:]}"
    if not same:
        message += (
            f", and those of {zone.key} at UTC{ours.isoformat()[-6:]}: dates on the page are others"
            " than you expect"
        )
    fix = f"choose the zone of {zone.key} in Blogger: Settings, Formatting, Time zone"
    return [("time zone", same, message, fix)]


def _skew(answer: Response, now: datetime) -> timedelta | None:
    theirs = parse_http_date(answer.headers.get("Date", ""))
    return now - theirs if theirs else None
