"""Small pieces: what becomes a widget, what does not, what is left out, what is read of the
page.
"""

from __future__ import annotations

import pytest

from blogkit.importers.html.convert import convert
from blogkit.importers.html.dates import day_of
from blogkit.importers.text.convert import convert_text
from blogkit.posts.front_matter_schema import ACTIVE_KINDS
from blogkit.posts.markdown import escape_markdown, inline
from tests.cases import for_each
from tests.importers.reading import added, missing, post_of, rendered

WIDGETS = {
    "a table with row names": (
        "<table><tr><th>A</th><th>B</th></tr><tr><th>x</th><td>1</td></tr></table>",
        ["row_header: true"],
    ),
    "a table in a wrapper": (
        '<div class="scroll"><table><tr><td>a</td><td>b</td></tr></table></div>',
        ['- ["a", "b"]'],
    ),
    "marks of Markdown in cells": (
        "<table><tr><td>2*3*4 [x] `y` _z_</td><td>a_b &lt;i&gt; C:\\d</td></tr></table>",
        ["{table}"],
    ),
    "brackets around what is no formula in cells": (
        "<table><tr><td>[a = b] and [1]</td><td>$$2^n*3$$ [x_1, y_2]</td></tr></table>",
        ["&#91;a = b\\\\]", "\\\\[1\\\\]"],
    ),
    "bold and links in cells": (
        (
            "<table><tr><td><b>Doha</b></td><td><a"
            ' href="https://example.com/a_(b)">see</a></td></tr></table>'
        ),
        ["**Doha**", "[see](<https://example.com/a_(b)>)"],
    ),
    "an empty cell": (
        "<table><tr><th>A</th><th></th></tr><tr><td></td><td>1</td></tr></table>",
        ['columns: ["A", ""]'],
    ),
    "long texts stay a table": (
        (
            f"<table><tr><th>A</th><th>B</th></tr><tr><td>{'word ' * 50}</td><td>{'term ' * 50}</td></tr></table>"
        ),
        ["mobile: "],
    ),
    "a list under a heading": (
        "<h2>Timeline</h2><ul><li>1947: Freedom</li><li>1950 – Republic</li></ul>",
        ["<h2>Timeline</h2>", '"1947"'],
    ),
    "events with a year in a heading": (
        (
            '<div id="timeline"><h3>Chronology of events</h3><p><b>c. 320 CE</b>'
            " Guptas</p><div><h4>606 CE</h4><p>Harsha</p></div></div>"
        ),
        ["{timeline} Chronology of events", 'label: "c. 320 CE"'],
    ),
    "details in one paragraph": (
        '<div class="key-facts"><p>📍 <b>Place:</b> Doha<br>🗓️ <b>Day:</b> 1 May</p></div>',
        ['{icon: "📍", label: "Place", value: "Doha"}'],
    ),
    "details in spans": (
        (
            '<div class="info-box"><p><span>Place</span> <span>Doha</span></p><p><span>Day</span>'
            " <span>1 May</span></p></div>"
        ),
        ['label: "Place", value: "Doha"'],
    ),
    "questions with marks": (
        "<h3>PYQs</h3><ol><li>Why? (2019, GS-I, 10 marks)</li><li>How?</li></ol>",
        ['year: 2019, paper: "GS-I", marks: "10 marks"'],
    ),
    "a button of its own": (
        (
            "<div><button onclick=\"location.href='YOUR_MOCK_TEST_LINK_HERE'\">Start Mock"
            " Test</button></div>"
        ),
        ["{quiz-button}"],
    ),
    "a link drawn as a button": (
        '<p><a href="#" class="btn">Take the quiz</a></p>',
        ["{quiz-button}"],
    ),
    "an updated day": (
        "<p>Posted on 3 March 2024 • Updated: 5 March 2024 | By A. Rao</p>",
        ['updated: "2024-03-05"', "A. Rao"],
    ),
}

