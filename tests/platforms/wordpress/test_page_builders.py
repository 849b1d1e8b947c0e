"""Whether readers see a change, by what the site shows of the post after it."""

from __future__ import annotations

from dataclasses import replace

from blogkit.platforms.base import Draft, Ref, State
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.platforms.wordpress.editors.page_builders import why_unseen
from blogkit.regions import RegionMeta, marked
from tests.cases import for_each
from tests.platforms.wordpress.conftest import Script, post

OLD = "<p>One.</p>"
REGION = marked(RegionMeta("quiz"), '<p class="bk-quiz">Quiz</p>')
NEW = f"{OLD}\n{REGION}"
BLOCKS = f"<!-- wp:paragraph -->\n{OLD}\n<!-- /wp:paragraph -->"
IN_BLOCK = f"<!-- wp:html -->\n{REGION}\n<!-- /wp:html -->"
BUILT = '<div data-elementor-type="wp-post" class="elementor"><p>One.</p></div>'
ELEMENTOR = "Elementor does not make the page from the post's text"
ARROW = '<p><img src="https://example.com/a.png" alt="x > y" /></p>'
CURLED = '<p><img src="https://example.com/a.png" alt="x > y&#8221; /></p>'
SWALLOWED = 'WordPress ends a tag above it at a ">" inside an attribute: write &gt; there'
OTHER = "the theme or a plugin does not make the page from the post's text"


@for_each(
    ("before", "after", "rendered", "why"),
    [
        (OLD, NEW, NEW, ""),
        (OLD, NEW, '<div><p>One.</p><p class="bk-quiz">Quiz</p></div>', ""),
        (BLOCKS, f"{BLOCKS}\n\n{IN_BLOCK}", f"{OLD}\n\n\n{REGION}\n", ""),
        (BLOCKS, f"{IN_BLOCK}\n\n{BLOCKS}", f"{REGION}\n\n\n{OLD}\n", ""),
        (BLOCKS, f"{IN_BLOCK}\n\n{BLOCKS}", f"{OLD}\n", OTHER),
        (NEW, f"{NEW}\n{REGION.replace('quiz', 'more')}", NEW, OTHER),
        (OLD, NEW, BUILT, ELEMENTOR),
        (OLD, NEW, "<p>One.</p>", OTHER),
        (OLD, NEW, "", OTHER),
        (NEW, OLD, BUILT, ""),
        (OLD, "<p>Two.</p>", BUILT, ELEMENTOR),
        (OLD, "<p>Two.</p>", "<p>Two!</p>", ""),
        (NEW, f"{NEW}<p>Two.</p>", "<p>Two.</p>", ""),
        (ARROW, f"{ARROW}\n{REGION}", f"{CURLED}\n{REGION}", SWALLOWED),
        (ARROW, f"{REGION}\n{ARROW}", f"{REGION}\n{CURLED}", ""),
        (ARROW, f"{ARROW}\n{REGION}", f"{ARROW}\n{REGION}", ""),
        ("[et_pb_section]", f"[et_pb_section]{REGION}", f'<div class="et_pb_section">{REGION}', ""),
    ],
    ids=[
        "the region is there",
        "a plugin removed its comments",
        "a block below another",
        "a block above another",
        "a block that is not in the page",
        "a region beside one from before",
        "a builder's page",
        "a page from elsewhere",
        "a page of nothing",
        "the region was removed",
        "a text on a builder's page",
        "a text that a plugin changes",
        "a region from before",
        "behind a bracket in an attribute",
        "before a bracket in an attribute",
        "a bracket that the site leaves alone",
        "a builder that keeps its page in the text",
    ],
)
def test_why_readers_do_not_see_a_change(before: str, after: str, rendered: str, why: str) -> None:
    assert why_unseen(before, after, {"content": {"rendered": rendered}}) == why


def test_the_answer_to_a_change_tells_it(script: Script, site: WordPress) -> None:
    found = {"raw": OLD}
    script.on("GET", "/wp/v2/posts/7", post(content=found, status="publish"))
    script.on(
        "POST",
        "/wp/v2/posts/7",
        post(content={"raw": NEW, "rendered": BUILT}, status="publish"),
    )
    seen = site.get(Ref("7"))
    assert (seen.state, seen.unseen) == (State.LIVE, "")
    changed = site.restore(seen.ref, replace(seen, body=NEW), seen)
    assert changed.unseen == ELEMENTOR
    fields = [query["_fields"] for method, _, query, _ in script.seen if method == "POST"]
    assert fields[0].endswith("content.rendered")


def test_a_site_that_does_not_tell_is_believed(script: Script, site: WordPress) -> None:
    script.on("GET", "/wp/v2/posts/7", post(content={"raw": OLD}))
    script.on("POST", "/wp/v2/posts/7", post(content={"raw": NEW, "rendered": False}))
    seen = site.get(Ref("7"))
    draft = Draft("k", "post", "Talks open", NEW, exact=True)
    assert site.update(seen.ref, draft, seen).unseen == ""
