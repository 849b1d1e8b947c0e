"""Markdown to blocks: kinds, HTML, anchors, footnotes, links, and what is refused."""

from __future__ import annotations

import re
from typing import Any

import pyromark
import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from hypothesis import assume, example, given
from hypothesis import strategies as st

from blogkit.errors import ContentError, Problem
from blogkit.posts.markdown import inline, parse_markdown
from blogkit.posts.post import Block, WidgetCall
from tests.cases import for_each


def read(source: str, line: int = 1, prefix: str = "") -> tuple[Block, ...]:
    return parse_markdown(source, line=line, path="a.md", prefix=prefix)


def html(source: str) -> str:
    """The HTML of a source without calls."""
    texts = [part for block in read(source) for part in block.parts]
    assert all(isinstance(part, str) for part in texts)
    return " ".join(map(str, texts))


def problems(source: str, line: int = 1) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        read(source, line)
    return caught.value.problems


BLOCKS = {
    "a\nb *c* **d** ~~e~~ `f<`": (
        "paragraph",
        "<p>a b <em>c</em> <strong>d</strong> <del>e</del> <code>f&lt;</code></p>",
    ),
    "a  \nb\\\nc": ("paragraph", "<p>a<br /> b<br /> c</p>"),
    "4 < 5 & \"q\" 'a' &copy; \\*": ("paragraph", "<p>4 &lt; 5 &amp; \"q\" 'a' © *</p>"),
    "## Two *x*": ("heading", '<h2 id="two-x">Two <em>x</em></h2>'),
    "One\n===": ("heading", '<h1 id="one">One</h1>'),
    "- a\n- b": ("list", "<ul><li>a</li> <li>b</li></ul>"),
    "- a\n  - b\n\n  c": ("list", "<ul><li><p>a</p> <ul><li>b</li></ul> <p>c</p></li></ul>"),
    "1. a\n2. b": ("list", "<ol><li>a</li> <li>b</li></ol>"),
    "7) a\n   > b": ("list", '<ol start="7"><li>a <blockquote><p>b</p></blockquote></li></ol>'),
    "> a\n>\n> b": ("quote", "<blockquote><p>a</p> <p>b</p></blockquote>"),
    "```py x\na<b\n\nc\n```": ("code", '<pre><code class="language-py">a&lt;b\n\nc\n</code></pre>'),
    "~~~\n~~~": ("code", "<pre><code></code></pre>"),
    "    a\n    b": ("code", "<pre><code>a\nb</code></pre>"),
    "| a | b |\n|:-:|--|\n| `c` |": (
        "table",
        (
            '<table><thead><tr><th style="text-align:center">a</th> <th>b</th></tr></thead>'
            ' <tbody><tr><td style="text-align:center"><code>c</code></td>'
            " <td></td></tr></tbody></table>"
        ),
    ),
    "| a |\n|--|": ("table", "<table><thead><tr><th>a</th></tr></thead></table>"),
    '![a *b*](c.png "t")': ("image", '<p><img src="c.png" alt="a b" title="t" /></p>'),
    '![a "q" <b> ![c](d)](e)': ("image", '<p><img src="e" alt="a &quot;q&quot;  c" /></p>'),
    "![](c.png)": ("image", '<p><img src="c.png" alt="" /></p>'),
    "[![a](b)](c)": ("paragraph", '<p><a href="c"><img src="b" alt="a" /></a></p>'),
    "![a](b) c": ("paragraph", '<p><img src="b" alt="a" /> c</p>'),
    "![a](b)![c](d)": ("paragraph", '<p><img src="b" alt="a" /><img src="d" alt="c" /></p>'),
    "***": ("separator", "<hr />"),
    "<div>\n*a*\n</div>": ("html", "<div>\n*a*\n</div>"),
    "<!-- a\n\nb -->": ("html", "<!-- a\n\nb -->"),
    "a <b>c</b> <!-- d -->": ("paragraph", "<p>a <b>c</b> <!-- d --></p>"),
    '[a](b "t<\\"") <https://c.d/?e=f&g>': (
        "paragraph",
        (
            '<p><a href="b" title="t&lt;&quot;">a</a> <a'
            ' href="https://c.d/?e=f&amp;g">https://c.d/?e=f&amp;g</a></p>'
        ),
    ),
    "<x@y.org>": ("paragraph", '<p><a href="mailto:x@y.org">x@y.org</a></p>'),
    "[a]\n\n[a]: <b c> 't'": ("paragraph", '<p><a href="b%20c" title="t">a</a></p>'),
    "[a](/é?ü#ö)": ("paragraph", '<p><a href="/%C3%A9?%C3%BC#%C3%B6">a</a></p>'),
    "[a](%C3%A9)": ("paragraph", '<p><a href="%C3%A9">a</a></p>'),
}


