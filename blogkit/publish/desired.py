"""What a post is meant to be on a site, and the digests that tell whether the meaning changed."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, tzinfo

from blogkit.content.post import Post, Publish
from blogkit.platforms.base import Draft, Platform, State, Target
from blogkit.publish.actions import Desired
from blogkit.render.document import Asset, Document


def desire(post: Post, document: Document, platform: Platform, zone: tzinfo, now: datetime) -> Desired:
    """What this post is meant to be on this platform's site. Pure apart from what `platform.compose` is."""
    draft = Draft(
        key=post.key,
        kind=post.kind,
        title=post.title,
        body=document.html if post.remote_id else platform.compose(document),
        labels=post.labels,
        categories=post.categories,
        tags=post.tags,
        slug=post.slug,
        excerpt=post.excerpt,
        assets=document.assets,
        featured=document.featured,
        featured_url=document.featured_url,
    )
    target = target_of(post, now)
    return Desired(
        key=post.key,
        path=post.path,
        site=platform.name,
        kind=draft.kind,
        title=draft.title,
        write=lambda: draft,
        target=target,
        digest=digest(draft),
        wish=wish_of(target),
        zone=zone,
        min_lead=platform.capabilities.min_lead_seconds,
        remote_id=post.remote_id,
    )


def target_of(post: Post, now: datetime) -> Target | None:
    """The state that front matter asks for; a scheduled time that has come is live since then."""
    if post.publish is Publish.KEEP:
        return None
    if post.publish is Publish.DRAFT:
        return Target(State.DRAFT)
    return due(Target(State.SCHEDULED if post.at else State.LIVE, post.at), now)


def due(target: Target, now: datetime) -> Target:
    """The target as of now: a schedule whose time has come is a post that is live since then, and the reverse."""
    if target.at is None or target.state is State.DRAFT:
        return target
    return Target(State.LIVE if target.at <= now else State.SCHEDULED, target.at)


def wish_of(target: Target | None) -> str:
    """The target as words for the journal: the same before and after a scheduled time has come."""
    if target is None:
        return "keep"
    if target.at is None:
        return str(target.state)
    return f"at {target.at.astimezone(UTC).isoformat()}"


def states_of(wish: str) -> frozenset[str]:
    """The states in which a post may be found after this wish was carried out."""
    return frozenset({State.LIVE, State.SCHEDULED} if wish.startswith("at ") else {wish})


def digest(draft: Draft) -> str:
    """A name for the content we mean: equal digests, equal posts. Files count by their bytes, not by where they were uploaded."""
    meant = [
        "1",  # the recipe; another recipe must start otherwise
        draft.kind,
        draft.title,
        draft.body,
        draft.labels,
        draft.categories,
        draft.tags,
        draft.slug,
        draft.excerpt,
        [_asset(asset) for asset in draft.assets],
        _asset(draft.featured) if draft.featured else None,
        draft.featured_url,
    ]
    return hashlib.sha256(json.dumps(meant, ensure_ascii=True).encode()).hexdigest()


def _asset(asset: Asset) -> list[str]:
    return [asset.sha256, asset.name, asset.alt]
