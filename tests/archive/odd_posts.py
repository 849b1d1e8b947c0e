"""Posts of every odd kind that an archive may have."""

from __future__ import annotations

from datetime import UTC, datetime

from blogkit.archive.post import ArchivedBlog, ArchivedPost, ArchivedState, Location

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
BLOG = ArchivedBlog("wordpress", "Harbour & <Co>", url="https://harbour.example")
POSTS = [
    ArchivedPost(
        kind="post",
        title='Tides <em>& "moons"</em> ]]> <x> & more',
        body="<p>a ]]> b &amp; c</p>\r\n<pre>\tx\r</pre>\n<!-- wp:html -->\n]]]]><![CDATA[>\n",
        state=ArchivedState.LIVE,
        id="41",
        published=datetime(2024, 3, 5, 4, 30, 15, tzinfo=UTC),
        updated=datetime(2024, 3, 6, 4, 30, tzinfo=UTC),
        categories=("GS-III/Polity", "GS-II/Polity", "AC//DC", "Übung"),
        tags=("ज्वार", "rain, sea", "A/B", "R&D <x>"),
        terms={"genre": ("Novels/Crime",)},
        slug="tides",
        url="https://harbour.example/2024/03/tides/",
        description='For "engines" & people',
        seo_title="Tides – the title",
        excerpt="Short <b>summary</b>\nof it",
        author="asha",
        image="https://harbour.example/wp-content/uploads/moon.jpg?x=1&y=2",
        image_alt='The "moon"',
        sticky=True,
        comments="closed",
        pings="open",
        format="aside",
        meta={"rating": "5", "html": "<b>&</b> ]]>"},
    ),
    ArchivedPost(
        kind="post",
        title="",
        body="",
        state=ArchivedState.DRAFT,
        slug="",
    ),
    ArchivedPost(
        kind="post",
        title="भारत की नदियाँ 🚣",
        body="<p>\u202bनदी\u202c \U0001f6a3 </p>",
        state=ArchivedState.SCHEDULED,
        published=datetime(2027, 1, 1, 0, 0, tzinfo=UTC),
        slug="भारत-की-नदियाँ",
        place=Location("Varanasi", 25.3, 83.0),
        author="ravi",
    ),
    ArchivedPost(
        kind="post",
        title="For members",
        body="<p>secret</p>",
        state=ArchivedState.PRIVATE,
        published=datetime(2020, 1, 1, tzinfo=UTC),
        slug="members",
        password="opensesame",
    ),
    ArchivedPost(
        kind="post",
        title="Waiting",
        body="<p>w</p>",
        state=ArchivedState.PENDING,
        slug="waiting",
        labels=("One", "Two"),
    ),
    ArchivedPost(
        kind="page",
        title="Team",
        body="<p>t</p>",
        state=ArchivedState.LIVE,
        published=datetime(2020, 1, 2, tzinfo=UTC),
        slug="team",
        parent="about",
        order=-3,
        template="wide.php",
        image="https://harbour.example/wp-content/uploads/moon.jpg?x=1&y=2",
        image_alt='The "moon"',
    ),
    ArchivedPost(
        kind="page",
        title="About",
        body="<p>a</p>",
        state=ArchivedState.LIVE,
        published=datetime(2020, 1, 1, tzinfo=UTC),
        slug="about",
    ),
]
