from __future__ import annotations

from bs4 import BeautifulSoup

from tests.render.drawing import BODY_LINE, call, draw_html, said


def test_each_post_is_one_link_with_its_note() -> None:
    html = draw_html(
        call(
            "related",
            "items: [{title: 'a [b](https://example.com/b)', href: /x.html, note: c}, {title: d,"
            " href: /y}]",
        )
    )
    items = BeautifulSoup(html, "html.parser").find_all("li")
    assert [(item.text, [a["href"] for a in item.find_all("a")]) for item in items] == [
        ("a b: c", ["/x.html"]),
        ("d", ["/y"]),
    ]
    assert "<strong>Read next</strong>" in html


def test_its_class_is_one_that_reader_modes_let_live() -> None:
    html = draw_html(call("related", "items: [{title: a, href: /x}]"))
    assert 'class="bk-see-also"' in html
    assert "related" not in html


def test_a_post_has_an_address() -> None:
    assert said(call("related", "items:\n- {title: a}"))[0][:2] == (BODY_LINE + 2, "missing-field")
    assert said(call("related", "items:\n- title: a\n  href: ''"))[0][:2] == (
        BODY_LINE + 3,
        "bad-value",
    )
