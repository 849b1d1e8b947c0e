"""Bodies that take a careless reader time that grows with the square of their length."""

from __future__ import annotations

REPEATED = (
    # comments, declarations, raw text
    "<!--", "<!--\n\n", "a <!-- ", "<!-- a -->\n\n", "-->", "<!--!>", "<![CDATA[", "<?", "<!A",
    "<script>", "<style>", "<style ", "<style>a</style>\n\n", "<style>body{}</style>\n", "<textarea>", "<title>", "<noscript>", "<pre>",
    # tags and attributes
    "<", "<a ", "<a\n", "<a", '<a b="', "<b>", "</b>", "</div>\n\n", "<div>\n\n", "<p>a\n\n",
    "<b><i></b></i>", "<table>", "<td>✅\n\n", "<ul><li>", "<dl><dd>", "<h1><h2>", "<nobr>",
    "<svg><p>", "<svg><g>", "<math><mi>", "<button>", "<select><option>", "<font color=red>",
    '<p style="color:#000">a</p>\n', '<p title="a"">b</p>\n\n', "<p id=a>x</p>\n\n", "<p onclick=x>a</p>\n\n", "<img src=a>",
    "<iframe src=x hidden></iframe>\n\n", '<p style="color:red">a</p>\n\n', "a < b ", "a > b\n",
    "<table><tr><td>1</td></tr></table>\n\n<figcaption>a</figcaption>\n\n",
    # quotes, lists, headings, tables, rules
    "> ", ">", "> > > > a\n", "- ", "1. ", "- a\n", "- a\n\n", "* a ", "a\n===\n", "***\n",
    "# h\n\n", "# h {#x}\n\n", "# a\n\n#### b\n\n", "|a|b|\n|-|-|\n|1|2|\n\n", "|", "|a\n",
    "> |a|\n> |-|\n", "## Previous year questions\n\n- Discuss this?\n\n",
    # emphasis, links, code, footnotes
    "*", "*a ", "a* ", "*a_ ", "**a ", "~~a ", "_a", "*a* ", "*a**b ", "***a** ",
    "[", "]", "[a]", "[a](", "[a](<b", "[a](b) ", '[a](b "', "![", "![](a.jpg) ", "[a]: ",
    "`", "`a ", "```\n", "```a\n\n", "~~~\na\n", "- ```\n", "> ```\n", "<https://a",
    "a[^1] ", "[^1]: note\n\n",
    # entities, numbers, words that checks look for
    "&", "&amp;", "&#x41;", "&a", "1", "1,", "1.", "$1,", "Rs. 5 ", "5% ", "1 lakh ", ".", "-",
    "YOUR_", "YOUR_A_HERE ", "YOUR_A_HERE\n\n", "[INSERT ", "on Sunday ", "on Sunday\n\n",
    'replace "', '"', "“", "sure, here is\n", "how to add your ", "according to a new ", "PYQ ",
    "[click here](/a)\n\n", "[x](posts/no.md)\n\n", "Source ", "{{ ", "{% ",
    "{{ quiz_url }} ", "{{ quiz_url }}\n\n", "YOUR_MOCK_TEST_LINK_HERE ", "<a href={{quiz_url}}>a\n",
    "<!-- wp:paragraph -->\n\n", "[caption ", "<!-- blogkit:begin a widget=callout v=1 -->\n\n",
    # encodings and scripts
    "cafÃ© ", "Ã©", "Ã", "ðŸ‡ºðŸ‡¸", "â€", "à¤", "πŸ‡ΊπŸ‡Έ ", "cafÃ© πŸ‡Έ\n", "à¤¹à¤¿", "\u202eabc\u202c ",
    "a\u0301\u0302", "👨‍👩‍👧", "✅", "\ufeff", "\u00a0", "\u2028", "a\x85", "سلام ", "a\x00", "\x1b[2J",
    # lines
    "word ", "a", "क", "word\r\n", "word\r", "word\r\n\r\n", "\n", "a  \n", "\\", " ", "\t", "#",
    # widget calls
    "```{callout}\nHello\n```\n\n", "```{nope}\nHello\n```\n\n", "```{callout}\n", "{callout}\n\n",
    "```{toc}\n```\n\n## a b\n\n", "```{meta-box}\nitems: [\n```\n\n", "> ```{callout}\n> a\n> ```\n\n",
    "<!-- {callout}\nHello\n-->\n", "<div><!-- {callout}\nHello\n--></div>\n", "<!-- {callout}\n",
    "<p><!-- {callout}\nHello\n-->\n", "<!-- {callout} T\nx -->\n", "<!-- {toc} -->", "<b <!-- {x} -->",
)  # fmt: skip
"""A body is one of these, over and over."""

