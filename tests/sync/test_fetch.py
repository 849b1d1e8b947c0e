"""What is known of each post before anything is planned, and what it takes to know it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from blogkit.errors import SuddenlyEmpty
from blogkit.platforms.base import Uploaded
from blogkit.posts.post import Publish
from blogkit.render.document import Asset
from blogkit.sync.actions import RemoteState
from blogkit.sync.fetch import fetch_states
from tests.sync.faults import Fuse, Fused, Killed
from tests.sync.world import File, World, fused

A, B = File("a", title="First"), File("b", title="Second")
FILES = [File(f"post-{number}", title=f"Number {number}") for number in range(9)]
PICTURE = Asset(Path("/w/images/a.png"), "images/a.png", hashlib.sha256(b"a").hexdigest(), "a", 7)


def requests(world: World, *files: File, **options: object) -> list[str]:
    fuse = fused(world, Fuse(only="site"))
    fetch_states(
        world.desired(*files),
        world.platform,
        world.journal,
        now=world.clock(),
        **options,  # type: ignore[arg-type]
    )
    return [name.split()[0].removeprefix("site.") for name in fuse.names if name.endswith("before")]


def listing(world: World) -> None:
    """Let the site be listed instead of asked for single posts."""
    world.site.capabilities = replace(world.site.capabilities, page_size=100)


def test_a_post_that_is_as_it_was_left_is_not_compared(world: World) -> None:
    world.publish(A)
    memory = world.journal.memories("main")["a"]
    assert world.look(A) == {"a": RemoteState(world.post(), memory)}


@pytest.mark.parametrize("changed", ["the file", "the site", "nothing, but an end is open"])
def test_a_post_that_may_differ_is_compared(world: World, changed: str) -> None:
    world.publish(A)
    file = A.but(text="New.") if changed == "the file" else A
    if changed == "the site":
        world.edit_there(body="<p>By hand.</p>")
    elif changed != "the file":
        fused(world, Fuse(0, only="site.set_state"))
        with pytest.raises(Killed):
            world.publish(A.but(publish=Publish.DRAFT))
        world.reopen()
    state = world.look(file)["a"]
    assert state.differs == (() if "open" in changed else ("body",))
    assert state.unsettled is ("open" in changed)
    assert (state.intent is not None) is ("open" in changed)
    assert state.wrote is None


def test_an_action_that_was_sent_and_shows_is_named(world: World) -> None:
    fused(world, Fuse(1, only="site.create"))
    with pytest.raises(Killed):
        world.publish(A)
    world.reopen()
    state = world.look(A)["a"]
    assert state.intent is not None
    assert (state.intent, state.intent.action) == (state.wrote, "create")


def test_an_action_that_was_never_sent_explains_nothing(world: World) -> None:
    world.publish(A)
    world.journal = Fused(world.journal, Fuse(0, only="journal.mark"))  # type: ignore[assignment]
    with pytest.raises(Killed):
        world.publish(A.but(text="New."))
    world.reopen()
    state = world.look(A)["a"]
    assert (state.intent, state.wrote, state.unsettled) == (None, None, True)


def test_posts_are_found_by_what_the_caller_remembers(world: World) -> None:
    world.publish(A)
    assert requests(world, A) == ["find_all"]
    assert requests(world, A, memories={}) == ["find"]


@pytest.mark.parametrize("named", ["by the file", "by the journal", "by both"])
def test_a_post_that_is_named_is_asked_for_once(world: World, named: str) -> None:
    world.publish(A)
    remote_id = world.post().ref.id
    file = A if named == "by the journal" else A.but(more={"remote_id": remote_id})
    memories = {} if named == "by the file" else world.journal.memories("main")
    looks = ["find_all"] if named == "by the journal" else ["get"]
    assert requests(world, file, memories=memories) == looks
    world.site.trash(world.post().ref)
    looks = ["find_all"] if named == "by the journal" else []
    assert requests(world, file, memories=memories, may_be_empty=True) == [*looks, "get", "find"]


def test_posts_beside_a_draft_of_a_cut_off_run_are_told(world: World) -> None:
    fused(world, Fuse(1, only="site.create"))
    with pytest.raises(Killed):
        world.publish(A)
    world.reopen()
    (wanted,) = world.desired(A)
    world.site.create(wanted.draft)
    state = world.look(A)["a"]
    assert state.remote is not None
    assert len(state.others) == 1
    assert [post.ref for post in state.others] == [
        post.ref for post in world.posts() if post.ref != state.remote.ref
    ]


def test_each_post_is_told_as_it_is_read(world: World) -> None:
    told: list[str] = []
    fetch_states(
        world.desired(A, B), world.site, world.journal, now=world.clock(), report=told.append
    )
    assert told == ["First", "Second"]


def test_of_a_listing_the_posts_that_the_site_shows_are_told(world: World) -> None:
    world.publish(*FILES)
    listing(world)
    told: list[str] = []
    wanted = world.desired(*FILES, File("new", title="New"))
    fetch_states(wanted, world.site, world.journal, now=world.clock(), report=told.append)
    assert sorted(told) == [file.title for file in FILES]


@pytest.mark.parametrize("kind", ["post", "page"])
@pytest.mark.parametrize("lists", [False, True], ids=["one by one", "listed"])
def test_a_blog_that_shows_nothing_that_was_published_is_refused(
    world: World, kind: str, lists: bool
) -> None:
    files = [file.but(more={"kind": kind}) for file in FILES]
    world.publish(*files)
    for post in world.posts():
        world.site.trash(post.ref)
    if lists:
        listing(world)
    with pytest.raises(SuddenlyEmpty, match="none of the 9 posts"):
        world.look(*files, File("new"))
    found = fetch_states(world.desired(*files), world.site, world.journal, may_be_empty=True)
    assert {state.remote for state in found.values()} == {None}


@pytest.mark.parametrize("there", ["one post", "one that cannot be read"])
def test_a_blog_that_shows_any_of_them_is_not(world: World, there: str) -> None:
    world.publish(*FILES)
    first, *others = world.posts()
    for post in others:
        world.site.trash(post.ref)
    if there != "one post":
        world.site.damaged[first.ref] = "title"
    found = world.look(*FILES)
    assert [key for key, state in found.items() if state.remote or state.unreadable] == ["post-0"]


def test_a_new_post_does_not_vouch_for_those_that_are_gone(world: World) -> None:
    world.publish(*FILES)
    for post in world.posts():
        world.site.trash(post.ref)
    (wanted,) = world.desired(File("new"))
    world.site.create(wanted.draft)
    with pytest.raises(SuddenlyEmpty):
        world.look(*FILES, File("new"))


def test_an_address_with_parameters_is_known_again_after_the_journal_is_lost(world: World) -> None:
    home = f"https://memory.invalid/?a=1&b={PICTURE.sha256}.png"
    world.site.upload = lambda asset: Uploaded(home, "1")
    file = A.but(assets=(PICTURE,))
    world.publish(file)
    assert "?a=1&amp;b=" in world.post().body
    world.journal.close()
    (world.folder / "journal.sqlite").unlink()
    world.reopen()
    assert world.look(file)["a"].differs == ()
