"""The pictures of an archive move to a host of one's own: only their addresses change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import blogkit
from blogkit.errors import UsageError
from blogkit.platforms.base import Draft, State, Target
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from tests.crash.children import Children
from tests.crash.job import Ended, Job
from tests.hosting.bucket import Bucket
from tests.hosting.gallery import Answer, Gallery
from tests.hosting.github import GitHub
from tests.hosting.workspace import on_bucket, on_github, write_post
from tests.images.samples import drawn
from tests.platforms.blogger.conftest import connect_to
from tests.sampling import sample

FORMS = (
    '<p>Rain&nbsp;fell&#8230; é</p>\r\n<img src="{a}" alt="x"><br >',
    '<a href="{b}"><IMG SRC={a} ></a>',
    '<img srcset="{a} 1x, {b} 2x" src="{a}">',
    "<div style='background:url({a})'>{a} in words</div>",
    '<noscript><img src="{a}"></noscript><script>show("{a}?w=3")</script>',
    '<table><tr><td><img src="{b}?v=1"></td></tr></table><p>No end',
    '<script type="application/ld+json">{{"image":"{a}"}}</script><img src="{a}">',
)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(switches=Quirks(daily_insert_limit="none", insert_throttle="none")) as sandbox:
        yield sandbox


def bodies(sandbox: Sandbox) -> dict[str, str]:
    return {post.title: post.content for post in sandbox.store.find(Wanted("post", ["LIVE"]))}


def open_blog(root: Path) -> blogkit.Project:
    return blogkit.open(root, environ={}, sleep=lambda _seconds: None)


def live_posts(sandbox: Sandbox, posts: dict[str, str]) -> None:
    """Write posts in Blogger's own editor."""
    blog = connect_to(sandbox, sleep=lambda _seconds: None)
    for title, body in posts.items():
        ref = blog.create(Draft("", "post", title, body)).ref
        blog.set_state(ref, Target(State.LIVE))


@dataclass
class Archive:
    """old: the pictures' addresses; the gallery serves each of them."""

    gallery: Gallery
    old: list[str]

    @classmethod
    def of(cls, gallery: Gallery, pictures: int) -> Archive:
        old = [
            gallery.on(f"/old/picture-{n}.png", Answer(drawn("PNG", (40 + n, 30))))
            for n in range(pictures)
        ]
        for n in range(pictures):
            gallery.on(f"/old/picture-{n}.png?v=1", Answer(drawn("PNG", (40 + n, 30))))
        return cls(gallery, old)

    def body(self, n: int) -> str:
        a, b = self.old[n % len(self.old)], self.old[(n * 7 + 3) % len(self.old)]
        return FORMS[n % len(FORMS)].format(a=a, b=b) + f"<p>This is post {n}, {n * n}.</p>"


@pytest.mark.slow
def test_a_hundred_posts_move_and_move_back(
    tmp_path: Path, sandbox: Sandbox, gallery: Gallery, bucket: Bucket
) -> None:
    archive = Archive.of(gallery, 30)
    live_posts(sandbox, {f"Post {n}": archive.body(n) for n in range(100)})
    before = bodies(sandbox)
    project = open_blog(on_bucket(tmp_path / "blog", sandbox, bucket))
    plan = project.images.move("s3", private=True)
    assert (plan.writing, bucket.keys()) == (100, []), "a plan uploads nothing"
    report = plan.apply(limit=100)
    assert {str(one.result) for one in report} == {"done"}
    after = bodies(sandbox)
    moved = {one.url for one in project.images.check(files=False, private=True).images}
    assert all(url.startswith(bucket.public) for url in moved)
    assert len(bucket.keys()) == 30, "the same picture is one file, whatever its address"
    new = {old: next(u for u in moved if f"/{name_of(old)}-" in u) for old in archive.old}
    for title, body in before.items():
        words = f">{archive.old[int(title[5:]) % 30]} in words<"
        expected = body.replace(words, ">WORDS<").replace("?w=3", "?w=3 ")
        for old, url in new.items():
            expected = expected.replace(f"{old}?w=3 ", f"SCRIPT{old[-8:]}")
            expected = expected.replace(f"{old}?v=1", url).replace(old, url)
            expected = expected.replace(f"SCRIPT{old[-8:]}", f"{old}?w=3")
        assert after[title] == expected.replace(">WORDS<", words), title
    assert project.images.move("s3", private=True).writing == 0

    undone = project.undo(report.run).apply(limit=100)
    assert {str(one.result) for one in undone} == {"done"}
    assert bodies(sandbox) == before


def name_of(url: str) -> str:
    return url.rpartition("/")[2].removesuffix(".png")


