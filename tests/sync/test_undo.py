"""Undoing, row by row: what a run did against what the site shows now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import OutcomeUnknown, Rejected
from blogkit.journal.records import Entry, Intent
from blogkit.platforms.base import Ref, Remote, State, Target
from blogkit.posts.post import Publish
from blogkit.sync.actions import Action
from blogkit.sync.compare import Expected
from blogkit.sync.delete import DELETED
from blogkit.sync.outcome import Step
from blogkit.sync.serialize import pack_remote
from blogkit.sync.undo import (
    UndoRequest,
    is_undoable,
    plan_restore,
    ref_of_entry,
    refused_undo,
)
from tests.cases import for_each
from tests.sync.faults import Fuse, Fused, Killed
from tests.sync.world import KOLKATA, NOW, SOON, File, World, results

LIVE = File()


def undo(world: World, run: int = 0) -> Action:
    """What undoing the only action of a run (the last one) comes to."""
    number = run or world.journal.runs(1)[0].id
    (entry,) = [entry for entry in world.journal.actions(number) if is_undoable(entry)]
    ref = ref_of_entry(entry)
    remote = world.site.get(ref) if ref.id else world.site.find(entry.key, ref.kind)
    there = remote if remote is not None and remote.state is not State.TRASHED else None
    return plan_restore(
        UndoRequest(
            entry, there, world.clock(), KOLKATA, world.journal.memories("main").get(entry.key)
        )
    )


def test_a_create_goes_to_the_trash(world: World) -> None:
    world.publish(LIVE)
    assert str(undo(world).kind) == "trash"
    world.heard.clear()
    world.apply([undo(world)])
    assert [event.doing for event in world.heard if isinstance(event, Step)] == [
        "move to the trash"
    ]
    assert world.posts() == []
    assert str(undo(world, 1).kind) == "unchanged"


@for_each(
    ("hidden", "file", "moved", "words"),
    [
        (
            Target(State.LIVE, status="private"),
            LIVE.but(publish=Publish.DRAFT),
            State.DRAFT,
            "make it private",
        ),
        (Target(State.DRAFT, status="pending"), LIVE, State.LIVE, "submit it for review"),
    ],
)
def test_a_state_that_only_the_site_has_a_word_for_is_restored(
    tmp_path: Path, hidden: Target, file: File, moved: State, words: str
) -> None:
    """A private post that was a draft for a while must not become public."""
    world = World(tmp_path)
    start = LIVE if hidden.state is State.LIVE else LIVE.but(publish=Publish.DRAFT)
    world.publish(start)
    ref = world.post().ref
    before = world.site.set_state(ref, hidden)
    world.publish(file)
    assert (world.post().state, world.post().status) == (moved, "")
    action = undo(world)
    assert words in action.summary
    world.apply([action])
    assert (world.post().state, world.post().status) == (before.state, hidden.status)
    assert str(undo(world, 2).kind) == "unchanged"


def test_a_post_that_was_made_private_since_is_not_restored(world: World) -> None:
    world.publish(LIVE)
    world.publish(LIVE.but(text="New."))
    world.site.set_state(world.post().ref, Target(State.LIVE, status="private"))
    assert str(undo(world).kind) == "conflict"


def test_an_update_is_restored_field_by_field(world: World) -> None:
    world.publish(LIVE)
    before = world.post()
    world.publish(
        LIVE.but(
            title="Talks closed", text="Closed.", labels=("Economy",), more={"excerpt": "Short"}
        )
    )
    world.apply([undo(world)])
    after = world.post()
    assert replace(after, updated=before.updated) == before
    assert world.kinds(
        LIVE.but(
            title="Talks closed", text="Closed.", labels=("Economy",), more={"excerpt": "Short"}
        )
    ) == ["unchanged"]


@pytest.mark.parametrize(
    "edit",
    [
        {"body": "<p>By hand.</p>"},
        {"title": "By hand"},
        {"labels": ("By hand",)},
        {"excerpt": "By hand"},
    ],
)
def test_what_was_changed_since_is_a_conflict(world: World, edit: dict[str, object]) -> None:
    world.publish(LIVE)
    world.publish(LIVE.but(text="Closed."))
    world.edit_there(**edit)
    assert str(undo(world).kind) == "conflict"


def test_what_is_as_before_already_is_left(world: World) -> None:
    world.publish(LIVE)
    before = world.post()
    world.publish(LIVE.but(text="Closed."))
    world.site._put(before)
    assert str(undo(world).kind) == "unchanged"


def test_a_schedule_that_came_true_meanwhile_is_no_edit(world: World) -> None:
    world.publish(LIVE.but(publish=Publish.DRAFT))
    world.publish(LIVE.but(publish=Publish.SCHEDULED, at=SOON))
    world.clock.advance(days=2)
    assert world.post().state is State.LIVE
    action = undo(world)
    assert (str(action.kind), action.target and str(action.target.state)) == ("restore", "draft")
    world.apply([action])
    assert world.post().state is State.DRAFT


def test_a_date_is_put_back(world: World) -> None:
    world.publish(LIVE.but(publish=Publish.SCHEDULED, at=SOON))
    world.publish(LIVE.but(publish=Publish.SCHEDULED, at=SOON + timedelta(hours=3)))
    world.apply([undo(world)])
    assert world.post().at == SOON


def test_a_create_that_was_cut_off_is_undone_once_a_run_has_explained_it(world: World) -> None:
    world.platform = Fused(world.site, Fuse(1, only="site.create"))
    with pytest.raises(Killed):
        world.publish(LIVE)
    world.reopen()
    assert str(undo(world).kind) == "refused"
    world.publish(LIVE)
    assert world.journal.actions(1)[0].status == "settled"
    assert str(undo(world, 1).kind) == "trash"
    world.edit_there(title="By hand")
    assert str(undo(world, 1).kind) == "refused"


def test_a_create_that_was_cut_off_after_it_was_noted_is_not_undone_before_a_run_explained_it(
    world: World,
) -> None:
    """Its id is remembered from the site's answer. What the site kept is not known before the post
    is read back.
    """
    world.platform = Fused(world.site, Fuse(0, only="site.get"))
    with pytest.raises(Killed):
        world.publish(LIVE)
    world.reopen()
    memory = world.journal.memories("main")["talks"]
    assert (memory.remote_id, memory.last_pushed) == (world.post().ref.id, "")
    assert world.journal.actions(1)[0].status == "sent"
    assert str(undo(world).kind) == "refused"


def test_an_undo_of_which_the_site_loses_a_part_holds_until_the_file_changes(world: World) -> None:
    newer = LIVE.but(text="Closed.")
    world.publish(LIVE)
    world.publish(newer)
    action = undo(world)

    class Lossy:
        def __getattr__(self, name: str) -> Any:
            return getattr(world.site, name)

        def restore(self, ref: Ref, wanted: Remote, *rest: Any, **options: Any) -> Remote:
            return world.site.restore(ref, replace(wanted, labels=()), *rest, **options)  # type: ignore[no-any-return]

    world.platform = Lossy()  # type: ignore[assignment]
    assert results(world.apply([action])) == ["lost"]
    assert world.kinds(newer) == ["unchanged"]


def deleted(world: World) -> Remote:
    """The post before it was moved to the trash."""
    world.publish(LIVE)
    before = world.post()
    world.delete()
    world.heard.clear()
    return before


def test_a_deleted_post_comes_back_as_it_was(world: World) -> None:
    before = deleted(world)
    (unchanged,) = world.publish(LIVE)
    assert (unchanged.result, "--recreate" in unchanged.hint) == ("unchanged", True)
    assert results(world.undo()) == ["done"]
    assert replace(world.post(), updated=before.updated) == before
    told = [event.doing for event in world.heard if isinstance(event, Step)]
    assert told == ["take from the trash", "publish", "read back"]
    memory = world.journal.memories("main")["talks"]
    assert (memory.state, memory.desired_state) == ("live", "")
    assert world.kinds(LIVE) == ["unchanged"]


@for_each(
    ("boundary", "result", "told"),
    [
        (0, "unknown", "no answer; it is still in the trash so far"),
        (1, "done", "main gave no usable answer, but the change had arrived"),
    ],
)
def test_a_restore_from_the_trash_without_an_answer_is_looked_up(
    tmp_path: Path, boundary: int, result: str, told: str
) -> None:
    world = World(tmp_path)
    deleted(world)
    fuse = Fuse(boundary, lambda: OutcomeUnknown("no answer"), only="site.untrash")
    world.platform = Fused(world.site, fuse)
    (outcome,) = world.undo()
    assert (outcome.result, outcome.message or outcome.notes[0]) == (result, told)
    state = State.LIVE if result == "done" else State.TRASHED
    assert world.site.get(ref_of_entry(world.journal.actions(1)[0])).state is state


def test_a_post_out_of_the_trash_is_remembered_before_its_state_changes(world: World) -> None:
    deleted(world)
    world.platform = Fused(world.site, Fuse(0, only="site.set_state"))
    with pytest.raises(Killed):
        world.undo()
    assert world.journal.memories("main")["talks"].state == "draft"


def test_a_restore_from_the_trash_that_is_refused_is_closed_in_the_journal(world: World) -> None:
    deleted(world)
    fuse = Fuse(0, lambda: Rejected("no"), only="site.untrash")
    world.platform = Fused(world.site, fuse)
    assert results(world.undo()) == ["failed"]
    (entry,) = world.journal.actions(world.journal.runs(1)[0].id)
    assert (entry.status, entry.note) == ("failed", "no")


@for_each(
    ("change", "message"),
    [
        ("restored", "is not in the trash any more; nothing was written"),
        ("edited", "changed"),
    ],
)
def test_a_post_that_changes_in_the_trash_meanwhile_stays_as_it_is(
    tmp_path: Path, change: str, message: str
) -> None:
    world = World(tmp_path)
    before = deleted(world)
    entry = world.journal.actions(2)[0]
    action = plan_restore(world._undo_request(entry))
    if change == "restored":
        world.site.untrash(before.ref)
    else:
        world.site._put(replace(world.site.get(before.ref), title="By hand"))
    (outcome,) = world.apply([action])
    assert outcome.result == "conflict"
    assert message in outcome.message
    assert (world.site.get(before.ref).state is State.TRASHED) == (change == "edited")


def test_gone_and_trashed(world: World) -> None:
    world.publish(LIVE)
    world.publish(LIVE.but(text="Closed."))
    world.site.trash(world.post().ref)
    assert str(undo(world).kind) == "refused"
    assert "trash" in undo(world).hint


@pytest.mark.sampled
@pytest.mark.parametrize("at", range(10))
def test_an_undo_that_is_cut_off_anywhere_is_finished_by_the_next(world: World, at: int) -> None:
    world.publish(LIVE)
    before: Remote = world.post()
    changed = LIVE.but(text="Closed.", labels=("Economy",))
    world.publish(changed)
    run = world.journal.runs(1)[0].id
    action = undo(world)
    fuse = Fuse(at)
    world.platform, world.journal = Fused(world.site, fuse), Fused(world.journal, fuse)  # type: ignore[assignment]
    with pytest.raises(Killed):
        world.apply([action])
    world.reopen()
    world.apply([undo(world, run)])
    assert world.post().body == before.body
    assert world.kinds(changed) in (["unchanged"], ["adopt"])
    world.publish(changed)
    assert world.post().body == before.body
    assert world.journal.unsettled("main") == []


def test_a_draft_that_went_live_in_between_is_not_thrown_away(world: World) -> None:
    world.publish(LIVE.but(publish=Publish.DRAFT))
    action = undo(world)
    world.site.set_state(world.post().ref, Target(State.LIVE))
    (outcome,) = world.apply([action])
    assert str(outcome.result) == "conflict"
    assert world.post().state is State.LIVE


def test_an_update_that_was_cut_off_is_not_undone_by_a_guess_at_what_it_left(world: World) -> None:
    """What a later run saw need not be what the cut-off one left, and there are words of before
    that could be overwritten.
    """
    world.publish(LIVE)
    world.platform = Fused(world.site, Fuse(1, only="site.update"))
    with pytest.raises(Killed):
        world.publish(LIVE.but(text="Closed."))
    world.reopen()
    world.publish(LIVE.but(text="Closed."))
    assert world.journal.actions(2)[0].status == "settled"
    action = undo(world, 2)
    assert (str(action.kind), action.hint) == (
        "refused",
        "run blogkit publish to settle it; then undo again",
    )


def test_an_update_without_an_answer_is_undone_once_the_look_after_it_explained_it(
    world: World,
) -> None:
    world.publish(LIVE)
    before = world.post()
    world.platform = Fused(
        world.site, Fuse(1, lambda: OutcomeUnknown("no answer"), only="site.update")
    )
    world.publish(LIVE.but(text="Closed."))
    world.platform = world.site
    assert results(world.apply([undo(world)])) == ["done"]
    assert world.post().body == before.body


THERE = Remote(Ref("7"), "Talks", "<p>New.</p>", State.LIVE, at=NOW, slug="talks-closed")


def entry(before: Remote | None, after: Remote | None = THERE, **changes: Any) -> Entry:
    """An action of a run as the journal has it."""
    row: dict[str, Any] = {"action": "update", "status": "done", "remote_id": "7", **changes}
    kept = {
        "before": pack_remote(before) if before else None,
        "after": pack_remote(after) if after else None,
    }
    return Entry(
        1,
        1,
        "main",
        "talks",
        "post",
        summary="",
        last_pushed="d",
        desired_state="live",
        note="",
        intended=NOW,
        changed=NOW,
        **kept,
        **row,
    )


@for_each(
    ("before", "back"),
    [("talks-open", "talks-open"), ("", "talks-closed")],
    ids=["changed", "made by the site"],
)
def test_an_address_that_the_run_changed_comes_back_and_one_that_the_site_made_stays(
    before: str, back: str
) -> None:
    action = plan_restore(
        UndoRequest(entry(replace(THERE, body="<p>Old.</p>", slug=before)), THERE, NOW, KOLKATA)
    )
    assert action.desired_remote is not None
    assert action.desired_remote.slug == back


def test_a_draft_is_put_back_without_a_time() -> None:
    action = plan_restore(
        UndoRequest(entry(replace(THERE, state=State.DRAFT, at=SOON)), THERE, NOW, KOLKATA)
    )
    assert action.target == Target(State.DRAFT)


def test_an_action_from_before_ids_were_noted_is_found_by_what_it_left() -> None:
    assert ref_of_entry(entry(None, remote_id="")) == Ref("7")
    assert ref_of_entry(entry(None, remote_id="9")) == Ref("9")
    assert ref_of_entry(entry(None, None, remote_id="")) == Ref("")
    assert ref_of_entry(replace(entry(None), kind="page")) == Ref("7", "page")


def test_a_create_that_was_cut_off_and_of_which_the_journal_lost_the_post_is_not_undone() -> None:
    cut_off = entry(None, None, action="create", status="settled")
    assert str(plan_restore(UndoRequest(cut_off, THERE, NOW, KOLKATA)).kind) == "refused"


@for_each(
    ("action", "status", "expected"),
    [
        *(("update", status, True) for status in ("done", "sent", "unknown", "settled")),
        *(("update", status, False) for status in ("intended", "failed")),
        *((action, "done", True) for action in ("create", "set-state", "edit", "restore", "trash")),
        ("untrash", "done", True),
        ("adopt", "done", False),
    ],
)
def test_only_what_may_have_changed_the_site_is_offered_to_undo(
    action: str, status: str, expected: bool
) -> None:
    assert is_undoable(entry(None, action=action, status=status)) is expected


@for_each(
    ("remote", "after", "before", "title"),
    [
        (THERE, replace(THERE, title="As left"), replace(THERE, title="As before"), "Talks"),
        (None, replace(THERE, title="As left"), replace(THERE, title="As before"), "As left"),
        (None, None, replace(THERE, title="As before"), "As before"),
        (None, None, None, "talks"),
    ],
    ids=["there", "gone", "gone, cut off", "nothing known"],
)
def test_undo_names_a_post_by_its_newest_known_title(
    remote: Remote | None, after: Remote | None, before: Remote | None, title: str
) -> None:
    assert (
        plan_restore(UndoRequest(entry(before, after), remote, NOW, KOLKATA)).desired.title == title
    )


OLD = replace(THERE, body="<p>Old.</p>")
BLOCKS = replace(THERE, body="<!-- wp:paragraph --><p>a<br />b</p><!-- /wp:paragraph -->")
SAVED = replace(BLOCKS, body=BLOCKS.body.replace(" />", ">"))
IN_TRASH = replace(OLD, state=State.TRASHED, slug="talks-closed__trashed")
DRAFT = replace(OLD, state=State.DRAFT)


@for_each(
    ("row", "remote", "kind", "summary", "hint"),
    [
        (entry(OLD, IN_TRASH, action="trash"), OLD, "unchanged", "it is already restored", ""),
        (entry(OLD, IN_TRASH, action="trash"), DRAFT, "restore", "and publish it", ""),
        (entry(OLD, None, action="trash"), DRAFT, "restore", "and publish it", ""),
        (entry(OLD, IN_TRASH, action="trash"), THERE, "conflict", "state); undo", "blogkit log 1"),
        (entry(IN_TRASH, OLD, action="untrash"), OLD, "trash", "“Talks”", ""),
        (entry(IN_TRASH, OLD, action="untrash"), None, "unchanged", "no longer exists", ""),
        (
            entry(OLD),
            None,
            "refused",
            "cannot undo “Talks” on main: it no longer exists on the site",
            "trash first",
        ),
        (entry(None), None, "unchanged", "it no longer exists", ""),
        (entry(OLD), OLD, "unchanged", "it is already restored", ""),
        (
            entry(OLD, None, status="unknown"),
            THERE,
            "refused",
            "the outcome of that action is unknown",
            "run blogkit publish to settle it; then undo again",
        ),
        (
            entry(OLD, None, status="unknown", action="edit"),
            THERE,
            "refused",
            "the outcome of that action is unknown",
            "run that command again to check the site; then undo again",
        ),
        (entry(OLD), replace(THERE, title="By hand"), "conflict", "(title)", "blogkit log 1"),
        (entry(OLD), replace(THERE, state=State.DRAFT), "conflict", "(state)", "blogkit log 1"),
        (entry(None), THERE, "trash", "“Talks”", ""),
        (entry(OLD), THERE, "restore", "“Talks”", ""),
        (entry(OLD, action="edit"), THERE, "edit", "“Talks”", ""),
        (
            entry(OLD, action="withdraw"),
            None,
            "unchanged",
            "the blog's trash has the second draft, where you can restore it",
            "",
        ),
        (entry(BLOCKS, SAVED), SAVED, "restore", "“Talks”", ""),
        (entry(BLOCKS, SAVED), BLOCKS, "unchanged", "it is already restored", ""),
    ],
)
def test_each_row_of_the_table(
    row: Entry, remote: Remote | None, kind: str, summary: str, hint: str
) -> None:
    action = plan_restore(UndoRequest(row, remote, NOW, KOLKATA))
    assert str(action.kind) == kind
    assert summary in action.summary
    assert hint in action.hint
    assert action.remote_state.remote == remote


@for_each(
    ("trashed", "untrashes", "kind", "words"),
    [
        (IN_TRASH, True, "untrash", "restore live post “Talks” on main from the trash"),
        (replace(IN_TRASH, title="By hand"), True, "conflict", "(title)"),
        (IN_TRASH, False, "refused", "no program can restore posts from this blog's trash"),
        (None, False, "refused", "no program can restore posts from this blog's trash"),
        (None, True, "refused", "the blog's trash does not have it any more"),
    ],
)
def test_each_row_about_the_trash(
    trashed: Remote | None, untrashes: bool, kind: str, words: str
) -> None:
    deleted = replace(entry(OLD, IN_TRASH, action="trash"), desired_state=DELETED)
    request = UndoRequest(deleted, None, NOW, KOLKATA, trashed=trashed, untrashes=untrashes)
    action = plan_restore(request)
    assert (str(action.kind), words in action.summary) == (kind, True)
    assert action.desired.desired_state == ""
    assert kind != "refused" or "--recreate" in action.hint


def test_a_deletion_of_which_the_journal_has_no_post_is_not_undone() -> None:
    deleted = entry(None, IN_TRASH, action="trash")
    request = UndoRequest(deleted, None, NOW, KOLKATA, trashed=IN_TRASH, untrashes=True)
    assert str(plan_restore(request).kind) == "refused"


@for_each(
    ("before", "target"),
    [(OLD, Target(State.LIVE, NOW)), (replace(OLD, state=State.DRAFT), Target(State.DRAFT))],
)
def test_a_post_leaves_the_trash_in_its_state_of_before(before: Remote, target: Target) -> None:
    deleted = entry(before, IN_TRASH, action="trash")
    request = UndoRequest(deleted, None, NOW, KOLKATA, trashed=IN_TRASH, untrashes=True)
    assert plan_restore(request).target == target


@for_each(
    ("before", "left", "target"),
    [
        ("", (State.LIVE, "private"), Target(State.LIVE, NOW, "publish")),
        ("", (State.DRAFT, "pending"), Target(State.LIVE, NOW)),
        ("private", (State.LIVE, ""), Target(State.LIVE, NOW, "private")),
        ("private", (State.DRAFT, "pending"), Target(State.LIVE, NOW, "private")),
        ("private", (State.LIVE, "private"), None),
    ],
)
def test_a_status_is_put_back_where_the_state_does_not_tell_it(
    before: str, left: tuple[State, str], target: Target | None
) -> None:
    remote = replace(THERE, state=left[0], status=left[1])
    row = entry(replace(OLD, status=before), remote)
    assert plan_restore(UndoRequest(row, remote, NOW, KOLKATA)).target == target


@for_each(
    ("expected", "kind"),
    [(THERE, "edit"), (replace(THERE, title="Other"), "refused"), (None, "refused")],
)
def test_an_edit_that_was_cut_off_is_undone_if_it_arrived(
    expected: Remote | None, kind: str
) -> None:
    cut_off = entry(OLD, None, action="edit", status="sent")
    meant = Expected(expected.title, expected.body).pack() if expected else b""
    intent = Intent(
        1,
        1,
        "main",
        "talks",
        "post",
        "edit",
        "",
        "d",
        "live",
        "sent",
        "",
        NOW,
        cut_off.before,
        meant,
    )
    action = plan_restore(UndoRequest(cut_off, THERE, NOW, KOLKATA, intent=intent))
    assert str(action.kind) == kind


def test_an_action_that_undoes_names_the_fields_that_it_changes() -> None:
    action = plan_restore(UndoRequest(entry(OLD), THERE, NOW, KOLKATA))
    assert (action.changes, action.target, action.desired_remote) == (("body",), None, OLD)
    moved = replace(THERE, title="By hand", state=State.DRAFT)
    assert plan_restore(UndoRequest(entry(OLD), moved, NOW, KOLKATA)).changes == ("title", "state")


def test_what_is_put_back_is_not_made_from_a_file() -> None:
    desired = plan_restore(UndoRequest(entry(OLD), THERE, NOW, KOLKATA)).desired
    assert (desired.digest, desired.desired_state, desired.path) == ("d", "live", None)
    with pytest.raises(AssertionError, match="comes from the journal"):
        _ = desired.draft


def test_a_cut_off_create_of_a_post_that_is_gone_needs_no_undo(world: World) -> None:
    world.publish(LIVE)
    memory = world.journal.memories("main")["talks"]
    cut_off = entry(None, None, action="create", status="settled")
    action = plan_restore(UndoRequest(cut_off, None, NOW, KOLKATA, memory))
    assert str(action.kind) == "unchanged"


def test_a_post_that_cannot_be_read_is_refused_with_the_sites_reason() -> None:
    request = UndoRequest(entry(OLD), None, NOW, KOLKATA)
    action = refused_undo(request, "site main: cannot read post 7", "save it again")
    assert (str(action.kind), action.summary, action.hint) == (
        "refused",
        "cannot undo “Talks” on main: cannot read post 7",
        "save it again",
    )
    assert action.remote_state.remote is None
