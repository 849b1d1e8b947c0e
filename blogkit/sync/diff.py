"""How two versions of a post differ, for people: by field, and the body piece by piece. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import TypeVar

from blogkit.dataclass import dataclass
from blogkit.html import decode, tokenize
from blogkit.html.blocks import has_blocks
from blogkit.html.elements import BLOCK
from blogkit.html.spelling import respell
from blogkit.platforms.base import Draft, Remote, settings_between
from blogkit.platforms.settings import changed_settings, setting_text
from blogkit.regions import Region, find_regions, without_keys
from blogkit.times import both_clocks

# A body is often one long line, so cut it where readers see a new piece begin.
_BEGIN = BLOCK | {"iframe", "script", "style"}
_REFERENCE = re.compile(r"&(?!(?:lt|gt|amp|quot|#0*(?:34|38|39|60|62)|apos);)#?\w+;")
# A widget's data in its marker is base64: a change there tells people nothing.
_DATA = re.compile(r"""(<!-- blogkit:begin [^>]*data=|data-blogkit-data=")[^\s"]{24,}""")
_CONTEXT = 1
P = TypeVar("P", Remote, Draft)


@dataclass(frozen=True)
class DisplayedPost:
    """The parts of a post that people compare.

    Attributes:
        labels: Labels, categories and tags together.
        state: "" if none is desired.
        cleared: The fields that a file empties.
    """

    title: str
    body: str
    labels: tuple[str, ...] = ()
    excerpt: str = ""
    slug: str = ""
    state: str = ""
    at: datetime | None = None
    cleared: tuple[str, ...] = ()


@dataclass(frozen=True)
class FieldDiff:
    """One difference.

    Attributes:
        where: The field, or the region of the body.
        before: The text before; a body in pieces.
        after: The text after; a body in pieces.
    """

    where: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def displayed(post: Remote | Draft) -> DisplayedPost:
    """Return what a site has, or what a file asks for, as far as both can be compared."""
    labels = tuple(dict.fromkeys((*post.labels, *post.categories, *post.tags)))
    common = (post.title, post.body, labels, post.excerpt, post.slug)
    if isinstance(post, Draft):
        return DisplayedPost(*common, cleared=post.cleared)
    return DisplayedPost(*common, post.status or str(post.state), post.at)


def field_diffs(before: Remote | Draft, after: Remote | Draft) -> list[FieldDiff]:
    """Return the differences between two versions, in a fixed order of fields.

    Args:
        before: The earlier version.
        after: The later one; a draft may leave state, slug and excerpt to the site.
    """
    one, other = displayed(before), displayed(after)
    found = [
        FieldDiff(name, (getattr(one, name),), (getattr(other, name),))
        for name in ("title", "excerpt", "slug", "state")
        if _differs(name, one, other)
    ]
    found += [
        FieldDiff(name, *_words(name, before.settings[name], after.settings[name]))
        for name in _changed(before, after)
    ]
    if sorted(one.labels) != sorted(other.labels):
        found.append(FieldDiff("labels", one.labels, other.labels))
    if one.at and other.at and one.at != other.at:
        found.append(FieldDiff("time", (both_clocks(one.at, UTC),), (both_clocks(other.at, UTC),)))
    # Where the key is in a body tells people nothing, and Blogger may remove its comment.
    old, new = without_keys(one.body, other.body)
    if old != new:
        found += body_diffs(old, new)
    return found


def _changed(before: Remote | Draft, after: Remote | Draft) -> list[str]:
    """Return the names of the settings that differ."""
    if isinstance(before, Draft) or isinstance(after, Draft):
        return changed_settings(after.settings, before.settings)
    return settings_between(after, before)


def lines(found: Iterable[FieldDiff]) -> Iterator[tuple[str, str]]:
    """Yield the changes as lines of a unified diff.

    Yields:
        The line's sign ("+", "-", "@" or "") and the line.
    """
    for change in found:
        yield "@", f"@@ {change.where} @@"
        # The first two lines of a unified diff name files.
        for line in list(
            difflib.unified_diff(change.before, change.after, lineterm="", n=_CONTEXT)
        )[2:]:
            if not line.startswith("@@"):
                yield (line[0] if line[0] in "+-" else ""), _DATA.sub(r"\1…", line)


def _differs(name: str, one: DisplayedPost, other: DisplayedPost) -> bool:
    before, after = getattr(one, name), getattr(other, name)
    # An empty field leaves the value to the site, which is not a difference.
    named = name == "title" or (before and after) or name in other.cleared
    return bool(before != after and named)


def _words(name: str, before: object, after: object) -> tuple[tuple[str], tuple[str]]:
    """Return the two lines of a setting that changed; they differ also if both are secret."""
    old, new = setting_text(name, before), setting_text(name, after)
    return (old,), (new if new != old else f"{new} (changed)",)


def _pieces(body: str) -> tuple[str, ...]:
    """Split a body where readers see a new piece begin. Character references become characters."""
    readable = _REFERENCE.sub(lambda match: decode(match[0]), body)
    cuts = {0, len(readable)}
    for token in tokenize(readable):
        if token.kind == "comment" or (token.kind == "start" and token.name in _BEGIN):
            cuts.add(token.start)
        if token.kind == "comment":
            cuts.add(token.end)
    found = (readable[start:end] for start, end in pairwise(sorted(cuts)))
    return tuple(line for piece in found for line in re.split(r"\r?\n", piece) if line.strip())


def _pieces_of_both(old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return two bodies in pieces. Those that differ only in their spelling are the same text."""
    before, after = _pieces(old), _pieces(new)
    if not has_blocks(new):
        return before, after
    written = {respell(piece): piece for piece in before}
    return before, tuple(written.get(respell(piece), piece) for piece in after)


