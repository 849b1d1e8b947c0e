"""A user's agent of launchd, on macOS (launchd.plist(5))."""

from __future__ import annotations

import plistlib

from blogkit.schedule.units.task import TimedTask


def label_of(task: TimedTask) -> str:
    """Return the agent's name."""
    return f"blogkit.{task.name}"


def plist_bytes(task: TimedTask, log: str) -> bytes:
    """Return the agent's property list.

    A time that passes while the Mac sleeps is made up for once when it wakes.

    Args:
        task: What to start.
        log: The file that gets errors, absolute.
    """
    return plistlib.dumps(
        {
            "Label": label_of(task),
            "ProgramArguments": list(task.words),
            "StartInterval": task.minutes * 60,
            "RunAtLoad": True,
            "ProcessType": "Background",
            "StandardOutPath": log,
            "StandardErrorPath": log,
        },
        sort_keys=False,
    )
