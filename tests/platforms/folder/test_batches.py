"""The writes of a run: the lists of a site are written once, after the last of them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from blogkit.errors import ServerError
from blogkit.platforms.base import State, Target
from blogkit.platforms.folder import Folder
from tests.folder_sites import Blog


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    return Blog(tmp_path)


def written(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file has been replaced from now on."""
    counted: Counter[str] = Counter()
    replace = Path.replace

    def count(source: Path, target: Path) -> Path:
        if Path(target).name != "index.json":  # whether it is written depends on the time
            counted[Path(target).name] += 1
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", count)
    return counted


def fill(blog: Blog, posts: int, folder: Folder | None = None) -> None:
    folder = folder or blog.folder()
    with folder.batch():
        for number in range(posts):
            blog.publish(f"Post {number}", folder, labels=(f"Label {number % 3}",))


def lists(blog: Blog) -> set[str]:
    paths = {path for path in blog.files() if path.endswith(("index.html", ".xml", "404.html"))}
    return paths | {path for path in blog.files() if path.startswith("label/")}


@pytest.mark.parametrize("posts", [10, 40])
def test_a_run_writes_three_files_for_a_post_and_each_list_once(
    blog: Blog, posts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = written(monkeypatch)
    fill(blog, posts)
    pages_and_records = Counter({f"post-{number}.html": 1 for number in range(posts)})
    records = {name: times for name, times in counted.items() if name.endswith(".json")}
    assert len(records) == posts
    assert set(records.values()) == {2}  # as a draft, and live
    rest = counted - pages_and_records - Counter(records)
    assert rest == Counter(Path(path).name for path in lists(blog))


def readable(blog: Blog) -> dict[str, str]:
    """The pages without their digests, which depend on the random ids of posts."""
    return {path: re.sub("<!-- blogkit.*? -->", "", text) for path, text in blog.pages().items()}


def test_a_batch_makes_the_same_site_as_single_writes(tmp_path: Path) -> None:
    one, many = Blog(tmp_path / "one"), Blog(tmp_path / "many")
    fill(many, 15)
    for number in range(15):
        one.publish(f"Post {number}", labels=(f"Label {number % 3}",))
    assert readable(many) == readable(one)


def test_a_post_is_there_before_the_lists(blog: Blog) -> None:
    folder = blog.folder()
    blog.publish("One", folder)
    with folder.batch():
        post = blog.publish("Two", folder)
        assert folder.is_public(post)
        assert folder.find("two", "post") == post
        assert "Two" not in blog.pages()["index.html"]
    assert "Two" in blog.pages()["index.html"]
    blog.publish("Three", folder)
    assert "Three" in blog.pages()["index.html"]


def test_lists_follow_when_a_run_is_stopped(blog: Blog) -> None:
    folder = blog.folder()

    def stopped() -> None:
        with folder.batch():
            blog.publish("One", folder)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert "One" in blog.pages()["index.html"]


def test_the_next_run_writes_the_lists_that_a_killed_one_left(blog: Blog) -> None:
    blog.publish("One")
    left = blog.folder().batch()
    left.__enter__()
    ref = blog.publish("Two").ref  # by another process that has ended
    killed = blog.folder()
    killed.parts.pages.waits = True  # as in a batch that never comes to its end
    killed.set_state(ref, Target(State.DRAFT))
    assert "Two" in blog.pages()["index.html"]
    assert [name for name, ok, *_ in blog.folder().health().checks if not ok] == ["pages"]
    before = blog.versions()
    with blog.folder().batch():
        pass
    assert "Two" not in blog.pages()["index.html"]
    assert blog.folder().health().ok
    after = blog.versions()
    with blog.folder().batch():
        pass
    assert blog.versions() == after != before


def test_a_disk_that_fails_at_the_end_is_an_error_of_the_site(blog: Blog) -> None:
    folder = blog.folder()
    blog.publish("One", folder)

    def fails() -> None:
        with folder.batch():
            blog.publish("Two", folder)
            (blog.home / "feed.xml").unlink()
            (blog.home / "feed.xml").mkdir()

    with pytest.raises(ServerError, match="feed"):
        fails()
    (blog.home / "feed.xml").rmdir()
    with blog.folder().batch():
        pass
    assert "Two" in (blog.home / "feed.xml").read_text("utf-8")
