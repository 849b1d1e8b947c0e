"""A run is killed at every file operation of every change; the next one leaves the same files as
if it had not been.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import ServerError
from blogkit.platforms.base import Draft, Remote, State, Target
from blogkit.platforms.folder import Folder
from blogkit.regions import sentinel
from blogkit.render.document import Asset
from tests.cases import for_each
from tests.contract.base import PIXEL
from tests.folder_sites import Blog
from tests.sampling import sample

WRITES = ("replace", "rename", "link", "unlink", "mkdir", "rmdir")


SETTINGS: dict[str, object] = {"url": "https://blog.example/"}  # the copies have the same


class Killed(BaseException):
    """The process has ended: nothing catches it, and nothing is written after it."""


@dataclass
class Fate:
    """Counts file operations. at: the first that fails; end: what the process meets there."""

    at: int | None
    end: BaseException
    passed: int = 0

    def step(self) -> None:
        if self.at is not None and self.passed >= self.at:
            raise self.end
        self.passed += 1


@contextmanager
def fated(at: int | None = None, end: BaseException = Killed()) -> Iterator[Fate]:  # noqa: B008
    """Let the process end before its file operation with this number."""
    fate = Fate(at, end)
    with pytest.MonkeyPatch.context() as patch:
        for name in WRITES:
            patch.setattr(os, name, _stepping(getattr(os, name), fate))
        opened = os.open

        def open_(path: str, flags: int, *args: int, **more: int) -> int:
            if flags & os.O_CREAT:
                fate.step()
            return opened(path, flags, *args, **more)

        patch.setattr(os, "open", open_)
        patch.setattr(os, "fsync", lambda _file: None)
        yield fate


def _stepping(function: Callable[..., None], fate: Fate) -> Callable[..., None]:
    def step(*args: object, **more: object) -> None:
        fate.step()
        function(*args, **more)

    return step


Change = Callable[[Folder, Remote, Blog], object]


def draft_of(post: Remote, **fields: Any) -> Draft:
    draft = Draft(post.title.lower(), post.ref.kind, post.title, post.body, labels=post.labels)
    return replace(draft, **fields)


def update(**fields: Any) -> Change:
    return lambda site, post, _: site.update(post.ref, draft_of(post, **fields), site.get(post.ref))


def move(state: State, hours: int = 0) -> Change:
    def change(site: Folder, post: Remote, blog: Blog) -> None:
        at = blog.now + timedelta(hours=hours) if hours else None
        site.set_state(post.ref, Target(state, at))

    return change


def restore(site: Folder, post: Remote, _: Blog) -> None:
    now = site.get(post.ref)
    earlier = replace(now, title="Streams", labels=("Economy",), excerpt="Earlier.")
    site.restore(post.ref, earlier, now)


def illustrate(site: Folder, post: Remote, blog: Blog) -> None:
    picture = blog.root / "map.png"
    if not picture.exists():
        picture.write_bytes(PIXEL)
    asset = Asset(picture, "map.png", hashlib.sha256(PIXEL).hexdigest(), "", 1)
    site.update(post.ref, draft_of(post, featured=asset), site.get(post.ref))


CHANGES: dict[str, tuple[str, Change]] = {
    "publish": ("Plains", move(State.LIVE)),
    "schedule": ("Plains", move(State.SCHEDULED, 3)),
    "unpublish": ("Rivers", move(State.DRAFT)),
    "postpone": ("Rivers", move(State.SCHEDULED, 3)),
    "trash": ("Rivers", lambda site, post, _: site.trash(post.ref)),
    "trash the last of a label": ("Coasts", lambda site, post, _: site.trash(post.ref)),
    "trash a page": ("About", lambda site, post, _: site.trash(post.ref)),
    "publish again": ("Hills", move(State.LIVE)),
    "untrash": ("Marshes", lambda site, post, _: site.untrash(post.ref)),
    "edit": ("Rivers", update(body=f"{sentinel('rivers')}\n<p>Other words.</p>")),
    "rename a label": ("Coasts", update(labels=("Shores",))),
    "another address": ("Rivers", update(slug="streams", title="Streams")),
    "restore": ("Rivers", restore),
    "illustrate": ("Rivers", illustrate),
    "rename the site": ("Rivers", update(excerpt="Short.")),
    "due": ("Seas", lambda site, _, __: site.start_scheduler()),
}
"""Each change, and the post that it is one of."""


def fill(blog: Blog) -> None:
    """Posts in every state, of which Hills and Marshes were live before; and edited pages."""
    with (site := blog.folder()).batch():
        for title, label in {"Rivers": "Water", "Hills": "Land", "Marshes": "Land"}.items():
            blog.publish(title, site, labels=(label,))
        blog.publish("Coasts", site, labels=("Coast",))
        blog.publish("About", site, kind="page")
        found = by_title(site)
        site.set_state(found["Hills"].ref, Target(State.DRAFT))
        site.trash(found["Marshes"].ref)
        for title in ("Plains", "Seas"):
            body = f"{sentinel(title.lower())}\n<p>{title}.</p>"
            made = site.create(Draft(title.lower(), "post", title, body, labels=("Land",)))
            if title == "Seas":
                site.set_state(made.ref, Target(State.SCHEDULED, blog.now + timedelta(minutes=1)))
    edit(blog.home / "2026/09/coasts.html", "Text.", "A person's words.")
    about = blog.home / "about.html"
    edit(about, "Text.", "A person's page.")
    about.write_text(re.sub("<!-- blogkit:page .*\n", "", about.read_text("utf-8")), "utf-8")
    blog.now += timedelta(hours=1)


def edit(page: Path, old: str, new: str) -> None:
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new), "utf-8")


def by_title(site: Folder) -> dict[str, Remote]:
    return {post.title: post for kind in ("post", "page") for post in site.list(kind, tuple(State))}


def contents(root: Path) -> dict[str, bytes]:
    """Every file, readers' and records, without the folders that a removed file leaves.

    The index is a cache of the times of files.
    """
    files = (file for file in root.rglob("*") if file.is_file() and file.name != "index.json")
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Blog:
    # The index is used as if all files had been written a while ago, however fast the machine is.
    monkeypatch.setattr("blogkit.signatures._SETTLED", -(10**15))
    blog = Blog(tmp_path / "base", settings=SETTINGS)
    with fated():
        fill(blog)
    return blog


@for_each("name", ["unpublish", "trash a page", "edit", "rename a label", "due"], quick=2)
def test_killed_around_the_page(base: Blog, tmp_path: Path, name: str) -> None:
    kill_everywhere(base, tmp_path / name, name, most=14)  # the rest writes lists


@pytest.mark.slow
@for_each("name", CHANGES)
def test_killed_at_every_file_operation(base: Blog, tmp_path: Path, name: str) -> None:
    kill_everywhere(base, tmp_path / name, name)


def kill_everywhere(base: Blog, root: Path, name: str, most: int | None = None) -> None:
    title, do = CHANGES[name]
    post = by_title(base.folder())[title]
    own = {"title": "Another name"} if name == "rename the site" else {}

    def run(blog: Blog, at: int | None = None) -> int:
        with fated(at) as fate, suppress(Killed):
            site = blog.folder(**own)
            with site.batch():
                do(site, post, blog)
        return fate.passed

    def copy(number: str) -> Blog:
        return Blog(Path(shutil.copytree(base.root, root / number)), base.now, SETTINGS)

    smooth = copy("smooth")
    operations = run(smooth)
    assert operations >= 4
    wanted, meant = contents(smooth.root), by_title(smooth.folder())
    all_of_them = range(operations)[:most]
    turn = [*CHANGES].index(name)
    for at in all_of_them if most else sample(all_of_them, local=3, turn=turn):
        killed = copy(str(at))
        assert run(killed, at) == at
        with fated():
            site = killed.folder(**own)
            with site.batch():
                if by_title(site) != meant:  # as a journal tells a run
                    do(site, post, killed)
        found = contents(killed.root)
        assert found.keys() == wanted.keys(), f"killed before operation {at}"
        assert found == wanted, f"killed before operation {at}"
        shutil.rmtree(killed.root)


def test_a_file_of_another_program_in_the_place_of_a_page_stays(base: Blog) -> None:
    site = base.folder()
    site.trash(by_title(site)["Rivers"].ref)
    moved = base.home / "2026/09/rivers.html"
    moved.write_text("<p>This page has moved.</p>", "utf-8")
    base.publish("Deltas")
    assert moved.read_text("utf-8") == "<p>This page has moved.</p>"


def test_an_edit_of_a_page_that_should_be_gone_stays_in_the_draft(base: Blog) -> None:
    rivers = by_title(base.folder())["Rivers"]
    page = base.home / "2026/09/rivers.html"
    left = page.read_text("utf-8")
    base.folder().set_state(rivers.ref, Target(State.DRAFT))
    page.write_text(left, "utf-8")  # as a killed run leaves it
    edit(page, "Text.", "A person's words.")
    base.publish("Deltas")
    assert not page.exists()
    assert "A person's words." in base.folder().get(rivers.ref).body


@for_each("at", range(14))
def test_a_write_that_failed_is_made_up_for_by_the_same_process(base: Blog, at: int) -> None:
    site, rivers = base.folder(), by_title(base.folder())["Rivers"]
    with fated(at, OSError(errno.EIO, "Input/output error")), suppress(ServerError):
        update(body=f"{sentinel('rivers')}\n<p>Other words.</p>")(site, rivers, base)
    base.publish("Deltas", site)
    page = (base.home / "2026/09/rivers.html").read_text("utf-8")
    assert ("Other words." in page) is ("Other words." in site.get(rivers.ref).body)
