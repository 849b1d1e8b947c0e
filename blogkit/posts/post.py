"""A post as its user wrote it: front matter, and a body cut into blocks and widget calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

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
    """A widget call: a fence whose info string is `{name} title`, or `<!-- {name} title … -->` in
    an .html post.

    text: the content between the fences, its own indentation removed; line: the file's line of the
    opening fence; text_line: the file's line of the first line of `text`; indent: columns removed
    from each line of `text`.
    """

    name: str
    title: str
    text: str
    line: int
    text_line: int
    indent: int = 0


@dataclass(frozen=True)
class Block:
    """A top-level piece of a body. `parts` joined in order, with each call rendered, is its HTML.

    level: of a heading, 1–6; language: of a code block; anchor: of a heading, its id.
    """

    kind: BlockKind
    parts: tuple[str | WidgetCall, ...]
    line: int
    level: int = 0
    language: str = ""
    anchor: str = ""


class Publish(StrEnum):
    """What front matter asks for. KEEP (no `publish:`) makes a draft of a new post and leaves an
    existing one's state.
    """

    KEEP = "keep"
    DRAFT = "draft"
    LIVE = "live"
    SCHEDULED = "scheduled"


@dataclass(frozen=True)
class Post:
    """One post or page file.

    key: stable identity; at: an aware datetime when `publish` names one (None for `now`); sites: ()
    = the default site; quiz: as written (a URL, or the name of a promise), "" if absent; image:
    path or URL of the featured image; body: the source text after the front matter, line endings as
    LF; body_line: the file's line of its first line; allow: kinds of active content that it may
    have; remote_id: the site's id of a post that was
    there before blogkit was, "" for all others; exact: the body of such a post with its own line
    endings; lines: front-matter key → line, for messages about a field; parsed: the body's blocks
    where they are known (see `load.blocks`).
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
    sites: tuple[str, ...] = ()
    quiz: str = ""
    excerpt: str = ""
    image: str = ""
    image_alt: str = ""
    slug: str = ""
    language: str = ""
    allow: tuple[str, ...] = ()
    remote_id: str = ""
    exact: str = field(default="", repr=False)
    lines: Mapping[str, int] = field(default_factory=dict)
    parsed: tuple[Block, ...] | None = field(default=None, repr=False, compare=False)
