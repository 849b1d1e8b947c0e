"""The index of a site: files that nothing has touched are not read again, all others are."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import pytest

import blogkit
from blogkit.platforms.base import Draft, Remote, State, Target
from blogkit.platforms.folder.site.feed import IN_FEED
from blogkit.platforms.unread import Glance
from blogkit.regions import sentinel
from tests.cases import for_each
from tests.folder_sites import Blog

TOML = '[blog]\ntimezone = "Asia/Kolkata"\n\n[sites.main]\nplatform = "folder"\nfolder = "site"\n'
STATES = (State.LIVE, State.DRAFT)


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if all files had been written a while ago."""
    monkeypatch.setattr("blogkit.signatures._SETTLED", -(10**15))


@pytest.fixture
def blog(tmp_path: Path, trusting: None) -> Blog:
    blog = Blog(tmp_path)
    for number in range(4):
        blog.publish(f"Post {number}", body=f"<p>Text {number} is long.</p>")
    assert len(list(blog.folder().glance("post", STATES))) == 4
    return blog


def count_reads(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file is read from now on, by its name."""
    counted: Counter[str] = Counter()
    read = Path.read_bytes

    def count(path: Path) -> bytes:
        counted[path.name] += 1
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", count)
    return counted


def whole(blog: Blog) -> list[Remote]:
    """The posts that are listed with their texts, because a file was touched."""
    return [post for post in blog.folder().glance("post", STATES) if not isinstance(post, Glance)]


def page_of(blog: Blog, number: int) -> Path:
    return blog.home / f"2026/09/post-{number}.html"


def record_of(blog: Blog, post: Remote) -> Path:
    return blog.home / f".blogkit-site/post-{post.ref.id}.json"


def test_untouched_files_are_not_read(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    read = count_reads(monkeypatch)
    posts = list(blog.folder().glance("post", STATES))
    assert all(isinstance(post, Glance) and not post.body for post in posts)
    assert read == Counter(("id", "index.json"))


def test_a_listing_reads_all(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = blog.folder()
    list(folder.glance("post", STATES))
    read = count_reads(monkeypatch)
    for one in (folder, blog.folder()):
        assert len(list(one.list("post", STATES))) == 4
        assert all(read[page_of(blog, number).name] for number in range(4))
        assert sum(name.startswith("post-") for name in read) == 8
        read.clear()


def test_a_glance_tells_what_a_listing_does(blog: Blog) -> None:
    folder = blog.folder()
    folder.create(Draft("draft", "post", "Draft", "<p>Not live.</p>", labels=("A", "B")))
    texts = {post.ref: post for post in folder.list("post", STATES)}
    shown = {post.ref: post for post in blog.folder().glance("post", STATES)}
    assert set(shown) == set(texts)
    for ref, post in shown.items():
        assert vars(post) | {"body": ""} == {
            **vars(texts[ref]),
            "body": "",
            **({"body_digest": post.body_digest} if isinstance(post, Glance) else {}),
        }


def test_an_edit_of_the_same_length_with_the_old_time_is_seen(blog: Blog) -> None:
    page = page_of(blog, 1)
    before = page.stat()
    page.write_bytes(page.read_bytes().replace(b"is long", b"is wide"))
    if os.name == "posix":  # elsewhere, no other time tells of a change
        os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert ["is wide" in post.body for post in whole(blog)] == [True]
    assert ["is wide" in post.body for post in whole(blog)] == [True], "and by the next run, too"
    page.write_bytes(page.read_bytes().replace(b"is wide", b"is long"))
    assert not whole(blog), "the page shows what its record has"


def test_pages_and_posts_are_remembered_together(blog: Blog) -> None:
    blog.publish("About", kind="page")
    for _ in range(2):
        folder = blog.folder()
        kinds = [[*folder.glance(kind, STATES)] for kind in ("page", "post")]
    assert [len(each) for each in kinds] == [1, 4]
    assert all(isinstance(post, Glance) for each in kinds for post in each)
    blog.folder().trash(kinds[0][0].ref)
    assert not list(blog.folder().glance("page", STATES))


def test_another_record_is_seen(blog: Blog) -> None:
    post = next(iter(blog.folder().list("post", STATES)))
    file = record_of(blog, post)
    data = json.loads(file.read_text("utf-8"))
    digests = {post.body_digest for post in blog.folder().glance("post", STATES)}  # type: ignore[attr-defined]
    file.write_text(json.dumps(data | {"body": data["body"] + "<p>More.</p>"}), "utf-8")
    assert ["More." in post.body for post in whole(blog)] == [True]
    after = {post.body_digest for post in blog.folder().glance("post", STATES)}  # type: ignore[attr-defined]
    assert len(digests & after) == 3


def test_a_page_that_is_gone_is_written_by_the_next_run(blog: Blog) -> None:
    page = page_of(blog, 2)
    page.unlink()
    assert len(list(blog.folder().glance("post", STATES))) == 4
    folder = blog.folder()
    with folder.batch():
        blog.publish("Another", folder)
    assert "Text 2 is long" in page.read_text("utf-8")


def test_what_was_written_just_now_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blogkit.signatures._SETTLED", 10**15)  # however slow the machine is
    blog = Blog(tmp_path)
    blog.publish("Rivers")
    assert len(whole(blog)) == len(whole(blog)) == 1
    assert not list((tmp_path / ".blogkit").rglob("index.json"))


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "half": lambda text: text[: len(text) // 2],
    "no JSON": lambda _: summed(b"\xff"),
    "another shape": lambda _: summed(b"[]"),
    "an older version": lambda text: summed(text.replace(b'"version": 1', b'"version": 0')),
    "another shape of a post": lambda _: summed(
        b'{"version": 1, "stamp": "", "posts": {"post-a.json": 3}}'
    ),
    "deep": lambda _: summed(b"[" * 100_000),
    "a wrong time": lambda text: summed(text.replace(b'"created": "2', b'"created": "x')),
    "a changed title": lambda text: b"%d\n%b" % (crc32(text), text.replace(b"Post 1", b"Post 7")),
    "no checksum": lambda text: text,
}


def summed(text: bytes) -> bytes:
    return b"%d\n%b" % (crc32(text), text)


@for_each("damage", DAMAGES)
def test_a_damaged_index_is_made_again(blog: Blog, damage: str) -> None:
    (index,) = blog.root.rglob("index.json")
    before = index.read_bytes()
    index.write_bytes(DAMAGES[damage](before.partition(b"\n")[2]))
    assert index.read_bytes() != before
    assert len(whole(blog)) == 4
    assert not whole(blog)


def test_the_text_of_an_untouched_record_is_read_when_it_is_asked_for(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = blog.folder()
    glances = list(folder.glance("post", STATES))
    read = count_reads(monkeypatch)
    assert "Text 0 is long" in folder.get(glances[0].ref).body
    assert [name for name in read if name.startswith("post-")] == [record_of(blog, glances[0]).name]


def test_an_edit_of_an_unread_post_changes_its_record(blog: Blog) -> None:
    folder = blog.folder()
    (seen,) = [post for post in folder.list("post", STATES) if post.title == "Post 3"]
    draft = Draft("post 3", "post", "Post 3", f"{sentinel('post 3')}\n<p>New.</p>")
    assert folder.update(seen.ref, draft, seen).body == draft.body
    assert "<p>New.</p>" in page_of(blog, 3).read_text("utf-8")
    assert blog.folder().get(seen.ref).body == draft.body
    assert blog.folder().set_state(seen.ref, Target(State.DRAFT)).body == draft.body
    assert not page_of(blog, 3).exists()


def test_a_post_that_another_process_adopts_is_found(blog: Blog) -> None:
    folder = blog.folder()
    assert folder.find("rivers", "post") is None
    seen = folder.find("post 3", "post")
    assert seen is not None
    body = f"{sentinel('rivers')}\n<p>Text.</p>"
    blog.folder().update(seen.ref, Draft("rivers", "post", "Post 3", body), seen)
    found = folder.find("rivers", "post")
    assert found is not None
    assert found.ref == seen.ref
    assert folder.find("post 3", "post") is None


def test_a_site_that_was_away_for_a_moment_is_listed(blog: Blog) -> None:
    folder, records = blog.folder(), blog.home / ".blogkit-site"
    before = [post.ref for post in folder.glance("post", STATES)]
    hidden = records.rename(blog.root / "away")
    assert not list(folder.glance("post", STATES))
    hidden.rename(records)
    page_of(blog, 1).touch()
    assert [post.ref for post in folder.glance("post", STATES)] == before


def test_lists_are_written_without_the_texts_of_older_posts(
    tmp_path: Path, trusting: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog, plain = Blog(tmp_path / "a"), Blog(tmp_path / "b")
    picture = '<p>Look.</p><img src="a.png" alt="A" width="200" height="100">'
    for number in range(30):
        for each in (blog, plain):
            each.publish(f"Post {number}", body=picture if number % 2 else "<p>Plain.</p>")
    list(blog.folder().glance("post", STATES))
    folder = blog.folder()
    with folder.batch():
        blog.publish("First", folder)
    read = count_reads(monkeypatch)
    folder = blog.folder()
    with folder.batch():
        blog.publish("Second", folder)
    records = [name for name in read if name.startswith("post-")]
    assert len(records) <= IN_FEED + 1
    plain.publish("First")
    plain.publish("Second")
    pages = [(each.home / "2026/09/index.html").read_text("utf-8") for each in (blog, plain)]
    one, other = (page.partition("-->")[2] for page in pages)  # the mark has random ids
    assert one == other


def test_the_number_of_reads_grows_with_the_posts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blogkit.signatures._SETTLED", 10**15)
    reads, signed = count_reads(monkeypatch), Counter[int]()
    real = os.stat

    def count(*arguments: object, **options: object) -> os.stat_result:
        signed[size] += 1
        return real(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", count)
    records = {}
    for size in (20, 80):
        blog = Blog(tmp_path / str(size))
        folder = blog.folder()
        with folder.batch():
            for number in range(size):
                title = f"Post {number}"
                assert folder.find(title.lower(), "post") is None
                blog.publish(title, folder)
                assert folder.find(title.lower(), "post")
        records[size] = sum(n for name, n in reads.items() if name.startswith("post-"))
        reads.clear()
    assert records[80] <= 4 * records[20]
    assert signed[80] <= 5 * signed[20]


def test_nothing_is_read_if_nothing_changed(
    tmp_path: Path, trusting: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "blogkit.toml").write_text(TOML, "utf-8")
    (tmp_path / "posts").mkdir()
    for name in ("rivers", "lakes", "seas", "hills", "plains"):
        text = f"---\ntitle: {name}\npublish: now\n---\nText of {name}.\n"
        (tmp_path / f"posts/{name}.md").write_text(text, "utf-8")
    assert blogkit.open(tmp_path).plan().apply().ok
    assert not blogkit.open(tmp_path).plan().writing
    read = count_reads(monkeypatch)
    assert not blogkit.open(tmp_path).plan().writing
    assert blogkit.open(tmp_path).plan().apply().ok
    touched = [n for n in read if n.endswith((".html", ".md")) or n.startswith("post-")]
    assert not [name for name in touched if name != "index.html"]
    page = next((tmp_path / "site").rglob("lakes.html"))
    page.write_text(page.read_text("utf-8").replace("Text of", "Word of"), "utf-8")
    (edited,) = [each for each in blogkit.open(tmp_path).plan() if each.kind == "remote-edited"]
    assert edited.key == "lakes"
