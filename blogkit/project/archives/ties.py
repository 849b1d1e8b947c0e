"""Which site of the project an archive is of, and which files its posts have already."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from blogkit.archive.post import ArchivedBlog, ArchivedPost
from blogkit.archive.reader import key_in
from blogkit.config import Site
from blogkit.errors import BlogkitError, ConfigError, SiteError, UsageError
from blogkit.journal.store import Journal
from blogkit.posts.loader import load_heads
from blogkit.project.archives.identities import PostIdentity
from blogkit.project.context import ProjectContext
from blogkit.project.files.writing import reading

_HEAD = 65_536
_FRONT = re.compile(r"---\r?\n.*?^---", re.DOTALL | re.MULTILINE)
_MARKS = re.compile(r'^(post_id|sites|imported_from): \[?"([^"\n]+)"', re.MULTILINE)
"""The lines that `import` writes, by which it knows a file again."""


def site_of_blog(context: ProjectContext, blog: ArchivedBlog, *, site: str, as_new: bool) -> str:
    """Return the site of the project that an archive is of; "" for another blog.

    Args:
        context: The call's context.
        blog: The blog.
        site: The site that the caller named; "" finds it.
        as_new: Take it for another blog.

    Raises:
        UsageError: The named site is another blog.
        BlogkitError: It may be a site of the project, but that site cannot be asked.
    """
    if as_new:
        return ""
    sites = context.config.sites.values()
    if site:
        return _named(context, context.config.site(site), blog)
    candidates = [one for one in sites if one.platform == blog.platform]
    unknown: list[tuple[str, str]] = []
    for one in candidates:
        try:
            if _is_same(context, one, blog):
                return one.name
        except (SiteError, ConfigError) as error:
            unknown.append((one.name, error.message))
    if unknown:
        name, reason = unknown[0]
        raise BlogkitError(
            f"cannot tell whether this is the blog of site {name}: {reason}",
            hint=f"if it is, add --site {name}; if it is another blog, add --as-new",
        )
    return ""


def _named(context: ProjectContext, site: Site, blog: ArchivedBlog) -> str:
    if site.platform != blog.platform:
        kind = {"blogger": "a Blogger blog", "wordpress": "a WordPress site"}[blog.platform]
        raise UsageError(
            f"the archive is of {kind}, and site {site.name} is not",
            hint="to import its posts as new ones, add --as-new",
        )
    named = f"blog {blog.id}" if blog.id else blog.url
    if named and not _may_be(context, site, blog):
        raise UsageError(
            f"the archive is of {named}, and site {site.name} is another blog",
            hint="to import its posts as new ones, add --as-new",
        )
    return site.name


def _may_be(context: ProjectContext, site: Site, blog: ArchivedBlog) -> bool:
    """Return whether a site may be a blog; a site of Blogger may if it cannot be asked."""
    try:
        if _is_same(context, site, blog):
            return True
        if blog.platform == "blogger":
            return not blog.id
        identity = context.sites.platform(site.name).identity()
    except (SiteError, ConfigError):
        return blog.platform == "blogger"
    # readers' address of a WordPress site may differ from that of its API
    return _place(identity.removeprefix("wordpress:")) == _place(blog.url)


def _is_same(context: ProjectContext, site: Site, blog: ArchivedBlog) -> bool:
    if blog.platform == "wordpress":
        return _place(site.url) == _place(blog.url)
    if site.blog_id or not blog.id:
        return bool(blog.id) and site.blog_id == blog.id
    return context.sites.platform(site.name).identity() == f"blogger:{blog.id}"


def _place(url: str) -> tuple[str, str]:
    """Return an address without what changes when a site starts to use HTTPS or "www."."""
    parts = urlsplit(url)
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/")


class KnownFiles:
    """Finds the files that posts of archives have already.

    Args:
        context: The call's context.
        journal: Knows which posts the project's files were published as.

    Attributes:
        paths: The project's files, by their keys.
        taken: Their names without endings and their keys, case-folded.
    """

    def __init__(self, context: ProjectContext, journal: Journal) -> None:
        config = context.config
        sources = context.posts.sources()
        heads = load_heads(sources, root=config.root, zone=config.zone)
        self._default = config.default_site
        default = (config.default_site,)
        self._journal = journal
        self._published: dict[str, dict[str, str]] = {}
        self._sites = tuple(config.sites)
        self._every_key: set[str] | None = None
        self._by_id = {
            (site, post.remote_id): post.path
            for post in heads
            if post.remote_id
            for site in post.sites or default
        }
        self._by_origin = {post.origin: post.path for post in heads if post.origin}
        self._by_key = {
            (site, post.key): post.path
            for post in heads
            if not post.remote_id
            for site in post.sites or default
        }
        read = {post.path for post in heads}
        for path in sources:
            if path not in read:
                self._note_unreadable(path)
        self.paths = {post.key: post.path for post in heads}
        self.taken = {name.casefold() for name in (*self.paths, *(path.stem for path in sources))}

    def _note_unreadable(self, path: Path) -> None:
        """Note whose file it is, although it is too large for a post, or broken since."""
        with reading(path), path.open("rb") as file:
            front = _FRONT.match(file.read(_HEAD).decode("utf-8", "replace"))
        found = dict(_MARKS.findall(front[0])) if front else {}
        if number := found.get("post_id"):
            self._by_id.setdefault((found.get("sites", self._default), number), path)
        if origin := found.get("imported_from"):
            self._by_origin.setdefault(origin, path)

    def imported(self, identity: PostIdentity) -> Path | None:
        """Return the file that `import`, `adopt` or `pull` wrote for a post."""
        if identity.site:
            return self._by_id.get((identity.site, identity.name))
        return self._by_origin.get(identity.name)

    def was_published(self, key: str) -> bool:
        """Return whether a post with this key is or was on a site: a file must not get it again."""
        if self._every_key is None:
            memories = (
                memory for site in self._sites for memory in self._journal.memories(site).values()
            )
            self._every_key = {memory.key.casefold() for memory in memories}
        return key.casefold() in self._every_key

    def source(self, post: ArchivedPost, site: str) -> Path | None:
        """Return the file that blogkit published a post from."""
        if not site:
            return None
        if site not in self._published:
            memories = self._journal.memories(site).values()
            self._published[site] = {memory.remote_id: memory.key for memory in memories}
        key = self._published[site].get(post.id) or key_in(post.body, post.id)
        return self._by_key.get((site, key))
