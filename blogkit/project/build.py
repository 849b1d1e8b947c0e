"""Build posts: from files to what is desired on each site, with the problems that prevent it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.errors import ContentError, Problem
from blogkit.platforms.custom_types import type_problems
from blogkit.platforms.terms import label_problems
from blogkit.posts.post import Publish
from blogkit.project.content_checks import tolerated
from blogkit.project.context import ProjectContext
from blogkit.project.duplicates.files import Identity, copies, duplicates, same_post
from blogkit.project.options import PublishOptions
from blogkit.project.queue.recurring import with_occurrences
from blogkit.project.render_cache import CacheEntry, RenderCache, signatures_of
from blogkit.sync.actions import Desired

if TYPE_CHECKING:  # a run in which no file has changed needs none of these
    from blogkit.posts.post import Post
    from blogkit.render.document import Document
    from blogkit.sanitizers.profiles import Profile

_FIELDS = {
    "labels": "labels",
    "label": "labels",
    "category": "categories",
    "bad-type": "type",
    "language": "language",
    "page-labels": "labels",
    "title": "title",
    "no-title": "title",
    "slug": "slug",
    "excerpt": "excerpt",
    "featured": "image",
    "featured-url": "image",
    "page-schedule": "publish",
    "no-time": "publish",
    "no-slots": "publish",
    "status": "publish",
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
        left_out: The errors of the posts that are left out; empty if there are none.
        left_out_keys: The keys of these posts; None if a file is too damaged to tell.
        templates: The keys of files that make a post again and again.
    """

    by_site: Mapping[str, Sequence[PendingPost]]
    cached: Mapping[Path, str]
    left_out: tuple[ContentError, ...] = ()
    left_out_keys: frozenset[str] | None = frozenset()
    templates: frozenset[str] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the posts that are not left out."""
        return frozenset(one.desired.key for ready in self.by_site.values() for one in ready)


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
    document, waiting = _rendered(context, post, site, options, kept)
    desired = build_desired(post, document, platform, config.zone, context.clock())
    if post.remote_id:  # the shortcodes of a post that is on the blog already run there
        kept = replace(kept, shortcodes=False)
    found = [
        *platform.check(desired.draft, desired.target),
        *_no_slots(context, post, site),
        *label_problems(post.categories, platform),
        *type_problems(desired.draft, platform),
        *_losses(document, kept),
    ]
    place = config.relative(post.path)
    problems = [
        *waiting,
        *(located(problem, place, post) for problem in found),
        *context.checks.refusals(post, document),
    ]
    if post.remote_id:
        # An adopted post is on the blog as it is; its problems must not stop all the others.
        problems = [replace(problem, severity="warning") for problem in problems]
    return BuiltPost(post, document, desired, tuple(problems))


def _no_slots(context: ProjectContext, post: Post, site: str) -> list[Problem]:
    if post.publish is not Publish.QUEUE or context.config.schedules[site].slots:
        return []
    message = f"publish: queue has no slots on {site}"
    hint = 'add to blogkit.toml: [schedule] with slots = ["mon-fri 07:00"]'
    return [Problem("", 0, message, hint, "no-slots", "warning")]


def _rendered(
    context: ProjectContext, post: Post, site: str, options: PublishOptions, profile: Profile
) -> tuple[Document, list[Problem]]:
    """Render a post. A draft may wait for a quiz link: then the places are warnings."""
    where = context.config.site(site)
    try:
        return context.renderer.document(post, where, options, profile), []
    except ContentError as error:
        waiting = tolerated(post, error.problems)
        if any(problem.severity == "error" for problem in waiting):
            raise
    options = replace(options, allow_pending_quiz=True)
    return context.renderer.document(post, where, options, profile), waiting


def build_all(
    context: ProjectContext, paths: Sequence[Path], options: PublishOptions, *, online: bool
) -> Build:
    """Build the posts of these files (or all) for every site they go to.

    A file that has not changed since it was last rendered is not read again. A post with errors
    is left out. A site that cannot be asked is in `context.sites.unavailable` afterwards.

    Args:
        context: The call's context.
        paths: Files and folders; none means all posts and pages.
        options: What the caller decided for all posts.
        online: Ask the sites what they keep of HTML; otherwise use their last answer.

    Returns:
        The posts by site, in the order of the files.

    Raises:
        ContentError: All posts have errors, or one has and the options ask for all or nothing.
    """
    signatures = signatures_of(context.posts.sources(paths))
    with RenderCache.open(context.config, context.sites, options, online=online) as cache:
        known = cache.entries(signatures)
        fresh = FreshPosts(context, cache, options, online=online)
        fresh.build([path for path in signatures if path not in known])
        identities = [*fresh.identities]
        identities += [(path, e.site, e.key, e.remote_id) for path in known for e in known[path]]
        # Two files of one key are one post, and each publication would overwrite the other's.
        fresh.refuse(duplicates(context.posts, identities, fresh.read, named=bool(paths)))
        fresh.refuse(copies(context.posts, signatures))
        sites = {entry.site for entries in known.values() for entry in entries}
        profiles = {site: cache.profile(site) for site in sites}
    left_out = set(fresh.errors) | same_post(identities)
    ready_by_site: dict[str, list[PendingPost]] = {}
    for path in signatures:
        cached = () if path in left_out else known.get(path, ())
        for pending in fresh.ready_of(path, left_out) or [
            _from_cache(context, path, entry, options, profiles[entry.site]) for entry in cached
        ]:
            ready_by_site.setdefault(pending.site, []).append(pending)
    if left_out and (options.all_or_nothing or not ready_by_site):
        raise ContentError(fresh.problems, hint="nothing was sent")
    return Build(
        ready_by_site,
        {path: signatures[path] for path in known},
        (ContentError(fresh.problems, hint="posts with errors are left out"),) if left_out else (),
        frozenset(key for path, _, key, _ in identities if path in left_out)
        if fresh.all_readable
        else None,
        fresh.templates,
    )


class FreshPosts:
    """The posts that have to be read and rendered in this call.

    Args:
        context: The call's context.
        cache: Keeps what was rendered without errors.
        options: What the caller decided for all posts.
        online: Whether sites may be asked what they keep of HTML.

    Attributes:
        ready: The posts without errors, by file.
        errors: The errors, by file.
        identities: Which post each file is, as far as it can be read; else by the file's name.
        read: The files that could be read.
        all_readable: Every file could be.
        templates: The keys of files that make a post again and again.
    """

    def __init__(
        self, context: ProjectContext, cache: RenderCache, options: PublishOptions, *, online: bool
    ) -> None:
        self._context, self._cache = context, cache
        self._options, self._online = options, online
        self.ready: dict[Path, list[PendingPost]] = {}
        self.errors: dict[Path, list[Problem]] = {}
        self.identities: list[Identity] = []
        self.read: set[Path] = set()
        self.all_readable = True
        self.templates: frozenset[str] = frozenset()

    @property
    def problems(self) -> list[Problem]:
        """All errors."""
        return sorted({problem for found in self.errors.values() for problem in found})

    def ready_of(self, path: Path, left_out: Collection[Path]) -> Sequence[PendingPost]:
        """Return the posts of a file, none if it is left out."""
        return () if path in left_out else self.ready.get(path, ())

    def refuse(self, problems: Mapping[Path, Problem]) -> None:
        """Add errors of files."""
        for path, problem in problems.items():
            self.errors.setdefault(path, []).append(problem)

    def build(self, paths: Sequence[Path]) -> None:
        """Read and render these files."""
        if not paths:
            return
        posts, problems = self._context.posts.readable(paths)
        given = {path.resolve(): path for path in paths}  # a link is read where it leads
        files = {self._context.config.relative(real): path for real, path in given.items()}
        for problem in problems:
            self.errors.setdefault(files[problem.path], []).append(problem)
        self.read = {given[post.path] for post in posts}
        self.templates = frozenset(post.key for post in posts if post.recurrence)
        posts, wrong = with_occurrences(self._context, posts)
        for file, found in wrong.items():
            self.errors.setdefault(given[file], []).extend(found)
            self.identities.append((given[file], "", file.stem, ""))
        unread = [path for path in paths if path not in self.read]
        self.all_readable = not unread
        self.identities += [(path, "", path.stem, "") for path in unread]
        for post in posts:
            self._build(given[post.path], post)

    def _build(self, path: Path, post: Post) -> None:
        sites = self._context.posts.sites_of(post, self._options)
        if post.template:
            sites = [site for site in sites if site in post.sites]
        self.identities += [(path, site, post.key, post.remote_id) for site in sites]
        # Where everything ends in an error anyway, no site needs to be asked.
        in_vain = self._online and self._options.all_or_nothing and bool(self.errors)
        built: list[BuiltPost] = []
        errors = self.errors.get(path, [])
        for site in sites:
            profile = None if in_vain else self._cache.profile(site)
            try:
                one = build_posts(self._context, post, site, self._options, profile=profile)
            except ContentError as error:
                errors = [*errors, *error.problems]
                continue
            errors = [*errors, *(each for each in one.problems if each.severity == "error")]
            built.append(one)
        if errors:
            self.errors[path] = errors
            return
        self.ready.setdefault(path, []).extend(_pending(path, one) for one in built)
        if not post.template:  # a template makes other posts tomorrow
            self._cache.keep(path, [(one.desired, one.document.files) for one in built])


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


def located(problem: Problem, place: str, post: Post) -> Problem:
    """Return a platform's problem at the line of the front-matter field that it is about.

    Args:
        problem: The problem, without a path.
        place: What users call the file.
        post: The post.
    """
    field = _FIELDS.get(problem.code, problem.code.removeprefix("setting-"))
    line = problem.line or post.lines.get(field, 0)
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
