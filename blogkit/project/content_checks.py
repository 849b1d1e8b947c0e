"""The checks of a post's content, with what they need to know of the project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.errors import Problem, UsageError
from blogkit.lint.context import LintContext
from blogkit.lint.encoding import Repair, apart
from blogkit.lint.known_posts import KnownPosts
from blogkit.posts.post import Post, Publish
from blogkit.project.posts import Posts
from blogkit.render.document import Document

if TYPE_CHECKING:  # a check changes no file
    from blogkit.project.files.changes import FileChange

UNFINISHED = frozenset({"placeholder", "open-placeholder"})
"""Problems that a draft may have until it goes live, by code."""


def is_draft(post: Post) -> bool:
    """Return whether a file does not ask for its post to go live, now or later."""
    return post.publish in (Publish.DRAFT, Publish.KEEP) or post.hold


def tolerated(post: Post, problems: Iterable[Problem]) -> list[Problem]:
    """Return a post's problems; what a draft may have is only a warning for it.

    Args:
        post: The post.
        problems: What was found in it.
    """
    return [
        replace(one, severity="warning") if one.code in UNFINISHED and is_draft(post) else one
        for one in problems
    ]


@dataclass
class ContentChecks:
    """Run the checks that `blogkit.toml` leaves on.

    Every method raises `ConfigError` if the settings switch off a check that does not exist.

    Attributes:
        posts: The project's posts.
        clock: Returns the current time.
    """

    posts: Posts
    clock: Callable[[], datetime]

    @cached_property
    def off(self) -> frozenset[str]:
        """Return the codes of the checks that blogkit.toml switches off."""
        from blogkit.lint.registry import switched_off

        return switched_off(self.posts.config.checks_off)

    def findings(
        self, post: Post, documents: Sequence[Document], reading: LintContext | None = None
    ) -> list[Problem]:
        """Return all findings, those that `refusals` returns among them.

        Args:
            post: The post.
            documents: The post, rendered for its sites; [] if it cannot be rendered.
            reading: The post as the checks see it, where it is needed later; None makes one.
        """
        from blogkit.lint import runner, widget_rules

        reading = reading or self.reading(post)
        found = [
            *runner.run_rules(reading, self.off),
            *widget_rules.run_widget_rules(reading, documents[0] if documents else None, self.off),
            *(one for document in documents[1:] for one in self._active(post, document)),
        ]
        found = tolerated(post, found)
        # An adopted post is on the blog as it is: its problems stop nothing.
        return [replace(one, severity="warning") for one in found] if post.remote_id else found

    def refusals(self, post: Post, document: Document) -> list[Problem]:
        """Return what must not go live."""
        from blogkit.lint import runner

        found = runner.refusals(self._alone(post), self.off)
        return tolerated(post, [*found, *self._active(post, document)])

    def _active(self, post: Post, document: Document) -> list[Problem]:
        from blogkit.lint.active_content import active_content

        if "active-content" in self.off:
            return []
        return active_content(post, document, self.posts.config.relative(post.path))

    def repairs(self, post: Post) -> list[Repair]:
        """Return what can be fixed safely."""
        from blogkit.lint.encoding import repairs
        from blogkit.lint.near_misses.rules import near_repairs

        reading = self.reading(post)
        mojibake = [] if "mojibake" in self.off else repairs(reading)
        return apart([*mojibake, *near_repairs(reading, self.off)])

    def reading(
        self, post: Post, known: KnownPosts | None = None, text: str | None = None
    ) -> LintContext:
        """Return the post as the checks see it.

        Args:
            post: The post.
            known: What its links may lead to; None reads all files when a link asks.
            text: The text of the post's file, if it is not saved yet.
        """
        if text is None:
            with post.path.open("rb") as file:  # the checks need only the front matter of it
                text = b"".join(islice(file, post.body_line)).decode("utf-8-sig")
        source = text.replace("\r\n", "\n").replace("\r", "\n")
        return self._alone(post, known or self._known, source)

    def _alone(self, post: Post, known: KnownPosts | None = None, source: str = "") -> LintContext:
        """Return the post; without what its links may lead to, these are not checked."""
        config = self.posts.config
        today = self.clock().astimezone(config.zone).date()
        return LintContext(
            post,
            config.relative(post.path),
            today,
            known,
            source,
            language=config.language,
            own_widgets=self._own_widgets,
        )

    @cached_property
    def _own_widgets(self) -> frozenset[str]:
        """The names of the blog's own widgets; their code is not looked at."""
        folder = self.posts.config.root / "widgets"
        return frozenset(path.name for path in folder.glob("[a-z]*") if path.is_dir())

    @cached_property
    def _known(self) -> KnownPosts:
        """Return every post and page of the project, by file and by key."""
        return KnownPosts(self._files, self._keys)

    def _files(self) -> frozenset[str]:
        config = self.posts.config
        return frozenset(config.relative(path) for path in config.sources())

    def _keys(self) -> frozenset[str]:
        return frozenset(post.key for post in self.posts.readable()[0])


def fixed_file(path: Path, changes: list[Repair], place: str) -> FileChange:
    """Return the change of a file that makes repairs, all or none.

    Args:
        path: The file; the target of a link is changed.
        changes: Places and texts; each still has to be there.
        place: What users call the file.

    Raises:
        UsageError: The file changed since the changes were found.
        ConfigError: The file cannot be read.
    """
    from blogkit.lint.encoding import apply_repairs
    from blogkit.project.files.changes import FileChange
    from blogkit.project.files.writing import reading

    with reading(path):
        try:
            before = path.read_bytes()
            after = apply_repairs(before, changes)
        except ValueError as error:
            raise UsageError(
                f"{path} changed in the meantime: {error}", hint="run the same command again"
            ) from error
    found = f"{len(changes)} mistake{'s' * (len(changes) != 1)}"
    return FileChange(path, before, after, f"fix {found} in {place}")
