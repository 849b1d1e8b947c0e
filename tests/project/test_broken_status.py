"""A live post whose file has errors is still in `status`."""

from __future__ import annotations

from pathlib import Path

import blogkit
from blogkit.platforms.base import State
from blogkit.posts.front_matter import shown_title
from tests.cases import for_each

TOML = '[sites.main]\nplatform = "folder"\nfolder = "site"\n'
POST = "---\ntitle: {}\npublish: now\n---\nAll about {}.\n"


@for_each(
    "wrong, title",
    [
        ("---\ntitle: 'Forests'\nlabel: [x]\n---\nText.\n", "Forests"),  # cannot be read
        ("---\ntitle: Forests\n---\n```{timeline}\nevents: soon\n```\n", "Forests"),
        ("---\nTitle\n---\nText.\n", ""),
    ],
)
def test_it_has_errors_and_is_live(tmp_path: Path, wrong: str, title: str) -> None:
    posts = tmp_path / "posts"
    posts.mkdir(exist_ok=True)
    (tmp_path / "blogkit.toml").write_text(TOML, encoding="utf-8")
    for name in ("forests", "deserts"):
        (posts / f"{name}.md").write_text(POST.format(name, name), encoding="utf-8")
    project = blogkit.open(tmp_path, environ={})
    project.plan().apply()
    (posts / "forests.md").write_text(wrong, encoding="utf-8")
    (posts / "new.md").write_text("---\ntitle: Lakes\nlabel: x\n---\nText.\n", encoding="utf-8")
    for offline in (False, True):
        found = project.status(offline=offline)
        rows = {one.path: one for one in found}
        assert list(rows) == ["posts/deserts.md", "posts/forests.md", "posts/new.md"]
        assert (rows["posts/new.md"].file, rows["posts/new.md"].remote) == ("has errors", None)
        bad = rows["posts/forests.md"]
        assert (bad.file, bad.title, bad.key) == ("has errors", title, "forests")
        assert bad.remote is not None
        assert bad.remote.state is State.LIVE
        assert found.left_out


@for_each(
    "text, title",
    [
        ('\ufeff---\r\ntitle: "A: b"\r\n---\r\nText.', "A: b"),
        ("<!--\n---\ntitle: In HTML\n---\n-->\n", "In HTML"),
        ("---\nkey: a\n---\ntitle: not this\n", ""),
        ("title: no front matter\n", ""),
    ],
)
def test_the_title_of_a_damaged_file(tmp_path: Path, text: str, title: str) -> None:
    file = tmp_path / "a.md"
    file.write_text(text, encoding="utf-8", newline="")
    assert shown_title(file) == title
    assert shown_title(tmp_path / "missing.md") == ""
