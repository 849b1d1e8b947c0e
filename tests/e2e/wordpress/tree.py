"""The unpacked files of a WordPress, wherever they come from."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.wordpress import debian, playground
from tests.e2e.wordpress.cache import locked
from tests.e2e.wordpress.machine import HarnessError
from tests.e2e.wordpress.versions import branch

LABELS = tuple(sorted((*debian.RELEASES, *playground.ZIPS)))


@dataclass(frozen=True)
class Tree:
    """A folder that holds a WordPress at the place where Debian puts it."""

    root: Path

    @property
    def docroot(self) -> Path:
        """The folder that a web server serves."""
        return self.root / "usr/share/wordpress"

    @property
    def version(self) -> str:
        """The exact version that the tree names."""
        text = (self.docroot / "wp-includes/version.php").read_text()
        match = re.search(r"^\s*\$wp_version = '([^']+)'", text, re.MULTILINE)
        if not match:
            raise HarnessError(f"{self.root}: wp-includes/version.php names no version")
        return match[1]

    @property
    def theme(self) -> str:
        """The one theme that comes with it."""
        (theme,) = (self.docroot / "wp-content/themes").glob("*/style.css")
        return theme.parent.name


def tree(label: str, cache: Path) -> Tree:
    """Return the files of a WordPress branch, `<cache>/<label>`; fetch them on first use.

    Treat them as read-only, because other test runs share them.
    """
    if label not in LABELS:
        raise HarnessError(f"no WordPress {label} is known here; there are {', '.join(LABELS)}")
    pinned = label in playground.ZIPS
    with locked(cache, "playground" if pinned else label):
        if not (cache / label).exists():
            _make(cache, tuple(playground.ZIPS) if pinned else (label,))
    return Tree(cache / label)


def _make(cache: Path, labels: Sequence[str]) -> None:
    """Unpack branches that have one source; they appear in the cache when they are complete."""
    work = cache / f"{labels[0]}.making"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    made = {label: Tree(work / label) for label in labels}
    if labels[0] in playground.ZIPS:
        playground.unpack({label: one.docroot for label, one in made.items()}, work)
    else:
        debian.unpack(labels[0], made[labels[0]].root, work)
    for label, one in made.items():
        if branch(one.version) != label and label != debian.NEWEST:
            raise HarnessError(f"the files of WordPress {label} are those of {one.version}")
        shutil.rmtree(cache / label, ignore_errors=True)
        one.root.rename(cache / label)
    shutil.rmtree(work)
