"""Pieces of a post and the blocks that they become. The unit tests read the markup, the editor's
own scripts judge it (tests/e2e).
"""

from __future__ import annotations

from typing import NamedTuple

from blogkit.render.document import Fragment


class Sample(NamedTuple):
    fragment: Fragment
    blocks: tuple[str, ...]


def _prose(kind: str, html: str, *blocks: str) -> Sample:
    return Sample(Fragment(kind, html), tuple(f"core/{name}" for name in blocks))  # type: ignore[arg-type]


INLINE = (
    '<strong>b</strong> <em>i</em> <a href="https://e.com/?a=1&amp;b=2" target="_blank"'
    ' rel="noopener">l</a> <code>x &lt; 1</code> <del>d</del> <span class="x"'
    ' style="color:red">s</span> <kbd>k</kbd> <abbr title="t">a</abbr> H<sub>2</sub>O'
    ' <mark>m</mark> &nbsp; “q” — &amp;<br />\nnext <img src="https://e.com/a.png" alt="in a line"'
    ' /> <sup class="footnote-reference"><a href="#fn-1" id="r">1</a></sup>'
)
SAMPLES = {
    "paragraph": _prose("paragraph", f"<p>{INLINE}</p>", "paragraph"),
    "heading 2": _prose("heading", "<h2>Plain</h2>", "heading"),
    "heading with anchor": _prose("heading", '<h4 id="the-end">The <em>end</em></h4>', "heading"),
    "list": _prose(
        "list", f"<ul>\n<li>{INLINE}</li>\n<li>two</li>\n</ul>", "list", "list-item", "list-item"
    ),
    "loose list": _prose(
        "list",
        "<ul>\n<li>\n<p>one</p>\n</li>\n<li>\n<p>two</p>\n</li>\n</ul>",
        "list",
        "list-item",
        "list-item",
    ),
    "numbers from 3": _prose("list", '<ol start="3"><li>c</li></ol>', "list", "list-item"),
    "numbers from 0": _prose("list", '<ol start="0"><li>c</li></ol>', "list", "list-item"),
    "nested lists": _prose(
        "list",
        "<ul>\n<li>one\n<ol>\n<li>a\n<ul>\n<li>x</li>\n</ul>\n</li>\n</ol>\n</li>\n</ul>",
        *("list", "list-item", "list", "list-item", "list", "list-item"),
    ),
    "quote": _prose(
        "quote",
        "<blockquote>\n<p>one</p>\n<p>two</p>\n</blockquote>",
        "quote",
        "paragraph",
        "paragraph",
    ),
    "quote of everything": _prose(
        "quote",
        "<blockquote><h3>h</h3><ul><li>x</li></ul><pre><code>c\n</code></pre><blockquote><p>q</p></blockquote><hr"
        " /></blockquote>",
        *("quote", "heading", "list", "list-item", "code", "quote", "paragraph", "separator"),
    ),
    "code": _prose(
        "code",
        "<pre><code>if x &lt; 1:\n\n\ty = [gallery] &amp;amp; 'q'"
        ' "d"\nhttps://example.com/\n</code></pre>',
        "code",
    ),
    "code in a language": _prose(
        "code", '<pre><code class="language-c++">int x;\n</code></pre>', "code"
    ),
    "table": _prose(
        "table",
        '<table><thead><tr><th style="text-align: left">a</th><th style="text-align:'
        ' center">b</th><th>c</th></tr></thead><tbody>\n<tr><td style="text-align: left">1</td><td'
        ' style="text-align: center"><code>x</code></td><td></td></tr>\n</tbody></table>',
        "table",
    ),
    "table of a head": _prose(
        "table", "<table><thead><tr><th>a</th></tr></thead></table>", "table"
    ),
    "image": _prose(
        "image",
        '<p><img src="https://e.com/a.png?x=1&amp;y=2" alt="&quot;q&quot; &amp; \'s\'" title="t"'
        " /></p>",
        "image",
    ),
    "decorative image": _prose(
        "image", '<p><img src="https://e.com/a.png" alt="" loading="lazy" /></p>', "image"
    ),
    "linked image": _prose(
        "image",
        '<p><a href="https://e.com/?a&amp;b"><img src="https://e.com/a.png" alt="x" /></a></p>',
        "image",
    ),
    "separator": _prose("separator", "<hr />", "separator"),
    "more": _prose("html", "<!--more-->", "more"),
    "blocks by hand": _prose(
        "html",
        "<!-- wp:paragraph -->\n<p>x</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:page-list /-->",
        "paragraph",
        "page-list",
    ),
    # What no block says exactly.
    "footnotes": _prose(
        "footnotes", '<div class="footnote-definition" id="fn-1"><p>note</p></div>', "html"
    ),
    "raw HTML": _prose("html", '<section class="a">\n\n<p>x</p></section>', "html"),
    "blocks inside HTML": _prose(
        "html", "<div><!-- wp:paragraph --><p>x</p><!-- /wp:paragraph --></div>", "html"
    ),
    "paragraph with a class": _prose("paragraph", '<p class="lead">x</p>', "html"),
    "paragraph with a comment": _prose("paragraph", "<p>a <!-- b --> c</p>", "html"),
    "paragraph with a block inside": _prose("paragraph", "<p>a <div>b</div></p>", "html"),
    "broken paragraph": _prose("paragraph", "<p>a <em>b</p>", "html"),
    "item of two paragraphs": _prose("list", "<ul><li><p>a</p><p>b</p></li></ul>", "html"),
    "item with words after its list": _prose(
        "list", "<ul><li>a<ul><li>b</li></ul>c</li></ul>", "html"
    ),
    "roman numbers": _prose("list", '<ol type="i"><li>a</li></ol>', "html"),
    "table with a wide cell": _prose(
        "table", '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>', "html"
    ),
    "table with a caption": _prose(
        "table", "<table><caption>c</caption><tbody><tr><td>a</td></tr></tbody></table>", "html"
    ),
    "sized image": _prose(
        "image", '<p><img src="https://e.com/a.png" alt="" width="30" /></p>', "paragraph"
    ),
    "quote with a table of two widths": _prose(
        "quote",
        '<blockquote><table><tbody><tr><td rowspan="2">a</td></tr></tbody></table></blockquote>',
        "html",
    ),
    "widget": Sample(
        Fragment(
            "widget", '<section><h2>t</h2>\n\n<p style="color:red">x</p></section>', widget="x"
        ),
        ("core/html",),
    ),
    "widget inside a list": Sample(
        Fragment("list", "<ul><li>a<section>w</section></li></ul>", mixed=True), ("core/html",)
    ),
}
BROKEN = {"paragraph with a block inside", "broken paragraph"}
"""HTML that is wrong as its author wrote it. The editor of WordPress 6.1 says so, also inside an
HTML block.
"""
