"""What an archive of ours holds, read by a program that is not ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from blogkit.archive.blogger_writer import AtomWriter
from blogkit.archive.markup import Markup
from blogkit.archive.post import ArchivedBlog, ArchivedPost, ArchivedState
from blogkit.archive.spool import PostSpool
from blogkit.archive.wxr_writer import WxrWriter
from blogkit.html.inline_html import inline_html
from blogkit.project.moving.report import noted
from tests.archive.odd_posts import BLOG, NOW, POSTS
from tests.cases import for_each

ZONE = ZoneInfo("Asia/Kolkata")
SPACES = {
    "wp": "http://wordpress.org/export/1.2/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "atom": "http://www.w3.org/2005/Atom",
    "blogger": "http://schemas.google.com/blogger/2018",
}


def wxr(posts: Iterable[ArchivedPost], blog: ArchivedBlog = BLOG) -> tuple[bytes, WxrWriter]:
    writer = WxrWriter(blog, ZONE, NOW)
    with PostSpool(posts) as spool:
        return b"".join(writer.chunks(spool)), writer


def atom(posts: Iterable[ArchivedPost], blog: ArchivedBlog = BLOG) -> tuple[bytes, AtomWriter]:
    writer = AtomWriter(blog, ZONE, NOW)
    return b"".join(writer.chunks(posts)), writer


def value(element: ElementTree.Element, name: str) -> str:
    return element.findtext(name, "", SPACES)


def test_wxr_holds_every_character_and_value() -> None:
    data, _ = wxr(POSTS)
    channel = ElementTree.fromstring(data).find("channel")
    assert channel is not None
    assert value(channel, "title") == "Harbour & <Co>"
    assert [value(one, "wp:author_login") for one in channel.iterfind("wp:author", SPACES)] == [
        "asha",
        "ravi",
    ]
    items = channel.findall("item")
    assert [value(one, "wp:post_type") for one in items] == [
        *["post"] * 5,
        *["page"] * 2,
        "attachment",
    ]
    for item, post in zip(items, POSTS, strict=False):
        assert value(item, "title") == inline_html(post.title)
        assert value(item, "content:encoded") == post.body
        assert value(item, "excerpt:encoded") == inline_html(post.excerpt)
        assert value(item, "wp:post_name") == post.slug
        assert value(item, "wp:post_password") == post.password
        assert value(item, "dc:creator") == post.author
        assert value(item, "wp:menu_order") == str(post.order)
    first = items[0]
    assert [
        value(first, f"wp:{name}")
        for name in ("post_date", "post_date_gmt", "status", "comment_status", "is_sticky")
    ] == ["2024-03-05 10:00:15", "2024-03-05 04:30:15", "publish", "closed", "1"]
    assert value(items[1], "wp:post_date_gmt") == "0000-00-00 00:00:00"
    assert [value(one, "wp:status") for one in items[2:5]] == ["future", "private", "pending"]
    assert [(one.get("domain"), one.text) for one in items[4].iterfind("category")] == [
        ("post_tag", "One"),
        ("post_tag", "Two"),
    ]


def test_wxr_numbers_what_points_at_each_other() -> None:
    data, _ = wxr(POSTS)
    items = ElementTree.fromstring(data).findall("channel/item")
    numbers = [value(one, "wp:post_id") for one in items]
    assert numbers == ["41", "42", "43", "44", "45", "46", "47", "48"]
    assert value(items[5], "wp:post_parent") == numbers[6], "the page above comes later"
    fields = [
        {
            value(one, "wp:meta_key"): value(one, "wp:meta_value")
            for one in item.iterfind("wp:postmeta", SPACES)
        }
        for item in items
    ]
    assert fields[0] == {
        "_thumbnail_id": numbers[7],
        "_yoast_wpseo_metadesc": 'For "engines" & people',
        "_yoast_wpseo_title": "Tides – the title",
        "rating": "5",
        "html": "<b>&</b> ]]>",
    }
    assert fields[5] == {"_thumbnail_id": numbers[7], "_wp_page_template": "wide.php"}
    assert value(items[7], "wp:attachment_url") == POSTS[0].image
    assert fields[7] == {"_wp_attachment_image_alt": 'The "moon"'}


def test_wxr_has_each_term_below_the_one_above() -> None:
    data, _ = wxr(POSTS)
    channel = ElementTree.fromstring(data).find("channel")
    assert channel is not None
    terms = [
        (
            value(one, "wp:cat_name"),
            value(one, "wp:category_nicename"),
            value(one, "wp:category_parent"),
        )
        for one in channel.iterfind("wp:category", SPACES)
    ]
    assert terms == [
        ("GS-III", "gs-iii", ""),
        ("Polity", "polity", "gs-iii"),
        ("GS-II", "gs-ii", ""),
        ("Polity", "polity-gs-ii", "gs-ii"),
        ("AC/DC", "ac-dc", ""),
        ("Übung", "übung", ""),
    ]
    given = [
        (one.get("domain"), one.get("nicename")) for one in channel.iterfind("item[1]/category")
    ]
    assert given == [
        ("category", "polity"),
        ("category", "polity-gs-ii"),
        ("category", "ac-dc"),
        ("category", "übung"),
        ("post_tag", "ज्वार"),
        ("post_tag", "rain-sea"),
        ("post_tag", "a-b"),
        ("post_tag", "r-d-x"),
        ("genre", "crime"),
        ("post_format", "post-format-aside"),
    ]


def test_posts_of_blogger_get_numbers_that_wordpress_can_have() -> None:
    posts = [replace(POSTS[0], id="4242424242424242424"), replace(POSTS[1], id="7")]
    data, _ = wxr(posts, ArchivedBlog("blogger", url="https://a.example"))
    items = ElementTree.fromstring(data).findall("channel/item")
    assert [value(one, "wp:post_id") for one in items] == ["1", "2", "3"]


def test_blogger_gets_permalink_and_description_and_shows_nothing_secret() -> None:
    data, writer = atom(POSTS)
    entries = ElementTree.fromstring(data).findall("atom:entry", SPACES)
    for entry, post in zip(entries, POSTS, strict=True):
        assert value(entry, "atom:title") == post.title
        assert value(entry, "atom:content") == post.body
    assert [value(one, "blogger:status") for one in entries] == [
        "LIVE",
        *["DRAFT"] * 4,
        "LIVE",
        "LIVE",
    ]
    assert [value(one, "blogger:type") for one in entries] == [*["POST"] * 5, "PAGE", "PAGE"]
    assert [value(one, "blogger:filename") for one in entries] == [
        "/2024/03/tides.html",
        "",
        "",
        "/2020/01/members.html",
        "/2026/11/waiting.html",
        "/p/team.html",
        "/p/about.html",
    ]
    assert value(entries[0], "blogger:metaDescription") == 'For "engines" & people'
    assert [one.get("term") for one in entries[0].iterfind("atom:category", SPACES)] == [
        "Polity",
        "AC/DC",
        "Übung",
        "ज्वार",
        "rain, sea",
        "A/B",
        "R&D <x>",
    ]
    place = entries[2].find("blogger:location", SPACES)
    assert place is not None
    assert [one.text for one in place] == ["Varanasi", "25.3", "83.0"]
    assert writer.notes["scheduled posts are drafts: the file cannot schedule them"] == 1
    assert sum(count for words, count in writer.notes.items() if "private" in words) == 1
    assert len({value(one, "atom:id") for one in entries}) == len(entries)


def test_what_blogger_would_not_take_as_it_is_is_counted() -> None:
    plain = ArchivedPost(kind="post", title="A", body="", state=ArchivedState.LIVE, slug="a")
    posts = [
        plain,
        replace(plain, title="B"),
        replace(plain, slug="ज्वार"),
        replace(plain, slug=""),
        replace(plain, slug="b", body="x" * 1_000_000),
        replace(plain, slug="c", labels=tuple(f"L{number}" for number in range(21))),
        replace(plain, slug="d", tags=("long" * 51,)),
        replace(plain, slug="e", categories=("rain, sea",)),
    ]
    _, writer = atom(posts)
    assert noted(writer.notes) == [
        "live posts have no permalink, and Blogger makes one from the title (1)",
        "permalinks hold letters that Blogger does not take, and it makes new ones (1)",
        "posts have labels that Blogger does not take: over 20, over 200 letters, or with a comma (3)",
        "posts have more than 900 KB, which Blogger cuts off or refuses (1)",
        "posts have the permalink of another one, and Blogger makes new ones (1)",
    ]


@for_each("make", [wxr, atom], ids=["wxr", "atom"])
def test_an_export_is_the_same_each_time(make: object) -> None:
    assert callable(make)
    assert make(POSTS)[0] == make(iter(POSTS))[0]


@for_each("make", [wxr, atom], ids=["wxr", "atom"])
def test_control_characters_are_left_out_and_told(make: object) -> None:
    assert callable(make)
    odd = "a\x00b\x0b\x1fc\ufffed\ud800e\x7f\x85"
    post = ArchivedPost(kind="post", title=odd, body=f"<p>{odd}</p>", state=ArchivedState.LIVE)
    data, writer = make([post])
    assert b"abcde\x7f" in data
    ElementTree.fromstring(data)
    assert writer.notes["control characters were left out"] == 10


TEXTS = ["]]>", "]]]]>>", "\r\n\r", "]]\r>", "<![CDATA[", "a&b<c>\"'", " \t\n", "]]>]]>"]


@for_each("text", TEXTS)
def test_every_form_reads_back(text: str) -> None:
    markup = Markup()
    for form in (
        f"<a>{markup.cdata(text)}</a>",
        markup.element("a", text),
        f'<a b="{markup.attribute(text)}">{markup.text(text)}</a>',
    ):
        element = ElementTree.fromstring(form)
        assert (element.text or "", element.get("b", text)) == (text, text)


def test_a_spool_is_gone_when_reading_fails() -> None:
    def broken() -> Iterable[ArchivedPost]:
        yield POSTS[0]
        raise RuntimeError("the site is gone")

    with pytest.raises(RuntimeError):
        PostSpool(broken())
