"""The posts of a live site, as archives have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from blogkit.archive.post import ArchivedBlog, ArchivedPost, ArchivedState, Location
from blogkit.platforms.base import Platform, PostKind, Remote, State
from blogkit.platforms.settings import META
from blogkit.project.context import ProjectContext
from blogkit.project.moving.report import ExportedArchive
from blogkit.sync.listing import PRESENT

_KINDS: tuple[PostKind, ...] = ("post", "page")
_BATCH = 100
_STATES = {
    "private": ArchivedState.PRIVATE,
    "pending": ArchivedState.PENDING,
    State.LIVE: ArchivedState.LIVE,
    State.SCHEDULED: ArchivedState.SCHEDULED,
}
_OWN = ("image_caption", "image_title")
_TAXONOMIES = "taxonomies."
_SEO = {
    "description": (
        "seo.description",
        "meta._yoast_wpseo_metadesc",
        "meta.rank_math_description",
        "meta._seopress_titles_desc",
        "aioseo.description",
    ),
    "title": (
        "seo.title",
        "meta._yoast_wpseo_title",
        "meta.rank_math_title",
        "meta._seopress_titles_title",
        "aioseo.title",
    ),
}


def blog_of(context: ProjectContext, site: str, number: str = "") -> ArchivedBlog:
    """Return a site of the project as archives name it.

    Args:
        context: The call's context.
        site: The site's name.
        number: What the site calls itself; "" if it was not asked.
    """
    where = context.config.site(site)
    platform = "wordpress" if where.platform == "wordpress" else "blogger"
    number = number.removeprefix("blogger:") if number.startswith("blogger:") else ""
    return ArchivedBlog(platform, context.config.title, number, where.url)


def posts_of_site(
    context: ProjectContext, site: str, report: ExportedArchive
) -> Iterator[ArchivedPost]:
    """Yield every post and page of a site, each once.

    Args:
        context: The call's context.
        site: The site's name.
        report: Gets the posts that cannot be read.
    """
    platform = context.sites.platform(site)
    if hidden := platform.hides_posts():
        report.notes.append(hidden)
    seen, batch = set(), []
    for kind in _KINDS:
        listed = platform.list(
            kind, PRESENT, on_unreadable=lambda error: report.failed.append((site, error))
        )
        for remote in listed:
            if remote.ref in seen:  # one that goes live meanwhile is in two lists
                continue
            seen.add(remote.ref)
            batch.append(remote)
            if len(batch) == _BATCH:
                yield from _named(platform, batch)
                batch = []
    yield from _named(platform, batch)


def _named(platform: Platform, remotes: list[Remote]) -> Iterator[ArchivedPost]:
    yield from map(archived, platform.with_names(remotes) if remotes else ())


def archived(remote: Remote) -> ArchivedPost:
    """Return a post of a site as archives have it.

    Args:
        remote: The post, with names in the place of the site's numbers.
    """
    get = remote.settings.get
    image = str(get("image") or remote.featured_id)
    return ArchivedPost(
        kind=remote.type or remote.ref.kind,
        title=remote.title,
        body=remote.body,
        state=_STATES.get(remote.status) or _STATES.get(remote.state, ArchivedState.DRAFT),
        id=remote.ref.id,
        published=remote.at or _date(get("date")),
        updated=_date(remote.updated),
        labels=remote.labels,
        categories=remote.categories,
        tags=remote.tags,
        slug=remote.slug,
        url=remote.url,
        excerpt=remote.excerpt,
        image=image if "://" in image else "",
        **of_settings(remote.settings),
    )


def of_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return what archives have of a post's settings.

    Args:
        settings: The settings, with names in the place of a site's numbers.
    """
    get = settings.get
    place, form = get("location"), str(get("format") or "")
    author, parent = str(get("author") or ""), str(get("parent") or "")
    seo = {name: next((settings[one] for one in _SEO[name] if get(one)), "") for name in _SEO}
    return {
        "terms": {
            name.removeprefix(_TAXONOMIES): tuple(terms)
            for name, terms in settings.items()
            if name.startswith(_TAXONOMIES) and terms
        },
        "description": str(seo["description"]),
        "seo_title": str(seo["title"]),
        "place": Location(**place) if isinstance(place, Mapping) else None,
        "author": "" if author.startswith("id:") else author,
        "image_alt": str(get("image_alt") or ""),
        "password": str(get("password") or ""),
        "sticky": get("sticky") is True,
        # Other formats cannot hide comments; closed is the nearest.
        "comments": str(get("comments") or "").replace("hidden", "closed"),
        "pings": str(get("pings") or ""),
        "format": "" if form == "standard" else form,
        "parent": "" if parent.startswith("id:") else parent,
        "order": int(get("order") or 0),
        "template": str(get("template") or ""),
        "own": _own(settings, seo),
        "meta": {
            name.removeprefix(META): str(value)
            for name, value in settings.items()
            if name.startswith(META) and name not in (*_SEO["description"], *_SEO["title"])
            if isinstance(value, str | int | float) and value not in ("", False)
        },
    }


def _own(settings: Mapping[str, Any], seo: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that only blogkit's own files have, by key of front matter."""
    own = {name: settings[name] for name in _OWN if settings.get(name)}
    if settings.get("comments") == "hidden":
        own["comments"] = "hidden"
    if robots := settings.get("seo.robots"):
        words = {name: seo[name] for name in ("title", "description") if seo[name]}
        own["seo"] = {**words, "robots": robots}
    return own


def _date(text: object) -> datetime | None:
    """Return a time of a site; None if it does not tell, or in a form that is not ISO 8601."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
