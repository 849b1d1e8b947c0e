"""Posts whose data is damaged: each is set aside, by its id, and is never taken for absent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest

from blogkit.errors import OutcomeUnknown, Unreadable
from blogkit.platforms.base import Platform, Ref, Remote, State
from tests.contract.base import ContractBase, Write

Field = Literal["title", "body"]
Damage = Callable[[Ref, Field], None]


class Damaged(ContractBase):
    """One sick post among healthy ones."""

    @pytest.fixture
    def damage(self, platform: Platform) -> Damage:
        """Makes a site show null for a field of a post."""
        raise NotImplementedError

    @pytest.fixture
    def healthy(self, platform: Platform, write: Write, key: str) -> Remote:
        return platform.create(write(key=f"{key}-healthy"))

    @pytest.fixture
    def sick(self, platform: Platform, write: Write) -> Remote:
        return platform.create(write())

    @pytest.mark.parametrize("field", ["title", "body"])
    def test_a_damaged_post_is_named_and_the_others_are_read(
        self, platform: Platform, healthy: Remote, sick: Remote, damage: Damage, field: Field
    ) -> None:
        damage(sick.ref, field)
        with pytest.raises(Unreadable, match=sick.ref.id) as caught:
            platform.get(sick.ref)
        assert caught.value.post_id == sick.ref.id
        assert caught.value.hint
        assert platform.get(healthy.ref).title == healthy.title
        assert list(platform.get_many([sick.ref, healthy.ref])) == [healthy.ref]

    @pytest.mark.parametrize("field", ["title", "body"])
    def test_a_listing_goes_on_after_a_damaged_post(
        self, platform: Platform, healthy: Remote, sick: Remote, damage: Damage, field: Field
    ) -> None:
        damage(sick.ref, field)
        told: list[Unreadable] = []
        listed = list(platform.list("post", [State.DRAFT], on_unreadable=told.append))
        assert healthy.ref in {post.ref for post in listed}
        assert sick.ref not in {post.ref for post in listed}
        assert [error.post_id for error in told] == [sick.ref.id]
        with pytest.raises(Unreadable, match=sick.ref.id):
            list(platform.list("post", [State.DRAFT]))

    @pytest.mark.parametrize("field", ["title", "body"])
    def test_a_damaged_post_is_not_absent(
        self,
        platform: Platform,
        healthy: Remote,
        sick: Remote,
        damage: Damage,
        key: str,
        field: Field,
    ) -> None:
        damage(sick.ref, field)
        with pytest.raises(Unreadable, match=sick.ref.id):
            platform.find(key, "post")
        found = platform.find(f"{key}-healthy", "post")
        assert found is not None
        assert found.ref == healthy.ref
        if field == "title":  # its text is whole, and has another key
            assert platform.find(f"{key}-other", "post") is None
        assert platform.find(f"{key}-other", "page") is None

    def test_a_damaged_post_is_not_written(
        self, platform: Platform, sick: Remote, write: Write, damage: Damage
    ) -> None:
        damage(sick.ref, "title")
        with pytest.raises((Unreadable, OutcomeUnknown)):
            platform.update(sick.ref, write(title="Other"), sick)
