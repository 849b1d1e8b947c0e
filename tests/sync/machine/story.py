"""What the machine knows: of each file and its post, and of what people wrote on the blog."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from blogkit.platforms.base import Remote
from tests.sync.blogs import terms
from tests.sync.world import File


@dataclass
class Story:
    """A post's file, and what the machine knows about it.

    gone: the file is not in the workspace; other_key: it bears another name, and so another key;
    pristine: the file of a post that was there before, as it was adopted; undone: a run was undone,
    so that the blog may show an older text until the file's text changes, and an older state until
    its wish does; foreign: its post may be live from before the journal began; touched: people were
    at its post, or what is known of it was lost, so that it may be in conflict.
    """

    file: File
    gone: bool = False
    other_key: bool = False
    pristine: bool = False
    undone: bool = False
    foreign: bool = False
    touched: bool = False

    @property
    def key(self) -> str:
        return self.file.key + "-2" if self.other_key else self.file.key

    @property
    def left(self) -> bool:
        """Nothing in the workspace has the key of its post."""
        return self.gone or self.other_key

    @property
    def named(self) -> File:
        return self.file.but(key=self.key)

    def change(self, **changes: Any) -> None:
        self.file = self.file.but(**changes)
        self.pristine = False


@dataclass
class Hands:
    """What people wrote on the blog that no run was told to overwrite: by post, by field. away:
    posts that people threw away.
    """

    marks: dict[str, dict[str, str]] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)

    def hold(self, posts: Iterable[Remote]) -> None:
        """Raises `AssertionError` where some are missing."""
        there = {post.ref.id: post for post in posts}
        for name, marks in self.marks.items():
            if name not in self.away:
                assert name in there, f"post {name} is not there any more, with {marks}"
                for where, mark in marks.items():
                    assert is_in(there[name], where, mark), (where, mark, there[name])


def is_in(post: Remote, where: str, mark: str) -> bool:
    return mark in (terms(post) if where == "labels" else getattr(post, where))


def content(post: Remote) -> tuple[str, str, frozenset[str]]:
    return post.title, post.body, frozenset(terms(post))