def test_dead_pictures_stay_and_the_others_go_on(
    tmp_path: Path, sandbox: Sandbox, gallery: Gallery, bucket: Bucket
) -> None:
    alive, dead, fake = (f"{gallery.url}/{name}.png" for name in ("alive", "dead", "fake"))
    gallery.on("/alive.png", Answer(drawn("PNG")))
    gallery.on("/fake.png", Answer(b"<p>Removed", type="text/html"))
    both = f'<img src="{alive}"><img src="{dead}">'
    live_posts(sandbox, {"Both": both, "Fake": f'<img src="{fake}">', "None": "<p>None."})
    project = open_blog(on_bucket(tmp_path / "blog", sandbox, bucket))
    plan = project.images.move("s3", private=True)
    assert {url: bool(why) for url, why in plan.pictures.items()} == {
        alive: False,
        dead: True,
        fake: True,
    }
    staying = {one.url: (one.reason, [place.title for place in one.places]) for one in plan.staying}
    assert staying[dead] == ("the server answered 404", ["Both"])
    assert staying.keys() == {dead, fake}
    idle = {one.title: one.summary.partition(": ")[2] for one in plan if not one.writes}
    assert idle == {"Fake": "1 picture cannot be fetched", "None": "it has no picture to move"}
    plan.apply()
    after = bodies(sandbox)
    assert (dead in after["Both"], alive in after["Both"], fake in after["Fake"]) == (1, 0, 1)

    report = project.images.check(private=True)
    states = {one.url: (one.state, one.detail) for one in report.images}
    assert states[dead] == ("dead", "the server answered 404")
    assert states[fake] == ("wrong", "the server answered with text/html, not a picture")
    [place] = next(one.places for one in report.dead if one.url == dead)
    assert (place.title, place.site, place.line) == ("Both", "main", 1)
    [key] = bucket.keys()
    bucket.client.put_object(Bucket=bucket.name, Key=key, Body=drawn("PNG", (9, 9)))
    later = project.images.check(private=True)
    assert any(one.state == "wrong" and key in one.url for one in later.images)


def test_a_host_that_fails_leaves_the_post_as_it_is(
    tmp_path: Path, sandbox: Sandbox, gallery: Gallery, github: GitHub
) -> None:
    archive = Archive.of(gallery, 2)
    live_posts(sandbox, {f"Post {n}": f'<p>{n}</p><img src="{archive.old[n]}">' for n in (0, 1)})
    before = bodies(sandbox)
    project = open_blog(on_github(tmp_path / "blog", sandbox, github))
    plan = project.images.move("github", private=True)
    github.refusal = (403, "Resource not accessible", {})
    assert {str(one.result) for one in plan.apply()} == {"refused"}
    assert bodies(sandbox) == before
    github.refusal = None
    servers = ["elsewhere.example"]
    assert project.images.move("github", servers=servers, private=True).writing == 0
    report = project.images.move("github", private=True).apply()
    assert {str(one.result) for one in report} == {"done"}
    assert len(github.commits) == 2


def test_a_server_is_named_as_its_address_or_by_name(
    tmp_path: Path, sandbox: Sandbox, gallery: Gallery, bucket: Bucket
) -> None:
    url = gallery.on("/boat.png", Answer(drawn("PNG")))
    broken = '<img src="http://[/boat.png"><img src="https://elsewhere.example/a b.png">'
    live_posts(sandbox, {"A boat": f'<img src="{url}">{broken}'})
    project = open_blog(on_bucket(tmp_path / "blog", sandbox, bucket))
    server = gallery.url.partition("//")[2]
    for named in (server, server.upper(), "127.0.0.1", gallery.url, f"{gallery.url}/", url):
        plan = project.images.move("s3", servers=[named], private=True)
        assert ((plan.writing, plan.unmatched)) == (1, []), named
    plan = project.images.move("s3", servers=["i.imgur.com", server], private=True)
    assert plan.writing == 1
    [text] = plan.unmatched
    assert text.startswith("no picture of these posts is on i.imgur.com: they are on ")
    assert server in text


def test_a_picture_that_the_host_lost_is_uploaded_again(
    tmp_path: Path, sandbox: Sandbox, gallery: Gallery, bucket: Bucket
) -> None:
    url = gallery.on("/boat.png", Answer(drawn("PNG")))
    live_posts(sandbox, {"A boat": f'<img src="{url}">'})
    project = open_blog(on_bucket(tmp_path / "blog", sandbox, bucket))
    report = project.images.move("s3", private=True).apply()
    project.undo(report.run).apply()
    [key] = bucket.keys()
    bucket.client.delete_object(Bucket=bucket.name, Key=key)
    assert {str(one.result) for one in project.images.move("s3", private=True).apply()} == {"done"}
    assert bucket.keys() == [key]


