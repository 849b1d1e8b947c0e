"""The file of an adopted post: it holds the blog's own bytes, so edits go there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from blogkit.config import Config
from blogkit.dataclass import dataclass
from blogkit.errors import Conflict
from blogkit.project.files.changes import FileChange
from blogkit.project.files.writing import reading
from blogkit.project.live.references import ReferencedPost


@dataclass(frozen=True)
class AdoptedFile:
    """A change of an adopted post's file.

    Attributes:
        found: The post.
        path: The file.
        before: Its HTML now, without front matter.
        body: Its HTML afterwards.
        doing: The change in a few words.
        notes: More to know about the change.
    """

    found: ReferencedPost
    path: Path
    before: str
    body: str
    doing: str
    notes: Sequence[str] = ()

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.body != self.before

    def change(self, config: Config) -> FileChange:
        """Return the change of the file as it is now: its front matter stays.

        Args:
            config: Knows how users call the file.

        Raises:
            Conflict: Its HTML changed since it was read.
            ConfigError: It cannot be read.
        """
        with reading(self.path):
            data, tail = self.path.read_bytes(), self.before.encode()
        if not data.endswith(tail):
            message = f"{self.path} changed in the meantime; nothing was written"
            raise Conflict(message, hint="run the command again")
        after = data[: len(data) - len(tail)] + self.body.encode()
        site, key, remote_id = self.found.site, self.found.key, self.found.remote.ref.id
        summary = f"{self.doing} in {config.relative(self.path)}"
        return FileChange(self.path, data, after, summary, site, key, remote_id)
