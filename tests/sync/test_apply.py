"""What a run does and says when things go well, and when the site or other people do as they
like.
"""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import (
    ImageNotServed,
    Rejected,
    ServerError,
)
from blogkit.platforms.base import Draft, Ref, Remote, State, Target
from blogkit.platforms.memory import InMemoryPlatform
from blogkit.posts.post import Publish
from blogkit.render.document import Asset
from blogkit.sync.actions import Choices
from blogkit.sync.compare import Expected
from blogkit.sync.outcome import Outcome, Result, Step, exit_code, summary
from blogkit.sync.serialize import unpack_remote
from tests.cases import for_each
from tests.sync.blogs import Reference
from tests.sync.faults import Fuse, Fused
from tests.sync.world import NOW, SOON, Clock, File, World, fused, results

A, B, C = File("a"), File("b"), File("c")
PICTURE = Asset(Path("/w/images/a.png"), "images/a.png", hashlib.sha256(b"a").hexdigest(), "a", 7)


# frozen
def requests(world: World, *files: File, choices: Choices = Choices()) -> list[str]:  # noqa: B008
    fuse = fused(world, Fuse(only="site"))
    world.publish(*files, choices=choices)
    return [name.split()[0].removeprefix("site.") for name in fuse.names if name.endswith("before")]


def site_like(world: World, changed: Callable[[Draft], Draft]) -> None:
    """A site that stores something else than it is sent."""

    class Lossy(InMemoryPlatform):
        def _written(self, post: Remote, draft: Draft) -> Remote:
            return super()._written(post, changed(draft))

    world.site = world.platform = Lossy("main", clock=world.clock)


def no_script(draft: Draft) -> Draft:
    return replace(draft, body=draft.body.replace("<script>x()</script>", ""))


# the good days


def test_the_fewest_requests(world: World) -> None:
    assert requests(world, A) == ["find", "create", "get", "find_all", "set_state", "get"]
    assert requests(world, A) == ["find_all"]
    new = A.but(text="New.")
    assert requests(world, new) == ["find_all", "update", "get"]
    assert requests(world, new.but(publish=Publish.DRAFT)) == ["find_all", "set_state", "get"]


def test_a_run_keeps_the_texts_of_the_post_at_work_only(world: World) -> None:
    texts = [f"<p>Text {number} of a thousand.</p>" for number in range(4)]
    kept: list[int] = []

    class Heard(list[Step | Outcome]):
        def append(self, event: Step | Outcome) -> None:
            found = (one for one in gc.get_objects() if isinstance(one, Expected))
            kept.append(sum(any(text in one.body for text in texts) for one in found))

    world.heard = Heard()
    done = world.publish(*(File(f"p{n}", text=text) for n, text in enumerate(texts)))
    assert results(done) == ["done"] * 4
    assert max(kept) == 1


def test_an_answer_that_shows_what_is_stored_is_not_read_back(tmp_path: Path) -> None:
    clock = Clock()
    world = World(tmp_path, clock, Reference(clock, answers_stored=True))
    assert requests(world, A) == ["find", "create", "find_all", "set_state"]
    assert requests(world, A.but(text="New.")) == ["find_all", "update"]
    assert requests(world, A.but(text="Newer.", publish=Publish.DRAFT)) == [
        "find_all",
        "update",
        "set_state",
    ]
    assert requests(world, A.but(text="Newer.")) == ["find_all", "set_state"]


def test_what_a_plugin_changes_after_saving_does_not_go_live(tmp_path: Path) -> None:
    """The answer to the create does not show it; the look for the key does."""

    class Late(InMemoryPlatform):
        def create(self, draft: Draft) -> Remote:
            saved = super().create(draft)
            self._put(replace(saved, body=saved.body.replace("<script>x()</script>", "")))
            return saved

    clock = Clock()
    blog = Reference(clock)
    blog.site = Late("main", clock=clock)
    blog.site.capabilities = replace(blog.site.capabilities, answers_stored=True)
    world = World(tmp_path, clock, blog)
    (outcome,) = world.publish(A.but(text="Talks.<script>x()</script>"))
    assert outcome.result is Result.LOST
    assert world.post().state is State.DRAFT


