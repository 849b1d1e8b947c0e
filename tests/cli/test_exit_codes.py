"""How commands end: 0 done · 1 refused or failed · 2 usage · 3 bug · 4 conflict · 130
interrupted.
"""

from __future__ import annotations

import json
import stat
import tempfile
from pathlib import Path

import pytest

from blogkit.__main__ import main
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from tests.cases import for_each
from tests.cli import process
from tests.cli.conftest import Run
from tests.cli.test_publish import google, read_back
from tests.waiting import until

POST = "---\ntitle: Polity\npublish: now\n---\nText.\n"
SECRET = "1//canary-of-a-refresh-token"


def add_post(workspace: Path, text: str = POST, name: str = "polity") -> None:
    (workspace / f"posts/{name}.md").write_text(text, encoding="utf-8")


def test_0_is_done(run: Run, workspace: Path) -> None:
    add_post(workspace)
    assert run("publish", "--yes").code == 0


def test_1_is_refused(run: Run, workspace: Path) -> None:
    add_post(workspace, "no front matter")
    done = run("check")
    assert done.code == 1
    assert "posts/polity.md:1: error:" in done.err


def test_1_is_also_what_the_machine_refuses(run: Run, workspace: Path) -> None:
    (workspace / "file").touch()
    done = run("init", "--yes", "file/folder")
    assert done.code == 1
    assert "file/folder: Not a directory" in done.err
    assert "use another path" in done.err


@for_each(
    ("arguments", "words"),
    [
        (("statu",), 'did you mean "status"?'),
        (("publish", "--dryrun"), "did you mean --dry-run?"),
        (("publish", "--site"), "requires an argument"),
        (("publish", "--site", "mian"), 'did you mean "main"?'),
        (("check", "nowhere.md"), "nowhere.md"),
        (("-C", "nowhere", "check"), "nowhere"),
        (("render",), "PATH"),
        (("render", "posts"), "posts is a folder"),
        (("completion", "tcsh"), "tcsh"),
        (("new",), "new post"),
        (("new", "Hello"), 'blogkit new post "Hello"'),
        (("new", "Hello", "world"), 'blogkit new post "Hello world"'),
        (("new", "a $5 note"), "blogkit new post 'a $5 note'"),
        (("new", "pots", "Hello"), 'blogkit new post "Hello"'),
        (("theme", "exm"), "preset ="),
        (("theme", "set", "exam"), "below [theme]"),
        ((), "Start:"),
        (("new", "post", "  "), "needs a title"),
    ],
)
def test_2_is_usage(run: Run, workspace: Path, arguments: tuple[str, ...], words: str) -> None:
    add_post(workspace)
    done = run(*arguments)
    assert done.code == 2
    assert words in done.err
    assert done.out == ""


@for_each(
    ("arguments", "hint"),
    [
        (("publsh",), "run: blogkit --help"),
        (("undoo",), "run: blogkit --help"),
        (("inset", "timeline"), "run: blogkit --help"),
        (("publish", "--yse"), "run: blogkit publish --help"),
        (("undo", "--forc"), "run: blogkit undo --help"),
        (("insert", "--al"), "run: blogkit insert --help"),
        (("queue", "mov"), "run: blogkit queue --help"),
        (("jobs", "cancl"), "run: blogkit jobs --help"),
    ],
)
def test_what_writes_is_never_offered(run: Run, arguments: tuple[str, ...], hint: str) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert "did you mean" not in done.err.lower()
    assert hint in done.err


@pytest.mark.parametrize(
    "arguments",
    [("--json", "publsh"), ("publish", "--json", "--dryrun"), ("--json", "check", "nowhere.md")],
)
def test_usage_errors_are_json_too(run: Run, workspace: Path, arguments: tuple[str, ...]) -> None:
    report = run(*arguments).json
    assert report["exit_code"] == 2
    assert report["error"]
    assert report["hint"]


def test_3_is_a_bug_and_its_report_holds_no_secret(
    workspace: Path,
    sandbox: Sandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def breaks(_seconds: float) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    add_post(workspace)
    sandbox.fail("429", retry_after=1)
    arguments = [
        "-C",
        str(workspace),
        "publish",
        "--yes",
        "--json",
        "--quiz-url",
        f"https://example.com/?token={SECRET}",
    ]
    assert main(arguments, sleep=breaks) == 3
    captured = capsys.readouterr()
    (report,) = tmp_path.glob("blogkit-bug-*.txt")
    assert str(report) in captured.err
    assert json.loads(captured.out)["exit_code"] == 3
    text = report.read_text(encoding="utf-8")
    assert "RuntimeError" in text
    assert "command: blogkit publish --yes --json --quiz-url\n" in text
    assert "canary" not in text + captured.err + captured.out
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_4_is_a_conflict(run: Run, workspace: Path, sandbox: Sandbox) -> None:
    add_post(workspace)
    run("publish", "--yes")
    with google(sandbox) as client:
        blog = client.blogs().getByUrl(url=sandbox.url).execute()["id"]
        client.posts().patch(
            blogId=blog,
            postId=read_back(sandbox)["Polity"]["id"],
            body={"content": "<p>By hand.</p>"},
        ).execute()
    add_post(workspace, POST + "More.\n")
    for arguments in (("plan",), ("publish", "--yes")):
        assert run(*arguments).code == 4


@pytest.mark.usefixtures("real_time")
@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_130_is_interrupted_and_the_next_run_repeats_nothing(
    run: Run, workspace: Path, sandbox: Sandbox, flags: tuple[str, ...]
) -> None:
    for name in ("economy", "polity"):
        add_post(workspace, POST.replace("Polity", name.title()), name)
    sandbox.fail("hang-after-commit", method="POST", path="/posts$", seconds=60)
    with process.started("publish", "--yes", *flags, cwd=workspace) as running:
        until(lambda: sandbox.store.find(Wanted("post", ["DRAFT"])), "the first post made")
        code, out, err = process.interrupt(running)
    assert code == 130
    assert "interrupted" in err
    assert "run the same command again" in err
    assert "Traceback" not in err
    if flags:
        report = json.loads(out)
        assert (report["exit_code"], report["stopped"]) == (130, True)
        assert {o["key"]: o["result"] for o in report["outcomes"]} == {
            "economy": "unknown",
            "polity": "skipped",
        }
    assert run("publish", "--yes").code == 0
    assert sorted(read_back(sandbox)) == ["Economy", "Polity"]
