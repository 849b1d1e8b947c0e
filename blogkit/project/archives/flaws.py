"""Tell why an imported post cannot be published as its file is."""

from __future__ import annotations

from pathlib import Path

from blogkit.errors import ContentError
from blogkit.platforms.base import Draft
from blogkit.platforms.term_names import as_labels
from blogkit.platforms.terms import has_paths, label_problems
from blogkit.posts.loader import load_post
from blogkit.posts.post import Post
from blogkit.project.context import ProjectContext
from blogkit.sync.desired import target_of


def refusal_of(context: ProjectContext, path: Path, data: bytes) -> str:
    """Return why publishing would refuse the front matter of a file; "" if it would not.

    The text is left to `blogkit check`, which renders it.

    Args:
        context: The call's context.
        path: The file.
        data: Its bytes.
    """
    config = context.config
    try:
        post = load_post(path, root=config.root, zone=config.zone, text=data)
    except ContentError as error:
        return error.problems[0].message
    # What is on the site already is not refused for what it is.
    return "" if post.remote_id else _site_refusal(context, post)


def _site_refusal(context: ProjectContext, post: Post) -> str:
    """Return why the default site would refuse a post."""
    if not context.config.default_site:
        return ""
    platform = context.sites.platform(context.config.default_site)
    draft = Draft(
        key=post.key,
        kind=post.kind,
        title=post.title,
        body="",
        labels=post.labels,
        categories=post.categories if has_paths(platform) else as_labels(post.categories),
        tags=post.tags,
        slug=post.slug,
        excerpt=post.excerpt,
        settings=post.settings,
    )
    found = [
        *platform.check(draft, target_of(post, context.clock())),
        *label_problems(post.categories, platform),
    ]
    return next((problem.message for problem in found if problem.severity == "error"), "")
