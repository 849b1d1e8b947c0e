"""Settings travel from the file to the site and back: one field at a time, and undone exactly."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from blogkit.platforms.base import Draft, Remote, State, Target
from blogkit.posts.post import Publish
from blogkit.render.document import Asset
from blogkit.sync.actions import Choices
from blogkit.sync.compare import fingerprint
from blogkit.sync.desired import content_digest
from blogkit.sync.diff import field_diffs, lines
from blogkit.sync.serialize import pack_remote, unpack_remote
from tests.cases import for_each
from tests.sync.world import File, World, results

FILE = File()
CLOSED = FILE.but(more={"settings": {"comments": "closed", "meta.rating": 5}})
SAMPLE: dict[str, Any] = {
    "author": "anna",
    "password": "Open sesame",
    "sticky": True,
    "comments": "closed",
    "order": 3,
    "location": {"name": "Miami", "lat": 25.76, "lng": -80.19},
    "meta.rating": 5,
}


def with_settings(**settings: Any) -> File:
    return FILE.but(more={"settings": settings})


def test_what_the_file_sets_arrives_and_all_else_stays(world: World) -> None:
    world.publish(FILE)
    before = world.post()
    assert results(world.publish(CLOSED)) == ["done"]
    after = world.post()
    assert after.settings == {**before.settings, "comments": "closed", "meta.rating": 5}
    assert replace(after, settings=before.settings, updated=before.updated) == before
    assert world.kinds(CLOSED) == ["unchanged"]


def test_a_plan_shows_old_and_new_values(world: World) -> None:
    world.publish(FILE)
    (action,) = world.plan(with_settings(comments="closed", password="Open sesame"))
    assert action.changes == ("comments", "password")
    assert "(comments: open → closed, password: none → set)" in action.summary
    assert "sesame" not in action.summary


@for_each(("name", "value"), SAMPLE.items())
def test_each_setting_is_undone_to_what_was_there(tmp_path: Any, name: str, value: Any) -> None:
    world = World(tmp_path)
    world.publish(with_settings(**{name: value}))
    before = world.post()
    other = {"sticky": False, "order": 7, "location": "", "meta.rating": 1}.get(name, "open")
    world.publish(with_settings(**{name: other}))
    assert world.post().settings[name] == other
    assert results(world.undo()) == ["done"]
    assert replace(world.post(), updated=before.updated) == before


def test_undo_leaves_a_setting_alone_that_the_run_did_not_change(world: World) -> None:
    world.publish(FILE)
    world.publish(with_settings(comments="closed"))
    world.edit_there(settings={**world.post().settings, "sticky": True})
    assert results(world.undo()) == ["done"]
    assert (world.post().settings["comments"], world.post().settings["sticky"]) == ("open", True)


def test_undo_does_not_overwrite_a_setting_that_was_changed_since(world: World) -> None:
    world.publish(FILE)
    world.publish(with_settings(order=4))
    world.edit_there(settings={**world.post().settings, "order": 9})
    assert results(world.undo()) == ["conflict"]
    assert world.post().settings["order"] == 9


def test_a_setting_changed_on_the_site_counts_if_the_file_sets_it(world: World) -> None:
    world.publish(CLOSED)
    world.edit_there(settings={**world.post().settings, "sticky": True})
    assert world.kinds(CLOSED) == ["unchanged"]
    world.edit_there(settings={**world.post().settings, "comments": "open"})
    (action,) = world.plan(CLOSED)
    assert (str(action.kind), action.changes) == ("remote-edited", ("comments",))


def test_a_field_that_a_plugin_counts_in_is_not_watched(world: World) -> None:
    world.publish(FILE)
    world.edit_there(settings={**world.post().settings, "meta.visits": 1})
    world.publish(FILE.but(text="New text."))
    world.edit_there(settings={**world.post().settings, "meta.visits": 2})
    assert world.look(FILE.but(text="New text."))["talks"].differs is None, "nothing to compare"
    assert results(world.undo()) == ["done"]
    assert world.post().settings["meta.visits"] == 2


def test_a_post_without_settings_has_the_digest_that_it_always_had() -> None:
    """Else every post would be sent again after an update of blogkit."""
    draft = Draft("a", "post", "A", "<p>a</p>")
    assert content_digest(draft) == (
        "f318e7f0b70fc6a6d6a2ade9f235f9047b0773d7227e6d2676e926d3e0ca02b3"
    )
    others = (replace(draft, settings={"order": 1}), replace(draft, cleared=("excerpt",)))
    assert len({content_digest(one) for one in (draft, *others)}) == 3


def test_the_copy_in_the_journal_is_exact(world: World) -> None:
    world.publish(with_settings(**SAMPLE))
    assert unpack_remote(pack_remote(world.post())) == world.post()


def test_a_copy_of_an_older_version_has_no_settings(world: World) -> None:
    world.publish(FILE)
    stored = json.loads(zlib.decompress(pack_remote(world.post())))
    del stored["settings"]
    old = unpack_remote(zlib.compress(json.dumps(stored).encode()))
    assert old.settings == {}
    assert "comments" not in json.loads(fingerprint(old))


def test_a_difference_names_the_setting_and_hides_the_password(world: World) -> None:
    world.publish(FILE)
    before = world.post()
    world.publish(with_settings(password="Open sesame", comments="closed"))
    found = field_diffs(before, world.post())
    assert [one.where for one in found] == ["comments", "password"]
    assert ("-", "-open") in [*lines(found)]
    world.publish(with_settings(password="Close sesame", comments="closed"))
    shown = [*lines(field_diffs(before, world.post()))]
    assert not [line for _, line in shown if "sesame" in line]


# States that only some sites have a word for


def test_private_and_public_again(world: World) -> None:
    private = FILE.but(publish=Publish.PRIVATE)
    (action,) = world.plan(private)
    assert action.summary == "create private post “US–Russia talks” on main"
    assert results(world.apply([action])) == ["done"]
    assert (world.post().state, world.post().status) == (State.LIVE, "private")
    assert world.kinds(private) == ["unchanged"]
    assert results(world.publish(FILE)) == ["done"]
    assert (world.post().state, world.post().status) == (State.LIVE, "")
    assert results(world.undo()) == ["done"]
    assert world.post().status == "private"


def test_a_post_that_became_private_on_the_site_is_not_published_again(world: World) -> None:
    world.publish(FILE)
    world.site.set_state(world.post().ref, Target(State.LIVE, status="private"))
    assert world.kinds(FILE) == ["unchanged"]


def test_making_a_live_post_private_is_undone(world: World) -> None:
    world.publish(FILE)
    assert results(world.publish(FILE.but(publish=Publish.PRIVATE))) == ["done"]
    assert world.post().status == "private"
    assert results(world.undo()) == ["done"]
    assert (world.post().state, world.post().status) == (State.LIVE, "")


def test_a_private_post_that_was_made_public_on_the_site_is_left(world: World) -> None:
    private = FILE.but(publish=Publish.PRIVATE)
    world.publish(private)
    world.site.set_state(world.post().ref, Target(State.LIVE, status="publish"))
    (action,) = world.plan(private)
    assert (str(action.kind), action.changes) == ("remote-edited", ("state",))


def test_a_draft_is_submitted_and_taken_back(world: World) -> None:
    pending = FILE.but(publish=Publish.PENDING)
    (action,) = world.plan(pending)
    assert action.summary.endswith("and submit it for review")
    world.apply([action])
    assert (world.post().state, world.post().status) == (State.DRAFT, "pending")
    world.publish(FILE.but(publish=Publish.DRAFT))
    assert (world.post().state, world.post().status) == (State.DRAFT, "")


# Clearing


@for_each(
    ("field", "name", "value"),
    [
        ("excerpt", "excerpt", "Short and good"),
        ("image", "featured_id", "https://example.com/a.png"),
    ],
)
def test_a_field_is_emptied_and_put_back(tmp_path: Any, field: str, name: str, value: str) -> None:
    world = World(tmp_path)
    world.publish(FILE)
    world.edit_there(**{name: value})
    before: Remote = world.post()
    emptied = FILE.but(more={"cleared": (field,)})
    assert world.kinds(emptied) == ["conflict"], "set there and emptied here"
    ours = Choices(ours=frozenset({FILE.key}))
    assert results(world.publish(emptied, choices=ours)) == ["done"]
    assert getattr(world.post(), name) == ""
    assert world.kinds(emptied) == ["unchanged"]
    assert results(world.undo()) == ["done"]
    assert replace(world.post(), updated=before.updated) == before


@for_each("more", [{"excerpt": "Short and good"}, {"settings": {"comments": "closed"}}])
def test_a_removed_line_sends_nothing_and_does_not_pretend_to(tmp_path: Any, more: Any) -> None:
    world = World(tmp_path)
    world.publish(FILE.but(more=more))
    before = world.post()
    (action,) = world.plan(FILE)
    assert action.summary.startswith("nothing to send for live post")
    assert 'excerpt: ""' in action.hint
    world.apply([action])
    assert world.post() == before
    assert world.kinds(FILE) == ["unchanged"]


PICTURE = Asset(Path("/w/wheel.png"), "wheel.png", "a" * 64, "A wheel", 7)


def test_a_removed_line_sends_nothing_beside_an_uploaded_image(world: World) -> None:
    file = FILE.but(assets=(PICTURE,), featured=PICTURE)
    world.publish(file.but(more={"excerpt": "Short and good"}))
    (action,) = world.plan(file)
    assert action.summary.startswith("nothing to send for live post")
    other = replace(PICTURE, sha256="b" * 64)
    assert world.kinds(file.but(assets=(PICTURE, other), featured=other)) == ["update"]


def test_an_update_that_changes_nothing_is_not_reported_as_done(world: World) -> None:
    """Only the site can tell that it has the image of an address already."""
    file = FILE.but(featured_url="https://example.com/a.png")
    world.publish(file.but(more={"excerpt": "Short and good"}))
    before = world.post()
    (outcome,) = world.publish(file)
    assert (outcome.action.kind, outcome.result) == ("update", "unchanged")
    assert outcome.notes == ("nothing was changed: the post already shows what the file asks for",)
    assert world.post() == before
    assert world.kinds(file) == ["unchanged"]
    (outcome,) = world.publish(file.but(text="Talks opened today."))
    assert outcome.result == "done"


def test_a_restored_post_beside_its_new_copy_is_reported(world: World) -> None:
    world.publish(FILE)
    old = world.post()
    world.site.trash(old.ref)
    again = Choices(recreate=frozenset({FILE.key}))
    assert results(world.publish(FILE, choices=again)) == ["done"]
    assert world.kinds(FILE) == ["unchanged"]
    world.site._put(old)
    (action,) = world.plan(FILE)
    assert str(action.kind) == "conflict"
    assert f'2 posts on site main have the key "{FILE.key}"' in action.summary
    assert f"(live post {old.ref.id})" in action.summary
    assert results(world.publish(FILE)) == ["conflict"]
