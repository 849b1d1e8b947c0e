"""Plan an undo of files: what a run did to each, compared with the file now.

| the file, against what the run left | what follows                                  |
|-------------------------------------|-----------------------------------------------|
| as it was left                      | the bytes from before; a new file is removed  |
| as it was before                    | nothing: it was not written, or is restored   |
| anything else                       | a conflict: nothing is overwritten            |
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError, ConfigError, Conflict
from blogkit.journal.file_log import LaterChange
from blogkit.journal.records import FileEntry, file_digest
from blogkit.project.context import ProjectContext
from blogkit.project.files.changes import FileChange, bytes_of, recorded_file
from blogkit.project.files.writing import reading


@dataclass(frozen=True)
class FileUndo:
    """What an undo does to one file.

    Attributes:
        entry: What the run did, in the journal.
        path: The file.
        summary: What will be done, in one sentence.
        change: The change; None if there is nothing to do.
    """

    entry: FileEntry
    path: Path
    summary: str
    change: FileChange | None = None

    def __str__(self) -> str:
        return self.summary


def plan_files(
    context: ProjectContext, entries: Iterable[FileEntry], later: Sequence[LaterChange]
) -> tuple[list[FileUndo], list[BlogkitError]]:
    """Return what an undo does to files, and why other files are left alone.

    Args:
        context: The call's context.
        entries: What the run did, with the bytes from before.
        later: What newer runs changed.
    """
    planned: list[FileUndo] = []
    left: list[BlogkitError] = []
    changed: dict[tuple[str, str], str] = {}
    for entry in entries:
        try:
            planned.append(_plan(context, entry, later))
        except BlogkitError as error:
            left.append(error)
            changed[entry.site, entry.key or entry.path] = entry.path
    # An old file beside a changed one would give the post two files, and it would not be sent.
    apart = {
        one.path: changed.get((one.entry.site, one.entry.key)) for one in planned if one.change
    }
    left += [_beside(path, context, other) for path, other in apart.items() if other]
    return [one for one in planned if not apart.get(one.path)], left


def _beside(path: Path, context: ProjectContext, other: str) -> Conflict:
    message = f"conflict: {context.config.relative(path)} stays as it is, like {other}"
    return Conflict(message, hint=f"they are files of the same post: decide about {other} first")


def may_be_written(context: ProjectContext, entry: FileEntry) -> bool:
    """Return whether a run wrote a file. If it died at that moment, the file shows it.

    Args:
        context: The call's context.
        entry: What the run did, with or without the bytes.
    """
    if entry.status != "intended":
        return entry.status == "done"
    try:
        now = bytes_of(recorded_file(context.config, entry.path))
    except (ConfigError, OSError):
        return True
    return file_digest(now) != entry.before_digest


def _plan(context: ProjectContext, entry: FileEntry, later: Sequence[LaterChange]) -> FileUndo:
    path = recorded_file(context.config, entry.path)
    name = context.config.relative(path)
    with reading(path):
        now = bytes_of(path)
    digest = file_digest(now)
    if digest == entry.before_digest:
        return FileUndo(entry, path, f"nothing to undo in {name}: it is as it was before")
    if digest != entry.after_digest:
        raise _conflict(entry, name, now, later)
    before = entry.before()
    words = f"restore {name}"
    if now is None:
        words = f"create {name} again: the run removed it"
    elif before is None:
        words = f"remove {name}: the run created it"
    post = (entry.site, entry.key, entry.remote_id)
    return FileUndo(entry, path, words, FileChange(path, now, before, words, *post))


def _conflict(
    entry: FileEntry, name: str, now: bytes | None, later: Sequence[LaterChange]
) -> Conflict:
    newer = max((change.run for change in later if change.path == entry.path), default=0)
    if now is None:
        what = f"{name} no longer exists"
    else:
        what = f"{name} was changed after run {entry.run}; undo would overwrite that"
    export = f"blogkit backup export DIR --run {entry.run}"
    if newer:
        hint = f"undo the newer change first: blogkit undo {newer}"
    elif entry.before_digest:
        hint = f"to get the file as it was before the run: {export}"
    else:
        hint = (
            "the run created this file; if you don't need it, delete it. To undo an earlier run,"
            " give its number: blogkit log"
        )
    return Conflict(f"conflict: {what}", hint=hint)
