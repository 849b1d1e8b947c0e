"""Check many files, in several processes where that is faster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.lint.known_posts import KnownPosts
from blogkit.project.checks.one_file import check_file
from blogkit.project.checks.results import CheckedFile
from blogkit.project.context import ProjectContext
from blogkit.project.options import PublishOptions
from blogkit.project.parallel.pool import Task, processes, spread

if TYPE_CHECKING:
    from blogkit.project.parallel.recipe import ProjectRecipe


def checked(
    context: ProjectContext, paths: Sequence[Path], options: PublishOptions, names: KnownPosts
) -> Iterator[CheckedFile]:
    """Yield what is wrong with each file, in order.

    Args:
        context: The call's context.
        paths: The files.
        options: What the caller decided for all posts.
        names: What links may lead to.
    """

    def work(path: Path) -> CheckedFile:
        return check_file(context, path, options, names)

    def arguments() -> tuple[object, ...]:
        from blogkit.project.parallel.recipe import ProjectRecipe  # few posts need no workers

        return ProjectRecipe.of(context), options, names.files, names.keys

    count = processes(context.settings.environ, context.settings.processes)
    return spread(paths, Task(work, work, _in_a_worker, arguments), count)


def _in_a_worker(
    recipe: ProjectRecipe,
    options: PublishOptions,
    files: AbstractSet[str],
    keys: AbstractSet[str],
) -> Callable[[Path], CheckedFile]:
    names = KnownPosts(lambda: files, lambda: keys)
    return partial(_check, recipe.context(), options, names)


def _check(
    context: ProjectContext, options: PublishOptions, names: KnownPosts, path: Path
) -> CheckedFile:
    return check_file(context, path, options, names)
