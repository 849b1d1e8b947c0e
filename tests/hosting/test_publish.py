"""Posts with pictures on a host, from the file to the blog: each picture once, whatever happens."""

from __future__ import annotations

import re
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import blogkit
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from tests.crash.children import Children
from tests.crash.job import Job
from tests.hosting.bucket import Bucket
from tests.hosting.github import GitHub
from tests.hosting.workspace import on_bucket, on_github, write_post
from tests.sampling import sample

Host = tuple[Path, Callable[[], list[str]]]
"""A blog's folder, and what names the pictures that its host has got, each as often as it came."""


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(switches=Quirks(daily_insert_limit="none", insert_throttle="none")) as sandbox:
        yield sandbox


@pytest.fixture(params=["bucket", "github"])
def host(request: pytest.FixtureRequest, tmp_path: Path, sandbox: Sandbox) -> Host:
    root = tmp_path / "blog"
    if request.param == "bucket":
        bucket: Bucket = request.getfixturevalue("bucket")
        return on_bucket(root, sandbox, bucket), bucket.keys
    github: GitHub = request.getfixturevalue("github")
    return on_github(root, sandbox, github), lambda: list(github.commits)


def bodies(sandbox: Sandbox) -> dict[str, str]:
    """The live posts: text by title."""
    return {post.title: post.content for post in sandbox.store.find(Wanted("post", ["LIVE"]))}


def open_blog(root: Path) -> blogkit.Project:
    return blogkit.open(root, environ={}, sleep=lambda _seconds: None)


def test_a_picture_of_many_posts_is_uploaded_once(host: Host, sandbox: Sandbox) -> None:
    root, uploads = host
    write_post(root, "first")
    for name in ("second", "third"):
        write_post(root, name, "first.png")
    project = open_blog(root)
    report = project.plan().apply()
    assert [str(outcome.result) for outcome in report] == ["done"] * 3
    assert len(uploads()) == 1
    found = {re.findall(r'src="([^"]+)"', body)[0] for body in bodies(sandbox).values()}
    [listed] = project.images.list()
    assert (found, listed.proof, len(listed.places)) == ({listed.url}, "bytes", 3)
    assert [str(one.kind) for one in project.plan()] == ["unchanged"] * 3


def test_two_machines_make_no_copies(host: Host, tmp_path: Path) -> None:
    root, uploads = host
    write_post(root, "shared")
    other = tmp_path / "other"
    shutil.copytree(root, other)
    for folder, name in ((root, "here"), (other, "there")):
        (folder / "posts/shared.md").unlink()
        write_post(folder, name, "shared.png")
        assert [str(one.result) for one in open_blog(folder).plan().apply()] == ["done"]
    assert len(uploads()) == 1


def test_a_picture_that_the_host_lost_comes_back(
    tmp_path: Path, sandbox: Sandbox, bucket: Bucket
) -> None:
    root = on_bucket(tmp_path / "blog", sandbox, bucket)
    write_post(root, "lost")
    open_blog(root).plan().apply()
    [key] = bucket.keys()
    bucket.client.delete_object(Bucket=bucket.name, Key=key)
    write_post(root, "again", "lost.png")
    report = open_blog(root).plan("posts/again.md").apply()
    assert [str(one.result) for one in report] == ["done"]
    assert bucket.keys() == [key]


def test_pages_that_are_late_make_a_new_post_wait(
    tmp_path: Path, sandbox: Sandbox, github: GitHub
) -> None:
    root = on_github(tmp_path / "blog", sandbox, github)
    write_post(root, "late")
    github.lags = 99
    project = open_blog(root)
    [waiting] = project.plan().apply()
    assert str(waiting.result) == "waiting"
    assert "the server answered 404; run the same command again after" in waiting.message
    assert bodies(sandbox) == {}
    assert [one.key for one in project.timed.waiting()] == ["late"]
    github.waiting.clear()
    [done] = open_blog(root).plan().apply()
    assert str(done.result) == "done"
    assert github.commits == [f"Add {name}" for name in github.files]


def test_pages_are_waited_for_once(tmp_path: Path, sandbox: Sandbox, github: GitHub) -> None:
    root = on_github(tmp_path / "blog", sandbox, github)
    for name in ("one", "two", "three"):
        write_post(root, name)
    github.lags = 1
    waited: list[float] = []
    project = blogkit.open(root, environ={}, sleep=waited.append)
    commits = len(github.commits)
    report = project.plan().apply(
        on_progress=lambda event: github.waiting.clear() if waited else None  # deployed together
    )
    assert [str(one.result) for one in report] == ["done"] * 3
    assert len(github.commits) == commits + 3
    assert [seconds for seconds in waited if seconds >= 5] == [5.0]


def test_a_secret_goes_to_its_own_server_only(
    tmp_path: Path, sandbox: Sandbox, github: GitHub
) -> None:
    root = on_github(tmp_path / "blog", sandbox, github)
    secrets = root / ".env"
    text = secrets.read_text(encoding="utf-8")
    secrets.write_text(text.replace(f"ORIGIN={github.url}", "ORIGIN=https://git.example"))
    write_post(root, "guarded")
    [refused] = open_blog(root).plan().apply()
    assert str(refused.result) == "failed"
    assert "and is not sent to" in refused.message
    assert refused.hint.endswith(f"blogkit login images --origin {github.url}")
    assert github.commits == []


@pytest.mark.slow
def test_killed_at_every_boundary_of_an_upload(
    host: Host, sandbox: Sandbox, children: Children
) -> None:
    root, uploads = host

    def publish(path: Path, at: int | None = None) -> tuple[int, tuple[str, ...]]:
        ended = children.run(Job(("publish", "--yes", str(path)), root, at))
        assert ended.killed or ended.code == 0, ended.err
        return ended.code, ended.passed

    _, passed = publish(write_post(root, "smooth"))
    noted = next(n for n, name in enumerate(passed) if "INSERT INTO picture" in name)
    proven = next(n for n, name in enumerate(passed) if "UPDATE picture" in name)
    # what boto3 sends does not pass by: the upload is between two boundaries
    before = sum("PUT" in name or "contents" in name for name in passed[:noted])
    points = sample(range(noted - 1 - before, proven + 2), local=2)
    for at in points:
        path = write_post(root, f"killed-{at}")
        code, _ = publish(path, at)
        assert code == -signal.SIGKILL, passed[at]
        publish(path)
    posts = bodies(sandbox)
    assert len(posts) == 1 + len(points)
    assert sorted(set(uploads())) == sorted(uploads())
    assert len(uploads()) == len(posts)
    assert "blogkit-asset" not in "".join(posts.values())
