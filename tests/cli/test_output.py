"""What is printed where: pipes, terminals, closed and full outputs, encodings, colours, tables."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from blogkit.cli.output import Output
from blogkit.errors import BlogkitError, ContentError, Problem
from blogkit.sandbox.server import Sandbox
from tests.cli import process
from tests.cli.conftest import Run
from tests.cli.test_publish import read_back


def printer(**options: bool) -> tuple[Output, io.StringIO, io.StringIO]:
    out, err = io.StringIO(), io.StringIO()
    return Output(out=out, err=err, **options), out, err


@pytest.fixture
def posts(workspace: Path) -> Path:
    for number in range(3):
        text = f"---\ntitle: Post {number} हिंदी 🎉\npublish: now\n---\nText.\n"
        (workspace / f"posts/p{number}.md").write_text(text, encoding="utf-8")
    return workspace


# one printer


def test_columns_line_up_in_every_script() -> None:
    output, out, _ = printer()
    output.table(
        [("हिंदी में", "x"), ("🎉🎉", "x"), ("plain", "x"), ("漢字", "x")], ("TITLE", "STATE")
    )
    head, *lines = out.getvalue().splitlines()
    assert {cell_len(line.removesuffix("x")) for line in lines} == {
        cell_len(head.removesuffix("STATE"))
    }


HINDI = "http://127.0.0.1/%E0%A4%B9%E0%A4%BF%E0%A4%82%E0%A4%A6%E0%A5%80-%E0%A4%96%E0%A4%AC%E0%A4%B0"
TAMPERED = "http://127.0.0.1/a%20b%2Fc%0A%E2%80%AE%FF"


def test_an_address_is_readable_on_a_terminal_only() -> None:
    output, out, _ = printer()
    assert output.address(HINDI) == HINDI
    out.isatty = lambda: True  # type: ignore[method-assign]
    assert output.address(HINDI) == "http://127.0.0.1/हिंदी-खबर"
    assert output.address(TAMPERED) == TAMPERED


def test_a_title_cannot_drive_the_terminal() -> None:
    output, out, err = printer()
    output.say("a\x1b[2Jb\x9bc\rd")
    output.table([("e\x1b]0;f\x07", "g")], ("A", "B"))
    output.warn("h\x1bi")
    output.problem(Problem("j.md", 1, "k\x1bl", "m\x1bn"))
    output.error(BlogkitError("o\x1bp"))
    printed = out.getvalue() + err.getvalue()
    assert not {sign for sign in printed if ord(sign) < 32 or 127 <= ord(sign) < 160} - {"\n"}
    assert "a\\x1b[2Jb\\x9bc\\x0dd" in printed


def test_quiet_leaves_errors_only() -> None:
    output, out, err = printer(quiet=True)
    output.say("said")
    output.note("noted")
    output.warn("warned")
    output.problem(Problem("a.md", 1, "perhaps", severity="warning"))
    output.table([("a",)], ("A",))
    output.error(ContentError([Problem("a.md", 2, "wrong", "do this")], hint="nothing was sent"))
    assert out.getvalue() == ""
    assert err.getvalue() == "a.md:2: error: wrong\n    do this\n    nothing was sent\n"


def test_verbose_is_over_when_the_run_is(run: Run, posts: Path) -> None:
    for _ in range(2):
        assert run("status", "--verbose").err.count("/token 200") == 1
    done = run("demo", "tour", "--verbose")
    published = [
        line.partition(" 200 ")[0] for line in done.err.splitlines() if line.count("/publish")
    ]
    assert published, "the tour publishes"
    assert len(published) == len(set(published)), "each request is logged once"
    assert run("status").err == ""


def test_a_run_has_one_report() -> None:
    output, out, err = printer(as_json=True)
    output.partial = {"outcomes": [1]}
    output.say("not here")
    output.end("interrupted", hint="again", exit_code=130)
    output.close({"error": "twice"})
    assert json.loads(out.getvalue()) == {
        "outcomes": [1],
        "error": "interrupted",
        "hint": "again",
        "problems": [],
        "exit_code": 130,
    }
    assert "interrupted" in err.getvalue()


# real processes

pytestmark = pytest.mark.usefixtures("real_time")


def test_colours_are_for_terminals_that_want_them(posts: Path) -> None:
    assert "\x1b[1m" in process.on_a_terminal("status", cwd=posts)
    for environ in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b[" not in process.on_a_terminal("status", cwd=posts, **environ)
    assert "\x1b[" not in process.on_a_terminal("status", "--no-color", cwd=posts)


def test_a_bar_is_drawn_on_a_terminal_and_nowhere_else(posts: Path) -> None:
    assert "publishing" in process.on_a_terminal("publish", "--yes", cwd=posts)
    piped = process.call("publish", "--yes", cwd=posts)
    assert piped.returncode == 0
    assert piped.stderr == ""
    assert not {"\x1b", "\r"} & set(piped.stdout)


def test_a_bar_is_not_drawn_where_a_pipe_prints_on_the_same_terminal(posts: Path) -> None:
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color"}
    with process.start("publish", "--yes", cwd=posts, stderr=theirs, env=env) as running:
        os.close(theirs)
        assert running.stdout
        assert "create live post “Post 0" in running.stdout.read()
    with pytest.raises(OSError, match="Input/output error"):  # Linux: nothing was drawn
        os.read(ours, 1)
    os.close(ours)


def test_a_reader_that_goes_away_stops_no_publish(posts: Path, sandbox: Sandbox) -> None:
    with process.start("publish", "--yes", cwd=posts) as running:
        assert running.stdout is not None
        running.stdout.close()
        err = running.stderr.read() if running.stderr else ""
    assert (running.returncode, err) == (0, "")
    assert len(read_back(sandbox)) == 3


def test_an_output_that_is_full_stops_no_publish_and_is_said(posts: Path, sandbox: Sandbox) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = process.call("publish", "--yes", cwd=posts, stdout=full)
    assert done.returncode == 1
    assert "cannot write standard output: No space left on device" in done.stderr
    assert len(read_back(sandbox)) == 3


@pytest.mark.sampled(local=2)
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_cron_may_close_everything(posts: Path, sandbox: Sandbox, closed: str) -> None:
    command = f'"$@" publish --yes {closed}'
    assert (
        subprocess.run(
            ["sh", "-c", command, "sh", *process.BLOGKIT], cwd=posts, check=False, timeout=300
        ).returncode
        == 0
    )
    assert len(read_back(sandbox)) == 3


@pytest.mark.sampled(quick=1, local=1)
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_no_encoding_is_too_small(posts: Path, encoding: str) -> None:
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    assert "\\u0939" in process.call("plan", cwd=posts, env=env, encoding=encoding).stdout
    report = json.loads(process.call("plan", "--json", cwd=posts, env=env).stdout)
    assert report["actions"][0]["title"] == "Post 0 हिंदी 🎉"
    (posts / "posts/p0.md").write_text("---\ntitle: x\n---\nहि — 🎉\n", encoding="utf-8")
    assert (
        process.call("render", "posts/p0.md", cwd=posts, env=env).stdout
        == "<p>&#2361;&#2367; &#8212; &#127881;</p>\n"
    )


def test_the_command_of_the_installation_runs() -> None:
    program = Path(sys.executable).with_name("blogkit")
    done = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout.startswith("blogkit ")


def test_a_no_is_one_document_too(run: Run, posts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = io.StringIO("n\n")
    answer.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", answer)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    done = run("publish", "--json")
    assert (done.code, done.json["declined"], len(done.json["actions"])) == (1, True, 3)
