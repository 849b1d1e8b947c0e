from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.render.drawing import BODY_LINE, call, draw_html, said

ITEMS = (
    "items:\n- {term: veto, meaning: c}\n- {term: '*Entente*', meaning: b}\n- {term: accord,"
    " meaning: a}"
)


@pytest.mark.parametrize(("order", "expected"), [("given", "cba"), ("alphabet", "abc")])
def test_the_order(order: str, expected: str) -> None:
    soup = BeautifulSoup(draw_html(call("glossary", f"order: {order}\n{ITEMS}")), "html.parser")
    assert "".join(meaning.text for meaning in soup.find_all("dd")) == expected


def test_as_written_is_the_default() -> None:
    soup = BeautifulSoup(draw_html(call("glossary", ITEMS)), "html.parser")
    assert [(term.name, term.text) for term in soup.select("dl > *")][:2] == [
        ("dt", "veto"),
        ("dd", "c"),
    ]


def test_a_term_has_a_meaning() -> None:
    assert said(call("glossary", "items:\n- {term: a, meaning: b}\n- {term: c}"))[0][:2] == (
        BODY_LINE + 3,
        "missing-field",
    )
    assert said(call("glossary", 'items:\n- {term: a, meaning: ""}'))[0][:2] == (
        BODY_LINE + 2,
        "bad-value",
    )
