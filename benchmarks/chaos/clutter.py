"""What happens to files behind their writer's back: sync programs copy them, and full disks and
crashed editors cut them off.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chaos.desk import Desk

COPIES = (
    "{} (1)",
    "{} - Copy",
    "{} (conflicted copy 2026-11-28)",
    "{}.sync-conflict-20261128-120000-ABCDEFG",
    "{}.orig",
    "{}-LAPTOP",
    "{}_BASE_1234",
    "another name {}",
)


@dataclass
class Clutter:
    """Copies and cuts files of the desk, and tidies up later. A post that is not on the blog yet
    may be cut off for all that anybody can know.
    """

    desk: Desk
    chance: random.Random
    copies: list[Path] = field(default_factory=list)
    cut: set[str] = field(default_factory=set)

    def happen(self) -> None:
        """Sometimes tidy up, sometimes spoil a file."""
        if self.chance.random() < 0.5:
            self.tidy()
        with_file = [key for key, page in self.desk.pages.items() if page.form]
        if with_file and self.chance.random() < 0.25:
            self._copy(self.chance.choice(with_file))
        live = [key for key in with_file if key in self.desk.ids.values()]
        if live and self.chance.random() < 0.25:
            self._cut(self.chance.choice(live))

    def tidy(self) -> None:
        """The writer deletes copies and restores what was cut off."""
        for copy in self.copies:
            copy.unlink(missing_ok=True)
        self.copies.clear()
        for key in sorted(self.cut):
            self.desk.note(key, "file restored")
            self.desk.put_back(key)
        self.cut.clear()

    def _copy(self, key: str) -> None:
        page = self.desk.pages[key]
        stem, _, suffix = page.file.rpartition(".")
        name = f"{self.chance.choice(COPIES).format(stem)}.{suffix}"
        self.desk.note(key, f"file copied to {name}")
        self.desk.tally.count["copies"] += 1
        for root in self.desk.roots:
            (root / "posts" / name).write_text(page.text(), encoding="utf-8")
            self.copies.append(root / "posts" / name)

    def _cut(self, key: str) -> None:
        page = self.desk.pages[key]
        whole = page.text().encode()
        part = whole[: int(len(whole) * self.chance.uniform(0, 0.55))]
        self.desk.note(key, f"file cut off after {len(part)} of {len(whole)} bytes")
        self.desk.tally.count["cuts"] += 1
        self.cut.add(key)
        for root in self.desk.roots:
            (root / "posts" / page.file).write_bytes(part)
