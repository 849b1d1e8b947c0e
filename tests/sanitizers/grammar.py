"""Random styles, markup and text for comparing the models with WordPress itself: what people write,
and what goes wrong with it.

Plain `random` with a seed, for thousands of inputs are made at once and sent to one PHP process; a
failure names its seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from html import escape

from tests.sanitizers import facts

_words = str.split

NAMES = (*(name for names in facts.SINCE.values() for name in names.split()), *facts.NEVER.split())
"""Not from the model: what it forgets would never be asked."""
PROPERTIES = (
    *NAMES,
    *_words("box-sizing COLOR --x --a_b-1 -x list-style list-style-image order overflow-x -- --é"),
    *("", " color", "color ", "/* c */color"),
)
VALUES = (
    *_words(
        "red #fff 1px var(--x) url(a.png) url() url(0) url(#x) min() var() var(--x a,b 100% é ₹ \\"
        " ( ) & = } { /* */ ' \" ; : \\0 \x01",
        " ",
    ),
    *_words(
        "calc((1px rgb(1,2,3) rgba(0,0,0,.5) hsl(1,2%,3%) env(x) fit-content(1px) expression(1)"
        " -min(1) xmin(1) !important"
    ),
    *_words(
        "url(javascript:alert(1)) url(data:image/png;base64,AA) url(feed:http://x) url(a:b:c)"
        " url(x/?a:b) url('a.png') url('a.png)"
    ),
    *_words(
        "min(1px,2px) max(1px,min(2px,3px)) minmax(1px,1fr) clamp(1px,2px,3px) repeat(2,1fr)"
        " translate(1px,2px) rotateX(3deg)"
    ),
    *_words(
        "linear-gradient(90deg,#f00,#00f) repeating-linear-gradient(red,blue)"
        " linear-gradient(hsl(1,2%,3%),var(--x))"
    ),
    *_words(
        "radial-gradient(calc(1px+(2px))) conic-gradient(red) xrotate(1) inset(1px) &quot; &#39;"
        " &amp;"
    ),
    *(
        "var(--x, rgba(0,0,0,.1))",
        "calc(1px + (2px * 3))",
        "url( 'a.png' )",
        'url("https://e.com/a;b.png")',
        "path('M0 0')",
        "\t",
        "\n",
        "  ",
    ),
    *(
        "linear-gradient(90deg, rgb(1,2,3) 0%, rgba(0,0,0,.5) 100%)",
        "calc(var(--x) * (1 + 2))",
        "url(https://e.com/a.png?x=1)",
    ),
)

TAGS = _words(
    "a abbr b blockquote br button code details summary div span p ul li ol table tr td th img"
    " video audio script style iframe form input svg title time data h2 H3 section object math mi"
    " DIV my-tag wbr hr dialog font textarea"
)
ATTRIBUTES = _words(
    "class id style style style href href src title alt data-x data-a--b data-a.b data-fooBar"
    " aria-label aria-controls aria-current aria-level tabindex hidden role target rel download"
    " onclick align width open name value xml:lang dir datetime popover srcset loading CLASS :x @y"
    " data- data-é é cite type"
)
WORDS = (
    *_words(
        'a b 1 & = / \\ \\" \\0 \x07 -- - ! é ₹ 🙂 [gallery] color:red display:flex _blank noopener'
        " x&#58;y &colon; #x:y a/?b:c",
        " ",
    ),
    *_words(
        "&amp; &nbsp; &check; &rupee; &#39; &#039; &#x27; &#0; &#00; &#150; &#129; &#xZ; &#1114112;"
        " &amp;#39; &amp;amp; &frac12;"
    ),
    *_words(
        "&apos; &copy &copy;=1 javascript: https://e.com/?a=1&b=2 http://x //e.com mailto:a@b"
        " data:text/plain,x whatsapp://send"
    ),
    *(
        "x y",
        " ",
        "\n",
        "\t",
        "feed:https://x",
        "box-shadow:0 0 1px #000",
        "width:calc(1px + 2px);color:rgb(1,2,3)",
        "background:url(a.png)",
    ),
)
COMMENTS = (
    *(
        "<!-- x -->",
        "<!--more-->",
        "<!-- a & b -->",
        "<!-- a--b -->",
        "<!-- a > b -->",
        "<!-- <b>x</b> -->",
        "<!---->",
        "<!-- x --->",
    ),
    *(
        "<!--\nx\n-->",
        "<!-- blogkit:post key=a-b -->",
        "<!-- wp:my/x /-->",
        "<!-- wp:html --><!-- /wp:html -->",
    ),
    (
        '<!-- wp:html {"a":"x--y&amp;","n":1.5,"l":[1,"\\u003c"],"q":"\\"","é":"é/"} -->x<!--'
        " /wp:html -->"
    ),
    '<!-- wp:core/list {"ordered":true} --><ul></ul><!-- /wp:core/list -->',
)
BROKEN = (
    *(
        "<!-- x",
        "<!--[if IE]>x<![endif]-->",
        "<!DOCTYPE html>",
        "<![CDATA[x]]>",
        "<?php x ?>",
        "</3>",
        "</>x>",
        "<!x>",
        "<!X>",
        "a < b",
        "<3",
    ),
    *(
        "<",
        ">",
        "< b>",
        "</ >",
        "<>",
        "<!-- /wp:paragraph -->",
        '<!-- wp:html {"a":"<b>"} -->x<!-- /wp:html -->',
    ),
)
TYPED = (
    *_words(
        "a b x X 8 9 0 1 ' \" - . , : ; ( ) [ ] ` & < > é 🙂 ₹ ! ? | / = + * _ ~ ’ -- --- ... ...."
        " 10x20 1,000x2 0x1F",
        " ",
    ),
    *_words(
        ":) :-) 8) 8-) 8O ;) :mrgreen: (tm) (c) Wordpress (Wordpress [gallery] [caption] [/caption]"
        " [[gallery]] [embed] don't 'tis '99"
    ),
    *_words(
        "5' 6\" ``a'' &nbsp; &copy; &#39; &#8212; &check; <!-- --> https://example.com/x xn--a"
        " \xa0",
        " ",
    ),
    *(" ", " ", "\xa0", " (tm)", " Wordpress", "rock 'n' roll"),
)
LINES = (
    *(
        "a",
        "b c",
        "\n",
        "\n\n",
        "\n\n\n",
        " ",
        "\r\n",
        "\t",
        "<br>",
        "<br/>",
        "<br />",
        "<b>",
        "</b>",
        "<!-- x -->",
        "<!-- a\nb -->",
        "<hr/>",
    ),
    *(
        "<option>",
        "</option>",
        "<object>",
        "</object>",
        "<param x>",
        "<source src=a>",
        "<track>",
        "<audio src=x>",
        "</audio>",
        "<video\n>",
    ),
    *(
        "</video>",
        "<figcaption>",
        "</figcaption>",
        "<figure>",
        "</figure>",
        "<script>",
        "x\n\ny",
        "</script>",
        "<style>",
        "</style>",
        "é",
    ),
    *(
        "<svg>",
        "</svg>",
        "<math>",
        "</math>",
        "<pre>",
        "</pre>",
        "<pre class='x'>",
        "<p>",
        "</p>",
        "<P>",
        "</div >",
        "<![CDATA[x\n]]>",
    ),
    *(
        "<![CDATA[x",
        "<!-- un",
        "\xa0",
        "<a\nhref='x'>",
        "</a>",
        "[audio]",
        "[/audio]",
        "<blockquote id='a\n'>",
        "<td class='x>y'>",
    ),
    *(
        f"<{slash}{tag}>"
        for tag in _words(
            "div ul li table tr td blockquote form address dl dt details summary section h2"
        )
        for slash in ("", "/")
    ),
)


class Writer:
    """Makes inputs; two writers with the same seed write the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def pick(self, options: Sequence[str]) -> str:
        return self._random.choice(options)

    def some(self, options: Sequence[str], least: int, most: int, joint: str = "") -> str:
        return joint.join(self._random.choices(options, k=self._random.randint(least, most)))

    def style(self) -> str:
        """One to three declarations, most of them with something that WordPress looks at."""
        return self.pick((";", "; ", ";;", " ; ")).join(
            self._declaration() for _ in range(self._random.randint(1, 3))
        ) + self.pick(("", ";"))

    def _declaration(self) -> str:
        return (
            self.pick(PROPERTIES)
            + self.pick((":", ": ", " : ", "", ":"))
            + self.some(VALUES, 1, 3, self.pick(("", " ", "")))
        )

    def html(self, *, wild: bool) -> str:
        """A few elements. wild: also markup that is not well-formed; but never two unclosed
        blocks, which the model does not know.
        """
        opening = self.pick(("", "", "", "<!-- wp:paragraph -->")) if wild else ""
        return opening + "".join(
            self._node(0, wild=wild) for _ in range(self._random.randint(1, 2))
        )

    def _node(self, depth: int, *, wild: bool) -> str:
        kind = self.pick("ttteeeec")
        if kind == "t" or depth > 3:
            return self.some((*WORDS, "'", '"', "&lt;", "&gt;", *(BROKEN if wild else ())), 0, 2)
        if kind == "c":
            return self.pick((*COMMENTS, *(BROKEN if wild else ())))
        tag = self.pick(TAGS)
        gaps = (" ", " ", "", "\n", " / ") if wild else (" ", " ", "  ", "\n")
        attributes = "".join(
            self.pick(gaps) + self._attribute(wild=wild)
            for _ in range(self._random.choice((0, 0, 1, 1, 2, 3)))
        )
        inside = "".join(
            self._node(depth + 1, wild=wild) for _ in range(self._random.choice((0, 1, 1, 2)))
        )
        return f"<{tag}{attributes}{self.pick(('', '', '', ' ', ' /', '/'))}>{inside}{self.pick((f'</{tag}>', f'</{tag}>', ''))}"

    def _attribute(self, *, wild: bool) -> str:
        name = self.pick(ATTRIBUTES)
        value = (
            self.some(WORDS, 0, 3)
            if wild
            else self.some(WORDS, 0, 3).replace("<", "&lt;").replace(">", "&gt;")
        )
        forms = {
            '"': f'{name}{self.pick(("=", "=", " = "))}"{value.replace(chr(34), "&quot;")}"',
            "'": f"{name}='{value.replace(chr(39), '&#39;')}'",
            "u": f"{name}={value}",
            "b": name,
        }
        return forms[self.pick('""""\'ub' if wild else '""""\'b')]

    def body(self) -> str:
        """Text and tags with line ends in all the wrong places."""
        return self.some(LINES, 1, 14)

    def widget(self) -> str:
        """One line as a widget writes it, with text in every place that a site may rewrite."""
        texts = [self.some(TYPED, 1, 8) for _ in range(6)]
        data = self.some(TYPED, 1, 4).replace("[", "{").replace("&#", "").replace("Wordpress", "W")
        link = self.some(TYPED, 1, 4).replace(" ", "").replace("\xa0", "").replace("&#", "")
        return (
            f'<div class="bk" title="{escape(texts[0])}"><p>{escape(texts[1])}</p> <ul><li'
            f' data-x="{escape(data)}">{escape(texts[2])} <a'
            f' href="https://e.com/?a={escape(link)}">{escape(texts[3])}</a>'
            f" {escape(texts[4])}</li></ul> <details open><summary>{escape(texts[5])}</summary>"
            f" <p><code>{escape(texts[1])}</code></p></details></div>"
        )

    def text(self) -> str:
        """Words and signs that WordPress shows differently, with some markup between them."""
        signs = [
            *TYPED,
            *TYPED,
            " ",
            "<b>",
            "</b>",
            "<code>",
            "</code>",
            "<pre class=x>",
            "</pre>",
            "<!-- - -->",
            '<i title="a & b">',
            "\n",
        ]
        return self.some(signs, 1, 16).replace(":mrgreen:", ":???:")
