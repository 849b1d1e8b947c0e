"""The commands that write besides `publish`: each as a user gives it, and what it may change.

A command changes a post on the blog, or its file if a command wrote that file. What it writes
carries a marker, as an edit by hand does.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from benchmarks.chaos.desk import Desk, Edit
from benchmarks.chaos.page import Page, markers_in
from benchmarks.chaos.workspace import Workspace
from blogkit.platforms.base import Remote
from blogkit.regions import find_regions
from tests.crash.job import Ended, Job

THEMES = ("", '[theme]\npreset = "slate"\n', '[theme]\npreset = "forest"\n')
FIELDS = ("--set", "url=https://example.com/quiz", "--set")


@dataclass
class Order:
    """One command. hear: told how it ended; again: whether its user repeats it after a failure."""

    job: Job
    hear: Callable[[Ended], None]
    again: bool = False


@dataclass
class Commands:
    """Gives orders about the desk's posts in one workspace. see: the posts on the blog."""

    desk: Desk
    workspace: Workspace
    chance: random.Random
    see: Callable[[], Sequence[Remote]]
    themes: int = 0
    left_out: Collection[str] = ()

    def choose(self, *, but: Collection[str]) -> Order | None:
        """An order about some post that is there, but none of these; None if there is none."""
        self.left_out = but
        found = self.desk.keyed(self.see())
        keys = sorted(key for key in found if key not in but and len(found[key]) == 1)
        if not keys:
            return None
        key = self.chance.choice(keys)
        changing = (self._insert, self._remove, self._replace, self._replace)
        make = self.chance.choice([*changing, self._upgrade, self._to_file, self._undo])
        order = make(key, found[key][0])
        self.desk.note(key, f"command: {' '.join(order.job.arguments)}")
        return order

    # commands that change a text

    def _insert(self, key: str, post: Remote) -> Order:
        word = self.desk.word()
        new = f"EDIT{word}"
        place = self.chance.choice(["end", "start", "after:p:1"])
        command = ("insert", "quiz-button", *FIELDS, f"label={new}", "--id", f"r{word}")
        return self._exchange((*command, "--at", place, "--into", post.ref.id), key, (), new)

    def _remove(self, key: str, post: Remote) -> Order:
        name, old = self._region(key, post)
        command = ("remove", name, "--from", post.ref.id, "--force")
        return self._exchange(command, key, old) if name else self._insert(key, post)

    def _replace(self, key: str, post: Remote) -> Order:
        new = f"EDIT{self.desk.word()}"
        name, old = self._region(key, post)
        if name and self.chance.random() < 0.5:
            fields = ("--with", "quiz-button", *FIELDS, f"label={new}", "--force")
            return self._exchange(
                ("replace", f"region:{name}", post.ref.id, *fields), key, old, new
            )
        found = markers_in(self._body(key, post))
        if not found:
            return self._insert(key, post)
        text = self.chance.choice(found)
        command = ("replace", f"text:{text}", post.ref.id, "--with", new)
        return self._exchange(command, key, [text], new)

    def _exchange(
        self, command: Sequence[str], key: str, old: Collection[str], new: str = ""
    ) -> Order:
        """Markers for a marker: in the post's file if a command wrote that, else on the blog."""
        page, in_file = self.desk.pages[key], self.desk.pages[key].form == "html"
        old_ones = [edit for edit in self.desk.edits if edit.marker in old]
        edit = Edit(new, key, "body", sure=False) if new and not in_file else None
        self.desk.release(key, " ".join(command[:2]), only=old_ones)
        self.desk.edits += [edit] if edit else []
        run = self._newest()

        def hear(ended: Ended) -> None:
            told = {self.desk.key_of(told): result for told, result in ended.results.items()}
            if in_file:
                self.desk.reread(key, must=[page.token, *page.kept], may_go=old)
            elif edit:
                edit.sure = edit.sure or told.get(key) == "done"
                edit.run = self._newest() if self._newest() != run else None
            left = [text for post in self.see() for text in old if text in post.body]
            if told.get(key) == "done" and left:
                self.desk.found("lost", key, f"done, but {left} is still there: {command}")

        live = ("--live",) if page.form == "md" else ()
        return Order(self.workspace.job(*command, *live, "--yes"), hear)

    def _upgrade(self, _key: str, _post: Remote) -> Order:
        """With another look, so that there is something to do."""
        config = self.workspace.root / "blogkit.toml"
        text = config.read_text(encoding="utf-8").removesuffix(THEMES[self.themes % 3])
        self.themes += 1
        config.write_text(text + THEMES[self.themes % 3], encoding="utf-8")

        def hear(_ended: Ended) -> None:
            for key, page in self._pages():
                if page.form == "html":
                    self.desk.reread(key, must=[page.token, *page.kept])

        live = self.chance.choice([("--live",), ()])
        return Order(self.workspace.job("upgrade", "--all", "--limit", "99", *live, "--yes"), hear)

    # commands that write files

    def _to_file(self, key: str, post: Remote) -> Order:
        """`adopt` for a post without a file; `pull` puts the blog's text into the file."""
        must = [text for text in (*markers_in(post.body), "Begin", "End") if text in post.body]
        command: tuple[str, ...] = ("pull", post.ref.id, "--replace")
        if not self.desk.pages[key].form:
            command = self.chance.choice([("adopt", post.ref.id), ("adopt", "--all"), command])

        def hear(ended: Ended) -> None:
            self.desk.find_files()
            for each, page in self._pages():
                if each == key or not page.form:
                    self.desk.reread(each, must if each == key else (), whole=ended.code == 0)
                    self.desk.pulled(each, page)

        return Order(self.workspace.job(*command), hear, again=True)

    # undo

    def _undo(self, _key: str, _post: Remote) -> Order:
        before = self._newest()

        def hear(_ended: Ended) -> None:
            run = self.workspace.newest_run()
            if run is None or run.id == before or not run.command.startswith("undo "):
                return
            undone = int(run.command.removeprefix("undo "))
            there = self.desk.keyed(self.see())
            for key in {self.desk.key_of(name) for name in self.workspace.posts_of(run.id)}:
                if key in self.desk.pages:
                    self.desk.undone(key, undone, gone=key not in there)
            for key, _ in self._pages():
                self.desk.reread(key, known_only=True)

        return Order(self.workspace.job("undo", "--yes"), hear)

    # what is there

    def _pages(self) -> list[tuple[str, Page]]:
        """The pages whose files are whole."""
        return [item for item in self.desk.pages.items() if item[0] not in self.left_out]

    def _newest(self) -> int:
        run = self.workspace.newest_run()
        return run.id if run else 0

    def _body(self, key: str, post: Remote) -> str:
        page = self.desk.pages[key]
        return page.source if page.form == "html" else post.body

    def _region(self, key: str, post: Remote) -> tuple[str, Sequence[str]]:
        """A widget in the post that a command put there, and its marker."""
        body = self._body(key, post)
        found = [one for one in find_regions(body).regions if one.mark.id.startswith("rw")]
        if not found:
            return "", ()
        one = self.chance.choice(found)
        return one.mark.id, markers_in(body[one.start : one.end])