@for_each(("source", "expected"), BLOCKS.items())
def test_one_block(source: str, expected: tuple[str, str]) -> None:
    (block,) = read(source)
    assert (block.kind, block.parts) == (expected[0], (expected[1],))


def test_nothing() -> None:
    assert read("") == read(" \n\t\n") == read("[a]: b") == ()


def test_blocks_know_their_line_level_and_language() -> None:
    source = "a\n\n\n## é\n🎉\n***\n~~~js\nx\n~~~\n- a\n\n\n- b\n\n> c\n\n<br>\n\n| a |\n|--|\n"
    assert [(block.kind, block.line) for block in read(source, 11)] == [
        ("paragraph", 11), ("heading", 14), ("paragraph", 15), ("separator", 16), ("code", 17), ("list", 20), ("quote", 25), ("html", 27),
        ("table", 29),
    ]  # fmt: skip
    blocks = read(source)
    assert [(b.level, b.anchor, b.language) for b in blocks if b.level or b.language] == [
        (2, "é", ""),
        (0, "", "js"),
    ]


@for_each("end", ["\r\n", "\r"])
def test_line_endings(end: str) -> None:
    source = "# a\n\n```{x} T\nb: 1\n\nc: 2\n```\n\n- d\n  e"
    assert read(source.replace("\n", end)) == read(source)


# Anchors


@for_each(
    ("heading", "anchor"),
    [
        ("Hello, World!", "hello-world"),
        ("What's *new* in `C++`?", "whats-new-in-c"),
        ("भारत की अर्थव्यवस्था", "भारत-की-अर्थव्यवस्था"),
        ("اردو زبان", "اردو-زبان"),
        ("日本語の見出し", "日本語の見出し"),
        ("Ünïcode – dash", "ünïcode-dash"),
        ("📍 Location 1️⃣", "location-1"),
        ("🎉", "section"),
        ("", "section"),
        ("GS-II: 2022--24", "gs-ii-2022-24"),
        ("![alt text](x.png)", "alt-text"),
        ("Title {#chosen_id}", "chosen_id"),
        ("Title `{#code}`", "title-code"),
        ("The set {1, 2}", "the-set-1-2"),
    ],
)
def test_anchors(heading: str, anchor: str) -> None:
    (block,) = read(f"# {heading}")
    assert block.anchor == anchor
    assert f'<h1 id="{anchor}">' in str(block.parts[0])
    assert "{#chosen" not in str(block.parts[0])


@given(
    st.lists(
        st.sampled_from(["a", "a-1", "A", "a 1", "b {#a}", "!", "section", "a-1-1"]), max_size=9
    )
)
def test_anchors_are_unique(headings: list[str]) -> None:
    blocks = read("\n\n".join(f"# {heading}" for heading in headings))
    anchors = [block.anchor for block in blocks]
    assert len(set(anchors)) == len(headings)
    assert all(
        f'id="{anchor}"' in str(block.parts) for anchor, block in zip(anchors, blocks, strict=True)
    )


def test_headings_inside_other_blocks_have_anchors_too() -> None:
    assert html("> # a\n\n# a") == '<blockquote><h1 id="a">a</h1></blockquote> <h1 id="a-1">a</h1>'


# Footnotes


