"""A blog's folder on one computer, and the runs in it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from blogkit.journal.records import Run
from blogkit.journal.store import Journal
from tests.crash.children import Children
from tests.crash.job import Job


@dataclass
class Workspace:
    """children: run blogkit here; rebuild: publish also where the journal is lost and nothing else
    knows the posts; undecided: posts that wait for the user's decision, with what was told of them.
    """

    root: Path
    children: Children
    rebuild: bool = False
    undecided: dict[str, str] = field(default_factory=dict)

    def job(self, *arguments: str) -> Job:
        """A command that writes here."""
        return Job((*arguments, "--json"), self.root)

    def publish(self, *arguments: str) -> Job:
        """`blogkit publish`."""
        rebuild = ("--rebuild",) if self.rebuild else ()
        return self.job("publish", "--yes", *rebuild, *arguments)

    @property
    def state(self) -> Path:
        """The file that the user commits."""
        return self.root / "blogkit.state"

    def lose_journal(self) -> None:
        """As in a fresh checkout."""
        shutil.rmtree(self.root / ".blogkit", ignore_errors=True)

    def newest_run(self) -> Run | None:
        """The latest in the journal."""
        with self._journal() as journal:
            return next(iter(journal.runs(1)), None)

    def posts_of(self, run: int) -> set[str]:
        """The keys and ids of the posts that a run wrote to."""
        with self._journal() as journal:
            entries = journal.actions(run, bytes=False)
        return {name for entry in entries for name in (entry.key, entry.remote_id)}

    def open_ends(self) -> list[str]:
        """Actions without an end, and damage. What an edit on the blog holds up ends with the
        user's decision.
        """
        with self._journal() as journal:
            damage = journal.damage()
            open_ones = [
                f"{one.status}: {one.summary}"
                for one in journal.unsettled("main")
                if one.key not in self.undecided
            ]
        return [*open_ones, *([damage] if damage else [])]

    def _journal(self) -> Journal:
        return Journal.open(self.root / ".blogkit/journal.sqlite")


def exchange_states(workspaces: Sequence[Workspace], base: Path) -> None:
    """What `git pull` does on each computer. base: what they last had in common."""
    there = [one.state for one in workspaces if one.state.exists()]
    if not there:
        return
    ours, *others = there
    for theirs in others:
        base.touch()
        files = [str(ours), str(base), str(theirs)]
        subprocess.run(["git", "merge-file", "--quiet", "--union", *files], check=True)
    for one in workspaces:
        if one.state != ours:
            shutil.copyfile(ours, one.state)
    shutil.copyfile(ours, base)
