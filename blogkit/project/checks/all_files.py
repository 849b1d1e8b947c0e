"""Check the files of one call: those that nothing is known of, and those whose links changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from blogkit.config import Config
from blogkit.errors import Problem
from blogkit.lint.known_posts import KnownPosts
from blogkit.project.cache.check_cache import CheckCache
from blogkit.project.cache.database import CacheFile
from blogkit.project.cache.keys import KeyIndex
from blogkit.project.cache.render_cache import RenderCache
from blogkit.project.cache.signatures import signatures_of
from blogkit.project.cache.stamps import Stamps
from blogkit.project.checks.results import CheckedFile
from blogkit.project.context import ProjectContext
from blogkit.project.options import PublishOptions


def check_files(
    context: ProjectContext,
    file: CacheFile,
    sources: Sequence[Path],
    others: Sequence[Path],
    options: PublishOptions,
) -> dict[Path, CheckedFile]:
    """Return what is wrong with each file. A post is dropped as soon as it is checked.

    Args:
        context: The call's context.
        file: The cache.
        sources: The files.
        others: All files of the project, which links may lead to.
        options: What the caller decided for all posts.

    Raises:
        UsageError: A post goes to no site.
        ConfigError: `blogkit.toml` or `links.toml` is wrong.
    """
    opened = time.time_ns()
    stamps = Stamps(context.settings, file)
    kept = CheckCache(context, file, stamps, options, opened)
    for_plans = RenderCache(context.config, context.sites, file, options, online=False)
    index = KeyIndex(context.posts, file, stamps, opened)
    results = kept.results(signatures_of(sources))
    fresh = [path for path in sources if path not in results]

    @cache
    def all_files() -> frozenset[str]:
        return frozenset(map(context.config.relative, others))

    def all_keys() -> frozenset[str]:
        known = {path: result.key for path, result in results.items()}
        return frozenset(index.keys(others, known).values())

    # To know all keys means to have read all files, so the first answers rest on their names.
    # Nearly all of them are right: a file's name is its key, unless its front matter has one.
    guess = KnownPosts(all_files, lambda: frozenset(path.stem for path in others))
    try:
        for path, result in zip(fresh, _checked(context, fresh, options, guess), strict=True):
            for one in result.posts:  # a check asks no site what it keeps of HTML
                site = one.desired.site
                for_plans.profiles.setdefault(site, context.sites.default_profile(site))
            for_plans.keep(path, result.posts)
            results[path] = replace(result, posts=())
    finally:  # what was done before Ctrl-C need not be done again
        kept.keep({path: results[path] for path in fresh if path in results})
        for_plans.save()
    index.keep({path: results[path].key for path in fresh})
    names = KnownPosts(all_files, all_keys)
    again = [path for path, result in results.items() if not result.asked.holds(names)]
    if again:
        _ = names.keys  # found here: a worker that is a copy must not use our database
    results |= zip(again, _checked(context, again, options, names), strict=True)
    kept.keep({path: results[path] for path in again})
    if fresh and len(sources) == len(others):
        file.prune({str(path).removeprefix(f"{context.config.root}{os.sep}") for path in others})
    return {path: results[path] for path in sources}


def same_keys(config: Config, results: Mapping[Path, CheckedFile]) -> Iterator[Problem]:
    """Yield a problem for each file with the key of an earlier one.

    Args:
        config: Knows how users call the files.
        results: What was found in each file.
    """
    first: dict[str, Path] = {}
    for path, result in results.items():
        if result.is_post and (other := first.setdefault(result.key, path)) != path:
            from blogkit.posts.loader import same_key

            place = config.relative(path)
            yield same_key(place, result.key_line, config.relative(other), result.key)


def _checked(
    context: ProjectContext, paths: Sequence[Path], options: PublishOptions, names: KnownPosts
) -> Iterator[CheckedFile]:
    if paths:  # a run in which nothing has changed needs none of this
        from blogkit.project.checks.workers import checked

        yield from checked(context, paths, options, names)