def test_footnotes() -> None:
    first, notes = read(
        "x[^b] y[^a] z[^B]\n\n[^a]: A\n    more\n\n[^b]: B1\n\n    B2\n\n[^c]: C", prefix="p"
    )
    link = '<sup><a id="fnref_p_{}" href="#fn_p_{}" role="doc-noteref">{}</a></sup>'
    assert first.parts == (
        f"<p>x{link.format('1', 1, 1)} y{link.format('2', 2, 2)} z{link.format('1_2', 1, 1)}</p>",
    )
    back = '<a href="#fnref_p_{}" role="doc-backlink" aria-label="Back to reference {}">↩\ufe0e</a>'
    assert (notes.kind, notes.line) == ("footnotes", 3)
    assert (
        "".join(map(str, notes.parts))
        == '<section class="footnotes" role="doc-endnotes"><hr /> <ol><li id="fn_p_1"><p>B1</p>'
        f" <p>B2 {back.format('1', '1')} {back.format('1_2', '1-2')}</p></li> <li"
        f' id="fn_p_2"><p>A more {back.format("2", "2")}</p></li> <li'
        ' id="fn_p_3"><p>C</p></li></ol></section>'
    )


def test_footnotes_that_end_in_a_call_or_a_list() -> None:
    *_, notes = read("x[^a][^b]\n\n[^a]: A\n\n    ```{x} T\n    y: 1\n    ```\n\n[^b]:\n    - c\n")
    assert notes.line == 3
    assert [part for part in notes.parts if isinstance(part, WidgetCall)] == [
        WidgetCall("x", "T", "y: 1\n", 5, 6, 4)
    ]
    assert str(notes.parts[-1]).count("doc-backlink") == 2
    assert "</ul> <p><a" in str(notes.parts[-1])


@given(
    st.lists(st.sampled_from(["[^a]", "[^b]", "[^c]", "x"]), min_size=1, max_size=8),
    st.permutations("abc"),
)
def test_footnote_links_lead_somewhere(words: list[str], order: list[str]) -> None:
    blocks = read(
        " ".join(words) + "\n\n" + "\n\n".join(f"[^{name}]: note {name} [^a]" for name in order),
        prefix="k",
    )
    page = BeautifulSoup(
        " ".join(str(part) for block in blocks for part in block.parts), "html.parser"
    )
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    targets = {str(link["href"])[1:] for link in page.find_all("a")}
    assert targets <= set(ids)
    assert len(page.find_all(role="doc-noteref")) == len(page.find_all(role="doc-backlink"))


def test_footnotes_without_a_text_or_with_two() -> None:
    assert [(p.line, p.code) for p in problems("a[^1]\n\nb[^x]\n\n[^2]: c\n\n[^2]: d", 10)] == [
        (10, "unknown-footnote"),
        (12, "unknown-footnote"),
        (16, "duplicate-footnote"),
    ]


@for_each("source", ["\\[^1]", "`[^1]`", "[^1](x)", "[^a-z]", "[ ^1]", "    [^1]"])
def test_what_is_no_footnote(source: str) -> None:
    assert read(source)[0].kind in ("paragraph", "code")


# Links that run programs


@for_each(
    "url",
    [
        "javascript:x",
        "JaVaScRiPt:x",
        "java&Tab;script:x",
        "&#1;javascript:x",
        "vbscript:x",
        "data:text/html,x",
    ],
)
def test_links_to_programs_lose_their_address(url: str) -> None:
    assert html(f"[a *b*](<{url}>)") == "<p>a <em>b</em></p>"
    assert html(f"[a]\n\n[a]: <{url}>") == "<p>a</p>"
    assert html(f"![a <](<{url}>)") == "<p>a &lt;</p>"
    assert inline(f"[a *b*](<{url}>)") == "a <em>b</em>"


@for_each("url", [":", "http:", "https://", "mailto:", "foo:", " : ", "HTTP:/"])
def test_an_address_that_leads_nowhere_is_no_link(url: str) -> None:
    assert html(f"[a *b*](<{url}>)") == "<p>a <em>b</em></p>"
    assert inline(f"[a *b*](<{url}>)") == "a <em>b</em>"


