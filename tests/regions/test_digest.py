"""The digest in a region's marker. Live posts carry it: another recipe would make every widget
look edited by hand.
"""

from __future__ import annotations

from blogkit.regions import RegionMeta, digest_of, find_regions, marked
from tests.cases import for_each

GOLDEN = {
    "": "e3b0c44298fc1c14",
    "plain words": "fcfb09747001a6e8",
    "<p>one</p>": "8454f8f6a627398f",
    '<div style="margin:24px 0;color:#222222"><p>Café &amp; “x” — <a href="https://e.com/?a=1&amp;b=2" target="_blank">go</a><br>now</p></div>': (
        "6bf8f4ff42d49fd1"
    ),
    '<ol class="bk-timeline" start="3"><li data-x="{&quot;a&quot;: 1}"><b>2 March</b> हिन्दी 📍</li></ol>': "af394946394647be",
    "<p>x<!-- note --></p><table><tr><td>1</td></tr></table>": "6d32578ddc29ccfa",
}


@for_each("content", GOLDEN)
def test_a_digest_stays_the_same_in_every_version(content: str) -> None:
    assert digest_of(content) == GOLDEN[content]


def test_a_marker_stays_the_same_in_every_version() -> None:
    mark = RegionMeta("quiz 1", "quiz-button", 2, '{"label": "Start"}')
    data = "eyJsYWJlbCI6ICJTdGFydCJ9"
    assert marked(mark, "<p>one</p>") == (
        f"<!-- blogkit:begin base64:cXVpeiAx widget=quiz-button v=2 hash=8454f8f6a627398f data={data} --><p>one</p>"
        "<!-- blogkit:end base64:cXVpeiAx -->"
    )
    assert marked(mark, "<p>one</p>", "attribute") == (
        '<div data-blogkit-region="base64:cXVpeiAx" data-blogkit-widget="quiz-button" data-blogkit-v="2"'
        f' data-blogkit-hash="8454f8f6a627398f" data-blogkit-data="{data}"><p>one</p></div>'
    )


LINK = '<p style="margin:0;color:#222">a <a href="/x" rel="nofollow">b</a></p>'
RESPELLED = {
    "blanks around it": f" \n{LINK}\t\n",
    "blanks between tags": LINK.replace("<a", "\n <a").replace("</p>", " \n</p>"),
    "noopener": LINK.replace("nofollow", "noopener nofollow"),
    "noreferrer": LINK.replace("nofollow", "nofollow noreferrer"),
    "noopener and noreferrer": LINK.replace("nofollow", "nofollow noopener  noreferrer"),
    "a semicolon at the end": LINK.replace("#222", "#222;"),
    "empty declarations": LINK.replace("0;color", "0;; ;color"),
    "blanks in the style": LINK.replace("margin:0;color:#222", " margin : 0 ; color:\n#222 ; "),
    "other quotes": LINK.replace('"', "'"),
    "attributes in another order": LINK.replace(
        'href="/x" rel="nofollow"', 'rel="nofollow" href="/x"'
    ),
    "capitals": LINK.replace("</a></p>", "</A></P >"),
    "an entity": LINK.replace(">b<", ">&#98;<"),
}


@for_each("respelled", RESPELLED.values(), ids=RESPELLED)
def test_a_site_may_respell_a_region(respelled: str) -> None:
    assert digest_of(respelled) == digest_of(LINK)


@for_each("respelled", [" plain words", "plain words\n", "plain\n\twords", "plain &#119;ords"])
def test_blanks_around_bare_words_do_not_count(respelled: str) -> None:
    assert digest_of(respelled) == digest_of("plain words")


@for_each(
    "spelling", [' rel="noopener"', ' rel="noreferrer"', ' rel="noopener noreferrer"', ' rel=""']
)
def test_a_rel_of_nothing_but_what_sites_add_is_none(spelling: str) -> None:
    assert digest_of(f'<a href="/x"{spelling}>b</a>') == digest_of('<a href="/x">b</a>')


@for_each(
    "edited",
    [
        LINK.replace("nofollow", "nofollow ugc"),
        LINK.replace("#222", "#223"),
        LINK.replace("margin:0;", ""),
        LINK.replace("/x", "/y"),
        LINK.replace(">b<", ">B<"),
        LINK.replace(' rel="nofollow"', ""),
        LINK.replace("<p", "<div").replace("</p", "</div"),
    ],
)
def test_an_edit_changes_the_digest(edited: str) -> None:
    assert digest_of(edited) != digest_of(LINK)


@for_each("attribute", ["open", 'alt=""', 'title=""'])
def test_an_attribute_without_a_value_counts(attribute: str) -> None:
    assert digest_of(f"<p {attribute}>x</p>") != digest_of("<p>x</p>")


def test_angle_brackets_in_a_text_count_however_they_are_written() -> None:
    assert digest_of("<p>a &gt; b &lt; c</p>") == digest_of("<p>a > b &#60; c</p>")
    assert len({digest_of(f"<p>a {sign} b</p>") for sign in ("&gt;", "&lt;", "")}) == 3


WHOLE = "<!-- wp:paragraph -->\n<p>x</p>\n<!-- /wp:paragraph -->"


@for_each(
    ("content", "torn"),
    [
        (WHOLE, False),
        (f"{WHOLE}\n\n{WHOLE}", False),
        (f'<!-- wp:group {{"a":1}} -->{WHOLE}<!-- /wp:group -->', False),
        ("<!-- wp:page-list /-->", False),
        ("<!-- wp:paragraph --><p>x</p>", True),
        ("<p>x</p><!-- /wp:paragraph -->", True),
        ("<!-- /wp:html --><p>x</p><!-- wp:html -->", True),
        (f"<!-- /wp:html -->{WHOLE}<!-- wp:html -->", True),
    ],
)
def test_a_region_may_hold_whole_blocks_and_no_halves(content: str, torn: bool) -> None:
    found = find_regions(marked(RegionMeta("a"), content))
    assert [region.id for region in found.regions] == ([] if torn else ["a"])
    assert [damage.kind for damage in found.damages] == (["torn"] if torn else [])
