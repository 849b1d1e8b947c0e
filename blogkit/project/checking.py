"""Check posts, and fix what can be fixed safely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import Problem
from blogkit.project.cache.database import CacheFile
from blogkit.project.checks.all_files import check_files, same_keys
from blogkit.project.context import ProjectContext
from blogkit.project.duplicates.files import copies, text_files
from blogkit.project.options import PublishOptions

if TYPE_CHECKING:
    from blogkit.project.files.changes import FileChange


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
    sources = context.posts.sources(paths)
    others = context.posts.sources() if paths else sources
    with CacheFile.open(context.config.private) as file:
        results = check_files(context, file, sources, others, options)
    found = {problem for result in results.values() for problem in result.problems}
    found |= {*same_keys(context.config, results), *copies(context.posts, sources, others).values()}
    report = CheckReport(sorted({*found, *([] if paths else text_files(context.posts))}))
    report += context.config.left_out.values()
    report.posts = sum(result.counts for result in results.values())
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
    from blogkit.project.content_checks import fixed_file
    from blogkit.project.files.alone import write_alone  # a check needs no journal

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
