"""Pages, and what only some platforms can: they do it, or they say so before anything is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from blogkit.errors import Rejected
from blogkit.platforms.base import Platform, State, Target
from blogkit.render.document import Asset, Fragment
from tests.contract.base import PROSE, ContractBase, Write


class Abilities(ContractBase):
    """Pages, slugs, excerpts, images, health."""

    def test_a_page_lives_beside_posts(self, platform: Platform, write: Write, key: str) -> None:
        draft = write(kind="page", title="About us")
        created = platform.create(draft)
        assert (created.ref.kind, created.state) == ("page", State.DRAFT)
        assert platform.find(key, "post") is None
        live = platform.set_state(created.ref, Target(State.LIVE))
        assert live.state is State.LIVE
        assert live.url
        found = platform.find(key, "page")
        assert found is not None
        assert found.ref == created.ref
        changed = replace(draft, title="About all of us")
        self.assert_stored(platform, changed, platform.update(created.ref, changed, found))
        assert created.ref in {post.ref for post in platform.list("page", [State.LIVE])}
        assert created.ref not in {post.ref for post in platform.list("page", [State.DRAFT])}
        platform.trash(created.ref)
        assert platform.find(key, "page") is None

    def test_a_page_is_scheduled_or_refused_beforehand(
        self, platform: Platform, write: Write, now: datetime
    ) -> None:
        draft = write(kind="page")
        target = Target(State.SCHEDULED, now + timedelta(days=3))
        ref = platform.create(draft).ref
        if self.schedules_pages:
            assert platform.set_state(ref, target).state is State.SCHEDULED
            return
        assert any(problem.severity == "error" for problem in platform.check(draft, target))
        with pytest.raises(Rejected):
            platform.set_state(ref, target)
        assert platform.get(ref).state is State.DRAFT

    def test_an_ordinary_post_has_no_problems(
        self, platform: Platform, write: Write, now: datetime
    ) -> None:
        draft = write(labels=("Polity",))
        for target in (
            None,
            Target(State.DRAFT),
            Target(State.LIVE),
            Target(State.SCHEDULED, now + timedelta(days=3)),
        ):
            assert list(platform.check(draft, target)) == []

    def test_a_slug_is_used_or_the_user_is_told(
        self, platform: Platform, write: Write, key: str, slugs_show: bool
    ) -> None:
        slug = f"miami-{key[-6:]}"
        draft = write(slug=slug)
        if platform.capabilities.slug == "none":
            assert any("slug" in problem.message for problem in platform.check(draft, None))
            return
        assert list(platform.check(draft, None)) == []
        live = platform.set_state(platform.create(draft).ref, Target(State.LIVE))
        assert (slug in live.url) == slugs_show
        assert live.slug == slug
        self.assert_stored(platform, draft, live)

    def test_an_excerpt_is_kept_or_the_user_is_told(self, platform: Platform, write: Write) -> None:
        draft = write(excerpt="Two days of talks, one neutral city & more.")
        if platform.capabilities.excerpt:
            created = platform.create(draft)
            assert platform.get(created.ref).excerpt == draft.excerpt
        else:
            assert any("excerpt" in problem.message for problem in platform.check(draft, None))

    def test_an_image_is_uploaded_once_or_refused_beforehand(
        self, platform: Platform, write: Write, asset: Asset
    ) -> None:
        draft = write(
            fragments=(*PROSE, Fragment("image", f'<p><img src="{asset.url}" alt="a dot"></p>')),
            assets=(asset,),
        )
        if platform.capabilities.upload:
            assert not [
                problem for problem in platform.check(draft, None) if problem.severity == "error"
            ]
            first, second = platform.upload(asset), platform.upload(asset)
            assert first == second
            assert not first.url.startswith("blogkit-asset:")
            return
        refusals = [
            problem for problem in platform.check(draft, None) if problem.severity == "error"
        ]
        assert [
            (problem.line, "pixel.png" in problem.message, bool(problem.hint))
            for problem in refusals
        ] == [(3, True, True)]
        with pytest.raises(Rejected):
            platform.upload(asset)

    def test_its_health_is_good_and_said_in_sentences(self, platform: Platform) -> None:
        health = platform.health()
        assert health.checks
        assert health.ok, [check for check in health.checks if not check[1]]
