"""Pages: posts without labels, dates and schedules."""

from __future__ import annotations

from tests.sandbox.conftest import Api, reason


def test_a_page_lives_under_p(api: Api) -> None:
    made = api.new("About the blog", kind="pages")
    assert (made["kind"], made["status"], made["url"]) == (
        "blogger#page",
        "DRAFT",
        "http://localhost/",
    )
    live = api.post(f"/pages/{made['id']}/publish").get_json()
    assert (live["status"], live["url"]) == ("LIVE", "http://localhost/p/about-blog.html")
    assert api.new("About the blog", kind="pages", draft=False)["url"].startswith(
        "http://localhost/p/about-blog_"
    )


def test_a_page_has_no_labels_comments_or_schedule(api: Api) -> None:
    assert api.post("/pages", {"title": "x", "labels": ["a"]}).status_code == 400
    made = api.new("x", kind="pages", published="2030-01-01T00:00:00Z")
    assert not {"labels", "readerComments", "replies"} & set(made)
    live = api.post(f"/pages/{made['id']}/publish", publishDate="2030-01-01T00:00:00Z").get_json()
    assert live["status"] == "LIVE"


def test_pages_and_posts_do_not_mix(api: Api) -> None:
    page, post = api.new("page", kind="pages", draft=False), api.new("post", draft=False)
    assert reason(api.get(f"/posts/{page['id']}")) == (404, "notFound")
    assert reason(api.call("DELETE", f"/pages/{post['id']}")) == (404, "notFound")
    assert [item["id"] for item in api.get("/pages").get_json()["items"]] == [page["id"]]


def test_listed_pages_have_bodies_on_request_only(api: Api) -> None:
    api.new("x", kind="pages", draft=False, content="c")
    assert "content" not in api.get("/pages").get_json()["items"][0]
    assert api.get("/pages", fetchBodies="true").get_json()["items"][0]["content"] == "c"


def test_a_page_is_changed_reverted_and_deleted(api: Api) -> None:
    made = api.new("x", kind="pages", draft=False)
    assert (
        api.call("PATCH", f"/pages/{made['id']}", {"content": "new"}).get_json()["content"] == "new"
    )
    assert api.call("PUT", f"/pages/{made['id']}", {"title": "y"}).get_json()["content"] == ""
    assert api.post(f"/pages/{made['id']}/revert").get_json()["status"] == "DRAFT"
    assert reason(api.get(f"/pages/{made['id']}")) == (404, "notFound")
    assert api.call("DELETE", f"/pages/{made['id']}").status_code == 204
    assert reason(api.get(f"/pages/{made['id']}", view="ADMIN")) == (404, "notFound")


def test_pages_do_not_count_as_new_posts(api: Api) -> None:
    for n in range(60):
        api.new(f"{n}", kind="pages")
