"""Which of two posts with one key is kept, and which draft an interrupted run has left."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from blogkit.journal.records import Intent
from blogkit.platforms.base import Ref, Remote, State
from blogkit.regions import sentinel, with_creation_id
from blogkit.sync.actions import ActionKind
from blogkit.sync.compare import Expected
from blogkit.sync.duplicates.rule import age, own_draft, rival, undecided
from tests.cases import for_each
from tests.sync.world import NOW

TITLE, BODY = "US–Russia talks", "<p>Talks opened.</p>"


def draft(number: int, created: datetime | None = NOW, **changes: object) -> Remote:
    post = Remote(Ref(str(number), "post"), TITLE, BODY, State.DRAFT, created=created)
    return replace(post, **changes)  # type: ignore[arg-type]


def intent(kind: ActionKind, expected: Remote | None = None) -> Intent:
    packed = None
    if expected is not None:
        packed = Expected(expected.title, expected.body, expected.labels).pack()
    return Intent(
        1, 1, "main", "talks", "post", kind, "", "", "", "sent", "", NOW, expected=packed
    )  # fmt: skip


def test_the_older_draft_is_kept() -> None:
    first, second = draft(9), draft(1, NOW + timedelta(seconds=1))
    assert rival(second, [first]) == first
    assert rival(first, [second]) is None


def test_a_post_that_is_through_is_kept_before_an_older_draft() -> None:
    older, through = draft(1), draft(3, state=State.LIVE)
    assert rival(draft(2), [older, through]) == through
    assert rival(draft(2), [draft(3, title="talks")], "talks") == draft(3, title="talks")
    assert rival(draft(2), [draft(3, title="")], "") is None


def test_a_draft_of_the_same_second_leaves_it_open() -> None:
    own, same, later = draft(2), draft(3), draft(4, NOW + timedelta(seconds=1))
    assert undecided(own, [later, same]) == same
    assert undecided(own, [later]) is None
    assert undecided(draft(2, None), [draft(3, None)]) is None


@for_each("kind", [ActionKind.CREATE, ActionKind.SETTLE])
def test_the_newest_draft_that_looks_as_it_was_sent_is_ours(kind: ActionKind) -> None:
    ours = [draft(1), draft(2)]
    others = [draft(3, body="<p>Talks were put off.</p>"), draft(4, state=State.LIVE)]
    assert own_draft([*ours, *others], None, [intent(kind, draft(0))]) == ours[1]
    assert own_draft(others, None, [intent(kind, draft(0))]) is None
    assert own_draft(ours, None, [intent(kind)]) is None, "nothing was sent"


def made(number: int, moment: int, at: datetime | None = NOW) -> Remote:
    return draft(number, at, body=with_creation_id(sentinel("talks"), "talks", f"{moment:x}-0-0"))


@for_each(
    "posts",
    [
        [draft(9), draft(1, NOW + timedelta(seconds=1))],
        [draft(9), draft(10), draft(11)],
        [made(9, 1), made(1, 2)],
        [draft(10), made(9, 1)],
        [made(1, 2, None), made(9, 1, None), made(10, 0, None)],
        [draft(9, None), draft(1)],
    ],
    ids=["times", "ids that grow", "creations", "no creation", "no times", "no time"],
)
def test_drafts_are_told_apart_by_the_first_of_time_creation_and_id(posts: list[Remote]) -> None:
    turned = posts[::-1]
    assert sorted(turned, key=age) == posts


def test_without_an_interrupted_creation_no_draft_is_ours() -> None:
    assert own_draft([draft(1)], None, []) is None
    assert own_draft([draft(1)], None, [intent(ActionKind.UPDATE, draft(0))]) is None
