"""The files of a site: one page for each live post, the lists of posts, and images."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from blogkit.files import replace_file
from blogkit.images import Limits, prepare
from blogkit.platforms.base import State
from blogkit.platforms.folder.hand_edits import (
    belongs_to,
    has_frame,
    is_behind,
    read_back,
    seal_holds,
    sealed,
)
from blogkit.platforms.folder.list_files import ListFiles
from blogkit.platforms.folder.record import Record, UnreadRecord
from blogkit.platforms.folder.site.addresses import (
    FRONT_PAGE,
    IMAGES_FOLDER,
    is_reserved,
    page_path,
    page_slug,
)
from blogkit.platforms.folder.site.info import SiteInfo
from blogkit.platforms.folder.site.post import post_page
from blogkit.platforms.folder.store import RecordStore
from blogkit.platforms.folder.tree import SiteTree
from blogkit.render.document import Asset
from blogkit.signatures import signature


class PageFiles:
    """The pages in one folder, made from its records. The caller holds the site's lock.

    Args:
        tree: The site's files.
        store: The site's records.
        site: What all pages share.
        clock: Tells which scheduled posts are due.

    Attributes:
        waits: Whether the lists wait until `catch_up`. A run that is killed leaves a note of it.
    """

    def __init__(
        self, tree: SiteTree, store: RecordStore, site: SiteInfo, clock: Callable[[], datetime]
    ) -> None:
        self._tree = tree
        self._folder = tree.folder
        self._store = store
        self._site = site
        self._clock = clock
        self._lists = ListFiles(tree, store, site)
        self._complete = self.waits = False
        self._noted = self._unsure = False
        self._taken: set[str] | None = None  # the paths of all records, in the writes of a run
        self._fresh: set[str] = set()  # pages that this process wrote
        self._seen: dict[str, tuple[str, Record, Record]] = {}

    def build(self) -> Sequence[Record]:
        """Create the pages of scheduled posts that are due, and the lists of posts.

        Returns:
            The records that were due, as they were before.
        """
        now = self._clock()
        records = self._records()
        due = [
            record
            for record in records
            if record.state is State.SCHEDULED and record.at is not None and record.at <= now
        ]
        for record in due:
            self._write_page(replace(record, state=State.LIVE))
        if due:
            records = self._records()
        stored = [record for record in records if record.state is State.LIVE]
        live = [self.as_shown(record) for record in stored]
        self._remove_left(records)
        self._write_missing(stored, live)
        self._lists.build(live, self._store.site_id())
        self._store.save_index()  # while the note tells the next run to remove temporary files
        self._store.note_lists(are_behind=False)
        self._noted = self._unsure = False
        return due

    def _write_missing(self, stored: Sequence[Record], live: Sequence[Record]) -> None:
        """Write the pages that are missing or not up to date.

        Args:
            stored: The records of live posts.
            live: The same records, with what people edited in their pages.
        """
        # A change of the site's title, words or look is one of every page.
        renewed, unsure = not self._is_current(), self._is_unsure()
        if renewed:
            self._note()
        if renewed or unsure or not self._complete:
            for shown, record in zip(live, stored, strict=True):
                renews = renewed and record.path not in self._fresh
                if shown is not record and renews:
                    self._store.put(shown)  # the edit stays: it will not differ from the new page
                if renews or not self.has_page(record) or (unsure and self._is_behind(shown)):
                    self._write(shown)
        if unsure or not self._complete:
            self._tree.remove_temporary_files()
            self._store.remove_temporary_files()
        self._complete = True

    def _remove_left(self, records: Sequence[Record]) -> None:
        """Remove pages of posts that are not live: what a run leaves that is killed before that."""
        taken = {record.path for record in records if record.state is State.LIVE}
        for record in records:
            if record.path in taken or not self.has_page(record):
                continue
            file = self._folder / record.path
            self._tree.require_inside(file)
            page = file.read_bytes().decode(errors="replace")
            if not belongs_to(record, page):
                continue
            shown = read_back(page, record)
            if seal_holds(page) is False and shown != record:
                self._store.put(shown)  # a person edited it since
            self._tree.remove(record.path)

    def _is_behind(self, record: Record) -> bool:
        page = (self._folder / record.path).read_bytes().decode(errors="replace")
        return is_behind(page, sealed(post_page(record, self._site)), record)

    def _is_unsure(self) -> bool:
        """Return whether a run may have ended between a record and its page."""
        return self._unsure or (not self._noted and self._store.lists_are_behind())

    def _note(self) -> None:
        """Note in the site that pages and lists may lack what the records have."""
        self._unsure = self._is_unsure()
        self._store.note_lists(are_behind=True)
        self._noted = True

    def catch_up(self) -> None:
        """Write what waited for the last write of a run, or what a killed run left undone."""
        self.waits, self._taken = False, None
        if self._store.lists_are_behind():
            self.build()

    def save(self, record: Record) -> Record:
        """Store a record with its page, and bring the lists up to date now or later.

        Returns:
            The record with its permalink, which it gets when it first goes live.
        """
        saved = self._write_page(record)
        if not self.waits:
            self.build()
        return saved

    def _write_page(self, record: Record) -> Record:
        """Store a record, and create or remove its page.

        Returns:
            The record with its permalink, which it gets when it first goes live.
        """
        if record.path:
            self._tree.require_inside((self._folder / record.path).parent)
        live = record.state is State.LIVE
        if live and not record.path:
            record = replace(record, path=self._free_path(record))
        # The record before its page: a run that is killed here leaves a page that its record's next
        # build writes or removes, and never a page that no record owns.
        self._note()
        try:
            self._store.put(record)
            if live:
                self._write(record)
            elif record.path:
                self._tree.remove(record.path)
        except BaseException:
            self._unsure = True
            raise
        return record

    def as_shown(self, record: Record) -> Record:
        """Return a record with what a person edited in its page, which is what readers see."""
        if not record.path or record.state is not State.LIVE:
            self._store.note(record, "")
            return record
        # As a text: a site may have thousands of pages.
        mark, now = signature(f"{self._folder}/{record.path}"), time.time_ns()
        if isinstance(record, UnreadRecord) and mark == record.page:
            return record
        file = self._folder / record.path
        seen = self._seen.get(record.path)
        if seen and seen[0] == mark and seen[1] is record:
            return seen[2]
        try:
            self._tree.require_inside(file)
            page = file.read_bytes().decode(errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            return record
        holds = seal_holds(page)
        # Versions before 0.2 wrote pages without a seal and a site without a stamp; the first write
        # renews them. A newer page without a seal has lost it, as in a program that formats HTML.
        edited = holds is False or (holds is None and bool(self._stamp() or has_frame(page)))
        shown = read_back(page, record) if edited else record
        self._seen[record.path] = (mark, record, shown)
        if holds and signature(file, settled=now) == mark:
            self._store.note(record, mark)
        return shown

    def has_page(self, record: Record) -> bool:
        """Return whether a record has its page."""
        # As a text: a site may have thousands of pages.
        return bool(record.path) and os.path.isfile(f"{self._folder}/{record.path}")  # noqa: PTH113

    def copy_image(self, asset: Asset, limits: Limits) -> str:
        """Copy an image into the site, once per content.

        Args:
            asset: The image.
            limits: What the images in the site may be like.

        Returns:
            Its address in the site.
        """
        # A name from a disk may be anything; the hash before it makes it unique, so letters may
        # go.
        safe = re.sub(r"[^\w.-]+", "-", asset.path.name, flags=re.ASCII).lstrip("-.") or "image"
        name = f"{asset.sha256[:16]}-{safe}"
        home = self._folder / IMAGES_FOLDER / name
        if not home.is_file():
            image = prepare(asset.path.read_bytes(), asset.name, limits)
            self._tree.make_folder(home.parent)
            replace_file(home, image.content, follow_link=False)
        return f"/{IMAGES_FOLDER}/{name}"

    def _write(self, record: Record) -> None:
        self._tree.write(record.path, sealed(post_page(record, self._site)))
        self._fresh.add(record.path)

    def _is_current(self) -> bool:
        """Return whether the pages were written with the site's present title, words and look."""
        return self._stamp() == self._site.stamp

    def _stamp(self) -> str:
        return (self._tree.mark(FRONT_PAGE) or ("",))[0]

    def _records(self) -> Sequence[Record]:
        """Return the records, without damaged ones: their pages stay as they are."""
        return self._store.all(lambda _: None)

    def _free_path(self, record: Record) -> str:
        """Return a permalink that neither another post nor a foreign file has."""
        slug = record.slug or page_slug(record.title)
        if not self.waits or self._taken is None:
            self._taken = {other.path for other in self._records() if other.id != record.id}
        at, number = record.at or self._clock(), 1
        while True:
            named = slug if number == 1 else f"{slug}-{number}"
            path = page_path(record, named, at, self._site.zone)
            exists = is_reserved(path) or (self._folder / path).exists()
            if path not in self._taken and not exists:
                self._taken.add(path)
                return path
            number += 1
