"""Pages that nobody wrote: no word is lost, nothing is raised, and the same page gives the same
post.
"""

from __future__ import annotations

from html import escape

from hypothesis import example, given, settings
from hypothesis import strategies as st

from blogkit.importers.html.convert import convert
from tests.importers.reading import added, missing, post_of, rendered

EXAMPLES = settings().max_examples
VOCABULARY = """
Talks Doha 1947 2024 Now UPSC (GS-II) GS-II, 15 marks * ** _x_ [a] ](b) `c` ~~d~~ <i> &amp; & a&b #1 1. - | a|b : x: –— \\ \\* é ’ “q”
📍 🇮🇳 ⚖️ Ã© â€™ πŸ“… πŸ“ हिन्दी -- --> <!-- {{ {x} [x_1] [a=b] $$ \\( ``` YOUR_X_HERE C:\\n ( ) ? Discuss Why? quiz
"""
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), min_size=1, max_size=6).map(" ".join)
TEXT = WORDS.map(lambda words: escape(words, quote=False))
INLINE = st.one_of(
    TEXT,
    TEXT.map(lambda text: f"<b>{text}</b>"),
    TEXT.map(lambda text: f"<em> {text}</em> "),
    TEXT.map(lambda text: f'<a href="https://example.com/x?a=1&amp;b=(2)">{text}</a>'),
    TEXT.map(lambda text: f"<span>{text}</span>"),
    st.tuples(TEXT, TEXT).map(lambda pair: f"<strong>{pair[0]}:</strong> {pair[1]}"),
    st.tuples(TEXT, TEXT).map(lambda pair: f"{pair[0]}<br>{pair[1]}"),
)
LABELLED = TEXT.map(lambda text: f"<b>1947:</b> {text}")
ROWS = st.lists(st.lists(INLINE, min_size=2, max_size=2), min_size=1, max_size=3)


def _box(name: str, tag: str, items: list[str], heading: str) -> str:
    inner = "".join(f"<{tag}>{item}</{tag}>" for item in items)
    inner = f"<ul>\n{inner}</ul>" if tag == "li" else inner
    return f'<div class="{name}"><h3>{heading}</h3>\n{inner}</div>'


def _boxes(name: str, items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Boxes of two or three items that a widget may well be made of."""
    return st.builds(
        _box,
        st.just(name),
        st.sampled_from(["p", "li", "div"]),
        st.lists(items, min_size=2, max_size=3),
        TEXT,
    )


BLOCKS = st.one_of(
    _boxes("timeline", st.one_of(LABELLED, TEXT.map(lambda text: f"<h4>Now</h4><p>{text}</p>"))),
    _boxes(
        "key-details",
        st.tuples(TEXT, TEXT).map(lambda pair: f"<strong>{pair[0]}:</strong> {pair[1]}"),
    ),
    _boxes("pyq", TEXT.map(lambda text: f"Discuss {text} (GS-II, 10 marks)")),
    st.lists(TEXT, min_size=2, max_size=4).map(
        lambda cells: (
            f"<table><tr><th>{'</th><th>'.join(cells)}</th></tr><tr>{'<td>x</td>' * len(cells)}</tr></table>"
        )
    ),
    INLINE.map(lambda text: f"<p>{text}</p>"),
    INLINE.map(lambda text: f"<h2>{text}</h2>"),
    INLINE.map(lambda text: f"<div>{text}</div>"),
    INLINE,
    ROWS.map(
        lambda rows: (
            "<table>"
            + "".join(
                "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows
            )
            + "</table>"
        )
    ),
    st.builds(
        _box,
        st.sampled_from(["timeline", "key-details", "pyq", "quiz-cta"]),
        st.sampled_from(["p", "li", "div"]),
        st.lists(
            st.one_of(
                INLINE,
                TEXT.map(lambda text: f"<b>1947:</b> {text}"),
                TEXT.map(lambda t: f"Discuss {t}"),
            ),
            min_size=1,
            max_size=3,
        ),
        TEXT,
    ),
    st.tuples(
        TEXT, st.sampled_from(["YOUR_MOCK_TEST_LINK_HERE", "#", "https://example.com/q"])
    ).map(
        lambda pair: (
            f'<div class="quiz"><h3>Quiz</h3><a class="btn" href="{pair[1]}">Start quiz'
            f" {pair[0]}</a></div>"
        )
    ),
    st.sampled_from(
        [
            "<div>Translate</div>",
            "Ads Area\n",
            "<p>0</p>",
            "<p>Post a Comment</p>",
            "<p>How to add your test link: see below</p>",
            "<!-- note -->",
            "<!-- {timeline} -->",
            "<!-- wp:p -->",
            "<script>let x = '<p>';</script>",
            "<style>p{}</style>",
            "<pre>a\n\n   b</pre>",
            "Published on: 20 December 2024 | Category: A, B\n",
            "## Words\n",
            "- words\n",
            "```html\n",
            "```\n",
        ]
    ),
)
BROKEN = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<b>",
        "</p>",
        "<table>",
        "<td>",
        "</table>",
        "<li>",
        "<!--",
        "<",
        "<p",
        "&#0;",
        "<a href='",
        '">',
    ]
)
PAGES = st.lists(BLOCKS, min_size=1, max_size=6).map("\n".join)
JUNK = st.lists(st.one_of(BLOCKS, BROKEN), min_size=1, max_size=8).map("".join)


@given(PAGES)
@example(  # so wide that it has a hint to swipe
    "<table><tr><th>Talks</th><th>Talks</th><th>YOUR_X_HERE</th><th>YOUR_X_HERE</th></tr>"
    "<tr><td>x</td><td>x</td><td>x</td><td>x</td></tr></table>"
)
@settings(max_examples=3 * EXAMPLES)
def test_no_word_is_lost_and_none_is_made_up(page: str) -> None:
    result = convert(page, name="page")
    assert missing(result) == []
    assert [word for word in added(result) if word != "Table" and not word.isdigit()] == []


@given(JUNK)
@settings(max_examples=3 * EXAMPLES)
def test_any_page_becomes_a_post_that_loads(page: str) -> None:
    result = convert(page, name="page")
    assert post_of(result).title == result.title
    at = 0
    for piece in result.pieces:
        assert piece.start == at
        at = piece.end
    assert at == len(page) or result.repaired
    assert convert(page, name="page") == result


@given(PAGES)
@settings(max_examples=EXAMPLES)
def test_html_when_it_is_asked_for_says_the_same(page: str) -> None:
    result = convert(page, name="page", only="html")
    assert result.format == "html"
    assert missing(result) == []
    assert rendered(result) or not any(
        piece.kind in ("kept", "call") and result.source[piece.start : piece.end].strip()
        for piece in result.pieces
    )
