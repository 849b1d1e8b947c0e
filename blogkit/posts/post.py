"""Define a post as its user wrote it: front matter, and a body cut into blocks and widget calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from blogkit.dataclass import dataclass

BlockKind = Literal[
    "paragraph",
    "heading",
    "list",
    "quote",
    "code",
    "table",
    "image",
    "separator",
    "html",
    "widget",
    "footnotes",
]
"""The kinds of top-level block. "html" is raw HTML; "widget" is exactly one call; "image" is a
paragraph of one image.
"""


@dataclass(frozen=True)
class WidgetCall:
    """A widget call: a fence, or a comment in an .html post.

    The fence's info string is `{name} title`; the comment is `<!-- {name} title … -->`.

    Attributes:
        name: The widget's name as written; it may be unknown.
        title: What follows the name on its line.
        text: The content, with its own indentation removed.
        line: The file's line of the opening fence or comment.
        text_line: The file's line of the first line of `text`.
        indent: How many columns were removed from each line of `text`.
    """

    name: str
    title: str
    text: str
    line: int
    text_line: int
    indent: int = 0


@dataclass(frozen=True)
class Block:
    """A top-level piece of a body.

    Attributes:
        kind: What it is.
        parts: Its HTML, if they are joined in order with each call rendered.
        line: The file's line where it begins.
        level: The level of a heading, 1 to 6; 0 for other blocks.
        language: The language of a code block.
        anchor: The id of a heading.
        last: The file's last line of it; 0 if it is not known, or not in one place.
    """

    kind: BlockKind
    parts: tuple[str | WidgetCall, ...]
    line: int
    level: int = 0
    language: str = ""
    anchor: str = ""
    last: int = field(default=0, compare=False)


class Publish(StrEnum):
    """What front matter asks for.

    KEEP (no `publish:`) makes a draft of a new post and leaves an existing one's state. PRIVATE is
    live for the blog's own people, PENDING a draft that waits for an editor; WordPress has both.
    QUEUE takes the next free slot of the site.
    """

    KEEP = "keep"
    DRAFT = "draft"
    LIVE = "live"
    SCHEDULED = "scheduled"
    PRIVATE = "private"
    PENDING = "pending"
    QUEUE = "queue"


@dataclass(frozen=True)
class Recurrence:
    """When a post comes again.

    Attributes:
        every: Days and a time, such as "mon 06:00".
        since: The first day; None for the next one.
        until: The last day; None for ever.
        items: A table in the blog's folder, with one row for each time; "" for none.
        paused: It does not come for now.
    """

    every: str
    since: date | None = None
    until: date | None = None
    items: str = ""
    paused: bool = False


@dataclass(frozen=True)
class Post:
    """One post or page file.

    Attributes:
        path: The file.
        key: The stable identity.
        kind: "post" or "page"; a custom type counts as a post.
        title: Plain text; it may be empty in a post that existed before blogkit.
        body: The source text after the front matter, with LF line endings.
        body_line: The file's line of the body's first line.
        format: How the body is written.
        labels: Labels on Blogger, tags on WordPress.
        categories: Categories on WordPress, labels on Blogger.
        tags: Tags on WordPress, labels on Blogger.
        publish: The state that `publish:` asks for.
        at: The aware time that `publish:` names; None for `now` and the like.
        priority: In the queue, posts with a higher one come first.
        hold: Keep the post out of the queue's slots for now.
        recurrence: When it comes again: the file is a template; None for all other posts.
        template: The key of the template that the post is made of; "" for all other posts.
        note: What a plan tells about it, beside what it does.
        sites: The sites it goes to; () for the default site.
        quiz: As written: a URL, or the name of a pending quiz link; "" if absent.
        excerpt: The summary shown in lists of posts.
        image: The path or URL of the featured image.
        image_alt: The alternative text of that image.
        slug: The last part of the post's address; "" lets the site choose.
        language: The language code; "" for the blog's language.
        settings: Further values, by name; see `blogkit.posts.settings`.
        cleared: The fields that the file empties: "excerpt", "image", "categories" and so on.
        allow: The kinds of active content that it may have.
        type: The site's name of a custom type; "" for posts and pages.
        remote_id: The site's id of a post that existed before blogkit; "" for all others.
        origin: What identifies the post of another blog that the file was imported from.
        old_address: The address that it had there, for exports; "" if slug and date tell it.
        old_date: The date that a draft or page had there, for exports, as the file has it.
        exact: The body of such a post with its own line endings.
        lines: The file's line of each front matter key, for messages.
        parsed: The body's blocks where they are known; see `loader.parse_blocks`.
    """

    path: Path
    key: str
    kind: Literal["post", "page"]
    title: str
    body: str
    body_line: int
    format: Literal["md", "html"]
    labels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    publish: Publish = Publish.KEEP
    at: datetime | None = None
    priority: int = 0
    hold: bool = False
    recurrence: Recurrence | None = None
    template: str = ""
    note: str = ""
    sites: tuple[str, ...] = ()
    quiz: str = ""
    excerpt: str = ""
    image: str = ""
    image_alt: str = ""
    slug: str = ""
    language: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    cleared: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    type: str = ""
    remote_id: str = ""
    origin: str = ""
    old_address: str = ""
    old_date: str = ""
    exact: str = field(default="", repr=False)
    lines: Mapping[str, int] = field(default_factory=dict)
    parsed: tuple[Block, ...] | None = field(default=None, repr=False, compare=False)
