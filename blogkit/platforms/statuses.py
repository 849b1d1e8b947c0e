"""Finer states of posts than `State` has. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.errors import Problem, Rejected
from blogkit.platforms.base import Remote, State, Target

PRIVATE_STATUS, PENDING_STATUS = "private", "pending"
"""Live for the blog's own people only, and a draft that waits for an editor."""
PUBLIC = "publish"
"""Live for everybody."""
_WORDS = {State.LIVE: PUBLIC, State.DRAFT: "draft"}
_CANNOT = {
    PRIVATE_STATUS: ("private posts", "leave it as a draft: publish: draft"),
    PENDING_STATUS: ("posts that wait for an editor", "write publish: draft"),
}


def word_of(remote: Remote) -> str:
    """Return the word for a post's state, as in `Target.status`."""
    return remote.status or _WORDS.get(remote.state, str(remote.state))


def unknown_status(target: Target | None, platform: str) -> Iterator[Problem]:
    """Yield a problem if a post should get a status that a platform lacks.

    Args:
        target: The state it should get.
        platform: The platform's name, for messages.
    """
    if target and target.status in _CANNOT:
        what, hint = _CANNOT[target.status]
        yield Problem("", 0, f"{platform} has no {what}", hint, "status")


def refuse_status(target: Target, platform: str, site: str) -> None:
    """Check that a platform has a status: without it, a private post would be public.

    Args:
        target: The state to reach.
        platform: The platform's name, for messages.
        site: The site's name, for messages.

    Raises:
        Rejected: It has not.
    """
    for problem in unknown_status(target, platform):
        raise Rejected(f"site {site}: {problem.message}", site=site, hint=problem.hint)
