"""Which lists a site has, and which posts each shows.

Lists are cut by month and by year, not by count: a new post then changes the front page, its month
and its labels, and no other page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from blogkit.platforms.folder.site.addresses import FRONT_PAGE, LABEL_FOLDER
from blogkit.platforms.folder.site.entry import PostEntry
from blogkit.platforms.folder.site.info import SiteInfo
from blogkit.platforms.folder.site.listing import PostList
from blogkit.render.formats.dates import day

ON_FRONT = 12
"""So many posts are on the front page and on the first page of a label."""
_MOST_LABELS = 40
_YEAR, _MONTH = len("2026"), len("2026-11")
"""So much of an ISO date names a period. A slice takes a fifth of the time of `strftime`."""


def listings(
    posts: Sequence[PostEntry], pages: Sequence[PostEntry], site: SiteInfo
) -> Iterator[PostList]:
    """Yield every list of a site.

    Args:
        posts: Live posts, newest first.
        pages: Live pages.
        site: Title, language and time zone.
    """
    pages = sorted(pages, key=lambda page: page.record.title)
    named = _by_label(posts)
    counts = Counter({name: len(found) for name, found in named.values()})
    labels = sorted(name for name, _ in counts.most_common(_MOST_LABELS))
    months = list(
        _periods(posts, site, _MONTH, lambda month: f"{month.replace('-', '/')}/{FRONT_PAGE}")
    )
    older = months[0].path if months else ""
    yield PostList(FRONT_PAGE, "", posts[:ON_FRONT], older=older, pages=pages, labels=tuple(labels))
    yield from months
    for slug, (name, found) in named.items():
        yield from _of_label(slug, name, found, site)


def _of_label(
    slug: str, name: str, posts: Sequence[PostEntry], site: SiteInfo
) -> Iterator[PostList]:
    years = list(
        _periods(posts, site, _YEAR, lambda year: f"{LABEL_FOLDER}/{slug}/{year}.html", name)
    )
    older = years[0].path if years else ""
    yield PostList(f"{LABEL_FOLDER}/{slug}.html", name, posts[:ON_FRONT], older=older)
    yield from years


def _periods(
    posts: Sequence[PostEntry],
    site: SiteInfo,
    length: int,
    path: Callable[[str], str],
    name: str = "",
) -> Iterator[PostList]:
    """Yield the lists of months or years, newest first; none if one page shows all posts."""
    if len(posts) <= ON_FRONT:
        return
    found: dict[str, list[PostEntry]] = {}
    for entry in posts:
        found.setdefault(entry.at.isoformat()[:length], []).append(entry)
    periods = list(found)
    paths = ["", *map(path, periods), ""]
    for number, period in enumerate(periods, start=1):
        shown = day(period, site.language)
        title = f"{name} · {shown}" if name else shown
        newer, older = paths[number - 1], paths[number + 1]
        yield PostList(paths[number], title, found[period], newer, older)


def _by_label(posts: Iterable[PostEntry]) -> dict[str, tuple[str, list[PostEntry]]]:
    """Return the newest spelling and the posts of each label, by the name of its page."""
    found: dict[str, tuple[str, list[PostEntry]]] = {}
    for entry in posts:
        for slug, name in entry.labels.items():
            found.setdefault(slug, (name, []))[1].append(entry)
    return found
