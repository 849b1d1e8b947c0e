"""Regions that blogkit put into live posts and that a later save on the blog wiped.

The block editor sends the whole post. If a post was open in it while blogkit inserted a widget, the
next save there writes the text without the widget, and WordPress tells neither side. The journal
knows the post as the last run left it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from blogkit.dataclass import dataclass
from blogkit.edits import BodyForm
from blogkit.journal.records import Entry
from blogkit.journal.store import Journal
from blogkit.platforms.base import Platform, Ref, Remote, State
from blogkit.project.live.bulk_edit import EditPost, EditResult
from blogkit.project.live.references import ReferencedPost
from blogkit.regions import find_regions
from blogkit.sanitizers.profiles import Profile
from blogkit.sync import live_edit
from blogkit.sync.listing import PRESENT
from blogkit.sync.serialize import unpack_remote

_INSERTED = re.compile(r"insert \S+ at (.+) in [^“]*“")
_PUT_BACK = "put back"
_MOST = 100
"""Actions on a post among which the one is looked for that inserted a region."""
_FEW = 10
"""Posts that are read one by one where a site shows only one in an answer."""


@dataclass(frozen=True)
class WipedRegion:
    """A region that a run left in a post, and that is not there any more.

    Attributes:
        site: The site's name.
        post: The post's title.
        url: The post's address.
        post_id: The site's id of the post.
        id: The region's name.
        widget: The widget's name; "" for plain HTML.
        version: The version of the widget's template.
        run: The run that inserted it; 0 if the journal does not know it.
        at: The place at which it was inserted; "" if the journal does not know it.
    """

    site: str
    post: str
    url: str
    post_id: str
    id: str
    widget: str
    version: int
    run: int
    at: str

    @property
    def state(self) -> str:
        """What happened to it, in words."""
        by = f"inserted by run {self.run}" if self.run else "inserted earlier"
        return f"{by}{f' at {self.at}' if self.at else ''}, is no longer there"


def wiped_regions(journal: Journal, found: ReferencedPost) -> list[WipedRegion]:
    """Return the regions that the last run left in a post and that are not there now.

    Args:
        journal: Knows what runs left.
        found: The post as it is.
    """
    left = _left(journal, found)
    return list(_missing(journal, found, left)) if left else []


def wiped_on(
    journal: Journal,
    site: str,
    entries: Iterable[Entry],
    read: Mapping[Ref, Remote],
    platform: Platform | None,
) -> list[WipedRegion]:
    """Return the wiped regions of the posts of a site that were edited in place.

    Args:
        journal: Knows what runs left.
        site: The site's name.
        entries: The newest action on each of the posts.
        read: Posts that were read already.
        platform: The site, to read the other posts; None leaves them out.
    """
    edited = {}
    for entry in entries:
        left = unpack_remote(entry.after, entry.id) if entry.after else None
        if left and find_regions(left.body).regions:
            edited[left.ref] = left
    known = {ref: read[ref] for ref in edited if ref in read}
    if platform:
        known |= _read(platform, [ref for ref in edited if ref not in known])
    keys = {(memory.kind, memory.remote_id): key for key, memory in journal.memories(site).items()}
    posts = (
        ReferencedPost(site, known[ref], keys.get((ref.kind, ref.id), ""))
        for ref in edited
        if ref in known and known[ref].state is not State.TRASHED
    )
    return [region for post in posts for region in wiped_regions(journal, post)]


def _read(platform: Platform, refs: list[Ref]) -> dict[Ref, Remote]:
    found: dict[Ref, Remote] = {}
    size = platform.capabilities.batch_size
    for kind in dict.fromkeys(ref.kind for ref in refs):
        wanted = [ref for ref in refs if ref.kind == kind]
        if size == 1 and len(wanted) > _FEW:
            listed = platform.list(kind, PRESENT, on_unreadable=lambda _: None)
            found |= {post.ref: post for post in listed if post.ref in wanted}
            continue
        for at in range(0, len(wanted), size):
            found |= platform.get_many(wanted[at : at + size])
    return found


def reinserting(journal: Journal, region_id: str) -> EditPost:
    """Return the edit that puts wiped regions back, with the bytes that they had.

    Args:
        journal: Knows what runs left.
        region_id: Only this region; "" for all.
    """

    def edit(found: ReferencedPost, form: BodyForm, _profile: Profile) -> EditResult:
        from blogkit.edits.reinsert import reinsert

        body, back = found.remote.body, []
        left = _left(journal, found)
        for region in _missing(journal, found, left) if left else ():
            if region_id in ("", region.id):
                assert left is not None
                body = reinsert(body, left.body, region.id, region.at, form)
                back.append(region)
        names = ", ".join(f"{region.id} (run {region.run})" for region in back)
        return EditResult(body, f"{_PUT_BACK} {names}")

    return edit


def dismiss(journal: Journal, found: Iterable[ReferencedPost]) -> list[WipedRegion]:
    """Take note that wiped regions are to stay away; they are not reported again.

    Args:
        journal: The journal, locked by the caller.
        found: Their posts as they are.

    Returns:
        The regions that are not reported any more.
    """
    posts = [(post, regions) for post in found if (regions := wiped_regions(journal, post))]
    run = journal.start_run("reinsert --dismiss") if posts else 0
    for post, regions in posts:
        names = ", ".join(region.id for region in regions)
        summary = f"leave out {names} in “{post.remote.title}” on {post.site}"
        live_edit.take_note(journal, run, post.site, post.remote, summary)
    if posts:
        journal.finish_run(run, f"{len(posts)} dismissed")
    return [region for _, regions in posts for region in regions]


def _left(journal: Journal, found: ReferencedPost) -> Remote | None:
    """Return the post as the last run left it, which may have sent its file or edited it."""
    keys = [live_edit.key_of(found.remote.ref), *([found.key] if found.key else [])]
    entries = [entry for key in keys if (entry := journal.base(found.site, key)) and entry.after]
    left = max(entries, key=lambda entry: entry.id, default=None)
    if left is None or left.after is None:
        return None
    remote = unpack_remote(left.after, left.id)
    return remote if remote.ref == found.remote.ref else None


def _missing(journal: Journal, found: ReferencedPost, left: Remote) -> Iterator[WipedRegion]:
    remote, there = found.remote, find_regions(found.remote.body)
    names = {region.id for region in there.regions} | {damage.id for damage in there.damages}
    marks = {region.id: region.mark for region in find_regions(left.body).regions}
    for name in marks.keys() - names:
        history = journal.history(found.site, live_edit.key_of(remote.ref), _MOST)
        (run, at), mark = _origin(history, name), marks[name]
        post = (found.site, remote.title, remote.url, remote.ref.id)
        yield WipedRegion(*post, name, mark.widget, mark.version, run, at)


def _origin(entries: Iterable[Entry], name: str) -> tuple[int, str]:
    """Return the run that inserted a region, and the place that it was given."""
    for entry in entries:
        if entry.after is None:
            continue
        if not _has(entry.after, entry.id, name):
            break
        is_new = entry.before is None or not _has(entry.before, entry.id, name)
        if is_new and not entry.summary.startswith(_PUT_BACK):
            place = _INSERTED.match(entry.summary)
            return entry.run, place[1] if place else ""
    return 0, ""


def _has(packed: bytes, action: int, name: str) -> bool:
    return bool(find_regions(unpack_remote(packed, action).body).named(name))
