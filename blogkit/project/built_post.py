"""Build a post for a site: what it should be there, and the problems that prevent it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.project.context import ProjectContext
from blogkit.project.options import PublishOptions
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
        find: Returns the problems of the post.
    """

    site: str
    path: Path
    desired: Desired
    build: Callable[[], BuiltPost] = field(repr=False, compare=False)
    find: Callable[[], tuple[Problem, ...]] = field(repr=False, compare=False)

    @cached_property
    def built(self) -> BuiltPost:
        """The post, read and rendered once."""
        return self.build()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the post."""
        return self.find()


def build_posts(
    context: ProjectContext,
    post: Post,
    site: str,
    options: PublishOptions,
    *,
    profile: Profile | None = None,
    refuse: bool = True,
) -> BuiltPost:
    """Render a post for a site and collect what the platform would refuse. Sends nothing.

    Args:
        context: The call's context.
        post: The post.
        site: The site's name.
        options: What the caller decided for all posts.
        profile: What the site keeps of HTML; None takes the platform's default without asking.
        refuse: Whether errors of its content are among the problems; `ContentChecks.findings` has
            them all.

    Returns:
        The post with its problems.

    Raises:
        ContentError: The post cannot be rendered.
    """
    from blogkit.platforms.custom_types import type_problems
    from blogkit.platforms.terms import label_problems
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
        *(context.checks.refusals(post, document) if refuse else ()),
    ]
    if post.remote_id:
        # An adopted post is on the blog as it is; its problems must not stop all the others.
        problems = [replace(problem, severity="warning") for problem in problems]
    return BuiltPost(post, document, desired, tuple(problems))


def _no_slots(context: ProjectContext, post: Post, site: str) -> list[Problem]:
    from blogkit.posts.post import Publish

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
        from blogkit.project.content_checks import tolerated

        waiting = tolerated(post, error.problems)
        if any(problem.severity == "error" for problem in waiting):
            raise
    options = replace(options, allow_pending_quiz=True)
    return context.renderer.document(post, where, options, profile), waiting


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
