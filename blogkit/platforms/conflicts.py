"""Detect changes of a post by its content, because sites change their time stamps for other
reasons.
"""

from __future__ import annotations

from blogkit.errors import Conflict
from blogkit.html import decode
from blogkit.platforms.base import Remote


def as_read(text: str) -> str:
    """Return a text, such as a title, as readers see it: sites rewrite entities and whitespace."""
    return " ".join(decode(text).split())


def changed_fields(expected: Remote, found: Remote) -> list[str]:
    """Return the changed content fields of a post. State and dates are not content."""
    fields = {
        "title": expected.title != found.title,
        "body": expected.body != found.body,
        "labels": _terms(expected) != _terms(found),
        "excerpt": expected.excerpt != found.excerpt,
        "featured image": expected.featured_id != found.featured_id,
    }
    return [name for name, differs in fields.items() if differs]


def require_unchanged(expected: Remote, found: Remote, site: str) -> None:
    """Raise `Conflict` with the fields that changed on the site."""
    changed = changed_fields(expected, found)
    if changed:
        raise Conflict(
            f'"{expected.title}" on site {site} changed since blogkit last read it'
            f" ({', '.join(changed)}); nothing was written",
            hint="compare both versions, then decide which one to keep",
        )


def _terms(remote: Remote) -> tuple[set[str], set[str], set[str]]:
    return set(remote.labels), set(remote.categories), set(remote.tags)
