"""`blogkit upgrade` for posts that were made from files."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

POST = "---\ntitle: One\npublish: now\n---\nA first text.\n\n```{callout} For readers\nA remark.\n```\n"


def test_the_command_line_tells_and_upgrades(run: Run, workspace: Path) -> None:
    (workspace / "posts" / "a.md").write_text(POST, encoding="utf-8")
    assert run("publish", "--yes").code == 0
    with (workspace / "blogkit.toml").open("a", encoding="utf-8") as file:
        file.write('\n[theme]\npreset = "saffron"\n')
    told = run("publish", "--yes")
    assert "1 post keeps its older look; to re-render all: blogkit upgrade --all" in told.err
    assert "1 unchanged" in told.out
    done = run("--json", "upgrade", "--all", "--yes")
    assert done.code == 0
    (outcome,) = json.loads(done.out)["upgraded"]["outcomes"]
    assert (outcome["key"], outcome["action"]) == ("a", "update")
    assert "older look" not in run("plan").err
