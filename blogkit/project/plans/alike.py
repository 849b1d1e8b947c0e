"""Refuse new posts that are like another file, or like a post on the site: they may be copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from blogkit.journal.records import Memory
from blogkit.platforms.base import Remote
from blogkit.project.cache.database import CacheFile
from blogkit.project.context import ProjectContext
from blogkit.project.plans.shortened import is_shortened
from blogkit.regions import find_sentinel
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind


def refuse_alike_files(
    context: ProjectContext, planned: Mapping[str, Sequence[Action]]
) -> dict[str, list[Action]]:
    """Return the plan without new posts that are like another file: they may be copies of it.

    Args:
        context: Knows all files.
        planned: The actions of each site.
    """
    new = {
        action.desired.path
        for actions in planned.values()
        for action in actions
        if action.kind is ActionKind.CREATE and action.desired.path
    }
    alike: Mapping[Path, tuple[Path, str]] = {}
    if new:
        alike = _alike(context, sorted(new), context.posts.sources())
    return {
        site: [_unless_alike(context, action, alike) for action in actions]
        for site, actions in planned.items()
    }


def _alike(
    context: ProjectContext, new: Sequence[Path], known: Sequence[Path]
) -> Mapping[Path, tuple[Path, str]]:
    """Return for each new post the first other file that is like it, and in which respect."""
    from blogkit.project.cache.texts import TextCache
    from blogkit.project.duplicates.similarity import find_alike

    with CacheFile.open(context.config.private) as file:
        texts = TextCache(context.settings, file)
        texts.look_up(list({*new, *known}))
        found = find_alike(new, known, texts.read)
        texts.save()
    return found


def _unless_alike(
    context: ProjectContext, action: Action, alike: Mapping[Path, tuple[Path, str]]
) -> Action:
    path = action.desired.path
    if action.kind is not ActionKind.CREATE or path is None or path not in alike:
        return action
    other, respect = alike[path]
    what = "the same title" if respect == "title" else "the same text, or nearly so"
    name = context.config.relative(path)
    hint = (
        "if it is a copy, delete it; if it is a different post, run: blogkit publish"
        f" {name} --as-new"
    )
    return replace(
        action,
        kind=ActionKind.REFUSED,
        summary=messages.refusal(action.desired, f"{context.config.relative(other)} has {what}"),
        target=None,
        hint=hint,
    )


def refuse_alike_posts(
    context: ProjectContext,
    site: str,
    actions: Sequence[Action],
    memories: Mapping[str, Memory],
) -> list[Action]:
    """Return a plan without new posts that are like one on the site.

    Posts that a whole file describes are left to the comparison of files.

    Args:
        context: Knows the site and all files.
        site: The site's name.
        actions: The plan of the site.
        memories: What the journal knows of the site, by key.
    """
    new = [action.desired for action in actions if action.kind is ActionKind.CREATE]
    if not new:
        return [*actions]
    from blogkit.project.duplicates.untracked import similar_posts

    # Of a file that was cut off, a copy is like the post and unlike the file.
    whole = {action.key for action in actions if not is_shortened(action)}
    found = similar_posts(new, context.sites.platform(site), whole, memories)
    return [
        _refused_duplicate(context, action, *found[action.key])
        if action.kind is ActionKind.CREATE and action.key in found
        else action
        for action in actions
    ]


def _refused_duplicate(
    context: ProjectContext, action: Action, post: Remote, respect: str
) -> Action:
    what = "this title" if respect == "title" else "this text, or nearly so"
    path, place = action.desired.path, post.url or f"id {post.ref.id}"
    name = context.config.relative(path) if path else action.key
    key, known = find_sentinel(post.body), context.posts.keys()
    reason = f"{action.site} already has a post with {what}"
    if key in known:
        reason += f' (key "{key}")'
        hint = "if this is a copy, delete the file"
    else:
        reason += f", and no file describes it ({place})"
        hint = (
            f"to manage that post, delete {name} and run: blogkit adopt {post.url or post.ref.id}"
        )
    hint += f"; if this is a different post, run: blogkit publish {name} --as-new"
    return replace(
        action,
        kind=ActionKind.REFUSED,
        summary=messages.refusal(action.desired, reason),
        target=None,
        hint=hint,
    )
