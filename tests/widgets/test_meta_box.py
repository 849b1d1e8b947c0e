from __future__ import annotations

from bs4 import BeautifulSoup

from blogkit.sanitizers.profiles import BLOGGER
from tests.render.drawing import ICONS, call, draw_html


def pairs(html: str) -> list[tuple[str, str]]:
    soup = BeautifulSoup(html, "html.parser")
    return [
        (term.text, value.text)
        for term, value in zip(soup.find_all("dt"), soup.find_all("dd"), strict=True)
    ]


def test_it_is_a_description_list_in_order() -> None:
    html = draw_html(
        call(
            "meta-box",
            "items:\n- {label: Where, value: Miami}\n- {icon: 📅, label: When, value: Friday}",
            "Details",
        ),
        theme=ICONS,
    )
    assert pairs(html) == [("Where", "Miami"), ("📅 When", "Friday")]
    assert "<strong>Details</strong>" in html


def test_a_date_is_the_value_when_there_is_no_other() -> None:
    body = call(
        "meta-box",
        "items:\n- {label: a, date: 2026-12}\n- {label: b, value: Friday, date: 2026-12-04}",
    )
    assert pairs(draw_html(body)) == [("a", "December 2026"), ("b", "Friday")]
    assert '<time datetime="2026-12-04">Friday</time>' in draw_html(body, BLOGGER)


def test_a_value_may_link() -> None:
    html = draw_html(
        call(
            "meta-box", "items: [{label: a, value: '**b**', href: 'https://example.com/?a=1&b=2'}]"
        )
    )
    assert '<a href="https://example.com/?a=1&amp;b=2"><strong>b</strong></a>' in html


def test_without_a_title_there_is_no_empty_heading() -> None:
    assert "<p" not in draw_html(call("meta-box", "icon: x\nitems: [{label: a, value: b}]"))


def test_labels_have_a_column_of_their_own() -> None:
    soup = BeautifulSoup(
        draw_html(call("meta-box", "items: [{label: a, value: b}]")), "html.parser"
    )
    assert soup.dt
    assert soup.dd
    assert str(soup.dt["style"]).startswith("float:left;width:7em")
    assert str(soup.dd["style"]) == "margin:0;overflow:hidden"
