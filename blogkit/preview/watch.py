"""Look for files that changed.

It asks the file system again and again instead of waiting for its messages: those do not come from
network drives, synchronised folders and shared folders of virtual machines, and the few files of
the posts that are open cost microseconds.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from pathlib import Path

from blogkit.errors import BlogkitError
from blogkit.preview.session import PreviewSession
from blogkit.project.cache.signatures import files_in
from blogkit.signatures import signature

_log = logging.getLogger("blogkit.preview")
OPEN_EVERY = 0.02
"""Seconds between looks at the posts that pages show."""
ALL_EVERY = 0.5
"""Seconds between looks at the whole folder."""
_SHARE = 30
"""A look at a large folder may take this part of the time."""


class Watcher:
    """Look at the files of a preview, and tell it what changed.

    Args:
        session: The preview.
    """

    def __init__(self, session: PreviewSession) -> None:
        self._session = session
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="blogkit-preview-watch", daemon=True)
        self._open: dict[str, dict[Path, str]] = {}
        self._touched: set[str] = set()
        """Their state is found after their pictures are shown: both would take the processor."""
        self._all = self._posts()
        self._settings = self._settings_signature()

    def start(self) -> None:
        """Look until `stop`, in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def look_at_open(self) -> None:
        """Look at the posts that were shown, and at the files that they were made from."""
        for name, files in self._session.watched().items():
            now = {file: signature(file) for file in files}
            before = self._open.get(name)
            if now == before or not _is_written(files[0]):
                continue
            if before is not None or now[files[0]] != self._all.get(name, now[files[0]]):
                self._session.changed(name)
                self._touched.add(name)
                # What it is made from may be other files now. A file that was written again while
                # the post was rendered must count as changed, so its earlier signature stays.
                files = self._session.watched().get(name, files)
            self._open[name] = {file: now.get(file) or signature(file) for file in files}

    def look_at_all(self) -> None:
        """Look at the settings, and at every post."""
        settings = self._settings_signature()
        if settings != self._settings:
            self._settings = settings
            self._session.reload()
        before, self._all = self._all, self._posts()
        if before.keys() != self._all.keys():
            for name in before.keys() - self._all.keys():
                self._open.pop(name, None)
                self._session.removed(name)
            self._session.posts.refresh_all()
        shown = self._session.watched()
        changed = {n for n, at in self._all.items() if before.get(n, at) != at and n not in shown}
        names = sorted((changed | self._touched) & self._all.keys())
        self._touched.clear()
        if names:
            self._session.posts.refresh(names)

    def _run(self) -> None:
        due = time.monotonic() + ALL_EVERY
        while not self._stop.wait(OPEN_EVERY):
            try:
                self.look_at_open()
                start = time.monotonic()
                if start >= due:
                    self.look_at_all()
                    end = time.monotonic()
                    due = end + max(ALL_EVERY, (end - start) * _SHARE)
            except Exception:  # the preview goes on; the next look may succeed
                _log.exception("the preview could not look at the folder")

    def _posts(self) -> dict[str, str]:
        try:
            return {name: signature(path) for name, path in self._session.files().items()}
        except BlogkitError:  # a folder that cannot be read now may be readable again soon
            return dict(self._all) if hasattr(self, "_all") else {}

    def _settings_signature(self) -> tuple[str, ...]:
        root = self._session.root
        own = (root / name for name in ("blogkit.toml", "links.toml", ".env"))
        return (*map(signature, own), *map(os.fsdecode, files_in(root / "widgets")))


def _is_written(path: Path) -> bool:
    """Return whether a file has its text: many editors empty it before they write."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
