"""Change files of the project as part of a run: the journal has the old bytes before they change.

If the process dies in between, the digests in the journal tell whether the file was written.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from blogkit.config import LINKS, Config
from blogkit.dataclass import dataclass
from blogkit.errors import ConfigError, Conflict, JournalError
from blogkit.files import create_file, replace_file
from blogkit.paths import shown
from blogkit.project.files.writing import already_exists, reading, writing

if TYPE_CHECKING:
    from blogkit.journal.file_log import FileIntent
    from blogkit.journal.store import Journal
    from blogkit.project.plans.report import Report

_WRITERS = 8
"""Files that are written at a time if their order does not matter."""


@dataclass(frozen=True)
class FileChange:
    """A change of one file.

    Attributes:
        path: The file.
        before: Its bytes now; None if there is no file.
        after: Its bytes afterwards; None removes it.
        summary: What is done, in a sentence.
        site: The site of its post; "" if none is known.
        key: The key of its post; "" if none is known.
        remote_id: The site's id of its post; "" if none is known.
    """

    path: Path
    before: bytes | None
    after: bytes | None
    summary: str
    site: str = ""
    key: str = ""
    remote_id: str = ""

    def require_unchanged(self) -> None:
        """Check that the file is as it was read.

        Raises:
            Conflict: It changed; nothing was written.
            ConfigError: It cannot be read, or a new file's name is taken.
        """
        with reading(self.path):
            now = bytes_of(self.path)
        if now is not None and self.before is None:
            raise already_exists(self.path)
        if now != self.before:
            message = f"{self.path} changed in the meantime; nothing was written"
            raise Conflict(message, hint="run the command again")

    def make(self) -> None:
        """Write or remove the file.

        Raises:
            ConfigError: The disk refuses, or a new file's name is taken.
        """
        with writing(self.path):
            if self.after is None:
                self.path.unlink()
            elif self.before is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                create_file(self.path, self.after)
            else:
                replace_file(self.path, self.after)


def bytes_of(path: Path) -> bytes | None:
    """Return a file's bytes, None if there is no file.

    Raises:
        OSError: It cannot be read, or is something else than a file.
    """
    if path.is_file():
        return path.read_bytes()
    if os.path.lexists(path):  # reading a pipe would wait for ever
        raise OSError(errno.EINVAL, "it is not a regular file", str(path))
    return None


def recorded_path(config: Config, path: Path) -> str:
    """Return what the journal calls a file.

    Args:
        config: Knows the project's folder.
        path: The file, absolute.
    """
    path = path.resolve()
    inside = path.is_relative_to(config.root)
    return (path.relative_to(config.root) if inside else path).as_posix()


def recorded_file(config: Config, name: str) -> Path:
    """Return the file that the journal means.

    The journal may come with a folder that someone else made, and undo follows it.

    Args:
        config: Knows the project's folder.
        name: From `recorded_path`.

    Raises:
        ConfigError: It is not a post's file in the project, nor `links.toml`.
    """
    path = config.root / name
    if (path.suffix in (".md", ".html") or name == LINKS) and path.resolve().is_relative_to(
        config.root
    ):
        return path
    raise ConfigError(
        f"{shown(name)} is not a post in this folder; blogkit leaves it alone",
        hint="restore it by hand, if you need to: blogkit backup export DIR",
    )


class FileRun:
    """Change files in a run of the journal, and end the run with the block.

    The run starts with the first change, so a call that changes nothing leaves none.

    Args:
        journal: The journal.
        config: Knows the project's folder.
        command: What the journal calls the run.
        report: Gets the run's number and the files.

    Attributes:
        journal: As given.
    """

    def __init__(self, journal: Journal, config: Config, command: str, report: Report) -> None:
        self.journal, self._config, self._command = journal, config, command
        self._report = report
        self._written: list[int] = []
        self._started = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        run = self._report.run
        if run is None or not self._started or isinstance(error, JournalError):
            return  # a journal that has just failed would hide its own error
        self.settle()
        stopped = "stopped: " if error else ""
        self.journal.finish_run(run, f"{stopped}{self._report.summary}")

    def write(self, changes: Sequence[FileChange]) -> None:
        """Make changes, after all of them are recorded.

        Raises:
            Conflict: A file changed meanwhile; nothing was written.
            ConfigError: A file cannot be written; those before it are.
        """
        numbers = self._intend(changes)
        for at, change in enumerate(changes):
            try:
                change.make()
            except Exception as error:
                self.journal.files.mark(numbers[at:], "failed", str(error))
                raise
            self._note(numbers[at], change)

    def write_apart(self, changes: Sequence[FileChange]) -> None:
        """Make changes of files that have nothing to do with each other, several at a time.

        The disk takes most of the time for a new file, and it can make many lasting at once.

        Raises:
            Conflict: A file changed meanwhile; nothing was written.
            ConfigError: A file cannot be written; the others are.
        """
        from concurrent.futures import ThreadPoolExecutor

        numbers = self._intend(changes)
        with ThreadPoolExecutor(_WRITERS) as pool:
            made = [pool.submit(change.make) for change in changes]
        failed: Exception | None = None
        for number, change, one in zip(numbers, changes, made, strict=True):
            error = one.exception()
            if error is None:
                self._note(number, change)
            elif isinstance(error, Exception):
                self.journal.files.mark([number], "failed", str(error))
                failed = failed or error
        if failed:
            raise failed

    def _intend(self, changes: Sequence[FileChange]) -> list[int]:
        for change in changes:
            change.require_unchanged()
        if not changes:
            return []
        if self._report.run is None:
            self._report.run = self.journal.start_run(self._command)
            self._started = True
        intents = [self._intent(change) for change in changes]
        return self.journal.files.intend(self._report.run, intents)

    def _note(self, number: int, change: FileChange) -> None:
        if change.after is None:
            self._remove_empty_folders(change.path.parent)
        self._written.append(number)
        self._report.files += (self._config.relative(change.path),)

    def _remove_empty_folders(self, folder: Path) -> None:
        """Remove a folder in `posts/` or `pages/` that has become empty, and those above it."""
        tops = (self._config.root / "posts", self._config.root / "pages")
        with suppress(OSError):
            while any(top in folder.parents for top in tops):
                folder.rmdir()
                folder = folder.parent

    def settle(self) -> None:
        """Record that the files are written."""
        if self._written:
            self.journal.files.mark(self._written, "done")
            self._written = []

    def _intent(self, change: FileChange) -> FileIntent:
        from blogkit.journal.file_log import FileIntent

        return FileIntent(
            recorded_path(self._config, change.path),
            change.before,
            change.after,
            change.summary,
            change.site,
            change.key,
            change.remote_id,
        )
