from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blogkit.platforms.blogger.body import compose_blogger, desired_address, with_address
from blogkit.regions import find_sentinel, sentinel, without_keys
from blogkit.render.document import Document, Fragment
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.storage_rewrites import stored
from blogkit.sanitizers.compare import losses
from blogkit.sanitizers.rewrites import UNCERTAIN, harmless_changes
from tests.cases import for_each


def body(*html: str, sheet: str = "") -> str:
    return compose_blogger(
        Document("talks", tuple(Fragment("html", piece) for piece in html), sheet=sheet)
    )


def test_the_sentinel_comes_first_and_the_first_element_has_the_key_too() -> None:
    """Nobody has recorded that Blogger keeps comments."""
    whole = '<!-- blogkit:post key=talks --><p data-blogkit-post="talks">a</p>'
    assert body("<p>a</p>") == whole
    without_comment = whole.partition("-->")[2]
    assert find_sentinel(without_comment) == find_sentinel(whole) == "talks"
    assert "<script>" in body("<script>x</script><P class=a>b</P>")
    assert '<P data-blogkit-post="talks" class=a>' in body("<script>x</script><P class=a>b</P>")


@for_each(
    "html",
    [
        "text",
        "<script>x</script>",
        "<p></p><p>Rates rose.</p>",
        "<p class=x> </p><h2>Rates</h2>",
        "<p></p>Rates",
    ],
)
def test_the_key_survives_where_comments_and_empty_paragraphs_do_not(html: str) -> None:
    stripped = Quirks(html_comments="stripped", empty_paragraphs="removed")
    kept = stored(body(html), stripped, lambda _name, _data: "")
    assert find_sentinel(kept) == "talks"
    assert harmless_changes(*without_keys(body(html), kept), UNCERTAIN) is not None


def test_a_paragraph_with_nothing_but_a_comment_does_not_carry_the_key() -> None:
    assert '<p data-blogkit-post="talks">b' in body("<p> <!-- a --> </p><p>b</p>")


@for_each(
    "html",
    [
        "<p>one\ntwo\r\n  three</p>",
        "<ul>\n<li>a</li>\n<li>b\n<p>c</p></li>\n</ul>",
        "<pre>a\n<b\nclass='x'>b\n</b>\n</pre>",
        "<pre><code>if x:\n\n    y = '&lt;'\n</code></pre>\n<p>after\nit</p>",
        '<p><img src="a.png"\n alt="b"></p>',
        "<!-- a\ncomment --><p>x</p>",
        "<PRE>\tA\nB</PRE><textarea>c\nd</textarea>",
    ],
)
def test_no_line_break_is_left_to_become_another(html: str) -> None:
    composed = body(html, "<p>next</p>")
    assert "\n" not in composed.replace("<!-- a\ncomment -->", "")
    written = sentinel("talks") + html + "\n<p>next</p>"
    assert losses(*without_keys(written, composed)) == []


def test_a_script_keeps_its_lines() -> None:
    assert "a // b\nc" in body("<script>a // b\nc</script>")


def test_the_sheet_is_ascii_and_means_the_same() -> None:
    composed = body("<p>a</p>", sheet='.x::before{content:"→ —A"}\n.y{color:#123}')
    assert composed.isascii()
    assert '<style>.x::before{content:"\\2192  \\2014 A"} .y{color:#123}</style>' in composed


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
)
def test_the_desired_address_survives_any_title(slug: str, title: str) -> None:
    marked = with_address(body("<p>a</p>"), slug, title)
    assert desired_address(marked) == (slug, title)
    assert find_sentinel(marked) == "talks"
    assert desired_address(marked.partition("--><p")[2]) == (slug, title)
    inside = marked.removeprefix("<!-- blogkit:post key=talks --><!-- ").split(" -->")[0]
    assert not {"--", "&", ">"} & {inside[i : i + n] for i in range(len(inside)) for n in (1, 2)}


def test_scripts_keep_their_lines_and_mean_no_elements() -> None:
    script = "<script>'<!-- <pre>'\nx() // y\nz()\n</script>"
    assert f'{script} <p data-blogkit-post="talks">a b</p>' in body(f"{script}\n<p>a\nb</p>")
