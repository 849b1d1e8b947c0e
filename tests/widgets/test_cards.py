from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from blogkit.render.looks.theme import theme_from_settings
from blogkit.sanitizers.profiles import BLOGGER
from tests.cases import for_each
from tests.render.drawing import BODY_LINE, ICONS, call, draw, draw_html, said

THREE = "cards: [{title: a, text: x}, {title: b, text: y}, {title: c, text: z}]"


def cards(html: str) -> list[Tag]:
    return BeautifulSoup(html, "html.parser").select("div.bk-row > div, ol > li")


def test_a_card_has_its_parts_in_order() -> None:
    body = call(
        "cards",
        "intro: i\ncards:\n- {icon: 🇮🇳, title: India, text: t, items: [p, {label: Mines, text: q}],"
        " footer: f}\n- {title: b, text: c}",
        "T",
    )
    assert (
        BeautifulSoup(draw_html(body, theme=ICONS), "html.parser").get_text()
        == "T i 🇮🇳 India t p Mines: q f b c"
    )


def test_two_columns_need_neither_display_nor_a_style_sheet() -> None:
    sides = [str(card["style"]) for card in cards(draw_html(call("cards", THREE)))]
    assert ["float:left;clear:both" in side for side in sides] == [True, False, True]
    assert ["float:right" in side for side in sides] == [False, True, False]
    assert all(
        "width:calc((30em - 100%)*999);min-width:calc(50% - 12px);max-width:100%" in side
        for side in sides
    )


def test_what_follows_is_clear_of_them() -> None:
    row = BeautifulSoup(draw_html(call("cards", THREE)), "html.parser").select_one(".bk-row")
    assert row
    assert "overflow:hidden" in str(row["style"])


def test_columns_are_a_hint() -> None:
    assert "float" not in draw_html(call("cards", f"columns: 1\n{THREE}"))
    assert "bk-three" not in draw_html(call("cards", THREE), BLOGGER)
    document = draw(call("cards", f"columns: 3\n{THREE}"), BLOGGER)
    assert 'class="bk-row bk-three"' in document.html
    assert ".bk-cards .bk-three{" in document.sheet


def test_an_agenda_has_its_numbers_as_text() -> None:
    """A list's own numbers would double them where styles are removed."""
    body = call("cards", f"numbered: true\nstart: 4\n{THREE}")
    soup = BeautifulSoup(draw_html(body), "html.parser")
    assert soup.ol is None
    assert soup.get_text() == "4 a x 5 b y 6 c z"
    assert "४" in draw_html(body, front={"language": "mr"})


CARD = "cards: [{{title: a, text: b, tone: {}}}]"


@for_each("tone", ["accent", "good", "bad", "warning"])
def test_a_tone_is_a_bar(tone: str) -> None:
    html = draw_html(call("cards", f"cards: [{{title: a, text: b, tone: {tone}}}]"))
    assert "border-top:" in html
    themes = [theme_from_settings({"preset": name}) for name in ("exam", "saffron")]
    bars = [draw_html(call("cards", CARD.format(tone)), theme=theme) for theme in themes]
    plain = [draw_html(call("cards", CARD.format('""')), theme=theme) for theme in themes]
    assert all(one != other for one, other in zip(bars, plain, strict=True))


@for_each(
    ("yaml", "line", "words"),
    [
        ("cards:\n- {title: a, text: b}\n- {title: c}", 3, '"c" has neither text: nor items:'),
        ("cards:\n- {title: a, items: [{label: b}]}", 2, '"text" is missing in "items"'),
        ("columns: 4\ncards: [{title: a, text: b}]", 1, '"columns" must be one of 1, 2, 3, not 4'),
        ("start: 2\ncards: [{title: a, text: b}]", 1, "requires numbered: true"),
        ("cards: []", 1, '"cards" is empty'),
        ("cards:\n- {title: a, text: b, tone: loud}", 2, '"tone" in "cards" must be one of'),
    ],
)
def test_what_is_refused(yaml: str, line: int, words: str) -> None:
    problem = said(call("cards", yaml))[0]
    assert problem[0] == BODY_LINE + line
    assert words in problem[2]
