"""Addresses by slug: four requests, each of which may be the last one before the power goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from blogkit.errors import BlogkitError
from blogkit.platforms.base import Draft, State, Target
from blogkit.platforms.blogger.adapter import Blogger
from blogkit.regions import without_keys
from blogkit.render.document import Document, Fragment
from blogkit.sandbox.server import Sandbox
from blogkit.sanitizers.compare import losses
from tests.platforms.blogger.conftest import connect_to


@pytest.fixture
def blogger(sandbox: Sandbox) -> Blogger:
    return connect_to(sandbox, slug_by_title=True)


def draft(blogger: Blogger, **fields: object) -> Draft:
    body = blogger.compose(Document("talks", (Fragment("paragraph", "<p>Text</p>"),)))
    made = Draft("talks", "post", "मायामी में वार्ता — opens", body, slug="miami-talks")
    return replace(made, **fields)


def test_the_address_is_the_slug_and_the_title_is_the_title(
    blogger: Blogger, caplog: pytest.LogCaptureFixture
) -> None:
    ref = blogger.create(draft(blogger)).ref
    live = blogger.set_state(ref, Target(State.LIVE))
    assert caplog.records == []
    assert live.url.endswith("/miami-talks.html")
    assert (live.title, live.slug) == ("मायामी में वार्ता — opens", "miami-talks")


def test_a_draft_shows_its_title_not_its_slug(blogger: Blogger) -> None:
    assert blogger.get(blogger.create(draft(blogger)).ref).title == "मायामी में वार्ता — opens"


@pytest.mark.parametrize("step", [1, 2])
@pytest.mark.parametrize("fault", ["reset-after-commit", "reset"])
def test_an_interrupted_publication_is_finished_by_the_next_run(
    sandbox: Sandbox, blogger: Blogger, step: int, fault: str
) -> None:
    ref = blogger.create(draft(blogger)).ref
    quiet = connect_to(sandbox, slug_by_title=True, sleep=lambda seconds: None)
    sandbox.fail(fault, method="PATCH", after=step - 1, times=9)
    with pytest.raises(BlogkitError):
        quiet.set_state(ref, Target(State.LIVE))
    sandbox.faults.clear()
    live = connect_to(sandbox, slug_by_title=True).set_state(ref, Target(State.LIVE))
    assert (live.state, live.title, live.slug) == (
        State.LIVE,
        "मायामी में वार्ता — opens",
        "miami-talks",
    )


def test_a_publication_interrupted_at_publish_is_finished(
    sandbox: Sandbox, blogger: Blogger
) -> None:
    ref = blogger.create(draft(blogger)).ref
    sandbox.fail("reset-after-commit", method="POST", path="/publish$")
    with pytest.raises(BlogkitError):
        blogger.set_state(ref, Target(State.LIVE))
    assert blogger.get(ref).title == "miami-talks"
    live = blogger.set_state(ref, Target(State.LIVE))
    assert (live.title, live.slug) == ("मायामी में वार्ता — opens", "miami-talks")


def test_an_update_restores_the_title_too(sandbox: Sandbox, blogger: Blogger) -> None:
    ref = blogger.create(draft(blogger)).ref
    sandbox.fail("reset-after-commit", method="POST", path="/publish$")
    with pytest.raises(BlogkitError):
        blogger.set_state(ref, Target(State.LIVE))
    wanted = draft(blogger, title="A new title")
    updated = blogger.update(ref, wanted, blogger.get(ref))
    assert (updated.title, updated.slug) == ("A new title", "miami-talks")
    assert losses(*without_keys(blogger.expected_body(wanted), updated.body)) == []


def test_an_address_that_differs_is_said(
    blogger: Blogger, caplog: pytest.LogCaptureFixture
) -> None:
    blogger.set_state(blogger.create(draft(blogger)).ref, Target(State.LIVE))
    second = blogger.create(
        draft(blogger, key="other", body=draft(blogger).body.replace("talks", "other"))
    )
    live = blogger.set_state(second.ref, Target(State.LIVE))
    assert live.slug != "miami-talks"
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("blogkit.blogger", "WARNING")
    assert "should be at …/miami-talks.html, but Blogger made it http" in record.getMessage()


@pytest.mark.parametrize(("position", "slug"), [("no", ""), ("yes", "miami-talks")])
def test_a_scheduled_post_waits_under_its_own_title(
    sandbox: Sandbox,
    blogger: Blogger,
    position: str,
    slug: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sandbox.switches.set(schedule_mints_url=position)
    ref = blogger.create(draft(blogger)).ref
    scheduled = blogger.set_state(ref, Target(State.SCHEDULED, sandbox.clock() + timedelta(days=1)))
    assert (scheduled.state, scheduled.title, scheduled.slug) == (
        State.SCHEDULED,
        "मायामी में वार्ता — opens",
        slug,
    )
    assert "should be at" not in caplog.text
    assert not blogger.check(draft(blogger), Target(State.SCHEDULED, sandbox.clock()))


def test_a_slug_changes_nothing_where_it_is_not_asked_for(sandbox: Sandbox) -> None:
    plain = connect_to(sandbox)
    created = plain.create(draft(plain))
    assert "blogkit:address" not in created.body
    live = plain.set_state(created.ref, Target(State.LIVE))
    assert live.slug != "miami-talks"


def test_a_title_given_on_the_blog_stands(sandbox: Sandbox, blogger: Blogger) -> None:
    """It is in no wish, so nothing could bring it back after the slug had taken its place."""
    ref = blogger.create(draft(blogger)).ref
    sandbox.blog.change(sandbox.blog.get("post", ref.id), {"title": "By hand"}, whole=False)
    live = blogger.set_state(ref, Target(State.LIVE))
    assert (live.title, live.slug) == ("By hand", "by-hand")
