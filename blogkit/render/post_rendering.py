"""What is known, and what is collected, while one post is rendered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import count
from pathlib import Path

from blogkit.errors import Problem
from blogkit.posts.post import Post
from blogkit.render.assets import Assets
from blogkit.render.formats.pieces import PieceMarker
from blogkit.render.headings import Heading
from blogkit.render.looks.theme import Theme
from blogkit.render.phrases.lookup import Phrases, Words
from blogkit.render.widgets.registry import Registry
from blogkit.sanitizers.profiles import Profile


@dataclass(eq=False)  # it fills up while the post is read, and is never compared
class PostRendering:
    """The fixed values of rendering one post, and what rendering collects.

    Attributes:
        root: The blog's folder.
        place: The post's path in it, for messages.
        url: The mock test's address; "" while it is pending.
        link: What the post or the site has for it: an address, the name of a pending link, or "".
        source: The body, to find the line of an image.
        pieces: What marks pieces in other languages.
        words: The blog's own words, by language.
        headings: Of the post, for widgets that list them.
        problems: Collected problems.
        sheets: Collected enhancements, by widget.
        files: Collected files that widgets read.
        waiting: Collected lines without an address.
        size: The length of the widgets' HTML so far.
        ids: Counts the widgets' ids.
    """

    post: Post
    registry: Registry
    profile: Profile
    theme: Theme
    root: Path
    place: str
    assets: Assets
    language: str
    phrases: Phrases
    pieces: PieceMarker
    words: Mapping[str, Words]
    right_to_left: bool
    allow_open: bool
    allow_http: bool
    url: str = ""
    link: str = ""
    source: str = ""
    headings: tuple[Heading, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    sheets: dict[str, str] = field(default_factory=dict)
    files: set[Path] = field(default_factory=set)
    waiting: list[int] = field(default_factory=list)
    size: list[int] = field(default_factory=lambda: [0])
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    def complain(self, line: int, message: str, hint: str, code: str) -> None:
        """Add a problem of the post's file."""
        self.problems.append(Problem(self.place, line, message, hint, code))

    def line_of(self, words: str, start: int) -> int:
        """Return the first line from `start` on that contains this text."""
        offset = max(start - self.post.body_line, 0)
        return next(
            (n for n, text in enumerate(self._lines[offset:], start) if words in text), start
        )

    @cached_property
    def _lines(self) -> list[str]:
        return self.source.split("\n")

    def new_id(self) -> str:
        """Return a page-unique element id."""
        return f"{id_prefix(self.post.key)}{next(self.ids)}"

    def isolated(self, html: str) -> str:
        """Return HTML with Latin names kept in order if the post runs from right to left."""
        if not self.right_to_left:
            return html
        from blogkit.render.formats.isolation import isolated  # most languages never need it

        return isolated(html)


@lru_cache(maxsize=64)  # each widget of a post has an id
def id_prefix(key: str) -> str:
    """Return what the ids of a post's elements begin with.

    On an index page, several posts share one document, where an id must be unique
    (https://html.spec.whatwg.org/multipage/dom.html#the-id-attribute).

    Args:
        key: The post's key.
    """
    return f"bk-{hashlib.sha256(key.encode()).hexdigest()[:4]}-"
