"""The torture's desk: the workspaces' files, and the memory of who did what.

Every text that a person writes on the blog has a marker. It may vanish only after the user said
so: with `--ours`, or with `--theirs` and a later change of the file (that is what `--theirs`
promises), by `remove`, `replace` or `undo` of what put it there, or by deleting the post.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.chaos.page import LATER, Page, cut_off
from benchmarks.chaos.tally import Tally
from blogkit.platforms.base import Remote

FIELDS = ("title", "labels", "body")


@dataclass
class Edit:
    """Something written on the blog. accepted: the user chose `--theirs` with it there: it stays
    until the file changes; run: blogkit's that wrote it; sure: it has been there.
    """

    marker: str
    key: str
    field: str
    accepted: bool = False
    run: int | None = None
    sure: bool = True


@dataclass
class Desk:
    """roots: the workspaces, which hold the same files."""

    roots: Sequence[Path]
    chance: random.Random
    tally: Tally
    by_slug: bool = False
    prefix: str = "torture-"
    pages: dict[str, Page] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    theirs: set[str] = field(default_factory=set)
    stays: set[str] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)
    there: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    history: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _versions: dict[str, Page] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: iter(range(1_000_000)))
    _words: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))

    def open(self, posts: int) -> None:
        """The first version of every file."""
        for _ in range(posts):
            self._begin()

    def _begin(self) -> None:
        key = f"{self.prefix}{next(self._numbers)}"
        slug = f"slug-{key}" if self.by_slug else ""
        title = f"Title {self.word()} of {key}"
        self._save(Page(key, title, self.word(), self._state(), slug=slug))

    def old_post(self, number: int) -> Page:
        """A post that is on the blog and has no file."""
        key = f"{self.prefix}old-{number}"
        page = Page(key, f"Title {self.word()} of {key}", self.word(), "", form="")
        self.pages[key] = page
        return page

    def change_something(self, but: Collection[str] = ()) -> None:
        """Some files get another text, title, label or state, but none of these; sometimes there
        is a new one.
        """
        if self.chance.random() < 0.3:
            self._begin()
        for key, page in self.pages.items():
            if page.form and key not in but and self.chance.random() < 0.3:
                self._change(key, page)

    def _change(self, key: str, page: Page) -> None:
        new = {
            "text": lambda: replace(page, token=self.word()),
            "title": lambda: replace(page, title=f"Title {self.word()} of {key}"),
            "labels": lambda: replace(
                page, labels=tuple(self.chance.sample(["News", "Polity", "Economy"], 2))
            ),
            "state": lambda: replace(page, publish=self._state()),
        }[self.chance.choice(["text", "text", "title", "labels", "state", "state"])]()
        if new == page:
            return
        content = replace(new, publish=page.publish) != page
        self._save(page.with_changes(new), keep_theirs=not content)
        what = (new.publish or "keep", new.title, new.token, str(new.labels))
        self.note(key, f"file: {', '.join(what)}")
        if content:
            self.release(key, "the file changed", accepted=True)

    def take_over(self, key: str) -> None:
        """The writer puts what was written on the blog into the file; titles and labels are
        given up.
        """
        there = [edit for edit in self.edits if edit.key == key and edit.sure]
        texts = [edit.marker for edit in there if edit.field == "body"]
        page = self.pages[key]
        new = tuple(text for text in texts if text not in page.kept)
        self._save(page.with_changes(replace(page, kept=(*page.kept, *new))))
        self.note(key, f"file takes over {', '.join(texts)}")
        self.release(key, "taken over", fields=("title", "labels"))

    def decided(self, key: str, choice: str) -> None:
        """The user gave this option for a post."""
        self.note(key, f"the user says {choice}")
        if choice == "--theirs":
            self.theirs.add(key)
            self.stays.add(key)
            for edit in self.edits:
                edit.accepted = edit.accepted or edit.key == key
        else:
            given_up = ("title", "labels") if choice == "merge" else FIELDS
            self.release(key, choice, fields=given_up)

    def edited(self, key: str, field: str) -> str:
        """The marker of a new edit."""
        edit = Edit(f"EDIT{self.word()}", key, field)
        self.edits.append(edit)
        self.note(key, f"edit there: {edit.marker} in its {field}")
        return edit.marker

    def new_id(self, key: str) -> None:
        """The writer no longer wants this very post, which is gone, but one of the same text."""
        page = self.pages[key]
        lines = [line for line in page.source.split("\n") if not line.startswith("post_id:")]
        self._save(replace(page, source="\n".join(lines)))

    def put_back(self, key: str) -> None:
        """The file as its writer has it."""
        page = self.pages[key]
        for root in self.roots:
            (root / "posts" / page.file).write_text(page.text(), encoding="utf-8")

    def find_files(self) -> None:
        """A command may have chosen names for the files of old posts."""
        for file in sorted((self.roots[0] / "posts").glob("*.html")):
            text = file.read_text(encoding="utf-8")
            for key, page in self.pages.items():
                if not page.form and page.word in text:
                    self.pages[key] = replace(page, stem=file.stem)

    def reread(
        self,
        key: str,
        must: Collection[str] = (),
        *,
        may_go: Collection[str] = (),
        whole: bool = True,
        known_only: bool = False,
    ) -> None:
        """A command may have written this post's file: it is as its writer or an earlier command
        left it, or it holds what it must. whole: whether the command did not end between two files; known_only: whether it may only put back earlier versions.
        """
        page, folder = self.pages[key], self.roots[0] / "posts"
        stem = page.stem or key
        files = [file for file in (folder / f"{stem}.md", folder / f"{stem}.html") if file.exists()]
        old = key.startswith(f"{self.prefix}old-")
        if len(files) > 1 and not whole:
            return
        if len(files) > 1 or (page.form and not files and not old):
            self.found("lost", key, f"its files are {[file.name for file in files]}")
        if not files:
            self.pages[key] = replace(page, form="")
        for file in files[:1]:
            text = file.read_text(encoding="utf-8")
            known = self._versions.get(f"{file.name}\n{text}")
            missing = [word for word in must if word not in text and word not in may_go]
            if not known and (missing or known_only or cut_off(text)):
                lack = f"lacks {', '.join(missing)}" if missing else "is none of its versions"
                self.found("lost", key, f"{file.name} {lack}: {text}")
            self._remember(known or page.read(stem, text))

    def pulled(self, key: str, before: Page) -> None:
        """If the file is another than before, it has what is on the blog, which may go when the
        file changes.
        """
        page = self.pages[key]
        if page.source == before.source:
            return
        self.theirs.discard(key)
        self.stays.discard(key)
        for edit in self.edits:
            there = edit.key == key and edit.marker in page.source
            edit.accepted = edit.accepted or there

    def undone(self, key: str, run: int, *, gone: bool) -> None:
        """The user took back what a run did to this post; it stays so until the file changes."""
        self.note(key, f"undone: run {run}{', which created it' * gone}")
        self.theirs.add(key)
        self.stays.add(key)
        written = [edit for edit in self.edits if edit.run == run or gone]
        self.release(key, f"run {run} undone", only=written)

    def note(self, key: str, what: str) -> None:
        """For the story of a finding."""
        self.history[key].append(what)

    def found(self, kind: str, key: str, what: str) -> None:
        """One of the things that must not happen, with the story of its post."""
        story = "\n    ".join(self.history[key][-40:])
        self.tally.found(kind, f"{key}: {what}\n    {story}")

    def release(
        self,
        key: str,
        why: str,
        fields: Collection[str] = FIELDS,
        *,
        accepted: bool = False,
        only: Collection[Edit] | None = None,
    ) -> None:
        """These edits may vanish. accepted: only those that the user has accepted."""
        gone = [
            edit
            for edit in self.edits
            if edit.key == key and edit.field in fields and (edit.accepted or not accepted)
            if only is None or edit in only
        ]
        for edit in gone:
            self.edits.remove(edit)
        if gone:
            self.note(key, f"{', '.join(edit.marker for edit in gone)} may go: {why}")

    def keyed(self, posts: Sequence[Remote]) -> dict[str, list[Remote]]:
        """The posts by the page whose text they show, whatever their key."""
        by_key: dict[str, list[Remote]] = {}
        for post in posts:
            key = next((key for key, page in self.pages.items() if page.word in post.body), "")
            if key:
                by_key.setdefault(key, []).append(post)
                self.ids[post.ref.id] = key
        self.there = set(by_key)
        return by_key

    def key_of(self, told: str) -> str:
        """The page that a report means."""
        if told.startswith("live:"):
            return self.ids.get(told.rpartition("/")[2], told)
        named = (key for key, page in self.pages.items() if page.stem == told)
        return next(named, self.ids.get(told, told))

    def word(self) -> str:
        """A word that was never used."""
        return f"w{next(self._words):05d}x"

    def _save(self, page: Page, *, keep_theirs: bool = False) -> None:
        if page.key in self.pages and page.publish != self.pages[page.key].publish:
            self.stays.discard(page.key)
        if not keep_theirs:
            self.theirs.discard(page.key)
        self._remember(page)
        self.put_back(page.key)

    def _remember(self, page: Page) -> None:
        self.pages[page.key] = page
        self._versions[f"{page.file}\n{page.text()}"] = page

    def _state(self) -> str:
        return self.chance.choice(["now", "now", "draft", LATER, ""])
