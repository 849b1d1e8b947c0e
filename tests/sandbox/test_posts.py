"""Posts over raw HTTP: what Google's client would not send, and what it cannot see."""

from __future__ import annotations

import pytest

from tests.sandbox.conftest import BEARER, Api, reason


def test_an_insert_publishes_unless_it_is_a_draft(api: Api) -> None:
    assert api.new(draft=False)["status"] == "LIVE"
    assert api.post("/posts", {"title": "x"}).get_json()["status"] == "LIVE"
    assert api.new(draft=True)["status"] == "DRAFT"


def test_ids_are_nineteen_digits_and_the_same_in_every_run(api: Api) -> None:
    ids = [api.new(f"{n}")["id"] for n in range(19)]
    assert all(len(i) == 19 and i.isdecimal() for i in ids)
    assert len(set(ids)) == 19
    assert ids[0] == "8046029254386353133"


def test_a_draft_is_404_without_an_authors_view_and_shows_the_blogs_address(api: Api) -> None:
    made = api.new()
    assert reason(api.get(f"/posts/{made['id']}")) == (404, "notFound")
    assert reason(api.get(f"/posts/{made['id']}", view="READER")) == (404, "notFound")
    for view in ("AUTHOR", "ADMIN", "author"):
        seen = api.get(f"/posts/{made['id']}", view=view).get_json()
        assert (seen["status"], seen["url"]) == ("DRAFT", "http://localhost/")


def test_a_live_post_is_read_without_status_and_written_with_it(api: Api) -> None:
    made = api.new(draft=False)
    for view in ({}, {"view": "AUTHOR"}, {"view": "ADMIN"}):
        assert "status" not in api.get(f"/posts/{made['id']}", **view).get_json()
    assert "status" not in api.get("/posts").get_json()["items"][0]
    assert api.call("PATCH", f"/posts/{made['id']}", {"title": "x"}).get_json()["status"] == "LIVE"


def test_state_changes_through_publish_and_revert_only(api: Api) -> None:
    made = api.new()
    for verb in ("PATCH", "PUT"):
        body = {"title": "New", "status": "LIVE"}
        changed = api.call(verb, f"/posts/{made['id']}", body, isDraft="false").get_json()
        assert (changed["title"], changed["status"]) == ("New", "DRAFT")
    assert api.post(f"/posts/{made['id']}/publish").get_json()["status"] == "LIVE"
    changed = api.call(
        "PATCH", f"/posts/{made['id']}", {"status": "DRAFT"}, isDraft="true"
    ).get_json()
    assert changed["status"] == "LIVE"
    assert api.post(f"/posts/{made['id']}/revert").get_json()["status"] == "DRAFT"


def test_the_permalink_is_minted_once_from_the_title_and_frozen(api: Api) -> None:
    made = api.new("The cost of a talk in the Miami", published="2026-10-31T23:30:00+00:00")
    live = api.post(f"/posts/{made['id']}/publish").get_json()
    # 23:30 UTC is the next month in the blog's zone.
    assert live["url"] == "http://localhost/2026/11/the-cost-of-talk-in-miami.html"
    assert (
        api.call("PATCH", f"/posts/{made['id']}", {"title": "Other"}).get_json()["url"]
        == live["url"]
    )


def test_permalinks_do_not_collide_and_a_title_without_ascii_is_a_blog_post(api: Api) -> None:
    urls = [api.new("भारत", draft=False)["url"] for _ in range(2)]
    assert urls[0] == "http://localhost/2026/11/blog-post.html"
    assert urls[1].startswith("http://localhost/2026/11/blog-post_")
    assert urls[1] != urls[0]


def test_times_are_in_the_blogs_zone_and_taken_with_any_offset(api: Api) -> None:
    made = api.new(published="2026-12-01T01:30:00.750Z")
    assert made["published"] == "2026-12-01T07:00:00+05:30"
    for bad in (
        "2026-12-01",
        "2026-12-01T07:00:00",
        "2026-12-01T07:00:00 05:30",
        "2026-13-01T07:00:00Z",
        "soon",
    ):
        assert reason(api.post("/posts", {"title": "x", "published": bad})) == (400, "invalid")
        assert reason(api.post(f"/posts/{made['id']}/publish", publishDate=bad)) == (400, "invalid")


