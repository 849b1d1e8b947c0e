"""Build posts: from files to what is desired on each site, with the problems that prevent it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.errors import ContentError, Problem
from blogkit.project.context import ProjectContext
from blogkit.project.duplicates import duplicates
from blogkit.project.options import PublishOptions
from blogkit.project.render_cache import CacheEntry, RenderCache, signatures_of
from blogkit.sync.actions import Desired

if TYPE_CHECKING:  # a run in which no file has changed needs none of these
    from blogkit.posts.post import Post
    from blogkit.render.document import Document
    from blogkit.sanitizers.profiles import Profile

_FIELDS = {
    "labels": "labels",
    "label": "labels",
    "page-labels": "labels",
    "title": "title",
    "no-title": "title",
    "slug": "slug",
    "excerpt": "excerpt",
    "featured": "image",
    "featured-url": "image",
    "page-schedule": "publish",
    "no-time": "publish",
}
"""Which field of front matter a platform's problem is about, by the problem's code."""


@dataclass(frozen=True)
class BuiltPost:
    """A post that was read and rendered for a site.

    Attributes:
        post: The post's file, read.
        document: The post, rendered.
        desired: What the post should be on the site.
        problems: Errors that prevent sending it, and warnings.
    """

    post: Post
    document: Document
    desired: Desired
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether a problem keeps the post from being sent."""
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True)
class PendingPost:
    """One post for one site, ready to be planned.

    Attributes:
        build: Reads and renders the post, for callers that need more than its digests.
    """

    site: str
    path: Path
    desired: Desired
    build: Callable[[], BuiltPost] = field(repr=False, compare=False)

    @cached_property
    def built(self) -> BuiltPost:
        """The post, read and rendered once."""
        return self.build()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the post; renders it if need be."""
        return self.built.problems


@dataclass(frozen=True)
class Build:
    """The posts of one call.

    Attributes:
        by_site: The posts, by the site they go to.
        cached: The files that were not read, with the signatures by which they are unchanged.
    """

    by_site: Mapping[str, Sequence[PendingPost]]
    cached: Mapping[Path, str]


def build_posts(
    context: ProjectContext,
    post: Post,
    site: str,
    options: PublishOptions,
    *,
    profile: Profile | None = None,
) -> BuiltPost:
    """Render a post for a site and collect what the platform would refuse. Sends nothing.

    Args:
        context: The call's context.
        post: The post.
        site: The site's name.
        options: What the caller decided for all posts.
        profile: What the site keeps of HTML; None takes the platform's default without asking.

    Returns:
        The post with its problems.

    Raises:
        ContentError: The post cannot be rendered.
    """
    from blogkit.sync.desired import build_desired

    platform, config = context.sites.platform(site), context.config
    kept = profile or context.sites.default_profile(site)
    document = context.renderer.document(post, config.site(site), options, kept)
    desired = build_desired(post, document, platform, config.zone, context.clock())
    found = [*platform.check(desired.draft, desired.target), *_losses(document, kept)]
    place = config.relative(post.path)
    located = [_located(problem, place, post) for problem in found]
    problems = [*located, *context.checks.refusals(post)]
    if post.remote_id:
        # An adopted post is on the blog as it is; its problems must not stop all the others.
        problems = [replace(problem, severity="warning") for problem in problems]
    return BuiltPost(post, document, desired, tuple(problems))


def build_all(
    context: ProjectContext, paths: Sequence[Path], options: PublishOptions, *, online: bool
) -> Build:
    """Build the posts of these files (or all) for every site they go to.

    A file that has not changed since it was last rendered is not read again. A site that cannot be
    asked is in `context.sites.unavailable` afterwards.

    Args:
        context: The call's context.
        paths: Files and folders; none means all posts and pages.
        options: What the caller decided for all posts.
        online: Ask the sites what they keep of HTML; otherwise use their last answer.

    Returns:
        The posts by site, in the order of the files.

    Raises:
        ContentError: Some posts have errors; it has the errors of all.
    """
    signatures = signatures_of(context.posts.sources(paths))
    with RenderCache.open(context.config, context.sites, options, online=online) as cache:
        known = cache.entries(signatures)
        unknown = [path for path in signatures if path not in known]
        fresh: dict[Path, list[PendingPost]] = {}
        errors: list[Problem] = []
        if unknown:
            fresh, errors = _build_fresh(context, cache, unknown, options, online=online)
        identities = [(path, e.site, e.key, e.remote_id) for path in known for e in known[path]]
        identities += [
            (path, one.site, one.desired.key, one.desired.remote_id)
            for path, ready in fresh.items()
            for one in ready
        ]
        # Two files of one key are one post, and each publication would overwrite the other's.
        errors += duplicates(context.posts, identities, fresh, named=bool(paths))
        sites = {entry.site for entries in known.values() for entry in entries}
        profiles = {site: cache.profile(site) for site in sites}
    if errors:
        raise ContentError(sorted(set(errors)), hint="nothing was sent")
    ready_by_site: dict[str, list[PendingPost]] = {}
    for path in signatures:
        cached = known.get(path, ())
        for pending in fresh.get(path) or [
            _from_cache(context, path, entry, options, profiles[entry.site]) for entry in cached
        ]:
            ready_by_site.setdefault(pending.site, []).append(pending)
    return Build(ready_by_site, {path: signatures[path] for path in known})


def _build_fresh(
    context: ProjectContext,
    cache: RenderCache,
    paths: Sequence[Path],
    options: PublishOptions,
    *,
    online: bool,
) -> tuple[dict[Path, list[PendingPost]], list[Problem]]:
    """Return the posts that have to be read, by file, and all their errors."""
    ready: dict[Path, list[PendingPost]] = {}
    posts, errors = context.posts.readable(paths)
    # A file that cannot be read ends in an error anyway: then no site needs to be asked.
    in_vain = online and bool(errors)
    for post in posts:
        built: list[BuiltPost] = []
        sites = context.posts.sites_of(post, options)
        for site in sites:
            profile = None if in_vain else cache.profile(site)
            try:
                one = build_posts(context, post, site, options, profile=profile)
            except ContentError as error:
                errors += error.problems
                continue
            errors += [problem for problem in one.problems if problem.severity == "error"]
            built.append(one)
        ready[post.path] = [_pending(post.path, one) for one in built]
        if len(built) == len(sites) and not any(one.refused for one in built):
            cache.keep(post.path, [(one.desired, one.document.files) for one in built])
    return ready, errors


def _pending(path: Path, built: BuiltPost) -> PendingPost:
    return PendingPost(built.desired.site, path, built.desired, lambda: built)


def _from_cache(
    context: ProjectContext,
    path: Path,
    entry: CacheEntry,
    options: PublishOptions,
    profile: Profile,
) -> PendingPost:
    """Return a post of which the cache has everything that a plan needs."""
    built: list[BuiltPost] = []

    def once() -> BuiltPost:
        if not built:
            (post,) = context.posts.load([path])
            built.append(build_posts(context, post, entry.site, options, profile=profile))
        return built[0]

    zone, now = context.config.zone, context.clock()
    desired = entry.desired(path, lambda: once().desired.draft, zone, now)
    return PendingPost(entry.site, path, desired, once)


def _located(problem: Problem, place: str, post: Post) -> Problem:
    """Put a platform's problem at the line of the front-matter field that it is about."""
    line = problem.line or post.lines.get(_FIELDS.get(problem.code, ""), 0)
    return replace(problem, path=place, line=line)


def _losses(document: Document, profile: Profile) -> list[Problem]:
    """Return what the site's filter would remove, at the lines where it is."""
    from blogkit.sanitizers.judge import judge

    return [
        Problem(
            "",
            fragment.line + loss.line_offset,
            f"{loss.what}: {loss.reason}",
            loss.fix,
            "will-not-survive",
            loss.severity,
        )
        for fragment in document.fragments
        for loss in judge(fragment.html, profile).losses
    ]
