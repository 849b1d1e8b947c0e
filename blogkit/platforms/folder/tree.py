"""The files below a site's folder. Nothing is written outside of it, or over another program's."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from blogkit.errors import Rejected
from blogkit.files import remove_temporary_files, replace_file
from blogkit.platforms.folder.site.addresses import FRONT_PAGE, LABEL_FOLDER

_MARK = re.compile(r"<!-- blogkit:site(?: (\w+) (\w+))? -->")
_HEAD_BYTES = 400


class SiteTree:
    """The files of one site.

    Args:
        folder: The site's folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, path: str, text: str, *, lasting: bool = True) -> None:
        """Write a file. A link in its place is replaced: what it points to is not the site's.

        Args:
            path: The file.
            text: Its content.
            lasting: Whether it must survive a power cut at once; lists are written again.
        """
        file = self.folder / path
        self.make_folder(file.parent)
        replace_file(file, text.encode(), follow_link=False, lasting=lasting)

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that this leaves empty."""
        file = self.folder / path
        file.unlink(missing_ok=True)
        for parent in list(file.parents)[: path.count("/")]:
            with suppress(OSError):  # `rmdir` refuses the others
                parent.rmdir()

    def remove_temporary_files(self) -> None:
        """Remove what a killed run left of files that it was writing."""
        for folder, _, _ in os.walk(self.folder):
            remove_temporary_files(Path(folder))

    def make_folder(self, folder: Path) -> None:
        """Make a folder of the site, if it is not there.

        Raises:
            NotADirectoryError: A link leads out of the site's folder.
        """
        self.require_inside(folder)
        folder.mkdir(parents=True, exist_ok=True)

    def require_inside(self, folder: Path) -> None:
        """Refuse a folder that is not the site's.

        Raises:
            NotADirectoryError: It is elsewhere.
        """
        home = os.path.realpath(self.folder)
        # A record names a path and a folder may be a link, so both are followed to where they
        # really lead.
        if not Path(os.path.realpath(folder)).is_relative_to(home):
            message = "the path leads out of the site's folder"
            raise NotADirectoryError(errno.ENOTDIR, message, str(folder))

    def mark(self, path: str) -> tuple[str, str] | None:
        """Return by which stamp and digest a list was written; ("", "") before there were any.

        Returns:
            None if there is no such file, or blogkit did not write it.
        """
        try:
            with (self.folder / path).open("rb") as file:
                head = file.read(_HEAD_BYTES).decode(errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not head.strip("\0"):  # what a power cut may leave of a list
            return "", ""
        found = _MARK.search(head)
        return (found[1] or "", found[2] or "") if found else None

    def lists(self) -> Iterator[str]:
        """Yield the paths of the lists of months and labels that blogkit wrote."""
        home = self.folder
        months = home.glob(f"[0-9][0-9][0-9][0-9]/[0-9][0-9]/{FRONT_PAGE}")
        for file in (*months, *(home / LABEL_FOLDER).rglob("*.html")):
            path = file.relative_to(home).as_posix()
            if self.mark(path) is not None:
                yield path

    def exists(self, path: str) -> bool:
        """Return whether there is a file or a link."""
        return os.path.lexists(self.folder / path)

    def index_is_foreign(self) -> bool:
        """Return whether another program wrote the index."""
        try:
            text = (self.folder / FRONT_PAGE).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
        return _MARK.search(text) is None

    def refuse_foreign_index(self, site: str) -> None:
        """Refuse to write where another program wrote the index.

        Args:
            site: The site's name, for messages.

        Raises:
            Rejected: Another program did.
        """
        if self.index_is_foreign():
            sentence = (
                f"site {site}: {self.folder / FRONT_PAGE} belongs to another program;"
                " nothing was written"
            )
            hint = "choose another `folder` for this site in blogkit.toml"
            raise Rejected(sentence, site=site, hint=hint)


def mark_of(stamp: str, digest: str) -> str:
    """Return the comment that lists begin with.

    Args:
        stamp: A digest of what all pages share.
        digest: A digest of what the list shows.
    """
    return f"<!-- blogkit:site {stamp} {digest} -->\n"
