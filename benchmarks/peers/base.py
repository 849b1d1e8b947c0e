"""What all peers share."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus
from benchmarks.measure import ROOT, Command
from benchmarks.rows import Row

HOME = ROOT / ".cache/peers"
"""Where the peers are installed."""
BIN = HOME / "python" / ("Scripts" if os.name == "nt" else "bin")
CALL = re.compile(r"^```\{([a-z-]+)\} ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
"""A widget in a post: its name, its title and its YAML."""


@dataclass(frozen=True)
class Peer:
    """A site generator.

    Attributes:
        title: Its name and version.
        command: Builds the site in the current folder; empty where it is not installed.
        write: Writes a site from the texts of posts.
    """

    title: str
    command: Command
    write: Callable[[Path, list[str]], None]

    def row(self, count: int) -> Row:
        """Return its row in the table."""
        title = f"{self.title}, all {count:,}"
        return Row(title, self.title, self.command, count=count)


@dataclass(frozen=True)
class Site:
    """A peer's site, to be made in a folder.

    Attributes:
        peer: The peer.
        count: How many posts it has.
    """

    peer: Peer
    count: int

    def write(self, root: Path, environ: dict[str, str]) -> None:  # noqa: ARG002
        """Write the site under `root`."""
        root.mkdir()
        self.peer.write(root, [corpus.post(number) for number in range(self.count)])


def parts(post: str) -> tuple[str, str]:
    """Return a post's front matter and its body."""
    _, head, body = post.split("---\n", 2)
    return head.replace("publish: now\n", ""), body


def python_tool(name: str) -> str:
    """Return a peer's program; "" where it is not installed."""
    return str(BIN / name) if (BIN / name).exists() else shutil.which(name) or ""