HTML = {
    "a table of one merged cell": (
        '<table><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></table>'
    ),
    "a table in a table": (
        "<table><tr><td><table><tr><td>a<br>b</td></tr></table></td></tr></table>"
    ),
    "a picture in a cell": (
        '<table><tr><td><img src="https://example.com/a.png" alt="x"></td><td>b</td></tr></table>'
    ),
    "a footnote sign in a cell": "<table><tr><td>10<sup>2</sup></td><td>b</td></tr></table>",
    "a table that is not closed": "<div><table><tr><td>a</td><td>b</td></tr></div>",
    "headings in the middle": (
        "<table><tr><td>a</td><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>"
    ),
    "rows of many lengths": "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
    "a list with a year": "<ul><li>1947: Freedom</li><li>1950: Republic</li></ul>",
    "a timeline whose events have no date": (
        '<ul class="timeline"><li>First: a</li><li>Then: b</li></ul>'
    ),
    "glued words": (
        '<div class="timeline"><div><span>1947</span><span>Freedom</span></div>'
        "<div><span>1950</span><span>Republic</span></div></div>"
    ),
    "a list of words": (
        "<dl><dt>Lok Sabha</dt><dd>The lower house</dd><dt>Rajya Sabha</dt><dd>The upper"
        " house</dd></dl>"
    ),
    "a call to readers": (
        "<h3>Practice questions</h3><ul><li>Send us yours</li><li>Share this page</li></ul>"
    ),
    "a link to a test in a sentence": (
        '<p>See <a class="btn" href="https://example.com/quiz">the quiz</a> for more.</p>'
    ),
    "two buttons": (
        '<p><a class="btn" href="https://example.com/quiz">Quiz</a> <a class="btn"'
        ' href="https://example.com/test">Test</a></p>'
    ),
    "a button to a script": (
        '<p><a class="btn" href="javascript:go()" onclick="go()">Read on</a></p>'
    ),
    "a day that may be two": "<p>Published on: 05/06/2024</p>",
    "talk of categories": (
        "<p>Category: in this article we ask why, and what is to be done about it now.</p>"
    ),
}

DROPPED = {
    "<div>Translate</div><p>a</p>": ["Translate"],
    "Translate\nAds Area\n<p>a</p>\n0\nPost a Comment": [
        "Translate",
        "Ads Area",
        "0",
        "Post a Comment",
    ],
    "<p>a</p><p>0</p>": [],
    "<p>Home</p><p>Translate this: बैठक</p>": [],
    "<p>a</p><footer>© 2024 My Blog</footer>": ["© 2024 My Blog"],
    "<p>a</p><nav><a href='/'>Home</a></nav>": ["Home"],
    "<nav><a href='#one'>One</a></nav><h2 id=one>One</h2>": [],
    '<p>After pasting this code, replace "X_URL" with your link.</p><p>a</p>': [
        'After pasting this code, replace "X_URL" with your link.'
    ],
    "<p>He said “after pasting this code” twice.</p>": [],
    "<p>It was long ago. "
    + "Much happened since then and more will. " * 3
    + "Feel free to customize this template.</p>": [],
    "<p>a</p><!-- {timeline} x -->": ["<!-- {timeline} x -->"],
    "<p>a</p><!-- TODO: add your link here -->": ["<!-- TODO: add your link here -->"],
    "<p>a</p><!-- The map -->": [],
    "<p>a</p><!-- never closed <p>b</p>": ["<!-- never closed <p>b</p>"],
    "<pre>Post a Comment</pre>": [],
    "<p>[INSERT IMAGE HERE]</p><p>a</p>": ["[INSERT IMAGE HERE]"],
    "<p>a</p><script>gtag('x')</script><script>draw()</script>": [
        "<script>gtag('x')</script>",
        "<script>draw()</script>",
    ],
}

TITLES = {
    "<title>A - Blog</title><h1>A</h1><p>x</p>": "A",
    "<title>A - Blog</title><p>x</p>": "A - Blog",
    "<h2>First</h2><h2>Second</h2>": "First",
    "<p>x</p><h3>Deep</h3>": "The file",
    "<p>x</p>": "The file",
    "<h1>A: &quot;b&quot; \\ # c</h1><p>x</p>": 'A: "b" \\ # c',
    "<h1><span>  Two </span>\n words</h1>": "Two words",
    "# Marked down\n\n<p>x</p>": "Marked down",
    "<h1></h1><p>x</p>": "The file",
}

DAYS = {
    "December 20, 2024": "2024-12-20",
    "Friday, 20th Dec 2024": "2024-12-20",
    "20 Sept. 2024": "2024-09-20",
    "2024-12-20T10:00:00+05:30": "2024-12-20",
    "20/12/2024": "2024-12-20",
    "12/20/2024": "2024-12-20",
    "05/06/2024": "",
    "05.05.2024": "2024-05-05",
    "31 February 2024": "",
    "soon": "",
}


