from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.render.widgets.registry import builtin_folder
from blogkit.render.widgets.widget_files import incomplete
from blogkit.widget_tools import conformance, expected_output
from tests.cases import for_each
from tests.render.drawing import OURS, draw
from tests.widgets import shapes
from tests.widgets.samples import NAMES, known

FOLDER_OF = {name: builtin_folder() / name for name in NAMES}


def expected(folder: Path) -> dict[Path, str]:
    return expected_output.expected(folder, OURS, builtin_folder().parent)


def test_there_are_widgets_and_shapes_for_each() -> None:
    assert {"meta-box", "quiz-button", "table", "timeline"} <= set(NAMES)
    assert all(known(name).SHAPES for name in NAMES)
    files = {path.stem for path in Path(shapes.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == {name.replace("-", "_") for name in NAMES}, (
        "a new widget needs a file in tests/widgets/shapes"
    )


@for_each("name", NAMES)
def test_the_folder_is_complete_and_holds_nothing_else(name: str) -> None:
    folder = FOLDER_OF[name]
    assert incomplete(folder) == []
    wanted = {
        "widget.py",
        "template.html",
        "style.css",
        "example.md",
        *(f"expected/{path.name}" for path in expected(folder)),
    }
    assert {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    } == wanted


@for_each("name", NAMES)
def test_it_renders_to_what_was_accepted(name: str) -> None:
    for path, text in expected(FOLDER_OF[name]).items():
        assert path.read_text(encoding="utf-8") == text, (
            "when the change is meant: python -m tests.widgets.accept, and review it"
        )


@pytest.mark.slow
@for_each("name", NAMES, local=3)
def test_the_command_that_checks_widgets_finds_nothing(name: str) -> None:
    examined = conformance.check_widget(FOLDER_OF[name], OURS, builtin_folder().parent)
    assert examined.problems == ()
    assert examined.sizes["strict"] > examined.sizes["feed"] >= 0


@for_each("name", NAMES)
def test_the_example_is_one_call_and_the_headings_it_needs(name: str) -> None:
    first, *others = draw(OURS[name].example).fragments
    assert (first.kind, first.widget) == ("widget", name)
    assert all(fragment.kind == "heading" for fragment in others)


def test_an_incomplete_folder_is_seen(tmp_path: Path) -> None:
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "widget.py").write_text("")
    assert len(incomplete(tmp_path / "half")) == 3
