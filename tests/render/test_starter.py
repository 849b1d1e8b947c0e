"""New folders keep the contract at once; copies are the originals; nothing that exists is
touched.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from blogkit.errors import ContentError, UsageError
from blogkit.render.widgets.registry import builtin_folder, usual
from blogkit.widget_tools import conformance, scaffold
from tests.cases import for_each
from tests.render.drawing import OURS, draw_html, own_widget
from tests.widgets.samples import NAMES


@pytest.mark.slow
@for_each(
    ("name", "python"),
    [
        ("exam-card", True),
        *(
            (name, False)
            for name in ("exam-card", "x", "points", "line", "related-posts", "my-menu", "a1-2b")
        ),
    ],
    local=3,
)
def test_a_new_widget_keeps_the_contract(tmp_path: Path, name: str, python: bool) -> None:
    folder = scaffold.create_widget(name, tmp_path / "widgets", python=python)
    assert (folder / ("widget.py" if python else "fields.yaml")).is_file()
    registry = usual(tmp_path / "widgets", lambda _folder: True)
    assert conformance.check_widget(folder, registry, tmp_path).problems == ()
    assert registry[name].origin == "workspace"
    assert "What to remember" in draw_html(registry[name].example, registry=registry)
    assert sorted(path.name for path in (tmp_path / "widgets").iterdir()) == [name]


@for_each(
    ("name", "message", "hint"),
    [
        ("Exam Card", "is not a valid widget name", 'did you mean "exam-card"?'),
        ("exam_card", "is not a valid widget name", 'did you mean "exam-card"?'),
        ("2nd-card", "is not a valid widget name", 'did you mean "nd-card"?'),
        ("परीक्षा", "is not a valid widget name", "lower-case words joined by hyphens"),
        ("", "is not a valid widget name", "lower-case words"),
        ("../evil", "is not a valid widget name", 'did you mean "evil"?'),
        ("timeline", "already exists in", "blogkit widget eject timeline"),
        ("unrelated-things", "reader modes", "another name"),
        ("front-matter", "schema of front matter", "another name"),
    ],
)
def test_a_name_that_cannot_be(tmp_path: Path, name: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        scaffold.create_widget(name, tmp_path / "widgets")
    assert hint in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_what_exists_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "box").mkdir()
    for make in (
        lambda: scaffold.create_widget("box", tmp_path),
        lambda: scaffold.eject_widget(OURS["timeline"], tmp_path),
    ):
        (tmp_path / "timeline").mkdir(exist_ok=True)
        with pytest.raises(UsageError, match="already exists"):
            make()
    assert list((tmp_path / "box").iterdir()) == list((tmp_path / "timeline").iterdir()) == []


@pytest.mark.slow
@for_each("name", NAMES)
def test_a_copy_is_the_original(tmp_path: Path, name: str) -> None:
    folder = scaffold.eject_widget(OURS[name], tmp_path / "widgets")
    original = builtin_folder() / name
    files = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    originals = {path.relative_to(original) for path in original.rglob("*") if path.is_file()}
    assert files == {path for path in originals if path.parent.name != "__pycache__"}
    for file in files:
        assert (folder / file).read_bytes() == (original / file).read_bytes()
    registry = usual(tmp_path / "widgets", lambda _folder: True)
    assert registry[name].origin == "workspace"
    with pytest.raises(UsageError, match="already in your blog's folder"):
        scaffold.eject_widget(registry[name], tmp_path / "widgets")


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    broken = own_widget(tmp_path / "theirs", template="<p>{{ nothing }}</p>")["box"]
    with pytest.raises(ContentError, match="nothing"):
        scaffold.eject_widget(replace(broken, origin="package"), tmp_path / "mine")
    assert list((tmp_path / "mine").iterdir()) == []
