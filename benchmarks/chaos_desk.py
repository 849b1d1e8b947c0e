"""The torture's desk: files that change at random, and what must be true of the blog whatever
happened.

Every text that somebody wrote on the blog carries a marker. It may vanish only after the user said
so: with `--ours`, or with `--theirs` and a later change of the file (that is what `--theirs`
promises), or by deleting the post.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from blogkit.platforms.base import Remote, State
from blogkit.regions import find_sentinel

STATES = {"now": State.LIVE, "draft": State.DRAFT}
LATER = "2099-03-01 07:00"


@dataclass(frozen=True)
class Page:
    """A post's file. token: a word that no other version of any post has; kept: edits of the
    blog that its writer took over.
    """

    key: str
    title: str
    token: str
    publish: str = "draft"
    labels: tuple[str, ...] = ("News",)
    slug: str = ""
    kept: tuple[str, ...] = ()

    def text(self) -> str:
        publish = f'publish: "{self.publish}"\n' if self.publish else ""
        slug = f"slug: {self.slug}\n" if self.slug else ""
        paragraphs = "\n\n".join([f"The {self.token} of “{self.key}” & 4 < 5 – हिन्दी.", *self.kept])
        return f'---\ntitle: "{self.title}"\nlabels: [{", ".join(self.labels)}]\n{publish}{slug}---\n{paragraphs}\n'

    def differs_from(self, post: Remote, *, state: bool) -> str:
        """What of this file the post does not show; "" when it is all there. state: whether that
        counts.
        """
        if post.title != self.title:
            return f"its title is {post.title!r}, not {self.title!r}"
        missing = [text for text in (self.token, *self.kept) if text not in post.body]
        if missing:
            return f"its body lacks {', '.join(missing)}"
        if sorted(post.labels or post.tags) != sorted(self.labels):
            return f"its labels are {post.labels or post.tags}"
        wanted = STATES.get(self.publish, State.SCHEDULED) if self.publish else post.state
        return "" if post.state is wanted or not state else f"it is {post.state}, not {wanted}"


@dataclass
class Edit:
    """Something written on the blog. accepted: the user chose `--theirs` with it there: it stays
    until the file changes.
    """

    marker: str
    key: str
    field: str
    accepted: bool = False


@dataclass
class Tally:
    """What happened, in figures, and the story of each thing that must not happen."""

    count: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)

    def found(self, kind: str, what: str) -> None:
        """One of the things that must not happen."""
        self.count[kind] += 1
        self.findings.append(f"{kind}: {what}")


@dataclass
class Desk:
    """The workspace's files, and the memory of who did what."""

    root: Path
    chance: random.Random
    tally: Tally
    by_slug: bool = False
    prefix: str = "torture-"
    pages: dict[str, Page] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    undecided: dict[str, str] = field(default_factory=dict)
    theirs: set[str] = field(default_factory=set)
    stays: set[str] = field(default_factory=set)
    history: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _words: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))

    def open(self, posts: int) -> None:
        """The first version of every file."""
        for number in range(posts):
            key = f"{self.prefix}{number}"
            slug = f"slug-{key}" if self.by_slug else ""
            self._save(
                Page(key, f"Title {self._word()} of {key}", self._word(), self._state(), slug=slug)
            )

    def change_something(self) -> None:
        """Some files get another text, title, label or state."""
        for key, page in self.pages.items():
            if self.chance.random() < 0.3:
                new = {
                    "text": lambda page=page: replace(page, token=self._word()),
                    "title": lambda page=page: replace(
                        page, title=f"Title {self._word()} of {page.key}"
                    ),
                    "labels": lambda page=page: replace(
                        page, labels=tuple(self.chance.sample(["News", "Polity", "Economy"], 2))
                    ),
                    "state": lambda page=page: replace(page, publish=self._state()),
                }[self.chance.choice(["text", "text", "title", "labels", "state", "state"])]()
                if new != page:
                    content = replace(new, publish=page.publish) != page
                    self._save(new, keep_theirs=not content)
                    self.note(
                        key,
                        f"file: {new.publish or 'keep'}, {new.title}, {new.token}, {new.labels}",
                    )
                    if content:
                        self._release(key, "the file changed", accepted=True)

    def take_over(self, key: str) -> None:
        """The writer puts what was written on the blog into the file; titles and labels are
        given up.
        """
        texts = [edit.marker for edit in self.edits if edit.key == key and edit.field == "body"]
        page = self.pages[key]
        self._save(
            replace(page, kept=(*page.kept, *(text for text in texts if text not in page.kept)))
        )
        self.note(key, f"file takes over {', '.join(texts)}")
        self._release(key, "taken over", fields=("title", "labels"))

    def decided(self, key: str, choice: str) -> None:
        """The user gave this option for a post."""
        self.note(key, f"the user says {choice}")
        self.undecided.pop(key, None)
        if choice == "--theirs":
            self.theirs.add(key)
            self.stays.add(key)
            for edit in self.edits:
                edit.accepted = edit.accepted or edit.key == key
        else:
            self._release(
                key,
                choice,
                fields=("title", "labels") if choice == "merge" else ("title", "labels", "body"),
            )

    def edited(self, key: str, field: str) -> str:
        """The marker of a new edit."""
        edit = Edit(f"EDIT{self._word()}", key, field)
        self.edits.append(edit)
        self.note(key, f"edit there: {edit.marker} in its {field}")
        return edit.marker

    def deleted(self, key: str) -> None:
        """Somebody deleted the post, edits and all."""
        self._release(key, "deleted there")

    def look(self, posts: Sequence[Remote]) -> None:
        """What must be true at any time: no key twice, no edit gone. What is not is counted,
        told once, and not held again.
        """
        by_key = keyed(posts)
        for key, found in by_key.items():
            if len(found) > 1 and key in self.pages:
                self._found(
                    "duplicates",
                    key,
                    f"{len(found)} posts: {', '.join(f'{post.state} {post.ref.id}' for post in found)}",
                )
        for edit in list(self.edits):
            there = by_key.get(edit.key, [])
            if there and not any(edit.marker in shown(post, edit.field) for post in there):
                self._found(
                    "overwritten",
                    edit.key,
                    f"{edit.marker} is no longer in its {edit.field}: {shown(there[0], edit.field)!r}",
                )
                self.edits.remove(edit)

    def judge(self, posts: Sequence[Remote]) -> None:
        """What must be true when all is quiet: every file is there once, as it is, except where
        the blog's edit was left.
        """
        by_key = keyed(posts)
        for key, page in self.pages.items():
            found = by_key.get(key, [])
            if not found:
                self._found("lost", key, "there is no post of it")
            elif key not in self.undecided and key not in self.theirs:
                wrong = page.differs_from(found[0], state=key not in self.stays)
                if wrong:
                    self._found("lost", key, wrong)

    def note(self, key: str, what: str) -> None:
        """For the story of a finding."""
        self.history[key].append(what)

    def _found(self, kind: str, key: str, what: str) -> None:
        story = "\n    ".join(self.history[key][-40:])
        self.tally.found(kind, f"{key}: {what}\n    {story}")

    def _release(
        self,
        key: str,
        why: str,
        fields: tuple[str, ...] = ("title", "labels", "body"),
        *,
        accepted: bool = False,
    ) -> None:
        gone = [
            edit
            for edit in self.edits
            if edit.key == key and edit.field in fields and (edit.accepted or not accepted)
        ]
        for edit in gone:
            self.edits.remove(edit)
        if gone:
            self.note(key, f"{', '.join(edit.marker for edit in gone)} may go: {why}")

    def _save(self, page: Page, *, keep_theirs: bool = False) -> None:
        if page.key in self.pages and page.publish != self.pages[page.key].publish:
            self.stays.discard(page.key)
        self.pages[page.key] = page
        if not keep_theirs:
            self.theirs.discard(page.key)
        (self.root / f"posts/{page.key}.md").write_text(page.text(), encoding="utf-8")

    def _state(self) -> str:
        return self.chance.choice(["now", "now", "draft", LATER, ""])

    def _word(self) -> str:
        return f"w{next(self._words):05d}x"


def keyed(posts: Sequence[Remote]) -> dict[str, list[Remote]]:
    """The torture's posts by the key that they carry."""
    by_key: dict[str, list[Remote]] = {}
    for post in posts:
        key = find_sentinel(post.body) or ""
        if key.startswith("torture-"):
            by_key.setdefault(key, []).append(post)
    return by_key


def shown(post: Remote, field: str) -> str:
    """A field of a post as text."""
    return {"title": post.title, "body": post.body, "labels": " ".join((*post.labels, *post.tags))}[
        field
    ]
