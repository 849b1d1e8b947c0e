"""What a machine's scheduler is to start, and how often."""

from __future__ import annotations

import hashlib
import re
import shlex
from datetime import timedelta

from blogkit.dataclass import dataclass
from blogkit.errors import UsageError
from blogkit.paths import readable

EVERY = tuple(
    [timedelta(minutes=minutes) for minutes in (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30)]
    + [timedelta(hours=hours) for hours in (1, 2, 3, 4, 6, 8, 12)]
    + [timedelta(days=1)]
)
"""How often cron can start a program: times that divide an hour or a day."""
_UNUSABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class TimedTask:
    """One blog's task.

    Attributes:
        folder: The blog's folder, absolute.
        python: The Python that has blogkit, absolute.
        every: How often to start it; one of `EVERY`.
    """

    folder: str
    python: str
    every: timedelta

    @classmethod
    def checked(cls, folder: str, python: str, every: timedelta) -> TimedTask:
        """Return the task.

        Args:
            folder: The blog's folder, absolute.
            python: The Python that has blogkit, absolute.
            every: How often to start it.

        Raises:
            UsageError: A scheduler cannot start it so often, or a path has a character that no
                scheduler's file can hold.
        """
        if every not in EVERY:
            raise UsageError(
                "schedulers start a program at times that divide an hour or a day",
                hint="use 1m, 5m, 10m, 15m, 30m, 1h, 2h, 6h, 12h or 1d",
            )
        for path in (folder, python):
            if _UNUSABLE.search(path):
                raise UsageError(
                    f"{readable(path)} has a character that a scheduler cannot read",
                    hint="rename the folder",
                )
        return cls(folder, python, every)

    @property
    def name(self) -> str:
        """A name that tells the blog and is its own: two folders may be called "blog"."""
        last = re.split(r"[\\/]", self.folder.rstrip("\\/"))[-1].lower()
        word = re.sub(r"[^a-z0-9]+", "-", last).strip("-")[:32] or "blog"
        digest = hashlib.sha256(self.folder.encode("utf-8", "surrogateescape")).hexdigest()
        return f"{word}-{digest[:8]}"

    @property
    def words(self) -> tuple[str, ...]:
        """The command line."""
        # -P: a scheduler starts in any folder, and Python is not to import its files
        return (self.python, "-P", "-m", "blogkit", "-C", self.folder, "run", "--quiet")

    @property
    def minutes(self) -> int:
        """How often it starts, in minutes."""
        return self.every // timedelta(minutes=1)


def shell_line(words: tuple[str, ...], *, powershell: bool) -> str:
    """Return a command line as a person types it.

    Args:
        words: The program and its arguments.
        powershell: For PowerShell instead of a Unix shell.
    """
    if not powershell:
        return shlex.join(words)
    # https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_quoting_rules
    plain = re.compile(r"[A-Za-z0-9_.\-\\:/]+")
    quoted = [
        word if plain.fullmatch(word) else "'" + re.sub("(['‘’‚‛])", r"\1\1", word) + "'"
        for word in words
    ]
    return " ".join(["&", *quoted])
