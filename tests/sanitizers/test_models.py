"""What people must know about WordPress, as examples; the proof is in test_real_wordpress.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.sanitizers.compare import losses
from blogkit.sanitizers.encode import escape_stable
from blogkit.sanitizers.wordpress import css
from blogkit.sanitizers.wordpress.autop import wpautop
from blogkit.sanitizers.wordpress.css import filter_style, judge_declarations, property_since
from blogkit.sanitizers.wordpress.kses import kses
from blogkit.sanitizers.wordpress.texturize import rendered
from tests.sanitizers import facts

OLD, MIDDLE, NEW = (6, 1), (6, 8), (7, 1)


@pytest.mark.parametrize(
    ("style", "old", "new"),
    [
        ("color:red; display:flex", "color:red", "color:red;display:flex"),
        ("box-shadow:0 0 1px #0003", "", "box-shadow:0 0 1px #0003"),
        ("color:rgb(1,2,3)", "", ""),
        ("color:var(--c,rgb(1,2,3))", "color:var(--c,rgb(1,2,3))", "color:var(--c,rgb(1,2,3))"),
        (
            "width:calc((30em - 100%)*999)",
            "width:calc((30em - 100%)*999)",
            "width:calc((30em - 100%)*999)",
        ),
        ("background:url(data:x)", "", ""),
        (
            "background:linear-gradient(red,rgb(1,2,3))",
            "background:linear-gradient(red,rgb(1,2,3))",
            "background:linear-gradient(red,rgb(1,2,3))",
        ),
        ("grid-template-columns:repeat(2,1fr)", "", "grid-template-columns:repeat(2,1fr)"),
        ("COLOR:red", "", ""),
        ("--bk-fg:#111", "--bk-fg:#111", "--bk-fg:#111"),
        ("width:calc((1px", "", ""),
    ],
)
def test_styles_by_version(style: str, old: str, new: str) -> None:
    assert filter_style(style, OLD) == old
    assert filter_style(style, NEW) == new


def test_the_properties_are_those_that_wordpress_keeps_by_version() -> None:
    since = {name: version for version, names in facts.SINCE.items() for name in names.split()}
    assert {
        name: property_since(name) for name in (*since, *facts.NEVER.split())
    } == since | dict.fromkeys(facts.NEVER.split())
    assert sum(len(names.split()) for names in css._PROPERTIES.values()) == len(since), (
        "no name more than those"
    )


@pytest.mark.parametrize(
    ("declarations", "versions"),
    [
        (facts.KEPT, {OLD, MIDDLE, NEW}),
        (facts.KEPT_BY_6_8, {MIDDLE, NEW}),
        (facts.KEPT_BY_7_1, {NEW}),
        (facts.DROPPED, set()),
    ],
    ids=["always", "from 6.8", "from 7.1", "never"],
)
def test_declarations_fare_as_they_did_on_running_sites(
    declarations: tuple[str, ...], versions: set[tuple[int, int]]
) -> None:
    fates = {
        (text, version): filter_style(text, version)
        for text in declarations
        for version in (OLD, MIDDLE, NEW)
    }
    wrong = {
        case: kept
        for case, kept in fates.items()
        if kept != (case[0] if case[1] in versions else "")
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "value",
    [
        "url('')",
        'url("")',
        "url( )",
        "url(0)",
        "url('0')",
        "url(javascript:x)",
        "url(data:image/png,x)",
        "url()",
    ],
)
@pytest.mark.parametrize("prop", ["background", "--x"])
@pytest.mark.parametrize("version", [OLD, NEW])
def test_an_address_that_is_empty_or_not_allowed_takes_its_declaration_with_it(
    value: str, prop: str, version: tuple[int, int]
) -> None:
    assert filter_style(f"color:red;{prop}:{value}", version) == "color:red"


@pytest.mark.parametrize(
    ("style", "reason"),
    [
        ("COLOR:red", "WordPress reads property names in lower case only"),
        ("BOX-SIZING:border-box", "WordPress does not keep inline BOX-SIZING"),
        ("box-sizing:border-box", "WordPress does not keep inline box-sizing"),
        ("display:flex", "inline display is kept only from WordPress 7.0"),
        (
            "color:rgb(1,2,3)",
            "WordPress does not allow rgb() here; inside a var(--name, …) it is kept",
        ),
        ("color:red}", 'WordPress does not allow "}" in a style'),
        ("color:/* x */red", 'WordPress does not allow "/*" in a style'),
        ("background:url(data:x)", "its url() has an address that WordPress does not allow"),
        ("color:red", ""),
    ],
)
def test_a_dropped_declaration_says_why(style: str, reason: str) -> None:
    (verdict,) = judge_declarations(style, MIDDLE)
    assert verdict.reason == reason


@pytest.mark.parametrize(
    ("sent", "old", "new"),
    [
        ("</>foo>", "foo&gt;", "</&gt;foo>"),
        ("</1 a>b", "b", "</1 a>b"),
        ("<!x>b", "b", "<!x>b"),
        ("<!-- a -- b -->", "<!-- a - b -->", "<!-- a - b -->"),
        ("<!-- x --->", "<!-- x -->", "<!-- x -->"),
        ("<!---->", "", ""),
    ],
)
def test_odd_tags_are_comments_from_6_6_on(sent: str, old: str, new: str) -> None:
    assert kses(sent, OLD) == old
    assert kses(sent, (6, 5)) == old
    assert kses(sent, (6, 6)) == new
    assert kses(sent, MIDDLE) == new


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("<p>a</p><script>x()</script>", "<p>a</p>x()"),
        ('<a href="javascript:x()">a</a>', '<a href="x()">a</a>'),
        ('<a href="/" onclick="x()">a</a>', '<a href="/">a</a>'),
        ("4 < 5 and 6 > 3", "4  3"),
        ('<b title="a > b">x</b>', '<b> b"&gt;x</b>'),
        ("a & b &check; &nbsp;", "a &amp; b &amp;check; &nbsp;"),
        ("<!-- a & b > c -- d -->", "<!-- a &amp; b &gt; c - d -->"),
        ('<p style="display:flex">a</p>', "<p>a</p>"),
        ('<time datetime="2026-01-01">1 January</time>', "1 January"),
        ('<a href="/" target="_blank">a</a>', '<a href="/" target="_blank" rel="noopener">a</a>'),
        (
            '<!-- wp:html {"a":"x--y"} --><p>b</p><!-- /wp:html -->',
            '<!-- wp:html {"a":"x\\u002d\\u002dy"} --><p>b</p><!-- /wp:html -->',
        ),
        ('<a data-target="x" href="/">a</a>', '<a data-target="x" href="/">a</a>'),
        ("<br/>", "<br />"),
        ("&#150;&#39;", "&#8211;&#039;"),
    ],
)
def test_html_of_an_author_on_the_oldest(sent: str, stored: str) -> None:
    assert kses(sent, OLD) == stored


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("<div CLASS='a' data-X='\"'>a</div>", '<div class="a" data-x="&quot;">a</div>'),
        ('<time datetime="2026-01-01">1</time>', '<time datetime="2026-01-01">1</time>'),
        (
            "<p style=\"font-family:'Inter';display:flex\">a</p>",
            '<p style="font-family:&apos;Inter&apos;;display:flex">a</p>',
        ),
        ('<a title="it&#039;s" tabindex="0">a</a>', '<a title="it&apos;s" tabindex="0">a</a>'),
        ('<a title="unclosed>a</a>', "<a>a</a>"),
    ],
)
def test_html_of_an_author_on_the_newest(sent: str, stored: str) -> None:
    assert kses(sent, NEW) == stored


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("a\n\nb", "<p>a</p>\n<p>b</p>\n"),
        ("a\nb", "<p>a<br />\nb</p>\n"),
        ("<div>a\n\nb</div>", "<div>a</p>\n<p>b</p></div>\n"),
        ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>\n"),
        ("<style>a\nb</style>", "<style>a\nb</style>\n"),
        ("  \n", ""),
    ],
)
def test_paragraphs_of_a_body_without_blocks(body: str, shown: str) -> None:
    assert wpautop(body) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('"a" -- it\'s...', "&#8220;a&#8221; &#8212; it&#8217;s&#8230;"),
        ("6' 2\" and '99", "6&#8242; 2&#8243; and &#8217;99"),
        ("10x20 0x1F", "10&#215;20 0x1F"),
        ("1 - 2", "1 &#8211; 2"),
        ("a & b &amp;", "a &#038; b &amp;"),
        ('<code>"a"</code>', '<code>"a"</code>'),
        ("fine :) 8)", "fine 🙂 8)"),
        ("my Wordpress", "my WordPress"),
        ('[gallery x="y"]', '[gallery x="y"]'),
    ],
)
def test_what_readers_see_of_plain_text(typed: str, shown: str) -> None:
    assert rendered(typed, blocks=True) == shown


@pytest.mark.parametrize(
    "text", ['"a" -- it\'s...', "6' 2\"", "10x20", ":) 8-)", "my Wordpress (tm)", "[gallery]"]
)
def test_what_is_sealed_is_shown_as_typed(text: str) -> None:
    sealed = escape_stable(f"<p>{text}</p>")
    assert rendered(sealed, blocks=True) == sealed
    assert rendered(sealed, blocks=False) == sealed + "\n"


@given(
    st.text(alphabet=st.sampled_from("ab <>&;#'\"/=-!\n\\0:"), max_size=40),
    st.sampled_from([OLD, MIDDLE, NEW]),
)
def test_what_was_stored_is_stored_again_unchanged(text: str, version: tuple[int, int]) -> None:
    """Sending a stored post again changes nothing that readers see."""
    once = kses(f"<p>{text}</p>", version)
    twice = kses(once, version)
    assert kses(twice, version) == twice


def test_what_blogger_stores_differently_is_no_loss() -> None:
    sent = '<p title="₹5">a — b é\xa0c</p><!--more--><p>🙂</p>'
    stored = '<p title="&#8377;5">a &#8212; b &#233;&#160;c</p><a name="more"></a><p>&#128578;</p>'
    assert losses(sent, stored) == []