AT_FULL_LENGTH = (
    # of several kinds
    "word ", "<!--", "> ", "cafÃ© ", "- a\n", "<b>", "à¤¹à¤¿", "&amp;",
    # which took time that grows with the square, and did not show it at a twentieth of the length
    "{{ quiz_url }} ", "{{ quiz_url }}\n\n", "YOUR_MOCK_TEST_LINK_HERE ", "<style>", "<style ",
    "<style>body{}</style>\n", '<p style="color:#000">a</p>\n', "<!-- {callout} T\nx -->\n",
)  # fmt: skip
"""Those that are tried at a megabyte, or at the longest that is not refused."""

NESTED = (("[", "]"), ("*", "*"), ("![", "](a)"), ("[a](", "x)"), ("<b>", "</b>"), ("<q>", "</q>"))
"""A body is the first of these, over and over, and the second as often."""

_META, _FIELD = "```{meta-box} K\n", "```{meta-box} K\nitems:\n  - {label: a, value: '"
WRAPPED = (
    ("<a ", "b=c ", ">"), ("<a ", "b=c ", ""), ("<p ", "onclick=x ", ">x</p>"),
    ('<p class="', "a ", '">x</p>'), ('<p style="', "a:b;", '">x</p>'), ('<p style="', "/*", '">'),
    ('<a href="', "&", '">x</a>'), ('<a href="', "java&#10;", '">x</a>'),
    ('<img alt=a src=b srcset="', "a 1x, ", '">'), ("[a](https://a.example/", "c", ")"),
    ("[a](", "(", ""), ("# ", "![", ""), ("# a", "#", ""), ("# ", "{#", ""), ("a", " ", "b"),
    ("&#", "1", ";"), ("a", "\u0301", ""), ("how to add your ", "a-", ""),
    ("|a|b|\n|-|-|\n", "|1|2|\n", ""), ("```{callout}\n", "cafÃ© ", "\n```\n"),
    ("```{callout}\n", "![", "\n```\n"), ("````{callout}\n", "```a\n", "````\n"),
    ("```{toc}\n```\n\n", "## a b\n\n", ""), ("```{table} T\nrows:\n  - [", "a, ", "a]\n```\n"),
    ("```{table} T\nrows:\n", "  - [a, b]\n", "```\n"),
    ("```{timeline} T\nevents:\n", "  - {label: 2022, title: a}\n", "```\n"),
    (f"{_META}items:\n", "  - {labl: a, valu: b}\n", "```\n"), (f"{_META}items:\n", "  - ✅\n", "```\n"),
    (_FIELD, "![", "'}\n```\n"), (_FIELD, "*a_ ", "'}\n```\n"), (_FIELD, "cafÃ© ", "'}\n```\n"),
    (f"{_META}a: &a x\nitems: [", "*a, ", "*a]\n```\n"), (f"{_META}a: ", "1", "\n```\n"),
    (f"{_META}a: 0x", "f", "\n```\n"), (f"{_META}a: 1", "1", "e1\n```\n"), (f"{_META}a: ", "[", "\n```\n"),
    (_META, "- ", "\n```\n"), (_META, "? ", "\n```\n"), (_META, "-\n", "```\n"), (_META, "k: a\n", "```\n"),
    (f'{_META}a: "', "\\n", "\n```\n"), (f"{_META}a: '", "''", "\n```\n"), (_META, "---\n", "```\n"),
    (f"{_META}a: ", ": ", "\n```\n"), (_META, "# a\n", "```\n"), (f"{_META}items:\n", "  - !a b\n", "```\n"),
)  # fmt: skip
"""A body is the second of these, over and over, between the first and the third."""