def test_a_bucket_that_is_not_public_is_told_by_its_name(
    tmp_path: Path, sandbox: Sandbox, gallery: Gallery, bucket: Bucket
) -> None:
    url = gallery.on("/boat.png", Answer(drawn("PNG")))
    live_posts(sandbox, {"A boat": f'<img src="{url}">'})
    root = on_bucket(tmp_path / "blog", sandbox, bucket)
    settings = root / "blogkit.toml"
    text = settings.read_text(encoding="utf-8").replace(bucket.public, f"{gallery.url}/closed")
    settings.write_text(text, encoding="utf-8")
    gallery.default = Answer(status=403)
    [outcome] = open_blog(root).images.move("s3", private=True).apply()
    assert "the server answered 403" in outcome.message
    assert f"make the bucket {bucket.name} public" in outcome.hint


def test_files_of_posts_move_with_them(
    tmp_path: Path, sandbox: Sandbox, gallery: Gallery, bucket: Bucket
) -> None:
    root = on_bucket(tmp_path / "blog", sandbox, bucket)
    settings = root / "blogkit.toml"
    text = settings.read_text(encoding="utf-8")
    url = gallery.on("/old.png", Answer(drawn("PNG")))
    path = root / "posts/rain.md"
    source = f"---\ntitle: Rain\npublish: now\n---\nIt rained.\n\n![Rain]({url})\n"
    path.write_text(source, encoding="utf-8")
    write_post(root, "local")
    project = open_blog(root)
    assert [str(one.result) for one in project.plan().apply()] == ["done", "done"]
    settings.write_text(text.replace('prefix = "blog"', 'prefix = "new"'), encoding="utf-8")

    project = open_blog(root)
    report = project.images.move("s3", private=True).apply()
    assert [str(one.result) for one in report] == ["done", "done"]
    assert bucket.public + "/new/old-" in path.read_text(encoding="utf-8")
    assert all(f"{bucket.public}/new/" in body for body in bodies(sandbox).values())
    assert {one.writes for one in open_blog(root).plan()} == {False}, "files and posts agree"
    project.undo(report.run).apply()
    assert path.read_text(encoding="utf-8") == source
    assert url in bodies(sandbox)["Rain"]


def test_the_host_is_named_to_be_sure(tmp_path: Path, sandbox: Sandbox, bucket: Bucket) -> None:
    project = open_blog(on_bucket(tmp_path / "blog", sandbox, bucket))
    for name in ("github", "imgur"):
        with pytest.raises(UsageError, match=f'"{name}": it is not the image host'):
            project.images.move(name)
    with pytest.raises(UsageError, match='"manual": blogkit cannot upload'):
        project.images.move("manual")


@pytest.mark.slow
def test_killed_at_every_boundary_of_a_move(
    tmp_path: Path, sandbox: Sandbox, gallery: Gallery, github: GitHub, children: Children
) -> None:
    root = on_github(tmp_path / "blog", sandbox, github)
    archive = Archive.of(gallery, 60)
    live_posts(sandbox, {f"Post {n}": f'<p>{n}</p><img src="{archive.old[n]}">' for n in range(60)})
    posts = sorted(sandbox.store.find(Wanted("post", ["LIVE"])), key=lambda post: post.title)
    posts.sort(key=lambda post: int(post.title[5:]))

    def move(number: int, at: int | None = None) -> Ended:
        command = ("images", "move", "--to", "github", "--private", "--yes")
        return children.run(Job((*command, posts[number].id), root, at))

    assert move(0).code == 0, "the first run makes the journal, too"
    smooth = move(1)
    assert smooth.code == 0, smooth.err
    first = next(n for n, name in enumerate(smooth.passed) if "journal" in name and "run" in name)
    boundaries = sample(range(first, len(smooth.passed), 2), local=2)
    for number, at in enumerate(boundaries, 2):
        killed = move(number, at)
        assert killed.killed, smooth.passed[at]
        again = move(number)
        assert again.code == 0, f"killed at {smooth.passed[at]}: {again.err}"
    moved = bodies(sandbox)
    for number in range(len(boundaries) + 2):
        new = re.findall(r'src="([^"]+)"', moved[f"Post {number}"])
        assert moved[f"Post {number}"] == f'<p>{number}</p><img src="{new[0]}">'
        assert new[0].startswith(f"{github.url}/pages/picture-{number}-")
    assert len(github.commits) == len(set(github.commits)) == len(boundaries) + 2
