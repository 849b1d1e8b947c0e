"""What a REF on the command line means: a post's file, its key, its address on the blog, or the id that the blog gave it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from blogkit.cli.workbench import Wishes, Workbench, start_folder
from blogkit.errors import NotFound, UsageError, nearest
from blogkit.journal.store import Journal
from blogkit.platforms.base import Kind, Platform, Ref, Remote, State
from blogkit.publish.shelf import PRESENT, ref_of
from blogkit.regions import find_sentinel

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KINDS: tuple[Kind, ...] = ("post", "page")


@dataclass(frozen=True)
class Found:
    """A post on a site. key: by which blogkit knows it, "" for one that it does not know."""

    site: str
    remote: Remote
    key: str = ""


def resolve(bench: Workbench, journal: Journal, text: str, site: str = "") -> Found:
    """The post that is meant. Raises `UsageError` when there is none, with the nearest key; what the site's reads raise else."""
    sites = _sites(bench, text, site)
    for name in sites:
        remote = _on(bench, journal, name, text)
        if remote is not None and remote.state is not State.TRASHED:
            return Found(name, remote, _key_of(remote, _keys(journal, name)))
    known = [key for name in sites for key in journal.memories(name)]
    hint = nearest(text, known) or "name a post's file, its key, its address, or its id; several sites: add --site"
    raise UsageError(f"{' and '.join(sites)} {'has' if len(sites) == 1 else 'have'} no post “{text}”", hint=hint)


def resolve_all(bench: Workbench, journal: Journal, texts: Iterable[str], site: str = "") -> list[Found]:
    """The posts that are meant, each once. Raises as `resolve` does."""
    found = [resolve(bench, journal, text, site) for text in texts]
    return list({(one.site, one.remote.ref): one for one in found}.values())


def listed(bench: Workbench, journal: Journal, site: str = "", label: str = "") -> Iterator[Found]:
    """Every post and page of a site (default: the default site), each once. label: only those with this label, category or tag."""
    if not site and not bench.workspace.default_site:
        raise UsageError("there is no default site", hint=f"add --site SITE; sites: {', '.join(bench.workspace.sites)}")
    name = bench.workspace.site(site or bench.workspace.default_site).name
    keys, seen = _keys(journal, name), set()
    for kind in _KINDS:
        for post in bench.platform(name).list(kind, PRESENT, label):
            if post.ref not in seen:  # one that goes live meanwhile is in two lists
                seen.add(post.ref)
                yield Found(name, post, _key_of(post, keys))


def _keys(journal: Journal, site: str) -> dict[Ref, str]:
    """By which key the journal knows a post."""
    keys: dict[Ref, str] = {}
    for memory in journal.memories(site).values():
        keys.setdefault(ref_of(memory), memory.key)
    return keys


def _key_of(remote: Remote, keys: Mapping[Ref, str]) -> str:
    return keys.get(remote.ref) or find_sentinel(remote.body) or ""


def same_address(one: str, other: str) -> bool:
    """Two ways to write one address: the scheme, "www.", the mobile view and a last slash do not count."""
    return _plain(one) == _plain(other) != ""


def _sites(bench: Workbench, text: str, site: str) -> Sequence[str]:
    workspace = bench.workspace
    if site:
        return [workspace.site(site).name]
    if "://" in text:
        host = _plain(text).partition("/")[0]
        fitting = [one.name for one in workspace.sites.values() if _plain(one.api_base or one.url).partition("/")[0] == host]
        fitting += [one.name for one in workspace.sites.values() if one.name not in fitting and _plain(one.url).partition("/")[0] == host]
        if not fitting:
            raise UsageError(f"{text} is on none of the sites in blogkit.toml", hint=f"sites: {', '.join(workspace.sites)}; or use --site")
        return fitting
    path = file_named(text)
    if path:
        (post,) = bench.posts([path])
        return bench.sites_of(post, Wishes())
    return [workspace.default_site] if workspace.default_site else list(workspace.sites)


def _on(bench: Workbench, journal: Journal, site: str, text: str) -> Remote | None:
    platform = bench.platform(site)
    path = file_named(text)
    remote_id = ""
    if path:
        (post,) = bench.posts([path])
        text, remote_id = post.key, post.remote_id
    memories = journal.memories(site)
    known = memories.get(text) or next((one for one in memories.values() if same_address(one.url, text)), None)
    refs = [ref_of(known)] if known else []
    # A file's key may look like the id of somebody else's post.
    given = remote_id if path else text
    refs += [Ref(given, kind) for kind in _KINDS if _ID.fullmatch(given)]
    if "://" in text:
        return next(_get(platform, refs), None) or _by_address(platform, text)
    found = next(_get(platform, refs), None)
    return found or platform.find(text, "post") or platform.find(text, "page")


def _get(platform: Platform, refs: Sequence[Ref]) -> Iterator[Remote]:
    for ref in refs:
        try:
            yield platform.get(ref)
        except NotFound:
            continue


def _by_address(platform: Platform, address: str) -> Remote | None:
    return next((post for kind in _KINDS for post in platform.list(kind, PRESENT) if same_address(post.url, address)), None)


def file_named(text: str) -> Path | None:
    """The post's file that is meant, None when it is none."""
    path = start_folder() / text
    return path if text.endswith((".md", ".html")) and "://" not in text and path.is_file() else None


def _plain(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    query = "&".join(part for part in parts.query.split("&") if part and not part.startswith("m="))
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{'?' if query else ''}{query}"
