"""A widget from a file of data is the widget of a post with the same call; what is wrong has the
file's own line.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.errors import ContentError
from blogkit.posts import markdown, yaml12
from blogkit.posts.post import WidgetCall
from blogkit.render import call_writer, snippet
from blogkit.render.data import tabular
from blogkit.render.snippet import SnippetSource
from blogkit.sanitizers.profiles import BLOGGER, FEED, STRICT, Profile
from tests.cases import for_each
from tests.render.drawing import OURS, call, draw_html, own_widget
from tests.widgets.samples import NAMES

YAML = "events:\n- {date: 2022, title: a}\n- label: Now\n  title: '*b*'\n"


def made(
    name: str,
    text: str | bytes,
    file: str = "data.yaml",
    profile: Profile = STRICT,
    root: Path = Path("/w"),
    **settings: str,
) -> str:
    data = text.encode() if isinstance(text, str) else text
    return snippet.render_snippet(
        OURS[name],
        SnippetSource(file, data, "", settings),
        root=root,
        key="a-post",
        registry=OURS,
        profile=profile,
    ).html


def wrong(
    name: str, text: str | bytes, file: str = "data.yaml", **settings: str
) -> list[tuple[str, int, str]]:
    with pytest.raises(ContentError) as caught:
        made(name, text, file, **settings)
    return [(problem.path, problem.line, problem.code) for problem in caught.value.problems]


@for_each("profile", [STRICT, BLOGGER, FEED], ids=lambda profile: profile.name)
@for_each("name", NAMES, quick=8)
def test_it_is_what_a_post_gets(name: str, profile: Profile) -> None:
    example = OURS[name].example
    first = next(
        part
        for block in markdown.parse_markdown(example, line=1, path="")
        for part in block.parts
        if isinstance(part, WidgetCall)
    )
    if len(markdown.parse_markdown(example, line=1, path="")) > 1:
        return  # what needs headings below it is no snippet
    title = next(
        (field for field in ("title", "caption") if field in OURS[name].model.model_fields), ""
    )
    settings = {} if first.text.startswith("---\n") or not first.title else {title: first.title}
    text = first.text
    if not settings and first.title:
        text = text.replace("---\n", f"---\n{title}: {json.dumps(first.title)}\n", 1)
    assert made(name, text, profile=profile, **settings) == draw_html(example, profile)


@for_each(
    ("file", "text"),
    [
        ("a.yaml", YAML),
        ("a.yml", YAML.replace("\n", "\r\n")),
        ("a.yaml", "\ufeff" + YAML),
        ("a.yaml", "---\n" + YAML),
        ("a.yaml", YAML.replace("events:\n", "")),
        (
            "a.json",
            '{"events": [{"date": 2022, "title": "a"},\n {"label": "Now", "title": "*b*"}]}',
        ),
        ("a.json", '[{"date": "2022", "title": "a"}, {"label": "Now", "title": "*b*"}]'),
        ("a.csv", "Date,Label,Title\n2022,,a\n,Now,*b*\n"),
        ("a.csv", "date;label;title\n2022;;a\n;Now;*b*\n"),
        ("a.tsv", "date\tlabel\ttitle\n2022\t\ta\n\n\tNow\t*b*"),
        ("stdin", YAML),
        ("stdin", '{"events": [{"date": 2022, "title": "a"}, {"label": "Now", "title": "*b*"}]}'),
        ("stdin", "{events: [{date: 2022, title: a}, {label: Now, title: '*b*'}]}"),
    ],
)
def test_one_widget_from_many_files(file: str, text: str) -> None:
    assert made("timeline", text, file) == draw_html(call("timeline", YAML))


def test_a_table_takes_rows_as_they_are() -> None:
    wanted = draw_html(
        call("table", 'columns: [City, Rounds]\nrows: [["Genève, CH", "12"], [Doha, "7"]]')
    )
    assert made("table", 'City,Rounds\n"Genève, CH",12\nDoha,7\n', "a.csv") == wanted
    assert (
        made(
            "table",
            '[{"City": "Genève, CH", "Rounds": 12}, {"City": "Doha", "Rounds": 7}]',
            "a.json",
        )
        == wanted
    )
    assert (
        made(
            "table",
            '{"columns": ["City", "Rounds"], "rows": [["Genève, CH", 12], ["Doha", 7]]}',
            "a.json",
        )
        == wanted
    )
    assert wrong("table", '[{"a": 1},\n {"a": 2, "b": 3}]', "a.json") == [
        ("a.json", 2, "ragged-row")
    ]


def test_plain_lists_are_columns_and_single_fields_a_row() -> None:
    assert made("pros-cons", "pros,cons\na,b\n,c\n", "a.csv") == draw_html(
        call("pros-cons", "pros: [a]\ncons: [b, c]")
    )
    wanted = draw_html(
        call("quiz-button", "label: Go\nurl: https://example.com/\nquestions: 10\nnew_tab: true")
    )
    assert (
        made(
            "quiz-button", "label,url,questions,new tab\nGo,https://example.com/,10,yes\n", "a.csv"
        )
        == wanted
    )
    assert wrong("quiz-button", "label\na\nb\n", "a.csv") == [("a.csv", 1, "bad-data-file")]


def test_a_cell_may_hold_a_list(tmp_path: Path) -> None:
    model = (
        "from blogkit.render.widgets.fields import *\n\nclass Item(Fields):\n    q: Inline ="
        " Field(description='x')\n    options: list[Inline] = Field([], description='x')\n\nclass"
        " Widget(Fields):\n    items: list[Item] = Field(description='x')\n"
    )
    kind = own_widget(tmp_path, widget=model)["box"]
    fields, _ = tabular.from_csv("a.csv", "q,options\nWhy?,yes | no\n", kind.model)
    assert fields == {"items": [{"q": "Why?", "options": ["yes", "no"]}]}


def test_a_body_is_taken_as_it_is_or_as_a_field() -> None:
    words = "Some *words*.\n\n```{timeline}\nevents: [{label: x, title: y}]\n```\n\n- a\n- b"
    wanted = draw_html(f"````{{callout}}\n---\nkind: tip\n---\n{words}\n````\n")
    assert made("callout", f"---\nkind: tip\n---\n{words}\n", "a.md") == wanted
    assert made("callout", f"---\nkind: tip\n---\n{words}\n", "a.yaml") == wanted
    assert made("callout", json.dumps({"kind": "tip", "body": words}), "a.json") == wanted
    assert made("callout", json.dumps({"body": words}), "a.json", kind="tip") == wanted
    assert wrong("callout", "words", "a.md", kind="tip") == [("a.md", 0, "bad-value")]


def test_settings_replace_and_add() -> None:
    wanted = draw_html(call("timeline", YAML, "Talks: day 2"))
    assert made("timeline", YAML, title="Talks: day 2") == wanted
    assert made("timeline", "title: old\n" + YAML, title="Talks: day 2") == wanted
    assert (
        made("timeline", "date,label,title\n2022,,a\n,Now,*b*\n", "a.csv", title="Talks: day 2")
        == wanted
    )
    assert made(
        "quiz-button", "label: Go", new_tab="true", url="https://example.com/"
    ) == draw_html(call("quiz-button", "label: Go\nnew_tab: true\nurl: https://example.com/"))
    assert made("timeline", "", events="[{label: Now, title: a}]") == draw_html(
        call("timeline", "events: [{label: Now, title: a}]")
    )


@for_each(
    ("name", "file", "text", "place"),
    [
        (
            "timeline",
            "a.yaml",
            "title: a\nevents:\n- label: x\n  titel: y\n",
            [("a.yaml", 3, "missing-field"), ("a.yaml", 4, "unknown-field")],
        ),
        ("timeline", "a.yaml", "title: a\n", [("a.yaml", 0, "missing-field")]),
        ("timeline", "a.yaml", "", [("a.yaml", 0, "missing-field")]),
        ("timeline", "a.yaml", "a: [", [("a.yaml", 1, "yaml")]),
        (
            "timeline",
            "a.yaml",
            "- label: x\n  title: y\n\n- label: x\n",
            [("a.yaml", 4, "missing-field")],
        ),
        (
            "timeline",
            "a.json",
            '{"events": [\n{"label": "x"}\n]}',
            [("a.json", 2, "missing-field")],
        ),
        ("timeline", "a.json", '{"events":\n nope}', [("a.json", 2, "bad-data-file")]),
        ("timeline", "a.json", '{"title": "\\ud83d"}', [("a.json", 1, "yaml")]),
        ("timeline", "a.csv", 'label,title\nx,"y\nz"\n\n,w\n', [("a.csv", 5, "missing-field")]),
        ("timeline", "a.csv", "label,titel\nx,y\n", [("a.csv", 1, "unknown-field")]),
        ("timeline", "a.csv", "label,title,label\nx,y\n", [("a.csv", 1, "duplicate-key")]),
        ("timeline", "a.csv", "label,title\nx,y,z\n", [("a.csv", 2, "ragged-row")]),
        ("timeline", "a.csv", "", [("a.csv", 0, "bad-data-file")]),
        ("timeline", "a.csv", b"label,title\nx,\xff\n", [("a.csv", 2, "bad-encoding")]),
        ("timeline", "a.yaml", "title: a\nevents: \x00", [("a.yaml", 2, "control-character")]),
        ("table", "a.csv", "a,b\n1,2\n\n1\n", [("a.csv", 4, "ragged-row")]),
        ("callout", "a.yaml", "kind: tipp\nbody: a", [("a.yaml", 1, "bad-value")]),
        ("callout", "a.json", '{"body": "a",\n\n"kind": "tipp"}', [("a.json", 3, "bad-value")]),
        ("image", "a.yaml", "src: images/a.jpg\nalt: a", [("a.yaml", 1, "missing-image")]),
        ("quiz-button", "a.yaml", "[1]", [("a.yaml", 1, "wrong-type")]),
        ("quiz-button", "a.yaml", "label: Go", [("a.yaml", 0, "open-placeholder")]),
    ],
)
def test_what_is_wrong_has_its_line(
    name: str, file: str, text: str, place: list[tuple[str, int, str]]
) -> None:
    assert wrong(name, text, file) == place


def test_what_is_wrong_with_a_setting_is_told_as_one() -> None:
    assert wrong("timeline", YAML, order="up") == [("--set", 0, "bad-value")]
    assert wrong("timeline", YAML.replace("title: a", "titel: a"), colour="red") == [
        ("--set", 0, "unknown-field"),
        ("data.yaml", 2, "missing-field"),
        ("data.yaml", 2, "unknown-field"),
    ]


def test_a_local_image_cannot_come_along(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images/a.jpg").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(ContentError, match=r"images/a\.jpg is a local file"):
        made("image", "src: images/a.jpg\nalt: a", root=tmp_path)


def test_ids_are_of_the_data_or_of_a_post() -> None:
    def ids(text: str, key: str = "") -> str:
        return snippet.render_snippet(
            OURS["table"],
            SnippetSource("a.yaml", text.encode()),
            root=Path("/w"),
            key=key,
            registry=OURS,
            profile=STRICT,
        ).html

    assert ids("rows: [[a]]") == ids("rows: [[a]]") != ids("rows: [[b]]").replace(">b<", ">a<")
    assert ids("rows: [[a]]", "a-post") == draw_html(call("table", "rows: [[a]]"))


DATA = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=5),
            inner,
            max_size=3,
        )
    ),
    max_leaves=10,
)


@given(DATA)
def test_data_written_as_a_call_reads_back(value: Any) -> None:
    assert yaml12.load_yaml(call_writer.flow(value), path="", line=1).value == value


@given(st.lists(st.tuples(st.integers(0, 3), st.text("ab\n", max_size=4)), max_size=6))
def test_every_value_stands_on_its_line(gaps: list[tuple[int, str]]) -> None:
    lines, at = [], 1
    for gap, _ in gaps:
        at += gap
        lines.append(at)
    text = call_writer.flow(
        {"items": [{"x": words} for _, words in gaps]},
        lambda trail: lines[int(trail[1])] if len(trail) > 1 else 1,
    )
    read = yaml12.load_yaml(text, path="", line=1)
    assert [read.line("items", number, "x") for number in range(len(gaps))] == lines


@given(st.text("`~ab\n{}", max_size=30))
def test_a_fence_holds_whatever_stands_in_it(text: str) -> None:
    (block,) = markdown.parse_markdown(call_writer.fenced("timeline", text), line=1, path="")
    (found,) = block.parts
    assert isinstance(found, WidgetCall)
    assert found.text.rstrip("\n") == text.rstrip("\n")
