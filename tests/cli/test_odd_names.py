"""A file whose name is not text is named and left out. Nothing else suffers."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli import process
from tests.cli.conftest import Run
from tests.cli.test_output import printer

ODD = os.fsdecode(b"caf\xe9")
POST = "---\ntitle: {0}\npublish: now\n---\nText.\n"
LEFT_OUT = r"posts/caf\xe9.md is left out: its name is not UTF-8; rename it"

if os.name == "nt":
    pytest.skip("names are text on Windows", allow_module_level=True)


@pytest.fixture
def odd(run: Run, tmp_path: Path) -> Path:
    """A workspace with a good post, and odd names wherever names are read."""
    assert run("init", "--yes").code == 0
    for folder in ("images", "widgets", "site/.blogkit-site", "widgets/box/expected"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "posts/good.md").write_text(POST.format("Good"), encoding="utf-8")
    for name in (
        f"posts/{ODD}.md",
        f"pages/{ODD}.md",
        f"posts/{ODD}/inner.md",
        f"images/{ODD}.png",
        f"widgets/{ODD}/widget.py",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(POST.format("Odd"), encoding="utf-8")
    for name in (
        f"site/{ODD}.html",
        f"site/.blogkit-site/{ODD}.json",
        f"widgets/box/expected/{ODD}",
    ):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    return tmp_path


def test_what_was_left_out_is_in_the_report(run: Run, odd: Path) -> None:
    (odd / "widgets/box").rename(odd / "box")
    done = run("check", "--json")
    assert (done.code, done.json["posts"], done.json["errors"]) == (0, 2, 0)
    assert [
        (problem["path"], problem["code"], problem["severity"]) for problem in done.json["problems"]
    ] == [
        (rf"{place}", "file-name", "warning")
        for place in (r"posts/caf\xe9/inner.md", r"posts/caf\xe9.md", r"pages/caf\xe9.md")
    ]
    assert done.err.count(LEFT_OUT) == 1


@pytest.mark.sampled
@pytest.mark.parametrize(
    "command",
    [
        "plan",
        "publish --yes",
        "status",
        "diff",
        "widget list",
        "theme css",
        "log",
        "doctor",
        "regions --all",
    ],
)
def test_every_command_goes_on(run: Run, odd: Path, command: str) -> None:
    (odd / "widgets/box").rename(odd / "box")
    for options in ((), ("--json",)):
        done = run(*command.split(), *options)
        assert (done.code, "bug" in done.err) == (0, False), done.err
        if options:
            json.dumps(done.json).encode()


def test_the_rest_is_published_and_taken_back(run: Run, odd: Path) -> None:
    (odd / "widgets/box").rename(odd / "box")
    done = run("publish", "--yes")
    assert (done.code, LEFT_OUT in done.err, "2 done" in done.out) == (0, True, True)
    assert "2 unchanged" in run("publish", "--yes", "posts", f"posts/{ODD}.md").out
    assert run("backup", "export", ODD).code == 0
    assert run("log", "1", "--json").code == 0
    assert run("undo", "--yes").code == 0


@pytest.mark.sampled
@pytest.mark.parametrize("command", ["check", "render", "publish --yes", "undo --yes", "diff"])
def test_named_alone_it_is_refused(run: Run, odd: Path, command: str) -> None:
    (odd / "widgets/box").rename(odd / "box")
    assert run("publish", "--yes").code == 0
    done = run(*command.split(), f"posts/{ODD}.md")
    assert (done.code, done.err) == (
        2,
        "error: posts/caf\\xe9.md cannot be used: its name is not UTF-8\n    rename it\n",
    )


def test_a_widget_beside_is_checked(run: Run, odd: Path) -> None:
    done = run("widget", "check")
    assert (
        done.code,
        r"widgets/caf\xe9 is left out: its name is not UTF-8; rename it" in done.err,
    ) == (1, True)
    assert 'the widget "box" has no fields.yaml' in done.err
    assert r"w\xe9" not in done.out


def test_a_missing_image_is_not_mistaken_for_it(run: Run, odd: Path) -> None:
    (odd / "widgets/box").rename(odd / "box")
    (odd / "posts/good.md").write_text(
        POST.format("Good") + "\n![x](images/cafe.png)\n![x](images/caf%E9.png)\n", encoding="utf-8"
    )
    done = run("check", "--json")
    assert [problem["code"] for problem in done.json["problems"]][:2] == ["missing-image"] * 2
    assert "xe9" not in str([problem["hint"] for problem in done.json["problems"]][:2])


def test_a_page_of_that_name_is_imported(run: Run, odd: Path) -> None:
    (odd / f"{ODD} au lait.html").write_text("<p>A page without a title.</p>", encoding="utf-8")
    done = run("import", f"{ODD} au lait.html", "--json")
    assert (done.code, done.json["title"], done.json["path"]) == (
        0,
        "Caf au lait",
        "posts/caf-au-lait.md",
    )


def test_no_post_gets_such_a_name(run: Run, odd: Path) -> None:
    (odd / "page.html").write_text("<p>A page.</p>", encoding="utf-8")
    done = run("import", "page.html", "-o", f"posts/{ODD}2.md")
    assert (done.code, done.err.partition(";")[0]) == (
        2,
        r"error: -o posts/caf\xe92.md is not UTF-8",
    )
    assert not (odd / "posts" / f"{ODD}2.md").exists()


def test_a_title_in_other_bytes_makes_no_file(run: Run, odd: Path) -> None:
    done = run("new", "post", ODD)
    assert (done.code, done.err.partition("\n")[0]) == (
        2,
        r'error: the title "caf\xe9" is not UTF-8 text',
    )
    assert not (odd / "posts/caf.md").exists()


@pytest.mark.parametrize(
    "command",
    [
        "publish --site {}",
        "{}",
        "pull {}",
        "insert {} --all --at end",
        "widget show {}",
        "-C {} check",
        "import {} -o {}",
    ],
)
def test_an_argument_in_other_bytes_is_no_bug(run: Run, odd: Path, command: str) -> None:
    (odd / "widgets/box").rename(odd / "box")
    done = run(*command.replace("{}", ODD).split())
    assert (done.code, r"caf\xe9" in done.err) == (2, True)


def test_a_workspace_in_a_folder_of_that_name(run: Run, tmp_path: Path) -> None:
    assert run("init", "--yes", ODD).code == 0
    (tmp_path / ODD / "posts/good.md").write_text(POST.format("Good"), encoding="utf-8")
    for command in (
        "check",
        "publish --yes",
        "publish --yes",
        "status --json",
        "log",
        "doctor",
        "undo --yes",
    ):
        done = run("-C", ODD, *command.split())
        assert (done.code, done.err) == (0, ""), command


def test_a_report_holds_whole_characters() -> None:
    output, out, _ = printer(as_json=True)
    output.report({f"a{ODD}": [ODD, (Path(ODD), 1, None), {"b": os.fsdecode("हिंदी".encode())}]})
    assert json.loads(out.getvalue()) == {
        r"acaf\xe9": [r"caf\xe9", [r"caf\xe9", 1, None], {"b": "हिंदी"}]
    }


def test_names_are_printed_as_they_are() -> None:
    output, out, err = printer()
    for show in (output.say, output.result, output.note, output.warn, output.fail):
        show("हिंदी".encode().decode("ascii", "surrogateescape") + ODD)
    assert (out.getvalue() + err.getvalue()).count(r"हिंदीcaf\xe9") == 5


@pytest.mark.usefixtures("real_time")
@pytest.mark.parametrize(
    "environ",
    [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["C", "ascii"],
)
def test_without_a_locale(
    odd: Path, environ: dict[str, str], request: pytest.FixtureRequest
) -> None:
    (odd / "widgets/box").rename(odd / "box")
    (odd / "posts/हिंदी.md").write_text(POST.format("हिंदी"), encoding="utf-8")
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **environ}
    done = process.call("check", cwd=odd, env=env)
    assert (done.returncode, LEFT_OUT in done.stderr) == (0, True)
    told = (
        "posts/हिंदी.md is left out: your terminal's language settings do not support its name;"
        " run: export LC_ALL=C.UTF-8"
    )
    assert (told in done.stderr) == (len(environ) > 1)
    named = process.call("new", "post", "हिंदी दिवस", cwd=odd, env=env)
    assert (named.returncode, "bug" in named.stderr) == (
        (0, False) if len(environ) == 1 else (2, False)
    )
