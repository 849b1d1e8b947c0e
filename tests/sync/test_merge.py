"""What changed in a file and what changed on its site go together, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.journal.store import Journal
from blogkit.platforms.base import Draft, Ref, Remote, State, Target
from blogkit.posts.post import Publish
from blogkit.sandbox.quirks import Quirks
from blogkit.sync.actions import ActionKind, Choices
from blogkit.sync.merging.merge import FileValues, Merge, merge
from tests.cases import for_each
from tests.sync.blogs import Blog, OnBlogger, OnFolder, Reference, terms
from tests.sync.faults import Fuse
from tests.sync.world import Clock, File, World, fused, results

FILE = File("rivers", "The Ganga floods again.", "Floods in Bihar", ("GS-I", "Rivers"))
PLACES: dict[str, Callable[[Path, Clock], Blog]] = {
    "memory": lambda _, clock: Reference(clock),
    "folder": lambda folder, clock: OnFolder(folder / "site", clock),
    "blogger": lambda _, clock: OnBlogger(clock, Quirks()),
}


@pytest.fixture(params=PLACES)
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    clock = Clock()
    blog = PLACES[request.param](tmp_path, clock)
    yield World(tmp_path, clock, blog)
    blog.close()


def there(world: World, **changes: Any) -> None:
    """A person changes the post on the site."""
    world.edit_there(**changes)


def test_a_tag_there_and_the_body_here_are_no_conflict(anywhere: World) -> None:
    anywhere.publish(FILE)
    there(anywhere, labels=(*anywhere.post().labels, "Disasters"))
    before = anywhere.post()
    new = FILE.but(text="The Kosi floods, too.")
    (action,) = anywhere.plan(new)
    assert (action.kind, action.changes) == (ActionKind.UPDATE, ("body",))
    assert action.summary.endswith("; keeps the label Disasters that was added on the site")
    assert results(anywhere.apply([action])) == ["done"]
    post = anywhere.post()
    assert terms(post) == {"GS-I", "Rivers", "Disasters"}
    assert "Kosi" in post.body
    assert anywhere.kinds(new) == ["unchanged"]
    assert results(anywhere.undo()) == ["done"]
    after = anywhere.post()
    assert (after.title, after.body, after.labels) == (before.title, before.body, before.labels)


def test_a_body_there_and_a_label_here(anywhere: World) -> None:
    anywhere.publish(FILE)
    body = anywhere.post().body.replace("floods", "flooded")
    there(anywhere, body=body)
    new = FILE.but(labels=("GS-I", "Rivers", "Bihar"))
    (action,) = anywhere.plan(new)
    assert action.summary.endswith("; keeps the body that was changed on the site")
    anywhere.apply([action])
    assert (anywhere.post().body, terms(anywhere.post())) == (body, {"GS-I", "Rivers", "Bihar"})
    assert anywhere.kinds(new) == ["unchanged"]


@pytest.mark.sampled
def test_what_was_kept_once_stays_at_every_later_change_of_the_file(anywhere: World) -> None:
    anywhere.publish(FILE)
    there(anywhere, labels=(*anywhere.post().labels, "Disasters"))
    for text in ("One.", "Two.", "Three."):
        assert results(anywhere.publish(FILE.but(text=text))) == ["done"]
        assert "Disasters" in anywhere.post().labels
    last = FILE.but(text="Three.", publish=Publish.DRAFT)
    assert results(anywhere.publish(last)) == ["done"]
    assert results(anywhere.publish(last.but(text="Four."))) == ["done"]
    assert terms(anywhere.post()) == {"GS-I", "Rivers", "Disasters"}
    assert results(anywhere.undo()) == ["done"]
    assert results(anywhere.publish(last.but(text="Five."))) == ["done"]
    assert terms(anywhere.post()) == {"GS-I", "Rivers", "Disasters"}


def test_a_body_that_was_kept_is_never_overwritten_unasked(anywhere: World) -> None:
    anywhere.publish(FILE)
    there(anywhere, body=anywhere.post().body.replace("floods", "flooded"))
    titled = FILE.but(title="Floods in Bihar and Assam")
    assert results(anywhere.publish(titled)) == ["done"]
    (action,) = anywhere.plan(titled.but(text="The Ganga is calm."))
    assert (action.kind, action.changes) == (ActionKind.CONFLICT, ("body",))


def test_what_a_person_wrote_survives_the_undo_of_a_merge(anywhere: World) -> None:
    anywhere.publish(FILE)
    body = anywhere.post().body.replace("floods", "flooded")
    there(anywhere, body=body, labels=(*anywhere.post().labels, "Disasters"))
    anywhere.publish(FILE.but(title="Floods in Assam"))
    assert results(anywhere.undo()) == ["done"]
    assert anywhere.kinds(FILE.but(title="Floods in Assam")) == ["unchanged"]
    assert results(anywhere.publish(FILE.but(title="Floods in Odisha"))) == ["done"]
    post = anywhere.post()
    assert (post.title, post.body) == ("Floods in Odisha", body)
    assert terms(post) == {"GS-I", "Rivers", "Disasters"}


def test_a_conflict_names_the_field_and_both_values(world: World) -> None:
    world.publish(FILE)
    there(world, title="Floods in Assam")
    (action,) = world.plan(FILE.but(title="Floods in Odisha"))
    assert (str(action.kind), action.changes) == ("conflict", ("title",))
    assert action.summary == (
        "conflict: “Floods in Odisha” on main was changed on both sides: its title is “Floods in"
        " Assam” on the site and “Floods in Odisha” in rivers.md"
    )


def test_a_conflict_shows_a_long_body_where_it_differs(world: World) -> None:
    world.publish(FILE.but(text=f"{'word ' * 99}The Ganga floods again."))
    there(world, body=world.post().body.replace("floods", "flooded"))
    (action,) = world.plan(FILE.but(text=f"{'word ' * 99}The Ganga rises again."))
    assert (
        "its body is “… The Ganga flooded again.” on the site and “… The Ganga rises again.” in"
        in action.summary
    )


def test_the_same_change_on_both_sides_is_none(world: World) -> None:
    world.publish(FILE)
    there(world, title="Floods in Assam", tags=("Disasters",))
    new = FILE.but(title="Floods in Assam")
    (action,) = world.plan(new)
    assert (str(action.kind), action.writes) == ("adopt", False)
    assert results(world.apply([action])) == ["done"]
    assert world.kinds(new) == ["unchanged"]
    world.publish(new.but(text="Later."))
    assert world.post().tags == ("Disasters",)


def test_a_state_that_was_changed_there_stays(world: World) -> None:
    world.publish(FILE)
    world.move_there(Target(State.DRAFT))
    new = FILE.but(text="The Kosi floods, too.")
    (action,) = world.plan(new)
    assert (str(action.kind), action.target) == ("update", None)
    assert "keeps the state draft that was set on the site" in action.summary
    world.apply([action])
    assert world.post().state is State.DRAFT
    assert world.kinds(new) == ["unchanged"]
    world.publish(new, choices=Choices(ours=frozenset({"rivers"})))
    assert world.post().state is State.LIVE


def test_a_merge_for_a_time_that_is_too_near_is_refused(world: World) -> None:
    draft = FILE.but(publish=Publish.DRAFT)
    world.publish(draft)
    there(world, labels=(*world.post().labels, "Disasters"))
    world.site.capabilities = replace(world.site.capabilities, min_lead_seconds=60)
    soon = world.clock() + timedelta(seconds=30)
    (action,) = world.plan(draft.but(text="New.", publish=Publish.SCHEDULED, at=soon))
    assert action.kind is ActionKind.REFUSED
    assert action.summary.endswith("or it publishes at once")


def test_two_other_states_are_a_conflict(world: World) -> None:
    world.publish(FILE)
    world.move_there(Target(State.DRAFT))
    at = world.clock().replace(year=2027)
    (action,) = world.plan(FILE.but(text="New.", publish=Publish.SCHEDULED, at=at))
    assert (str(action.kind), action.changes) == ("conflict", ("state",))
    assert "its state is “draft” on the site and “scheduled for " in action.summary


def test_an_edit_there_and_a_state_here(world: World) -> None:
    draft = FILE.but(publish=Publish.DRAFT)
    world.publish(draft)
    there(world, tags=("Disasters",))
    (action,) = world.plan(FILE)
    assert (str(action.kind), action.target) == ("set-state", Target(State.LIVE))
    assert results(world.apply([action])) == ["done"]
    assert world.kinds(FILE) == ["unchanged"]
    world.publish(FILE.but(text="Later."))
    assert world.post().tags == ("Disasters",)


def test_ours_still_overwrites_everything(world: World) -> None:
    world.publish(FILE)
    there(world, labels=("Disasters",), title="By hand")
    world.publish(FILE.but(text="New."), choices=Choices(ours=frozenset({"rivers"})))
    assert (world.post().title, world.post().labels) == (FILE.title, FILE.labels)


def test_ours_overwrites_what_was_kept_before(world: World) -> None:
    world.publish(FILE)
    there(world, labels=("Disasters",))
    new = FILE.but(text="New.")
    world.publish(new)
    assert world.post().labels == ("Disasters",)
    world.publish(new, choices=Choices(ours=frozenset({"rivers"})))
    assert world.post().labels == FILE.labels


def test_an_excerpt_that_only_the_site_has_stays(anywhere: World) -> None:
    if not anywhere.platform.capabilities.excerpt:
        return
    anywhere.publish(FILE)
    there(anywhere, excerpt="By hand")
    anywhere.publish(FILE.but(text="New."))
    assert anywhere.post().excerpt == "By hand"


def test_without_the_base_every_change_on_both_sides_is_a_conflict(world: World) -> None:
    """As on another machine, which knows only digests."""
    world.publish(FILE)
    memory = world.journal.memories("main")["rivers"]
    world.journal.close()
    (world.folder / "journal.sqlite").unlink()
    world.reopen()
    world.journal.remember(memory)
    there(world, tags=("Disasters",))
    (action,) = world.plan(FILE.but(text="New."))
    assert (str(action.kind), action.changes) == ("conflict", ("labels",))


@pytest.mark.sampled
@pytest.mark.parametrize("at", range(1, 12))
def test_a_merge_that_was_cut_off_is_finished_and_loses_nothing(world: World, at: int) -> None:
    """Whatever the site and the journal had by then."""
    world.publish(FILE)
    there(world, tags=("Disasters",))
    new = FILE.but(text="The Kosi floods, too.")
    fused(world, Fuse(at, KeyboardInterrupt))
    with suppress(KeyboardInterrupt):
        world.publish(new)
    world.reopen()
    world.publish(new)
    assert (world.post().tags, "Kosi" in world.post().body) == (("Disasters",), True)
    assert world.kinds(new) == ["unchanged"]


# the merge itself

WORDS = st.sampled_from(["", "one", "two", "three"])
TERMS = st.lists(st.sampled_from(["A", "B", "C", "D"]), unique=True).map(tuple)
SIDES = st.tuples(WORDS, WORDS, TERMS, TERMS, TERMS)
STORED = ("labels", "categories-and-tags", "separate")


def remote(title: str, body: str, *lists: tuple[str, ...], how: str) -> Remote:
    """A post with these values, as a site would have it that stores terms in this way."""
    labels, categories, tags = lists
    fields: dict[str, Any] = {
        "labels": {"labels": tuple(dict.fromkeys((*labels, *categories, *tags)))},
        "categories-and-tags": {
            "categories": categories,
            "tags": tuple(dict.fromkeys((*labels, *tags))),
        },
        "separate": {"labels": labels, "categories": categories, "tags": tags},
    }[how]
    return Remote(Ref("7"), title, f"<p>{body}</p>", State.LIVE, **fields)


def draft(title: str, body: str, *lists: tuple[str, ...]) -> Draft:
    labels, categories, tags = lists
    return Draft("rivers", "post", title, f"<p>{body}</p>", labels, categories, tags)


def stored(wanted: Draft, how: str) -> Remote:
    lists = (wanted.labels, wanted.categories, wanted.tags)
    return remote(wanted.title, wanted.body[3:-4], *lists, how=how)


def merged(base: Any, here: Any, there: Any, how: Any, asked: Any = None) -> Merge:
    wanted = here if isinstance(here, Draft) else draft(*here)
    site = there if isinstance(there, Remote) else remote(*there, how=how)
    return merge(remote(*base, how=how), asked or {}, wanted, FileValues(wanted.body), site, how)


@given(SIDES, SIDES, SIDES, st.sampled_from(STORED))
def test_nothing_is_lost_and_nothing_comes_back(base: Any, here: Any, site: Any, how: str) -> None:
    done = merged(base, here, site, how)
    before, wanted, now = (remote(*side, how=how) for side in (base, here, site))
    result = stored(done.draft, how)
    for name in ("title", "body"):
        old, mine, new = (getattr(one, name) for one in (before, wanted, now))
        clash = old != mine and old != new and mine != new
        assert clash == (name in {one.name for one in done.conflicts})
        if not clash:
            assert getattr(result, name) == (new if mine == old else mine)
    for name in ("labels", "categories", "tags"):
        if how == "categories-and-tags" and name == "categories" and not here[3]:
            continue  # left to the site
        old, mine, new = ({*getattr(one, name)} for one in (before, wanted, now))
        expected = {*mine, *new} - (old - mine) - (old - new)
        assert {*getattr(result, name)} == expected
        kept = [term for term in getattr(wanted, name) if term in expected]
        assert [term for term in getattr(result, name) if term in mine] == kept


@given(SIDES, SIDES, SIDES, st.sampled_from(STORED))
def test_a_merge_of_what_was_merged_changes_nothing(
    base: Any, here: Any, site: Any, how: str
) -> None:
    """As after an interrupted action: the base is the old one, and the site has the result."""
    done = merged(base, here, site, how)
    if done.conflicts:
        return
    now = stored(done.draft, how)
    if how == "categories-and-tags" and not here[3]:
        now = replace(now, categories=remote(*site, how=how).categories)
    again = merged(base, here, now, how)
    assert (again.conflicts, stored(again.draft, how).title) == ((), now.title)
    assert stored(again.draft, how).body == now.body
    for name in ("labels", "tags"):
        assert {*getattr(stored(again.draft, how), name)} == {*getattr(now, name)}


@given(SIDES, SIDES, SIDES, SIDES, st.sampled_from(STORED))
def test_the_next_merge_starts_from_what_the_file_asked_for(
    base: Any, here: Any, site: Any, later: Any, how: str
) -> None:
    """What the site added stays, and what it removed stays away, unless the file now names it."""
    done = merged(base, here, site, how)
    if done.conflicts:
        return
    now = stored(done.draft, how)
    wanted = draft(*later)
    again = merge(now, done.asked, wanted, FileValues(wanted.body), now, how)  # type: ignore[arg-type]
    for name in ("labels", "tags"):
        mine = {*getattr(remote(*later, how=how), name)}
        asked = {*getattr(remote(*here, how=how), name)}
        has = {*getattr(now, name)}
        result = {*getattr(stored(again.draft, how), name)}
        assert result == (mine | (has - asked)) - (asked - has)


@for_each(
    ("here", "site", "kept"),
    [
        (("A",), ("A", "B"), "keeps the label B that was added on the site"),
        (("A",), ("A", "B", "C"), "keeps the labels B and C that were added on the site"),
        (("A",), (), "leaves out the label A that was removed on the site"),
        (("A", "a"), ("A",), ""),
        (("a &amp; b", "A"), ("A", "A & B"), ""),
    ],
)
def test_terms_are_told_in_words(here: Any, site: Any, kept: str) -> None:
    was = ("A",) if "A" in here else ()
    done = merged(("", "", was, (), ()), ("", "", here, (), ()), ("", "", site, (), ()), "labels")
    assert "; ".join(done.kept) == kept


def test_the_sites_spelling_of_html_is_no_change() -> None:
    base = Remote(Ref("7"), "T", "<p>One<br /></p>", State.LIVE)
    site = replace(base, body="<p>One<br></p>")
    for body, expected in (("<p>One<br /></p>", site.body), ("<p>Two</p>", "<p>Two</p>")):
        done = merge(base, {}, Draft("k", "post", "T", body), FileValues(body), site, "labels")
        assert (done.draft.body, done.kept, done.conflicts) == (expected, (), ())


def categories(*named: tuple[str, str]) -> dict[str, Any]:
    return {
        "category_ids": tuple(number for number, _ in named),
        "categories": tuple(name for _, name in named),
    }


POLITY, OTHER_POLITY, NEWS = ("7", "Polity"), ("9", "Polity"), ("4", "News")


@for_each(
    ("names", "ids", "was", "there", "expected"),
    [
        (("GS-III/Polity",), ("9",), [OTHER_POLITY], [OTHER_POLITY, NEWS], "GS-III/Polity, id:4"),
        (
            ("GS-II/Polity", "GS-III/Polity"),
            ("7", "9"),
            [POLITY, OTHER_POLITY],
            [POLITY],
            "GS-II/Polity, GS-III/Polity",  # which of the two is not told by a name: both stay
        ),
        (("id:7", "id:9"), ("7", "9"), [POLITY, OTHER_POLITY], [POLITY], "id:7"),
        (
            ("News", "GS-III/Polity"),
            ("4", "9"),
            [OTHER_POLITY, NEWS],
            [OTHER_POLITY],
            "GS-III/Polity",
        ),
        (("slug:polity-2",), ("9",), [OTHER_POLITY], [NEWS, OTHER_POLITY], "slug:polity-2, id:4"),
        ((), (), [NEWS], [NEWS, POLITY], ""),
    ],
)
def test_categories_are_merged_by_their_id(
    names: Any, ids: Any, was: Any, there: Any, expected: str
) -> None:
    wanted = Draft("k", "post", "T", "B", categories=names)
    base = Remote(Ref("7"), "T", "B", State.LIVE, **categories(*was))
    site = replace(base, **categories(*there))
    here = FileValues("B", ids)
    done = merge(base, {}, wanted, here, site, "categories-and-tags")
    assert ", ".join(done.draft.categories) == expected
    later = merge(site, done.asked, wanted, here, site, "categories-and-tags")
    assert {*later.draft.categories} == {*done.draft.categories}


def test_further_values_are_merged_by_the_same_rule() -> None:
    base = Remote(Ref("7"), "T", "B", State.LIVE, settings={"comments": "open", "order": 1})
    site = replace(base, settings={"comments": "closed", "order": 2})
    wanted = Draft("k", "post", "T", "B", settings={"comments": "open", "order": 3})
    done = merge(base, {}, wanted, FileValues("B", (), wanted.settings), site, "labels")
    assert done.draft.settings == {"comments": "closed", "order": 3}
    assert done.kept == ("keeps comments: closed as set on the site",)
    assert [(one.name, one.there, one.here) for one in done.conflicts] == [("order", "2", "3")]
    later = replace(wanted, settings={"comments": "open", "order": 2})
    again = merge(site, done.asked, later, FileValues("B", (), later.settings), site, "labels")
    assert again.draft.settings == {"comments": "closed", "order": 2}


def test_a_machine_that_cannot_merge_overwrites_nothing_that_another_kept(
    world: World, tmp_path: Path
) -> None:
    """A state file has digests only, so another machine has no base."""
    file = File("a")
    world.publish(file)
    world.edit_there(labels=("News", "By hand"))
    assert results(world.publish(file.but(text="Second."))) == ["done"]
    (memory,) = world.journal.memories("main").values()
    with Journal.open(tmp_path / "other.sqlite", clock=world.clock) as other:
        other.remember(memory)
        world.journal = other
        assert results(world.publish(file.but(text="Second."))) == ["unchanged"]
        assert results(world.publish(file.but(text="Third."))) == ["conflict"]
        assert set(world.post().labels) >= {"News", "By hand"}
