"""Name what only Blogger's editor can set: its API has no field for it. Pure."""

from __future__ import annotations

from blogkit.platforms.base import ByHand, Draft, Ref, Remote, State

SET_BY_HAND = frozenset({"seo"})
"""The keys of front matter that a person sets in the editor."""


def blogger_by_hand(draft: Draft, remote: Remote, blog: str, *, makes_address: bool) -> ByHand:
    """Return what is to be set in the editor of a post.

    Args:
        draft: The post as its file wants it.
        remote: The post on the blog.
        blog: The blog's number.
        makes_address: Whether blogkit makes the address from the slug.
    """
    values = []
    description = str(draft.settings.get("seo.description") or draft.excerpt)
    if description:
        values.append(("search description", description))
    if robots := draft.settings.get("seo.robots"):
        values.append(("custom robots tags", str(robots)))
    # The permalink of a post that readers have seen cannot be changed any more.
    unseen = remote.state in (State.DRAFT, State.SCHEDULED)
    if draft.slug and unseen and not makes_address and remote.slug != draft.slug:
        values.append(("permalink", draft.slug))
    return ByHand(editor_address(blog, remote.ref), tuple(values))


def editor_address(blog: str, ref: Ref) -> str:
    """Return the address of a post in Blogger's editor.

    Args:
        blog: The blog's number.
        ref: The post.
    """
    return f"https://www.blogger.com/blog/{ref.kind}/edit/{blog}/{ref.id}"
