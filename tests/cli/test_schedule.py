"""`blogkit schedule`: nothing is installed without a yes, and all of it can be removed."""

from __future__ import annotations

import os
import plistlib
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

CRONTAB = """#!/bin/sh
if [ "$1" = -l ]; then
  [ -f "$TAB" ] || { echo "no crontab for asha" >&2; exit 1; }
  cat "$TAB"
else
  cat > "$TAB"
fi
"""
TOLD = '#!/bin/sh\nprintf \'%s\\n\' "$*" >> "$CALLS"\n'
TOLD_WHAT_TO_DO = ("systemctl", "launchctl", "schtasks")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workspace: Path) -> Path:
    """A machine with these programs; what they were told is in files."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, text in (("crontab", CRONTAB), *((one, TOLD) for one in TOLD_WHAT_TO_DO)):
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TAB", str(tmp_path / "crontab.txt"))
    monkeypatch.setenv("CALLS", str(tmp_path / "calls.txt"))
    return tmp_path


def units() -> list[Path]:
    return sorted((Path.home() / ".config").rglob("*.*"))


def test_cron_from_nothing_and_back(run: Run, machine: Path) -> None:
    tab = machine / "crontab.txt"
    tab.write_text("MAILTO=asha\n", encoding="utf-8")
    done = run("schedule", "install", "--with", "cron", "--yes", "--every", "15m")
    assert (done.code, done.err) == (0, "")
    first, line = tab.read_text(encoding="utf-8").splitlines()
    assert (first, line.split(" ")[0]) == ("MAILTO=asha", "*/15")
    assert f"-C {machine} run --quiet" in line
    assert run("schedule", "show", "--with", "cron", "--json").json["installed"] is True
    run("schedule", "install", "--with", "cron", "--yes", "--every", "1h")
    assert [one.split(" ")[0] for one in tab.read_text(encoding="utf-8").splitlines()] == [
        "MAILTO=asha",
        "0",
    ]
    assert run("schedule", "uninstall", "--with", "cron", "--yes").out == "removed\n"
    assert tab.read_text(encoding="utf-8") == "MAILTO=asha\n"
    assert "nothing of this folder" in run("schedule", "uninstall", "--with", "cron", "--yes").out


def test_a_user_without_a_crontab(run: Run, machine: Path) -> None:
    assert run("schedule", "install", "--with", "cron", "--yes").code == 0
    assert (machine / "crontab.txt").read_text(encoding="utf-8").startswith("*/5 * * * * ")


def test_systemd_from_nothing_and_back(run: Run, machine: Path) -> None:
    done = run("schedule", "install", "--with", "systemd", "--yes")
    assert (done.code, done.err) == (0, "")
    assert "loginctl enable-linger" in done.out
    assert [path.suffix for path in units()] == [".service", ".timer"]
    timer = units()[1].name
    assert run("schedule", "uninstall", "--with", "systemd", "--yes").code == 0
    assert units() == []
    assert (machine / "calls.txt").read_text(encoding="utf-8").splitlines() == [
        "--user daemon-reload",
        f"--user enable --now {timer}",
        f"--user disable --now {timer}",
        "--user daemon-reload",
    ]


def test_launchd_from_nothing_and_back(run: Run, machine: Path) -> None:
    """An agent that is loaded keeps its old settings, so it is unloaded first."""
    assert run("schedule", "install", "--with", "launchd", "--yes").code == 0
    (agent,) = (Path.home() / "Library/LaunchAgents").iterdir()
    log = Path(plistlib.loads(agent.read_bytes())["StandardErrorPath"])
    assert log.parent.is_dir(), "launchd creates no folders"
    assert run("schedule", "uninstall", "--with", "launchd", "--yes").code == 0
    assert not agent.exists()
    calls = (machine / "calls.txt").read_text(encoding="utf-8").splitlines()
    domain = f"gui/{os.getuid()}"
    off = f"bootout {domain}/{agent.stem}"
    assert calls == [off, f"bootstrap {domain} {agent}", off]


def test_the_task_scheduler_from_nothing_and_back(run: Run, machine: Path) -> None:
    assert run("schedule", "install", "--with", "task-scheduler", "--yes").code == 0
    file = machine / ".blogkit/task.xml"
    assert file.is_file()
    assert run("schedule", "uninstall", "--with", "task-scheduler", "--yes").code == 0
    assert not file.exists()
    create, delete = (machine / "calls.txt").read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(rf"/Create /TN \\blogkit\\[\w-]+ /XML {re.escape(str(file))} /F", create)
    assert delete == f"/Delete /TN {create.split()[2]} /F"


def test_a_refusal_of_the_system_is_told(run: Run, machine: Path) -> None:
    failing = "#!/bin/sh\necho 'Failed to connect to bus: No medium found' >&2\nexit 1\n"
    (machine / "programs/systemctl").write_text(failing, encoding="utf-8")
    done = run("schedule", "install", "--with", "systemd", "--yes")
    assert done.code == 1
    assert "`systemctl --user daemon-reload` failed: Failed to connect to bus" in done.err
    assert "blogkit schedule show" in done.err


@pytest.mark.parametrize("scheduler", ["systemd", "cron", "launchd", "task-scheduler"])
def test_a_dry_run_and_show_change_nothing(run: Run, machine: Path, scheduler: str) -> None:
    before = sorted(machine.rglob("*"))
    done = run("schedule", "install", "--with", scheduler, "--dry-run")
    assert done.code == 0
    assert f"-C {machine} run --quiet" in done.out
    assert run("schedule", "show", "--with", scheduler).out.endswith("installed: no\n")
    assert [*sorted(machine.rglob("*")), *units()] == before


def test_without_a_terminal_it_needs_a_yes(run: Run, machine: Path) -> None:
    done = run("schedule", "install", "--with", "cron")
    assert done.code == 2
    assert "cannot ask for confirmation without a terminal; nothing was changed" in done.err
    assert not (machine / "crontab.txt").exists()


def test_credentials_of_this_terminal_are_named(
    run: Run, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BLOGKIT_MAIN_REFRESH_TOKEN", "s3cret")
    done = run("schedule", "install", "--with", "cron", "--yes")
    assert "BLOGKIT_MAIN_REFRESH_TOKEN: set in this terminal only" in done.err
    assert "s3cret" not in done.out + done.err


@pytest.mark.slow
def test_what_is_installed_runs(run: Run, machine: Path) -> None:
    """The line from the crontab, by the shell, without this terminal's environment."""
    import subprocess

    run("schedule", "install", "--with", "cron", "--yes")
    line = (machine / "crontab.txt").read_text(encoding="utf-8").strip()
    command = line.split(" ", 5)[5]
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
