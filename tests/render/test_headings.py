from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.posts import html_posts, markdown
from blogkit.render.headings import headings
from blogkit.render.widgets.registry import Registry
from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw, draw_html, own_widget, said

MODEL = (
    "from __future__ import annotations\n"
    "from collections.abc import Iterator, Sequence\n"
    "from blogkit.render.widgets.fields import Field, FieldError, Fields, Heading, Text\n\n\n"
    "class Widget(Fields):\n"
    '    label: Text = Field("", description="The words before them")\n\n'
    "    def check_headings(self, headings: Sequence[Heading]) -> Iterator[FieldError]:\n"
    "        if not headings:\n"
    '            yield FieldError(("label",), "there is no heading")\n'
)
TEMPLATE = (
    "<div {{ style() }}>{% for h in headings %}<p>{{ h.level }} <a href='{{ h.href }}'>{{ h.text"
    " }}</a></p>{% endfor %}</div>"
)


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return own_widget(tmp_path, widget=MODEL, template=TEMPLATE)


def found(source: str) -> list[tuple[int, str, str]]:
    return [
        (h.level, h.text, h.href)
        for h in headings(markdown.parse_markdown(source, line=1, path="a.md"))
    ]


@for_each(
    ("source", "heading"),
    [
        ("## Two *words* & `code`", (2, "Two words & code", "#two-words-code")),
        ("### [A link](https://example.com/) {#own}", (3, "A link", "#own")),
        ("## भारत की नीति", (2, "भारत की नीति", "#भारत-की-नीति")),
        ("## A claim[^1]\n\n[^1]: Note", (2, "A claim", "#a-claim")),
        ('<h2 id="raw">Raw &amp; ready</h2>', (2, "Raw & ready", "#raw")),
        ('<div>\n\n<h4 id="in">Inside</h4>\n\n</div>', (4, "Inside", "#in")),
        ("# {#a:b}\n\n## One {#a:b}", (2, "One", "#a%3Ab-1")),
    ],
)
def test_the_headings_that_a_link_can_lead_to(source: str, heading: tuple[int, str, str]) -> None:
    assert found(source) == [heading]


@for_each(
    "source",
    ["Text", "<h2>No id</h2>", "> ## In a quotation", "##", '<script>"<h2 id=x>y</h2>"</script>'],
)
def test_other_headings_are_left_out(source: str) -> None:
    assert found(source) == []


def test_posts_in_html_have_headings_too() -> None:
    blocks = html_posts.parse_html(
        '<h2 id="a">A</h2><!-- {timeline} x --><section><h3 class="y" id=b>B</h3></section>',
        line=1,
        path="a.html",
    )
    assert [(h.level, h.text, h.href) for h in headings(blocks)] == [(2, "A", "#a"), (3, "B", "#b")]


def test_a_widget_sees_the_headings_before_and_behind_it(registry: Registry) -> None:
    html = draw_html(
        "## One\n\n" + call("box", "") + "\n## Two: YOUR_MOCK_TEST_LINK_HERE\n",
        registry=registry,
        quiz_url="https://example.com/q",
    )
    assert '<a href="#one">One</a>' in html
    assert '<a href="#two-quiz">Two: https&#058;//example.com/q</a>' in html
    assert 'id="two-quiz"' in html


def test_a_widget_may_ask_for_headings(registry: Registry) -> None:
    assert said("Text\n\n" + call("box", "label: x"), registry=registry) == [
        (BODY_LINE + 3, "bad-value", "there is no heading")
    ]


def test_a_widget_that_renders_to_nothing_leaves_nothing(tmp_path: Path) -> None:
    registry = own_widget(tmp_path, template="{% if title %}<p>{{ title }}</p>{% endif %}")
    assert (
        draw("One\n\n" + call("box", "x") + "\nTwo\n", registry=registry).html
        == "<p>One</p>\n<p>Two</p>"
    )