def test_a_run_leaves_bytes_before_and_after_each_write(world: World) -> None:
    world.publish(A)
    first = world.post()
    (outcome,) = world.publish(A.but(text="New."))
    (entry,) = world.journal.actions(2)
    assert (entry.action, entry.status, entry.summary) == (
        "update",
        "done",
        "update live post “US–Russia talks” on main (body)",
    )
    assert entry.before is not None
    assert entry.after is not None
    assert unpack_remote(entry.before) == first
    assert unpack_remote(entry.after) == world.post() == outcome.remote


def test_a_run_records_the_file_of_each_post(world: World, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"Talks opened.")
    missing = tmp_path / "missing.md"
    world.apply(
        [
            replace(action, desired=replace(action.desired, path=source))
            for action, source in zip(world.plan(A, B), (path, missing), strict=True)
        ]
    )
    assert [entry.source for entry in world.journal.actions(1)] == [b"Talks opened.", None]


def test_pictures_are_uploaded_once_and_stand_in_the_body(world: World) -> None:
    first, second = A.but(assets=(PICTURE,)), B.but(assets=(PICTURE,))
    assert requests(world, first, second).count("upload") == 1
    for post in world.posts():
        assert f'<img src="https://memory.invalid/{PICTURE.sha256}/a.png"' in post.body
    assert [str(action.kind) for action in world.plan(first, second)] == ["unchanged", "unchanged"]


def test_every_step_and_outcome_is_heard(world: World) -> None:
    outcomes = world.publish(A)
    assert [event.doing for event in world.heard if isinstance(event, Step)] == [
        "create",
        "read back",
        "look for duplicates",
        "publish",
        "read back",
    ]
    assert [event for event in world.heard if isinstance(event, Outcome)] == outcomes
    assert (results(outcomes), exit_code(outcomes), summary(outcomes)) == (["done"], 0, "1 done")
    world.heard.clear()
    world.publish(A.but(text="New."))
    assert [event.doing for event in world.heard if isinstance(event, Step)] == [
        "update",
        "read back",
    ]


def test_a_schedule_comes_true(world: World) -> None:
    file = A.but(publish=Publish.SCHEDULED, at=SOON)
    world.publish(file)
    assert (world.post().state, world.post().at) == (State.SCHEDULED, SOON)
    world.clock.advance(days=2)
    assert world.post().state is State.LIVE
    assert requests(world, file) == ["find_all"]
    assert world.journal.memories("main")["a"].state == "live"
    world.publish(file.but(text="New."))
    assert (world.post().state, world.post().at) == (State.LIVE, SOON)


def test_a_date_in_the_past_is_live_since_then(world: World) -> None:
    world.publish(A.but(publish=Publish.SCHEDULED, at=NOW - timedelta(days=3)))
    assert (world.post().state, world.post().at) == (State.LIVE, NOW - timedelta(days=3))


def test_no_wish_makes_a_draft_and_then_leaves_the_state_to_the_blog(world: World) -> None:
    file = A.but(publish=Publish.KEEP)
    world.publish(file)
    assert world.post().state is State.DRAFT
    world.site.set_state(world.post().ref, Target(State.LIVE))
    assert results(world.publish(file)) == ["unchanged"]
    world.publish(file.but(text="New."))
    assert world.post().state is State.LIVE
    world.publish(file.but(text="New.", publish=Publish.DRAFT))
    assert world.post().state is State.DRAFT, (
        "the state was seen, so an explicit wish is no conflict"
    )


# what the site makes of it


def test_a_new_post_that_lost_something_does_not_go_live(world: World) -> None:
    site_like(world, no_script)
    file = A.but(text="Talks.<script>x()</script>")
    (outcome,) = world.publish(file)
    assert outcome.result is Result.LOST
    assert "the site removed <script>" in outcome.losses
    assert "it stays draft" in outcome.message
    assert exit_code([outcome]) == 1
    assert world.post().state is State.DRAFT
    assert results(world.publish(file)) == ["lost"], (
        "it is tried again, and it does not slip through"
    )
    assert world.post().state is State.DRAFT
    assert results(world.publish(A)) == ["done"]
    assert world.post().state is State.LIVE


