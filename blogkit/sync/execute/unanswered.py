"""Check whether a write without a usable answer arrived. Never resends."""

from __future__ import annotations

from blogkit.errors import BlogkitError, NotFound, OutcomeUnknown, ServerError, SiteError
from blogkit.platforms.base import Ref, Remote
from blogkit.platforms.items import is_copy
from blogkit.sync.execute.attempt import Attempt

NO_ANSWER = (OutcomeUnknown, ServerError)
"""After these errors, a write may have happened, even if the response is unreadable."""


def look_after(attempt: Attempt, error: BlogkitError, ref: Ref | None) -> Remote | None:
    """Look up the post after an ambiguous write.

    Args:
        attempt: The attempt that sent the write.
        error: Why the write has no usable answer.
        ref: Where the post is; None searches for its key.

    Returns:
        The post; None if it does not exist.

    Raises:
        SentUnclear: The site could not be read, either.
    """
    attempt.step("check whether it arrived")
    action, platform = attempt.action, attempt.platform
    try:
        if ref:
            return platform.get(ref)
        found = platform.find(action.key, action.desired.kind)
        return None if found and is_copy(found) else found
    except NotFound:
        return None
    except BlogkitError as second:
        addition = f"checking the site failed too: {second.message}"
        raise attempt.unclear(error, addition, cause=second) from second


def arrived(attempt: Attempt, found: Remote, error: SiteError) -> None:
    """Keep the post that an ambiguous write has made, and note what the site answered.

    Args:
        attempt: The attempt that sent the write.
        found: The post that it made.
        error: Why the write had no usable answer.
    """
    attempt.see(found)
    answered = "gave no usable answer"
    if error.reason:
        answered = f"answered {error.status}: {error.reason.rstrip('.')}"
    site = attempt.action.site
    attempt.notes.append(f"{site} {answered}, but the change had arrived")
