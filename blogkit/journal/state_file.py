"""Keep what the journal knows of each post in a small text file that can be committed.

A folder that was checked out afresh has no journal. With this file it still knows which post on the
blog belongs to which file, what was deleted there, and what was sent last. Each post has one line,
so that git merges the lines of two machines. The texts of earlier versions are not in it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.errors import JournalError
from blogkit.files import replace_file
from blogkit.journal.records import Memory

_HEAD = "# What blogkit knows of each post on your blog, one line a post. Commit this file.\n"
_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_LINES_PER_SAVE = 1000
"""A longer file is saved less often during a run, and always at its end."""

_NEVER = datetime.min.replace(tzinfo=UTC)

_Post = tuple[str, str]
"""A site's name and a post's key."""


@dataclass(frozen=True)
class _Line:
    memory: Memory
    written: datetime
    text: str


class StateFile:
    """The file as this process last read or wrote it. Thread-safe.

    Args:
        path: The file, in the blog's folder.
        clock: Returns the current time.

    Raises:
        JournalError: A line of the file is damaged, or git left conflict markers in it.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self._path, self._clock = path, clock
        self._lock = threading.Lock()
        self._saved = _read(path)
        self._lines = _parsed(path, self._saved)
        self._noted: set[_Post] = set()  # since the file was saved

    def news(
        self,
        known: Mapping[_Post, Memory],
        last_action: Callable[[str, str], datetime | None],
    ) -> list[Memory]:
        """Return what the file knows better than the journal: other machines have written it.

        Args:
            known: What the journal knows.
            last_action: Returns when the journal's last action on a post ended.
        """
        return [
            line.memory
            for post, line in self._lines.items()
            if post not in known
            or (
                _values(known[post]) != _values(line.memory)
                and (last_action(*post) or _NEVER) < line.written
            )
        ]

    def note(self, site: str, key: str, memory: Memory | None) -> None:
        """Record what is known of a post, and save the file.

        Args:
            site: The site's name.
            key: The post's key.
            memory: What is known; None for nothing.

        Raises:
            JournalError: The file cannot be written.
        """
        with self._lock:
            self._put((site, key), memory)
            if self._noted and len(self._noted) * _LINES_PER_SAVE >= len(self._lines):
                self._save()

    def save(self, memories: Iterable[Memory] = ()) -> None:
        """Save the file if it is not up to date.

        Args:
            memories: What is known of posts that may not be in it yet.

        Raises:
            JournalError: The file cannot be written.
        """
        with self._lock:
            for memory in memories:
                self._put((memory.site, memory.key), memory)
            if self._noted:
                self._save()

    def _put(self, post: _Post, memory: Memory | None) -> None:
        old = self._lines.get(post)
        if memory is None:
            if self._lines.pop(post, None):
                self._noted.add(post)
        elif old is None or _values(old.memory) != _values(memory):
            now = self._clock().astimezone(UTC).replace(microsecond=0)
            # A line that replaces another is the newer one, even if this clock is behind.
            written = max(now, old.written + timedelta(seconds=1)) if old else now
            self._lines[post] = _line(memory, written)
            self._noted.add(post)

    def _save(self) -> None:
        self._keep_lines_of_others()
        lines = [self._lines[post].text for post in sorted(self._lines)]
        text = _HEAD + "".join(f"{line}\n" for line in lines)
        try:
            replace_file(self._path, text.encode(), follow_link=False)
        except OSError as error:
            raise JournalError(
                f"cannot write {self._path}: {error.strerror}",
                hint="free some space or make it writable, then run the command again",
            ) from error
        self._saved = text
        self._noted.clear()

    def _keep_lines_of_others(self) -> None:
        """Take over lines that came into the file since it was read, such as by `git pull`."""
        there = _read(self._path)
        if there != self._saved:
            for post, line in _parsed(self._path, there).items():
                if post not in self._noted:
                    self._lines[post] = line


def _read(path: Path) -> str:
    # A folder of another person could lead this to a private file, or to one that never ends.
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise JournalError(f"{path} is not a regular file", hint="move it away")
    try:
        return path.read_bytes().decode("utf-8-sig", "replace")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise JournalError(
            f"cannot read {path}: {error.strerror}", hint="check its permissions"
        ) from error


def _parsed(path: Path, text: str) -> dict[_Post, _Line]:
    """Return the lines; of two lines of one post, which a merge may leave, the newer one."""
    found: dict[_Post, _Line] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(_MARKERS):
            raise JournalError(
                f"{path}:{number}: git left the marks of a merge conflict",
                hint=(
                    "keep the lines of both sides and delete only the marks (<<<<<<<, =======,"
                    " >>>>>>>)"
                ),
            )
        try:
            one = _from_line(line)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise JournalError(
                f"{path}:{number}: the line is damaged",
                hint="restore the file from git, such as: git checkout HEAD -- blogkit.state",
            ) from error
        post = (one.memory.site, one.memory.key)
        if post not in found or found[post].written <= one.written:
            found[post] = one
    return found


def _from_line(line: str) -> _Line:
    values = json.loads(line)
    texts = {
        name: values[name]
        for name in ("site", "key", "kind", "id", "url", "pushed", "state", "wanted", "written")
    }
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError("not a text")
    if not all(isinstance(digest, str) for digest in values["seen"].values()):
        raise TypeError("not a digest")
    memory = Memory(
        site=texts["site"],
        key=texts["key"],
        kind=texts["kind"],
        remote_id=texts["id"],
        url=texts["url"],
        last_pushed=texts["pushed"],
        last_seen=json.dumps(values["seen"]),
        state=texts["state"],
        at=datetime.fromisoformat(values["at"]) if values["at"] else None,
        desired_state=texts["wanted"],
    )
    return _Line(memory, datetime.fromisoformat(texts["written"]).astimezone(UTC), line)


def _line(memory: Memory, written: datetime) -> _Line:
    values = {**_values(memory), "written": written.isoformat()}
    return _Line(memory, written, json.dumps(values, ensure_ascii=False))


def _values(memory: Memory) -> dict[str, Any]:
    """Return what the file has of a post. The site's own time stamp changes without an edit."""
    return {
        "site": memory.site,
        "key": memory.key,
        "kind": memory.kind,
        "id": memory.remote_id,
        "state": memory.state,
        "at": memory.at.astimezone(UTC).isoformat() if memory.at else "",
        "wanted": memory.desired_state,
        "url": memory.url,
        "pushed": memory.last_pushed,
        "seen": json.loads(memory.last_seen),
    }
