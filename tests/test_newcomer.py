"""The README's five steps, on a terminal, from an empty account: they lead to a post that readers
see, and the recording in the README shows what they print today.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.newcomer import (
    BLOGKIT,
    CAST,
    MOST_SECONDS,
    PICTURE,
    README,
    Walk,
    cast_of,
    install,
    recorded,
    walked,
    written,
)
from scripts.svg_cast import svg_of
from scripts.terminal import SIZE, Shown, StuckError, screen
from tests.cases import for_each

AGAIN = "the recording is out of date; run: make newcomer WAYS=here RECORD=1"


@pytest.mark.slow
@pytest.mark.usefixtures("real_time")
def test_the_recording_shows_what_a_newcomer_sees_today() -> None:
    lines = recorded(walked("here").steps)
    assert cast_of(lines) == CAST.read_text(encoding="utf-8"), AGAIN
    assert svg_of(lines) == PICTURE.read_text(encoding="utf-8"), AGAIN


def test_the_recording_is_one_of_asciinema() -> None:
    header, *events = map(json.loads, CAST.read_text(encoding="utf-8").splitlines())
    assert (header["version"], header["height"], header["width"]) == (2, *SIZE)
    assert all(kind == "o" and isinstance(data, str) for _, kind, data in events)
    times = [at for at, *_ in events]
    assert times == sorted(times)
    shown = "".join(data for *_, data in events)
    assert shown.count("$ blogkit ") == 5
    assert "/welcome-to-polity-notes.html" in shown.splitlines()[-1]


def test_what_is_walked_is_what_the_readme_tells_to_type() -> None:
    assert {way: install(way) for way in BLOGKIT} == {
        "uv": ["uv tool install '.[google,keyring]'"],
        "pipx": ["pipx install '.[google,keyring]'"],
        "venv": ["python3 -m venv ~/.blogkit", "~/.blogkit/bin/pip install '.[google,keyring]'"],
        "make": ["make demo"],
    }
    assert written("Your first post")[0] == "blogkit init my-blog && cd my-blog"
    assert [line.split()[1] for line in written("Your first post")[1:]] == [
        "check",
        "publish",
        "publish",
        "open",
    ]


def test_a_command_that_the_readme_lost_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = README.read_text(encoding="utf-8")
    copy = tmp_path / "README.md"
    monkeypatch.setattr("scripts.newcomer.README", copy)
    copy.write_text(text.replace("pipx install '", "pipx install --python 3.13 '"), "utf-8")
    assert install("pipx") == ["pipx install --python 3.13 '.[google,keyring]'"]
    copy.write_text(text.replace("uv tool install", "uv install"), "utf-8")
    with pytest.raises(StuckError, match=r"README\.md has 0 commands “uv tool install …”"):
        install("uv")


@for_each(
    ("drawn", "left"),
    [
        ("one\r\ntwo\r\n", "one\ntwo"),
        ("10 %\r100 %\r\n", "100 %"),
        ("bar\r\x1b[2Kdone\r\n", "done"),
        ("a\r\nb\r\n\x1b[2A\x1b[Kc\r\n\x1b[Kd\r\n", "c\nd"),
        ("\x1b[?25l\x1b[32mgreen\x1b[0m plain\x1b[?25h\r\n", "\x1b[32mgreen\x1b[0m plain"),
    ],
)
def test_a_screen_is_what_is_left_of_what_was_drawn(drawn: str, left: str) -> None:
    assert screen(drawn) == left


def test_time_is_what_a_person_needs() -> None:
    walk = Walk("uv", [("x" * 50, Shown("", 20.0)), ("y" * 50, Shown("", 10.0))])
    assert (walk.waiting, walk.seconds, walk.ok) == (30.0, 58.0, True)
    walk.steps.append(("z", Shown("", float(MOST_SECONDS))))
    assert not walk.ok
