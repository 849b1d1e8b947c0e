"""Drafts that killed runs left beside a post: withdrawn if they are certainly ours and unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.errors import OutcomeUnknown
from blogkit.journal.records import Memory
from blogkit.platforms.base import Ref, Remote, State, Target
from blogkit.posts.post import Publish
from blogkit.regions import creation_id, sentinel, with_creation_id, with_key_attribute
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import STRICT
from blogkit.sync.compare import Expected
from blogkit.sync.duplicates.creation import is_as_created, new_creation_id
from blogkit.sync.duplicates.leftovers import leftovers
from blogkit.sync.undo import UndoRequest, plan_restore
from tests.cases import for_each
from tests.sync.blogs import Reference
from tests.sync.faults import Fuse, Killed
from tests.sync.test_two_machines import PROFILES, Clones, OnSandbox
from tests.sync.world import KOLKATA, NOW, Clock, File, World, fused, results

TITLE, BODY = "US–Russia talks", f"{sentinel('talks')}<p>Talks opened.</p>"
LATER = File(text="Talks opened, and went on.")


def created(number: int = 2, now: datetime = NOW, **changes: Any) -> Remote:
    """A draft as one creation of ours left it, then with these changes."""
    expected = Expected(TITLE, BODY, ("GS-II",), any_category=True)
    body = with_creation_id(BODY, "talks", new_creation_id(expected, now))
    stamp = now.isoformat()
    post = Remote(Ref(str(number)), TITLE, body, State.DRAFT, updated=stamp, labels=("GS-II",))
    return replace(post, **changes)


def live(number: int = 1, **changes: Any) -> Remote:
    return created(number, state=State.LIVE, **changes)


def remembered(number: int) -> Memory:
    return Memory("main", "talks", "post", str(number), "", "", "{}", "draft", None, "", "draft")


def test_a_creation_has_an_id_that_its_key_and_its_readers_do_not_see() -> None:
    post, other = created(), created()
    assert creation_id(post.body) != creation_id(other.body), "also in the same second"
    assert "--" not in creation_id(post.body)
    both = with_key_attribute(BODY, "talks")
    marked = with_creation_id(both, "talks", "65b-1")
    attribute = ' data-blogkit-post="talks" data-blogkit-creation="65b-1"'
    assert (
        marked == f"<!-- blogkit:post key=talks creation=65b-1 --><p{attribute}>Talks opened.</p>"
    )
    assert with_creation_id(marked, "talks", "7-7") == marked.replace("65b-1", "7-7")
    assert with_creation_id(marked, "other", "7") == marked.replace(
        ' data-blogkit-creation="65b-1"', ""
    )
    assert creation_id(marked[marked.index("<p") :]) == "65b-1", "where comments are lost"
    assert creation_id(marked + post.body) == "", "two texts in one"
    assert judge(marked, STRICT).clean, "WordPress's filter leaves it as it is"


UNCHANGED: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a default category": {"categories": ("Uncategorized",)},
    "the spelling of the title": {"title": TITLE.replace("–", "&#8211;")},
    "an address": {"slug": "us-russia-talks"},
    "the spelling of a label": {"labels": ("gs-ii",)},
    "saved ten minutes later": {"updated": (NOW + timedelta(minutes=10)).isoformat()},
}
CHANGED: dict[str, dict[str, Any]] = {
    "title": {"title": "Talks"},
    "labels": {"labels": ("GS-II", "News")},
    "no labels": {"labels": ()},
    "tags": {"tags": ("News",)},
    "excerpt": {"excerpt": "Talks."},
    "image": {"featured_id": "7"},
    "live": {"state": State.LIVE},
    "scheduled": {"state": State.SCHEDULED},
    "trash": {"state": State.TRASHED},
    "status": {"status": "pending"},
    "saved an hour later": {"updated": (NOW + timedelta(hours=1)).isoformat()},
    "saved later": {"updated": (NOW + timedelta(minutes=10, seconds=1)).isoformat()},
    "saved long before": {"updated": (NOW - timedelta(minutes=11)).isoformat()},
    "no stamp": {"updated": ""},
    "no creation id": {"body": BODY},
    "another key's id": {"body": with_creation_id(BODY, "talks", "65b-1")},
}


@for_each("name", UNCHANGED)
def test_a_draft_is_as_it_was_created(name: str) -> None:
    assert is_as_created(created(**UNCHANGED[name]))


@for_each("name", CHANGED)
def test_a_draft_is_not_as_it_was_created(name: str) -> None:
    assert not is_as_created(created(**CHANGED[name]))
    assert not leftovers([live(), created(**CHANGED[name])], None)


def test_what_a_site_respells_is_as_it_was_created() -> None:
    meant = Expected(TITLE, BODY, None, excerpt="Talks & more", image=True)
    mark = new_creation_id(meant, NOW)
    assert re.fullmatch(r"[0-9a-f]+-[0-9a-f]{8}-[0-9a-f]{16}", mark)
    shown = with_creation_id(BODY.replace("<p>", "<p >"), "talks", mark)
    post = created(body=shown, labels=(), excerpt="Talks &amp; more", featured_id="7")
    assert is_as_created(post)
    assert not is_as_created(replace(post, featured_id=""))


def test_a_changed_text_is_never_withdrawn() -> None:
    post = created()
    for body in (post.body.replace("opened", "closed"), post.body + "<p>More.</p>"):
        assert not leftovers([live(), replace(post, body=body)], None)


def test_the_post_that_readers_see_is_kept_else_the_oldest_draft() -> None:
    first, second, third = created(1), created(2), created(3)
    public = live(9)
    assert leftovers([second, public, first], None) == [second, first]
    assert leftovers([third, first, second], None) == [third, second]
    edited = replace(first, title="By hand")
    assert leftovers([edited, second], None) == [second]
    pending = replace(third, status="pending")
    assert leftovers([first, pending], None) == [first]


@for_each(
    "posts",
    [
        [live(1), live(2)],
        [live(1), created(2, body=BODY)],
        [live(1, body=BODY), created(2)],
        [one := live(1), replace(one, ref=Ref("2"), state=State.DRAFT)],
        [live(1), draft := created(2), replace(draft, ref=Ref("3"))],
        [live(1), created(2), created(3, title="By hand")],
        [live(1), live(2), created(3)],
    ],
    ids=["live", "old", "old live", "copy", "copy of it", "edited one", "two live"],
)
def test_what_is_not_certain_is_left(posts: list[Remote]) -> None:
    assert leftovers(posts, None) == ()


def test_a_draft_that_the_journal_knows_is_not_withdrawn() -> None:
    posts = [live(1), created(2)]
    assert leftovers(posts, remembered(2)) == ()
    assert leftovers(posts, remembered(1)) == posts[1:]


_SOME = st.sampled_from([*UNCHANGED.values(), *CHANGED.values(), {"state": State.LIVE}])


@given(st.lists(_SOME, min_size=2, max_size=4), st.booleans(), st.randoms())
def test_machines_agree_and_leave_what_a_person_or_reader_knows(
    changes: list[dict[str, Any]], copied: bool, chance: Any
) -> None:
    posts = [created(number, **given) for number, given in enumerate(changes, 1)]
    if copied:
        posts.append(replace(posts[0], ref=Ref("50")))
    left = {post.ref for post in leftovers(posts, None)}
    assert len(left) in (0, len(posts) - 1)
    assert all(is_as_created(post) for post in posts if post.ref in left)
    assert not (copied and left)
    chance.shuffle(posts)
    assert {post.ref for post in leftovers(posts, None)} == left


@pytest.fixture(params=[*PROFILES, "sandbox"])
def clones(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Clones]:
    sandbox = request.param == "sandbox"
    found = OnSandbox(tmp_path) if sandbox else Clones(tmp_path, request.param)
    yield found
    found.blog.close()


def lose_journal(world: World) -> None:
    for table in ("memory", "action", "run"):
        world.journal._database.connection.execute(f"DELETE FROM {table}")


def killed_after_creation(clones: Clones, file: File) -> None:
    """One machine has planned, and the other publishes; then the first creates a draft, dies, and
    loses its journal.
    """
    a, b = clones.machines.values()
    planned = a.plan(file)
    assert results(b.publish(file)) == ["done"]
    clones.clock.advance(milliseconds=5)
    a.platform = KilledAfterCreation(a.site)
    with pytest.raises(Killed):
        a.apply(planned)
    a.platform = a.site
    lose_journal(a)
    assert len(clones.posts()) == 2


class KilledAfterCreation:
    def __init__(self, site: Any) -> None:
        self._site = site

    def create(self, draft: Any) -> Any:
        self._site.create(draft)
        raise Killed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._site, name)


@pytest.mark.sampled
@pytest.mark.parametrize("wish", [Publish.LIVE, Publish.DRAFT])
@pytest.mark.parametrize("name", ["a", "b"])
def test_a_draft_of_a_killed_run_without_a_journal_is_withdrawn(
    clones: Clones, name: str, wish: Publish
) -> None:
    file = File(publish=wish)
    killed_after_creation(clones, file)
    world = clones.machines[name]
    actions = world.plan(file)
    assert [action.kind for action in actions] == [
        "unchanged" if name == "b" else "adopt",
        "withdraw",
    ]
    assert "to the trash" in actions[1].summary
    assert results(world.apply(actions)) == ["unchanged" if name == "b" else "done", "done"]
    (post,) = clones.posts()
    assert post.state is (State.LIVE if wish is Publish.LIVE else State.DRAFT)
    for one in clones.machines.values():
        one.publish(file)
        assert one.kinds(file) == ["unchanged"]
        assert not one.journal.unsettled("main")


def test_the_files_change_goes_live_in_the_same_run(clones: Clones) -> None:
    killed_after_creation(clones, File())
    b = clones.machines["b"]
    outcomes = b.publish(LATER)
    assert [(o.action.kind, o.result) for o in outcomes] == [
        ("update", "done"),
        ("withdraw", "done"),
    ]
    (post,) = clones.posts()
    assert "and went on" in post.body
    assert creation_id(post.body), "an update keeps it"


def test_a_draft_that_a_person_edits_after_the_plan_is_left(clones: Clones) -> None:
    killed_after_creation(clones, File())
    b = clones.machines["b"]
    actions = b.plan(File())
    (draft,) = (post for post in clones.posts() if post.state is State.DRAFT)
    clones.blog.write(draft, body=f"{draft.body}<p>By hand.</p>")
    assert results(b.apply(actions))[1] == "conflict"
    assert len(clones.posts()) == 2
    assert b.kinds(File()) == ["conflict"], "and from then on, a person decides"


def test_without_the_post_to_keep_the_draft_is_left(clones: Clones) -> None:
    killed_after_creation(clones, File())
    b = clones.machines["b"]
    actions = b.plan(File())
    (public,) = (post for post in clones.posts() if post.state is State.LIVE)
    clones.blog.trash(public)
    (outcome,) = b.apply(actions[1:])
    assert outcome.result == "conflict"
    assert "no longer there" in outcome.message
    with pytest.raises(AssertionError, match="what is withdrawn is not written"):
        _ = actions[1].desired.draft
    assert [post.state for post in clones.posts()] == [State.DRAFT]


def test_a_withdrawal_can_be_looked_up_in_the_journal(clones: Clones) -> None:
    killed_after_creation(clones, File())
    b = clones.machines["b"]
    b.publish(File())
    last = b.journal.last_writing_run()
    assert last is not None
    (entry,) = (one for one in b.journal.actions(last.id) if one.action == "withdraw")
    assert entry.before is not None, "the journal has the draft"
    undone = plan_restore(UndoRequest(entry, None, NOW, KOLKATA))
    assert undone.kind == "unchanged"
    assert "you can restore it" in undone.summary


def test_a_withdrawal_without_an_answer_is_done_by_the_next_run(clones: Clones) -> None:
    killed_after_creation(clones, File())
    b = clones.machines["b"]
    fused(b, Fuse(0, lambda: OutcomeUnknown("no answer"), only="site.trash"))
    assert results(b.publish(File()))[1] == "unknown"
    b.platform = b.site
    assert results(b.publish(File())) == ["unchanged", "done"]
    assert not b.journal.unsettled("main")


def _draft_of(world: World, post: Remote) -> Any:
    (wanted,) = world.desired(File())
    return replace(wanted.draft, body=post.body)


def test_a_persons_copy_is_left(tmp_path: Path) -> None:
    world = World(tmp_path, clock := Clock(), Reference(clock))
    world.publish(File())
    world.site.create(_draft_of(world, world.post()))
    assert world.kinds(File()) == ["conflict"]


def test_a_post_that_a_person_restored_is_left(tmp_path: Path) -> None:
    """It was deleted, published again, and then restored from the trash as a draft."""
    clock = Clock()
    world = World(tmp_path, clock, Reference(clock))
    world.publish(File())
    old = world.post()
    world.site.trash(old.ref)
    lose_journal(world)
    clock.advance(hours=1)
    world.publish(File())
    assert world.blog is not None
    world.blog.restore(world.site.get(old.ref))
    assert world.kinds(File()) == ["conflict"]


def test_posts_from_before_the_change_are_not_sent_again(tmp_path: Path) -> None:
    world = World(tmp_path, clock := Clock(), Reference(clock, marks_ids=True))
    (wanted,) = world.desired(File())
    ref = world.site.create(wanted.draft).ref
    world.site.set_state(ref, Target(State.LIVE))
    assert world.kinds(File()) == ["adopt"]
    world.publish(File())
    assert world.kinds(File()) == ["unchanged"]
    world.publish(LATER)
    assert creation_id(world.post().body) == "", "nothing tells which creation it was"
    assert world.kinds(LATER) == ["unchanged"]
