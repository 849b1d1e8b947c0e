"""Write a post of an archive as a file of a blog's folder. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from blogkit.archive.front_matter import front_matter
from blogkit.archive.permalinks import is_permalink, permalink_of
from blogkit.archive.post import ArchivedBlog, ArchivedPost, ArchivedState
from blogkit.posts.slugs import is_slug

_USUAL_COMMENTS = {"post": "open", "page": "closed"}
_PUBLISH = {
    ArchivedState.LIVE: "now",
    ArchivedState.DRAFT: "draft",
    ArchivedState.PENDING: "pending",
    ArchivedState.PRIVATE: "private",
}


def new_post_file(
    post: ArchivedPost,
    blog: ArchivedBlog,
    zone: ZoneInfo,
    *,
    key: str = "",
    allow: tuple[str, ...] = (),
    with_author: bool = False,
    with_meta: bool = True,
    with_drafts_dates: bool = False,
    origin: str = "",
) -> bytes:
    """Return the file of a post that is not on any of the project's sites.

    Args:
        post: The post.
        blog: The blog that it is from.
        zone: The time zone of the file's times.
        key: The post's key; "" for the file's name.
        allow: The kinds of active content that it may have.
        with_author: Name its author.
        with_meta: Name its custom fields.
        with_drafts_dates: A draft's date is the one to publish it with. Otherwise a draft of
            Blogger has only the time when it was begun.
        origin: What tells it from all other posts; "" if nothing does.
    """
    comments: dict[str, object] = {}
    fields: dict[str, object] = {"title": post.title}
    if key:
        fields["key"] = key
    fields |= dict(_common(post))
    fields |= _state(post, zone)
    is_draft = post.state is ArchivedState.DRAFT
    if blog.platform == "blogger" and not ((is_draft and with_drafts_dates) or _has_date(post)):
        fields |= {"old_date": fields.pop("date")} if "date" in fields else {}
    elif post.old_date:
        fields["old_date"] = moment(post.old_date, zone)
    if post.slug:
        (fields if is_slug(post.slug) else comments)["slug"] = post.slug
    if address := _old_address(post, zone, has_slug="slug" in fields):
        fields["old_address"] = address
    fields |= dict(_of_new_posts(post))
    if with_author and post.author:
        fields["author"] = post.author
    if with_meta and post.meta:
        fields["meta"] = dict(post.meta)
    fields |= post.own
    if allow:
        fields["allow"] = list(allow)
    if origin:
        fields["imported_from"] = origin
    return _file(front_matter(fields, comments), post.body)


def known_post_file(post: ArchivedPost, site: str, zone: ZoneInfo, *, key: str = "") -> bytes:
    """Return the file of a post that is on a site of the project.

    What the site keeps as it is, such as the address, is in comments: it is not sent.

    Args:
        post: The post.
        site: The site's name in blogkit.toml.
        zone: The time zone of the file's times.
        key: The post's key; "" for the file's name.
    """
    fields: dict[str, object] = {"title": post.title}
    if key:
        fields["key"] = key
    fields |= dict(_common(post))
    fields |= {"sites": [site], "post_id": post.id}
    comments: dict[str, object] = {}
    if post.published and post.state is not ArchivedState.DRAFT:
        comments["publish"] = moment(post.published, zone)
    else:
        comments["publish"] = _PUBLISH.get(post.state, "draft")
    if post.slug:
        comments["slug"] = post.slug
    if seo := _seo(post):
        comments["seo"] = seo
    if post.image:
        comments["image"] = post.image
    return _file(front_matter(fields, comments), post.body)


def origin_of_post(post: ArchivedPost, blog: ArchivedBlog) -> str:
    """Return what identifies a post of another blog, by which it is known when imported again.

    Args:
        post: The post.
        blog: The blog that it is from.

    Returns:
        An identifier; "" if the archive has none.
    """
    if blog.platform == "blogger" and blog.id and post.id:
        # as Blogger's feeds write it
        return f"tag:blogger.com,1999:blog-{blog.id}.{post.kind}-{post.id}"
    if blog.platform == "wordpress" and blog.url and post.id:
        return f"{blog.url.rstrip('/')}/?p={post.id}"
    return post.url if "://" in post.url else ""


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return a time as front matter has it: "2026-12-01 07:00" in the blog's zone.

    Args:
        at: A time with a zone.
        zone: The blog's. A time that happens twice in it gets its offset.
    """
    try:
        local = at.astimezone(zone)
    except (ValueError, OverflowError):
        local = at
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    shown = local if twice or local.tzinfo is not zone else local.replace(tzinfo=None)
    if local.microsecond:
        return shown.isoformat(" ", "microseconds")
    return shown.isoformat(" ", "seconds" if local.second else "minutes")


def _common(post: ArchivedPost) -> Iterator[tuple[str, Any]]:
    """Yield what is written for posts of both kinds."""
    if post.kind != "post":
        yield "type", post.kind
    for name in ("labels", "categories", "tags"):
        if terms := getattr(post, name):
            yield name, list(terms)
    if excerpt := " ".join(post.excerpt.split()):
        yield "excerpt", excerpt
    if post.place:
        yield "location", vars(post.place)
    if post.sticky and post.kind == "post":
        yield "sticky", True
    if post.comments not in ("", _USUAL_COMMENTS.get(post.kind, "")):
        yield "comments", post.comments
    if post.format and post.kind == "post":
        yield "format", post.format
    if post.template:
        yield "template", post.template
    if post.order and post.kind == "page":
        yield "order", post.order


def _old_address(post: ArchivedPost, zone: ZoneInfo, *, has_slug: bool) -> str:
    """Return the address of a post; "" if an export can make it of the file's slug and date."""
    path = urlsplit(post.url).path
    if is_permalink(path):
        at = post.published.astimezone(zone) if post.published else None
        told = has_slug and path == permalink_of(post.kind, post.slug, at)
        return "" if told else path
    return "" if has_slug or not post.slug else f"/{post.slug}/"


def _of_new_posts(post: ArchivedPost) -> Iterator[tuple[str, Any]]:
    if seo := _seo(post):
        yield "seo", seo
    if post.image:
        yield "image", post.image
        if post.image_alt:
            yield "image_alt", " ".join(post.image_alt.split())
    if post.password:
        yield "password", post.password
    if post.pings not in ("", _USUAL_COMMENTS.get(post.kind, "")):
        yield "pings", post.pings
    if post.parent and post.kind == "page":
        yield "parent", post.parent
    if post.terms:
        yield "taxonomies", {name: list(terms) for name, terms in post.terms.items()}


def _seo(post: ArchivedPost) -> dict[str, str]:
    values = {"title": post.seo_title, "description": " ".join(post.description.split())}
    return {name: value for name, value in values.items() if value}


def _has_date(post: ArchivedPost) -> bool:
    """Return whether Blogger can set a post's date: not for pages, nor for drafts."""
    return post.kind == "post" and post.state is not ArchivedState.DRAFT


def _state(post: ArchivedPost, zone: ZoneInfo) -> dict[str, object]:
    """Return the state and the date. A time alone is a schedule, which must not be past."""
    date = moment(post.published, zone) if post.published else ""
    if post.state is ArchivedState.SCHEDULED:
        return {"publish": date or "draft"}
    fields: dict[str, object] = {"publish": _PUBLISH.get(post.state, "draft")}
    return fields | ({"date": date} if date else {})


def _file(front: str, body: str) -> bytes:
    return f"{front}{body}".encode("utf-8", "surrogatepass")