@for_each("name", WIDGETS)
def test_what_is_certain_becomes_a_widget(name: str) -> None:
    html, wanted = WIDGETS[name]
    result = convert(html, name="the-file")
    assert len(result.recognised) == 1
    for part in wanted:
        assert part in result.text
    assert missing(result) == []
    assert [word for word in added(result) if not word.isdigit() and word != "Table"] == []


NUMBERS = {
    "<ul class=timeline><li>2021-12: A came</li><li>2011-12: B went</li></ul>": [
        '{date: "2021-12", title: "A came"}',
        '{label: "2011-12", title: "B went"}',
    ],
    "<table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td>2021-12-05</td></tr></table>": [
        '["x", "2021-12-05"]'
    ],
}


@for_each("html", NUMBERS)
def test_dates_in_numbers_are_for_the_widget_to_write_out(html: str) -> None:
    result = convert(html, name="the-file")
    assert len(result.recognised) == 1
    for part in NUMBERS[html]:
        assert part in result.text
    assert "2021-12" not in rendered(result)


def test_dates_in_numbers_of_a_text_become_dates() -> None:
    text = "# How it went\n\n## Timeline\n\n- 2021-12: A came\n- 2022-01-05: B went\n"
    result = convert_text(text, is_plain=False)
    assert 'date: "2021-12"' in result.text
    assert 'date: "2022-01-05"' in result.text


@for_each("name", HTML)
def test_what_is_not_certain_stays_html(name: str) -> None:
    result = convert(HTML[name], name="the-file", allow=ACTIVE_KINDS)
    assert result.recognised == ()
    assert HTML[name] in result.text
    assert rendered(result)


@for_each("html", DROPPED)
def test_what_is_left_out(html: str) -> None:
    result = convert(html, name="the-file")
    assert [entry.words for entry in result.dropped if "the title" not in entry.why] == DROPPED[
        html
    ]
    assert missing(result) == []


@for_each("html", TITLES)
def test_the_title(html: str) -> None:
    result = convert(html, name="the_file")
    assert (result.title, post_of(result).title) == (TITLES[html], TITLES[html])


@for_each("text", DAYS)
def test_days(text: str) -> None:
    assert day_of(text) == DAYS[text]


def test_a_key_and_an_open_button_are_written_as_asked() -> None:
    html = (
        '<h1>A</h1><p><a class="btn" href="YOUR_MOCK_TEST_LINK_HERE">Quiz</a></p>'
        '<p><a class="btn" href="https://example.com/q">Take the quiz</a></p>'
    )
    result = convert(html, key="mine")
    assert post_of(result).key == "mine"
    assert (result.quiz, post_of(result).quiz) == (
        "",
        "",
    ), "the open button would lead to the other one's test"
    assert 'url: "https://example.com/q"' in result.text


def test_html_is_written_when_asked_for() -> None:
    result = convert(
        "<h1>A</h1><table><tr><td>a--&gt;b</td><td>&lt;!-- c --!&gt;</td></tr></table>", only="html"
    )
    assert result.format == "html"
    assert "<!-- {table}" in result.text
    assert missing(result) == []


def test_nested_without_end_is_left_alone() -> None:
    html = "<h1>Deep</h1>" + '<div class="timeline">' * 3_000 + "1947: a" + "</div>" * 3_000
    assert convert(html).recognised == ()


DEEP = "<i>" * 2_000 + "x" + "</i>" * 2_000


@pytest.mark.slow
@for_each(
    "html",
    [
        DEEP,
        "<b>" * 2_000,
        f"<h1>{DEEP}</h1><p>x</p>",
        f"<table><tr><th>a</th><th>b</th></tr><tr><td>{DEEP}</td><td>y</td></tr></table>",
        f'<div class="timeline"><div><b>{DEEP}</b><p>y</p></div><div><b>1</b><p>y</p></div></div>',
        f"<h3>PYQ</h3><ul><li>{DEEP}</li><li>Discuss y?</li></ul>",
        f'<p><a class="btn" href="https://example.com/quiz">{DEEP}</a></p>',
        f"<p>Category: {DEEP}</p>",
    ],
)
def test_deep_elements_end_in_no_error(html: str) -> None:
    assert convert(html, name="x").text


@for_each(
    "words", ["[a = b] [1]", "[x_1, y_2]", "$$2^n*3$$", r"\(x_1\)", r"\[x_1*2*3\]", r"C:\[a]"]
)
def test_signs_of_formulas_stay_what_they_are_on_the_page(words: str) -> None:
    assert inline(escape_markdown(words)) == words