def nofollow(draft: Draft) -> Draft:
    return replace(draft, body=draft.body.replace("<a ", '<a rel="nofollow" '))


def capitals(draft: Draft) -> Draft:
    return replace(draft, title=draft.title.title(), body=f"<p>{draft.body}</p>")


def test_a_post_to_which_a_site_adds_without_harm_goes_live(world: World) -> None:
    site_like(world, nofollow)
    file = A.but(text='Talks <a href="https://example.com/">opened</a>.')
    (outcome,) = world.publish(file)
    assert (outcome.result, world.post().state) == (Result.DONE, State.LIVE)
    assert outcome.notes == ("the site added the attribute rel to <a>",)
    assert 'rel="nofollow"' in world.post().body
    assert results(world.publish(file)) == ["unchanged"]
    (edited,) = world.publish(file.but(text='Talks <a href="https://example.com/">ended</a>.'))
    assert (edited.result, edited.notes) == (Result.DONE, outcome.notes)


def test_what_a_person_adds_there_is_an_edit_all_the_same(world: World) -> None:
    file = A.but(text='Talks <a href="https://example.com/">opened</a>.')
    world.publish(file)
    world.edit_there(body=world.post().body.replace("<a ", '<a target="_blank" '))
    assert world.kinds(file) == ["remote-edited"]
    assert world.kinds(file.but(text="Talks closed.")) == ["conflict"]


def test_an_update_that_only_removes_an_addition_is_not_taken_for_done(world: World) -> None:
    file = A.but(text='Talks <a class="old" href="https://example.com/">opened</a>.')
    world.publish(file)
    changed = file.but(text='Talks <a href="https://example.com/">opened</a>.')
    fused(world, Fuse(0, lambda: ServerError("down", site="main"), only="site.update before"))
    assert results(world.publish(changed)) == ["unknown"]
    world.platform = world.site
    assert results(world.publish(changed)) == ["done"]
    assert 'class="old"' not in world.post().body


def test_what_a_site_rewrites_goes_live_if_the_user_accepts_it(world: World) -> None:
    site_like(world, capitals)
    (outcome,) = world.publish(A)
    assert (outcome.result, world.post().state) == (Result.LOST, State.DRAFT)
    assert 'set accept = ["title-case", "wpautop"] for main in blogkit.toml' in outcome.hint
    accept = ("title-case", "wpautop")
    world.platform.capabilities = replace(world.platform.capabilities, accept=accept)
    (outcome,) = world.publish(A)
    assert (outcome.result, world.post().state) == (Result.DONE, State.LIVE)
    title = 'the site changed the title: "US–Russia talks" → "Us–Russia Talks"'
    assert outcome.notes == (title, "the site added <p>")
    assert results(world.publish(A)) == ["unchanged"]


def test_what_is_accepted_does_not_hide_a_loss(world: World) -> None:
    site_like(world, lambda draft: no_script(capitals(draft)))
    accept = ("title-case", "wpautop")
    world.platform.capabilities = replace(world.platform.capabilities, accept=accept)
    (outcome,) = world.publish(A.but(text="Talks.<script>x()</script>"))
    assert (outcome.result, world.post().state) == (Result.LOST, State.DRAFT)
    assert "the site removed <script>" in outcome.losses
    assert "accept" not in outcome.hint


def test_a_loss_in_a_live_post_is_told_and_the_bytes_before_are_kept(world: World) -> None:
    site_like(world, no_script)
    world.publish(A)
    before = world.post()
    (outcome,) = world.publish(A.but(text="Talks.<script>x()</script>"))
    assert (outcome.result, world.post().state) == (Result.LOST, State.LIVE)
    kept = world.journal.actions(2)[0].before
    assert kept is not None
    assert unpack_remote(kept) == before


def test_a_lossy_post_is_taken_back_all_the_same(world: World) -> None:
    world.publish(A)
    inner = world.site

    class Lossy(InMemoryPlatform):
        def _written(self, post: Remote, draft: Draft) -> Remote:
            return super()._written(post, no_script(draft))

    inner.__class__ = Lossy
    (outcome,) = world.publish(A.but(text="Talks.<script>x()</script>", publish=Publish.DRAFT))
    assert (outcome.result, world.post().state) == (Result.LOST, State.DRAFT)


