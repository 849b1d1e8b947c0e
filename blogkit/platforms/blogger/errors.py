"""Google's error bodies, told apart by their reason: a 403 can mean seven things. No I/O.

See https://developers.google.com/blogger/docs/3.0/reference and
https://cloud.google.com/apis/design/errors
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from blogkit.errors import (
    AuthenticationError,
    NewPostsPaused,
    NotFound,
    PermissionDenied,
    QuotaExhausted,
    RateLimited,
    Rejected,
    SiteError,
)
from blogkit.http import Response
from blogkit.times import both_clocks

PAUSE = timedelta(hours=2)
"""After this time at the earliest, new posts were taken again."""
_RATE = {"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"}
_QUOTA = {"quotaExceeded", "dailyLimitExceeded", "dailyLimitExceededUnreg"}
_DISABLED = {"accessNotConfigured", "SERVICE_DISABLED"}
_SCOPE = {"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}
_CONSOLE = re.compile(r"https://console\.\S+?(?=[\s,]|\.\s|$)")


class Forbidden(PermissionDenied):
    """A 403 without a reason: Blogger's limit on new posts, or the account may not do this."""


def new_posts_paused(
    error: Forbidden, site: str, again: datetime, *, created: bool
) -> NewPostsPaused:
    """Return the error for a refused new post.

    After about 20 new posts in an hour Blogger answers 403 without a reason, for at least two
    hours, and takes every other change meanwhile. A creation every 17 minutes was never
    refused (recorded on three blogs in October 2026).

    Args:
        error: The refusal.
        site: The site's name, for messages.
        again: When new posts may be accepted again, in the blog's time zone.
        created: Whether this run has created a post, so that the account may.
    """
    when = both_clocks(again, again.tzinfo or UTC)
    if created:
        message = f"site {site}: Blogger takes no more new posts for now ({error.reason})"
        hint = f"it limits them to about 20 an hour; run the same command again after {when}"
    else:
        message = error.message
        hint = (
            "check that this Google account may write posts on this blog; if it could before,"
            f" Blogger limits new posts: run the same command again after {when}"
        )
    return NewPostsPaused(message, site=site, status=error.status, reason=error.reason, hint=hint)


def throttled(answer: Response) -> bool:
    """Return whether Blogger refused because of the rate: a 429, or a 403 with that reason."""
    return answer.status == 429 or (answer.status == 403 and bool(_RATE & _reasons(answer)))


def raise_for_blogger(answer: Response, site: str) -> None:
    """Raise the typed error of a refusal; return on success.

    Args:
        answer: Any response.
        site: The site's name, for the message and its hint.

    Raises:
        AuthenticationError: The token is not accepted.
        PermissionDenied: The API is disabled, or the account or token may not do this.
        RateLimited: Too fast; nothing was done.
        QuotaExhausted: The day's quota is used up.
        NotFound: No such post, or a draft that this account may not see.
        Rejected: Any other refusal, such as too many labels.
    """
    if answer.status < 400:
        return
    reasons = _reasons(answer)
    said = answer.summary()
    reason = ", ".join(sorted(reasons)) or f"status {answer.status}"
    kind, hint = _meaning(answer.status, reasons, said, site)
    plain = said.removesuffix(".")
    sentence = f"site {site}: Blogger refused the request ({answer.quote(reason)}): {plain}"
    if kind is QuotaExhausted:
        sentence = f"site {site}: today's quota is used up ({answer.quote(reason)}: {plain})"
    raise kind(
        sentence,
        site=site,
        status=answer.status,
        reason=f"{answer.quote(reason)}: {said}",
        hint=hint,
    )


def _meaning(status: int, reasons: set[str], said: str, site: str) -> tuple[type[SiteError], str]:
    if reasons & _QUOTA:
        return (
            QuotaExhausted,
            # Undocumented, and reported since 2008:
            # https://github.com/google/gdata-java-client/issues/37
            "Blogger allows about 50 new posts a day; run the same command again tomorrow",
        )
    if reasons & _RATE or status == 429:
        return (
            RateLimited,
            "wait a while, then run the same command again; finished posts are not sent again",
        )
    if reasons & _DISABLED:
        console = _CONSOLE.search(said)
        return (
            PermissionDenied,
            (
                "enable the Blogger API in your Google project:"
                f" {console.group() if console else 'console.cloud.google.com'}"
            ),
        )
    if reasons & _SCOPE:
        return PermissionDenied, f"run blogkit login {site}, and leave the box about Blogger ticked"
    if status == 401 or "authError" in reasons:
        return AuthenticationError, f"blogkit login {site}"
    if status == 403:
        return (
            Forbidden,
            (
                "check that this Google account may change the post: authors may change only their"
                " own posts, admins all posts"
            ),
        )
    if status in {404, 410}:
        return NotFound, "it may have been deleted, or it belongs to another account"
    # The message never tells which limit was reached:
    # https://github.com/googleapis/google-api-nodejs-client/issues/1262
    if "labels" in said:
        return (
            Rejected,
            (
                "Blogger allows 20 labels and 200 characters of labels per post, and 5,000"
                " different labels per blog"
            ),
        )
    return Rejected, ""


def _reasons(answer: Response) -> set[str]:
    """Return every reason in an error body.

    The old shape has them in `errors[].reason`, the new one in `details[].reason`.
    """
    try:
        error = answer.decoded()["error"]
        entries = [*error.get("errors", ()), *error.get("details", ())]
        return {
            str(entry["reason"])
            for entry in entries
            if isinstance(entry, dict) and entry.get("reason")
        }
    except (KeyError, TypeError, AttributeError):
        return set()
