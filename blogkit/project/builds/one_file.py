"""Build one file: read it, and render its posts for every site they go to."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.platforms.base import Draft
from blogkit.project.built_post import BuiltPost, build_posts
from blogkit.project.context import ProjectContext
from blogkit.project.options import PublishOptions
from blogkit.project.queue.recurring import with_occurrences
from blogkit.sync.actions import Desired

if TYPE_CHECKING:
    from blogkit.posts.post import Post
    from blogkit.sanitizers.profiles import Profile


@dataclass(frozen=True)
class SitePost:
    """A post for one site, without all that only its rendering needed.

    Attributes:
        desired: What the post should be there.
        problems: Its problems.
        files: Files that it was made from, there or not.
        waits: Whether it waits for a link.
        built: The post as it was built; None for one that can be built from its file again.
    """

    desired: Desired
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]
    waits: bool
    built: BuiltPost | None = None


@dataclass(frozen=True)
class MadePost:
    """A post of a file, for all its sites.

    Attributes:
        key: The post's key.
        remote_id: The site's id of it, if it is older than its file.
        sites: Where it goes.
        posts: The post for each site for which it could be rendered.
        errors: What prevents sending it.
        template: Whether a template made it.
    """

    key: str
    remote_id: str
    sites: tuple[str, ...]
    posts: tuple[SitePost, ...]
    errors: tuple[Problem, ...]
    template: bool


@dataclass(frozen=True)
class FileBuild:
    """The posts of one file, and its problems.

    Attributes:
        problems: What is wrong with the file itself.
        key: The key in its front matter.
        key_line: The line of the key.
        is_post: Whether it can be read as a post.
        is_known: Whether all sites that it names exist.
        is_template: Whether it makes a post again and again.
        wrong: Why a template makes no post.
        made: Its posts.
    """

    problems: tuple[Problem, ...]
    key: str = ""
    key_line: int = 1
    is_post: bool = False
    is_known: bool = False
    is_template: bool = False
    wrong: tuple[Problem, ...] = ()
    made: tuple[MadePost, ...] = ()


def build_file(
    context: ProjectContext,
    path: Path,
    options: PublishOptions,
    profile: Callable[[str], Profile | None],
    *,
    templates: bool = True,
) -> FileBuild:
    """Read a file and render its posts. Sends nothing itself.

    Args:
        context: The call's context.
        path: The file.
        options: What the caller decided for all posts.
        profile: Returns what a site keeps of HTML; None for the platform's default.
        templates: Whether this process may make the posts of a template.

    Returns:
        The file's posts and problems.

    Raises:
        LookupError: The file is a template, and may not be.
        UsageError: A post goes to no site.
        ConfigError: A setting that is needed is wrong.
    """
    post, flaws, is_known = context.posts.read(path)
    if post is None:
        return FileBuild(tuple(flaws))
    if post.recurrence and not templates:
        raise LookupError(path)
    build = FileBuild(
        tuple(flaws),
        post.key,
        post.lines.get("key", 1),
        is_post=True,
        is_known=is_known,
        is_template=is_known and bool(post.recurrence),
    )
    if not is_known:
        return build
    posts, wrong = with_occurrences(context, [post])
    if wrong:
        return replace(build, wrong=tuple(wrong[post.path]))
    return replace(build, made=tuple(_made(context, each, options, profile) for each in posts))


def rebuild(
    context: ProjectContext, path: Path, site: str, options: PublishOptions, profile: Profile | None
) -> BuiltPost:
    """Return a post of a file that was built before, or in another process.

    Args:
        context: The call's context.
        path: The file.
        site: The site's name.
        options: What the caller decided for all posts.
        profile: What the site keeps of HTML; None for the platform's default.
    """
    (post,) = context.posts.load([path])
    return build_posts(context, post, site, options, profile=profile)


def _made(
    context: ProjectContext,
    post: Post,
    options: PublishOptions,
    profile: Callable[[str], Profile | None],
) -> MadePost:
    sites = context.posts.sites_of(post, options)
    if post.template:
        sites = [site for site in sites if site in post.sites]
    posts: list[SitePost] = []
    errors: list[Problem] = []
    for site in sites:
        try:
            one = build_posts(context, post, site, options, profile=profile(site))
        except ContentError as error:
            errors += error.problems
            continue
        errors += (each for each in one.problems if each.severity == "error")
        posts.append(site_post(one, _MadeDraft(one.desired.draft)))
    return MadePost(
        post.key, post.remote_id, tuple(sites), tuple(posts), tuple(errors), bool(post.template)
    )


def site_post(built: BuiltPost, make_draft: Callable[[], Draft]) -> SitePost:
    """Return a post for a site without all that only its rendering needed.

    Args:
        built: The post as it was built.
        make_draft: Returns its draft; pickle takes it.
    """
    document = built.document
    return SitePost(
        replace(built.desired, make_draft=make_draft),
        built.problems,
        document.files,
        bool(document.pending_quiz_links),
        built if built.post.template else None,
    )


class _MadeDraft:
    """A draft that was made already.

    From another process it comes as bytes, which take a quarter of the memory of a text with an
    emoji, and it is read when it is needed.

    Args:
        draft: The draft.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def __call__(self) -> Draft:
        return self._draft

    def __reduce__(self) -> tuple[object, ...]:
        return partial, (pickle.loads, pickle.dumps(self._draft, pickle.HIGHEST_PROTOCOL))