@pytest.mark.parametrize(
    ("changed", "loss"),
    [
        (
            lambda draft: replace(draft, labels=draft.labels[:1]),
            "the site dropped the label Economy",
        ),
        (
            lambda draft: replace(draft, title="Talks"),
            'the site changed the title: "US–Russia talks" → "Talks"',
        ),
        (
            lambda draft: replace(draft, excerpt="Cut"),
            'the site changed the excerpt: "Two days" → "Cut"',
        ),
        (lambda draft: replace(draft, featured=None), "the site shows no featured image"),
        (
            lambda draft: replace(draft, body=draft.body.partition("-->")[2]),
            "the site removed <!-- blogkit:post key=a",  # the rest is shortened
        ),
    ],
)
def test_more_than_the_body_is_compared(
    world: World, changed: Callable[[Draft], Draft], loss: str
) -> None:
    site_like(world, changed)
    file = A.but(labels=("GS-II", "Economy"), more={"excerpt": "Two days"})
    (wanted,) = world.desired(file)
    draft = replace(wanted.draft, featured=PICTURE)
    wanted = replace(wanted, make_draft=lambda: draft)
    action = replace(world.plan(file)[0], desired=wanted)
    (outcome,) = world.apply([action])
    assert [re.sub(r" creation=\S+", "", told) for told in outcome.losses] == [loss]


def test_labels_in_other_capitals_and_a_default_category_are_no_loss(world: World) -> None:
    site_like(world, lambda draft: replace(draft, labels=("gs-ii",), categories=("Uncategorized",)))
    assert results(world.publish(A)) == ["done"]
    assert results(world.publish(A)) == ["unchanged"]


def test_a_post_that_the_site_saved_and_found_fault_with_is_looked_at(world: World) -> None:
    world.platform = Fused(
        world.site, Fuse(3, lambda: Rejected("saved it without its labels"), only="site")
    )
    (outcome,) = world.publish(A)
    assert (outcome.result, outcome.losses) == (Result.LOST, ("saved it without its labels",))
    assert world.post().state is State.DRAFT
    world.reopen()
    assert results(world.publish(A)) == ["done"]


@for_each(
    ("later", "start", "result"),
    [(True, False, "waiting"), (False, False, "failed"), (True, True, "failed")],
)
def test_a_post_whose_image_readers_do_not_get_is_not_touched(
    tmp_path: Path, later: bool, start: bool, result: str
) -> None:
    world = World(tmp_path)
    if start:
        world.publish(A)
    before = world.posts()
    error = ImageNotServed("no image", url="https://e.example/a.png", later=later)
    fused(world, Fuse(0, lambda: error, only="site.upload"))
    (outcome,) = world.publish(A.but(text="New.", assets=(PICTURE,)))
    assert outcome.result == result
    assert world.posts() == before
    if result == "waiting":
        assert outcome.again == world.clock() + timedelta(minutes=5)
        assert outcome.message.startswith("no image; run the same command again after ")
    else:
        assert (outcome.message, outcome.again) == ("no image", None)
        assert outcome.hint == "run the same command again when the address shows the image"


def test_an_address_with_a_number_is_told(world: World) -> None:
    site_like(world, lambda draft: replace(draft, slug="talks-2"))
    (outcome,) = world.publish(A.but(more={"slug": "talks"}))
    assert (outcome.result, outcome.notes) == (
        Result.DONE,
        ("its address ends in talks-2, not talks",),
    )


def test_a_live_post_with_another_date_than_requested_is_reported(world: World) -> None:
    class Undated(InMemoryPlatform):
        def set_state(self, ref: Ref, target: Target, *, seen: Remote | None = None) -> Remote:
            return super().set_state(ref, Target(target.state))

    world.site = world.platform = Undated("main", clock=world.clock)
    (outcome,) = world.publish(A.but(at=NOW - timedelta(days=3)))
    assert (outcome.result, outcome.notes) == (
        Result.DONE,
        ("main gave it the date Mon 30 Nov 2026, 17:30 IST (12:00 UTC)",),
    )


# other hands


