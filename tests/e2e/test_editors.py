"""VS Code's YAML language server, with the settings that `blogkit widget schema --vscode`
writes: it completes, explains and marks.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from blogkit.__main__ import main
from blogkit.posts import markdown
from blogkit.posts.post import WidgetCall
from blogkit.render.widgets.fields import Role
from tests.e2e import node
from tests.render.drawing import OURS
from tests.widgets.samples import NAMES

pytestmark = pytest.mark.browser  # the judges of this folder that need no WordPress

BROKEN = """\
title: Talks
order: up
events:
  - {label: 2020, titel: a}
"""
TYPING = """\
title: 2.50
order:
events:
  - label: 2020
    title: true
  - label: Now
    title: b
{here}"""


def test_the_language_server_helps_while_data_is_typed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(tmp_path), "init", "--yes"]) == 0
    assert main(["-C", str(tmp_path), "widget", "schema", "--vscode"]) == 0
    capsys.readouterr()
    files = {f"example.{name}.yaml": example(name) for name in NAMES}
    files |= {
        "broken.timeline.yaml": BROKEN,
        "typing.timeline.yaml": TYPING.format_map({"here": " " * 4}),
    }
    settings = json.loads((tmp_path / ".vscode/settings.json").read_text(encoding="utf-8"))
    told = node.ask(
        "editor.cjs",
        {
            "root": str(tmp_path),
            "settings": settings,
            "files": files,
            "at": ["typing.timeline.yaml", 7, 4],
        },
    )
    broken = told["problems"].pop("broken.timeline.yaml")
    assert [line.partition(":")[0] for line in broken] == ["2", "4", "4"]
    assert any("titel" in line for line in broken)
    assert {name: lines for name, lines in told["problems"].items() if lines} == {}
    assert told["offered"] == ["date", "text", "href", "icon", "current"]
    assert "What happened, in a few words" in told["hover"]


def example(name: str) -> str:
    """The fields of a widget's example, as a file of data holds them."""
    call = next(
        part
        for block in markdown.parse_markdown(OURS[name].example, line=1, path="")
        for part in block.parts
        if isinstance(part, WidgetCall)
    )
    model = OURS[name].model
    if not model.field_for(Role.BODY):
        return call.text
    written = call.text.split("---\n")[1] if call.text.startswith("---\n") else ""
    return f"{written}{model.field_for(Role.BODY)}: Words\n"
