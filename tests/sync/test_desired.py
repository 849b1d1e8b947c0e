"""What is meant: the draft, the target, and digests that change with the meaning and with
nothing else.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from blogkit.platforms.base import Draft, State, Target
from blogkit.platforms.memory import InMemoryPlatform
from blogkit.posts.post import Publish
from blogkit.render.document import Asset
from blogkit.sync.actions import Desired
from blogkit.sync.desired import build_desired, content_digest, desired_state_of
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
    ],
)
def test_targets(publish: Publish, at: datetime | None, target: Target | None, wish: str) -> None:
    wanted = desired(File(publish=publish, at=at))
    assert (wanted.target, wanted.desired_state) == (target, wish)


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
