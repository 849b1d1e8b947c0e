"""Names of files as text, for both kinds of path."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.errors import UsageError
from blogkit.paths import flaw, is_device, is_text, leads_out, shown, unlike_a_device
from blogkit.platforms.base import Ref, Remote, State
from blogkit.platforms.folder.site import addresses as pages
from blogkit.project import backup
from blogkit.project.files import scaffold
from blogkit.sync.export import export_file_name
from blogkit.widget_tools import scaffold as scaffold_module
from tests.cases import for_each

GOOD = [
    "a.png",
    "images/a b.png",
    "../images/a.png",
    "./a.png",
    "हिंदी/मानचित्र.png",
    "console.png",
    "com10.png",
    ".env",
    "a..b",
    "auxiliary/x",
    "a.con",
]
BAD = {
    "a server": [
        r"\\server\share\x.png",
        r"\\?\UNC\server\share\x.png",
        "//server/share/x.png",
        r"images\..\..\x.png",
        r"/\server\x.png",
    ],
    "a drive or a stream": ["C:/x.png", "C:x.png", r"C:\x.png", "a.png:stream", "file:///C:/x.png"],
    "a root": ["/etc/passwd", "//"],
    "a device": [
        "con",
        "NUL.png",
        "images/aux.tar.gz",
        "com1.md",
        "LPT9",
        "com¹.png",
        "prn .png",
        "CONIN$",
        "aux/x.png",
    ],
    "a dropped end": ["images /a.png", "a.png.", "a.png ", "folder./a.png", "... ", ". /a"],
    "no text": ["a\0.png", "a\n.png", "caf\udce9.png"],
}


@for_each("name", GOOD)
def test_what_every_system_can_have(name: str) -> None:
    assert flaw(name) == ""
    windows = PureWindowsPath("C:/blog") / name
    assert (windows.drive, windows.root) == ("C:", "\\")
    assert windows.as_posix() == f"C:/blog/{PurePosixPath(name)}"


@for_each("kind", BAD)
def test_what_some_system_takes_for_something_else(kind: str) -> None:
    assert [name for name in BAD[kind] if not flaw(name)] == []


@given(st.lists(st.text("aC:\\/. nulco1\u0939\x00\udc80", max_size=6), max_size=4).map("/".join))
def test_a_name_without_a_flaw_stays_where_it_is_meant_on_both(name: str) -> None:
    if flaw(name):
        return
    for root in (
        PurePosixPath("/blog"),
        PureWindowsPath("C:/blog"),
        PureWindowsPath(r"\\nas\share\blog"),
    ):
        assert (root / name).parts[: len(root.parts)] == root.parts
        assert (root / name).relative_to(root).as_posix() == PurePosixPath(name).as_posix()
    assert not any(is_device(part) for part in name.split("/"))


def test_a_name_is_made_one_that_is_no_device() -> None:
    made = {
        stem: unlike_a_device(stem)
        for stem in ("con", "NUL", "com1.notes", "aux .x", "console", "post", "")
    }
    assert made == {
        "con": "con-post",
        "NUL": "NUL-post",
        "com1.notes": "com1-post.notes",
        "aux .x": "aux-post.x",
    } | {stem: stem for stem in ("console", "post", "")}
    assert not any(is_device(name) for name in made.values())


MAKERS = {
    "a new post": scaffold.file_stem,
    "a page of a site in a folder": pages.page_slug,
    "a post that is pulled": lambda words: export_file_name(
        Remote(Ref("7", "post"), "T", "", State.LIVE, slug=words), ()
    ),
    "a backup": backup._name,
}
WORDS = [
    "con",
    "AUX",
    "nul",
    "com1",
    "lpt9",
    "con.x",
    "a." * 60,
    "a-" * 60,
    r"\\server\share",
    "../../x",
    "C:/x",
    "...",
    "हिंदी",
]


@for_each("maker", MAKERS)
def test_a_name_that_is_made_is_one_on_every_system(maker: str) -> None:
    made = {words: MAKERS[maker](words) for words in WORDS}
    assert {
        words: name for words, name in made.items() if not name or flaw(name) or "/" in name
    } == {}


@for_each("maker", MAKERS)
@for_each("words", ["हिन्दी-शीर्षक", unicodedata.normalize("NFD", "हिन्दी-शीर्षक"), "தமிழ்-செய்தி"])
def test_a_name_that_is_made_keeps_the_marks_of_letters(maker: str, words: str) -> None:
    made = MAKERS[maker](words)
    assert unicodedata.normalize("NFC", made).startswith(unicodedata.normalize("NFC", words))


@for_each("maker", MAKERS)
@for_each("words", ["word " * 100, "हिंदी " * 100, "a" * 500])
def test_a_name_that_is_made_leaves_room_for_its_folder(maker: str, words: str) -> None:
    """Windows opens paths of up to 259 characters."""
    name = MAKERS[maker](words)
    longest = PureWindowsPath("C:/Users/a-user-with-a-long-name/Documents/my-blog/site/2026/11")
    assert len(str(longest / f"{name}.html.tmp")) < 260
    assert len(name.encode()) < 255 - len(".html"), "Linux counts bytes"


@for_each("name", ["con", "aux", "nul", "com1"])
def test_no_widget_is_called_like_a_device(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="Windows keeps that name"):
        scaffold_module.create_widget(name, tmp_path)


@for_each(
    ("folder", "name", "out"),
    [
        ("posts", "../images/a.png", False),
        ("posts", "../../a.png", True),
        (".", "../a.png", True),
        ("", "a/../../b", True),
        ("posts/x", "../../a.png", False),
        (".", "..a.png", False),
    ],
)
def test_whether_a_name_leads_out(folder: str, name: str, out: bool) -> None:
    assert leads_out(folder, name) is out


def test_how_paths_are_shown() -> None:
    assert (
        shown(PureWindowsPath(r"posts\a.md")) == shown(PurePosixPath("posts/a.md")) == "posts/a.md"
    )
    assert (
        shown(PurePosixPath(os.fsdecode("posts/caf\xe9.md".encode("latin-1"))))
        == r"posts/caf\xe9.md"
    )
    assert shown("posts/हिंदी.md") == "posts/हिंदी.md"
    assert [is_text(name) for name in ("a", "हिंदी", "caf\udce9")] == [True, True, False]
