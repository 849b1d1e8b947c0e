"""What is meant: the draft, the target, and digests that change with the meaning and with
nothing else.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import BlogkitError
from blogkit.platforms.base import Draft, Ref, Remote, State, Target
from blogkit.platforms.memory import InMemoryPlatform
from blogkit.posts.post import Publish
from blogkit.render.document import Asset
from blogkit.sync.actions import Desired, Queued
from blogkit.sync.desired import (
    build_desired,
    content_digest,
    desired_state_of,
    is_reached,
    is_same_time,
    outstanding,
    refuse_too_close,
    resolve_target,
    states_of,
    too_close,
    was_moved,
)
from tests.cases import for_each
from tests.sync.world import KOLKATA, NOW, SOON, File

PICTURE = Asset(Path("/w/images/a.png"), "images/a.png", hashlib.sha256(b"a").hexdigest(), "a", 7)
FILE = File(
    labels=("a", "b"),
    more={"excerpt": "Two days", "slug": "talks", "categories": ("News",), "tags": ("x",)},
    assets=(PICTURE,),
)


def desired(file: File, now: datetime = NOW) -> Desired:
    return build_desired(file.post(), file.document(), InMemoryPlatform("main"), KOLKATA, now)


def test_a_draft_says_everything_of_the_post() -> None:
    wanted = desired(FILE)
    assert (wanted.key, wanted.site, wanted.title, wanted.path) == (
        "talks",
        "main",
        FILE.title,
        Path("posts/talks.md"),
    )
    draft = wanted.draft
    assert (draft.labels, draft.categories, draft.tags) == (("a", "b"), ("News",), ("x",))
    assert (draft.slug, draft.excerpt, draft.assets) == ("talks", "Two days", (PICTURE,))
    assert "<!-- blogkit:post key=talks -->" in draft.body


@for_each(
    ("publish", "at", "target", "wish"),
    [
        (Publish.KEEP, None, None, "keep"),
        (Publish.DRAFT, None, Target(State.DRAFT), "draft"),
        (Publish.LIVE, None, Target(State.LIVE), "live"),
        (Publish.SCHEDULED, SOON, Target(State.SCHEDULED, SOON), "at 2026-12-01T12:00:00+00:00"),
        (Publish.SCHEDULED, NOW, Target(State.LIVE, NOW), "at 2026-11-30T12:00:00+00:00"),
        (Publish.LIVE, NOW, Target(State.LIVE, NOW), "at 2026-11-30T12:00:00+00:00"),
        (Publish.QUEUE, None, None, "keep"),
        (Publish.PRIVATE, None, Target(State.LIVE, None, "private"), "private"),
        (
            Publish.PRIVATE,
            SOON,
            Target(State.LIVE, SOON, "private"),
            "private at 2026-12-01T12:00:00+00:00",
        ),
        (Publish.PENDING, None, Target(State.DRAFT, None, "pending"), "pending"),
    ],
)
def test_targets(publish: Publish, at: datetime | None, target: Target | None, wish: str) -> None:
    wanted = desired(File(publish=publish, at=at))
    assert (wanted.target, wanted.desired_state) == (target, wish)


@for_each(("publish", "status"), [(Publish.DRAFT, ""), (Publish.PENDING, "pending")])
def test_a_draft_keeps_the_date_that_its_file_names(publish: Publish, status: str) -> None:
    dated = {"settings": {"date": "2026-12-01T12:00:00+00:00"}}
    wanted = desired(File(publish=publish, more=dated))
    assert wanted.target == Target(State.DRAFT, SOON, status)
    assert wanted.desired_state == (status or "draft")


def test_only_a_post_that_waits_for_a_slot_is_queued() -> None:
    queued = desired(File(publish=Publish.QUEUE, more={"priority": 3, "hold": True}))
    assert queued.queued == Queued(3, True)
    assert desired(File(more={"priority": 3})).queued is None


@for_each(
    ("able", "categories", "language"),
    [
        ({"taxonomy": "labels"}, ("Polity", "News"), ""),
        (
            {"taxonomy": "categories-and-tags", "languages": ("en", "hi")},
            ("GS-III/Polity", "News", "slug:x"),
            "hi",
        ),
    ],
)
def test_a_site_gets_what_it_has_a_place_for(
    able: dict[str, Any], categories: tuple[str, ...], language: str
) -> None:
    site = InMemoryPlatform("main")
    site.capabilities = replace(site.capabilities, **able)
    named = {"categories": ("GS-III/Polity", "News", "slug:x"), "language": "hi"}
    file = File(more=named)
    draft = build_desired(file.post(), file.document(), site, KOLKATA, NOW).draft
    assert (draft.categories, draft.language) == (categories, language)


def test_a_wish_is_the_same_in_every_zone_and_before_and_after_its_time() -> None:
    local = SOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    file = File(publish=Publish.SCHEDULED, at=local)
    assert (
        desired(file).desired_state
        == desired(file, SOON + timedelta(days=1)).desired_state
        == desired_state_of(Target(State.LIVE, SOON.astimezone(UTC)))
    )


CHANGES = [
    {"title": "Other"},
    {"body": "other"},
    {"kind": "page"},
    {"labels": ("a",)},
    {"labels": ("b", "a")},
    {"labels": (), "tags": ("a", "b")},
    {"categories": ()},
    {"tags": ()},
    {"slug": ""},
    {"excerpt": ""},
    {"assets": ()},
    {"assets": (replace(PICTURE, sha256="0" * 64),)},
    {"featured": PICTURE},
    {"featured": replace(PICTURE, alt="b")},
    {"featured_url": "https://example.com/a.png"},
    {"type": "recipe"},
    {"language": "hi"},
    {"type": "hi"},
    {"settings": {"comments": "closed"}},
    {"settings": {"comments": "open"}},
    {"cleared": ("excerpt",)},
    {"settings": {"image_alt": "a"}},
]


def test_each_thing_we_mean_changes_the_digest() -> None:
    draft = desired(FILE).draft
    digests = [
        content_digest(draft),
        *(content_digest(replace(draft, **change)) for change in CHANGES),
    ]  # type: ignore[arg-type]
    assert len(set(digests)) == len(digests)


def test_what_we_do_not_mean_leaves_the_digest_alone() -> None:
    draft = desired(FILE).draft
    moved = replace(PICTURE, path=Path("/elsewhere/a.png"), line=70)
    assert content_digest(replace(draft, assets=(moved,))) == content_digest(draft)
    windows = replace(draft, body=draft.body.replace("><", ">\r\n<"))
    unix = replace(draft, body=draft.body.replace("><", ">\n<"))
    assert content_digest(windows) == content_digest(unix)
    later = desired(FILE.but(publish=Publish.SCHEDULED, at=SOON), SOON)
    assert later.digest == desired(FILE).digest


def test_a_digest_is_for_ever() -> None:
    """The journal keeps digests: another recipe would make every post look changed."""
    draft = Draft(
        "talks", "post", "Talks", "<p>x</p>", labels=("a",), slug="talks", assets=(PICTURE,)
    )
    assert (
        content_digest(draft) == "4df7baf7ecc45526b43f4b644d638fa0f6ea980c46741213a229cf5cdd001cba"
    )


def with_image(alt: str, **image: object) -> Desired:
    document = replace(FILE.document(), **image)  # type: ignore[arg-type]
    post = replace(FILE.post(), image_alt=alt)
    return build_desired(post, document, InMemoryPlatform("main"), KOLKATA, NOW)


def test_the_text_of_an_image_is_a_setting_and_makes_no_old_post_look_changed() -> None:
    """It has always counted as part of a local file, and never as part of an address."""
    cover = replace(PICTURE, alt="A ship")
    local = with_image("A ship", featured=cover)
    assert local.draft.settings == {"image_alt": "A ship"}
    assert local.digest == content_digest(replace(local.draft, settings={}))
    other = with_image("A boat", featured=replace(cover, alt="A boat"))
    assert other.digest != local.digest

    address = {"featured_url": "https://example.com/a.png"}
    assert with_image("A ship", **address).digest != with_image("A boat", **address).digest
    assert with_image("A ship").draft.settings == {}


def test_the_recipe_of_a_digest_is_the_same_in_every_script() -> None:
    draft = Draft("talks", "page", "मायामी", "<p>ü</p>", excerpt="–", featured=PICTURE)
    assert (
        content_digest(draft) == "1765b2ed9e35fc1976a32be21405e387c20cd3d3f1be66607e2fa12c4cacead8"
    )


def test_a_post_that_blogkit_did_not_make_is_sent_as_it_is() -> None:
    site = InMemoryPlatform("main")
    site.capabilities = replace(site.capabilities, min_lead_seconds=75)
    file = File(text="<p>x</p>", more={"remote_id": "9", "kind": "page"})
    wanted = build_desired(file.post(), file.document(), site, KOLKATA, NOW)
    assert (wanted.draft.body, wanted.remote_id, wanted.min_lead) == ("<p>x</p>", "9", 75)
    assert (wanted.kind, wanted.draft.kind, wanted.zone) == ("page", "page", KOLKATA)


SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


@for_each(
    ("target", "resolved"),
    [
        (Target(State.LIVE), Target(State.LIVE)),
        (Target(State.DRAFT), Target(State.DRAFT)),
        (Target(State.DRAFT, SOON), Target(State.DRAFT, SOON)),
        (Target(State.SCHEDULED, NOW), Target(State.LIVE, NOW)),
        (Target(State.SCHEDULED, NOW + SECOND), Target(State.SCHEDULED, NOW + SECOND)),
        (Target(State.LIVE, SOON), Target(State.SCHEDULED, SOON)),
        (Target(State.LIVE, SOON, "private"), Target(State.LIVE, SOON, "private")),
    ],
)
def test_a_target_as_of_now(target: Target, resolved: Target) -> None:
    assert resolve_target(target, NOW) == resolved


def there(state: State, at: datetime | None = None, status: str = "") -> Remote:
    return Remote(Ref("7"), "Talks", "<p>x</p>", state, at=at, status=status)


@for_each(
    ("remote", "target", "left"),
    [
        (there(State.DRAFT), None, None),
        (there(State.LIVE, NOW), Target(State.LIVE), None),
        (there(State.LIVE, NOW), Target(State.LIVE, NOW - SECOND), None),
        (
            there(State.LIVE, NOW),
            Target(State.LIVE, NOW - MINUTE),
            Target(State.LIVE, NOW - MINUTE),
        ),
        (there(State.LIVE), Target(State.LIVE, NOW), None),
        (there(State.DRAFT), Target(State.LIVE), Target(State.LIVE)),
        (there(State.SCHEDULED, SOON), Target(State.SCHEDULED, SOON), None),
        (there(State.SCHEDULED, SOON), Target(State.LIVE), Target(State.LIVE)),
        (there(State.LIVE, NOW), Target(State.SCHEDULED, NOW), None),
        (there(State.DRAFT), Target(State.SCHEDULED, SOON), Target(State.SCHEDULED, SOON)),
        (there(State.LIVE, None, "private"), Target(State.LIVE), None),
        (there(State.LIVE, None, "private"), Target(State.LIVE, None, "private"), None),
        (
            there(State.LIVE, None, "private"),
            Target(State.LIVE, None, "publish"),
            Target(State.LIVE, None, "publish"),
        ),
        (there(State.LIVE), Target(State.LIVE, None, "publish"), None),
    ],
)
def test_the_state_that_is_still_to_reach(
    remote: Remote, target: Target | None, left: Target | None
) -> None:
    assert outstanding(remote, target, NOW) == left
    assert is_reached(remote, target and resolve_target(target, NOW)) is (left is None)


@for_each(
    ("one", "other", "same"),
    [
        (NOW, NOW, True),
        (None, NOW, True),
        (NOW, None, True),
        (None, None, True),
        (NOW, NOW + MINUTE - SECOND, True),
        (NOW + MINUTE - SECOND, NOW, True),
        (NOW, NOW + MINUTE, False),
        (NOW + MINUTE, NOW, False),
    ],
)
def test_times_of_one_minute_are_the_same(
    one: datetime | None, other: datetime | None, same: bool
) -> None:
    assert is_same_time(one, other) is same


@for_each(
    ("left", "at", "remote", "moved"),
    [
        (State.LIVE, NOW, there(State.LIVE, NOW), False),
        (State.LIVE, NOW, there(State.LIVE, NOW - DAY), True),
        (State.LIVE, NOW, there(State.DRAFT), True),
        (State.DRAFT, None, there(State.DRAFT), False),
        (State.DRAFT, NOW, there(State.DRAFT, SOON), False),
        (State.SCHEDULED, SOON, there(State.SCHEDULED, SOON), False),
        (State.SCHEDULED, SOON, there(State.SCHEDULED, SOON + DAY), True),
        (State.SCHEDULED, SOON, there(State.DRAFT), True),
        (State.LIVE, NOW, there(State.SCHEDULED, SOON), True),
        (State.SCHEDULED, NOW, there(State.LIVE, NOW), False),
        (State.SCHEDULED, NOW + MINUTE, there(State.LIVE, NOW), False),
        (State.SCHEDULED, NOW + MINUTE + SECOND, there(State.LIVE, NOW), True),
        (State.SCHEDULED, NOW - DAY, there(State.LIVE, NOW + DAY), False),
        (State.SCHEDULED, None, there(State.LIVE, NOW), True),
    ],
)
def test_a_post_that_somebody_moved(
    left: State, at: datetime | None, remote: Remote, moved: bool
) -> None:
    assert was_moved(left, at, remote, NOW) is moved


@for_each(
    ("seconds", "near"),
    [(-1, False), (0, False), (0.5, True), (74, True), (75, False), (76, False)],
)
def test_a_schedule_needs_the_sites_lead(seconds: float, near: bool) -> None:
    wanted = replace(desired(File()), min_lead=75)
    target = Target(State.SCHEDULED, NOW + timedelta(seconds=seconds))
    assert (too_close(wanted, target, NOW) is not None) is near
    if near:
        with pytest.raises(BlogkitError, match="needs 75 s") as caught:
            refuse_too_close(wanted, target, NOW)
        assert caught.value.hint == "use `publish: now` or a later time"
    else:
        refuse_too_close(wanted, target, NOW)


@for_each(
    "target",
    [None, Target(State.LIVE), Target(State.DRAFT), Target(State.DRAFT, NOW + SECOND)],
)
def test_what_has_no_time_is_never_too_near(target: Target | None) -> None:
    assert too_close(replace(desired(File()), min_lead=75), target, NOW) is None


@for_each(
    ("wish", "states"),
    [
        ("live", {State.LIVE}),
        ("draft", {State.DRAFT}),
        ("keep", {"keep"}),
        ("", {""}),
        (f"at {NOW.isoformat()}", {State.LIVE, State.SCHEDULED}),
        ("private", {State.LIVE}),
        (f"private at {NOW.isoformat()}", {State.LIVE}),
        ("pending", {State.DRAFT}),
    ],
)
def test_the_states_that_a_wish_allows(wish: str, states: set[str]) -> None:
    assert states_of(wish) == states
