from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from blogkit.sanitizers.profiles import FEED
from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw, draw_html, said

HEADINGS = (
    "\n\n# Zero\n\n## One\n\n### Half\n\n#### Deep\n\n### Other half\n\n## Two\n\n#### Skipped a"
    " level\n\n## One\n"
)


def tree(items: Tag) -> list[object]:
    found: list[object] = []
    for item in items.find_all("li", recursive=False):
        inner = item.find(["ul", "ol"])
        found.append((item.a.text, tree(inner)) if inner else item.a.text)
    return found


def listed(yaml: str, headings: str = HEADINGS) -> list[object]:
    soup = BeautifulSoup(draw_html(call("toc", yaml) + headings), "html.parser")
    return tree(soup.select_one("nav > ul, nav > ol"))


@for_each(
    ("levels", "expected"),
    [
        ("2", ["One", "Two", "One"]),
        ("2-3", [("One", ["Half", "Other half"]), "Two", "One"]),
        ("3", ["Half", "Other half"]),
        (
            "2 – 4",
            [("One", [("Half", ["Deep"]), "Other half"]), ("Two", ["Skipped a level"]), "One"],
        ),
        (
            "1-6",
            [
                (
                    "Zero",
                    [
                        ("One", [("Half", ["Deep"]), "Other half"]),
                        ("Two", ["Skipped a level"]),
                        "One",
                    ],
                )
            ],
        ),
    ],
)
def test_the_levels(levels: str, expected: list[object]) -> None:
    assert listed(f"levels: {levels}") == expected


def test_two_levels_are_the_default() -> None:
    assert listed("") == listed("levels: 2-3")


def test_a_deeper_heading_may_come_first() -> None:
    assert listed("", "\n### a\n\n## b\n\n### c\n") == ["a", ("b", ["c"])]


def test_every_link_leads_to_a_heading() -> None:
    soup = BeautifulSoup(
        draw_html("## Before\n\n" + call("toc", "levels: 1-6") + HEADINGS + "\n## हिन्दी\n"),
        "html.parser",
    )
    ids = [heading["id"] for heading in soup.select("h1, h2, h3, h4")]
    assert [link["href"] for link in soup.select("nav a")] == [f"#{name}" for name in ids]


def test_entries_may_be_numbered() -> None:
    assert not BeautifulSoup(
        draw_html(call("toc", "numbered: true") + HEADINGS), "html.parser"
    ).select("ul")


def test_its_name_is_read_aloud() -> None:
    assert '<nav aria-label="In this post" class' in draw_html(call("toc", "") + HEADINGS)
    assert '<nav aria-label="A &amp; b" class' in draw_html(call("toc", "", "A & *b*") + HEADINGS)
    assert '<nav aria-label="Contents" class' in draw_html(call("toc", 'title: ""') + HEADINGS)


def test_feeds_where_its_links_lead_nowhere_go_without() -> None:
    document = draw(call("toc", "") + "\n## One\n", FEED)
    assert [fragment.kind for fragment in document.fragments] == ["heading"]


@for_each("levels", ["0", "7", "two", "3-2", "2,3", "[2, 3]"])
def test_levels_that_make_no_sense(levels: str) -> None:
    assert [
        (line, code) for line, code, _ in said(call("toc", f'levels: "{levels}"') + HEADINGS)
    ] == [(BODY_LINE + 1, "bad-value")]


def test_a_post_without_headings_needs_no_contents() -> None:
    assert said("Text\n\n" + call("toc", "levels: 5") + HEADINGS)[0][:2] == (
        BODY_LINE + 2,
        "no-headings",
    )
