"""Build many files, in several processes where that is faster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.project.builds.one_file import FileBuild, build_file
from blogkit.project.context import ProjectContext
from blogkit.project.options import PublishOptions

if TYPE_CHECKING:
    from blogkit.project.parallel.recipe import ProjectRecipe
    from blogkit.sanitizers.profiles import Profile


def built(
    context: ProjectContext,
    paths: Sequence[Path],
    options: PublishOptions,
    profile: Callable[[str], Profile | None],
    profiles: Mapping[str, Profile],
) -> Iterator[FileBuild]:
    """Yield the posts of each file, in order.

    Args:
        context: The call's context.
        paths: The files.
        options: What the caller decided for all posts.
        profile: Returns what a site keeps of HTML, and may ask the site.
        profiles: What is known of that so far. A worker leaves posts of other sites, and templates,
            to this process, which has the connections and the journal.
    """

    def work(path: Path) -> FileBuild:
        return build_file(context, path, options, profile)

    if len(paths) == 1:
        return map(work, paths)
    from blogkit.project.parallel.pool import Task, processes, spread
    from blogkit.project.parallel.recipe import ProjectRecipe

    def copy(path: Path) -> FileBuild:
        return _build(context, options, profiles, path)

    def arguments() -> tuple[object, ...]:
        return ProjectRecipe.of(context), options, dict(profiles)

    count = processes(context.settings.environ, context.settings.processes)
    # All or nothing: after the first error, no site is asked any more.
    if options.all_or_nothing:
        count = 1
    return spread(paths, Task(work, copy, _in_a_worker, arguments), count)


def _in_a_worker(
    recipe: ProjectRecipe, options: PublishOptions, profiles: Mapping[str, Profile]
) -> Callable[[Path], FileBuild]:
    return partial(_build, recipe.context(), options, profiles)


def _build(
    context: ProjectContext,
    options: PublishOptions,
    profiles: Mapping[str, Profile],
    path: Path,
) -> FileBuild:
    return build_file(context, path, options, profiles.__getitem__, templates=False)
