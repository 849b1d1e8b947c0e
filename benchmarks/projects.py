"""The projects that the rows of the benchmark work in, each made when the first row needs it."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from benchmarks import corpus
from benchmarks.measure import ROOT, Command, run

BLOGKIT = (sys.executable, "-m", "blogkit")
_SETTLING = 2.1
"""Seconds. The render cache does not trust a file that was written just now."""


class Writable(Protocol):
    """What can be written into a folder."""

    def write(self, root: Path, environ: dict[str, str]) -> None:
        """Write it under `root`, which does not exist yet."""


@dataclass(frozen=True)
class Project:
    """A project in a state.

    Attributes:
        count: How many posts it has.
        site: The table of its site in blogkit.toml.
        history: Commands that ran in it.
    """

    count: int
    site: str = corpus.FOLDER
    history: tuple[Command, ...] = ()

    def write(self, root: Path, environ: dict[str, str]) -> None:
        """Write its posts under `root`, and run its commands."""
        corpus.write(root, self.count, site=self.site)
        time.sleep(_SETTLING)
        for command in self.history:
            run(command, root, environ)
            time.sleep(_SETTLING)  # `publish` writes into the posts


@dataclass
class Workshop:
    """Where all projects are.

    Attributes:
        root: A folder for them.
        projects: What can be made, by name.
    """

    root: Path
    projects: Mapping[str, Writable]
    environ: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.environ = environment(self.root)

    def folder(self, name: str) -> Path:
        """Return a project's folder."""
        folder = self.root / name
        if not folder.exists():
            self.projects[name].write(folder, self.environ)
        return folder


def environment(root: Path) -> dict[str, str]:
    """Return the environment of commands, with caches of its own under `root`.

    As users have it, compiled modules are kept. Some containers switch that off, and then every
    start compiles again.
    """
    environ = {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"}
    own = {f"XDG_{name}_HOME": str(root / name.lower()) for name in ("CACHE", "CONFIG", "DATA")}
    return {**environ, **own, "PYTHONPATH": str(ROOT)}


def forget(folder: Path) -> None:
    """Remove what blogkit knows of a project's posts, and its site."""
    shutil.rmtree(folder / ".blogkit", ignore_errors=True)
    shutil.rmtree(folder / "site", ignore_errors=True)


def edit(folder: Path) -> None:
    """Change the first post."""
    file = folder / "posts/post-00000.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\nEdited at {time.time_ns()}.\n", encoding="utf-8")


def leave(folder: Path) -> None:
    """Change nothing."""
