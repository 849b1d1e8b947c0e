r"""What a post names is looked at as text before the file system is asked: on Windows, a look at
\\server\share signs in there.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from blogkit.render.data import data_files
from tests.render.drawing import call, draw, refused, said

ELSEWHERE = [
    r"\\server\share\x.png",
    "%5C%5Cserver%5Cshare%5Cx.png",
    "%2F%2Fserver%2Fshare%2Fx.png",
    "%2Fnet%2Fserver%2Fx.png",
    r"images\..\..\server.png",
    r"\/server/x.png",
    "C:/server.png",
    "c:server.png",
    "images/server.png:stream",
    "../../../net/server/x.png",
    "server/con.png",
    "server/aux",
    "server./x.png",
]
ON_THE_WEB = [
    "//server/share/x.png",
    "/\\server/x.png",
    "/%5C%5Cserver/x.png",
    "/proxy/https://server/x.png",
    "/net/server/x.png:large",
]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every name that the file system is asked for."""
    names: list[str] = []

    def listening(function: object) -> object:
        def listen(path: object, *rest: object, **options: object) -> object:
            names.append(str(path))
            return function(path, *rest, **options)  # type: ignore[operator]

        return listen

    for name in ("stat", "lstat", "readlink", "open", "scandir", "listdir"):
        monkeypatch.setattr(os, name, listening(getattr(os, name)))
    return names


def test_a_look_is_heard(tmp_path: Path, asked: list[str]) -> None:
    assert said("![x](server.png)", root=tmp_path)[0][1] == "missing-image"
    assert any("server.png" in name for name in asked)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_an_image_that_is_elsewhere_is_refused_by_its_name(
    tmp_path: Path, asked: list[str], address: str
) -> None:
    found = said(f'<p><img src="{address}" alt=""></p>', root=tmp_path)
    assert [code for _, code, _ in found] == ["bad-path"]
    front = {"image": address, "lines": {"image": 3}}
    assert [(line, code) for line, code, _ in said("x", root=tmp_path, front=front)] == [
        (3, "bad-path")
    ]
    assert [name for name in asked if "server" in name] == []


@pytest.mark.parametrize("address", ON_THE_WEB)
def test_an_address_on_the_site_itself_stays(
    tmp_path: Path, asked: list[str], address: str
) -> None:
    html = f'<p><img src="{address}" alt=""></p>'
    assert address in draw(html, root=tmp_path).html
    assert [
        name for name in asked if "server" in name and name.strip("/") != address.strip("/")
    ] == []
    assert [name for name in asked if "\\" in name or ":" in name or name.startswith("//")] == []


def test_links_ask_for_no_file(tmp_path: Path, asked: list[str]) -> None:
    assert r"\\server" in draw(r'<p><a href="\\server\share\x.png">x</a></p>', root=tmp_path).html
    assert [name for name in asked if "server" in name] == []


@pytest.mark.parametrize(
    "name",
    [
        r"\\server\share\x.csv",
        "//server/share/x.csv",
        "C:/server.csv",
        "../server.csv",
        "server/nul.csv",
    ],
)
def test_a_data_file_that_is_elsewhere_is_refused_by_its_name(
    tmp_path: Path, asked: list[str], name: str
) -> None:
    with pytest.raises(ValueError, match=r"outside your blog's folder|not the name of a file"):
        data_files.read_data_file(tmp_path, name)
    found = said(call("table", f'file: "{name}"'.replace("\\", "\\\\")), root=tmp_path)
    assert len(found) == 1
    assert [path for path in asked if "server" in path] == []


def test_a_backslash_of_a_windows_user_gets_its_fix(tmp_path: Path) -> None:
    assert [
        problem.hint for problem in refused(r'<img src="images\a.png" alt="">', root=tmp_path)
    ] == ['write "images/a.png"']
