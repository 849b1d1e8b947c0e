from __future__ import annotations

from bs4 import BeautifulSoup

from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw_html, said


@for_each(
    ("yaml", "below"),
    [
        ("by: Anil\nrole: economist\nsource: A lecture", "Anil, economist, A lecture"),
        ("by: Anil", "Anil"),
        ("role: an economist", "an economist"),
        ("source: A lecture", "A lecture"),
        ("href: https://example.com/", "Source"),
    ],
)
def test_who_said_it_stands_below(yaml: str, below: str) -> None:
    soup = BeautifulSoup(draw_html(call("quote", f"text: Words\n{yaml}")), "html.parser")
    assert [p.get_text() for p in soup.find_all("p")] == ["“Words”", below]
    assert soup.blockquote
    assert soup.blockquote.get_text() == "“Words”"


def test_words_alone_have_no_empty_line_below() -> None:
    assert draw_html(call("quote", "text: Words")).count("<p") == 1


def test_the_source_links_once_and_is_named_for_machines() -> None:
    html = draw_html(
        call("quote", "text: a\nsource: '[b](https://example.com/b) c'\nhref: https://example.com/")
    )
    soup = BeautifulSoup(html, "html.parser")
    assert [(a["href"], a.text) for a in soup.find_all("a")] == [("https://example.com/", "b c")]
    assert soup.blockquote
    assert soup.blockquote["cite"] == "https://example.com/"


def test_a_quote_has_words() -> None:
    assert said(call("quote", "by: Anil"))[0][:2] == (BODY_LINE, "missing-field")
    assert said(call("quote", "by: Anil\ntext: ''"))[0][0] == BODY_LINE + 2
