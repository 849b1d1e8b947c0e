"""A post with everything in it stays editable: the block editor's own scripts find every block
valid.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.html.spelling import respell
from blogkit.platforms.wordpress.editors.block_form import as_editor_saves
from blogkit.platforms.wordpress.post_body import compose_wordpress
from blogkit.sanitizers.compare import losses
from tests.e2e import sample
from tests.e2e.blocks import serialized, validate_blocks
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site

PROSE = {
    "paragraph",
    "heading",
    "list",
    "list-item",
    "quote",
    "code",
    "table",
    "image",
    "separator",
    "html",
}


def test_every_block_of_a_post_with_everything_is_valid_and_stays_so(
    wordpress: Site, tmp_path: Path
) -> None:
    sent = as_editor_saves(compose_wordpress(sample.document(sample.EVERYTHING, tmp_path)))
    stored = [_stored(wordpress, user, sent) for user in ("admin", "author")]
    for verdict in validate_blocks(wordpress, [sent, *stored]):
        assert verdict.complaints == ()
        assert set(verdict.names) == {f"core/{name}" for name in PROSE}
    assert [losses(sent, body) for body in stored] == [[], []]


@pytest.mark.parametrize("make", [sample.example, sample.hostile])
def test_every_widget_is_one_valid_block(
    wordpress: Site, make: sample.Make, tmp_path: Path
) -> None:
    bodies = [compose_wordpress(make(widget, tmp_path)) for widget in sample.WIDGETS]
    for verdict in validate_blocks(wordpress, bodies):
        assert verdict.complaints == ()
        assert set(verdict.names) - {"core/heading"} == {"core/html"}, (
            "the contents of a post stand above its headings"
        )


def test_a_whole_post_in_one_html_block_is_valid(wordpress: Site, tmp_path: Path) -> None:
    body = compose_wordpress(sample.document(sample.EVERYTHING, tmp_path), as_html=True)
    (verdict,) = validate_blocks(wordpress, [_stored(wordpress, "author", body)])
    assert (verdict.names, verdict.complaints) == (("core/html",), ())


def test_the_first_save_in_the_editor_changes_nothing(wordpress: Site, tmp_path: Path) -> None:
    sent = as_editor_saves(compose_wordpress(sample.document(sample.EVERYTHING, tmp_path)))
    stored = {user: _stored(wordpress, user, sent) for user in ("admin", "author")}
    assert stored["admin"] == sent
    saved = dict(zip(stored, serialized(wordpress, list(stored.values())), strict=True))
    if wordpress.label == debian.NEWEST:
        assert saved["admin"] == sent
    for user, body in stored.items():
        assert respell(saved[user]) == respell(body) == respell(sent)
        assert losses(sent, body) == []


def _stored(site: Site, user: str, body: str) -> str:
    answer = site.rest(user, "POST", "wp/v2/posts", json={"title": "Everything", "content": body})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["content"]["raw"])
