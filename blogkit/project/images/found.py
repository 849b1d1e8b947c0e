"""Find the addresses of pictures: in the files of posts, and in live posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.edits import picture_places
from blogkit.edits.addresses import is_picture
from blogkit.errors import BlogkitError, SiteError
from blogkit.html import LineIndex
from blogkit.journal.store import Journal
from blogkit.project.context import ProjectContext
from blogkit.project.live.references import ReferencedPost
from blogkit.project.live.selection import Selection, select
from blogkit.project.plans.progress import OnProgress

_ADDRESS = re.compile(r"""https?://[^\s"'<>()\[\]\\]+""")
_SHOWN = re.compile(
    r"""!\[[^\]\n]*\]\(\s*<?(?P<markdown>https?://[^\s)>]+)"""
    r"""|<img\b[^>]*?\ssrc\s*=\s*["']?(?P<html>https?://[^\s"'>]+)"""
    r"""|^\s*(?:image|src):\s*["']?(?P<field>https?://[^\s"'}]+)""",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True)
class FoundPicture:
    """A picture with an address, somewhere in a post.

    Attributes:
        url: The address.
        place: The post's file, or the address of the live post.
        line: The line in the file, or in the post's HTML.
        site: The site of a live post; "" for a file.
        title: The title of a live post; "" for a file.
    """

    url: str
    place: str
    line: int
    site: str = ""
    title: str = ""


def pictures_in_files(context: ProjectContext) -> Iterator[FoundPicture]:
    """Yield the pictures with an address in the files of all posts.

    Args:
        context: The call's context.
    """
    for path in context.posts.sources():
        yield from _in_file(context, path)


def _in_file(context: ProjectContext, path: Path) -> Iterator[FoundPicture]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return  # `blogkit check` reports it
    place = context.config.relative(path)
    lines = LineIndex(text)
    for offset, url in sorted(_by_offset(text).items()):
        yield FoundPicture(url, place, lines.before(offset) + 1)


def addresses_in_file(text: str) -> set[str]:
    """Return the addresses of pictures in the source of a post.

    Args:
        text: The source.
    """
    return set(_by_offset(text).values())


def _by_offset(text: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for match in _SHOWN.finditer(text):
        name = str(match.lastgroup)
        found[match.start(name)] = match[name]
    for match in _ADDRESS.finditer(text):
        if is_picture(match[0]):
            found.setdefault(match.start(), match[0])
    return found


def pictures_in_post(found: ReferencedPost) -> Iterator[FoundPicture]:
    """Yield the pictures with an address in a live post.

    Args:
        found: The post.
    """
    remote = found.remote
    place = remote.url or f"{remote.ref.kind} {remote.ref.id}"
    for one in picture_places(remote.body):
        yield FoundPicture(one.url, place, one.line, found.site, remote.title)


def live_posts(
    context: ProjectContext,
    journal: Journal,
    site: str,
    on_progress: OnProgress,
    left_out: list[BlogkitError],
) -> Iterator[ReferencedPost]:
    """Yield the posts of a site, or of all; a site that cannot be asked is left out.

    Args:
        context: The call's context.
        journal: Knows the keys of published posts.
        site: The site's name; "" for all sites.
        on_progress: Told each post.
        left_out: Receives why posts and sites are left out.
    """
    for name in [context.config.site(site).name] if site else context.config.sites:
        damaged: list[SiteError] = []
        try:
            chosen = Selection(all=True, site=name)
            yield from select(context, journal, chosen, on_progress, damaged)
        except BlogkitError as error:
            left_out.append(error)
        left_out += damaged
