"""Our blocks are sent as the editor saves them; what is on a blog in another spelling stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from blogkit.platforms.base import Draft, Remote
from blogkit.platforms.memory import InMemoryPlatform
from blogkit.platforms.wordpress.editors.block_form import as_editor_saves
from blogkit.platforms.wordpress.post_body import compose_wordpress
from blogkit.render.document import Document
from blogkit.sync.diff import field_diffs, three_way
from tests.sync.world import File, World, results

FILE = File(text='Talks <img src="/a.png" alt="x" /> opened.<br />Now.')


class Before(InMemoryPlatform):
    """As posts were sent before."""

    def compose(self, document: Document) -> str:
        return compose_wordpress(document)


class Now(Before):
    def expected_body(self, draft: Draft) -> str:
        return as_editor_saves(draft.body)

    def _written(self, post: Remote, draft: Draft) -> Remote:
        return super()._written(post, replace(draft, body=self.expected_body(draft)))


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A post that was published in the spelling of before."""
    world = World(tmp_path)
    world.site = world.platform = Before("main", clock=world.clock)
    world.publish(FILE)
    assert "<br />" in world.post().body
    world.site.__class__ = Now
    return world


def edit_there(world: World, body: str) -> None:
    post = world.post()
    assert world.site.restore(post.ref, replace(post, body=body), post).body == body


def test_a_post_in_the_old_spelling_is_not_sent_again(world: World) -> None:
    old = world.post()
    assert world.kinds(FILE) == ["unchanged"]
    assert results(world.publish(FILE)) == ["unchanged"]
    assert world.post() == old
    world.journal.forget("main", "talks")
    assert results(world.publish(FILE)) == ["done"], "it is recognised without a journal"
    assert world.post() == old


def test_it_gets_the_new_spelling_with_the_next_change(world: World) -> None:
    (outcome,) = world.publish(FILE.but(text=f"{FILE.text} More."))
    assert (outcome.result, outcome.losses) == ("done", ())
    assert "<br>" in world.post().body
    assert results(world.undo()) == ["done"]
    assert "<br />" in world.post().body


def test_a_save_in_the_editor_is_no_edit_and_hides_none(world: World) -> None:
    saved = as_editor_saves(world.post().body)
    base = world.post()
    edit_there(world, saved)
    assert world.kinds(FILE) == ["unchanged"]
    (desired,) = world.desired(FILE)
    assert three_way(base, world.post(), desired.draft) == ([], [])
    edit_there(world, saved.replace("Now.", "Now!"))
    assert world.kinds(FILE) == ["remote-edited"]
    there, here = three_way(base, world.post(), desired.draft)
    assert (len(there), here) == (1, [])
    assert len(set(there[0].before) ^ set(there[0].after)) == 2


def test_the_spelling_alone_is_shown_where_it_was_changed_on_purpose() -> None:
    one, other = (Draft("k", "post", "t", f"<p>a{end}b</p>") for end in ("<br />", "<br>"))
    assert field_diffs(one, other) != []
