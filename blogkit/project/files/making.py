"""The part of a project that makes post files: from live posts, and from pages."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.project.plans.progress import OnProgress, silent

if TYPE_CHECKING:
    from blogkit.platforms.base import PostKind
    from blogkit.project.archives.report import ArchiveReport
    from blogkit.project.context import ProjectContext
    from blogkit.project.files.exports import ExportReport
    from blogkit.project.files.folder_imports import FolderImport
    from blogkit.project.files.imports import ImportReport
    from blogkit.project.moving.report import ExportedArchive, ExportFormat

PathLike = str | os.PathLike[str]


class FileMaking:
    """Make post files; a base of `Project`."""

    def _context(self) -> ProjectContext:
        """Return a context for one call."""
        raise NotImplementedError

    def new(self, title: str, *, kind: PostKind = "post") -> Path:
        """Write a file for a new post or page, named after its title, to write in.

        Args:
            title: The title.
            kind: `post` or `page`.

        Returns:
            The file.

        Raises:
            UsageError: There is a file of this name, or the title is empty or not UTF-8.
            ConfigError: The file cannot be written.
            JournalError: The journal cannot be written.
        """
        from blogkit.project.files.starting import start

        return start(self._context(), title, kind)

    def pull(
        self,
        *references: str,
        site: str = "",
        replace: bool = False,
        as_html: bool = False,
        dry_run: bool = False,
        on_progress: OnProgress = silent,
    ) -> ExportReport:
        """Write a file for each live post. Nothing on the blog changes.

        What was changed on the blog in the post of a Markdown file is written into the file:
        changed blocks, and values of the front matter. Everything else stays byte for byte.

        Args:
            *references: Addresses, ids, keys or files.
            site: Only this site.
            replace: Put the blog's HTML in the place of a file that differs from it.
            as_html: Write the blog's HTML in the place of blocks that Markdown cannot express.
            dry_run: Write nothing.
            on_progress: Told each file.

        Returns:
            The files, and what the journal now knows of them.

        Raises:
            Conflict: No post can be pulled, and one has a file that differs and cannot be patched
                while `replace` is not set.
            UsageError: The post does not exist.
        """
        from blogkit.project.files import exports

        return exports.pull(
            self._context(),
            references,
            site=site,
            replace=replace,
            as_html=as_html,
            dry_run=dry_run,
            on_progress=on_progress,
        )

    def adopt(
        self,
        *references: str,
        site: str = "",
        label: str = "",
        all: bool = False,  # noqa: A002
        dry_run: bool = False,
        on_progress: OnProgress = silent,
    ) -> ExportReport:
        """Start managing posts that are on the blog; each gets a file. Nothing there changes.

        Args:
            *references: Addresses or ids.
            site: The site's name; empty means the default site.
            label: All posts with this label, category or tag.
            all: All posts and pages of the site.
            dry_run: Write nothing.
            on_progress: Told each file, and each post that no file can hold.

        Returns:
            The files, and the posts that no file can hold.

        Raises:
            UsageError: No posts are named, or both kinds of choice are made.
        """
        from blogkit.project.files import exports

        return exports.adopt(
            self._context(),
            references,
            site=site,
            label=label,
            everything=all,
            dry_run=dry_run,
            on_progress=on_progress,
        )

    def import_(
        self,
        page: str | bytes,
        *,
        name: str = "the page",
        title: str = "",
        to: PathLike | None = None,
        key: str = "",
        dry_run: bool = False,
        force: bool = False,
        allow: Sequence[str] = (),
    ) -> ImportReport:
        """Turn what was pasted into a post file: HTML, Markdown, text, .docx. Sends nothing.

        Args:
            page: The page's text or bytes.
            name: What messages call it; the ending of a file's name tells what it is.
            title: What to call the post if nothing in the page does.
            to: The post's file, .md or .html; None means one in posts/.
            key: The post's key; empty means the name of its file.
            dry_run: Write nothing.
            force: Overwrite a post of that name.
            allow: Kinds of active content to keep, such as "script"; the rest is left out.

        Returns:
            The post, with a report on each part of the page.

        Raises:
            ContentError: The page cannot be read.
            UsageError: The file exists, or its name, the key or a kind is not valid.
        """
        from blogkit.project.files.imports import import_page

        data = page.encode("utf-8", "surrogatepass") if isinstance(page, str) else page
        return import_page(
            self._context(),
            data,
            name=name,
            title=title,
            target=None if to is None else Path(to),
            key=key,
            dry_run=dry_run,
            force=force,
            allow=allow,
        )

    def import_folder(
        self,
        folder: PathLike,
        *,
        dry_run: bool = False,
        force: bool = False,
        allow: Sequence[str] = (),
        on_progress: OnProgress = silent,
    ) -> FolderImport:
        """Turn a folder of posts of Hugo, Jekyll or Pelican into post files. Sends nothing.

        Args:
            folder: The folder; folders below it are read, too.
            dry_run: Write nothing.
            force: Overwrite posts with the same names.
            allow: Kinds of active content to keep, such as "script"; other kinds are reported.
            on_progress: Told each file.

        Returns:
            The posts, each with a report on its parts, and the files that were left out.

        Raises:
            UsageError: The folder does not exist, or a kind is not valid.
        """
        from blogkit.project.files.folder_imports import import_each

        return import_each(
            self._context(),
            Path(folder),
            dry_run=dry_run,
            force=force,
            allow=allow,
            on_progress=on_progress,
        )

    def import_archive(
        self,
        path: PathLike,
        *,
        site: str = "",
        as_new: bool = False,
        allow: Sequence[str] = (),
        meta: bool = True,
        images: bool = False,
        private: bool = False,
        force: bool = False,
        dry_run: bool = False,
        on_progress: OnProgress = silent,
    ) -> ArchiveReport:
        """Make a file of each post and page of a blog's backup. Nothing on a blog changes.

        If the blog is a site of the project, each file is tied to its live post.

        Args:
            path: A backup of Blogger, an export of WordPress, or a zip file with some of them.
            site: The site that it is of; empty finds it by the blog's number or address.
            as_new: Take it for another blog: its posts become new ones.
            allow: Kinds of active content, such as "iframe", that new posts may have.
            meta: Keep custom fields of WordPress.
            images: Save the posts' images in `images/`.
            private: Also ask servers on this machine and in private networks for images.
            force: Overwrite files of an earlier import that differ from the archive.
            dry_run: Write nothing.
            on_progress: Told each post.

        Returns:
            The files, and what was left out.

        Raises:
            ContentError: The archive cannot be read; nothing was written.
            UsageError: The archive is not of the site, or a kind is not valid.
            BlogkitError: A site of the project may be this blog, and cannot be asked.
        """
        from blogkit.project.archives.importing import ImportChoices, import_archive
        from blogkit.project.files.imports import check_kinds

        check_kinds(allow)
        choices = ImportChoices(site, as_new, tuple(allow), meta, images, private, force, dry_run)
        context = self._context()
        return import_archive(context, context.posts.folder / path, choices, on_progress)

    def export(
        self,
        target: PathLike,
        *paths: PathLike,
        format: ExportFormat,  # noqa: A002
        source: str = "",
        site: str = "",
        published: bool = False,
        force: bool = False,
        dry_run: bool = False,
        on_progress: OnProgress = silent,
    ) -> ExportedArchive:
        """Write posts to an archive that other programs import. Nothing on a blog changes.

        Args:
            target: The file, or the folder.
            *paths: Files and folders of posts; none means all posts and pages of the project.
            format: `wxr` for WordPress's importer, `blogger-atom` for Blogger's "Import content",
                `folder` for files of another project.
            source: The site whose posts to export, as they are there, instead of files.
            site: Of files, only the posts for this site; empty means each post's own.
            published: Also files whose posts are on their site: importing them there makes copies.
            force: Overwrite the target.
            dry_run: Write nothing.
            on_progress: Told each post.

        Returns:
            What was written, and what was left out.

        Raises:
            UsageError: The target exists, or the choices contradict each other.
            SiteError: The site cannot be read; nothing was written.
            ConfigError: The disk refuses.
        """
        from blogkit.project.moving.exporting import ExportChoices, export_archive

        choices = ExportChoices(format, source, site, published, force, dry_run)
        return export_archive(
            self._context(), Path(target), [Path(path) for path in paths], choices, on_progress
        )