@for_each(
    ("url", "kept"),
    [
        ("javascript", "javascript"),
        ("/at?time=10:30", "/at?time=10%3A30"),
        ("#part:two", "#part%3Atwo"),
        ("::a", "%3A%3Aa"),
        ("//example.com:8080/a", "//example.com:8080/a"),
        ("tel:1", "tel:1"),
    ],
)
def test_wordpress_keeps_each_address_of_a_link(url: str, kept: str) -> None:
    assert html(f"[a](<{url}>)") == f'<p><a href="{kept}">a</a></p>'
    assert inline(f"[a](<{url}>)") == f'<a href="{kept}">a</a>'


def test_images_may_carry_their_data() -> None:
    assert (
        html("![a](data:image/png;base64,AA==)")
        == '<p><img src="data:image/png;base64,AA==" alt="a" /></p>'
    )


# Raw HTML that spans blocks


def test_raw_html_around_markdown_is_one_block() -> None:
    blocks = read("<div>\n\n*a*\n\n```{x}\nb: 1\n```\n\n</div>\n\nc")
    assert [(block.kind, block.line) for block in blocks] == [("html", 1), ("paragraph", 11)]
    assert blocks[0].parts == (
        "<div> <p><em>a</em></p> ",
        WidgetCall("x", "", "b: 1\n", 5, 6),
        "</div>",
    )


def test_raw_html_that_nests() -> None:
    blocks = read("<section>\n\n<div>\n\na\n\n</div>\n\nb\n\n</section>\n\n<br>\n\nc")
    assert [(block.kind, block.line) for block in blocks] == [
        ("html", 1),
        ("html", 13),
        ("paragraph", 15),
    ]
    blocks = read("<div>\n\na\n\n</div><div>\n\nb\n\n</div>\n\nc")
    assert [(block.kind, block.line) for block in blocks] == [("html", 1), ("paragraph", 11)]


@for_each(
    "source",
    [
        "<div>\n\na\n\nb",
        "</div>\n\na\n\nb",
        "<p>\n\n<p>\n\nb",
        "<br>\n\na\n\n</br>",
        "<!-- <div> -->\n\na\n\n</div>",
    ],
)
def test_raw_html_that_nothing_closes_stays_alone(source: str) -> None:
    assert len(read(source)) == 3


# Against the parser's own HTML

SHREDS = [
    "a", "b ", "*", "**", "_", "`", "```", "\n", "\n\n", "- ", "1. ", "3) ", "> ", "# ", "## ", "    ", "  ", "\t", "[a](b)", "[r]",
    '![i](j "t")', "\n[r]: /x 't'\n", "<b>", "</b>", "<div>", "</div>\n", "<!-- c -->", "|", "\n|--|:-:|\n", "| a | b |", "~~", "~",
    "---", "***", "\\", "&amp;", "&lt;", "<", "&", '"', "'", "é", "🎉", "===", "  \n", "\\\n", "<http://a.b/?q=1&r=ü>", "<a@b.c>", "x",
]  # fmt: skip
TABLES = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH


def outline(node: Tag) -> list[Any]:
    """A tree of tags and texts in which white space between words and around blocks does not
    count.
    """
    found: list[Any] = []
    for child in node.children:
        if isinstance(child, Tag):
            attributes = {
                name: str(value).replace(": ", ":")
                for name, value in child.attrs.items()
                if name != "id"
            }
            found.append(
                (
                    child.name,
                    attributes,
                    [child.get_text()] if child.name == "pre" else outline(child),
                )
            )
        elif isinstance(child, NavigableString):
            text = re.sub(r"\s+", " ", child)
            if found and isinstance(found[-1], str):
                found[-1] += text
            else:
                found.append(text)
    return [
        item
        for item in (re.sub(" +", " ", i).strip() if isinstance(i, str) else i for i in found)
        if item
    ]


def dom(text: str) -> list[Any]:
    return outline(BeautifulSoup(text.replace("<tbody>\n</tbody>", ""), "html.parser"))


@given(st.lists(st.sampled_from(SHREDS), max_size=25).map("".join))
@example("- a\n\n  b\n- c")
def test_the_html_is_what_the_parser_would_write(source: str) -> None:
    assume("<!" not in source.replace("<!-- c -->", ""))  # BeautifulSoup refuses such declarations
    try:
        ours = html(source)
    except ContentError as error:
        assert {p.code for p in error.problems} == {"unclosed-fence"}  # noqa: PT017
        return
    assert dom(ours) == dom(pyromark.html(source, options=TABLES))


