"""What a person changes in the rendered post goes into its Markdown, and nothing else changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from hypothesis import given
from hypothesis import strategies as st

from blogkit.importers.patch.body import PatchedBody, RenderedBlock, patch_body
from blogkit.importers.patch.front_matter import with_value
from blogkit.importers.patch.pieces import pieces_of
from blogkit.posts.loader import load_post
from blogkit.render.renderer import render_post
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.sanitizers.profiles import FOLDER
from tests.cases import for_each

TEXT = """\
The *Ganga* floods again, and
the __Kosi__ too &amp; more.

## What happened

* First point
* Second [point][ref]

1. One
2. Two

> A quote of
> two lines.

| River | State |
|-------|------:|
| Ganga | Bihar |

```{timeline}
events:
  - {date: "2024", title: Floods, text: Many were displaced.}
  - {date: "2025", title: Relief, text: Camps were opened.}
```

```python
print("a")
```

See [Part two](https://example.com/two "Two") and a note[^1].

Last words.

[ref]: https://example.com/ref
[^1]: The note's text.
"""


OURS = Registry([builtin_folder()])


def render(lines: Sequence[str]) -> list[RenderedBlock]:
    """The blocks of a post with this body, as a folder would get them."""
    data = "\n".join(lines).encode()
    post = load_post(Path("posts/talks.md"), root=Path(), zone=ZoneInfo("UTC"), text=data)
    document = render_post(post, registry=OURS, profile=FOLDER, root=Path())
    return [
        RenderedBlock(
            one.kind,
            one.line,
            one.last,
            tuple(pieces_of(one.html)),
            one.widget,
            fixed=one.mixed or one.kind in ("widget", "footnotes"),
        )
        for one in document.fragments
    ]


def html_of(text: str) -> str:
    return "\n".join(piece.source for block in render(text.split("\n")) for piece in block.pieces)


def patch(text: str, html: str, base: str = "", *, as_html: bool = False) -> PatchedBody:
    lines = text.split("\n")
    return patch_body(
        lines, render, pieces_of(base or html_of(text)), pieces_of(html), as_html=as_html
    )


HEAD = "---\ntitle: Talks\n---\n"

EDITS: dict[str, tuple[str, str, str, str]] = {
    # name: (old HTML, new HTML, old Markdown, new Markdown)
    "a typo": ("floods again", "flooded again", "floods again", "flooded again"),
    "a word over a line's end": ("and the", "but the", "and\nthe", "but\nthe"),
    "a word bold": ("floods", "<strong>floods</strong>", "floods", "__floods__"),
    "a word in italics": ("again", "<em>again</em>", "again", "*again*"),
    "no more italics": ("<em>Ganga</em>", "Ganga", "*Ganga*", "Ganga"),
    "a bold word": ("Kosi", "Gandak", "Kosi", "Gandak"),
    "code": ("again", "<code>x = 1</code>", "again", "`x = 1`"),
    "a word struck out": ("again", "<del>again</del>", "again", "~~again~~"),
    "an entity": ("&amp; more", "&lt; more", "&amp; more", "\\< more"),
    "an asterisk": ("again", "2*3*4", "again", "2\\*3\\*4"),
    "a link's target": ("com/two", "com/three", "com/two", "com/three"),
    "a link's text": ("Part two", "Part three", "Part two", "Part three"),
    "a link's title": ('title="Two"', 'title="Three"', '"Two"', '"Three"'),
    "a new link": (
        "Last words",
        'Last <a href="https://e.example/">words</a>',
        "Last words",
        "Last [words](https://e.example/)",
    ),
    "a link removed": (
        '<a href="https://example.com/two" title="Two">Part two</a>',
        "Part two",
        '[Part two](https://example.com/two "Two")',
        "Part two",
    ),
    "beside a note": ("and a note", "and one note", "and a note", "and one note"),
    "a heading": (
        ">What happened<",
        ">What happened there<",
        "What happened",
        "What happened there {#what-happened}",
    ),
    "an item": ("First point", "The first point", "First point", "The first point"),
    "an item with a reference link": (">Second ", ">Third ", "Second [", "Third ["),
    "an item added": ("</ul>", "<li>Third</li></ul>", "[point][ref]\n", "[point][ref]\n* Third\n"),
    "an item removed": ("<li>First point</li>", "", "* First point\n", ""),
    "a numbered item": ("<li>Two</li>", "<li>Three</li>", "2. Two", "2. Three"),
    "a numbered item added": (
        "<li>Two</li>",
        "<li>Two</li><li>Three</li>",
        "2. Two",
        "2. Two\n3. Three",
    ),
    "an item inside an item": (
        "<li>Two</li>",
        "<li>Two<ul><li>Inner</li></ul></li>",
        "2. Two",
        "2. Two\n   * Inner",
    ),
    "a quote": ("A quote of", "The quote of", "A quote of", "The quote of"),
    "the end of a quote": ("two lines", "three lines", "two lines", "three lines"),
    "a cell": (">Bihar<", ">Assam<", "Bihar", "Assam"),
    "a row added": (
        "</tr></tbody>",
        '</tr><tr><td>Kosi</td><td style="text-align:right">Bihar</td></tr></tbody>',
        "| Ganga | Bihar |",
        "| Ganga | Bihar |\n| Kosi | Bihar |",
    ),
    "code in a block": ('print("a")', 'print("b")', 'print("a")', 'print("b")'),
    "a paragraph added": (
        "<p>Last words.</p>",
        "<p>A new one.</p><p>Last words.</p>",
        "Last words.",
        "A new one.\n\nLast words.",
    ),
    "a paragraph added at the end": (
        "<p>Last words.</p>",
        "<p>Last words.</p><p>A new one.</p>",
        "Last words.",
        "Last words.\n\nA new one.",
    ),
    "a paragraph removed": ("<p>Last words.</p>", "", "Last words.\n\n", ""),
    "a paragraph split": (
        "Last words.",
        "Last</p><p>words.",
        "Last words.",
        "Last\n\nwords.",
    ),
    "a heading added": (
        "<p>Last words.</p>",
        '<h3 id="end">End</h3><p>Last words.</p>',
        "Last words.",
        "### End\n\nLast words.",
    ),
    "a list added": (
        "<p>Last words.</p>",
        "<ul><li>a</li><li>b</li></ul><p>Last words.</p>",
        "Last words.",
        "* a\n* b\n\nLast words.",
    ),
    "an image added": (
        "<p>Last words.</p>",
        '<p><img src="https://e.example/a.png" alt="A river" /></p><p>Last words.</p>',
        "Last words.",
        "![A river](https://e.example/a.png)\n\nLast words.",
    ),
    "a rule added": (
        "<p>Last words.</p>",
        "<hr /><p>Last words.</p>",
        "Last words.",
        "---\n\nLast words.",
    ),
    "a video added": (
        "<p>Last words.</p>",
        '<figure><video src="https://e.example/v.mp4"></video></figure><p>Last words.</p>',
        "Last words.",
        '<figure><video src="https://e.example/v.mp4"></video></figure>\n\nLast words.',
    ),
    "a paragraph centred": (
        "<p>Last words.</p>",
        '<p style="text-align:center">Last words.</p>',
        "Last words.",
        '<p style="text-align:center">Last words.</p>',
    ),
    "Hindi": ("Last words", "अंतिम शब्द", "Last words", "अंतिम शब्द"),
    "only another spelling": ("floods again", "floods&#32;again", "", ""),
}


@for_each("name", EDITS, quick=8)
def test_a_change_of_the_html_goes_into_the_markdown(name: str) -> None:
    old, new, before, after = EDITS[name]
    html = html_of(HEAD + TEXT)
    assert old in html
    changed = html.replace(old, new, 1)
    done = patch(HEAD + TEXT, changed)
    assert "\n".join(done.lines) == HEAD + TEXT.replace(before, after, 1)
    assert not any(note.left for note in done.notes)
    shown = [piece.key for piece in pieces_of(html_of("\n".join(done.lines)))]
    assert shown == [piece.key for piece in pieces_of(changed)]


def test_a_paragraph_that_was_moved_keeps_its_markdown() -> None:
    html = html_of(HEAD + TEXT)
    moved = next(piece.source for piece in pieces_of(html) if "Kosi" in piece.source)
    changed = html.replace(moved, "", 1).replace("<p>Last words.</p>", f"<p>Last words.</p>{moved}")
    first = TEXT.partition("\n\n")[0]
    expected = TEXT.replace(f"{first}\n\n", "", 1).replace(
        "Last words.", f"Last words.\n\n{first}", 1
    )
    assert "\n".join(patch(HEAD + TEXT, changed).lines) == HEAD + expected


def test_a_change_inside_a_widget_is_left_or_becomes_html() -> None:
    html = html_of(HEAD + TEXT)
    changed = html.replace("Many were displaced", "Many lost all")
    done = patch(HEAD + TEXT, changed)
    assert "\n".join(done.lines) == HEAD + TEXT
    line = (HEAD + TEXT).split("\n").index("```{timeline}") + 1
    assert [(note.line, note.left) for note in done.notes] == [(line, True)]
    assert "the widget {timeline} was changed on the site" in done.notes[0].message
    asked = patch(HEAD + TEXT, changed, as_html=True)
    text = "\n".join(asked.lines)
    assert ("{timeline}" in text, "Many lost all" in text) == (False, True)
    assert text.count("Floods") == 1
    assert [note.left for note in asked.notes] == [False]


def test_a_widget_that_was_removed_goes_from_the_file() -> None:
    html = html_of(HEAD + TEXT)
    widget = next(piece.source for piece in pieces_of(html) if "displaced" in piece.source)
    done = patch(HEAD + TEXT, html.replace(widget, ""))
    assert "{timeline}" not in "\n".join(done.lines)
    assert [note.message for note in done.notes] == [
        "the widget {timeline} was removed on the site"
    ]


def test_a_note_that_was_changed_is_left() -> None:
    html = html_of(HEAD + TEXT)
    done = patch(HEAD + TEXT, html.replace("The note's text", "Another text"))
    assert ("\n".join(done.lines), [note.left for note in done.notes]) == (HEAD + TEXT, [True])


def test_what_the_file_changed_stays_and_both_sides_changes_are_left() -> None:
    base = html_of(HEAD + TEXT)
    mine = TEXT.replace("Last words", "My last words").replace("First point", "My first point")
    there = base.replace("First point", "Their first point").replace("floods", "flooded")
    done = patch(HEAD + mine, there, base)
    assert "\n".join(done.lines) == HEAD + mine.replace("floods", "flooded")
    (note,) = done.notes
    assert (note.left, note.message) == (True, "this part was changed on both sides")


BLOCKS = st.sampled_from(
    [
        "One *two* three.",
        "Another paragraph, _with_ `code` &amp; more.",
        "## A heading",
        "- a\n- b",
        "1. x\n2. y",
        "> Quoted.",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "```python\nx = 1\n```",
        "A [link](https://e.example/).",
        "हिन्दी का *पाठ*।",
        "```{callout}\nMind the gap.\n```",
    ]
)
BODIES = st.lists(BLOCKS, min_size=1, max_size=6, unique=True)


@given(BODIES, BODIES)
def test_any_post_becomes_any_other(mine: list[str], theirs: list[str]) -> None:
    """The file then renders to what the site shows, unless a note tells what does not."""
    source, there = (HEAD + "\n\n".join(blocks) + "\n" for blocks in (mine, theirs))
    html = html_of(there)
    done = patch(source, html, as_html=True)
    text = "\n".join(done.lines)
    assert text.startswith(HEAD)
    if not any(note.left for note in done.notes):
        shown = [piece.key for piece in pieces_of(html_of(text))]
        assert shown == [piece.key for piece in pieces_of(html)]
        assert patch(text, html).lines == done.lines
    kept = [block for block in mine if block in theirs]
    # Of two that changed places one is written anew.
    if kept == [block for block in theirs if block in mine]:
        assert all(block in text for block in kept if "{" not in block)


@given(BODIES)
def test_a_post_that_did_not_change_is_left_as_it_is(blocks: list[str]) -> None:
    text = HEAD + "\n\n".join(blocks) + "\n"
    assert patch(text, html_of(text)) == PatchedBody(tuple(text.split("\n")))


YAML = """\
title: "Talks" # the headline
tags: [a, 'b c'] # two
labels:
  - One # first
  - Two
excerpt: Short
"""


@for_each(
    ("name", "value", "before", "after"),
    [
        ("title", "Talks fail", '"Talks" #', '"Talks fail" #'),
        ("title", 'A: "b"', '"Talks"', '"A: \\"b\\""'),
        ("tags", ["a", "b c", "d"], "[a, 'b c']", "[a, 'b c', d]"),
        ("tags", ["b c"], "[a, 'b c']", "['b c']"),
        ("tags", [], "[a, 'b c']", "[]"),
        ("labels", ["One", "Two", "3"], "  - Two\n", '  - Two\n  - "3"\n'),
        ("labels", ["Two"], "  - One # first\n", ""),
        ("labels", ["New"], "labels:\n  - One # first\n  - Two\n", "labels: [New]\n"),
        ("excerpt", "Longer, now", "Short", '"Longer, now"'),
        ("slug", "a-b", "excerpt: Short\n", "excerpt: Short\nslug: a-b"),
    ],
)
def test_a_value_changes_and_no_other_byte(
    name: str, value: str | list[str], before: str, after: str
) -> None:
    assert with_value(YAML, [name], value) == YAML.replace(before, after, 1)


TERMS = st.lists(st.text("ab:#'\" -[]", min_size=1).map(str.strip).filter(bool), unique=True)


@given(TERMS, TERMS, st.booleans())
def test_any_list_becomes_any_other(old: list[str], new: list[str], flow: bool) -> None:
    dumped = yaml.safe_dump({"tags": old}, default_flow_style=flow, width=10**6).strip()
    text = f"title: T\n{dumped[1:-1] if flow else dumped}"
    assert yaml.safe_load(text) == {"title": "T", "tags": old}
    assert yaml.safe_load(with_value(text, ["tags"], new))["title"] == "T"
    assert {*yaml.safe_load(with_value(text, ["tags"], new))["tags"]} == {*new}
