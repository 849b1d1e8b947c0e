"""`blogkit import FOLDER`: turn the posts of Hugo, Jekyll or Pelican into posts."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.cli.listener import listening
from blogkit.cli.shared import counted
from blogkit.errors import UsageError

if TYPE_CHECKING:
    from blogkit.cli.output import Output
    from blogkit.project.files.folder_imports import FolderImport
    from blogkit.project.project import Project


def print_folder(
    output: Output,
    project: Project,
    folder: Path,
    target: Path | None,
    dry_run: bool,
    *,
    key: str,
    force: bool,
    allow: tuple[str, ...],
) -> int:
    """Import a folder, and print what was done with each file.

    Args:
        output: The printer.
        project: The project.
        folder: The folder, as the user typed it.
        target: As given with -o, which is for one file.
        dry_run: Write nothing.
        key: As given with --key, which is for one file.
        force: Overwrite posts with the same names.
        allow: Kinds of active content to keep.

    Returns:
        The command's exit code.

    Raises:
        UsageError: An option is for one file only.
    """
    if target or key:
        option = "-o" if target else "--key"
        raise UsageError(f"{option} is for one file, not for a folder", hint="leave it out")
    with listening(output, project.config.zone) as listener:
        done = project.import_folder(
            folder, dry_run=dry_run, force=force, allow=allow, on_progress=listener
        )
    for name, one in zip(done.sources, done.posts, strict=True):
        output.say(f"{name} → {one.path}", "green")
        for entry in one.post.entries:
            if entry.kind in ("needed", "dropped"):
                place = f"{name}:{entry.line}" if entry.line else name
                output.say(
                    f"{place}: {'for you to decide: ' * (entry.kind == 'needed')}{entry.words}"
                )
    output.report(_json(done))
    failed = f", {len(done.failed):,} not imported" if done.failed else ""
    others = f"; {counted(done.others, 'other file')}, such as pictures" if done.others else ""
    output.say(f"{counted(len(done.posts), 'post')}{failed}{others}")
    if done.run is not None:
        output.say(f"Next: blogkit check (blogkit undo {done.run} removes the new files)")
    return int(bool(done.failed))


def _json(done: FolderImport) -> dict[str, object]:
    """Return the report of --json."""
    posts = [
        {
            "source": name,
            "path": one.path,
            "written": one.written,
            "title": one.post.title,
            "entries": [asdict(entry) for entry in one.post.entries],
        }
        for name, one in zip(done.sources, done.posts, strict=True)
    ]
    failed = [{"source": name, "error": error.message} for name, error in done.failed]
    return {"posts": posts, "failed": failed, "others": done.others, "run": done.run}
