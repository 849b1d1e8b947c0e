"""What `widget check` finds in a folder, and that a good folder passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.errors import ContentError
from blogkit.render.widgets.registry import Registry
from blogkit.widget_tools import conformance, expected_output
from tests.cases import for_each
from tests.render.drawing import own_widget

MODEL = '''"""A box with a title."""

from __future__ import annotations

from blogkit.render.widgets.fields import Field, Fields, Inline, Markdown, Text


class Widget(Fields):
    title: Inline = Field("", description="The heading")
    icon: Text = Field("", description="An emoji before the heading, for decoration")
    items: list[Inline] = Field([], description="A few words each")
    body: Markdown = Field("", description="The words")
'''
TEMPLATE = """<div {{ style() }}>
{% if title %}
  <p>{{ icon | icon }}<strong>{{ title }}</strong></p>
{% endif %}
  <ul>
{% for item in items %}
    <li>{{ item }}</li>
{% endfor %}
  </ul>
  {{ body }}
</div>
"""
STYLE = ".bk-box { margin: 24px 0 }\n"
ACCEPTED = [
    "email.html",
    "feed.html",
    "full.css",
    "full.html",
    "markdown.md",
    "strict.html",
    "text.txt",
]
EXAMPLE = "```{box} A title\n---\nicon: 📍\nitems: [one, two]\n---\nWords\n```\n"


def registry(tmp_path: Path, **files: str) -> Registry:
    return own_widget(
        tmp_path,
        **({"widget": MODEL, "template": TEMPLATE, "style": STYLE, "example": EXAMPLE} | files),
    )


def found(tmp_path: Path, **files: str) -> dict[str, str]:
    """Code → file: message, of what is wrong with a box of these files."""
    widgets = registry(tmp_path, **files)
    expected_output.accept(tmp_path / "box", widgets, tmp_path)
    problems = conformance.check_widget(tmp_path / "box", widgets, tmp_path).problems
    return {problem.code: f"{Path(problem.path).name}: {problem.message}" for problem in problems}


def test_a_good_folder_passes(tmp_path: Path) -> None:
    widgets = registry(tmp_path)
    changed = expected_output.accept(tmp_path / "box", widgets, tmp_path)
    assert sorted(path.name for path in changed) == ACCEPTED
    examined = conformance.check_widget(tmp_path / "box", widgets, tmp_path)
    assert examined.problems == ()
    assert set(examined.sizes) == {"strict", "full", "feed"}
    assert expected_output.accept(tmp_path / "box", widgets, tmp_path) == []


@pytest.mark.slow
@for_each(
    ("code", "words", "files"),
    [
        (
            "no-purpose",
            "widget.py: the widget has no description",
            {"widget": MODEL.split("\n", 2)[2]},
        ),
        (
            "bad-example",
            "example.md: the example must be one call",
            {"example": EXAMPLE + "\nMore\n"},
        ),
        ("bad-example", "example.md: the example must be one call", {"example": "Words\n"}),
        ("styles-survive", "style.css", {"style": ".bk-box { display: grid }"}),
        ("text-can-be-read", "style.css: color:#333", {"style": ".bk-box { color: #333333 }"}),
        (
            "sides-follow-the-writing",
            "a margin is on the wrong side",
            {"template": TEMPLATE.replace("<strong>", '<strong style="margin-left:4px">')},
        ),
        (
            "classes-live",
            'style.css: class "bk-sidebars"',
            {"style": STYLE + "/* enhancements */ .bk-box .bk-sidebars { margin: 0 }"},
        ),
        (
            "runs-nothing",
            "template.html: <script>",
            {"template": TEMPLATE.replace("</div>", "<script>1</script></div>")},
        ),
        (
            "runs-nothing",
            "template.html",
            {"template": TEMPLATE.replace("{{ title }}", "{{ title[0:] | safe }}")},
        ),
        (
            "words-read-back",
            "template.html",
            {"template": TEMPLATE.replace("{{ title }}", "{{ title | plain | upper }}")},
        ),
        (
            "wordpress-keeps-it",
            "template.html",
            {"template": TEMPLATE.replace("<strong>", "<strong onfocus=a>")},
        ),
        (
            "no-words-are-glued",
            "template.html",
            {
                "template": TEMPLATE.replace("<ul>", "<ul><b>x</b><i>y</i>").replace(
                    "{{ body }}", "<q>z</q>"
                )
            },
        ),
        (
            "ids-are-met",
            "template.html",
            {"template": TEMPLATE.replace("<ul>", '<ul id="bk-0000-1">')},
        ),
        ("ids-are-made", "template.html", {"template": TEMPLATE.replace("<ul>", '<ul id="list">')}),
        (
            "sides-follow-the-writing",
            "style.css",
            {"template": TEMPLATE.replace(" {{ style() }}", "")},
        ),
        (
            "profiles-agree",
            "template.html",
            {
                "template": TEMPLATE.replace(
                    "{{ title }}", "{{ title }}{{ ' kept' if profile.style_sheet }}"
                )
            },
        ),
        (
            "no-filter-changes-it",
            "template.html",
            {"template": TEMPLATE.replace("{{ body }}", "bare")},
        ),
        (
            "icons-are-decoration",
            "template.html",
            {"template": TEMPLATE.replace("<strong>{{ title }}</strong>", "")},
        ),
        (
            "bad-template",
            "'nothing' is undefined",
            {"template": TEMPLATE.replace("{% endif %}", "{% else %}{{ nothing }}{% endif %}")},
        ),
    ],
    local=7,
)
def test_what_breaks_the_contract_is_found(
    tmp_path: Path, code: str, words: str, files: dict[str, str]
) -> None:
    problems = found(tmp_path, **files)
    assert code in problems, problems
    assert words in problems[code]


@pytest.mark.slow
def test_words_are_put_into_what_holds_words(tmp_path: Path) -> None:
    """A template that trusts only some of its fields is found by each of them alone."""
    for trusted in ("item", "icon"):
        loose = TEMPLATE.replace(
            f"{{{{ {trusted}", f"{{{{ {trusted}[0:] | safe }}}} {{{{ {trusted}"
        )
        assert "runs-nothing" in found(tmp_path / trusted, template=loose)


@pytest.mark.slow
def test_an_item_less_or_a_field_less_is_tried(tmp_path: Path) -> None:
    assert (
        "without title:"
        in found(
            tmp_path, template=TEMPLATE.replace("{% endif %}", "{% else %}<p>a</p>b{% endif %}")
        )["no-filter-changes-it"]
    )


@pytest.mark.slow
def test_what_was_accepted_is_compared(tmp_path: Path) -> None:
    widgets = registry(tmp_path)
    folder = tmp_path / "box"

    def told() -> list[str]:
        return [
            f"{Path(p.path).name} {p.message}"
            for p in conformance.check_widget(folder, widgets, tmp_path).problems
        ]

    assert len(told()) == len(ACCEPTED)
    assert "strict.html is missing: no output was accepted yet" in told()
    expected_output.accept(folder, widgets, tmp_path)
    (folder / "expected" / "feed.html").write_text("<p>else</p>\n")
    (folder / "expected" / "old.html").write_text("<p>else</p>\n")
    assert told() == [
        "feed.html the example now renders differently",
        "old.html is not an output of the example",
    ]
    assert [path.name for path in expected_output.accept(folder, widgets, tmp_path)] == [
        "feed.html"
    ]
    assert (folder / "expected" / "old.html").exists(), (
        "what blogkit did not write it does not delete"
    )


def test_an_example_that_cannot_be_rendered_is_told_with_its_line(tmp_path: Path) -> None:
    widgets = registry(tmp_path, example="```{box} A title\n---\ncolour: red\n---\n```\n")
    with pytest.raises(ContentError) as caught:
        conformance.check_widget(tmp_path / "box", widgets, tmp_path)
    assert [(p.path, p.line, p.code) for p in caught.value.problems] == [
        ("box/example.md", 3, "unknown-field")
    ]
