"""The blogs of an account, and addresses as people write them."""

from __future__ import annotations

from blogkit.platforms.blogger.blogs import AccountBlog, blog_at, read_blogs
from tests.cases import for_each

MINE = AccountBlog("1", "Exam notes", "http://exam-notes.blogspot.com/")
OWN = AccountBlog("2", "News", "https://www.news.example/")


@for_each(
    ("url", "blog"),
    [
        ("https://exam-notes.blogspot.com", MINE),
        ("https://exam-notes.blogspot.in/", MINE),
        ("http://www.exam-notes.blogspot.co.uk/2026/01/x.html", MINE),
        ("EXAM-NOTES.blogspot.com", MINE),
        ("https://news.example", OWN),
        ("https://other.blogspot.com", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_an_address_leads_to_the_blog(url: str, blog: AccountBlog | None) -> None:
    assert blog_at([MINE, OWN], url) == blog


@for_each(
    ("items", "ids"),
    [
        ([{"id": "1", "name": "A", "url": "https://a.example/"}], ["1"]),
        ([{"id": "1", "url": "https://a.example/", "name": None}], ["1"]),
        ([{"id": "1"}, {"url": "https://a.example/"}, None, 3, {"id": "4", "url": 5}], []),
        (None, []),
        ({"id": "1"}, []),
    ],
)
def test_a_damaged_item_is_left_out(items: object, ids: list[str]) -> None:
    assert [blog.id for blog in read_blogs({"items": items})] == ids
    assert read_blogs({}) == []
