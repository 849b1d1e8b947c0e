"""What a platform can do, what it leaves to a person, and whether it works."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from blogkit.dataclass import dataclass

TermStorage = Literal["labels", "categories-and-tags", "separate"]
"""How a platform stores terms: all as labels; labels as tags; or each as the file names it."""


@dataclass(frozen=True)
class ByHand:
    """What a person has to set, because the site's API cannot.

    Attributes:
        link: The post's editor.
        values: What to set, and to which value.
    """

    link: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Capabilities:
    """What a platform can do, as data. Limits count characters or items; 0 means unknown.

    Attributes:
        slug: Whether the site takes a slug, makes it from a title sent first, or ignores it.
        max_labels_chars: All labels of a post together, without separators.
        min_lead_seconds: How far ahead a scheduled time must be.
        min_interval: Seconds to wait between two creates.
        new_posts_in_a_row: Posts that may be created after each other; 0 for any number.
        new_posts_per_hour: Posts that may be created in each hour after that.
        max_concurrency: Posts that may be written at the same time.
        page_size: Posts in one response of a listing; 0 if a listing costs no more than one post.
        batch_size: Posts that one `get_many` request can return.
        searches: Whether one request finds a key, however many posts the site has.
        marks_ids: Whether the comment with a post's key also carries the post's id, because
            plugins of the site copy posts.
        answers_stored: Whether the answer to a write shows the post as the site stored it, so that
            it need not be read back.
        image_host: What tells the image host, to which a site's local images go, from others; "" if
            the site takes them itself, or if none is set.
        accept: What the user lets the site rewrite: kinds of `blogkit.sanitizers.rewrites`.
        untrashes: Whether a program can take a post out of the trash.
        glances: Whether a listing without texts saves time, and its time stamps tell of edits.
        digests: Whether a listing without texts has their digests.
        custom_types: Whether the site may have types of post beside posts and pages.
        types: Those of them that blogkit works with.
        languages: The languages of a site that lists them one by one.
    """

    slug: Literal["native", "by-title", "none"] = "none"
    excerpt: bool = False
    featured_image: bool = False
    upload: bool = False
    image_host: str = ""
    taxonomy: TermStorage = "labels"
    max_labels: int = 0
    max_labels_chars: int = 0
    min_lead_seconds: int = 0
    min_interval: float = 0.0
    new_posts_in_a_row: int = 0
    new_posts_per_hour: float = 0.0
    max_concurrency: int = 1
    page_size: int = 0
    batch_size: int = 1
    searches: bool = False
    marks_ids: bool = False
    answers_stored: bool = False
    accept: tuple[str, ...] = ()
    untrashes: bool = False
    glances: bool = False
    digests: bool = False
    custom_types: bool = False
    types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Health:
    """The results of `doctor` and `login`.

    Attributes:
        checks: Each check as (name, passed, sentence, fix); `fix` is "" if there is nothing to do.
    """

    checks: tuple[tuple[str, bool, str, str], ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Return whether every check passed."""
        return all(passed for _, passed, _, _ in self.checks)
