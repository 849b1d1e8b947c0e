from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blogkit.html import Tree, VisibleText, between, fold
from tests.cases import for_each


def found(html: str, text: str) -> list[str]:
    return [html[match.start : match.end] for match in VisibleText(Tree(html)).find(text)]


@for_each(
    ("html", "text", "expected"),
    [
        (
            "<h2>Conclusion &amp; <em>More</em></h2>",
            "Conclusion & More",
            ["Conclusion &amp; <em>More"],
        ),
        ("<p>What’s&nbsp; next…</p>", "What's next...", ["What’s&nbsp; next…"]),
        ("<p>a\r\n  b</p>", "a b", ["a\r\n  b"]),
        ("<p>soft&shy;ware&#8203;</p>", "software", ["soft&shy;ware"]),
        ("<p>one</p><p>two</p>", "one two", []),
        ("one<br>two", "one two", ["one<br>two"]),
        (
            "<b title='here'>x</b><!-- here --><script>here</script><textarea>here</textarea>",
            "here",
            [],
        ),
        ("aaa", "aa", ["aa"]),
        ("5&nbsp;km – 6 km", "5 km - 6 km", ["5&nbsp;km – 6 km"]),
        ("R&D and R&amp;D and R&ampD", "R&D", ["R&D", "R&amp;D", "R&ampD"]),
        ("आज की 📍 ख़बरें", "📍 ख़बरें", ["📍 ख़बरें"]),
    ],
)
def test_text_is_found_as_a_reader_sees_it(html: str, text: str, expected: list[str]) -> None:
    assert found(html, text) == expected


PIECES = [
    "a",
    " ",
    "\n",
    "&nbsp;",
    "&amp;",
    "<b>",
    "</b>",
    "…",
    "--",
    "–",
    "<br>",
    "<p>",
    "&shy;",
    "&#x41;",
    "&",
    ";",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_is_found_reads_as_what_was_looked_for(html: str) -> None:
    reading = VisibleText(Tree(html))
    for size in (1, 2, 3):
        for start in range(len(reading.text) - size + 1):
            wanted = reading.text[start : start + size]
            if "\n" in wanted or wanted != wanted.strip():
                continue
            for match in reading.find(wanted):
                assert fold(wanted) in fold(between(reading.tree, match.start, match.end))
