"""Posts with the key of another one: copies and translations that plugins of a site make."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from blogkit.platforms.base import Draft, Ref, Remote, State, Target
from blogkit.regions import find_sentinel, sentinel, sentinel_id, with_sentinel_id
from blogkit.sync.actions import ActionKind
from blogkit.sync.export import export_file_name
from blogkit.sync.outcome import Result
from tests.sync.blogs import Reference
from tests.sync.world import Clock, File, World, results

A = File("a")
LATER = A.but(text="Talks opened, and went on.")


@pytest.fixture
def world(tmp_path: Path) -> World:
    clock = Clock()
    return World(tmp_path, clock, Reference(clock, marks_ids=True, searches=True))


def copied(world: World, post: Remote, **changes: str) -> Remote:
    """A plugin duplicates a post, with everything in its text, and publishes it."""
    draft = Draft("", "post", post.title, post.body, post.labels)
    made = world.site.create(replace(draft, **changes))
    world.site.set_state(made.ref, Target(State.LIVE))
    return world.site.get(made.ref)  # type: ignore[no-any-return]


def test_a_key_carries_an_id_and_old_ones_stay_valid() -> None:
    old = f"<p>x</p>\n{sentinel('a-b')}"
    new = with_sentinel_id(old, "a-b", "508")
    assert new == "<p>x</p>\n<!-- blogkit:post key=a-b id=508 -->"
    assert (find_sentinel(old), sentinel_id(old)) == ("a-b", "")
    assert (find_sentinel(new), sentinel_id(new)) == ("a-b", "508")
    assert with_sentinel_id(new, "a-b", "9") == new.replace("508", "9")
    assert with_sentinel_id(new, "other", "9") == new
    hindi = with_sentinel_id(sentinel("हिन्दी"), "हिन्दी", "7")
    assert (find_sentinel(hindi), sentinel_id(hindi)) == ("हिन्दी", "7")
    assert sentinel_id(new + sentinel("a-b")) == "", "two copies in one text"


def test_the_second_write_adds_the_id_and_no_other_does(world: World) -> None:
    world.publish(A)
    assert sentinel_id(world.post().body) == ""
    world.publish(A.but(title="Another title"))
    assert sentinel_id(world.post().body) == "", "the text is not sent for a title"
    world.publish(LATER.but(title="Another title"))
    assert sentinel_id(world.post().body) == world.post().ref.id
    assert results(world.publish(LATER.but(title="Another title"))) == ["unchanged"]
    # without a journal, the post is recognised as it is
    world.journal.forget("main", "a")
    (action,) = world.plan(LATER.but(title="Another title"))
    assert action.kind is ActionKind.ADOPT


def test_a_copy_is_no_obstacle_for_the_original(world: World) -> None:
    world.publish(A)
    world.publish(LATER)
    original = world.post()
    copy = copied(world, original)
    assert results(world.publish(LATER)) == ["unchanged"]
    assert results(world.publish(A)) == ["done"]
    world.journal.forget("main", "a")
    (action,) = world.plan(A)
    assert (action.kind, action.ref) == (ActionKind.ADOPT, original.ref)
    assert world.site.get(copy.ref) == copy
    assert world.site.find("a", "post").ref == original.ref
    assert export_file_name(replace(copy, slug="talks-2"), ()) == "talks-2"


def test_a_translation_does_not_take_the_place_of_a_deleted_post(world: World) -> None:
    world.publish(A)
    world.publish(LATER)
    original = world.post()
    copy = copied(world, original, body=original.body.replace("Talks opened", "बातचीत शुरू"))
    world.site.trash(original.ref)
    (seen,) = world.publish(LATER)
    assert seen.result is Result.CONFLICT, "a person decides"
    assert world.site.get(copy.ref) == copy


def test_a_post_that_has_another_file_is_not_the_one_of_its_key(world: World) -> None:
    world.publish(A)
    original = world.post()
    copy = copied(world, original)
    (refused,) = world.publish(A)
    assert refused.result is Result.CONFLICT
    assert f"blogkit adopt {copy.url}" in refused.hint, "the younger one is more likely the copy"
    adopted = File("b", copy.body, more={"remote_id": copy.ref.id})
    assert results(world.publish(A, adopted)) == ["unchanged", "done"]
    assert results(world.publish(A)) == ["unchanged"], "the journal knows it now"
    world.site.trash(original.ref)
    (gone,) = world.plan(A)
    assert gone.kind is ActionKind.GONE, "the copy is not taken for it"


def test_after_a_move_to_another_server_posts_keep_their_keys(world: World) -> None:
    world.publish(A)
    world.publish(LATER)
    post = world.post()
    world.site._posts.pop(post.ref)
    world.site._put(replace(post, ref=Ref("7007")))
    (action,) = world.plan(LATER)
    assert (action.kind, action.ref) == (ActionKind.ADOPT, Ref("7007"))
