"""The file of an adopted post: it holds the blog's own bytes, so edits go there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from blogkit.errors import Conflict
from blogkit.files import replace_file
from blogkit.project.files.writing import writing


@dataclass(frozen=True)
class AdoptedFile:
    """A change of an adopted post's file.

    Attributes:
        path: The file.
        before: Its HTML now, without front matter.
        body: Its HTML afterwards.
        doing: The change in a few words.
        notes: More to know about the change.
    """

    path: Path
    before: str
    body: str
    doing: str
    notes: Sequence[str] = ()

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.body != self.before

    def require_unchanged(self) -> None:
        """Check that the file is as it was read.

        Raises:
            Conflict: It changed; nothing was written.
        """
        if not self.path.read_bytes().endswith(self.before.encode()):
            message = f"{self.path} changed in the meantime; nothing was written"
            raise Conflict(message, hint="run the command again")

    def write(self) -> None:
        """Write the file with its new body, all of it or nothing.

        Raises:
            Conflict: The file changed meanwhile.
            ConfigError: The disk refuses.
        """
        self.require_unchanged()
        data, tail = self.path.read_bytes(), self.before.encode()
        with writing(self.path):
            replace_file(self.path, data[: len(data) - len(tail)] + self.body.encode())