def test_a_future_publish_date_schedules_and_the_clock_publishes(api: Api) -> None:
    made = api.new("Later")
    scheduled = api.post(
        f"/posts/{made['id']}/publish", publishDate="2026-11-23T14:00:00+05:30"
    ).get_json()
    assert (scheduled["status"], scheduled["published"]) == (
        "SCHEDULED",
        "2026-11-23T14:00:00+05:30",
    )
    assert reason(api.get(f"/posts/{made['id']}")) == (404, "notFound")
    assert api.client.get("/2026/11/later.html").status_code == 404
    api.sandbox.clock.advance(hours=1, minutes=59, seconds=59)
    assert api.seen(made["id"])["status"] == "SCHEDULED"
    api.sandbox.clock.advance(seconds=1)
    live = api.get(f"/posts/{made['id']}").get_json()
    assert live["url"] == "http://localhost/2026/11/later.html"
    assert api.client.get("/2026/11/later.html").status_code == 200


def test_a_past_publish_date_backdates(api: Api) -> None:
    made = api.new("Earlier")
    live = api.post(
        f"/posts/{made['id']}/publish", publishDate="2025-02-01T09:00:00+05:30"
    ).get_json()
    assert (live["status"], live["published"]) == ("LIVE", "2025-02-01T09:00:00+05:30")
    assert live["url"].endswith("/2025/02/earlier.html")


def test_a_scheduled_post_can_be_moved_and_taken_back(api: Api) -> None:
    api.sandbox.switches.set(publish_scheduled_again="moves")
    made = api.new()
    api.post(f"/posts/{made['id']}/publish", publishDate="2026-12-01T07:00:00+05:30")
    moved = api.post(
        f"/posts/{made['id']}/publish", publishDate="2026-12-02T07:00:00+05:30"
    ).get_json()
    assert (moved["status"], moved["published"]) == ("SCHEDULED", "2026-12-02T07:00:00+05:30")
    assert api.post(f"/posts/{made['id']}/revert").get_json()["status"] == "DRAFT"
    # "either published at a previously saved schedule date (if present), or the current time"
    assert api.post(f"/posts/{made['id']}/publish").get_json()["status"] == "SCHEDULED"


def test_patch_changes_what_is_sent_and_replaces_arrays_whole(api: Api) -> None:
    made = api.new(
        "T", content="<p>c</p>", labels=["a", "b"], readerComments="DONT_ALLOW_HIDE_EXISTING"
    )
    changed = api.call("PATCH", f"/posts/{made['id']}", {"labels": ["c"]}).get_json()
    assert changed["labels"] == ["c"]
    assert (changed["title"], changed["content"]) == ("T", "<p>c</p>")
    assert changed["readerComments"] == "DONT_ALLOW_HIDE_EXISTING"
    assert changed["etag"] != made["etag"]
    assert "labels" not in api.call("PATCH", f"/posts/{made['id']}", {"labels": []}).get_json()


def test_put_clears_what_is_left_out_but_not_the_date(api: Api) -> None:
    made = api.new(
        "T", content="c", published="2026-12-01T07:00:00+05:30", location={"name": "Miami"}
    )
    changed = api.call("PUT", f"/posts/{made['id']}", {"title": "U"}).get_json()
    assert (changed["title"], changed["content"], changed["published"]) == (
        "U",
        "",
        made["published"],
    )
    assert "location" not in changed


@pytest.mark.parametrize(
    "labels",
    [[f"l{n}" for n in range(21)], ["x" * 201], ["x" * 100, "y" * 101], ["a, b"]],
    ids=["21 labels", "201 characters", "201 in two labels", "comma"],
)
def test_too_many_labels_are_refused_without_saying_which_limit(
    api: Api, labels: list[str]
) -> None:
    answer = api.post("/posts", {"title": "x", "labels": labels})
    assert (
        answer.get_json()["error"]["message"]
        == "We're sorry, but the value for field labels was not valid."
    )
    assert reason(answer) == (400, "invalid")
    assert "items" not in api.get("/posts").get_json()


def test_labels_at_the_limits_are_taken(api: Api) -> None:
    assert len(api.new(labels=[f"l{n}" for n in range(20)])["labels"]) == 20
    assert api.new(labels=["x" * 99, "y" * 99])["labels"] == ["x" * 99, "y" * 99]
    assert api.new(labels=[" a ", "", "a", "A"])["labels"] == ["a", "A"]


