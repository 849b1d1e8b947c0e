"""Shell completion: the scripts, and what bash really offers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("real_time")
DRIVER = """
eval "$(blogkit completion bash)"
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_blogkit_completion blogkit
printf "%s\\n" "${COMPREPLY[@]}"
"""


def environ() -> dict[str, str]:
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def offered(cwd: Path, *words: str) -> list[str]:
    """What bash would show after Tab at the end of these words."""
    command = ["bash", "--norc", "-c", DRIVER, "bash", *words]
    done = subprocess.run(
        command, cwd=cwd, env=environ(), capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("blogkit", "pub"), ["publish"]),
        (("blogkit", "new", ""), ["page", "post"]),
        (("blogkit", "publish", "--dr"), ["--dry-run"]),
        (("blogkit", "publish", "--site", ""), ["main", "school"]),
        (("blogkit", "login", "sc"), ["school"]),
        (("blogkit", "doctor", "m"), ["main"]),
        (("blogkit", "completion", "z"), ["zsh"]),
    ],
)
def test_bash_completes(tmp_path: Path, words: tuple[str, ...], answer: list[str]) -> None:
    sites = "".join(
        f'[sites.{name}]\nplatform = "folder"\nfolder = "{name}"\n' for name in ("main", "school")
    )
    (tmp_path / "blogkit.toml").write_text(sites, encoding="utf-8")
    assert sorted(offered(tmp_path, *words)) == answer


def test_sites_of_no_workspace_are_none(tmp_path: Path) -> None:
    assert offered(tmp_path, "blogkit", "login", "") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_has_a_script_that_it_can_read(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.code == 0
    assert f"_BLOGKIT_COMPLETE={shell}_complete" in done.out
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=done.out, text=True, check=True, timeout=60)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_what_the_other_scripts_ask_is_answered(tmp_path: Path, shell: str) -> None:
    words = {
        "COMP_WORDS": "blogkit stat",
        "COMP_CWORD": "stat" if shell == "fish" else "1",
        "_BLOGKIT_COMPLETE": f"{shell}_complete",
    }
    done = subprocess.run(
        ["blogkit"],
        cwd=tmp_path,
        env={**environ(), **words},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert "status" in done.stdout
    assert "Show what is live" in done.stdout


@pytest.mark.parametrize(
    ("words", "incomplete", "answer"),
    [
        (["blogkit"], "pub", ["publish\tPublish new and changed posts, each..."]),
        (["blogkit", "publish", "--site"], "", ["main\t", "school\t"]),
        (["blogkit", "open", "posts\\miami.md"], "--qui", ["--quiet\tPrint errors only."]),
        (["blogkit", "check"], "posts\\mi", []),  # PowerShell completes files itself
        (["blogkit", "login"], "sc", ["school\t"]),
    ],
)
def test_powershell_sends_words_and_gets_offers(
    tmp_path: Path, words: list[str], incomplete: str, answer: list[str]
) -> None:
    """What the script asks is answered; PowerShell itself is not here to run it."""
    sites = "".join(
        f'[sites.{name}]\nplatform = "folder"\nfolder = "{name}"\n' for name in ("main", "school")
    )
    (tmp_path / "blogkit.toml").write_text(sites, encoding="utf-8")
    sent = {
        "COMP_WORDS": "\n".join(words),
        "COMP_INCOMPLETE": incomplete,
        "_BLOGKIT_COMPLETE": "powershell_complete",
    }
    done = subprocess.run(
        ["blogkit"],
        cwd=tmp_path,
        env={**environ(), **sent},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert [line for line in done.stdout.splitlines() if line] == answer


def test_the_script_for_powershell_leaves_no_variable_behind(run: Run) -> None:
    script = run("completion", "powershell").out
    for name in ("COMP_WORDS", "COMP_INCOMPLETE", "_BLOGKIT_COMPLETE"):
        assert f"$env:{name} = " in script
        assert f"Env:{name}" in script.partition("finally")[2]
    assert script.count("{") == script.count("}")
    assert "%(" not in script
