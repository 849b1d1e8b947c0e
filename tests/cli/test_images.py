"""Pictures of a Blogger blog: a person uploads them, and pastes their addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from blogkit.platforms.base import Platform, Remote, State
from blogkit.sandbox.server import Sandbox
from tests.cli.conftest import Run
from tests.hosting.gallery import Answer, Gallery, open_gallery
from tests.hosting.github import TOKEN, GitHub, open_github
from tests.hosting.workspace import on_github
from tests.images.samples import drawn, located, opened

BOAT = drawn("JPEG", (2100, 1400), exif=located())
POST = "A boat left the harbour.\n\n![A boat](images/boat.jpg)"


@pytest.fixture
def gallery() -> Iterator[Gallery]:
    with open_gallery() as gallery:
        yield gallery


@pytest.fixture
def by_hand_host(workspace: Path) -> Path:
    """A blog whose pictures are uploaded by hand, with the picture of a boat."""
    file = workspace / "blogkit.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f'{text}\n[images]\nhost = "manual"\n', encoding="utf-8")
    (workspace / "images").mkdir()
    (workspace / "images" / "boat.jpg").write_bytes(BOAT)
    return workspace


def test_pictures_go_to_the_web_by_hand(
    run: Run,
    by_hand_host: Path,
    blog: Platform,
    write: Callable[..., Path],
    gallery: Gallery,
) -> None:
    write("boat", POST, "The boat")
    write("calm", "No picture is in this one.", "A calm sea")
    planned = run("plan").out
    assert "create live post “The boat” on main (first upload images/boat.jpg)" in planned
    assert (planned.count("first upload"), planned.count("run: blogkit images list")) == (1, 1)
    refused = run("publish", "--yes")
    assert refused.code == 1
    assert "images/boat.jpg is not on the web yet" in refused.err
    assert "blogkit images add images/boat.jpg ADDRESS" in refused.err
    assert [post.title for post in blog.list("post", tuple(State))] == ["A calm sea"]

    [listed] = run("images", "list", "--json").json["images"]
    assert (listed["url"], listed["places"]) == ("", ["posts/boat.md:7"])
    ready = (by_hand_host / listed["upload"]).read_bytes()
    assert opened(ready).size == (2048, 1365)
    assert b"Exif" not in ready

    elsewhere = gallery.on("/other.jpg", Answer(drawn("JPEG", (2048, 1000)), type="image/jpeg"))
    wrong = run("images", "add", "images/boat.jpg", elsewhere)
    assert wrong.code == 1
    assert "2048 × 1000 pixels, not 2048 × 1365" in wrong.err
    smaller = drawn("WEBP", (320, 213))
    address = gallery.on("/s320/boat", Answer(smaller, type="image/webp"))
    added = run("images", "add", "images/boat.jpg", address)
    assert "the address serves a copy of it: 320 × 213 pixels, image/webp" in added.err

    assert run("publish", "--yes").code == 0
    [post] = [post for post in blog.list("post", (State.LIVE,)) if post.title == "The boat"]
    assert f'src="{address}"' in post.body
    [listed] = run("images", "list", "--json").json["images"]
    assert (listed["url"], listed["proof"]) == (address, "picture")
    assert "first upload" not in run("plan").out


def test_a_picture_that_was_uploaded_by_hand_is_lost(
    run: Run, by_hand_host: Path, write: Callable[..., Path], gallery: Gallery
) -> None:
    there = Answer(drawn("JPEG", (2048, 1365)), type="image/jpeg")
    address = gallery.on("/boat.jpg", there)
    run("images", "add", "images/boat.jpg", address)
    write("boat", POST, "The boat")
    gallery.on("/boat.jpg", Answer(status=404))
    refused = run("publish", "--yes")
    assert refused.code == 1
    assert f"images/boat.jpg is not at {address} any more" in refused.err
    assert "then: blogkit images add images/boat.jpg ADDRESS" in refused.err
    [listed] = run("images", "list", "--json").json["images"]
    assert (listed["url"], (by_hand_host / listed["upload"]).is_file()) == ("", True)
    assert "(first upload images/boat.jpg)" in run("plan").out
    gallery.on("/boat.jpg", there)
    assert run("publish", "--yes").code == 0, "the server has it again"
    assert run("images", "list", "--json").json["images"][0]["url"] == address


def test_without_a_host_the_list_tells_how_to_get_one(
    run: Run, by_hand_host: Path, write: Callable[..., Path]
) -> None:
    write("boat", POST, "The boat")
    settings = by_hand_host / "blogkit.toml"
    settings.write_text(settings.read_text(encoding="utf-8").partition("[images]")[0])
    listed = run("images", "list")
    assert "no image host is set" in listed.out
    assert 'set host in [images] of blogkit.toml, such as host = "manual"' in listed.err


def test_a_post_waits_while_readers_do_not_get_its_picture(
    run: Run,
    by_hand_host: Path,
    blog: Platform,
    write: Callable[..., Path],
    gallery: Gallery,
) -> None:
    address = gallery.on("/boat.jpg", Answer(drawn("JPEG", (2048, 1365)), type="image/jpeg"))
    run("images", "add", "images/boat.jpg", address)
    write("boat", POST, "The boat", publish="draft")
    run("publish", "--yes")
    write("boat", POST, "The boat")
    write("second", f"{POST}\n\nThe same boat on another day.", "The boat once more")
    write("calm", "No picture is in this one.", "A calm sea")

    gallery.on("/boat.jpg", Answer(status=503))
    waiting = run("publish", "--yes")
    assert waiting.code == 1
    assert "the server answered 503" in waiting.err
    states = {post.title: post.state for post in blog.list("post", tuple(State))}
    assert states == {"The boat": State.DRAFT, "A calm sea": State.LIVE}, "never half-applied"

    gallery.on("/boat.jpg", Answer(status=403))
    refused = run("publish", "--yes")
    assert refused.code == 1
    assert "the server answered 403" in refused.err

    gallery.on("/boat.jpg", Answer(drawn("JPEG", (2048, 1365)), type="image/jpeg"))
    run("publish", "--yes")
    states = {post.title: post.state for post in blog.list("post", tuple(State))}
    assert set(states.values()) == {State.LIVE}
    assert len(states) == 3


def test_a_post_that_goes_nowhere_yet_shows_no_picture(
    run: Run, by_hand_host: Path, write: Callable[..., Path]
) -> None:
    write("boat", POST, "The boat")
    settings = by_hand_host / "blogkit.toml"
    text = settings.read_text(encoding="utf-8")
    other = '\n[sites.other]\nplatform = "folder"\nfolder = "site"\n'
    settings.write_text(text + other, encoding="utf-8")
    done = run("images", "list", "--json")
    assert (done.code, done.json["images"]) == (0, [])


def test_addresses_are_refused_that_no_post_could_use(
    run: Run, by_hand_host: Path, gallery: Gallery
) -> None:
    for address in ("boat.jpg", "http://pictures.example/boat.jpg", "https://["):
        found = run("images", "add", "images/boat.jpg", address)
        assert found.code == 2
        assert f'"{address}" is not the address of an image on the web' in found.err
    missing = run("images", "add", "images/boot.jpg", gallery.url)
    assert missing.code == 2
    assert 'did you mean "images/boat.jpg"?' in missing.err
    settings = by_hand_host / "blogkit.toml"
    settings.write_text(settings.read_text(encoding="utf-8").partition("[images]")[0])
    unused = run("images", "add", "images/boat.jpg", gallery.url)
    assert unused.code == 2
    assert "no image host is set" in unused.err


@pytest.fixture
def github() -> Iterator[GitHub]:
    with open_github() as github:
        yield github


@pytest.fixture
def hosted(workspace: Path, sandbox: Sandbox, github: GitHub) -> Path:
    return on_github(workspace, sandbox, github)


def test_dead_pictures_are_listed_with_their_posts(
    run: Run, write: Callable[..., Path], by_hand: Callable[..., Remote], gallery: Gallery
) -> None:
    alive = gallery.on("/alive.png", Answer(drawn("PNG")))
    gone = f"{gallery.url}/gone"
    post = by_hand("Old", f'<p>Text</p>\n<img src="{alive}"><img src="{gone}">')
    write("miami", f"Talks.\n\n![A hall]({gone})\n\n![Another]({alive})")
    done = run("images", "check", "--private", "--json")
    assert done.code == 1
    found = {one["url"]: one for one in done.json["images"]}
    assert (found[alive]["state"], found[gone]["state"]) == ("ok", "dead")
    places = [(place["place"], place["line"]) for place in found[gone]["places"]]
    assert places == [("posts/miami.md", 7), (post.url, 2)]
    shown = run("images", "check", "--private").out
    assert f"dead  {gone}: the server answered 404\n    posts/miami.md:7\n" in shown
    assert f"    {post.url}:2 (“Old” on main)\n2 checked, 1 dead\n" in shown
    assert run("images", "check", "--live", "--json").json["images"][0]["state"] == "refused"
    unasked = run("images", "check", "--live")
    assert "0 checked, 0 dead, 2 not asked\n" in unasked.out
    assert (unasked.code, "add --private" in unasked.err) == (0, True)
    gallery.on("/gone", Answer(drawn("PNG")))
    assert run("images", "check", "--private").code == 0


def test_pictures_move_after_a_look_at_the_plan(
    run: Run,
    hosted: Path,
    blog: Platform,
    by_hand: Callable[..., Remote],
    gallery: Gallery,
    github: GitHub,
) -> None:
    old = gallery.on("/old.png", Answer(drawn("PNG")))
    by_hand("Old", f'<p>Text</p>\n<img src="{old}">')
    command = ("images", "move", "--to", "github", "--private")
    shown = run(*command, "--dry-run")
    assert f"    {old} moves\n" in shown.out
    assert (shown.code, github.commits) == (0, [])
    assert run(*command).code == 2, "without a terminal it asks for --yes"
    assert github.commits == []
    assert run(*command, "--yes").code == 0
    [post] = blog.list("post", (State.LIVE,))
    assert f'src="{github.url}/pages/old-' in post.body
    assert "1 post checked, 0 to change" in run(*command, "--yes").out
    assert run("undo", "--yes").code == 0
    [post] = blog.list("post", (State.LIVE,))
    assert old in post.body
    refused = run("images", "move", "--to", "s3")
    assert (refused.code, "is not the image host" in refused.err) == (2, True)
    assert hosted.is_dir()


def test_a_move_lists_the_pictures_that_stay(
    run: Run, hosted: Path, blog: Platform, by_hand: Callable[..., Remote], gallery: Gallery
) -> None:
    old, gone = gallery.on("/old.png", Answer(drawn("PNG"))), f"{gallery.url}/gone.png"
    post = by_hand("Old", f'<p>Text</p>\n<img src="{old}">\n<img src="{gone}">')
    by_hand("Older", f'<p>All of it is gone.</p><img src="{gone}">')
    command = ("images", "move", "--to", "github", "--yes")
    near = run(*command)
    assert f"stays  {gone}: it is in a private network; --private asks there, too\n" in near.out
    for extra in ((), ("--dry-run",)):
        shown = run(*command, "--private", *extra)
        assert f"stays  {gone}: the server answered 404\n    {post.url}:3 (“Old” on" in shown.out
        assert "warning: 1 picture cannot be fetched and will stay" in shown.err
        assert "nothing to do in “Older” on main: 1 picture cannot be fetched" in shown.out
    [one] = run(*command, "--private", "--json").json["staying"]
    assert (one["url"], [place["title"] for place in one["places"]]) == (gone, ["Old", "Older"])
    unmatched = run(*command, "--private", "--from", "i.imgur.com")
    assert "warning: no picture of these posts is on i.imgur.com" in unmatched.err
    assert gone in " ".join(found.body for found in blog.list("post", (State.LIVE,)))
    assert hosted.is_dir()


def test_the_key_of_the_host_is_tried_and_stored(
    run: Run, hosted: Path, github: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = hosted / ".env"
    text = secrets.read_text(encoding="utf-8")
    secrets.write_text(text.partition("BLOGKIT_IMAGES")[0], encoding="utf-8")
    missing = run("login", "images")
    assert (missing.code, "no github token given" in missing.err) == (2, True)
    assert "BLOGKIT_IMAGES_GITHUB_TOKEN" in missing.err

    monkeypatch.setenv("BLOGKIT_IMAGES_GITHUB_TOKEN", TOKEN)
    unbound = run("login", "images", "--origin", github.url)
    assert unbound.code == 0, unbound.err
    github.push = False
    refused = run("login", "images", "--origin", github.url)
    assert (refused.code, "the token may not write" in refused.out) == (1, True)
    assert TOKEN not in f"{missing}{unbound}{refused}"
    examined = run("doctor")
    assert "the token may not write" in examined.out
    github.push = True
    monkeypatch.setenv("BLOGKIT_IMAGES_ORIGIN", github.url)
    assert "the repository me/pictures accepts the key" in run("doctor").out
