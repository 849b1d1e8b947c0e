"""`type:` in front matter, for sites with and without custom types."""

from __future__ import annotations

from pathlib import Path

import pytest

import blogkit
from blogkit.errors import ContentError

FOLDER = '[sites.a]\nplatform = "folder"\nfolder = "site"\n'
WORDPRESS = '[sites.a]\nplatform = "wordpress"\nurl = "https://a.example"\nusername = "x"\n'


def problems(folder: Path, settings: str, name: str) -> list[blogkit.Problem]:
    (folder / "posts").mkdir()
    (folder / "blogkit.toml").write_text(settings, encoding="utf-8")
    (folder / "posts/tea.md").write_text(
        f"---\ntitle: Tea\ntype: {name}\n---\nThe text.\n", encoding="utf-8"
    )
    with pytest.raises(ContentError) as caught:
        blogkit.open(folder, environ={}).plan(offline=True)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("settings", "name", "hint"),
    [
        (FOLDER, "book", "leave a out of sites:"),
        (WORDPRESS, "book", 'types = ["book"]'),
        (WORDPRESS, "pots", 'did you mean "post"?'),
        (WORDPRESS + 'types = ["book"]\n', "bok", 'did you mean "book"?'),
    ],
)
def test_a_type_that_the_settings_lack_is_an_error(
    tmp_path: Path, settings: str, name: str, hint: str
) -> None:
    (problem,) = problems(tmp_path, settings, name)
    assert (problem.path, problem.line, problem.code) == ("posts/tea.md", 3, "bad-type")
    assert f'"{name}" is not a type of post on a' in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('types = ["Book"]', "types must be a list"),
        ("types = [1]", "types must be a list"),
        ('types = ["post"]', "types must be a list"),
        ('types = "book"', "types must be a list"),
        ('taxonomies = ["category"]', "taxonomies must be a list"),
        ('lang = "Hindi"', "lang must be one or more codes"),
    ],
)
def test_names_in_the_settings_are_checked(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "blogkit.toml").write_text(f"{WORDPRESS}{line}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=message):
        blogkit.open(tmp_path, environ={})
