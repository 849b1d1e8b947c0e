"""The names of the fields that are compared."""

from __future__ import annotations

EXCERPT, IMAGE, SLUG, CATEGORIES = "excerpt", "featured image", "slug", "categories"
COMPARED = frozenset({"title", "body", "labels", CATEGORIES, EXCERPT})
"""The fields of which `differences` can tell that they are as we mean; of others only that they
are there.
"""
