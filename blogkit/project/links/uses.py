"""Find the posts that use named links: by their files, and by the widgets in live posts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from blogkit.config import read_links
from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, ContentError
from blogkit.journal.store import Journal
from blogkit.project.context import ProjectContext
from blogkit.project.live.selection import ExactPost
from blogkit.project.options import PublishOptions

if TYPE_CHECKING:
    from blogkit.posts.post import Post


@dataclass(frozen=True)
class NamedLink:
    """A link that posts use by its name.

    Attributes:
        name: The name, as in `quiz: NAME`.
        url: Its address; "" while it is pending.
        posts: The files of the posts that use it, relative to the blog's folder.
        live: The titles of live posts with a widget that was inserted with this name.
    """

    name: str
    url: str = ""
    posts: tuple[str, ...] = ()
    live: tuple[str, ...] = ()

    @property
    def uses(self) -> int:
        """How many posts use it."""
        return len(self.posts) + len(self.live)


@dataclass(frozen=True)
class LinkedPost:
    """A live post with a widget that was inserted with the name of a link.

    Attributes:
        post: Where it is.
        title: The post's title, as the last run left it.
        names: The names.
        in_file: Whether the widget is in the file of an adopted post.
    """

    post: ExactPost
    title: str
    names: frozenset[str]
    in_file: bool = False


def named_links(context: ProjectContext) -> list[NamedLink]:
    """Return the links of `links.toml` and those that posts name, in the order of their names.

    Sends nothing.

    Args:
        context: The call's context.

    Raises:
        ConfigError: `links.toml` cannot be read.
    """
    links = read_links(context.config.root)
    files: dict[str, list[str]] = {}
    live: dict[str, list[str]] = {}
    posts, _ = context.posts.readable()
    for post in posts:
        for name in _names_in(context, post):
            files.setdefault(name, []).append(context.config.relative(post.path))
    with context.journal() as journal:
        for linked in linked_posts(context, journal):
            for name in linked.names:
                live.setdefault(name, []).append(linked.title)
    return [
        NamedLink(name, links.get(name, ""), tuple(files.get(name, ())), tuple(live.get(name, ())))
        for name in sorted({*links, *files, *live}, key=str.casefold)
    ]


def posts_with(context: ProjectContext, name: str) -> list[Post]:
    """Return the posts whose text uses a link, whether it has an address or not.

    Args:
        context: The call's context.
        name: The link's name.
    """
    posts, _ = context.posts.readable()
    return [
        post for post in posts if name in _names_in(context, post) and _uses(context, post, name)
    ]


def linked_posts(context: ProjectContext, journal: Journal) -> Iterator[LinkedPost]:
    """Yield the live posts that have widgets with named links, as far as the journal knows.

    Args:
        context: The call's context.
        journal: Has each post as the last edit left it.
    """
    from blogkit.sync.serialize import unpack_remote

    for site in context.config.sites:
        for entry in journal.edited(site):
            left = unpack_remote(entry.after, entry.id) if entry.after else None
            if left and (names := _in_regions(left.body)):
                yield LinkedPost(ExactPost(site, left.ref.kind, left.ref.id), left.title, names)
    # An edit of an adopted post changes its file.
    posts, _ = context.posts.readable()
    for post in posts:
        if post.remote_id and (names := _in_regions(post.exact)):
            for site in context.posts.sites_of(post, PublishOptions()):
                yield LinkedPost(
                    ExactPost(site, post.kind, post.remote_id), post.title, names, True
                )


def _in_regions(body: str) -> frozenset[str]:
    from blogkit.project.live.snippet import quiz_in
    from blogkit.regions import find_regions
    from blogkit.render.quiz import is_quiz_name

    names = set()
    for region in find_regions(body).regions:
        try:
            names.add(quiz_in(region.mark))
        except BlogkitError:  # damaged; `blogkit regions` tells
            continue
    return frozenset(name for name in names if is_quiz_name(name))


def _names_in(context: ProjectContext, post: Post) -> set[str]:
    """Return the links that a post names, itself or through its sites' settings."""
    from blogkit.render.quiz import is_quiz_name, resolve_quiz

    try:
        sites = context.posts.sites_of(post, PublishOptions())
    except BlogkitError:  # it goes nowhere yet
        sites = []
    found = {resolve_quiz("", post.quiz, context.config.site(site).quiz_url) for site in sites}
    return {name for name in found or {post.quiz.strip()} if is_quiz_name(name)}


def _uses(context: ProjectContext, post: Post, name: str) -> bool:
    """Return whether a post has a place for the link; also if it cannot be rendered."""
    # With its own name for an address, the link is pending.
    options = PublishOptions(allow_pending_quiz=True, links={name: name})
    for site in context.posts.sites_of(post, options):
        profile = context.sites.default_profile(site)
        try:
            where = context.config.site(site)
            document = context.renderer.document(post, where, options, profile)
        except ContentError:
            return True
        # An adopted post fills its own placeholders.
        if document.pending_quiz_links or post.remote_id:
            return True
    return False
