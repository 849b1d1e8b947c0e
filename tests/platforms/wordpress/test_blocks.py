from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from blogkit.html.blocks import only_blocks
from blogkit.platforms.wordpress.post_body import block, compose_wordpress, html_block
from blogkit.regions import find_sentinel
from blogkit.render.document import Document, Fragment
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import STRICT
from tests.cases import for_each
from tests.platforms.wordpress.samples import SAMPLES

_OPENING = re.compile(r"<!-- wp:([\w-]+)")
_COMMENT = re.compile(r"<!-- /?wp:.*?-->", re.DOTALL)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@for_each("name", SAMPLES)
def test_each_piece_becomes_its_blocks(name: str) -> None:
    fragment, blocks = SAMPLES[name]
    markup = block(fragment)
    assert tuple(f"core/{found}" for found in _OPENING.findall(markup)) == blocks
    assert only_blocks(markup)


@for_each("name", SAMPLES)
def test_no_word_is_lost(name: str) -> None:
    fragment, _ = SAMPLES[name]
    assert words(_COMMENT.sub("", block(fragment))) == words(_COMMENT.sub("", fragment.html))


@for_each("name", [name for name, sample in SAMPLES.items() if sample.blocks != ("core/html",)])
@for_each("version", [(6, 1), (6, 8), (7, 1)])
def test_an_authors_filter_leaves_the_markup_as_it_is(name: str, version: tuple[int, int]) -> None:
    markup = block(SAMPLES[name].fragment)
    assert judge(markup, replace(STRICT, wordpress=version)).clean


def test_the_forms_that_editors_of_all_versions_accept() -> None:
    assert (
        block(Fragment("heading", '<h3 id="a">x</h3>'))
        == '<!-- wp:heading {"level":3} -->\n<h3 class="wp-block-heading" id="a">x</h3>\n<!--'
        " /wp:heading -->"
    )
    assert block(Fragment("heading", "<h2>x</h2>")).startswith("<!-- wp:heading -->")
    assert '<ol start="3" class="wp-block-list">' in block(SAMPLES["numbers from 3"].fragment)
    assert '<!-- wp:table {"hasFixedLayout":false} -->' in block(SAMPLES["table"].fragment)
    assert '<td class="has-text-align-center" data-align="center"><code>x</code></td>' in block(
        SAMPLES["table"].fragment
    )


def test_code_runs_no_shortcode_and_embeds_nothing() -> None:
    markup = block(SAMPLES["code"].fragment)
    assert "[gallery" not in markup
    assert "\nhttps:&#47;&#47;example.com/</code>" in markup
    assert '<pre class="wp-block-code language-c++"><code>' in block(
        SAMPLES["code in a language"].fragment
    )


def test_an_item_of_one_paragraph_is_just_its_words() -> None:
    assert "<li>one</li>" in block(SAMPLES["loose list"].fragment)


def test_a_promised_image_keeps_its_promise() -> None:
    promise = f"blogkit-asset://{'a' * 64}/photo%20(1).jpg"
    assert f'src="{promise}"' in block(Fragment("image", f'<p><img src="{promise}" alt="x" /></p>'))


def test_the_sentinel_stands_in_a_locked_block_of_its_own_at_the_end() -> None:
    body = compose_wordpress(
        Document(
            "miami",
            (Fragment("paragraph", "<p>x</p>"), Fragment("widget", "<div>w</div>", widget="w")),
        )
    )
    *_, last = body.split("\n\n")
    assert (
        last
        == '<!-- wp:html {"lock":{"move":true,"remove":true},"metadata":{"name":"blogkit"}} -->\n'
        "<!-- blogkit:post key=miami -->\n<!-- /wp:html -->"
    )
    assert find_sentinel(body) == "miami"


def test_the_sheet_travels_with_the_sentinel() -> None:
    body = compose_wordpress(Document("miami", (), sheet=".a>.b{color:red}"))
    assert "<style>.a>.b{color:red}</style>\n<!-- blogkit:post key=miami -->" in body
    assert only_blocks(body)


def test_everything_fits_into_one_html_block() -> None:
    document = Document(
        "miami", (Fragment("paragraph", "<p>x</p>"), SAMPLES["blocks by hand"].fragment)
    )
    body = compose_wordpress(document, as_html=True)
    assert _OPENING.findall(body) == ["html"]
    assert find_sentinel(body) == "miami"
    assert _OPENING.findall(compose_wordpress(Document("empty", ()), as_html=True)) == ["html"]


@given(st.text(alphabet='<>&-"\\a', max_size=12))
def test_attributes_of_a_block_never_end_its_comment(text: str) -> None:
    first_line = html_block("x", {"name": text}).split("\n")[0]
    inside = first_line.removeprefix("<!-- wp:html ").removesuffix(" -->")
    assert not re.search(r"--|<|>|&", inside)


_TEXT = st.text(alphabet="ab <>&[]'\"\n", max_size=6).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
_HTML = st.recursive(
    _TEXT,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(
            [
                "p",
                "em",
                "ul",
                "ol",
                "li",
                "blockquote",
                "pre",
                "code",
                "table",
                "tbody",
                "tr",
                "td",
                "h2",
                "div",
                "a",
            ]
        ),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@given(_HTML, st.sampled_from(["paragraph", "heading", "list", "quote", "code", "table", "image"]))
def test_whatever_the_html_is_the_markup_is_whole_and_no_word_is_lost(html: str, kind: str) -> None:
    markup = block(Fragment(kind, html))  # type: ignore[arg-type]
    assert only_blocks(markup)
    assert words(_COMMENT.sub("", markup)) == words(html)
