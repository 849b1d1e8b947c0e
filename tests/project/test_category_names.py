"""Paths of categories on a site whose labels have no hierarchy."""

from __future__ import annotations

from pathlib import Path

import blogkit
from blogkit.platforms.base import State


def test_labels_are_the_last_parts_and_names_of_wordpress_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "blogkit.toml").write_text(
        '[sites.a]\nplatform = "folder"\nfolder = "site"\n', encoding="utf-8"
    )
    (tmp_path / "posts/law.md").write_text(
        "---\ntitle: Law\ncategories: [GS-III/Polity, 'id:508', AC//DC]\n---\nThe text.\n",
        encoding="utf-8",
    )
    project = blogkit.open(tmp_path, environ={})
    plan = project.plan()
    (warning,) = [one for one in plan.warnings if one.code == "category"]
    assert (warning.path, warning.line) == ("posts/law.md", 3)
    assert warning.message.startswith('"id:508" names a category of a WordPress site')
    (outcome,) = plan.apply()
    assert outcome.remote is not None
    assert (outcome.remote.categories, outcome.remote.state) == (("Polity", "AC/DC"), State.DRAFT)
    assert not project.plan().writing
