"""All posts with their state and time, found in the background, a few at a time."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blogkit.config import CONFIG
from blogkit.errors import BlogkitError, ContentError
from blogkit.posts.front_matter import shown_title
from blogkit.preview.background import LATER, SOON, Background
from blogkit.preview.events import Events
from blogkit.times import one_clock

if TYPE_CHECKING:
    from blogkit.project.plans.status import PostStatus
    from blogkit.project.project import Project

_BATCH = 20
"""Posts at a time: another job waits no longer than these take."""
_FINE = ("new", "changed", "up to date", "undone")
"""States of posts that wait for no decision."""


class PostsList:
    """The rows of the list, by file.

    Args:
        project: For the background only.
        events: Told the rows that changed.
        background: Where they are found.
    """

    def __init__(self, project: Project, events: Events, background: Background) -> None:
        self._project, self._events, self._background = project, events, background
        self._lock = threading.Lock()
        self._rows: dict[str, dict[str, Any]] = {}
        self._times_due = False

    @property
    def project(self) -> Project:
        """The project for what takes long; use it in the background only."""
        return self._project

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows as they are known so far, by file."""
        with self._lock:
            return [self._rows[name] for name in sorted(self._rows)]

    @property
    def keys(self) -> frozenset[str]:
        """The posts' keys as they are known so far; a file that was not read counts by its name."""
        with self._lock:
            return frozenset(row["key"] for row in self._rows.values())

    def use(self, project: Project) -> None:
        """Work with another project from now on."""
        self._project = project

    def refresh_all(self) -> None:
        """Find the state of all posts."""
        self._background.do(self._list, SOON)

    def refresh(self, names: Sequence[str], priority: int = SOON) -> None:
        """Find the state of these posts."""
        self._background.do(lambda: self._read(names), priority)

    def _is_there(self) -> bool:
        """Return whether the folder is there: to open its journal would create it again."""
        return (self._project.config.root / CONFIG).is_file()

    def _list(self) -> None:
        """Show the files at once, and their state as it becomes known."""
        names = list(self._files())
        with self._lock:
            gone = self._rows.keys() - names
            self._rows = {name: self._rows.get(name) or _unread(name) for name in names}
        self._events.send("rows", {"rows": self.rows, "removed": sorted(gone)})
        for start in range(0, len(names), _BATCH):
            some = names[start : start + _BATCH]
            self._background.do(partial(self._read, some), LATER)

    def _read(self, names: Sequence[str]) -> None:
        if not self._is_there():
            return
        files = self._files()
        found = {name: _unread(name) for name in names if name in files}
        problems: Sequence[BlogkitError] = ()
        states: Sequence[PostStatus] = ()
        try:
            if found:
                report = self._project.status(*(files[name] for name in found), offline=True)
                problems, states = report.left_out, report
        except BlogkitError as error:
            problems = (error,)
        for each in problems:
            _add_errors(found, each)
        for name, row in found.items():
            row["title"] = shown_title(files[name]) if row["errors"] else ""
        for state in states:
            if state.path in found:
                _add_state(found[state.path], state, self._project.config.zone)
        with self._lock:
            for name, row in found.items():
                row["slot"] = self._rows.get(name, row)["slot"]
        self._keep(found)
        # The slots of all posts depend on each other, and finding them takes a look at every file.
        queued = any(row["slot"] for row in found.values()) or any(one.slot for one in states)
        if queued and not self._times_due:
            self._times_due = True
            self._background.do(self._read_times, LATER)

    def _files(self) -> dict[str, Path]:
        config = self._project.config
        return {config.relative(path): path for path in config.sources()}

    def _read_times(self) -> None:
        """Find when each post of the queue goes live."""
        self._times_due = False
        if not self._is_there():
            return
        try:
            calendar = self._project.queue.calendar(offline=True)
        except BlogkitError:
            return
        zone = self._project.config.zone
        times = {one.path: one_clock(one.at, zone) for one in calendar if one.queued and one.at}
        with self._lock:
            rows = {name: row for name, row in self._rows.items() if name in times or row["slot"]}
        self._keep({name: {**row, "slot": times.get(name, "")} for name, row in rows.items()})

    def _keep(self, found: dict[str, dict[str, Any]]) -> None:
        with self._lock:
            changed = {n: row for n, row in found.items() if self._rows.get(n) not in (None, row)}
            self._rows.update(changed)
        if changed:
            self._events.send("rows", {"rows": list(changed.values()), "removed": []})


def _unread(name: str) -> dict[str, Any]:
    stem = name.rpartition("/")[2].rpartition(".")[0]
    return {
        "post": name,
        "title": "",
        "key": stem,
        "state": "",
        "at": "",
        "slot": "",
        "errors": 0,
        "changes": [],
    }


def _add_errors(found: dict[str, dict[str, Any]], error: BlogkitError) -> None:
    for problem in error.problems if isinstance(error, ContentError) else ():
        if problem.path in found:
            found[problem.path]["errors"] += 1
            found[problem.path]["state"] = "has errors"


def _add_state(row: dict[str, Any], state: PostStatus, zone: tzinfo) -> None:
    """Add how the post compares with one site."""
    remote = state.remote
    there = str(remote.status or remote.state) if remote else ""
    row["title"], row["key"] = state.title or row["title"], state.key
    row["state"] = row["state"] or (f"{there}, {state.file}" if there else state.file)
    if remote and remote.at and there == "scheduled":
        row["at"] = one_clock(remote.at, zone)
    blocked = state.file not in _FINE or bool(state.trouble)
    row["changes"].append(
        {
            "site": state.site,
            "summary": state.trouble or state.summary,
            "hint": state.hint,
            "blocked": blocked,
        }
    )
