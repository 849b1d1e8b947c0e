"""The files of a site: one page for each live post, the index, and images."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from blogkit.errors import Rejected
from blogkit.files import replace_file
from blogkit.images import Limits, prepare
from blogkit.platforms.base import State
from blogkit.platforms.folder.pages import (
    IMAGES_FOLDER,
    OURS,
    SiteInfo,
    index_page,
    page_path,
    page_slug,
    post_page,
)
from blogkit.platforms.folder.store import Record, RecordStore
from blogkit.render.document import Asset


class PageFiles:
    """The pages in one folder, made from its records. The caller holds the site's lock.

    Args:
        folder: The site's folder.
        store: The site's records.
        site: What all pages share.
        clock: Tells which scheduled posts are due.
    """

    def __init__(
        self, folder: Path, store: RecordStore, site: SiteInfo, clock: Callable[[], datetime]
    ) -> None:
        self._folder = folder
        self._store = store
        self._site = site
        self._clock = clock

    def build(self) -> Sequence[Record]:
        """Create the pages of scheduled posts that are due, and the index.

        Returns:
            The records that were due, as they were before.
        """
        now = self._clock()
        due = [
            record
            for record in self._records()
            if record.state is State.SCHEDULED and record.at is not None and record.at <= now
        ]
        for record in due:
            self.write_page(replace(record, state=State.LIVE))
        live = [record for record in self._records() if record.state is State.LIVE]
        self._write(self._folder / "index.html", index_page(live, self._site))
        return due

    def write_page(self, record: Record) -> Record:
        """Store a record, and create or remove its page.

        Returns:
            The record with its permalink, which it gets when it first goes live.
        """
        if record.path:
            self._require_inside((self._folder / record.path).parent)
        live = record.state is State.LIVE
        if live and not record.path:
            record = replace(record, path=self._free_path(record))
        # The record before its page: a run that is killed here leaves a post without a page, which
        # the next build writes, and never a page that no record owns.
        self._store.put(record)
        page = self._folder / record.path
        if live:
            self.make_folder(page.parent)
            self._write(page, post_page(record, self._site))
        elif record.path:
            page.unlink(missing_ok=True)
            # Empty folders of a month go, too; `rmdir` refuses the others.
            for parent in list(page.parents)[: record.path.count("/")]:
                with suppress(OSError):
                    parent.rmdir()
        return record

    def has_page(self, record: Record) -> bool:
        """Return whether a record has its page."""
        return bool(record.path) and (self._folder / record.path).is_file()

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
            self.make_folder(home.parent)
            replace_file(home, image.content, follow_link=False)
        return f"/{IMAGES_FOLDER}/{name}"

    def make_folder(self, folder: Path) -> None:
        """Make a folder of the site, if it is not there.

        Raises:
            NotADirectoryError: A link leads out of the site's folder.
        """
        self._require_inside(folder)
        folder.mkdir(parents=True, exist_ok=True)

    def _require_inside(self, folder: Path) -> None:
        home = os.path.realpath(self._folder)
        # A record names a path and a folder may be a link, so both are followed to where they
        # really lead.
        if not Path(os.path.realpath(folder)).is_relative_to(home):
            message = "the path leads out of the site's folder"
            raise NotADirectoryError(errno.ENOTDIR, message, str(folder))

    def index_is_foreign(self) -> bool:
        """Return whether another program wrote the index."""
        try:
            return OURS not in (self._folder / "index.html").read_text(
                encoding="utf-8", errors="replace"
            )
        except OSError:
            return False

    def refuse_foreign_index(self, site: str) -> None:
        """Refuse to write where another program wrote the index.

        Args:
            site: The site's name, for messages.

        Raises:
            Rejected: Another program did.
        """
        if self.index_is_foreign():
            sentence = (
                f"site {site}: {self._folder / 'index.html'} belongs to another program;"
                " nothing was written"
            )
            hint = "choose another `folder` for this site in blogkit.toml"
            raise Rejected(sentence, site=site, hint=hint)

    def _records(self) -> Sequence[Record]:
        """Return the records, without damaged ones: their pages stay as they are."""
        return self._store.all(lambda _: None)

    @staticmethod
    def _write(page: Path, text: str) -> None:
        """Write a page. A link in its place is replaced: what it points to is not the site's."""
        replace_file(page, text.encode(), follow_link=False)

    def _free_path(self, record: Record) -> str:
        """Return a permalink that neither another post nor a foreign file has."""
        slug = record.slug or page_slug(record.title)
        taken = {other.path for other in self._records() if other.id != record.id}
        number = 1
        while True:
            path = page_path(
                record,
                slug if number == 1 else f"{slug}-{number}",
                record.at or self._clock(),
                self._site.zone,
            )
            if path not in taken and path != "index.html" and not (self._folder / path).exists():
                return path
            number += 1
