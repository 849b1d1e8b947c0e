"""Build posts: from files to what is desired on each site, with the problems that prevent it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.project.built_post import BuiltPost, PendingPost
from blogkit.project.cache.entry import CacheEntry
from blogkit.project.cache.render_cache import RenderCache
from blogkit.project.cache.signatures import signatures_of
from blogkit.project.context import ProjectContext
from blogkit.project.duplicates.files import Identity, copies, duplicates, same_post
from blogkit.project.options import PublishOptions

if TYPE_CHECKING:  # a run in which no file has changed needs none of these
    from blogkit.project.builds.one_file import FileBuild, MadePost, SitePost
    from blogkit.sanitizers.profiles import Profile


@dataclass(frozen=True)
class BrokenPost:
    """A post that is left out because its file has errors.

    Attributes:
        path: The file.
        site: Where it goes; "" if the file is too damaged to tell.
        key: The post's key; the file's name if the file is too damaged to tell.
        title: Its title; "" if the file is too damaged to tell.
    """

    path: Path
    site: str
    key: str
    title: str


@dataclass(frozen=True)
class Build:
    """The posts of one call.

    Attributes:
        by_site: The posts, by the site they go to.
        cached: The files that were not read, with the signatures by which they are unchanged.
        left_out: The errors of the posts that are left out; empty if there are none.
        broken: These posts, on each site.
        left_out_keys: The keys of these posts; None if a file is too damaged to tell.
        templates: The keys of files that make a post again and again.
    """

    by_site: Mapping[str, Sequence[PendingPost]]
    cached: Mapping[Path, str]
    left_out: tuple[ContentError, ...] = ()
    broken: tuple[BrokenPost, ...] = ()
    left_out_keys: frozenset[str] | None = frozenset()
    templates: frozenset[str] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the posts that are not left out."""
        return frozenset(one.desired.key for ready in self.by_site.values() for one in ready)


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
    others = context.posts.sources() if paths else list(signatures)
    with RenderCache.open(context.config, context.sites, options, online=online) as kept:
        known = kept.entries(signatures)
        fresh = FreshPosts(context, kept, options, online=online)
        fresh.build([path for path in signatures if path not in known])
        identities = [*fresh.identities]
        identities += [(path, e.site, e.key, e.remote_id) for path in known for e in known[path]]
        # Whether a file was read must not decide which of two is at fault.
        order = {path: number for number, path in enumerate(signatures)}
        identities.sort(key=lambda one: order[one[0]])
        # Two files of one key are one post, and each publication would overwrite the other's.
        fresh.refuse(duplicates(context.posts, identities, fresh.read, named=bool(paths)))
        fresh.refuse(copies(context.posts, signatures, others))
        sites = {entry.site for entries in known.values() for entry in entries}
        profiles = {site: kept.profile(site) for site in sites}
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
    broken = _broken(identities, left_out) if left_out else ()
    return Build(
        ready_by_site,
        {path: signatures[path] for path in known},
        (ContentError(fresh.problems, hint="posts with errors are left out"),) if left_out else (),
        broken,
        frozenset(one.key for one in broken) if fresh.all_readable else None,
        fresh.templates,
    )


def _broken(identities: Sequence[Identity], left_out: Collection[Path]) -> tuple[BrokenPost, ...]:
    from blogkit.posts.front_matter import shown_title

    return tuple(
        BrokenPost(path, site, key, shown_title(path))
        for path, site, key, _ in dict.fromkeys(identities)
        if path in left_out
    )


class FreshPosts:
    """The posts that have to be read and rendered in this call.

    Args:
        context: The call's context.
        kept: Keeps what was rendered without errors.
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
        self, context: ProjectContext, kept: RenderCache, options: PublishOptions, *, online: bool
    ) -> None:
        self._context, self._cache = context, kept
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
        """Add errors of files. One that compares all files replaces that of the files read now."""
        for path, problem in problems.items():
            others = [one for one in self.errors.get(path, []) if one.code != problem.code]
            self.errors[path] = [*others, problem]

    def build(self, paths: Sequence[Path]) -> None:
        """Read and render these files."""
        if not paths:
            return
        from blogkit.project.builds.workers import built

        first: dict[str, Path] = {}
        found = built(self._context, paths, self._options, self._profile, self._cache.profiles)
        for path, build in zip(paths, found, strict=True):
            self._take(path, build)
            if build.is_post and (other := first.setdefault(build.key, path)) != path:
                from blogkit.posts.loader import same_key

                places = [self._context.config.relative(each) for each in (path, other)]
                problem = same_key(places[0], build.key_line, places[1], build.key)
                self.errors.setdefault(path, []).append(problem)

    def _profile(self, site: str) -> Profile | None:
        # Where everything ends in an error anyway, no site needs to be asked.
        in_vain = self._online and self._options.all_or_nothing and bool(self.errors)
        return None if in_vain else self._cache.profile(site)

    def _take(self, path: Path, build: FileBuild) -> None:
        """Add the posts and problems of a file."""
        if problems := [*build.problems, *build.wrong]:
            self.errors.setdefault(path, []).extend(problems)
        if not build.is_known or build.wrong:
            self.identities.append((path, "", path.stem, ""))
        if build.is_known:
            self.read.add(path)
        else:
            self.all_readable = False
        if build.is_template:
            self.templates |= {build.key}
        for made in build.made:
            self._take_post(path, made)

    def _take_post(self, path: Path, made: MadePost) -> None:
        self.identities += [(path, site, made.key, made.remote_id) for site in made.sites]
        if made.errors or path in self.errors:
            self.errors.setdefault(path, []).extend(made.errors)
            return
        ready = [self._pending(path, one) for one in made.posts]
        self.ready.setdefault(path, []).extend(ready)
        if not made.template:  # a template makes other posts tomorrow
            self._cache.keep(path, made.posts)

    def _pending(self, path: Path, one: SitePost) -> PendingPost:
        site = one.desired.site
        profile = self._cache.profiles.get(site)

        @cache
        def once() -> BuiltPost:
            from blogkit.project.builds.one_file import rebuild

            return one.built or rebuild(self._context, path, site, self._options, profile)

        return PendingPost(site, path, one.desired, once, lambda: one.problems)


def _from_cache(
    context: ProjectContext,
    path: Path,
    entry: CacheEntry,
    options: PublishOptions,
    profile: Profile,
) -> PendingPost:
    """Return a post of which the cache has everything that a plan needs."""

    def build() -> BuiltPost:
        from blogkit.project.builds.one_file import rebuild

        return rebuild(context, path, entry.site, options, profile)

    zone, now = context.config.zone, context.clock()
    desired = entry.desired(path, lambda: pending.built.desired.draft, zone, now)
    pending = PendingPost(entry.site, path, desired, build, entry.found)
    return pending
