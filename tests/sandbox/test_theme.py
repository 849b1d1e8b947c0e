"""The published blog: what a reader sees, and what nobody but its author may."""

from __future__ import annotations

from xml.etree import ElementTree

from bs4 import BeautifulSoup
from bs4.element import Tag

from tests.sandbox.conftest import Api


def page(api: Api, path: str) -> Tag:
    answer = api.client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def test_an_empty_blog_says_so(api: Api) -> None:
    assert "Nothing is published yet" in page(api, "/").get_text()


def test_only_live_posts_show_newest_first(api: Api) -> None:
    api.new("Draft one")
    scheduled = api.new("Scheduled one")
    api.post(f"/posts/{scheduled['id']}/publish", publishDate="2026-12-01T07:00:00+05:30")
    api.new("Older", draft=False, published="2026-01-01T00:00:00Z")
    api.new("Newer", draft=False, published="2026-02-01T00:00:00Z")
    assert [h.get_text() for h in page(api, "/").select("h2")] == ["Newer", "Older"]
    feed = api.client.get("/feeds/posts/default")
    assert "Draft one" not in feed.text
    assert "Scheduled one" not in feed.text


def test_a_post_stands_at_its_permalink_as_it_was_written(api: Api) -> None:
    body = '<p>Hello <b>there</b></p><script>window.x = 1</script><section data-x="1">z</section>'
    made = api.new("A <post> & more", draft=False, content=body, labels=["GS-II", "a/b"])
    answer = api.client.get(made["url"])
    assert body in answer.text
    shown = BeautifulSoup(answer.text, "html.parser")
    heading = shown.select_one("h1")
    assert heading is not None
    assert heading.get_text() == "A <post> & more"
    assert [a["href"] for a in shown.select("a[rel=tag]")] == [
        "/search/label/GS-II",
        "/search/label/a/b",
    ]
    assert shown.select_one("meta[name=viewport]") is not None


def test_labels_have_pages(api: Api) -> None:
    api.new("One", draft=False, labels=["x y", "a/b"])
    api.new("Two", draft=False, labels=["z"])
    assert [h.get_text() for h in page(api, "/search/label/x%20y").select("h2")] == ["One"]
    assert [h.get_text() for h in page(api, "/search/label/a/b").select("h2")] == ["One"]
    assert api.client.get("/search/label/none").status_code == 404


def test_pages_are_linked_from_everywhere(api: Api) -> None:
    api.new("About us", kind="pages", draft=False, content="<p>Who</p>")
    api.new("Hidden", kind="pages")
    links = page(api, "/").select("nav a")
    assert [(a.get_text(), a["href"]) for a in links] == [("About us", "/p/about-us.html")]
    assert "Who" in page(api, "/p/about-us.html").get_text()


def test_the_listing_stops_at_the_jump_break_or_after_some_words(api: Api) -> None:
    api.new("Jump", draft=False, content="<p>before</p><!--more--><p>after</p>")
    api.new("Long", draft=False, content="<style>b{}</style>" + "word " * 60 + "last")
    text = page(api, "/").get_text()
    assert "before" in text
    for hidden in ("after", "last", "b{}"):
        assert hidden not in text
    assert text.count("Read on") == 2


def test_the_words_of_a_widget_are_not_in_the_listing(api: Api) -> None:
    hero = '<div class="bk-hero"><div><p>🔗 Explainer</p></div><img src="a.png"><p>Deck</p></div>'
    button = '<p class="x bk-quiz-button"><a href="#">Take the quiz</a></p>'
    text = "<p>A river &amp; <b>its</b> sea.</p>"
    api.new("Widgets", draft=False, content=f"{hero}{text}{button}<p>The end.</p>")
    api.new("Long", draft=False, content="word " * 60)
    teasers = [teaser.get_text() for teaser in page(api, "/").select(".teaser")]
    assert "A river & its sea. The end." in teasers
    assert any(teaser.endswith("word word…") for teaser in teasers)


def test_older_posts_are_a_click_away(api: Api) -> None:
    for n in range(9):
        api.new(f"{n}", draft=False)
    first = page(api, "/")
    (older,) = first.select("a[rel=next]")
    second = page(api, f"/{older['href']}")
    titles = [h.get_text() for h in first.select("h2") + second.select("h2")]
    assert sorted(titles) == [str(n) for n in range(9)]
    assert not second.select("a[rel=next]")
    assert api.client.get("/?page=3").status_code == 404


def test_what_was_reverted_or_deleted_is_gone(api: Api) -> None:
    first, second = api.new("First", draft=False), api.new("Second", draft=False)
    api.post(f"/posts/{first['id']}/revert")
    api.call("DELETE", f"/posts/{second['id']}")
    for made in (first, second):
        answer = api.client.get(made["url"])
        assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "Nothing is published yet" in page(api, "/").get_text()


def test_an_address_that_is_none_of_the_blogs_is_a_page_that_says_so(api: Api) -> None:
    """Every browser asks for /favicon.ico."""
    answer = api.client.get("/favicon.ico")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


def test_the_feed_is_atom_with_whole_posts(api: Api) -> None:
    api.new("A & <b>", draft=False, content="<p>x &amp; y</p>", labels=["l"])
    root = ElementTree.fromstring(api.client.get("/feeds/posts/default").data)
    atom = "{http://www.w3.org/2005/Atom}"
    (entry,) = root.findall(f"{atom}entry")
    assert entry.findtext(f"{atom}title") == "A & <b>"
    assert entry.findtext(f"{atom}content") == "<p>x &amp; y</p>"
    assert entry.findtext(f"{atom}published") == "2026-11-23T12:00:00.000+05:30"
