from __future__ import annotations

from blogkit.sanitizers.compare import losses
from tests.cases import for_each


@for_each(
    ("meant", "stored"),
    [
        ("<p>é &amp; &quot;x&quot;</p>", '<p>&#233; &#038; "x"</p>'),
        ('<a id="x" class="y">z</a>', "<a class='y' id=x>z</a>"),
        ("<p>a<br>b</p>", "<p>a<br />b</p>"),
        ("<div>\n <p>a</p>\n\n<p>b</p></div>", "<div><p>a</p> <p>b</p></div>"),
        ('<a href="/" target="_blank">x</a>', '<a href="/" target="_blank" rel="noopener">x</a>'),
        ('<a rel="nofollow">x</a>', '<a rel="nofollow noopener noreferrer">x</a>'),
        ("<p>a</p><!--more--><p>b</p>", "<p>a</p><a name='more'></a><p>b</p>"),
        ('<p style="color: red; width:1px;">a</p>', '<p style="color:red;width:1px">a</p>'),
        ("<details open>x</details>", '<details open="">x</details>'),
        (
            '<!-- wp:html {"a":"x--y"} --><p>b</p>',
            '<!-- wp:html {"a":"x\\u002d\\u002dy"} -->\n<p>b</p>',
        ),
        ("<p>a  b\nc</p>", "<p>a b c</p>"),
        ('<p title="a" ">b</p>', '<p title="a">b</p>'),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<textarea><b>a</b></textarea>", "<textarea>&lt;b&gt;a&lt;/b&gt;</textarea>"),
        ('<a id="x" id="y">z</a>', '<a id="x">z</a>'),
        ("a<b", "a"),
        ("https://e.com/a.html", "https://e.com/a.html "),
        ("photos/a.html", " photos/a.html"),
    ],
)
def test_other_spellings_are_the_same(meant: str, stored: str) -> None:
    assert losses(meant, stored) == []
    assert losses(stored, meant) == []


@for_each(
    ("meant", "stored", "sentences"),
    [
        (
            "<p>a</p><script>1</script>",
            "<p>a</p>",
            ["the site removed <script>", 'the site removed the text: "1"'],
        ),
        (
            "<p>a</p><script></script><form></form><form></form>",
            "<p>a</p>",
            ["the site removed <script>", "the site removed <form> (2)"],
        ),
        (
            '<p>a</p><p>b <i class="x">c</i> <i>d</i></p>',
            "<p>b <i>c</i> <i>d</i></p>",
            [
                "the site removed <p>",
                "the site removed the attribute class of <i>",
                'the site removed the text: "a"',
            ],
        ),
        ("<p>a b</p>", "<p>a<br>b</p>", ["the site added <br>"]),
        (
            '<a onclick="x()">a</a><a onclick="y()">b</a>',
            "<a>a</a><a>b</a>",
            ["the site removed the attribute onclick of <a> (2)"],
        ),
        (
            '<div style="display:flex;color:red">a</div>',
            '<div style="color:red">a</div>',
            ["the site removed the style property display of <div>"],
        ),
        (
            '<a href="javascript:x">a</a>',
            '<a href="x">a</a>',
            ['the site changed the attribute href of <a>: "javascript:x" → "x"'],
        ),
        ("<p>4 &lt; 5 and so</p>", "<p>4 and so</p>", ['the site removed the text: "< 5"']),
        ('<p>"a" b</p>', "<p>“a” b</p>", ['the site changed the text: ""a"" → "“a”"']),
        ("<p>a</p><!-- x -->", "<p>a</p>", ["the site removed <!-- x -->"]),
        ("<p>a</p>", "<p>a</p><!-- x -->", ["the site added <!-- x -->"]),
        (
            "<img src='a'>",
            "<img src='a' decoding='async'>",
            ["the site added the attribute decoding to <img>"],
        ),
    ],
)
def test_a_loss_is_named_with_its_count(meant: str, stored: str, sentences: list[str]) -> None:
    assert losses(meant, stored) == sentences


@for_each(
    ("meant", "stored"),
    [
        ("<pre>a\n b</pre>", "<pre>a b</pre>"),
        ("<p>a<b> b</b></p>", "<p>a<b>b</b></p>"),
        ("<div><p>a</p></div><p>b</p>", "<div></div><p>a</p><p>b</p>"),
        ("<p>a</p>", ""),
        ("", "<p>a</p>"),
        ("<b>a</b>", "<i>a</i>"),
        ('<p style="color:red;color:blue">a</p>', '<p style="color:blue">a</p>'),
        (f"<p>a</p><!-- {'x' * 99}y -->", f"<p>a</p><!-- {'x' * 99}z -->"),
    ],
)
def test_nothing_that_differs_is_called_equal(meant: str, stored: str) -> None:
    assert losses(meant, stored)


def test_many_changed_words_are_summed_up() -> None:
    html = "".join(f"<p>same w{n} same</p>" for n in range(20))
    sentences = losses(html, html.replace("w", "v"))
    assert sentences[0] == 'the site changed the text: "w0" → "v0"'
    assert sentences[-1] == "the site changed the text in 17 more places"
    assert len(sentences) == 4


def test_what_blogger_stores_differently_is_no_loss() -> None:
    sent = '<p title="₹5">a — b é\xa0c</p><!--more--><p>🙂</p>'
    stored = '<p title="&#8377;5">a &#8212; b &#233;&#160;c</p><a name="more"></a><p>&#128578;</p>'
    assert losses(sent, stored) == []
