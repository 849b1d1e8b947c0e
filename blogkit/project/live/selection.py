"""Choose live posts: those that are named, or all that fit."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from blogkit.dataclass import dataclass
from blogkit.errors import SiteError, UsageError
from blogkit.project.plans.progress import OnProgress, advancing

if TYPE_CHECKING:  # a project knows selections without using the journal or a platform
    from blogkit.journal.store import Journal
    from blogkit.platforms.base import Remote
    from blogkit.project.context import ProjectContext
    from blogkit.project.live.references import ReferencedPost


@dataclass(frozen=True)
class ExactPost:
    """Where a post is.

    Attributes:
        site: The site's name.
        kind: `post` or `page`.
        id: The site's id of it.
    """

    site: str
    kind: Literal["post", "page"]
    id: str


@dataclass(frozen=True)
class Selection:
    """Which live posts a call is about.

    Attributes:
        posts: References: addresses, ids, keys or files.
        site: The site's name; empty means that of an address, else the default site.
        label: All posts with this label, category or tag.
        since: All posts that went live since then, in the blog's time zone.
        search: All posts with this in their title or text.
        all: All posts and pages.
        exact: These posts, as far as they still exist.
        done: Posts to leave out, because they are done already: their sites and ids.
    """

    posts: tuple[str, ...] = ()
    site: str = ""
    label: str = ""
    since: datetime | None = None
    search: str = ""
    all: bool = False
    exact: tuple[ExactPost, ...] = ()
    done: frozenset[tuple[str, str]] = frozenset()

    @property
    def listed(self) -> bool:
        """Whether the site has to be listed."""
        return bool(self.label or self.since or self.search or self.all)

    @property
    def tolerant(self) -> bool:
        """Whether some of the posts may lack the place that an edit is about."""
        return self.listed or bool(self.exact)


def select(
    context: ProjectContext,
    journal: Journal,
    chosen: Selection,
    on_progress: OnProgress,
    left_out: list[SiteError],
) -> list[ReferencedPost]:
    """Return the posts, each once.

    Args:
        context: The call's context.
        journal: Knows the keys of published posts.
        chosen: Which posts.
        on_progress: Told each post of a listing.
        left_out: Receives why posts cannot be read.

    Raises:
        UsageError: No posts are named, or both kinds of choice are made.
    """
    found = _found(context, journal, chosen, on_progress, left_out)
    return [one for one in found if (one.site, one.remote.ref.id) not in chosen.done]


def _found(
    context: ProjectContext,
    journal: Journal,
    chosen: Selection,
    on_progress: OnProgress,
    left_out: list[SiteError],
) -> list[ReferencedPost]:
    from blogkit.project.live.references import exact_posts, listed, resolve_all

    if chosen.exact:
        return list(exact_posts(context, journal, chosen.exact, left_out))
    if bool(chosen.posts) == chosen.listed:
        raise UsageError(
            "no posts chosen, or chosen in two ways; name posts, or use --all, --label, --since or"
            " --search",
            hint="to see how to choose posts, run the command with --help",
        )
    if chosen.posts:
        return resolve_all(context, journal, chosen.posts, chosen.site, left_out)
    found = []
    site = chosen.site or context.config.default_site
    advance = advancing(on_progress, f"looking at {site}", 0)
    for one in listed(context, journal, chosen.site, chosen.label, left_out):
        advance(one.remote.title)
        if _fits(context, one.remote, chosen):
            found.append(one)
    return found


def _fits(context: ProjectContext, post: Remote, chosen: Selection) -> bool:
    from blogkit.html import decode

    if chosen.since is not None:
        since = chosen.since
        if since.tzinfo is None:
            since = since.replace(tzinfo=context.config.zone)
        if post.at is None or post.at < since:
            return False
    wanted = chosen.search.casefold()
    # Users search for "&", the site stores "&amp;".
    texts = (post.title, post.body, decode(post.body))
    return not wanted or any(wanted in text.casefold() for text in texts)
