"""Surgery on posts of a real WordPress: what its editor and its authors saved goes through
unharmed, and readers get it with the widget.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from blogkit.edits import (
    BodyForm,
    Edit,
    body_form_of,
    insert_widget,
    remove_widget,
    replace_text,
    replace_widget,
)
from blogkit.regions import RegionMeta, find_regions, missing_markers
from tests.e2e import sample, trees
from tests.e2e.blocks import Verdict, serialized, validate_blocks
from tests.e2e.browser import Browser, Visit, served
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.edits import corpus
from tests.edits.probe import Asked, anchors, check, inserted

SERIES = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
USERS = pytest.mark.parametrize("user", ["admin", "author"])
OUTSIDE = "text outside of blocks"
POSTS, PLACES = 6, 3


def posts(shape: str) -> list[corpus.Sample]:
    """Some posts of one shape, none with a script: an author may not send it."""
    found = [
        replace(one, body=corpus.shown_by_wordpress(one.body))
        for one in corpus.samples()
        if one.name.rsplit(" ", 1)[0] == shape
        and "<script" not in one.body
        and "<iframe" not in one.body
    ]
    return random.Random(shape).sample(found, POSTS)


def places(one: corpus.Sample) -> list[Asked]:
    found = list(anchors(one))
    return random.Random(one.body).sample(found, min(PLACES, len(found)))


def stored(site: Site, user: str, body: str, post: int | None = None) -> dict[str, Any]:
    """The post as WordPress answers it after it was saved: `raw` and `rendered` of its content,
    `id`.
    """
    path = f"wp/v2/posts/{post}" if post else "wp/v2/posts"
    answer = site.rest(
        user, "POST", path, json={"title": "A post", "content": body}, params={"context": "edit"}
    )
    assert answer.status_code in {200, 201}, answer.text
    return {"id": answer.json()["id"], **answer.json()["content"]}


@SERIES
@USERS
def test_posts_of_the_block_editor(wordpress: Site, user: str) -> None:
    written = serialized(
        wordpress, [one.body.replace(' class="wp-block-heading"', "") for one in posts("blocks")]
    )
    bodies, pairs = operate(wordpress, user, written, "blocks")
    verdicts = validate_blocks(wordpress, [body for pair in bodies for body in pair])
    for before, after in zip(verdicts[::2], verdicts[1::2], strict=True):
        # What the site's filter broke in an author's post before is no fault of the edit.
        assert complaints(after) == complaints(before)
        assert after.names.count("core/html") == before.names.count("core/html") + 1
    assert [difference for difference in trees.differences(pairs, "probe") if difference] == []


def complaints(verdict: Verdict) -> list[str]:
    """What the editor objects to, whatever the numbers of the blocks."""
    return [
        re.sub(r"^block /\d+ ", "", text)
        for text in verdict.complaints
        if not text.endswith(OUTSIDE)
    ]


@SERIES
@USERS
@pytest.mark.parametrize("shape", ["classic", "word in classic", "documents in classic"])
def test_classic_posts(wordpress: Site, user: str, shape: str) -> None:
    _, pairs = operate(wordpress, user, [one.body for one in posts(shape)], "classic")
    assert [difference for difference in trees.differences(pairs, "probe") if difference] == []


def operate(
    site: Site, user: str, written: list[str], form: BodyForm
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Save each post, put the widget at some of its places, save again: the bodies, and what
    readers get, before and after.
    """
    bodies, pairs = [], []
    for text in written:
        old = stored(site, user, text)
        one = corpus.Sample("stored", form, old["raw"])
        assert body_form_of(old["raw"], "wordpress") == form
        for asked in places(one):
            edit = inserted(one, asked)
            assert isinstance(edit, Edit), asked
            check(one, asked, edit)
            new = stored(site, user, edit.body, old["id"])
            assert new["raw"] == edit.body, "WordPress stores what was sent"
            assert missing_markers(edit.body, new["raw"]) == []
            bodies.append((old["raw"], new["raw"]))
            pairs.append((old["rendered"], new["rendered"]))
            assert (
                stored(site, user, remove_widget(new["raw"], "probe").body, old["id"])["raw"]
                == old["raw"]
            )
    assert len(pairs) >= POSTS * 2
    return bodies, pairs


@SERIES
def test_a_widget_is_upgraded_from_its_own_data_and_an_address_is_replaced_everywhere(
    wordpress: Site, tmp_path: Path
) -> None:
    first = sample.document(
        "```{quiz-button}\nlabel: Start\n```", tmp_path, quiz_url="https://example.com/YOUR_LINK"
    ).html
    mark = RegionMeta(
        "quiz", "quiz-button", 1, '{"label": "Start", "href": "https://example.com/YOUR_LINK"}'
    )
    text = (
        '<!-- wp:paragraph -->\n<p>See <a href="https://example.com/YOUR_LINK">the'
        " quiz</a>.</p>\n<!-- /wp:paragraph -->"
    )
    body = insert_widget(text, first, "end", mark, form="blocks").body
    raw = stored(wordpress, "author", body)["raw"]
    edit = replace_text(
        raw, "https://example.com/YOUR_LINK", "https://example.com/quiz?paper=1&set=b"
    )
    assert [place.kind for place in edit.places] == ["attribute", "attribute", "region data"]
    again = stored(wordpress, "author", edit.body)["raw"]
    assert again == edit.body
    (region,) = find_regions(again).regions
    assert not region.edited
    assert (
        region.mark.data == '{"label": "Start", "href": "https://example.com/quiz?paper=1&set=b"}'
    )
    newer = replace_widget(
        again,
        "<div><p>newer</p></div>",
        RegionMeta("quiz", "quiz-button", 2, region.mark.data),
        form="blocks",
    ).body
    assert remove_widget(stored(wordpress, "author", newer)["raw"], "quiz").body == text.replace(
        "YOUR_LINK", "quiz?paper=1&amp;set=b"
    )
    assert [verdict.complaints for verdict in validate_blocks(wordpress, [again, newer])] == [
        (),
        (),
    ]


@SERIES
@pytest.mark.parametrize("form", ["blocks", "classic"])
def test_an_injected_quiz_button_leads_to_the_quiz(
    wordpress: Site, browser: Browser, form: BodyForm, tmp_path: Path
) -> None:
    text = (
        "One paragraph.\n\n<h2>Test yourself</h2>\nAnother."
        if form == "classic"
        else "<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->"
    )
    pages = {"/quiz": "<!doctype html><title>The quiz</title>"}
    with served(pages) as root:
        quiz = f"{root}/quiz?paper=1&set=b"
        button = sample.document(
            "```{quiz-button}\nlabel: Start\n```", tmp_path, quiz_url=quiz, allow_http=True
        ).html
        old = stored(wordpress, "author", text)
        edit = insert_widget(
            old["raw"], button, "after:p:1", RegionMeta("quiz", "quiz-button"), form=form
        )
        shown = stored(wordpress, "author", edit.body, old["id"])["rendered"]
        pages["/"] = (
            '<!doctype html><html lang="en"><meta name="viewport"'
            f' content="width=device-width"><title>A post</title><main>{shown}</main>'
        )
        (seen,) = browser.look([Visit(f"{root}/", 360, click=f'a[href^="{root}/quiz"]')])
    assert seen.landed == quiz
    assert seen.errors == []
