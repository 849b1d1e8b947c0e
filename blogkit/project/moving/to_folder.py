"""Write posts as files that another blogkit project can publish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from blogkit.archive.post import ArchivedBlog, ArchivedPost
from blogkit.archive.post_file import new_post_file, origin_of_post
from blogkit.files import create_file, replace_file
from blogkit.project.archives.names import FileNames
from blogkit.project.files.writing import writing
from blogkit.regions import without_key_block


def write_folder(
    folder: Path,
    posts: Iterable[ArchivedPost],
    blog: ArchivedBlog,
    zone: ZoneInfo,
    *,
    are_own: bool,
    force: bool,
    dry_run: bool,
) -> list[str]:
    """Write each post as a file, in `posts/` and `pages/`.

    Args:
        folder: The folder; it is created.
        posts: The posts.
        blog: The blog that they are from.
        zone: The time zone of the files' times.
        are_own: Whether the posts are those of the project's files, not of a site.
        force: Overwrite files.
        dry_run: Write nothing.

    Returns:
        The files, relative to the folder.

    Raises:
        ConfigError: The disk refuses; the files before it are written.
    """
    names = FileNames(folder, set())
    written = []
    for post in posts:
        path = names.new(post, "", "")
        # The key is the old project's: a post of the new one has its own.
        own = replace(post, body=without_key_block(post.body))
        origin = origin_of_post(post, blog)
        data = new_post_file(
            own, blog, zone, with_author=True, with_drafts_dates=are_own, origin=origin
        )
        written.append(path.relative_to(folder).as_posix())
        if dry_run:
            continue
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            (replace_file if force else create_file)(path, data)
    return written
