"""Detect by its content that a post changed; sites change time stamps for other reasons."""

from __future__ import annotations

from blogkit.errors import Conflict
from blogkit.platforms.base import Remote, settings_between
from blogkit.platforms.settings import META


def as_read(text: str) -> str:
    """Return a text, such as a title, as readers see it, whatever its entities and white space."""
    from blogkit.html import decode

    return " ".join(decode(text).split())


def term_name(term: str) -> str:
    """Return a term as a site identifies it: existing terms keep their capitals."""
    return as_read(term).casefold()


def changed_fields(expected: Remote, found: Remote) -> list[str]:
    """Return the content fields in which two readings of a post differ.

    Args:
        expected: The post as it was last read.
        found: The post as it is now.

    Returns:
        Names for people, such as "featured image". State and dates are not content.
    """
    fields = {
        "title": expected.title != found.title,
        "body": expected.body != found.body,
        # As sets: sites return terms in an order of their own.
        "labels": _terms(expected) != _terms(found) or _moved(expected, found),
        "excerpt": expected.excerpt != found.excerpt,
        "featured image": expected.featured_id != found.featured_id,
    }
    changed = [name for name, differs in fields.items() if differs]
    # Plugins write their own fields, such as counters, whenever they like.
    settings = settings_between(expected, found)
    return [*changed, *(name for name in settings if not name.startswith(META))]


def require_unchanged(expected: Remote, found: Remote, site: str) -> None:
    """Check that a post is as it was last read.

    Args:
        expected: The post as it was last read.
        found: The post as it is now.
        site: The site's name, for the message.

    Raises:
        Conflict: Content fields differ; the message names them.
    """
    changed = changed_fields(expected, found)
    if changed:
        raise Conflict(
            f'"{expected.title}" on site {site} changed since blogkit last read it'
            f" ({', '.join(changed)}); nothing was written",
            hint="compare both versions, then decide which one to keep",
        )


def _terms(remote: Remote) -> tuple[set[str], set[str], set[str]]:
    return set(remote.labels), set(remote.categories), set(remote.tags)


def _moved(expected: Remote, found: Remote) -> bool:
    """Return whether a post is in other categories, which may have the same names."""
    had, has = set(expected.category_ids), set(found.category_ids)
    return bool(had and has) and had != has
