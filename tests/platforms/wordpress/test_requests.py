"""As few requests as are safe: what an earlier answer has shown is not asked for again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from blogkit.errors import StaleAnswer
from blogkit.journal.store import Journal
from blogkit.platforms.base import Draft, Ref, State, Target
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.posts.post import Publish
from blogkit.sync.actions import Action, ActionKind, RemoteState
from blogkit.sync.apply import apply
from tests.platforms.wordpress.conftest import NOW, Script, post
from tests.sync.world import File, World, results

POSTS, ONE = "/wp/v2/posts", "/wp/v2/posts/7"
LATER, EARLIER = "2026-11-21T10:00:00", "2026-11-19T10:00:00"
LIVE = Target(State.LIVE)


def asked(script: Script) -> list[tuple[str, str]]:
    return [(method, route) for method, route, *_ in script.seen]


def create(site: WordPress, folder: Path, publish: Publish = Publish.LIVE) -> list[str]:
    """Apply a plan to create a post."""
    world = World(folder, lambda: NOW)
    world.platform = site
    (desired,) = world.desired(File(key="miami", labels=(), publish=publish))
    action = Action(ActionKind.CREATE, desired, "create it", RemoteState(), desired.target)
    journal: Journal = world.journal
    run = journal.start_run("publish")
    return results(apply([action], site, journal, run, clock=lambda: NOW))


def stored(site: WordPress, folder: Path, **fields: object) -> dict[str, object]:
    """The post as this site stores what `create` sends."""
    world = World(folder, lambda: NOW)
    world.platform = site
    (desired,) = world.desired(File(key="miami"))
    title = desired.draft.title
    return post(content={"raw": desired.draft.body}, title={"raw": title}, **fields)


@pytest.mark.parametrize(
    ("publish", "requests"),
    [
        (Publish.LIVE, [("POST", POSTS), ("GET", POSTS), ("POST", ONE)]),
        (Publish.DRAFT, [("POST", POSTS), ("GET", POSTS)]),
    ],
)
def test_a_new_post_takes_a_draft_a_look_for_its_key_and_its_state(
    site: WordPress,
    script: Script,
    tmp_path: Path,
    publish: Publish,
    requests: list[tuple[str, str]],
) -> None:
    draft = stored(site, tmp_path)
    script.on("POST", POSTS, draft)
    script.on("GET", POSTS, [draft])
    script.on("POST", ONE, {**draft, "status": "publish", "modified_gmt": LATER})
    assert create(site, tmp_path, publish) == ["done"]
    assert asked(script) == requests
    looked_for = script.seen[1][2]
    assert (looked_for["status"], looked_for["search"]) == ("any", '"blogkit:post key=miami"')


def test_what_the_site_lost_after_its_answer_does_not_go_live(
    site: WordPress, script: Script, tmp_path: Path
) -> None:
    """The look for the key shows the text as it is stored."""
    draft = stored(site, tmp_path)
    body = str(draft["content"]["raw"])  # type: ignore[index]
    script.on("POST", POSTS, draft)
    script.on("GET", POSTS, [{**draft, "content": {"raw": body.replace("Talks opened.", "")}}])
    assert create(site, tmp_path) == ["lost"]
    assert asked(script) == [("POST", POSTS), ("GET", POSTS)]


def test_a_draft_that_was_just_seen_goes_live_with_one_request(
    site: WordPress, script: Script
) -> None:
    script.on("GET", ONE, post())
    script.on("POST", ONE, post(status="publish"))
    seen = site.get(Ref("7"))
    assert site.set_state(Ref("7"), LIVE, seen=seen).state is State.LIVE
    assert asked(script) == [("GET", ONE), ("POST", ONE)]


def test_a_draft_with_a_later_date_that_was_just_seen_goes_live_now(
    site: WordPress, script: Script
) -> None:
    """A draft's date is in no `Remote`, and WordPress would schedule the post."""
    script.on("GET", ONE, post(date_gmt="2026-12-01T10:00:00"))
    script.on("POST", ONE, post(status="publish", date_gmt="2026-11-22T12:00:00"))
    site.set_state(Ref("7"), LIVE, seen=site.get(Ref("7")))
    assert script.writes() == [(ONE, {"status": "publish", "date_gmt": "2026-11-22T12:00:00"})]


def test_a_look_that_is_not_the_newest_is_repeated(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, post())
    script.on("GET", ONE, post(modified_gmt=LATER, status="publish"))
    script.on("GET", ONE, post(modified_gmt=LATER, status="publish"))
    seen = site.get(Ref("7"))
    site.get(Ref("7"))
    site.set_state(Ref("7"), LIVE, seen=seen)
    assert asked(script) == [("GET", ONE)] * 3, "it is live already"


def test_a_list_asks_for_names_once_and_not_with_each_post(site: WordPress, script: Script) -> None:
    script.on("GET", POSTS, [post(7, tags=[5, 6]), post(8, tags=[6], categories=[3])])
    script.on("GET", "/wp/v2/tags", [{"id": 5, "name": "GS &amp; more"}, {"id": 6, "name": "New"}])
    script.on("GET", "/wp/v2/categories", [{"id": 3, "name": "Polity"}])
    for _ in range(2):
        one, other = site.list("post", (State.LIVE,))
    assert (one.tags, other.tags, other.categories) == (("GS & more", "New"), ("New",), ("Polity",))
    assert [query.get("include", "") for _, _, query, _ in script.seen] == ["", "3", "5,6", ""]
    assert not any("_embed" in query for _, _, query, _ in script.seen)


