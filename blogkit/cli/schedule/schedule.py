"""`blogkit schedule`: have the machine start `blogkit run` every few minutes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from blogkit.cli.options import common
from blogkit.cli.output import Output, interactive
from blogkit.cli.schedule.durations import Duration, compact
from blogkit.cli.shared import current_project, the_output
from blogkit.errors import UsageError

if TYPE_CHECKING:
    from blogkit.schedule.units.unit import Unit

_F = TypeVar("_F", bound=Callable[..., Any])
_NAMES = ("systemd", "launchd", "task-scheduler", "cron")
_OF_FOLDERS = {"BLOGKIT_TRUST"}
"""Variables of the environment that hold no credentials."""


def _with_option(function: _F) -> _F:
    about = "The scheduler to use (default: this machine's own)."
    return click.option("--with", "scheduler", type=click.Choice(_NAMES), help=about)(function)


def _every_option(function: _F) -> _F:
    return click.option(
        "--every",
        type=Duration(timedelta(minutes=1), timedelta(days=1)),
        default="5m",
        show_default=True,
        metavar="TIME",
        help="How often to look for what is due.",
    )(function)


def _yes_option(function: _F) -> _F:
    about = "Don't ask for confirmation; needed without a terminal."
    return click.option("--yes", "-y", is_flag=True, help=about)(function)


@click.group(epilog="Example: blogkit schedule install --every 5m")
@common
def schedule() -> None:
    """Have this machine start `blogkit run` every few minutes."""


@schedule.command(epilog="Example: blogkit schedule install --every 15m --dry-run")
@_every_option
@_with_option
@click.option("--dry-run", is_flag=True, help="Show what would be installed, and change nothing.")
@_yes_option
@common
def install(every: timedelta, scheduler: str | None, dry_run: bool, yes: bool) -> int:
    """Have this machine start `blogkit run` every few minutes, for this folder.

    Linux: a timer of systemd for your user, or a line in your crontab. macOS: an agent of launchd.
    Windows: a task of the Task Scheduler. What was missed while the computer was asleep or off is
    made up for once, with a word. Installing again replaces the earlier one.
    """
    from blogkit.schedule.units import installing

    output, unit = the_output(), _unit(every, scheduler)
    _show(output, unit)
    report = _of_unit(unit)
    if dry_run:
        output.report({**report, "dry_run": True})
        return 0
    if not _agreed(output, yes, "Install this?"):
        output.report({**report, "installed": False})
        return 1
    installing.install(unit)
    output.say(f"installed: {unit.scheduler} starts blogkit run every {compact(every)}", "green")
    output.say(unit.advice)
    _warn_of_secrets(output)
    output.report({**report, "installed": True})
    return 0


@schedule.command(epilog="Example: blogkit schedule uninstall")
@_with_option
@_yes_option
@common
def uninstall(scheduler: str | None, yes: bool) -> int:
    """Stop this machine from starting `blogkit run` for this folder."""
    from blogkit.schedule.units import installing

    output, unit = the_output(), _unit(timedelta(minutes=5), scheduler)
    there = installing.is_installed(unit)
    if there and not _agreed(output, yes, f"Remove it from {unit.scheduler}?"):
        return 1
    removed = installing.uninstall(unit)
    output.say("removed" if removed else f"nothing of this folder is installed in {unit.scheduler}")
    output.report({**_of_unit(unit), "removed": removed})
    return 0


@schedule.command(epilog="Example: blogkit schedule show --with cron")
@_every_option
@_with_option
@common
def show(every: timedelta, scheduler: str | None) -> int:
    """Show what is installed or would be, and the command to try it by hand."""
    from blogkit.schedule.units import installing

    output, unit = the_output(), _unit(every, scheduler)
    _show(output, unit)
    there = installing.is_installed(unit)
    output.say(f"installed: {'yes' if there else 'no'}")
    output.report({**_of_unit(unit), "installed": there})
    return 0


def _unit(every: timedelta, scheduler: str | None) -> Unit:
    from blogkit.schedule.units.task import TimedTask
    from blogkit.schedule.units.unit import runs_systemd, scheduler_of, unit_of

    root = current_project().config.root
    task = TimedTask.checked(str(root), sys.executable, every)
    name = scheduler or scheduler_of(sys.platform, booted=runs_systemd())
    return unit_of(name, task, home=Path.home(), environ=os.environ)


def _show(output: Output, unit: Unit) -> None:
    from blogkit.schedule.units.cron import cron_line
    from blogkit.schedule.units.task import shell_line

    for path, data in unit.files.items():
        output.say(f"{path}:", "bold")
        output.lines("".join(f"    {line}\n" for line in _text(data).splitlines()).rstrip("\n"))
    if unit.scheduler == "cron":
        output.say("a line in your crontab:", "bold")
        output.say(f"    {cron_line(unit.task)}")
    windows = unit.scheduler == "task-scheduler"
    output.say(f"to try it by hand: {shell_line(unit.task.words, powershell=windows)}")


def _text(data: bytes) -> str:
    return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")


def _of_unit(unit: Unit) -> dict[str, Any]:
    from blogkit.schedule.units.cron import cron_line

    line = {"line": cron_line(unit.task)} if unit.scheduler == "cron" else {}
    return {
        "scheduler": unit.scheduler,
        "name": unit.task.name,
        "command": unit.task.words,
        "files": {str(path): _text(data) for path, data in unit.files.items()},
        **line,
    }


def _agreed(output: Output, yes: bool, question: str) -> bool:
    if yes:
        return True
    if not interactive():
        raise UsageError(
            "cannot ask for confirmation without a terminal; nothing was changed",
            hint="add --yes; or --dry-run to see what would be installed",
        )
    if output.confirm(question):
        return True
    output.say("nothing was changed")
    return False


def _warn_of_secrets(output: Output) -> None:
    """Name credentials that only this terminal has: a scheduler's processes do not get them."""
    found = sorted(
        name for name in os.environ if name.startswith("BLOGKIT_") and name not in _OF_FOLDERS
    )
    if found:
        output.warn(
            f"{', '.join(found)}: set in this terminal only, so the scheduler does not have it;"
            " run: blogkit login SITE   (or put it into .env)"
        )
