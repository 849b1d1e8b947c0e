"""Every address of a post that a person may paste leads to it."""

from __future__ import annotations

import pytest

from blogkit.platforms.base import Ref
from blogkit.project.live.addresses import address_key, parse_address, same_address
from tests.cases import for_each

HINDI = "https://blog.example/2026/11/%e0%a4%b9%e0%a4%bf%e0%a4%a8%e0%a5%8d%e0%a4%a6%e0%a5%80/"
POST = "https://blog.example/2026/11/rain.html"


@for_each(
    "pasted",
    [
        "https://blog.example/2026/11/%E0%A4%B9%E0%A4%BF%E0%A4%A8%E0%A5%8D%E0%A4%A6%E0%A5%80/",
        "https://blog.example/2026/11/हिन्दी/",
        "https://blog.example/2026/11/हिन्दी",
        "http://www.Blog.example/2026/11/हिन्दी/?utm_source=x&utm_medium=y#comments",
        "blog.example/2026/11/हिन्दी/",
        "  https://blog.example/2026/11/हिन्दी/\n",
    ],
)
def test_a_hindi_address_in_every_spelling(pasted: str) -> None:
    assert same_address(HINDI, pasted)


@for_each(
    "pasted",
    [
        "http://blog.example/2026/11/rain.html?m=1",
        "https://www.blog.example/2026/11/rain.html?fbclid=abc&m=1",
        "https://user@blog.example/2026/11/rain.html#more",
        "blog.example/2026/11/rain.html",
    ],
)
def test_campaigns_and_the_mobile_view_make_no_difference(pasted: str) -> None:
    assert same_address(POST, pasted)


@for_each(
    "other",
    [
        "https://blog.example/2026/11/rains.html",
        "https://other.example/2026/11/rain.html",
        "https://blog.example:8080/2026/11/rain.html",
        "https://blog.example/2026/11/rain.html?p=7",
        "",
        "rain",
    ],
)
def test_other_posts_stay_other_posts(other: str) -> None:
    assert not same_address(POST, other)
    assert not same_address(other, other if "://" not in other else POST)


BOTH = (Ref("1646", "post"), Ref("1646", "page"))


@for_each(
    ("pasted", "ids"),
    [
        ("http://blog.example/?p=1646", BOTH),
        ("http://blog.example/?p=1646&preview=true", BOTH),
        ("http://blog.example/?page_id=1646", (Ref("1646", "page"),)),
        ("https://blog.example/rain/?preview_id=1646&preview_nonce=ab&preview=true", BOTH),
        ("https://blog.example/wp-admin/post.php?post=1646&action=edit", BOTH),
        ("https://blog.example/sub/wp-admin/post.php?action=edit&post=1646", BOTH),
        ("https://blog.example/wp-json/wp/v2/posts/1646", (Ref("1646", "post"),)),
        ("https://blog.example/?rest_route=/wp/v2/pages/1646", (Ref("1646", "page"),)),
        ("https://blog.example/?p=abc", ()),
        ("https://blog.example/wp-admin/post.php", ()),
        ("https://blog.example/2026/11/rain.html?utm_campaign=1646", ()),
    ],
)
def test_the_number_in_an_address_is_the_posts(pasted: str, ids: tuple[Ref, ...]) -> None:
    found = parse_address(pasted)
    assert found is not None
    assert found.ids == ids


@for_each(
    ("pasted", "ref"),
    [
        ("https://www.blogger.com/blog/post/edit/123/456", Ref("456", "post")),
        ("https://www.blogger.com/blog/page/edit/123/456?hl=hi", Ref("456", "page")),
        ("https://draft.blogger.com/blog/post/edit/preview/123/456", Ref("456", "post")),
    ],
)
def test_bloggers_editor_names_blog_and_post(pasted: str, ref: Ref) -> None:
    found = parse_address(pasted)
    assert found is not None
    assert (found.blog_id, found.ids) == ("123", (ref,))


@for_each(
    ("pasted", "host", "ref"),
    [
        ("https://wordpress.com/post/talks.example/456", "talks.example", Ref("456", "post")),
        (
            "https://wordpress.com/page/Talks.wordpress.com/456?from=home",
            "talks.wordpress.com",
            Ref("456", "page"),
        ),
        ("https://wordpress.com/post/78618526/456", "78618526", Ref("456", "post")),
    ],
)
def test_the_editor_of_wordpress_com_names_blog_and_post(pasted: str, host: str, ref: Ref) -> None:
    found = parse_address(pasted)
    assert found is not None
    assert (found.host, found.ids) == (host, (ref,))


@for_each("country", ["in", "co.uk", "com.au", "de", "com"])
def test_the_domain_of_a_readers_country_is_the_blogs(country: str) -> None:
    pasted = f"http://www.talks.blogspot.{country}/2026/11/rain.html?m=1"
    assert same_address("https://talks.blogspot.com/2026/11/rain.html", pasted)


@pytest.mark.parametrize("host", ["blogspot.in", "talks.blogspot.example", "blogspot.in.example"])
def test_other_hosts_are_not_blogspots(host: str) -> None:
    assert not same_address("https://talks.blogspot.com/a", f"https://{host}/a")


def test_a_name_in_another_script_is_the_name_that_is_sent() -> None:
    assert same_address("https://हिन्दी.example/a", "https://xn--j2bd4cyah0f.example/a")


@pytest.mark.parametrize(
    "text",
    ["", "rain", "posts/rain.md", "mailto:a@b.example", "https://", "http://[::1", "a b.c/d"],
)
def test_other_texts_are_no_addresses(text: str) -> None:
    assert parse_address(text) is None


def test_an_address_without_a_path_names_its_post_by_the_query() -> None:
    book = "https://a.example/?book=tea&utm_source=x"
    assert same_address(book, "http://www.a.example/?book=tea")
    assert not same_address(book, "https://a.example/?book=coffee")
    assert not same_address(book, "https://a.example/")
    assert address_key(book) != address_key("https://a.example/?book=coffee")
    found = parse_address("https://a.example/?post_type=book&p=7&preview=true")
    assert found is not None
    assert found.ids == (Ref("book-7"),)
