"""Preview one post: render it as its site will keep it, and collect all its problems."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem, UsageError
from blogkit.lint.known_posts import KnownPosts
from blogkit.platforms.folder.adapter import Folder
from blogkit.project.built_post import BuiltPost, build_posts
from blogkit.project.cache.render_cache import RenderCache
from blogkit.project.context import ProjectContext
from blogkit.project.options import PublishOptions
from blogkit.project.previews.kept import PreviewPart, kept_parts
from blogkit.project.queue.recurring import next_post

if TYPE_CHECKING:
    from blogkit.platforms.base import Draft
    from blogkit.platforms.folder.site.info import SiteInfo
    from blogkit.posts.post import Post
    from blogkit.render.document import Document
    from blogkit.sanitizers.profiles import Profile


@dataclass(frozen=True)
class PostPreview:
    """A post as one of its sites will keep it.

    Attributes:
        path: The post's file, relative to the project's folder.
        site: The site that it is shown for.
        sites: All sites that it goes to.
        key: The post's stable identity.
        title: Its title.
        language: Its language tag.
        profile: The name of what the site keeps of HTML, such as `wordpress-author`.
        parts: Its top-level pieces; None if it cannot be rendered.
        problems: Everything that is wrong, by line.
        files: Every other file that it was made from, there or not.
        document: The post, rendered, with the local files that it shows; None as for `parts`.
        draft: The post as its site gets it; None as for `parts`.
        at: When it went or goes live; None if the file names no time.
        info: What the site's pages share, if the site is a folder; None for other sites.
    """

    path: str
    site: str
    sites: tuple[str, ...]
    key: str
    title: str
    language: str
    profile: str
    parts: tuple[PreviewPart, ...] | None
    problems: tuple[Problem, ...]
    files: tuple[Path, ...] = ()
    document: Document | None = None
    draft: Draft | None = None
    at: datetime | None = None
    info: SiteInfo | None = None

    @property
    def errors(self) -> int:
        """How many of the problems keep the post from being published."""
        return sum(problem.severity == "error" for problem in self.problems)


def preview_post(
    context: ProjectContext, path: Path, site: str, keys: Collection[str] | None
) -> PostPreview:
    """Return a post as its site will keep it, from its file alone. Sends nothing.

    Args:
        context: The call's context.
        path: The post's file.
        site: One of the post's sites; empty means its first.
        keys: The keys of all posts, for links to them; None reads all files when it is needed.

    Returns:
        The preview; `problems` tells why a post that cannot be rendered has none.

    Raises:
        UsageError: The path is not a post, or the post does not go to the site.
        ContentError: The file cannot be read at all; it has all problems.
    """
    (post,) = context.posts.load([path])
    return preview_loaded(context, next_post(context, post), site, keys)


def preview_loaded(
    context: ProjectContext,
    post: Post,
    site: str,
    keys: Collection[str] | None,
    text: str | None = None,
) -> PostPreview:
    """Return a post that was read already as its site will keep it. Sends nothing.

    Args:
        context: The call's context.
        post: The post.
        site: One of the post's sites; empty means its first.
        keys: As for `preview_post`.
        text: The text of the post's file, if it is not saved yet.

    Returns:
        The preview; `problems` tells why a post that cannot be rendered has none.

    Raises:
        UsageError: The post does not go to the site.
    """
    options = PublishOptions()
    sites = context.posts.sites_of(post, options)
    if site and site not in sites:
        raise UsageError(
            f"{context.config.relative(post.path)} does not go to {site}",
            hint=f"its sites: {', '.join(sites)}",
        )
    shown = site or sites[0]
    with RenderCache.open(context.config, context.sites, options, online=False) as cache:
        profiles = {name: cache.profile(name) for name in sites}
    built, problems = _built(context, post, profiles, options)
    chosen = built.get(shown)
    document = chosen.document if chosen else None
    platform = context.sites.platform(shown)
    reading = context.checks.reading(post, _known(context, keys), text)
    problems += context.checks.findings(post, [document] if document else [], reading)
    return PostPreview(
        context.config.relative(post.path),
        shown,
        tuple(sites),
        post.key,
        post.title,
        post.language or context.config.language,
        profiles[shown].name,
        tuple(kept_parts(document, profiles[shown])) if document else None,
        tuple(sorted({*problems}, key=lambda one: (one.line, one))),
        document.files if document else (),
        document,
        chosen.desired.draft if chosen else None,
        post.at,
        platform.parts.info if isinstance(platform, Folder) else None,
    )


def _built(
    context: ProjectContext, post: Post, profiles: dict[str, Profile], options: PublishOptions
) -> tuple[dict[str, BuiltPost], list[Problem]]:
    built: dict[str, BuiltPost] = {}
    problems: list[Problem] = []
    for name, profile in profiles.items():
        try:
            built[name] = build_posts(context, post, name, options, profile=profile)
        except ContentError as error:
            problems += error.problems
            continue
        problems += built[name].problems
    return built, problems


def _known(context: ProjectContext, keys: Collection[str] | None) -> KnownPosts | None:
    if keys is None:
        return None
    config, known = context.config, frozenset(keys)
    return KnownPosts(lambda: frozenset(map(config.relative, config.sources())), lambda: known)
