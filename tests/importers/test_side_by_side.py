"""An import beside its post: each line with its outcome, and where it is on the other side."""

from __future__ import annotations

import re
from pathlib import Path

from blogkit.importers.convert import convert_pasted, read_pasted
from blogkit.importers.report import Imported
from blogkit.importers.side_by_side import linked_entries, marked_lines
from tests.cases import for_each
from tests.importers.test_corpus import INPUTS, imported


def marked(text: str, name: str = "page.md") -> Imported:
    return convert_pasted(read_pasted(text.encode(), name))


@for_each("path", INPUTS, ids=lambda path: path.name)
def test_the_lines_are_the_source_and_each_widget_is_at_its_place(path: Path) -> None:
    result = imported(path)
    lines, rows = marked_lines(result), result.text.split("\n")
    shown = ["".join(part.text for part in line.parts) for line in lines]
    assert "\n".join(shown) == result.source
    entries = linked_entries(result, lines)
    assert tuple(one.entry for one in entries) == result.entries
    for one in entries:
        if one.entry.kind == "recognised":
            name = re.match(r"became an? ([\w-]+) widget", one.entry.words)
            assert name
            assert f"{{{name[1]}}}" in rows[one.place - 1]
        if one.entry.kind == "dropped":
            assert one.place == 0


def test_each_line_has_its_outcome() -> None:
    text = "Sure! Here is the post:\n\n# Ferries Return\n\nThe boat left【4†source】 at six.\n\n"
    text += (
        "## Key Details\n\n- **Route:** Dahej\n- **Fare:** ₹480\n\n**Q1. How long?**\nA) 1\nB) 2\n"
    )
    lines = marked_lines(marked(text))
    kinds = {line.number: [part.kind for part in line.parts] for line in lines if line.parts}
    assert kinds == {
        1: ["dropped"],
        3: ["taken"],
        5: ["kept", "dropped", "kept"],
        7: ["recognised"],
        9: ["recognised"],
        10: ["recognised"],
        12: ["left"],
        13: ["kept"],
        14: ["kept"],
    }


def test_two_widgets_of_one_line_have_two_places() -> None:
    box = '<div class="key-details"><h3>Key Details</h3><ul><li><b>{}:</b> a</li><li><b>b:</b> c</li></ul></div>'
    result = marked(f"<p>a</p>{box.format('One')}<p>b</p>{box.format('Two')}", "page.html")
    lines = marked_lines(result)
    rows = result.text.split("\n")
    calls = [at for at, row in enumerate(rows, 1) if "{meta-box}" in row]
    entries = linked_entries(result, lines)
    assert [one.place for one in entries if one.entry.kind == "recognised"] == calls
    assert [part.place for part in lines[0].parts if part.kind == "recognised"] == calls


def test_text_that_comes_twice_is_found_behind_what_is_above() -> None:
    result = marked("# Two Rivers\n\nThe same words.\n\nOther words.\n\nThe same words.\n")
    places = [part.place for line in marked_lines(result) for part in line.parts if part.place]
    rows = result.text.split("\n")
    assert [rows[place - 1] for place in places] == [
        "The same words.",
        "Other words.",
        "The same words.",
    ]
    assert places == sorted({*places})