def test_an_answer_to_a_change_of_the_text_has_no_names_and_needs_none(
    site: WordPress, script: Script
) -> None:
    named = {"wp:term": [[{"id": 5, "taxonomy": "post_tag", "name": "GS"}]]}
    script.on("GET", ONE, post(tags=[5], _embedded=named))
    script.on("POST", ONE, post(tags=[5], content={"raw": "<p>new</p>"}, modified_gmt=LATER))
    seen = site.get(Ref("7"))
    wanted = replace(seen, body="<p>new</p>")
    assert site.restore(Ref("7"), wanted, seen, fresh=True).tags == ("GS",)
    assert asked(script) == [("GET", ONE), ("POST", ONE)]
    assert "_embed" not in script.seen[1][2]


def test_the_answer_to_a_write_has_no_excerpt_unless_it_was_sent(
    site: WordPress, script: Script
) -> None:
    script.on("GET", ONE, post(excerpt={"raw": "Short"}))
    script.on("POST", ONE, post(excerpt=None, modified_gmt=LATER))
    script.on("POST", ONE, post(excerpt={"raw": "New"}, modified_gmt=LATER))
    seen = site.get(Ref("7"))
    first = site.restore(Ref("7"), replace(seen, body="<p>new</p>"), seen, fresh=True)
    second = site.restore(Ref("7"), replace(seen, excerpt="New"), seen, fresh=True)
    assert (first.excerpt, second.excerpt) == ("Short", "New")
    fields = [query["_fields"].split(",") for _, _, query, _ in script.seen]
    assert ["excerpt.raw" in one for one in fields] == [True, False, True]


def test_a_second_look_at_several_posts_asks_for_no_excerpts(
    site: WordPress, script: Script
) -> None:
    """WordPress makes an excerpt of each text, which takes longer than everything else."""
    without = {"excerpt": None}
    script.on("GET", POSTS, [post(7, excerpt={"raw": "Short"}), post(8, excerpt={"raw": "New"})])
    script.on("GET", POSTS, [post(7, **without), post(8, **without, modified_gmt=LATER)])
    script.on("GET", "/wp/v2/posts/8", post(8, excerpt={"raw": "Newer"}, modified_gmt=LATER))
    seen = list(site.list("post", (State.LIVE,)))
    again = site.get_many([remote.ref for remote in seen])
    assert [remote.excerpt for remote in again.values()] == ["Short", "Newer"]
    fields = [query["_fields"].split(",") for _, route, query, _ in script.seen if route == POSTS]
    assert ["excerpt.raw" in one for one in fields] == [True, False]


def test_a_list_older_than_a_look_before_decides_nothing(site: WordPress, script: Script) -> None:
    script.on("POST", POSTS, post())
    script.on("GET", POSTS, [post(modified_gmt=EARLIER)])
    site.create(Draft("miami", "post", "Talks open", "<p>x</p>"))
    with pytest.raises(StaleAnswer):
        site.find("miami", "post")
    with pytest.raises(StaleAnswer):
        list(site.list("post", (State.DRAFT,)))


# without texts


def test_a_glance_asks_for_no_texts_and_shows_what_a_list_does(
    site: WordPress, script: Script
) -> None:
    shown = post(status="private", slug="talks", featured_media=3, tags=[5])
    texts = ("content", "excerpt", "categories", "tags")
    script.on("GET", POSTS, [{name: shown[name] for name in shown if name not in texts}])
    (glance,) = site.glance("post", (State.LIVE,))
    assert (glance.title, glance.state, glance.status) == ("Talks open", State.LIVE, "private")
    assert (glance.slug, glance.featured_id) == ("talks", "3")
    assert (glance.updated, glance.body) == ("2026-11-20T10:00:00", "")
    fields = script.seen[0][2]["_fields"].split(",")
    assert not {"content.raw", "excerpt.raw", "_links", "_embedded", "meta"} & {*fields}


def test_a_glance_is_no_look_for_a_write(site: WordPress, script: Script) -> None:
    """Its posts are read with their excerpts before anything is decided about them."""
    script.on("GET", POSTS, [post(modified_gmt=LATER)])
    list(site.glance("post", (State.LIVE,)))
    site.get_many([Ref("7")])
    assert "excerpt.raw" in script.seen[1][2]["_fields"].split(",")


def test_a_glance_older_than_a_look_before_is_refused(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, post())
    script.on("GET", POSTS, [post(modified_gmt=EARLIER)])
    site.get(Ref("7"))
    with pytest.raises(StaleAnswer):
        list(site.glance("post", (State.LIVE,)))


def test_a_damaged_post_of_a_glance_is_set_aside(site: WordPress, script: Script) -> None:
    script.on("GET", POSTS, [post(7), post(8, title=None)])
    damaged: list[str] = []
    found = list(
        site.glance("post", (State.LIVE,), on_unreadable=lambda one: damaged.append(one.post_id))
    )
    assert ([one.ref.id for one in found], damaged) == (["7"], ["8"])
