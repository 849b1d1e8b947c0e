"""Resolve a reference to a post: its file, key, address on the blog, or the site's id of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from blogkit.dataclass import dataclass
from blogkit.errors import NotFound, SiteError, Unreadable, UsageError, nearest
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import Platform, PostKind, Ref, Remote, State
from blogkit.project.context import ProjectContext
from blogkit.project.live.addresses import PostAddress, address_key, parse_address, same_address
from blogkit.project.live.selection import ExactPost
from blogkit.project.options import PublishOptions
from blogkit.regions import find_sentinel, sentinel_id
from blogkit.sync.listing import PRESENT, ref_of_memory

_log = logging.getLogger("blogkit.sync")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KINDS: tuple[PostKind, ...] = ("post", "page")


@dataclass(frozen=True)
class ReferencedPost:
    """A post on a site.

    Attributes:
        site: The site's name.
        remote: The post as the site has it.
        key: The key by which blogkit knows it; empty for one that it does not know.
    """

    site: str
    remote: Remote
    key: str = ""


class PublishedPosts:
    """What the journal knows of each site's posts, read once."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._memories: dict[str, Mapping[str, Memory]] = {}
        self._keys: dict[str, dict[Ref, str]] = {}
        self._addresses: dict[str, dict[str, Memory]] = {}

    def on(self, site: str) -> Mapping[str, Memory]:
        """Return the site's posts by key."""
        if site not in self._memories:
            self._memories[site] = self._journal.memories(site)
            keys = self._keys[site] = {}
            addresses = self._addresses[site] = {}
            for memory in self._memories[site].values():
                keys.setdefault(ref_of_memory(memory), memory.key)
                addresses.setdefault(address_key(memory.url), memory)
        return self._memories[site]

    def named(self, site: str, text: str) -> Memory | None:
        """Return the post with this key or this address."""
        found = self.on(site).get(text)
        return found or (self._addresses[site].get(key) if (key := address_key(text)) else None)

    def key_of(self, site: str, remote: Remote, platform: Platform, *, search: bool = False) -> str:
        """Return the key by which blogkit knows a post; empty for one that it does not know.

        A copy has the key of another post in its text.

        Args:
            site: The site's name.
            remote: The post.
            platform: The site, which is asked for the other post if there may be one.
            search: Ask the site even if nothing but the key tells which post it is.
        """
        memories = self.on(site)
        key = self._keys[site].get(remote.ref, "")
        if key:
            return key
        key = find_sentinel(remote.body) or ""
        original = sentinel_id(remote.body)
        if not key or original == remote.ref.id:
            return key
        refs = [Ref(original, remote.ref.kind)] if original else []
        refs += [ref_of_memory(memories[key])] if key in memories else []
        others = [post for post in _get(platform, refs) if post.state is not State.TRASHED]
        if search and not refs and platform.capabilities.marks_ids:
            others += platform.find_all(key, remote.ref.kind, on_unreadable=lambda _: None)
        others = [post for post in others if post.ref != remote.ref]
        return "" if any(find_sentinel(post.body) == key for post in others) else key


def resolve(context: ProjectContext, journal: Journal, text: str, site: str = "") -> ReferencedPost:
    """Return the post that a reference names.

    Args:
        context: The call's context.
        journal: Knows the keys and addresses of published posts.
        text: A post's file, key, address or id.
        site: Only this site; empty means those that the reference can be about.

    Raises:
        UsageError: No site has such a post.
        SiteError: A site cannot be read.
    """
    return _resolve(context, PublishedPosts(journal), text, site)


def resolve_all(
    context: ProjectContext,
    journal: Journal,
    texts: Iterable[str],
    site: str,
    left_out: list[SiteError],
) -> list[ReferencedPost]:
    """Return the posts that are named, each once.

    Args:
        context: The call's context.
        journal: Knows the keys and addresses of published posts.
        texts: The references.
        site: Only this site; empty means those that each reference can be about.
        left_out: Receives why posts cannot be read, if others can.

    Raises:
        UsageError: No site has a post that is named.
        SiteError: None of the posts can be read.
    """
    known = PublishedPosts(journal)
    found: dict[tuple[str, Ref], ReferencedPost] = {}
    errors: list[SiteError] = []
    for text in texts:
        try:
            one = _resolve(context, known, text, site)
        except SiteError as error:
            errors.append(error)
        else:
            found[one.site, one.remote.ref] = one
    if errors and not found:
        errors[-1].others = errors[:-1]
        raise errors[-1]
    left_out += errors
    return list(found.values())


def _resolve(
    context: ProjectContext, known: PublishedPosts, text: str, site: str
) -> ReferencedPost:
    sites = _sites(context, text, site)
    for name in sites:
        remote = context.sites.reading(name, partial(_on, context, known, name, text))
        if remote is not None and remote.state is not State.TRASHED:
            platform = context.sites.platform(name)
            return ReferencedPost(name, remote, known.key_of(name, remote, platform, search=True))
    keys = [key for name in sites for key in known.on(name)]
    usual = "name a post's file, its key, its address, or its id; several sites: add --site"
    has = "has" if len(sites) == 1 else "have"
    public = [name for name in sites if name in context.sites.public]
    if public:
        usual = f"only what readers see was read; to read drafts, run: blogkit login {public[0]}"
    raise UsageError(
        f"{' and '.join(sites)} {has} no {'public ' if public else ''}post “{text}”",
        hint=nearest(text, keys) or usual,
    )