def test_a_list_has_ten_live_posts_and_nothing_at_all_when_empty(api: Api) -> None:
    empty = api.get("/posts").get_json()
    assert (empty["kind"], "items" in empty, "nextPageToken" in empty) == (
        "blogger#postList",
        False,
        False,
    )
    api.new("a draft")
    for n in range(11):
        api.new(f"{n}", draft=False)
    first = api.get("/posts").get_json()
    assert len(first["items"]) == 10
    rest = api.get("/posts", pageToken=first["nextPageToken"]).get_json()
    assert len(rest["items"]) == 1
    assert "nextPageToken" not in rest
    assert {i["title"] for i in first["items"] + rest["items"]} == {str(n) for n in range(11)}
    assert reason(api.get("/posts", pageToken="nonsense")) == (400, "invalid")


def test_a_page_of_more_than_500_is_refused_in_googles_words(api: Api) -> None:
    assert api.get("/posts", maxResults=500).status_code == 200
    answer = api.get("/posts", maxResults=501)
    message = (
        "We're sorry, but the value for field max_results is larger than the maximum allowed page"
        " size of 500."
    )
    assert answer.get_json()["error"]["message"] == message


def test_lists_filter_by_status_label_and_date(api: Api) -> None:
    api.new("draft", labels=["x"])
    api.new("one", draft=False, labels=["x", "y"], published="2026-01-05T00:00:00Z")
    api.new("two", draft=False, labels=["x"], published="2026-03-05T00:00:00Z")

    def titles(**query: object) -> list[str]:
        return [item["title"] for item in api.get("/posts", **query).get_json().get("items", [])]

    assert titles() == ["two", "one"]
    assert titles(status="DRAFT") == ["draft"]
    assert titles(status=["LIVE", "DRAFT"], view="ADMIN") == ["draft", "two", "one"]
    assert titles(labels="x,y") == ["one"]
    assert titles(labels="X") == []
    assert titles(startDate="2026-02-01T00:00:00Z") == ["two"]
    assert titles(endDate="2026-02-01T00:00:00Z") == ["one"]
    assert titles(sortOption="ASCENDING") == ["two", "one"]


def test_list_bodies_come_unless_switched_off(api: Api) -> None:
    api.new(draft=False, content="<p>c</p>")
    assert api.get("/posts").get_json()["items"][0]["content"] == "<p>c</p>"
    assert "content" not in api.get("/posts", fetchBodies="false").get_json()["items"][0]


def test_images_are_listed_on_request(api: Api) -> None:
    made = api.new(content='<p><img alt="" src="https://e.x/?a=1&amp;b=2"></p>')
    assert "images" not in made
    seen = api.get(f"/posts/{made['id']}", view="AUTHOR", fetchImages="true").get_json()
    assert seen["images"] == [{"url": "https://e.x/?a=1&b=2"}]


def test_search_finds_live_posts_and_cannot_be_paged(api: Api) -> None:
    api.new("needle in a draft")
    for n in range(12):
        api.new(f"Needle {n}", draft=False)
    first = api.get("/posts/search", q="needle").get_json()
    again = api.get("/posts/search", q="needle", pageToken=first["nextPageToken"]).get_json()
    assert len(first["items"]) == 10
    assert again["items"] == first["items"]
    assert reason(api.get("/posts/search")) == (400, "required")


def test_a_post_is_found_by_path_when_live(api: Api) -> None:
    made = api.new("Findable", draft=False)
    assert api.get("/posts/bypath", path="/2026/11/findable.html").get_json()["id"] == made["id"]
    assert reason(api.get("/posts/bypath", path="2026/11/findable.html")) == (404, "notFound")
    api.post(f"/posts/{made['id']}/revert")
    assert reason(api.get("/posts/bypath", path="/2026/11/findable.html")) == (404, "notFound")


def test_delete_is_for_good(api: Api) -> None:
    made = api.new(draft=False)
    answer = api.call("DELETE", f"/posts/{made['id']}")
    assert (answer.status_code, answer.data) == (204, b"")
    for verb, path in (
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/publish"),
        ("POST", "/revert"),
        ("PATCH", ""),
    ):
        assert reason(
            api.call(verb, f"/posts/{made['id']}{path}", {} if verb == "PATCH" else None)
        ) == (404, "notFound")


