"""Write the posts that the journal keeps as plain files."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

from blogkit.errors import JournalError, UsageError
from blogkit.files import replace_file
from blogkit.journal.records import Entry, FileEntry
from blogkit.paths import file_words, unlike_a_device
from blogkit.platforms.base import Remote
from blogkit.platforms.settings import masked
from blogkit.project.context import ProjectContext
from blogkit.project.plans.progress import OnProgress, advancing
from blogkit.sync.serialize import unpack_remote


@dataclass
class BackupReport:
    """What was written, and what could not be.

    Attributes:
        files: How many files were written.
        skipped: The journal's entries that cannot be read, each with the reason.
    """

    files: int = 0
    skipped: list[JournalError] = field(default_factory=list)


def export_backups(
    context: ProjectContext,
    folder: Path,
    *,
    site: str,
    key: str,
    run: int | None,
    on_progress: OnProgress,
) -> BackupReport:
    """Write every post as it was before and after each change, and every file as it was before.

    For each change of a post there is a pair of files: the body as HTML, everything else as JSON.
    Files of the project that runs changed are in the folder `files`. Entries that cannot be read
    are skipped.

    Args:
        context: The call's context.
        folder: A new or empty folder.
        site: Only posts of this site.
        key: Only this post.
        run: Only changes of this run.
        on_progress: Told each post.

    Returns:
        What was written, and what was skipped.

    Raises:
        UsageError: The folder is not empty.
    """
    target, report = context.posts.folder / folder, BackupReport()
    if target.exists() and any(target.iterdir()):
        raise UsageError(f"{folder} is not empty", hint="choose a new folder")
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    advance = advancing(on_progress, "exporting", 0)
    with context.journal() as journal:
        for entry in journal.salvage(site=site, key=key, run=run or 0):
            if isinstance(entry, JournalError):
                report.skipped.append(entry)
            else:
                _write(target, entry, report)
                advance(entry.key)
        for file in journal.files.salvage(site=site, key=key, run=run or 0):
            if isinstance(file, JournalError):
                report.skipped.append(file)
            else:
                _write_file(target, file, report)
                advance(file.path)
    return report


def as_data(remote: Remote, *, hidden: bool = False) -> dict[str, Any]:
    """Return a whole post as JSON data.

    Args:
        remote: The post.
        hidden: Leave out the password that readers need.
    """
    ref, at = remote.ref, remote.at.astimezone(UTC).isoformat() if remote.at else None
    values = {**vars(remote), "ref": ref.id, "kind": ref.kind, "state": str(remote.state)}
    if hidden:
        values["settings"] = masked(remote.settings)
    return {"id": values.pop("ref"), **values, "at": at}


def _write(target: Path, entry: Entry, report: BackupReport) -> None:
    """Write the files of one change."""
    folder = target / _name(entry.site) / _name(entry.key)
    for when, data in (("before", entry.before), ("after", entry.after)):
        if data is None:
            continue
        try:
            post = unpack_remote(data, entry.id)
        except JournalError as error:
            report.skipped.append(error)
            continue
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stem = f"{entry.id:06d}-{_name(entry.action)}-{when}"
        _write_private(folder / f"{stem}.html", post.body)
        text = json.dumps(as_data(post), ensure_ascii=False, indent=2) + "\n"
        _write_private(folder / f"{stem}.json", text)
        report.files += 2


def _write_file(target: Path, entry: FileEntry, report: BackupReport) -> None:
    """Write a file as it was before a run."""
    try:
        before = entry.before()
    except JournalError as error:
        report.skipped.append(error)
        return
    if before is None:
        return
    folder = target / "files" / _name(entry.path)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{entry.run:06d}-before{Path(entry.path).suffix}"
    replace_file(path, before, mode=0o600, follow_link=False)
    report.files += 1


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read: there may be drafts among them."""
    data = text.encode("utf-8", "surrogatepass")
    replace_file(path, data, mode=0o600, follow_link=False)


def _name(text: str) -> str:
    """Return a folder's name for a key, which may hold anything."""
    return unlike_a_device(file_words(text, 100) or "post")
