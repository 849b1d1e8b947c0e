"""Settings and finer states: a platform keeps and restores them, or tells beforehand."""

from __future__ import annotations

from typing import Any

import pytest

from blogkit.errors import Rejected
from blogkit.platforms.base import Platform, State, Target
from tests.contract.base import ContractBase, Write

PLACE = {"name": "Miami, FL, USA", "lat": 25.7616798, "lng": -80.1917902}
SAMPLES: dict[str, tuple[Any, Any]] = {
    "comments": ("closed", "open"),
    "password": ("Open sesame", ""),
    "location": (PLACE, ""),
    "order": (3, 0),
}


class Settings(ContractBase):
    """What a site keeps of a post beside its text."""

    def test_settings_are_kept_changed_and_restored_or_the_user_is_told(
        self, platform: Platform, write: Write, key: str
    ) -> None:
        for name, (value, other) in SAMPLES.items():
            draft = write(key=f"{key}-{name}", title=f"{key} {name}", settings={name: value})
            told = [one.code for one in platform.check(draft, None)]
            resolved = platform.resolve(draft)
            if told:
                assert (told, resolved.settings) == ([f"setting-{name}"], {})
                continue
            assert platform.resolve(resolved) == resolved
            created = platform.create(resolved)
            assert platform.get(created.ref).settings[name] == value
            changed = platform.resolve(
                write(key=f"{key}-{name}", title=f"{key} {name}", settings={name: other})
            )
            updated = platform.update(created.ref, changed, created)
            assert updated.settings[name] == other
            restored = platform.restore(created.ref, created, updated)
            assert restored.settings == created.settings

    def test_what_a_draft_does_not_name_is_left(self, platform: Platform, write: Write) -> None:
        draft = write(settings={"comments": "closed"})
        if list(platform.check(draft, None)):
            return
        created = platform.create(draft)
        updated = platform.update(created.ref, write(title="Another title"), created)
        assert updated.settings == created.settings

    def test_an_excerpt_is_left_alone_or_emptied(self, platform: Platform, write: Write) -> None:
        if not platform.capabilities.excerpt:
            return
        created = platform.create(write(excerpt="Two days of talks."))
        left = platform.update(created.ref, write(), created)
        assert left.excerpt == "Two days of talks."
        emptied = platform.update(created.ref, write(cleared=("excerpt",)), left)
        assert emptied.excerpt == ""
        assert platform.restore(created.ref, created, emptied).excerpt == "Two days of talks."

    @pytest.mark.parametrize(
        "target", [Target(State.LIVE, status="private"), Target(State.DRAFT, status="pending")]
    )
    def test_a_finer_state_is_reached_or_refused(
        self, platform: Platform, write: Write, target: Target
    ) -> None:
        draft = write()
        ref = platform.create(draft).ref
        if any(problem.severity == "error" for problem in platform.check(draft, target)):
            with pytest.raises(Rejected):
                platform.set_state(ref, target)
            assert platform.get(ref).state is State.DRAFT, "a private post must not be public"
            return
        reached = platform.set_state(ref, target)
        assert (reached.state, reached.status) == (target.state, target.status)
