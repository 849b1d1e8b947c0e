"""Check posts, and fix what can be fixed safely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from blogkit.errors import ContentError, Problem
from blogkit.posts.post import Post
from blogkit.project.built_post import build_posts
from blogkit.project.content_checks import ContentChecks, fixed_file
from blogkit.project.context import ProjectContext
from blogkit.project.duplicates.files import copies, text_files
from blogkit.project.files.alone import write_alone
from blogkit.project.files.changes import FileChange
from blogkit.project.options import PublishOptions
from blogkit.project.queue.recurring import next_posts


class CheckReport(list[Problem]):
    """All problems of the posts, sorted by place.

    Attributes:
        posts: How many posts were read.
    """

    posts: int = 0

    @property
    def errors(self) -> int:
        """How many of the problems keep a post from being published."""
        return sum(problem.severity == "error" for problem in self)


@dataclass(frozen=True)
class Fix:
    """One change of a file that `fix` made, or would make.

    Attributes:
        path: The file, relative to the project's folder.
        line: Its line.
        column: Where in the line, in characters, from 0.
        old: The text there.
        new: The text instead.
    """

    path: str
    line: int
    column: int
    old: str
    new: str


class FixReport(list[Fix]):
    """What was changed in files, or would be.

    Attributes:
        run: The run's number, for `Project.undo`; None if nothing was changed.
    """

    run: int | None = None


def check(context: ProjectContext, paths: Sequence[Path], options: PublishOptions) -> CheckReport:
    """Return the problems of these posts, or of all. Sends nothing.

    Args:
        context: The call's context.
        paths: Files and folders; none means all posts and pages.
        options: What the caller decided for all posts.

    Raises:
        UsageError: A path does not exist, or a post goes to no site.
        ConfigError: `blogkit.toml` switches off a check that does not exist.
    """
    posts, unreadable = context.posts.readable(paths)
    posts, wrong = next_posts(context, posts)
    unreadable += wrong
    keys = frozenset(post.key for post in posts) if not paths else None
    checks = ContentChecks(context.posts, context.clock, keys)
    found = [problem for post in posts for problem in _problems(context, checks, post, options)]
    found += copies(context.posts, context.posts.sources(paths)).values()
    found += [] if paths else text_files(context.posts)
    report = CheckReport(sorted({*unreadable, *found}))
    report += context.config.left_out.values()
    report.posts = len(posts)
    return report


def fix(context: ProjectContext, paths: Sequence[Path], *, dry_run: bool) -> FixReport:
    """Fix in the files what can be fixed safely.

    Args:
        context: The call's context.
        paths: Files and folders; none means all posts and pages.
        dry_run: Change nothing.

    Returns:
        What was changed, or would be.

    Raises:
        ConfigError: A file cannot be written.
        Conflict: A file changed meanwhile; nothing was written.
        JournalError: Another process is publishing, or the journal cannot be written.
    """
    fixes = FixReport()
    files: list[FileChange] = []
    for post in context.posts.readable(paths)[0]:
        changes = context.checks.repairs(post)
        place = context.config.relative(post.path)
        if changes:
            change = fixed_file(post.path, changes, place)
            files.append(replace(change, key=post.key, remote_id=post.remote_id))
        fixes += [Fix(place, **vars(change)) for change in changes]
    if files and not dry_run:
        with context.locked_journal("check"):
            fixes.run = write_alone(context, "check --fix", *files)
    return fixes


def _problems(
    context: ProjectContext, checks: ContentChecks, post: Post, options: PublishOptions
) -> list[Problem]:
    found: list[Problem] = []
    document = None
    for name in context.posts.sites_of(post, options):
        try:
            built = build_posts(context, post, name, options)
        except ContentError as error:
            found += error.problems
            continue
        found += built.problems
        document = document or built.document
    return [*found, *checks.findings(post, document)]
