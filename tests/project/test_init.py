"""A library user starts a blog's folder as the command does."""

from __future__ import annotations

from pathlib import Path

import pytest

import blogkit


def test_a_folder_that_was_started_can_be_opened(tmp_path: Path) -> None:
    root = tmp_path / "my-blog"
    written = blogkit.init(root)
    assert [path.relative_to(root).as_posix() for path in written] == [
        ".gitignore",
        ".env",
        "posts/hello.md",
        "blogkit.toml",
    ]
    project = blogkit.open(root)
    assert project.config.default_site == "main"
    assert project.check() == []


def test_a_blog_is_not_started_twice(tmp_path: Path) -> None:
    blogkit.init(tmp_path)
    with pytest.raises(blogkit.errors.UsageError, match=r"already has a blogkit\.toml"):
        blogkit.init(tmp_path)
