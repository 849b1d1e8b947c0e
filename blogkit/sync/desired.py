"""What a post should be on a site, and digests that detect changes of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from blogkit.errors import BlogkitError
from blogkit.platforms.base import Draft, Platform, Remote, State, Target
from blogkit.platforms.statuses import PENDING_STATUS, PRIVATE_STATUS, word_of
from blogkit.sync.actions import Desired, Queued
from blogkit.times import both_clocks

if TYPE_CHECKING:  # a post that has not changed is not made again
    from blogkit.posts.post import Post
    from blogkit.render.document import Asset, Document

IMAGE_ALT = "image_alt"
"""The setting with the text of a featured image, which has counted as part of the file so far."""
_STATES = {PRIVATE_STATUS: State.LIVE, PENDING_STATUS: State.DRAFT}
_SAME_TIME = timedelta(minutes=1)
"""Front matter and blogs name minutes."""


def build_desired(
    post: Post, document: Document, platform: Platform, zone: tzinfo, now: datetime
) -> Desired:
    """Return what this post should be on this platform's site. Pure except for `platform.compose`.

    Args:
        post: The post's file, read.
        document: The post, rendered for this site.
        platform: The site.
        zone: The blog's time zone, for messages.
        now: Decides whether a time has passed.
    """
    from blogkit.platforms.term_names import as_labels
    from blogkit.platforms.terms import has_paths
    from blogkit.posts.post import Publish

    # An adopted post is sent as it is: blocks or a sentinel would change its author's HTML.
    draft = Draft(
        key=post.key,
        kind=post.kind,
        title=post.title,
        body=document.html if post.remote_id else platform.compose(document),
        labels=post.labels,
        categories=post.categories if has_paths(platform) else as_labels(post.categories),
        tags=post.tags,
        slug=post.slug,
        excerpt=post.excerpt,
        assets=document.assets,
        featured=document.featured,
        featured_url=document.featured_url,
        settings=_settings(post, document, platform),
        cleared=post.cleared,
        lines=post.lines,
        exact=bool(post.remote_id),
        type=post.type,
        language=post.language if platform.capabilities.languages else "",
    )
    target = target_of(post, now)
    return Desired(
        key=post.key,
        path=post.path,
        site=platform.name,
        kind=draft.kind,
        title=draft.title,
        make_draft=lambda: draft,
        target=target,
        digest=content_digest(draft),
        desired_state=desired_state_of(target),
        zone=zone,
        min_lead=platform.capabilities.min_lead_seconds,
        remote_id=post.remote_id,
        queued=Queued(post.priority, post.hold) if post.publish is Publish.QUEUE else None,
        template=post.template,
        note=post.note,
    )


def _settings(post: Post, document: Document, platform: Platform) -> Mapping[str, Any]:
    """Return the post's settings, with the text of its image if the platform keeps it apart."""
    image = document.featured or document.featured_url
    if post.image_alt and image and platform.capabilities.featured_image:
        return {**post.settings, IMAGE_ALT: post.image_alt}
    return post.settings


def target_of(post: Post, now: datetime) -> Target | None:
    """Return the state that front matter asks for; None leaves it to the site, or to the queue.

    Args:
        post: The post's file, read.
        now: A scheduled time before it means live since then.
    """
    from blogkit.posts.post import Publish

    if post.publish in (Publish.KEEP, Publish.QUEUE):
        return None
    if post.publish in (Publish.DRAFT, Publish.PENDING):
        date = post.settings.get("date")
        status = PENDING_STATUS if post.publish is Publish.PENDING else ""
        return Target(State.DRAFT, datetime.fromisoformat(date) if date else None, status)
    if post.publish is Publish.PRIVATE:
        return Target(State.LIVE, post.at, PRIVATE_STATUS)
    return resolve_target(Target(State.SCHEDULED if post.at else State.LIVE, post.at), now)


def resolve_target(target: Target, now: datetime) -> Target:
    """Return the target as of now.

    Args:
        target: A schedule in the past is a post that is live since then, and the reverse.
        now: The present time.
    """
    if target.at is None or target.state is State.DRAFT or target.status:
        return target
    return replace(target, state=State.LIVE if target.at <= now else State.SCHEDULED)


def outstanding(remote: Remote, target: Target | None, now: datetime) -> Target | None:
    """Return the state that the post still has to reach as of now; None if it has reached it.

    Args:
        remote: The post as it is.
        target: The state to reach; None for any.
        now: Decides whether a time has passed.
    """
    resolved = resolve_target(target, now) if target else None
    return None if is_reached(remote, resolved) else resolved