def body_diffs(before: str, after: str) -> list[FieldDiff]:
    """Return the differences of a body: its text, and each widget region that both have.

    Args:
        before: The earlier HTML.
        after: The later HTML.
    """
    if before == after:
        return []
    # A widget that only one side has is part of the text, where its markers show where it went.
    both = [name for name in _regions(before) if name in _regions(after)]
    (one, inside), (other, inside_after) = _without(before, both), _without(after, both)
    texts = [
        ("body", one, other),
        *((f'region "{name}"', inside[name], inside_after[name]) for name in both),
    ]
    cut = [FieldDiff(where, *_pieces_of_both(old, new)) for where, old, new in texts]
    found = [change for change in cut if change.before != change.after]
    return found or [FieldDiff("body (white space or spelling only)", (before,), (after,))]


def _regions(body: str) -> dict[str, Region]:
    """Return the outermost regions of a body whose name is unique."""
    outer = [region for region in find_regions(body).regions if region.parent is None]
    names = [region.id for region in outer]
    return {region.id: region for region in outer if names.count(region.id) == 1}


def _without(body: str, names: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return the body with a placeholder for each of these regions, and the regions' texts."""
    inside = {}
    # From the end, so that the offsets of earlier regions stay right.
    for name, region in sorted(_regions(body).items(), key=lambda item: -item[1].start):
        if name in names:
            inside[name] = body[region.start : region.end]
            body = f"{body[: region.start]}<!-- region {name} -->{body[region.end :]}"
    return body, inside


def three_way(
    base: Remote | None, there: Remote, here: Draft
) -> tuple[Sequence[FieldDiff], Sequence[FieldDiff]]:
    """Return what changed on the site, and what in the file.

    How the block editor writes what its user did not touch does not count.

    Args:
        base: The post when both agreed; None if unknown: then all changes count as the file's.
        there: The post on the site.
        here: What the file asks for.
    """
    if base is None:
        return (), field_diffs(there, _spelled_as(there, here))
    return field_diffs(base, _spelled_as(base, there)), field_diffs(base, _spelled_as(base, here))


def _spelled_as(one: Remote, other: P) -> P:
    """Return a version with the body of another one if the two differ only in their spelling."""
    is_same = has_blocks(other.body) and respell(one.body) == respell(other.body)
    return replace(other, body=one.body) if is_same else other