def test_an_edit_between_plan_and_apply_is_not_overwritten(world: World) -> None:
    world.publish(A)
    actions = world.plan(A.but(text="New."))
    world.edit_there(title="By hand")
    (outcome,) = world.apply(actions)
    assert (outcome.result, exit_code([outcome])) == (Result.CONFLICT, 4)
    assert "title" in outcome.message
    assert world.post().title == "By hand"


def test_blocked_posts_do_not_stop_the_others(world: World) -> None:
    world.publish(A, B, C)
    a, b, _ = sorted(world.posts(), key=lambda post: post.ref.id)
    world.site._put(replace(a, title="By hand"))
    world.site.trash(b.ref)
    outcomes = world.publish(A.but(title="New"), B, C.but(text="New."), File("d"))
    assert results(outcomes) == ["conflict", "refused", "done", "done"]
    assert exit_code(outcomes) == 4
    assert summary(outcomes) == "2 done, 1 refused, 1 conflict"


def test_ours_theirs_and_recreate(world: World) -> None:
    world.publish(A, B, C)
    a, b, c = sorted(world.posts(), key=lambda post: post.ref.id)
    for post in (a, b):
        world.site._put(replace(post, title="By hand"))
    world.site.trash(c.ref)
    files = [file.but(text="New.") for file in (A, B, C)]
    choices = Choices(ours=frozenset("a"), theirs=frozenset("b"), recreate=frozenset("c"))
    assert results(world.publish(*files, choices=choices)) == ["done", "done", "done"]
    titles = [post.title for post in sorted(world.posts(), key=lambda post: post.ref.id)]
    assert titles == [A.title, "By hand", C.title]
    assert results(world.publish(*files)) == ["unchanged"] * 3


def test_ours_never_overwrites_what_was_not_seen(world: World) -> None:
    """--ours is about the change that plan showed, not about one that came after."""
    world.publish(A)
    world.edit_there(title="By hand")
    actions = world.plan(A, choices=Choices(ours=frozenset("a")))
    world.edit_there(title="By hand again")
    assert results(world.apply(actions)) == ["conflict"]


def test_a_lost_journal_is_rebuilt_from_the_posts(world: World) -> None:
    file = A.but(assets=(PICTURE,))
    world.publish(file, B)
    world.journal.close()
    (world.folder / "journal.sqlite").unlink()
    world.reopen()
    assert requests(world, file, B) == ["find", "find"]
    assert results(world.publish(file, B)) == ["unchanged"] * 2
    assert results(world.publish(file.but(text="New."), B)) == ["done", "unchanged"]
    assert len(world.posts()) == 2


def test_a_file_that_names_a_deleted_post_never_overwrites_the_one_it_named_before(
    world: World,
) -> None:
    """Adopted posts carry no key: only the ids in the file and in the journal tell them apart."""
    first = world.blog.add("Talks", "<p>First.</p>")  # type: ignore[union-attr]
    file = A.but(text="<p>First.</p>", more={"remote_id": first.id})
    assert results(world.publish(file, choices=Choices(ours=frozenset("a")))) == ["done"]
    other = file.but(text="<p>Other.</p>", more={"remote_id": "404"})
    assert results(world.publish(other)) == ["refused"]
    assert world.post().body == "<p>First.</p>"


def test_a_change_that_readers_do_not_see_is_not_done(world: World) -> None:
    """A page builder makes the page of something else than the post's text."""
    world.publish(A)

    class Built:
        def __getattr__(self, name: str) -> Any:
            return getattr(world.site, name)

        def update(self, *given: Any, **named: Any) -> Remote:
            return replace(world.site.update(*given, **named), unseen="Elementor makes the page")

    world.platform = Built()  # type: ignore[assignment]
    (outcome,) = world.publish(A.but(text="Talks closed, and all went home."))
    assert outcome.result is Result.LOST
    assert "readers do not see the change" in outcome.message
    assert outcome.losses == ("Elementor makes the page",)
    assert world.journal.actions(2)[0].note == "Elementor makes the page"
    (again,) = world.publish(A.but(text="Talks closed, and all went home."))
    assert again.result is Result.UNCHANGED, "it is on the site, so it is not sent again"