def is_reached(remote: Remote, target: Target | None) -> bool:
    """Return whether the post is in the target state.

    Args:
        remote: The post as it is.
        target: The state to reach; None for any.
    """
    return target is None or (
        remote.state is target.state
        and is_same_time(target.at, remote.at)
        and target.status in ("", word_of(remote))
    )


def is_same_time(one: datetime | None, other: datetime | None) -> bool:
    """Return whether two times are the same minute to a blog.

    Args:
        one: A time; None, for unknown, matches any.
        other: Another one.
    """
    return one is None or other is None or abs(one - other) < _SAME_TIME


def was_moved(left: State, left_at: datetime | None, remote: Remote, now: datetime) -> bool:
    """Return whether a post has another state or time than a run left.

    A schedule that came true does not count.

    Args:
        left: The state that the run left.
        left_at: The time that it left; None if unknown.
        remote: The post as it is.
        now: Decides whether the schedule came true.
    """
    # Sites publish late rather than early, so before its time a person must have published it.
    if left is State.SCHEDULED and remote.state is State.LIVE:
        return left_at is None or now < left_at - _SAME_TIME
    return left is not remote.state or (
        remote.state is not State.DRAFT and not is_same_time(left_at, remote.at)
    )


def too_close(desired: Desired, target: Target | None, now: datetime) -> tuple[str, str] | None:
    """Return why a schedule is too near for the site.

    Args:
        desired: Names the seconds that the site needs.
        target: The state to set.
        now: The present time.

    Returns:
        The reason and a hint; None if the schedule is fine.
    """
    if target is None or target.at is None or target.state is State.DRAFT:
        return None
    ahead = (target.at - now).total_seconds()
    if ahead <= 0 or ahead >= desired.min_lead:
        return None
    when = both_clocks(target.at, desired.zone)
    reason = (
        f"{when} is only {ahead:.0f} s ahead; {desired.site} needs {desired.min_lead} s, or it"
        " publishes at once"
    )
    return reason, "use `publish: now` or a later time"


def refuse_too_close(desired: Desired, target: Target | None, now: datetime) -> None:
    """Check that a schedule is not too near for the site.

    Args:
        desired: Names the seconds that the site needs.
        target: The state to set.
        now: The present time.

    Raises:
        BlogkitError: The site would publish at once.
    """
    late = too_close(desired, target, now)
    if late:
        raise BlogkitError(late[0], hint=late[1])


def desired_state_of(target: Target | None) -> str:
    """Return the target as text for the journal; it stays the same when a scheduled time passes."""
    if target is None:
        return "keep"
    if target.at is None or target.state is State.DRAFT:
        return target.status or target.state
    if target.status:
        return f"{target.status} at {target.at.astimezone(UTC).isoformat()}"
    # Not "scheduled": a post that went live on time is still as desired.
    return f"at {target.at.astimezone(UTC).isoformat()}"


def states_of(desired_state: str) -> set[str]:
    """Return the states that a post may have after this target was set.

    Args:
        desired_state: What `desired_state_of` returned.
    """
    if desired_state.startswith("at "):
        return {State.LIVE, State.SCHEDULED}
    return {_STATES.get(desired_state.partition(" ")[0], desired_state)}


def content_digest(draft: Draft) -> str:
    """Return a digest of the desired content. Files count by their bytes, not by their address."""
    from blogkit.regions import without_key_attribute

    parts: list[object] = [
        "1",  # the recipe; another recipe must start otherwise
        draft.kind,
        draft.title,
        # An editor on Windows may save a file with other line ends: the same HTML to a browser
        # (https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream).
        # A post is not written again for its second key alone.
        without_key_attribute(draft.body).replace("\r\n", "\n"),
        draft.labels,
        draft.categories,
        draft.tags,
        draft.slug,
        draft.excerpt,
        [_asset(asset) for asset in draft.assets],
        _asset(draft.featured) if draft.featured else None,
        draft.featured_url,
        # Only where there is one, so that the digests of usual posts stay what they were.
        *(word for word in (draft.type, draft.language and f"in {draft.language}") if word),
    ]
    # Only where the file has some, so that the digests of all other posts stay what they were.
    counted = [(n, v) for n, v in draft.settings.items() if n != IMAGE_ALT or not draft.featured]
    if counted or draft.cleared:
        parts += [sorted(counted), sorted(draft.cleared)]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()


def _asset(asset: Asset) -> list[str]:
    return [asset.sha256, asset.name, asset.alt]