@given(st.text(max_size=80) | st.text("`~{}x-> \n\t[]^:1<>/!#*|\\", max_size=80))
def test_random_text_is_blocks_or_problems_inside_the_text(source: str) -> None:
    lines = source.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    try:
        found = [block.line for block in read(source, 5)]
    except ContentError as error:
        found = [problem.line for problem in error.problems]
    assert all(5 <= line < 5 + lines for line in found)


# Text fields of widgets


@for_each(
    ("text", "expected"),
    [
        ("**b** *i* `c<` ~~d~~", "<strong>b</strong> <em>i</em> <code>c&lt;</code> <del>d</del>"),
        ("4 < 5 & <b>x</b> <!-- c --> &amp; &copy;", "4 &lt; 5 &amp; &lt;b&gt;x&lt;/b&gt; &lt;!-- c --&gt; &amp; ©"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('[a](https://b.c/?d=e&f "t\\"")', '<a href="https://b.c/?d=e&amp;f" title="t&quot;">a</a>'),
        ("[g](#h) [i](/j) [k](l.html)", '<a href="#h">g</a> <a href="/j">i</a> <a href="l.html">k</a>'),
        ("<https://b.c> <x@y.z>", '<a href="https://b.c">https://b.c</a> <a href="mailto:x@y.z">x@y.z</a>'),
        ("[t](tel:+911234)", '<a href="tel:+911234">t</a>'),
        ("[a](ftp://b) [c](file:///d) [*e*](data:image/png,x)", "a c <em>e</em>"),
        ("![al *t*](x.png) [![u](v)](w)", 'al t <a href="w">u</a>'),
        ("a\nb  \r\n  c\\\nd", "a b c\\ d"),
        ("  a  ", "a"),
        ("", ""),
        ("  \n ", ""),
        ("*a\\", "*a\\"),
    ],
)  # fmt: skip
def test_inline(text: str, expected: str) -> None:
    assert inline(text) == expected


@for_each(
    "text",
    ["# a", "## a ##", "#", "##", "C #", "C # ##", "a#", "- a", "* a", "+ a", "1. a", "2) a", "---", "***", "===", "```", "```py", "~~~",
     "[a]: b", "[^1]: b", "[^1]", "| a | b |", "{x}", "a {#b}", "- [ ] a", "::: a"],
)  # fmt: skip
def test_block_syntax_is_text(text: str) -> None:
    assert inline(text) == text
    assert inline(f"> {text}") == f"&gt; {text}"


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from([*SHREDS, "```{x}\n", "](", "javascript:", "<script>", "on=", "\u2028"]),
        max_size=20,
    ).map("".join)
)
def test_inline_is_one_line_of_known_tags(text: str) -> None:
    made = inline(text)
    assert "\n" not in made
    page = BeautifulSoup(made, "html.parser")
    for tag in page.find_all(True):
        assert tag.name in {"em", "strong", "code", "del", "a"}
        assert set(tag.attrs) <= {"href", "title"}
        assert (
            not str(tag.get("href", ""))
            .lower()
            .lstrip()
            .startswith(("javascript:", "data:", "vbscript:"))
        )
    assert not re.search(r"<(?!/?(?:em|strong|code|del|a)\b)", made)


@given(
    st.text(
        st.characters(
            exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs"),
            exclude_characters="\\`*_{}[]()<>&~#!|\ufeff",
        ),
        max_size=30,
    )
)
def test_inline_leaves_plain_words_alone(text: str) -> None:
    assert inline(text) == text


@for_each(
    "word",
    [
        "Image",
        "Link",
        "Strong",
        "Emphasis",
        "Text",
        "Code",
        "Start",
        "End",
        "Heading",
        "Rule",
        "SoftBreak",
    ],
)
def test_the_names_of_the_parsers_events_are_words_like_others(word: str) -> None:
    assert inline(word) == word
    assert inline(f"*{word}* and {word}") == f"<em>{word}</em> and {word}"
    assert [block.parts for block in parse_markdown(word, line=1, path="x")] == [
        (f"<p>{word}</p>",)
    ]
