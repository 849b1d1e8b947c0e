"""Define every error, by whose move is next. Errors are data; `cli/output.py` alone prints them."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with a file.

    Attributes:
        path: The file as the user would type it, relative to the blog's folder if it is inside.
        line: From 1; 0 means the whole file.
        message: What is wrong and why.
        hint: What to do.
        code: A stable name in kebab case, such as "unknown-widget".
        severity: An error keeps the post from being published, a warning does not.
    """

    path: str
    line: int
    message: str
    hint: str = ""
    code: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


class BlogkitError(Exception):
    """An error that the user can act on.

    Args:
        message: The thing and the reason. It never contains a secret.
        hint: The next step, usually a command.

    Attributes:
        message: The thing and the reason.
        hint: The next step; "" if there is none.
        exit_code: What the command line exits with.
        others: Errors of other sites in the same call.
    """

    exit_code = 1
    others: Sequence[BlogkitError] = ()
    """Errors of other sites in the same call."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(BlogkitError):
    """The command's arguments are not valid."""

    exit_code = 2


class ConfigError(BlogkitError):
    """`blogkit.toml`, `.env` or a stored secret is missing or wrong."""


class MissingSecret(ConfigError):
    """A password or sign-in that a site needs is not stored."""


class ContentError(BlogkitError):
    """All problems of the user's files.

    Args:
        problems: Every problem that was found, at least one.
        hint: The next step, if the problems' own hints do not name it.

    Attributes:
        problems: The problems by file and line.
    """

    def __init__(self, problems: Sequence[Problem], *, hint: str = "") -> None:
        self.problems = tuple(sorted(problems))  # by file and line, however they were found
        super().__init__("\n".join(str(p) for p in self.problems), hint=hint)


class Conflict(BlogkitError):
    """The live post changed since blogkit last saw it; nothing was written."""

    exit_code = 4


class StalePlan(Conflict):
    """A file or a post changed after the plan was made; nothing was written."""


class LimitExceeded(BlogkitError):
    """The plan changes more live posts than the caller allows; nothing was sent."""


class LostHistory(BlogkitError):
    """The journal knows nothing of a blog that has posts of this folder; nothing was sent."""


class JournalError(BlogkitError):
    """The journal cannot be read or written (full disk, newer version, damaged, locked)."""


class AlreadyRunning(JournalError):
    """Another blogkit process is publishing in this folder."""


class SiteError(BlogkitError):
    """A site refused or failed.

    Args:
        message: The site, the reason, and what was sent.
        site: The site's name in blogkit.toml.
        status: The HTTP status; 0 if there was none.
        reason: The platform's own words, without secrets.
        hint: The next step.

    Attributes:
        site: The site's name in blogkit.toml.
        status: The HTTP status; 0 if there was none.
        reason: The platform's own words, without secrets.
    """

    def __init__(
        self, message: str, *, site: str = "", status: int = 0, reason: str = "", hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.site = site
        self.status = status
        self.reason = reason


class Unreachable(SiteError):
    """Nothing reached the site (DNS, refused connection, TLS): a retry is safe."""


class OutcomeUnknown(SiteError):
    """The request was sent without a usable response: the write may have happened.

    Never resend it blindly: look for the post first.
    """


class AuthenticationError(SiteError):
    """The site rejects the credentials: wrong, expired or missing.

    Attributes:
        challenge: The header `WWW-Authenticate` of its answer; "" if there was none.
    """

    challenge: str = ""


class PermissionDenied(SiteError):
    """The account is not allowed to do this."""


class NotFound(SiteError):
    """No such post, page, blog or route."""


class Unreadable(SiteError):
    """The site's data about one post is damaged, so the post is left alone.

    Args:
        message: What is damaged, and of which post.
        post_id: The site's id of the post; empty if it is damaged, too.
        key: The key in the post's text; empty if it has none, None if the text is damaged, too.
        site: The site's name in blogkit.toml.
        hint: What to do next.

    Attributes:
        post_id: As given.
        key: As given.
    """

    def __init__(
        self,
        message: str,
        *,
        post_id: str = "",
        key: str | None = None,
        site: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message, site=site, status=200, hint=hint)
        self.post_id = post_id
        self.key = key

    def may_have(self, key: str) -> bool:
        """Return whether the post may be the one with this key."""
        return self.key is None or self.key == key


class SuddenlyEmpty(SiteError):
    """The site shows none of the posts published there.

    It is another blog or account, or its listing fails. Planning on it would publish everything
    again.
    """


class Rejected(SiteError):
    """The site rejected a value of the request (400)."""


class RateLimited(SiteError):
    """The site asks to slow down; nothing was done.

    Args:
        message: The site and its words.
        retry_after: The seconds to wait; None if the site gave no time.
        site: The site's name in blogkit.toml.
        status: The HTTP status: 429, or 403 on Blogger.
        reason: The platform's own words.
        hint: The next step.

    Attributes:
        retry_after: The seconds to wait; None if the site gave no time.
    """

    def __init__(
        self,
        message: str,
        *,
        retry_after: float | None = None,
        site: str = "",
        status: int = 0,
        reason: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message, site=site, status=status, reason=reason, hint=hint)
        self.retry_after = retry_after


class QuotaExhausted(SiteError):
    """Today's quota is used up: stop this site."""


class NewPostsPaused(SiteError):
    """The site takes no new posts for a while; nothing was done, and other changes still work."""


class ImageNotServed(SiteError):
    """Readers do not get an image that was uploaded: its address answers with something else.

    Args:
        message: The image's address, and what it answered.
        url: The address.
        later: Whether that may change by itself.
        gone: Whether the server has no such file.
        hint: The next step.

    Attributes:
        url: The address.
        later: Whether that may change by itself.
        gone: Whether the server has no such file.
    """

    def __init__(
        self, message: str, *, url: str, later: bool = False, gone: bool = False, hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.url = url
        self.later = later
        self.gone = gone


class ServerError(SiteError):
    """A read failed or returned something else than the API's data (5xx, HTML, truncated JSON)."""


class StaleAnswer(ServerError):
    """A read returned an older version of a post than one before, so nothing may depend on it."""


def nearest(word: str, options: Iterable[str]) -> str:
    """Return 'did you mean "x"?' for the option closest to a mistyped word, or "".

    Args:
        word: What the user wrote.
        options: What would be right.
    """
    found = closest(word, options)
    return f'did you mean "{found}"?' if found else ""


def closest(word: str, options: Iterable[str]) -> str:
    """Return the option closest to a mistyped word, or "" if none is close.

    Args:
        word: What the user wrote.
        options: What would be right.
    """
    import difflib  # `--help` makes no mistakes

    return next(iter(difflib.get_close_matches(word, list(options), n=1, cutoff=0.6)), "")


def reason_of(error: OSError) -> str:
    """Return why the operating system failed, without the number that Python puts before it.

    Args:
        error: What the operating system, or a library in its name, raised.
    """
    if error.errno == errno.EADDRINUSE:
        return "another program uses this port"
    # socket.create_server adds "(while attempting to bind on address …)".
    reason = (error.strerror or "").partition(" (while attempting")[0]
    return reason or type(error).__name__