HEADS = (
    ("---\n", "title: a\n", ""), ("---\n", "title: a\n", "---\nx\n"), ("---\ntitle: ", "a", "\n---\nx\n"),
    ("---\ntitle: ", "1", "\n---\nx\n"), ("---\ntitle: ", "cafÃ© ", "\n---\nx\n"), ("", "\n", "---\ntitle: a\n---\nx\n"),
    ("---\ntitle: a\nlabels: [", "x, ", "]\n---\nx\n"), ("---\ntitle: a\nslug: ", "A-", "\n---\nx\n"),
    ("---\ntitle: a\nkey: ", "A/", "\n---\nx\n"), ("---\ntitle: a\npublish: ", "1-", "\n---\nx\n"),
    ("---\ntitle: a\nimage: ", "a", "\n---\nx\n"), ("---\ntitle: a\nlanguage: en", "-aa", "\n---\nx\n"),
    ("---\ntitle: a\nlabels: &a [x]\ntags: [", "*a, ", "]\n---\nx\n"), ("+++\n", "a=1\n", ""),
    ("---\ntitle: a\nallow: [", "script, ", "]\n---\nx\n"), ("---\ntitle: a\n---\n", "---\n", ""),
    ("---\ntitle: a\npost_id: 1\n---\n", "<!--", ""),
    ("---\ntitle: a\npost_id: 1\n---\n", "<p>a</p><!-- {callout}\na\n-->\n", ""),
)  # fmt: skip
"""Whole files in the same form."""


def counted(size: int) -> dict[str, str]:
    """Return bodies in which every repetition differs."""
    few = range(int((2 * size) ** 0.5))
    return {
        "footnotes": "".join(f"a[^{n}]\n\n[^{n}]: note\n\n" for n in range(size // 20)),
        "notes in notes": "".join(f"[^{n}]: [^{n + 1}]\n" for n in range(size // 16)),
        "references": "".join(f"[a{n}]: /u\n\n[a{n}]\n\n" for n in range(size // 20)),
        "headings": "".join(f"# h {n}\n\n" for n in range(size // 9)),
        "ids": "".join(f"<p id=a{n}>x</p>\n\n" for n in range(size // 18)),
        "images": "".join(f"![x](a{n}.jpg) " for n in range(size // 14)),
        "links": "".join(f"[x](posts/no{n}.md)\n\n" for n in range(size // 20)),
        "attributes": f"<p {' '.join(f'data-a{n}=b' for n in range(size // 12))}>x</p>",
        "keys": _META + "".join(f"k{n}: a\n" for n in range(size // 9)) + "```\n",
        "anchors": _META + "".join(f"k{n}: &a{n} x\n" for n in range(size // 14)) + "```\n",
        "aliases": f"{_META}a0: &a0 [x,x,x,x,x,x,x,x]\n"
        + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 8}]\n" for n in range(1, 30))
        + "```\n",
        "indentation": "".join("  " * n + "- a\n" for n in range(int(size**0.5))),
        "backticks": "".join("`" * n + " " for n in few),
        "fewer backticks": "".join("`" * n + " " for n in reversed(few)),
        "fences": "".join("`" * (3 + n) + "\n" for n in few),
        "a wide table": f"|{'a|' * (size // 4)}\n|{'-|' * (size // 4)}\n" + "|x|\n" * (size // 16),
        "a deep list": "- " * (size // 4) + "a\n" + "1. " * (size // 6) + "a\n",
    }  # fmt: skip
