"""What Blogger's backups and WordPress's exports hold, read as one value."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from blogkit.archive.blogger import BloggerReader
from blogkit.archive.post import ArchivedPost, ArchivedState, Location
from blogkit.archive.reader import Contents
from blogkit.archive.wxr import WxrReader
from blogkit.errors import ContentError
from tests.archive.samples import cdata, entry, item, old_entry, old_export, takeout, wxr
from tests.cases import for_each

NOW = datetime(2026, 12, 1, tzinfo=UTC)
PLACE = (
    "<blogger:location><blogger:name>Kochi</blogger:name><blogger:latitude>{}</blogger:latitude>"
    "<blogger:longitude>76.27</blogger:longitude><blogger:span>1,1</blogger:span>"
    "</blogger:location>"
)
TERMS = """<wp:category><wp:term_id>1</wp:term_id>
<wp:category_nicename>{0}</wp:category_nicename><wp:category_parent>{1}</wp:category_parent>
<wp:cat_name>{2}</wp:cat_name></wp:category>"""


def blogger(data: bytes) -> tuple[Contents, list[ArchivedPost]]:
    reader = BloggerReader(lambda: io.BytesIO(data), "feed.atom", NOW)
    return reader.survey(), list(reader.posts())


def wordpress(data: bytes) -> tuple[Contents, list[ArchivedPost]]:
    reader = WxrReader(lambda: io.BytesIO(data), "export.xml")
    return reader.survey(), list(reader.posts())


def test_a_takeout_post_has_all_that_the_feed_tells() -> None:
    body = "<p>Ropes &amp; knots ]]> <!-- more --></p>\r\n"
    contents, (post,) = blogger(
        takeout(
            entry(
                4501,
                'Knots & "hitches"',
                body,
                labels=("Gear", "பொருள்", "Gear"),
                filename="/2019/05/knots_1.html",
                description="How to tie",
                more=PLACE.format("9.93"),
            )
        )
    )
    assert (contents.blog.title, contents.blog.id) == ("Harbour Notes", "8070105920543249955")
    assert post == ArchivedPost(
        kind="post",
        title='Knots & "hitches"',
        body=body.replace("\r\n", "\n"),  # https://www.w3.org/TR/xml/#sec-line-ends
        state=ArchivedState.LIVE,
        id="4501",
        published=datetime(2019, 5, 3, 1, 30, tzinfo=UTC),
        updated=datetime(2019, 5, 3, 1, 30, tzinfo=UTC),
        labels=("Gear", "பொருள்"),
        slug="knots_1",
        url="/2019/05/knots_1.html",
        description="How to tie",
        place=Location("Kochi", 9.93, 76.27),
        author="Asha",
    )


@for_each(
    "given, kept",
    [
        ({"status": "DRAFT"}, ArchivedState.DRAFT),
        ({"status": "SCHEDULED"}, ArchivedState.SCHEDULED),
        ({"published": "2027-01-01T00:00:00Z"}, ArchivedState.SCHEDULED),
        ({"published": "no date"}, ArchivedState.LIVE),
        ({"status": "PENDING_REVIEW"}, ArchivedState.DRAFT),
        ({"status": "SOFT_TRASHED"}, "posts in the trash"),
        ({"kind": "COMMENT"}, "comments"),
        ({"kind": "COMMENT", "status": "SOFT_TRASHED"}, "comments"),
        ({"kind": "POLL"}, "entries of the kind “poll”"),
        ({"kind": "PAGE"}, ArchivedState.LIVE),
    ],
    ids=str,
)
def test_states_of_blogger(given: dict[str, str], kept: str) -> None:
    contents, posts = blogger(takeout(entry(1, **given)))  # type: ignore[arg-type]
    left_out = [what for what, count in contents.left_out.items() for _ in range(count)]
    assert [post.state for post in posts] + left_out == [kept]
    assert contents.posts == len(posts)


@for_each("lat", ["", "NaN", "91", "north"], ids=str)
def test_a_place_that_is_not_on_earth_is_left_out(lat: str) -> None:
    assert blogger(takeout(entry(1, more=PLACE.format(lat))))[1][0].place is None


def test_the_export_before_takeout() -> None:
    alternate = (
        "<link rel='alternate' type='text/html' href='http://h.example/2011/02/sails.html'/>"
    )
    draft = (
        "<app:control xmlns:app='http://purl.org/atom/app#'><app:draft>yes</app:draft>"
        "</app:control>"
    )
    point = "<georss:featurename>Goa</georss:featurename><georss:point>15.3 74.1</georss:point>"
    label = "<category scheme='http://www.blogger.com/atom/ns#' term='Sails'/>"
    contents, (sails, anchor, page) = blogger(
        old_export(
            old_entry("settings", 1, "Blog name", "x"),
            old_entry("template", 2, "Template", "<html>"),
            old_entry("post", 3, "Sails", "<p>Sails</p>", alternate + label + point),
            old_entry("post", 4, "", "<p>Anchor</p>", draft),
            old_entry("page", 5, "Crew", "<p>Crew</p>"),
            old_entry("comment", 6, "Fine!", "Fine!"),
        )
    )
    assert contents.left_out == {
        "settings of the blog": 1, "templates of the blog": 1, "comments": 1,
    }  # fmt: skip
    assert (contents.blog.url, contents.blog.id) == (
        "http://harbour.blogspot.com/", "8070105920543249955",
    )  # fmt: skip
    assert (sails.labels, sails.slug, sails.state) == (("Sails",), "sails", ArchivedState.LIVE)
    assert sails.place == Location("Goa", 15.3, 74.1)
    assert sails.published == datetime(2011, 2, 3, 3, 30, tzinfo=UTC)
    assert (anchor.title, anchor.state) == ("", ArchivedState.DRAFT)
    assert (page.kind, page.id) == ("page", "5")


def test_a_wordpress_post_has_all_that_the_export_tells() -> None:
    body = "<!-- wp:list -->\n<ul><li>a ]]&gt; b ]]> c</li></ul>\n<!-- /wp:list -->\n"
    category = '<category domain="category" nicename="polity">Polity</category>'
    slash = '<category domain="category" nicename="ac-dc">AC/DC</category>'
    tag = '<category domain="post_tag" nicename="rope">Rope &amp;amp; line</category>'
    genre = '<category domain="genre" nicename="verse">Verse</category>'
    aside = '<category domain="post_format" nicename="post-format-aside">Aside</category>'
    comment = f"<wp:comment><wp:comment_content>{cdata('Hi')}</wp:comment_content></wp:comment>"
    contents, (post, page) = wordpress(
        wxr(
            item(
                7, "Knots &amp; <em>hitches</em>", body, slug="%e0%a4%97%e0%a4%be%e0%a4%81%e0%a4%a0",
                excerpt="In short",
                terms=category + slash + tag + genre + aside, more=comment * 3,
                meta={
                    "mood": "calm", "_edit_last": "1", "stats": 'a:1:{i:0;s:1:"x";}',
                    "_thumbnail_id": "9", "_yoast_wpseo_metadesc": "Tie them",
                },
            ),
            item(8, "Crew", "<p>Crew</p>", kind="page", slug="crew").replace(
                "<wp:post_parent>0", "<wp:post_parent>10"),
            item(9, "photo", "", kind="attachment", status="inherit",
                 meta={"_wp_attachment_image_alt": "A knot"},
                 more="<wp:attachment_url>https://school.example/knot.jpg</wp:attachment_url>"),
            item(10, "About", "", kind="page", slug="about", status="trash"),
            item(11, "Menu", "", kind="nav_menu_item"),
            item(12, "x", "", status="auto-draft"),
            channel=TERMS.format("gs-2", "", "GS-II") + TERMS.format("polity", "gs-2", "Polity"),
        )
    )  # fmt: skip
    assert contents.left_out == {
        "comments": 3, "files of the media library": 1, "posts in the trash": 1,
        "posts of the type “nav_menu_item”": 1, "unsaved drafts": 1,
    }  # fmt: skip
    assert contents.notes == ["custom fields left out because they hold data of PHP: 1"]
    assert contents.attachments == ("https://school.example/knot.jpg",)
    assert post == ArchivedPost(
        kind="post",
        title="Knots & <em>hitches</em>",
        body=body,
        state=ArchivedState.LIVE,
        id="7",
        published=datetime(2019, 5, 3, 1, 30, tzinfo=UTC),
        categories=("GS-II/Polity", "AC//DC"),
        tags=("Rope & line",),
        terms={"genre": ("Verse",)},
        format="aside",
        slug="गाँठ",
        url="https://school.example/%e0%a4%97%e0%a4%be%e0%a4%81%e0%a4%a0/",
        description="Tie them",
        excerpt="In short",
        author="asha",
        image="https://school.example/knot.jpg",
        image_alt="A knot",
        comments="open",
        pings="open",
        meta={"mood": "calm"},
    )
    assert (page.kind, page.parent, page.slug) == ("page", "about", "crew")


@for_each(
    "status, state",
    [
        ("draft", ArchivedState.DRAFT),
        ("pending", ArchivedState.PENDING),
        ("private", ArchivedState.PRIVATE),
        ("future", ArchivedState.SCHEDULED),
        ("wc-completed", ArchivedState.DRAFT),
    ],
)
def test_states_of_wordpress(status: str, state: ArchivedState) -> None:
    contents, (post,) = wordpress(wxr(item(1, status=status, date="0000-00-00 00:00:00")))
    assert post.state is state
    assert (post.published is None) == (status not in ("private", "future"))
    assert contents.notes == (["private posts: 1"] if status == "private" else [])


def test_a_password_and_private_posts_are_told() -> None:
    locked = item(1).replace("<wp:post_password>", f"<wp:post_password>{cdata('open sesame')}")
    contents, (post,) = wordpress(wxr(locked))
    assert post.password == "open sesame"
    assert "sesame" not in repr(post)
    assert contents.notes == ["posts with a password, which is in their files: 1"]


def test_a_term_below_itself_ends() -> None:
    loop = TERMS.format("a", "b", "A") + TERMS.format("b", "a", "B")
    term = '<category domain="category" nicename="a">A</category>'
    assert wordpress(wxr(item(1, terms=term), channel=loop))[1][0].categories == ("B/A",)


def test_feeds_that_are_no_backup() -> None:
    with pytest.raises(ContentError, match="a feed, not the backup"):
        blogger(takeout())
    with pytest.raises(ContentError, match="not an export"):
        wordpress(b"<rss><channel><title>x</title></channel></rss>")
