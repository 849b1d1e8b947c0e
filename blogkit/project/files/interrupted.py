"""Finish a `pull --replace` that was killed between the new file and the removal of the old one.

Two files of one post keep it from being published, and a second pull finds the new file up to date.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from blogkit.config import Config
from blogkit.journal.records import FileEntry, file_digest
from blogkit.journal.store import Journal
from blogkit.project.files.changes import bytes_of, recorded_file
from blogkit.project.files.writing import reading, writing

_RECENT = 20
"""Runs to look through."""


def finish_replacements(journal: Journal, config: Config, posts: Collection[str]) -> None:
    """Remove the old files that killed runs were about to remove.

    Args:
        journal: The journal, locked by the caller.
        config: Knows the project's folder.
        posts: The sites' ids of the posts.

    Raises:
        ConfigError: A file cannot be removed.
    """
    for run in journal.runs(_RECENT):
        if run.finished is not None or run.command != "pull":
            continue
        entries = [one for one in journal.files.of_run(run.id) if one.remote_id in posts]
        for entry in _outstanding(config, entries):
            path = recorded_file(config, entry.path)
            with writing(path):
                path.unlink()
            journal.files.mark([entry.id], "done")


def _outstanding(config: Config, entries: Collection[FileEntry]) -> Iterator[FileEntry]:
    """Yield the removals that were not made although the new file of the post is there."""
    written = {
        (one.site, one.remote_id)
        for one in entries
        if one.after_digest and _digest(config, one) == one.after_digest
    }
    for entry in entries:
        removal = entry.status == "intended" and not entry.after_digest
        replaced = (entry.site, entry.remote_id) in written
        if removal and replaced and _digest(config, entry) == entry.before_digest:
            yield entry


def _digest(config: Config, entry: FileEntry) -> str:
    path = recorded_file(config, entry.path)
    with reading(path):
        return file_digest(bytes_of(path))
