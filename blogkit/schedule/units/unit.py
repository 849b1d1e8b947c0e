"""What each scheduler needs for a task: its files, and the commands that turn it on and off."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.errors import UsageError
from blogkit.schedule.units import launchd, systemd, task_scheduler
from blogkit.schedule.units.task import TimedTask

SCHEDULERS = ("systemd", "launchd", "task-scheduler", "cron")
"""The names of the schedulers, as `--with` takes them."""


@dataclass(frozen=True)
class Unit:
    """What a scheduler needs for one task.

    Attributes:
        scheduler: One of `SCHEDULERS`.
        task: The task.
        files: The files to write, with their content.
        start: The commands that turn it on, after the files are written.
        stop: The commands that turn it off, before the files are removed.
        advice: What a person has to know.
        folders: Other folders that have to exist.
    """

    scheduler: str
    task: TimedTask
    files: Mapping[Path, bytes]
    start: tuple[tuple[str, ...], ...]
    stop: tuple[tuple[str, ...], ...]
    advice: str
    folders: tuple[Path, ...] = ()


def scheduler_of(
    system: str, *, booted: bool, has: Callable[[str], bool] = lambda name: bool(shutil.which(name))
) -> str:
    """Return the scheduler of a machine.

    Args:
        system: As `sys.platform` has it.
        booted: Whether systemd runs the machine.
        has: Whether a program is installed.

    Raises:
        UsageError: There is none that blogkit knows.
    """
    if system == "win32":
        return "task-scheduler"
    if system == "darwin":
        return "launchd"
    if booted and has("systemctl"):
        return "systemd"
    if has("crontab"):
        return "cron"
    hint = "install cron, or keep `blogkit worker` running"
    raise UsageError("this machine has neither systemd nor cron", hint=hint)


def runs_systemd() -> bool:
    """Return whether systemd runs this machine.

    https://www.freedesktop.org/software/systemd/man/latest/sd_booted.html
    """
    return Path("/run/systemd/system").is_dir()


def unit_of(scheduler: str, task: TimedTask, *, home: Path, environ: Mapping[str, str]) -> Unit:
    """Return what a scheduler needs. Nothing is written.

    Args:
        scheduler: One of `SCHEDULERS`.
        task: The task.
        home: The user's home folder.
        environ: The environment, which may name other folders.
    """
    if scheduler == "systemd":
        return _systemd(task, Path(environ.get("XDG_CONFIG_HOME") or home / ".config"))
    if scheduler == "launchd":
        return _launchd(task, home)
    if scheduler == "task-scheduler":
        return _task_scheduler(task)
    advice = "cron mails errors to you, if this machine sends mail"
    return Unit(scheduler, task, {}, (), (), advice)


def _systemd(task: TimedTask, config: Path) -> Unit:
    place, name = config / "systemd/user", f"blogkit-{task.name}"
    files = {
        place / f"{name}.service": systemd.service_text(task).encode(),
        place / f"{name}.timer": systemd.timer_text(task).encode(),
    }
    control, timer = ("systemctl", "--user"), f"{name}.timer"
    start = ((*control, "daemon-reload"), (*control, "enable", "--now", timer))
    stop = ((*control, "disable", "--now", timer),)
    advice = "it runs while you are logged in; to run it always: loginctl enable-linger"
    return Unit("systemd", task, files, start, stop, advice)


def _launchd(task: TimedTask, home: Path) -> Unit:
    label = launchd.label_of(task)
    log = home / f"Library/Logs/blogkit/{task.name}.log"
    path = home / f"Library/LaunchAgents/{label}.plist"
    user = getattr(os, "getuid", int)()  # Windows has none; the texts for a Mac can be shown there
    domain = f"gui/{user}"
    start = (("launchctl", "bootstrap", domain, str(path)),)
    stop = (("launchctl", "bootout", f"{domain}/{label}"),)
    advice = f"errors are in {log}; macOS may ask you to let Python read your blog's folder"
    files = {path: launchd.plist_bytes(task, str(log))}
    # launchd creates the log, but not its folder
    return Unit("launchd", task, files, start, stop, advice, (log.parent,))


def _task_scheduler(task: TimedTask) -> Unit:
    path, name = Path(task.folder) / ".blogkit/task.xml", task_scheduler.task_path(task)
    start = (("schtasks", "/Create", "/TN", name, "/XML", str(path), "/F"),)
    stop = (("schtasks", "/Delete", "/TN", name, "/F"),)
    advice = "it runs while you are signed in to Windows"
    files = {path: task_scheduler.task_xml(task)}
    return Unit("task-scheduler", task, files, start, stop, advice)
