"""Our blocks are sent as the editor would save them, and only they."""

from __future__ import annotations

from dataclasses import replace

from blogkit.html.spelling import respell
from blogkit.platforms.base import Draft, Ref, Remote, State
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.platforms.wordpress.api import unchanged_fields
from blogkit.platforms.wordpress.editors.block_form import as_editor_saves
from blogkit.platforms.wordpress.post_body import block
from blogkit.render.document import Fragment
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import STRICT
from tests.cases import for_each
from tests.platforms.wordpress.samples import SAMPLES


@for_each("name", SAMPLES)
def test_it_is_another_spelling_of_the_same_blocks(name: str) -> None:
    plain = block(SAMPLES[name].fragment)
    saved = as_editor_saves(plain)
    assert respell(saved) == respell(plain)
    assert as_editor_saves(saved) == saved


@for_each("name", [name for name, sample in SAMPLES.items() if sample.blocks != ("core/html",)])
@for_each("version", [(6, 1), (6, 8), (7, 1)])
def test_an_authors_filter_loses_none_of_it(name: str, version: tuple[int, int]) -> None:
    verdict = judge(
        as_editor_saves(block(SAMPLES[name].fragment)), replace(STRICT, wordpress=version)
    )
    assert verdict.clean


def test_a_heading_keeps_its_id_in_the_comment_too() -> None:
    saved = as_editor_saves(block(Fragment("heading", '<h3 id="r&amp;d">a<br />b</h3>')))
    assert saved.startswith(
        '<!-- wp:heading {"level":3,"anchor":"r\\u0026d"} -->\n'
        '<h3 id="r&amp;d" class="wp-block-heading">a<br>b</h3>\n'
    )


def test_images_and_separators_end_as_in_the_editor() -> None:
    image = as_editor_saves(block(Fragment("image", '<p><img src="a.png" alt="x" /></p>')))
    assert '<img src="a.png" alt="x"/></figure>' in image
    assert '<hr class="wp-block-separator has-alpha-channel-opacity"/>' in as_editor_saves(
        block(Fragment("separator", "<hr />"))
    )


@for_each(
    "body",
    [
        "<!-- wp:html -->\n<br /><img src=x />\n<!-- /wp:html -->",
        '<p>classic<br /> <img src="x" /></p>',
        "<!-- wp:paragraph -->\n<p><img src=a/></p>\n<!-- /wp:paragraph -->",
        '<!-- wp:heading -->\n<h2 class="big wp-block-heading" id="a">x</h2>\n<!-- /wp:heading -->',
    ],
)
def test_what_is_not_our_own_form_stays_as_it_is(body: str) -> None:
    assert as_editor_saves(body) == body


def test_adopted_html_is_sent_byte_for_byte(site: WordPress) -> None:
    body = "<!-- wp:paragraph -->\n<p>a<br />b</p>\n<!-- /wp:paragraph -->"
    draft = Draft("k", "post", "t", body)
    assert site.expected_body(draft) == body.replace(" />", ">")
    assert site.expected_body(replace(draft, exact=True)) == body


def test_the_spelling_of_our_own_blocks_alone_is_not_sent() -> None:
    body = "<!-- wp:paragraph -->\n<p>a<br />b</p>\n<!-- /wp:paragraph -->"
    found = Remote(Ref("7"), "t", body, State.LIVE)
    draft = Draft("k", "post", "t", body.replace(" />", ">"))
    assert "content" in unchanged_fields(draft, found)
    assert "content" not in unchanged_fields(replace(draft, exact=True), found)
    assert "content" not in unchanged_fields(replace(draft, body=f"{body} "), found)
