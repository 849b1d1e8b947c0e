"""The regions and damaged markers of a body."""

from __future__ import annotations

from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError
from blogkit.regions.marker import RegionMeta, Style

MarkerErrorKind = Literal[
    "unclosed", "unopened", "crossed", "torn", "unreadable", "repeated", "escaped", "unknown"
]


@dataclass(frozen=True)
class Region:
    """A widget's place in a body.

    Attributes:
        mark: What the begin marker holds: id, widget, version, data.
        start: The offset of its begin marker.
        inner: The end of its begin marker.
        inner_end: The offset of its end marker.
        end: The end of its end marker.
        style: How it is marked.
        parent: The index in `ScanResult.regions` of the region around it; None for an outermost
            one.
        stated: The digest in its marker; "" if the marker has none.
        edited: Whether its content is not what blogkit wrote. A site that changes more than
            spelling counts as an editor, too.
        line: The line of its begin marker in the body, from 1.
    """

    mark: RegionMeta
    start: int
    inner: int
    inner_end: int
    end: int
    style: Style = "comments"
    parent: int | None = None
    stated: str = ""
    edited: bool = False
    line: int = 1

    @property
    def id(self) -> str:
        """Its name in the post."""
        return self.mark.id


@dataclass(frozen=True)
class MarkerError:
    """A faulty marker.

    Attributes:
        kind: "unclosed" and "unopened" lack their other half; "crossed" overlaps another region;
            the halves of a "torn" one are in different elements or blocks; "unreadable" has damaged
            fields; "repeated" has an id that another region has; "escaped" became visible text;
            "unknown" only looks like a marker.
        id: The region's id; "" if it is not known.
        line: The marker's line in the body, from 1.
        message: What is wrong.
        start: The marker's offset.
        end: The offset behind it.
    """

    kind: MarkerErrorKind
    id: str
    line: int
    message: str
    start: int
    end: int


@dataclass(frozen=True)
class ScanResult:
    """The markers of a body.

    Attributes:
        regions: The intact regions in the order of their begin markers.
        damages: The faulty markers in order. A "repeated" region is also in `regions`.
    """

    regions: tuple[Region, ...] = ()
    damages: tuple[MarkerError, ...] = ()

    def named(self, region_id: str) -> list[Region]:
        """Return every intact region with this id."""
        return [region for region in self.regions if region.id == region_id]

    def around(self, offset: int) -> Region | None:
        """Return the outermost region around this offset."""
        return next((region for region in self.regions if region.start < offset < region.end), None)

    def refuse_damage(self, region_id: str) -> None:
        """Raise for a region with damaged markers.

        Args:
            region_id: The region that is about to change.

        Raises:
            BlogkitError: One of its markers is damaged, so where it ends is not certain.
        """
        for damage in self.damages:
            if damage.id == region_id and damage.kind != "repeated":
                raise BlogkitError(
                    f'the region "{region_id}" is damaged, line {damage.line}: {damage.message}',
                    hint=(
                        "fix its markers in the post's HTML, or delete what is left of them and"
                        " insert the widget again"
                    ),
                )
