"""The regions in live posts, as a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError

if TYPE_CHECKING:  # a report imports what it needs
    from blogkit.project.live.references import ReferencedPost
    from blogkit.project.live.wiped import WipedRegion


@dataclass(frozen=True)
class RegionStatus:
    """A widget in a live post, or damaged markers.

    Attributes:
        site: The site's name.
        post: The post's title.
        url: The post's address.
        post_id: The site's id of the post.
        id: The region's name.
        widget: The widget's name; empty for plain HTML and damaged markers.
        version: The version of the widget's template; 0 for damaged markers.
        line: Where the region begins, from 1.
        state: "as it was put", "edited by hand", or what is wrong with the markers.
    """

    site: str
    post: str
    url: str
    post_id: str
    id: str
    widget: str
    version: int
    line: int
    state: str


class RegionReport(list[RegionStatus]):
    """The regions of the chosen posts.

    Attributes:
        wiped: Regions that a later save on the blog removed.
        left_out: Why posts cannot be read.
    """

    wiped: Sequence[WipedRegion] = ()
    left_out: Sequence[BlogkitError] = ()


def regions_of(one: ReferencedPost) -> list[RegionStatus]:
    """Return the regions of a post, then its damaged markers."""
    from blogkit.regions import find_regions

    found, remote = find_regions(one.remote.body), one.remote
    place = (one.site, remote.title, remote.url, remote.ref.id)
    rows = [
        RegionStatus(
            *place,
            region.mark.id,
            region.mark.widget,
            region.mark.version,
            region.line,
            "edited by hand" if region.edited else "as it was put",
        )
        for region in found.regions
    ]
    rows += [RegionStatus(*place, one.id, "", 0, one.line, one.message) for one in found.damages]
    return rows
