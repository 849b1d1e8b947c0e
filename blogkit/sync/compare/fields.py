"""The names of the fields that are compared, and how a post compares in them."""

from __future__ import annotations

from blogkit.dataclass import dataclass

EXCERPT, IMAGE, SLUG, CATEGORIES = "excerpt", "featured image", "slug", "categories"
COMPARED = frozenset({"title", "body", "labels", CATEGORIES, EXCERPT})
"""The fields of which `differences` can tell that they are as we mean; of others only that they
are there.
"""


@dataclass(frozen=True)
class Comparison:
    """How a post compares with the expected content.

    Attributes:
        fields: The ones that differ.
        losses: What the site did not keep, as sentences. Additional labels are not a loss.
        notes: What it added or rewrote without harm, or as the user accepts, as sentences.
        unexplained: Of the fields, those that differ in more than the notes tell.
    """

    fields: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()