def exact_posts(
    context: ProjectContext,
    journal: Journal,
    posts: Iterable[ExactPost],
    left_out: list[SiteError],
) -> Iterator[ReferencedPost]:
    """Yield posts by their sites and ids. Those that no longer exist are omitted.

    Args:
        context: The call's context.
        journal: Knows the keys of published posts.
        posts: Where they are.
        left_out: Receives why posts cannot be read.
    """
    known = PublishedPosts(journal)
    for post in posts:
        platform = context.sites.platform(post.site)
        try:
            remote = platform.get(Ref(post.id, post.kind))
        except NotFound:
            continue
        except SiteError as error:
            left_out.append(error)
            continue
        if remote.state is not State.TRASHED:
            key = known.key_of(post.site, remote, platform, search=True)
            yield ReferencedPost(post.site, remote, key)


def listed(
    context: ProjectContext,
    journal: Journal,
    site: str,
    label: str,
    left_out: list[SiteError],
) -> Iterator[ReferencedPost]:
    """Yield every post and page of a site, each once.

    Args:
        context: The call's context.
        journal: Knows the keys of published posts.
        site: The site's name; empty means the default site.
        label: Only posts with this label, category or tag.
        left_out: Receives why posts cannot be read.

    Raises:
        UsageError: The site does not exist.
    """
    config = context.config
    if not site and not config.default_site:
        hint = f"add --site SITE; sites: {', '.join(config.sites)}"
        raise UsageError("there is no default site", hint=hint)
    name = config.site(site or config.default_site).name
    known, seen = PublishedPosts(journal), set()
    platform = context.sites.platform(name)
    if hidden := platform.hides_posts():
        _log.warning("%s", hidden)
    for kind in _KINDS:
        for post in platform.list(kind, PRESENT, label, on_unreadable=left_out.append):
            if post.ref not in seen:  # one that goes live meanwhile is in two lists
                seen.add(post.ref)
                yield ReferencedPost(name, post, known.key_of(name, post, platform))


def _sites(context: ProjectContext, text: str, site: str) -> Sequence[str]:
    config = context.config
    if site:
        return [config.site(site).name]
    address = _address(context, text)
    if address:
        return _sites_at(context, text, address)
    path = context.posts.file_named(text)
    if path:
        (post,) = context.posts.load([path])
        return context.posts.sites_of(post, PublishOptions())
    return [config.default_site] if config.default_site else list(config.sites)


def _address(context: ProjectContext, text: str) -> PostAddress | None:
    """Return a pasted address; None for the name of a file, which may look like one."""
    if "://" not in text and context.posts.file_named(text):
        return None
    return parse_address(text)


def _sites_at(context: ProjectContext, text: str, address: PostAddress) -> Sequence[str]:
    """Return the sites of an address's host; those come first whose API is there."""
    sites, host = context.config.sites.values(), address.host
    api = [one.name for one in sites if _host(one.api_base or one.url) == host]
    fitting = api + [one.name for one in sites if one.name not in api and _host(one.url) == host]
    if address.blog_id:  # Blogger's editor; its address names the blog, and not each site has it
        fitting = [
            one.name
            for one in sites
            if one.platform == "blogger" and one.blog_id in ("", address.blog_id)
        ]
    if not fitting:
        hint = f"sites: {', '.join(context.config.sites)}; or use --site"
        raise UsageError(f"{text} does not belong to any site in blogkit.toml", hint=hint)
    return fitting


def _on(context: ProjectContext, known: PublishedPosts, site: str, text: str) -> Remote | None:
    platform = context.sites.platform(site)
    path = context.posts.file_named(text)
    address = _address(context, text)
    remote_id = ""
    if path and not address:
        (post,) = context.posts.load([path])
        text, remote_id = post.key, post.remote_id
    memory = known.named(site, text)
    refs = [ref_of_memory(memory)] if memory else []
    # A file's key may look like the id of another author's post.
    given = remote_id if path else text
    refs += [Ref(given, kind) for kind in _KINDS if _ID.fullmatch(given)]
    refs += address.ids if address else ()
    found = next(_get(platform, refs), None)
    if address:
        return found or _by_address(platform, text)
    return found or platform.find(text, "post") or platform.find(text, "page")


def _get(platform: Platform, refs: Sequence[Ref]) -> Iterator[Remote]:
    for ref in refs:
        try:
            yield platform.get(ref)
        except NotFound:
            continue


def _by_address(platform: Platform, address: str) -> Remote | None:
    """Find a post by its address. Raises `Unreadable` if it may be one that cannot be read."""
    damaged: list[Unreadable] = []
    for kind in _KINDS:
        for post in platform.list(kind, PRESENT, on_unreadable=damaged.append):
            if same_address(post.url, address):
                return post
    if damaged:
        raise damaged[0]
    return None


def _host(address: str) -> str:
    found = parse_address(address)
    return found.host if found else ""
