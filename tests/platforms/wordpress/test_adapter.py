"""What is sent, and what is made of the answers."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from blogkit.errors import Conflict, NotFound, PermissionDenied, Rejected
from blogkit.platforms.base import Draft, Ref, State, Target
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.render.document import Document, Fragment
from tests.platforms.wordpress.conftest import PASSWORD, Connect, Script, post, refusal

DRAFT = Draft("miami", "post", "Talks open", "<p>x</p>\n<!-- blogkit:post key=miami -->")
POSTS = "/wp/v2/posts"
ONE = "/wp/v2/posts/7"


def test_every_request_is_signed_and_asks_for_json(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, post())
    site.get(Ref("7"))
    assert script.headers[0]["Accept"] == "application/json"
    assert (
        base64.b64decode(script.headers[0]["Authorization"].split()[1]).decode()
        == f"author:{PASSWORD}"
    )
    asked = script.seen[0][2]
    assert (asked["context"], asked["_embed"]) == ("edit", "wp:term")
    assert "content.raw" in asked["_fields"].split(",")


@pytest.mark.parametrize(
    ("options", "block"),
    [({}, "paragraph"), ({"body": "blocks"}, "paragraph"), ({"body": "html"}, "html")],
)
def test_a_body_is_made_of_blocks_or_one_of_html(
    connect: Connect, options: dict[str, str], block: str
) -> None:
    document = Document("miami", (Fragment("paragraph", "<p>x</p>"),))
    assert f"<!-- wp:{block} -->\n<p>x</p>" in connect(**options).compose(document)


def test_a_post_is_read_as_plain_text_and_aware_times(site: WordPress, script: Script) -> None:
    embedded = {
        "wp:term": [
            [{"id": 3, "taxonomy": "category", "name": "News &amp; views"}],
            [
                {"id": 5, "taxonomy": "post_tag", "name": "GS-II"},
                {"id": 6, "taxonomy": "post_tag", "name": "Polity"},
            ],
        ]
    }
    stored = post(
        status="future",
        title={"raw": "Fish &amp; Chips &lt;b&gt;"},
        excerpt={"raw": "A &amp; B"},
        slug="%e0%a4%b8",
        featured_media=12,
        categories=[3],
        tags=[5, 6],
        _embedded=embedded,
    )
    script.on("GET", ONE, stored)
    found = site.get(Ref("7"))
    assert (found.title, found.excerpt, found.slug, found.featured_id) == (
        "Fish & Chips <b>",
        "A & B",
        "स",
        "12",
    )
    assert (found.state, found.at) == (State.SCHEDULED, datetime(2026, 11, 20, 10, tzinfo=UTC))
    assert (found.categories, found.tags, found.labels) == (
        ("News & views",),
        ("GS-II", "Polity"),
        (),
    )


def test_a_post_without_an_image_has_no_id_of_one(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, post(featured_media=0))
    assert site.get(Ref("7")).featured_id == ""


@pytest.mark.parametrize(
    ("status", "state"),
    [
        *(
            ("publish", State.LIVE),
            ("private", State.LIVE),
            ("future", State.SCHEDULED),
            ("trash", State.TRASHED),
        ),
        *(("draft", State.DRAFT), ("pending", State.DRAFT), ("in-review-by-a-plugin", State.DRAFT)),
    ],
)
def test_every_status_is_a_state(
    site: WordPress, script: Script, status: str, state: State
) -> None:
    script.on("GET", ONE, post(status=status))
    found = site.get(Ref("7"))
    assert found.state is state
    assert (found.at is None) == (state is State.DRAFT)


def test_a_create_says_draft_and_names_only_what_the_file_names(
    site: WordPress, script: Script
) -> None:
    script.on("POST", POSTS, post(), 201)
    assert site.create(replace(DRAFT, title="A < B & C")).ref == Ref("7")
    assert script.writes() == [
        (POSTS, {"title": "A &lt; B &amp; C", "content": DRAFT.body, "tags": [], "status": "draft"})
    ]


def test_labels_become_tags_found_whatever_their_case_and_created_when_missing(
    site: WordPress, script: Script
) -> None:
    """The most used tags are read once; what is not among them is searched for."""
    most_used = [{"id": number, "name": f"Tag {number}"} for number in range(101, 201)]
    found = [
        {"id": 3, "name": "R&amp;D rules", "parent": 0},
        {"id": 4, "name": "r&amp;d", "parent": 0},
    ]
    script.on("GET", "/wp/v2/tags", most_used, X_WP_TotalPages="2")
    script.on("GET", "/wp/v2/tags", found)
    script.on("GET", "/wp/v2/tags", [])
    script.on("POST", "/wp/v2/tags", {"id": 9, "name": "New"}, 201)
    script.on("POST", POSTS, post(tags=[4, 9, 150]), 201)
    site.create(replace(DRAFT, labels=("R&D",), tags=("New", "new ", "TAG 150")))
    asked = [query for method, _, query, _ in script.seen if method == "GET"]
    assert [query.get("search", query.get("orderby")) for query in asked] == [
        "count",
        "R&amp;D",
        "New",
    ]
    assert script.writes()[0] == ("/wp/v2/tags", {"name": "New"})
    assert script.writes()[1][1]["tags"] == [4, 9, 150]


def test_tags_that_fit_on_one_page_are_looked_up_once(site: WordPress, script: Script) -> None:
    script.on("GET", "/wp/v2/tags", [{"id": 3, "name": "Polity"}, {"id": 4, "name": "News"}])
    script.on("POST", "/wp/v2/tags", {"id": 9, "name": "New"}, 201)
    script.on("POST", POSTS, post(tags=[3, 9]), 201)
    script.on("POST", POSTS, post(8, tags=[4, 9]), 201)
    site.create(replace(DRAFT, tags=("Polity", "New")))
    site.create(replace(DRAFT, tags=("News", "New")))
    assert len([route for method, route, *_ in script.seen if method == "GET"]) == 1


def test_a_term_that_somebody_made_meanwhile_is_used(site: WordPress, script: Script) -> None:
    script.on("GET", "/wp/v2/tags", [])
    script.on("POST", "/wp/v2/tags", refusal("term_exists", status=400, term_id=5), 400)
    script.on("POST", POSTS, post(tags=[5]), 201)
    site.create(replace(DRAFT, tags=("Polity",)))
    assert script.writes()[1][1]["tags"] == [5]


def test_a_category_that_may_not_be_made_is_named_before_the_post_is(
    site: WordPress, script: Script
) -> None:
    script.on("GET", "/wp/v2/categories", [])
    script.on("POST", "/wp/v2/categories", refusal("rest_cannot_create", status=403), 403)
    with pytest.raises(PermissionDenied, match='"Polity" does not exist') as caught:
        site.create(replace(DRAFT, categories=("Polity",)))
    assert "Posts → Categories" in caught.value.hint
    assert POSTS not in [route for route, _ in script.writes()]


@pytest.mark.parametrize(
    ("draft", "answer", "name"),
    [
        (replace(DRAFT, categories=("Polity",)), post(categories=[]), "categories"),
        (replace(DRAFT, tags=("Polity",)), post(tags=[]), "tags"),
    ],
)
def test_what_a_site_drops_without_a_word_is_an_error(
    site: WordPress, script: Script, draft: Draft, answer: object, name: str
) -> None:
    script.on("GET", "/wp/v2/categories", [{"id": 3, "name": "Polity"}])
    script.on("GET", "/wp/v2/tags", [{"id": 3, "name": "Polity"}])
    script.on("POST", POSTS, answer, 201)
    for _ in range(2):
        with pytest.raises(Rejected, match=f"post 7 but dropped its {name}"):
            site.create(draft)
    asked = [(method, route) for method, route, *_ in script.seen]
    assert asked.count(("GET", f"/wp/v2/{name}")) == 2, "someone changed the terms meanwhile"


def test_an_update_sends_what_differs(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, post())
    script.on("POST", ONE, post(title={"raw": "Talks closed"}))
    expected = site.get(Ref("7"))
    assert (
        site.update(Ref("7"), replace(DRAFT, title="Talks closed"), expected).title
        == "Talks closed"
    )
    assert script.writes() == [(ONE, {"title": "Talks closed"})]


def test_an_update_of_nothing_sends_nothing(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, post(slug="miami-2"))
    expected = site.get(Ref("7"))
    assert site.update(Ref("7"), replace(DRAFT, slug="miami"), expected) == expected
    assert script.writes() == []


def test_an_update_over_a_change_sends_nothing(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, post())
    expected = site.get(Ref("7"))
    script.on("GET", ONE, post(content={"raw": "<p>theirs</p>"}))
    script.on("GET", ONE, post(content={"raw": "<p>theirs</p>"}))
    site.get(Ref("7"))
    with pytest.raises(Conflict, match="body"):
        site.update(Ref("7"), replace(DRAFT, labels=("New",)), expected)
    assert script.writes() == []


def test_what_lies_in_the_trash_is_not_changed(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, post(status="trash"))
    trashed = site.get(Ref("7"))
    with pytest.raises(NotFound, match="trash"):
        site.update(Ref("7"), DRAFT, trashed)
    with pytest.raises(NotFound, match="trash"):
        site.set_state(Ref("7"), Target(State.LIVE))
    assert script.writes() == []


def test_a_schedule_that_the_site_turns_into_a_publication_is_noticed(
    site: WordPress, script: Script
) -> None:
    script.on("GET", ONE, post())
    script.on("POST", ONE, post(status="publish", date_gmt="2026-12-01T07:00:00"))
    with pytest.raises(Rejected, match="should be scheduled but is live"):
        site.set_state(
            Ref("7"), Target(State.SCHEDULED, datetime(2026, 12, 1, 7, 0, 1, tzinfo=UTC))
        )


def test_the_sites_clock_decides_what_is_soon(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, post(), Date="Sun, 22 Nov 2026 12:10:00 GMT")
    with pytest.raises(Rejected, match="within a minute"):
        site.set_state(
            Ref("7"), Target(State.SCHEDULED, datetime(2026, 11, 22, 12, 10, 40, tzinfo=UTC))
        )


def test_a_key_is_looked_for_in_every_state_and_compared_exactly(
    site: WordPress, script: Script
) -> None:
    longer = post(8, content={"raw": "<!-- blogkit:post key=miami-2 -->"})
    trashed = post(9, status="trash")
    script.on("GET", POSTS, [longer, trashed, post(7, status="private")])
    found = site.find("miami", "post")
    assert found is not None
    assert found.ref == Ref("7")
    assert (script.seen[0][2]["status"], script.seen[0][2]["search"]) == (
        "any",
        '"blogkit:post key=miami"',
    )


RAIN = Draft("rain", "post", "Rain in Delhi", "<p>It rains.</p>")


def test_one_search_finds_what_a_new_post_may_duplicate(site: WordPress, script: Script) -> None:
    script.on("GET", POSTS, [post(7), post(8, status="trash"), {"id": 9, "title": None}])
    found = site.find_similar([RAIN], "post")
    assert [one.ref for one in found] == [Ref("7"), Ref("8")]
    query = script.seen[0][2]
    assert (query["search"], query["orderby"], query["per_page"]) == (
        "Rain in Delhi",
        "relevance",
        "20",
    )
    assert len(script.seen) == 1
    script.on("GET", "/wp/v2/pages", refusal("rest_forbidden_status"), 403)
    assert [*site.find_similar([RAIN], "page")] == []


def test_a_longer_text_is_searched_for_where_the_title_is_another(
    site: WordPress, script: Script
) -> None:
    body = (
        "<!-- wp:heading --><h2>Rain</h2><!-- /wp:heading --><p>It’s <b>not</b> dry: the rain of"
        " this week came from the sea, and it will stay until the wind turns, as it does each"
        " year.</p>"
    )
    script.on("GET", POSTS, [])
    script.on("GET", POSTS, [post(7)])
    found = site.find_similar([replace(RAIN, body=body)], "post")
    assert [one.ref for one in found] == [Ref("7")]
    assert [query["search"] for _, _, query, _ in script.seen] == [
        "Rain in Delhi",
        '"dry: the rain of this week came from the sea, and it"',
    ]


def test_two_posts_with_one_key_are_named(site: WordPress, script: Script) -> None:
    script.on("GET", POSTS, [post(7), post(8)])
    with pytest.raises(Conflict, match=r"\?p=7.*\?p=8"):
        site.find("miami", "post")


@pytest.mark.parametrize("headers", [{"X_WP_TotalPages": "2"}, {}])
def test_lists_are_walked_to_the_end_with_and_without_the_header(
    site: WordPress, script: Script, headers: dict[str, str]
) -> None:
    script.on("GET", POSTS, [post(number) for number in range(1, 101)], **headers)
    script.on("GET", POSTS, [post(101)], **headers)
    assert [found.ref.id for found in site.list("post", [State.LIVE, State.DRAFT])] == [
        str(number) for number in range(1, 102)
    ]
    assert [query["page"] for _, _, query, _ in script.seen] == ["1", "2"]
    assert script.seen[0][2]["status"] == "publish,private,draft,pending"


def test_a_list_that_shrinks_meanwhile_just_ends(site: WordPress, script: Script) -> None:
    script.on("GET", POSTS, [post()], X_WP_TotalPages="2")
    script.on("GET", POSTS, refusal("rest_post_invalid_page_number", status=400), 400)
    assert len(list(site.list("post", [State.DRAFT]))) == 1


def test_an_unknown_label_lists_nothing(site: WordPress, script: Script) -> None:
    script.on("GET", "/wp/v2/tags", [{"id": 3, "name": "Polity and more"}])
    script.on("GET", "/wp/v2/categories", [])
    assert list(site.list("post", [State.DRAFT], label="Polity")) == []
    assert script.writes() == []


def test_trashing_twice_is_once(site: WordPress, script: Script) -> None:
    script.on("DELETE", ONE, refusal("rest_already_trashed", status=410), 410)
    site.trash(Ref("7"))


def test_what_is_not_there_cannot_be_trashed(site: WordPress, script: Script) -> None:
    script.on("DELETE", ONE, refusal("rest_post_invalid_id", status=404), 404)
    with pytest.raises(NotFound):
        site.trash(Ref("7"))


def test_a_featured_image_of_another_server_is_a_problem(site: WordPress) -> None:
    away = replace(DRAFT, featured_url="https://elsewhere.example/a.png")
    assert [problem.code for problem in site.check(away, None)] == ["featured-url"]


@pytest.mark.parametrize(
    ("posts", "capable", "name"),
    [
        ([post(_links={"wp:action-unfiltered-html": []})], False, "wordpress-editor"),
        ([post(_links={"wp:action-publish": []})], True, "wordpress-author"),
        ([], True, "wordpress-editor"),
        ([], False, "wordpress-author"),
    ],
)
def test_the_profile_is_asked_for_once(
    connect: Connect, script: Script, posts: list[object], capable: bool, name: str
) -> None:
    script.on("GET", POSTS, posts)
    script.on("GET", "/wp/v2/users/me", {"capabilities": {"unfiltered_html": capable}})
    site = connect(version=(6, 8))
    assert site.profile().name == name
    asked = len(script.seen)
    assert site.profile() is site.profile()
    assert len(script.seen) == asked
    if name == "wordpress-author":
        assert site.profile().wordpress == (6, 8)


def test_an_excerpt_of_several_lines_is_left_as_it_is(site: WordPress, script: Script) -> None:
    stored = post(excerpt={"raw": "<p>One</p>\n<p>Two</p>"}, content={"raw": "<p>old</p>"})
    script.on("GET", ONE, stored)
    expected = site.get(Ref("7"))
    script.on("GET", ONE, stored)
    script.on("POST", ONE, post(content={"raw": DRAFT.body}))
    site.update(
        Ref("7"), replace(DRAFT, excerpt="<p>One</p> <p>Two</p>", title=expected.title), expected
    )
    assert script.writes() == [(ONE, {"content": DRAFT.body})]
