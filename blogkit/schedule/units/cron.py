"""A line of a user's crontab (crontab(5))."""

from __future__ import annotations

import shlex

from blogkit.schedule.units.task import TimedTask


def cron_line(task: TimedTask) -> str:
    """Return the line, with a remark at its end by which it is found again.

    Args:
        task: What to start.
    """
    # cron ends the command at a % that has no backslash, and takes that backslash away
    command = shlex.join(task.words).replace("%", r"\%")
    return f"{_times(task.minutes)} {command} {_remark(task)}"


def with_line(crontab: bytes, task: TimedTask) -> bytes:
    """Return a crontab with the task's line; all others stay as they are.

    Args:
        crontab: What `crontab -l` printed.
        task: The task.
    """
    others = without_line(crontab, task)
    if others and not others.endswith(b"\n"):
        others += b"\n"
    return others + cron_line(task).encode() + b"\n"


def without_line(crontab: bytes, task: TimedTask) -> bytes:
    """Return a crontab without the task's line.

    Args:
        crontab: What `crontab -l` printed.
        task: The task.
    """
    lines = crontab.splitlines(keepends=True)
    return b"".join(line for line in lines if not line.rstrip().endswith(_remark(task).encode()))


def has_line(crontab: bytes, task: TimedTask) -> bool:
    """Return whether a crontab has the task's line.

    Args:
        crontab: What `crontab -l` printed.
        task: The task.
    """
    return without_line(crontab, task) != crontab


def _remark(task: TimedTask) -> str:
    return f"# blogkit {task.name}"


def _times(minutes: int) -> str:
    if minutes < 60:
        return f"*/{minutes} * * * *" if minutes > 1 else "* * * * *"
    hours = minutes // 60
    return "0 0 * * *" if hours == 24 else f"0 */{hours} * * *" if hours > 1 else "0 * * * *"
