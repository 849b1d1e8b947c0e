"""What every part of the platform contract stands on: the hooks, the fixtures and the drafts.

Hooks: override `now` where the site has its own clock, and `backdates` / `asset` / `slugs_show`
where the default does not fit. Keys are unique per test, so the suite also runs on a site that
keeps its posts between tests.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from blogkit.errors import Conflict, Unreadable
from blogkit.platforms.base import Draft, Platform, PostKind, Ref, Remote, State, Target
from blogkit.regions import without_keys
from blogkit.render.document import Asset, Document, Fragment
from blogkit.sanitizers.compare import losses

PROSE = (
    Fragment("heading", "<h2>Key facts</h2>", level=2),
    Fragment(
        "paragraph",
        '<p>Talks <em>opened</em> in <a href="https://example.com/?a=1&amp;b=2">Miami</a>.</p>',
    ),
    Fragment("list", "<ul><li>one</li><li>two</li></ul>"),
)
UNICODE = (
    Fragment("paragraph", "<p>हिन्दी में समाचार 📍 “quoted” – ½ &lt;b&gt; 4 &lt; 5 &amp; 🇮🇳</p>"),
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
Write = Callable[..., Draft]


def terms(post: Draft | Remote) -> set[str]:
    """Every label, category and tag: platforms differ in which of the three they call it."""
    return {*post.labels, *post.categories, *post.tags}


class ContractBase:
    """Hooks and fixtures."""

    backdates = True
    """A post can go live with a date in the past."""
    schedules_pages = True
    """A page, too, can go live at a later time."""

    @pytest.fixture
    def platform(self) -> Platform:
        raise NotImplementedError

    @pytest.fixture
    def now(self) -> datetime:
        """The site's own idea of now."""
        return datetime.now(UTC).replace(microsecond=0)

    @pytest.fixture
    def slugs_show(self) -> bool:
        """Whether a post's address shows its slug."""
        return True

    @pytest.fixture
    def key(self) -> str:
        return f"post-{uuid.uuid4().hex[:12]}"

    @pytest.fixture
    def asset(self, tmp_path: Path) -> Asset:
        path = tmp_path / "pixel.png"
        data = PIXEL + uuid.uuid4().bytes
        path.write_bytes(data)
        return Asset(path, "images/pixel.png", hashlib.sha256(data).hexdigest(), "a dot", 3)

    @pytest.fixture
    def write(self, platform: Platform, key: str) -> Iterator[Write]:
        """Makes drafts, and takes what became of them away again."""
        made: set[tuple[str, PostKind]] = set()

        def write(
            *,
            key: str = key,
            kind: PostKind = "post",
            fragments: tuple[Fragment, ...] = PROSE,
            **more: object,
        ) -> Draft:
            made.add((key, kind))
            fields = {"title": f"Talks open in Miami {key[-6:]}", **more}
            return Draft(
                key=key, kind=kind, body=platform.compose(Document(key, fragments)), **fields
            )  # type: ignore[arg-type]

        yield write
        for name, kind in made:
            with suppress(Conflict, Unreadable):
                if left := platform.find(name, kind):
                    platform.trash(left.ref)

    def assert_stored(self, platform: Platform, draft: Draft, remote: Remote) -> None:
        assert remote.title == draft.title
        assert losses(*without_keys(platform.expected_body(draft), remote.body)) == []
        assert terms(draft) <= terms(remote)

    def reach(self, platform: Platform, ref: Ref, state: State, now: datetime) -> Remote:
        """The post in this state; nothing to do for a draft."""
        if state is State.DRAFT:
            return platform.get(ref)
        return platform.set_state(
            ref, Target(state, now + timedelta(days=3) if state is State.SCHEDULED else None)
        )
