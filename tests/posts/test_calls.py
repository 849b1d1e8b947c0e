"""Widget calls in Markdown: found wherever they stand, with their text and their lines, and
never where they are code.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.errors import ContentError
from blogkit.posts.markdown import parse_markdown
from blogkit.posts.post import Block, WidgetCall
from blogkit.posts.yaml12 import load_yaml
from tests.cases import for_each


def read(source: str, line: int = 1) -> tuple[Block, ...]:
    return parse_markdown(source, line=line, path="a.md")


def calls(blocks: tuple[Block, ...]) -> list[WidgetCall]:
    return [part for block in blocks for part in block.parts if isinstance(part, WidgetCall)]


def test_a_call_of_its_own() -> None:
    (block,) = read("\n```{timeline}  My *title* \na: 1\n\n  b: 2\n```\n", 10)
    assert block == Block(
        "widget", (WidgetCall("timeline", "My *title*", "a: 1\n\n  b: 2\n", 11, 12),), 11
    )


@for_each(
    ("source", "expected"),
    [
        ("```{x}\n```", WidgetCall("x", "", "", 1, 2)),
        ("``` {x}T\n```", WidgetCall("x", "T", "", 1, 2)),
        ("~~~~{x-2} `t`\n~~~\n~~~~~", WidgetCall("x-2", "`t`", "~~~\n", 1, 2)),
        (
            "   ```{x}\n   a: 1\n    b: 1\n c: 1\n   ```",
            WidgetCall("x", "", "a: 1\n b: 1\nc: 1\n", 1, 2, 3),
        ),
        ("```{Timeline}\n```", WidgetCall("Timeline", "", "", 1, 2)),
        ("```{meta_box} T\n```", WidgetCall("meta_box", "T", "", 1, 2)),
        ("```{}\n```", WidgetCall("", "", "", 1, 2)),
        ("```{ x }\n```", WidgetCall("x", "", "", 1, 2)),
        ("```{x} a &amp; \\*b\n```", WidgetCall("x", "a & *b", "", 1, 2)),
    ],
)
def test_one_call(source: str, expected: WidgetCall) -> None:
    assert read(source) == (Block("widget", (expected,), 1),)


def test_calls_inside_other_blocks() -> None:
    (block,) = read(
        "1. a\n\n   ```{x} T\n   b:\n     c\n   ```\n\n   d\n2. > ~~~{y}\n   > e\n   > ~~~\n", 10
    )
    assert block.kind == "list"
    assert block.parts == (
        "<ol><li><p>a</p> ",
        WidgetCall("x", "T", "b:\n  c\n", 12, 13, 3),
        " <p>d</p></li> <li><blockquote>",
        WidgetCall("y", "", "e\n", 18, 19, 5),
        "</blockquote></li></ol>",
    )


def test_calls_next_to_each_other() -> None:
    (block,) = read("> ```{x}\n> ```\n> ```{y}\n> ```")
    assert block.parts == (
        "<blockquote>",
        WidgetCall("x", "", "", 1, 2),
        " ",
        WidgetCall("y", "", "", 3, 4),
        "</blockquote>",
    )


@for_each(
    "source",
    [
        "````\n```{x}\n```\n````",
        "~~~md\n```{x}\n```\n~~~",
        "    ```{x}\n    ```",
        "`{x}`",
        "```{x}```",
        "```py {x}\n```",
        "```{{x}}\n```",
        "```{% x %}\n```",
        "\\```{x}",
        "<pre>\n```{x}\n```\n</pre>",
        "<!--\n```{x}\n```\n-->",
    ],
)
def test_what_is_no_call(source: str) -> None:
    assert calls(read(source)) == []


@for_each(
    ("source", "expected"),
    [
        ("```{x}\na: 1\n", [(1, "unclosed-widget")]),
        ("```{x}", [(1, "unclosed-widget")]),
        ("````{x}\n```\n", [(1, "unclosed-widget")]),
        ("```{x}\n~~~\n", [(1, "unclosed-widget")]),
        ("```{x}\n    ```\n", [(1, "unclosed-widget")]),
        ("a\n\n> ```{x}\n> a\n\n```{y}\n```", [(3, "unclosed-widget")]),
        ("- ```{x}\n  a\n\nb", [(1, "unclosed-widget")]),
        ("```{x}\na: 1\n\n```{y}\n```\n", [(1, "unclosed-widget")]),
        ("```py\na\n\n```{y}\n```\n", [(1, "unclosed-fence")]),
        ("a\n```\nb\n", [(2, "unclosed-fence")]),
        ("```{x}\n```\n```\nb\n", [(3, "unclosed-fence")]),
        ("<div>\n```{x}\n```\n</div>", [(2, "widget-in-html")]),
        ("> ```{x}\n\n- ```{y}\n\nz", [(1, "unclosed-widget"), (3, "unclosed-widget")]),
    ],
)
def test_fences_that_are_not_closed(source: str, expected: list[tuple[int, str]]) -> None:
    with pytest.raises(ContentError) as caught:
        read(source, 1)
    assert [(p.line, p.code) for p in caught.value.problems] == expected
    assert all(p.hint for p in caught.value.problems)


def test_the_message_names_the_widget_and_where_the_next_begins() -> None:
    with pytest.raises(ContentError) as caught:
        read("```{x} T\na: 1\n\n  ```{y}\n```\n", 10)
    (problem,) = caught.value.problems
    assert problem.message == "the fence of {x} is not closed before {y} begins on line 13"
    assert "outer one with ````" in problem.hint


# Random nests: what was written is what is found

LINES = st.lists(
    st.sampled_from(
        ["a: 1", "", "  - b", "é: 🎉", "- ~~~", "> q", "# h", "<div>", "    ", "| a |", "[^1]: x"]
    ),
    max_size=4,
)
CALL = st.tuples(
    st.sampled_from(["x", "meta-box", "t2"]),
    st.sampled_from(["", "A title", "भारत"]),
    LINES,
    st.sampled_from(["```", "````", "~~~"]),
)
PROSE = st.sampled_from(
    [
        "word",
        "two\nlines",
        "é *b*",
        "### h",
        "***",
        "| a |\n|---|\n| 1 |",
        "    code",
        "```py\n{x}\n```",
        "<br>",
        "<!-- c -->",
    ]
)
LEAF = st.one_of(st.tuples(st.just("call"), CALL), st.tuples(st.just("prose"), PROSE))
NEST = st.recursive(
    LEAF,
    lambda inner: st.tuples(
        st.sampled_from(["- ", "1. ", "10) ", "> ", "code"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


def written(node: tuple[str, object], found: list[tuple[str, str, str, int]] | None) -> list[str]:
    """The lines of a node. Its calls go into `found` with their line from 0, unless they are
    code.
    """
    kind, content = node
    if kind == "prose":
        return str(content).split("\n")
    if kind == "call":
        name, title, lines, fence = content  # type: ignore[misc]
        text = "".join(f"{line}\n" for line in lines)
        if found is not None:
            found.append((name, title, text, 0))
        return [f"{fence}{{{name}}} {title}".rstrip(), *lines, fence]
    lines = []
    inside: list[tuple[str, str, str, int]] | None = None if found is None or kind == "code" else []
    for child in content:  # type: ignore[attr-defined]
        own: list[tuple[str, str, str, int]] | None = None if inside is None else []
        child_lines = written(child, own)
        if inside is not None and own is not None:
            inside += [(name, title, text, line + len(lines)) for name, title, text, line in own]
        lines += [*child_lines, ""]
    lines.pop()
    if kind == "code":
        return ["`" * 9, *(line.replace("`" * 9, "`" * 8) for line in lines), "`" * 9]
    if found is not None and inside is not None:
        found += inside
    if kind == "> ":
        return [f"> {line}" for line in lines]
    return [
        (kind if index == 0 else " " * len(kind)) + line if line or index == 0 else ""
        for index, line in enumerate(lines)
    ]


@given(st.lists(NEST, max_size=5), st.integers(1, 50))
def test_calls_found_are_calls_written(nodes: list[tuple[str, object]], first: int) -> None:
    source: list[str] = []
    expected = []
    for index, node in enumerate(nodes):
        found: list[tuple[str, str, str, int]] = []
        lines = written(node, found)
        expected += [
            (name, title, text, first + len(source) + line) for name, title, text, line in found
        ]
        source += [*lines, "", f"<!-- {index} -->", ""]  # keeps lists apart
    blocks = read("\n".join(source), first)
    made = calls(blocks)
    assert [(call.name, call.title, call.line) for call in made] == [
        (name, title, line) for name, title, _, line in expected
    ]
    # inside lists and quotes a blank line keeps none of its spaces
    assert [[line.rstrip() for line in call.text.split("\n")] for call in made] == [
        [line.rstrip() for line in text.split("\n")] for _, _, text, _ in expected
    ]
    assert all(call.text_line == call.line + 1 for call in made)
    whole = "\n".join(source).split("\n")
    assert all(f"{{{call.name}}}" in whole[call.line - first] for call in made)


@given(
    st.lists(st.sampled_from(["- ", "> ", "1. "]), max_size=5),
    st.integers(0, 3),
    st.integers(0, 4),
    st.integers(1, 9),
)
def test_the_line_of_a_value_in_a_call(
    containers: list[str], indent: int, blank: int, first: int
) -> None:
    """From the call's YAML back to the file's line and column, through any containers."""
    lines = [
        " " * indent + line for line in ["```{x}", *[""] * blank, '"a": 1', "b:", "  c: 2", "```"]
    ]
    for container in reversed(containers):
        rest = "> " if container == "> " else " " * len(container)
        lines = [container + lines[0], *(rest + line for line in lines[1:])]
    source = ["word", "", *lines]
    (call,) = calls(read("\n".join(source), first))
    yaml = load_yaml(call.text, path="a.md", line=call.text_line)
    assert source[yaml.line("a") - first].endswith('"a": 1')
    assert source[yaml.line("b", "c") - first][call.indent :] == "  c: 2"
