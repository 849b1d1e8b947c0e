"""A listing without texts: a time stamp proves a post, and never justifies a write."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from blogkit.errors import Conflict
from blogkit.platforms.base import Draft, Remote, State, Target
from blogkit.platforms.unread import UnreadRemote, is_settled
from blogkit.posts.post import Publish
from blogkit.regions import find_sentinel
from blogkit.sync.fetch import fetch_states
from blogkit.sync.plan import plan
from blogkit.sync.serialize import unpack_remote
from tests.cases import for_each
from tests.sync.blogs import Reference
from tests.sync.faults import Fuse
from tests.sync.world import NOW, Clock, File, World, fused, results

FILES = tuple(
    File(key=name, title=f"Talks {name}", text=f"Text of {name}.") for name in ("a", "b", "c", "d")
)
GLANCE = ["glance"]


class Glancing(World):
    """A site that lists posts without texts, in pages of two."""

    def look_at(self, *files: File, deep: bool = False) -> list[str]:
        """The kinds of action that a plan of these posts has."""
        return [str(action.kind) for action in self.planned(*files, deep=deep)]

    def planned(self, *files: File, deep: bool = False) -> list[object]:  # type: ignore[type-arg]
        wanted = self.desired(*files)
        now = self.clock()
        seen = fetch_states(wanted, self.platform, self.journal, deep=deep, now=now)
        return list(plan(wanted, seen, now))


@pytest.fixture
def world(tmp_path: Path) -> Glancing:
    """Four posts that were published, and looked at once more."""
    clock = Clock()
    world = Glancing(
        tmp_path,
        clock,
        Reference(clock, glances=True, page_size=100, batch_size=100, answers_stored=True),
    )
    assert results(world.publish(*FILES)) == ["done"] * 4
    clock.advance(minutes=1)
    world.apply(world.planned(*FILES))  # type: ignore[arg-type]
    clock.advance(minutes=1)
    return world


def asked(world: Glancing, *files: File, deep: bool = False) -> tuple[list[str], list[str]]:
    """What is planned, and the requests that it takes."""
    fuse = fused(world, Fuse(only="site"))
    kinds = world.look_at(*files, deep=deep)
    world.platform = world.site
    names = [name.split()[0].removeprefix("site.") for name in fuse.names if "before" in name]
    return kinds, names


def there(world: Glancing, key: str) -> Remote:
    (post,) = (post for post in world.posts() if find_sentinel(post.body) == key)
    return post


def test_what_stamps_prove_is_not_read(world: Glancing) -> None:
    assert asked(world, *FILES) == (["unchanged"] * 4, GLANCE)
    assert asked(world, *FILES, deep=True) == (["unchanged"] * 4, ["list"])


def test_a_look_right_after_our_own_write_proves_nothing(tmp_path: Path) -> None:
    """Somebody, or a plugin, may save the post within the same second."""
    clock = Clock()
    world = Glancing(tmp_path, clock, Reference(clock, glances=True, page_size=100, batch_size=100))
    world.publish(*FILES)
    post = there(world, "b")
    world.site._posts[post.ref] = replace(post, body=post.body + "<p>By hand.</p>")
    clock.advance(minutes=1)
    kinds, requests = asked(world, *FILES)
    assert kinds == ["unchanged", "remote-edited", "unchanged", "unchanged"]
    assert requests == ["glance", "get_many"]


def test_only_what_was_edited_is_read(world: Glancing) -> None:
    world.blog.write(there(world, "c"), body=there(world, "c").body + "<p>By hand.</p>")  # type: ignore[union-attr]
    kinds, requests = asked(world, *FILES)
    assert kinds == ["unchanged", "unchanged", "remote-edited", "unchanged"]
    assert requests == ["glance", "get_many"]


def test_an_edit_that_leaves_the_stamp_is_found_by_a_deep_look_and_before_a_write(
    world: Glancing,
) -> None:
    post = there(world, "a")
    world.site._posts[post.ref] = replace(post, body=post.body + "<p>By a plugin.</p>")
    assert world.look_at(*FILES)[0] == "unchanged"
    assert world.look_at(*FILES, deep=True)[0] == "remote-edited"
    newer = FILES[0].but(text="Newer.")
    assert world.look_at(newer, *FILES[1:])[0] == "conflict"


def test_a_site_that_shows_one_post_at_a_time_is_listed_if_that_takes_fewer_requests(
    world: Glancing,
) -> None:
    world.site.capabilities = replace(world.site.capabilities, batch_size=1, page_size=100)
    for key in ("a", "b", "c"):
        post = there(world, key)
        world.blog.write(post, body=post.body + "<p>By hand.</p>")  # type: ignore[union-attr]
    expected = [*["remote-edited"] * 3, "unchanged"]
    assert asked(world, *FILES) == (expected, ["glance", *["get_many"] * 3])
    world.blog.write(there(world, "d"), body=there(world, "d").body + "<p>By hand.</p>")  # type: ignore[union-attr]
    assert asked(world, *FILES) == (["remote-edited"] * 4, ["glance", "list"])


def test_a_changed_file_is_compared_with_the_text_on_the_site(world: Glancing) -> None:
    newer = FILES[1].but(text="Newer.")
    kinds, requests = asked(world, FILES[0], newer, *FILES[2:])
    assert kinds == ["unchanged", "update", "unchanged", "unchanged"]
    assert requests == ["glance", "get_many"]
    (outcome,) = world.apply([world.planned(FILES[0], newer, *FILES[2:])[1]])  # type: ignore[list-item]
    assert outcome.ok
    entry = world.journal.actions(3)[0]
    assert entry.before is not None
    assert "Text of b." in unpack_remote(entry.before).body


def test_a_change_of_state_records_the_whole_post(world: Glancing) -> None:
    draft = FILES[0].but(publish=Publish.DRAFT)
    (outcome,) = world.apply([world.planned(draft, *FILES[1:])[0]])  # type: ignore[list-item]
    assert outcome.ok
    entry = world.journal.actions(3)[0]
    assert entry.before is not None
    assert "Text of a." in unpack_remote(entry.before).body


def test_a_post_that_changes_after_the_listing_is_a_conflict(world: Glancing) -> None:
    draft = FILES[0].but(publish=Publish.DRAFT)
    actions = world.planned(draft, *FILES[1:])
    world.clock.advance(minutes=1)  # type: ignore[attr-defined]
    world.blog.write(there(world, "a"), body="<p>By hand.</p>")  # type: ignore[union-attr]
    (outcome,) = world.apply([actions[0]])  # type: ignore[list-item]
    assert outcome.result == "conflict"
    assert outcome.message == (
        '"Talks a" on site main changed while blogkit looked at it; nothing was written'
    )
    assert "By hand." in next(post for post in world.posts() if "By hand." in post.body).body


def test_a_post_that_the_journal_does_not_know_is_found_by_its_key(world: Glancing) -> None:
    """Another computer published it."""
    new = File(key="e", title="Talks e", text="Text of e.")
    body = world.desired(new)[0].draft.body
    ref = world.site.create(Draft("e", "post", "Talks e", body, ("GS-II",))).ref
    world.site.set_state(ref, Target(State.LIVE))
    kinds, requests = asked(world, *FILES, new)
    assert kinds == ["unchanged"] * 4 + ["adopt"]
    assert requests == ["glance", "get_many"]


def test_a_second_post_with_a_known_key_is_reported(world: Glancing) -> None:
    world.site.create(Draft("a", "post", "A copy", there(world, "a").body))
    assert world.look_at(*FILES) == ["conflict", "unchanged", "unchanged", "unchanged"]


def test_a_post_in_the_trash_is_gone(world: Glancing) -> None:
    world.site.trash(there(world, "d").ref)
    assert world.look_at(*FILES)[3] == "gone"


def test_a_damaged_post_is_told_apart_from_a_missing_one(world: Glancing) -> None:
    world.site.damaged[there(world, "d").ref] = "body"
    assert world.look_at(*FILES) == ["unchanged", "unchanged", "unchanged", "refused"]


def test_an_unread_post_is_equal_to_what_it_is(world: Glancing) -> None:
    unread = world.planned(*FILES)[0].remote_state.remote  # type: ignore[attr-defined]
    assert isinstance(unread, UnreadRemote)
    whole = there(world, "a")
    assert not unread.was_read
    assert (whole == unread, unread == whole, hash(unread) == hash(whole)) == (True, True, True)
    assert unread.was_read
    changed = replace(unread, title="Other")
    assert (type(changed), changed.body) == (Remote, whole.body)


def test_a_gone_post_is_not_taken_for_an_empty_one(world: Glancing) -> None:
    unread = world.planned(*FILES)[0].remote_state.remote  # type: ignore[attr-defined]
    world.blog.write(there(world, "a"), title="Other")  # type: ignore[union-attr]
    with pytest.raises(Conflict):
        str(unread.body)


@for_each(
    ("updated", "settled"),
    [
        ("2026-11-30T11:59:57", True),
        ("2026-11-30T11:59:58", False),
        ("2026-11-30T17:29:50+05:30", True),
        ("2026-11-30T17:30:00+05:30", False),
        ("2026-11-30T13:00:00", False),
        ("", False),
        ("yesterday", False),
    ],
)
def test_a_stamp_is_settled_once_its_second_is_over(updated: str, settled: bool) -> None:
    assert is_settled(updated, NOW) is settled
