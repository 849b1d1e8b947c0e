"""The public feeds and sitemaps: what tools page through, and what search engines read."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.sandbox.conftest import Api

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def feed(api: Api, path: str = "/feeds/posts/default", **query: Any) -> dict[str, Any]:
    answer = api.client.get(path, query_string={"alt": "json", **query})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json["feed"]
    return found


def titles(found: dict[str, Any]) -> list[str]:
    return [entry["title"]["$t"] for entry in found.get("entry", [])]


def counts(found: dict[str, Any]) -> list[str]:
    return [
        found[f"openSearch${name}"]["$t"] for name in ("totalResults", "startIndex", "itemsPerPage")
    ]


@pytest.fixture
def many(api: Api) -> Api:
    api.sandbox.switches.set(insert_throttle="none", daily_insert_limit="none")
    for day in range(1, 31):
        moment = f"2026-01-{day:02}T07:00:00Z"
        api.new(f"Day {day}", draft=False, published=moment, labels=["odd"] if day % 2 else [])
    return api


def test_a_page_of_the_feed(many: Api) -> None:
    first = feed(many)
    assert titles(first) == [f"Day {day}" for day in range(30, 5, -1)]
    assert counts(first) == ["30", "1", "25"]
    (following,) = [link["href"] for link in first["link"] if link["rel"] == "next"]
    assert following.endswith("/feeds/posts/default?start-index=26&max-results=25")
    last = feed(many, **{"start-index": "26"})
    assert titles(last) == [f"Day {day}" for day in range(5, 0, -1)]
    assert all(link["rel"] != "next" for link in last["link"])
    assert titles(feed(many, **{"start-index": "31"})) == []
    assert titles(feed(many, **{"max-results": "2", "start-index": "3"})) == ["Day 28", "Day 27"]


def test_no_page_has_more_than_a_hundred(api: Api) -> None:
    api.sandbox.switches.set(insert_throttle="none", daily_insert_limit="none")
    for number in range(101):
        api.new(f"Post {number}", draft=False)
    found = feed(api, **{"max-results": "500"})
    assert len(titles(found)) == 100
    assert counts(found) == ["101", "1", "500"]


def test_a_page_of_whole_posts_ends_by_size_too(api: Api) -> None:
    for number in range(4):
        api.new(f"Post {number}", draft=False, content="x" * 400_000)
    assert len(titles(feed(api))) == 2
    assert len(titles(feed(api, "/feeds/posts/summary"))) == 4


def test_an_editor_asks_for_all_labels(many: Api) -> None:
    found = feed(many, "/feeds/posts/summary", **{"max-results": "0"})
    assert (titles(found), found["category"]) == ([], [{"term": "odd"}])


def test_the_posts_of_a_label(many: Api) -> None:
    assert titles(feed(many, "/feeds/posts/default/-/odd", **{"max-results": "2"})) == [
        "Day 29",
        "Day 27",
    ]
    assert titles(feed(many, "/feeds/posts/default/-/none")) == []


def test_filters_and_orders(many: Api) -> None:
    since = {"published-min": "2026-01-29T00:00:00Z"}
    assert titles(feed(many, **since)) == ["Day 30", "Day 29"]
    assert titles(feed(many, **{"published-max": "2026-01-01T12:00:00Z"})) == ["Day 1"]
    assert titles(feed(many, q="day 17")) == ["Day 17"]
    first = feed(many, **{"start-index": "30"})["entry"][0]["id"]["$t"].rpartition("-")[2]
    many.sandbox.clock.advance(hours=1)
    many.call("PATCH", f"/posts/{first}", {"title": "Day one"})
    assert titles(feed(many, orderby="updated"))[0] == "Day one"


def test_an_entry_has_what_tools_read(api: Api) -> None:
    made = api.new("A & <b>", draft=False, content="<p>x &amp; y</p>", labels=["l"])
    (entry,) = feed(api)["entry"]
    assert entry["id"]["$t"] == f"tag:blogger.com,1999:blog-{api.sandbox.blog.id}.post-{made['id']}"
    assert entry["title"] == {"type": "text", "$t": "A & <b>"}
    assert entry["content"] == {"type": "html", "$t": "<p>x &amp; y</p>"}
    assert entry["category"] == [{"scheme": "http://www.blogger.com/atom/ns#", "term": "l"}]
    assert entry["published"] == {"$t": "2026-11-23T12:00:00.000+05:30"}
    assert {link["rel"] for link in entry["link"]} == {"edit", "self", "alternate"}
    (alone,) = [link["href"] for link in entry["link"] if link["rel"] == "self"]
    assert api.client.get(alone, query_string={"alt": "json"}).json["entry"]["id"] == entry["id"]
    summary = feed(api, "/feeds/posts/summary")["entry"][0]
    assert (summary["summary"]["$t"], "content" in summary) == ("x & y", False)


def test_only_what_is_live_is_there(api: Api) -> None:
    draft = api.new("Draft one")
    assert titles(feed(api)) == []
    assert api.client.get(f"/feeds/posts/default/{draft['id']}").status_code == 404


def test_pages_have_a_feed_of_their_own(api: Api) -> None:
    page = api.new("About us", kind="pages", draft=False)
    assert titles(feed(api, "/feeds/pages/default")) == ["About us"]
    assert titles(feed(api)) == []
    assert api.client.get(f"/feeds/pages/default/{page['id']}").status_code == 200
    assert api.client.get(f"/feeds/posts/default/{page['id']}").status_code == 404


def test_a_callback_gets_the_feed(api: Api) -> None:
    script = {"alt": "json-in-script", "callback": "show.posts"}
    answer = api.client.get("/feeds/posts/default", query_string=script)
    assert answer.mimetype == "text/javascript"
    call, _, rest = answer.text.partition("\n")[2].partition("(")
    assert (call, json.loads(rest.removesuffix(");"))["version"]) == ("show.posts", "1.0")
    hostile = {"alt": "json-in-script", "callback": "alert(1)//"}
    assert api.client.get("/feeds/posts/default", query_string=hostile).status_code == 400


def test_rss(api: Api) -> None:
    api.new("A & <b>", draft=False, content="<p>x\x0b</p>", labels=["l"])
    answer = api.client.get("/rss.xml", follow_redirects=True)
    assert answer.mimetype == "application/rss+xml"
    (item,) = ElementTree.fromstring(answer.data).iter("item")
    assert item.findtext("title") == "A & <b>"
    assert item.findtext("description") == "<p>x</p>"
    assert item.findtext("pubDate") == "Mon, 23 Nov 2026 12:00:00 +0530"
    assert item.findtext("category") == "l"


def test_the_short_names_lead_to_the_feeds(api: Api) -> None:
    assert api.client.get("/atom.xml").location.endswith("/feeds/posts/default")
    assert api.client.get("/rss.xml").location.endswith("/feeds/posts/default?alt=rss")


def test_the_sitemap_lists_live_posts(api: Api) -> None:
    made = api.new("One", draft=False)
    api.new("Draft one")
    root = ElementTree.fromstring(api.client.get("/sitemap.xml").data)
    assert [url.text for url in root.iter(f"{SITEMAP}loc")] == [made["url"]]
    assert [url.text for url in root.iter(f"{SITEMAP}lastmod")] == ["2026-11-23T06:30:00Z"]
    page = api.new("About us", kind="pages", draft=False)
    root = ElementTree.fromstring(api.client.get("/sitemap-pages.xml").data)
    assert [url.text for url in root.iter(f"{SITEMAP}loc")] == [page["url"]]


def test_many_posts_have_an_index_of_sitemaps(api: Api) -> None:
    api.sandbox.switches.set(insert_throttle="none", daily_insert_limit="none")
    for number in range(151):
        api.new(f"Post {number}", draft=False)
    root = ElementTree.fromstring(api.client.get("/sitemap.xml").data)
    places = [place.text or "" for place in root.iter(f"{SITEMAP}loc")]
    sizes = [
        len([*ElementTree.fromstring(api.client.get(place).data).iter(f"{SITEMAP}url")])
        for place in places
    ]
    assert sizes == [150, 1]
