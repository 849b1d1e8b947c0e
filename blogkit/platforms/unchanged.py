"""Is a post still what we last saw? Compared by content: sites touch their own time stamps for reasons of their own."""

from __future__ import annotations

import html

from blogkit.errors import ConflictError
from blogkit.platforms.base import Remote


def as_read(text: str) -> str:
    """A title, say, as a reader sees it: sites rewrite entities and white space."""
    return " ".join(html.unescape(text).split())


def changed_fields(expected: Remote, found: Remote) -> list[str]:
    """What a person would call changed between two looks at a post; its state and dates are not content."""
    fields = {
        "title": expected.title != found.title,
        "body": expected.body != found.body,
        "labels": _terms(expected) != _terms(found),
        "excerpt": expected.excerpt != found.excerpt,
        "featured image": expected.featured_id != found.featured_id,
    }
    return [name for name, differs in fields.items() if differs]


def require_unchanged(expected: Remote, found: Remote, site: str) -> None:
    """Raises `ConflictError` that names what somebody else changed."""
    changed = changed_fields(expected, found)
    if changed:
        raise ConflictError(
            f'"{expected.title}" on site {site} changed since blogkit last read it ({", ".join(changed)}); nothing was written',
            hint="compare both versions, then decide which one to keep",
        )


def _terms(remote: Remote) -> tuple[set[str], set[str], set[str]]:
    return set(remote.labels), set(remote.categories), set(remote.tags)
