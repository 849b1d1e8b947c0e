"""Copies that sync programs, editors and git make never become posts of their own."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

import blogkit
from blogkit.errors import ContentError
from blogkit.project.duplicates.similarity import find_alike
from blogkit.project.project import Project

WORDS = " ".join(f"word{number} of the monsoon" for number in range(30))
POST = f"---\ntitle: Rain in Delhi\npublish: now\n---\n{WORDS}\n"

COPIES = [
    "rain (1).md",
    "rain(2).md",
    "rain - Copy.md",
    "rain - Copy (2).md",
    "rain - कॉपी.md",
    "rain - प्रतिलिपि.md",
    "rain copy.md",
    "rain copy 2.md",
    "Copy of rain.md",
    "rain (conflicted copy 2026-11-28).md",
    "rain (Asha's conflicted copy 2026-11-28).md",
    "rain (conflicted copy 2026-11-28 120000).md",
    "rain (Case Conflict).md",
    "rain (SFConflict asha@example.com 2026-11-28-12-00-00).md",
    "rain [Conflict].md",
    "rain 2.md",
    "rain-LAPTOP.md",
    "rain-DESKTOP-AB12CD.md",
    "rain-Asha's MacBook.md",
    "rain.sync-conflict-20261128-120000-ABCDEFG.md",
    "rain.Conflict.md",
    "rain_conflict-20261128-120000.md",
    "rain_NAS_Nov-28-1200-2026_Conflict.md",
    "rain.bak.md",
    "rain.orig.md",
    "rain.md.orig.md",
    "rain.md.md",
    "rain~.md",
    "rain_BASE_1234.md",
    "rain_LOCAL_1234.md",
    "rain_REMOTE_1234.md",
    "rain_BACKUP_1234.md",
    "rain.html.md",
]


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "blogkit.toml").write_text(
        '[blog]\ntimezone = "UTC"\ndefault_site = "a"\n[sites.a]\nplatform = "folder"\n'
        'folder = "site"\n',
        encoding="utf-8",
    )
    (tmp_path / "posts/rain.md").write_text(POST, encoding="utf-8")
    return tmp_path


def opened(blog: Path) -> Project:
    return blogkit.open(blog, environ={})


def published(blog: Path) -> Project:
    opened(blog).plan().apply()
    return opened(blog)


def write(blog: Path, name: str, text: str = POST) -> Path:
    path = blog / "posts" / name
    path.write_text(text, encoding="utf-8")
    if name not in {file.name for file in (blog / "posts").iterdir()}:
        pytest.skip("this file system ignores case")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_an_error_that_names_the_original(blog: Path, name: str) -> None:
    project = published(blog)
    copy = write(blog, name, POST.replace("word7 ", "words seven "))
    codes = {one.path: one for one in project.check() if one.code == "conflict-copy"}
    assert f"posts/{name}" in codes
    assert "posts/rain.md" in codes[f"posts/{name}"].message
    everything = opened(blog).plan()
    (left_out,) = everything.left_out
    assert isinstance(left_out, ContentError)
    assert {one.code for one in left_out.problems} == {"conflict-copy"}
    assert [change.key for change in everything] == ["rain"], "the original goes on"
    with pytest.raises(ContentError) as caught:
        opened(blog).plan(copy)
    assert "conflict-copy" in {one.code for one in caught.value.problems}
    with pytest.raises(ContentError):
        opened(blog).plan(copy, as_new=True)


@pytest.mark.sampled
@pytest.mark.parametrize("size", [0, 12, 200])
@pytest.mark.parametrize("named", [False, True])
def test_a_copy_beside_an_original_that_is_cut_off_is_refused(
    blog: Path, size: int, named: bool
) -> None:
    """The files are not alike, but the copy is like the post."""
    published(blog)
    write(blog, "rain.md", POST[:size])
    copy = write(blog, "another.md", POST.replace("Rain in Delhi", "An older title"))
    changes = opened(blog).plan(*([copy] if named else []))
    (change,) = [one for one in changes if one.key == "another"]
    assert change.kind == "refused"
    assert 'already has a post with this text, or nearly so (key "rain")' in change.summary


def test_of_two_names_that_differ_in_case_neither_goes(blog: Path) -> None:
    """On Windows and macOS they are one file."""
    project = published(blog)
    write(blog, "Rain.md", POST.replace("word7 ", "words seven "))
    codes = {one.path for one in project.check() if one.code == "conflict-copy"}
    assert codes == {"posts/rain.md", "posts/Rain.md"}
    with pytest.raises(ContentError, match="looks like a copy"):
        opened(blog).plan()


@pytest.mark.parametrize(
    ("name", "right"),
    [("k.Md.Txt", "k.md"), ("k.markdown.txt", "k.md"), ("k.HTML.txt", "k.html")],
)
def test_a_text_file_gets_a_name_that_is_read(blog: Path, name: str, right: str) -> None:
    write(blog, name)
    hints = [one.hint for one in opened(blog).check() if one.code == "conflict-copy"]
    assert hints == [f"rename it to posts/{right}"]


@pytest.mark.parametrize("name", ["rain.md.txt", "rain.html.txt"])
def test_a_file_that_notepad_named_is_reported(blog: Path, name: str) -> None:
    write(blog, name)
    (found,) = [one for one in opened(blog).check() if one.code == "conflict-copy"]
    assert found.path == f"posts/{name}"
    assert found.hint.startswith(
        "compare it with posts/rain.md" if name == "rain.md.txt" else "rename it to posts/rain.html"
    )
    assert [change.key for change in opened(blog).plan()] == ["rain"]


@pytest.mark.parametrize(
    "name", ["rain.md~", "rain.md.orig", "rain.md.bak", ".rain.md.swp", "#rain.md#"]
)
def test_a_backup_is_no_post(blog: Path, name: str) -> None:
    write(blog, name)
    assert opened(blog).check() == []
    assert [change.key for change in opened(blog).plan()] == ["rain"]


def test_the_same_name_in_another_unicode_form(blog: Path) -> None:
    for form in ("NFC", "NFD"):
        write(blog, unicodedata.normalize(form, "café.md"), POST.replace("Rain", form))
    if len(list((blog / "posts").glob("caf*"))) < 2:
        pytest.skip("this file system keeps one form")
    assert "conflict-copy" in {one.code for one in opened(blog).check()}


OTHER = (
    "---\ntitle: {}\npublish: now\n---\n" + " ".join(f"other{n} words" for n in range(40)) + "{}\n"
)


@pytest.mark.sampled
@pytest.mark.parametrize(
    "name",
    ["rain-2026.md", "rain-in-delhi.md", "rain 2.md", "rainfall.md", "monsoon (1).md", "copy.md"],
)
def test_a_name_that_only_resembles_one_is_fine(blog: Path, name: str) -> None:
    write(blog, name, OTHER.format("Another title", ""))
    assert opened(blog).check() == []
    assert {change.kind for change in opened(blog).plan()} == {"create"}


def kinds(project: Project, *paths: Path, as_new: bool = False) -> dict[str, str]:
    return {change.key: change.kind for change in project.plan(*paths, as_new=as_new)}


@pytest.mark.sampled
@pytest.mark.parametrize(
    "text",
    [
        OTHER.format("Rain in Delhi", ""),
        OTHER.format("“RAIN” in Delhi!", ""),
        POST.replace("Rain in Delhi", "Something else"),
        POST.replace("Rain in Delhi", "Something else").replace("word7 ", "WORD7,   "),
        POST.replace("Rain in Delhi", "Something else").replace("word7 ", "words "),
    ],
)
def test_a_new_post_that_is_like_another_is_refused(blog: Path, text: str) -> None:
    project = published(blog)
    new = write(blog, "clouds.md", text)
    assert kinds(project) == {"rain": "unchanged", "clouds": "refused"}
    (change,) = [one for one in opened(blog).plan() if one.key == "clouds"]
    assert "posts/rain.md" in change.summary or 'key "rain"' in change.summary
    assert "--as-new" in change.hint
    assert kinds(opened(blog), new) == {"clouds": "refused"}
    assert kinds(opened(blog), new, as_new=True) == {"clouds": "create"}
    opened(blog).plan(new, as_new=True).apply()
    assert kinds(opened(blog)) == {"rain": "unchanged", "clouds": "unchanged"}


def test_two_new_posts_that_are_alike_are_both_refused(blog: Path) -> None:
    write(blog, "clouds.md")
    assert kinds(opened(blog)) == {"rain": "refused", "clouds": "refused"}


def test_a_post_with_a_title_that_the_site_has_is_refused(blog: Path) -> None:
    """The file of the post that is live was given another title and text meanwhile."""
    published(blog)
    write(blog, "rain.md", OTHER.format("Dry days", ""))
    write(blog, "new.md", "---\ntitle: Rain in Delhi\n---\nAnother text.\n")
    assert kinds(opened(blog)) == {"rain": "update", "new": "refused"}


def test_a_series_with_one_template_is_fine(blog: Path) -> None:
    for number in range(1, 9):
        questions = " ".join(f"question{number}{n}" for n in range(12))
        text = OTHER.format(f"Quiz {number}", f" {questions}")
        write(
            blog,
            f"quiz-{number}.md",
            text.replace("publish", f"quiz: https://a.example/{number}\npublish"),
        )
    assert opened(blog).check() == []
    assert set(kinds(opened(blog)).values()) == {"create"}


def test_short_posts_and_posts_for_other_blogs_are_fine(tmp_path: Path) -> None:
    texts = {
        "a.md": "---\ntitle: One\n---\nComing soon.\n",
        "b.md": "---\ntitle: Two\n---\nComing soon.\n",
        "c.md": f"---\ntitle: Rain\nsites: [x]\n---\n{WORDS}\n",
        "d.md": f"---\ntitle: Rain\nsites:\n- y\n---\n{WORDS}\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = sorted(tmp_path.glob("*.md"))
    assert find_alike(paths, paths) == {}


def test_hindi_is_compared_word_by_word(tmp_path: Path) -> None:
    words = " ".join(f"दिल्ली में वर्षा का {number} वाँ दिन था।" for number in range(20))
    for name, text in {
        "a": words,
        "b": words.replace("।", " ।"),
        "c": words.replace("दिन", "माह"),
    }.items():
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n{text}\n", encoding="utf-8")
    paths = sorted(tmp_path.glob("*.md"))
    assert set(find_alike(paths, paths)) == {paths[0], paths[1]}
