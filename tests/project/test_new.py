"""A new post from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

import blogkit
from blogkit.errors import UsageError
from blogkit.posts.loader import load_post


def test_a_new_post_and_a_new_page(project: blogkit.Project, folder: Path) -> None:
    post, page = project.new("Talks in\nMiami"), project.new("About", kind="page")
    assert post == folder / "posts/talks-in-miami.md"
    assert page == folder / "pages/about.md"
    loaded = load_post(post, root=folder, zone=project.config.zone)
    assert loaded.title == "Talks in Miami"
    assert project.check(post, page).errors == 0


def test_a_file_is_never_overwritten(project: blogkit.Project) -> None:
    path = project.new("Talks")
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="already exists"):
        project.new("Talks")
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_new_post_is_in_the_language_of_the_blog(folder: Path) -> None:
    settings = folder / "blogkit.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[blog]", '[blog]\nlanguage = "hi-IN"'), encoding="utf-8")
    path = blogkit.open(folder).new("मेरी पहली पोस्ट")
    assert "क्या हुआ" in path.read_text(encoding="utf-8")