def test_trash_is_seen_in_an_administrators_list_only(api: Api) -> None:
    made = api.new(draft=False)
    assert api.call("DELETE", f"/posts/{made['id']}", useTrash="true").status_code == 204
    assert reason(api.get(f"/posts/{made['id']}", view="ADMIN")) == (404, "notFound")
    assert reason(api.post(f"/posts/{made['id']}/publish")) == (404, "notFound")
    assert "items" not in api.get("/posts", status="SOFT_TRASHED", view="AUTHOR").get_json()
    (item,) = api.get("/posts", status="SOFT_TRASHED", view="ADMIN").get_json()["items"]
    assert (item["id"], item["status"], item["trashed"]) == (
        made["id"],
        "SOFT_TRASHED",
        "2026-11-23T12:00:00+05:30",
    )


def test_a_get_may_come_as_a_post_with_an_override(api: Api) -> None:
    made = api.new()
    path = f"/v3/blogs/{api.sandbox.blog.id}/posts"
    form = {"status": ["DRAFT", "SCHEDULED"], "view": "ADMIN"}
    answer = api.client.post(path, data=form, headers={**BEARER, "X-HTTP-Method-Override": "GET"})
    assert [item["id"] for item in answer.get_json()["items"]] == [made["id"]]


def test_a_payload_that_is_no_json_is_refused(api: Api) -> None:
    path = f"/v3/blogs/{api.sandbox.blog.id}/posts"
    for body, kind in (
        (b"{", "application/json"),
        (b'{"title": "\\ud800"}', "application/json"),
        (b"title=x", "text/plain"),
    ):
        answer = api.client.post(path, data=body, content_type=kind, headers=BEARER)
        assert answer.status_code == 400
        assert answer.get_json()["error"]["message"].startswith("Invalid JSON payload received.")
    assert "items" not in api.get("/posts", status=["LIVE", "DRAFT"]).get_json()


def test_output_only_fields_are_ignored(api: Api) -> None:
    made = api.new(
        id="1",
        url="http://e.x/",
        updated="2000-01-01T00:00:00Z",
        customMetaData="{}",
        etag="x",
        blog={"id": "9"},
    )
    assert made["id"] != "1"
    assert made["blog"]["id"] == api.sandbox.blog.id
    assert "customMetaData" not in made


def test_partial_responses(api: Api) -> None:
    made = api.new("T", draft=False)
    answer = api.get("/posts", fields="kind,items(id,author/displayName)")
    assert answer.get_json() == {
        "kind": "blogger#postList",
        "items": [{"id": made["id"], "author": {"displayName": "Sandbox"}}],
    }
    assert api.get(f"/posts/{made['id']}", fields="blog/*").get_json() == {
        "blog": {"id": api.sandbox.blog.id}
    }
    for bad in ("nope", "items(", "items(nope)", "id,", "a)b"):
        assert reason(api.get("/posts", fields=bad)) == (400, "invalidParameter")


def test_unknown_blog_post_or_user_is_404(api: Api) -> None:
    for path in ("/v3/blogs/1/posts", "/v3/blogs/1", "/v3/users/123", "/posts/1"):
        assert reason(api.get(path)) == (404, "notFound")
    assert reason(api.get("/v3/blogs/byurl", url="https://other.example/")) == (404, "notFound")


def test_the_blog_is_found_by_its_address(api: Api) -> None:
    for url in ("http://localhost/", "http://localhost", "http://127.0.0.1/2026/11/x.html"):
        found = api.get("/v3/blogs/byurl", url=url).get_json()
        assert (found["id"], found["url"]) == (api.sandbox.blog.id, "http://localhost/")
    assert reason(api.get("/v3/blogs/byurl", url="http://localhost:81/")) == (404, "notFound")
    mine = api.get("/v3/users/self/blogs").get_json()
    assert [blog["id"] for blog in mine["items"]] == [api.sandbox.blog.id]
    assert api.get("/v3/users/self/blogs", role="READER").get_json() == {"kind": "blogger#blogList"}


def test_the_blog_counts_its_live_posts(api: Api) -> None:
    api.new("x")
    api.new("y", draft=False)
    blog = api.get(f"/v3/blogs/{api.sandbox.blog.id}", maxPosts=5).get_json()
    assert blog["posts"]["totalItems"] == 1
    assert [post["title"] for post in blog["posts"]["items"]] == ["y"]
