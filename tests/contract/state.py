"""Draft, live, scheduled, trashed, and the lists by state."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from blogkit.errors import NotFound, Rejected
from blogkit.platforms.base import Platform, Ref, Remote, State, Target
from blogkit.regions import find_sentinel
from tests.contract.base import ContractBase, Write, terms


class States(ContractBase):
    """State, trash, list."""

    def test_a_draft_goes_live_and_back(
        self, platform: Platform, write: Write, now: datetime
    ) -> None:
        draft = write()
        ref = platform.create(draft).ref
        live = platform.set_state(ref, Target(State.LIVE))
        assert live.state is State.LIVE
        assert live.url
        assert live.at is not None
        assert abs(live.at - now) < timedelta(minutes=30)
        self.assert_stored(platform, draft, live)
        assert platform.get(ref).state is State.LIVE
        assert platform.set_state(ref, Target(State.DRAFT)).state is State.DRAFT
        assert platform.get(ref).state is State.DRAFT
        assert platform.set_state(ref, Target(State.LIVE)).state is State.LIVE
        self.assert_stored(platform, draft, platform.get(ref))

    def test_a_draft_is_scheduled_moved_and_taken_back(
        self, platform: Platform, write: Write, now: datetime
    ) -> None:
        draft = write()
        ref = platform.create(draft).ref
        for day in (3, 5):
            at = (now + timedelta(days=day)).replace(second=0)
            scheduled = platform.set_state(ref, Target(State.SCHEDULED, at))
            assert (scheduled.state, scheduled.at) == (State.SCHEDULED, at)
            again = platform.get(ref)
            assert (again.state, again.at) == (State.SCHEDULED, at)
        assert platform.set_state(ref, Target(State.DRAFT)).state is State.DRAFT
        self.assert_stored(platform, draft, platform.get(ref))

    def test_a_scheduled_post_can_go_live_now(
        self, platform: Platform, write: Write, now: datetime
    ) -> None:
        ref = platform.create(write()).ref
        platform.set_state(ref, Target(State.SCHEDULED, now + timedelta(days=3)))
        assert platform.set_state(ref, Target(State.LIVE)).state is State.LIVE
        live = platform.get(ref)
        assert live.state is State.LIVE
        assert live.at is not None
        assert live.at < now + timedelta(minutes=30)

    def test_a_post_taken_back_from_the_schedule_goes_live_when_told(
        self, platform: Platform, write: Write, now: datetime
    ) -> None:
        ref = platform.create(write()).ref
        platform.set_state(ref, Target(State.SCHEDULED, now + timedelta(days=3)))
        platform.set_state(ref, Target(State.DRAFT))
        assert platform.set_state(ref, Target(State.LIVE)).state is State.LIVE

    @pytest.mark.parametrize("state", [State.DRAFT, State.LIVE, State.SCHEDULED])
    def test_the_same_state_twice_changes_nothing(
        self, platform: Platform, write: Write, state: State, now: datetime
    ) -> None:
        ref = platform.create(write()).ref
        once = self.reach(platform, ref, state, now)
        again = platform.set_state(
            ref, Target(state, once.at if state is State.SCHEDULED else None)
        )
        assert (again.state, again.url) == (once.state, once.url)
        assert state is State.DRAFT or again.at == once.at

    def test_a_time_that_has_passed_cannot_be_scheduled(
        self, platform: Platform, write: Write, now: datetime
    ) -> None:
        ref = platform.create(write()).ref
        with pytest.raises(Rejected):
            platform.set_state(ref, Target(State.SCHEDULED, now - timedelta(days=1)))
        assert platform.get(ref).state is State.DRAFT

    def test_a_post_can_be_backdated(self, platform: Platform, write: Write, now: datetime) -> None:
        if not self.backdates:
            return
        ref = platform.create(write()).ref
        at = (now - timedelta(days=40)).replace(second=0)
        live = platform.set_state(ref, Target(State.LIVE, at))
        assert (live.state, live.at) == (State.LIVE, at)

    @pytest.mark.parametrize("state", [State.DRAFT, State.LIVE, State.SCHEDULED])
    def test_trash_is_out_of_sight_and_twice_is_once(
        self, platform: Platform, write: Write, key: str, state: State, now: datetime
    ) -> None:
        ref = platform.create(write()).ref
        self.reach(platform, ref, state, now)
        platform.trash(ref)
        assert platform.find(key, "post") is None
        assert ref not in {
            post.ref for post in platform.list("post", [State.DRAFT, State.LIVE, State.SCHEDULED])
        }
        platform.trash(ref)
        with suppress(NotFound):
            assert platform.get(ref).state is State.TRASHED

    @pytest.mark.parametrize("state", [State.DRAFT, State.LIVE, State.SCHEDULED])
    def test_a_post_comes_out_of_the_trash_as_a_draft(
        self, platform: Platform, write: Write, key: str, state: State, now: datetime
    ) -> None:
        draft = write(labels=(f"kept {key}",))
        ref = platform.create(draft).ref
        before = self.reach(platform, ref, state, now)
        platform.trash(ref)
        if not platform.capabilities.untrashes:
            with pytest.raises(Rejected, match="trash"):
                platform.untrash(ref)
            assert platform.find(key, "post") is None
            return
        back = platform.untrash(ref)
        assert (back.state, back.slug) == (State.DRAFT, before.slug)
        self.assert_stored(platform, draft, back)
        assert platform.get(ref).state is State.DRAFT
        again = platform.set_state(ref, Target(before.state, before.at))
        assert (again.state, again.at, again.url) == (before.state, before.at, before.url)
        assert platform.untrash(ref).state is state  # it is not in the trash
        with pytest.raises(NotFound):
            platform.untrash(Ref("999999999"))

    def test_nothing_can_be_done_with_what_is_not_there(
        self, platform: Platform, write: Write
    ) -> None:
        nowhere = Ref("999999999")
        with pytest.raises(NotFound):
            platform.get(nowhere)
        with pytest.raises(NotFound):
            platform.set_state(nowhere, Target(State.LIVE))
        with pytest.raises(NotFound):
            platform.update(nowhere, write(), Remote(nowhere, "", "", State.DRAFT))

    def test_lists_are_complete_and_by_state(
        self, platform: Platform, write: Write, key: str, now: datetime
    ) -> None:
        label = f"list {key}"
        made = [
            platform.create(write(key=f"{key}-{n}", title=f"Number {n}", labels=(label,)))
            for n in range(13)
        ]
        wanted = {State.LIVE: made[:5], State.SCHEDULED: made[5:7], State.DRAFT: made[7:]}
        for state, posts in wanted.items():
            for post in posts:
                self.reach(platform, post.ref, state, now)
        for state, posts in wanted.items():
            listed = list(platform.list("post", [state], label=label))
            assert {post.ref for post in listed} == {post.ref for post in posts}
            assert len(listed) == len(posts)
            assert {post.state for post in listed} == {state}
            # without texts: the same posts, with the same stamps
            refs = {post.ref for post in posts}
            glanced = [post for post in platform.glance("post", [state]) if post.ref in refs]
            assert sorted((p.ref.id, p.title, p.state, p.at, p.updated) for p in glanced) == sorted(
                (p.ref.id, p.title, p.state, p.at, p.updated) for p in listed
            )
        everything = [post for post in platform.list("post", list(wanted)) if label in terms(post)]
        assert {post.ref for post in everything} == {post.ref for post in made}
        assert all((find_sentinel(post.body) or "").startswith(key) for post in everything)
        assert list(platform.list("post", list(wanted), label=f"no such label {key}")) == []

    def test_readers_see_what_is_live_and_nothing_else(
        self, platform: Platform, write: Write, now: datetime
    ) -> None:
        ref = platform.create(write()).ref
        later = platform.set_state(ref, Target(State.SCHEDULED, now + timedelta(days=3)))
        platform.start_scheduler()
        assert platform.get(ref).state is State.SCHEDULED, "its time has not come"
        assert platform.is_public(later) is False
        live = platform.set_state(ref, Target(State.LIVE))
        assert platform.is_public(live) is True
