"""A post that was adopted lives in a file that holds the blog's own bytes: what would be changed on the blog is changed there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from blogkit.errors import ConfigError, ConflictError


@dataclass(frozen=True)
class InFile:
    """What becomes of a file. before, body: its HTML, front matter aside; doing: in a few words."""

    path: Path
    before: str
    body: str
    doing: str
    notes: Sequence[str] = ()

    @property
    def changed(self) -> bool:
        return self.body != self.before

    def require_unchanged(self) -> None:
        """Raises `ConflictError` when the file changed meanwhile."""
        if not self.path.read_bytes().endswith(self.before.encode()):
            raise ConflictError(f"{self.path} was changed meanwhile; nothing was written", hint="run the command again")

    def write(self) -> None:
        """The file with its new body, whole or not at all. Raises `ConflictError` when it changed meanwhile."""
        self.require_unchanged()
        path = self.path.resolve()  # what a link leads to is written, and the link stays
        data, tail = path.read_bytes(), self.before.encode()
        new = path.with_name(f".{path.name}.new")
        try:
            new.write_bytes(data[: len(data) - len(tail)] + self.body.encode())
            new.chmod(path.stat().st_mode)
            new.replace(path)
        except OSError as error:
            new.unlink(missing_ok=True)
            raise ConfigError(f"{self.path}: cannot be written: {error.strerror}", hint="check the disk and who may write there") from error
