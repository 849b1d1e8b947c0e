"""Check one file: all its problems, and what they depend on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.errors import ContentError, Problem
from blogkit.lint.known_posts import KnownPosts
from blogkit.platforms.base import Draft, State
from blogkit.project.builds.one_file import SitePost, site_post
from blogkit.project.built_post import BuiltPost, build_posts
from blogkit.project.checks.asking import Asking
from blogkit.project.checks.results import CheckBasis, CheckedFile, pending_choice
from blogkit.project.context import ProjectContext
from blogkit.project.options import PublishOptions
from blogkit.project.queue.recurring import next_post

if TYPE_CHECKING:
    from blogkit.lint.context import Noted
    from blogkit.posts.post import Post


def check_file(
    context: ProjectContext, path: Path, options: PublishOptions, names: KnownPosts
) -> CheckedFile:
    """Return what is wrong with a file. Sends nothing.

    Args:
        context: The call's context.
        path: The file.
        options: What the caller decided for all posts.
        names: What its links may lead to.

    Raises:
        UsageError: The post goes to no site.
        ConfigError: `blogkit.toml` switches off a check that does not exist, or `links.toml` is
            needed and cannot be read.
    """
    read, flaws, known_sites = context.posts.read(path)
    if read is None:
        return CheckedFile(tuple(flaws), key=context.posts.key_of(path))
    if not known_sites:
        return CheckedFile(tuple(flaws), read.key, read.lines.get("key", 1), is_post=True)
    asking = Asking(names)
    try:
        post = next_post(context, read)
    except ContentError as error:
        problems = (*flaws, *error.problems)
        return CheckedFile(problems, read.key, read.lines.get("key", 1), is_post=True)
    found, basis, posts = _checked(context, post, options, asking)
    is_kept = not (flaws or read.recurrence)
    return CheckedFile(
        (*flaws, *found),
        read.key,
        read.lines.get("key", 1),
        is_post=True,
        counts=True,
        asked=asking.asked,
        basis=basis if is_kept else None,
        posts=posts if is_kept else (),
    )


def _checked(
    context: ProjectContext, post: Post, options: PublishOptions, asking: Asking
) -> tuple[list[Problem], CheckBasis | None, tuple[SitePost, ...]]:
    """Return a post's problems, what they depend on, if that is known, and what a plan needs."""
    found: list[Problem] = []
    built: list[BuiltPost] = []
    sites = context.posts.sites_of(post, options)
    for name in sites:
        try:
            built.append(build_posts(context, post, name, options, refuse=False))
        except ContentError as error:
            found += error.problems
            continue
        found += built[-1].problems
    reading = context.checks.reading(post, asking.known)
    findings = context.checks.findings(post, [one.document for one in built], reading)
    found += findings
    # An error of rendering may hang on more than is noted, such as the names in a folder.
    if len(built) != len(sites):
        return found, None, ()
    return found, _basis(context, options, built, reading.noted), _for_plans(built, findings)


def _for_plans(built: list[BuiltPost], findings: list[Problem]) -> tuple[SitePost, ...]:
    from blogkit.lint.registry import CHECKS

    # What prevents publishing is among the problems of a plan, too, in a draft as a warning.
    stops = any(CHECKS[one.code].severity == "error" for one in findings if one.code in CHECKS)
    if stops or any(one.refused for one in built):
        return ()
    return tuple(site_post(one, _no_draft) for one in built)


def _no_draft() -> Draft:
    raise AssertionError("a check keeps no draft")


def _basis(
    context: ProjectContext, options: PublishOptions, built: list[BuiltPost], noted: Noted
) -> CheckBasis:
    files = {str(path) for one in built for path in one.document.files}
    today = context.clock().astimezone(context.config.zone).date()
    targets = [one.desired.target for one in built]
    times = {
        (target.at.isoformat(), target.state is not State.SCHEDULED)
        for target in targets
        if target and target.at and target.state is not State.DRAFT and not target.status
    }
    waits = any(one.document.pending_quiz_links for one in built)
    return CheckBasis(
        tuple(one.desired.site for one in built),
        tuple(sorted(files | {str(path) for path in noted.files})),
        today.isoformat() if noted.dated else "",
        tuple(sorted(times)),
        pending_choice(allowed=options.allow_pending_quiz) if waits else "",
    )
